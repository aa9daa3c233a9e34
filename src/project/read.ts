/** From a path to a document, or to the reason why there is none. */

import { type ConfigDocument, parseConfig } from '../config/document.ts';
import type { KindChoice } from '../config/kind.ts';
import { limits } from '../config/limits.ts';
import { type ConfigProblem, isFatal } from '../config/problem.ts';
import type { InputFailure } from '../finding.ts';
import type { Host, ReadError } from '../host.ts';
import { positionOf, type SourceText } from '../source.ts';
import { missingHelp } from './inputs.ts';

export interface ReadChoice {
  readonly kind: KindChoice;
  /** Name for standard input. */
  readonly stdinName: string;
  /** A document whose memory may be used again, source and all; without it the new one can be kept. */
  readonly reuse?: ConfigDocument | undefined;
  readonly keep: boolean;
}

export function readDocument(path: string, host: Host, choice: ReadChoice): ConfigDocument | InputFailure {
  const read = host.readSource(path, {
    limit: limits.fileSize,
    unzippedLimit: limits.decompressedSize,
    keep: choice.keep,
  });
  if ('error' in read) return readFailure(path, read, host);
  const source = path === '-' ? withPath(read, choice.stdinName) : read;
  const document = parseConfig(source, { kind: choice.kind, reuse: choice.reuse, transient: !choice.keep });
  const fatal = document.problems.find(isFatal);
  return fatal === undefined ? document : problemFailure(fatal);
}

function withPath(source: SourceText, path: string): SourceText {
  return { path, text: source.text, encoding: source.encoding, codes: source.codes };
}

/** Why a file could not be read, and what to do about it. */
export function readFailure(path: string, { error, detail }: ReadError, host: Host): InputFailure {
  const name = path === '-' ? '<stdin>' : path;
  switch (error) {
    case 'missing':
      return { path: name, code: 'missing', message: 'no such file', help: missingHelp(path, host) };
    case 'denied':
      return { path: name, code: 'denied', message: 'permission denied', help: 'check who may read it' };
    case 'folder':
      return { path: name, code: 'folder', message: 'this is a folder', help: 'name the config in it' };
    case 'not-regular':
      return {
        path: name,
        code: 'not-regular',
        message: 'this is not a regular file',
        help: 'write its content to a file, or pipe it in and name it "-"',
      };
    case 'too-large':
      return {
        path: name,
        code: 'too-large',
        message: `too large for a kernel config: ${detail}`,
        help: 'is this a kernel image rather than a config?',
      };
    case 'bad-gzip':
      return {
        path: name,
        code: 'bad-gzip',
        message: `the gzip data is damaged or cut off (${detail})`,
        help: 'fetch the file again; nothing of it was checked',
      };
    case 'io':
      return { path: name, code: 'io', message: `it cannot be read (${detail})`, help: 'nothing of it was checked' };
  }
}

const fatalHelp: Readonly<Record<string, string>> = {
  empty: 'an empty file is not a kernel config; was it written before the disk was full?',
  'not-a-config': 'name a .config, a defconfig or a fragment of one',
  'nul-byte': 'a config is text; is this a kernel image?',
  'utf-16': 'convert it: iconv -f UTF-16 -t UTF-8',
  'line-too-long': 'no kernel config has such lines; is this one?',
  'too-many-lines': 'no kernel config is that long; is this one?',
  'too-many-symbols': 'no kernel config is that long; is this one?',
};

function problemFailure({ code, message, location }: ConfigProblem): InputFailure {
  const { line, column } = positionOf(location.source, location.span.start);
  return { path: location.source.path, code, message, help: fatalHelp[code] ?? '', line, column };
}
