/** The `check` command: every input to a report, every report to its outputs, one file at a time. */
import { checks } from '../checks/index.ts';
import { type ConfigDocument, settingOf } from '../config/document.ts';
import { type Counts, type InputFailure, type Report, type RunSummary, severityRank } from '../finding.ts';
import { Exit, type ExitCode, type Host, type OutputFile } from '../host.ts';
import { visible } from '../invisible.ts';
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
import { readDocument } from '../project/read.ts';
import type { Reporter, ReporterFactory, ReportStyle } from '../reporters/reporter.ts';
import type { BootSession } from './boot.ts';
import { asksOfBoot, flagOption, formats, listOption, type RawOptions, textOption } from './options.ts';
import { version } from './version.ts';
import type { Views } from './views.ts';

export { projectOptions };

/** What a run may use; a plain run brings less of it along. */
export interface Services {
  readonly reporters: Readonly<Record<string, ReporterFactory>>;
  readonly loadLibrary: LoadLibrary;
  readonly glob: Glob;
  /** Called when a model may have something to say. */
  readonly createViews: (raw: RawOptions, prepared: Prepared) => Views | UsageError | ExitCode;
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

interface Output {
  readonly reporter: Reporter;
  /** False once it is broken; then nothing more is written there. */
  readonly write: (text: string) => boolean;
  readonly file?: { readonly path: string; readonly handle: OutputFile };
}

export function runCheck(raw: RawOptions, host: Host, services: Services): ExitCode {
  const { project } = services;
  const prepared = project?.prepared ?? prepare(projectOptions(raw), services.loadLibrary);
  if (!('library' in prepared)) return reportUsage(prepared, raw, host);
  const inputs = project?.inputs ?? findInputs(raw.files, host, services.glob);
  const boot = bootSession(raw, services);
  if (boot !== undefined && 'message' in boot) return reportUsage([boot], raw, host);
  const outputs = openOutputs(raw, host, services, prepared, inputs.paths, boot);
  if (!Array.isArray(outputs)) return reportUsage([outputs as UsageError], raw, host);
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
  const said = new Set<InputFailure>();
  const fail = (failure: InputFailure) => {
    failures++;
    if (said.has(failure)) return;
    said.add(failure);
    host.writeError(failureText(failure));
    for (const { reporter, write } of outputs) write(reporter.failure(failure));
  };
  for (const failure of [...inputs.failures, ...(boot?.failures ?? [])]) fail(failure);
  const views = project === undefined ? openViews(raw, prepared, services) : () => undefined;
  if (typeof views !== 'function') return typeof views === 'number' ? views : reportUsage([views], raw, host);
  const kind = projectOptions(raw).kind;
  const stdinName = textOption(raw, 'stdin-filename') ?? '<stdin>';
  let reuse: ConfigDocument | undefined;
  const isFixing = flagOption(raw, 'fix');
  for (const report of boot?.reports(prepared, raw.files.length === 0) ?? []) {
    files++;
    say(report);
  }
  let unwritten = false;
  for (const path of inputs.paths) {
    let document = readDocument(path, host, { kind, stdinName, reuse, keep: isFixing || project !== undefined });
    if (isFixing && 'scanned' in document) {
      const [situated] = situations(document, prepared, boot, raw, services);
      const fault = services.fixInPlace?.(path, document, situated?.prepared ?? prepared);
      if (fault !== undefined && typeof fault !== 'string') return reportUsage([fault], raw, host);
      if (fault === undefined) document = readDocument(path, host, { kind: document.kind, stdinName, keep: true });
      else {
        unwritten = true;
        host.writeError(`kconfig-lint: ${visible(path)} was not written: ${visible(fault)}\n`);
      }
    }
    if (!('scanned' in document)) {
      fail(document);
      continue;
    }
    const reports = project?.reportsOf(document, path) ?? judge(document, prepared, views, boot, raw, services);
    if (typeof reports === 'number') return reports;
    if ('code' in reports) {
      fail(reports);
      continue;
    }
    if (!areReports(reports)) return reportUsage(reports, raw, host);
    files++;
    if (!reports.map(say).every(Boolean)) break;
    reuse = project === undefined ? document : undefined;
  }
  for (const report of project?.closing(failures) ?? []) say(report);
  const unkept = project?.finish(failures);
  if (unkept !== undefined) {
    unwritten = true;
    host.writeError(`kconfig-lint: ${visible(unkept)}\n`);
  }
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
function openViews(raw: RawOptions, prepared: Prepared, services: Services): ViewOf | UsageError | ExitCode {
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

function exitCodeOf(raw: RawOptions, counts: Counts, failures: number): ExitCode {
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

function openOutputs(
  raw: RawOptions,
  host: Host,
  { reporters }: Services,
  prepared: Prepared,
  inputs: readonly string[],
  boot: BootSession | undefined,
): Output[] | UsageError {
  const format = textOption(raw, 'format') ?? 'text';
  const make = (name: string, toTerminal: boolean) =>
    (reporters[name] as ReporterFactory)(styleOf(raw, host, prepared, toTerminal, name === 'sarif', boot));
  const outputs: Output[] = [{ reporter: make(format, true), write: host.write }];
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
        file: { path, handle: { write: () => false, commit: () => handle } },
      });
    } else outputs.push({ reporter: make(name, false), write: handle.write, file: { path, handle } });
  }
  return outputs;
}

/** Ends every report; a report that could not be written whole is exit code 4, whatever was found. */
function finish(outputs: readonly Output[], summary: RunSummary, host: Host): ExitCode {
  let broken = false;
  for (const { reporter, write, file } of outputs) {
    write(reporter.end(summary));
    const failure = file?.handle.commit();
    if (failure === undefined) continue;
    broken = true;
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
  return `${visible(path)}${place}: error[${code}]: ${visible(message)}; it was not checked\n  help: ${visible(help)}\n`;
}

/** The invocation is wrong: said on standard error, and as data where data was asked for. */
export function reportUsage(errors: readonly UsageError[], raw: RawOptions, host: Host): ExitCode {
  for (const { message, help, path, line, column } of errors) {
    const place =
      path === undefined ? 'kconfig-lint' : line === undefined ? visible(path) : `${visible(path)}:${line}:${column}`;
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
    const empty = { error: 0, warning: 0, info: 0, unknown: 0, notApplicable: 0 };
    const summary = { files: 0, failures: failures.length, ...empty, exitCode: Exit.usage };
    host.write(
      `${JSON.stringify({ schemaVersion: 1, tool: { name: 'kconfig-lint', version }, files: [], failures, summary })}\n`,
    );
  }
  return Exit.usage;
}
