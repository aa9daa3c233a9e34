/** Reads ELF headers as far as a boot loader does: the machine, the kind of file, and the notes in its segments. */
import { fieldText, hasText } from '../archive/bytes.ts';

export interface Elf {
  readonly bits: 32 | 64;
  readonly machine: number;
  readonly type: number;
  readonly notes: readonly ElfNote[];
  /** Something in its headers leads beyond the end of the file. */
  readonly isCutOff: boolean;
}

export interface ElfNote {
  readonly name: string;
  readonly type: number;
  /** Offset of the value in the file, and its length. */
  readonly at: number;
  readonly size: number;
}

export const ElfMachine = {
  i386: 3,
  s390: 22,
  powerpc: 20,
  powerpc64: 21,
  arm: 40,
  x86_64: 62,
  arm64: 183,
  riscv: 243,
  loongarch: 258,
} as const;

/** `xen/interface/elfnote.h`: the address at which a hypervisor enters the kernel in 32-bit mode, which PVH stands on. */
const physicalEntry = 18;

/** Segments and notes that are looked at; a kernel has about five and ten. */
const most = 4096;
const noteSegment = 4;

/** Undefined for what is no ELF file. */
export function readElf(bytes: Uint8Array): Elf | undefined {
  if (!hasText(bytes, 0, '\x7fELF') || bytes.length < 52) return undefined;
  const bits = bytes[4] === 2 ? 64 : 32;
  const little = bytes[5] !== 2;
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const word = (at: number): number =>
    bits === 64 ? Number(data.getBigUint64(at, little)) : data.getUint32(at, little);
  if (bits === 64 && bytes.length < 64) return undefined;
  const [start, size, count] = [
    word(bits === 64 ? 32 : 28),
    data.getUint16(bits === 64 ? 54 : 42, little),
    data.getUint16(bits === 64 ? 56 : 44, little),
  ];
  const notes: ElfNote[] = [];
  let isCutOff = false;
  for (let i = 0; i < Math.min(count, most); i++) {
    const at = start + i * size;
    if (size < (bits === 64 ? 56 : 32) || at + size > bytes.length) {
      isCutOff = true;
      break;
    }
    if (data.getUint32(at, little) !== noteSegment) continue;
    const [from, length] = [word(at + (bits === 64 ? 8 : 4)), word(at + (bits === 64 ? 32 : 16))];
    if (from + length > bytes.length) isCutOff = true;
    else readNotes(bytes, data, little, from, from + length, notes);
  }
  return { bits, machine: data.getUint16(18, little), type: data.getUint16(16, little), notes, isCutOff };
}

function readNotes(
  bytes: Uint8Array,
  data: DataView,
  little: boolean,
  from: number,
  end: number,
  notes: ElfNote[],
): void {
  const aligned = (size: number): number => Math.ceil(size / 4) * 4;
  for (let at = from; at + 12 <= end && notes.length < most; ) {
    const [nameSize, size, type] = [0, 4, 8].map((offset) => data.getUint32(at + offset, little)) as [
      number,
      number,
      number,
    ];
    const value = at + 12 + aligned(nameSize);
    if (value + size > end) return;
    notes.push({ name: fieldText(bytes, at + 12, nameSize), type, at: value, size });
    at = value + aligned(size);
  }
}

/** The entry for PVH, by its note. */
export function pvhEntry({ notes }: Elf): ElfNote | undefined {
  return notes.find(({ name, type, size }) => name === 'Xen' && type === physicalEntry && (size === 4 || size === 8));
}
