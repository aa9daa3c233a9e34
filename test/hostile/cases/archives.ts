/** Archives, packages and container images that lie about what is in them. */
import { gzipSync } from 'node:zlib';
import { noise } from '../../support/images.ts';
import { dockerSave, ociLayout, sha256, type TarEntry, tarOf, tarOfFiles } from '../../support/tars.ts';
import { bad, good, type HostileCase } from '../hostile-case.ts';

const config = '# Linux/x86 6.12.0 Kernel Configuration\nCONFIG_A=y\n';
const args = 'x.tar --kconfig off';
const tar = (name: string, bytes: Uint8Array): HostileCase => bad(name, args, { 'x.tar': bytes });
const fine = (name: string, bytes: Uint8Array): HostileCase => good(name, args, { 'x.tar': bytes });
const entries = (...list: TarEntry[]): Buffer => tarOf(list);
const boot: TarEntry = { name: 'boot/config-6.12.0', content: config };
const sound = entries(boot);
const changed = (bytes: Buffer, at: number, to: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy[at] = to;
  return copy;
};
const arHeader = (name: string, size: number | string): Buffer =>
  Buffer.from(`${name.padEnd(16)}0           0     0     100644  ${String(size).padEnd(10)}\`\n`);
const ar = (...members: (readonly [string, Buffer])[]): Buffer =>
  Buffer.concat([
    Buffer.from('!<arch>\n'),
    ...members.map(([name, bytes]) =>
      Buffer.concat([arHeader(name, bytes.length), bytes, Buffer.alloc(bytes.length % 2, 10)]),
    ),
  ]);
const layout = ociLayout([{ layers: [tarOfFiles({ 'boot/config-6.12.0': config })] }]);
const blobs = Object.keys(layout).filter((path) => path.startsWith('blobs/'));
const gzipBlob = blobs.find((path) => layout[path]?.[0] === 0x1f) as string;
const oci = (name: string, files: Record<string, Uint8Array>): HostileCase =>
  bad(
    name,
    'image --kconfig off',
    Object.fromEntries(Object.entries(files).map(([path, bytes]) => [`image/${path}`, bytes])),
  );
