/**
 * Finds the lines of a `.config` in one pass over its code units and keeps them as offsets: no strings, no objects.
 * A line that the kernel's reader (`conf_read_simple` in scripts/kconfig/confdata.c) and a person would read alike is
 * regular; every other one is put on a list for `classify.ts` to look at closely.
 */
import { type ConfigLimits, limits as usual } from './limits.ts';

/** What a line says of its symbol. */
export const Mark = { y: 1, m: 2, n: 3, notSet: 4, other: 5 } as const;
export type Mark = (typeof Mark)[keyof typeof Mark];

/** One row per setting, as parallel arrays of UTF-16 offsets. Rows are in file order. */
export interface EntryTable {
  count: number;
  /** 0-based line of the setting. */
  line: Int32Array;
  nameStart: Int32Array;
  nameEnd: Int32Array;
  /** End of the line without its ending; for assignments the end of the value. */
  end: Int32Array;
  hash: Int32Array;
  mark: Uint8Array;
  /** Open-addressing slots of row + 1, newest row of each name. */
  slots: Int32Array;
  /** Pairs of rows (earlier, later) that name the same symbol. */
  duplicates: number[];
  /** Room for the starts of lines. */
  lineStarts: Int32Array<ArrayBuffer>;
  /** Rows by name in place of `slots`, where names were chosen to meet in the same slots. */
  named: Map<string, number> | undefined;
}

/** What a scan fills, apart from what it finds. */
export type Columns = Omit<EntryTable, 'count' | 'duplicates' | 'named'>;

/** Every table is made here: code that was optimised for one of a kind is thrown away for one that was put together in another way. */
export function tableOf(columns: Columns, count: number, duplicates: number[]): EntryTable {
  const { line, nameStart, nameEnd, end, hash, mark, slots, lineStarts } = columns;
  return { count, line, nameStart, nameEnd, end, hash, mark, slots, duplicates, lineStarts, named: undefined };
}

/** Slots that are tried in vain before names count as chosen for that; honest ones stay far below. */
const mostTries = 1 << 20;

export interface Scan {
  readonly table: EntryTable;
  /** Lines that were scanned. */
  readonly lines: number;
  readonly lineStarts: Int32Array;
  /** 0-based lines that need a closer look. */
  readonly irregular: readonly number[];
  /** Offsets of control characters other than tab and line endings; at most 100. */
  readonly controls: readonly number[];
  /** Lines that end in CR LF. */
  readonly carriageReturns: number;
  /** The first limit that was hit. */
  readonly exceeded?: { readonly limit: 'line-too-long' | 'too-many-lines' | 'too-many-symbols'; readonly at: number };
}

/** What a code unit can be part of; looked up by the unit itself, so that nothing found means non-ASCII. */
const nameUnit = 1;
const plainUnit = 2;
const units = new Uint8Array(128);
for (let c = 32; c < 127; c++) units[c] = plainUnit;
units[9] = plainUnit;
for (const c of '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz') units[c.charCodeAt(0)] = nameUnit;

const newline = 10;
const carriageReturn = 13;
const space = 32;
const quote = 34;
const hash = 35;
const equals = 61;
const backslash = 92;

/**
 * The hash of a symbol's name, as the scan computes it: four units at a time, and only shifts and bits, because in code
 * that runs once a product that leaves 32 bits becomes an object on the heap.
 */
export function hashName(name: string): number {
  let h = 0;
  for (let i = 0; i < name.length; i += 4) {
    let four = 0;
    for (let j = Math.min(i + 4, name.length) - 1; j >= i; j--) four = (four << 8) | name.charCodeAt(j);
    h = ((h << 5) | (h >>> 27)) ^ four;
  }
  return h;
}

/** `hashName` of the units from `start` to `end`. */
function hashUnits(codes: Uint8Array | Uint16Array, start: number, end: number): number {
  let h = 0;
  for (let i = start; i < end; i += 4) {
    let four = 0;
    for (let j = Math.min(i + 4, end) - 1; j >= i; j--) four = (four << 8) | (codes[j] as number);
    h = ((h << 5) | (h >>> 27)) ^ four;
  }
  return h;
}

/**
 * Where the probing for a hash starts. The hash of names that differ in a digit differs in a few bits only; the product spreads them,
 * so that a thousand such names do not stand in one another's way.
 */
function slotOf(h: number, mask: number): number {
  const spread = Math.imul(h ^ (h >>> 15), 0x9e3779b1);
  return (spread ^ (spread >>> 15)) & mask;
}

function makeTable(codes: { length: number }, reuse: EntryTable | undefined, limits: ConfigLimits): EntryTable {
  // The shortest setting is `CONFIG_A=y` and a newline. One more than there can be, so that a slot stays free.
  const rows = Math.min(Math.ceil(codes.length / 11), limits.symbols) + 1;
  let slots = 64;
  while (slots < rows) slots *= 2;
  // More rows have at least as many slots.
  if (reuse !== undefined && reuse.line.length >= rows) {
    reuse.slots.fill(0);
    reuse.count = 0;
    reuse.duplicates = [];
    reuse.named = undefined;
    return reuse;
  }
  const columns = {
    line: new Int32Array(rows),
    nameStart: new Int32Array(rows),
    nameEnd: new Int32Array(rows),
    end: new Int32Array(rows),
    hash: new Int32Array(rows),
    mark: new Uint8Array(rows),
    slots: new Int32Array(slots),
    lineStarts: new Int32Array(64 + (codes.length >> 3)),
  };
  return tableOf(columns, 0, []);
}

