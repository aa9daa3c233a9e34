/** bzip2: Huffman codes, move-to-front, Burrows–Wheeler and two run-length codes, block by block. */
import { bzip2Crc } from './checksums.ts';
import { damaged, truncated, UnpackFault } from './fault.ts';
import { type Output, reserve } from './output.ts';

const blockMagic = [0x31, 0x41, 0x59, 0x26, 0x53, 0x59] as const;
const endMagic = [0x17, 0x72, 0x45, 0x38, 0x50, 0x90] as const;

/** True for `BZh1` to `BZh9` and what must follow it: a block, or the end of an empty stream. */
export function isBzip2(input: Uint8Array, at: number): boolean {
  if (input[at] !== 0x42 || input[at + 1] !== 0x5a || input[at + 2] !== 0x68) return false;
  const level = input[at + 3] ?? 0;
  if (level < 0x31 || level > 0x39) return false;
  const matches = (magic: readonly number[]) => magic.every((byte, i) => input[at + 4 + i] === byte);
  return matches(blockMagic) || matches(endMagic);
}

/** Bits, the high ones first. */
interface BitReader {
  readonly input: Uint8Array;
  at: number;
  /** The bits that were read from the input and not yet taken, right-aligned. */
  held: number;
  count: number;
}

function bits(reader: BitReader, wanted: number): number {
  if (wanted > 16) return ((bits(reader, wanted - 16) << 16) | bits(reader, 16)) >>> 0;
  while (reader.count < wanted) {
    if (reader.at >= reader.input.length) throw truncated(reader.at);
    reader.held = ((reader.held << 8) | (reader.input[reader.at++] as number)) & 0xffffff;
    reader.count += 8;
  }
  reader.count -= wanted;
  return (reader.held >>> reader.count) & ((1 << wanted) - 1);
}

export function unpackBzip2(input: Uint8Array, start: number, output: Output): number {
  const level = (input[start + 3] as number) - 0x30;
  const reader: BitReader = { input, at: start + 4, held: 0, count: 0 };
  const chain = new Int32Array(level * 100_000);
  let combined = 0;
  for (;;) {
    const high = bits(reader, 24);
    const low = bits(reader, 24);
    if (high === 0x177245 && low === 0x385090) break;
    if (high !== 0x314159 || low !== 0x265359) throw damaged(reader.at, 'a bzip2 block does not start as one');
    const sum = bits(reader, 32);
    const before = output.length;
    decodeBlock(reader, chain, output);
    if (~bzip2Crc(output.bytes, before, output.length) >>> 0 !== sum) {
      throw damaged(reader.at, 'the checksum of a bzip2 block is wrong');
    }
    combined = ((combined << 1) | (combined >>> 31)) ^ sum;
  }
  if (bits(reader, 32) !== combined >>> 0) throw damaged(reader.at, 'the bzip2 checksum is wrong');
  return reader.at;
}

function decodeBlock(reader: BitReader, chain: Int32Array, output: Output): void {
  if (bits(reader, 1) === 1) throw new UnpackFault('unsupported', reader.at, 'randomised bzip2 blocks are not known');
  const origin = bits(reader, 24);
  const length = readSymbols(reader, chain);
  if (origin >= length) throw damaged(reader.at, 'a bzip2 block starts outside itself');
  unsort(chain, length, origin, output, reader.at);
}

/** The bytes that occur in the block, by their bitmap of bitmaps. */
function readAlphabet(reader: BitReader): Uint8Array {
  const ranges = bits(reader, 16);
  const found: number[] = [];
  for (let range = 0; range < 16; range++) {
    if (((ranges >> (15 - range)) & 1) === 0) continue;
    const used = bits(reader, 16);
    for (let i = 0; i < 16; i++) if ((used >> (15 - i)) & 1) found.push(range * 16 + i);
  }
  if (found.length === 0) throw damaged(reader.at, 'a bzip2 block has no alphabet');
  return Uint8Array.from(found);
}

/** Which Huffman table each group of 50 symbols uses. */
function readSelectors(reader: BitReader, tables: number): Uint8Array {
  const count = bits(reader, 15);
  if (count === 0) throw damaged(reader.at, 'a bzip2 block has no selectors');
  const order = Array.from({ length: tables }, (_, i) => i);
  const selectors = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    let place = 0;
    while (bits(reader, 1) === 1) if (++place >= tables) throw damaged(reader.at, 'a bzip2 selector is out of range');
    const [table] = order.splice(place, 1) as [number];
    order.unshift(table);
    selectors[i] = table;
  }
  return selectors;
}

const longestCode = 20;

/** Canonical code: for each length the last code of it, and what to subtract from a code to find its symbol. */
interface HuffmanTable {
  readonly limit: Int32Array;
  readonly base: Int32Array;
  readonly symbols: Uint16Array;
  readonly shortest: number;
}

