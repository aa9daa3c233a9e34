import { closeSync, mkdtempSync, openSync, readFileSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { configIn } from '../../src/artifacts/config-in.ts';
import { type ImageOptions, imageLimits, readImage } from '../../src/artifacts/image.ts';
import { nodeZlib } from '../../src/node-zlib.ts';
import { root } from '../support/corpus.ts';
import { extractIkconfig, hasScript } from '../support/extract-ikconfig.ts';
import {
  arm64Image,
  bzImage,
  elfHeader,
  elfMachine,
  embedded,
  type KernelParts,
  noise,
  vmlinux,
  withSize,
  zbootImage,
} from '../support/images.ts';
import { type Packer, packer } from '../support/packers.ts';

const folder = mkdtempSync(join(tmpdir(), 'kconfig-lint-images-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Machine code rather than noise: other bytes look like magic numbers there. */
const code = Buffer.alloc(200_000);
const executable = openSync(process.execPath, 'r');
readSync(executable, code, 0, code.length, 40_000_000);
closeSync(executable);

const config = readFileSync(join(root, 'fixtures/real/linux-x86_64-6.12.config'), 'utf8');

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
      it.each(wrappings)('%s', (name, wrap) =>
        expectSameAsScript(wrap({ config, filler: code }, by), `${by.name} ${name}`),
      );
    });
  }
});

const gzipOf = packer('gzip', '-n', '-1');

describe('what an image says of itself', () => {
  it.each([
    ['vmlinux', vmlinux({ release: '6.1.0-9-amd64' }), { format: 'elf', arch: 'x86_64', release: '6.1.0-9-amd64' }],
    ['Image', arm64Image({ release: '6.18.2' }), { format: 'arm64-image', arch: 'arm64', release: '6.18.2' }],
    [
      'bzImage',
      bzImage(gzipOf.pack(vmlinux({ release: '5.10.1' })), '5.10.1 (me@here) #2'),
      { format: 'bzimage', arch: 'x86_64', release: '5.10.1' },
    ],
    [
      'bzImage whose kernel cannot be unpacked',
      bzImage(noise(4000), '5.10.1-rc3 (me@here) #2'),
      { format: 'bzimage', release: '5.10.1-rc3' },
    ],
    [
      'zboot',
      zbootImage(gzipOf.pack(arm64Image({ release: '6.12.8' })), 'gzip'),
      { format: 'zboot', arch: 'arm64', release: '6.12.8' },
    ],
  ])('%s', (_, image, facts) => {
    expect(read(image)).toMatchObject(facts);
    expect(read(image).config).toBeUndefined();
  });

  it('is also found beside a config, where it is wanted', () => {
    const image = vmlinux({ config, release: '6.12.9-x' });
    expect(read(image, { wantsRelease: true })).toMatchObject({ release: '6.12.9-x' });
    expect(textOf(read(image, { wantsRelease: true }))).toBe(config);
  });
});

