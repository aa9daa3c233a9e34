/** Workflow commands that GitHub shows as annotations, the worst first because it shows only ten of a kind. */
import { type Finding, type InputFailure, type Report, type Severity, severityRank } from '../finding.ts';
import { visible } from '../invisible.ts';
import { type Position, positionOf } from '../source.ts';
import { inParts, type Reporter } from './reporter.ts';

/** GitHub cuts a message here. */
const longest = 4000;

export function githubReporter(): Reporter {
  const commands: { readonly rank: number; readonly text: string }[] = [];
  const failures: InputFailure[] = [];
  const commandsOf = ({ findings }: Report) =>
    findings.map((finding) => ({ rank: severityRank(finding.severity), text: command(finding) }));
  const add = (more: typeof commands) => {
    for (const each of more) commands.push(each);
    return '';
  };
  return inParts(commandsOf, add, {
    failure: (failure) => {
      failures.push(failure);
      return '';
    },
    end: () => {
      const sorted = commands.toSorted((a, b) => a.rank - b.rank).map(({ text }) => text);
      return failures.map(failureCommand).join('') + sorted.join('');
    },
  });
}

function command({ severity, location, message, rule, advice }: Finding): string {
  const { source, span } = location;
  const start = positionOf(source, span.start);
  const end = positionOf(source, Math.max(span.start, span.end));
  return annotation({
    severity,
    path: source.container ?? source.path,
    // A line of the config in an image is no line of the image.
    ...(source.container === undefined ? { start, end } : {}),
    title: rule.id,
    message,
    reason: rule.explanation,
    advice,
  });
}

export interface Annotation {
  readonly severity: Severity;
  readonly path: string;
  /** Absent where the finding is about the file as a whole. */
  readonly start?: Position;
  readonly end?: Position;
  readonly title: string;
  readonly message: string;
  readonly reason: string;
  readonly advice: readonly string[];
}

/** A finding as a workflow command. */
export function annotation({ severity, path, start, end, title, message, reason, advice }: Annotation): string {
  const fix = advice
    .slice(0, 5)
    .map((line) => `\n${visible(line)}`)
    .join('');
  const place = {
    file: path,
    ...(start === undefined || end === undefined ? {} : linesAndColumns(start, end)),
  };
  const text = `${visible(message)}\n${visible(reason)}${fix}`.slice(0, longest);
  return workflowCommand(severity === 'info' ? 'notice' : severity, { ...place, title }, text);
}

function linesAndColumns(start: Position, end: Position): Record<string, number> {
  const lines = { line: start.line, endLine: end.line };
  // Columns are only understood within one line.
  return start.line === end.line
    ? { ...lines, col: start.column, endColumn: Math.max(end.column, start.column) }
    : lines;
}

/** What stands in the way of reading an input, as a workflow command. */
export function failureCommand({ path, message, help, line, column }: Omit<InputFailure, 'code'>): string {
  const place = { ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { col: column }) };
  return workflowCommand(
    'error',
    { file: path, ...place, title: 'not checked' },
    `${visible(message)}\n${visible(help)}`,
  );
}

/** One line that the runner takes for a command; nothing in the values can end it, or begin another. */
export function workflowCommand(
  name: string,
  properties: Readonly<Record<string, string | number>>,
  text: string,
): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${property(String(value))}`);
  return `::${name}${list.length === 0 ? '' : ` ${list.join(',')}`}::${data(text)}\n`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(visible(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
