/** The `check` command: every input to a report, every report to its outputs, one file at a time. */
import { checks } from '../checks/index.ts';
import type { ConfigDocument } from '../config/document.ts';
import { type Counts, type InputFailure, type RunSummary, severityRank } from '../finding.ts';
import { Exit, type ExitCode, type Host, type OutputFile } from '../host.ts';
import { visible } from '../invisible.ts';
import { lint } from '../lint.ts';
import { findInputs, type Glob } from '../project/inputs.ts';
import type { View } from '../project/kernel-view.ts';
import {
  type LoadLibrary,
  type Options,
  type Prepared,
  prepare,
  rulesOf,
  type UsageError,
} from '../project/prepare.ts';
import { readDocument } from '../project/read.ts';
import type { Reporter, ReporterFactory, ReportStyle } from '../reporters/reporter.ts';
import { flagOption, formats, listOption, type RawOptions, textOption } from './options.ts';
import { version } from './version.ts';
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
  /** Changes a file for the better, for `--fix`; says what went wrong, or nothing. */
  readonly fixInPlace?: (path: string, document: ConfigDocument, prepared: Prepared) => string | UsageError | undefined;
}

export interface Progress {
  /** So many files are done, with so many findings where those are counted. */
  readonly show: (done: number, findings?: number) => void;
  /** Takes the line away before anything else is printed. */
  readonly hide: () => void;
}

interface Output {
  readonly reporter: Reporter;
  /** False once it is broken; then nothing more is written there. */
  readonly write: (text: string) => boolean;
  readonly file?: { readonly path: string; readonly handle: OutputFile };
}

export function runCheck(raw: RawOptions, host: Host, services: Services): ExitCode {
  const prepared = prepare(projectOptions(raw), services.loadLibrary);
  if (!('library' in prepared)) return reportUsage(prepared, raw, host);
  const inputs = findInputs(raw.files, host, services.glob);
  const progress = flagOption(raw, 'quiet') ? undefined : services.startProgress?.(inputs.paths.length);
  const outputs = openOutputs(raw, host, services, prepared, inputs.paths, progress);
  if (!Array.isArray(outputs)) return reportUsage([outputs as UsageError], raw, host);
  const totals: { -readonly [key in keyof Counts]: number } = {
    error: 0,
    warning: 0,
    info: 0,
    unknown: 0,
    notApplicable: 0,
  };
  let files = 0;
  let failures = 0;
  const fail = (failure: InputFailure) => {
    failures++;
    progress?.hide();
    host.writeError(failureText(failure));
    for (const { reporter, write } of outputs) write(reporter.failure(failure));
  };
  for (const failure of inputs.failures) fail(failure);
  const views = openViews(raw, prepared, services);
  if (typeof views !== 'function') return typeof views === 'number' ? views : reportUsage([views], raw, host);
  const kind = projectOptions(raw).kind;
  const stdinName = textOption(raw, 'stdin-filename') ?? '<stdin>';
  let reuse: ConfigDocument | undefined;
  const isFixing = flagOption(raw, 'fix');
  let unwritten = false;
  for (const path of inputs.paths) {
    let document = readDocument(path, host, { kind, stdinName, reuse, keep: isFixing });
    if (isFixing && 'scanned' in document) {
      const fault = services.fixInPlace?.(path, document, prepared);
      if (fault !== undefined && typeof fault !== 'string') return reportUsage([fault], raw, host);
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
    const kernel = views(document);
    if (typeof kernel === 'number' || (kernel !== undefined && 'help' in kernel)) progress?.hide();
    if (typeof kernel === 'number') return kernel;
    if (kernel !== undefined && 'help' in kernel) return reportUsage([kernel], raw, host);
    const report = lint({
      document,
      checks,
      target: prepared.target,
      profiles: prepared.chosen,
      ...bootOf(prepared),
      library: prepared.library,
      kernel,
    });
    files++;
    for (const key of ['error', 'warning', 'info', 'unknown', 'notApplicable'] as const)
      totals[key] += report.counts[key];
    let open = false;
    for (const { reporter, write } of outputs) open = write(reporter.file(report)) || open;
    progress?.show(files + failures, totals.error + totals.warning + totals.info);
    if (!open) break;
    reuse = document;
  }
  progress?.hide();
  const exitCode = unwritten ? Exit.output : exitCodeOf(raw, totals, failures);
  return finish(outputs, { files, failures, counts: totals, exitCode }, host);
}

type ViewOf = (document: ConfigDocument) => View | undefined | UsageError | ExitCode;

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
  return (document) => {
    const { kernel, arch } = { ...document.target, ...prepared.target };
    if (!isAsked && (kernel === undefined || arch === undefined)) return undefined;
    const opened = open();
    return typeof opened === 'number' || 'help' in opened ? opened : opened.viewOf(document);
  };
}

export function bootOf({ boot, bootDenied, library }: Prepared) {
  return { boot, bootDenied, library };
}

export function projectOptions(raw: RawOptions): Options {
  const kernel = textOption(raw, 'kernel');
  const arch = textOption(raw, 'arch');
  return {
    profiles: listOption(raw, 'profile'),
    boot: listOption(raw, 'boot'),
    kind: (textOption(raw, 'kind') ?? 'auto') as Options['kind'],
    ...(kernel === undefined ? {} : { kernel }),
    ...(arch === undefined ? {} : { arch }),
  };
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
): ReportStyle {
  return {
    color: toTerminal && wantsColor(raw, host),
    width: toTerminal && host.isTerminal ? host.columns : 100,
    verbose: flagOption(raw, 'verbose'),
    quiet: flagOption(raw, 'quiet'),
    version,
    rules: withRules ? [...checks.map(({ info }) => info), ...rulesOf(prepared)] : [],
    profiles: prepared.chosen.map(({ profile }) => profile.id),
  };
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
  { reporters, styleFor }: Services,
  prepared: Prepared,
  inputs: readonly string[],
  progress: Progress | undefined,
): Output[] | UsageError {
  const format = textOption(raw, 'format') ?? 'text';
  const make = (name: string, toTerminal: boolean) =>
    (reporters[name] as ReporterFactory)({
      ...styleOf(raw, host, prepared, toTerminal, name === 'sarif'),
      ...styleFor?.(name, raw, host, prepared),
    });
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
