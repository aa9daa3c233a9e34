/** A parsed config: what each line says, and what the file as a whole says of a symbol. */
import {
  createSource,
  type Location,
  lineSpanOf,
  rememberLineStarts,
  type SourceText,
  type Span,
  textBetween,
} from '../source.ts';
import type { Target } from '../target.ts';
import { classifyFile, classifyLine } from './classify.ts';
import { scanText } from './fast-scan.ts';
import { detectKind, type KindChoice } from './kind.ts';
import type { ConfigLimits } from './limits.ts';
import { type Origin, originOf, targetOf } from './origin.ts';
import type { ConfigProblem } from './problem.ts';
import { type EntryTable, findRow, Mark, type Scan } from './scan.ts';
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
  readonly origin: Origin;
  readonly problems: readonly ConfigProblem[];
  /** Number of settings, repeated ones counted each time. */
  readonly settings: number;
  /** For whoever parses a changed text of it. */
  readonly limits?: ConfigLimits | undefined;
  /** For `settingOf` and its kin in this folder. */
  readonly scanned: Scan;
}

export interface ParseOptions {
  /** Default: detect. */
  readonly kind?: KindChoice;
  /** A document that is no longer needed; its memory is used again, and it must not be asked anything afterwards. */
  readonly reuse?: ConfigDocument | undefined;
  /** The document is needed only until the next one is parsed. */
  readonly transient?: boolean;
  /** Where the user raised them. */
  readonly limits?: ConfigLimits | undefined;
}

/** Parses a config. Never throws; with its source it is lossless. */
export function parseConfig(source: SourceText, options: ParseOptions = {}): ConfigDocument {
  const { reuse, transient = false, limits } = options;
  const own = limits === undefined ? {} : { limits };
  const scanned = scanText(source.codes, { reuse: reuse?.scanned.table, transient, ...own });
  rememberLineStarts(source, scanned.lineStarts);
  const problems: ConfigProblem[] = [];
  classifyFile(source, scanned, problems, limits);
  for (const line of scanned.irregular) classifyLine(source, line, problems, limits);
  problems.sort((a, b) => a.location.span.start - b.location.span.start);
  const rowOf = (symbol: string) => findRow(source.codes, scanned.table, symbol);
  const { kind, because } = detectKind(source, scanned, rowOf, options.kind ?? 'auto');
  const origin = originOf(source, (symbol) => {
    const row = rowOf(symbol);
    return row >= 0 && scanned.table.mark[row] === Mark.y;
  });
  const target = targetOf(origin, stringAt(source, scanned, rowOf('LOCALVERSION')));
  return {
    source,
    kind,
    kindBecause: because,
    target,
    origin,
    problems,
    settings: scanned.table.count,
    ...own,
    scanned,
  };
}

/** The content of the quoted string in a row; undefined where there is none. */
function stringAt(source: SourceText, { table }: Scan, row: number): string | undefined {
  if (row < 0 || table.mark[row] !== Mark.other) return undefined;
  const start = (table.nameEnd[row] as number) + 1;
  if (source.codes[start] !== 34 || source.codes[start + 1] === 34) return undefined;
  return readValue(textBetween(source, start, table.end[row] as number));
}

/** Parses text that was made in memory; for tests and for library users. */
export function parseConfigText(text: string, path = '.config', options: ParseOptions = {}): ConfigDocument {
  return parseConfig(createSource(path, text), options);
}

export function settingOf(document: ConfigDocument, symbol: string): Setting {
  const row = findRow(document.source.codes, document.scanned.table, symbol);
  return row < 0 ? { kind: 'absent', symbol } : settingAt(document, row, symbol);
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
    mark === Mark.y ? 'y' : mark === Mark.m ? 'm' : readValue(textBetween(document.source, valueSpan.start, end));
  if (value === 'n') return { kind: 'not-set', symbol, location };
  return { kind: 'set', symbol, value, location, valueSpan };
}

export function symbolAt(document: ConfigDocument, row: number): string {
  const { nameStart, nameEnd } = document.scanned.table;
  return textBetween(document.source, nameStart[row] as number, nameEnd[row] as number);
}

/** The value as written, or `is not set`. */
export function writtenValueAt(document: ConfigDocument, row: number): string {
  const { table } = document.scanned;
  if (table.mark[row] === Mark.notSet) return 'is not set';
  return textBetween(document.source, (table.nameEnd[row] as number) + 1, table.end[row] as number);
}

/** True when two rows give their symbol the same value: as written, or both turn it off. */
export function isSameValue(document: ConfigDocument, one: number, other: number): boolean {
  const [a, b] = [one, other].map((row) => writtenValueAt(document, row).replace(/^is not set$/, 'n'));
  return a === b;
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

/** The values of those settings, `n` for `not-set`; faster than to make the settings. */
export function effectiveValues(document: ConfigDocument): Map<string, string> {
  const { mark, nameStart, nameEnd } = document.scanned.table;
  // Who wants all of them has the whole text decoded once rather than each name by itself.
  const { text } = document.source;
  const found = new Map<string, string>();
  for (let row = 0; row < document.settings; row++) {
    const symbol = text.slice(nameStart[row], nameEnd[row]);
    found.set(symbol, plainValues.get(mark[row] as Mark) ?? textualValue(settingAt(document, row)));
  }
  return found;
}

const plainValues: ReadonlyMap<Mark, string> = new Map([
  [Mark.y, 'y'],
  [Mark.m, 'm'],
  [Mark.n, 'n'],
  [Mark.notSet, 'n'],
]);

const textualValue = (setting: Exclude<Setting, { kind: 'absent' }>): string =>
  setting.kind === 'set' ? setting.value : 'n';

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
