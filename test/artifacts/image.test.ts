import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type ImageOptions, readImage } from '../../src/artifacts/image.ts';
import { nodeZlib } from '../../src/node-zlib.ts';
import { extractIkconfig, hasScript } from '../support/extract-ikconfig.ts';
import {
  arm64Image,
  bzImage,
  elfMachine,
  type KernelParts,
  noise,
  vmlinux,
  withSize,
  zbootImage,
} from '../support/images.ts';
import { type Packer, packer } from '../support/packers.ts';

const folder = mkdtempSync(join(tmpdir(), 'kconfig-lint-images-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const config = `#
# Automatically generated file; DO NOT EDIT.
# Linux/x86 6.12.8 Kernel Configuration
#
${Array.from({ length: 3000 }, (_, i) => (i % 3 === 0 ? `# CONFIG_OPTION_${i} is not set` : `CONFIG_OPTION_${i}=y`)).join('\n')}
CONFIG_IKCONFIG=y
`;

const read = (bytes: Buffer, options: Partial<ImageOptions> = {}) => readImage(bytes, { zlib: nodeZlib, ...options });
const textOf = ({ config: bytes }: { readonly config?: Uint8Array }) =>
  bytes === undefined ? undefined : Buffer.from(bytes).toString();

/** All that scripts/xz_wrap.sh, the Makefiles of boot/ and Makefile.zboot pack kernels with. */
const packers: readonly Packer[] = [
  packer('gzip', '-n', '-9'),
  packer('bzip2', '-9'),
  packer('lzma', '-9'),
  packer('xz', '--check=crc32', '--x86', '--lzma2=,dict=32MiB'),
  packer('xz', '--check=crc32', '--arm64', '--lzma2=,dict=32MiB'),
  packer('xz', '--check=crc32', '--lzma2=,dict=32MiB'),
  packer('lzop', '-9'),
  packer('lz4', '-l', '-9'),
  packer('zstd', '-19'),
  packer('zstd', '--ultra', '-22', '--long=27'),
];

type Wrapping = readonly [name: string, wrap: (parts: KernelParts, packer: Packer) => Buffer];
const packed = (bytes: Buffer, { name, pack }: Packer) =>
  name.startsWith('gzip') ? pack(bytes) : withSize(pack(bytes), bytes.length);
const wrappings: readonly Wrapping[] = [
  ['bzImage', (parts, by) => bzImage(packed(vmlinux(parts), by))],
  ['zboot', (parts, by) => zbootImage(packed(arm64Image(parts), by), by.name.split(' ')[0] as string)],
  ['packed Image', (parts, by) => by.pack(arm64Image(parts))],
  ['what no header describes', (parts, by) => Buffer.concat([noise(5000, 9), packed(vmlinux(parts), by), noise(99)])],
];

function expectSameAsScript(image: Buffer, name: string): void {
  const path = join(folder, name.replace(/\W+/g, '-'));
  writeFileSync(path, image);
  const found = extractIkconfig(path);
  expect(found?.toString()).toBe(config);
  expect(textOf(read(image))).toBe(found?.toString());
}

describe('the config of an image is what scripts/extract-ikconfig finds', () => {
  describe.skipIf(!hasScript)('in what is not packed', () => {
    it.each([
      ['vmlinux', vmlinux({ config })],
      ['vmlinux of another architecture', vmlinux({ config }, elfMachine.arm64)],
      ['Image', arm64Image({ config })],
      ['configs.ko', Buffer.concat([vmlinux({ config, filler: noise(300) })])],
    ])('%s', (name, image) => expectSameAsScript(image, name));
  });

  for (const by of packers) {
    describe.skipIf(!hasScript || !by.available)(by.name, () => {
      it.each(wrappings)('%s', (name, wrap) => expectSameAsScript(wrap({ config }, by), `${by.name} ${name}`));
    });
  }
});
