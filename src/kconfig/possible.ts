/**
 * What a fragment can come to on any base at all, with any toolchain: the most that each symbol can be, and where the fragment itself
 * settles it the least. What is lost by this is lost everywhere; errs on the side of "possible", never on the other.
 */
import { Op } from './expression.ts';
import type { Link, Loss, Wanted } from './losses.ts';
import { isDefined, type KconfigModel, symbolNamed } from './model.ts';
import { mod, no, SymbolFlag, SymbolType, tristateNames, yes } from './symbol.ts';
import { isValidNumber, numberOf } from './value.ts';

const unseen = 255;
/** The value of a root that is only asked for, like what founders on it. */
export const alsoAsked = 'also asked for';
const longestChain = 20;
/** Symbols that are looked at one because of another; real trees need thirty. */
const deepest = 400;

interface Bounds {
  readonly most: (symbol: number) => number;
  readonly mostOf: (e: number) => number;
  readonly leastOf: (e: number) => number;
  readonly least: (symbol: number) => number;
}

const freeBounds = new WeakMap<KconfigModel, Bounds>();

/** True of a symbol that is off whatever is set, with any toolchain; also of one that the kernel lacks. */
export function canNeverBeOn(model: KconfigModel, symbol: number): boolean {
  let bounds = freeBounds.get(model);
  if (bounds === undefined) {
    bounds = boundsOf(model, new Map());
    freeBounds.set(model, bounds);
  }
  return bounds.most(symbol) === no;
}

/** Settings of a fragment that no base can make hold. */
export function findImpossible(model: KconfigModel, wanted: readonly Wanted[]): Loss[] {
  const pinned = new Map<number, string>();
  for (const { symbol, value } of wanted) {
    const id = symbolNamed(model, symbol);
    // A value that the symbol cannot have pins nothing: Kconfig passes over it.
    if (id !== undefined && isDefined(model, id) && isLevelOf(model, id, value)) pinned.set(id, value);
  }
  const bounds = boundsOf(model, pinned);
  return wanted.flatMap((each) => lossOf(model, each, pinned, bounds) ?? []);
}

function lossOf(
  model: KconfigModel,
  wanted: Wanted,
  pinned: ReadonlyMap<number, string>,
  bounds: Bounds,
): Loss | undefined {
  const { symbols, prompts } = model;
  const symbol = symbolNamed(model, wanted.symbol);
  const plain = (reason: Loss['reason'], actual = 'absent'): Loss => ({
    ...wanted,
    actual,
    reason,
    chain: [],
    root: wanted.symbol,
    rootValue: actual,
  });
  if (symbol === undefined || !isDefined(model, symbol))
    return wanted.value === 'n' ? undefined : plain('unknown-symbol');
  const type = symbols.types[symbol] as number;
  if ((symbols.flags[symbol] as number) & SymbolFlag.transitional) return undefined;
  if (prompts.starts[symbol] === prompts.starts[symbol + 1]) return plain('hidden-symbol');
  if (type > SymbolType.tristate) return isOutOfRange(model, symbol, wanted.value) ? plain('invalid-value') : undefined;
  const level = tristateNames.indexOf(wanted.value as 'n');
  if (level < 0 || (level === mod && type === SymbolType.bool)) return plain('invalid-value');
  if (level === no) {
    const by = bounds.least(symbol) > no ? surelySelecting(model, symbol, bounds) : -1;
    if (by < 0) return undefined;
    const link = { symbol: wanted.symbol, how: 'is selected by', other: nameOf(model, by), value: 'y' };
    return { ...plain('selected', 'y'), chain: [link], root: link.other, rootValue: 'y' };
  }
  const rival = rivalOf(model, symbol, wanted.value, pinned);
  if (rival >= 0) {
    // Which of them has it in the end depends on which of their prompts can be seen; both never have.
    const link = { symbol: wanted.symbol, how: 'stands in one choice with', other: nameOf(model, rival), value: 'y' };
    return { ...plain('other-choice-member', 'n'), chain: [link], root: link.other, rootValue: alsoAsked };
  }
  if (bounds.most(symbol) > no) return undefined;
  const chain = chainFrom(model, symbol, pinned, bounds);
  const last = chain.at(-1);
  return { ...plain('unmet-dependency'), chain, root: last?.other ?? wanted.symbol, rootValue: last?.value ?? 'n' };
}

function isLevelOf({ symbols }: KconfigModel, symbol: number, value: string): boolean {
  return value === 'y' || value === 'n' || (value === 'm' && symbols.types[symbol] === SymbolType.tristate);
}

const nameOf = (model: KconfigModel, symbol: number): string => model.symbols.names[symbol] as string;

