/** The symbols that judging a plan looks at: all of a config that it can tell apart. */
import { type Condition, symbolsOf } from './condition.ts';
import type { Plan } from './plan.ts';
import type { Library } from './profile.ts';

const known = new WeakMap<Plan, ReadonlySet<string>>();

/** Under every name that they had or got. */
export function symbolsWatchedBy(plan: Plan, { symbols }: Library): ReadonlySet<string> {
  let watched = known.get(plan);
  if (watched === undefined) {
    watched = new Set(
      plan.entries
        .flatMap(({ requirement: { applies, when, otherwise, require } }) =>
          [applies, when, otherwise, require].flatMap(namesIn),
        )
        .flatMap((name) => [name, ...(symbols.get(name)?.otherNames ?? [])]),
    );
    known.set(plan, watched);
  }
  return watched;
}

function namesIn(condition: Condition | undefined): string[] {
  if (condition === undefined) return [];
  return symbolsOf(condition).flatMap(({ symbol, values }) => [
    symbol,
    ...values.filter(({ test }) => test === 'same-as').map(({ value }) => value),
  ]);
}
