/** What could stand at a place: symbols of the kernel, values of a symbol, keys and names of a profile. */
import {
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  InsertTextFormat,
  type Range,
} from 'vscode-languageserver';
import type { KernelHost } from '../host.ts';
import { describeSymbol, type KconfigModel, type SymbolDescription, symbolNamed } from '../kconfig/index.ts';
import { Accept, type Condition, type SymbolCondition } from '../profiles/condition.ts';
import { writeValue } from '../profiles/condition-words.ts';
import { demandsOn } from '../project/rows.ts';
import { newestWith } from '../project/symbol-page.ts';
import type { Assembly } from './assembly.ts';
import type { OpenDocument } from './documents.ts';
import { knowledgeOf } from './knowledge.ts';
import { rankNames } from './ranking.ts';
import { lineAt } from './words.ts';
import { yamlCompletions } from './yaml-completion.ts';

/** Symbols offered at once; the list says that there are more. */
const mostItems = 200;

export interface CompletionInput {
  readonly open: OpenDocument;
  readonly assembly: Assembly;
  readonly kernel: KernelHost;
  /** Folder of the profiles that ship. */
  readonly rules: string;
  readonly isVsCode: boolean;
  /** Rules that have something to say of the document. */
  readonly speaking: () => readonly string[];
}

/** What the client hands back when it wants to know more of an item. */
export interface ItemData {
  readonly uri: string;
  readonly symbol: string;
}

const suggestAgain = { title: 'Complete the value', command: 'editor.action.triggerSuggest' };

const nothing: CompletionList = { isIncomplete: false, items: [] };

/** `offset` is into the text of the document. */
export function completionsAt(offset: number, input: CompletionInput): CompletionList {
  const { open } = input;
  if (open.kind === 'profile' || open.kind === 'project') return yamlCompletions(offset, input);
  if (open.kind !== 'config') return nothing;
  const line = lineAt(open.text, offset);
  const before = line.text.slice(0, line.at);
  const value = /^[ \t]*CONFIG_([A-Za-z0-9_]+)[ \t]*=[ \t]*("?[^"]*)$/.exec(before);
  if (value !== null) {
    const [, symbol = '', typed = ''] = value;
    const end = line.start + line.text.trimEnd().length;
    return valueCompletions(symbol, { start: offset - typed.length, end: Math.max(offset, end) }, input);
  }
  const waiver = /^[ \t]*#[ \t]*kconfig-lint-disable(?:-next-line)?[ \t](?:.*[ \t,])?([\w/.-]*)$/.exec(before);
  if (waiver !== null && !before.includes(' -- ')) return ruleCompletions(waiver[1] ?? '', offset, input);
  const name = /^([ \t]*#?[ \t]*)([A-Za-z0-9_]*)$/.exec(before);
  if (name === null) return nothing;
  const [, margin = '', typed = ''] = name;
  const isComment = margin.includes('#');
  // In a comment words are words, until they look like a symbol.
  if (isComment && !'CONFIG_'.startsWith(typed.slice(0, 7))) return nothing;
  const rest = line.text.slice(line.at);
  const tail = /^[A-Za-z0-9_]*/.exec(rest)?.[0] ?? '';
  const hasValue = /^[ \t]*(?:=| is not set)/.test(rest.slice(tail.length));
  const span = { start: offset - typed.length, end: offset + tail.length };
  return symbolCompletions(
    typed.replace(/^CONFIG_?/, ''),
    span,
    hasValue ? 'name' : isComment ? 'comment' : 'line',
    input,
  );
}

/** Rules for a waiver: those that have something to say here. */
function ruleCompletions(typed: string, offset: number, { open, speaking }: CompletionInput): CompletionList {
  const range = spanRange(open, { start: offset - typed.length, end: offset });
  const items = [...new Set(speaking())].map(
    (rule): CompletionItem => ({ label: rule, kind: CompletionItemKind.Reference, textEdit: { range, newText: rule } }),
  );
  return { isIncomplete: false, items };
}

/** Names of all symbols that the kernel of a document has; of any kernel where that is not known. */
export function namesFor({ open, assembly, kernel }: CompletionInput): readonly string[] {
  const { model } = knowledgeOf(open, assembly);
  if (model !== undefined) return namesOf(model.model);
  const [, ...lines] = kernel.readSymbolIndex().split('\n');
  return lines.map((line) => line.slice(0, line.indexOf(' '))).filter((name) => name !== '');
}

const namesByModel = new WeakMap<KconfigModel, readonly string[]>();

/** Names that a config can have. */
function namesOf(model: KconfigModel): readonly string[] {
  let names = namesByModel.get(model);
  if (names === undefined) {
    names = model.symbols.names.filter(
      (name, id) => (model.symbols.types[id] as number) !== 0 && /^[A-Za-z0-9_]+$/.test(name),
    );
    namesByModel.set(model, names);
  }
  return names;
}

function symbolCompletions(
  typed: string,
  span: { start: number; end: number },
  place: 'line' | 'name' | 'comment',
  input: CompletionInput,
): CompletionList {
  const { open, assembly } = input;
  const { model } = knowledgeOf(open, assembly);
  const ranked = rankNames(typed, namesFor(input), mostItems);
  const range = spanRange(open, span);
  const items = ranked.names.map((symbol, i): CompletionItem => {
    const label = `CONFIG_${symbol}`;
    const text = place === 'comment' ? `${label} is not set` : place === 'line' ? `${label}=` : label;
    const id = model === undefined ? undefined : symbolNamed(model.model, symbol);
    const type = id === undefined || model === undefined ? undefined : typeName(model.model, id);
    return {
      label,
      kind: CompletionItemKind.Constant,
      ...(type === undefined ? {} : { detail: type }),
      filterText: open.text.slice(span.start, span.end).startsWith('C') ? label : symbol,
      sortText: String(i).padStart(4, '0'),
      textEdit: { range, newText: text },
      insertTextFormat: InsertTextFormat.PlainText,
      data: { uri: open.uri, symbol } satisfies ItemData,
      // The value comes next.
      ...(place === 'line' && input.isVsCode ? { command: suggestAgain } : {}),
    };
  });
  return { isIncomplete: !ranked.isAll || typed === '', items };
}

