/** The documents that a client has open: their text as it is typed, their versions, and what kind of file each is. */
import { isAscii } from 'node:buffer';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { limits } from '../config/limits.ts';
import type { Host } from '../host.ts';
import { isConfigName } from '../project/inputs.ts';
import { projectFileName } from '../project/project-file.ts';
import { createAsciiSource, createSource, type SourceText } from '../source.ts';
import { lineStarts, type Places, type PositionEncoding, placesIn, utf16Units } from './positions.ts';

/** `other` is none of ours: nothing is said of it. */
export type DocumentKind = 'config' | 'profile' | 'project' | 'other';

export interface OpenDocument {
  readonly uri: string;
  readonly languageId: string;
  readonly version: number;
  readonly text: string;
  readonly kind: DocumentKind;
  /** Absolute; undefined where it is no file of this machine. */
  readonly path: string | undefined;
  /** The last part of the path, whatever the scheme. */
  readonly name: string;
  readonly places: Places;
  /** How the file on disk begins and is encoded, which editors hide. */
  readonly disk: DiskFacts;
}

interface DiskFacts {
  readonly hasMark: boolean;
  readonly isLatin1: boolean;
}

const plainFile: DiskFacts = { hasMark: false, isLatin1: false };
/** Characters of a document at most; bytes are counted where it is judged. */
const mostCharacters = limits.fileSize;

export function openDocument(
  { uri, languageId, version, text }: { uri: string; languageId: string; version: number; text: string },
  encoding: PositionEncoding,
  host: Host,
): OpenDocument {
  const path = pathOfUri(uri);
  const disk = path === undefined ? plainFile : factsOfFile(path, text, host);
  return documentWith({ uri, languageId, version, path, name: nameOfUri(uri), disk }, text, encoding);
}

function documentWith(
  rest: Pick<OpenDocument, 'uri' | 'languageId' | 'version' | 'path' | 'name' | 'disk'>,
  text: string,
  encoding: PositionEncoding,
): OpenDocument {
  let places: Places | undefined;
  return {
    ...rest,
    text,
    kind: kindOf(rest.name, rest.languageId, text),
    get places() {
      places ??= placesIn(text, encoding, rest.disk.hasMark ? 1 : 0);
      return places;
    },
  };
}

/** The document after its changes, which are made one after the other. */
export function changeDocument(
  document: OpenDocument,
  version: number,
  changes: readonly TextDocumentContentChangeEvent[],
  encoding: PositionEncoding,
): OpenDocument {
  const { uri, languageId, path, name, disk } = document;
  let text = TextDocument.create(uri, languageId, document.version, document.text);
  for (const change of changes) {
    const own = encoding === 'utf-16' || !('range' in change) ? change : inUtf16(change, text.getText(), encoding);
    text = TextDocument.update(text, [own], version);
  }
  return documentWith({ uri, languageId, version, path, name, disk }, text.getText(), encoding);
}

/** The document once it was saved: what it is on disk may be another thing now. */
export function savedDocument(document: OpenDocument, encoding: PositionEncoding, host: Host): OpenDocument {
  const { uri, languageId, version, path, name, text } = document;
  const disk = path === undefined ? plainFile : factsOfFile(path, text, host);
  return documentWith({ uri, languageId, version, path, name, disk }, text, encoding);
}

function inUtf16(
  change: TextDocumentContentChangeEvent & {
    range: { start: { line: number; character: number }; end: { line: number; character: number } };
  },
  text: string,
  encoding: PositionEncoding,
): TextDocumentContentChangeEvent {
  const starts = lineStarts(text);
  const convert = ({ line, character }: { line: number; character: number }) => ({
    line,
    character: utf16Units(
      text.slice(starts[line] ?? text.length, starts[line + 1] ?? text.length),
      character,
      encoding,
    ),
  });
  const { start, end } = change.range;
  return { text: change.text, range: { start: convert(start), end: convert(end) } };
}

/** What a check would read in place of the file; undefined where it is too large for that. */
export function sourceOf(document: OpenDocument, path: string): SourceText | undefined {
  const { disk } = document;
  const text = disk.hasMark ? `\ufeff${document.text}` : document.text;
  if (text.length > mostCharacters) return undefined;
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length > limits.fileSize) return undefined;
  if (isAscii(bytes)) return createAsciiSource(path, bytes, () => text);
  return createSource(path, text, disk.isLatin1 ? 'latin1' : 'utf-8');
}

export function pathOfUri(uri: string): string | undefined {
  if (!/^file:/i.test(uri)) return undefined;
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}

/** `foo.config` of `untitled:/tmp/foo.config?x`. */
function nameOfUri(uri: string): string {
  const plain = uri.replace(/^[a-z][\w+.-]*:/i, '').replace(/[?#].*$/s, '');
  try {
    return basename(decodeURIComponent(plain));
  } catch {
    return basename(plain);
  }
}

const configLanguages = new Set(['kconfig-lint', 'kernel-config', 'dotconfig', 'linux-config', 'defconfig']);
const configLine = /^(?:# )?CONFIG_[A-Za-z0-9_]+(?:=| is not set)/m;
/** Characters that are looked at to tell what a document is. */
const lookedAt = 65_536;

export function kindOf(name: string, languageId: string, text: string): DocumentKind {
  if (name === projectFileName) return 'project';
  const head = text.slice(0, lookedAt);
  if (/\.ya?ml$/i.test(name) || languageId === 'yaml') {
    const isProfile =
      /^requirements[ \t]*:/m.test(head) && /^(?:title|description|extends|kind|boot)[ \t]*:/m.test(head);
    return isProfile || /yaml-language-server:.*kconfig-lint/.test(head) ? 'profile' : 'other';
  }
  if (/^Kconfig/.test(name) || /\.(?:md|rst|txt|c|h|sh|py|json|patch|diff)$/i.test(name)) return 'other';
  return isConfigName(name) || configLanguages.has(languageId) || configLine.test(head) ? 'config' : 'other';
}

/** Looks at the file itself: an editor shows neither its byte order mark nor in which encoding it was. */
function factsOfFile(path: string, text: string, host: Host): DiskFacts {
  const read = host.readSource(path, { limit: limits.fileSize, unzippedLimit: limits.decompressedSize, keep: true });
  if ('error' in read) return plainFile;
  return {
    hasMark: !text.startsWith('\ufeff') && read.codes[0] === 0xfeff,
    isLatin1: read.encoding === 'latin1',
  };
}
