/** A folder of the file system as a view: links are followed within it only, and nothing is listed before it is asked for. */
import { type Flow, flowOf } from '../artifacts/archive/bytes.ts';
import type { Entry } from '../artifacts/archive/entry.ts';
import { type ArchiveFault, fault } from '../artifacts/archive/fault.ts';
import { type FileView, type ReadWanted, unreadable } from '../artifacts/archive/view.ts';
import type { ArchiveHost } from '../host.ts';

export function folderView(folder: string, host: ArchiveHost): FileView {
  const pathOf = (path: string): string => (path === '' ? folder : folder === '/' ? `/${path}` : `${folder}/${path}`);
  const known = new Map<string, Entry | undefined>();
  const entryAt = (path: string): Entry | undefined => {
    if (!known.has(path)) known.set(path, readEntry(pathOf(path), path, host));
    return known.get(path);
  };
  return {
    name: folder,
    container: folder,
    isClosed: false,
    entryAt,
    // A link to a folder is none: it may lead anywhere.
    namesIn: (path) => (entryAt(path)?.kind === 'folder' ? (host.list(pathOf(path)) ?? []) : []),
    markOf: () => undefined,
    read: (wanted) => wanted.map((each) => readOne(each, pathOf(each.path), entryAt(each.path), host)),
    contentOf: (path) => contentOf(pathOf(path), path, host),
    faults: [],
    duplicates: [],
  };
}

/** The folder itself may be named by a link; within it links stay links. */
function readEntry(path: string, within: string, host: ArchiveHost): Entry | undefined {
  const facts = host.facts(within === '' ? `${path}/.` : path);
  if (facts === undefined || facts.kind === 'missing') return undefined;
  const { kind, size, mode, uid, gid, link } = facts;
  return { kind, size, mode, uid, gid, ...(link === undefined ? {} : { link }) };
}

function readOne(
  wanted: ReadWanted,
  path: string,
  entry: Entry | undefined,
  host: ArchiveHost,
): Uint8Array | ArchiveFault {
  if (entry === undefined) return fault('missing', `${wanted.path} is missing`, wanted.path);
  const problem = unreadable(entry, wanted.path, wanted);
  if (problem !== undefined) return problem;
  const file = host.open(path);
  if ('error' in file) return fault('unreadable', `${wanted.path} cannot be read (${file.detail})`, wanted.path);
  try {
    return file.read(0, Math.min(file.size, wanted.limit));
  } finally {
    file.close();
  }
}

function contentOf(path: string, within: string, host: ArchiveHost): Flow {
  return (sink) => {
    const file = host.open(path);
    if ('error' in file) return fault('unreadable', `${within} cannot be read (${file.detail})`, within);
    try {
      return flowOf(file)(sink);
    } finally {
      file.close();
    }
  };
}
