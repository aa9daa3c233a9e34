import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Compression, compressionOf, type UnpackOptions, unpack } from '../../src/artifacts/compression/index.ts';
import { nodeZlib } from '../../src/node-zlib.ts';
import { root } from '../support/corpus.ts';
import { noise } from '../support/images.ts';
import { type Packer, packer } from '../support/packers.ts';

const limit = 64 << 20;
const unpackAll = (bytes: Uint8Array, options: Partial<UnpackOptions> = {}) =>
  unpack(bytes, 0, { limit, zlib: nodeZlib, ...options });

const words = readFileSync(join(root, 'dist/texts.txt'));
/** Branches every few bytes, as machine code has them, for the filters. */
const branches = Buffer.from(
  Array.from({ length: 60_000 }, (_, i) => {
    const target = (noise(1, i + 1)[0] as number) - 128;
    const word = Buffer.alloc(6);
    switch (i % 6) {
      case 0:
        word.writeUInt8(0xe8, 0);
        word.writeInt32LE(target * 1000, 1);
        return word.subarray(0, 5);
      case 1:
        word.writeUInt32LE(0x94000000 + i, 0);
        return word.subarray(0, 4);
      case 2:
        word.writeUInt32LE((0x90000000 + (target << 5)) >>> 0, 0);
        return word.subarray(0, 4);
      case 3:
        word.writeUInt32LE(0xeb000000 + i, 0);
        return word.subarray(0, 4);
      case 4:
        word.writeUInt32BE(0x48000001 + i * 4, 0);
        return word.subarray(0, 4);
      default:
        return Buffer.from([0xe8, 0xe9, 0xff, 0x40, 0, i & 255, 0xe8, 0]);
    }
  }).flatMap((word) => [...word]),
);

const payloads: readonly (readonly [string, Buffer])[] = [
  ['nothing', Buffer.alloc(0)],
  ['one byte', Buffer.from('x')],
  ['a line', Buffer.from('CONFIG_XEN=y\nCONFIG_XEN_PV=y\n')],
  ['text', words],
  ['what cannot be packed', noise(60_000, 7)],
  ['runs', Buffer.concat([Buffer.alloc(300_003), Buffer.from('a'.repeat(300)), Buffer.alloc(70_000, 1)])],
  ['machine code', branches],
  ['all of it', Buffer.concat([words, noise(50_000, 3), branches, Buffer.alloc(300_000, 'ab'), words])],
];
/** More than one block of what packs in blocks of 8 MiB. */
const long = Buffer.concat([words, Buffer.alloc(8 << 20, 'ab'), noise(50_000, 3), words]);

const packers: readonly (readonly [Compression, Packer])[] = [
  ['gzip', packer('gzip', '-9')],
  ['gzip', packer('gzip', '-1', '-n')],
  ['bzip2', packer('bzip2', '-9')],
  ['bzip2', packer('bzip2', '-1')],
  ['xz', packer('xz', '-1')],
  ['xz', packer('xz', '--check=crc32', '--lzma2=preset=6,dict=32MiB')],
  ['xz', packer('xz', '--check=none', '-0', '--block-size=300000')],
  ['xz', packer('xz', '--check=crc32', '--x86', '--lzma2=preset=1,dict=32MiB')],
  ['xz', packer('xz', '--check=crc32', '--arm64', '--lzma2=preset=1,lc=2,lp=2,pb=3')],
  ['xz', packer('xz', '--check=crc32', '--arm', '--lzma2=preset=1')],
  ['xz', packer('xz', '--check=crc32', '--armthumb', '--lzma2=preset=1')],
  ['xz', packer('xz', '--check=crc32', '--powerpc', '--lzma2=preset=1')],
  ['xz', packer('xz', '--check=crc32', '--sparc', '--lzma2=preset=1')],
  ['xz', packer('xz', '--check=crc64', '-T2', '-1')],
  ['lzma', packer('lzma', '-1')],
  ['lzma', packer('xz', '--format=lzma', '--lzma1=preset=1,lc=4,lp=0,pb=0')],
  ['lzop', packer('lzop', '-9')],
  ['lzop', packer('lzop', '-1', '--crc32')],
  ['lzop', packer('lzop', '-3', '-F')],
  ['lz4-legacy', packer('lz4', '-l')],
  ['lz4-legacy', packer('lz4', '-l', '-9')],
  ['lz4', packer('lz4', '-9', '-BD', '-BX')],
  ['lz4', packer('lz4', '-B4', '--no-frame-crc')],
  ['zstd', packer('zstd', '-3')],
  ['zstd', packer('zstd', '-1', '--no-check')],
  ['zstd', packer('zstd', '--ultra', '-22', '--long=27')],
];

