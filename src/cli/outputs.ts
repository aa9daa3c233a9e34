/** Where reports go: to standard output and to files, each in its format and style, whole or not at all. */
import { checks } from '../checks/index.ts';
import { type Counts, type RuleInfo, type RunSummary, severityRank } from '../finding.ts';
import { Exit, type ExitCode, type Host, type OutputFile } from '../host.ts';
import { visible } from '../invisible.ts';
import { type Prepared, rulesOf, type UsageError } from '../project/prepare.ts';
import { plural, type Reporter, type ReporterFactory, type ReportStyle } from '../reporters/reporter.ts';
import type { BootSession } from './boot.ts';
import { flagOption, formats, type RawOptions, textOption } from './options.ts';
import type { Progress, Services } from './services.ts';
import { version } from './version.ts';

export interface Output {
  readonly reporter: Reporter;
  /** False once it is broken; then nothing more is written there. */
  readonly write: (text: string) => boolean;
  /** Format and style in short: reports of the same look are the same. */
  readonly look: string;
  readonly file?: { readonly path: string; readonly handle: OutputFile; readonly isTold?: true };
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

/** Why findings fail the run, where the report does not show that by itself. */
export function whyFailed(raw: RawOptions, counts: Counts): string | undefined {
  if (counts.error > 0) return undefined;
  const most = raw['max-warnings'];
  if (typeof most === 'number' && counts.warning > most)
    return `${plural(counts.warning, 'warning')}, and --max-warnings allows ${most}`;
  if (!flagOption(raw, 'quiet') || exitCodeOf(raw, counts, 0) === Exit.ok) return undefined;
  const found = [plural(counts.warning, 'warning'), plural(counts.info, 'note')];
  return `${found.filter((words) => !words.startsWith('0 ')).join(' and ')}, which --quiet leaves out and --fail-on ${raw['fail-on']} counts`;
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
    profiles: withoutOwn(shown.chosen.map(({ profile }) => profile.id)),
  };
}

/** Profiles without those that come with a command line or a manifest, where there are others. */
export function withoutOwn(profiles: readonly string[]): string[] {
  const own = profiles.filter((id) => id !== 'cmdline' && id !== 'manifest');
  return own.length > 0 ? own : profiles.slice(0, 1);
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
    const own = styleOf(raw, host, prepared, toTerminal, name === 'sarif' || raw['shard'] !== undefined, boot);
    const rules = name === 'sarif' ? [...moreRules, ...own.rules] : own.rules;
    const style = { ...own, rules, ...styleFor?.(name, raw, host, prepared) };
    // Rules and what profiles ask for follow from the profiles.
    const look = JSON.stringify([name, { ...style, rules: undefined, asked: undefined }]);
    return { reporter: (reporters[name] as ReporterFactory)(style), look };
  };
  const write = (text: string) => {
    if (text !== '' && host.isTerminal) progress?.hide();
    return host.write(text);
  };
  const taken = new Set<string>();
  const outputs: Output[] = [{ ...make(format, true), write: progress === undefined ? host.write : write }];
  const named = raw['output'];
  for (const choice of Array.isArray(named) ? (named as string[]) : []) {
    const split = /^([a-z]+)=(.+)$/s.exec(choice);
    const name = split?.[1] ?? format;
    const path = split?.[2] ?? choice;
    if (!(formats as readonly string[]).includes(name)) {
      return { message: `"${name}" is not a format`, help: `one of ${formats.join(', ')}` };
    }
    const fault = split === null ? outputFault(choice, format) : undefined;
    if (fault !== undefined) return fault;
    if (taken.has(host.absolute(path)))
      return { message: `two reports would be written to ${path}`, help: 'name a file for each' };
    taken.add(host.absolute(path));
    if (inputs.some((input) => input !== '-' && host.sameFile(input, path))) {
      return { message: `the report would overwrite the input ${path}`, help: 'name another file with --output' };
    }
    const handle = host.openOutput(path);
    if (typeof handle === 'string') {
      host.writeError(`kconfig-lint: ${visible(path)} cannot be written: ${visible(handle)}\n`);
      outputs.push({
        ...make(name, false),
        write: () => true,
        file: { path, handle: { write: () => false, commit: () => handle }, isTold: true },
      });
    } else outputs.push({ ...make(name, false), write: handle.write, file: { path, handle } });
  }
  return outputs;
}

/** What is wrong with a file for a report that is named without a format. */
function outputFault(path: string, format: string): UsageError | undefined {
  const [, before, after] = /^([a-z]*)=?(.*)$/s.exec(path) as unknown as [string, string, string];
  const isFormat = (word: string): boolean => (formats as readonly string[]).includes(word);
  if (path.startsWith('=') || (isFormat(before) && after === ''))
    return {
      message: `--output ${path} lacks a ${path.startsWith('=') ? 'format' : 'file'}`,
      help: 'write it as --output FORMAT=FILE',
    };
  const named = formatByEnding[/\.([a-z]+)$/.exec(path)?.[1] ?? ''];
  // A format that was chosen may stand in a file of any name.
  if (named === undefined || format !== 'text') return undefined;
  return {
    message: `the report in ${path} would be text`,
    help: `write --output ${named}=${path} or --output text=${path}`,
  };
}

/** Endings that promise a format. */
const formatByEnding: Readonly<Record<string, string>> = { sarif: 'sarif', json: 'json', html: 'html', md: 'markdown' };

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
  const exitCode = unlessCut(summary.exitCode as ExitCode, host);
  return broken ? Exit.output : exitCode;
}

/** The exit code of a run, or that of one whose output is not whole; a reader that went away has had enough. */
export function unlessCut(exitCode: ExitCode, host: Host): ExitCode {
  const failure = host.outputFailure();
  if (failure === undefined || failure === 'closed') return exitCode;
  host.writeError(`kconfig-lint: the output could not be written whole (${failure})\n`);
  return Exit.output;
}
