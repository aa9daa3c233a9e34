/** Reads tar: ustar, pax and the long names of GNU tar. */
import { fieldText, hasText, textOf } from './bytes.ts';
import type { Entry, EntrySink, NamedEntry } from './entry.ts';
import { type ArchiveFault, fault } from './fault.ts';
import { archiveLimits } from './limits.ts';
import { type Parser, type PieceReader, pieceReader } from './piece-reader.ts';

const blockSize = 512;

/** True where a tar archive starts: its first header has the checksum that it says, or the archive is empty. */
export function isTar(head: Uint8Array): boolean {
  if (head.length < blockSize) return false;
  return (
    hasGoodChecksum(head) && (hasText(head, 257, 'ustar') || (head[0] !== 0 && /[0-7]/.test(fieldText(head, 100, 8))))
  );
}

/** What the headers before an entry say of it; a value wins over what the entry's own header says. */
interface Extras {
  readonly name?: string;
  readonly link?: string;
  readonly size?: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly isSparse?: boolean;
}

/** A reader that keeps its place between pieces. */
export function tarReader(entries: EntrySink): PieceReader {
  const state: State = { last: '', count: 0, extras: {}, globals: {} };
  const where = () => (state.last === '' ? ' at its start' : ` in or after ${state.last}`);
  return pieceReader(
    (position) => parse(entries, state, position),
    entries.content,
    () => `the tar archive is cut off${where()}`,
  );
}

interface State {
  /** The name of the last entry. */
  last: string;
  count: number;
  /** What headers say of the next entry, and of all that follow. */
  extras: Extras;
  globals: Extras;
}

function* parse(entries: EntrySink, state: State, position: () => number): Parser {
  for (;;) {
    // Some programs leave out the empty blocks at the end.
    const block = yield { take: blockSize, mayEnd: state.count > 0 };
    if (block.every((byte) => byte === 0)) return undefined;
    const header = readBlock(block);
    if (typeof header === 'string') {
      const after = state.last === '' ? 'at its start' : `after ${state.last}`;
      return fault('bad-archive', `the tar header at byte ${position() - blockSize} (${after}) ${header}`);
    }
    const isSparse = header.type === 'S' && block[482] !== 0;
    if (isMeta(header.type)) {
      const problem = yield* readMeta(header, state);
      if (problem !== undefined) return problem;
    } else if (header.type === 'M' || header.type === 'N') {
      return fault('unsupported', 'the archive is one of several volumes, or in a form that GNU tar gave up long ago');
    } else if (header.type === 'V') yield* passContent(header.size, 0);
    else {
      if (++state.count > archiveLimits.entries)
        return fault('too-many-entries', `it has more than ${archiveLimits.entries} entries`);
      const full = { ...header, ...state.globals, ...state.extras };
      const entry = entryOf(full, header.type);
      state.extras = {};
      state.last = entry.name;
      if (isSparse) yield* passMap();
      const wanted = entries.entry(entry, position());
      if (wanted === false) return undefined;
      // Links and folders have no content, whatever size they state.
      yield* passContent('123456'.includes(header.type) ? 0 : full.size, wanted);
    }
  }
}

const isMeta = (type: string): boolean => 'xgLK'.includes(type);

/** Names and extended headers: the entry that they belong to comes next. */
function* readMeta({ type, size }: Header, state: State): Parser {
  if (size > archiveLimits.extendedHeader)
    return fault('too-large', `a name or extended header in it has ${size} bytes`);
  if (size === 0) return undefined;
  const bytes = yield { take: size };
  const problem = applyMeta(type, bytes, state);
  if (paddingOf(size) > 0) yield { pass: paddingOf(size), wanted: 0 };
  return problem;
}

function applyMeta(type: string, bytes: Uint8Array, state: State): ArchiveFault | undefined {
  if (type === 'L' || type === 'K') {
    const text = fieldText(bytes, 0, bytes.length);
    state.extras = { ...state.extras, ...(type === 'L' ? { name: text } : { link: text }) };
    return undefined;
  }
  const read = readPax(bytes);
  if (read === undefined)
    return fault('bad-archive', `the extended header after ${state.last || 'the start'} is damaged`);
  if (type === 'g') state.globals = { ...state.globals, ...read };
  else state.extras = { ...state.extras, ...read };
  return undefined;
}

/** More of the map of an old sparse file, which no size counts. */
function* passMap(): Parser {
  for (;;) {
    const block = yield { take: blockSize };
    if (block[504] === 0) return undefined;
  }
}

