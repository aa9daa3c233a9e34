/** Kernel images that are cut, that lie about themselves, or that cost more than they are worth. */
import { gzipSync } from 'node:zlib';
import {
  arm64Image,
  bzImage,
  elfHeader,
  elfMachine,
  embedded,
  kernelBytes,
  noise,
  vmlinux,
  withSize,
  zbootImage,
} from '../../support/images.ts';
import { bad, good, type HostileCase } from '../hostile-case.ts';

const config = 'CONFIG_A=y\nCONFIG_IKCONFIG=y\n';
const image = (name: string, bytes: Uint8Array, args = 'vmlinuz'): HostileCase => bad(name, args, { vmlinuz: bytes });
const fine = (name: string, bytes: Uint8Array, args = 'vmlinuz'): HostileCase => good(name, args, { vmlinuz: bytes });
const small = noise(2000);
const kernel = vmlinux({ config, filler: small });
const packed = gzipSync(kernel);
const marker = Buffer.from('IKCFG_ST');
const fakeGzip = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);
const bz = bzImage(withSize(packed, kernel.length));
const at = (bytes: Buffer, offset: number, write: (copy: Buffer) => void): Buffer => {
  const copy = Buffer.from(bytes);
  write(copy.subarray(offset));
  return copy;
};
const nested = (times: number): Buffer =>
  Array.from({ length: times }).reduce<Buffer>((inner) => gzipSync(inner), kernel);

export const imageCases: readonly HostileCase[] = [
  image('a kernel without a config', vmlinux({ filler: small })),
  image('a bzImage of a kernel without a config', bzImage(withSize(gzipSync(vmlinux({ filler: small })), 5))),
  image('a bzImage that is cut in its payload', bz.subarray(0, 5200)),
  image('a bzImage that is cut in its header', bz.subarray(0, 0x210)),
  fine(
    'a payload beyond the end of the file',
    at(bz, 0x248, (b) => b.writeUInt32LE(0x7fffffff)),
  ),
  fine(
    'a payload whose end is beyond all numbers',
    at(
      at(bz, 0x248, (b) => b.writeUInt32LE(0xffffffff)),
      0x24c,
      (b) => b.writeUInt32LE(0xffffffff),
    ),
  ),
  image(
    'a payload of no packing that is known',
    bzImage(Buffer.concat([Buffer.from('\xde\xad\xbe\xef', 'latin1'), noise(3000)])),
  ),
  image(
    'a payload with a byte changed',
    at(bz, 6000, (b) => b.writeUInt8(b[0]! ^ 0x55)),
  ),
  image('only the header of an ELF file', elfHeader(elfMachine.x86_64)),
  image(
    'an ELF file that is no kernel',
    Buffer.concat([elfHeader(elfMachine.arm64), Buffer.from('hello\0world\0'), noise(4000)]),
  ),
  image('a marker and nothing behind it', Buffer.concat([kernelBytes({ filler: small }), marker])),
  image('a marker before noise', Buffer.concat([elfHeader(62), marker, fakeGzip, noise(500)])),
  image(
    'a config that is damaged',
    Buffer.concat([elfHeader(62), at(embedded(config), 20, (b) => b.writeUInt8(0xff)), noise(500)]),
  ),
  image(
    'a config that is cut',
    Buffer.concat([elfHeader(62), Buffer.from('Linux version 6.12.1 (x)\n\0'), embedded(config).subarray(0, 30)]),
  ),
  image(
    'a config that unfolds to 20 MiB',
    Buffer.concat([elfHeader(62), marker, gzipSync(Buffer.alloc(20 << 20, 10)), Buffer.from('IKCFG_ED')]),
  ),
  image('a config that is prose', vmlinux({ config: 'dear diary\n', filler: small })),
  image('a config that is empty', vmlinux({ config: '', filler: small })),
  image('a config with a NUL', vmlinux({ config: 'CONFIG_A=y\n\0\n', filler: small })),
  image(
    'a config with a line that never ends',
    vmlinux({ config: `CONFIG_S="${'x'.repeat(70_000)}"\n`, filler: small }),
  ),
  image(
    'two hundred false markers',
    Buffer.concat([
      elfHeader(62),
      Buffer.concat(Array.from({ length: 200 }, () => Buffer.concat([marker, fakeGzip, noise(20)]))),
    ]),
  ),
  image(
    'two hundred false starts of gzip',
    Buffer.concat([
      elfHeader(62),
      Buffer.concat(Array.from({ length: 200 }, () => Buffer.concat([fakeGzip, noise(30)]))),
    ]),
  ),
  image('a kernel five times packed', nested(5)),
  image('a bomb in a bzImage', bzImage(gzipSync(Buffer.alloc(300 << 20)))),
  fine(
    'a zboot image that points beyond its end',
    at(zbootImage(packed, 'gzip'), 12, (b) => b.writeUInt32LE(0x7fffffff)),
  ),
  image('a zboot image of a packing that there is not', zbootImage(noise(3000), 'brotli')),
  image('a DOS program', Buffer.concat([Buffer.from('MZ'), noise(4000)])),
  image(
    'a banner with an escape sequence',
    Buffer.concat([elfHeader(62), Buffer.from('Linux version 6.12.1\u001b[2J (x)\n\0'), small]),
  ),
  image('extract: a kernel without a config', vmlinux({ filler: small }), 'extract vmlinuz'),
  image('extract: a kernel that is cut', bz.subarray(0, 5200), 'extract vmlinuz'),
  image('fix: a config in an image', vmlinux({ config: 'CONFIG_A = y\n', filler: small }), 'fix vmlinuz --write'),

  fine('a vmlinux', kernel),
  fine('a bzImage', bz),
  fine('an Image', arm64Image({ config, filler: small })),
  fine('an Image.gz', gzipSync(arm64Image({ config, filler: small }))),
  fine('a zboot image', zbootImage(gzipSync(arm64Image({ config, filler: small })), 'gzip')),
  fine('a kernel behind false markers', Buffer.concat([elfHeader(62), marker, small, marker, fakeGzip, small, kernel])),
  fine('a kernel packed twice', nested(2)),
  fine('garbage behind the payload', Buffer.concat([bz, noise(5000, 3)])),
  fine('extract: a bzImage', bz, 'extract vmlinuz'),
];
