/**
 * kconfig-lint as a library: check configs, and resolve them against a model of a kernel's Kconfig.
 *
 * ```js
 * import { lint, parseConfig } from 'kconfig-lint';
 *
 * const document = parseConfig('# CONFIG_XEN_BLKDEV_FRONTEND is not set\n', { path: 'zone.config' });
 * const report = lint(document, { profiles: ['krata-zone'], kernel: '6.12', arch: 'x86_64' });
 * for (const { severity, message, advice } of report.findings) console.log(severity, message, advice);
 * ```
 */
import { join } from 'node:path';
import { type ConfigDocument, parseConfigText } from './config/document.ts';
import { createSums, type InputFailure, type Report } from './finding.ts';
import { decodeModel, type ModelFile } from './kconfig/index.ts';
import { createGitHost } from './node-git-host.ts';
import { createNodeHost } from './node-host.ts';
import { createKernelHost } from './node-kernel-host.ts';
import { builtInLibrary } from './project/library.ts';
import { allRules, kernelChecks, openProject } from './project/open-project.ts';
import { loadWithOwn } from './project/own-profiles.ts';
import type { UsageError as OptionFault } from './project/prepare.ts';
import { ruleFault } from './project/project-references.ts';
import { createProjectRun } from './project/project-run.ts';
import type { RawOptions } from './project/raw-options.ts';
import { readDocument } from './project/read.ts';
import { type Format, reporters } from './reporters/index.ts';
import { version } from './version.ts';

export {
  type ConfigDocument,
  effectiveSettings,
  type Setting,
  settingOf,
  settingsOf,
} from './config/document.ts';
export { applyEdits } from './config/edits.ts';
export type { Counts, Edit, Finding, Fix, ProfileScore, Report, RuleInfo, Severity, Unknown } from './finding.ts';
export {
  type AllMode,
  allConfig,
  type Base,
  type CompileOptions,
  type CompileResult,
  type Configured,
  compileKconfig,
  type Disagreement,
  decodeModel,
  defConfig,
  type Evaluation,
  encodeModel,
  type KconfigModel,
  type KconfigProblem,
  listNew,
  loadConfig,
  type ModelFile,
  ModelFormatError,
  mergeConfigs,
  type Refusal,
  type Resolved,
  type ResolveOptions,
  resolveConfig,
  symbolNamed,
  writeConfig,
  writeDefconfig,
} from './kconfig/index.ts';
export type { UsageError as OptionFault } from './project/prepare.ts';
export type { Format } from './reporters/index.ts';
export { type Location, type Position, positionOf, type SourceText } from './source.ts';
export { version };

const kernelHost = createKernelHost(join(__dirname, '../models'));

export interface ParseOptions {
  /** What findings call it; release and architecture may follow from it. Default: `.config`. */
  readonly path?: string;
  /** Whether silence means off (`complete`) or nothing (`fragment`); found out by default. */
  readonly kind?: 'auto' | 'complete' | 'fragment';
}

/** Parses the text of a `.config`, a defconfig or a fragment. Never throws: what is wrong stands in `problems`. */
export function parseConfig(text: string, { path = '.config', kind = 'auto' }: ParseOptions = {}): ConfigDocument {
  return parseConfigText(text, path, { kind });
}

/**
 * Reads and parses a file, gzip unfolded, within the limits of the command line.
 *
 * @throws Error where it cannot be read or is no config.
 */
export function readConfig(path: string, { kind = 'auto' }: Pick<ParseOptions, 'kind'> = {}): ConfigDocument {
  const document = readDocument(path, createNodeHost(__dirname), { kind, stdinName: '<stdin>', keep: true });
  if ('scanned' in document) return document;
  throw new Error(`${document.path}: ${document.message}; ${document.help}`);
}

/** Each means what the option of the same name means to `kconfig-lint check`. */
export interface LintOptions {
  /** Names, `NAME@VERSION`, `all`, or paths of YAML files of your own. */
  readonly profiles?: readonly string[];
  /** Kernel version, where the document does not say it: `6.12`. */
  readonly kernel?: string;
  readonly arch?: string;
  /** `initrd`, `no-modules`, `pci`, `cgroup-v1`, or `no-` before one. */
  readonly boot?: readonly string[];
  /** What fragments are merged onto: `none`, `defconfig`, `allnoconfig`, `NAME_defconfig`, or a path. */
  readonly base?: string;
  readonly toolchain?: string;
  /** Path of a model that `model build` wrote. */
  readonly model?: string;
  /** Path of a kernel tree. */
  readonly tree?: string;
  /** Symbols of patches: names, patterns such as `OURS_*`, or paths of files that name them. */
  readonly extraSymbols?: readonly string[];
  /** Note settings that the kernel comes to anyway. */
  readonly redundant?: boolean;
  /** False leaves the kernel's Kconfig out. */
  readonly kconfig?: boolean;
  /** Path of a project file, whose settings and waivers then hold for the documents that their paths put into its groups; none without it. */
  readonly project?: string;
}

