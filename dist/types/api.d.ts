import { type ConfigDocument } from './config/document.ts';
import { type Report } from './finding.ts';
import { type ModelFile } from './kconfig/index.ts';
import type { UsageError as OptionFault } from './project/prepare.ts';
import { type Format } from './reporters/index.ts';
import { version } from './version.ts';
export { type ConfigDocument, effectiveSettings, type Setting, settingOf, settingsOf, } from './config/document.ts';
export { applyEdits } from './config/edits.ts';
export type { Counts, Edit, Finding, Fix, ProfileScore, Report, RuleInfo, Severity, Unknown } from './finding.ts';
export { type AllMode, allConfig, type Base, type CompileOptions, type CompileResult, type Configured, compileKconfig, type Disagreement, decodeModel, defConfig, type Evaluation, encodeModel, type KconfigModel, type KconfigProblem, listNew, loadConfig, type ModelFile, ModelFormatError, mergeConfigs, type Refusal, type Resolved, type ResolveOptions, resolveConfig, symbolNamed, writeConfig, writeDefconfig, } from './kconfig/index.ts';
export type { UsageError as OptionFault } from './project/prepare.ts';
export type { Format } from './reporters/index.ts';
export { type Location, type Position, positionOf, type SourceText } from './source.ts';
export { version };
export interface ParseOptions {
    /** What findings call it; release and architecture may follow from it. Default: `.config`. */
    readonly path?: string;
    /** Whether silence means off (`complete`) or nothing (`fragment`); found out by default. */
    readonly kind?: 'auto' | 'complete' | 'fragment';
}
/** Parses the text of a `.config`, a defconfig or a fragment. Never throws: what is wrong stands in `problems`. */
export declare function parseConfig(text: string, { path, kind }?: ParseOptions): ConfigDocument;
/**
 * Reads and parses a file, gzip unfolded, within the limits of the command line.
 *
 * @throws Error where it cannot be read or is no config.
 */
export declare function readConfig(path: string, { kind }?: Pick<ParseOptions, 'kind'>): ConfigDocument;
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
export declare class OptionError extends Error {
    readonly faults: readonly OptionFault[];
    constructor(faults: readonly OptionFault[]);
}
/**
 * Checks one document as the command line does.
 *
 * @throws OptionError where the options are wrong.
 */
export declare function lint(document: ConfigDocument, options?: LintOptions): Report;
/**
 * `lint` for many documents: options are looked at, and profiles and models read, only once.
 *
 * @throws OptionError where the options are wrong, now or for the first document that shows it.
 */
export declare function createLinter(options?: LintOptions): (document: ConfigDocument) => Report;
export interface ProfileInfo {
    /** What `profiles` takes. */
    readonly name: string;
    readonly title: string;
    readonly description: string;
    /** Versions that may follow the name after an @, the newest last. */
    readonly versions: readonly string[];
}
/** The profiles that ship. */
export declare function shippedProfiles(): readonly ProfileInfo[];
/** Reports in one of the formats of the command line, without colours. */
export declare function formatReports(format: Format, reports: readonly Report[]): string;
/** Names of the models that ship: `6.12-x86_64`. */
export declare function shippedModels(): readonly string[];
/**
 * Loads a model: one that ships by its name, any other by the path of its file.
 *
 * @throws ModelFormatError where the file is no model, Error where it cannot be read.
 */
export declare function loadModel(nameOrPath: string): ModelFile;
