/** The checksums that compressed formats carry; CRC-32 comes from the host. */

/** Adler-32, as lzop has it. */
export function adler32(bytes: Uint8Array, start: number, end: number): number {
  let a = 1;
  let b = 0;
  for (let i = start; i < end; ) {
    // So many sums stay below 2^32.
    const stop = Math.min(end, i + 3800);
    for (; i < stop; i++) {
      a += bytes[i] as number;
      b += a;
    }
    a %= 65521;
    b %= 65521;
  }
  return ((b << 16) | a) >>> 0;
}

const primes32 = [0x9e3779b1, 0x85ebca77, 0xc2b2ae3d, 0x27d4eb2f, 0x165667b1] as const;
const [p1, p2, p3, p4, p5] = primes32;
const rotate = (x: number, by: number): number => (x << by) | (x >>> (32 - by));

const word = (bytes: Uint8Array, at: number): number =>
  (bytes[at] as number) |
  ((bytes[at + 1] as number) << 8) |
  ((bytes[at + 2] as number) << 16) |
  ((bytes[at + 3] as number) << 24);

/** XXH32 with seed 0, as lz4 frames have it. */
export function xxh32(bytes: Uint8Array, start: number, end: number): number {
  const size = end - start;
  let at = start;
  let hash: number;
  if (size >= 16) {
    let a = (p1 + p2) | 0;
    let b = p2 | 0;
    let c = 0;
    let d = -p1 | 0;
    for (; at + 16 <= end; at += 16) {
      a = Math.imul(rotate((a + Math.imul(word(bytes, at), p2)) | 0, 13), p1);
      b = Math.imul(rotate((b + Math.imul(word(bytes, at + 4), p2)) | 0, 13), p1);
      c = Math.imul(rotate((c + Math.imul(word(bytes, at + 8), p2)) | 0, 13), p1);
      d = Math.imul(rotate((d + Math.imul(word(bytes, at + 12), p2)) | 0, 13), p1);
    }
    hash = rotate(a, 1) + rotate(b, 7) + rotate(c, 12) + rotate(d, 18);
  } else hash = p5;
  hash = (hash + size) | 0;
  for (; at + 4 <= end; at += 4) hash = Math.imul(rotate((hash + Math.imul(word(bytes, at), p3)) | 0, 17), p4);
  for (; at < end; at++) hash = Math.imul(rotate((hash + Math.imul(bytes[at] as number, p5)) | 0, 11), p1);
  hash = Math.imul(hash ^ (hash >>> 15), p2);
  hash = Math.imul(hash ^ (hash >>> 13), p3);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Tables for four bytes at a time: low and high halves, 4 × 256 each. */
let crc64Tables: { readonly low: Int32Array; readonly high: Int32Array } | undefined;

function makeCrc64Tables(): { readonly low: Int32Array; readonly high: Int32Array } {
  const low = new Int32Array(1024);
  const high = new Int32Array(1024);
  for (let i = 0; i < 256; i++) {
    let l = i;
    let h = 0;
    for (let bit = 0; bit < 8; bit++) {
      const odd = l & 1;
      l = (l >>> 1) | (h << 31);
      h >>>= 1;
      // The ECMA-182 polynomial, bits reversed.
      if (odd) {
        l ^= 0xd7870f42;
        h ^= 0xc96c5795;
      }
    }
    low[i] = l;
    high[i] = h;
  }
  for (let i = 256; i < 1024; i++) {
    const l = low[i - 256] as number;
    const h = high[i - 256] as number;
    low[i] = ((l >>> 8) | (h << 24)) ^ (low[l & 255] as number);
    high[i] = (h >>> 8) ^ (high[l & 255] as number);
  }
  return { low, high };
}

/** CRC-64 of xz as `[low, high]` halves. */
export function crc64(bytes: Uint8Array, start: number, end: number): readonly [low: number, high: number] {
  crc64Tables ??= makeCrc64Tables();
  const { low, high } = crc64Tables;
  let l = -1;
  let h = -1;
  let at = start;
  for (; at + 4 <= end; at += 4) {
    const x = l ^ word(bytes, at);
    const a = 768 + (x & 255);
    const b = 512 + ((x >>> 8) & 255);
    const c = 256 + ((x >>> 16) & 255);
    const d = x >>> 24;
    l = h ^ (low[a] as number) ^ (low[b] as number) ^ (low[c] as number) ^ (low[d] as number);
    h = (high[a] as number) ^ (high[b] as number) ^ (high[c] as number) ^ (high[d] as number);
  }
  for (; at < end; at++) {
    const i = (l ^ (bytes[at] as number)) & 255;
    l = ((l >>> 8) | (h << 24)) ^ (low[i] as number);
    h = (h >>> 8) ^ (high[i] as number);
  }
  return [~l >>> 0, ~h >>> 0];
}

let bzip2Table: Int32Array | undefined;

/** The CRC-32 of bzip2, which takes the high bits first; continues from `sum`. */
export function bzip2Crc(bytes: Uint8Array, start: number, end: number, sum = -1): number {
  bzip2Table ??= Int32Array.from({ length: 256 }, (_, byte) => {
    let rest = byte << 24;
    for (let bit = 0; bit < 8; bit++) rest = rest < 0 ? (rest << 1) ^ 0x04c11db7 : rest << 1;
    return rest;
  });
  const table = bzip2Table;
  let crc = sum;
  for (let i = start; i < end; i++) crc = (crc << 8) ^ (table[(crc >>> 24) ^ (bytes[i] as number)] as number);
  return crc;
}
