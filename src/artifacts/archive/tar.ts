/** Reads tar: ustar, pax and the long names of GNU tar. */
import { fieldText, hasText, type PieceSink, stop, textOf } from './bytes.ts';
import type { Entry, EntrySink, NamedEntry } from './entry.ts';
import { type ArchiveFault, fault } from './fault.ts';
import { archiveLimits } from './limits.ts';

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

interface Reader {
  /** To be called with the bytes of the archive in order. */
  readonly sink: PieceSink;
  /** To be called after the last byte; says what is wrong. */
  readonly end: () => ArchiveFault | undefined;
}

type Part =
  | { readonly kind: 'header' }
  /** Names and extended headers: the entry that they belong to comes next. */
  | { readonly kind: 'meta'; readonly type: string; readonly bytes: Uint8Array; filled: number; padding: number }
  /** More of the map of an old sparse file, which no size counts. */
  | { readonly kind: 'map'; readonly size: number }
  | { readonly kind: 'data'; wanted: number; left: number; padding: number };

/** A reader that keeps its place between pieces. */
export function tarReader(entries: EntrySink): Reader {
  const block = new Uint8Array(blockSize);
  let filled = 0;
  let position = 0;
  let part: Part = { kind: 'header' };
  let extras: Extras = {};
  let globals: Extras = {};
  let last = '';
  let isDone = false;
  let hasStopped = false;
  let problem: ArchiveFault | undefined;
  let count = 0;

  const readHeader = (): void => {
    if (block.every((byte) => byte === 0)) {
      isDone = true;
      return;
    }
    if (!hasGoodChecksum(block)) {
      const after = last === '' ? 'at its start' : `after ${last}`;
      problem = fault('bad-archive', `the tar header at byte ${position - blockSize} (${after}) has a wrong checksum`);
      return;
    }
    const header = readBlock(block);
    if (header === undefined) {
      problem = fault('bad-archive', `the tar header at byte ${position - blockSize} has a number that is none`);
      return;
    }
    const { type } = header;
    if (type === 'x' || type === 'g' || type === 'L' || type === 'K') {
      if (header.size > archiveLimits.extendedHeader) {
        problem = fault('too-large', `a name or extended header in it has ${header.size} bytes`);
        return;
      }
      const bytes = new Uint8Array(header.size);
      part = { kind: 'meta', type, bytes, filled: 0, padding: paddingOf(header.size) };
      if (header.size === 0) part = { kind: 'header' };
      return;
    }
    if (type === 'M' || type === 'V' || type === 'N') {
      problem =
        type === 'V'
          ? undefined
          : fault('unsupported', 'the archive is one of several volumes, or in a form that GNU tar gave up long ago');
      part = dataPart(header.size, 0);
      return;
    }
    announce({ ...header, ...globals, ...extras }, type);
    extras = {};
  };

  const readBlockOf = (at: Part): void => {
    if (at.kind !== 'map') readHeader();
    else if (block[504] === 0) part = dataPart(at.size, 0);
  };

  const announce = (header: Header & Extras, type: string): void => {
    if (++count > archiveLimits.entries) {
      problem = fault('too-many-entries', `it has more than ${archiveLimits.entries} entries`);
      return;
    }
    const entry = entryOf(header, type);
    last = entry.name;
    const wanted = entries.entry(entry, position);
    if (wanted === false) {
      hasStopped = true;
      return;
    }
    // Links and folders have no content, whatever size they state.
    const size = entry.kind === 'file' || type === 'S' || !'123456'.includes(type) ? header.size : 0;
    part = dataPart(size, wanted);
    if (type === 'S' && block[482] !== 0) part = { kind: 'map', size };
    else if (size === 0) part = { kind: 'header' };
  };

  const endMeta = (type: string, bytes: Uint8Array): void => {
    if (type === 'L') extras = { ...extras, name: untilNul(bytes) };
    else if (type === 'K') extras = { ...extras, link: untilNul(bytes) };
    else {
      const read = readPax(bytes);
      if (read === undefined)
        problem = fault('bad-archive', `the extended header after ${last || 'the start'} is damaged`);
      else if (type === 'g') globals = { ...globals, ...read };
      else extras = { ...extras, ...read };
    }
  };

  const sink: PieceSink = (piece) => {
    let at = 0;
    while (at < piece.length && !isDone && problem === undefined && !hasStopped) {
      const room = piece.length - at;
      if (part.kind === 'header' || part.kind === 'map') {
        const taken = Math.min(room, blockSize - filled);
        block.set(piece.subarray(at, at + taken), filled);
        filled += taken;
        position += taken;
        at += taken;
        if (filled === blockSize) {
          filled = 0;
          readBlockOf(part);
        }
      } else if (part.kind === 'meta') {
        const taken = Math.min(room, part.bytes.length - part.filled);
        part.bytes.set(piece.subarray(at, at + taken), part.filled);
        part.filled += taken;
        const rest = part.filled === part.bytes.length ? Math.min(room - taken, part.padding) : 0;
        part.padding -= rest;
        position += taken + rest;
        at += taken + rest;
        if (part.filled === part.bytes.length && part.padding === 0) {
          const { type, bytes } = part;
          part = { kind: 'header' };
          endMeta(type, bytes);
        }
      } else {
        const taken = Math.min(room, part.wanted);
        if (taken > 0) entries.content(piece.subarray(at, at + taken));
        const passed = Math.min(room, part.left);
        const padding = Math.min(room - passed, part.padding);
        part.wanted -= taken;
        part.left -= passed;
        part.padding -= padding;
        position += passed + padding;
        at += passed + padding;
        if (part.left + part.padding === 0) part = { kind: 'header' };
      }
    }
    if (isDone || problem !== undefined || hasStopped) return stop;
    if (part.kind !== 'data' || part.wanted > 0) return 0;
    const gap = part.left;
    position += gap;
    part.left = 0;
    return gap;
  };

  return {
    sink,
    end: () => {
      if (problem !== undefined || isDone || hasStopped) return problem;
      // Some programs leave out the empty blocks at the end, and even what fills up the last block.
      if (((part.kind === 'header' && filled === 0) || (part.kind === 'data' && part.left === 0)) && count > 0)
        return undefined;
      return fault('truncated', `the tar archive is cut off${last === '' ? ' at its start' : ` in or after ${last}`}`);
    },
  };
}

interface Header extends Omit<Entry, 'kind' | 'unreadable'> {
  readonly name: string;
  readonly type: string;
}

function readBlock(block: Uint8Array): Header | undefined {
  const type = String.fromCharCode(block[156] || 48);
  const [mode, uid, gid, size] = [
    number(block, 100, 8),
    number(block, 108, 8),
    number(block, 116, 8),
    number(block, 124, 12),
  ];
  if (mode === undefined || uid === undefined || gid === undefined || size === undefined) return undefined;
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

function dataPart(size: number, wanted: number): Part {
  return { kind: 'data', wanted: Math.min(wanted, size), left: size, padding: paddingOf(size) };
}

function paddingOf(size: number): number {
  return (blockSize - (size % blockSize)) % blockSize;
}

function untilNul(bytes: Uint8Array): string {
  return fieldText(bytes, 0, bytes.length);
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
