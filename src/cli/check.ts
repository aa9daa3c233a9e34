/** The `check` command: every input in its order, every report to its outputs, one file at a time. */
import { type Counts, createSums, type InputFailure, type Report, type Settled } from '../finding.ts';
import { Exit, type ExitCode, type Host } from '../host.ts';
import { visible } from '../invisible.ts';
import { findInputs, type Inputs } from '../project/inputs.ts';
import { type Prepared, prepare, projectOptions, type UsageError } from '../project/prepare.ts';
import { nearest } from '../suggest.ts';
import type { BootSession } from './boot.ts';
import type { FileReport } from './file-report.ts';
import { createJudging, type Judged, type Judging } from './judging.ts';
import { flagOption, type RawOptions, textOption } from './options.ts';
import { exitCodeOf, finish, type Output, openOutputs, whyFailed } from './outputs.ts';
import { otherCommands } from './plain.ts';
import type { Done, Progress, Services, Work } from './services.ts';
import type { Part } from './shard.ts';
import { bootSession, openViews, type ViewOf } from './situations.ts';
import { failureText, reportUsage } from './usage.ts';

/** A run whose options made sense; nothing was read yet. */
interface Opened {
  readonly prepared: Prepared;
  readonly inputs: Inputs;
  readonly part: Part | undefined;
  readonly boot: BootSession | undefined;
  readonly progress: Progress | undefined;
  readonly outputs: readonly Output[];
}

export function runCheck(raw: RawOptions, host: Host, services: Services): ExitCode | Promise<ExitCode> {
  const opened = open(raw, host, services);
  if (!('outputs' in opened)) return reportUsage(opened, raw, host, services.reporters);
  const { prepared, inputs, part, boot, progress } = opened;
  const tally = createTally(opened, host, (failure) => perhapsCommand(failure, raw));
  for (const failure of [...inputs.failures, ...(boot?.failures ?? [])]) tally.take({ failure });
  const views = viewsOf(raw, prepared, services);
  if (typeof views !== 'function')
    return typeof views === 'number' ? views : reportUsage([views], raw, host, services.reporters);
  for (const report of boot?.reports(prepared, raw.files.length === 0) ?? [])
    tally.take({ reports: [report], source: report.source });
  const judging = createJudging({ raw, host, services, prepared, boot, views });
  const { outputs } = opened;
  const { project } = services;
  const work = { raw, paths: inputs.paths, judging, outputs, project, take: tally.takeData };
  const done =
    (part === undefined ? services.fleet?.(work) : undefined) ?? judgeInTurn(opened, judging, tally, services);
  const end = ({ stop }: Awaited<Done>): ExitCode => {
    if (stop === undefined) return close(raw, host, services, opened, tally);
    progress?.hide();
    return typeof stop === 'number' ? stop : reportUsage(stop, raw, host, services.reporters);
  };
  return 'then' in done ? done.then(end) : end(done);
}

function judgeInTurn(
  { inputs, part }: Opened,
  judging: Judging,
  tally: Tally,
  { beforeInput }: Services,
): Awaited<Done> {
  for (const path of inputs.paths) {
    beforeInput?.();
    part?.at(path);
    for (const judged of judging(path)) {
      if ('stop' in judged) return judged;
      if (!tally.take(judged)) return {};
    }
  }
  return {};
}

function open(raw: RawOptions, host: Host, services: Services): Opened | readonly UsageError[] {
  const { project } = services;
  const prepared = project?.prepared ?? prepare(projectOptions(raw), services.loadLibrary);
  if (!('library' in prepared)) return prepared;
  const jobs = textOption(raw, 'jobs');
  if (jobs !== undefined && !/^(?:auto|[1-9]\d{0,2})$/.test(jobs))
    return [{ message: `--jobs cannot be "${jobs}"`, help: 'auto, or how many threads are to judge files: --jobs 4' }];
  const all = project?.inputs ?? findInputs(raw.files, host, services.glob);
  const part = services.openPart?.(raw, all);
  const { inputs, reporters } = { inputs: all, reporters: services.reporters, ...part };
  const boot = bootSession(raw, services);
  if (boot !== undefined && 'message' in boot) return [boot];
  const progress = flagOption(raw, 'quiet') ? undefined : services.startProgress?.(inputs.paths.length);
  const outputs = openOutputs(raw, host, { ...services, reporters }, prepared, all.paths, { boot, progress });
  return Array.isArray(outputs)
    ? { prepared, inputs, part, boot, progress, outputs: outputs as readonly Output[] }
    : [outputs as UsageError];
}