/** The newest row whose symbol is `name`, or -1. */
export function findRow(codes: Uint8Array | Uint16Array, table: EntryTable, name: string, h = hashName(name)): number {
  if (table.named !== undefined) return table.named.get(name) ?? -1;
  const mask = table.slots.length - 1;
  for (let slot = slotOf(h, mask); ; slot = (slot + 1) & mask) {
    const row = (table.slots[slot] as number) - 1;
    if (row < 0) return -1;
    if (table.hash[row] !== h) continue;
    const start = table.nameStart[row] as number;
    if ((table.nameEnd[row] as number) - start !== name.length) continue;
    let i = 0;
    while (i < name.length && codes[start + i] === name.charCodeAt(i)) i++;
    if (i === name.length) return row;
  }
}

/** Gives the number of slots that were tried in vain. */
function insertRow(codes: Uint8Array | Uint16Array, table: EntryTable, row: number): number {
  const { slots, hash: hashes, nameStart, nameEnd } = table;
  const mask = slots.length - 1;
  const h = hashes[row] as number;
  let slot = slotOf(h, mask);
  let tries = 0;
  for (let found = slots[slot] as number; found !== 0; found = slots[slot] as number) {
    const other = found - 1;
    if (hashes[other] === h) {
      const a = nameStart[row] as number;
      const b = nameStart[other] as number;
      const length = (nameEnd[row] as number) - a;
      let i = 0;
      while (i < length && codes[a + i] === codes[b + i]) i++;
      if (i === length && (nameEnd[other] as number) - b === length) {
        table.duplicates.push(other, row);
        break;
      }
    }
    slot = (slot + 1) & mask;
    tries++;
  }
  slots[slot] = row + 1;
  return tries;
}

/** The same in `named`, which is made of the rows before where it is not there yet. */
function insertNamed(codes: Uint8Array | Uint16Array, table: EntryTable, row: number): void {
  if (table.named === undefined) {
    table.named = new Map();
    for (let earlier = 0; earlier < row; earlier++) table.named.set(nameOf(codes, table, earlier), earlier);
  }
  const name = nameOf(codes, table, row);
  const other = table.named.get(name);
  if (other !== undefined) table.duplicates.push(other, row);
  table.named.set(name, row);
}

function nameOf(codes: Uint8Array | Uint16Array, table: EntryTable, row: number): string {
  const end = table.nameEnd[row] as number;
  let name = '';
  for (let at = table.nameStart[row] as number; at < end; at += 1024) {
    name += String.fromCharCode(...codes.subarray(at, Math.min(at + 1024, end)));
  }
  return name;
}

/** True for a number, a hexadecimal number or a string that is well quoted, with nothing behind it. */
function isRegularValue(codes: Uint8Array | Uint16Array, start: number, end: number): boolean {
  let p = start;
  let c = codes[p];
  if (c === quote) {
    // "y" is a string, and nearly always meant as y.
    if (end === start + 3 && (codes[p + 1] === 121 || codes[p + 1] === 109 || codes[p + 1] === 110)) return false;
    for (p++; p < end; p++) {
      c = codes[p];
      if (c === quote) return p === end - 1;
      // Before anything else it is lost.
      if (c === backslash && codes[++p] !== quote && codes[p] !== backslash) return false;
    }
    return false;
  }
  if (c === 48 && (codes[p + 1] === 120 || codes[p + 1] === 88)) {
    for (p += 2; p < end; p++) {
      c = (codes[p] as number) | 32;
      if (!((c >= 48 && c <= 57) || (c >= 97 && c <= 102))) return false;
    }
    return end > start + 2;
  }
  if (c === 45) p++;
  for (let at = p; at < end; at++) {
    c = codes[at] as number;
    if (c < 48 || c > 57) return false;
  }
  return p < end;
}

/** `CONFIG_` at `p`. */
function isPrefix(codes: Uint8Array | Uint16Array, p: number): boolean {
  return (
    codes[p] === 67 &&
    codes[p + 1] === 79 &&
    codes[p + 2] === 78 &&
    codes[p + 3] === 70 &&
    codes[p + 4] === 73 &&
    codes[p + 5] === 71 &&
    codes[p + 6] === 95
  );
}

/** ` is not set` at `p`. */
function isNotSet(codes: Uint8Array | Uint16Array, p: number): boolean {
  return (
    codes[p] === space &&
    codes[p + 1] === 105 &&
    codes[p + 2] === 115 &&
    codes[p + 3] === space &&
    codes[p + 4] === 110 &&
    codes[p + 5] === 111 &&
    codes[p + 6] === 116 &&
    codes[p + 7] === space &&
    codes[p + 8] === 115 &&
    codes[p + 9] === 101 &&
    codes[p + 10] === 116
  );
}

