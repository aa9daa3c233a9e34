/** Reads the superblock of a squashfs image: what a kernel must have to mount it. */
import { hasText, u16, u32, u64 } from '../archive/bytes.ts';

export interface Squashfs {
  readonly compressor: Compressor;
  /** Bytes that the image says it has. */
  readonly size: number;
  /** Filters for machine code that the xz data were packed with: `x86`, `arm` … */
  readonly xzFilters: readonly string[];
}

export type Compressor = 'gzip' | 'lzma' | 'lzo' | 'xz' | 'lz4' | 'zstd';

/** Bytes from the start that `readSquashfs` looks at. */
export const squashfsHeadSize = 128;

const superblockSize = 96;
const compressors: readonly (Compressor | undefined)[] = [undefined, 'gzip', 'lzma', 'lzo', 'xz', 'lz4', 'zstd'];
const xzFilterNames = ['x86', 'powerpc', 'ia64', 'arm', 'armthumb', 'sparc'];

/** Undefined for what is no squashfs; a text says what is wrong with one. */
export function readSquashfs(head: Uint8Array): Squashfs | string | undefined {
  if (hasText(head, 0, 'sqsh')) return 'it is a squashfs of the other byte order, as before version 4';
  if (!hasText(head, 0, 'hsqs')) return undefined;
  if (head.length < superblockSize) return `it has only ${head.length} bytes, less than its superblock`;
  const [major, minor] = [u16(head, 28), u16(head, 30)];
  if (major !== 4 || minor !== 0) return `it is of version ${major}.${minor}; kernels since 2.6.29 mount version 4.0`;
  const compressor = compressors[u16(head, 20)];
  if (compressor === undefined) return `it names compressor ${u16(head, 20)}, which there is not`;
  const [blockSize, blockLog] = [u32(head, 12), u16(head, 22)];
  if (blockLog > 20 || blockSize !== 2 ** blockLog) return `its block size of ${blockSize} bytes cannot be`;
  return {
    compressor,
    size: u64(head, 40),
    xzFilters: compressor === 'xz' ? xzFilters(head) : [],
  };
}

/** Options of the compressor stand behind the superblock, in a block of their own. */
function xzFilters(head: Uint8Array): string[] {
  const hasOptions = (u16(head, 24) & 0x400) !== 0;
  if (!hasOptions || head.length < superblockSize + 10) return [];
  const filters = u32(head, superblockSize + 6);
  return xzFilterNames.filter((_, bit) => (filters & (1 << bit)) !== 0);
}

/** The options that a kernel needs for a compressor, the switch of squashfs itself aside; `lzma` no kernel has ever read. */
export const compressorSymbol: Readonly<Record<Compressor, string | undefined>> = {
  gzip: 'SQUASHFS_ZLIB',
  lzma: undefined,
  lzo: 'SQUASHFS_LZO',
  xz: 'SQUASHFS_XZ',
  lz4: 'SQUASHFS_LZ4',
  zstd: 'SQUASHFS_ZSTD',
};

export const xzFilterSymbol: Readonly<Record<string, string>> = {
  x86: 'XZ_DEC_X86',
  powerpc: 'XZ_DEC_POWERPC',
  ia64: 'XZ_DEC_IA64',
  arm: 'XZ_DEC_ARM',
  armthumb: 'XZ_DEC_ARMTHUMB',
  sparc: 'XZ_DEC_SPARC',
};
