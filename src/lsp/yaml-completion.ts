/** Completion in profiles and project configs: keys and values by their schema, symbols, names of profiles and of rows. */
import { type CompletionItem, CompletionItemKind, type CompletionList } from 'vscode-languageserver';
import type { CompletionInput } from './completion.ts';
import { namesFor } from './completion.ts';
import { knowledgeOf } from './knowledge.ts';
import { rankNames } from './ranking.ts';
import { schemaPlace } from './schemas.ts';
import { rowsIn, yamlPlaceAt } from './yaml-place.ts';

const mostItems = 100;

/** `offset` is into the text of the document. */
export function yamlCompletions(offset: number, input: CompletionInput): CompletionList {
  const { open, assembly, rules } = input;
  const { path, role, typed } = yamlPlaceAt(open.text, offset);
  const place = schemaPlace(path, open.kind, rules, assembly.host);
  const shift = open.disk.hasMark ? 1 : 0;
  const range = open.places.rangeOf({ start: offset - typed.length + shift, end: offset + shift });
  const item = (label: string, kind: CompletionItemKind, more: Partial<CompletionItem> = {}): CompletionItem => ({
    label,
    kind,
    textEdit: { range, newText: more.insertText ?? label },
    ...(more.detail === undefined ? {} : { detail: more.detail }),
    ...(more.data === undefined ? {} : { data: more.data }),
  });
  if (role === 'value') {
    const values = [...place.values, ...(place.isOfSymbol ? ['y', 'm', 'n'] : []), ...namesAt(path, input)];
    return { isIncomplete: false, items: [...new Set(values)].map((value) => item(value, CompletionItemKind.Value)) };
  }
  const items = [...place.keys].map(([key, detail]) =>
    item(key, CompletionItemKind.Property, { detail, insertText: `${key}: ` }),
  );
  if (!place.takesSymbols) return { isIncomplete: false, items };
  const ranked = rankNames(typed.replace(/^CONFIG_/, ''), namesFor(input), mostItems);
  const symbols = ranked.names.map((symbol) =>
    item(symbol, CompletionItemKind.Constant, { insertText: `${symbol}: `, data: { uri: open.uri, symbol } }),
  );
  return { isIncomplete: !ranked.isAll || typed === '', items: [...items, ...symbols] };
}

/** Names of profiles or of rows, where one is wanted. */
function namesAt(path: readonly string[], { open, assembly }: CompletionInput): readonly string[] {
  const keys = path.filter((step) => step !== '[]');
  const last = keys.at(-1);
  if (last === 'extends' || last === 'profiles' || last === 'matrix')
    return [...knowledgeOf(open, assembly).library.profiles.keys()];
  return last === 'needs' ? rowsIn(open.text).map(({ name }) => name) : [];
}