function viewsOf(raw: RawOptions, prepared: Prepared, services: Services): ViewOf | UsageError | ExitCode {
  return services.project === undefined ? openViews(raw, prepared, services) : () => undefined;
}

/** `explian XEN` names a file that is not there, where a command was meant. */
function perhapsCommand(failure: InputFailure, raw: RawOptions): InputFailure {
  const { path, code } = failure;
  if (code !== 'missing' || path !== raw.files[0] || /[./]/.test(path)) return failure;
  const [command] = nearest(path, otherCommands);
  return command === undefined ? failure : { ...failure, help: `did you mean the command ${command}?` };
}

/** What a run has come to so far. */
interface Tally {
  /** Prints and counts; false once nobody listens any more. */
  readonly take: (judged: Exclude<Judged, { stop: unknown }>) => boolean;
  /** The same for what was judged elsewhere or before. */
  readonly takeData: Work['take'];
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
  /** Something was not judged through a fault of this program. */
  readonly isBroken: boolean;
}

function createTally(
  { outputs, progress }: Opened,
  host: Host,
  explained: (failure: InputFailure) => InputFailure,
): Tally {
  const { counts, settled, add } = createSums();
  let [files, failures, unwritten, isBroken] = [0, 0, false, false];
  const said = new Set<string>();
  const say = (report: Report): boolean => {
    add(report);
    let isHeard = false;
    for (const { reporter, write } of outputs) isHeard = write(reporter.file(report)) || isHeard;
    return isHeard;
  };
  const sayData = (report: FileReport): boolean => {
    add(report);
    let isHeard = false;
    for (const [i, { reporter, write }] of outputs.entries())
      isHeard = write(reporter.parts?.add(report.parts[i]) ?? '') || isHeard;
    return isHeard;
  };
  const counted = (heard: readonly boolean[]): boolean => {
    files++;
    progress?.show(files + failures, counts.error + counts.warning + counts.info);
    return heard.every(Boolean);
  };
  const fail = (met: InputFailure) => {
    const failure = explained(met);
    failures++;
    isBroken ||= failure.code === 'internal';
    // What stands in the way of every file is said once.
    const text = failureText(failure);
    if (said.has(text)) return;
    said.add(text);
    progress?.hide();
    host.writeError(text);
    for (const { reporter, write } of outputs) write(reporter.failure(failure));
  };
  return {
    say,
    takeData: (outcome) => {
      if ('failure' in outcome) fail(outcome.failure);
      return 'failure' in outcome || counted(outcome.reports.map(sayData));
    },
    sums: () => ({ files, failures, counts, settled, unwritten, isBroken }),
    take: (judged) => {
      if ('failure' in judged) fail(judged.failure);
      else if ('unwritten' in judged) {
        unwritten = true;
        progress?.hide();
        host.writeError(`kconfig-lint: ${judged.unwritten}\n`);
      } else return counted(judged.reports.map(say));
      return true;
    },
  };
}

/** What is said once all files were read. */
function close(raw: RawOptions, host: Host, { project }: Services, opened: Opened, tally: Tally): ExitCode {
  const { failures, files } = tally.sums();
  opened.part?.at(undefined);
  for (const report of project?.closing(failures) ?? []) if (opened.part?.keeps(report) !== true) tally.say(report);
  const { unwritten, counts, settled, isBroken } = tally.sums();
  const unkept = project?.finish(failures);
  if (unkept !== undefined) host.writeError(`kconfig-lint: ${visible(unkept)}\n`);
  opened.progress?.hide();
  const isUnkept = unwritten || unkept !== undefined;
  const why = whyFailed(raw, counts);
  if (why !== undefined) host.writeError(`kconfig-lint: ${why}\n`);
  const exitCode = isBroken ? Exit.internal : isUnkept ? Exit.output : exitCodeOf(raw, counts, failures);
  const fixed = project?.fixed();
  const more = { settled, ...(fixed === undefined ? {} : { fixed }) };
  return finish(opened.outputs, { files, failures, counts, exitCode, ...more }, host);
}
