/**
 * Finds the lines of a `.config` in one pass over its code units and keeps them as offsets: no strings, no objects.
 * A line that the kernel's reader (`conf_read_simple` in scripts/kconfig/confdata.c) and a person would read alike is
 * regular; every other one is put on a list for `classify.ts` to look at closely.
 */
import { limits } from './limits.ts';

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
}

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

/** 1 for every code unit that cannot be part of a symbol's name; the last place stands for all non-ASCII ones. */
const outsideName = new Uint8Array(129).fill(1);
for (const c of '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz') outsideName[c.charCodeAt(0)] = 0;

const newline = 10;
const carriageReturn = 13;
const space = 32;
const quote = 34;
const hash = 35;
const equals = 61;
const backslash = 92;

/** The hash of a symbol's name, as the scan computes it. */
export function hashName(name: string): number {
  let h = 0;
  for (let i = 0; i < name.length; i++) h = (Math.imul(h, 31) + name.charCodeAt(i)) | 0;
  return h;
}

/** Where the probing for a hash starts; spreads the high bits, which multiplication by 31 leaves poor. */
function slotOf(h: number, mask: number): number {
  return (h ^ (h >>> 15)) & mask;
}

function makeTable(codes: { length: number }, reuse?: EntryTable): EntryTable {
  // The shortest setting is `CONFIG_A=y` and a newline.
  const rows = Math.min(Math.ceil((codes.length + 1) / 11), limits.symbols) + 1;
  let slots = 64;
  while (slots < rows) slots *= 2;
  if (reuse !== undefined && reuse.line.length >= rows && reuse.slots.length >= slots) {
    reuse.slots.fill(0);
    reuse.count = 0;
    reuse.duplicates = [];
    return reuse;
  }
  return {
    count: 0,
    line: new Int32Array(rows),
    nameStart: new Int32Array(rows),
    nameEnd: new Int32Array(rows),
    end: new Int32Array(rows),
    hash: new Int32Array(rows),
    mark: new Uint8Array(rows),
    slots: new Int32Array(slots),
    duplicates: [],
  };
}

