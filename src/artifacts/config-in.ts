/** From bytes that are no text to the config in them, or to the reason why there is none, in words. */
import type { NoConfig, PackedConfig, RaisedLimits, Zlib } from '../host.ts';
import { type ImageObstacle, imageLimits, type KernelImage, readImage } from './image.ts';
import type { ImageFormat } from './image-header.ts';

/** Undefined for bytes that are nothing this program knows. */
export function configIn(bytes: Uint8Array, zlib: Zlib, raised?: RaisedLimits): PackedConfig | NoConfig | undefined {
  const image = readImage(bytes, { zlib, limits: imageLimitsWith(raised) });
  if (image.config !== undefined) {
    return { bytes: image.config, ...(image.isText === true ? {} : { member: 'config' }) };
  }
  // What was not searched to the end may still be sound.
  const obstacle = image.obstacles.find(({ kind }) => kind === 'limit') ?? image.obstacles[0];
  if (obstacle !== undefined) return obstacleInWords(image, obstacle);
  if (image.banner !== undefined) return withoutConfig(image);
  if (image.format === undefined && image.layers.length === 0 && image.unpacked === 0) return undefined;
  return {
    code: 'no-kernel',
    message: `${nameOf(image)}, but neither a config nor a Linux kernel is in ${nameOf(image).endsWith('data') ? 'them' : 'it'}`,
    help: 'name a config, or a kernel image that holds one',
  };
}

function imageLimitsWith(raised: RaisedLimits = {}): Partial<Record<keyof typeof imageLimits, number>> {
  return {
    payload: raised['image-part'] ?? imageLimits.payload,
    total: raised['image-unpacked'] ?? imageLimits.total,
    candidates: raised['image-places'] ?? imageLimits.candidates,
    config: raised['config-unpacked'] ?? imageLimits.config,
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
  const isData = what.endsWith('data');
  if (obstacle.kind === 'limit') {
    const raise = obstacle.raise === undefined ? '' : `, or raise the limit with --limit ${obstacle.raise}=NUMBER`;
    return {
      code: 'image-limit',
      message: `${what} that ${isData ? 'were' : 'was'} not searched to the end: ${obstacle.detail}`,
      help: `if you trust it, unpack it yourself and check the config in it${raise}`,
    };
  }
  const part = isData ? 'they do' : `${obstacle.what} does`;
  return {
    code: 'damaged-image',
    message: `${what}, but ${part} not unpack (${obstacle.detail}; byte ${obstacle.at})`,
    help: 'it is damaged or cut off: fetch or build it again; nothing of it was checked',
  };
}
