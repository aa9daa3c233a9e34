/** Findings, failures and faults as diagnostics of the protocol. */
import { pathToFileURL } from 'node:url';
import { type Diagnostic, DiagnosticSeverity, DiagnosticTag, type Range } from 'vscode-languageserver';
import type { Finding, InputFailure, Severity } from '../finding.ts';
import type { UsageError } from '../project/prepare.ts';
import type { Location } from '../source.ts';
import type { OpenDocument } from './documents.ts';
import type { Judged } from './judging.ts';
import { type PositionEncoding, placesIn } from './positions.ts';

export const diagnosticSource = 'kconfig-lint';

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};

/** Findings that an editor is sent of one file, the worst first: it would be slow with more, and nobody reads them there. */
const mostShown = 1000;

/** Rules that find lines which change nothing: editors show those faded. */
const unnecessary: ReadonlySet<string> = new Set(['redundant-assignment', 'redundant-default']);

/** What the client can show. */
export interface DiagnosticStyle {
  readonly encoding: PositionEncoding;
  readonly related: boolean;
  readonly tags: boolean;
  readonly links: boolean;
}

export function diagnosticsOf(
  judged: Judged,
  open: OpenDocument,
  style: DiagnosticStyle,
  /** The URI of a file that is named in a report. */
  uriOf: (path: string) => string,
): Diagnostic[] {
  switch (judged.kind) {
    case 'report': {
      const { findings } = judged.report;
      const shown = findings
        .slice(0, mostShown + 1)
        .map((finding) => diagnosticOf(finding, open, judged.document.source.path, style, uriOf));
      const next = shown[mostShown];
      const rest = findings.length - mostShown;
      if (next !== undefined && rest > 1) next.message = `${rest} more findings, which the command line shows`;
      return shown;
    }
    case 'failure':
      return [failureDiagnostic(judged.failure, open)];
    case 'usage':
      return judged.faults.map((fault) => usageDiagnostic(fault, open, uriOf));
    case 'rules':
      return judged.faults.map(({ line, column, severity, code, row, message, help }) => ({
        range: wordAt(open, line, column),
        severity: severities[severity],
        source: diagnosticSource,
        code,
        message: `${row === undefined ? '' : `${row}: `}${message}\n${help}`.trimEnd(),
      }));
    case 'nothing':
      return [];
  }
}

function diagnosticOf(
  { rule, severity, message, location, related }: Finding,
  open: OpenDocument,
  ownPath: string,
  { encoding, related: showsRelated, tags, links }: DiagnosticStyle,
  uriOf: (path: string) => string,
): Diagnostic {
  const place = ({ source, span }: Location): { uri: string; range: Range } =>
    source.path === ownPath
      ? { uri: open.uri, range: open.places.rangeOf(span) }
      : { uri: uriOf(source.path), range: placesIn(source.text, encoding).rangeOf(span) };
  const [reference] = rule.references;
  return {
    range: place(location).range,
    severity: severities[severity],
    source: diagnosticSource,
    code: rule.id,
    message,
    ...(links && reference !== undefined && /^https?:/.test(reference) ? { codeDescription: { href: reference } } : {}),
    ...(tags && unnecessary.has(rule.id) ? { tags: [DiagnosticTag.Unnecessary] } : {}),
    ...(showsRelated && related.length > 0
      ? { relatedInformation: related.map((each) => ({ location: place(each.location), message: each.message })) }
      : {}),
  };
}

function failureDiagnostic(
  { line = 1, column = 1, code, message, help }: InputFailure,
  open: OpenDocument,
): Diagnostic {
  return {
    range: wordAt(open, line, column),
    severity: DiagnosticSeverity.Error,
    source: diagnosticSource,
    code,
    message: `${message}; it was not checked${help === '' ? '' : `\n${help}`}`,
  };
}

function usageDiagnostic(
  { message, help, path, line = 1, column = 1 }: UsageError,
  open: OpenDocument,
  uriOf: (path: string) => string,
): Diagnostic {
  const isHere = path === undefined || uriOf(path) === open.uri;
  const text = `${message}${help === '' ? '' : `\n${help}`}`;
  const start = { line: line - 1, character: column - 1 };
  return {
    range: isHere ? wordAt(open, line, column) : wordAt(open, 1, 1),
    severity: DiagnosticSeverity.Error,
    source: diagnosticSource,
    code: 'usage',
    message: isHere ? text : `not checked: ${text}`,
    ...(isHere
      ? {}
      : { relatedInformation: [{ location: { uri: uriOf(path), range: { start, end: start } }, message }] }),
  };
}

/** The word that starts at a line and column, both from 1. */
function wordAt({ text, places, disk }: OpenDocument, line: number, column: number): Range {
  let start = 0;
  for (let left = line - 1; left > 0; left--) {
    const next = text.indexOf('\n', start);
    if (next < 0) break;
    start = next + 1;
  }
  const at = Math.min(start + column - 1, text.length);
  const word = /^(?:"[^"\n]*"|[^\s,:{}[\]"]+)/.exec(text.slice(at, at + 200))?.[0].length ?? 0;
  const shift = disk.hasMark ? 1 : 0;
  return places.rangeOf({ start: at + shift, end: at + word + shift });
}

export function uriOfPath(path: string): string {
  return pathToFileURL(path).href;
}
