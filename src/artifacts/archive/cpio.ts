/** Reads cpio archives in the form `newc`, which rpm packages and initramfs images have. */
import { hasText, type PieceSink, stop, textOf } from './bytes.ts';
import type { Entry, EntrySink } from './entry.ts';
import { type ArchiveFault, fault } from './fault.ts';
import { archiveLimits } from './limits.ts';

const headerSize = 110;

interface Reader {
  readonly sink: PieceSink;
  readonly end: () => ArchiveFault | undefined;
}

interface Header {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  readonly nameSize: number;
  /** Equal for names of the same file; empty for files with one name. */
  readonly inode: string;
}

type Part =
  | { readonly kind: 'header' }
  | { readonly kind: 'name'; readonly header: Header }
  /** The target of a link, which cpio stores as content. */
  | { readonly kind: 'target'; readonly header: Header; readonly name: string }
  | { readonly kind: 'data'; wanted: number; left: number };

/**
 * A reader that keeps its place between pieces. Of a file with several names only the last one carries the content; the names before
 * it are announced behind it, as hard links.
 */
export function cpioReader(entries: EntrySink): Reader {
  let buffer = new Uint8Array(headerSize);
  let filled = 0;
  let needed = headerSize;
  let position = 0;
  let part: Part = { kind: 'header' };
  let last = '';
  let isDone = false;
  let hasStopped = false;
  let problem: ArchiveFault | undefined;
  let count = 0;
  const waiting = new Map<string, { name: string; header: Header }[]>();
  /** Names of the file whose content is being read. */
  let aliases: readonly { name: string; header: Header }[] = [];

  const expect = (next: Part, bytes: number): void => {
    part = next;
    needed = bytes;
    filled = 0;
    if (buffer.length < bytes) buffer = new Uint8Array(bytes);
  };

  const announce = (name: string, { mode, uid, gid, size }: Header, kind: Entry['kind'], link?: string): number => {
    if (++count > archiveLimits.entries) {
      problem = fault('too-many-entries', `it has more than ${archiveLimits.entries} entries`);
      return 0;
    }
    last = name;
    const shared = { mode: mode & 0o7777, uid, gid };
    const entry = { name, kind, ...shared, size: kind === 'file' ? size : 0, ...(link === undefined ? {} : { link }) };
    const wanted = entries.entry(entry, position);
    if (wanted === false) hasStopped = true;
    return wanted === false ? 0 : wanted;
  };

  const announceFile = (name: string, header: Header): void => {
    const { inode, size } = header;
    if (inode !== '' && size === 0) {
      const names = waiting.get(inode) ?? [];
      names.push({ name, header });
      waiting.set(inode, names);
      expect({ kind: 'header' }, headerSize);
      return;
    }
    const wanted = announce(name, header, 'file');
    aliases = waiting.get(inode) ?? [];
    waiting.delete(inode);
    part = { kind: 'data', wanted: Math.min(wanted, size), left: size + paddingOf(size) };
    if (part.left === 0) endData();
  };

  const endData = (): void => {
    const target = last;
    for (const { name, header } of aliases) announce(name, header, 'hard-link', target);
    aliases = [];
    expect({ kind: 'header' }, headerSize);
  };

  const readName = (header: Header): void => {
    const name = textOf(buffer.subarray(0, header.nameSize - 1));
    if (name === 'TRAILER!!!') {
      for (const names of waiting.values())
        for (const each of names) announce(each.name, { ...each.header, size: 0 }, 'file');
      isDone = true;
      return;
    }
    const type = header.mode & 0o170000;
    if (type === 0o120000) {
      if (header.size > archiveLimits.path)
        problem = fault('bad-archive', `the link ${name} leads to ${header.size} bytes of text`);
      else expect({ kind: 'target', header, name }, header.size + paddingOf(header.size));
      return;
    }
    if (type === 0o100000) {
      announceFile(name, header);
      return;
    }
    announce(name, header, type === 0o040000 ? 'folder' : 'other');
    part = { kind: 'data', wanted: 0, left: header.size + paddingOf(header.size) };
    if (part.left === 0) expect({ kind: 'header' }, headerSize);
  };

  const readPart = (): void => {
    if (part.kind === 'header') {
      const header = readHeader(buffer, position - headerSize, last);
      if ('fault' in header) problem = header;
      else expect({ kind: 'name', header }, header.nameSize + paddingOf(headerSize + header.nameSize));
    } else if (part.kind === 'name') readName(part.header);
    else if (part.kind === 'target') {
      const { header, name } = part;
      announce(name, header, 'link', textOf(buffer.subarray(0, header.size)));
      expect({ kind: 'header' }, headerSize);
    }
  };

  const sink: PieceSink = (piece) => {
    let at = 0;
    const isCollecting = (): boolean => part.kind !== 'data';
    const isOver = (): boolean => isDone || problem !== undefined || hasStopped;
    while (at < piece.length && !isOver()) {
      const room = piece.length - at;
      if (part.kind === 'data') {
        const taken = Math.min(room, part.wanted);
        if (taken > 0) entries.content(piece.subarray(at, at + taken));
        const passed = Math.min(room, part.left);
        part.wanted -= taken;
        part.left -= passed;
        position += passed;
        at += passed;
        if (part.left === 0) endData();
        continue;
      }
      const taken = Math.min(room, needed - filled);
      buffer.set(piece.subarray(at, at + taken), filled);
      filled += taken;
      position += taken;
      at += taken;
      // A link may lead nowhere at all: its target then takes no bytes.
      while (filled === needed && isCollecting() && !isOver()) readPart();
    }
    if (isOver()) return stop;
    if (part.kind !== 'data' || part.wanted > 0) return 0;
    const gap = part.left;
    position += gap;
    endData();
    return gap;
  };

  return {
    sink,
    end: () =>
      problem !== undefined || isDone || hasStopped
        ? problem
        : fault('truncated', `the cpio archive is cut off${last === '' ? ' at its start' : ` in or after ${last}`}`),
  };
}

function readHeader(bytes: Uint8Array, at: number, last: string): Header | ArchiveFault {
  const after = last === '' ? 'at its start' : `after ${last}`;
  if (hasText(bytes, 0, '07070X'))
    return fault('unsupported', 'the package holds a file beyond 4 GiB, in a form of its own');
  if (!hasText(bytes, 0, '070701') && !hasText(bytes, 0, '070702'))
    return fault('bad-archive', `there is no cpio header at byte ${at} (${after})`);
  const field = (index: number): number => {
    const text = textOf(bytes.subarray(6 + index * 8, 14 + index * 8));
    return /^[0-9a-fA-F]{8}$/.test(text) ? Number.parseInt(text, 16) : Number.NaN;
  };
  const [inode, mode, uid, gid, links, , size, major, minor] = [0, 1, 2, 3, 4, 5, 6, 7, 8].map(field) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const nameSize = field(11);
  if ([inode, mode, uid, gid, links, size, major, minor, nameSize].some(Number.isNaN))
    return fault('bad-archive', `the cpio header at byte ${at} (${after}) has a number that is none`);
  if (nameSize < 1 || nameSize > archiveLimits.path + 1)
    return fault('bad-archive', `a name in it has ${nameSize} bytes (${after})`);
  return { mode, uid, gid, size, nameSize, inode: links > 1 ? `${major}:${minor}:${inode}` : '' };
}

function paddingOf(size: number): number {
  return (4 - (size % 4)) % 4;
}
