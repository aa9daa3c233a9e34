/** Rows that no config can meet together, where they apply: pairs, and a row of alternatives against several that rule out one each. */
import type { Condition } from './condition.ts';
import { symbolsOf } from './condition.ts';
import type { ChosenProfile, Requirement } from './profile.ts';
import { canHold, demandOn, factOn, targetsFor } from './satisfiable.ts';
import { always, type Known } from './specialise.ts';
import type { SymbolFacts } from './symbols.ts';

type Facts = ReadonlyMap<string, SymbolFacts>;

export interface Contradiction {
  readonly a: Requirement;
  /** One row, or several that only together contradict `a`. */
  readonly others: readonly [Requirement, ...Requirement[]];
  /** Symbols that both sides speak of, under the name in `a`. */
  readonly symbols: readonly string[];
  /** A target on which they contradict each other. */
  readonly target: Known;
}

interface Row {
  readonly requirement: Requirement;
  readonly known: Known;
  readonly names: ReadonlySet<string>;
}

/** Contradictions between the rows of two profiles; of the same one twice, among its own. A row of both contradicts nothing. */
export function contradictions(
  first: ChosenProfile,
  second: ChosenProfile,
  facts: Facts,
  known: Known = {},
): Contradiction[] {
  const [rows, others] = [rowsOf(first, facts, known), rowsOf(second, facts, known)];
  const found: Contradiction[] = [];
  const seen = new Set<string>();
  const look = (a: Row, against: readonly Row[]): boolean => {
    const key = [a, ...against]
      .map(({ requirement }) => requirement.id)
      .sort()
      .join(' ');
    const target = seen.has(key) ? undefined : clashOf(a, against, facts);
    seen.add(key);
    if (target !== undefined) found.push(contradictionOf(a, against, target, facts));
    return target !== undefined;
  };
  const nearTo = neighbours(others);
  for (const a of rows) for (const b of nearTo(a)) look(a, [b]);
  // Rows that each rule out one of the alternatives of another contradict it only together.
  const alone = new Set(found.flatMap(({ a, others: [b] }) => [`${a.id} ${b.id}`, `${b.id} ${a.id}`]));
  for (const [side, near] of [[rows, nearTo] as const, [others, neighbours(rows)] as const]) {
    for (const a of side.filter(({ requirement }) => demandsOf(requirement).some(hasChoice))) {
      const group = near(a).filter(({ requirement }) => !alone.has(`${a.requirement.id} ${requirement.id}`));
      if (group.length < 2 || group.length > mostTogether || clashOf(a, group, facts) === undefined) continue;
      look(a, fewest(a, group, facts));
    }
  }
  return found;
}

/** Rows that contradict another one only together are few; more than these are not looked at. */
const mostTogether = 8;

function hasChoice(condition: Condition): boolean {
  return condition.kind === 'any' || (condition.kind === 'all' && condition.of.some(hasChoice));
}

/** Takes out what the contradiction does not need. */
function fewest(a: Row, group: readonly Row[], facts: Facts): readonly Row[] {
  let left = group;
  for (const row of group) {
    const without = left.filter((each) => each !== row);
    if (clashOf(a, without, facts) !== undefined) left = without;
  }
  return left;
}

function contradictionOf(a: Row, against: readonly Row[], target: Known, facts: Facts): Contradiction {
  const [b, ...more] = against.map(({ requirement }) => requirement);
  const symbols = [...new Set(demandsOf(a.requirement).flatMap(symbolsOf))].map(({ symbol }) => symbol);
  const isShared = (symbol: string): boolean => against.some(({ names }) => names.has(nameIn(symbol, facts)));
  return {
    a: a.requirement,
    others: [b as Requirement, ...more],
    symbols: [...new Set(symbols)].filter(isShared),
    target,
  };
}

/** Finds the rows, others than the row itself, that name one of its symbols. */
function neighbours(rows: readonly Row[]): (row: Row) => readonly Row[] {
  const bySymbol = new Map<string, Row[]>();
  for (const row of rows) {
    for (const name of row.names) bySymbol.set(name, [...(bySymbol.get(name) ?? []), row]);
  }
  return ({ requirement, names }) =>
    [...new Set([...names].flatMap((name) => bySymbol.get(name) ?? []))].filter(
      (other) => other.requirement.id !== requirement.id,
    );
}

const nameIn = (symbol: string, facts: Facts): string =>
  [symbol, ...(facts.get(symbol)?.otherNames ?? [])].sort()[0] ?? '';

function rowsOf({ requirements, platforms }: ChosenProfile, facts: Facts, known: Known): Row[] {
  return requirements.map((requirement) => ({
    requirement,
    known: { ...known, platform: platforms.get(requirement.profile) },
    names: new Set(
      demandsOf(requirement)
        .flatMap(symbolsOf)
        .map(({ symbol }) => nameIn(symbol, facts)),
    ),
  }));
}

function demandsOf({ require, otherwise }: Requirement): Condition[] {
  return otherwise === undefined ? [require] : [require, otherwise];
}

/** A case of a row on a target: where it holds, and what is asked there. */
interface Case {
  readonly where: Condition;
  readonly demand: Condition;
}

function casesOn(
  { applies = always, when = always, require, otherwise }: Requirement,
  known: Known,
  facts: Facts,
): Case[] {
  const limits = factOn(applies, known, facts);
  const each = [
    { only: factOn(when, known, facts), demand: demandOn(require, known, facts) },
    ...(otherwise === undefined
      ? []
      : [{ only: factOn({ kind: 'not', of: when }, known, facts), demand: demandOn(otherwise, known, facts) }]),
  ];
  return each.flatMap(({ only, demand }) =>
    demand === undefined ? [] : [{ where: { kind: 'all' as const, of: [limits, only] }, demand }],
  );
}

/** A target on which no config meets the row and the others together, although without it or them it could; undefined where there is none. */
function clashOf(a: Row, others: readonly Row[], facts: Facts): Known | undefined {
  const conditions = [a, ...others].flatMap(({ requirement }) => [
    ...demandsOf(requirement),
    ...[requirement.applies, requirement.when].filter((each) => each !== undefined),
  ]);
  return targetsFor(conditions, facts, a.known).find((target) => {
    const cases = others.map(({ requirement, known }) =>
      casesOn(requirement, { ...target, platform: known.platform }, facts),
    );
    return casesOn(a.requirement, target, facts).some((x) =>
      combinations(cases).some((each) => {
        const where = [x.where, ...each.map((y) => y.where)];
        const demands = each.map((y) => y.demand);
        return (
          canHold([...where, x.demand], facts) &&
          canHold([...where, ...demands], facts) &&
          !canHold([...where, x.demand, ...demands], facts)
        );
      }),
    );
  });
}

/** One of each, in every way. */
function combinations<T>(lists: readonly (readonly T[])[]): readonly (readonly T[])[] {
  return lists.reduce<readonly (readonly T[])[]>(
    (before, list) => before.flatMap((chosen) => list.map((each) => [...chosen, each])),
    [[]],
  );
}
