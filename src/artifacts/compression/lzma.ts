/**
 * LZMA: a range coder over adaptive bits. The state lives in two typed arrays, and what runs for every bit keeps it in locals: that is
 * where the time goes.
 */
import { copyMatch, viewOf } from './copy.ts';
import { damaged, truncated, UnpackFault } from './fault.ts';
import { type Output, reserve } from './output.ts';

/** Places in `registers`. */
const Register = { range: 0, code: 1, at: 2, state: 3, rep0: 4, rep1: 5, rep2: 6, rep3: 7, owed: 8 } as const;

/** Places in `probabilities`; the literals come last, 0x300 for each context. */
const Place = {
  isMatch: 0,
  isRep: 192,
  isRep0: 204,
  isRep1: 216,
  isRep2: 228,
  isRep0Long: 240,
  slot: 432,
  special: 688,
  align: 816,
  lengths: 832,
  repeatedLengths: 1346,
  literals: 1860,
} as const;
/** Within the probabilities of a length. */
const Length = { choice: 0, choice2: 1, low: 2, middle: 130, high: 258 } as const;

export interface LzmaDecoder {
  readonly registers: Int32Array;
  readonly probabilities: Uint16Array;
  /** Literal context bits, and masks of the literal position and of the position. */
  lc: number;
  lpMask: number;
  pbMask: number;
  /** Offset in the output before which nothing can be repeated. */
  first: number;
}

/** For literals with at most `contextBits` of context, lc and lp together; LZMA2 allows 4. */
export function createDecoder(contextBits: number): LzmaDecoder {
  return {
    registers: new Int32Array(9),
    probabilities: new Uint16Array(Place.literals + (0x300 << contextBits)),
    lc: 0,
    lpMask: 0,
    pbMask: 0,
    first: 0,
  };
}

/** Reads the byte that holds lc, lp and pb; false where it is none, or one that the decoder was not made for. */
export function setProperties(decoder: LzmaDecoder, byte: number): boolean {
  if (byte >= 225) return false;
  decoder.lc = byte % 9;
  const rest = Math.floor(byte / 9);
  if (Place.literals + (0x300 << (decoder.lc + (rest % 5))) > decoder.probabilities.length) return false;
  decoder.lpMask = (1 << (rest % 5)) - 1;
  decoder.pbMask = (1 << Math.floor(rest / 5)) - 1;
  return true;
}

export function resetState(decoder: LzmaDecoder): void {
  const { registers, probabilities, lc, lpMask } = decoder;
  probabilities.fill(1024, 0, Place.literals + ((0x300 * (lpMask + 1)) << lc));
  registers.fill(0, Register.state);
}

/** Starts the range coder; its first five bytes stand at `at`. */
export function startRange(decoder: LzmaDecoder, input: Uint8Array, at: number): void {
  if (at + 5 > input.length) throw truncated(input.length);
  if (input[at] !== 0) throw damaged(at, 'the range coder does not start with 0');
  const { registers } = decoder;
  registers[Register.range] = -1;
  registers[Register.code] =
    ((input[at + 1] as number) << 24) |
    ((input[at + 2] as number) << 16) |
    ((input[at + 3] as number) << 8) |
    (input[at + 4] as number);
  registers[Register.at] = at + 5;
}

/** Takes in the byte that the last bit has used up; without it a stream does not end where it ends. */
export function settleRange({ registers }: LzmaDecoder, input: Uint8Array): void {
  if ((registers[Register.range] as number) >>> 24 !== 0) return;
  const at = registers[Register.at] as number;
  registers[Register.range] = (registers[Register.range] as number) << 8;
  registers[Register.code] = ((registers[Register.code] as number) << 8) | (input[at] as number);
  registers[Register.at] = at + 1;
}

export const inputPosition = ({ registers }: LzmaDecoder): number => registers[Register.at] as number;
/** True when all bits are used up, as they are at the end of a sound stream. */
export const isRangeEmpty = ({ registers }: LzmaDecoder): boolean => registers[Register.code] === 0;
export const isMatchOpen = ({ registers }: LzmaDecoder): boolean => registers[Register.owed] !== 0;