/** The newest row whose symbol is `name`, or -1. */
export function findRow(codes: Uint8Array | Uint16Array, table: EntryTable, name: string, h = hashName(name)): number {
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

function insertRow(codes: Uint8Array | Uint16Array, table: EntryTable, row: number): void {
  const { slots, hash: hashes, nameStart, nameEnd } = table;
  const mask = slots.length - 1;
  const h = hashes[row] as number;
  let slot = slotOf(h, mask);
  for (let found = slots[slot] as number; found !== 0; found = slots[slot] as number) {
    const other = found - 1;
    if (hashes[other] === h) {
      const a = nameStart[row] as number;
      const b = nameStart[other] as number;
      const length = (nameEnd[row] as number) - a;
      let i = (nameEnd[other] as number) - b === length ? 0 : length + 1;
      while (i < length && codes[a + i] === codes[b + i]) i++;
      if (i === length) {
        table.duplicates.push(other, row);
        break;
      }
    }
    slot = (slot + 1) & mask;
  }
  slots[slot] = row + 1;
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
      if (c === backslash) p++;
      else if (c === quote) return p === end - 1;
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
  for (const first = p; p < end; p++) {
    c = codes[p] as number;
    if (c < 48 || c > 57) return false;
    if (p === end - 1) return p >= first;
  }
  return false;
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
export function scan(codes: Uint8Array | Uint16Array, reuse?: EntryTable): Scan {
  const table = makeTable(codes, reuse);
  const irregular: number[] = [];
  const controls: number[] = [];
  const length = codes.length;
  let lineStarts = new Int32Array(64 + (length >> 3));
  let line = 0;
  let count = 0;
  let carriageReturns = 0;
  let exceeded: Scan['exceeded'];
  let p = 0;
  while (p < length) {
    if (line === limits.lines) {
      exceeded ??= { limit: 'too-many-lines', at: p };
      break;
    }
    if (line + 1 >= lineStarts.length) {
      const wider = new Int32Array(line * 4);
      wider.set(lineStarts);
      lineStarts = wider;
    }
    const start = p;
    lineStarts[line] = start;
    let mark = 0;
    let nameStart = 0;
    let nameEnd = 0;
    let h = 0;
    let odd = 0;
    let c = codes[p] as number;
    if (c === 67 && isPrefix(codes, p)) {
      nameStart = p = start + 7;
      for (; p < length; p++) {
        c = codes[p] as number;
        if (c === equals || c === newline) break;
        h = (Math.imul(h, 31) + c) | 0;
        odd |= outsideName[c < 128 ? c : 128] as number;
      }
      nameEnd = p;
      if (c !== equals || p === length || p === nameStart) odd = 1;
      else {
        p++;
        c = codes[p] as number;
        mark = c === 121 ? Mark.y : c === 109 ? Mark.m : c === 110 ? Mark.n : Mark.other;
      }
    } else if (c === hash) {
      let at = start + 1;
      while (codes[at] === space || codes[at] === 9) at++;
      if (codes[at] === 67 && isPrefix(codes, at)) {
        nameStart = p = at + 7;
        for (; p < length; p++) {
          c = codes[p] as number;
          if (outsideName[c < 128 ? c : 128] === 1) break;
          h = (Math.imul(h, 31) + c) | 0;
        }
        nameEnd = p;
        if (at === start + 2 && codes[start + 1] === space && nameEnd > nameStart && isNotSet(codes, p)) {
          mark = Mark.notSet;
          p += 11;
        } else odd = 1;
      }
    } else if (c !== newline) {
      odd = 1;
    }
    // The rest of the line: nearly always nothing or one letter.
    let newlineAt = p;
    for (; newlineAt < length; newlineAt++) {
      c = codes[newlineAt] as number;
      if (c < 32 || c === 127) {
        if (c === newline) break;
        const isEnding = c === carriageReturn && (newlineAt + 1 === length || codes[newlineAt + 1] === newline);
        if (c !== 9 && !isEnding && controls.length < 100) controls.push(newlineAt);
      }
    }
    let end = newlineAt;
    if (end > start && codes[end - 1] === carriageReturn) {
      end--;
      carriageReturns++;
    }
    if (mark === Mark.notSet) {
      if (p !== end) {
        mark = 0;
        odd = 1;
      }
    } else if (mark !== 0) {
      if (mark === Mark.other || end !== p + 1) {
        if (!isRegularValue(codes, p, end)) odd = 1;
        mark = Mark.other;
      }
      // A name that is not one is no setting to anybody.
      if (odd === 1 && hasOddName(codes, nameStart, nameEnd)) mark = 0;
    } else if (end === start) {
      odd = 0;
    }
    if (end - start > limits.lineLength) exceeded ??= { limit: 'line-too-long', at: start };
    if (mark !== 0) {
      if (count === limits.symbols) {
        exceeded ??= { limit: 'too-many-symbols', at: start };
        break;
      }
      table.line[count] = line;
      table.nameStart[count] = nameStart;
      table.nameEnd[count] = nameEnd;
      table.end[count] = end;
      table.hash[count] = h;
      table.mark[count] = mark;
      insertRow(codes, table, count);
      count++;
    }
    if (odd === 1) irregular.push(line);
    line++;
    p = newlineAt + 1;
  }
  table.count = count;
  const lines = line;
  // A line ending at the very end starts one more, empty line: that is where an editor shows the end of the file.
  if (length > 0 && p === length && codes[length - 1] === newline) lineStarts[line++] = length;
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

function hasOddName(codes: Uint8Array | Uint16Array, start: number, end: number): boolean {
  for (let p = start; p < end; p++) {
    const c = codes[p] as number;
    if (outsideName[c < 128 ? c : 128] === 1) return true;
  }
  return false;
}
