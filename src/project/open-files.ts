/** From a path to the files behind it: of a folder, an archive, a package, or the images of a container archive. */
import { isAr } from '../artifacts/archive/ar.ts';
import { droppingSink, type Flow, flowOf, headOf, type PieceSink, stop, tooShort } from '../artifacts/archive/bytes.ts';
import { type ArchiveFault, fault, isFault } from '../artifacts/archive/fault.ts';
import { type Interest, viewOf } from '../artifacts/archive/index.ts';
import { archiveLimits } from '../artifacts/archive/limits.ts';
import {
  type Image,
  imageNames,
  imagesIn,
  isDockerSave,
  isOciLayout,
  type LayerPlace,
} from '../artifacts/archive/oci.ts';
import { isRpm, openDeb, openRpm, type PackageFacts, type Unpacker } from '../artifacts/archive/package.ts';
import { isTar, tarReader } from '../artifacts/archive/tar.ts';
import type { FileView } from '../artifacts/archive/view.ts';
import { compressionOf, unpack } from '../artifacts/compression/index.ts';
import type { ArchiveHost, ByteFile, Zlib } from '../host.ts';
import { folderView } from './folder-view.ts';

/** One file system to look at; an archive of container images has one for each image. */
export interface FilePlace {
  readonly name: string;
  /** `linux/arm64`, where it is a container image that says so. */
  readonly platform: string | undefined;
  readonly open: () => FileView | ArchiveFault;
}

export interface OpenedFiles {
  /** As the user named it. */
  readonly path: string;
  readonly kind: 'folder' | 'tar' | 'deb' | 'rpm' | 'image';
  readonly places: readonly FilePlace[];
  readonly facts?: PackageFacts;
  readonly close: () => void;
}

export interface Opener {
  readonly host: ArchiveHost;
  readonly unpackWhole: UnpackWhole;
}

/** For compressions that are not unfolded in pieces. Undefined where the bytes start like none. */
export type UnpackWhole = (
  packed: Uint8Array,
  limit: number,
) =>
  | Uint8Array
  | { readonly code: 'too-large' | 'damaged' | 'truncated' | 'unsupported'; readonly detail: string }
  | undefined;

/** The decoders, for archives. */
export function wholeUnpacker(zlib: Zlib): UnpackWhole {
  return (packed, limit) => {
    if (compressionOf(packed) === undefined) return undefined;
    const unpacked = unpack(packed, 0, { limit, zlib });
    return 'error' in unpacked ? { code: unpacked.error, detail: unpacked.detail } : unpacked.bytes;
  };
}

const headSize = 1024;

/** Undefined where the path is a file, but none that holds files. */
export function openFiles(path: string, opener: Opener, interest: Interest): OpenedFiles | ArchiveFault | undefined {
  const { host } = opener;
  const opened = host.open(path);
  if ('error' in opened) {
    if (opened.error === 'folder') return openFolder(path, opener, interest);
    if (opened.error === 'missing') return fault('missing', 'no such file', undefined, 'check the path');
    const said = { denied: 'permission denied', 'not-regular': 'this is not a regular file' };
    return fault('unreadable', said[opened.error as keyof typeof said] ?? `it cannot be read (${opened.detail})`);
  }
  const made = openFile(path, opened, opener, interest);
  if (made === undefined || isFault(made)) opened.close();
  return made;
}

function openFile(
  path: string,
  opened: ByteFile,
  opener: Opener,
  interest: Interest,
): OpenedFiles | ArchiveFault | undefined {
  const head = opened.read(0, headSize);
  const unpack = unpackerOf(opener);
  const { close } = opened;
  if (isAr(head) || isRpm(head)) {
    const made = isAr(head) ? openDeb(path, opened, unpack, interest) : openRpm(path, opened, unpack, interest);
    if (isFault(made)) return made;
    const { facts, view } = made;
    return { path, kind: facts.kind, facts, places: [{ name: path, platform: undefined, open: () => view }], close };
  }
  const flow = isTar(head) ? flowOf(opened) : tarWithin(opened, unpack);
  if (flow === undefined) return undefined;
  const tar = openTar(path, flow, opener, interest);
  return isFault(tar) ? tar : { ...tar, close };
}

/** The tar archive that a file unpacks to, if it does. */
function tarWithin(file: ByteFile, unpack: Unpacker): Flow | undefined {
  if (!isPacked(file.read(0, 8))) return undefined;
  const flow = unpack(flowOf(file), file.size, 'the file');
  const head = headOf(flow, headSize);
  return !isFault(head) && isTar(head) ? flow : undefined;
}

/** Of a container archive only its JSON is kept, and nothing is guessed about. */
const containerInterest: Interest = {
  headSize: 0,
  classify: () => undefined,
  isLikely: (_, size) => size <= 1 << 16,
};

function openTar(path: string, flow: Flow, opener: Opener, interest: Interest): OpenedFiles | ArchiveFault {
  const outer = viewOf(path, [{ flow, reader: tarReader }], { isLayered: false, interest: containerInterest });
  if (isFault(outer)) return outer;
  if (isOciLayout(outer) || isDockerSave(outer)) return openImages(outer, opener, interest);
  const open = () => viewOf(path, [{ flow, reader: tarReader }], { isLayered: false, interest });
  return { path, kind: 'tar', places: [{ name: path, platform: undefined, open }], close: () => {} };
}

function openFolder(path: string, opener: Opener, interest: Interest): OpenedFiles | ArchiveFault {
  const view = folderView(path, opener.host);
  if (isOciLayout(view) && view.entryAt('blobs') !== undefined) return openImages(view, opener, interest);
  return { path, kind: 'folder', places: [{ name: path, platform: undefined, open: () => view }], close: () => {} };
}

