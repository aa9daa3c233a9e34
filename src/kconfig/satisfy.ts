/**
 * What to add to a config so that its settings take effect: the dependencies of what is lost, satisfied with as few new settings as
 * a search over alternatives finds, then held against the engine and stripped of what is not needed. Settings that the config
 * makes are never changed.
 */
import type { Evaluation } from './evaluate.ts';
import { Op } from './expression.ts';
import { findLosses, type Loss, type Wanted } from './losses.ts';
import { symbolNamed } from './model.ts';
import { no, SymbolFlag, SymbolType, tristateNames, yes } from './symbol.ts';

/** New values by symbol name; bools and tristates only. */
export type Additions = ReadonlyMap<string, 'n' | 'm' | 'y'>;

export interface Proposal {
  readonly additions: Additions;
  /** The setting for whose sake each was added first. */
  readonly neededBy: ReadonlyMap<string, string>;
  /** Settings that are lost even so. */
  readonly unsolved: readonly Loss[];
}

const mostRounds = 12;
/** Losses that are tried one by one where all plans together would cost something else. */
const mostAlone = 40;
const deepest = 40;
/** Selectors of a hidden symbol that are tried. */
const mostSelectors = 80;

/**
 * Finds what to add for the sake of `targets`, which are among `settings`; none of the other settings is lost by it. `evaluate`
 * computes the config with additions; its cost is the cost of all this.
 */
export function propose(
  evaluate: (additions: Additions) => Evaluation,
  settings: readonly Wanted[],
  targets: ReadonlySet<string> = new Set(settings.map(({ symbol }) => symbol)),
): Proposal {
  const pinned = new Map(settings.map(({ symbol, value }) => [symbol, value]));
  const lostWith = (evaluation: Evaluation): Loss[] => findLosses(evaluation, settings);
  let additions: Additions = new Map();
  let evaluation = evaluate(additions);
  let losses = lostWith(evaluation);
  const before = new Set(losses.map(({ symbol }) => symbol));
  const isSafe = (found: readonly Loss[]): boolean => found.every(({ symbol }) => before.has(symbol));
  const neededBy = new Map<string, string>();

  /** Takes the plans for some losses over, where nothing that held is lost by them. */
  function take(some: readonly Loss[]): boolean {
    const more = new Map(additions);
    const reasons = new Map<string, string>();
    for (const loss of some) {
      for (const [symbol, value] of planFor(evaluation, loss, pinned, more) ?? []) {
        if (symbol === loss.symbol || pinned.has(symbol) || more.get(symbol) === value) continue;
        more.set(symbol, value);
        reasons.set(symbol, loss.symbol);
      }
    }
    if (reasons.size === 0) return false;
    const next = evaluate(more);
    const found = lostWith(next);
    if (!isSafe(found)) return false;
    additions = more;
    evaluation = next;
    losses = found;
    for (const [symbol, reason] of reasons) if (!neededBy.has(symbol)) neededBy.set(symbol, reason);
    return true;
  }

  for (let round = 0; round < mostRounds; round++) {
    const open = losses.filter(({ symbol }) => targets.has(symbol));
    if (open.length === 0 || (!take(open) && !open.slice(0, mostAlone).some((loss) => take([loss])))) break;
  }
  const kept = strip(evaluate, lostWith, additions, losses.length);
  const unsolved = lostWith(evaluate(kept)).filter(({ symbol }) => targets.has(symbol));
  return { additions: kept, neededBy, unsolved };
}

/** What is left when everything is left out that can be, the last added first. */
function strip(
  evaluate: (additions: Additions) => Evaluation,
  lostWith: (evaluation: Evaluation) => readonly Loss[],
  additions: Additions,
  lost: number,
): Additions {
  let kept = additions;
  for (const symbol of [...additions.keys()].reverse()) {
    const fewer = new Map(kept);
    fewer.delete(symbol);
    if (lostWith(evaluate(fewer)).length <= lost) kept = fewer;
  }
  return kept;
}

type Plan = ReadonlyMap<string, 'n' | 'm' | 'y'>;
const nothing: Plan = new Map();

