/** From the arguments of a run to the files it reads. */

import type { InputFailure } from '../finding.ts';
import type { Host } from '../host.ts';
import { nearest } from '../suggest.ts';

/** Finds files for a pattern; only called for arguments that hold glob characters. */
export type Glob = (pattern: string) => readonly string[];

export interface Inputs {
  /** `-` is standard input. In the order of the arguments, within one argument sorted, each once. */
  readonly paths: readonly string[];
  readonly failures: readonly InputFailure[];
}

const skippedFolders = new Set(['node_modules', '.git']);

/** `isConfigName` in words. */
export const lookedFor =
  'files named .config, *.config, config-*, linux-config-*, *_defconfig and *.fragment are looked for';

/** What counts as a config in a folder. */
export function isConfigName(name: string): boolean {
  return (
    name === '.config' ||
    name.endsWith('.config') ||
    /^(?:linux-)?config-/.test(name) ||
    name.endsWith('_defconfig') ||
    name === 'defconfig' ||
    name.endsWith('.fragment')
  );
}

export function hasGlob(argument: string): boolean {
  return /[*?[\]{}]|[!@+]\(/.test(argument);
}

export function findInputs(args: readonly string[], host: Host, glob: Glob): Inputs {
  const paths = new Set<string>();
  const failures: InputFailure[] = [];
  for (const argument of args) {
    if (argument === '-') {
      paths.add(argument);
      continue;
    }
    if (argument === '') {
      const help = 'is a variable empty in the script that calls? Name a config';
      failures.push({ path: '""', code: 'missing', message: 'this is an empty name', help });
      continue;
    }
    const path = tidy(argument);
    const kind = host.pathKind(path);
    if (kind === 'folder' && host.pathKind(`${path}/oci-layout`) === 'file') paths.add(path);
    else if (kind === 'folder') {
      const found = configsIn(path, host);
      if (found.length === 0) failures.push(nothingIn(argument));
      for (const file of found) paths.add(file);
    } else if (kind === 'missing' && hasGlob(argument)) {
      const found = glob(argument);
      if (found.length === 0) failures.push(nothingMatches(argument));
      for (const file of [...found].sort()) paths.add(file);
    } else paths.add(path);
  }
  return { paths: [...paths], failures };
}

/** Without a leading `./` and trailing slashes. */
export function tidy(path: string): string {
  const plain = path.replace(/^(?:\.\/)+(?=.)/, '');
  return plain.length > 1 ? plain.replace(/\/+$/, '') || '/' : plain;
}

/** Every config below a folder. Links are not followed: they may lead anywhere, or round in a circle. */
function configsIn(folder: string, host: Host): string[] {
  const found: string[] = [];
  const todo = [folder];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const folders: string[] = [];
    for (const name of host.list(next) ?? []) {
      const path = next === '.' ? name : next === '/' ? `/${name}` : `${next}/${name}`;
      const kind = host.linkKind(path);
      if (kind === 'folder' && !skippedFolders.has(name)) folders.push(path);
      else if (kind === 'file' && isConfigName(name)) found.push(path);
    }
    todo.push(...folders.reverse());
  }
  return found.sort();
}

function nothingIn(path: string): InputFailure {
  return {
    path,
    code: 'no-config-in-folder',
    message: 'no kernel config in this folder',
    help: `${lookedFor}; name others one by one`,
  };
}

function nothingMatches(path: string): InputFailure {
  return {
    path,
    code: 'no-match',
    message: 'no file matches this pattern',
    help: 'check the pattern; ** goes through folders',
  };
}

/** What to say of a path that is not there: which names beside it are near. */
export function missingHelp(path: string, host: Host): string {
  const cut = path.lastIndexOf('/');
  const folder = cut === -1 ? '.' : path.slice(0, cut) || '/';
  const names = host.list(folder);
  if (names === undefined) return `the folder ${folder} is not there either`;
  const near = nearest(path.slice(cut + 1), names.slice(0, 5000));
  if (near.length > 0)
    return `near it ${near.length === 1 ? 'is' : 'are'} ${near.map((name) => (cut === -1 ? name : `${folder}/${name}`)).join(', ')}`;
  const configs = names.filter(isConfigName).slice(0, 3);
  return configs.length > 0 ? `in that folder: ${configs.join(', ')}` : 'check the path';
}
