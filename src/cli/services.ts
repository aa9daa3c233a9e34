/** What a run of the command line may use: each entry brings its own, and a plain run less of it. */
import type { ConfigDocument } from '../config/document.ts';
import type { InputFailure, Report, RunSummary } from '../finding.ts';
import type { ExitCode, Host } from '../host.ts';
import type { Glob, Inputs } from '../project/inputs.ts';
import type { LoadLibrary, Prepared, UsageError } from '../project/prepare.ts';
import type { Effects } from '../project/project-run.ts';
import type { ArchiveConfigs } from '../project/read.ts';
import type { ReporterFactory, ReportStyle } from '../reporters/reporter.ts';
import type { BootSession } from './boot.ts';
import type { Outcome } from './file-report.ts';
import type { Judging } from './judging.ts';
import type { RawOptions } from './options.ts';
import type { Output } from './outputs.ts';
import type { Part } from './shard.ts';
import type { Views } from './views.ts';

/** What a run may use; a plain run brings less of it along. */
export interface Services {
  readonly reporters: Readonly<Record<string, ReporterFactory>>;
  /** Shows how far a long run is, where somebody watches. */
  readonly startProgress?: (files: number) => Progress | undefined;
  /** What a format wants to know beyond what all do. */
  readonly styleFor?: (format: string, raw: RawOptions, host: Host, prepared: Prepared) => Partial<ReportStyle>;
  readonly loadLibrary: LoadLibrary;
  readonly glob: Glob;
  /** Called when a model may have something to say. */
  readonly createViews: (raw: RawOptions, prepared: Prepared) => Views | UsageError | ExitCode;
  /** The configs in an archive, a package or a container image; undefined for what is none. */
  readonly readArchive?: (path: string) => ArchiveConfigs | undefined;
  /** Called where a command line is known: the user's, a manifest's, or one built into a config. */
  readonly openBoot: (raw: RawOptions) => BootSession | UsageError;
  /** Changes a file for the better, for `--fix`; says what went wrong, or nothing. */
  readonly fixInPlace?: (path: string, document: ConfigDocument, prepared: Prepared) => string | UsageError | undefined;
  /** Chooses the inputs of a shard; undefined where the run is a whole one and its reports need say no more. */
  readonly openPart?: (raw: RawOptions, all: Inputs) => Part | undefined;
  /** Settings, waivers and baseline of a project; without it every file is judged by the options alone. */
  readonly project?: ProjectCheck | undefined;
  /** What inputs are read with, where everything else that is read is noted. */
  readonly inputs?: Host | undefined;
  /** Called before each input that is judged in turn. */
  readonly beforeInput?: (() => void) | undefined;
  /** Judges many files faster than one after the other; undefined where that does not pay. */
  readonly fleet?: ((work: Work) => Done | undefined) | undefined;
  /** Takes off what the comments of a file itself accept. */
  readonly waive: (report: Report, prepared: Prepared) => Report;
}

/** The files of a run, and what is to be done with each. */
export interface Work {
  readonly raw: RawOptions;
  readonly paths: readonly string[];
  readonly judging: Judging;
  readonly outputs: readonly Output[];
  readonly project: ProjectCheck | undefined;
  /** Prints and counts, in the order of the paths; false once nobody listens any more. */
  readonly take: (outcome: Exclude<Outcome, { stop: unknown }>) => boolean;
}

/** What ends a run before its time. */
export type Stop = Extract<Outcome, { stop: unknown }>['stop'];
type End = { readonly stop?: Stop | undefined };
export type Done = End | Promise<End>;

/** What a project decides of a run. */
export interface ProjectCheck {
  /** With the profiles of all its files. */
  readonly prepared: Prepared;
  readonly inputs: Inputs;
  readonly reportsOf: (
    document: ConfigDocument,
    path: string,
  ) => readonly Report[] | InputFailure | readonly UsageError[];
  /** What the last file did besides, and the same again for one that was judged elsewhere or before. */
  readonly effects: () => Effects;
  readonly repeat: (effects: Effects, path: string) => void;
  /** What cannot be known from the file alone changes with the run: nothing of it may be kept or handed to other threads. */
  readonly isBound: boolean;
  /** Reports of what is no config, once all files were read. */
  readonly closing: (failures: number) => readonly Report[];
  readonly fixed: () => RunSummary['fixed'];
  /** Writes what the run is to leave behind; what went wrong, or nothing. */
  readonly finish: (failures: number) => string | undefined;
}

export interface Progress {
  /** So many files are done, with so many findings where those are counted. */
  readonly show: (done: number, findings?: number) => void;
  /** Takes the line away before anything else is printed. */
  readonly hide: () => void;
}