/** Reads one bit by its probability. */
function bit(registers: Int32Array, probabilities: Uint16Array, place: number, input: Uint8Array): number {
  let range = registers[Register.range] as number;
  let code = registers[Register.code] as number;
  if (range >>> 24 === 0) {
    const at = registers[Register.at] as number;
    range <<= 8;
    code = (code << 8) | (input[at] as number);
    registers[Register.at] = at + 1;
  }
  const probability = probabilities[place] as number;
  const bound = Math.imul(range >>> 11, probability);
  if (code >>> 0 < bound >>> 0) {
    registers[Register.range] = bound;
    registers[Register.code] = code;
    probabilities[place] = probability + ((2048 - probability) >> 5);
    return 0;
  }
  registers[Register.range] = range - bound;
  registers[Register.code] = code - bound;
  probabilities[place] = probability - (probability >> 5);
  return 1;
}

/** Reads a number of bits, the high ones first, each by what came before it; `1` stands before them in the result. */
function tree(
  registers: Int32Array,
  probabilities: Uint16Array,
  place: number,
  stop: number,
  input: Uint8Array,
): number {
  let range = registers[Register.range] as number;
  let code = registers[Register.code] as number;
  let at = registers[Register.at] as number;
  let symbol = 1;
  do {
    if (range >>> 24 === 0) {
      range <<= 8;
      code = (code << 8) | (input[at++] as number);
    }
    const probability = probabilities[place + symbol] as number;
    const bound = Math.imul(range >>> 11, probability);
    if (code >>> 0 < bound >>> 0) {
      range = bound;
      probabilities[place + symbol] = probability + ((2048 - probability) >> 5);
      symbol <<= 1;
    } else {
      range = (range - bound) | 0;
      code = (code - bound) | 0;
      probabilities[place + symbol] = probability - (probability >> 5);
      symbol = (symbol << 1) | 1;
    }
  } while (symbol < stop);
  registers[Register.range] = range;
  registers[Register.code] = code;
  registers[Register.at] = at;
  return symbol;
}

/** A literal after a match: the byte that the match would have gone on with tells the contexts, until it differs. */
function literalAfterMatch(
  registers: Int32Array,
  probabilities: Uint16Array,
  place: number,
  expected: number,
  input: Uint8Array,
): number {
  let range = registers[Register.range] as number;
  let code = registers[Register.code] as number;
  let at = registers[Register.at] as number;
  let symbol = 1;
  let rest = expected;
  let mask = 0x100;
  do {
    if (range >>> 24 === 0) {
      range <<= 8;
      code = (code << 8) | (input[at++] as number);
    }
    rest <<= 1;
    const hint = rest & mask;
    const index = place + mask + hint + symbol;
    const probability = probabilities[index] as number;
    const bound = Math.imul(range >>> 11, probability);
    if (code >>> 0 < bound >>> 0) {
      range = bound;
      probabilities[index] = probability + ((2048 - probability) >> 5);
      symbol <<= 1;
      mask &= ~hint;
    } else {
      range = (range - bound) | 0;
      code = (code - bound) | 0;
      probabilities[index] = probability - (probability >> 5);
      symbol = (symbol << 1) | 1;
      mask &= hint;
    }
  } while (symbol < 0x100);
  registers[Register.range] = range;
  registers[Register.code] = code;
  registers[Register.at] = at;
  return symbol;
}

/** Bits of equal chance. */
function direct(registers: Int32Array, count: number, input: Uint8Array): number {
  let range = registers[Register.range] as number;
  let code = registers[Register.code] as number;
  let at = registers[Register.at] as number;
  let value = 0;
  for (let i = 0; i < count; i++) {
    if (range >>> 24 === 0) {
      range <<= 8;
      code = (code << 8) | (input[at++] as number);
    }
    range >>>= 1;
    if (code >>> 0 < range >>> 0) value <<= 1;
    else {
      code = (code - range) | 0;
      value = (value << 1) | 1;
    }
  }
  registers[Register.range] = range;
  registers[Register.code] = code;
  registers[Register.at] = at;
  return value;
}

