/** Kernel images with the headers that boot loaders read, and nothing that would run. */
import { gzipSync } from 'node:zlib';

export interface KernelParts {
  /** `6.12.0-test`. */
  readonly release?: string;
  /** Text of a config to embed. */
  readonly config?: string;
}

function payload({ release = '6.12.0', config }: KernelParts): Buffer {
  const banner = Buffer.from(`Linux version ${release} (build@host) (gcc 12) #1 SMP\n\0`);
  if (config === undefined) return banner;
  return Buffer.concat([banner, Buffer.from('IKCFG_ST'), gzipSync(config), Buffer.from('IKCFG_ED')]);
}

export const machines = { x86_64: 62, arm64: 183 } as const;

/** A vmlinux with one segment of code and one of notes. */
export function elfKernel(
  parts: KernelParts & { readonly machine?: number; readonly pvh?: boolean; readonly entry?: bigint } = {},
): Buffer {
  const { machine = machines.x86_64, pvh = true, entry = 0xffffffff81000000n } = parts;
  const note = (name: string, type: number, value: Buffer): Buffer => {
    const head = Buffer.alloc(12);
    head.writeUInt32LE(name.length + 1, 0);
    head.writeUInt32LE(value.length, 4);
    head.writeUInt32LE(type, 8);
    const padded = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
    return Buffer.concat([head, padded(Buffer.from(`${name}\0`)), padded(value)]);
  };
  const phys = Buffer.alloc(8);
  phys.writeUInt32LE(0x1000000);
  const notes = Buffer.concat([note('Linux', 1, Buffer.from('abcd')), ...(pvh ? [note('Xen', 18, phys)] : [])]);
  const code = payload(parts);
  const header = Buffer.alloc(64 + 2 * 56);
  header.write('\x7fELF\x02\x01\x01', 0, 'latin1');
  header.writeUInt16LE(2, 16);
  header.writeUInt16LE(machine, 18);
  header.writeUInt32LE(1, 20);
  header.writeBigUInt64LE(0x1000000n, 24);
  header.writeBigUInt64LE(64n, 32);
  header.writeUInt16LE(64, 52);
  header.writeUInt16LE(56, 54);
  header.writeUInt16LE(2, 56);
  const segment = (index: number, type: number, offset: number, address: bigint, size: number) => {
    const at = 64 + index * 56;
    header.writeUInt32LE(type, at);
    header.writeUInt32LE(5, at + 4);
    header.writeBigUInt64LE(BigInt(offset), at + 8);
    header.writeBigUInt64LE(address, at + 16);
    header.writeBigUInt64LE(0x1000000n, at + 24);
    header.writeBigUInt64LE(BigInt(size), at + 32);
    header.writeBigUInt64LE(BigInt(size), at + 40);
  };
  segment(0, 1, header.length, entry, code.length);
  segment(1, 4, header.length + code.length, entry, notes.length);
  return Buffer.concat([header, code, notes]);
}

/** A bzImage: the boot protocol's header, and the kernel packed with gzip behind it. */
export function bzImage(parts: KernelParts & { readonly is64?: boolean } = {}): Buffer {
  const { release = '6.12.0', is64 = true } = parts;
  const setupSectors = 3;
  const setup = Buffer.alloc((setupSectors + 1) * 512);
  const packed = gzipSync(elfKernel(parts));
  const padded = Buffer.concat([packed, Buffer.alloc((16 - (packed.length % 16)) % 16)]);
  setup.writeUInt8(setupSectors, 0x1f1);
  setup.writeUInt32LE(padded.length >> 4, 0x1f4);
  setup.writeUInt16LE(0xaa55, 0x1fe);
  setup.writeUInt16LE(0x6aeb, 0x200);
  setup.write('HdrS', 0x202);
  setup.writeUInt16LE(0x020f, 0x206);
  setup.writeUInt16LE(0x400 - 0x200, 0x20e);
  setup.writeUInt8(1, 0x211);
  setup.writeUInt16LE(is64 ? 3 : 0, 0x236);
  setup.writeUInt32LE(0, 0x248);
  setup.writeUInt32LE(packed.length, 0x24c);
  setup.write(`${release} (build@host) #1 SMP\0`, 0x400);
  return Buffer.concat([setup, padded]);
}

/** An arm64 Image. */
export function arm64Image(parts: KernelParts = {}): Buffer {
  const body = payload(parts);
  const header = Buffer.alloc(64);
  header.writeUInt32LE(0x91005a4d, 0);
  header.writeUInt32LE(0x14000010, 4);
  header.writeBigUInt64LE(0n, 8);
  header.writeBigUInt64LE(BigInt(64 + body.length), 16);
  header.writeBigUInt64LE(0xan, 24);
  header.writeUInt32LE(0x644d5241, 56);
  return Buffer.concat([header, body]);
}

/** An ELF program that is no kernel. */
export function elfProgram(machine: number): Buffer {
  const header = Buffer.alloc(64);
  header.write('\x7fELF\x02\x01\x01', 0, 'latin1');
  header.writeUInt16LE(3, 16);
  header.writeUInt16LE(machine, 18);
  header.writeUInt32LE(1, 20);
  header.writeUInt16LE(64, 52);
  return header;
}