/** What is wrong with the options, or with a profile that they name; `faults` has each with its place and what to do. */
export class OptionError extends Error {
  readonly faults: readonly OptionFault[];

  constructor(faults: readonly OptionFault[]) {
    super(
      faults
        .map(({ path, line, message }) => [path, line, message].filter((part) => part !== undefined).join(': '))
        .join('; '),
    );
    this.name = 'OptionError';
    this.faults = faults;
  }
}

/**
 * Checks one document as the command line does.
 *
 * @throws OptionError where the options are wrong.
 */
export function lint(document: ConfigDocument, options: LintOptions = {}): Report {
  return createLinter(options)(document);
}

/**
 * `lint` for many documents: options are looked at, and profiles and models read, only once.
 *
 * @throws OptionError where the options are wrong, now or for the first document that shows it.
 */
export function createLinter(options: LintOptions = {}): (document: ConfigDocument) => Report {
  const host = { ...createNodeHost(__dirname), writeError: () => {} };
  const raw = rawOptions(options);
  const given = new Set(Object.keys(raw).filter((name) => name !== 'files'));
  const services = { loadLibrary: loadWithOwn(host), kernel: kernelHost, git: createGitHost(), glob: () => [] };
  const opened = sound(openProject(raw, given, host, services));
  const { library } = opened.prepared;
  const run = createProjectRun({
    ...opened,
    host,
    today: host.today(),
    isWhole: false,
    isUpdating: false,
    kernelChecks,
    knowsRule: (pattern) => ruleFault(pattern, library, allRules) === undefined,
  });
  return (document) => {
    // Waivers that spoke are looked at for this one document.
    opened.used.clear();
    return sound(run.reportOf(document, document.source.path));
  };
}

function sound<T extends object>(value: T | InputFailure | readonly OptionFault[]): T {
  if (Array.isArray(value)) throw new OptionError(value);
  if (!('code' in value)) return value as T;
  const { path, message, help } = value;
  throw new OptionError([{ path, message, help }]);
}

function rawOptions({ profiles, extraSymbols, boot, kconfig, project, ...rest }: LintOptions): RawOptions {
  return {
    files: [],
    ...(profiles === undefined ? {} : { profile: profiles }),
    ...(extraSymbols === undefined ? {} : { 'extra-symbols': extraSymbols }),
    ...(boot === undefined ? {} : { boot }),
    ...(kconfig === false ? { kconfig: 'off' } : {}),
    ...(project === undefined ? { 'no-project': true } : { config: project }),
    ...rest,
  };
}

export interface ProfileInfo {
  /** What `profiles` takes. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Versions that may follow the name after an @, the newest last. */
  readonly versions: readonly string[];
}

/** The profiles that ship. */
export function shippedProfiles(): readonly ProfileInfo[] {
  const { profiles } = builtInLibrary(createNodeHost(__dirname));
  return [...profiles.values()].map(({ id, title, description, platform }) => ({
    name: id,
    title,
    description,
    versions: platform?.versions ?? [],
  }));
}

/** Reports in one of the formats of the command line, without colours. */
export function formatReports(format: Format, reports: readonly Report[]): string {
  const { counts, add } = createSums();
  reports.forEach(add);
  const reporter = reporters[format]({
    color: false,
    width: 100,
    verbose: false,
    quiet: false,
    version,
    rules: allRules,
    profiles: [...new Set(reports.flatMap(({ scores }) => scores.map(({ profile }) => profile)))],
  });
  const exitCode = counts.error > 0 ? 1 : 0;
  return [...reports.map(reporter.file), reporter.end({ files: reports.length, failures: 0, counts, exitCode })].join(
    '',
  );
}

/** Names of the models that ship: `6.12-x86_64`. */
export function shippedModels(): readonly string[] {
  return kernelHost.shippedModels();
}

/**
 * Loads a model: one that ships by its name, any other by the path of its file.
 *
 * @throws ModelFormatError where the file is no model, Error where it cannot be read.
 */
export function loadModel(nameOrPath: string): ModelFile {
  const isShipped = !/[/\\.]kmodel$|[/\\]/.test(nameOrPath) && kernelHost.shippedModels().includes(nameOrPath);
  const read = isShipped ? kernelHost.readShippedModel(nameOrPath) : kernelHost.readModel(nameOrPath);
  if ('error' in read) throw new Error(`${nameOrPath} cannot be read: ${read.error} (${read.detail})`);
  return decodeModel(read);
}
