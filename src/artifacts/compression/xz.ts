/** xz: streams of blocks of LZMA2, some of them behind a filter for machine code, each block with its checksum. */
import type { Zlib } from '../../host.ts';
import { type BranchFilter, branchFilters } from './bcj.ts';
import { crc64 } from './checksums.ts';
import { damaged, truncated, UnpackFault } from './fault.ts';
import {
  createDecoder,
  decodeLzma,
  inputPosition,
  isMatchOpen,
  isRangeEmpty,
  type LzmaDecoder,
  resetState,
  setProperties,
  settleRange,
  startRange,
} from './lzma.ts';
import { need, u8, u16be, u32le } from './numbers.ts';
import { copyInput, type Output, reserve } from './output.ts';

export const xzMagic = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00] as const;

type Crc32 = Zlib['crc32'];
type Sums = Pick<Zlib, 'crc32' | 'sha256'>;

const checkSizes = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64] as const;
const Check = { none: 0, crc32: 1, crc64: 4, sha256: 10 } as const;
const Filter = { delta: 3, lzma2: 0x21 } as const;

/** Numbers of seven bits a byte, the low ones first; `at` moves along. */
interface Cursor {
  at: number;
}

function variable(input: Uint8Array, cursor: Cursor): number {
  let value = 0;
  for (let weight = 1, i = 0; i < 9; weight *= 128, i++) {
    const byte = u8(input, cursor.at++);
    value += (byte & 127) * weight;
    if (byte < 128) return value;
  }
  throw damaged(cursor.at, 'an xz number is too long');
}

interface BlockHeader {
  readonly filters: readonly { readonly undo: BranchFilter; readonly origin: number }[];
  readonly unpackedSize: number | undefined;
  readonly packedSize: number | undefined;
  readonly end: number;
}

function readBlockHeader(input: Uint8Array, start: number, crc32: Crc32): BlockHeader {
  const end = start + (u8(input, start) + 1) * 4;
  need(input, start, end - start);
  if (crc32(input.subarray(start, end - 4)) !== u32le(input, end - 4)) {
    throw damaged(start, 'the checksum of an xz block header is wrong');
  }
  const flags = u8(input, start + 1);
  if (flags & 0x3c) throw new UnpackFault('unsupported', start + 1, 'unknown flags of an xz block');
  const cursor: Cursor = { at: start + 2 };
  const packedSize = flags & 0x40 ? variable(input, cursor) : undefined;
  const unpackedSize = flags & 0x80 ? variable(input, cursor) : undefined;
  const filters: { undo: BranchFilter; origin: number }[] = [];
  const last = flags & 3;
  for (let i = 0; i <= last; i++) {
    const id = variable(input, cursor);
    const size = variable(input, cursor);
    if (cursor.at + size > end - 4) throw damaged(cursor.at, 'an xz filter is longer than its header');
    if ((i === last) !== (id === Filter.lzma2)) {
      throw new UnpackFault('unsupported', cursor.at, `xz filter ${id} at this place is not known`);
    }
    if (i < last) {
      const undo = branchFilters.get(id);
      if (undo === undefined) throw new UnpackFault('unsupported', cursor.at, `xz filter ${id} is not known`);
      filters.push({ undo, origin: size === 4 ? u32le(input, cursor.at) : 0 });
    }
    cursor.at += size;
  }
  return { filters, unpackedSize, packedSize, end };
}

/** LZMA2: chunks of plain bytes or of LZMA, each with its sizes. Returns where it ends. */
function decodeLzma2(input: Uint8Array, start: number, output: Output, decoder: LzmaDecoder): number {
  let at = start;
  let needsDictionary = true;
  let needsProperties = true;
  let needsState = true;
  for (;;) {
    const control = u8(input, at);
    if (control === 0) return at + 1;
    if (control === 1 || control >= 0xe0) {
      decoder.first = output.length;
      needsDictionary = false;
    }
    if (needsDictionary) throw damaged(at, 'the first LZMA2 chunk does not start a dictionary');
    if (control < 0x80) {
      if (control > 2) throw damaged(at, 'an LZMA2 chunk of an unknown kind');
      const size = u16be(input, at + 1) + 1;
      need(input, at + 3, size);
      copyInput(output, input, at + 3, size);
      at += 3 + size;
      continue;
    }
    const size = ((control & 31) << 16) + u16be(input, at + 1) + 1;
    const packed = u16be(input, at + 3) + 1;
    at += 5;
    if (control >= 0xc0) {
      if (!setProperties(decoder, u8(input, at))) throw damaged(at, 'the LZMA properties make no sense');
      at++;
      needsProperties = false;
    }
    if (needsProperties || (needsState && control < 0xa0)) throw damaged(at, 'an LZMA2 chunk lacks its properties');
    if (control >= 0xa0) {
      resetState(decoder);
      needsState = false;
    }
    const end = at + packed;
    need(input, at, packed);
    reserve(output, size, at);
    startRange(decoder, input, at);
    const isEnd = decodeLzma(decoder, input, end, output, output.length + size);
    settleRange(decoder, input);
    if (isEnd || isMatchOpen(decoder) || inputPosition(decoder) !== end || !isRangeEmpty(decoder)) {
      throw damaged(at, 'an LZMA2 chunk has another size than it says');
    }
    at = end;
  }
}

