/** The project that holds for a run: its file, its judge and its baseline, for the command line and the language server alike. */
import { checks } from '../checks/index.ts';
import type { GitHost, Host, KernelHost } from '../host.ts';
import { visible } from '../invisible.ts';
import { formatKernelVersion } from '../target.ts';
import { type Waiver, waiverRules } from '../waivers/waiver.ts';
import { type Baseline, readBaseline } from './baseline.ts';
import { confine } from './confine.ts';
import { openRef } from './git-host.ts';
import { type Glob, tidy } from './inputs.ts';
import { createJudge, type Judge } from './judge.ts';
import { loadWithOwn } from './own-profiles.ts';
import { type LoadLibrary, type Prepared, prepare, projectOptions, type UsageError } from './prepare.ts';
import { emptyProject, type Project, readProject } from './project-config.ts';
import { findProjectFile, projectFileName } from './project-file.ts';
import { referenceFaults } from './project-references.ts';
import { flagOption, listOption, type RawOptions, rawList, textOption } from './raw-options.ts';
import { type Given, placeOf } from './settings.ts';

/** What opening a project may use. */
export interface OpenServices {
  readonly loadLibrary: LoadLibrary;
  readonly kernel: KernelHost;
  readonly git: GitHost;
  readonly glob: Glob;
}

/** Project file, host and judge of a run; shared by `check`, `--print-config` and the commands that take the settings of a group. */
export interface OpenProject {
  readonly project: Project;
  /** Reads the project at its ref, or on disk, and nothing outside of the repository. */
  readonly host: Host;
  readonly prepared: Prepared;
  readonly judge: Judge;
  readonly used: Set<Waiver>;
  /** Where the project file was read: at its commit, or here. */
  readonly source: Host;
  /** The commit that the project file is taken from. */
  readonly ref: { readonly ref: string; readonly host: Host } | undefined;
}

/** The project of a run, its names checked; or all that is wrong. */
export function openProject(
  raw: RawOptions,
  given: ReadonlySet<string>,
  host: Host,
  services: OpenServices,
  takesMatrix = false,
): OpenProject | readonly UsageError[] {
  const prepared = prepare(projectOptions(raw), services.loadLibrary);
  if (!('library' in prepared)) return prepared;
  const refName = textOption(raw, 'config-ref');
  const ref = refName === undefined ? undefined : openRef('--config-ref', refName, host, services.git);
  if (ref !== undefined && 'help' in ref) return [ref];
  if (refName !== undefined && ref === undefined)
    host.writeError(
      'kconfig-lint: this run is of no pull request, so --config-ref base takes the project file as it is here\n',
    );
  const read = readNearest(raw, host, ref);
  if (!('groups' in read)) return read;
  const source = read.source === undefined || ref?.host.pathKind(read.source.path) !== 'file' ? host : ref.host;
  return withJudge(read, raw, given, host, source, prepared, ref, services, takesMatrix);
}

/** The project file at its commit; where there was none yet, the one that is here. */
function readNearest(raw: RawOptions, host: Host, ref: OpenProject['ref']): Project | readonly UsageError[] {
  const named = textOption(raw, 'config');
  const find = (from: Host): string | undefined =>
    named === undefined ? (flagOption(raw, 'no-project') ? undefined : findProjectFile(from)) : tidy(named);
  if (ref !== undefined) {
    // Not the nearest one here: the change itself may have put it there.
    const path = find(ref.host);
    if (path !== undefined && ref.host.pathKind(path) === 'file') return readProject(path, ref.host);
  }
  const path = find(host);
  if (path === undefined) return emptyProject;
  if (ref !== undefined)
    host.writeError(
      `kconfig-lint: ${visible(ref.ref)} has no project file yet, so ${visible(path)} is taken as it is here\n`,
    );
  return readProject(path, host);
}

export function withJudge(
  project: Project,
  raw: RawOptions,
  given: ReadonlySet<string>,
  host: Host,
  source: Host,
  prepared: Prepared,
  ref: OpenProject['ref'],
  services: OpenServices,
  takesMatrix = false,
): OpenProject | readonly UsageError[] {
  const isProject = project.source !== undefined;
  // Paths of the command line are the user's own, and may lie anywhere.
  const confined = isProject ? hostOf(source, host, project, raw) : host;
  const load = loadWithOwn(confined);
  const faults = isProject ? referenceFaults(project, load, allRules) : [];
  if (faults.length > 0) return faults;
  const used = new Set<Waiver>();
  const judge = createJudge({
    project,
    host: confined,
    kernelHost: services.kernel,
    glob: services.glob,
    load,
    checks,
    given: givenIn(raw, given, prepared),
    asksKconfig: textOption(raw, 'kconfig') !== 'off',
    findRedundant: flagOption(raw, 'redundant'),
    takesMatrix,
    cmdlineFile: textOption(raw, 'cmdline-file'),
    today: host.today(),
    used,
  });
  return { project, host: confined, prepared, judge, used, source, ref };
}

