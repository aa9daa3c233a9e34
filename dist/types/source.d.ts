/** Text with a path, and the places in it: offsets everywhere, lines and columns only at the edges. */
/** A half-open range of UTF-16 offsets. */
export interface Span {
    readonly start: number;
    readonly end: number;
}
/** How the bytes of a file became text; `latin1` stands for bytes that are not valid UTF-8, one character a byte. */
export type Encoding = 'utf-8' | 'latin1';
export interface SourceText {
    /** As the user named it, with `/` separators; `<stdin>` for standard input; `vmlinux!config` for what lies in another file. */
    readonly path: string;
    /** The file that the text lies in, where it is no file itself. */
    readonly container?: string | undefined;
    readonly text: string;
    readonly encoding: Encoding;
    /** The UTF-16 code units of `text`. For ASCII files these are the file's own bytes. */
    readonly codes: Uint8Array | Uint16Array;
}
export interface Location {
    readonly source: SourceText;
    readonly span: Span;
}
/** 1-based line and 1-based UTF-16 column. */
export interface Position {
    readonly line: number;
    readonly column: number;
}
/** Makes a source from text. */
export declare function createSource(path: string, text: string, encoding?: Encoding): SourceText;
/**
 * Makes a source from bytes that are known to be ASCII; the text is decoded by `decode` when first asked for, because a
 * config without findings never needs it.
 */
export declare function createAsciiSource(path: string, bytes: Uint8Array, decode: (bytes: Uint8Array) => string): SourceText;
/** For a reader that has found the line starts of `source` anyway, in the form that `lineStartsOf` gives. */
export declare function rememberLineStarts(source: SourceText, starts: Int32Array): void;
/** Offsets at which the lines of `source` start; the first is 0. Lines end at `\n`. */
export declare function lineStartsOf(source: SourceText): Int32Array;
/** The 0-based index of the line that holds `offset`. */
export declare function lineIndexOf(source: SourceText, offset: number): number;
/** The same for lines that start at `starts`. */
export declare function lineIndexIn(starts: ArrayLike<number>, offset: number): number;
export declare function positionOf(source: SourceText, offset: number): Position;
/** The span of a line without its line ending. */
export declare function lineSpanOf(source: SourceText, index: number): Span;
/** A piece of the text; short pieces are decoded by themselves, so that the whole need not be. */
export declare function textBetween(source: SourceText, start: number, end: number): string;
/** The same text as that of a member of the file that it was read from. */
export declare function placedIn(source: SourceText, member: string): SourceText;
/** The same text under another name; it is still not decoded before it is asked for. */
export declare function renamed(source: SourceText, path: string, container?: string | undefined): SourceText;
