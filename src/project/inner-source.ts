/** A file within something else, as the text of the config that it is or holds. */
import { textOf } from '../artifacts/archive/bytes.ts';
import { configIn } from '../artifacts/config-in.ts';
import type { Zlib } from '../host.ts';
import { createSource, type SourceText } from '../source.ts';

export interface InnerSource {
  readonly source: SourceText;
  /** The config as it stands there unpacked. */
  readonly bytes: Uint8Array;
}

/** Why a file gave no config; the codes are those of `NoConfig`. */
export interface NoInnerSource {
  readonly code: string;
  readonly message: string;
  readonly help: string;
}

/** `path` is how the file is written, `container` the file on disk that it lies in, if that is another. */
export function innerSource(
  packed: Uint8Array,
  path: string,
  container: string | undefined,
  zlib: Zlib,
): InnerSource | NoInnerSource {
  // Whatever packs data leaves a NUL in them, or the magic number of gzip at their start.
  const isText = packed.indexOf(0) === -1 && !(packed[0] === 0x1f && packed[1] === 0x8b);
  const found = isText ? { bytes: packed, member: undefined } : configIn(packed, zlib);
  if (found === undefined) {
    return {
      code: 'no-kernel',
      message: 'this is neither a config nor a kernel image',
      help: 'name a config, or a kernel image that holds one',
    };
  }
  if ('code' in found) return found;
  const { bytes, member } = found;
  const text = textOf(bytes);
  // Text that was not UTF-8 has as many characters as bytes, and more than ASCII has.
  const isLatin1 = text.length === bytes.length && /[\u0080-\u00ff]/.test(text);
  const name = member === undefined ? path : `${path}!${member}`;
  const source = { ...createSource(name, text, isLatin1 ? 'latin1' : 'utf-8') };
  return { bytes, source: { ...source, container: container ?? (member === undefined ? undefined : path) } };
}
