/** lzop files with LZO1X blocks, as kernels are packed; the stream is described in the kernel's Documentation/staging/lzo.rst. */
import { adler32 } from './checksums.ts';
import { copyMatch, viewOf } from './copy.ts';
import { damaged, UnpackFault } from './fault.ts';

import { need, u8, u16be, u32be } from './numbers.ts';
import { copyInput, type Output, reserve } from './output.ts';

export const lzopMagic = [0x89, 0x4c, 0x5a, 0x4f, 0x00, 0x0d, 0x0a, 0x1a, 0x0a] as const;

type Crc32 = (bytes: Uint8Array) => number;

const Flag = {
  adlerOfContent: 0x1,
  adlerOfPacked: 0x2,
  extraField: 0x40,
  crcOfContent: 0x100,
  crcOfPacked: 0x200,
  multipart: 0x400,
  filter: 0x800,
  crcOfHeader: 0x1000,
} as const;

/** lzop itself makes no larger blocks. */
const largestBlock = 64 << 20;

interface Header {
  readonly flags: number;
  readonly at: number;
}

function readHeader(input: Uint8Array, start: number, crc32: Crc32): Header {
  const first = start + lzopMagic.length;
  const version = u16be(input, first);
  let at = first + 4;
  const needed = version >= 0x940 ? u16be(input, at) : version;
  at += version >= 0x940 ? 2 : 0;
  if (needed > 0x1040 || needed < 0x900) throw new UnpackFault('unsupported', first, 'an unknown version of lzop');
  const method = u8(input, at);
  if (method < 1 || method > 3) throw new UnpackFault('unsupported', at, `lzop method ${method} is not known`);
  at += version >= 0x940 ? 2 : 1;
  const flags = u32be(input, at);
  at += 4;
  if (flags & (Flag.filter | Flag.multipart)) throw new UnpackFault('unsupported', at, 'lzop filters are not known');
  at += version >= 0x940 ? 12 : 8;
  at += 1 + u8(input, at);
  need(input, at, 4);
  const sum = flags & Flag.crcOfHeader ? crc32(input.subarray(first, at)) : adler32(input, first, at);
  if (sum !== u32be(input, at)) throw damaged(at, 'the lzop header checksum is wrong');
  at += 4;
  if (flags & Flag.extraField) at += 8 + u32be(input, at);
  return { flags, at };
}

export function unpackLzop(input: Uint8Array, start: number, output: Output, crc32: Crc32): number {
  const { flags, at: afterHeader } = readHeader(input, start, crc32);
  let at = afterHeader;
  for (;;) {
    const size = u32be(input, at);
    at += 4;
    if (size === 0) return at;
    const packed = u32be(input, at);
    at += 4;
    if (packed === 0 || packed > size || size > largestBlock)
      throw damaged(at - 8, 'an lzo block has impossible sizes');
    const sums: { readonly ofContent: boolean; readonly isCrc: boolean; readonly value: number }[] = [];
    const sum = (flag: number, ofContent: boolean, isCrc: boolean) => {
      if ((flags & flag) === 0) return;
      sums.push({ ofContent, isCrc, value: u32be(input, at) });
      at += 4;
    };
    sum(Flag.adlerOfContent, true, false);
    sum(Flag.crcOfContent, true, true);
    if (packed < size) {
      sum(Flag.adlerOfPacked, false, false);
      sum(Flag.crcOfPacked, false, true);
    }
    need(input, at, packed);
    const before = output.length;
    if (packed === size) copyInput(output, input, at, size);
    else decodeBlock(input, at, at + packed, output, size);
    for (const { ofContent, isCrc, value } of sums) {
      const bytes = ofContent ? output.bytes.subarray(before, output.length) : input.subarray(at, at + packed);
      if ((isCrc ? crc32(bytes) : adler32(bytes, 0, bytes.length)) !== value) {
        throw damaged(at, 'the checksum of an lzo block is wrong');
      }
    }
    at += packed;
  }
}

/** What the last instruction left: how many literals it copied; `long` for a run of four or more. */
const long = 4;

function decodeBlock(input: Uint8Array, start: number, end: number, output: Output, size: number): void {
  reserve(output, size, start);
  const { bytes } = output;
  const view = viewOf(bytes);
  const first = output.length;
  const stop = first + size;
  let at = start;
  let to = first;
  const next = (): number => {
    if (at >= end) throw damaged(at, 'an lzo block is cut short');
    return input[at++] as number;
  };
  /** A length that continues in the next bytes when its own bits are all 0. */
  const lengthOf = (bits: number, mask: number): number => {
    if (bits !== 0) return bits;
    let length = mask;
    let more = next();
    for (; more === 0; more = next()) length += 255;
    return length + more;
  };
  const literals = (count: number) => {
    if (at + count > end) throw damaged(at, 'an lzo block is cut short');
    if (to + count > stop) throw damaged(at, 'an lzo block unfolds to more than it says');
    for (const last = at + count; at < last; ) bytes[to++] = input[at++] as number;
  };
  let state = 0;
  const head = input[at] as number;
  if (head > 17) {
    at++;
    literals(head - 17);
    state = Math.min(head - 17, long);
  }
  for (;;) {
    const code = next();
    let length: number;
    let distance: number;
    let tail: number;
    if (code >= 64) {
      length = code >= 128 ? 5 + ((code >> 5) & 3) : 3 + ((code >> 5) & 1);
      tail = code & 3;
      distance = (next() << 3) + ((code >> 2) & 7) + 1;
    } else if (code >= 16) {
      length = 2 + (code >= 32 ? lengthOf(code & 31, 31) : lengthOf(code & 7, 7));
      const low = next();
      const pair = low | (next() << 8);
      tail = pair & 3;
      distance = (pair >> 2) + (code >= 32 ? 1 : 16384 + ((code & 8) << 11));
      if (distance === 16384 && code < 32) break;
    } else if (state === 0) {
      literals(3 + lengthOf(code, 15));
      state = long;
      continue;
    } else {
      length = state === long ? 3 : 2;
      tail = code & 3;
      distance = (next() << 2) + (code >> 2) + (state === long ? 2049 : 1);
    }
    if (distance > to - first) throw damaged(at, 'lzo refers to what was not there yet');
    if (to + length > stop) throw damaged(at, 'an lzo block unfolds to more than it says');
    copyMatch(bytes, view, to, distance, length);
    to += length;
    literals(tail);
    state = tail;
  }
  if (at !== end || to !== stop) throw damaged(at, 'an lzo block has another size than it says');
  output.length = stop;
}