/** Out of a range that holds whatever else is set. */
function isOutOfRange(model: KconfigModel, symbol: number, value: string): boolean {
  const type = model.symbols.types[symbol] as number;
  if (type === SymbolType.string) return false;
  if (!isValidNumber(type, value)) return true;
  const { starts, conditions, lowers, uppers } = model.ranges;
  const row = starts[symbol] as number;
  if (row === starts[symbol + 1] || conditions[row] !== 0) return false;
  const bounds = [lowers[row] as number, uppers[row] as number];
  if (bounds.some((bound) => model.symbols.types[bound] !== SymbolType.unknown)) return false;
  const [lower, upper] = bounds.map((bound) => numberOf(type, nameOf(model, bound))) as [bigint, bigint];
  const number = numberOf(type, value);
  return number < lower || number > upper;
}

/** A selector that the fragment itself turns on for good, or -1. */
function surelySelecting({ selects }: KconfigModel, symbol: number, { least, leastOf }: Bounds): number {
  for (let row = selects.starts[symbol] as number; row < (selects.starts[symbol + 1] as number); row++) {
    const by = selects.selectors[row] as number;
    if (by >= 3 && least(by) > no && leastOf(selects.conditions[row] as number) > no) return by;
  }
  return -1;
}

/** The last member of the same choice that the fragment turns on, where it is another one; or -1. */
function rivalOf(
  { symbols, members, entries }: KconfigModel,
  symbol: number,
  value: string,
  pinned: ReadonlyMap<number, string>,
): number {
  const entry = symbols.choices[symbol] as number;
  if (entry < 0 || value !== 'y') return -1;
  const choice = entries.symbols[entry] as number;
  const group = new Set(members.symbols.subarray(members.starts[choice], members.starts[choice + 1]));
  let last = -1;
  for (const [other, set] of pinned) if (group.has(other) && set === 'y') last = other;
  return last === symbol ? -1 : last;
}

function boundsOf(model: KconfigModel, pinned: ReadonlyMap<number, string>): Bounds {
  const { symbols, prompts, defaults, selects, implies } = model;
  const { op, left, right } = model.expressions;
  const mosts = new Uint8Array(symbols.count).fill(unseen);
  const leasts = new Uint8Array(symbols.count).fill(unseen);
  let depth = 0;

  function most(symbol: number): number {
    const before = mosts[symbol] as number;
    if (before !== unseen) return before;
    if (depth >= deepest) return yes;
    // A circle can hold itself up as far as we know.
    mosts[symbol] = yes;
    depth++;
    const value = decideMost(symbol);
    depth--;
    mosts[symbol] = value;
    return value;
  }

  function decideMost(symbol: number): number {
    if (symbol < 3) return symbol;
    const flag = symbols.flags[symbol] as number;
    if (flag & (SymbolFlag.answer | SymbolFlag.choice)) return yes;
    const type = symbols.types[symbol] as number;
    if (type === SymbolType.unknown) return no;
    if (type > SymbolType.tristate) return yes;
    let visible: number = no;
    for (let row = prompts.starts[symbol] as number; row < (prompts.starts[symbol + 1] as number); row++) {
      visible = Math.max(visible, mostOf(prompts.conditions[row] as number));
    }
    const asked = pinned.get(symbol);
    const level = asked === undefined ? yes : tristateNames.indexOf(asked as 'n');
    let value = Math.max(reverse(selects, symbol), Math.min(visible, level));
    // Where the prompt is hidden, an imply or a default may speak.
    if (asked === undefined || !isSettledByPrompt(symbol)) {
      value = Math.max(value, reverse(implies, symbol));
      for (let row = defaults.starts[symbol] as number; row < (defaults.starts[symbol + 1] as number); row++) {
        const [condition, given] = [defaults.conditions[row] as number, defaults.values[row] as number];
        value = Math.max(value, Math.min(mostOf(condition), mostOf(given)));
      }
    }
    // A bool takes m for y, and so does a tristate where modules are off.
    return value === mod ? yes : value;
  }

  /** True where nothing but a select can speak for a symbol whose prompt is hidden: all else hangs on what the prompt hangs on. */
  function isSettledByPrompt(symbol: number): boolean {
    const row = prompts.starts[symbol] as number;
    if (row + 1 !== prompts.starts[symbol + 1]) return false;
    const needed = conjunctsOf(prompts.conditions[row] as number);
    const covers = (e: number): boolean => {
      const own = conjunctsOf(e);
      return [...needed].every((each) => own.has(each));
    };
    if (!covers(symbols.dependencies[symbol] as number)) return false;
    for (let at = defaults.starts[symbol] as number; at < (defaults.starts[symbol + 1] as number); at++) {
      if (!covers(defaults.conditions[at] as number)) return false;
    }
    return true;
  }

  /** The parts of an `&&`; equal expressions are the same number. */
  function conjunctsOf(e: number): Set<number> {
    const found = new Set<number>();
    const stack = [e];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      if (at === 0) continue;
      if (op[at] === Op.and) stack.push(left[at] as number, right[at] as number);
      else found.add(at);
    }
    return found;
  }

  function reverse(relation: typeof selects, symbol: number): number {
    let value = 0;
    for (let row = relation.starts[symbol] as number; row < (relation.starts[symbol + 1] as number); row++) {
      const by = most(relation.selectors[row] as number);
      if (by > value) value = Math.max(value, Math.min(by, mostOf(relation.conditions[row] as number)));
    }
    return value;
  }

  function mostOf(e: number): number {
    if (e === 0) return yes;
    const [l, r] = [left[e] as number, right[e] as number];
    switch (op[e]) {
      case Op.symbol:
        return most(l);
      case Op.and:
        return Math.min(mostOf(l), mostOf(r));
      case Op.or:
        return Math.max(mostOf(l), mostOf(r));
      case Op.not:
        return 2 - leastOf(l);
      case Op.equal:
        return r < 3 && r > 0 && isLogic(l) && most(l) < r ? no : yes;
      case Op.notEqual:
        return r === no && isLogic(l) && most(l) === no ? no : yes;
      default:
        return yes;
    }
  }

  const isLogic = (symbol: number): boolean => (symbols.types[symbol] as number) <= SymbolType.tristate;

  function leastOf(e: number): number {
    if (e === 0) return yes;
    const [l, r] = [left[e] as number, right[e] as number];
    switch (op[e]) {
      case Op.symbol:
        return least(l);
      case Op.and:
        return Math.min(leastOf(l), leastOf(r));
      case Op.or:
        return Math.max(leastOf(l), leastOf(r));
      case Op.not:
        return 2 - mostOf(l);
      default:
        return no;
    }
  }

  /** Above n only where the fragment sets a symbol whose prompt nothing can hide, or turns on what selects it. */
  function least(symbol: number): number {
    if (symbol < 3) return symbol;
    const before = leasts[symbol] as number;
    if (before !== unseen) return before;
    if (depth >= deepest) return no;
    leasts[symbol] = no;
    depth++;
    const asked = pinned.get(symbol);
    const level = asked === undefined ? no : Math.max(no, tristateNames.indexOf(asked as 'n'));
    let visible: number = no;
    for (let row = prompts.starts[symbol] as number; row < (prompts.starts[symbol + 1] as number); row++) {
      visible = Math.max(visible, leastOf(prompts.conditions[row] as number));
    }
    let value = (symbols.choices[symbol] as number) < 0 ? Math.min(level, visible) : no;
    for (let row = selects.starts[symbol] as number; row < (selects.starts[symbol + 1] as number); row++) {
      const by = least(selects.selectors[row] as number);
      value = Math.max(value, Math.min(by, leastOf(selects.conditions[row] as number)));
    }
    depth--;
    leasts[symbol] = value;
    return value;
  }

  return { most, mostOf, leastOf, least };
}

