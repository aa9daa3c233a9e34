/** `file:line:column: severity: message [rule]`, one line a finding: for grep and for editors. */
import type { Report } from '../finding.ts';
import { visible } from '../invisible.ts';
import { positionOf } from '../source.ts';
import { asItIs, inParts, type Reporter, type ReportStyle } from './reporter.ts';

export function unixReporter(style: ReportStyle): Reporter {
  return inParts((report) => unixLines(report, style.quiet), asItIs, { failure: () => '', end: () => '' });
}

function unixLines(report: Report, quiet: boolean): string {
  let text = '';
  for (const { location, severity, message, rule } of report.findings) {
    if (quiet && severity !== 'error') continue;
    const { line, column } = positionOf(location.source, location.span.start);
    // A log reader takes a line that starts with :: or ##[ for a command.
    const path = visible(location.source.path).replace(/^(?=\s*(?:::|##\[))/, './');
    text += `${path}:${line}:${column}: ${severity === 'info' ? 'note' : severity}: ${visible(message)} [${visible(rule.id).replace(/\s/g, '%20')}]\n`;
  }
  return text;
}