/** Content, and what fills up its last block; that may be missing at the end. */
function* passContent(size: number, wanted: number): Parser {
  if (size > 0) yield { pass: size, wanted };
  if (paddingOf(size) > 0) yield { pass: paddingOf(size), wanted: 0, mayEnd: true };
  return undefined;
}

interface Header extends Omit<Entry, 'kind' | 'unreadable'> {
  readonly name: string;
  readonly type: string;
}

/** A text says what is wrong with a header. */
function readBlock(block: Uint8Array): Header | string {
  if (!hasGoodChecksum(block)) return 'has a wrong checksum';
  const type = String.fromCharCode(block[156] || 48);
  const [mode, uid, gid, size] = [
    number(block, 100, 8),
    number(block, 108, 8),
    number(block, 116, 8),
    number(block, 124, 12),
  ];
  if (mode === undefined || uid === undefined || gid === undefined || size === undefined)
    return 'has a number that is none';
  const own = fieldText(block, 0, 100);
  // GNU tar keeps times where ustar has the start of a long name.
  const prefix = hasText(block, 257, 'ustar\0') ? fieldText(block, 345, 155) : '';
  const name = prefix === '' ? own : `${prefix}/${own}`;
  return { name, type, mode: mode & 0o7777, uid, gid, size, link: fieldText(block, 157, 100) };
}

const kinds: Readonly<Record<string, Entry['kind']>> = {
  '1': 'hard-link',
  '2': 'link',
  '3': 'other',
  '4': 'other',
  '5': 'folder',
  '6': 'other',
};

function entryOf(header: Header & Extras, type: string): NamedEntry {
  const { name, mode, uid, gid, size, link = '' } = header;
  const kind = kinds[type] ?? (name.endsWith('/') && type === '0' ? 'folder' : 'file');
  const isLink = kind === 'link' || kind === 'hard-link';
  return {
    name,
    kind,
    mode,
    uid,
    gid,
    size: kind === 'file' ? size : 0,
    ...(isLink ? { link } : {}),
    ...(type === 'S' || header.isSparse === true ? { unreadable: 'sparse' as const } : {}),
  };
}

/** Octal digits, or with the first bit set a binary number of GNU tar; undefined where it is neither. */
function number(block: Uint8Array, at: number, width: number): number | undefined {
  const first = block[at] as number;
  if ((first & 0x80) !== 0) {
    if (first !== 0x80) return undefined;
    let value = 0;
    for (let i = 1; i < width; i++) value = value * 256 + (block[at + i] as number);
    return Number.isSafeInteger(value) ? value : undefined;
  }
  const text = fieldText(block, at, width).trim();
  if (text === '') return 0;
  return /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : undefined;
}

function hasGoodChecksum(block: Uint8Array): boolean {
  const stated = number(block, 148, 8);
  if (stated === undefined || stated === 0) return false;
  let unsigned = 0;
  let signed = 0;
  for (let i = 0; i < blockSize; i++) {
    const byte = i >= 148 && i < 156 ? 32 : (block[i] as number);
    unsigned += byte;
    // Some old programs took bytes for signed.
    signed += byte > 127 ? byte - 256 : byte;
  }
  return stated === unsigned || stated === signed;
}

function paddingOf(size: number): number {
  return (blockSize - (size % blockSize)) % blockSize;
}

/** The records of a pax header, `LENGTH KEY=VALUE\n` each. */
function readPax(bytes: Uint8Array): Extras | undefined {
  let extras: Extras = {};
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(32, at);
    const length = space === -1 ? Number.NaN : Number(textOf(bytes.subarray(at, space)));
    const end = at + length;
    if (!Number.isSafeInteger(length) || end > bytes.length || end <= space + 1 || bytes[end - 1] !== 10)
      return undefined;
    const record = textOf(bytes.subarray(space + 1, end - 1));
    const cut = record.indexOf('=');
    if (cut === -1) return undefined;
    const added = paxRecord(record.slice(0, cut), record.slice(cut + 1));
    if (added === undefined) return undefined;
    extras = { ...extras, ...added };
    at = end;
  }
  return extras;
}

function paxRecord(key: string, value: string): Extras | undefined {
  if (key === 'path') return { name: value };
  if (key === 'linkpath') return { link: value };
  if (key.startsWith('GNU.sparse.'))
    return key === 'GNU.sparse.name' ? { name: value, isSparse: true } : { isSparse: true };
  if (key !== 'size' && key !== 'uid' && key !== 'gid') return {};
  // An empty value takes back what stood there before.
  if (value === '') return {};
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  return Number.isSafeInteger(number) ? { [key]: number } : undefined;
}
