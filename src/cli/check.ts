/** The `check` command: every input to a report, every report to its outputs, one file at a time. */
import { checks } from '../checks/index.ts';
import { type ConfigDocument, settingOf } from '../config/document.ts';
import {
  type Counts,
  type InputFailure,
  type Report,
  type RuleInfo,
  type RunSummary,
  severityRank,
} from '../finding.ts';
import { Exit, type ExitCode, type Host, type OutputFile } from '../host.ts';
import { visible, visiblePath } from '../invisible.ts';
import { lint } from '../lint.ts';
import { findInputs, type Glob, type Inputs } from '../project/inputs.ts';
import type { View } from '../project/kernel-view.ts';
import {
  type LoadLibrary,
  type Prepared,
  prepare,
  projectOptions,
  rulesOf,
  type UsageError,
} from '../project/prepare.ts';
import {
  type ArchiveConfigs,
  documentOf,
  isInArchive,
  isPerhapsArchive,
  type ReadChoice,
  readDocument,
} from '../project/read.ts';
import type { Reporter, ReporterFactory, ReportStyle } from '../reporters/reporter.ts';
import type { BootSession } from './boot.ts';
import { asksOfBoot, flagOption, formats, listOption, type RawOptions, textOption } from './options.ts';
import { version } from './version.ts';
import type { Views } from './views.ts';

export { projectOptions };

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
  /** Settings, waivers and baseline of a project; without it every file is judged by the options alone. */
  readonly project?: ProjectCheck | undefined;
  /** Takes off what the comments of a file itself accept. */
  readonly waive: (report: Report, prepared: Prepared) => Report;
}

