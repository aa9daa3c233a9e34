/** What one config came to, as plain data: it can be kept on disk, sent between threads and printed later, without the config. */
import type { Counts, InputFailure, Report, Settled } from '../finding.ts';
import type { ExitCode } from '../host.ts';
import type { UsageError } from '../project/prepare.ts';
import type { Effects } from '../project/project-run.ts';
import type { Output } from './outputs.ts';

export interface FileReport {
  readonly counts: Counts;
  readonly settled?: Settled | undefined;
  /** What each output of the run makes of it. */
  readonly parts: readonly unknown[];
}

/** What came of a config, one of perhaps many at a path. */
export type Outcome =
  | { readonly reports: readonly FileReport[]; readonly effects?: Effects | undefined }
  | { readonly failure: InputFailure }
  | { readonly stop: readonly UsageError[] | ExitCode };

/** Undefined where an output cannot say what a file comes to without those before it. */
export type ToData = (report: Report) => FileReport;

export function toData(outputs: readonly Output[]): ToData | undefined {
  const parts = outputs.flatMap(({ reporter }) => reporter.parts ?? []);
  if (parts.length < outputs.length) return undefined;
  return (report) => ({
    counts: report.counts,
    settled: report.settled,
    parts: parts.map((each) => each.of(report)),
  });
}
