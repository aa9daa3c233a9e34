/** Symbols and menu entries while a tree is read; `compile.ts` makes the model of them. */
import { createExpressions, type Expression, type ExpressionStore, none } from './expression.ts';
import type { KconfigFile } from './problem.ts';
import { constantSymbols, SymbolFlag, SymbolType } from './symbol.ts';

export type PropertyKind = 'prompt' | 'menu' | 'comment' | 'default' | 'select' | 'imply' | 'range';

export interface Property {
  kind: PropertyKind;
  readonly text: string;
  /** The value of a default; the symbol of select and imply; the lower bound of a range. */
  readonly value: number;
  /** The upper bound of a range. */
  readonly upper: number;
  condition: Expression;
  readonly entry: Entry;
  /** Where it stands, which may be the file that included that of its entry. */
  readonly file: KconfigFile;
  readonly line: number;
}

export type EntryKind = 'root' | 'config' | 'menuconfig' | 'choice' | 'menu' | 'comment' | 'if';

/** A node of the menu tree. */
export interface Entry {
  readonly kind: EntryKind;
  /** -1 for menus, comments and ifs. */
  readonly symbol: number;
  readonly file: KconfigFile;
  readonly line: number;
  parent: Entry | undefined;
  firstChild: Entry | undefined;
  next: Entry | undefined;
  prompt: Property | undefined;
  dependency: Expression;
  /** `visible if` of a menu. */
  visibility: Expression;
  hasHelp: boolean;
  /** Properties of an entry without a symbol are its prompt; those of a symbol stand in the symbol's own list. */
  lastChild: Entry | undefined;
  /** Its place in the order of the tree, once that is settled. */
  number: number;
}

export interface DraftSymbol {
  readonly name: string;
  type: SymbolType;
  flags: number;
  readonly properties: Property[];
  readonly entries: Entry[];
  dependency: Expression;
  /** Who selects it under what condition, in the order of the tree. */
  selectedBy: Reverse[];
  impliedBy: Reverse[];
  /** Members of a choice in the order of definition. */
  members: number[];
  warned: boolean;
}

export interface Reverse {
  readonly by: number;
  readonly condition: Expression;
}

export interface Draft {
  readonly symbols: DraftSymbol[];
  readonly expressions: ExpressionStore;
  readonly root: Entry;
  /** The symbol of the `modules` keyword; `n` where there is none. */
  modules: number;
  readonly symbolOf: (name: string) => number;
  readonly constantOf: (value: string) => number;
  readonly addSymbol: (name: string, flags: number) => number;
  readonly find: (name: string) => number | undefined;
}

/** Makes an entry under `parent`, after its other children. */
export function addEntry(parent: Entry, kind: EntryKind, symbol: number, file: KconfigFile, line: number): Entry {
  const entry = createEntry(kind, symbol, file, line);
  entry.parent = parent;
  if (parent.lastChild === undefined) parent.firstChild = entry;
  else parent.lastChild.next = entry;
  parent.lastChild = entry;
  return entry;
}

function createEntry(kind: EntryKind, symbol: number, file: KconfigFile, line: number): Entry {
  return {
    kind,
    symbol,
    file,
    line,
    parent: undefined,
    firstChild: undefined,
    next: undefined,
    prompt: undefined,
    dependency: none,
    visibility: none,
    hasHelp: false,
    lastChild: undefined,
    number: -1,
  };
}

/** Shared by all symbols that nothing selects; most are such, and ten thousands of empty lists cost. */
const nothing: never[] = [];

/** Adds to a list of a symbol that may be the shared empty one. */
export function append<T>(list: T[], item: T): T[] {
  if ((list as unknown) === nothing) return [item];
  list.push(item);
  return list;
}

/** An empty draft whose root stands at the first line of `file`. */
export function createDraft(file: KconfigFile): Draft {
  const symbols: DraftSymbol[] = [];
  const byName = new Map<string, number>();
  const byValue = new Map<string, number>();

  function addSymbol(name: string, flags: number): number {
    symbols.push({
      name,
      type: SymbolType.unknown,
      flags,
      properties: [],
      entries: [],
      dependency: none,
      selectedBy: nothing,
      impliedBy: nothing,
      members: nothing,
      warned: false,
    });
    return symbols.length - 1;
  }

  constantSymbols.forEach((name, index) => {
    addSymbol(name, SymbolFlag.constant);
    (symbols[index] as DraftSymbol).type = SymbolType.tristate;
    byName.set(name, index);
    byValue.set(name, index);
  });

  const lookUp = (table: Map<string, number>, name: string, flags: number): number => {
    let id = table.get(name);
    if (id === undefined) {
      id = addSymbol(name, flags);
      table.set(name, id);
    }
    return id;
  };

  return {
    symbols,
    expressions: createExpressions(),
    root: createEntry('root', -1, file, 1),
    modules: 0,
    symbolOf: (name) => lookUp(byName, name, 0),
    constantOf: (value) => lookUp(byValue, value, SymbolFlag.constant),
    addSymbol,
    find: (name) => byName.get(name),
  };
}

/** True for the nameless symbol of a choice. */
export function isChoice(symbol: DraftSymbol): boolean {
  return (symbol.flags & SymbolFlag.choice) !== 0;
}

/** The choice that a symbol is a member of: its entry with a prompt stands in one, with no other symbol between. */
export function choiceOf(draft: Draft, symbol: number): Entry | undefined {
  let entry = draft.symbols[symbol]?.entries.find((candidate) => candidate.prompt !== undefined)?.parent;
  while (entry !== undefined && entry.symbol < 0) entry = entry.parent;
  return entry !== undefined && isChoice(draft.symbols[entry.symbol] as DraftSymbol) ? entry : undefined;
}
