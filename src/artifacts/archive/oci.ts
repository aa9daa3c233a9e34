/** Reads container images: an OCI layout, as a folder or in a tar, and what `docker save` writes. */
import { textOf } from './bytes.ts';
import { type ArchiveFault, fault, isFault } from './fault.ts';
import { archiveLimits } from './limits.ts';
import { type FileView, readFile, resolveFile } from './view.ts';

/** A blob or a layer by its path in the archive; `digest` is what its bytes must come to. */
export interface LayerPlace {
  readonly path: string;
  readonly digest: string | undefined;
  readonly mediaType: string;
}

export interface Image {
  /** `linux/arm64`, `linux/arm/v7`; undefined where nothing says it. */
  readonly platform: string | undefined;
  /** `name:tag`, where the archive has one. */
  readonly reference: string | undefined;
  /** The lowest first. */
  readonly layers: readonly LayerPlace[];
}

/** How the shell reads a file of the archive in place, and makes sure of its digest. */
export interface BlobAccess {
  readonly sha256: (bytes: Uint8Array) => string;
}

export function isOciLayout(view: FileView): boolean {
  return view.entryAt('oci-layout')?.kind === 'file' || view.entryAt('index.json')?.kind === 'file';
}

export function isDockerSave(view: FileView): boolean {
  return view.entryAt('manifest.json')?.kind === 'file' || view.entryAt('repositories')?.kind === 'file';
}

interface Descriptor {
  readonly mediaType?: unknown;
  readonly digest?: unknown;
  readonly size?: unknown;
  readonly platform?: { readonly os?: unknown; readonly architecture?: unknown; readonly variant?: unknown };
  readonly annotations?: Readonly<Record<string, unknown>>;
  readonly artifactType?: unknown;
}

interface Manifest {
  readonly mediaType?: unknown;
  readonly schemaVersion?: unknown;
  readonly artifactType?: unknown;
  readonly config?: Descriptor;
  readonly layers?: readonly Descriptor[];
  readonly manifests?: readonly Descriptor[];
}

/** Every image in the archive, without the attestations that builders add. */
export function imagesIn(view: FileView, access: BlobAccess): Image[] | ArchiveFault {
  if (isOciLayout(view)) return ociImages(view, access);
  return dockerImages(view);
}

function ociImages(view: FileView, access: BlobAccess): Image[] | ArchiveFault {
  const layout = readJson(view, 'oci-layout');
  if (isFault(layout) && layout.fault !== 'missing') return layout;
  const version = isFault(layout) ? '1.0.0' : (layout as { imageLayoutVersion?: unknown }).imageLayoutVersion;
  if (typeof version !== 'string' || !version.startsWith('1.'))
    return fault('unsupported', `oci-layout says version ${JSON.stringify(version)}, not 1.0.0`, 'oci-layout');
  const index = readJson(view, 'index.json');
  if (isFault(index)) return index;
  const images: Image[] = [];
  const seen = new Set<string>();
  let problem: ArchiveFault | undefined;
  const todo = (((index as Manifest).manifests ?? []) as readonly Descriptor[])
    .map((descriptor) => ({ descriptor, depth: 1, reference: referenceOf(descriptor) }))
    .reverse();
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const { descriptor, depth, reference } = next;
    if (typeof descriptor.digest === 'string' && seen.has(descriptor.digest)) continue;
    if (isAttestation(descriptor)) continue;
    seen.add(String(descriptor.digest));
    const manifest = readBlobJson(view, descriptor, access);
    if (isFault(manifest)) {
      // An archive may hold some platforms of an index only.
      if (manifest.fault === 'missing' && depth > 1) problem ??= manifest;
      else return manifest;
      continue;
    }
    if (Array.isArray(manifest.manifests)) {
      if (depth >= archiveLimits.nesting)
        return fault('too-large', `indexes stand more than ${archiveLimits.nesting} deep in each other`);
      const below = manifest.manifests.map((each) => ({
        descriptor: each,
        depth: depth + 1,
        reference: referenceOf(each) ?? reference,
      }));
      todo.push(...below.reverse());
      continue;
    }
    const image = imageOf(view, manifest, descriptor, reference, access);
    if (isFault(image)) {
      problem ??= image;
      continue;
    }
    images.push(image);
    if (images.length > archiveLimits.images)
      return fault('too-large', `it holds more than ${archiveLimits.images} images`);
  }
  if (images.length > 0) return images;
  return problem ?? fault('no-image', 'its index names no image', 'index.json');
}

