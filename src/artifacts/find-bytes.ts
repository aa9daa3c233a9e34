/** Finds a few bytes among many. */

export type Finder = (bytes: Uint8Array, from: number) => number;

/** Gives the first place at or after `from`, or -1. Looks at the last byte first and skips what cannot be (Horspool). */
export function finder(pattern: Uint8Array): Finder {
  const length = pattern.length;
  const skip = new Uint8Array(256).fill(length);
  for (let i = 0; i < length - 1; i++) skip[pattern[i] as number] = length - 1 - i;
  const last = pattern[length - 1] as number;
  return (bytes, from) => {
    const end = bytes.length;
    for (let at = from + length - 1; at < end; at += skip[bytes[at] as number] as number) {
      if (bytes[at] !== last) continue;
      let i = length - 2;
      while (i >= 0 && bytes[at - length + 1 + i] === pattern[i]) i--;
      if (i < 0) return at - length + 1;
    }
    return -1;
  };
}