/** What the tools make of nothing is less than a stream where they write only a header; lzma has another first byte with lc=4. */
const isForeign = (name: string, payload: Buffer): boolean =>
  (payload.length === 0 && name.startsWith('lz4 -l')) || name.includes('lzma1=');

describe('unpacking what the real tools packed', () => {
  for (const [kind, { name, available, pack }] of packers) {
    describe.skipIf(!available)(name, () => {
      const isFirst = packers.find(([other]) => other === kind)?.[1].name === name;
      it.each(isFirst ? payloads : payloads.slice(-2))('%s', (_, payload) => {
        const packed = pack(payload);
        if (isForeign(name, payload)) return;
        expect(compressionOf(packed)).toBe(kind);
        const unpacked = unpackAll(packed);
        expect(unpacked).toMatchObject({ end: packed.length });
        expect('bytes' in unpacked && payload.equals(unpacked.bytes)).toBe(true);
      });
      it.skipIf(!/^lz(?:4|ma|op)|zstd -3|xz -1/.test(name))('more than one block', () => {
        const unpacked = unpackAll(pack(long));
        expect('bytes' in unpacked && long.equals(unpacked.bytes)).toBe(true);
      });
    });
  }
});

const small = Buffer.concat([words.subarray(0, 30_000), noise(2000, 5)]);
/** One way of each kind that carries a checksum of the content. */
const checked = packers.filter(([, { available, name }]) => available && /-9|=crc|--crc|-3$|-T2/.test(name));
const each = packers.filter(([, { available, name }]) => available && !name.includes('lzma1='));

describe('what follows a stream', () => {
  it.each(each.map(([kind, { name, pack }]) => [name, kind, pack] as const))('%s', (_, kind, pack) => {
    const packed = pack(small);
    const trailer = Buffer.alloc(4);
    trailer.writeUInt32LE(small.length);
    for (const garbage of [trailer, Buffer.alloc(20), noise(100, 9), Buffer.from('IKCFG_ED')]) {
      const unpacked = unpackAll(Buffer.concat([packed, garbage]));
      // A legacy lz4 frame whose last block came out short is over, whatever follows.
      expect('bytes' in unpacked && small.equals(unpacked.bytes), `${kind} before ${garbage.length}`).toBe(true);
      expect(unpacked).toMatchObject({ end: packed.length });
    }
    const twice = Buffer.concat([packed, packed]);
    const both = unpackAll(twice);
    expect('bytes' in both && Buffer.concat([small, small]).equals(both.bytes)).toBe(true);
    const first = unpackAll(twice, { single: true });
    expect(first).toMatchObject({ end: packed.length });
  });

  it('may be bytes before it as well', () => {
    for (const [, { pack }] of each) {
      const unpacked = unpack(Buffer.concat([noise(777, 2), pack(small)]), 777, { limit, zlib: nodeZlib });
      expect('bytes' in unpacked && small.equals(unpacked.bytes)).toBe(true);
    }
  });
});