function verifyBlock(
  input: Uint8Array,
  at: number,
  check: number,
  output: Output,
  from: number,
  { crc32, sha256 }: Sums,
): void {
  need(input, at, checkSizes[check] as number);
  if (check === Check.crc32) {
    if (u32le(input, at) === crc32(output.bytes.subarray(from, output.length))) return;
  } else if (check === Check.crc64) {
    const [low, high] = crc64(output.bytes, from, output.length);
    if (u32le(input, at) === low && u32le(input, at + 4) === high) return;
  } else if (check === Check.sha256) {
    // rpm's own choice.
    if (sha256(output.bytes.subarray(from, output.length)).every((byte, i) => byte === input[at + i])) return;
  } else return;
  throw damaged(at, 'the checksum of an xz block is wrong');
}

/** The list of blocks, which must say what was found, and the footer. */
function readIndex(
  input: Uint8Array,
  start: number,
  blocks: readonly (readonly [number, number])[],
  crc32: Crc32,
): number {
  const cursor: Cursor = { at: start + 1 };
  let agrees = variable(input, cursor) === blocks.length;
  for (const [packed, unpacked] of blocks) {
    if (!agrees) break;
    agrees = variable(input, cursor) === packed;
    agrees = variable(input, cursor) === unpacked && agrees;
  }
  if (!agrees) throw damaged(cursor.at, 'the xz index does not agree with the blocks');
  const end = start + Math.ceil((cursor.at - start) / 4) * 4;
  if (u32le(input, end) !== crc32(input.subarray(start, end))) throw damaged(end, 'the xz index checksum is wrong');
  const footer = end + 4;
  need(input, footer, 12);
  if (u32le(input, footer) !== crc32(input.subarray(footer + 4, footer + 10)) || u16be(input, footer + 10) !== 0x595a) {
    throw damaged(footer, 'the xz footer is damaged');
  }
  return footer + 12;
}

export function unpackXz(input: Uint8Array, start: number, output: Output, sums: Sums): number {
  const { crc32 } = sums;
  need(input, start, 12);
  if (crc32(input.subarray(start + 6, start + 8)) !== u32le(input, start + 8)) {
    throw damaged(start + 8, 'the checksum of the xz header is wrong');
  }
  const check = u8(input, start + 7);
  if (u8(input, start + 6) !== 0 || check > 15) throw new UnpackFault('unsupported', start + 6, 'unknown xz flags');
  if (check !== Check.none && check !== Check.crc32 && check !== Check.crc64 && check !== Check.sha256) {
    throw new UnpackFault(
      'unsupported',
      start + 7,
      `xz check ${check} is not known (none, CRC32, CRC64 and SHA-256 are)`,
    );
  }
  const decoder = createDecoder(4);
  const blocks: (readonly [number, number])[] = [];
  let at = start + 12;
  while (u8(input, at) !== 0) {
    const header = readBlockHeader(input, at, crc32);
    const from = output.length;
    const packedEnd = decodeLzma2(input, header.end, output, decoder);
    if (header.packedSize !== undefined && header.packedSize !== packedEnd - header.end) {
      throw damaged(packedEnd, 'an xz block has another size than it says');
    }
    if (header.unpackedSize !== undefined && header.unpackedSize !== output.length - from) {
      throw damaged(packedEnd, 'an xz block unfolds to another size than it says');
    }
    for (const { undo, origin } of [...header.filters].reverse()) undo(output.bytes, from, output.length, origin);
    const checkAt = packedEnd + ((4 - ((packedEnd - header.end) & 3)) & 3);
    if (checkAt > input.length) throw truncated(input.length);
    verifyBlock(input, checkAt, check, output, from, sums);
    blocks.push([packedEnd - at + (checkSizes[check] as number), output.length - from]);
    at = checkAt + (checkSizes[check] as number);
  }
  return readIndex(input, at, blocks, crc32);
}