/** From a symbol that can never be on to what keeps it off: a line of the fragment, or a symbol that this kernel lacks. */
function chainFrom(model: KconfigModel, start: number, pinned: ReadonlyMap<number, string>, bounds: Bounds): Link[] {
  const chain: Link[] = [];
  const seen = new Set([start]);
  let at = start;
  while (chain.length < longestChain) {
    const row = model.prompts.starts[at] as number;
    const hasPrompt = row < (model.prompts.starts[at + 1] as number);
    const condition = hasPrompt
      ? (model.prompts.conditions[row] as number)
      : (model.symbols.dependencies[at] as number);
    const next = blockerIn(model, condition, bounds);
    if (next === undefined || seen.has(next.symbol)) break;
    seen.add(next.symbol);
    const isOn = next.how !== 'depends on';
    chain.push({
      symbol: nameOf(model, at),
      how: next.how,
      other: nameOf(model, next.symbol),
      value: isOn ? 'y' : 'n',
    });
    at = next.symbol;
    if (isOn || pinned.has(at) || !isDefined(model, at)) break;
  }
  return chain;
}

/** The first symbol of an expression that keeps it at n for good. */
function blockerIn(
  model: KconfigModel,
  e: number,
  bounds: Bounds,
): { readonly symbol: number; readonly how: string } | undefined {
  const { op, left, right } = model.expressions;
  if (e === 0 || bounds.mostOf(e) > no) return undefined;
  const [l, r] = [left[e] as number, right[e] as number];
  switch (op[e]) {
    case Op.and:
    case Op.or:
      return blockerIn(model, l, bounds) ?? blockerIn(model, r, bounds);
    case Op.symbol:
      return l < 3 ? undefined : { symbol: l, how: 'depends on' };
    case Op.not: {
      const inner = left[l] as number;
      return op[l] === Op.symbol && inner >= 3 ? { symbol: inner, how: 'needs the absence of' } : undefined;
    }
    default:
      return l < 3 ? undefined : { symbol: l, how: 'hangs on the value of' };
  }
}
