/** Compressed data: which format they are in, by their first bytes, and what they unpack to. */
import type { Zlib } from '../../host.ts';
import { isBzip2, unpackBzip2 } from './bzip2.ts';
import { type FaultCode, UnpackFault } from './fault.ts';
import { gzipMagic, unpackGzip } from './gzip.ts';
import { lz4LegacyMagic, lz4Magic, unpackLz4, unpackLz4Legacy } from './lz4.ts';
import { isLzma, unpackLzma } from './lzma.ts';
import { lzopMagic, unpackLzop } from './lzo.ts';
import { startsWith } from './numbers.ts';
import { createOutput, Enough, type Output, type Watch } from './output.ts';
import { unpackXz, xzMagic } from './xz.ts';
import { isZstd, unpackZstd } from './zstd.ts';

export type { Watch } from './output.ts';

export type Compression = 'gzip' | 'zstd' | 'xz' | 'lzma' | 'bzip2' | 'lz4' | 'lz4-legacy' | 'lzop';

export interface UnpackOptions {
  /** Bytes to unpack to at most; more is an error. */
  readonly limit: number;
  readonly zlib: Zlib;
  /**
   * Unpack one stream and say where it ends, whatever follows: for payloads in an image. Without it streams of one kind that follow one
   * another are one, as the formats' own tools have it.
   */
  readonly single?: boolean;
  /** Called now and then with what was unpacked so far; true stops there, and no checksum of the whole is looked at. */
  readonly watch?: Watch;
}

export interface Unpacked {
  readonly bytes: Uint8Array;
  /** Offset of the first byte that was not used. */
  readonly end: number;
}

export interface UnpackError {
  readonly error: FaultCode;
  /** Offset in the packed data. */
  readonly at: number;
  readonly detail: string;
}

interface Format {
  readonly startsAt: (bytes: Uint8Array, at: number) => boolean;
  readonly unpack: (bytes: Uint8Array, at: number, output: Output, zlib: Zlib) => number;
}

const magic =
  (bytes: readonly number[]) =>
  (input: Uint8Array, at: number): boolean =>
    startsWith(input, at, bytes);

const formats: Readonly<Record<Compression, Format>> = {
  gzip: { startsAt: magic(gzipMagic), unpack: unpackGzip },
  zstd: { startsAt: isZstd, unpack: unpackZstd },
  xz: { startsAt: magic(xzMagic), unpack: unpackXz },
  lzma: { startsAt: isLzma, unpack: unpackLzma },
  bzip2: { startsAt: isBzip2, unpack: unpackBzip2 },
  lz4: { startsAt: magic(lz4Magic), unpack: unpackLz4 },
  'lz4-legacy': { startsAt: magic(lz4LegacyMagic), unpack: unpackLz4Legacy },
  lzop: { startsAt: magic(lzopMagic), unpack: (bytes, at, output, { crc32 }) => unpackLzop(bytes, at, output, crc32) },
};

/** The format of the data that start at `at`; undefined where they start like none. */
export function compressionOf(bytes: Uint8Array, at = 0): Compression | undefined {
  for (const kind of Object.keys(formats) as Compression[]) if (formats[kind].startsAt(bytes, at)) return kind;
  return undefined;
}

/**
 * Unpacks what starts at `at`. Never throws: what is cut off, damaged, too large or not known comes back as an error with the offset at
 * which it was met. Bytes after the end that do not start another stream are left alone.
 */
export function unpack(bytes: Uint8Array, at: number, options: UnpackOptions): Unpacked | UnpackError {
  const kind = compressionOf(bytes, at);
  if (kind === undefined) return { error: 'unsupported', at, detail: 'not compressed in a way that is known' };
  const { startsAt, unpack: unpackOne } = formats[kind];
  const output = createOutput(options.limit, (bytes.length - at) * 4, options.watch);
  try {
    let end = unpackOne(bytes, at, output, options.zlib);
    while (options.single !== true && startsAt(bytes, end)) end = unpackOne(bytes, end, output, options.zlib);
    return { bytes: output.bytes.subarray(0, output.length), end };
  } catch (error) {
    if (error instanceof Enough) return { bytes: output.bytes.subarray(0, output.length), end: bytes.length };
    if (!(error instanceof UnpackFault)) throw error;
    return { error: error.code, at: error.at, detail: `${kind}: ${error.message}` };
  }
}
