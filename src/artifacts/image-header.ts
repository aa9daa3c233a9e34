/** What the first bytes of a kernel image say: its format, its architecture and where its packed kernel lies. */
import type { Arch } from '../target.ts';
import { startsWith } from './compression/numbers.ts';

export type ImageFormat = 'elf' | 'bzimage' | 'arm64-image' | 'riscv-image' | 'zboot' | 'pe';

export interface ImageHeader {
  readonly format: ImageFormat;
  readonly arch?: Arch;
  /** The kernel's own words about its version, where the header has them: `6.1.0-9-amd64 (debian@…) #1 SMP …`. */
  readonly banner?: string;
  /** The packed kernel; what lies outside the file is left for the reader to find out. */
  readonly payload?: { readonly at: number; readonly length: number };
}

const ascii = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));
const elf = [0x7f, ...ascii('ELF')];

/** A number of the header; 0 where the file ends before it. */
const at16 = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
const at32 = (bytes: Uint8Array, at: number): number => (at16(bytes, at) | (at16(bytes, at + 2) << 16)) >>> 0;

/** `undefined` for what is none of these; compressed data are none. */
export function readImageHeader(bytes: Uint8Array): ImageHeader | undefined {
  if (startsWith(bytes, 0, elf)) return elfHeader(bytes);
  if (startsWith(bytes, 0x202, ascii('HdrS')) && at16(bytes, 0x1fe) === 0xaa55) return bootHeader(bytes);
  if (startsWith(bytes, 0, ascii('MZ')) && startsWith(bytes, 4, ascii('zimg'))) return zbootHeader(bytes);
  if (startsWith(bytes, 0x38, ascii('ARM\x64'))) return { format: 'arm64-image', arch: 'arm64' };
  if (startsWith(bytes, 0x38, ascii('RSC\x05'))) return { format: 'riscv-image', arch: 'riscv' };
  const machine = peMachine(bytes);
  return machine === undefined ? undefined : { format: 'pe', ...(machine === 'other' ? {} : { arch: machine }) };
}

const elfMachines: ReadonlyMap<number, Arch> = new Map([
  [3, 'i386'],
  [8, 'mips'],
  [20, 'powerpc'],
  [21, 'powerpc'],
  [22, 's390'],
  [40, 'arm'],
  [62, 'x86_64'],
  [183, 'arm64'],
  [243, 'riscv'],
  [258, 'loongarch'],
]);

function elfHeader(bytes: Uint8Array): ImageHeader {
  const isBigEndian = bytes[5] === 2;
  const machine = isBigEndian ? ((bytes[18] ?? 0) << 8) | (bytes[19] ?? 0) : at16(bytes, 18);
  const arch = elfMachines.get(machine);
  return { format: 'elf', ...(arch === undefined ? {} : { arch }) };
}

/** Documentation/arch/x86/boot.rst. */
function bootHeader(bytes: Uint8Array): ImageHeader {
  const protocol = at16(bytes, 0x206);
  const setupEnd = ((bytes[0x1f1] || 4) + 1) * 512;
  const versionAt = at16(bytes, 0x20e);
  const banner = versionAt === 0 ? undefined : stringAt(bytes, 0x200 + versionAt, 256);
  const length = at32(bytes, 0x24c);
  const is64Bit = protocol >= 0x20c && (at16(bytes, 0x236) & 1) === 1;
  return {
    format: 'bzimage',
    // Before protocol 2.12 the header does not tell.
    ...(protocol >= 0x20c ? { arch: is64Bit ? 'x86_64' : 'i386' } : {}),
    ...(banner === undefined ? {} : { banner }),
    ...(protocol >= 0x208 && length > 0 ? { payload: { at: setupEnd + at32(bytes, 0x248), length } } : {}),
  };
}

/** drivers/firmware/efi/libstub/zboot-header.S. */
function zbootHeader(bytes: Uint8Array): ImageHeader {
  const arch = peMachine(bytes);
  return {
    format: 'zboot',
    ...(arch === undefined || arch === 'other' ? {} : { arch }),
    payload: { at: at32(bytes, 8), length: at32(bytes, 12) },
  };
}

const peMachines: ReadonlyMap<number, Arch> = new Map([
  [0x14c, 'i386'],
  [0x1c0, 'arm'],
  [0x1c2, 'arm'],
  [0x1c4, 'arm'],
  [0x5032, 'riscv'],
  [0x5064, 'riscv'],
  [0x6232, 'loongarch'],
  [0x6264, 'loongarch'],
  [0x8664, 'x86_64'],
  [0xaa64, 'arm64'],
]);

function peMachine(bytes: Uint8Array): Arch | undefined {
  if (!startsWith(bytes, 0, ascii('MZ'))) return undefined;
  const header = at32(bytes, 0x3c);
  if (!startsWith(bytes, header, [...ascii('PE'), 0, 0])) return undefined;
  return peMachines.get(at16(bytes, header + 4)) ?? 'other';
}

/** Printable text up to a NUL or a line end; undefined where none stands. */
export function stringAt(bytes: Uint8Array, at: number, most: number): string | undefined {
  let text = '';
  for (let i = at; i < at + most; i++) {
    const byte = bytes[i] ?? 0;
    if (byte < 32 || byte > 126) break;
    text += String.fromCharCode(byte);
  }
  return text === '' ? undefined : text;
}
