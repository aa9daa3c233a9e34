/** What a reporter is: it turns reports into text as they come, and knows nothing of files or streams. */
import type { Finding, InputFailure, Report, RuleInfo, RunSummary, Severity } from '../finding.ts';

export interface ReportStyle {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  readonly verbose: boolean;
  /** Only errors, and no summary where there are none. */
  readonly quiet: boolean;
  /** Version of this program. */
  readonly version: string;
  /** Every rule that could have spoken. */
  readonly rules: readonly RuleInfo[];
  /** Names of the chosen profiles. */
  readonly profiles: readonly string[];
  /** The mildest finding that counts against the run; `error` without it. */
  readonly failOn?: Severity | 'never';
  /** The rules that each chosen profile asks for, by its name, those that it inherits among them. */
  readonly asked?: ReadonlyMap<string, ReadonlySet<string>>;
  /** The current folder and the root of the repository as absolute paths, where they are known. */
  readonly folder?: string;
  readonly repository?: string;
}

/** Each call returns the text to be written at that moment, possibly none. */
export interface Reporter {
  readonly file: (report: Report) => string;
  /** Reporters for people say nothing here: failures go to standard error. */
  readonly failure: (failure: InputFailure) => string;
  readonly end: (summary: RunSummary) => string;
  /** `file` in two steps, where it can be taken apart. */
  readonly parts?: ReportParts;
}

/** What a report comes to, as plain data that can be kept and sent, and its place among the others, which is all that is left to do. */
export interface ReportParts {
  readonly of: (report: Report) => unknown;
  readonly add: (part: unknown) => string;
}

/** A reporter that can be taken apart. */
export function inParts<Part>(
  of: (report: Report) => Part,
  add: (part: Part) => string,
  rest: Pick<Reporter, 'failure' | 'end'>,
): Reporter {
  return { ...rest, file: (report) => add(of(report)), parts: { of, add: add as ReportParts['add'] } };
}

/** For formats in which each file stands by itself. */
export const asItIs = (text: string): string => text;

export type ReporterFactory = (style: ReportStyle) => Reporter;

/** The findings that a reader of this report wants to see. */
export function findingsToShow({ findings }: Report, { quiet }: ReportStyle): readonly Finding[] {
  return quiet ? findings.filter(({ severity }) => severity === 'error') : findings;
}

/** True for a reference that may become a link; those of a user's rule file may be anything. */
export function isLink(reference: string): boolean {
  return /^https?:\/\/[\w-](?:[\w.~:/?#@!$&'()*+,;=-]|%[\da-f]{2})*$/i.test(reference);
}

export const homepage = 'https://github.com/kconfig-lint/kconfig-lint';

/** `1 error`, `2 errors`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `3 errors, 1 warning`; the counts that are zero are left out. */
export function countsInWords(counts: {
  readonly error: number;
  readonly warning: number;
  readonly info: number;
}): string {
  const words: string[] = [];
  if (counts.error > 0) words.push(plural(counts.error, 'error'));
  if (counts.warning > 0) words.push(plural(counts.warning, 'warning'));
  if (counts.info > 0) words.push(plural(counts.info, 'note'));
  return words.join(', ');
}
