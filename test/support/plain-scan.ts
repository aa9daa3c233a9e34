/** What the scan of a config finds, read line by line with patterns and without any of its tricks; and what a scan found, in the same form. */
import { findRow, type Scan } from '../../src/config/scan.ts';

export interface PlainScan {
  /** Line, name, mark, place of the name and end of the setting. */
  readonly rows: readonly (readonly [number, string, string, number, number])[];
  readonly newest: readonly (readonly [string, number])[];
  readonly duplicates: readonly number[];
  readonly lines: number;
  readonly lineStarts: readonly number[];
  readonly irregular: readonly number[];
  readonly controls: readonly number[];
  readonly carriageReturns: number;
  readonly exceeded: Scan['exceeded'];
}

const marks = ['', 'y', 'm', 'n', 'is not set', 'other'];
const setting = /^CONFIG_([A-Za-z0-9_]+)=(.*)$/s;
const unset = /^# CONFIG_([A-Za-z0-9_]+) is not set$/;
// Control characters that a hexadecimal number holds are reported for what they are.
const regular = /^(?:[ymn]|(?!"[ymn]"$)"(?:[^"\\]|\\["\\])*"|0[xX][0-9A-Fa-f\x10-\x19]+|-?[0-9]+)$/s;
const loose = /^#[ \t]*CONFIG_/;

export function scanPlainly(text: string): PlainScan {
  const pieces = text.split('\n');
  const lineStarts: number[] = [];
  const rows: [number, string, string, number, number][] = [];
  const duplicates: number[] = [];
  const newest = new Map<string, number>();
  const irregular: number[] = [];
  let carriageReturns = 0;
  let start = 0;
  for (const [line, piece] of pieces.entries()) {
    const content = piece.endsWith('\r') ? piece.slice(0, -1) : piece;
    carriageReturns += piece.length - content.length;
    lineStarts.push(start);
    const [, name, value = 'is not set'] = setting.exec(content) ?? unset.exec(content) ?? [];
    if (name !== undefined) {
      const mark = marks.includes(value) && value !== '' && value !== 'other' ? value : 'other';
      const earlier = newest.get(name);
      if (earlier !== undefined) duplicates.push(earlier, rows.length);
      newest.set(name, rows.length);
      rows.push([line, name, mark, start + content.indexOf('_') + 1, start + content.length]);
      if (mark === 'other' && !regular.test(value)) irregular.push(line);
    } else if (content.startsWith('#') ? loose.test(content) : content !== '') irregular.push(line);
    start += piece.length + 1;
  }
  const controls = [...text.matchAll(/[\0-\x08\v\f\x0e-\x1f\x7f]|\r(?!\n|$)/g)].map(({ index }) => index);
  return {
    rows,
    newest: [...newest],
    duplicates,
    lines: pieces.at(-1) === '' ? pieces.length - 1 : pieces.length,
    lineStarts,
    irregular,
    controls: controls.slice(0, 100),
    carriageReturns,
    exceeded: undefined,
  };
}

/** What `scan` found in `codes`. */
export function asPlain(codes: Uint8Array | Uint16Array, { table, lineStarts, exceeded, ...rest }: Scan): PlainScan {
  const rows: [number, string, string, number, number][] = [];
  const newest = new Map<string, number>();
  for (let row = 0; row < table.count; row++) {
    const [start, end] = [table.nameStart[row] as number, table.nameEnd[row] as number];
    const name = String.fromCharCode(...codes.subarray(start, end));
    newest.set(name, findRow(codes, table, name));
    rows.push([
      table.line[row] as number,
      name,
      marks[table.mark[row] as number] as string,
      start,
      table.end[row] as number,
    ]);
  }
  return {
    ...rest,
    rows,
    newest: [...newest],
    duplicates: table.duplicates,
    lineStarts: [...lineStarts],
    exceeded,
  };
}
