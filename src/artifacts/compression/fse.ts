/** The entropy codes of zstd: finite-state tables, and bits that are read from the end to the start. */
import { damaged } from './fault.ts';

/** A table of states: what each stands for, and how the next state is made of bits. */
export interface StateTable {
  readonly log: number;
  readonly symbols: Uint8Array;
  readonly bits: Uint8Array;
  readonly bases: Uint16Array;
}

export const floorLog2 = (x: number): number => 31 - Math.clz32(x);

/** From how often each symbol occurs of 2^log; -1 stands for less than once. */
export function createStateTable(counts: ArrayLike<number>, log: number): StateTable {
  const size = 1 << log;
  const symbols = new Uint8Array(size);
  const next = new Uint16Array(counts.length);
  let high = size - 1;
  for (let symbol = 0; symbol < counts.length; symbol++) {
    const count = counts[symbol] as number;
    if (count === -1) {
      symbols[high--] = symbol;
      next[symbol] = 1;
    } else next[symbol] = count;
  }
  const step = (size >> 1) + (size >> 3) + 3;
  let place = 0;
  for (let symbol = 0; symbol < counts.length; symbol++) {
    for (let i = 0; i < (counts[symbol] as number); i++) {
      symbols[place] = symbol;
      do place = (place + step) & (size - 1);
      while (place > high);
    }
  }
  const bits = new Uint8Array(size);
  const bases = new Uint16Array(size);
  for (let state = 0; state < size; state++) {
    const symbol = symbols[state] as number;
    const count = next[symbol] as number;
    next[symbol] = count + 1;
    const taken = log - floorLog2(count);
    bits[state] = taken;
    bases[state] = (count << taken) - size;
  }
  return { log, symbols, bits, bases };
}

/** A table that always gives the same symbol. */
export function createConstantTable(symbol: number): StateTable {
  return { log: 0, symbols: Uint8Array.of(symbol), bits: new Uint8Array(1), bases: new Uint16Array(1) };
}

export interface TableLimits {
  readonly log: number;
  readonly symbols: number;
}

/** Reads the description of a table; `block` has room to be read four bytes beyond `end`. */
export function readStateTable(
  block: DataView,
  start: number,
  end: number,
  limits: TableLimits,
): { readonly table: StateTable; readonly end: number } {
  const log = (block.getUint8(start) & 15) + 5;
  if (log > limits.log) throw damaged(start, 'a zstd table is larger than it may be');
  const counts: number[] = [];
  let at = start * 8 + 4;
  const peek = () => block.getUint32(at >> 3, true) >>> (at & 7);
  let remaining = 1 << log;
  while (remaining > 0) {
    if (at > end * 8) throw damaged(end, 'a zstd table is cut short');
    const width = floorLog2(remaining + 1) + 1;
    const mask = (1 << (width - 1)) - 1;
    const threshold = (1 << width) - 2 - remaining;
    let value = peek() & ((1 << width) - 1);
    if ((value & mask) < threshold) {
      value &= mask;
      at += width - 1;
    } else {
      if (value > mask) value -= threshold;
      at += width;
    }
    const count = value - 1;
    remaining -= Math.abs(count);
    counts.push(count);
    while (count === 0) {
      const zeros = peek() & 3;
      at += 2;
      for (let i = 0; i < zeros; i++) counts.push(0);
      if (zeros !== 3) break;
      if (counts.length > limits.symbols) break;
    }
    if (counts.length > limits.symbols) throw damaged(at >> 3, 'a zstd table has too many symbols');
  }
  const after = (at + 7) >> 3;
  if (remaining < 0 || after > end) throw damaged(start, 'a zstd table makes no sense');
  return { table: createStateTable(counts, log), end: after };
}

/** The number of bits before the mark that ends a stream which is read backwards, counted from the start of the block. */
export function lastBit(block: DataView, start: number, end: number): number {
  const last = end > start ? block.getUint8(end - 1) : 0;
  if (last === 0) throw damaged(end, 'a zstd bit stream has no end mark');
  return (end - 1) * 8 + floorLog2(last);
}

/** `count` bits (25 at most) below bit `at`. */
export function bitsBelow(block: DataView, at: number, count: number): number {
  const from = at - count;
  return (block.getInt32(from >> 3, true) >>> (from & 7)) & ((1 << count) - 1);
}
