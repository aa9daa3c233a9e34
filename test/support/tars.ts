/** Tar archives and container images made on the spot, byte by byte. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

export type Files = Readonly<Record<string, string | Uint8Array>>;

export interface TarEntry {
  readonly name: string;
  readonly type?: string;
  readonly content?: string | Uint8Array;
  readonly link?: string;
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  /** What the header says, where it is not the size of the content. */
  readonly size?: number;
}

/** A ustar archive, byte by byte, so that it can say what no tool would write. */
export function tarOf(entries: readonly TarEntry[]): Buffer {
  const parts = entries.map(({ name, type = '0', content = '', link = '', mode = 0o644, uid = 0, gid = 0, size }) => {
    const data = Buffer.from(content as Uint8Array);
    const header = Buffer.alloc(512);
    header.write(name, 0, 100);
    header.write(`${mode.toString(8).padStart(7, '0')}\0`, 100);
    header.write(`${uid.toString(8).padStart(7, '0')}\0`, 108);
    header.write(`${gid.toString(8).padStart(7, '0')}\0`, 116);
    header.write(`${(size ?? data.length).toString(8).padStart(11, '0')}\0`, 124);
    header.write('00000000000\0', 136);
    header.write(type, 156);
    header.write(link, 157, 100);
    header.write('ustar\x0000', 257, 'latin1');
    header.fill(32, 148, 156);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    return Buffer.concat([header, data, Buffer.alloc((512 - (data.length % 512)) % 512)]);
  });
  return Buffer.concat([...parts, Buffer.alloc(1024)]);
}

export function tarOfFiles(files: Files): Buffer {
  return tarOf(Object.entries(files).map(([name, content]) => ({ name, content })));
}

export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

export interface TestImage {
  /** Tar archives, the lowest first; gzip unless they are something else already. */
  readonly layers: readonly Uint8Array[];
  readonly architecture?: string;
  readonly reference?: string;
  readonly mediaType?: string;
}

/** The files of an OCI layout. */
export function ociLayout(images: readonly TestImage[], { pack = true } = {}): Record<string, Uint8Array> {
  const files: Record<string, Uint8Array> = { 'oci-layout': Buffer.from('{"imageLayoutVersion":"1.0.0"}') };
  const add = (bytes: Uint8Array, mediaType: string) => {
    const hex = sha256(bytes);
    files[`blobs/sha256/${hex}`] = bytes;
    return { mediaType, digest: `sha256:${hex}`, size: bytes.length };
  };
  const manifests = images.map(({ layers, architecture = 'amd64', reference, mediaType }) => {
    const type = mediaType ?? `application/vnd.oci.image.layer.v1.tar${pack ? '+gzip' : ''}`;
    const config = add(
      Buffer.from(JSON.stringify({ architecture, os: 'linux', rootfs: { type: 'layers', diff_ids: [] } })),
      'application/vnd.oci.image.config.v1+json',
    );
    const manifest = {
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config,
      layers: layers.map((layer) => add(pack ? gzipSync(layer) : layer, type)),
    };
    return {
      ...add(Buffer.from(JSON.stringify(manifest)), 'application/vnd.oci.image.manifest.v1+json'),
      platform: { os: 'linux', architecture },
      ...(reference === undefined ? {} : { annotations: { 'org.opencontainers.image.ref.name': reference } }),
    };
  });
  files['index.json'] = Buffer.from(JSON.stringify({ schemaVersion: 2, manifests }));
  return files;
}

/** What `docker save` wrote before it wrote OCI layouts. */
export function dockerSave(layers: readonly Uint8Array[], architecture = 'amd64'): Buffer {
  const config = Buffer.from(JSON.stringify({ architecture, os: 'linux' }));
  const places = layers.map((layer) => `${sha256(layer)}/layer.tar`);
  const manifest = [{ Config: `${sha256(config)}.json`, RepoTags: ['kernel:latest'], Layers: places }];
  return tarOf([
    ...layers.map((content, i) => ({ name: places[i] as string, content })),
    { name: `${sha256(config)}.json`, content: config },
    { name: 'manifest.json', content: JSON.stringify(manifest) },
  ]);
}
