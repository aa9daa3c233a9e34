/** `check` in a project: opens the project file, what is known already and the commits it is compared with, and hands all to the run. */
import { checks } from '../checks/index.ts';
import type { ConfigDocument } from '../config/document.ts';
import type { Report } from '../finding.ts';
import type { ExitCode, GitHost, Host, KernelHost } from '../host.ts';
import { visible } from '../invisible.ts';
import { type Baseline, baselineText, pruned, readBaseline } from '../project/baseline.ts';
import { confine } from '../project/confine.ts';
import { openRef } from '../project/git-host.ts';
import { findInputs, type Glob, tidy } from '../project/inputs.ts';
import { createJudge, type Judge } from '../project/judge.ts';
import { builtInLibrary } from '../project/library.ts';
import { loadWithOwn } from '../project/own-profiles.ts';
import { type Prepared, prepare, type UsageError } from '../project/prepare.ts';
import { emptyProject, type Project, readProject } from '../project/project-config.ts';
import { findProjectFile, projectFileName } from '../project/project-file.ts';
import { referenceFaults, ruleFault } from '../project/project-references.ts';
import {
  anew,
  createProjectRun,
  nextBaseline,
  type ProjectRun,
  type RunInput,
  waiveOwn,
} from '../project/project-run.ts';
import { allFiles, type Given, placeOf } from '../project/settings.ts';
import { plural } from '../reporters/reporter.ts';
import { formatKernelVersion } from '../target.ts';
import { type Waiver, waiverRules } from '../waivers/waiver.ts';
import { type ProjectCheck, projectOptions, reportUsage, runCheck, type Services } from './check.ts';
import type { GroupOptions } from './group-options.ts';
import { flagOption, listOption, type RawOptions, textOption } from './options.ts';

/** What commands that know of projects may use. */
export interface ProjectServices extends Services {
  readonly kernel: KernelHost;
  readonly git: GitHost;
  readonly glob: Glob;
  /** What the group of a file says, for commands that look at one kernel; undefined where it belongs to none. */
  readonly settingsFor: (document: ConfigDocument) => GroupOptions | readonly UsageError[] | undefined;
}

/** Options that change what a project's own settings would find. */
const narrowing = [
  'profile',
  'kernel',
  'arch',
  'kind',
  'boot',
  'base',
  'toolchain',
  'model',
  'tree',
  'extra-symbols',
  'kconfig',
];

/** Project file, host and judge of a run; shared by `check`, `--print-config` and the commands that take the settings of a group. */
export interface OpenProject {
  readonly project: Project;
  /** Reads the project at its ref, or on disk, and nothing outside of the repository. */
  readonly host: Host;
  readonly prepared: Prepared;
  readonly judge: Judge;
  readonly used: Set<Waiver>;
  /** The commit that the project file is taken from. */
  readonly ref: { readonly ref: string; readonly host: Host } | undefined;
}

export function runProjectCheck(
  raw: RawOptions,
  given: ReadonlySet<string>,
  host: Host,
  services: ProjectServices,
): ExitCode {
  const opened = openProject(raw, given, host, services);
  if (!('project' in opened)) return reportUsage(opened, raw, host);
  const { project } = opened;
  if (raw.files.length === 0 && project.groups.length === 0) {
    const help =
      project.source === undefined
        ? 'kconfig-lint .config --profile NAME; "kconfig-lint init" writes a project file, and then none need be named'
        : `name files, or say under "files:" in ${project.source.path} which ones are what`;
    return reportUsage([{ message: 'no file was named', help }], raw, host);
  }
  const made = makeRun(opened, raw, given, host, services);
  if (!('check' in made)) return reportUsage(made, raw, host);
  const own = {
    ...raw,
    ...(given.has('fail-on') || project.failOn === undefined ? {} : { 'fail-on': project.failOn.value }),
    ...(given.has('max-warnings') || project.maxWarnings === undefined
      ? {}
      : { 'max-warnings': project.maxWarnings.value }),
  };
  return runCheck(own, host, { ...services, project: made.check });
}

/** The project of a run, its names checked; or all that is wrong. */
export function openProject(
  raw: RawOptions,
  given: ReadonlySet<string>,
  host: Host,
  services: ProjectServices,
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
  const path = textOption(raw, 'config') ?? (flagOption(raw, 'no-project') ? undefined : findProjectFile(host));
  const source = ref?.host ?? host;
  if (path !== undefined && ref !== undefined && source.pathKind(path) !== 'file')
    host.writeError(`kconfig-lint: ${visible(ref.ref)} has no ${visible(path)}, so no project file holds\n`);
  const read =
    path === undefined || (ref !== undefined && source.pathKind(path) !== 'file')
      ? emptyProject
      : readProject(tidy(path), source);
  if (!('groups' in read)) return read;
  return withJudge(read, raw, given, host, source, prepared, ref, services);
}

function withJudge(
  project: Project,
  raw: RawOptions,
  given: ReadonlySet<string>,
  host: Host,
  source: Host,
  prepared: Prepared,
  ref: OpenProject['ref'],
  services: ProjectServices,
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
    today: host.today(),
    used,
  });
  return { project, host: confined, prepared, judge, used, ref };
}

export const allRules = [...checks.map(({ info }) => info), ...waiverRules];

/** Reads within the repository only, but for what the command line itself names. */
function hostOf(source: Host, host: Host, { root }: Project, raw: RawOptions): Host {
  const named = ['base', 'model', 'tree'].flatMap((name) => textOption(raw, name) ?? []);
  const own = new Set([...named, ...listOption(raw, 'profile')].map(tidy));
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
  };
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as Given;
}

interface MadeRun {
  readonly check: ProjectCheck;
}

