/** From a path to a document, or to the reason why there is none. */

import { type ConfigDocument, parseConfig } from '../config/document.ts';
import type { KindChoice } from '../config/kind.ts';
import { type ConfigLimits, limitsWith } from '../config/limits.ts';
import { type ConfigProblem, isFatal } from '../config/problem.ts';
import type { InputFailure } from '../finding.ts';
import type { Host, NoConfig, RaisedLimits, ReadError } from '../host.ts';
import { placedIn, positionOf, renamed, type SourceText } from '../source.ts';
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
  const read = readText(path, host, choice);
  return 'codes' in read ? documentOf(read, choice, host.limits && limitsWith(host.limits)) : read;
}

/** The text at a path, that of a config in an image too. */
export function readText(path: string, host: Host, choice: ReadChoice): SourceText | InputFailure {
  const limits = limitsWith(host.limits);
  const read = host.readSource(path, {
    limit: limits.fileSize,
    unzippedLimit: limits.decompressedSize,
    keep: choice.keep,
    packedLimit: limits.imageSize,
    raised: host.limits,
  });
  if ('error' in read) return readFailure(path, read, host);
  return path === '-' ? withName(read, choice.stdinName) : read;
}

/** A text that was read, as a document. */
export function documentOf(
  source: SourceText,
  { kind, reuse, keep }: ReadChoice,
  limits?: ConfigLimits,
): ConfigDocument | InputFailure {
  const document = parseConfig(source, { kind, reuse, transient: !keep, limits });
  const fatal = document.problems.find(isFatal);
  return fatal === undefined ? document : problemFailure(fatal);
}

/** The configs that an archive holds, and what stood in the way of others. */
export interface ArchiveConfigs {
  readonly sources: readonly SourceText[];
  readonly failures: readonly InputFailure[];
}

/** What is no text and no kernel image either, or a folder, may still hold files. */
export function isPerhapsArchive({ code }: InputFailure): boolean {
  return ['archive', 'folder', 'no-kernel', 'image-limit', 'too-large', 'nul-byte', 'bad-gzip'].includes(code);
}

/** True for a config from a file that is more than a packed config or a kernel image. */
export function isInArchive({ source: { container, path } }: ConfigDocument): boolean {
  return container !== undefined && path !== `${container}!config`;
}

/** Standard input under the name that the user gave it, what lies in it too. */
function withName(source: SourceText, name: string): SourceText {
  const { path, container } = source;
  const own = renamed(source, name, undefined);
  return container === undefined ? own : placedIn(own, path.slice(container.length + 1));
}

/** Why a file could not be read, and what to do about it. */
export function readFailure(path: string, { error, detail, reason, raise }: ReadError, host: Host): InputFailure {
  const name = path === '-' ? '<stdin>' : path;
  if (reason !== undefined) return { path: name, ...withoutConfig(path, reason, host) };
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
    case 'archive':
      return {
        path: name,
        code: 'archive',
        message: 'this is an archive',
        help:
          path === '-'
            ? 'write it to a file and name that: archives are read in place'
            : 'kconfig-lint check and kconfig-lint bundle look into archives; name the config itself here',
      };
    case 'too-large':
      return {
        path: name,
        code: 'too-large',
        message: `too large${raise === undefined ? '' : ` for a ${raise === 'image-size' ? 'kernel image' : 'kernel config'}`}: ${detail}`,
        help: raise === undefined ? 'is this the right file?' : raiseHelp(raise),
      };
    case 'bad-gzip':
      return {
        path: name,
        code: 'bad-gzip',
        message: `the gzip data is damaged or cut off (${detail})`,
        help: 'fetch the file again; nothing of it was checked',
      };
    case 'io':
    case 'no-config':
      return { path: name, code: 'io', message: `it cannot be read (${detail})`, help: 'nothing of it was checked' };
  }
}

function withoutConfig(path: string, { code, message, help, beside }: NoConfig, host: Host) {
  const sibling = path.replace(/[^/]*$/, beside ?? '');
  const isThere = beside !== undefined && path !== '-' && host.pathKind(sibling) === 'file';
  return { code, message, help: isThere ? `the config it was built from seems to be ${sibling}: check that` : help };
}

const fatalHelp: Readonly<Record<string, string>> = {
  empty: 'an empty file is not a kernel config; was it written before the disk was full?',
  'not-a-config': 'name a .config, a defconfig or a fragment of one',
  'nul-byte':
    'a config is text: is the file damaged? Kernel images and packed configs are known, and this is none of them',
  'cr-only': "convert it: tr '\\r' '\\n' < OLD > NEW",
  'utf-16': 'convert it: iconv -f UTF-16 -t UTF-8 OLD > NEW',
  'line-too-long': raiseHelp('line-length'),
  'too-many-lines': raiseHelp('lines'),
  'too-many-symbols': raiseHelp('settings'),
};

/** A limit is there for what is no config; who knows better says so on the command line, and nothing else can. */
function raiseHelp(limit: keyof RaisedLimits): string {
  return `no kernel needs as much: is this the right file? If it is, raise the limit with --limit ${limit}=NUMBER`;
}

export function problemFailure({ code, message, location }: ConfigProblem): InputFailure {
  const { line, column } = positionOf(location.source, location.span.start);
  return { path: location.source.path, code, message, help: fatalHelp[code] ?? '', line, column };
}