describe('data that are not whole', () => {
  it.each(each.map(([kind, { name, pack }]) => [name, kind, pack] as const))('%s says so', (_, kind, pack) => {
    const packed = pack(small);
    for (let length = 20; length < packed.length; length += 1 + (packed.length >> 6)) {
      const unpacked = unpackAll(packed.subarray(0, length));
      expect(unpacked, `${kind} of ${length} bytes`).toMatchObject({
        error: expect.stringMatching(/truncated|damaged/),
      });
      expect('at' in unpacked && unpacked.at).toBeLessThanOrEqual(length);
      expect('detail' in unpacked && unpacked.detail).toMatch(new RegExp(`^${kind}: `));
    }
  });

  it.each(checked.map(([kind, { name, pack }]) => [name, kind, pack] as const))(
    '%s notices each flipped bit',
    (_, kind, pack) => {
      const packed = pack(small);
      const step = Math.max(1, packed.length >> 7);
      for (let at = 0; at < packed.length; at += step) {
        const changed = Buffer.from(packed);
        changed[at] = (changed[at] as number) ^ (1 << (at & 7));
        const unpacked = unpackAll(changed);
        // What does not count (a time, a name, a hint) may change; the content may not.
        if ('bytes' in unpacked && kind !== 'lz4-legacy' && kind !== 'lzma') {
          expect(small.equals(unpacked.bytes) || unpacked.end < packed.length, `byte ${at}`).toBe(true);
        }
      }
    },
  );

  it('never throws, whatever stands after the magic bytes', () => {
    const heads = each.map(([, { pack }]) => pack(small).subarray(0, 60));
    fc.assert(
      fc.property(fc.constantFrom(...heads), fc.nat(60), fc.uint8Array({ maxLength: 400 }), (head, keep, rest) => {
        const unpacked = unpackAll(Buffer.concat([head.subarray(0, keep), rest]), { limit: 1 << 20 });
        if ('bytes' in unpacked) expect(unpacked.bytes.length).toBeLessThanOrEqual(1 << 20);
        else expect(unpacked.error).toMatch(/^(truncated|damaged|too-large|unsupported)$/);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the limit', () => {
  const bomb = Buffer.alloc(5 << 20);
  it.each(each.map(([kind, { name, pack }]) => [name, kind, pack] as const))('%s stops at it', (_, __, pack) => {
    const packed = pack(bomb);
    for (const most of [1000, 1 << 20, bomb.length - 1]) {
      expect(unpackAll(packed, { limit: most })).toMatchObject({
        error: 'too-large',
        detail: expect.stringContaining(String(most)),
      });
    }
    const unpacked = unpackAll(packed, { limit: bomb.length });
    expect('bytes' in unpacked && unpacked.bytes.length).toBe(bomb.length);
  });
});

describe('what is not known', () => {
  it('is said', () => {
    expect(unpackAll(Buffer.from('CONFIG_XEN=y\n'))).toMatchObject({ error: 'unsupported' });
    expect(compressionOf(Buffer.from('CONFIG_XEN=y\n'))).toBeUndefined();
    expect(compressionOf(Buffer.alloc(0))).toBeUndefined();
    expect(compressionOf(Buffer.from('BZh9 is text'))).toBeUndefined();
  });

  const xz = packer('xz', '--check=sha256');
  it.skipIf(!xz.available)('unlike the check of xz that rpm takes', () => {
    const packed = xz.pack(small);
    expect(unpackAll(packed)).toMatchObject({ bytes: Uint8Array.from(small) });
    // The last byte of the check stands before the index and the footer.
    const wrong = Buffer.from(packed);
    const at = packed.length - 12 - (packed.readUInt32LE(packed.length - 8) + 1) * 4 - 1;
    wrong[at] = (wrong[at] as number) ^ 1;
    expect(unpackAll(wrong)).toMatchObject({ error: 'damaged', detail: 'xz: the checksum of an xz block is wrong' });
  });

  it.skipIf(!xz.available)('such as a filter of xz', () => {
    const delta = packer('xz', '--delta=dist=4', '--lzma2=preset=0');
    expect(unpackAll(delta.pack(small))).toMatchObject({
      error: 'unsupported',
      detail: expect.stringContaining('filter 3'),
    });
  });

  const zstd = packer('zstd', '--ultra', '-1', '--long=28', '--no-content-size');
  it.skipIf(!zstd.available)('such as a window of zstd that no kernel has', () => {
    const frame = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x04, (28 - 10) << 3, 1, 0, 0]);
    expect(unpackAll(frame)).toMatchObject({ error: 'unsupported', detail: expect.stringContaining('window') });
  });
});
