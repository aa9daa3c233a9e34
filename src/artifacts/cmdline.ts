/** Parses a kernel command line as lib/cmdline.c and kernel/params.c of the kernel do, with the place of everything. */
import type { Span } from '../source.ts';
import { parameterName } from '../traits.ts';

export interface Parameter {
  /** With `_` for `-`, as the kernel compares names. */
  readonly name: string;
  /** Without quotes; undefined where there is no `=`, empty where nothing follows it. */
  readonly value: string | undefined;
  /** From the first character, an opening quote included, to the last one. */
  readonly span: Span;
}

export interface CommandLineProblem {
  readonly code: 'open-quote' | 'not-ascii' | 'line-break';
  readonly span: Span;
}

/** Offsets are those of the text. */
export interface CommandLine {
  readonly text: string;
  readonly parameters: readonly Parameter[];
  /** What follows `--`, which the kernel hands to init as it stands. */
  readonly init: readonly Span[];
  readonly problems: readonly CommandLineProblem[];
  /** Bytes that the kernel must hold, without the NUL at the end. */
  readonly bytes: number;
}

/** Longer ones are cut by every kernel; nobody wants to wait for them either. */
export const mostCharacters = 65_536;

/** Never throws; everything the kernel would read is read as it would. */
export function parseCommandLine(text: string): CommandLine {
  const parameters: Parameter[] = [];
  const init: Span[] = [];
  const problems = oddities(text);
  let isForInit = false;
  for (let at = skipSpaces(text, 0); at < text.length; ) {
    const isQuoted = text[at] === '"';
    const start = isQuoted ? at + 1 : at;
    let inQuote = isQuoted;
    let opened = at;
    let end = start;
    for (; end < text.length && (inQuote || !isSpace(text.charCodeAt(end))); end++) {
      if (text[end] !== '"') continue;
      inQuote = !inQuote;
      opened = end;
    }
    if (inQuote) problems.push({ code: 'open-quote', span: { start: opened, end } });
    const span = { start: at, end };
    const { name, value } = readArgument(text.slice(start, end), isQuoted);
    if (isForInit) init.push(span);
    else if (value === undefined && name === '--') isForInit = true;
    else parameters.push({ name: parameterName(name), value, span });
    // One character ends a parameter, even where it is at the end of a quote that was never closed.
    at = skipSpaces(text, end + 1);
  }
  return { text, parameters, init, problems, bytes: byteLength(text) };
}

/** An argument without the quote before it; a quote at its end goes only where one stands before argument or value. */
function readArgument(argument: string, isQuoted: boolean): Pick<Parameter, 'name' | 'value'> {
  // A "=" in front belongs to the name.
  const equals = argument.indexOf('=', 1);
  const endsInQuote = argument.endsWith('"');
  const unquoted = (part: string): string => (isQuoted && endsInQuote ? part.slice(0, -1) : part);
  if (equals === -1) return { name: unquoted(argument), value: undefined };
  const name = argument.slice(0, equals);
  const value = argument.slice(equals + 1);
  if (!value.startsWith('"')) return { name, value: unquoted(value) };
  const inner = value.slice(1);
  return { name, value: endsInQuote ? inner.slice(0, -1) : inner };
}

/** The C locale's, and the byte A0, which the kernel's own table of characters has among them. */
function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0xa0;
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (at < text.length && isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** What a person may not have meant, each kind once. */
function oddities(text: string): CommandLineProblem[] {
  const problems: CommandLineProblem[] = [];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 126 || code === 0) {
      problems.push({ code: 'not-ascii', span: { start: i, end: i + 1 } });
      break;
    }
  }
  const breakAt = text.trimEnd().search(/[\n\r]/);
  if (breakAt !== -1) problems.push({ code: 'line-break', span: { start: breakAt, end: breakAt + 1 } });
  return problems;
}

/** In UTF-8. */
export function byteLength(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
