/** `check` in a project: opens the project file, what is known already and the commits it is compared with, and hands all to the run. */
import type { ConfigDocument } from '../config/document.ts';
import type { Report } from '../finding.ts';
import type { ExitCode, GitHost, Host, KernelHost } from '../host.ts';
import { visible } from '../invisible.ts';
import { type Baseline, baselineText, pruned } from '../project/baseline.ts';
import { confine } from '../project/confine.ts';
import { extraSymbols } from '../project/extra-symbols.ts';
import { openRef } from '../project/git-host.ts';
import { findInputs, type Glob } from '../project/inputs.ts';
import { wordsFor } from '../project/kernel.ts';
import { builtInLibrary } from '../project/library.ts';
import {
  allRules,
  kernelChecks,
  type OpenBaseline,
  type OpenProject,
  openBaseline,
  openProject,
  withJudge,
} from '../project/open-project.ts';
import type { Prepared, UsageError } from '../project/prepare.ts';
import { type Project, readProject } from '../project/project-config.ts';
import { ruleFault } from '../project/project-references.ts';
import {
  anew,
  createProjectRun,
  nextBaseline,
  type ProjectRun,
  type RunInput,
  waiveOwn,
} from '../project/project-run.ts';
import { allFiles } from '../project/settings.ts';
import { reportSetup } from '../project/situate.ts';
import { plural } from '../reporters/reporter.ts';
import { runCheck } from './check.ts';
import type { GroupOptions } from './group-options.ts';
import { asksOfBoot, listOption, type RawOptions, textOption } from './options.ts';
import type { ProjectCheck, Services } from './services.ts';
import { reportUsage } from './usage.ts';

/** What commands that know of projects may use. */
export interface ProjectServices extends Services {
  readonly kernel: KernelHost;
  readonly git: GitHost;
  readonly glob: Glob;
  /** Options that stand on the command line, whatever their defaults. */
  readonly given: ReadonlySet<string>;
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

export function runProjectCheck(
  raw: RawOptions,
  given: ReadonlySet<string>,
  host: Host,
  services: ProjectServices,
): ExitCode | Promise<ExitCode> {
  const named = namedFault(raw, host, services);
  if (named !== undefined) return reportUsage([named], raw, host, services.reporters);
  const opened = openProject(raw, given, host, services);
  if (!('project' in opened)) return reportUsage(opened, raw, host, services.reporters);
  const { project } = opened;
  // A command line or a manifest by itself.
  if (raw.files.length === 0 && asksOfBoot(raw)) return runCheck(raw, host, services);
  if (raw.files.length === 0 && project.groups.length === 0) {
    const help =
      project.source === undefined
        ? 'kconfig-lint .config --profile NAME; "kconfig-lint init" writes a project file, and then none need be named'
        : `name files, or say under "files:" in ${project.source.path} which ones are what`;
    return reportUsage([{ message: 'no file was named', help }], raw, host, services.reporters);
  }
  const made = makeRun(opened, raw, given, host, services);
  if (!('check' in made)) return reportUsage(made, raw, host, services.reporters);
  const own = {
    ...raw,
    ...(given.has('fail-on') || project.failOn === undefined ? {} : { 'fail-on': project.failOn.value }),
    ...(given.has('max-warnings') || project.maxWarnings === undefined
      ? {}
      : { 'max-warnings': project.maxWarnings.value }),
  };
  return runCheck(own, host, { ...services, project: made.check });
}

/** What options name must be there, also where no file comes to need it. */
function namedFault(raw: RawOptions, host: Host, { kernel, glob }: ProjectServices): UsageError | undefined {
  const tree = textOption(raw, 'tree');
  const opened = tree === undefined ? undefined : kernel.openTree(tree);
  if (opened !== undefined && 'error' in opened)
    return { path: tree as string, message: wordsFor(opened), help: 'name the root of a kernel tree with --tree' };
  const names = extraSymbols(listOption(raw, 'extra-symbols'), host, glob);
  return typeof names === 'function' ? undefined : names;
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
    forgets: !baseline.isUpdating && !baseline.isPruning,
    since,
    trusted: ref,
    kernelChecks,
    knowsRule: (pattern) => ruleFault(pattern, library, allRules) === undefined,
  });
  return {
    check: {
      prepared,
      inputs,
      reportsOf: run.reportsOf,
      effects: run.effects,
      repeat: (effects, path) => {
        run.repeat(effects);
        // Manifests are read with the first file that they are for.
        for (const settings of judge.settingsOf(path)) judge.tools.bootOf(settings);
      },
      isBound: since !== undefined || ref !== undefined || baseline.isUpdating || baseline.isPruning,
      closing: (failures) => [...manifestReports(opened, raw, library), ...run.closing(failures)],
      fixed: () => (baseline.entries === undefined && since === undefined ? undefined : run.fixed()),
      finish: (failures) => writeBaseline(baseline, run, failures, project, host),
    },
  };
}

/** Of the manifests that the project file names; those of the command line are said of first. */
function manifestReports(
  { prepared, judge }: OpenProject,
  raw: RawOptions,
  library: Prepared['library'],
): readonly Report[] {
  if (asksOfBoot(raw)) return [];
  const { machines, knowledge } = judge.tools;
  return machines().map((setup) => reportSetup(setup, { ...prepared, library }, knowledge(), false));
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