function matchLength(
  registers: Int32Array,
  probabilities: Uint16Array,
  place: number,
  position: number,
  input: Uint8Array,
): number {
  if (bit(registers, probabilities, place + Length.choice, input) === 0) {
    return 2 - 8 + tree(registers, probabilities, place + Length.low + (position << 3), 8, input);
  }
  if (bit(registers, probabilities, place + Length.choice2, input) === 0) {
    return 10 - 8 + tree(registers, probabilities, place + Length.middle + (position << 3), 8, input);
  }
  return 18 - 256 + tree(registers, probabilities, place + Length.high, 256, input);
}

/** Reads how far back a match lies, less one; -1 marks the end of a stream. */
function matchDistance(registers: Int32Array, probabilities: Uint16Array, length: number, input: Uint8Array): number {
  const slots = Place.slot + (Math.min(length - 2, 3) << 6);
  const slot = tree(registers, probabilities, slots, 64, input) - 64;
  if (slot < 4) return slot;
  const count = (slot >> 1) - 1;
  let distance = (2 | (slot & 1)) << count;
  const isNear = slot < 14;
  const place = isNear ? Place.special + distance - slot : Place.align;
  if (!isNear) distance += direct(registers, count - 4, input) << 4;
  let symbol = 1;
  for (let i = 0; i < (isNear ? count : 4); i++) {
    const value = bit(registers, probabilities, place + symbol, input);
    symbol = (symbol << 1) | value;
    distance += value << i;
  }
  return distance | 0;
}

/**
 * Decodes until `until` bytes stand in the output, for which there must be room, and false then; true at the marked end of the stream.
 * A match that reaches beyond is continued by the next call. Bytes at or after `end` do not belong to the stream.
 */
export function decodeLzma(
  decoder: LzmaDecoder,
  input: Uint8Array,
  end: number,
  output: Output,
  until: number,
): boolean {
  const { registers, probabilities, lc, lpMask, pbMask, first } = decoder;
  const { bytes } = output;
  const view = viewOf(bytes);
  let to = output.length;
  let state = registers[Register.state] as number;
  let owed = registers[Register.owed] as number;
  let isEnd = false;
  for (;;) {
    if (owed > 0) {
      const distance = ((registers[Register.rep0] as number) >>> 0) + 1;
      if (distance > to - first)
        throw damaged(registers[Register.at] as number, 'LZMA refers to what was not there yet');
      const now = Math.min(owed, until - to);
      copyMatch(bytes, view, to, distance, now);
      to += now;
      owed -= now;
    }
    if (to >= until) break;
    if ((registers[Register.at] as number) > end) throw truncated(end);
    const position = (to - first) & pbMask;
    if (bit(registers, probabilities, Place.isMatch + (state << 4) + position, input) === 0) {
      const before = to > first ? (bytes[to - 1] as number) : 0;
      const context = (((to - first) & lpMask) << lc) + (before >> (8 - lc));
      const place = Place.literals + 0x300 * context;
      if (state < 7) bytes[to] = tree(registers, probabilities, place, 0x100, input);
      else {
        const distance = ((registers[Register.rep0] as number) >>> 0) + 1;
        if (distance > to - first)
          throw damaged(registers[Register.at] as number, 'LZMA refers to what was not there yet');
        bytes[to] = literalAfterMatch(registers, probabilities, place, bytes[to - distance] as number, input);
      }
      to++;
      state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
    } else if (bit(registers, probabilities, Place.isRep + state, input) === 0) {
      registers.copyWithin(Register.rep1, Register.rep0, Register.rep3);
      owed = matchLength(registers, probabilities, Place.lengths, position, input);
      const distance = matchDistance(registers, probabilities, owed, input);
      registers[Register.rep0] = distance;
      state = state < 7 ? 7 : 10;
      if (distance === -1) {
        owed = 0;
        isEnd = true;
        break;
      }
    } else {
      owed = repeatLength(registers, probabilities, state, position, input);
      state = state < 7 ? (owed === 1 ? 9 : 8) : 11;
    }
  }
  registers[Register.state] = state;
  registers[Register.owed] = owed;
  output.length = to;
  return isEnd;
}