function imageOf(
  view: FileView,
  manifest: Manifest,
  descriptor: Descriptor,
  reference: string | undefined,
  access: BlobAccess,
): Image | ArchiveFault {
  const at = String(descriptor.digest);
  if (manifest.schemaVersion === 1)
    return fault('unsupported', `the manifest ${at} is of schema 1, which was given up in 2017`);
  const { layers } = manifest;
  if (!Array.isArray(layers)) return fault('bad-json', `the manifest ${at} has no list of layers`);
  if (layers.length > archiveLimits.layers) return fault('too-large', `the image has ${layers.length} layers`);
  const places: LayerPlace[] = [];
  for (const layer of layers as readonly Descriptor[]) {
    const mediaType = typeof layer.mediaType === 'string' ? layer.mediaType : '';
    if (mediaType.endsWith('+encrypted'))
      return fault(
        'unsupported',
        `a layer of the image is encrypted (${mediaType})`,
        undefined,
        'decrypt it: skopeo copy --decryption-key',
      );
    if (!/\.tar\b|\.tar\./.test(mediaType))
      return fault(
        'no-image',
        `the manifest ${at} is no container image: it holds ${mediaType || 'something without a type'}`,
      );
    const path = blobPath(layer);
    if (isFault(path)) return path;
    if (isFault(resolveFile(view, path)))
      return fault(
        'missing',
        `the layer ${String(layer.digest)} is not in the archive`,
        path,
        'copy the image as a whole: skopeo copy, docker save',
      );
    places.push({ path, digest: layer.digest as string, mediaType });
  }
  return {
    platform: platformOf(descriptor.platform) ?? configPlatform(view, manifest.config, access),
    reference,
    layers: places,
  };
}

/** The image's own config says for what it is, where the index does not. */
function configPlatform(view: FileView, config: Descriptor | undefined, access: BlobAccess): string | undefined {
  if (config === undefined) return undefined;
  const read = readBlobJson(view, config, access);
  return isFault(read) ? undefined : platformOf(read as Descriptor['platform']);
}

function platformOf(platform: Descriptor['platform']): string | undefined {
  const { os, architecture, variant } = platform ?? {};
  if (typeof architecture !== 'string' || architecture === '') return undefined;
  const parts = [typeof os === 'string' && os !== '' ? os : 'linux', architecture];
  return [...parts, ...(typeof variant === 'string' && variant !== '' ? [variant] : [])].join('/');
}

function referenceOf({ annotations }: Descriptor): string | undefined {
  const name = annotations?.['io.containerd.image.name'] ?? annotations?.['org.opencontainers.image.ref.name'];
  return typeof name === 'string' && name !== '' ? name : undefined;
}

function isAttestation({ annotations, platform }: Descriptor): boolean {
  return (
    annotations?.['vnd.docker.reference.type'] === 'attestation-manifest' ||
    (platform?.os === 'unknown' && platform.architecture === 'unknown')
  );
}

function blobPath({ digest }: Descriptor): string | ArchiveFault {
  // The digest becomes a path, so it may hold nothing but itself.
  const match = typeof digest === 'string' ? /^(sha256|sha512):([0-9a-f]{64}|[0-9a-f]{128})$/.exec(digest) : null;
  if (match === null) return fault('bad-json', `${JSON.stringify(digest ?? null)} is no digest`, 'index.json');
  return `blobs/${match[1]}/${match[2]}`;
}

