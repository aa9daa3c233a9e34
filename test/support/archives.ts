/** Archives and container images made on the spot, and the tools of others that make or read them. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll } from 'vitest';
import type { ArchiveFault } from '../../src/artifacts/archive/fault.ts';
import { isFault } from '../../src/artifacts/archive/fault.ts';
import type { Interest } from '../../src/artifacts/archive/index.ts';
import { type FileView, filesOf } from '../../src/artifacts/archive/view.ts';
import { createArchiveHost } from '../../src/node-archive-host.ts';
import { type OpenedFiles, openFiles, type UnpackWhole } from '../../src/project/open-files.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder that is gone after the tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kconfig-lint-test-'));
  folders.push(folder);
  return folder;
}

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** Writes files into a folder. */
export function writeFiles(folder: string, files: Files): string {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** True where a tool is there; where it is not, says so once and loudly. */
export function hasTool(name: string): boolean {
  const found = spawnSync('which', [name]).status === 0;
  if (!found) console.warn(`SKIPPED: tests that need ${name}, which is not installed`);
  return found;
}

export function run(tool: string, args: readonly string[], options: { cwd?: string; input?: Uint8Array } = {}): Buffer {
  return execFileSync(tool, args as string[], { stdio: ['pipe', 'pipe', 'pipe'], maxBuffer: 1 << 28, ...options });
}

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

export const interest: Interest = { headSize: 64, classify: () => undefined, isLikely: () => false };

const noUnpacker: UnpackWhole = () => undefined;

/** Opens a path, which has to work. */
export function opened(path: string, unpackWhole: UnpackWhole = noUnpacker): OpenedFiles {
  const files = openFiles(path, { host: createArchiveHost(), unpackWhole }, interest);
  if (files === undefined || isFault(files)) throw new Error(files?.message ?? 'it holds no files');
  return files;
}

/** The first file system in it, which has to be sound. */
export function viewIn(path: string, unpackWhole?: UnpackWhole): FileView {
  const view = opened(path, unpackWhole).places[0]?.open();
  if (view === undefined || isFault(view)) throw new Error(view?.message);
  return view;
}

/** What is wrong with what a path holds. */
export function faultIn(path: string, unpackWhole: UnpackWhole = noUnpacker): ArchiveFault {
  const files = openFiles(path, { host: createArchiveHost(), unpackWhole }, interest);
  const found = files !== undefined && !isFault(files) ? files.places[0]?.open() : files;
  if (found === undefined || !isFault(found)) throw new Error('nothing is wrong');
  return found;
}

export function pathsIn(view: FileView): string[] {
  return [...filesOf(view)];
}
