/**
 * What to set so that goals hold: plans for the goals that do not, held against the engine, without harm to those that do, and
 * stripped of what is not needed.
 */
import type { Evaluation } from './evaluate.ts';
import { isDefined, symbolNamed } from './model.ts';
import { type Aim, type CostOf, createPlanner, type Plan, planSettings } from './plan.ts';
import type { Settings } from './resolve.ts';
import { tristateNames } from './symbol.ts';

/** A value that a symbol should have: one of the tristate values from `least` to `most`, or a text. */
export type GoalPart =
  | { readonly symbol: string; readonly least: 'n' | 'm' | 'y'; readonly most: 'n' | 'm' | 'y' }
  | { readonly symbol: string; readonly text: string };

/** Something that should hold; each of its ways would make it hold. */
export interface Goal {
  readonly id: string;
  /** Not worth anything that may yield. */
  readonly isMild?: boolean;
  readonly ways: readonly (readonly GoalPart[])[];
}

/** What settings come to: the evaluation with them, and the goals that do not hold in it. */
export interface Outcome {
  readonly evaluation: Evaluation;
  readonly unmet: ReadonlySet<string>;
}

export interface SatisfyInput {
  readonly evaluate: (settings: Settings) => Outcome;
  /** Those to be met; others that `evaluate` speaks of are only not to be lost. */
  readonly goals: readonly Goal[];
  /** One of the others, which settings brought into play or broke, as it is to be met then; undefined where nothing meets it. */
  readonly goalIn?: (id: string, outcome: Outcome) => Goal | undefined;
  /** Goals named `CONFIG_X` that may be lost for the sake of others where there is no other way: what the user set. */
  readonly yielding?: ((id: string) => boolean) | undefined;
  /** What the file says now: setting it again costs nothing. */
  readonly stated: Settings;
  /** What it costs to change the setting of a symbol; 1 where it is not in it. */
  readonly weights?: ReadonlyMap<string, number>;
  /** Only one plan for all goals together, held against the engine once; what it adds may be more than is needed. */
  readonly isQuick?: boolean;
}

export interface Solution {
  /** What dependencies need comes before what depends on it. */
  readonly settings: Settings;
  /** The goals that each was set for, the one that asked first before the others. */
  readonly neededBy: ReadonlyMap<string, ReadonlySet<string>>;
  /** Goals that held, or were stated, and do not any more. */
  readonly yielded: readonly string[];
  readonly unmet: readonly string[];
  readonly outcome: Outcome;
}

const mostRounds = 8;
/** Plans for one way that build on one another. */
const mostSteps = 4;
/** Settings of a plan that are tried to do without. */
const mostDetours = 6;
const mostEvaluations = 600;
/** Settings that a quick search holds against the engine one by one. */
const mostQuick = 16;
/** What it costs to change what may yield only where there is no other way. */
const yieldingCost = 50;
/** What it costs to turn off what nobody asked to be off: more goes with it than the one thing that was to go. */
const felling = 3;

/** Finds settings that make as many goals hold as it can. */
export function satisfy(input: SatisfyInput): Solution {
  const first = input.evaluate(new Map());
  const search = createSearch(input, first);
  if (input.isQuick === true) {
    search.together(false);
    return search.result(true);
  }
  search.improve(false);
  if (input.yielding !== undefined) search.improve(true);
  return search.result(false);
}

interface Candidate {
  readonly settings: Settings;
  readonly outcome: Outcome;
}

