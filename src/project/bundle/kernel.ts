/** What a kernel image of a bundle says of itself. */

import { type KernelImage, readImage } from '../../artifacts/image.ts';
import type { ImageFormat } from '../../artifacts/image-header.ts';
import type { Zlib } from '../../host.ts';
import type { KernelFacts } from './inspection.ts';
import type { KernelFormat } from './layouts.ts';

const formats: Readonly<Record<ImageFormat, readonly [format: KernelFormat, words: string]>> = {
  elf: ['elf', 'an ELF file'],
  bzimage: ['bzimage', 'a bzImage'],
  'arm64-image': ['image', 'an Image'],
  'riscv-image': ['image', 'an Image'],
  zboot: ['zboot', 'an EFI zboot image'],
  pe: ['other', 'an EFI program'],
};

/** Undefined for what is no kernel; a text says why one cannot be read. */
export function readKernelFacts(bytes: Uint8Array, zlib: Zlib): KernelFacts | string | undefined {
  const image = readImage(bytes, { zlib, wantsRelease: true });
  const { format, arch, release, config, isText } = image;
  if (isText === true) return undefined;
  // A cut-off payload leaves a header that promises more than there is.
  const [obstacle] = image.obstacles;
  if (obstacle?.kind === 'damaged' && config === undefined) return `${obstacle.what} is damaged: ${obstacle.detail}`;
  if (format === undefined || (release === undefined && config === undefined && !isKernelHeader(format)))
    return undefined;
  const [own, words] = formats[format];
  const packing = packedAs(image);
  return {
    format: packing === undefined ? own : own === 'image' && packing === 'gzip' ? 'image-gz' : 'other',
    formatInWords: packing === undefined ? words : `${words} packed with ${packing}`,
    arch,
    release,
    config,
  };
}

/** ELF files and EFI programs may be anything; the other headers only kernels have. */
function isKernelHeader(format: ImageFormat): boolean {
  return format !== 'elf' && format !== 'pe';
}

/** The compression around the whole file, such as that of an Image.gz. */
function packedAs({ layers }: KernelImage): string | undefined {
  const [outer] = layers;
  return outer !== undefined && outer.at === 0 ? outer.compression : undefined;
}
