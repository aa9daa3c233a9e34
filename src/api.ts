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
import { checks } from './checks/index.ts';
import { type ConfigDocument, parseConfigText } from './config/document.ts';
import type { Report } from './finding.ts';
import type { Host } from './host.ts';
import { decodeModel, type ModelFile } from './kconfig/index.ts';
import { createNodeHost } from './node-host.ts';
import { createKernelHost } from './node-kernel-host.ts';
import { judgeDocument, openViews } from './project/judge-file.ts';
import { builtInLibrary } from './project/library.ts';
import { loadWithOwn } from './project/own-profiles.ts';
import { prepare, projectOptions, type UsageError } from './project/prepare.ts';
import type { RawOptions } from './project/raw-options.ts';
import { readDocument } from './project/read.ts';
import { createViews } from './project/views.ts';
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
}

/** What is wrong with the options, or with a profile that they name; `faults` has each with its place and what to do. */
export class OptionError extends Error {
  readonly faults: readonly UsageError[];

  constructor(faults: readonly UsageError[]) {
    super(
      faults
        .map(({ path, line, message }) => [path, line, message].filter((part) => part !== undefined).join(': '))
        .join('; '),
    );
    this.name = 'OptionError';
    this.faults = faults;
  }
}

export type { UsageError as OptionFault };

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
  const said: string[] = [];
  const host: Host = { ...createNodeHost(__dirname), writeError: (text) => void said.push(text) };
  const raw = rawOptions(options);
  const prepared = prepare(projectOptions(raw), loadWithOwn(host));
  if (!('library' in prepared)) throw new OptionError(prepared);
  const sound = <T>(value: T | UsageError | number): T => {
    if (typeof value === 'number') throw new OptionError([{ message: said.join('').trim(), help: '' }]);
    if (typeof value === 'object' && value !== null && 'help' in value) throw new OptionError([value]);
    return value as T;
  };
  const viewOf = sound(openViews(raw, prepared, (...given) => createViews(...given, host, kernelHost, () => [])));
  return (document) => judgeDocument(document, prepared, sound(viewOf(document)));
}

function rawOptions({ profiles = [], extraSymbols = [], boot = [], kconfig = true, ...rest }: LintOptions): RawOptions {
  const lists = { profile: profiles, 'extra-symbols': extraSymbols, boot };
  return { files: [], ...lists, ...rest, kconfig: kconfig ? 'auto' : 'off' };
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
  const counts = { error: 0, warning: 0, info: 0, unknown: 0, notApplicable: 0 };
  for (const report of reports)
    for (const key of Object.keys(counts) as (keyof typeof counts)[]) counts[key] += report.counts[key];
  const reporter = reporters[format]({
    color: false,
    width: 100,
    verbose: false,
    quiet: false,
    version,
    rules: checks.map(({ info }) => info),
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