/** A match at one of the last four distances, which comes to stand first; 1 for a single byte. */
function repeatLength(
  registers: Int32Array,
  probabilities: Uint16Array,
  state: number,
  position: number,
  input: Uint8Array,
): number {
  if (bit(registers, probabilities, Place.isRep0 + state, input) === 0) {
    if (bit(registers, probabilities, Place.isRep0Long + (state << 4) + position, input) === 0) return 1;
  } else {
    let from: number = Register.rep1;
    if (bit(registers, probabilities, Place.isRep1 + state, input) === 1) {
      from = bit(registers, probabilities, Place.isRep2 + state, input) === 0 ? Register.rep2 : Register.rep3;
    }
    const distance = registers[from] as number;
    registers.copyWithin(Register.rep1, Register.rep0, from);
    registers[Register.rep0] = distance;
  }
  return matchLength(registers, probabilities, Place.repeatedLengths, position, input);
}

const stepSize = 1 << 20;

function widened({ bytes, length }: Output): Uint8Array {
  const wider = new Uint8Array(length + 1);
  wider.set(bytes.subarray(0, length));
  return wider;
}

/** The header of `.lzma`: properties, dictionary size, and the size or -1. */
export function isLzma(input: Uint8Array, at: number): boolean {
  if (input[at] !== 0x5d || at + 18 > input.length) return false;
  const dictionary =
    ((input[at + 1] as number) |
      ((input[at + 2] as number) << 8) |
      ((input[at + 3] as number) << 16) |
      ((input[at + 4] as number) << 24)) >>>
    0;
  // Every writer makes it 2^n or 2^n + 2^(n-1).
  const high = 2 ** Math.floor(Math.log2(dictionary));
  if (dictionary < 4096 || (dictionary !== high && dictionary !== high * 1.5)) return false;
  const size = input.subarray(at + 5, at + 13);
  const isOpen = size.every((byte) => byte === 0xff);
  const isSmall = size[5] === 0 && size[6] === 0 && size[7] === 0;
  return (isOpen || isSmall) && input[at + 13] === 0;
}

export function unpackLzma(input: Uint8Array, start: number, output: Output): number {
  // 0x5d, which is all that is looked for: lc 3, lp 0, pb 2.
  const decoder = createDecoder(3);
  setProperties(decoder, input[start] as number);
  let size = -1;
  if (input[start + 12] !== 0xff) {
    size = 0;
    for (let i = 7; i >= 0; i--) size = size * 256 + (input[start + 5 + i] as number);
  }
  decoder.first = output.length;
  resetState(decoder);
  startRange(decoder, input, start + 13);
  const stop = size === -1 ? Number.POSITIVE_INFINITY : output.length + size;
  for (;;) {
    const step = Math.min(stepSize, stop - output.length, Math.max(1, output.limit - output.length));
    // A stream of unknown size may be full and have only its end to come, which takes room to find out.
    const isFull = size === -1 && output.length === output.limit;
    if (isFull) output.bytes = widened(output);
    else reserve(output, step, inputPosition(decoder));
    const isEnd = decodeLzma(decoder, input, input.length, output, output.length + step);
    if (isEnd && size !== -1 && output.length !== stop) {
      throw damaged(inputPosition(decoder), 'the LZMA stream ends before its size');
    }
    if (isEnd || output.length === stop) break;
    if (isFull) throw new UnpackFault('too-large', inputPosition(decoder), `more than ${output.limit} bytes`);
  }
  settleRange(decoder, input);
  if (inputPosition(decoder) > input.length) throw truncated(input.length);
  if (isMatchOpen(decoder)) throw damaged(inputPosition(decoder), 'the LZMA stream goes on after its size');
  return inputPosition(decoder);
}
