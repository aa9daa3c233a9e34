/**
 * The cheapest settings that make symbols come to given values, as far as one look at an evaluation tells: dependencies are followed,
 * selectors tried, members of choices displaced. What is found is a plan, not a promise; `satisfy.ts` holds it against the engine.
 */
import type { Evaluation } from './evaluate.ts';
import { Op } from './expression.ts';
import { mod, no, SymbolFlag, SymbolType, yes } from './symbol.ts';
import { numberOf } from './value.ts';

/** What a symbol should come to: a tristate value from `least` to `most`, or a text. */
export type Aim =
  | { readonly symbol: number; readonly least: number; readonly most: number }
  | { readonly symbol: number; readonly text: string };

/** Settings by symbol, and what they cost together. */
export interface Plan {
  readonly values: ReadonlyMap<number, string>;
  readonly cost: number;
}

/** What it costs to set a symbol to a value; `Infinity` where it must not be. */
export type CostOf = (symbol: number, value: string) => number;

const nothing: Plan = { values: new Map(), cost: 0 };
const deepest = 40;
/** Selectors of a hidden symbol, and siblings of a choice's member, that are tried. */
const mostTried = 80;

/** Makes a planner for one evaluation. Gives undefined where no plan is found. */
export function createPlanner(evaluation: Evaluation, costOf: CostOf): (aims: readonly Aim[]) => Plan | undefined {
  const { model } = evaluation;
  const { symbols, expressions, prompts, defaults, selects, implies, members, entries } = model;
  const trail = new Set<number>();
  const known = new Map<number, Plan | undefined>();
  let isModular = false;

  const typeOf = (symbol: number): number => symbols.types[symbol] as number;
  const isLogic = (symbol: number): boolean =>
    typeOf(symbol) === SymbolType.bool || typeOf(symbol) === SymbolType.tristate;
  const isTristate = (symbol: number): boolean => typeOf(symbol) === SymbolType.tristate;
  const isFixed = (symbol: number): boolean =>
    symbol < 3 || ((symbols.flags[symbol] as number) & (SymbolFlag.constant | SymbolFlag.answer)) !== 0;

  const hasModules = (): boolean => evaluation.tristateOf(model.modules) !== no;

  function assign(symbol: number, value: string): Plan | undefined {
    const cost = costOf(symbol, value);
    return cost === Number.POSITIVE_INFINITY ? undefined : { values: new Map([[symbol, value]]), cost };
  }

  /** Both plans; undefined where they contradict one another. Of m and y for the same symbol it is y. */
  function union(a: Plan | undefined, b: Plan | undefined): Plan | undefined {
    if (a === undefined || b === undefined) return undefined;
    if (a === nothing) return b;
    if (b === nothing) return a;
    const values = new Map(a.values);
    let { cost } = a;
    for (const [symbol, value] of b.values) {
      const other = values.get(symbol);
      if (other === value) continue;
      if (other !== undefined && !(isLogic(symbol) && other !== 'n' && value !== 'n')) return undefined;
      const both = other === undefined ? value : 'y';
      values.set(symbol, both);
      cost += costOf(symbol, both) - (other === undefined ? 0 : costOf(symbol, other));
    }
    return { values, cost };
  }

  const cheaper = (a: Plan | undefined, b: Plan | undefined): Plan | undefined =>
    a === undefined ? b : b === undefined || a.cost <= b.cost ? a : b;

  /** The cheaper of two ways, the second not tried where the first is free. */
  const either = (a: Plan | undefined, other: () => Plan | undefined): Plan | undefined =>
    a !== undefined && a.cost <= 1 ? a : cheaper(a, other());

  function both(a: Plan | undefined, other: () => Plan | undefined): Plan | undefined {
    return a === undefined ? undefined : union(a, other());
  }

  /** Makes an expression at least `level`. */
  function raise(e: number, level: number): Plan | undefined {
    if (level <= no || e === 0 || evaluation.expressionValue(e) >= level) return nothing;
    const [l, r] = [expressions.left[e] as number, expressions.right[e] as number];
    switch (expressions.op[e]) {
      case Op.and:
        return both(raise(l, level), () => raise(r, level));
      case Op.or:
        return either(raise(l, level), () => raise(r, level));
      case Op.not:
        return lower(l, 2 - level);
      case Op.symbol:
        return turnOn(l, level);
      default:
        return compare(expressions.op[e] as number, l, r, true);
    }
  }

  /** Keeps an expression at most `level`. */
  function lower(e: number, level: number): Plan | undefined {
    if (level >= yes || evaluation.expressionValue(e) <= level) return nothing;
    if (e === 0) return undefined;
    const [l, r] = [expressions.left[e] as number, expressions.right[e] as number];
    switch (expressions.op[e]) {
      case Op.and:
        return either(lower(l, level), () => lower(r, level));
      case Op.or:
        return both(lower(l, level), () => lower(r, level));
      case Op.not:
        return raise(l, 2 - level);
      case Op.symbol:
        return turnDown(l, level);
      default:
        return compare(expressions.op[e] as number, l, r, false);
    }
  }

  /** Makes a comparison hold, or not hold. */
  function compare(op: number, l: number, r: number, hold: boolean): Plan | undefined {
    if (isLogic(l) && r < 3) {
      const equal = op === Op.equal ? hold : op === Op.notEqual ? !hold : undefined;
      if (equal === undefined) return undefined;
      if (equal) return between(l, r, r);
      if (r === no) return turnOn(l, mod);
      if (r === yes) return turnDown(l, mod);
      return either(turnDown(l, no), () => turnOn(l, yes));
    }
    if (isLogic(l) || isLogic(r) || isFixed(l)) return undefined;
    return compareTexts(op, l, r, hold);
  }

  function compareTexts(op: number, l: number, r: number, hold: boolean): Plan | undefined {
    const bound = evaluation.textOf(r);
    const number = numberOf(SymbolType.int, bound);
    const text = (value: bigint): Plan | undefined => setText(l, String(value));
    const opposite: Readonly<Record<number, number>> = {
      [Op.equal]: Op.notEqual,
      [Op.notEqual]: Op.equal,
      [Op.less]: Op.greaterEqual,
      [Op.lessEqual]: Op.greater,
      [Op.greater]: Op.lessEqual,
      [Op.greaterEqual]: Op.less,
    };
    const wanted = hold ? op : opposite[op];
    if (wanted === Op.equal) return setText(l, bound);
    if (wanted === Op.notEqual || typeOf(l) !== SymbolType.int) return undefined;
    const step = wanted === Op.less ? -1n : wanted === Op.greater ? 1n : 0n;
    return text(number + step);
  }

  function setText(symbol: number, text: string): Plan | undefined {
    if (isFixed(symbol) || typeOf(symbol) <= SymbolType.tristate) return undefined;
    if (evaluation.textOf(symbol) === text) return nothing;
    return both(showPrompt(symbol, mod), () => assign(symbol, text));
  }

  /** Makes one of the prompts of a symbol visible. */
  function showPrompt(symbol: number, level: number): Plan | undefined {
    let best: Plan | undefined;
    for (let row = prompts.starts[symbol] as number; row < (prompts.starts[symbol + 1] as number); row++) {
      best = cheaper(best, raise(prompts.conditions[row] as number, level));
    }
    return best;
  }

  /** Gives a symbol exactly a value between two. */
  function between(symbol: number, least: number, most: number): Plan | undefined {
    const now = evaluation.tristateOf(symbol);
    if (now > most) return turnDown(symbol, most);
    if (now < least) return turnOn(symbol, least, most, false);
    return nothing;
  }

  /** Searches that come back to a symbol that they are about have gone round in a circle. */
  function remember(symbol: number, kind: number, search: () => Plan | undefined): Plan | undefined {
    const key = symbol * 16 + kind;
    if (known.has(key)) return known.get(key);
    if (trail.has(symbol) || trail.size > deepest) return undefined;
    trail.add(symbol);
    const plan = search();
    trail.delete(symbol);
    known.set(key, plan);
    return plan;
  }

  function turnOn(symbol: number, level: number, most: number = yes, isDependency = true): Plan | undefined {
    const needed = level === mod && !isTristate(symbol) ? yes : level;
    if (evaluation.tristateOf(symbol) >= needed) return nothing;
    if (isFixed(symbol) || !isLogic(symbol)) return undefined;
    if ((symbols.flags[symbol] as number) & SymbolFlag.choice) return showPrompt(symbol, mod);
    if (needed > most) return undefined;
    return remember(symbol, needed * 3 + most, () => searchOn(symbol, needed, most, isDependency));
  }

  function searchOn(symbol: number, level: number, most: number, isDependency: boolean): Plan | undefined {
    let best = byPrompt(symbol, level, most, isDependency);
    if (best !== undefined && best.cost <= 1) return best;
    if (most === yes || prompts.starts[symbol] === prompts.starts[symbol + 1]) {
      // A bool takes m for y.
      const enough = isTristate(symbol) ? level : mod;
      // What is set by hand and can be seen heeds no default.
      const isSet = evaluation.user.has[symbol] === 1 && evaluation.visibilityOf(symbol) > no;
      if (!isSet) best = cheaper(best, byDefault(symbol, enough));
      // Where a prompt will do, nothing is gained by a detour.
      if (best === undefined || prompts.starts[symbol] === prompts.starts[symbol + 1]) {
        best = cheaper(best, bySelector(selects, symbol, enough));
        if (!isSet) best = cheaper(best, bySelector(implies, symbol, enough));
      }
    }
    return best;
  }

  /** Where both will do: a dependency as a module, for what needs it is one; what is asked for built in, for it needs no initrd. */
  function byPrompt(symbol: number, level: number, most: number, isDependency: boolean): Plan | undefined {
    if (!isTristate(symbol)) return both(showPrompt(symbol, mod), () => assign(symbol, 'y'));
    const builtIn = most < yes ? undefined : both(showPrompt(symbol, yes), () => assign(symbol, 'y'));
    if (level === yes) return builtIn;
    const modules = isModular ? nothing : turnOn(model.modules, yes);
    const asModule = both(showPrompt(symbol, mod), () => both(modules, () => assign(symbol, 'm')));
    return isDependency ? cheaper(asModule, builtIn) : cheaper(builtIn, asModule);
  }

  function byDefault(symbol: number, level: number): Plan | undefined {
    let best: Plan | undefined;
    for (let row = defaults.starts[symbol] as number; row < (defaults.starts[symbol + 1] as number); row++) {
      const value = defaults.values[row] as number;
      best = cheaper(
        best,
        both(raise(defaults.conditions[row] as number, level), () => raise(value, level)),
      );
    }
    return best;
  }

  function bySelector(relation: typeof selects, symbol: number, level: number): Plan | undefined {
    let best: Plan | undefined;
    const first = relation.starts[symbol] as number;
    const end = Math.min(relation.starts[symbol + 1] as number, first + mostTried);
    for (let row = first; row < end && (best === undefined || best.cost > 1); row++) {
      const by = turnOn(relation.selectors[row] as number, level);
      best = cheaper(
        best,
        both(by, () => raise(relation.conditions[row] as number, level)),
      );
    }
    return best;
  }

  function turnDown(symbol: number, level: number): Plan | undefined {
    if (evaluation.tristateOf(symbol) <= level) return nothing;
    if (isFixed(symbol) || !isLogic(symbol)) return undefined;
    if (level === mod && !isTristate(symbol)) return turnDown(symbol, no);
    return remember(symbol, 10 + level, () => searchDown(symbol, level));
  }

  function searchDown(symbol: number, level: number): Plan | undefined {
    const free = weaken(selects, symbol, level);
    if (free === undefined) return undefined;
    if ((symbols.choices[symbol] as number) >= 0) return both(free, () => displace(symbol));
    const byHand = both(showPrompt(symbol, mod), () =>
      level === no ? assign(symbol, 'n') : both(turnOn(model.modules, yes), () => assign(symbol, 'm')),
    );
    if (evaluation.visibilityOf(symbol) > no) return both(free, () => byHand);
    // Without a prompt only what gives it its value can take it away.
    const byDefaults = both(weaken(implies, symbol, level), () => lowerDefault(symbol, level));
    return both(free, () => cheaper(byDefaults, byHand));
  }

  /** Lowers whatever selects or implies a symbol above a level now. */
  function weaken(relation: typeof selects, symbol: number, level: number): Plan | undefined {
    let plan: Plan | undefined = nothing;
    for (let row = relation.starts[symbol] as number; row < (relation.starts[symbol + 1] as number); row++) {
      const by = relation.selectors[row] as number;
      const condition = relation.conditions[row] as number;
      if (Math.min(evaluation.tristateOf(by), evaluation.expressionValue(condition)) <= level) continue;
      plan = both(plan, () => either(turnDown(by, level), () => lower(condition, level)));
    }
    return plan;
  }

  function lowerDefault(symbol: number, level: number): Plan | undefined {
    let plan: Plan | undefined = nothing;
    for (let row = defaults.starts[symbol] as number; row < (defaults.starts[symbol + 1] as number); row++) {
      const [value, condition] = [defaults.values[row] as number, defaults.conditions[row] as number];
      if (Math.min(evaluation.expressionValue(value), evaluation.expressionValue(condition)) <= level) continue;
      plan = both(plan, () => either(lower(condition, level), () => lower(value, level)));
    }
    return plan;
  }

  /** Another member of the choice in place of this one, or the end of the whole choice. */
  function displace(symbol: number): Plan | undefined {
    const choice = entries.symbols[symbols.choices[symbol] as number] as number;
    let best: Plan | undefined;
    const group = members.symbols.subarray(members.starts[choice], members.starts[choice + 1]).slice(0, mostTried);
    for (const member of group) {
      if (member === symbol || (best !== undefined && best.cost <= 1)) continue;
      const enough = isTristate(member) ? yes : mod;
      best = cheaper(
        best,
        both(showPrompt(member, enough), () => assign(member, 'y')),
      );
    }
    if (best !== undefined) return best;
    let hidden: Plan | undefined = nothing;
    for (let row = prompts.starts[symbol] as number; row < (prompts.starts[symbol + 1] as number); row++) {
      const condition = prompts.conditions[row] as number;
      hidden = both(hidden, () => lower(condition, no));
    }
    return hidden;
  }

  return (aims) => {
    // What is to be a module needs MODULES anyway, so its dependencies may be modules as well.
    const asksForModule = aims.some((aim) => !('text' in aim) && aim.most === mod && aim.least === mod);
    isModular = asksForModule || hasModules();
    let plan: Plan | undefined = asksForModule ? turnOn(model.modules, yes) : nothing;
    for (const aim of aims) {
      plan = both(plan, () =>
        'text' in aim ? setText(aim.symbol, aim.text) : between(aim.symbol, aim.least, aim.most),
      );
    }
    return plan;
  };
}

/** Settings of a plan by the names of their symbols. */
export function planSettings({ values }: Plan, { symbols }: Evaluation['model']): Map<string, string> {
  return new Map([...values].map(([symbol, value]) => [symbols.names[symbol] as string, value]));
}
