/** Reads xl.cfg, the guest configs of Xen: settings of numbers, quoted texts and lists, as libxlu reads them. */
import type { SourceText } from '../source.ts';
import { type Entry, type Tree, type TreeFault, treeLimits } from './tree.ts';

/** The last of several settings of the same name counts, so the others are left out; `doubled` names them. */
export interface XlConfig {
  readonly tree: Tree;
  readonly doubled: readonly Entry[];
}

interface Reading {
  readonly text: string;
  position: number;
}

/** Never throws and never recurses. */
export function readXlConfig({ text }: SourceText): XlConfig | TreeFault {
  const entries = new Map<string, Entry>();
  const doubled: Entry[] = [];
  const reading: Reading = { text, position: 0 };
  for (skip(reading, true); reading.position < text.length; skip(reading, true)) {
    const entry = readSetting(reading);
    if ('message' in entry) return entry;
    const before = entries.get(entry.key);
    if (before !== undefined) doubled.push(before);
    entries.set(entry.key, entry);
  }
  return { tree: { kind: 'map', span: { start: 0, end: text.length }, entries: [...entries.values()] }, doubled };
}

function fault({ position }: Reading, message: string): TreeFault {
  return { offset: position, message };
}

/** To the next character that says something; without `withLines` no further than the end of the setting. */
function skip(reading: Reading, withLines: boolean): void {
  const { text } = reading;
  for (; reading.position < text.length; reading.position++) {
    const character = text[reading.position] as string;
    if (character === '#') {
      const end = text.indexOf('\n', reading.position);
      reading.position = end === -1 ? text.length : end;
      if (!withLines) return;
    } else if (character === '\\' && /^\\\r?\n/.test(text.slice(reading.position, reading.position + 3))) {
      reading.position = text.indexOf('\n', reading.position);
    } else if (character === '\n' || character === ';') {
      if (!withLines) return;
    } else if (!/\s/.test(character)) return;
  }
}

function readSetting(reading: Reading): Entry | TreeFault {
  const { text, position: start } = reading;
  const key = /^[A-Za-z_]\w*/.exec(text.slice(start, start + 200))?.[0];
  if (key === undefined) return fault(reading, 'a setting such as name = "value" must stand here');
  reading.position += key.length;
  const keySpan = { start, end: reading.position };
  skip(reading, false);
  if (text.startsWith('+=', reading.position))
    return fault(reading, '"+=" is not understood here; write the whole list');
  if (text[reading.position] !== '=') return fault(reading, `"=" is missing behind ${key}`);
  reading.position++;
  skip(reading, false);
  const value = readValue(reading);
  if ('message' in value) return value;
  skip(reading, false);
  if (reading.position < text.length && !'\n;#'.includes(text[reading.position] as string))
    return fault(reading, `this does not belong to ${key}`);
  return { key, keySpan, value };
}

function readValue(reading: Reading): Tree | TreeFault {
  const { text } = reading;
  const stack: { readonly start: number; readonly items: Tree[] }[] = [];
  for (;;) {
    const start = reading.position;
    if (start >= text.length)
      return fault(reading, stack.length > 0 ? 'the list is not closed' : 'a value is missing here');
    if (text[start] === '[') {
      if (stack.length >= treeLimits.depth) return fault(reading, `nested more than ${treeLimits.depth} levels deep`);
      stack.push({ start, items: [] });
      reading.position++;
      skip(reading, true);
      continue;
    }
    const list = text[start] === ']' ? stack.pop() : undefined;
    const word = list === undefined ? (readText(text, start) ?? readNumber(text, start)) : undefined;
    if (list === undefined && word === undefined)
      return fault(reading, 'a number, a list or a text in quotes must stand here');
    reading.position = word?.end ?? start + 1;
    const value = treeOfValue(list, word, start, reading.position);
    const parent = stack.at(-1);
    if (parent === undefined) return value;
    parent.items.push(value);
    skip(reading, true);
    if (text[reading.position] === ',') {
      reading.position++;
      skip(reading, true);
    } else if (text[reading.position] !== ']') return fault(reading, '"," or "]" is missing here');
  }
}

function treeOfValue(
  list: { readonly start: number; readonly items: Tree[] } | undefined,
  word: Word | undefined,
  start: number,
  end: number,
): Tree {
  if (list !== undefined) return { kind: 'list', span: { start: list.start, end }, items: list.items };
  const { value = '', isQuoted = false } = word ?? {};
  return { kind: 'text', span: { start, end }, value, isNull: false, isQuoted };
}

interface Word {
  readonly value: string;
  readonly end: number;
  readonly isQuoted: boolean;
}

function readText(text: string, start: number): Word | undefined {
  const quote = text[start];
  if (quote !== '"' && quote !== "'") return undefined;
  let value = '';
  for (let i = start + 1; i < text.length && text[i] !== '\n'; i++) {
    const character = text[i] as string;
    if (character === quote) return { value, end: i + 1, isQuoted: true };
    if (character === '\\' && i + 1 < text.length) value += text[++i];
    else value += character;
  }
  return undefined;
}

function readNumber(text: string, start: number): Word | undefined {
  const value = /^-?(?:0x[0-9a-fA-F]+|\d+)(?!\w)/.exec(text.slice(start, start + 40))?.[0];
  return value === undefined ? undefined : { value, end: start + value.length, isQuoted: false };
}
