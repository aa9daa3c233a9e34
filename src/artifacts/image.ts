/** Kernel images: the config that CONFIG_IKCONFIG put into them, their release and architecture, packed or not. */
import type { RaisedLimits, Zlib } from '../host.ts';
import type { Arch } from '../target.ts';
import { type Compression, compressionOf, unpack, type Watch } from './compression/index.ts';
import { finder } from './find-bytes.ts';
import { type ImageFormat, type ImageHeader, readImageHeader, stringAt } from './image-header.ts';

/** What one image may cost; a ratio would not tell good from bad, since zeros pack 30,000 to 1. */
export const imageLimits = {
  /** Bytes that one packed part may unfold to. */
  payload: 256 << 20,
  /** Bytes of all parts together. */
  total: 512 << 20,
  /** Places that look like packed data or like a config and are tried, in all layers together. */
  candidates: 128,
  /** Layers around the kernel: an `Image.gz` has one, a packed EFI image in a gzip two. */
  depth: 3,
  /** Bytes of the config. */
  config: 16 << 20,
  /** Bytes of the config as it lies packed in a kernel. */
  packedConfig: 4 << 20,
} as const;
/** What stands at a false magic number breaks within this many bytes; only what does not is unpacked in full. */
const probeSize = 1 << 20;

/** Where in the file something was found: the layers that were unpacked on the way, outermost first. */
export interface Layer {
  readonly compression: Compression;
  /** Offset in what it lies in. */
  readonly at: number;
}

/** What stood in the way; the first of them is the reason when nothing was found. */
export type ImageObstacle =
  /** The payload that a header points at, or the config, does not unpack. */
  | { readonly kind: 'damaged'; readonly what: string; readonly detail: string; readonly at: number }
  /** A limit was hit, so that not all was looked at. */
  | { readonly kind: 'limit'; readonly detail: string; readonly raise?: keyof RaisedLimits };

export interface KernelImage {
  /** Of the outermost layer that is an image. */
  readonly format?: ImageFormat;
  readonly arch?: Arch;
  /** `6.12.0-9-amd64`, from the banner or the header. */
  readonly release?: string;
  /** `Linux version 6.12.0-9-amd64 (debian-kernel@…) …`. */
  readonly banner?: string;
  /** The embedded config as text bytes. */
  readonly config?: Uint8Array;
  /** The file was no image but a config that was packed as a whole. */
  readonly isText?: true;
  /** What was unpacked on the way to the config, or, without one, to the kernel. */
  readonly layers: readonly Layer[];
  /** How the file as a whole is packed. */
  readonly outermost?: Compression;
  /** Number of parts that were unpacked. */
  readonly unpacked: number;
  readonly obstacles: readonly ImageObstacle[];
}

export interface ImageOptions {
  readonly zlib: Zlib;
  readonly limits?: Partial<Record<keyof typeof imageLimits, number>>;
  /** Also find the banner where the config was found already, for which all is unpacked. */
  readonly wantsRelease?: boolean;
}

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
/** What stands before an embedded config, and the start of the gzip that it is. */
export const configMarker = 'IKCFG_ST\x1f\x8b\x08';
const findConfigStart = finder(bytesOf(configMarker));
const findBanner = finder(bytesOf('Linux version '));
const markerLength = 8;

interface Entered {
  readonly bytes: Uint8Array;
  readonly layers: readonly Layer[];
}

/** A layer whose parts are tried one after the other. */
interface Frame extends Entered {
  /** Places that a header names, or the start of what is packed as a whole: they must unpack. */
  readonly named: number[];
  /** Where parts that were tried start and end. */
  readonly done: Map<number, number>;
  /** From here on the rest is searched for magic numbers. */
  at: number;
}

interface Search {
  readonly zlib: Zlib;
  readonly limits: Readonly<Record<keyof typeof imageLimits, number>>;
  readonly obstacles: ImageObstacle[];
  header: ImageHeader | undefined;
  banner: string | undefined;
  /** Layers around the banner. */
  kernelLayers: readonly Layer[];
  outermost: Compression | undefined;
  unpacked: number;
  /** A config that was seen before all that is around it was unpacked. */
  seen: Uint8Array | undefined;
  readonly mayStop: boolean;
  /** Bytes that may still be unpacked. */
  budget: number;
  /** Places that were tried because of a magic number or a marker. */
  tried: number;
}

