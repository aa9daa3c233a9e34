/** Copies short stretches of bytes: most of the time of unpacking goes there, and eight at a time go faster than one. */

/** Bytes beyond the end of a copy that may be overwritten, as more comes there anyway. */
export const slack = 8;

export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Copies from one place to another, eight bytes at a time; both must have `slack` bytes of room behind. */
export function copyRoughly(target: DataView, to: number, source: DataView, from: number, length: number): void {
  for (const end = to + length; to < end; to += 8, from += 8) {
    target.setInt32(to, source.getInt32(from, true), true);
    target.setInt32(to + 4, source.getInt32(from + 4, true), true);
  }
}

/** Repeats `length` bytes from `distance` before `to`; they may overlap what they make. `view` is that of `bytes`. */
export function copyMatch(bytes: Uint8Array, view: DataView, to: number, distance: number, length: number): void {
  const from = to - distance;
  if (distance >= 8 && to + length + slack <= bytes.length) {
    if (length > 256 && distance >= length) bytes.copyWithin(to, from, from + length);
    else copyRoughly(view, to, view, from, length);
  } else if (distance === 1 && length > 24) {
    bytes.fill(bytes[from] as number, to, to + length);
  } else {
    for (let i = 0; i < length; i++) bytes[to + i] = bytes[from + i] as number;
  }
}