const typeWords = ['', 'bool', 'tristate', 'int', 'hex', 'string'];

function typeName({ symbols }: KconfigModel, id: number): string | undefined {
  return typeWords[symbols.types[id] as number];
}

function spanRange({ places, disk }: OpenDocument, { start, end }: { start: number; end: number }): Range {
  const shift = disk.hasMark ? 1 : 0;
  return places.rangeOf({ start: start + shift, end: end + shift });
}

function valueCompletions(
  symbol: string,
  span: { start: number; end: number },
  input: CompletionInput,
): CompletionList {
  const { open } = input;
  const values = valuesFor(symbol, input);
  const asked = askedFor(symbol, input);
  for (const [value, who] of asked) {
    const known = values.get(value);
    values.set(value, known === undefined ? `asked for by ${who}` : `${known}, asked for by ${who}`);
  }
  const range = spanRange(open, span);
  const order = [...asked.keys(), ...values.keys()];
  const items = [...values].map(
    ([value, detail]): CompletionItem => ({
      label: value,
      kind: CompletionItemKind.Value,
      detail,
      sortText: String(order.indexOf(value)).padStart(3, '0'),
      textEdit: { range, newText: value },
    }),
  );
  return { isIncomplete: false, items };
}

/** Values that Kconfig would take, each with what it is. */
function valuesFor(symbol: string, { open, assembly, kernel }: CompletionInput): Map<string, string> {
  const knowledge = knowledgeOf(open, assembly);
  const own = knowledge.model?.model;
  const isOwn = own !== undefined && symbolNamed(own, symbol) !== undefined;
  const model = isOwn ? own : newestWith(symbol, kernel)?.model;
  const id = model === undefined ? undefined : symbolNamed(model, symbol);
  if (model === undefined || id === undefined) return new Map(tristateWords);
  const description = describeSymbol(model, id);
  const { type } = description;
  if (type === 'bool' || type === 'tristate') return logicValues(description);
  /** A number or a string; of a symbol what it comes to, where that is known. */
  const literal = (text: string): string | undefined => {
    if (/^".*"$/.test(text)) return text.slice(1, -1);
    const named = symbolNamed(model, text);
    if (named === undefined || (model.symbols.types[named] as number) === 0)
      return /^\w+$/.test(text) ? text : undefined;
    return isOwn ? knowledge.evaluation?.textOf(named) : undefined;
  };
  return textValues(description, literal);
}

const tristateWords = [
  ['y', 'built in'],
  ['m', 'as a module'],
  ['n', 'off'],
] as const;

function logicValues({ type, defaults, choice }: SymbolDescription): Map<string, string> {
  const values = new Map<string, string>(tristateWords.filter(([value]) => value !== 'm' || type === 'tristate'));
  if (choice.length > 0) values.set('y', `built in, in place of ${choice.slice(0, 3).join(', ')}`);
  const [first] = defaults;
  const shown = first?.condition === 'y' ? values.get(first.value) : undefined;
  if (first !== undefined && shown !== undefined) values.set(first.value, `${shown}, the default`);
  return values;
}

function textValues(
  { type, defaults, ranges }: SymbolDescription,
  literal: (text: string) => string | undefined,
): Map<string, string> {
  const values = new Map<string, string>();
  const add = (text: string, words: string, condition: string): void => {
    const plain = literal(text);
    const spelled = plain === undefined || type !== 'string' ? plain : `"${plain.replace(/["\\]/g, '\\$&')}"`;
    if (spelled === undefined || spelled === '' || values.has(spelled)) return;
    values.set(spelled, condition === 'y' ? words : `${words} if ${condition}`);
  };
  for (const { value, condition } of defaults) add(value, 'the default', condition);
  for (const { lower, upper, condition } of ranges) {
    add(lower, 'the least', condition);
    add(upper, 'the most', condition);
  }
  if (type === 'string' && values.size === 0) values.set('""', 'empty');
  return values;
}

/** Values that the chosen profiles ask for, each with the first row that does. */
function askedFor(symbol: string, { open, assembly }: CompletionInput): Map<string, string> {
  const asked = new Map<string, string>();
  const { chosen, library } = knowledgeOf(open, assembly);
  for (const row of demandsOn(symbol, library)) {
    if (!chosen.has(row)) continue;
    for (const value of wantedValues(row.require, symbol)) if (!asked.has(value)) asked.set(value, row.id);
  }
  return asked;
}

/** Values of a symbol that a condition asks for outright. */
function wantedValues(condition: Condition, symbol: string): string[] {
  const parts = condition.kind === 'all' ? condition.of : [condition];
  const own = parts.filter((part): part is SymbolCondition => part.kind === 'symbol' && part.symbol === symbol);
  return own.flatMap(({ accept, values }) => [
    ...(accept & Accept.y ? ['y'] : []),
    ...(accept & Accept.m ? ['m'] : []),
    ...(accept & Accept.n ? ['n'] : []),
    ...values.flatMap(({ test, value }) => (test === 'includes' ? [] : [writeValue(value)])),
  ]);
}
