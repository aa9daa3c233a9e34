/** Which word of a document stands at a place: a symbol, a rule, a profile. */
import type { Span } from '../source.ts';
import type { OpenDocument } from './documents.ts';

export interface Word extends Span {
  readonly text: string;
}

export interface Line extends Span {
  readonly text: string;
  /** Of the place within the line. */
  readonly at: number;
}

/** The line around an offset into the text of a document. */
export function lineAt(text: string, offset: number): Line {
  const start = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  const ends = /[\r\n]/g;
  ends.lastIndex = offset;
  const end = ends.exec(text)?.index ?? text.length;
  return { text: text.slice(start, end), start, end, at: offset - start };
}

/** The run of characters of `set` around a place; undefined where there is none. */
export function wordAt(text: string, offset: number, set = /[A-Za-z0-9_]/): Word | undefined {
  let start = offset;
  let end = offset;
  while (start > 0 && set.test(text[start - 1] as string)) start--;
  while (end < text.length && set.test(text[end] as string)) end++;
  return start === end ? undefined : { text: text.slice(start, end), start, end };
}

/** The symbol at a place, without `CONFIG_`; its span covers all of the word. */
export function symbolAt({ kind, text }: OpenDocument, offset: number): Word | undefined {
  const word = wordAt(text, offset);
  if (word === undefined || word.text.length > 200) return undefined;
  const isPrefixed = word.text.startsWith('CONFIG_');
  const symbol = isPrefixed ? word.text.slice(7) : word.text;
  if (!/^[A-Za-z0-9_]+$/.test(symbol)) return undefined;
  if (kind === 'config') return isPrefixed ? { ...word, text: symbol } : undefined;
  const isName = /^[A-Z0-9][A-Z0-9_]*[A-Z_][A-Z0-9_]*$|^[A-Z]{2,}$/.test(symbol);
  return isPrefixed || isName ? { ...word, text: symbol } : undefined;
}

/** Every place of a symbol in a document. */
export function placesOfSymbol({ kind, text }: OpenDocument, symbol: string): Span[] {
  const prefix = kind === 'config' ? 'CONFIG_' : '(?:CONFIG_)?';
  const pattern = new RegExp(`(?<![A-Za-z0-9_])${prefix}${symbol}(?![A-Za-z0-9_])`, 'g');
  return [...text.matchAll(pattern)].map(({ index, 0: found }) => ({ start: index, end: index + found.length }));
}
