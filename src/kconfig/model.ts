/** What Kconfig says of every symbol of one release and arch, as columns of numbers that load and evaluate fast. */
import type { Question } from './answers.ts';
import type { Dialect } from './dialect.ts';
import type { ExpressionTable } from './expression.ts';
import { SymbolFlag } from './symbol.ts';

/** Rows that belong to symbols: those of symbol `s` are `starts[s]` up to `starts[s + 1]`. */
export interface Rows {
  readonly starts: Int32Array;
}

export const EntryFlag = { menu: 1, comment: 2, choice: 4, prompt: 8, menuconfig: 16 } as const;

export interface KconfigModel {
  /** Of the kernel, such as `6.12.117`; empty where the tree does not say. */
  readonly release: string;
  /** The folder under `arch/`. */
  readonly arch: string;
  readonly dialect: Dialect;
  /** The text of `mainmenu`. */
  readonly title: string;
  /** Answers of the toolchain that the model leaves open; names, titles and values refer to them by number. */
  readonly questions: readonly Question[];
  /** The symbol of the `modules` keyword, 0 (`n`) where there is none. */
  readonly modules: number;
  readonly symbols: {
    readonly count: number;
    readonly names: readonly string[];
    readonly types: Uint8Array;
    readonly flags: Uint8Array;
    readonly dependencies: Int32Array;
    /** The entry of the choice that the symbol is a member of, or -1. */
    readonly choices: Int32Array;
  };
  readonly expressions: ExpressionTable;
  /** Conditions of the prompts of each symbol. */
  readonly prompts: Rows & { readonly conditions: Int32Array };
  readonly defaults: Rows & { readonly values: Int32Array; readonly conditions: Int32Array };
  readonly ranges: Rows & { readonly lowers: Int32Array; readonly uppers: Int32Array; readonly conditions: Int32Array };
  readonly selects: Rows & { readonly selectors: Int32Array; readonly conditions: Int32Array };
  readonly implies: Rows & { readonly selectors: Int32Array; readonly conditions: Int32Array };
  /** Members of each choice symbol. */
  readonly members: Rows & { readonly symbols: Int32Array };
  /** The menu tree in the order of its lines; the entries within entry `e` are `e + 1` up to `ends[e]`. */
  readonly entries: {
    readonly count: number;
    readonly symbols: Int32Array;
    readonly flags: Uint8Array;
    readonly ends: Int32Array;
    /** Condition of the prompt; meaningless without the flag. */
    readonly conditions: Int32Array;
    readonly visibilities: Int32Array;
    readonly dependencies: Int32Array;
    /** Titles of menus and comments, numbers into `titles`; 0 where there is none. */
    readonly titles: Int32Array;
    /** Number into `files`. */
    readonly files: Int32Array;
    readonly lines: Int32Array;
  };
  readonly titles: readonly string[];
  readonly files: readonly string[];
}

interface Index {
  readonly byName: Map<string, number>;
  /** Where the search for the next name begins. */
  entry: number;
  /** Every name is in the map. */
  isWhole: boolean;
}

const indexes = new WeakMap<KconfigModel, Index>();
const unnamed = SymbolFlag.constant | SymbolFlag.choice;

/**
 * Number of the symbol of that name, or undefined; constants have none. Configs name their symbols in the order of the menu, so the
 * next one asked for is looked for behind the last one: only what is not found there takes a map of all names, which is slow to make.
 */
export function symbolNamed(model: KconfigModel, name: string): number | undefined {
  let index = indexes.get(model);
  if (index === undefined) {
    index = { byName: new Map(), entry: 0, isWhole: false };
    indexes.set(model, index);
  }
  const known = index.byName.get(name);
  if (known !== undefined || index.isWhole) return known;
  return findAhead(model, index, name) ?? wholeIndex(model, index).get(name);
}

function findAhead({ symbols, entries }: KconfigModel, index: Index, name: string): number | undefined {
  const { names, flags } = symbols;
  const { count, symbols: defined } = entries;
  for (let entry = index.entry; entry < count; entry++) {
    const symbol = defined[entry] as number;
    if (symbol < 0 || names[symbol] !== name || ((flags[symbol] as number) & unnamed) !== 0) continue;
    index.entry = entry + 1;
    index.byName.set(name, symbol);
    return symbol;
  }
  return undefined;
}

function wholeIndex({ symbols }: KconfigModel, index: Index): ReadonlyMap<string, number> {
  const { names, flags, count } = symbols;
  for (let i = 0; i < count; i++) if (((flags[i] as number) & unnamed) === 0) index.byName.set(names[i] as string, i);
  index.isWhole = true;
  return index.byName;
}

const numbers = new WeakMap<readonly Named[], WeakMap<KconfigModel, Int32Array>>();
interface Named {
  readonly symbol: string;
}

/** Numbers of the symbols that a list names, -1 where there is none. Kept for the list, which is asked about again and again. */
export function symbolsNamed(model: KconfigModel, list: readonly Named[]): Int32Array {
  let known = numbers.get(list);
  if (known === undefined) {
    known = new WeakMap();
    numbers.set(list, known);
  }
  let found = known.get(model);
  if (found === undefined) {
    found = new Int32Array(list.length);
    for (let i = 0; i < list.length; i++) found[i] = symbolNamed(model, (list[i] as Named).symbol) ?? -1;
    known.set(model, found);
  }
  return found;
}

/** True where the tree defines the symbol, not only mentions it. */
export function isDefined(model: KconfigModel, symbol: number): boolean {
  return (model.symbols.types[symbol] as number) !== 0;
}
