/** Zstandard (RFC 8878): frames of blocks of literals and sequences; everything unpacks into the output, so no window is kept. */
import { copyMatch, copyRoughly, slack, viewOf } from './copy.ts';
import { damaged, truncated, UnpackFault } from './fault.ts';
import { bitsBelow, createConstantTable, createStateTable, lastBit, readStateTable, type StateTable } from './fse.ts';
import { need, u8, u16le, u24le, u32le, u64le } from './numbers.ts';
import { copyInput, type Output, reserve } from './output.ts';
import { xxh64Low } from './xxh64.ts';
import { createLiterals, type LiteralState, readLiterals } from './zstd-literals.ts';

const magic = 0xfd2fb528;
const skippableMagic = 0x184d2a50;
/** What `zstd --ultra -22 --long=27` makes, and kernels are packed with. */
export const largestWindow = 128 << 20;
const largestBlock = 128 << 10;

const wordAt = (input: Uint8Array, at: number): number => (at + 4 <= input.length ? u32le(input, at) : 0);

export function isZstd(input: Uint8Array, at: number): boolean {
  return wordAt(input, at) === magic || (wordAt(input, at) & 0xfffffff0) >>> 0 === skippableMagic;
}

interface FrameHeader {
  readonly size: number | undefined;
  readonly checksum: boolean;
  readonly at: number;
}

function readHeader(input: Uint8Array, start: number): FrameHeader {
  const flags = u8(input, start + 4);
  if (flags & 8) throw damaged(start + 4, 'the zstd header makes no sense');
  const single = (flags & 0x20) !== 0;
  let at = start + 5;
  let window = 0;
  if (!single) {
    const byte = u8(input, at++);
    window = 2 ** (10 + (byte >> 3)) * (1 + (byte & 7) / 8);
  }
  const dictionarySize = [0, 1, 2, 4][flags & 3] as number;
  for (let i = 0; i < dictionarySize; i++) {
    if (u8(input, at++) !== 0) throw new UnpackFault('unsupported', at, 'the zstd frame needs a dictionary');
  }
  const sizeWidth = flags >> 6 === 0 ? (single ? 1 : 0) : 1 << (flags >> 6);
  need(input, at, sizeWidth);
  let size: number | undefined;
  if (sizeWidth === 1) size = u8(input, at);
  else if (sizeWidth === 2) size = u16le(input, at) + 256;
  else if (sizeWidth === 4) size = u32le(input, at);
  else if (sizeWidth === 8) size = u64le(input, at);
  if (window > largestWindow) {
    throw new UnpackFault('unsupported', start + 5, `a zstd window of ${window} bytes, more than ${largestWindow}`);
  }
  return { size, checksum: (flags & 4) !== 0, at: at + sizeWidth };
}

/** Where the frame ends, by the sizes of its blocks alone. */
function frameEnd(input: Uint8Array, header: FrameHeader): number {
  let { at } = header;
  for (;;) {
    const block = u24le(input, at);
    at += 3 + (((block >> 1) & 3) === 1 ? 1 : block >> 3);
    if (at > input.length) throw truncated(input.length);
    if (block & 1) break;
  }
  at += header.checksum ? 4 : 0;
  if (at > input.length) throw truncated(input.length);
  return at;
}

/** What one block leaves to the next. */
interface FrameState {
  readonly literals: LiteralState;
  lengths: StateTable | undefined;
  offsets: StateTable | undefined;
  matches: StateTable | undefined;
  readonly repeats: Int32Array;
  /** A copy of the block with room around it, so that bits can be read four bytes at a time. */
  readonly block: Uint8Array;
  readonly view: DataView;
}

/** Bytes before and after a block in its copy; damaged data make one sequence read 89 bits too many, a table 172. */
const margin = 32;

function createState(): FrameState {
  const block = new Uint8Array(largestBlock + 2 * margin);
  return {
    literals: createLiterals(largestBlock),
    lengths: undefined,
    offsets: undefined,
    matches: undefined,
    repeats: Int32Array.of(1, 4, 8),
    block,
    view: new DataView(block.buffer),
  };
}

export function unpackZstd(input: Uint8Array, start: number, output: Output): number {
  if (wordAt(input, start) !== magic) {
    const end = start + 8 + u32le(input, start + 4);
    if (end > input.length) throw truncated(input.length);
    return end;
  }
  const header = readHeader(input, start);
  const end = frameEnd(input, header);
  if (header.size !== undefined) reserve(output, header.size, start);
  const first = output.length;
  const state = createState();
  let { at } = header;
  for (let last = false; !last; ) {
    const block = u24le(input, at);
    last = (block & 1) === 1;
    const kind = (block >> 1) & 3;
    const size = block >> 3;
    at += 3;
    if (kind === 3 || size > largestBlock) throw damaged(at - 3, 'a zstd block of an unknown kind or size');
    if (kind === 0) copyInput(output, input, at, size);
    else if (kind === 1) {
      reserve(output, size, at);
      output.bytes.fill(input[at] as number, output.length, output.length + size);
      output.length += size;
    } else decodeBlock(input, at, size, output, first, state);
    at += kind === 1 ? 1 : size;
  }
  if (header.size !== undefined && header.size !== output.length - first) {
    throw damaged(at, 'the zstd frame holds another number of bytes than it says');
  }
  if (header.checksum && xxh64Low(output.bytes, first, output.length) !== u32le(input, at)) {
    throw damaged(at, 'the zstd checksum is wrong');
  }
  return end;
}

