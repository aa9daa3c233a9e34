/** CRC-32 as gzip has it, by which a model is known to be as it was written. */

/** The checksum of bytes; hosts have a faster one. */
export function checksumOf(bytes: Uint8Array): number {
  const table = makeTable();
  let sum = -1;
  for (const byte of bytes) sum = (table[(sum ^ byte) & 0xff] as number) ^ (sum >>> 8);
  return ~sum >>> 0;
}

function makeTable(): Int32Array {
  return Int32Array.from({ length: 256 }, (_, byte) => {
    let rest = byte;
    for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
    return rest;
  });
}
