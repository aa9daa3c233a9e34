/** Bytes that were found within something else, as a config. */
import { textOf } from '../artifacts/archive/bytes.ts';
import { compressionOf, unpack } from '../artifacts/compression/index.ts';
import { type ConfigDocument, parseConfig } from '../config/document.ts';
import type { KindChoice } from '../config/kind.ts';
import { limits } from '../config/limits.ts';
import { isFatal } from '../config/problem.ts';
import type { InputFailure } from '../finding.ts';
import type { Zlib } from '../host.ts';
import { createSource } from '../source.ts';
import type { UnpackWhole } from './open-files.ts';
import { problemFailure } from './read.ts';

/** The decoders, for archives. */
export function wholeUnpacker(zlib: Zlib): UnpackWhole {
  return (packed, limit) => {
    if (compressionOf(packed) === undefined) return undefined;
    const unpacked = unpack(packed, 0, { limit, zlib });
    return 'error' in unpacked ? { code: unpacked.error, detail: unpacked.detail } : unpacked.bytes;
  };
}

export interface ConfigBytes {
  readonly document: ConfigDocument;
  /** The config as it stands there unpacked. */
  readonly bytes: Uint8Array;
}

/** Reads a config, unpacking it where its first bytes say that it is packed. */
export function configFromBytes(
  path: string,
  packed: Uint8Array,
  zlib: Zlib,
  kind: KindChoice,
): ConfigBytes | InputFailure {
  const unpacked = unpackConfig(path, packed, zlib);
  if (!(unpacked instanceof Uint8Array)) return unpacked;
  const text = textOf(unpacked);
  const encoding = text.length === unpacked.length && /[\u0080-\u00ff]/.test(text) ? 'latin1' : 'utf-8';
  const document = parseConfig(createSource(path, text, encoding), { kind });
  const fatal = document.problems.find(isFatal);
  return fatal === undefined ? { document, bytes: unpacked } : problemFailure(fatal);
}

function unpackConfig(path: string, packed: Uint8Array, zlib: Zlib): Uint8Array | InputFailure {
  const unpacked = wholeUnpacker(zlib)(packed, limits.decompressedSize);
  if (unpacked === undefined) {
    return packed.length <= limits.fileSize ? packed : tooLarge(path, limits.fileSize);
  }
  if (unpacked instanceof Uint8Array) return unpacked;
  if (unpacked.code === 'too-large') return tooLarge(path, limits.decompressedSize);
  return {
    path,
    code: 'bad-compression',
    message: `the data are damaged or cut off (${unpacked.detail})`,
    help: 'fetch or build it again; nothing of it was checked',
  };
}

function tooLarge(path: string, limit: number): InputFailure {
  return {
    path,
    code: 'too-large',
    message: `too large for a kernel config: more than ${limit} bytes`,
    help: 'is this a kernel image rather than a config?',
  };
}
