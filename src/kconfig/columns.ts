/** Columns of numbers as bytes: each as narrow as it can be, so that reading one is a view or a native copy. */

/** How a column is laid out. */
export interface Column {
  readonly name: string;
  readonly length: number;
  /** Bytes of each number, the lowest first. */
  readonly width: number;
  readonly signed: boolean;
  /** Each number is stored as the difference from the one before. */
  readonly grows: boolean;
}

/** The least value of each kind of number, and the first beyond its largest. */
const kinds: readonly {
  readonly width: number;
  readonly signed: boolean;
  readonly low: number;
  readonly high: number;
}[] = [
  { width: 1, signed: false, low: 0, high: 2 ** 8 },
  { width: 1, signed: true, low: -(2 ** 7), high: 2 ** 7 },
  { width: 2, signed: false, low: 0, high: 2 ** 16 },
  { width: 2, signed: true, low: -(2 ** 15), high: 2 ** 15 },
];
const widest = { width: 4, signed: true };

/** The next place where a number of so many bytes may stand. */
export const aligned = (at: number, width: number): number => Math.ceil(at / width) * width;

/** The layout of a column, and its numbers as they are stored. */
export function layOut(name: string, values: Int32Array, grows: boolean): { column: Column; numbers: Int32Array } {
  const numbers = grows ? values.map((value, i) => value - (values[i - 1] ?? 0)) : values;
  let [low, high] = [0, 0];
  for (const each of numbers) [low, high] = [Math.min(low, each), Math.max(high, each)];
  const { width, signed } = kinds.find((kind) => low >= kind.low && high < kind.high) ?? widest;
  return { column: { name, length: values.length, width, signed, grows }, numbers };
}

/** Writes a column at the next place where it may stand; gives where it ends. */
export function writeColumn(out: Uint8Array, from: number, { width }: Column, numbers: Int32Array): number {
  const view = new DataView(out.buffer, out.byteOffset, out.byteLength);
  let at = aligned(from, width);
  for (const value of numbers) {
    if (width === 1) view.setInt8(at, value);
    else if (width === 2) view.setInt16(at, value, true);
    else view.setInt32(at, value, true);
    at += width;
  }
  return at;
}

type Numbers = Uint8Array | Int8Array | Uint16Array | Int16Array | Int32Array;

const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** The numbers as they are stored: a view over the bytes wherever the machine can read them in place. */
function storedNumbers(data: Uint8Array<ArrayBuffer>, at: number, { length, width, signed }: Column): Numbers {
  if (width === 1) return new (signed ? Int8Array : Uint8Array)(data.buffer, data.byteOffset + at, length);
  let bytes = data.subarray(at, at + length * width);
  if (!isLittleEndian || bytes.byteOffset % width !== 0) bytes = bytes.slice();
  if (!isLittleEndian) for (let i = 0; i < bytes.length; i += width) bytes.subarray(i, i + width).reverse();
  if (width === 4) return new Int32Array(bytes.buffer, bytes.byteOffset, length);
  return new (signed ? Int16Array : Uint16Array)(bytes.buffer, bytes.byteOffset, length);
}

/** Reads a column that begins at a place in bytes. */
export function readColumn(data: Uint8Array, at: number, column: Column): Int32Array {
  const numbers = storedNumbers(data as Uint8Array<ArrayBuffer>, at, column);
  if (!column.grows) return numbers instanceof Int32Array ? numbers : new Int32Array(numbers);
  // Summed up in place: a loop over arrays of one kind is the fast one.
  const values = new Int32Array(numbers);
  let value = 0;
  for (let i = 0; i < values.length; i++) {
    value += values[i] as number;
    values[i] = value;
  }
  return values;
}
