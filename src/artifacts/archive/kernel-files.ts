/** Where in a file system configs and kernels are, by their paths and by their first bytes. */
import { readImageHeader } from '../image-header.ts';
import { hasText } from './bytes.ts';
import type { Interest } from './index.ts';

/** What a file is taken for before it is read. */
export type Candidate = 'config' | 'kernel';

/** Bytes that `candidateOf` looks at: the magic number of x86 kernels stands at 0x202. */
const headSize = 0x240;

const configPaths: readonly RegExp[] = [
  /(?:^|\/)boot\/config(?:-[^/]+)?$/,
  /(?:^|\/)lib\/modules\/[^/]+\/config(?:\.[gx]z|\.zst)?$/,
  /(?:^|\/)lib\/kernel\/config-[^/]+$/,
  /(?:^|\/)lib\/ostree-boot\/config-[^/]+$/,
  /(?:^|\/)kernel\/config$/,
  /(?:^|\/)config\.gz$/,
  /^\.?config$/,
];

const kernelPaths: readonly RegExp[] = [
  /(?:^|\/)boot\/(?:vmlinu[xz]|bzImage|[uz]?Image|kernel|linux)[^/]*$/,
  /(?:^|\/)lib\/modules\/[^/]+\/vmlinu[xz][^/]*$/,
  // Where CONFIG_IKCONFIG is a module, it is this one.
  /(?:^|\/)lib\/modules\/[^/]+\/kernel\/kernel\/configs\.ko(?:\.\w+)?$/,
  /^kernel\/image$/,
  /^(?:bin\/)?(?:vmlinu[xz]|bzImage|Image)[^/]*$/,
];

/** What was looked for, in words. */
export const lookedFor =
  'boot/config-*, lib/modules/*/config, kernel/config.gz, files that Kconfig wrote, and kernel images with a config in them';

function byPath(path: string): Candidate | undefined {
  if (configPaths.some((pattern) => pattern.test(path))) return 'config';
  return kernelPaths.some((pattern) => pattern.test(path)) ? 'kernel' : undefined;
}

/** `.config` files start like this; `auto.conf` does too, and is none. */
const kconfigHeader = '#\n# Automatically generated file; DO NOT EDIT.\n# Linux/';
const oldKconfigHeader = "#\n# Automatically generated make config: don't edit\n# Linux";

function byContent(path: string, head: Uint8Array): Candidate | undefined {
  if (hasText(head, 0, kconfigHeader) || hasText(head, 0, oldKconfigHeader))
    return /(?:^|\/)auto\.conf$/.test(path) ? undefined : 'config';
  const format = readImageHeader(head)?.format;
  if (format === undefined || format === 'pe') return undefined;
  return format !== 'elf' || isKernelElf(head) ? 'kernel' : undefined;
}

/** Kernels run in the upper half of the address space, and no program does. */
function isKernelElf(head: Uint8Array): boolean {
  if (head.length < 128 || head[4] !== 2 || head[5] !== 1) return false;
  const data = new DataView(head.buffer, head.byteOffset, head.length);
  const [at, size, count] = [data.getUint32(32, true), data.getUint16(54, true), data.getUint16(56, true)];
  for (let i = 0; i < count && at + i * size + 24 <= head.length; i++) {
    const isLoaded = data.getUint32(at + i * size, true) === 1;
    if (isLoaded && data.getUint32(at + i * size + 20, true) >= 0xffff0000) return true;
  }
  return false;
}

/** For going through an archive: marks are candidates. */
export const kernelInterest: Interest = {
  headSize,
  classify: (path, head) => byPath(path) ?? byContent(path, head),
  isLikely: (path, size) => byPath(path.replace(/^\.?\/+/, '')) !== undefined && size <= 64 << 20,
};