export const allRules = [...checks.map(({ info }) => info), ...waiverRules];

/** Ids of checks that need the Kconfig of a kernel. */
export const kernelChecks: ReadonlySet<string> = new Set(
  checks.filter(({ bad }) => bad.kconfig !== undefined).map(({ info }) => info.id),
);

/** Reads within the repository only, but for what the command line itself names. */
function hostOf(source: Host, host: Host, { root }: Project, raw: RawOptions): Host {
  const named = ['base', 'model', 'tree', 'cmdline-file'].flatMap((name) => textOption(raw, name) ?? []);
  const own = new Set([...named, ...listOption(raw, 'profile'), ...rawList(raw, 'manifest')].map(tidy));
  const inside = confine(source, root);
  const hostFor = (path: string): Host => (own.has(path) && inside.pathKind(path) === 'missing' ? host : inside);
  return {
    ...inside,
    readSource: (path, options) => hostFor(path).readSource(path, options),
    pathKind: (path) => hostFor(path).pathKind(path),
  };
}

/** What the command line says, as a project file would. */
function givenIn(raw: RawOptions, given: ReadonlySet<string>, { target }: Prepared): Given {
  const text = (name: string) => {
    const value = textOption(raw, name);
    return value === undefined ? undefined : { value, from: `--${name}` };
  };
  const list = (name: string) => {
    const value = listOption(raw, name);
    return value.length === 0 ? undefined : { value, from: `--${name}` };
  };
  const manifests = rawList(raw, 'manifest');
  const settings = {
    kind: given.has('kind') ? text('kind') : undefined,
    base: text('base'),
    toolchain: text('toolchain'),
    model: text('model'),
    tree: text('tree'),
    kernels:
      target.kernel === undefined ? undefined : { value: [formatKernelVersion(target.kernel)], from: '--kernel' },
    arches: target.arch === undefined ? undefined : { value: [target.arch], from: '--arch' },
    profiles: list('profile'),
    boot: list('boot'),
    'extra-symbols': list('extra-symbols'),
    cmdline: text('cmdline'),
    manifests: manifests.length === 0 ? undefined : { value: manifests, from: '--manifest' },
  };
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as Given;
}

export interface OpenBaseline {
  readonly path: string | undefined;
  readonly entries: Baseline | undefined;
  readonly isUpdating: boolean;
  readonly isPruning: boolean;
}

export function openBaseline(
  { project, ref, source: origin }: OpenProject,
  raw: RawOptions,
  isNarrow: boolean,
  host: Host,
): OpenBaseline | readonly UsageError[] {
  const [isUpdating, isPruning] = [flagOption(raw, 'update-baseline'), flagOption(raw, 'prune-baseline')];
  const option = isUpdating ? '--update-baseline' : '--prune-baseline';
  const path =
    textOption(raw, 'baseline') ??
    (project.baseline === undefined ? undefined : project.folder + project.baseline.value);
  if (isUpdating || isPruning) {
    if (isUpdating && isPruning)
      return [
        {
          message: '--update-baseline and --prune-baseline exclude each other',
          help: 'an updated baseline holds nothing old',
        },
      ];
    if (path === undefined)
      return [
        {
          message: `${option} needs a file`,
          help: `name it: --baseline baseline.json ${option}, or "baseline:" in ${projectFileName}`,
        },
      ];
    if (ref !== undefined || textOption(raw, 'since') !== undefined)
      return [
        {
          message: `${option} cannot go with --config-ref or --since`,
          help: 'a baseline is written from what is here',
        },
      ];
    if (isNarrow)
      return [
        {
          message: `${option} needs the settings of the project as they are`,
          help: 'leave out options such as --profile and --kernel',
        },
      ];
  }
  if (path === undefined) return { path, entries: undefined, isUpdating, isPruning };
  const isOwn = textOption(raw, 'baseline') !== undefined;
  const source = isOwn ? (ref?.host ?? host) : origin;
  if (isUpdating && source.pathKind(path) === 'missing') return { path, entries: [], isUpdating, isPruning };
  const read = readBaseline(path, isOwn && ref === undefined ? host : confine(source, project.root));
  if (isBaseline(read)) return { path, entries: read, isUpdating, isPruning };
  const place = project.baseline === undefined || isOwn ? {} : placeOf(project.baseline);
  return read.map((fault) =>
    fault.line === undefined ? { ...fault, ...(place.path === undefined ? {} : place) } : fault,
  );
}

function isBaseline(read: Baseline | readonly UsageError[]): read is Baseline {
  return !read.some((each) => 'message' in each);
}