function readTable(reader: BitReader, size: number): HuffmanTable {
  const lengths = new Uint8Array(size);
  let length = bits(reader, 5);
  for (let i = 0; i < size; i++) {
    for (;;) {
      if (length < 1 || length > longestCode) throw damaged(reader.at, 'a bzip2 code has an impossible length');
      if (bits(reader, 1) === 0) break;
      length += bits(reader, 1) === 0 ? 1 : -1;
    }
    lengths[i] = length;
  }
  const symbols = new Uint16Array(size);
  const limit = new Int32Array(longestCode + 2).fill(-1);
  const base = new Int32Array(longestCode + 2);
  let code = 0;
  let filled = 0;
  let shortest = longestCode;
  for (let of = 1; of <= longestCode; of++) {
    base[of] = code - filled;
    for (let i = 0; i < size; i++) if (lengths[i] === of) symbols[filled++] = i;
    code = (base[of] as number) + filled;
    if (filled > 0 && shortest > of) shortest = of;
    limit[of] = code - 1;
    code <<= 1;
  }
  return { limit, base, symbols, shortest };
}

function decodeSymbol(reader: BitReader, { limit, base, symbols, shortest }: HuffmanTable): number {
  let code = bits(reader, shortest);
  for (let length = shortest; length <= longestCode; length++) {
    if (code <= (limit[length] as number)) {
      const symbol = symbols[code - (base[length] as number)];
      if (symbol !== undefined) return symbol;
      break;
    }
    code = (code << 1) | bits(reader, 1);
  }
  throw damaged(reader.at, 'a bzip2 code means nothing');
}

const groupSize = 50;

/** Undoes Huffman, the runs of zeros and move-to-front; the sorted bytes come to stand in the low bytes of `chain`. */
function readSymbols(reader: BitReader, chain: Int32Array): number {
  const alphabet = readAlphabet(reader);
  const end = alphabet.length + 1;
  const tableCount = bits(reader, 3);
  if (tableCount < 2 || tableCount > 6) throw damaged(reader.at, 'a bzip2 block has an impossible number of tables');
  const selectors = readSelectors(reader, tableCount);
  const tables = Array.from({ length: tableCount }, () => readTable(reader, end + 1));
  let length = 0;
  let run = 0;
  let weight = 1;
  for (let group = 0; group < selectors.length; group++) {
    const table = tables[selectors[group] as number] as HuffmanTable;
    for (let i = 0; i < groupSize; i++) {
      const symbol = decodeSymbol(reader, table);
      if (symbol < 2) {
        run += weight << symbol;
        weight <<= 1;
        if (run > chain.length) throw damaged(reader.at, 'a bzip2 run is longer than its block');
        continue;
      }
      if (run > 0) {
        if (length + run > chain.length) throw damaged(reader.at, 'a bzip2 run is longer than its block');
        chain.fill(alphabet[0] as number, length, length + run);
        length += run;
        run = 0;
        weight = 1;
      }
      if (symbol === end) return length;
      if (length >= chain.length) throw damaged(reader.at, 'a bzip2 block is longer than it may be');
      const place = symbol - 1;
      const byte = alphabet[place] as number;
      if (place < 16) for (let j = place; j > 0; j--) alphabet[j] = alphabet[j - 1] as number;
      else alphabet.copyWithin(1, 0, place);
      alphabet[0] = byte;
      chain[length++] = byte;
    }
  }
  throw damaged(reader.at, 'a bzip2 block does not end');
}

/** Undoes the Burrows–Wheeler transform and the outer run-length code. */
function unsort(chain: Int32Array, length: number, origin: number, output: Output, at: number): void {
  const next = new Int32Array(256);
  for (let i = 0; i < length; i++) {
    const byte = (chain[i] as number) & 255;
    next[byte] = (next[byte] as number) + 1;
  }
  for (let byte = 0, sum = 0; byte < 256; byte++) {
    const count = next[byte] as number;
    next[byte] = sum;
    sum += count;
  }
  for (let i = 0; i < length; i++) {
    const byte = (chain[i] as number) & 255;
    const place = next[byte] as number;
    next[byte] = place + 1;
    chain[place] = (chain[place] as number) | (i << 8);
  }
  let entry = (chain[origin] as number) >>> 8;
  let previous = -1;
  let repeated = 0;
  reserve(output, Math.min(length, output.limit - output.length), at);
  let { bytes } = output;
  let to = output.length;
  for (let i = 0; i < length; i++) {
    const word = chain[entry] as number;
    const byte = word & 255;
    entry = word >>> 8;
    // After four of a kind comes a count of more.
    const count = repeated === 4 ? byte : 1;
    if (to + count > bytes.length) {
      output.length = to;
      reserve(output, count, at);
      bytes = output.bytes;
    }
    if (repeated === 4) {
      bytes.fill(previous, to, to + byte);
      to += byte;
      repeated = 0;
      previous = -1;
      continue;
    }
    repeated = byte === previous ? repeated + 1 : 1;
    previous = byte;
    bytes[to++] = byte;
  }
  output.length = to;
}