/** What a project decides of a run. */
export interface ProjectCheck {
  /** With the profiles of all its files. */
  readonly prepared: Prepared;
  readonly inputs: Inputs;
  readonly reportsOf: (
    document: ConfigDocument,
    path: string,
  ) => readonly Report[] | InputFailure | readonly UsageError[];
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

export interface Output {
  readonly reporter: Reporter;
  /** False once it is broken; then nothing more is written there. */
  readonly write: (text: string) => boolean;
  readonly file?: { readonly path: string; readonly handle: OutputFile; readonly isTold?: true };
}

export function runCheck(raw: RawOptions, host: Host, services: Services): ExitCode {
  const { project } = services;
  const prepared = project?.prepared ?? prepare(projectOptions(raw), services.loadLibrary);
  if (!('library' in prepared)) return reportUsage(prepared, raw, host, services.reporters);
  const inputs = project?.inputs ?? findInputs(raw.files, host, services.glob);
  const boot = bootSession(raw, services);
  if (boot !== undefined && 'message' in boot) return reportUsage([boot], raw, host, services.reporters);
  const progress = flagOption(raw, 'quiet') ? undefined : services.startProgress?.(inputs.paths.length);
  const outputs = openOutputs(raw, host, services, prepared, inputs.paths, { boot, progress });
  if (!Array.isArray(outputs)) return reportUsage([outputs as UsageError], raw, host, services.reporters);
  const totals: { -readonly [key in keyof Counts]: number } = {
    error: 0,
    warning: 0,
    info: 0,
    unknown: 0,
    notApplicable: 0,
  };
  const settled = { waived: 0, off: 0, known: 0, unchanged: 0 };
  let files = 0;
  let failures = 0;
  /** False once nobody listens any more. */
  const say = (report: Report): boolean => {
    for (const key of ['error', 'warning', 'info', 'unknown', 'notApplicable'] as const)
      totals[key] += report.counts[key];
    for (const key of ['waived', 'off', 'known', 'unchanged'] as const) settled[key] += report.settled?.[key] ?? 0;
    let open = false;
    for (const { reporter, write } of outputs) open = write(reporter.file(report)) || open;
    return open;
  };
  const said = new Set<string>();
  const fail = (failure: InputFailure) => {
    failures++;
    // What stands in the way of every file is said once.
    const text = failureText(failure);
    if (said.has(text)) return;
    said.add(text);
    progress?.hide();
    host.writeError(text);
    for (const { reporter, write } of outputs) write(reporter.failure(failure));
  };
  for (const failure of [...inputs.failures, ...(boot?.failures ?? [])]) fail(failure);
  const views = project === undefined ? openViews(raw, prepared, services) : () => undefined;
  if (typeof views !== 'function')
    return typeof views === 'number' ? views : reportUsage([views], raw, host, services.reporters);
  const kind = projectOptions(raw).kind;
  const stdinName = textOption(raw, 'stdin-filename') ?? '<stdin>';
  let reuse: ConfigDocument | undefined;
  const isFixing = flagOption(raw, 'fix');
  for (const report of boot?.reports(prepared, raw.files.length === 0) ?? []) {
    files++;
    say(report);
  }
  let unwritten = false;
  const choice = () => ({ kind, stdinName, reuse, keep: isFixing || project !== undefined });
  for (const { path, read } of documentsAt(inputs.paths, host, choice, services)) {
    let document = read;
    if (isFixing && 'scanned' in document) {
      const [situated] = project === undefined ? situations(document, prepared, boot, raw, services) : [];
      const fault = isInArchive(document)
        ? 'it lies in an archive'
        : services.fixInPlace?.(path, document, situated?.prepared ?? prepared);
      if (fault !== undefined && typeof fault !== 'string') return reportUsage([fault], raw, host, services.reporters);
      if (fault === undefined) document = readDocument(path, host, { kind: document.kind, stdinName, keep: true });
      else {
        unwritten = true;
        progress?.hide();
        host.writeError(`kconfig-lint: ${visible(path)} was not written: ${visible(fault)}\n`);
      }
    }
    if (!('scanned' in document)) {
      fail(document);
      continue;
    }
    const reports = project?.reportsOf(document, path) ?? judge(document, prepared, views, boot, raw, services);
    if (typeof reports === 'number' || 'code' in reports || !areReports(reports)) progress?.hide();
    if (typeof reports === 'number') return reports;
    if ('code' in reports) {
      fail(reports);
      continue;
    }
    if (!areReports(reports)) return reportUsage(reports, raw, host, services.reporters);
    files++;
    const isHeard = reports.map(say).every(Boolean);
    progress?.show(files + failures, totals.error + totals.warning + totals.info);
    if (!isHeard) break;
    reuse = project === undefined ? document : undefined;
  }
  for (const report of project?.closing(failures) ?? []) say(report);
  const unkept = project?.finish(failures);
  if (unkept !== undefined) {
    unwritten = true;
    host.writeError(`kconfig-lint: ${visible(unkept)}\n`);
  }
  progress?.hide();
  const exitCode = unwritten ? Exit.output : exitCodeOf(raw, totals, failures);
  const fixed = project?.fixed();
  const more = { settled, ...(fixed === undefined ? {} : { fixed }) };
  return finish(outputs, { files, failures, counts: totals, exitCode, ...more }, host);
}

function areReports(made: readonly Report[] | readonly UsageError[]): made is readonly Report[] {
  return made.every((each) => 'counts' in each);
}

/** The reports of a file by the options of the run alone: one for each way in which its kernel is started. */
function judge(
  document: ConfigDocument,
  prepared: Prepared,
  views: ViewOf,
  boot: BootSession | undefined,
  raw: RawOptions,
  services: Services,
): readonly Report[] | readonly UsageError[] | ExitCode {
  const reports: Report[] = [];
  for (const { prepared: own, findings } of situations(document, prepared, boot, raw, services)) {
    const kernel = views(document, own);
    if (typeof kernel === 'number') return kernel;
    if (kernel !== undefined && 'help' in kernel) return [kernel];
    const { target, chosen } = own;
    const report = lint({ document, checks, target, profiles: chosen, ...bootOf(own), kernel, found: findings });
    reports.push(services.waive(report, own));
  }
  return reports;
}

/** What is at each path: a document, or of an archive as many as it holds; or why there is none. */
function* documentsAt(
  paths: readonly string[],
  host: Host,
  choice: () => ReadChoice,
  { readArchive }: Services,
): Generator<{ readonly path: string; readonly read: ConfigDocument | InputFailure }> {
  for (const path of paths) {
    const read = readDocument(path, host, choice());
    const isClosed = path === '-' || 'scanned' in read || !isPerhapsArchive(read);
    const inside = isClosed ? undefined : readArchive?.(path);
    if (inside === undefined) {
      yield { path, read: !isClosed && 'code' in read && read.code === 'archive' ? cutArchive(path) : read };
      continue;
    }
    for (const failure of inside.failures) yield { path, read: failure };
    // Kept: each has a memory of its own, which is not that of the next file.
    for (const source of inside.sources) yield { path, read: documentOf(source, { ...choice(), keep: true }) };
  }
}

function cutArchive(path: string): InputFailure {
  const message = 'this begins like an archive, but ends before anything in it can be read';
  return { path, code: 'archive', message, help: 'fetch it again; nothing of it was checked' };
}

/** What was asked of the boot, read before any config. */
export function bootSession(raw: RawOptions, services: Services): BootSession | UsageError | undefined {
  return asksOfBoot(raw) ? services.openBoot(raw) : undefined;
}

/** The ways in which a config is to be judged: as it is, or as its kernel will be started. */
export function situations(
  document: ConfigDocument,
  prepared: Prepared,
  boot: BootSession | undefined,
  raw: RawOptions,
  services: Services,
): ReturnType<BootSession['situate']> {
  if (boot !== undefined) return boot.situate(document, prepared);
  const own = settingOf(document, 'CMDLINE');
  const session = own.kind === 'set' && own.value.trim() !== '' ? services.openBoot(raw) : undefined;
  return session === undefined || 'message' in session
    ? [{ prepared, findings: [] }]
    : session.situate(document, prepared);
}

type ViewOf = (document: ConfigDocument, prepared: Prepared) => View | undefined | UsageError | ExitCode;

/**
 * Gives the view of each document. Where options speak of the kernel's Kconfig they are looked at before anything is read; else what
 * that takes is loaded for the first document whose kernel is known.
 */
export function openViews(
  raw: RawOptions,
  prepared: Prepared,
  services: Pick<Services, 'createViews'>,
): ViewOf | UsageError | ExitCode {
  if (textOption(raw, 'kconfig') === 'off') return () => undefined;
  let views: Views | UsageError | ExitCode | undefined;
  const open = () => {
    views ??= services.createViews(raw, prepared);
    return views;
  };
  const isAsked =
    ['base', 'model', 'tree', 'toolchain'].some((name) => textOption(raw, name) !== undefined) ||
    listOption(raw, 'extra-symbols').length > 0;
  if (isAsked) {
    const opened = open();
    if (typeof opened === 'number' || 'help' in opened) return opened;
  }
  return (document, own) => {
    const { kernel, arch } = { ...document.target, ...own.target };
    if (!isAsked && (kernel === undefined || arch === undefined)) return undefined;
    const opened = open();
    return typeof opened === 'number' || 'help' in opened ? opened : opened.viewOf(document, own);
  };
}

export function bootOf({ boot, bootDenied, library }: Prepared) {
  return { boot, bootDenied, library };
}

export function exitCodeOf(raw: RawOptions, counts: Counts, failures: number): ExitCode {
  if (failures > 0) return Exit.unreadable;
  const failOn = textOption(raw, 'fail-on') ?? 'error';
  const mildest = failOn === 'never' ? -1 : severityRank(failOn as 'error' | 'warning' | 'info');
  for (const severity of ['error', 'warning', 'info'] as const) {
    if (counts[severity] > 0 && severityRank(severity) <= mildest) return Exit.findings;
  }
  const most = raw['max-warnings'];
  return typeof most === 'number' && counts.warning > most ? Exit.findings : Exit.ok;
}

export function styleOf(
  raw: RawOptions,
  host: Host,
  prepared: Prepared,
  toTerminal: boolean,
  withRules: boolean,
  boot?: BootSession,
): ReportStyle {
  const shown = boot?.shownAs(prepared) ?? prepared;
  return {
    color: toTerminal && wantsColor(raw, host),
    width: toTerminal && host.isTerminal ? host.columns : 100,
    verbose: flagOption(raw, 'verbose'),
    quiet: flagOption(raw, 'quiet'),
    version,
    rules: withRules ? [...checks.map(({ info }) => info), ...(boot?.rules ?? []), ...rulesOf(shown)] : [],
    profiles: namedProfiles(shown),
  };
}

/** Without those that come with a command line or a manifest, where there are others. */
function namedProfiles({ chosen }: Prepared): string[] {
  const all = chosen.map(({ profile }) => profile.id);
  const own = all.filter((id) => id !== 'cmdline' && id !== 'manifest');
  return own.length > 0 ? own : all.slice(0, 1);
}

/** --color wins, then NO_COLOR, then FORCE_COLOR, then whether a person is watching. */
export function wantsColor(raw: RawOptions, host: Host): boolean {
  const choice = textOption(raw, 'color') ?? 'auto';
  if (choice !== 'auto') return choice === 'always';
  if (host.env['NO_COLOR']) return false;
  if (host.env['FORCE_COLOR']) return host.env['FORCE_COLOR'] !== '0';
  return host.isTerminal && host.env['TERM'] !== 'dumb';
}

/** The report that was asked for, and those that go to files; `prepared` is what their rules are taken from. */
interface OutputContext {
  readonly boot?: BootSession | undefined;
  readonly progress?: Progress | undefined;
  /** Rules that could speak beside those of the profiles. */
  readonly rules?: readonly RuleInfo[];
}

export function openOutputs(
  raw: RawOptions,
  host: Host,
  { reporters, styleFor }: Pick<Services, 'reporters' | 'styleFor'>,
  prepared: Prepared,
  inputs: readonly string[],
  { boot, progress, rules: moreRules = [] }: OutputContext = {},
): Output[] | UsageError {
  const format = textOption(raw, 'format') ?? 'text';
  const make = (name: string, toTerminal: boolean) => {
    const style = styleOf(raw, host, prepared, toTerminal, name === 'sarif', boot);
    const rules = name === 'sarif' ? [...moreRules, ...style.rules] : style.rules;
    return (reporters[name] as ReporterFactory)({ ...style, rules, ...styleFor?.(name, raw, host, prepared) });
  };
  const write = (text: string) => {
    if (text !== '' && host.isTerminal) progress?.hide();
    return host.write(text);
  };
  const outputs: Output[] = [{ reporter: make(format, true), write: progress === undefined ? host.write : write }];
  const named = raw['output'];
  for (const choice of Array.isArray(named) ? (named as string[]) : []) {
    const split = /^([a-z]+)=(.+)$/s.exec(choice);
    const name = split?.[1] ?? format;
    const path = split?.[2] ?? choice;
    if (!(formats as readonly string[]).includes(name)) {
      return { message: `"${name}" is not a format`, help: `one of ${formats.join(', ')}` };
    }
    if (inputs.some((input) => input !== '-' && host.sameFile(input, path))) {
      return { message: `the report would overwrite the input ${path}`, help: 'name another file with --output' };
    }
    const handle = host.openOutput(path);
    if (typeof handle === 'string') {
      host.writeError(`kconfig-lint: ${visible(path)} cannot be written: ${visible(handle)}\n`);
      outputs.push({
        reporter: make(name, false),
        write: () => true,
        file: { path, handle: { write: () => false, commit: () => handle }, isTold: true },
      });
    } else outputs.push({ reporter: make(name, false), write: handle.write, file: { path, handle } });
  }
  return outputs;
}

/** Ends every report; a report that could not be written whole is exit code 4, whatever was found. */
export function finish(outputs: readonly Output[], summary: RunSummary, host: Host): ExitCode {
  let broken = false;
  for (const { reporter, write, file } of outputs) {
    write(reporter.end(summary));
    const failure = file?.handle.commit();
    if (failure === undefined) continue;
    broken = true;
    if (file?.isTold !== true)
      host.writeError(`kconfig-lint: ${visible(file?.path ?? '')} was not written: ${visible(failure)}\n`);
  }
  const failure = host.outputFailure();
  if (failure !== undefined && failure !== 'closed') {
    broken = true;
    host.writeError(`kconfig-lint: the report could not be written whole (${failure})\n`);
  }
  return broken ? Exit.output : (summary.exitCode as ExitCode);
}

export function failureText({ path, code, message, help, line, column }: InputFailure): string {
  const place = line === undefined ? '' : `:${line}:${column ?? 1}`;
  return `${visiblePath(path)}${place}: error[${code}]: ${visible(message)}; it was not checked\n  help: ${visible(help)}\n`;
}

/** The invocation is wrong: said on standard error, and in the format that was asked for, of those in `reporters`. */
export function reportUsage(
  errors: readonly UsageError[],
  raw: RawOptions,
  host: Host,
  reporters: Services['reporters'] = {},
): ExitCode {
  for (const { message, help, path, line, column } of errors) {
    const place =
      path === undefined
        ? 'kconfig-lint'
        : line === undefined
          ? visiblePath(path)
          : `${visiblePath(path)}:${line}:${column}`;
    host.writeError(`${place}: ${visible(message)}\n${help === '' ? '' : `  help: ${visible(help)}\n`}`);
  }
  if (raw['format'] === 'json') {
    const failures = errors.map(({ message, help, path, line, column }) => ({
      path: path ?? null,
      code: 'usage',
      message,
      help,
      line,
      column,
    }));
    const summary = { files: 0, failures: failures.length, ...noCounts, exitCode: Exit.usage };
    host.write(
      `${JSON.stringify({ schemaVersion: 1, tool: { name: 'kconfig-lint', version }, files: [], failures, summary })}\n`,
    );
  } else if (raw['format'] !== 'text') {
    const bare = { color: false, width: 100, verbose: false, quiet: false, version, rules: [], profiles: [] };
    const reporter = reporters[String(raw['format'])]?.(bare);
    for (const { path = 'kconfig-lint', ...rest } of errors)
      host.write(reporter?.failure({ ...rest, path, code: 'usage' }) ?? '');
    const summary = { files: 0, failures: errors.length, counts: noCounts, exitCode: Exit.usage };
    host.write(reporter?.end(summary) ?? '');
  }
  return Exit.usage;
}

const noCounts: Counts = { error: 0, warning: 0, info: 0, unknown: 0, notApplicable: 0 };
