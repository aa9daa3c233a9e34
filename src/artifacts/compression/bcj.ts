/** The filters that xz puts before LZMA2 for machine code: absolute branch targets back to relative ones. */

/** Undoes the filter on `bytes[start..end)`, the whole of a block; `origin` is the address of its first byte. */
export type BranchFilter = (bytes: Uint8Array, start: number, end: number, origin: number) => void;

const read32 = (bytes: Uint8Array, at: number): number =>
  (bytes[at] as number) |
  ((bytes[at + 1] as number) << 8) |
  ((bytes[at + 2] as number) << 16) |
  ((bytes[at + 3] as number) << 24);

function write32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value;
  bytes[at + 1] = value >>> 8;
  bytes[at + 2] = value >>> 16;
  bytes[at + 3] = value >>> 24;
}

const read32be = (bytes: Uint8Array, at: number): number =>
  ((bytes[at] as number) << 24) |
  ((bytes[at + 1] as number) << 16) |
  ((bytes[at + 2] as number) << 8) |
  (bytes[at + 3] as number);

function write32be(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 24;
  bytes[at + 1] = value >>> 16;
  bytes[at + 2] = value >>> 8;
  bytes[at + 3] = value;
}

/** For the opcode positions among the last three bytes, a bit each: may an instruction start here all the same? */
const mayStart = [true, true, true, false, true, false, false, false] as const;
/** For the same: which byte of the operand the last such position is. */
const operandByte = [0, 1, 2, 2, 3, 3, 3, 3] as const;
const isSignByte = (byte: number): boolean => byte === 0 || byte === 0xff;

/** CALL and JMP with a 32-bit operand whose high byte is a sign. */
const x86: BranchFilter = (bytes, start, end, origin) => {
  let last = start - 1;
  let recent = 0;
  const stop = end - 4;
  for (let at = start; at < stop; at++) {
    if (((bytes[at] as number) & 0xfe) !== 0xe8) continue;
    const gap = at - last;
    recent = gap > 3 ? 0 : (recent << (gap - 1)) & 7;
    last = at;
    if (recent !== 0) {
      const inner = bytes[at + 4 - (operandByte[recent] as number)] as number;
      if (!mayStart[recent] || isSignByte(inner)) {
        recent = (recent << 1) | 1;
        continue;
      }
    }
    if (!isSignByte(bytes[at + 4] as number)) {
      recent = (recent << 1) | 1;
      continue;
    }
    let target = read32(bytes, at + 1);
    for (;;) {
      const relative = (target - (origin + (at - start) + 5)) | 0;
      if (recent === 0) {
        target = relative;
        break;
      }
      const shift = (operandByte[recent] as number) * 8;
      if (!isSignByte((relative >>> (24 - shift)) & 0xff)) {
        target = relative;
        break;
      }
      target = relative ^ ((1 << (32 - shift)) - 1);
    }
    // The high byte is a sign again.
    write32(bytes, at + 1, (target << 7) >> 7);
    at += 4;
    recent = 0;
  }
};

/** BL, and ADRP within ±512 MiB. */
const arm64: BranchFilter = (bytes, start, end, origin) => {
  for (let at = start; at + 4 <= end; at += 4) {
    const word = read32(bytes, at);
    const address = origin + (at - start);
    if (word >>> 26 === 0x25) {
      write32(bytes, at, 0x94000000 | ((word - (address >>> 2)) & 0x03ffffff));
    } else if ((word & 0x9f000000) === (0x90000000 | 0)) {
      const pages = ((word >>> 29) & 3) | ((word >>> 3) & 0x1ffffc);
      if ((pages + 0x20000) & 0x1c0000) continue;
      const relative = pages - (address >>> 12);
      let made = word & 0x9000001f;
      made |= (relative & 3) << 29;
      made |= (relative & 0x3fffc) << 3;
      made |= -(relative & 0x20000) & 0xe00000;
      write32(bytes, at, made);
    }
  }
};

/** BL, unconditional. */
const arm: BranchFilter = (bytes, start, end, origin) => {
  for (let at = start; at + 4 <= end; at += 4) {
    if (bytes[at + 3] !== 0xeb) continue;
    const word = read32(bytes, at);
    const target = ((word & 0xffffff) << 2) - (origin + (at - start) + 8);
    write32(bytes, at, 0xeb000000 | ((target >>> 2) & 0xffffff));
  }
};

/** The two halves of a Thumb BL. */
const armThumb: BranchFilter = (bytes, start, end, origin) => {
  for (let at = start; at + 4 <= end; at += 2) {
    const high = (bytes[at + 1] as number) & 0xf8;
    const low = (bytes[at + 3] as number) & 0xf8;
    if (high !== 0xf0 || low !== 0xf8) continue;
    const from =
      (((bytes[at + 1] as number) & 7) << 19) |
      ((bytes[at] as number) << 11) |
      (((bytes[at + 3] as number) & 7) << 8) |
      (bytes[at + 2] as number);
    const target = ((from << 1) - (origin + (at - start) + 4)) >>> 1;
    bytes[at + 1] = 0xf0 | ((target >>> 19) & 7);
    bytes[at] = target >>> 11;
    bytes[at + 3] = 0xf8 | ((target >>> 8) & 7);
    bytes[at + 2] = target;
    at += 2;
  }
};

/** Branches that link and are relative. */
const powerpc: BranchFilter = (bytes, start, end, origin) => {
  for (let at = start; at + 4 <= end; at += 4) {
    const word = read32be(bytes, at);
    if ((word & 0xfc000003) !== 0x48000001) continue;
    write32be(bytes, at, 0x48000001 | (((word & 0x03fffffc) - (origin + (at - start))) & 0x03fffffc));
  }
};

/** CALL with a target near enough. */
const sparc: BranchFilter = (bytes, start, end, origin) => {
  for (let at = start; at + 4 <= end; at += 4) {
    const word = read32be(bytes, at);
    if (word >>> 22 !== 0x100 && word >>> 22 !== 0x1ff) continue;
    const target = ((word << 2) - (origin + (at - start))) >>> 2;
    const sign = -((target >>> 22) & 1) & 0x3fffffff;
    write32be(bytes, at, 0x40000000 | ((sign << 22) & 0x3fffffff) | (target & 0x3fffff));
  }
};

/** By the filter ids of the xz format. */
export const branchFilters: ReadonlyMap<number, BranchFilter> = new Map([
  [4, x86],
  [5, powerpc],
  [7, arm],
  [8, armThumb],
  [9, sparc],
  [10, arm64],
]);
