/** The `check` command: every input in its order, every report to its outputs, one file at a time. */
import type { Counts, InputFailure, Report, Settled } from '../finding.ts';
import { Exit, type ExitCode, type Host } from '../host.ts';
import { visible } from '../invisible.ts';
import { findInputs, type Inputs } from '../project/inputs.ts';
import { type Prepared, prepare, projectOptions, type UsageError } from '../project/prepare.ts';
import type { BootSession } from './boot.ts';
import { createJudging, type Judged } from './judging.ts';
import { flagOption, type RawOptions } from './options.ts';
import { exitCodeOf, finish, type Output, openOutputs } from './outputs.ts';
import type { Progress, Services } from './services.ts';
import { bootSession, openViews, type ViewOf } from './situations.ts';
import { failureText, reportUsage } from './usage.ts';

/** A run whose options made sense; nothing was read yet. */
interface Opened {
  readonly prepared: Prepared;
  readonly inputs: Inputs;
  readonly boot: BootSession | undefined;
  readonly progress: Progress | undefined;
  readonly outputs: readonly Output[];
}

export function runCheck(raw: RawOptions, host: Host, services: Services): ExitCode {
  const opened = open(raw, host, services);
  if (!('outputs' in opened)) return reportUsage(opened, raw, host);
  const { prepared, inputs, boot, progress } = opened;
  const tally = createTally(opened, host);
  for (const failure of [...inputs.failures, ...(boot?.failures ?? [])]) tally.take({ failure });
  const views = viewsOf(raw, prepared, services);
  if (typeof views !== 'function') return typeof views === 'number' ? views : reportUsage([views], raw, host);
  for (const report of boot?.reports(prepared, raw.files.length === 0) ?? []) tally.take({ reports: [report] });
  const judging = createJudging({ raw, host, services, prepared, boot, views });
  judge: for (const path of inputs.paths) {
    for (const judged of judging(path)) {
      if ('stop' in judged) {
        progress?.hide();
        return typeof judged.stop === 'number' ? judged.stop : reportUsage(judged.stop, raw, host);
      }
      if (!tally.take(judged)) break judge;
    }
  }
  return close(raw, host, services, opened, tally);
}

function open(raw: RawOptions, host: Host, services: Services): Opened | readonly UsageError[] {
  const { project } = services;
  const prepared = project?.prepared ?? prepare(projectOptions(raw), services.loadLibrary);
  if (!('library' in prepared)) return prepared;
  const inputs = project?.inputs ?? findInputs(raw.files, host, services.glob);
  const boot = bootSession(raw, services);
  if (boot !== undefined && 'message' in boot) return [boot];
  const progress = flagOption(raw, 'quiet') ? undefined : services.startProgress?.(inputs.paths.length);
  const outputs = openOutputs(raw, host, services, prepared, inputs.paths, { boot, progress });
  return Array.isArray(outputs)
    ? { prepared, inputs, boot, progress, outputs: outputs as readonly Output[] }
    : [outputs as UsageError];
}

function viewsOf(raw: RawOptions, prepared: Prepared, services: Services): ViewOf | UsageError | ExitCode {
  return services.project === undefined ? openViews(raw, prepared, services) : () => undefined;
}

/** What a run has come to so far. */
interface Tally {
  /** Prints and counts; false once nobody listens any more. */
  readonly take: (judged: Exclude<Judged, { stop: unknown }>) => boolean;
  /** The same for what is no report of a file. */
  readonly say: (report: Report) => boolean;
  readonly sums: () => Sums;
}

interface Sums {
  readonly files: number;
  readonly failures: number;
  readonly counts: Counts;
  readonly settled: Settled;
  /** Something could not be changed as asked. */
  readonly unwritten: boolean;
}

function createTally({ outputs, progress }: Opened, host: Host): Tally {
  const counts: { -readonly [key in keyof Counts]: number } = {
    error: 0,
    warning: 0,
    info: 0,
    unknown: 0,
    notApplicable: 0,
  };
  const settled = { waived: 0, off: 0, known: 0, unchanged: 0 };
  let [files, failures, unwritten] = [0, 0, false];
  const said = new Set<InputFailure>();
  const say = (report: Report): boolean => {
    for (const key of ['error', 'warning', 'info', 'unknown', 'notApplicable'] as const)
      counts[key] += report.counts[key];
    for (const key of ['waived', 'off', 'known', 'unchanged'] as const) settled[key] += report.settled?.[key] ?? 0;
    let isHeard = false;
    for (const { reporter, write } of outputs) isHeard = write(reporter.file(report)) || isHeard;
    return isHeard;
  };
  const fail = (failure: InputFailure) => {
    failures++;
    if (said.has(failure)) return;
    said.add(failure);
    progress?.hide();
    host.writeError(failureText(failure));
    for (const { reporter, write } of outputs) write(reporter.failure(failure));
  };
  return {
    say,
    sums: () => ({ files, failures, counts, settled, unwritten }),
    take: (judged) => {
      if ('failure' in judged) fail(judged.failure);
      else if ('unwritten' in judged) {
        unwritten = true;
        progress?.hide();
        host.writeError(`kconfig-lint: ${judged.unwritten}\n`);
      } else {
        files++;
        const isHeard = judged.reports.map(say).every(Boolean);
        progress?.show(files + failures, counts.error + counts.warning + counts.info);
        return isHeard;
      }
      return true;
    },
  };
}

/** What is said once all files were read. */
function close(raw: RawOptions, host: Host, { project }: Services, opened: Opened, tally: Tally): ExitCode {
  const { failures, files } = tally.sums();
  for (const report of project?.closing(failures) ?? []) tally.say(report);
  const { unwritten, counts, settled } = tally.sums();
  const unkept = project?.finish(failures);
  if (unkept !== undefined) host.writeError(`kconfig-lint: ${visible(unkept)}\n`);
  opened.progress?.hide();
  const exitCode = unwritten || unkept !== undefined ? Exit.output : exitCodeOf(raw, counts, failures);
  const fixed = project?.fixed();
  const more = { settled, ...(fixed === undefined ? {} : { fixed }) };
  return finish(opened.outputs, { files, failures, counts, exitCode, ...more }, host);
}