/** Scans `codes`; `reuse` is a table of an earlier scan whose document is no longer needed. */
export function scan(codes: Uint8Array | Uint16Array, reuse?: EntryTable, limits: ConfigLimits = usual): Scan {
  const table = makeTable(codes, reuse, limits);
  const irregular: number[] = [];
  const controls: number[] = [];
  const length = codes.length;
  let { lineStarts } = table;
  let line = 0;
  let count = 0;
  let carriageReturns = 0;
  let tries = 0;
  let exceeded: Scan['exceeded'];
  let isCut = false;
  let p = 0;
  while (p < length) {
    if (line + 1 >= lineStarts.length) lineStarts = widen(lineStarts);
    const start = p;
    lineStarts[line] = start;
    if (line === limits.lines) {
      exceeded ??= { limit: 'too-many-lines', at: start };
      isCut = true;
      break;
    }
    let mark = 0;
    let nameStart = 0;
    let nameEnd = 0;
    let odd = false;
    let c = codes[p] as number;
    if (c === 67 && isPrefix(codes, p)) {
      p = nameStart = start + 7;
      for (c = codes[p] as number; units[c] === nameUnit; ) c = codes[++p] as number;
      nameEnd = p;
      if (c === equals && p > nameStart) {
        c = codes[++p] as number;
        if (c === 121) mark = Mark.y;
        else if (c === 109) mark = Mark.m;
        else if (c === 110) mark = Mark.n;
        else mark = Mark.other;
        if (mark !== Mark.other) p++;
      } else odd = true;
    } else if (c === hash) {
      if (codes[p + 1] === space && isPrefix(codes, p + 2)) {
        p = nameStart = start + 9;
        for (c = codes[p] as number; units[c] === nameUnit; ) c = codes[++p] as number;
        nameEnd = p;
        if (p > nameStart && isNotSet(codes, p)) {
          mark = Mark.notSet;
          p += 11;
        } else odd = true;
      } else odd = isLooseComment(codes, p + 1);
    } else odd = true;
    const valueAt = mark === Mark.other ? p : p - 1;
    // What is left of the line; of a setting of y, m, n or "is not set" nothing is.
    let end = p;
    if (codes[p] !== newline) {
      for (c = codes[end] as number; end < length && c !== newline; c = codes[++end] as number) {
        if (units[c] === 0 && !isLineEnding(codes, end)) {
          if (controls.length < 100) controls.push(end);
        }
      }
    }
    p = end + 1;
    if (end > start && codes[end - 1] === carriageReturn) {
      end--;
      carriageReturns++;
    }
    if (mark === Mark.notSet) {
      if (end !== nameEnd + 11) {
        mark = 0;
        odd = true;
      }
    } else if (mark !== 0) {
      if (mark === Mark.other || end !== valueAt + 1) {
        odd = !isRegularValue(codes, valueAt, end);
        mark = Mark.other;
      }
    } else if (end === start) odd = false;
    if (end - start > limits.lineLength) exceeded ??= { limit: 'line-too-long', at: start };
    if (mark !== 0) {
      if (count === limits.symbols) {
        exceeded ??= { limit: 'too-many-symbols', at: start };
        isCut = true;
        break;
      }
      table.line[count] = line;
      table.nameStart[count] = nameStart;
      table.nameEnd[count] = nameEnd;
      table.end[count] = end;
      table.hash[count] = hashUnits(codes, nameStart, nameEnd);
      table.mark[count] = mark;
      if (tries > mostTries) insertNamed(codes, table, count);
      else tries += insertRow(codes, table, count);
      count++;
    }
    if (odd) irregular.push(line);
    line++;
  }
  table.count = count;
  table.lineStarts = lineStarts;
  const lines = line;
  // The line that was one too many has its place. A line ending at the very end starts one more, empty line: that is where an editor
  // shows the end of the file.
  if (isCut) line++;
  else if (codes[length - 1] === newline) lineStarts[line++] = length;
  return {
    table,
    lines,
    lineStarts: lineStarts.subarray(0, Math.max(line, 1)),
    irregular,
    controls,
    carriageReturns,
    ...(exceeded === undefined ? {} : { exceeded }),
  };
}

function widen(starts: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(starts.length * 4);
  wider.set(starts);
  return wider;
}

/** A carriage return that belongs to the end of its line. */
function isLineEnding(codes: Uint8Array | Uint16Array, at: number): boolean {
  return codes[at] === carriageReturn && (at + 1 === codes.length || codes[at + 1] === newline);
}

/** A comment that speaks of a symbol, but not in the one way that the kernel reads: `#CONFIG_X`, `#  CONFIG_X`. */
function isLooseComment(codes: Uint8Array | Uint16Array, from: number): boolean {
  let at = from;
  while (codes[at] === space || codes[at] === 9) at++;
  return codes[at] === 67 && isPrefix(codes, at);
}
