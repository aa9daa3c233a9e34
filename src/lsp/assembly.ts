/** All that a check of files in one folder with one set of options needs, made once and kept until something that it was made of changes. */
import { statSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import glob from 'fast-glob';
import type { Host, KernelHost } from '../host.ts';
import { openViews, type ViewOf } from '../project/judge-file.ts';
import { loadWithOwn } from '../project/own-profiles.ts';
import { type Prepared, prepare, projectOptions, type UsageError } from '../project/prepare.ts';
import { type ProjectConfig, readProjectConfig } from '../project/project-config.ts';
import { findProjectFile } from '../project/project-file.ts';
import type { RawOptions } from '../project/raw-options.ts';
import { createViews, type Views } from '../project/views.ts';
import { type FolderHost, hostIn } from './folder-host.ts';

export interface Assembly extends FolderHost {
  /** Absolute; what a run on the command line would be started in. */
  readonly folder: string;
  readonly raw: RawOptions;
  /** Undefined where the options cannot be understood. */
  readonly prepared: Prepared | undefined;
  readonly viewOf: ViewOf;
  /** The models behind `viewOf`, whatever is known of a document; undefined where they cannot be had. */
  readonly views: () => Views | undefined;
  /** What is wrong with the options, the profiles or the project config. */
  readonly faults: readonly UsageError[];
  /** True once a file that it was made of is not what it was. */
  readonly isStale: () => boolean;
}

/** Files whose changes are looked for. */
const mostWatched = 300;

/** The folder whose project config holds for a file, else the innermost workspace folder that it is in, else its own. */
export function folderFor(path: string, workspace: readonly string[], host: Host, kernel: KernelHost): string {
  const own = dirname(path);
  const found = findProjectFile(hostIn({ folder: own, host, kernel, onError: () => undefined }).host);
  if (found !== undefined) return dirname(resolve(own, found));
  const inside = workspace.filter((folder) => path.startsWith(folder.endsWith(sep) ? folder : folder + sep));
  return inside.sort((a, b) => b.length - a.length)[0] ?? own;
}

/** The path of a file as a run in `folder` would be given it. */
export function pathIn(folder: string, path: string): string {
  const short = relative(folder, path);
  return (short === '' || short.startsWith('..') ? path : short).replaceAll('\\', '/');
}

export function assemble(folder: string, raw: RawOptions, host: Host, kernel: KernelHost): Assembly {
  const stamps = new Map<string, string>();
  let errors = '';
  const own = hostIn({
    folder,
    host,
    kernel,
    onRead: (path) => {
      if (stamps.size < mostWatched && !stamps.has(path)) stamps.set(path, stampOf(path));
    },
    onError: (text) => {
      errors += text;
    },
  });
  const isStale = (): boolean => [...stamps].some(([path, stamp]) => stampOf(path) !== stamp);
  const base = { ...own, folder, raw, isStale };
  const globFiles = (pattern: string): string[] =>
    glob.sync(pattern, {
      cwd: folder,
      dot: true,
      followSymbolicLinks: false,
      ignore: ['**/node_modules/**', '**/.git/**'],
    });
  const project = readProjectConfig(own.host);
  const prepared = prepare(projectOptions(raw), loadWithOwn(own.host));
  const faults = [...('message' in project ? [project] : []), ...('library' in prepared ? [] : prepared)];
  if ('message' in project || !('library' in prepared)) {
    return { ...base, prepared: undefined, faults, viewOf: () => undefined, views: () => undefined };
  }
  let views: Views | UsageError | number | undefined;
  const open = () => {
    views ??= createViews(raw, prepared, own.host, own.kernel, globFiles, project satisfies ProjectConfig);
    return views;
  };
  const opened = openViews(raw, prepared, () => open() as Views);
  if (typeof opened !== 'function') {
    const fault = typeof opened === 'number' ? { message: firstLine(errors), help: '' } : opened;
    return { ...base, prepared: undefined, faults: [fault], viewOf: () => undefined, views: () => undefined };
  }
  return {
    ...base,
    prepared,
    faults,
    viewOf: opened,
    views: () => {
      const all = open();
      return typeof all === 'number' || 'help' in all ? undefined : all;
    },
  };
}

function firstLine(text: string): string {
  return text.split('\n')[0] || 'the kernel tree or the base cannot be read';
}

function stampOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false, bigint: true });
  return stat === undefined ? '' : `${stat.mtimeNs} ${stat.size} ${stat.ino}`;
}
