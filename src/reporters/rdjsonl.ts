/** The Reviewdog Diagnostic Format, one JSON object a line; its shape is schemas/rdjsonl.schema.json. */
import type { Finding, Fix, InputFailure, Severity } from '../finding.ts';
import { visible } from '../invisible.ts';
import { type Location, lineStartsOf, positionOf, type SourceText, textBetween } from '../source.ts';
import { asItIs, findingsToShow, homepage, inParts, isLink, type Reporter, type ReportStyle } from './reporter.ts';

const severities: Readonly<Record<Severity, string>> = { error: 'ERROR', warning: 'WARNING', info: 'INFO' };
const tool = { name: 'kconfig-lint', url: homepage };

/** A fix whose edits lie further apart is none that a reader could judge in a comment. */
const widestFix = 2000;

export function rdjsonlReporter(style: ReportStyle): Reporter {
  return inParts((report) => findingsToShow(report, style).map(findingLine).join(''), asItIs, {
    failure: failureLine,
    end: () => '',
  });
}

function findingLine({ rule, severity, message, location, advice, fix }: Finding): string {
  const { source } = location;
  const url = rule.references.find(isLink);
  const todo = fix === undefined && advice.length > 0 ? ` Write ${advice.slice(0, 5).join(', ')}.` : '';
  return jsonLine({
    message: visible(`${message}. ${rule.explanation}${todo}`).trim(),
    location: { path: visible(source.path), range: rangeOf(location) },
    severity: severities[severity],
    source: tool,
    code: { value: visible(rule.id), ...(url === undefined ? {} : { url }) },
    ...(fix === undefined ? {} : suggestionOf(fix, source)),
  });
}

/** Several edits are one suggestion: reviewdog offers each by itself, and half a fix is none. */
function suggestionOf({ edits }: Fix, source: SourceText) {
  const sorted = edits.toSorted((a, b) => a.location.span.start - b.location.span.start);
  const first = sorted[0];
  const last = sorted.at(-1);
  if (first === undefined || last === undefined || sorted.some(({ location }) => location.source !== source)) return {};
  const [start, end] = [first.location.span.start, last.location.span.end];
  if (end - start > widestFix) return {};
  let text = '';
  let at = start;
  for (const { location, newText } of sorted) {
    text += textBetween(source, at, location.span.start) + newText;
    at = location.span.end;
  }
  return { suggestions: [{ range: rangeOf({ source, span: { start, end } }), text: text.toWellFormed() }] };
}

function rangeOf({ source, span }: Location) {
  return { start: place(source, span.start), end: place(source, Math.max(span.start, span.end)) };
}

/** Columns count the bytes of the file from 1. */
function place(source: SourceText, offset: number) {
  const { line } = positionOf(source, offset);
  const start = lineStartsOf(source)[line - 1] as number;
  return { line, column: bytesBetween(source, start, offset) + 1 };
}

function bytesBetween({ codes, encoding }: SourceText, start: number, end: number): number {
  if (encoding === 'latin1') return end - start;
  let bytes = 0;
  for (let at = start; at < end; at++) {
    const code = codes[at] as number;
    // Each half of a pair stands for two of its four bytes.
    bytes += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 2 : 3;
  }
  return bytes;
}

function failureLine({ path, code, message, help, line, column }: InputFailure): string {
  const range = line === undefined ? {} : { range: { start: { line, ...(column === undefined ? {} : { column }) } } };
  return jsonLine({
    message: visible(`Not checked: ${message}. ${help}`),
    location: { path: visible(path), ...range },
    severity: 'ERROR',
    source: tool,
    code: { value: visible(code) },
  });
}

function jsonLine(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
