/** Where things are said: entries of a kernel tree, rows of profiles, places of a symbol in the open documents. */
import { isAbsolute, join } from 'node:path';
import { type DocumentHighlight, DocumentHighlightKind, type Location } from 'vscode-languageserver';
import { demandsOn } from '../project/rows.ts';
import { newestWith } from '../project/symbol-page.ts';
import { entriesIn } from '../project/tree-entry.ts';
import { uriOfPath } from './diagnostics.ts';
import type { OpenDocument } from './documents.ts';
import type { HoverInput } from './hover.ts';
import { knowledgeOf, namedFor, treeOf } from './knowledge.ts';
import { placesIn } from './positions.ts';
import { placesOfSymbol, symbolAt, wordAt } from './words.ts';
import { rowsIn, yamlPlaceAt } from './yaml-place.ts';

export interface PlaceInput extends Omit<HoverInput, 'judged' | 'markdown'> {
  /** Folder of the profiles that ship. */
  readonly rules: string;
}

/** Characters of the names of rules and profiles. */
const nameSet = /[\w./@-]/;

/** `offset` is into the text of the document. */
export function definitionsAt(offset: number, input: PlaceInput): Location[] {
  const { open } = input;
  const symbol = symbolAt(open, offset);
  if (symbol !== undefined && !isRowName(offset, input)) {
    const inTree = treePlaces(symbol.text, input);
    return inTree.length > 0 ? inTree : demandPlaces(symbol.text, input);
  }
  const name = wordAt(open.text, offset, nameSet)?.text.replace(/@.*$/, '').replace(/\.$/, '');
  return name === undefined ? [] : namePlaces(name, input);
}

/** Rows of profiles that ask for a symbol. */
export function demandsAt(offset: number, input: PlaceInput): Location[] {
  const symbol = symbolAt(input.open, offset);
  return symbol === undefined ? [] : demandPlaces(symbol.text, input);
}

/** Rows are often named like symbols. */
function isRowName(offset: number, { open }: PlaceInput): boolean {
  return open.kind === 'profile' && yamlPlaceAt(open.text, offset).path.includes('needs');
}

function treePlaces(symbol: string, { open, assembly, kernel }: PlaceInput): Location[] {
  const found = treeOf(open, assembly);
  if (found === undefined) return [];
  const { root, tree } = found;
  const model = knowledgeOf(open, assembly).model ?? newestWith(symbol, kernel);
  const id = model?.model.symbols.names.indexOf(symbol) ?? -1;
  const { files, entries } = model?.model ?? { files: [], entries: { count: 0, symbols: [], files: [] } };
  const named = new Set<string>();
  for (let entry = 0; entry < entries.count; entry++)
    if (entries.symbols[entry] === id) named.add(files[entries.files[entry] as number] as string);
  const direct = entriesIn(tree, symbol, named);
  // A tree of another release may have it in another file.
  const all = direct.length > 0 ? direct : entriesIn(tree, symbol, files);
  const place = isAbsolute(root) ? root : join(assembly.folder, root);
  return all.map(({ file, line }) => ({ uri: uriOfPath(join(place, file)), range: lineRange(line) }));
}

function lineRange(line: number) {
  return { start: { line: line - 1, character: 0 }, end: { line: line - 1, character: 0 } };
}

function demandPlaces(symbol: string, input: PlaceInput): Location[] {
  const { library, chosen } = knowledgeOf(input.open, input.assembly);
  const all = demandsOn(symbol, library);
  const own = all.filter((row) => chosen.has(row));
  return (own.length > 0 ? own : all)
    .map(({ profile, name }) => rowPlace(profile, name, input))
    .filter((place) => place !== undefined);
}

/** `krata-zone/XEN_PVH`, `krata-zone`, a path of a profile, or a row of the same file. */
function namePlaces(name: string, input: PlaceInput): Location[] {
  const { open, assembly } = input;
  const cut = name.indexOf('/');
  const [profile, row] = cut < 0 ? [name, undefined] : [name.slice(0, cut), name.slice(cut + 1)];
  const places = [
    open.kind === 'profile' ? rowIn(open.uri, open.text, name) : undefined,
    knowledgeOf(open, assembly).library.profiles.has(profile) ? rowPlace(profile, row, input) : undefined,
    /\.ya?ml$/.test(name) ? fileStart(name, input) : undefined,
  ];
  return places.filter((place) => place !== undefined).slice(0, 1);
}

function fileStart(name: string, { open, assembly }: PlaceInput): Location | undefined {
  const from = open.path === undefined ? assembly.folder : join(open.path, '..');
  const path = isAbsolute(name) ? name : join(from, name);
  return assembly.host.pathKind(path) === 'file' ? { uri: uriOfPath(path), range: lineRange(1) } : undefined;
}

/** The file of a profile: one of the user's, else the one that ships. */
function rowPlace(profile: string, row: string | undefined, input: PlaceInput): Location | undefined {
  const { open, assembly, rules } = input;
  const own = namedFor(open, assembly).profiles.filter((path) =>
    new RegExp(`(?:^|/)${profile.replace(/[.]/g, '\\.')}\\.ya?ml$`, 'i').test(path),
  );
  for (const path of [...own, join(rules, `${profile}.yaml`)]) {
    const full = isAbsolute(path) ? path : join(assembly.folder, path);
    const read = assembly.host.readSource(full, { limit: 1 << 20, unzippedLimit: 1 << 20, keep: true });
    if ('error' in read) continue;
    return rowIn(uriOfPath(full), read.text, row) ?? { uri: uriOfPath(full), range: lineRange(1) };
  }
  return undefined;
}

function rowIn(uri: string, text: string, row: string | undefined): Location | undefined {
  const found = rowsIn(text).find(({ name }) => name === row);
  return found === undefined ? undefined : { uri, range: placesIn(text, 'utf-16').rangeOf(found) };
}

/** Places of the symbol at a place in every open document. */
export function referencesAt(offset: number, open: OpenDocument, all: Iterable<OpenDocument>): Location[] {
  const symbol = symbolAt(open, offset);
  if (symbol === undefined) return [];
  return [...all].flatMap((each) =>
    each.kind === 'other'
      ? []
      : placesOfSymbol(each, symbol.text).map((span) => ({ uri: each.uri, range: shownRange(each, span) })),
  );
}

export function highlightsAt(offset: number, open: OpenDocument): DocumentHighlight[] {
  const symbol = symbolAt(open, offset);
  if (symbol === undefined) return [];
  return placesOfSymbol(open, symbol.text).map((span) => ({
    range: shownRange(open, span),
    kind: DocumentHighlightKind.Text,
  }));
}

/** The range of a span of the text as the client has it. */
export function shownRange({ places, disk }: OpenDocument, { start, end }: { start: number; end: number }) {
  const shift = disk.hasMark ? 1 : 0;
  return places.rangeOf({ start: start + shift, end: end + shift });
}
