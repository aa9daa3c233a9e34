/** Reads xl.cfg, the guest configs of Xen: settings of numbers, quoted texts and lists, as libxlu reads them. */
import type { SourceText } from '../source.ts';
import { type Entry, type Tree, type TreeFault, treeLimits } from './tree.ts';

/** The last of several settings of the same name counts, so the others are left out; `doubled` names them. */
export interface XlConfig {
  readonly tree: Tree;
  readonly doubled: readonly Entry[];
}

/** Never throws and never recurses. */
export function readXlConfig({ text }: SourceText): XlConfig | TreeFault {
  const entries = new Map<string, Entry>();
  const doubled: Entry[] = [];
  let position = 0;
  const fault = (message: string, offset = position): TreeFault => ({ offset, message });
  const skip = (withLines: boolean): void => {
    for (; position < text.length; position++) {
      const character = text[position] as string;
      if (character === '#') {
        while (position < text.length && text[position] !== '\n') position++;
        if (!withLines) return;
      } else if (character === '\\' && /^\\\r?\n/.test(text.slice(position, position + 3))) {
        position = text.indexOf('\n', position);
      } else if (character === '\n' || character === ';') {
        if (!withLines) return;
      } else if (!/\s/.test(character)) return;
    }
  };
  for (skip(true); position < text.length; skip(true)) {
    const start = position;
    const key = /^[A-Za-z_]\w*/.exec(text.slice(start, start + 200))?.[0];
    if (key === undefined) return fault('a setting such as name = "value" must stand here');
    position += key.length;
    const keySpan = { start, end: position };
    skip(false);
    if (text[position] === '+' && text[position + 1] === '=')
      return fault('"+=" is not understood here; write the whole list');
    if (text[position] !== '=') return fault(`"=" is missing behind ${key}`);
    position++;
    skip(false);
    const value = readValue();
    if ('message' in value) return value;
    skip(false);
    if (position < text.length && !'\n;#'.includes(text[position] as string))
      return fault(`this does not belong to ${key}`);
    const before = entries.get(key);
    if (before !== undefined) doubled.push(before);
    entries.set(key, { key, keySpan, value });
  }
  return { tree: { kind: 'map', span: { start: 0, end: text.length }, entries: [...entries.values()] }, doubled };

  function readValue(): Tree | TreeFault {
    const stack: { readonly start: number; readonly items: Tree[] }[] = [];
    for (;;) {
      const start = position;
      let value: Tree | undefined;
      if (position >= text.length)
        return fault(stack.length > 0 ? 'the list is not closed' : 'a value is missing here');
      const character = text[position] as string;
      if (character === '[') {
        if (stack.length >= treeLimits.depth) return fault(`nested more than ${treeLimits.depth} levels deep`);
        stack.push({ start, items: [] });
        position++;
        skip(true);
        continue;
      }
      if (character === ']' && stack.length > 0) {
        const { start: from, items } = stack.pop() as { start: number; items: Tree[] };
        position++;
        value = { kind: 'list', span: { start: from, end: position }, items };
      } else {
        const word = readText(text, position) ?? readNumber(text, position);
        if (word === undefined) return fault('a number, a list or a text in quotes must stand here');
        position = word.end;
        value = {
          kind: 'text',
          span: { start, end: position },
          value: word.value,
          isNull: false,
          isQuoted: word.isQuoted,
        };
      }
      const parent = stack.at(-1);
      if (parent === undefined) return value;
      parent.items.push(value);
      skip(true);
      if (text[position] === ',') {
        position++;
        skip(true);
      } else if (text[position] !== ']') return fault('"," or "]" is missing here');
    }
  }
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
