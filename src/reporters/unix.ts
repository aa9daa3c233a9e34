/** `file:line:column: severity: message [rule]`, one line a finding: for grep and for editors. */
import type { InputFailure, Report } from '../finding.ts';
import { visible, visiblePath } from '../invisible.ts';
import { positionOf } from '../source.ts';
import { asItIs, inParts, type Reporter, type ReportStyle } from './reporter.ts';

export function unixReporter(style: ReportStyle): Reporter {
  return inParts((report) => unixLines(report, style.quiet), asItIs, { failure: failureLine, end: () => '' });
}

function unixLines(report: Report, quiet: boolean): string {
  let text = '';
  for (const { location, severity, message, rule } of report.findings) {
    if (quiet && severity !== 'error') continue;
    const { line, column } = positionOf(location.source, location.span.start);
    text += `${visiblePath(location.source.path)}:${line}:${column}: ${severity === 'info' ? 'note' : severity}: ${visible(message)} [${visible(rule.id).replace(/\s/g, '%20')}]\n`;
  }
  return text;
}

/** What stands in the way of a file is an error at its place, or at its start: editors know no other. */
function failureLine({ path, code, message, help, line = 1, column = 1 }: InputFailure): string {
  const todo = help === '' ? '' : `; ${visible(help)}`;
  return `${visiblePath(path)}:${line}:${column}: error: not checked: ${visible(message)}${todo} [${visible(code).replace(/\s/g, '%20')}]\n`;
}