describe('images that lead astray', () => {
  const magics = [
    '1f8b08',
    'fd377a585a00',
    '425a68393141592653',
    '5d00000004ffffffffffffffff00',
    '02214c18',
    '28b52ffd',
  ];
  const decoys = Buffer.concat(magics.flatMap((magic) => [Buffer.from(magic, 'hex'), noise(300, 11)]));

  it('have magic numbers before the kernel', () => {
    const image = Buffer.concat([noise(4000), decoys, decoys, gzipOf.pack(vmlinux({ config, head: decoys })), decoys]);
    expect(textOf(read(image))).toBe(config);
  });

  it('have markers without a config before the one with it', () => {
    const fake = Buffer.concat([
      Buffer.from('IKCFG_ST\x1f\x8b\x08', 'latin1'),
      noise(50),
      embedded('').subarray(0, 20),
    ]);
    expect(textOf(read(vmlinux({ config, head: Buffer.concat([fake, fake]) })))).toBe(config);
  });

  it('have more of them than are tried', () => {
    const image = Buffer.concat(Array.from({ length: 3000 }, () => decoys));
    const started = performance.now();
    const marked = Buffer.concat(
      Array.from({ length: 300 }, () => Buffer.from('IKCFG_ST\x1f\x8b\x08 and no config', 'latin1')),
    );
    const detail = `more than ${imageLimits.candidates} places look like an embedded config`;
    expect(read(marked).obstacles).toContainEqual({ kind: 'limit', detail, raise: 'image-places' });
    expect(read(image).obstacles).toContainEqual(expect.objectContaining({ kind: 'limit' }));
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('point outside themselves', () => {
    const image = bzImage(gzipOf.pack(vmlinux({ config })));
    image.writeUInt32LE(0xfffffff0, 0x248);
    expect(textOf(read(image))).toBe(config);
    image.fill(0, 8000);
    expect(read(image)).toMatchObject({ obstacles: [{ kind: 'damaged', what: 'the packed kernel' }] });
    const zboot = zbootImage(noise(10), 'gzip');
    zboot.writeUInt32LE(0xffffffff, 8);
    zboot.writeUInt32LE(0xffffffff, 12);
    zboot.writeUInt32LE(0xffffffff, 0x3c);
    expect(read(zboot).obstacles).toHaveLength(1);
    const boot = bzImage(Buffer.alloc(0));
    boot.writeUInt16LE(0xffff, 0x20e);
    expect(read(boot).release).toBeUndefined();
  });

  it('are packed over and over', () => {
    let image = vmlinux({ config, filler: noise(100) });
    for (let i = 0; i < imageLimits.depth; i++) image = gzipOf.pack(image);
    expect(textOf(read(image))).toBe(config);
    for (let i = 0; i < 10; i++) image = gzipOf.pack(image);
    expect(read(image)).toMatchObject({
      obstacles: [{ kind: 'limit', detail: expect.stringContaining('times over') }],
    });
  });

  it('unfold to more than anybody wants', () => {
    const bomb = gzipOf.pack(Buffer.alloc(8 << 20));
    const limits = { payload: 4 << 20, config: 1 << 20 };
    expect(read(bomb, { limits })).toMatchObject({ obstacles: [{ kind: 'limit' }] });
    const many = Buffer.concat(Array.from({ length: 50 }, () => bomb));
    expect(read(many, { limits: { total: 20 << 20 } }).obstacles).toContainEqual(
      expect.objectContaining({ kind: 'limit' }),
    );
    const marked = vmlinux({ config: Buffer.alloc(2 << 20) });
    expect(read(marked, { limits })).toMatchObject({ obstacles: [{ what: 'the embedded config' }] });
  });

  it('end anywhere', () => {
    for (const image of [
      bzImage(gzipOf.pack(vmlinux({ config }))),
      zbootImage(gzipOf.pack(arm64Image({ config })), 'gzip'),
    ]) {
      for (let length = 0; length < image.length; length += length < 0x300 ? 7 : 9973) {
        const cut = read(image.subarray(0, length));
        // A config that was unpacked before the end is whole.
        expect([undefined, config], `cut at ${length}`).toContain(textOf(cut));
        if (length < 90_000) expect(cut.config).toBeUndefined();
      }
    }
  });

  it('are changed anywhere', () => {
    const images = [
      vmlinux({ config, filler: noise(2000) }),
      bzImage(gzipOf.pack(vmlinux({ config, filler: noise(2000) }))),
      zbootImage(gzipOf.pack(arm64Image({ config, filler: noise(2000) })), 'gzip'),
    ];
    const change = fc.record({ at: fc.nat(), byte: fc.nat(255) });
    fc.assert(
      fc.property(fc.constantFrom(...images), fc.array(change, { maxLength: 8 }), (image, changes) => {
        const changed = Buffer.from(image);
        for (const { at, byte } of changes) changed[at % Math.min(changed.length, 0x900)] = byte;
        const { config: found } = read(changed, { limits: { payload: 1 << 20, total: 4 << 20, config: 1 << 20 } });
        // Whatever was changed, what is found has passed its checksum.
        if (found !== undefined) expect(Buffer.from(found).toString()).toBe(config);
      }),
      { numRuns: 300 },
    );
  });
});

/** A few bytes in the middle are others. */
function spoilt(image: Buffer): Buffer {
  image.fill(0x55, image.length >> 1, (image.length >> 1) + 40);
  return image;
}

describe('why an image gives no config, in words', () => {
  const said = (bytes: Buffer) => configIn(bytes, nodeZlib);
  it.each([
    [
      'vmlinux',
      vmlinux({ release: '6.12.8' }),
      'no-ikconfig',
      'this is an x86_64 vmlinux of Linux 6.12.8 that holds no config',
    ],
    ['Image', arm64Image({}), 'no-ikconfig', 'this is an arm64 Image of Linux 6.12.8'],
    ['riscv', vmlinux({}, elfMachine.riscv), 'no-ikconfig', 'this is a riscv vmlinux of'],
    ['bzImage', bzImage(gzipOf.pack(vmlinux({}))), 'no-ikconfig', 'this is an x86_64 bzImage of'],
    ['zboot', zbootImage(gzipOf.pack(arm64Image({})), 'gzip'), 'no-ikconfig', 'this is an arm64 EFI zboot image of'],
    [
      'no kernel',
      Buffer.concat([elfHeader(62), noise(900)]),
      'no-kernel',
      'neither a config nor a Linux kernel is in it',
    ],
    ['packed noise', gzipOf.pack(noise(900)), 'no-kernel', 'these are gzip data'],
    [
      'half a bzImage',
      bzImage(gzipOf.pack(vmlinux({ config }))).subarray(0, 50_000),
      'damaged-image',
      'by its header it ends at byte',
    ],
    ['a bzImage with a spoilt kernel', spoilt(bzImage(gzipOf.pack(vmlinux({ config })))), 'damaged-image', '(gzip: '],
    ['a bzImage with holes', bzImage(noise(5000)), 'damaged-image', 'no packing that is known starts with'],
    ['half a config', vmlinux({ config }).subarray(0, 95_000), 'damaged-image', 'the embedded config does not unpack'],
  ])('%s', (_, image, code, message) => {
    expect(said(image)).toMatchObject({ code, message: expect.stringContaining(message) });
  });

  it('and what is no image at all gives nothing', () => {
    for (const bytes of [
      noise(5000),
      Buffer.alloc(900),
      Buffer.from('caf\xe9 CONFIG_A=y\n', 'latin1'),
      Buffer.alloc(0),
    ]) {
      expect(said(bytes)).toBeUndefined();
    }
  });
});
