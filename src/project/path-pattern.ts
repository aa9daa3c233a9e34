/** Patterns of paths as a project file has them: matched without backtracking, found without following links. */
import type { Host } from '../host.ts';
import { knownArchNames } from '../target.ts';
import { textMatches, wildMatch } from '../wildcard.ts';

/** A pattern may stand for so many once its braces are spelled out. */
const mostSpellings = 512;
/** Folders below a project that are looked into at most. */
const mostFolders = 20_000;
const skippedFolders = new Set(['node_modules', '.git']);

/** One spelling of a pattern: parts of a path, `**` for any number of them. */
interface Spelling {
  readonly parts: readonly string[];
  /** What stands at the place of `{arch}`. */
  readonly arch?: string;
}

export interface PathPattern {
  readonly text: string;
  /** Leaves files out that others of its list let in. */
  readonly isExcluding: boolean;
  readonly isLiteral: boolean;
  readonly spellings: readonly Spelling[];
}

/** A pattern of paths from the project's folder, or what is wrong with it. */
export function parsePathPattern(text: string): PathPattern | { readonly fault: string } {
  const isExcluding = text.startsWith('!');
  const body = text.slice(isExcluding ? 1 : 0).replace(/^(?:\.\/)+/, '');
  if (body === '' || body === '.') return { fault: 'the pattern is empty' };
  if (body.startsWith('/')) return { fault: 'paths are from the folder of this file, so none starts with /' };
  if (/[[\]()\\]/.test(body)) return { fault: 'only * ? ** {a,b} and {arch} have a meaning here' };
  let spellings: Spelling[] = [{ parts: [body] }];
  if (body.includes('{arch}')) {
    spellings = knownArchNames().map((arch) => ({ parts: [body.replaceAll('{arch}', arch)], arch }));
  }
  for (let brace = firstBrace(spellings); brace !== undefined; brace = firstBrace(spellings)) {
    if (!brace.includes(',')) return { fault: `"${brace}" is no choice: write {a,b}, or {arch} for architectures` };
    const choices = brace.slice(1, -1).split(',');
    const spelled = spellings.length * choices.length;
    if (spelled > mostSpellings) return { fault: 'its braces stand for too many spellings' };
    spellings = spellings.flatMap(({ parts: [one = ''], ...rest }) =>
      choices.map((choice) => ({ ...rest, parts: [one.replace(brace as string, () => choice)] })),
    );
  }
  if (/[{}]/.test(spellings[0]?.parts[0] ?? '')) return { fault: 'a brace stands alone' };
  return {
    text,
    isExcluding,
    isLiteral: !/[*?]/.test(body) && spellings.length === 1,
    spellings: spellings.map(({ parts: [one = ''], ...rest }) => ({ ...rest, parts: one.split('/') })),
  };
}

function firstBrace(spellings: readonly Spelling[]): string | undefined {
  return /\{[^{}]*\}/.exec(spellings[0]?.parts[0] ?? '')?.[0];
}

export interface PathMatch {
  readonly arch?: string;
}

/** What the patterns make of a path; undefined where none lets it in, or one leaves it out. */
export function matchPath(patterns: readonly PathPattern[], path: string): PathMatch | undefined {
  const parts = path.split('/');
  const fits = ({ spellings }: PathPattern): Spelling | undefined =>
    spellings.find((spelling) => partsMatch(spelling.parts, parts));
  if (patterns.some((pattern) => pattern.isExcluding && fits(pattern) !== undefined)) return undefined;
  for (const pattern of patterns) {
    const spelling = pattern.isExcluding ? undefined : fits(pattern);
    if (spelling !== undefined) return spelling.arch === undefined ? {} : { arch: spelling.arch };
  }
  return undefined;
}

function partsMatch(pattern: readonly string[], parts: readonly string[]): boolean {
  return wildMatch(
    pattern,
    parts,
    (want) => want === '**',
    (want, part) => textMatches(want, part),
  );
}

/** A path without `.` and `..`; undefined where it leads above the folder it starts from. */
export function normalPath(path: string): string | undefined {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/**
 * Files below `folder` (`''` or ending in `/`) that the patterns let in, by their paths from it, sorted. Links are not followed;
 * a file that is named without a wildcard may be one.
 */
export function findPaths(patterns: readonly PathPattern[], folder: string, host: Host): readonly string[] {
  const found = new Set<string>();
  for (const pattern of patterns) {
    if (pattern.isExcluding) continue;
    for (const { parts } of pattern.spellings) {
      const wildAt = parts.findIndex((part) => /[*?]/.test(part));
      if (wildAt === -1) {
        const path = parts.join('/');
        if (host.pathKind(folder + path) === 'file') found.add(path);
        continue;
      }
      const deepest = parts.includes('**') ? Number.POSITIVE_INFINITY : parts.length;
      for (const path of filesBelow(parts.slice(0, wildAt).join('/'), folder, deepest, host)) {
        if (partsMatch(parts, path.split('/'))) found.add(path);
      }
    }
  }
  return [...found].filter((path) => matchPath(patterns, path) !== undefined).sort();
}

/** Every file at most `deepest` parts down from the project's folder. */
function filesBelow(start: string, folder: string, deepest: number, host: Host): string[] {
  const files: string[] = [];
  const todo = [start];
  let looked = 0;
  for (let next = todo.pop(); next !== undefined && looked < mostFolders; next = todo.pop()) {
    looked++;
    const place = folder + next;
    for (const name of host.list(place === '' ? '.' : place.replace(/\/$/, '')) ?? []) {
      const path = next === '' ? name : `${next}/${name}`;
      const kind = host.linkKind(folder + path);
      if (kind === 'file') files.push(path);
      else if (kind === 'folder' && !skippedFolders.has(name) && path.split('/').length < deepest) todo.push(path);
    }
  }
  return files;
}
