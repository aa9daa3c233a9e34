/** What a solution comes to as changes of a file: what it sets, and what follows from that. */
import {
  type Evaluation,
  failing,
  type Goal,
  holds,
  type KconfigModel,
  lineFor,
  mentions,
  type Solution,
  symbolNamed,
  valueIn,
} from '../kconfig/index.ts';
import type { Stated } from './stated.ts';

/** One symbol that the fix sets, or that follows from what it sets. */
export interface Change {
  readonly symbol: string;
  /** As the files have it: a value, `n`, or undefined where they do not name it. */
  readonly before: string | undefined;
  /** Undefined where the line goes, because the kernel would drop it. */
  readonly after: string | undefined;
  /** The line to write; empty where it goes. */
  readonly line: string;
  /** Rules and settings for whose sake it is set, the first one first; the symbol that brings it along where it follows, if that is known. */
  readonly because: readonly string[];
  /** `set` is what makes goals hold; `follows` is what Kconfig makes of that with a setting that the file already has. */
  readonly kind: 'set' | 'follows';
}

/** What the solution sets, and what becomes of other settings by it. */
export function changesOf(solution: Solution, first: Evaluation, stated: Stated, isComplete: boolean): Change[] {
  const { model } = first;
  const line = (symbol: string, value: string): string =>
    lineFor(model, symbolNamed(model, symbol) as number, value, false);
  const changes: Change[] = [];
  for (const [symbol, asked] of solution.settings) {
    // What is asked to be y and can only be m is written as what it is.
    const value = valueIn(solution.outcome.evaluation, symbol) ?? asked;
    const because = [...(solution.neededBy.get(symbol) as ReadonlySet<string>)];
    changes.push({
      symbol,
      before: stated.values.get(symbol),
      after: value,
      line: line(symbol, value),
      because,
      kind: 'set',
    });
  }
  for (const wanted of failing(solution.outcome.evaluation, stated.list)) {
    const { symbol, value } = wanted;
    if (solution.settings.has(symbol) || !holds(first, wanted)) continue;
    const now = valueIn(solution.outcome.evaluation, symbol);
    // A fragment that keeps a line which is not kept would only hide it.
    const after = now === undefined ? (isComplete ? undefined : 'n') : now;
    changes.push({
      symbol,
      before: value,
      after,
      line: after === undefined ? '' : line(symbol, after),
      because: followed(symbol, solution, changes),
      kind: 'follows',
    });
  }
  return changes;
}

/**
 * Lines for what goals ask for and Kconfig comes to by itself once the settings are made: a complete config says by silence that they
 * are off.
 */
export function broughtAlong(solution: Solution, goals: readonly Goal[], stated: Stated): Change[] {
  const { outcome, settings } = solution;
  const { model } = outcome.evaluation;
  const said = new Set(settings.keys());
  const changes: Change[] = [];
  const asked = goals.filter(({ id }) => !outcome.unmet.has(id)).flatMap(({ ways }) => ways.flat());
  for (const { symbol } of asked) {
    const after = valueIn(outcome.evaluation, symbol);
    if (after === undefined || after === 'n' || said.has(symbol) || stated.values.has(symbol)) continue;
    said.add(symbol);
    const line = lineFor(model, symbolNamed(model, symbol) as number, after, false);
    changes.push({
      symbol,
      before: undefined,
      after,
      line,
      because: followed(symbol, solution, changes),
      kind: 'follows',
    });
  }
  return changes;
}

/**
 * The setting that brings a change along: what selects the symbol now, else the last one that was set of those that the symbol goes
 * by, else what brings another change that it goes by. None where it is no more direct than that: a guess would mislead.
 */
function followed(symbol: string, { settings, outcome }: Solution, others: readonly Change[]): string[] {
  const { model, tristateOf } = outcome.evaluation;
  const id = symbolNamed(model, symbol) as number;
  const selectors = selectorsOf(model, id);
  const by = selectors.find((selector) => selector >= 3 && tristateOf(selector) > 0);
  if (by !== undefined) return [`CONFIG_${model.symbols.names[by]}`];
  const goesBy = (name: string): boolean => {
    const other = symbolNamed(model, name) as number;
    return selectors.includes(other) || concerns(model, id, other);
  };
  const direct = [...settings.keys()].findLast(goesBy);
  if (direct !== undefined) return [`CONFIG_${direct}`];
  return [...(others.find(({ symbol: other, kind }) => kind === 'follows' && goesBy(other))?.because ?? [])];
}

function selectorsOf({ selects: { starts, selectors } }: KconfigModel, id: number): number[] {
  return [...selectors.subarray(starts[id], starts[id + 1])];
}

/** A symbol goes by another: its dependencies or defaults name that one, or both are members of a choice. */
function concerns({ symbols, defaults, expressions }: KconfigModel, id: number, other: number): boolean {
  const choice = symbols.choices[id] as number;
  if (choice >= 0 && choice === symbols.choices[other]) return true;
  const [from, to] = [defaults.starts[id], defaults.starts[id + 1]];
  const rows = [...defaults.conditions.subarray(from, to), ...defaults.values.subarray(from, to)];
  return [symbols.dependencies[id] as number, ...rows].some((each) => mentions(expressions, each, other));
}
