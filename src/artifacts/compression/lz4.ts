/** LZ4: the legacy frame that kernels are packed with, and the normal frame. */
import { xxh32 } from './checksums.ts';
import { copyMatch, copyRoughly, slack, viewOf } from './copy.ts';
import { damaged, truncated, UnpackFault } from './fault.ts';
import { need, u8, u32le } from './numbers.ts';
import { copyInput, type Output, reserve } from './output.ts';

export const lz4LegacyMagic = [0x02, 0x21, 0x4c, 0x18] as const;
export const lz4Magic = [0x04, 0x22, 0x4d, 0x18] as const;

const legacyBlock = 8 << 20;
/** A block that cannot be packed grows a little. */
const legacyBlockBound = legacyBlock + Math.floor(legacyBlock / 255) + 16;

/**
 * The legacy frame has no end: it is over where a block came out short, or where no block can follow, as before the size that kernels
 * append.
 */
export function unpackLz4Legacy(input: Uint8Array, start: number, output: Output): number {
  let at = start + 4;
  let last = legacyBlock;
  const first = output.length;
  while (last === legacyBlock && at + 4 <= input.length) {
    const size = u32le(input, at);
    if (size === 0 || size > legacyBlockBound) break;
    if (at + 4 + size > input.length) {
      const isTrailer = at + 4 === input.length && size === output.length - first;
      if (isTrailer) break;
      throw truncated(input.length);
    }
    const before = output.length;
    decodeBlock(input, at + 4, at + 4 + size, output, { first: before, most: legacyBlock });
    last = output.length - before;
    at += 4 + size;
  }
  if (output.length === first && at === start + 4) throw damaged(at, 'there is no lz4 block');
  return at;
}

interface Frame {
  readonly linked: boolean;
  readonly blockChecksums: boolean;
  readonly contentChecksum: boolean;
  readonly size: number | undefined;
  readonly blockSize: number;
  readonly at: number;
}

function readFrame(input: Uint8Array, start: number): Frame {
  const flags = u8(input, start + 4);
  const descriptor = u8(input, start + 5);
  if (flags >> 6 !== 1) throw damaged(start + 4, 'the lz4 frame has an unknown version');
  if (flags & 2 || descriptor & 0x8f || descriptor >> 4 < 4) throw damaged(start + 4, 'the lz4 header makes no sense');
  if (flags & 1) throw new UnpackFault('unsupported', start + 4, 'the lz4 frame needs a dictionary');
  const at = start + 6 + (flags & 8 ? 8 : 0);
  const size = flags & 8 ? u32le(input, start + 6) + u32le(input, start + 10) * 2 ** 32 : undefined;
  if (u8(input, at) !== ((xxh32(input, start + 4, at) >>> 8) & 255))
    throw damaged(at, 'the lz4 header checksum is wrong');
  return {
    linked: (flags & 0x20) === 0,
    blockChecksums: (flags & 0x10) !== 0,
    contentChecksum: (flags & 4) !== 0,
    size,
    blockSize: 1 << (8 + 2 * (descriptor >> 4)),
    at: at + 1,
  };
}

export function unpackLz4(input: Uint8Array, start: number, output: Output): number {
  const frame = readFrame(input, start);
  const first = output.length;
  let { at } = frame;
  for (;;) {
    const header = u32le(input, at);
    at += 4;
    if (header === 0) break;
    const size = header & 0x7fffffff;
    if (size > frame.blockSize) throw damaged(at - 4, 'an lz4 block is larger than its frame allows');
    need(input, at, size);
    if (header >>> 31) copyInput(output, input, at, size);
    else {
      decodeBlock(input, at, at + size, output, {
        first: frame.linked ? first : output.length,
        most: frame.blockSize,
      });
    }
    if (frame.blockChecksums && u32le(input, at + size) !== xxh32(input, at, at + size)) {
      throw damaged(at, 'an lz4 block checksum is wrong');
    }
    at += size + (frame.blockChecksums ? 4 : 0);
  }
  if (frame.size !== undefined && frame.size !== output.length - first) {
    throw damaged(at, 'the lz4 frame holds another number of bytes than it says');
  }
  if (!frame.contentChecksum) return at;
  if (u32le(input, at) !== xxh32(output.bytes, first, output.length)) throw damaged(at, 'the lz4 checksum is wrong');
  return at + 4;
}

interface BlockBounds {
  /** Offset in the output before which a match must not reach. */
  readonly first: number;
  /** Bytes that the block may unfold to. */
  readonly most: number;
}

function decodeBlock(
  input: Uint8Array,
  start: number,
  end: number,
  output: Output,
  { first, most }: BlockBounds,
): void {
  const room = Math.min(most, output.limit - output.length);
  reserve(output, room, start);
  const { bytes } = output;
  const view = viewOf(bytes);
  const packed = viewOf(input);
  // Up to here eight bytes at a time can be read, and written.
  const roughEnd = input.length - slack;
  const roughRoom = bytes.length - slack;
  const roomEnd = output.length + room;
  const overflow = (): UnpackFault =>
    room < most
      ? new UnpackFault('too-large', start, `more than ${output.limit} bytes`)
      : damaged(start, 'an lz4 block unfolds to more than a block holds');
  let at = start;
  let to = output.length;
  while (at < end) {
    const token = input[at++] as number;
    let literals = token >> 4;
    if (literals === 15) {
      for (let more = 255; more === 255; literals += more) {
        if (at >= end) throw damaged(at, 'an lz4 block is cut short');
        more = input[at++] as number;
      }
    }
    if (at + literals > end) throw damaged(at, 'an lz4 block is cut short');
    if (to + literals > roomEnd) throw overflow();
    if (literals > 256) bytes.set(input.subarray(at, at + literals), to);
    else if (at + literals <= roughEnd && to + literals <= roughRoom) copyRoughly(view, to, packed, at, literals);
    else for (let i = 0; i < literals; i++) bytes[to + i] = input[at + i] as number;
    at += literals;
    to += literals;
    if (at === end) break;
    if (at + 2 > end) throw damaged(at, 'an lz4 block is cut short');
    const distance = (input[at] as number) | ((input[at + 1] as number) << 8);
    at += 2;
    let length = (token & 15) + 4;
    if (length === 19) {
      for (let more = 255; more === 255; length += more) {
        if (at >= end) throw damaged(at, 'an lz4 block is cut short');
        more = input[at++] as number;
      }
    }
    if (distance === 0 || to - distance < first) throw damaged(at, 'lz4 refers to what was not there yet');
    if (to + length > roomEnd) throw overflow();
    copyMatch(bytes, view, to, distance, length);
    to += length;
  }
  output.length = to;
}