function readBlobJson(view: FileView, descriptor: Descriptor, { sha256 }: BlobAccess): Manifest | ArchiveFault {
  const path = blobPath(descriptor);
  if (isFault(path)) return path;
  const bytes = readFile(view, path, archiveLimits.json);
  if (isFault(bytes))
    return bytes.fault === 'missing'
      ? fault('missing', `the blob ${String(descriptor.digest)} is not in the archive`, path)
      : bytes;
  const expected = String(descriptor.digest);
  const found = `sha256:${sha256(bytes)}`;
  if (expected.startsWith('sha256:') && found !== expected)
    return fault('bad-digest', `the blob ${expected} has the digest ${found}`, path);
  return parseJson(bytes, path);
}

function readJson(view: FileView, path: string): Manifest | ArchiveFault {
  const bytes = readFile(view, path, archiveLimits.json);
  return isFault(bytes) ? bytes : parseJson(bytes, path);
}

function parseJson(bytes: Uint8Array, path: string): Manifest | ArchiveFault {
  try {
    const value: unknown = JSON.parse(textOf(bytes));
    if (typeof value === 'object' && value !== null) return value as Manifest;
  } catch {
    // Said below.
  }
  return fault('bad-json', `${path} is not the JSON that belongs there`, path);
}

interface DockerImage {
  readonly Config?: unknown;
  readonly RepoTags?: unknown;
  readonly Layers?: unknown;
}

function dockerImages(view: FileView): Image[] | ArchiveFault {
  const manifest = readJson(view, 'manifest.json');
  if (isFault(manifest)) {
    if (manifest.fault !== 'missing') return manifest;
    return fault(
      'unsupported',
      'it was written by a Docker before 1.10, without a manifest.json',
      'repositories',
      'save it again with a Docker of today',
    );
  }
  if (!Array.isArray(manifest)) return fault('bad-json', 'manifest.json is no list of images', 'manifest.json');
  if (manifest.length === 0) return fault('no-image', 'its manifest.json names no image', 'manifest.json');
  if (manifest.length > archiveLimits.images)
    return fault('too-large', `it holds more than ${archiveLimits.images} images`);
  const images: Image[] = [];
  for (const { Config, RepoTags, Layers } of manifest as readonly DockerImage[]) {
    if (!Array.isArray(Layers) || Layers.some((layer) => typeof layer !== 'string'))
      return fault('bad-json', 'an image in manifest.json has no list of layers', 'manifest.json');
    if (Layers.length > archiveLimits.layers) return fault('too-large', `the image has ${Layers.length} layers`);
    const layers: LayerPlace[] = [];
    for (const path of Layers as readonly string[]) {
      const found = resolveFile(view, path);
      if (isFault(found)) return fault(found.fault, `the layer ${path} is not in the archive`, path);
      const digest = /^blobs\/sha256\/([0-9a-f]{64})$/.exec(path)?.[1];
      layers.push({ path: found.path, digest: digest === undefined ? undefined : `sha256:${digest}`, mediaType: '' });
    }
    const config = typeof Config === 'string' ? readJson(view, Config) : undefined;
    const platform = config === undefined || isFault(config) ? undefined : platformOf(config as Descriptor['platform']);
    const [tag] = Array.isArray(RepoTags) ? RepoTags : [];
    images.push({ platform, reference: typeof tag === 'string' ? tag : undefined, layers });
  }
  return images;
}

/** A name for each image by what tells it from the others: nothing, its platform, or the name that it was given. */
export function imageNames(name: string, images: readonly Image[]): string[] {
  if (images.length === 1) return [name];
  const platforms = images.map(({ platform }) => platform ?? 'unknown');
  if (new Set(platforms).size === images.length) return platforms.map((platform) => `${name}@${platform}`);
  return images.map(({ reference }, i) => `${name}@${reference ?? platforms[i]}#${i + 1}`);
}
