/** Pairs of rows that no config can meet, where both apply. */
import type { Condition } from './condition.ts';
import { symbolsOf } from './condition.ts';
import type { ChosenProfile, Requirement } from './profile.ts';
import { canHold, demandOn, factOn, targetsFor } from './satisfiable.ts';
import { always, type Known } from './specialise.ts';
import type { SymbolFacts } from './symbols.ts';

type Facts = ReadonlyMap<string, SymbolFacts>;

export interface Contradiction {
  readonly a: Requirement;
  readonly b: Requirement;
  /** Symbols that both speak of, under the name in `a`. */
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
  const rows = [first, second].map((chosen) => rowsOf(chosen, facts, known)) as [Row[], Row[]];
  const bySymbol = new Map<string, Row[]>();
  for (const row of rows[1]) {
    for (const name of row.names) bySymbol.set(name, [...(bySymbol.get(name) ?? []), row]);
  }
  const found: Contradiction[] = [];
  const seen = new Set<string>();
  for (const a of rows[0]) {
    for (const b of new Set([...a.names].flatMap((name) => bySymbol.get(name) ?? []))) {
      const [x, y] = [a.requirement.id, b.requirement.id];
      if (x === y || seen.has(`${x} ${y}`) || seen.has(`${y} ${x}`)) continue;
      seen.add(`${x} ${y}`);
      const target = clashOf(a, b, facts);
      if (target === undefined) continue;
      const shared = symbolsOf(a.requirement.require).map(({ symbol }) => symbol);
      const symbols = [...new Set(shared)].filter((symbol) => b.names.has(nameIn(symbol, facts)));
      found.push({ a: a.requirement, b: b.requirement, symbols, target });
    }
  }
  return found;
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

function clashOf(a: Row, b: Row, facts: Facts): Known | undefined {
  const conditions = [a, b].flatMap(({ requirement }) => [
    ...demandsOf(requirement),
    ...[requirement.applies, requirement.when].filter((each) => each !== undefined),
  ]);
  return targetsFor(conditions, facts, a.known).find((target) => {
    const others = casesOn(b.requirement, { ...target, platform: b.known.platform }, facts);
    return casesOn(a.requirement, target, facts).some((x) =>
      others.some(
        (y) =>
          // Each by itself can be met where both are asked for, and both together cannot.
          canHold([x.where, y.where, x.demand], facts) &&
          canHold([x.where, y.where, y.demand], facts) &&
          !canHold([x.where, y.where, x.demand, y.demand], facts),
      ),
    );
  });
}
