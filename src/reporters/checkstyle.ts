/** The XML that Checkstyle prints, which many tools of continuous integration read. */
import type { Finding, InputFailure, Report } from '../finding.ts';
import { positionOf } from '../source.ts';
import { findingsToShow, type Reporter, type ReportStyle } from './reporter.ts';
import { attribute } from './xml.ts';

const opening = '<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n';

export function checkstyleReporter(style: ReportStyle): Reporter {
  let isOpen = false;
  const opened = (text: string) => {
    const before = isOpen ? '' : opening;
    isOpen = true;
    return before + text;
  };
  return {
    file: (report) => opened(fileXml(report, style)),
    failure: (failure) => opened(failureXml(failure)),
    end: () => opened('</checkstyle>\n'),
  };
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
