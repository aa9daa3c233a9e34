/** An initrd: whether a kernel unpacks it, and with which of its options. */
import { hasText } from '../../artifacts/archive/bytes.ts';
import { settingOf } from '../../config/document.ts';
import type { Inspection } from './inspection.ts';
import { bundleRules } from './rules.ts';

interface Format {
  readonly words: string;
  /** What the kernel needs for it. */
  readonly symbol: string | undefined;
}

/** By first bytes, as `lib/decompress.c` tells them apart. */
const formats: readonly (readonly [starts: string, format: Format])[] = [
  ['070701', { words: 'a plain cpio archive', symbol: undefined }],
  ['070702', { words: 'a plain cpio archive', symbol: undefined }],
  ['\x1f\x8b', { words: 'gzip', symbol: 'RD_GZIP' }],
  ['\x1f\x9e', { words: 'gzip', symbol: 'RD_GZIP' }],
  ['BZh', { words: 'bzip2', symbol: 'RD_BZIP2' }],
  ['\x5d\x00\x00', { words: 'lzma', symbol: 'RD_LZMA' }],
  ['\xfd7zXZ', { words: 'xz', symbol: 'RD_XZ' }],
  ['\x89LZO', { words: 'lzo', symbol: 'RD_LZO' }],
  ['\x02\x21\x4c\x18', { words: 'lz4', symbol: 'RD_LZ4' }],
  ['\x28\xb5\x2f\xfd', { words: 'zstd', symbol: 'RD_ZSTD' }],
];

/** `expected` is the one compression that the platform makes, if it names one. */
export function inspectInitrd(inspection: Inspection, path: string): void {
  const { bytes, say, at, configs } = inspection;
  const head = bytes(path, 512, true);
  if (head === undefined) return;
  const format = formats.find(([starts]) => hasText(head, 0, starts))?.[1];
  if (format === undefined) {
    const lz4 = hasText(head, 0, '\x04\x22\x4d\x18');
    const message = lz4
      ? `${path} is compressed with lz4 in the frames of today; kernels unpack only those of lz4 -l`
      : head.length === 0
        ? `${path} is empty`
        : `${path} is neither a cpio archive nor compressed in a way that kernels unpack`;
    say(bundleRules.initrdFormat, at(path), message);
    return;
  }
  const [config] = configs;
  if (config === undefined) return;
  for (const symbol of ['BLK_DEV_INITRD', ...(format.symbol === undefined ? [] : [format.symbol])]) {
    const setting = settingOf(config, symbol);
    if (setting.kind === 'set' && setting.value === 'y') continue;
    if (setting.kind === 'absent' && config.kind === 'fragment') continue;
    const message =
      symbol === 'BLK_DEV_INITRD'
        ? `There is an initrd (${path}), and CONFIG_BLK_DEV_INITRD is off`
        : `${path} is compressed with ${format.words}, and CONFIG_${symbol} is off`;
    const location = setting.kind === 'absent' ? at(path) : setting.location;
    const related = setting.kind === 'absent' ? [] : [{ location: at(path), message: 'the initrd' }];
    say(bundleRules.initrdCompression, location, message, {
      symbol,
      expected: 'y',
      actual: 'off',
      advice: [`CONFIG_${symbol}=y`],
      related,
    });
  }
}