function makeRun(
  opened: OpenProject,
  raw: RawOptions,
  given: ReadonlySet<string>,
  host: Host,
  services: ProjectServices,
): MadeRun | readonly UsageError[] {
  const { project, judge, used, ref } = opened;
  const isNarrow = narrowing.some((name) => given.has(name));
  const isWhole = raw.files.length === 0 && !isNarrow;
  const inputs =
    raw.files.length === 0
      ? allFiles(project, confine(host, project.root))
      : findInputs(raw.files, host, services.glob);
  const baseline = openBaseline(opened, raw, isNarrow && project.source !== undefined, host);
  if ('length' in baseline) return baseline;
  const since = openSince(opened, raw, given, host, services);
  if (since !== undefined && 'length' in since) return since;
  const prepared = withAllProfiles(opened, inputs.paths);
  // Without a profile nothing of the library was read yet.
  const library = prepared.library.profiles.size > 0 ? prepared.library : builtInLibrary(host);
  const run = createProjectRun({
    project,
    host,
    judge,
    used,
    today: host.today(),
    isWhole,
    baseline: baseline.entries,
    isUpdating: baseline.isUpdating,
    since,
    trusted: ref,
    kernelChecks,
    knowsRule: (pattern) => ruleFault(pattern, library, allRules) === undefined,
  });
  return {
    check: {
      prepared,
      inputs,
      reportOf: run.reportOf,
      closing: run.closing,
      fixed: () => (baseline.entries === undefined && since === undefined ? undefined : run.fixed()),
      finish: (failures) => writeBaseline(baseline, run, failures, project, host),
    },
  };
}

/** All profiles of the files, for what is said of the run as a whole. */
function withAllProfiles({ judge, prepared }: OpenProject, paths: readonly string[]): Prepared {
  const all = new Map<string, Prepared['chosen'][number]>();
  let { library } = prepared;
  for (const path of paths) {
    for (const settings of judge.settingsOf(path)) {
      const own = judge.preparedFor(settings);
      if (!('library' in own)) continue;
      if (own.chosen.length > 0) library = own.library;
      for (const chosen of own.chosen) all.set(chosen.profile.id, chosen);
    }
  }
  return { ...prepared, chosen: [...all.values()], library };
}

interface OpenBaseline {
  readonly path: string | undefined;
  readonly entries: Baseline | undefined;
  readonly isUpdating: boolean;
  readonly isPruning: boolean;
}

function openBaseline(
  { project, ref }: OpenProject,
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
  const source = ref?.host ?? host;
  if (isUpdating && source.pathKind(path) === 'missing') return { path, entries: [], isUpdating, isPruning };
  const isOwn = textOption(raw, 'baseline') !== undefined;
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

function openSince(
  opened: OpenProject,
  raw: RawOptions,
  given: ReadonlySet<string>,
  host: Host,
  services: ProjectServices,
): RunInput['since'] | readonly UsageError[] {
  const name = textOption(raw, 'since');
  if (name === undefined) return undefined;
  const commit = openRef('--since', name, host, services.git);
  if (commit === undefined) {
    host.writeError('kconfig-lint: this run is of no pull request, so --since base compares with nothing\n');
    return undefined;
  }
  if ('help' in commit) return [commit];
  const { project } = opened;
  const path = project.source?.path;
  // What the project asked for then; where there was no project file yet, what it asks for now.
  const before =
    path === undefined || opened.ref !== undefined || commit.host.pathKind(path) !== 'file'
      ? project
      : readProject(path, commit.host);
  const then = 'groups' in before ? before : project;
  const made = withJudge(then, raw, given, host, commit.host, opened.prepared, commit, services);
  // A project file that was faulty then judged nothing.
  const judge = 'judge' in made ? made.judge : undefined;
  if (judge !== undefined) return { judge, host: commit.host, waivers: then.waivers };
  const again = withJudge(project, raw, given, host, commit.host, opened.prepared, commit, services);
  return 'judge' in again ? { judge: again.judge, host: commit.host, waivers: project.waivers } : again;
}

function writeBaseline(
  { path, entries = [], isUpdating, isPruning }: OpenBaseline,
  run: ProjectRun,
  failures: number,
  project: Project,
  host: Host,
): string | undefined {
  if (path === undefined || (!isUpdating && !isPruning)) return undefined;
  if (failures > 0) return `${path} was not written: ${plural(failures, 'input')} could not be read`;
  const next = nextBaseline(
    entries,
    run,
    (name) => host.pathKind(project.folder + name) === 'file',
    isUpdating ? anew : pruned,
  );
  const text = baselineText(next);
  const output = host.openOutput(path);
  if (typeof output === 'string') return `${path} was not written: ${output}`;
  output.write(text);
  const failure = output.commit();
  if (failure !== undefined) return `${path} was not written: ${failure}`;
  const count = (baseline: Baseline): number => baseline.reduce((sum, each) => sum + each.count, 0);
  host.writeError(`kconfig-lint: ${visible(path)} holds ${plural(count(next), 'finding')}, before ${count(entries)}\n`);
  return undefined;
}

const kernelChecks: ReadonlySet<string> = new Set(
  checks.filter(({ bad }) => bad.kconfig !== undefined).map(({ info }) => info.id),
);

/** Takes off what the comments of a file accept, in a run that knows of no project. */
export function waiveInline(report: Report, { chosen, library }: Prepared, host: Host): Report {
  const rules = [
    ...allRules.map(({ id }) => id),
    ...chosen.flatMap(({ requirements }) => requirements.map(({ id }) => id)),
  ];
  const known = chosen.length > 0 ? library : builtInLibrary(host);
  return waiveOwn(report, {
    today: host.today(),
    rules: new Set(rules),
    kernelChecks,
    knowsRule: (pattern) => ruleFault(pattern, known, allRules) === undefined,
  });
}
