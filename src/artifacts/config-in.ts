/** From bytes that are no text to the config in them, or to the reason why there is none, in words. */
import type { NoConfig, PackedConfig, Zlib } from '../host.ts';
import { type ImageObstacle, type KernelImage, readImage } from './image.ts';
import type { ImageFormat } from './image-header.ts';

/** Undefined for bytes that are nothing this program knows. */
export function configIn(bytes: Uint8Array, zlib: Zlib): PackedConfig | NoConfig | undefined {
  const image = readImage(bytes, { zlib });
  if (image.config !== undefined) {
    return { bytes: image.config, ...(image.isText === true ? {} : { member: 'config' }) };
  }
  const obstacle = image.obstacles.find(({ kind }) => kind === 'damaged') ?? image.obstacles[0];
  if (obstacle !== undefined) return obstacleInWords(image, obstacle);
  if (image.banner !== undefined) return withoutConfig(image);
  if (image.format === undefined && image.layers.length === 0 && image.unpacked === 0) return undefined;
  return {
    code: 'no-kernel',
    message: `${nameOf(image)}, but neither a config nor a Linux kernel is in it`,
    help: 'name a config, or a kernel image that holds one',
  };
}

const formatNames: Readonly<Record<ImageFormat, string>> = {
  elf: 'ELF file',
  bzimage: 'bzImage',
  'arm64-image': 'Image',
  'riscv-image': 'Image',
  zboot: 'EFI zboot image',
  pe: 'EFI image',
};

/** `this is an x86_64 bzImage`. */
function nameOf({ format, arch, banner, outermost }: KernelImage): string {
  const name =
    format === undefined
      ? banner === undefined && outermost !== undefined
        ? `${outermost} data`
        : 'kernel image'
      : format === 'elf' && banner !== undefined
        ? 'vmlinux'
        : formatNames[format];
  const full = arch === undefined || arch === 'other' ? name : `${arch} ${name}`;
  if (name.endsWith('data')) return `these are ${full}`;
  return `this is ${/^(?:[aeio]|x86|[sS]390)/i.test(full) ? 'an' : 'a'} ${full}`;
}

function withoutConfig(image: KernelImage): NoConfig {
  const { release = '' } = image;
  return {
    code: 'no-ikconfig',
    message: `${nameOf(image)} of Linux ${release} that holds no config: it was built without CONFIG_IKCONFIG=y`,
    help: 'check the config it was built from; with CONFIG_IKCONFIG=m it is in the module configs.ko',
    beside: `config-${release}`,
  };
}

function obstacleInWords(image: KernelImage, obstacle: ImageObstacle): NoConfig {
  const what = nameOf(image);
  if (obstacle.kind === 'limit') {
    return {
      code: 'image-limit',
      message: `${what} that was not searched to the end: ${obstacle.detail}`,
      help: 'unpack it yourself if you trust it, and check the config in it',
    };
  }
  return {
    code: 'damaged-image',
    message: `${what}, but ${obstacle.what} does not unpack (${obstacle.detail}; byte ${obstacle.at})`,
    help: 'it is damaged or cut off: fetch or build it again; nothing of it was checked',
  };
}
