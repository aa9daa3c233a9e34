/** The `check` command: every input to a report, every report to its outputs, one file at a time. */
import { checks } from '../checks/index.ts';
import type { ConfigDocument } from '../config/document.ts';
import { type Counts, type InputFailure, type RuleInfo, type RunSummary, severityRank } from '../finding.ts';
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
import {
  type ArchiveConfigs,
  documentOf,
  isInArchive,
  isPerhapsArchive,
  type ReadChoice,
  readDocument,
} from '../project/read.ts';
import type { Reporter, ReporterFactory, ReportStyle } from '../reporters/reporter.ts';
import { flagOption, formats, listOption, type RawOptions, textOption } from './options.ts';
import { version } from './version.ts';
import type { Views } from './views.ts';

/** What a run may use; a plain run brings less of it along. */
export interface Services {
  readonly reporters: Readonly<Record<string, ReporterFactory>>;
  readonly loadLibrary: LoadLibrary;
  readonly glob: Glob;
  /** Called when a model may have something to say. */
  readonly createViews: (raw: RawOptions, prepared: Prepared) => Views | UsageError | ExitCode;
  /** The configs in an archive, a package or a container image; undefined for what is none. */
  readonly readArchive?: (path: string) => ArchiveConfigs | undefined;
  /** Changes a file for the better, for `--fix`; says what went wrong, or nothing. */
  readonly fixInPlace?: (path: string, document: ConfigDocument, prepared: Prepared) => string | UsageError | undefined;
}

export interface Output {
  readonly reporter: Reporter;
  /** False once it is broken; then nothing more is written there. */
  readonly write: (text: string) => boolean;
  readonly file?: { readonly path: string; readonly handle: OutputFile };
}

export function runCheck(raw: RawOptions, host: Host, services: Services): ExitCode {
  const prepared = prepare(projectOptions(raw), services.loadLibrary);
  if (!('library' in prepared)) return reportUsage(prepared, raw, host);
  const inputs = findInputs(raw.files, host, services.glob);
  const outputs = openOutputs(raw, host, services, prepared, inputs.paths);
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
  const choice = () => ({ kind, stdinName, reuse, keep: isFixing });
  for (const { path, read } of documentsAt(inputs.paths, host, choice, services)) {
    let document = read;
    if (isFixing && 'scanned' in document) {
      const fault = isInArchive(document) ? 'it lies in an archive' : services.fixInPlace?.(path, document, prepared);
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
    const kernel = views(document);
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
    if (!open) break;
    reuse = document;
  }
  const exitCode = unwritten ? Exit.output : exitCodeOf(raw, totals, failures);
  return finish(outputs, { files, failures, counts: totals, exitCode }, host);
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
      yield { path, read };
      continue;
    }
    for (const failure of inside.failures) yield { path, read: failure };
    // Kept: each has a memory of its own, which is not that of the next file.
    for (const source of inside.sources) yield { path, read: documentOf(source, { ...choice(), keep: true }) };
  }
}

type ViewOf = (document: ConfigDocument) => View | undefined | UsageError | ExitCode;

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

/** The report that was asked for, and those that go to files; `prepared` is what their rules are taken from. */
export function openOutputs(
  raw: RawOptions,
  host: Host,
  { reporters }: Pick<Services, 'reporters'>,
  prepared: Prepared,
  inputs: readonly string[],
  moreRules: readonly RuleInfo[] = [],
): Output[] | UsageError {
  const format = textOption(raw, 'format') ?? 'text';
  const make = (name: string, toTerminal: boolean) => {
    const style = styleOf(raw, host, prepared, toTerminal, name === 'sarif');
    const rules = name === 'sarif' ? [...moreRules, ...style.rules] : style.rules;
    return (reporters[name] as ReporterFactory)({ ...style, rules });
  };
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
export function finish(outputs: readonly Output[], summary: RunSummary, host: Host): ExitCode {
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
