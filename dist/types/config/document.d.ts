/** A parsed config: what each line says, and what the file as a whole says of a symbol. */
import { type Location, type SourceText, type Span } from '../source.ts';
import type { Target } from '../target.ts';
import { type KindChoice } from './kind.ts';
import type { ConfigLimits } from './limits.ts';
import { type Origin } from './origin.ts';
import type { ConfigProblem } from './problem.ts';
import { type EntryTable, type Scan } from './scan.ts';
/** What a document says of one symbol. */
export type Setting = {
    readonly kind: 'set';
    readonly symbol: string;
    /** As the kernel reads it: strings without quotes and escapes, `y` for `yes`. */
    readonly value: string;
    readonly location: Location;
    /** The value as written, quotes and all. */
    readonly valueSpan: Span;
} | {
    readonly kind: 'not-set';
    readonly symbol: string;
    readonly location: Location;
} | {
    readonly kind: 'absent';
    readonly symbol: string;
};
/** One line, in file order; together they cover the text without its line endings. */
export type Line = {
    readonly kind: 'setting';
    readonly setting: Exclude<Setting, {
        kind: 'absent';
    }>;
    readonly span: Span;
} | {
    readonly kind: 'comment' | 'blank' | 'malformed';
    readonly span: Span;
};
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
export declare function parseConfig(source: SourceText, options?: ParseOptions): ConfigDocument;
/** Parses text that was made in memory; for tests and for library users. */
export declare function parseConfigText(text: string, path?: string, options?: ParseOptions): ConfigDocument;
export declare function settingOf(document: ConfigDocument, symbol: string): Setting;
/** The setting in row `row` of the table. */
export declare function settingAt(document: ConfigDocument, row: number, symbol?: string): Exclude<Setting, {
    kind: 'absent';
}>;
export declare function symbolAt(document: ConfigDocument, row: number): string;
/** The value as written, or `is not set`. */
export declare function writtenValueAt(document: ConfigDocument, row: number): string;
/** True when two rows give their symbol the same value: as written, or both turn it off. */
export declare function isSameValue(document: ConfigDocument, one: number, other: number): boolean;
/** Every setting in file order. */
export declare function settingsOf(document: ConfigDocument): Generator<Exclude<Setting, {
    kind: 'absent';
}>>;
/** The settings that count: for each symbol the last one, as the kernel reads it; in file order. */
export declare function effectiveSettings(document: ConfigDocument): Map<string, Exclude<Setting, {
    kind: 'absent';
}>>;
/** The values of those settings, `n` for `not-set`; faster than to make the settings. */
export declare function effectiveValues(document: ConfigDocument): Map<string, string>;
/** Every line in file order. */
export declare function linesOf(document: ConfigDocument): Generator<Line>;
/** Rows that name a symbol again: `[earlier, later]`, in file order. */
export declare function repeatedRows(document: ConfigDocument): Generator<readonly [number, number]>;
export type { EntryTable };
