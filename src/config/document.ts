/** A parsed config: what each line says, and what the file as a whole says of a symbol. */
import { createSource, type Location, lineSpanOf, rememberLineStarts, type SourceText, type Span } from '../source.ts';
import type { Target } from '../target.ts';
import { classifyFile, classifyLine, closeLooks } from './classify.ts';
import { detectKind, type KindChoice } from './kind.ts';
import { detectTarget } from './origin.ts';
import type { ConfigProblem } from './problem.ts';
import { type EntryTable, findRow, Mark, type Scan, scan } from './scan.ts';
import { readValue } from './value.ts';

/** What a document says of one symbol. */
export type Setting =
  | {
      readonly kind: 'set';
      readonly symbol: string;
      /** As the kernel reads it: strings without quotes and escapes, `y` for `yes`. */
      readonly value: string;
      readonly location: Location;
      /** The value as written, quotes and all. */
      readonly valueSpan: Span;
    }
  | { readonly kind: 'not-set'; readonly symbol: string; readonly location: Location }
  | { readonly kind: 'absent'; readonly symbol: string };

/** One line, in file order; together they cover the text without its line endings. */
export type Line =
  | { readonly kind: 'setting'; readonly setting: Exclude<Setting, { kind: 'absent' }>; readonly span: Span }
  | { readonly kind: 'comment' | 'blank' | 'malformed'; readonly span: Span };

export interface ConfigDocument {
  readonly source: SourceText;
  /** A complete config says by silence that a symbol is off; a fragment says nothing. */
  readonly kind: 'complete' | 'fragment';
  readonly kindBecause: string;
  /** Release and architecture as the file and its name tell them. */
  readonly target: Target;
  readonly problems: readonly ConfigProblem[];
  /** Number of settings, repeated ones counted each time. */
  readonly settings: number;
  /** For `settingOf` and its kin in this folder. */
  readonly scanned: Scan;
}

export interface ParseOptions {
  /** Default: detect. */
  readonly kind?: KindChoice;
  /** A document that is no longer needed; its memory is used again, and it must not be asked anything afterwards. */
  readonly reuse?: ConfigDocument | undefined;
}

/** Parses a config. Never throws; with its source it is lossless. */
export function parseConfig(source: SourceText, options: ParseOptions = {}): ConfigDocument {
  const scanned = scan(source.codes, options.reuse?.scanned.table);
  rememberLineStarts(source, scanned.lineStarts);
  const problems: ConfigProblem[] = [];
  classifyFile(source, scanned, problems);
  for (const line of scanned.irregular.slice(0, closeLooks)) classifyLine(source, line, problems);
  problems.sort((a, b) => a.location.span.start - b.location.span.start);
  const rowOf = (symbol: string) => findRow(source.codes, scanned.table, symbol);
  const { kind, because } = detectKind(source, scanned, rowOf, options.kind ?? 'auto');
  const document = { source, kind, kindBecause: because, problems, settings: scanned.table.count, scanned, target: {} };
  const isOn = (symbol: string) => {
    const row = rowOf(symbol);
    return row >= 0 && scanned.table.mark[row] === Mark.y;
  };
  return { ...document, target: detectTarget(source, isOn, (symbol) => stringOf(document, symbol)) };
}

/** Parses text that was made in memory; for tests and for library users. */
export function parseConfigText(text: string, path = '.config', options: ParseOptions = {}): ConfigDocument {
  return parseConfig(createSource(path, text), options);
}

export function settingOf(document: ConfigDocument, symbol: string): Setting {
  const row = findRow(document.source.codes, document.scanned.table, symbol);
  return row < 0 ? { kind: 'absent', symbol } : settingAt(document, row, symbol);
}

function stringOf(document: ConfigDocument, symbol: string): string | undefined {
  const setting = settingOf(document, symbol);
  return setting.kind === 'set' ? setting.value : undefined;
}

/** The setting in row `row` of the table. */
export function settingAt(
  document: ConfigDocument,
  row: number,
  symbol = symbolAt(document, row),
): Exclude<Setting, { kind: 'absent' }> {
  const { table, lineStarts } = document.scanned;
  const start = lineStarts[table.line[row] as number] as number;
  const end = table.end[row] as number;
  const location = { source: document.source, span: { start, end } };
  const mark = table.mark[row];
  if (mark === Mark.notSet || mark === Mark.n) return { kind: 'not-set', symbol, location };
  const valueSpan = { start: (table.nameEnd[row] as number) + 1, end };
  const value =
    mark === Mark.y ? 'y' : mark === Mark.m ? 'm' : readValue(document.source.text.slice(valueSpan.start, end));
  if (value === 'n') return { kind: 'not-set', symbol, location };
  return { kind: 'set', symbol, value, location, valueSpan };
}

export function symbolAt(document: ConfigDocument, row: number): string {
  const { nameStart, nameEnd } = document.scanned.table;
  let name = '';
  for (let p = nameStart[row] as number; p < (nameEnd[row] as number); p++) {
    name += String.fromCharCode(document.source.codes[p] as number);
  }
  return name;
}

/** The value as written, or `is not set`. */
export function writtenValueAt(document: ConfigDocument, row: number): string {
  const { table } = document.scanned;
  if (table.mark[row] === Mark.notSet) return 'is not set';
  return document.source.text.slice((table.nameEnd[row] as number) + 1, table.end[row] as number);
}

/** Every setting in file order. */
export function* settingsOf(document: ConfigDocument): Generator<Exclude<Setting, { kind: 'absent' }>> {
  for (let row = 0; row < document.settings; row++) yield settingAt(document, row);
}

/** The settings that count: for each symbol the last one, as the kernel reads it; in file order. */
export function effectiveSettings(document: ConfigDocument): Map<string, Exclude<Setting, { kind: 'absent' }>> {
  const found = new Map<string, Exclude<Setting, { kind: 'absent' }>>();
  for (const setting of settingsOf(document)) found.set(setting.symbol, setting);
  return found;
}

/** Every line in file order. */
export function* linesOf(document: ConfigDocument): Generator<Line> {
  const { table, lines } = document.scanned;
  const { source } = document;
  let row = 0;
  for (let line = 0; line < lines; line++) {
    const span = lineSpanOf(source, line);
    if (row < table.count && table.line[row] === line) {
      yield { kind: 'setting', setting: settingAt(document, row), span };
      row++;
    } else if (span.start === span.end) yield { kind: 'blank', span };
    else yield { kind: source.codes[span.start] === 35 ? 'comment' : 'malformed', span };
  }
}

/** Rows that name a symbol again: `[earlier, later]`, in file order. */
export function* repeatedRows(document: ConfigDocument): Generator<readonly [number, number]> {
  const { duplicates } = document.scanned.table;
  for (let i = 0; i < duplicates.length; i += 2) yield [duplicates[i] as number, duplicates[i + 1] as number];
}

export type { EntryTable };