/** Codes of lengths: from code 16 or 32 on they have bits of their own. */
const literalLengths = lengthCodes(0, 16, [1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
const matchLengths = lengthCodes(3, 32, [1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);

interface LengthCodes {
  readonly bases: Int32Array;
  readonly bits: Uint8Array;
}

function lengthCodes(first: number, plain: number, extra: readonly number[]): LengthCodes {
  const bits = Uint8Array.from([...new Array<number>(plain).fill(0), ...extra]);
  const bases = new Int32Array(bits.length);
  let base = first;
  for (const [code, width] of bits.entries()) {
    // The wide codes start at a power of two.
    if (width > 5 && bits[code - 1] !== width - 1) base = 2 ** width + first;
    bases[code] = base;
    base += 2 ** width;
  }
  return { bases, bits };
}

const predefined = {
  lengths: createStateTable(
    [4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1],
    6,
  ),
  offsets: createStateTable(
    [1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1],
    5,
  ),
  matches: createStateTable(
    [
      1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
      1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1,
    ],
    6,
  ),
} as const;

const tableLimits = {
  lengths: { log: 9, symbols: 36 },
  // Code 31 would be an offset of 2 GiB.
  offsets: { log: 8, symbols: 31 },
  matches: { log: 9, symbols: 53 },
} as const;

/** Sets the three tables of a block from its modes; returns where they end. */
function readTables(state: FrameState, start: number, end: number): number {
  const modes = state.view.getUint8(start);
  if (modes & 3) throw damaged(start, 'the modes of a zstd block make no sense');
  let at = start + 1;
  for (const [name, shift] of [
    ['lengths', 6],
    ['offsets', 4],
    ['matches', 2],
  ] as const) {
    const mode = (modes >> shift) & 3;
    if (mode === 0) state[name] = predefined[name];
    else if (mode === 1) {
      const symbol = state.view.getUint8(at++);
      if (symbol >= tableLimits[name].symbols) throw damaged(at, 'a zstd block repeats a code that there is not');
      state[name] = createConstantTable(symbol);
    } else if (mode === 2) {
      const read = readStateTable(state.view, at, end, tableLimits[name]);
      state[name] = read.table;
      at = read.end;
    } else if (state[name] === undefined) throw damaged(at, 'a zstd block repeats a table that was not there');
  }
  return at;
}

function decodeBlock(
  input: Uint8Array,
  start: number,
  size: number,
  output: Output,
  first: number,
  state: FrameState,
): void {
  state.block.set(input.subarray(start, start + size), margin);
  state.block.fill(0, margin + size, margin + size + margin);
  const end = margin + size;
  try {
    const sequencesAt = readLiterals(state.literals, state.block, state.view, margin, end);
    decodeSequences(state, sequencesAt, end, output, first);
  } catch (error) {
    if (error instanceof UnpackFault && error.code !== 'too-large') {
      throw new UnpackFault(error.code, start + Math.max(0, error.at - margin), error.message);
    }
    throw error;
  }
}

/** The number of sequences and where the modes stand. */
function readCount({ view }: FrameState, start: number, end: number): { readonly count: number; readonly at: number } {
  if (start >= end) throw damaged(start, 'a zstd block has no sequences section');
  const head = view.getUint8(start);
  if (head < 128) return { count: head, at: start + 1 };
  if (head < 255) return { count: ((head - 128) << 8) + view.getUint8(start + 1), at: start + 2 };
  return { count: view.getUint16(start + 1, true) + 0x7f00, at: start + 3 };
}

function decodeSequences(state: FrameState, start: number, end: number, output: Output, first: number): void {
  const { literals } = state;
  const { count, at: modesAt } = readCount(state, start, end);
  const room = Math.min(largestBlock, output.limit - output.length);
  reserve(output, room, start);
  const roomEnd = output.length + room;
  let literal = 0;
  if (count > 0) {
    const streamAt = readTables(state, modesAt, end);
    literal = copySequences(state, { count, start: streamAt, end, roomEnd, first }, output);
  } else if (modesAt !== end) throw damaged(modesAt, 'a zstd block goes on after its end');
  const rest = literals.length - literal;
  if (output.length + rest > roomEnd) throw overflow(output, roomEnd, start);
  output.bytes.set(literals.bytes.subarray(literal, literals.length), output.length);
  output.length += rest;
}

const overflow = (output: Output, roomEnd: number, at: number): UnpackFault =>
  roomEnd === output.limit
    ? new UnpackFault('too-large', at, `more than ${output.limit} bytes`)
    : damaged(at, 'a zstd block unfolds to more than a block holds');

interface Sequences {
  readonly count: number;
  /** Of the bit stream. */
  readonly start: number;
  readonly end: number;
  readonly roomEnd: number;
  readonly first: number;
}

/** Each sequence: literals to copy, then a match. Returns how many literals were used. */
function copySequences(state: FrameState, { count, start, end, roomEnd, first }: Sequences, output: Output): number {
  const { view, repeats } = state;
  const { lengths, offsets, matches } = state as { [name in 'lengths' | 'offsets' | 'matches']: StateTable };
  const { bytes: literals, view: literalView, length: literalEnd } = state.literals;
  const { bytes } = output;
  const target = viewOf(bytes);
  const roughRoom = bytes.length - slack;
  let to = output.length;
  let literal = 0;
  let at = lastBit(view, start, end);
  const stop = start * 8;
  let lengthState = bitsBelow(view, at, lengths.log);
  at -= lengths.log;
  let offsetState = bitsBelow(view, at, offsets.log);
  at -= offsets.log;
  let matchState = bitsBelow(view, at, matches.log);
  at -= matches.log;
  for (let i = 0; i < count; i++) {
    const offsetCode = offsets.symbols[offsetState] as number;
    const matchCode = matches.symbols[matchState] as number;
    const lengthCode = lengths.symbols[lengthState] as number;
    // Bits before the start of the stream would be those of something else.
    if (at < stop) throw damaged(start, 'a zstd bit stream is too short');
    let value = 1 << offsetCode;
    if (offsetCode > 16) {
      value += bitsBelow(view, at, offsetCode - 16) * 65536;
      at -= offsetCode - 16;
      value += bitsBelow(view, at, 16);
      at -= 16;
    } else {
      value += bitsBelow(view, at, offsetCode);
      at -= offsetCode;
    }
    const matchBits = matchLengths.bits[matchCode] as number;
    const matchLength = (matchLengths.bases[matchCode] as number) + bitsBelow(view, at, matchBits);
    at -= matchBits;
    const lengthBits = literalLengths.bits[lengthCode] as number;
    const literalLength = (literalLengths.bases[lengthCode] as number) + bitsBelow(view, at, lengthBits);
    at -= lengthBits;
    if (i + 1 < count) {
      let taken = lengths.bits[lengthState] as number;
      lengthState = (lengths.bases[lengthState] as number) + bitsBelow(view, at, taken);
      at -= taken;
      taken = matches.bits[matchState] as number;
      matchState = (matches.bases[matchState] as number) + bitsBelow(view, at, taken);
      at -= taken;
      taken = offsets.bits[offsetState] as number;
      offsetState = (offsets.bases[offsetState] as number) + bitsBelow(view, at, taken);
      at -= taken;
    }
    if (literal + literalLength > literalEnd)
      throw damaged(start, 'a zstd sequence copies literals that are not there');
    if (to + literalLength + matchLength > roomEnd) throw overflow(output, roomEnd, start);
    if (to + literalLength <= roughRoom) copyRoughly(target, to, literalView, literal, literalLength);
    else for (let j = 0; j < literalLength; j++) bytes[to + j] = literals[literal + j] as number;
    to += literalLength;
    literal += literalLength;
    const offset = value > 3 ? shiftRepeats(repeats, value - 3) : repeatOffset(repeats, value, literalLength);
    if (offset <= 0 || offset > to - first) throw damaged(start, 'zstd refers to what was not there yet');
    copyMatch(bytes, target, to, offset, matchLength);
    to += matchLength;
  }
  if (at !== stop) throw damaged(start, 'a zstd bit stream has another length than it says');
  output.length = to;
  return literal;
}

function shiftRepeats(repeats: Int32Array, offset: number): number {
  repeats[2] = repeats[1] as number;
  repeats[1] = repeats[0] as number;
  repeats[0] = offset;
  return offset;
}

/** Values 1 to 3 name one of the last three offsets; after no literals, the next one of them. */
function repeatOffset(repeats: Int32Array, value: number, literalLength: number): number {
  const index = literalLength === 0 ? value : value - 1;
  if (index === 0) return repeats[0] as number;
  const offset = index === 3 ? (repeats[0] as number) - 1 : (repeats[index] as number);
  if (index > 1) repeats[2] = repeats[1] as number;
  repeats[1] = repeats[0] as number;
  repeats[0] = offset;
  return offset;
}
