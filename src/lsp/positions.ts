/** Places of the protocol (line and character in the agreed encoding) and offsets of ours, one into the other. */
import type { Position, Range } from 'vscode-languageserver';
import { lineIndexIn, type Span } from '../source.ts';

export type PositionEncoding = 'utf-8' | 'utf-16' | 'utf-32';

/** The encoding to use with a client that offers `offered`: what costs least to convert wins. */
export function chooseEncoding(offered: readonly string[] | undefined): PositionEncoding {
  if (offered === undefined || offered.includes('utf-16')) return 'utf-16';
  return offered.includes('utf-8') ? 'utf-8' : offered.includes('utf-32') ? 'utf-32' : 'utf-16';
}

/** Offsets at which lines start; they end at `\n`, `\r\n` and `\r`, as the protocol has it. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0];
  const hasReturns = text.includes('\r');
  if (!hasReturns) {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    return starts;
  }
  for (const { index, 0: ending } of text.matchAll(/\r\n|\n|\r/g)) starts.push(index + ending.length);
  return starts;
}

export interface Places {
  readonly positionAt: (offset: number) => Position;
  readonly offsetAt: (position: Position) => number;
  readonly rangeOf: (span: Span) => Range;
}

/** Places in `text` as the client has it; `shift` characters stand before it in ours (a byte order mark that editors hide). */
export function placesIn(text: string, encoding: PositionEncoding, shift = 0): Places {
  const starts = lineStarts(text);
  const positionAt = (offset: number): Position => {
    const at = Math.max(0, Math.min(offset - shift, text.length));
    const line = lineIndexIn(starts, at);
    const start = starts[line] as number;
    return { line, character: encoding === 'utf-16' ? at - start : unitsIn(text.slice(start, at), encoding) };
  };
  const offsetAt = ({ line, character }: Position): number => {
    if (line < 0) return shift;
    const start = starts[line];
    if (start === undefined) return text.length + shift;
    const end = endOfLine(text, starts[line + 1] ?? text.length, start);
    return start + utf16Units(text.slice(start, end), Math.max(0, character), encoding) + shift;
  };
  return { positionAt, offsetAt, rangeOf: ({ start, end }) => ({ start: positionAt(start), end: positionAt(end) }) };
}

/** The end of a line without its line ending. */
function endOfLine(text: string, next: number, start: number): number {
  let end = next;
  while (end > start && (text[end - 1] === '\n' || text[end - 1] === '\r')) end--;
  return end;
}

function unitsIn(text: string, encoding: PositionEncoding): number {
  if (encoding === 'utf-8') return Buffer.byteLength(text, 'utf8');
  return encoding === 'utf-32' ? [...text].length : text.length;
}

/** How many UTF-16 units the first `units` of the encoding are; within a character its start, behind the text its end. */
export function utf16Units(text: string, units: number, encoding: PositionEncoding): number {
  if (encoding === 'utf-16') return Math.min(units, text.length);
  let left = units;
  let at = 0;
  for (const character of text) {
    left -= unitsIn(character, encoding);
    if (left < 0) break;
    at += character.length;
  }
  return at;
}
