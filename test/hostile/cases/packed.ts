/** Configs that are compressed, whole and broken. */
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { noise } from '../../support/images.ts';
import { bad, badConfig, good, goodConfig, type HostileCase } from '../hostile-case.ts';

const text = `${Array.from({ length: 300 }, (_, i) => `CONFIG_A${i}=y\n`).join('')}`;
const packed = gzipSync(text);
const changed = (bytes: Buffer, at: number, by = 1): Buffer => {
  const copy = Buffer.from(bytes);
  copy[at < 0 ? copy.length + at : at]! ^= by;
  return copy;
};
const withHeader = (flags: number, more: Buffer): Buffer =>
  Buffer.concat([Buffer.from([0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 3]), more, packed.subarray(10)]);
const wrap = (content: Buffer | string, times: number): Buffer =>
  Array.from({ length: times }).reduce<Buffer>((inner) => gzipSync(inner), Buffer.from(content));
const from = (base64: string): Buffer => Buffer.from(base64, 'base64');

/** `CONFIG_A=y` and a newline, as the tools of these names pack it. */
const small = {
  xz: {
    at: 30,
    bytes: from('/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQAKQ09ORklHX0E9eQoAALf/O6cvoY3YAAEjC8Ib/QkftvN9AQAAAAAEWVo='),
  },
  zstd: { at: 12, bytes: from('KLUv/SQLWQAAQ09ORklHX0E9eQo/MiMU') },
  bzip2: { at: 20, bytes: from('QlpoOTFBWSZTWRV0QScAAAHOgAAQAAIpoYAAgCAgACKYBtQgGmmgghLRBwu5IpwoSAq6IJOA') },
  lz4: { at: 14, bytes: from('BCJNGGRApwsAAIBDT05GSUdfQT15CgAAAABchN6O') },
  lzop: {
    at: -12,
    bytes: from('iUxaTwANChoKEEAgoAlAAQUDAAAJAACBpGsB4m0AAAAACHMuY29uZmlnZ8AHawAAAAsAAAALEysDF0NPTkZJR19BPXkKAAAAAA=='),
  },
  // These two have no checksum.
  'lz4 of the old form': { at: undefined, bytes: from('AiFMGAwAAACwQ09ORklHX0E9eQo=') },
  lzma: { at: undefined, bytes: from('XQAAgAD//////////wAhk8X3A8IuxW8dv1tCwPT//8LjAAA=') },
} as const;

export const packedCases: readonly HostileCase[] = [
  badConfig('only the magic number of gzip', Buffer.from([0x1f, 0x8b])),
  badConfig('only the header of gzip', packed.subarray(0, 10)),
  badConfig('gzip that is cut in the middle', packed.subarray(0, packed.length >> 1)),
  badConfig('gzip without its checksum', packed.subarray(0, -8)),
  badConfig('gzip that lacks its last byte', packed.subarray(0, -1)),
  badConfig('gzip with another checksum', changed(packed, -8)),
  badConfig('gzip with another length', changed(packed, -1)),
  badConfig('gzip with a bit flipped', changed(packed, 100, 0x40)),
  badConfig('gzip with garbage behind', Buffer.concat([packed, Buffer.from('garbage behind it')])),
  badConfig('gzip of an unknown method', changed(packed, 2, 1)),
  badConfig('gzip with reserved flags', changed(packed, 3, 0xe0)),
  badConfig('gzip with a file name that never ends', withHeader(8, Buffer.alloc(0, 65))),
  badConfig(
    'gzip with an extra field of 64 KiB that is not there',
    Buffer.from([0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 3, 0xff, 0xff, 1, 2]),
  ),
  badConfig('gzip of nothing', gzipSync('')),
  badConfig('gzip of a letter', gzipSync('dear diary\nit is late\n')),
  badConfig('gzip of noise', gzipSync(noise(3000))),
  badConfig('gzip of a config with a NUL', gzipSync('CONFIG_A=y\n\0CONFIG_B=y\n')),
  badConfig('a bomb of 20 MiB', gzipSync(Buffer.alloc(20 << 20, 10))),
  badConfig('a bomb that is a config', gzipSync('CONFIG_ABCDEFGHIJKLMNOPQRSTUVWXYZ=y\n'.repeat(500_000))),
  badConfig('a bomb in a bomb', gzipSync(gzipSync(Buffer.alloc(20 << 20)))),
  badConfig('gzip five times over', wrap('CONFIG_A=y\n', 5)),
  badConfig('gzip of a config with a line that never ends', gzipSync(`CONFIG_S="${'x'.repeat(70_000)}"\n`)),
  badConfig('zlib data', deflateSync(text)),
  badConfig('raw deflate data', deflateRawSync(text)),
  badConfig('a zip file', Buffer.concat([Buffer.from('PK\u0003\u0004\u0014\0\0\0'), noise(200)])),
  badConfig('a 7z file', Buffer.concat([Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4]), noise(200)])),
  badConfig('an old compress (.Z) file', Buffer.concat([Buffer.from([0x1f, 0x9d, 0x90]), noise(200)])),
  ...Object.entries(small).flatMap(([name, { bytes, at }]) => [
    badConfig(`${name} that is cut off`, bytes.subarray(0, bytes.length - 9)),
    ...(at === undefined ? [] : [badConfig(`${name} with a byte changed in its data`, changed(bytes, at, 0x15))]),
    good(name, 'x.config', { 'x.config': bytes }),
  ]),
  badConfig('only the magic number of xz', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0])),
  badConfig('only the magic number of zstd', Buffer.from([0x28, 0xb5, 0x2f, 0xfd])),
  badConfig('zstd that asks for a window of 2 GiB', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0xa8, 1, 0, 0])),
  bad('a config named .gz that is none', 'config.gz', { 'config.gz': 'dear diary\n' }),

  goodConfig('gzip under the name of a text', packed),
  good('gzip twice', 'config.gz.gz', { 'config.gz.gz': wrap(text, 2) }),
  goodConfig('gzip in two members', Buffer.concat([gzipSync('CONFIG_A=y\n'), gzipSync('CONFIG_B=y\n')])),
  goodConfig('gzip with NULs behind, as a tape has them', Buffer.concat([packed, Buffer.alloc(512)])),
  goodConfig(
    'gzip with a file name, a comment and a checksum of its header',
    withHeader(0x18, Buffer.from('x.config\0made by hand\0')),
  ),
  goodConfig('gzip without compression', gzipSync(text, { level: 0 })),
];
