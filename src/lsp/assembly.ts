/** All that a check of files in one folder with one set of options needs, made once and kept until something that it was made of changes. */
import { statSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import glob from 'fast-glob';
import type { GitHost, Host, KernelHost } from '../host.ts';
import type { Glob } from '../project/inputs.ts';
import type { Judge } from '../project/judge.ts';
import { builtInLibrary } from '../project/library.ts';
import { allRules, kernelChecks, openBaseline, openProject } from '../project/open-project.ts';
import { loadWithOwn } from '../project/own-profiles.ts';
import type { UsageError } from '../project/prepare.ts';
import { findProjectFile } from '../project/project-file.ts';
import { ruleFault } from '../project/project-references.ts';
import { createProjectRun, type ProjectRun } from '../project/project-run.ts';
import type { RawOptions } from '../project/raw-options.ts';
import type { Waiver } from '../waivers/waiver.ts';
import { type FolderHost, hostIn } from './folder-host.ts';

/** The machine that the server runs on. */
export interface Machine {
  readonly host: Host;
  readonly kernel: KernelHost;
  readonly git: GitHost;
}

export interface Assembly extends FolderHost {
  /** Absolute; what a run on the command line would be started in. */
  readonly folder: string;
  readonly raw: RawOptions;
  /** Undefined where the options or the project file cannot be understood. */
  readonly open: { readonly judge: Judge; readonly run: ProjectRun; readonly used: Set<Waiver> } | undefined;
  /** What is wrong with them. */
  readonly faults: readonly UsageError[];
  readonly glob: Glob;
  /** True once a file that it was made of is not what it was. */
  readonly isStale: () => boolean;
}

/** Files whose changes are looked for. */
const mostWatched = 300;

/** The folder whose project config holds for a file, else the innermost workspace folder that it is in, else its own. */
export function folderFor(path: string, workspace: readonly string[], machine: Machine): string {
  const own = dirname(path);
  const found = findProjectFile(hostIn({ folder: own, ...machine }).host);
  if (found !== undefined) return dirname(resolve(own, found));
  const inside = workspace.filter((folder) => path.startsWith(folder.endsWith(sep) ? folder : folder + sep));
  return inside.sort((a, b) => b.length - a.length)[0] ?? own;
}

/** The path of a file as a run in `folder` would be given it. */
export function pathIn(folder: string, path: string): string {
  const short = relative(folder, path);
  return (short === '' || short.startsWith('..') ? path : short).replaceAll('\\', '/');
}

export function assemble(folder: string, raw: RawOptions, machine: Machine): Assembly {
  const stamps = new Map<string, string>();
  const own = hostIn({
    folder,
    ...machine,
    onRead: (path) => {
      if (stamps.size < mostWatched && !stamps.has(path)) stamps.set(path, stampOf(path));
    },
  });
  const isStale = (): boolean => [...stamps].some(([path, stamp]) => stampOf(path) !== stamp);
  const findFiles: Glob = (pattern) => glob.sync(pattern, { ...globOptions, cwd: folder });
  const base = { ...own, folder, raw, glob: findFiles, isStale };
  const given = new Set(Object.keys(raw).filter((name) => name !== 'files'));
  const services = { loadLibrary: loadWithOwn(own.host), kernel: own.kernel, git: machine.git, glob: findFiles };
  const opened = openProject(raw, given, own.host, services);
  if (!('project' in opened)) return { ...base, open: undefined, faults: opened };
  const baseline = openBaseline(opened, raw, false, own.host);
  if ('length' in baseline) return { ...base, open: undefined, faults: baseline };
  const { project, judge, used, prepared } = opened;
  const library = prepared.library.profiles.size > 0 ? prepared.library : builtInLibrary(own.host);
  const run = createProjectRun({
    project,
    host: own.host,
    judge,
    used,
    today: own.host.today(),
    isWhole: false,
    baseline: baseline.entries,
    isUpdating: false,
    kernelChecks,
    knowsRule: (pattern) => ruleFault(pattern, library, allRules) === undefined,
  });
  return { ...base, open: { judge, run, used }, faults: [] };
}

const globOptions = { dot: true, followSymbolicLinks: false, ignore: ['**/node_modules/**', '**/.git/**'] };

function stampOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false, bigint: true });
  return stat === undefined ? '' : `${stat.mtimeNs} ${stat.size} ${stat.ino}`;
}
