/** One read-only view of files, wherever they are: a folder, an archive, the layers of an image. Nothing is ever unpacked. */
import type { Flow } from './bytes.ts';
import type { Entry } from './entry.ts';
import { type ArchiveFault, fault } from './fault.ts';
import { archiveLimits } from './limits.ts';

export interface FileView {
  /** What the user named, for messages: `image.tar`, or `image.tar@linux/arm64` for one image of several. */
  readonly name: string;
  /** The file or folder on disk. */
  readonly container: string;
  /** Where links that lead above the root come out: at the root itself, as in a container, or nowhere. */
  readonly isClosed: boolean;
  /** The entry at a path, no link followed; undefined where there is none. `''` is the root. */
  readonly entryAt: (path: string) => Entry | undefined;
  /** Names in a folder, sorted; empty where it is none. */
  readonly namesIn: (path: string) => readonly string[];
  /** What the first bytes of a file were taken for when the view was made. */
  readonly markOf: (path: string) => string | undefined;
  /** Reads files that `resolve` gave, up to `limit` bytes of each; a file beyond it is `too-large` unless its start is enough. */
  readonly read: (wanted: readonly ReadWanted[]) => (Uint8Array | ArchiveFault)[];
  /** The content of a file that `resolve` gave, to be gone through in order. */
  readonly contentOf: (path: string) => Flow;
  /** What was wrong with single entries. */
  readonly faults: readonly ArchiveFault[];
  readonly duplicates: readonly string[];
}

export interface ReadWanted {
  readonly path: string;
  readonly limit: number;
  /** Give the first `limit` bytes of a file that has more. */
  readonly isStartEnough?: boolean;
}

export interface Resolved {
  /** The path of the entry itself, after all links. */
  readonly path: string;
  readonly entry: Entry;
}

/** Follows links within the view. */
export function resolvePath(view: Pick<FileView, 'entryAt' | 'isClosed'>, path: string): Resolved | ArchiveFault {
  const trail: string[] = [];
  const todo = split(path).reverse();
  let links = 0;
  for (let part = todo.pop(); part !== undefined; part = todo.pop()) {
    if (part === '..') {
      if (trail.length === 0 && !view.isClosed)
        return fault('link-outside', `${path} is a link that leads out of what was named`, path);
      trail.pop();
      continue;
    }
    const here = [...trail, part].join('/');
    const entry = view.entryAt(here);
    if (entry === undefined) {
      const way = links === 0 ? '' : `: it is a link, and ${here} is not there`;
      return fault('missing', `${path} is missing${way}`, path);
    }
    if (entry.kind !== 'link') {
      trail.push(part);
      continue;
    }
    if (++links > archiveLimits.links)
      return fault('link-loop', `${path} is a link that leads round in a circle`, path);
    const link = entry.link ?? '';
    if (link.startsWith('/')) {
      if (!view.isClosed) return fault('link-outside', `${path} is a link to ${link}, out of what was named`, path);
      trail.length = 0;
    }
    todo.push(...split(link).reverse());
  }
  const resolved = trail.join('/');
  const entry = view.entryAt(resolved);
  return entry === undefined ? fault('missing', `${path} is missing`, path) : { path: resolved, entry };
}

/** A regular file, after all links. */
export function resolveFile(view: FileView, path: string): Resolved | ArchiveFault {
  const found = resolvePath(view, path);
  if ('fault' in found || found.entry.kind === 'file') return found;
  const what = found.entry.kind === 'folder' ? 'a folder' : 'no regular file';
  return fault('not-a-file', `${path} is ${what}`, path);
}

/** Reads one file after its links. */
export function readFile(
  view: FileView,
  path: string,
  limit: number,
  isStartEnough = false,
): Uint8Array | ArchiveFault {
  const found = resolveFile(view, path);
  if ('fault' in found) return found;
  const [read] = view.read([{ path: found.path, limit, isStartEnough }]);
  return read as Uint8Array | ArchiveFault;
}

/** Every path of files and links to them, in order; folders are gone through without recursion. */
export function* filesOf(view: FileView, from = ''): Generator<string> {
  const todo = [from];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const folders: string[] = [];
    for (const name of view.namesIn(next)) {
      const path = next === '' ? name : `${next}/${name}`;
      const kind = view.entryAt(path)?.kind;
      if (kind === 'folder') folders.push(path);
      else if (kind === 'file' || kind === 'link') yield path;
    }
    todo.push(...folders.reverse());
  }
}

/** Why a file that is there cannot be read. */
export function unreadable(
  { unreadable: why, size }: Entry,
  path: string,
  wanted: ReadWanted,
): ArchiveFault | undefined {
  if (why === 'sparse') return fault('sparse-file', `${path} is packed as a sparse file`, path);
  if (why === 'no hard link target')
    return fault('missing', `${path} is a hard link to a file that is not in the archive`, path);
  if (size > wanted.limit && wanted.isStartEnough !== true)
    return fault('too-large', `${path} has ${size} bytes, more than ${wanted.limit}`, path);
  return undefined;
}

function split(path: string): string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.');
}
