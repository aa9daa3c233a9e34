/** What archives of every kind say of a file, and how the name of one becomes a path that cannot lead anywhere else. */
import { archiveLimits } from './limits.ts';

export interface Entry {
  readonly kind: 'file' | 'folder' | 'link' | 'hard-link' | 'other';
  readonly size: number;
  /** Permission bits, as in `0o755`. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** What a link leads to, as the archive spells it. */
  readonly link?: string;
  /** Why the content cannot be read although the rest of the archive can. */
  readonly unreadable?: 'sparse' | 'no hard link target';
}

/** An entry as an archive lists it. */
export interface NamedEntry extends Entry {
  /** As the archive spells it. */
  readonly name: string;
}

/** Gets what an archive holds, in its order. */
export interface EntrySink {
  /** Gives how many bytes of the content are wanted, from its start; false stops the reader. */
  readonly entry: (entry: NamedEntry, at: number) => number | false;
  /** The wanted bytes of the last entry, in pieces that are valid until the next one. */
  readonly content: (piece: Uint8Array) => void;
}

/**
 * The parts of a path below the root of the archive; a leading `/` means that root, as for tar. Undefined where the name leads out of
 * the archive or can be no name of a file.
 */
export function pathParts(name: string): string[] | undefined {
  if (name.length > archiveLimits.path || name.includes('\0')) return undefined;
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  return parts.includes('..') || parts.some((part) => part.length > 255) ? undefined : parts;
}
