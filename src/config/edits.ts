/** Changes of settings as edits of a text: only the lines that change are touched. */
import type { Edit } from '../finding.ts';
import { type SourceText, textBetween } from '../source.ts';
import { type ConfigDocument, settingAt } from './document.ts';
import { findRow } from './scan.ts';

/** One line of a config to be written in place of the one that counts now, or at the end; an empty one goes. */
export interface LineChange {
  readonly symbol: string;
  readonly line: string;
}

/** Edits that bring changes into a document; in the order of their places. */
export function editsFor(document: ConfigDocument, changes: readonly LineChange[]): Edit[] {
  const { source } = document;
  const edits: Edit[] = [];
  const added: string[] = [];
  for (const { symbol, line } of changes) {
    const row = findRow(source.codes, document.scanned.table, symbol);
    if (row >= 0) {
      const { location } = settingAt(document, row);
      if (line !== '') edits.push({ location, newText: line });
      else edits.push({ location: { source, span: wholeLine(source, location.span.start) }, newText: '' });
    } else if (line !== '') added.push(line);
  }
  edits.sort((a, b) => a.location.span.start - b.location.span.start);
  if (added.length === 0) return edits;
  const end = source.codes.length;
  const ending = document.scanned.carriageReturns > 0 ? '\r\n' : '\n';
  const glue = end > 0 && source.codes[end - 1] !== 10 ? ending : '';
  const newText = glue + added.map((line) => line + ending).join('');
  return [...edits, { location: { source, span: { start: end, end } }, newText }];
}

function wholeLine(source: SourceText, start: number): { start: number; end: number } {
  const next = source.codes.indexOf(10, start);
  return { start, end: next === -1 ? source.codes.length : next + 1 };
}

/** The text with edits made; of edits that overlap the first is made and the others are left out. */
export function applyEdits(source: SourceText, edits: readonly Edit[]): string {
  let text = '';
  let at = 0;
  for (const { location, newText } of edits.toSorted((a, b) => a.location.span.start - b.location.span.start)) {
    const { start, end } = location.span;
    if (start < at) continue;
    text += textBetween(source, at, start) + newText;
    at = end;
  }
  return text + textBetween(source, at, source.codes.length);
}