/** Looks for a kernel and its config in `bytes`: as they are, then in what is packed in them. Never throws. */
export function readImage(bytes: Uint8Array, options: ImageOptions): KernelImage {
  const limits = { ...imageLimits, ...options.limits };
  const search: Search = {
    zlib: options.zlib,
    limits,
    obstacles: [],
    header: undefined,
    banner: undefined,
    kernelLayers: [],
    outermost: compressionOf(bytes),
    unpacked: 0,
    seen: undefined,
    mayStop: options.wantsRelease !== true,
    budget: limits.total,
    tried: 0,
  };
  const stack: Frame[] = [];
  for (let entered: Entered | undefined = { bytes, layers: [] }; entered !== undefined; ) {
    if (isPackedText(entered, search))
      return { ...result(search, entered.layers), config: entered.bytes, isText: true };
    const config: Uint8Array | undefined = search.seen ?? readEmbedded(entered.bytes, search);
    search.header ??= readImageHeader(entered.bytes);
    if (config === undefined || options.wantsRelease === true) noteBanner(entered, search);
    if (config !== undefined) return { ...result(search, entered.layers), config };
    stack.push(openFrame(entered, search));
    entered = nextLayer(stack, search);
  }
  return result(search, search.kernelLayers);
}

function result(search: Search, layers: readonly Layer[]): KernelImage {
  const { header, banner: found, outermost, unpacked, obstacles } = search;
  const banner = found ?? (header?.banner === undefined ? undefined : `Linux version ${header.banner}`);
  const release = banner === undefined ? undefined : /^Linux version (\S+)/.exec(banner)?.[1];
  return {
    ...(header === undefined ? {} : { format: header.format }),
    ...(header?.arch === undefined ? {} : { arch: header.arch }),
    ...(release === undefined ? {} : { release }),
    ...(banner === undefined ? {} : { banner }),
    layers,
    ...(outermost === undefined ? {} : { outermost }),
    unpacked,
    obstacles,
  };
}

/** A config that was packed as a whole, by whatever tool; a NUL would make it something else. */
function isPackedText({ bytes, layers }: Entered, { limits }: Search): boolean {
  if (layers.length === 0 || bytes.length > limits.config || layers.some(({ at }) => at > 0)) return false;
  return bytes.length > 0 && bytes.indexOf(0) === -1 && compressionOf(bytes) === undefined;
}

/** The config between its markers; undefined where none is. */
function readEmbedded(bytes: Uint8Array, search: Search): Uint8Array | undefined {
  const { zlib, limits, obstacles } = search;
  for (let at = findConfigStart(bytes, 0); at !== -1; at = findConfigStart(bytes, at + 1)) {
    if (search.tried++ >= limits.candidates) {
      noteLimit(search, `more than ${limits.candidates} places look like an embedded config`, 'image-places');
      break;
    }
    const unpacked = unpack(bytes, at + markerLength, { limit: limits.config, zlib, single: true });
    if ('bytes' in unpacked) return unpacked.bytes;
    obstacles.push({ kind: 'damaged', what: 'the embedded config', detail: unpacked.detail, at: unpacked.at });
  }
  return undefined;
}

/**
 * Sees a config as soon as it was unpacked, so that the rest need not be: it has a checksum of its own. Behind a filter of xz it looks
 * damaged until the end, and is found then.
 */
function watchFor(search: Search): Watch {
  let from = 0;
  return (bytes) => {
    const at = findConfigStart(bytes, from);
    from = at === -1 ? Math.max(0, bytes.length - configMarker.length) : at;
    if (at === -1) return false;
    const { zlib, limits } = search;
    const unpacked = unpack(bytes, at + markerLength, { limit: limits.config, zlib, single: true });
    if ('bytes' in unpacked) search.seen = unpacked.bytes;
    else if (unpacked.error !== 'truncated') from = at + 1;
    return search.seen !== undefined;
  };
}

function noteBanner({ bytes, layers }: Entered, search: Search): void {
  if (search.banner !== undefined) return;
  for (let at = findBanner(bytes, 0); at !== -1; at = findBanner(bytes, at + 1)) {
    const text = stringAt(bytes, at, 512);
    if (text === undefined || !/^Linux version \d+\.\d/.test(text)) continue;
    search.banner = text;
    search.kernelLayers = layers;
    return;
  }
}

