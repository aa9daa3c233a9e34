/** What a kernel image of a bundle says of itself. */
import { fieldText, hasText, textOf, u16, u32 } from '../../artifacts/archive/bytes.ts';
import { ElfMachine, readElf } from '../../artifacts/bundle/elf.ts';
import { unpack } from '../../artifacts/compression/index.ts';
import type { Zlib } from '../../host.ts';
import type { Arch } from '../../target.ts';
import type { KernelFacts } from './inspection.ts';

export function readKernelFacts(bytes: Uint8Array, zlib: Zlib): KernelFacts | string | undefined {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    const un = unpack(bytes, 0, { limit: 256 << 20, zlib });
    if ('error' in un) return un.detail;
    const inner = readKernelFacts(un.bytes, zlib);
    return inner === undefined || typeof inner === 'string'
      ? inner
      : {
          ...inner,
          format: inner.format === 'image' ? 'image-gz' : 'other',
          formatInWords: `${inner.formatInWords} packed with gzip`,
        };
  }
  const release = /Linux version (\d+\.\d+\S*) \(/.exec(textOf(bytes.subarray(0, 1 << 22)))?.[1];
  const elf = readElf(bytes);
  if (elf !== undefined) {
    const arch = (Object.entries(ElfMachine).find(([, m]) => m === elf.machine)?.[0] ?? 'other') as Arch;
    return { format: 'elf', formatInWords: 'an ELF file', arch, release, config: undefined };
  }
  if (hasText(bytes, 0x202, 'HdrS')) {
    const at = u16(bytes, 0x20e) + 0x200;
    const version = fieldText(bytes, at, 128).split(' ')[0];
    return {
      format: 'bzimage',
      formatInWords: 'a bzImage',
      arch: (u16(bytes, 0x236) & 1) === 1 ? 'x86_64' : 'i386',
      release: version,
      config: undefined,
    };
  }
  if (u32(bytes, 56) === 0x644d5241)
    return { format: 'image', formatInWords: 'an Image', arch: 'arm64', release, config: undefined };
  return undefined;
}