const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
/** A layout whose index names one manifest, which is whatever is given. */
const layoutOf = (
  manifest: Buffer,
  mediaType = 'application/vnd.oci.image.manifest.v1+json',
): Record<string, Uint8Array> => ({
  'oci-layout': Buffer.from('{"imageLayoutVersion":"1.0.0"}'),
  'index.json': json({
    schemaVersion: 2,
    manifests: [{ mediaType, digest: `sha256:${sha256(manifest)}`, size: manifest.length }],
  }),
  [`blobs/sha256/${sha256(manifest)}`]: manifest,
});
const layerTo = (digest: string, count = 1): Buffer => {
  const layer = { mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', digest, size: 10 };
  return json({ schemaVersion: 2, config: layer, layers: Array.from({ length: count }, () => layer) });
};
const selfIndex = (): Record<string, Uint8Array> => {
  const digest = `sha256:${'a'.repeat(64)}`;
  const index = json({
    schemaVersion: 2,
    manifests: [{ mediaType: 'application/vnd.oci.image.index.v1+json', digest, size: 10 }],
  });
  return {
    'oci-layout': Buffer.from('{"imageLayoutVersion":"1.0.0"}'),
    'index.json': index,
    [`blobs/sha256/${'a'.repeat(64)}`]: index,
  };
};

export const archiveCases: readonly HostileCase[] = [
  tar('an archive without a config', entries({ name: 'readme', content: 'x' })),
  tar('an archive that is cut in a header', sound.subarray(0, 300)),
  tar('an archive that is cut in a file', sound.subarray(0, 530)),
  tar('an archive that is cut between files', entries(boot, { name: 'b', content: noise(3000) }).subarray(0, 1536)),
  tar('a header with a wrong checksum', changed(entries(boot, boot), 1030, 0x58)),
  tar('a file larger than its archive', entries({ ...boot, size: 0o7777777777 })),
  tar(
    'a size in letters',
    (() => {
      const b = entries(boot);
      b.write('zzzzzzzzzzz\0', 124);
      b.fill(32, 148, 156);
      let s = 0;
      for (let i = 0; i < 512; i++) s += b[i] as number;
      b.write(`${s.toString(8).padStart(6, '0')}\0 `, 148);
      return b;
    })(),
  ),
  tar(
    'a config that is a link to outside',
    entries({ name: 'boot/config-6.12.0', type: '2', link: '../../../../etc/passwd' }),
  ),
  tar('a config that is a link to itself', entries({ name: 'boot/config-6.12.0', type: '2', link: 'config-6.12.0' })),
  tar(
    'a config that is a hard link to what is not there',
    entries({ name: 'boot/config-6.12.0', type: '1', link: 'gone' }),
  ),
  tar('a config that is a pipe', entries({ name: 'boot/config-6.12.0', type: '6' })),
  tar('a config that is a device', entries({ name: 'boot/config-6.12.0', type: '3' })),
  tar('a config of prose', entries({ name: 'boot/config-6.12.0', content: 'dear diary\n' })),
  tar('a config that is empty', entries({ name: 'boot/config-6.12.0', content: '' })),
  tar(
    'a config of more than 8 MiB',
    entries({ name: 'boot/config-6.12.0', content: Buffer.alloc((8 << 20) + 1, 'CONFIG_A=y\n') }),
  ),
  tar('a good config and a bad one', entries(boot, { name: 'boot/config-6.1.0', content: '\0' })),
  tar(
    'an archive in gzip that is cut',
    gzipSync(entries(boot, { name: 'b', content: noise(60_000) })).subarray(0, 9000),
  ),
  tar(
    'an archive in gzip with a wrong checksum',
    (() => {
      const b = gzipSync(sound);
      return changed(b, b.length - 8, (b[b.length - 8] as number) ^ 1);
    })(),
  ),
  tar(
    'an extended header that never ends',
    entries({ name: 'x', type: 'x', content: `99999 path=${'a'.repeat(3000)}\n` }, boot),
  ),
  tar('a long name of 2 MiB', entries({ name: '././@LongLink', type: 'L', content: Buffer.alloc(2 << 20, 'a') }, boot)),
  bad('a Debian package that is cut', 'x.deb', {
    'x.deb': ar(['debian-binary', Buffer.from('2.0\n')]).subarray(0, 50),
  }),
  bad('a Debian package without content', 'x.deb', { 'x.deb': ar(['debian-binary', Buffer.from('2.0\n')]) }),
  bad('a Debian package of a packing that there is not', 'x.deb', {
    'x.deb': ar(
      ['debian-binary', Buffer.from('2.0\n')],
      ['control.tar.gz', gzipSync(tarOf([]))],
      ['data.tar.lz', noise(500)],
    ),
  }),
  bad('a Debian package whose content is noise', 'x.deb', {
    'x.deb': ar(
      ['debian-binary', Buffer.from('2.0\n')],
      ['control.tar.gz', gzipSync(tarOf([]))],
      ['data.tar.gz', noise(500)],
    ),
  }),
  bad('an ar archive with a size in letters', 'x.deb', {
    'x.deb': Buffer.concat([Buffer.from('!<arch>\n'), arHeader('debian-binary', 'zz'), Buffer.from('2.0\n')]),
  }),
  bad('only the start of an RPM package', 'x.rpm', {
    'x.rpm': Buffer.concat([Buffer.from([0xed, 0xab, 0xee, 0xdb]), Buffer.alloc(30)]),
  }),
  bad('an RPM package of noise', 'x.rpm', {
    'x.rpm': Buffer.concat([Buffer.from([0xed, 0xab, 0xee, 0xdb, 3, 0]), noise(3000)]),
  }),
  oci('a container image without an index', {
    'oci-layout': Buffer.from('{"imageLayoutVersion":"1.0.0"}'),
    'blobs/x': Buffer.from('x'),
  }),
  oci('a container image whose index is no JSON', { ...layout, 'index.json': Buffer.from('hello') }),
  oci('a container image whose index is a list', { ...layout, 'index.json': Buffer.from('[]') }),
  oci('a container image of no images', { ...layout, 'index.json': json({ schemaVersion: 2, manifests: [] }) }),
  oci('a container image whose index is a thousand deep', {
    ...layout,
    'index.json': Buffer.from('['.repeat(100_000)),
  }),
  oci(
    'a container image with a layer that is not there',
    Object.fromEntries(Object.entries(layout).filter(([path]) => path !== gzipBlob)),
  ),
  oci('a container image with a layer of another digest', {
    ...layout,
    [gzipBlob]: gzipSync(tarOfFiles({ 'boot/config-6.12.0': `${config}CONFIG_EVIL=y\n` })),
  }),
  oci('a container image with a digest that leads away', layoutOf(layerTo('sha256:../../../../etc/passwd'))),
  oci('a container image with a digest of no kind', layoutOf(layerTo('md5:0'))),
  oci('a container image of six hundred layers', layoutOf(layerTo(`sha256:${'b'.repeat(64)}`, 600))),
  oci('a container image without layers', layoutOf(json({ schemaVersion: 2, config: {}, layers: [] }))),
  oci('a container image whose index is within itself', selfIndex()),
  oci('a container image whose manifest is noise', layoutOf(noise(300))),
  bad('an image of docker save without its layers', 'x.tar', {
    'x.tar': tarOfFiles({ 'manifest.json': json([{ Config: 'a.json', RepoTags: ['x'], Layers: ['gone/layer.tar'] }]) }),
  }),
  bad('an image of docker save that leads away', 'x.tar', {
    'x.tar': tarOfFiles({
      'manifest.json': json([{ Config: '../../etc/passwd', RepoTags: ['x'], Layers: ['../../../etc/passwd'] }]),
    }),
  }),
  bad('bundle: an archive that is cut', 'bundle x.tar', { 'x.tar': sound.subarray(0, 300) }),
  bad('bundle: an archive of nothing', 'bundle x.tar', { 'x.tar': tarOf([]) }),
  bad('bundle: noise', 'bundle x.tar', { 'x.tar': noise(3000) }),

  fine('an archive', sound),
  fine('an archive in gzip', gzipSync(sound)),
  tar(
    'an archive with paths that lead away beside',
    entries(boot, { name: '../../evil', content: 'x' }, { name: '/etc/evil', content: 'x' }),
  ),
  fine(
    'an archive with links in a circle beside',
    entries(boot, { name: 'a', type: '2', link: 'b' }, { name: 'b', type: '2', link: 'a' }),
  ),
  fine(
    'an archive with names that are properties of every object',
    entries(boot, { name: '__proto__', content: 'x' }, { name: 'constructor/x', content: 'x' }),
  ),
  fine('an archive with zeros behind', Buffer.concat([sound, Buffer.alloc(10_240)])),
  good(
    'a container image',
    'image --kconfig off',
    Object.fromEntries(Object.entries(layout).map(([path, bytes]) => [`image/${path}`, bytes])),
  ),
  good('an image of docker save', 'x.tar --kconfig off', {
    'x.tar': dockerSave([tarOfFiles({ 'boot/config-6.12.0': config })]),
  }),
];