function openFrame({ bytes, layers }: Entered, { obstacles }: Search): Frame {
  const named: number[] = [];
  const payload = readImageHeader(bytes)?.payload;
  if (compressionOf(bytes) !== undefined) named.push(0);
  else if (payload !== undefined && payload.at + payload.length <= bytes.length) named.push(payload.at);
  else if (payload !== undefined) {
    const end = payload.at + payload.length;
    const detail = `by its header it ends at byte ${end}, but the file ends at ${bytes.length}`;
    obstacles.push({ kind: 'damaged', what: 'the packed kernel', detail, at: payload.at });
    if (payload.at < bytes.length) named.push(payload.at);
  }
  return { bytes, layers, named, done: new Map(), at: 0 };
}

/** The next part that unpacks, from the innermost layer that has one left; undefined when all were tried. */
function nextLayer(stack: Frame[], search: Search): Entered | undefined {
  for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
    const named = frame.named.pop();
    const at = named ?? nextCandidate(frame, search);
    if (at === -1) {
      stack.pop();
      continue;
    }
    const { bytes, layers } = frame;
    const compression = compressionOf(bytes, at);
    if (compression === undefined) {
      noteUnknownPacking(bytes, at, search);
      continue;
    }
    if (layers.length >= search.limits.depth) {
      noteLimit(search, `it is packed more than ${search.limits.depth} times over`);
      stack.pop();
      continue;
    }
    const inner = unpackCandidate(bytes, at, named !== undefined, search);
    // What lies within a part that unpacked is no start of another.
    frame.done.set(at, inner?.end ?? at + 1);
    if (inner === undefined) continue;
    search.unpacked++;
    return { bytes: inner.bytes, layers: [...layers, { compression, at }] };
  }
  return undefined;
}

/** True for the first byte of each magic number. */
const isFirstByte = new Uint8Array(256);
for (const byte of [0x1f, 0x28, 0xfd, 0x5d, 0x42, 0x02, 0x04, 0x89]) isFirstByte[byte] = 1;

/** The next place with a magic number, or -1. */
function nextCandidate(frame: Frame, search: Search): number {
  const { bytes } = frame;
  for (let at = frame.at; at + markerLength < bytes.length; at++) {
    if (isFirstByte[bytes[at] as number] === 0 || compressionOf(bytes, at) === undefined) continue;
    frame.at = at;
    const end = frame.done.get(at);
    if (end !== undefined) {
      at = end - 1;
      continue;
    }
    if (search.tried++ < search.limits.candidates) return at;
    noteLimit(
      search,
      `more than ${search.limits.candidates} places look like the start of a packed kernel`,
      'image-places',
    );
    return -1;
  }
  return -1;
}

function noteLimit({ obstacles }: Search, detail: string, raise?: keyof RaisedLimits): void {
  if (!obstacles.some((each) => each.detail === detail))
    obstacles.push({ kind: 'limit', detail, ...(raise === undefined ? {} : { raise }) });
}

function noteUnknownPacking(bytes: Uint8Array, at: number, { obstacles }: Search): void {
  // A payload that is not packed was searched with all that is around it.
  if (readImageHeader(bytes.subarray(at)) !== undefined) return;
  const first = [...bytes.subarray(at, at + 6)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  const detail = `no packing that is known starts with ${first}`;
  obstacles.push({ kind: 'damaged', what: 'the packed kernel', detail, at });
}

/** Unpacks a part within what is left of the budget; failures count only where there must be something. */
function unpackCandidate(
  bytes: Uint8Array,
  at: number,
  isNamed: boolean,
  search: Search,
): { readonly bytes: Uint8Array; readonly end: number } | undefined {
  const { zlib, limits, obstacles } = search;
  const probe = unpack(bytes, at, { limit: Math.min(probeSize, limits.payload, search.budget), zlib, single: true });
  if ('bytes' in probe) {
    search.budget -= probe.bytes.length;
    return probe;
  }
  const limit = Math.min(limits.payload, search.budget);
  let { error, detail } = probe;
  if (error === 'too-large' && limit > probeSize) {
    const watch = search.mayStop ? watchFor(search) : undefined;
    const unpacked = unpack(bytes, at, { limit, zlib, single: true, ...(watch === undefined ? {} : { watch }) });
    // A failure may come late, so it is charged in full.
    search.budget -= 'bytes' in unpacked ? unpacked.bytes.length : limit;
    if ('bytes' in unpacked) return unpacked;
    ({ error, detail } = unpacked);
  }
  if (error === 'too-large') {
    const raise = limit === limits.payload ? 'image-part' : 'image-unpacked';
    noteLimit(search, `what is packed at byte ${at} unfolds to more than ${limit} bytes`, raise);
  } else if (isNamed) obstacles.push({ kind: 'damaged', what: 'the packed kernel', detail, at: probe.at });
  return undefined;
}
