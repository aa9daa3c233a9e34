/** A host in memory: files by path, and everything that was written. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Host, PathKind } from '../../src/host.ts';
import { createSource } from '../../src/source.ts';
import { root } from './corpus.ts';

export interface MemoryHost extends Host {
  readonly out: () => string;
  readonly err: () => string;
  readonly written: Map<string, string>;
}

export interface MemoryOptions {
  readonly files?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly isTerminal?: boolean;
  /** What every write to standard output meets. */
  readonly broken?: string;
  /** What every output file meets when it is committed. */
  readonly full?: string;
  readonly today?: string;
  /** What a person answers, in order. */
  readonly answers?: readonly string[];
}

/** Where the files of a memory host lie: what `..` leads out of. */
export const place = '/home/user/work';

function absoluteIn(path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${place}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

export function memoryHost({
  files: given = {},
  stdin = '',
  env = {},
  isTerminal = false,
  broken,
  full,
  today = '2026-11-21',
  answers = [],
}: MemoryOptions = {}): MemoryHost {
  const own: Record<string, string> = { ...given };
  const files: Readonly<Record<string, string>> = own;
  let out = '';
  let err = '';
  let failed = false;
  const remaining = [...answers];
  const written = new Map<string, string>();
  const kind = (path: string): PathKind => {
    if (Object.hasOwn(files, path)) return 'file';
    const inside =
      path === '.' ? Object.keys(files).length > 0 : Object.keys(files).some((name) => name.startsWith(`${path}/`));
    return inside ? 'folder' : 'missing';
  };
  return {
    out: () => out,
    err: () => err,
    written,
    readSource: (path) => {
      if (path === '-') return createSource('<stdin>', stdin);
      if (kind(path) === 'folder') return { error: 'folder', detail: 'EISDIR' };
      const text = Object.hasOwn(files, path) ? files[path] : undefined;
      return text === undefined ? { error: 'missing', detail: 'ENOENT' } : createSource(path, text);
    },
    pathKind: kind,
    linkKind: kind,
    list: (folder) => {
      const prefix = folder === '.' ? '' : `${folder}/`;
      const names = Object.keys(files)
        .filter((name) => name.startsWith(prefix))
        .map((name) => name.slice(prefix.length).split('/')[0] as string);
      return names.length === 0 ? undefined : [...new Set(names)].sort();
    },
    asset: (name) => readFileSync(join(root, 'dist', name), 'utf8'),
    sameFile: (a, b) => a === b,
    write: (text) => {
      if (broken !== undefined && text !== '') failed = true;
      else out += text;
      return !failed;
    },
    writeError: (text) => {
      err += text;
    },
    outputFailure: () => (failed ? broken : undefined),
    openOutput: (path) => {
      let text = '';
      return {
        write: (more) => {
          text += more;
          return true;
        },
        commit: () => {
          if (full === undefined) written.set(path, text);
          return full;
        },
      };
    },
    replaceFile: (path, source, text) => {
      if (full !== undefined) return full;
      if (own[path] !== source.text) return 'changed';
      own[path] = text;
      written.set(path, text);
      return undefined;
    },
    absolute: absoluteIn,
    realPath: absoluteIn,
    today: () => today,
    ask: (question) => {
      if (isTerminal) out += question;
      return isTerminal ? remaining.shift() : undefined;
    },
    env,
    isTerminal,
    columns: 100,
  };
}