function createSearch(
  { evaluate, goals, goalIn, yielding = () => false, stated, weights }: SatisfyInput,
  first: Outcome,
) {
  let current: Candidate = { settings: new Map(), outcome: first };
  let evaluations = 0;
  const neededBy = new Map<string, Set<string>>();
  const asked = new Set(goals.flatMap(({ ways }) => ways.flat().map(({ symbol }) => symbol)));

  function note(symbol: string, goal: string): void {
    const known = neededBy.get(symbol);
    if (known === undefined) neededBy.set(symbol, new Set([goal]));
    else known.add(goal);
  }

  function outcomeOf(settings: Settings): Outcome {
    evaluations++;
    return evaluate(settings);
  }

  const open = (candidate: Candidate): Goal[] => goals.filter(({ id }) => candidate.outcome.unmet.has(id));

  /** Of goals that may yield none is bought with another: only who asked for both can tell which one matters. */
  const worthwhile = (mayYield: boolean): Goal[] =>
    open(current).filter(({ id, isMild }) => !mayYield || (isMild !== true && !yielding(id)));

  /** Goals that a candidate loses and that held before. */
  function lost({ outcome }: Candidate, before: Outcome): string[] {
    return [...outcome.unmet].filter((id) => !before.unmet.has(id));
  }

  function harmOf(candidate: Candidate, mayYield: boolean): string[] {
    return lost(candidate, current.outcome).filter((id) => !mayYield || !yielding(id));
  }

  /** The candidate with what it breaks, or brings into play, met as well; undefined where that cannot be. */
  function withoutHarm(candidate: Candidate | undefined, mayYield: boolean): Candidate | undefined {
    let at = candidate;
    for (let step = 0; at !== undefined && step <= mostSteps; step++) {
      const found: Candidate = at;
      const harm = harmOf(found, mayYield);
      if (harm.length === 0) return found;
      const goalsHurt = harm.map((id) => goalIn?.(id, found.outcome));
      const plans = goalsHurt.map((goal) =>
        goal === undefined ? undefined : plansFor(goal, found, mayYield)[0]?.plan,
      );
      if (plans.includes(undefined)) return undefined;
      for (const [i, plan] of (plans as Plan[]).entries()) {
        const fresh = [...planSettings(plan, found.outcome.evaluation.model).keys()];
        for (const symbol of fresh) if (!found.settings.has(symbol)) note(symbol, harm[i] as string);
      }
      at = withPlans(found, plans as Plan[]);
    }
    return undefined;
  }

  function costsIn({ settings, outcome }: Candidate, mayYield: boolean, forbidden = -1): CostOf {
    const { names } = outcome.evaluation.model.symbols;
    return (symbol, value) => {
      if (symbol === forbidden) return Number.POSITIVE_INFINITY;
      const name = names[symbol] as string;
      const set = settings.get(name);
      if (set !== undefined && set !== value && !(set === 'm' && value === 'y')) return Number.POSITIVE_INFINITY;
      if (set === value) return 0;
      const said = stated.get(name);
      if (said === value) return 0;
      if (said !== undefined && yielding(`CONFIG_${name}`)) return mayYield ? yieldingCost : Number.POSITIVE_INFINITY;
      const cost = weights?.get(name) ?? 1;
      return value === 'n' && !asked.has(name) ? cost + felling : cost;
    };
  }

  /** The plans of a goal, the cheapest first. */
  function plansFor(goal: Goal, candidate: Candidate, mayYield: boolean): { plan: Plan; way: readonly Aim[] }[] {
    const { evaluation } = candidate.outcome;
    const planner = createPlanner(evaluation, costsIn(candidate, mayYield));
    return waysOf(goal, evaluation)
      .flatMap((way) => {
        const plan = planner(way);
        return plan === undefined ? [] : [{ plan, way }];
      })
      .sort((a, b) => a.plan.cost - b.plan.cost);
  }

  /** The candidate with a plan on top; undefined where the plan adds nothing. */
  function withPlans(candidate: Candidate, plans: readonly Plan[]): Candidate | undefined {
    const { model } = candidate.outcome.evaluation;
    const settings = new Map(candidate.settings);
    let isNew = false;
    for (const plan of plans) {
      for (const [symbol, value] of planSettings(plan, model)) {
        const before = settings.get(symbol);
        if (before === value || (before === undefined && stated.get(symbol) === value)) continue;
        if (before !== undefined && !(before === 'm' && value === 'y')) continue;
        settings.set(symbol, value);
        isNew = true;
      }
    }
    return isNew ? { settings, outcome: outcomeOf(settings) } : undefined;
  }

  function accept(candidate: Candidate, reasons: readonly Goal[]): void {
    for (const symbol of candidate.settings.keys()) {
      if (!current.settings.has(symbol) && !neededBy.has(symbol)) note(symbol, reasonFor(symbol, reasons));
    }
    current = candidate;
  }

  /** Of several goals the one that names the symbol itself. */
  function reasonFor(symbol: string, reasons: readonly Goal[]): string {
    const own = reasons.find(({ ways }) => ways.some((parts) => parts.some((part) => part.symbol === symbol)));
    return (own ?? (reasons[0] as Goal)).id;
  }

  /** All open goals at once: most often they do not stand in one another's way. */
  function together(mayYield: boolean): boolean {
    const wanted = worthwhile(mayYield);
    const plans: Plan[] = [];
    const made: { goal: Goal; plan: Plan }[] = [];
    for (const goal of wanted) {
      const [best] = plansFor(goal, current, mayYield);
      if (best === undefined) continue;
      plans.push(best.plan);
      made.push({ goal, plan: best.plan });
    }
    const candidate = withoutHarm(withPlans(current, plans), mayYield);
    if (candidate === undefined) return false;
    if (wanted.every(({ id }) => candidate.outcome.unmet.has(id))) return false;
    const { model } = current.outcome.evaluation;
    for (const { goal, plan } of made) {
      for (const symbol of planSettings(plan, model).keys()) {
        if (candidate.settings.has(symbol)) note(symbol, goal.id);
      }
    }
    accept(candidate, wanted);
    return true;
  }

  /** One goal by itself, way after way. */
  function alone(goal: Goal, mayYield: boolean): boolean {
    let best: Candidate | undefined;
    for (const { way, plan } of plansFor(goal, current, mayYield)) {
      const candidate = follow(goal, way, mayYield) ?? detour(goal, way, plan, mayYield);
      if (candidate === undefined) continue;
      if (best === undefined || priceOf(candidate) < priceOf(best)) best = candidate;
      if (best.settings.size - current.settings.size <= 1) break;
    }
    if (best === undefined) return false;
    accept(best, [goal]);
    return true;
  }

  /** Where the cheapest plan does harm, or comes to nothing: the same without one of its settings. */
  function detour(goal: Goal, way: readonly Aim[], { values }: Plan, mayYield: boolean): Candidate | undefined {
    for (const symbol of [...values.keys()].slice(0, mostDetours)) {
      const candidate = follow(goal, way, mayYield, symbol);
      if (candidate !== undefined) return candidate;
    }
    return undefined;
  }

  const priceOf = (candidate: Candidate): number =>
    candidate.settings.size + yieldingCost * lost(candidate, current.outcome).length;

  /** Plans on plans until the goal holds; undefined where it does not come to that without harm. */
  function follow(goal: Goal, way: readonly Aim[], mayYield: boolean, forbidden?: number): Candidate | undefined {
    let candidate = current;
    for (let step = 0; step < mostSteps && evaluations < mostEvaluations; step++) {
      const plan = createPlanner(candidate.outcome.evaluation, costsIn(candidate, mayYield, forbidden))(way);
      const next = plan === undefined ? undefined : withPlans(candidate, [plan]);
      if (next === undefined) return undefined;
      if (!next.outcome.unmet.has(goal.id)) {
        const repaired = withoutHarm(next, mayYield);
        return repaired?.outcome.unmet.has(goal.id) === false ? repaired : undefined;
      }
      candidate = next;
    }
    return undefined;
  }

  function improve(mayYield: boolean): void {
    for (let round = 0; round < mostRounds && evaluations < mostEvaluations; round++) {
      if (worthwhile(mayYield).length === 0 || !together(mayYield)) break;
    }
    for (let moved = true; moved && evaluations < mostEvaluations; ) {
      moved = false;
      for (const goal of worthwhile(mayYield)) {
        if (current.outcome.unmet.has(goal.id) && alone(goal, mayYield)) moved = true;
      }
    }
  }

  /** What is left when everything is left out that can be, the last added first. */
  function strip(isQuick: boolean): void {
    // What a goal names itself is hardly ever there for nothing; each try costs an evaluation.
    const named = isQuick ? asked : new Set<string>();
    const tried = [...current.settings.keys()].filter((symbol) => !named.has(symbol));
    if (isQuick && tried.length > mostQuick) return;
    for (const symbol of tried.reverse()) {
      const fewer = new Map(current.settings);
      fewer.delete(symbol);
      const candidate = { settings: fewer, outcome: outcomeOf(fewer) };
      if (lost(candidate, current.outcome).length === 0) current = candidate;
    }
  }

  return {
    together,
    improve,
    result: (isQuick: boolean): Solution => {
      strip(isQuick);
      return {
        settings: current.settings,
        neededBy: new Map([...neededBy].filter(([symbol]) => current.settings.has(symbol))),
        yielded: lost(current, first),
        unmet: open(current).map(({ id }) => id),
        outcome: current.outcome,
      };
    },
  };
}

/** The ways of a goal that name only symbols that the kernel has. */
export function waysOf({ ways }: Goal, evaluation: Evaluation): Aim[][] {
  return ways.map((parts) => aimsOf(parts, evaluation)).filter((aims) => aims !== undefined);
}

/** Undefined where the kernel lacks one of the symbols. */
function aimsOf(parts: readonly GoalPart[], { model }: Evaluation): Aim[] | undefined {
  const aims: Aim[] = [];
  for (const part of parts) {
    const symbol = symbolNamed(model, part.symbol);
    if (symbol === undefined || !isDefined(model, symbol)) {
      // What the kernel lacks is off.
      if ('text' in part || part.least !== 'n') return undefined;
      continue;
    }
    if ('text' in part) aims.push({ symbol, text: part.text });
    else aims.push({ symbol, least: levelOf(part.least), most: levelOf(part.most) });
  }
  return aims;
}

/** 0 for `n` to 2 for `y`; negative for what is none of these. */
export const levelOf = (value: string): number => tristateNames.indexOf(value as 'n');
