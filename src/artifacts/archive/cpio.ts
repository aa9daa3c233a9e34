/** Reads cpio archives in the form `newc`, which rpm packages and initramfs images have. */
import { hasText, textOf } from './bytes.ts';
import type { Entry, EntrySink } from './entry.ts';
import { type ArchiveFault, fault, isFault } from './fault.ts';
import { archiveLimits } from './limits.ts';
import { type Parser, type PieceReader, pieceReader, type Want } from './piece-reader.ts';

const headerSize = 110;

interface Header {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  readonly nameSize: number;
  /** Equal for names of the same file; empty for files with one name. */
  readonly inode: string;
}

type Named = { readonly name: string; readonly header: Header };

interface State {
  /** The name of the last entry. */
  last: string;
  count: number;
  /** Names of files whose content comes with a later name, by inode. */
  readonly waiting: Map<string, Named[]>;
}

/**
 * A reader that keeps its place between pieces. Of a file with several names only the last one carries the content; the names before
 * it are announced behind it, as hard links.
 */
export function cpioReader(entries: EntrySink): PieceReader {
  const state: State = { last: '', count: 0, waiting: new Map() };
  const where = () => (state.last === '' ? ' at its start' : ` in or after ${state.last}`);
  return pieceReader(
    (position) => parse(entries, state, position),
    entries.content,
    () => `the cpio archive is cut off${where()}`,
  );
}

function* parse(entries: EntrySink, state: State, position: () => number): Parser {
  /** The number of bytes that are wanted, or what ends the reading: a fault, or the wish of who gets the entries. */
  const announce = ({ name, header }: Named, kind: Entry['kind'], link?: string): number | { fault?: ArchiveFault } => {
    if (++state.count > archiveLimits.entries)
      return { fault: fault('too-many-entries', `it has more than ${archiveLimits.entries} entries`) };
    state.last = name;
    const { mode, uid, gid, size } = header;
    const shared = { name, kind, mode: mode & 0o7777, uid, gid, size: kind === 'file' ? size : 0 };
    const wanted = entries.entry({ ...shared, ...(link === undefined ? {} : { link }) }, position());
    return wanted === false ? {} : wanted;
  };
  for (;;) {
    const header = readHeader(yield { take: headerSize }, position() - headerSize, state.last);
    if (isFault(header)) return header;
    const named = { header, name: yield* readName(header) };
    if (named.name === 'TRAILER!!!') return announceRest(state, announce);
    const { kind, link, problem } = yield* kindOf(named);
    if (problem !== undefined) return problem;
    if (kind === 'file' && header.inode !== '' && header.size === 0) {
      const names = state.waiting.get(header.inode) ?? [];
      state.waiting.set(header.inode, [...names, named]);
      continue;
    }
    const wanted = announce(named, kind, link);
    if (typeof wanted !== 'number') return wanted.fault;
    const size = kind === 'link' ? 0 : header.size + paddingOf(header.size);
    if (size > 0) yield { pass: size, wanted: Math.min(wanted, header.size) };
    for (const other of state.waiting.get(header.inode) ?? []) {
      const ended = announce(other, 'hard-link', named.name);
      if (typeof ended !== 'number') return ended.fault;
    }
    state.waiting.delete(header.inode);
  }
}

/** Files with several names of which none brought content are empty. */
function announceRest(
  { waiting }: State,
  announce: (named: Named, kind: Entry['kind']) => number | { fault?: ArchiveFault },
): ArchiveFault | undefined {
  for (const named of [...waiting.values()].flat()) {
    const ended = announce(named, 'file');
    if (typeof ended !== 'number') return ended.fault;
  }
  return undefined;
}

function* readName({ nameSize }: Header): Generator<Want, string, Uint8Array> {
  const bytes = yield { take: nameSize + paddingOf(headerSize + nameSize) };
  return textOf(bytes.subarray(0, nameSize - 1));
}

interface Kind {
  readonly kind: Entry['kind'];
  readonly link?: string;
  readonly problem?: ArchiveFault;
}

/** The target of a link stands where files have their content. */
function* kindOf({ name, header: { mode, size } }: Named): Generator<Want, Kind, Uint8Array> {
  const type = mode & 0o170000;
  if (type !== 0o120000) return { kind: type === 0o100000 ? 'file' : type === 0o040000 ? 'folder' : 'other' };
  if (size > archiveLimits.path)
    return { kind: 'link', problem: fault('bad-archive', `the link ${name} leads to ${size} bytes of text`) };
  if (size === 0) return { kind: 'link', link: '' };
  const bytes = yield { take: size + paddingOf(size) };
  return { kind: 'link', link: textOf(bytes.subarray(0, size)) };
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
