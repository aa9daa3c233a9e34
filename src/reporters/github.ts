/** Workflow commands that GitHub shows as annotations, the worst first because it shows only ten of a kind. */
import { type Finding, type InputFailure, severityRank } from '../finding.ts';
import { visible } from '../invisible.ts';
import { positionOf } from '../source.ts';
import type { Reporter } from './reporter.ts';

/** GitHub cuts a message here. */
const longest = 4000;

export function githubReporter(): Reporter {
  const commands: { readonly rank: number; readonly text: string }[] = [];
  const failures: InputFailure[] = [];
  return {
    file: ({ findings }) => {
      for (const finding of findings) commands.push({ rank: severityRank(finding.severity), text: command(finding) });
      return '';
    },
    failure: (failure) => {
      failures.push(failure);
      return '';
    },
    end: () => {
      const sorted = commands.toSorted((a, b) => a.rank - b.rank).map(({ text }) => text);
      return failures.map(failureCommand).join('') + sorted.join('');
    },
  };
}

function command({ severity, location, message, rule, advice }: Finding): string {
  const { source, span } = location;
  const start = positionOf(source, span.start);
  const end = positionOf(source, Math.max(span.start, span.end));
  const properties = [
    `file=${property(source.container ?? source.path)}`,
    // A line of the config in an image is no line of the image.
    ...(source.container === undefined ? [`line=${start.line}`, `endLine=${end.line}`] : []),
    // Columns are only understood within one line.
    ...(source.container === undefined && start.line === end.line
      ? [`col=${start.column}`, `endColumn=${Math.max(end.column, start.column)}`]
      : []),
    `title=${property(rule.id)}`,
  ].join(',');
  const fix = advice
    .slice(0, 5)
    .map((line) => `\n${visible(line)}`)
    .join('');
  const text = `${visible(message)}\n${visible(rule.explanation)}${fix}`.slice(0, longest);
  return `::${severity === 'info' ? 'notice' : severity} ${properties}::${data(text)}\n`;
}

function failureCommand({ path, message, help, line, column }: InputFailure): string {
  const place = `${line === undefined ? '' : `,line=${line}`}${column === undefined ? '' : `,col=${column}`}`;
  return `::error file=${property(path)}${place},title=not checked::${data(`${visible(message)}\n${visible(help)}`)}\n`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(visible(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
