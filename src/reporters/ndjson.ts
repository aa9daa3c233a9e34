/** One JSON object a line, written as soon as it is known; the shapes are schemas/ndjson.schema.json. */
import type { InputFailure, Report, RuleInfo, RunSummary } from '../finding.ts';
import { visibleJson } from '../invisible.ts';
import type { RunMark } from '../run-mark.ts';
import { fileJson, schemaVersion, summaryJson } from './json.ts';
import { inParts, type Reporter, type ReportStyle } from './reporter.ts';

/** What is said beyond the findings where the report is one part of several. */
export interface LineExtras {
  readonly mark: RunMark;
  /** The input that is being read; undefined where the run is no shard. */
  readonly place: () => number | undefined;
  readonly rules: () => readonly RuleInfo[] | undefined;
  /** More of the last record. */
  readonly closing: () => object;
}

const nothing: LineExtras = { mark: {}, place: () => undefined, rules: () => undefined, closing: () => ({}) };

/** A stream: `start`, then each `file` with its `finding`s behind it and each `failure`, then `end`. Without the last it was cut off. */
export function ndjsonReporter(style: ReportStyle, extras: LineExtras = nothing): Reporter {
  let isOpen = false;
  const opening = (): string => {
    if (isOpen) return '';
    isOpen = true;
    return startLine(style.version, extras.mark, extras.rules());
  };
  const place = () => {
    const at = extras.place();
    return at === undefined ? {} : { place: at };
  };
  return inParts(
    (report) => reportLines(report, place()),
    (lines) => opening() + lines,
    {
      failure: (failure) => opening() + failureLine(failure, place()),
      end: (summary) => opening() + endLine(summary, extras.closing()),
    },
  );
}

export function startLine(version: string, { node, shard }: RunMark, rules: readonly RuleInfo[] | undefined): string {
  return line({
    type: 'start',
    schemaVersion,
    tool: { name: 'kconfig-lint', version },
    ...(node === undefined ? {} : { node }),
    ...(shard === undefined ? {} : { shard: { ...shard, rules } }),
  });
}

function reportLines(report: Report, place: { readonly place?: number }): string {
  return fileLines(fileJson(report), place);
}

/** The lines of one file as `--format json` has it. */
export function fileLines(
  { findings, ...file }: { readonly path: string; readonly findings: readonly object[] },
  place: { readonly place?: number } = {},
): string {
  let text = line({ type: 'file', ...place, ...file });
  for (const finding of findings) text += line({ type: 'finding', file: file.path, ...finding });
  return text;
}

export function failureLine(failure: InputFailure, place: { readonly place?: number } = {}): string {
  return line({ type: 'failure', ...place, ...failure });
}

export function endLine(summary: RunSummary, more: object = {}): string {
  return line({ type: 'end', summary: summaryJson(summary), ...more });
}

/** The streams of many machines end up in logs, which people read. */
function line(value: object): string {
  return `${visibleJson(JSON.stringify(value))}\n`;
}
