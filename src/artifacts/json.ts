/** Reads JSON with the place of everything; never throws and never recurses. */
import type { SourceText, Span } from '../source.ts';
import { type Entry, type Tree, type TreeFault, treeLimits } from './tree.ts';

/** A mapping or list whose end has not come yet. */
interface Open {
  readonly start: number;
  /** Undefined in a list. */
  readonly entries: Entry[] | undefined;
  readonly items: Tree[];
  key?: { readonly key: string; readonly keySpan: Span } | undefined;
}

interface Reading {
  readonly text: string;
  readonly stack: Open[];
  position: number;
  nodes: number;
  done: Tree | undefined;
  fault: TreeFault | undefined;
}

/** Comments, trailing commas and words other than true, false and null are faults, as JSON has it. */
export function readJson({ text }: SourceText): Tree | TreeFault {
  const reading: Reading = { text, stack: [], position: 0, nodes: 0, done: undefined, fault: undefined };
  if (text.charCodeAt(0) === 0xfeff) reading.position = 1;
  skipSpace(reading);
  while (reading.done === undefined && reading.fault === undefined) step(reading);
  if (reading.fault === undefined && reading.position < text.length) fail(reading, 'something follows the end');
  return reading.fault ?? (reading.done as Tree);
}

/** One key, one value, or the start or end of what holds others. */
function step(reading: Reading): void {
  const { text, position, stack } = reading;
  const parent = stack.at(-1);
  const character = text[position];
  if (character === undefined) fail(reading, stack.length === 0 ? 'there is nothing' : 'it ends in the middle');
  else if (reading.nodes++ > treeLimits.nodes) fail(reading, `it holds more than ${treeLimits.nodes} values`);
  else if (parent !== undefined && isEmpty(parent) && (character === '}' || character === ']'))
    close(reading, character);
  else if (parent?.entries !== undefined && parent.key === undefined) readKey(reading, parent, parent.entries);
  else if (character === '{' || character === '[') open(reading, character);
  else readScalar(reading);
}

function isEmpty({ entries, items, key }: Open): boolean {
  return (entries ?? items).length === 0 && key === undefined;
}

function fail(reading: Reading, message: string): void {
  reading.fault ??= { offset: reading.position, message };
}

function skipSpace(reading: Reading): void {
  const { text } = reading;
  while (reading.position < text.length && ' \t\r\n'.includes(text[reading.position] as string)) reading.position++;
}

function open(reading: Reading, character: string): void {
  if (reading.stack.length >= treeLimits.depth)
    return fail(reading, `nested more than ${treeLimits.depth} levels deep`);
  reading.stack.push({ start: reading.position, entries: character === '{' ? [] : undefined, items: [] });
  reading.position++;
  skipSpace(reading);
}

function close(reading: Reading, character: string): void {
  const opened = reading.stack.at(-1);
  if (opened === undefined || (character === '}') !== (opened.entries !== undefined))
    return fail(reading, `"${character}" closes nothing here`);
  reading.stack.pop();
  const span = { start: opened.start, end: reading.position + 1 };
  const { entries, items } = opened;
  reading.position++;
  finish(reading, entries === undefined ? { kind: 'list', span, items } : { kind: 'map', span, entries });
}

function readKey(reading: Reading, parent: Open, entries: readonly Entry[]): void {
  const { position } = reading;
  const found = readString(reading.text, position);
  if (found === undefined) return fail(reading, 'a key in double quotes is missing here');
  if (entries.some(({ key }) => key === found.value)) return fail(reading, `"${found.value}" stands here twice`);
  parent.key = { key: found.value, keySpan: { start: position, end: found.end } };
  reading.position = found.end;
  skipSpace(reading);
  if (reading.text[reading.position] !== ':') return fail(reading, 'a ":" is missing here');
  reading.position++;
  skipSpace(reading);
}

function readScalar(reading: Reading): void {
  const { text, position } = reading;
  const string = readString(text, position);
  const found = string ?? readWord(text, position);
  if (found === undefined) return fail(reading, 'a value is missing here');
  const isQuoted = string !== undefined;
  const isNull = !isQuoted && found.value === 'null';
  reading.position = found.end;
  finish(reading, { kind: 'text', span: { start: position, end: found.end }, value: found.value, isNull, isQuoted });
}

/** Puts a finished value where it belongs, as deep as `treeLimits` lets it be nested; after it comes the next one, or the end of what it stands in. */
function finish(reading: Reading, value: Tree): void {
  const parent = reading.stack.at(-1);
  skipSpace(reading);
  if (parent === undefined) {
    reading.done = value;
    return;
  }
  if (parent.entries === undefined) parent.items.push(value);
  else parent.entries.push({ ...(parent.key as { key: string; keySpan: Span }), value });
  parent.key = undefined;
  const character = reading.text[reading.position];
  if (character === ',') {
    reading.position++;
    skipSpace(reading);
    if ('}]'.includes(reading.text[reading.position] ?? ' ')) fail(reading, 'a value is missing after the ","');
  } else if (character === '}' || character === ']') close(reading, character);
  else fail(reading, character === undefined ? 'it ends in the middle' : 'a "," is missing here');
}

interface Word {
  readonly value: string;
  readonly end: number;
}

function readString(text: string, start: number): Word | undefined {
  if (text[start] !== '"') return undefined;
  let end = start + 1;
  while (end < text.length && text[end] !== '"' && text[end] !== '\n') end += text[end] === '\\' ? 2 : 1;
  if (text[end] !== '"') return undefined;
  try {
    return { value: JSON.parse(text.slice(start, end + 1)) as string, end: end + 1 };
  } catch {
    return undefined;
  }
}

const wordCharacter = /[^\s,{}[\]"':#]/;

/** true, false, null or a number. */
function readWord(text: string, start: number): Word | undefined {
  let end = start;
  while (end < text.length && wordCharacter.test(text[end] as string)) end++;
  const value = text.slice(start, end);
  return /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/.test(value) ? { value, end } : undefined;
}
