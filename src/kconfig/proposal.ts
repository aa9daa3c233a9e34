/** What to add to a config so that its own settings take effect; none of them is changed. */
import type { Evaluation } from './evaluate.ts';
import { findLosses, type Loss, type Wanted } from './losses.ts';
import type { Settings } from './resolve.ts';
import { type Goal, type GoalPart, levelOf, satisfy } from './satisfy.ts';

/** New values by symbol name. */
export type Additions = Settings;

export interface Proposal {
  readonly additions: Additions;
  /** The setting for whose sake each was added first. */
  readonly neededBy: ReadonlyMap<string, string>;
  /** Settings that are lost even so. */
  readonly unsolved: readonly Loss[];
}

/**
 * Finds what to add for the sake of `targets`, which are among `settings`; none of the other settings is lost by it. `evaluate`
 * computes the config with additions; its cost is the cost of all this.
 */
export function propose(
  evaluate: (additions: Additions) => Evaluation,
  settings: readonly Wanted[],
  targets: ReadonlySet<string> = new Set(settings.map(({ symbol }) => symbol)),
): Proposal {
  const losses = new WeakMap<Evaluation, readonly Loss[]>();
  const solution = satisfy({
    evaluate: (more) => {
      const evaluation = evaluate(more);
      const lost = findLosses(evaluation, settings);
      losses.set(evaluation, lost);
      return { evaluation, unmet: new Set(lost.map(({ symbol }) => symbol)) };
    },
    goals: settings.filter(({ symbol }) => targets.has(symbol)).map(goalOf),
    stated: new Map(settings.map(({ symbol, value }) => [symbol, value])),
    weights: new Map(settings.map(({ symbol }) => [symbol, Number.POSITIVE_INFINITY])),
  });
  const { evaluation } = solution.outcome;
  return {
    additions: solution.settings,
    neededBy: new Map([...solution.neededBy].map(([symbol, [first = '']]) => [symbol, first])),
    unsolved: (losses.get(evaluation) ?? []).filter(({ symbol }) => targets.has(symbol)),
  };
}

/** That a setting takes effect. */
export function goalOf({ symbol, value }: Wanted): Goal {
  const isLevel = levelOf(value) >= 0;
  const part: GoalPart = isLevel ? { symbol, least: value as 'n', most: value as 'n' } : { symbol, text: value };
  return { id: symbol, ways: [[part]] };
}