/** The cheapest plan found that gives a setting its value; undefined where there is none. */
function planFor(
  evaluation: Evaluation,
  wanted: Wanted,
  pinned: ReadonlyMap<string, string>,
  given: Additions,
): Plan | undefined {
  const { model } = evaluation;
  const { symbols, expressions, prompts, defaults, selects } = model;
  const start = symbolNamed(model, wanted.symbol);
  if (start === undefined || symbols.types[start] === SymbolType.unknown) return undefined;
  const trail = new Set<number>();
  const known = new Map<number, Plan | undefined>();

  const nameOf = (symbol: number): string => symbols.names[symbol] as string;
  const isBool = (symbol: number): boolean => symbols.types[symbol] === SymbolType.bool;

  function union(a: Plan | undefined, b: Plan | undefined): Plan | undefined {
    if (a === undefined || b === undefined) return undefined;
    if (a.size === 0) return b;
    if (b.size === 0) return a;
    const both = new Map(a);
    for (const [symbol, value] of b) {
      const other = both.get(symbol);
      if (other !== undefined && (other === 'n') !== (value === 'n')) return undefined;
      both.set(symbol, other === 'y' ? other : value);
    }
    return both;
  }

  const cheaper = (a: Plan | undefined, b: Plan | undefined): Plan | undefined =>
    a === undefined ? b : b === undefined || a.size <= b.size ? a : b;

  /** Makes an expression at least `level`. */
  function reach(e: number, level: number): Plan | undefined {
    if (e === 0 || evaluation.expressionValue(e) >= level) return nothing;
    const [op, l, r] = [expressions.op[e] as number, expressions.left[e] as number, expressions.right[e] as number];
    switch (op) {
      case Op.and: {
        const first = reach(l, level);
        return first === undefined ? undefined : union(first, reach(r, level));
      }
      case Op.or:
        return cheaper(reach(l, level), reach(r, level));
      case Op.not:
        return lower(l, 2 - level);
      case Op.symbol:
        return turnOn(l, level);
      case Op.equal:
        return r === no ? turnOff(l) : r === yes ? turnOn(l, yes) : undefined;
      case Op.notEqual:
        return r === no ? turnOn(l, 1) : undefined;
      default:
        return undefined;
    }
  }

  /** Keeps an expression at most `level`. */
  function lower(e: number, level: number): Plan | undefined {
    if (evaluation.expressionValue(e) <= level) return nothing;
    const [op, l, r] = [expressions.op[e] as number, expressions.left[e] as number, expressions.right[e] as number];
    switch (op) {
      case Op.and:
        return cheaper(lower(l, level), lower(r, level));
      case Op.or:
        return union(lower(l, level), lower(r, level));
      case Op.not:
        return reach(l, 2 - level);
      case Op.symbol:
        return turnOff(l);
      default:
        return undefined;
    }
  }

  function turnOff(symbol: number): Plan | undefined {
    if (evaluation.tristateOf(symbol) === no) return nothing;
    const name = nameOf(symbol);
    const asked = pinned.get(name) ?? given.get(name);
    if (symbol < 3 || (asked !== undefined && asked !== 'n') || evaluation.selectedTo(symbol) > no) return undefined;
    return evaluation.visibilityOf(symbol) > no && (symbols.choices[symbol] as number) < 0
      ? new Map([[name, 'n']])
      : undefined;
  }

  function turnOn(symbol: number, level: number): Plan | undefined {
    if (evaluation.tristateOf(symbol) >= level) return nothing;
    const flag = symbols.flags[symbol] as number;
    if (symbol < 3 || flag & (SymbolFlag.constant | SymbolFlag.answer | SymbolFlag.choice)) return undefined;
    if (symbols.types[symbol] !== SymbolType.bool && symbols.types[symbol] !== SymbolType.tristate) return undefined;
    const key = symbol * 4 + level;
    if (known.has(key)) return known.get(key);
    if (trail.has(symbol) || trail.size > deepest) return undefined;
    trail.add(symbol);
    const plan = searchOn(symbol, level);
    trail.delete(symbol);
    known.set(key, plan);
    return plan;
  }

  function searchOn(symbol: number, level: number): Plan | undefined {
    const name = nameOf(symbol);
    const asked = pinned.get(name);
    const needed = isBool(symbol) ? 1 : level;
    let best: Plan | undefined;
    // What the config itself turns off stays off, unless something selects it.
    if (asked !== 'n' || symbol === start) {
      for (let row = prompts.starts[symbol] as number; row < (prompts.starts[symbol + 1] as number); row++) {
        const value = level === 1 && !isBool(symbol) ? 'm' : 'y';
        best = cheaper(best, union(reach(prompts.conditions[row] as number, needed), new Map([[name, value]])));
      }
    }
    if (best !== undefined && best.size <= 1) return best;
    for (let row = defaults.starts[symbol] as number; row < (defaults.starts[symbol + 1] as number); row++) {
      best = cheaper(
        best,
        union(reach(defaults.conditions[row] as number, needed), reach(defaults.values[row] as number, needed)),
      );
    }
    const first = selects.starts[symbol] as number;
    const end = Math.min(selects.starts[symbol + 1] as number, first + mostSelectors);
    // Where a prompt will do, nothing is gained by a detour.
    for (
      let row = first;
      row < end && (best === undefined || prompts.starts[symbol] === prompts.starts[symbol + 1]);
      row++
    ) {
      const by = turnOn(selects.selectors[row] as number, needed);
      if (by !== undefined) best = cheaper(best, union(by, reach(selects.conditions[row] as number, needed)));
    }
    return best;
  }

  /** Turns off whatever selects a symbol now. */
  function deselect(symbol: number): Plan | undefined {
    let plan: Plan | undefined = nothing;
    for (let row = selects.starts[symbol] as number; row < (selects.starts[symbol + 1] as number); row++) {
      const by = selects.selectors[row] as number;
      const condition = selects.conditions[row] as number;
      if (Math.min(evaluation.tristateOf(by), evaluation.expressionValue(condition)) === no) continue;
      plan = union(plan, turnOff(by));
    }
    return plan;
  }

  const level = tristateNames.indexOf(wanted.value as 'n');
  const type = symbols.types[start] as number;
  if (type !== SymbolType.bool && type !== SymbolType.tristate) {
    const row = prompts.starts[start] as number;
    return row < (prompts.starts[start + 1] as number) ? reach(prompts.conditions[row] as number, 1) : undefined;
  }
  if (level === no) return deselect(start);
  if (level === 1 && evaluation.tristateOf(model.modules) === no) return turnOn(model.modules, yes);
  return level < 0 ? undefined : turnOn(start, level);
}
