/** The literals of a zstd block: as they are, one byte over and over, or in a Huffman code. */
import { slack, viewOf } from './copy.ts';
import { damaged } from './fault.ts';
import { bitsBelow, floorLog2, lastBit, readStateTable } from './fse.ts';

const longestCode = 11;

/** What `code bits` of the longest length mean: the symbol, and how many of the bits it takes. */
interface HuffmanTable {
  readonly log: number;
  readonly symbols: Uint8Array;
  readonly bits: Uint8Array;
}

export interface LiteralState {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  length: number;
  table: HuffmanTable | undefined;
}

export function createLiterals(size: number): LiteralState {
  const room = new Uint8Array(size + slack);
  return { bytes: room.subarray(0, size), view: viewOf(room), length: 0, table: undefined };
}

const Kind = { raw: 0, repeated: 1, packed: 2, treeless: 3 } as const;

/** Fills `state` from the section at `start` and returns where it ends. */
export function readLiterals(
  state: LiteralState,
  block: Uint8Array,
  view: DataView,
  start: number,
  end: number,
): number {
  const head = view.getUint8(start);
  const kind = head & 3;
  const format = (head >> 2) & 3;
  if (kind === Kind.raw || kind === Kind.repeated) {
    const width = format === 1 ? 2 : format === 3 ? 3 : 1;
    const size = (view.getUint32(start, true) & (2 ** (width * 8) - 1)) >>> (width === 1 ? 3 : 4);
    return copyPlain(state, block, { at: start + width, end, size, isRaw: kind === Kind.raw });
  }
  const width = format < 2 ? 3 : format + 2;
  const sizeBits = format < 2 ? 10 : format === 2 ? 14 : 18;
  const mask = (1 << sizeBits) - 1;
  const low = view.getUint32(start, true);
  const size = (low >>> 4) & mask;
  const packed = sizeBits === 18 ? (low >>> 22) | (view.getUint8(start + 4) << 10) : (low >>> (4 + sizeBits)) & mask;
  const first = start + width;
  const stop = first + packed;
  if (stop > end || size > state.bytes.length) throw damaged(start, 'the literals of a zstd block are too long');
  let at = first;
  if (kind === Kind.packed) at = readHuffman(state, view, first, stop);
  const { table } = state;
  if (table === undefined) throw damaged(start, 'a zstd block repeats a code that was not there');
  state.length = size;
  if (format === 0) decodeStream(state.bytes, 0, size, table, view, at, stop);
  else decodeFour(state.bytes, size, table, view, at, stop);
  return stop;
}

interface Plain {
  readonly at: number;
  readonly end: number;
  readonly size: number;
  readonly isRaw: boolean;
}

function copyPlain(state: LiteralState, block: Uint8Array, { at, end, size, isRaw }: Plain): number {
  const used = isRaw ? size : 1;
  if (at + used > end || size > state.bytes.length) throw damaged(at, 'the literals of a zstd block are too long');
  if (isRaw) state.bytes.set(block.subarray(at, at + size));
  else state.bytes.fill(block[at] as number, 0, size);
  state.length = size;
  return at + used;
}

/** Four streams of equal share, the last one shorter; the sizes of the first three come first. */
function decodeFour(
  bytes: Uint8Array,
  size: number,
  table: HuffmanTable,
  view: DataView,
  start: number,
  stop: number,
): void {
  const share = (size + 3) >> 2;
  let at = start + 6;
  if (at > stop || share * 3 > size) throw damaged(start, 'the literals of a zstd block are cut short');
  for (let i = 0; i < 4; i++) {
    const end = i === 3 ? stop : at + view.getUint16(start + i * 2, true);
    if (end > stop) throw damaged(start, 'the literals of a zstd block are too long');
    decodeStream(bytes, i * share, i === 3 ? size : (i + 1) * share, table, view, at, end);
    at = end;
  }
}

function decodeStream(
  bytes: Uint8Array,
  from: number,
  to: number,
  { log, symbols, bits }: HuffmanTable,
  view: DataView,
  start: number,
  end: number,
): void {
  const stop = start * 8;
  let at = lastBit(view, start, end);
  // Near the start of a stream the low bits belong to something else; the code is known without them.
  for (let i = from; i < to && at >= stop; i++) {
    const index = bitsBelow(view, at, log);
    bytes[i] = symbols[index] as number;
    at -= bits[index] as number;
  }
  if (at !== stop) throw damaged(end, 'a zstd literal stream has another length than it says');
}

/** Reads the weights of the code and makes its table; returns where the description ends. */
function readHuffman(state: LiteralState, view: DataView, start: number, stop: number): number {
  const head = start < stop ? view.getUint8(start) : 0;
  const weights: number[] = [];
  let at: number;
  if (head >= 128) {
    const count = head - 127;
    at = start + 1 + ((count + 1) >> 1);
    if (at > stop) throw damaged(start, 'a zstd Huffman code is cut short');
    for (let i = 0; i < count; i++) weights.push((view.getUint8(start + 1 + (i >> 1)) >> (i & 1 ? 0 : 4)) & 15);
  } else {
    at = start + 1 + head;
    if (head === 0 || at > stop) throw damaged(start, 'a zstd Huffman code is cut short');
    readWeights(weights, view, start + 1, at);
  }
  state.table = createTable(weights, start);
  return at;
}

/** Weights in a finite-state code of two states that take turns until the bits are used up. */
function readWeights(weights: number[], view: DataView, start: number, end: number): void {
  const { table, end: streamAt } = readStateTable(view, start, end, { log: 6, symbols: 256 });
  const stop = streamAt * 8;
  let at = lastBit(view, streamAt, end);
  const states = [bitsBelow(view, at, table.log), bitsBelow(view, at - table.log, table.log)];
  at -= 2 * table.log;
  if (at < stop) throw damaged(start, 'a zstd Huffman code is cut short');
  for (let turn = 0; ; turn ^= 1) {
    const state = states[turn] as number;
    weights.push(table.symbols[state] as number);
    const taken = table.bits[state] as number;
    if (at - taken < stop) {
      weights.push(table.symbols[states[turn ^ 1] as number] as number);
      return;
    }
    states[turn] = (table.bases[state] as number) + bitsBelow(view, at, taken);
    at -= taken;
    if (weights.length > 255) throw damaged(start, 'a zstd Huffman code has too many symbols');
  }
}

/** The last weight is not written: it makes the sum a power of two. */
function createTable(weights: number[], at: number): HuffmanTable {
  let sum = 0;
  for (const weight of weights) sum += weight === 0 ? 0 : 1 << (weight - 1);
  const log = sum === 0 ? 0 : floorLog2(sum) + 1;
  const rest = 2 ** log - sum;
  if (sum === 0 || log > longestCode || (rest & (rest - 1)) !== 0 || weights.length > 255) {
    throw damaged(at, 'a zstd Huffman code makes no sense');
  }
  weights.push(floorLog2(rest) + 1);
  const symbols = new Uint8Array(1 << log);
  const bits = new Uint8Array(1 << log);
  let place = 0;
  for (let weight = 1; weight <= log; weight++) {
    for (const [symbol, own] of weights.entries()) {
      if (own !== weight) continue;
      const stop = place + (1 << (weight - 1));
      symbols.fill(symbol, place, stop);
      bits.fill(log + 1 - weight, place, stop);
      place = stop;
    }
  }
  if (place !== symbols.length) throw damaged(at, 'a zstd Huffman code makes no sense');
  return { log, symbols, bits };
}
