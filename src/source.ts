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
export function createSource(path: string, text: string, encoding: Encoding = 'utf-8'): SourceText {
  const codes = new Uint16Array(text.length);
  for (let i = 0; i < text.length; i++) codes[i] = text.charCodeAt(i);
  return { path, text, encoding, codes };
}

/**
 * Makes a source from bytes that are known to be ASCII; the text is decoded by `decode` when first asked for, because a
 * config without findings never needs it.
 */
export function createAsciiSource(path: string, bytes: Uint8Array, decode: (bytes: Uint8Array) => string): SourceText {
  let text: string | undefined;
  return {
    path,
    encoding: 'utf-8',
    codes: bytes,
    get text() {
      text ??= decode(bytes);
      return text;
    },
  };
}

const lineStartsBySource = new WeakMap<SourceText, Int32Array>();

/** For a reader that has found the line starts of `source` anyway, in the form that `lineStartsOf` gives. */
export function rememberLineStarts(source: SourceText, starts: Int32Array): void {
  lineStartsBySource.set(source, starts);
}

/** Offsets at which the lines of `source` start; the first is 0. Lines end at `\n`. */
export function lineStartsOf(source: SourceText): Int32Array {
  let starts = lineStartsBySource.get(source);
  if (starts === undefined) {
    const found = [0];
    const { codes } = source;
    for (let at = codes.indexOf(10); at !== -1; at = codes.indexOf(10, at + 1)) found.push(at + 1);
    starts = Int32Array.from(found);
    lineStartsBySource.set(source, starts);
  }
  return starts;
}

/** The 0-based index of the line that holds `offset`. */
export function lineIndexOf(source: SourceText, offset: number): number {
  return lineIndexIn(lineStartsOf(source), offset);
}

/** The same for lines that start at `starts`. */
export function lineIndexIn(starts: ArrayLike<number>, offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] as number) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

export function positionOf(source: SourceText, offset: number): Position {
  const index = lineIndexOf(source, offset);
  return { line: index + 1, column: offset - (lineStartsOf(source)[index] as number) + 1 };
}

/** The span of a line without its line ending. */
export function lineSpanOf(source: SourceText, index: number): Span {
  const starts = lineStartsOf(source);
  const start = starts[index] ?? source.codes.length;
  let end = index + 1 < starts.length ? (starts[index + 1] as number) - 1 : source.codes.length;
  if (end > start && source.codes[end - 1] === 13) end--;
  return { start, end };
}

/** A piece of the text; short pieces are decoded by themselves, so that the whole need not be. */
export function textBetween(source: SourceText, start: number, end: number): string {
  if (end - start > 1000) return source.text.slice(start, end);
  return String.fromCharCode.apply(null, source.codes.subarray(start, end) as unknown as number[]);
}

/** The same text as that of a member of the file that it was read from. */
export function placedIn(source: SourceText, member: string): SourceText {
  return renamed(source, `${source.path}!${member}`, source.path);
}

/** The same text under another name; it is still not decoded before it is asked for. */
export function renamed(source: SourceText, path: string, container = source.container): SourceText {
  return {
    path,
    container,
    encoding: source.encoding,
    codes: source.codes,
    get text() {
      return source.text;
    },
  };
}
