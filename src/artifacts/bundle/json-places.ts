/** Where the fields of a JSON object stand in its text; what the text says is left to `JSON.parse`. */
import type { Span } from '../../source.ts';

export interface JsonField {
  readonly key: string;
  readonly span: Span;
  /** Without the space around it. */
  readonly valueSpan: Span;
  /** The strings directly in its list, where it is one. */
  readonly items: readonly { readonly value: string; readonly span: Span }[];
}

/** The fields of the object that sound JSON text is, in order, those that stand there twice too. */
export function jsonFields(text: string): JsonField[] {
  const fields: JsonField[] = [];
  let depth = 0;
  let open: { key: string; keyStart: number; valueStart: number; items: { value: string; span: Span }[] } | undefined;
  let pending: { key: string; start: number } | undefined;
  const close = (end: number): void => {
    if (open === undefined) return;
    const { key, keyStart, valueStart, items } = open;
    const value = text.slice(valueStart, end);
    const from = valueStart + (value.length - value.trimStart().length);
    const to = valueStart + value.trimEnd().length;
    fields.push({ key, span: { start: keyStart, end: to }, valueSpan: { start: from, end: to }, items });
    open = undefined;
  };
  for (let at = 0; at < text.length; at++) {
    const c = text[at];
    if (c === '"') {
      const start = at;
      for (at++; at < text.length && text[at] !== '"'; at++) if (text[at] === '\\') at++;
      if (depth === 1 && open === undefined) pending = { key: plainString(text.slice(start, at + 1)), start };
      else if (depth === 2 && open !== undefined && text[open.valueStart + leadingSpace(text, open.valueStart)] === '[')
        open.items.push({ value: plainString(text.slice(start, at + 1)), span: { start, end: at + 1 } });
    } else if (c === '{' || c === '[') depth++;
    else if (c === '}' || c === ']') {
      if (depth === 1) close(at);
      depth--;
    } else if (c === ',' && depth === 1) close(at);
    else if (c === ':' && depth === 1 && open === undefined && pending !== undefined) {
      open = { key: pending.key, keyStart: pending.start, valueStart: at + 1, items: [] };
      pending = undefined;
    }
  }
  return fields;
}

function leadingSpace(text: string, at: number): number {
  let count = 0;
  while (/\s/.test(text[at + count] ?? '')) count++;
  return count;
}

function plainString(literal: string): string {
  try {
    return String(JSON.parse(literal));
  } catch {
    return literal;
  }
}