function openImages(outer: FileView, opener: Opener, interest: Interest): OpenedFiles | ArchiveFault {
  const images = imagesIn(outer, { sha256: (bytes) => digestOf((sink) => void sink(bytes), opener.host) as string });
  if (isFault(images)) return images;
  const names = imageNames(outer.name, images);
  return {
    path: outer.name,
    kind: 'image',
    places: images.map((image, i) => ({
      name: names[i] as string,
      platform: image.platform,
      open: () => openImage(names[i] as string, image, outer, opener, interest),
    })),
    close: () => {},
  };
}

function openImage(
  name: string,
  image: Image,
  outer: FileView,
  opener: Opener,
  interest: Interest,
): FileView | ArchiveFault {
  const unpack = unpackerOf(opener);
  const layers: { flow: Flow; reader: typeof tarReader }[] = [];
  for (const place of image.layers) {
    const packed = outer.contentOf(place.path);
    const wrong = checkDigest(place, packed, opener.host);
    if (wrong !== undefined) return wrong;
    const size = outer.entryAt(place.path)?.size ?? 0;
    // What a builder writes for a step that changed nothing.
    if (size > 0)
      layers.push({ flow: unpack(packed, size, `the layer ${place.digest ?? place.path}`), reader: tarReader });
  }
  return viewOf(name, layers, { isLayered: true, interest, container: outer.container });
}

function checkDigest({ digest, path }: LayerPlace, flow: Flow, host: ArchiveHost): ArchiveFault | undefined {
  if (digest === undefined || !digest.startsWith('sha256:')) return undefined;
  const found = digestOf(flow, host);
  if (typeof found !== 'string') return found;
  return `sha256:${found}` === digest
    ? undefined
    : fault('bad-digest', `the layer ${digest} has the digest sha256:${found}`, path);
}

/** SHA-256 of a flow, in hexadecimal. */
export function digestOf(flow: Flow, host: ArchiveHost): string | ArchiveFault {
  const hash = host.sha256();
  const problem = flow((piece) => {
    hash.add(piece);
    return 0;
  });
  return problem ?? hash.hex();
}

const isGzip = (head: Uint8Array): boolean => head[0] === 0x1f && head[1] === 0x8b;

/** True where a compression starts that archives come in: gzip, xz, zstd, bzip2. */
function isPacked(head: Uint8Array): boolean {
  const [a, b, c, d] = head;
  return (
    isGzip(head) ||
    (a === 0xfd && b === 0x37 && c === 0x7a) ||
    (a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd) ||
    (a === 0x42 && b === 0x5a && c === 0x68)
  );
}

function unpackerOf({ host, unpackWhole }: Opener): Unpacker {
  return (packed, size, what) => {
    let whole: Flow | undefined;
    return (sink) => {
      const head = headOf(packed, headSize);
      if (isFault(head)) return head;
      if (isGzip(head)) return gunzip(packed, sink, what, host);
      if (whole === undefined) {
        const made = isTar(head) ? packed : wholeFlow(packed, size, what, unpackWhole);
        if (isFault(made)) return made;
        whole = made;
      }
      return whole(sink);
    };
  };
}

function gunzip(packed: Flow, sink: PieceSink, what: string, host: ArchiveHost): ArchiveFault | undefined {
  const reader = host.gzipReader();
  const dropping = droppingSink(sink);
  let unpacked = 0;
  let isStopped = false;
  let problem: ArchiveFault | undefined;
  const bad = (detail: string) => fault('bad-compression', `${what} is damaged or cut off: ${detail}`);
  const take = (piece: Uint8Array): boolean => {
    const bytes = reader.push(piece);
    if (typeof bytes === 'string') problem = bad(bytes);
    else {
      unpacked += bytes.length;
      if (unpacked > archiveLimits.unpacked)
        problem = fault('too-large', `${what} unfolds to more than ${archiveLimits.unpacked} bytes`);
      else if (bytes.length > 0) isStopped = !dropping.take(bytes);
    }
    return problem === undefined && !isStopped;
  };
  // Small pieces: each may unfold to a thousand times as much.
  const step = 1 << 13;
  const ended = packed((piece) => {
    for (let at = 0; at < piece.length; at += step) if (!take(piece.subarray(at, at + step))) return stop;
    return 0;
  });
  const rest = reader.end();
  if (isStopped) return undefined;
  const early = problem ?? ended;
  if (early !== undefined) return early;
  if (rest !== undefined) return bad(rest);
  return dropping.missing() > 0 ? tooShort(dropping.missing()) : undefined;
}

/** The other compressions are unfolded as a whole. */
function wholeFlow(packed: Flow, size: number, what: string, unpackWhole: UnpackWhole): Flow | ArchiveFault {
  if (size > archiveLimits.wholePacked)
    return fault('too-large', `${what} has ${size} bytes, more than ${archiveLimits.wholePacked}`);
  const bytes = headOf(packed, size);
  if (isFault(bytes)) return bytes;
  const unpacked = unpackWhole(bytes, archiveLimits.wholeUnpacked);
  // Not compressed: cpio and tar may stand there as they are.
  if (unpacked === undefined) return packed;
  if (unpacked instanceof Uint8Array)
    return flowOf({ size: unpacked.length, read: (at, length) => unpacked.subarray(at, at + length) });
  const { code, detail } = unpacked;
  if (code === 'too-large')
    return fault('too-large', `${what} unfolds to more than ${archiveLimits.wholeUnpacked} bytes`);
  if (code === 'unsupported')
    return fault('unsupported', `${what} is compressed in a way that is not known: ${detail}`);
  return fault('bad-compression', `${what} is damaged or cut off: ${detail}`);
}
