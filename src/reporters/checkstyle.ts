/** The XML that Checkstyle prints, which many tools of continuous integration read. */
import type { Finding, InputFailure, Report } from '../finding.ts';
import { positionOf } from '../source.ts';
import { findingsToShow, type Reporter, type ReportStyle } from './reporter.ts';
import { attribute, xmlReporter } from './xml.ts';

const root = { opening: '<checkstyle version="4.3">', closing: '</checkstyle>' };

export function checkstyleReporter(style: ReportStyle): Reporter {
  return xmlReporter(root, (report) => fileXml(report, style), failureXml);
}

function fileXml(report: Report, style: ReportStyle): string {
  const rows = findingsToShow(report, style).map(errorXml).join('');
  return `  <file${attribute('name', report.source.path)}>\n${rows}  </file>\n`;
}

function errorXml({ rule, severity, message, location }: Finding): string {
  const { line, column } = positionOf(location.source, location.span.start);
  return row(line, column, severity, message, rule.id);
}

function row(line: number, column: number | undefined, severity: string, message: string, source: string): string {
  const place = attribute('line', line) + attribute('column', column);
  return `    <error${place}${attribute('severity', severity)}${attribute('message', message)}${attribute('source', `kconfig-lint.${source}`)}/>\n`;
}

/** Line 0 stands for the file as a whole. */
function failureXml({ path, code, message, help, line, column }: InputFailure): string {
  const text = row(line ?? 0, column, 'error', `not checked: ${message}; ${help}`, code);
  return `  <file${attribute('name', path)}>\n${text}  </file>\n`;
}
