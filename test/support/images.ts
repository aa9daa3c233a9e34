/** Kernel images with real headers around whatever they are to hold; the code in them is noise. */
import { gzipSync } from 'node:zlib';

/** Bytes that look random and are the same in every run. */
export function noise(length: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(length);
  let x = seed;
  for (let i = 0; i < length; i++) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    bytes[i] = x >>> 11;
  }
  return bytes;
}

/** Between its markers, as kernel/configs.c has it. */
export function embedded(config: string | Buffer): Buffer {
  return Buffer.concat([Buffer.from('IKCFG_ST'), gzipSync(config, { level: 9 }), Buffer.from('IKCFG_ED')]);
}

export const bannerOf = (release: string): string =>
  `Linux version ${release} (build@host) (gcc (Debian 14.2.0-19) 14.2.0, GNU ld (GNU Binutils for Debian) 2.44) #1 SMP PREEMPT_DYNAMIC\n`;

export interface KernelParts {
  readonly config?: string | Buffer | undefined;
  readonly release?: string;
  /** Bytes of code before and after. */
  readonly filler?: Buffer;
  /** Stands before all. */
  readonly head?: Buffer;
}

/** What a kernel holds, without any header: code, a banner, a config, more code. */
export function kernelBytes({ config, release = '6.12.8', filler = noise(90_000), head }: KernelParts): Buffer {
  return Buffer.concat([
    head ?? Buffer.alloc(0),
    filler,
    Buffer.from(`${bannerOf(release)}\0Linux version %s (%s)\0`),
    filler.subarray(0, 1000),
    config === undefined ? Buffer.alloc(0) : embedded(config),
    filler,
  ]);
}

export const elfMachine = { x86_64: 62, arm64: 183, i386: 3, riscv: 243 } as const;

export function elfHeader(machine: number): Buffer {
  const header = Buffer.alloc(64);
  header.write('\x7fELF\x02\x01\x01', 'latin1');
  header.writeUInt16LE(2, 16);
  header.writeUInt16LE(machine, 18);
  header.writeUInt32LE(1, 20);
  header.writeUInt16LE(64, 52);
  return header;
}

/** A `vmlinux`. */
export function vmlinux(parts: KernelParts, machine: number = elfMachine.x86_64): Buffer {
  return kernelBytes({ ...parts, head: elfHeader(machine) });
}

/** An arm64 `Image`, with or without the EFI stub's first bytes. */
export function arm64Image(parts: KernelParts): Buffer {
  const header = Buffer.alloc(64);
  header.write('MZ', 'latin1');
  header.writeUInt32LE(0x14000000, 4);
  header.writeBigUInt64LE(0x2000000n, 16);
  header.writeBigUInt64LE(0xan, 24);
  header.write('ARM\x64', 0x38, 'latin1');
  header.writeUInt32LE(0x40, 0x3c);
  const pe = Buffer.alloc(64);
  pe.write('PE\0\0', 'latin1');
  pe.writeUInt16LE(0xaa64, 4);
  return kernelBytes({ ...parts, head: Buffer.concat([header, pe]) });
}

/** The size of the unpacked kernel, which all formats but gzip have appended. */
export function withSize(packed: Buffer, size: number): Buffer {
  const trailer = Buffer.alloc(4);
  trailer.writeUInt32LE(size);
  return Buffer.concat([packed, trailer]);
}

/** A `bzImage`: boot sector, setup code with a version string, stub, payload, rest. */
export function bzImage(payload: Buffer, banner = '6.12.8 (build@host) #1 SMP'): Buffer {
  const setupSectors = 7;
  const setup = Buffer.alloc((setupSectors + 1) * 512);
  setup.write('MZ', 'latin1');
  setup.writeUInt8(setupSectors, 0x1f1);
  setup.writeUInt16LE(0xaa55, 0x1fe);
  setup.write('HdrS', 0x202, 'latin1');
  setup.writeUInt16LE(0x20f, 0x206);
  setup.writeUInt16LE(0x600, 0x20e);
  setup.write(`${banner}\0`, 0x800, 'latin1');
  setup.writeUInt16LE(0x3f, 0x236);
  const stub = Buffer.concat([Buffer.from([0xfc, 0xfa]), Buffer.alloc(700, 0x90)]);
  setup.writeUInt32LE(stub.length, 0x248);
  setup.writeUInt32LE(payload.length, 0x24c);
  return Buffer.concat([setup, stub, payload, Buffer.alloc(3000, 0x90)]);
}

/** An EFI image that unpacks itself. */
export function zbootImage(payload: Buffer, compression: string, machine = 0xaa64): Buffer {
  const header = Buffer.alloc(0x400);
  header.write('MZ\0\0zimg', 'latin1');
  header.writeUInt32LE(header.length, 8);
  header.writeUInt32LE(payload.length, 12);
  header.write(compression, 0x18, 'latin1');
  header.writeUInt32LE(0x818223cd, 0x38);
  header.writeUInt32LE(0x40, 0x3c);
  header.write('PE\0\0', 0x40, 'latin1');
  header.writeUInt16LE(machine, 0x44);
  return Buffer.concat([header, payload, noise(2000, 4)]);
}
