/** XXH64 with seed 0, of which zstd keeps the low half. Long data run in pairs of 32 bits, which is what JavaScript multiplies fast. */

const p1 = 0x9e3779b185ebca87n;
const p2 = 0xc2b2ae3d27d4eb4fn;
const p3 = 0x165667b19e3779f9n;
const p4 = 0x85ebca77c2b2ae63n;
const p5 = 0x27d4eb2f165667c5n;
const low1 = 0x85ebca87 | 0;
const high1 = 0x9e3779b1 | 0;
const low2 = 0x27d4eb4f;
const high2 = 0xc2b2ae3d | 0;

const wrap = (x: bigint): bigint => BigInt.asUintN(64, x);
const rotate = (x: bigint, by: bigint): bigint => wrap((x << by) | (x >> (64n - by)));
const round = (sum: bigint, value: bigint): bigint => wrap(rotate(wrap(sum + value * p2), 31n) * p1);

/** The high half of the product of two numbers of 32 bits. */
function highOfProduct(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = (Math.imul(aHigh, bLow) >>> 0) + (Math.imul(aLow, bLow) >>> 16);
  const other = (Math.imul(aLow, bHigh) >>> 0) + (middle & 0xffff);
  return (Math.imul(aHigh, bHigh) + (middle >>> 16) + (other >>> 16)) | 0;
}

/** One round of the lane at `lane`, a pair, with eight bytes. */
function stir(lanes: Int32Array, lane: number, low: number, high: number): void {
  const sumLow = lanes[lane] as number;
  const product = Math.imul(low, low2);
  const l = (product + sumLow) | 0;
  const carry = l >>> 0 < product >>> 0 ? 1 : 0;
  const h =
    (highOfProduct(low, low2) + Math.imul(low, high2) + Math.imul(high, low2) + (lanes[lane + 1] as number) + carry) |
    0;
  const turnedLow = (l << 31) | (h >>> 1);
  const turnedHigh = (h << 31) | (l >>> 1);
  lanes[lane] = Math.imul(turnedLow, low1);
  lanes[lane + 1] = highOfProduct(turnedLow, low1) + Math.imul(turnedLow, high1) + Math.imul(turnedHigh, low1);
}

const setPair = (lanes: Int32Array, lane: number, value: bigint): void => {
  lanes[lane] = Number(BigInt.asIntN(32, value));
  lanes[lane + 1] = Number(BigInt.asIntN(32, value >> 32n));
};
const pairAt = (lanes: Int32Array, lane: number): bigint =>
  BigInt.asUintN(32, BigInt(lanes[lane] as number)) | (BigInt.asUintN(32, BigInt(lanes[lane + 1] as number)) << 32n);

/** The low 32 bits of the hash. */
export function xxh64Low(bytes: Uint8Array, start: number, end: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = start;
  let hash = p5;
  if (end - start >= 32) {
    const lanes = new Int32Array(8);
    for (const [i, value] of [wrap(p1 + p2), p2, 0n, wrap(-p1)].entries()) setPair(lanes, i * 2, value);
    for (; at + 32 <= end; at += 32) {
      for (let i = 0; i < 4; i++) {
        stir(lanes, i * 2, view.getInt32(at + i * 8, true), view.getInt32(at + i * 8 + 4, true));
      }
    }
    const sums = [0, 2, 4, 6].map((lane) => pairAt(lanes, lane));
    hash = [1n, 7n, 12n, 18n].reduce((sum, by, i) => sum + rotate(sums[i] as bigint, by), 0n);
    for (const sum of sums) hash = wrap((wrap(hash) ^ round(0n, sum)) * p1 + p4);
  }
  hash = wrap(hash + BigInt(end - start));
  for (; at + 8 <= end; at += 8) {
    hash = wrap(rotate(hash ^ round(0n, view.getBigUint64(at, true)), 27n) * p1 + p4);
  }
  for (; at + 4 <= end; at += 4) {
    hash = wrap(rotate(hash ^ wrap(BigInt(view.getUint32(at, true)) * p1), 23n) * p2 + p3);
  }
  for (; at < end; at++) hash = wrap(rotate(hash ^ wrap(BigInt(bytes[at] as number) * p5), 11n) * p1);
  hash = wrap((hash ^ (hash >> 33n)) * p2);
  hash = wrap((hash ^ (hash >> 29n)) * p3);
  return Number((hash ^ (hash >> 32n)) & 0xffffffffn);
}
