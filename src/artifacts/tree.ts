/** What YAML, JSON and xl.cfg have in common: mappings, lists and texts, each with its place. */
import type { SourceText, Span } from '../source.ts';

export interface Entry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: Tree;
}

export type Tree =
  | { readonly kind: 'map'; readonly span: Span; readonly entries: readonly Entry[] }
  | { readonly kind: 'list'; readonly span: Span; readonly items: readonly Tree[] }
  /** `isNull` for what stands there without a value; numbers and booleans as they are written. */
  | {
      readonly kind: 'text';
      readonly span: Span;
      readonly value: string;
      readonly isNull: boolean;
      readonly isQuoted: boolean;
    };

export interface TreeFault {
  readonly offset: number;
  readonly message: string;
}

export const treeLimits = { depth: 64, nodes: 200_000 } as const;

export function entryOf(tree: Tree | undefined, key: string): Entry | undefined {
  return tree?.kind === 'map' ? tree.entries.find((entry) => entry.key === key) : undefined;
}

/** What a path of keys leads to; undefined where it leads nowhere, or to nothing. */
export function at(tree: Tree | undefined, ...path: readonly string[]): Tree | undefined {
  let node = tree;
  for (const key of path) node = entryOf(node, key)?.value;
  return node?.kind === 'text' && node.isNull ? undefined : node;
}

/** The text of a scalar that is there and not empty. */
export function textAt(tree: Tree | undefined, ...path: readonly string[]): string | undefined {
  const node = at(tree, ...path);
  return node?.kind === 'text' && node.value !== '' ? node.value : undefined;
}

export function itemsAt(tree: Tree | undefined, ...path: readonly string[]): readonly Tree[] {
  const node = at(tree, ...path);
  return node?.kind === 'list' ? node.items : [];
}

export function isTrue(tree: Tree | undefined, ...path: readonly string[]): boolean {
  return /^(?:true|yes|on|1)$/i.test(textAt(tree, ...path) ?? '');
}

const nameStart = /[^\s,{}[\]"':#]/;

/** Reads JSON with places; never recurses. Undefined values, comments and trailing commas are faults, as JSON has it. */
export function readJson({ text }: SourceText): Tree | TreeFault {
  interface Open {
    readonly start: number;
    readonly entries: Entry[] | undefined;
    readonly items: Tree[];
    key?: { readonly key: string; readonly keySpan: Span };
  }
  const stack: Open[] = [];
  let position = skip(0);
  let nodes = 0;
  let done: Tree | undefined;
  const fault = (message: string, offset = position): TreeFault => ({ offset, message });
  function skip(from: number): number {
    let i = from;
    while (i < text.length && ' \t\r\n'.includes(text[i] as string)) i++;
    return i;
  }
  /** Puts a finished value where it belongs. */
  const place = (value: Tree): void => {
    const parent = stack.at(-1);
    if (parent === undefined) done = value;
    else if (parent.entries === undefined) parent.items.push(value);
    else {
      parent.entries.push({ ...(parent.key as { key: string; keySpan: Span }), value });
      delete parent.key;
    }
  };
  const closeWith = (character: string): TreeFault | undefined => {
    const open = stack.pop();
    const isMap = open?.entries !== undefined;
    if (open === undefined || (character === '}') !== isMap) return fault(`"${character}" closes nothing here`);
    const span = { start: open.start, end: position + 1 };
    place(
      open.entries === undefined
        ? { kind: 'list', span, items: open.items }
        : { kind: 'map', span, entries: open.entries },
    );
    return undefined;
  };
  if (text.charCodeAt(position) === 0xfeff) position = skip(position + 1);
  for (;;) {
    const parent = stack.at(-1);
    if (done !== undefined) return position === text.length ? done : fault('something follows the end');
    if (position >= text.length) return fault(stack.length === 0 ? 'there is nothing' : 'it ends in the middle');
    if (nodes++ > treeLimits.nodes) return fault('it is too large');
    const character = text[position] as string;
    const count = parent === undefined ? 0 : (parent.entries ?? parent.items).length;
    const isEmpty = count === 0 && parent?.key === undefined;
    if (parent !== undefined && isEmpty && (character === '}' || character === ']')) {
      const wrong = closeWith(character);
      if (wrong !== undefined) return wrong;
      position = skip(position + 1);
      const end = afterValue();
      if (end !== undefined) return end;
      continue;
    }
    if (parent?.entries !== undefined && parent.key === undefined) {
      const key = readString(text, position);
      if (key === undefined) return fault('a key in double quotes is missing here');
      const keySpan = { start: position, end: key.end };
      if (parent.entries.some((entry) => entry.key === key.value)) return fault(`"${key.value}" stands here twice`);
      parent.key = { key: key.value, keySpan };
      position = skip(key.end);
      if (text[position] !== ':') return fault('a ":" is missing here');
      position = skip(position + 1);
      continue;
    }
    if (character === '{' || character === '[') {
      if (stack.length >= treeLimits.depth) return fault(`nested more than ${treeLimits.depth} levels deep`);
      stack.push({ start: position, entries: character === '{' ? [] : undefined, items: [] });
      position = skip(position + 1);
      continue;
    }
    const string = readString(text, position);
    const word = string ?? readWord(text, position);
    if (word === undefined) return fault('a value is missing here');
    const isQuoted = string !== undefined;
    place({
      kind: 'text',
      span: { start: position, end: word.end },
      value: isQuoted ? word.value : word.value,
      isNull: !isQuoted && word.value === 'null',
      isQuoted,
    });
    position = skip(word.end);
    const end = afterValue();
    if (end !== undefined) return end;
  }
  /** After a value comes the next one, or the end of what it stands in. */
  function afterValue(): TreeFault | undefined {
    while (stack.length > 0) {
      const character = text[position];
      if (character === undefined) return fault('it ends in the middle');
      if (character === ',') {
        position = skip(position + 1);
        return '}]'.includes(text[position] ?? ' ') ? fault('a value is missing after the ","') : undefined;
      }
      if (character !== '}' && character !== ']') return fault('a "," is missing here');
      const wrong = closeWith(character);
      if (wrong !== undefined) return wrong;
      position = skip(position + 1);
    }
    return undefined;
  }
}

function readString(text: string, start: number): { value: string; end: number } | undefined {
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

/** true, false, null or a number. */
function readWord(text: string, start: number): { value: string; end: number } | undefined {
  let end = start;
  while (end < text.length && nameStart.test(text[end] as string)) end++;
  const value = text.slice(start, end);
  return /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/.test(value) ? { value, end } : undefined;
}
