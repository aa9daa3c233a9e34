/** Where chosen profiles ask for opposites: the row of a platform that a failed row of hardening has to give way to. */
import { type Condition, eachSymbol, judge, symbolsOf, Verdict } from './condition.ts';
import type { Judged } from './judge.ts';
import type { Plan, PlanEntry } from './plan.ts';
import type { Library, Requirement } from './profile.ts';
import { canHold, demandOn } from './satisfiable.ts';

/** Finds for the index of an unmet entry the platform's row that no config meets together with it. */
export function rivalFinder(plan: Plan, judged: Judged, library: Library): (index: number) => Requirement | undefined {
  const { symbols } = library;
  const demandAt = (index: number): Condition | undefined => {
    const { requirement, circumstance } = plan.entries[index] as PlanEntry;
    const situation = judged.situations[circumstance];
    const { require, when, otherwise } = requirement;
    if (situation === undefined) return undefined;
    const isElse = when !== undefined && otherwise !== undefined && judge(when, situation, true) !== Verdict.met;
    return demandOn(isElse ? otherwise : require, situation.target, symbols);
  };
  /** Rows that concern the config. */
  const isInForce = (index: number): boolean => {
    const verdict = judged.verdicts[index];
    return verdict === Verdict.met || verdict === Verdict.unmet;
  };
  return (index) => {
    const { requirement } = plan.entries[index] as PlanEntry;
    if (!isHardening(requirement, library)) return undefined;
    const contested = contestedIn(plan, library);
    const names = namesAskedBy(requirement, library).filter((name) => contested.has(name));
    const own = names.length === 0 ? undefined : demandAt(index);
    if (own === undefined || !canHold([own], symbols)) return undefined;
    const others = symbolsOf(own).flatMap(({ symbol }) =>
      namesOf(symbol, library).flatMap((name) => contested.get(name) ?? []),
    );
    for (const other of new Set(others)) {
      if (!isInForce(other)) continue;
      const demand = demandAt(other);
      if (demand === undefined || !canHold([demand], symbols) || canHold([own, demand], symbols)) continue;
      return plan.entries[other]?.requirement;
    }
    return undefined;
  };
}

function isHardening({ profile }: Requirement, library: Library): boolean {
  return library.profiles.get(profile)?.kind === 'hardening';
}

function namesOf(symbol: string, { symbols }: Library): readonly string[] {
  return [symbol, ...(symbols.get(symbol)?.otherNames ?? [])];
}

/** The symbols that a row may ask something of, under all of their names. */
function namesAskedBy({ require, otherwise }: Requirement, library: Library): string[] {
  const names: string[] = [];
  const add = ({ symbol }: { readonly symbol: string }): void => void names.push(...namesOf(symbol, library));
  eachSymbol(require, add);
  if (otherwise !== undefined) eachSymbol(otherwise, add);
  return names;
}

const contests = new WeakMap<Plan, ReadonlyMap<string, readonly number[]>>();

/** By the symbols of the plan's rows of hardening: the entries of platforms that ask something of them as well. */
function contestedIn(plan: Plan, library: Library): ReadonlyMap<string, readonly number[]> {
  let contested = contests.get(plan);
  if (contested === undefined) {
    contested = findContested(plan, library);
    contests.set(plan, contested);
  }
  return contested;
}

function findContested({ entries }: Plan, library: Library): Map<string, number[]> {
  const hardened = new Set<string>();
  const others: number[] = [];
  for (let i = 0; i < entries.length; i++) {
    const { requirement } = entries[i] as PlanEntry;
    if (isHardening(requirement, library)) for (const name of namesAskedBy(requirement, library)) hardened.add(name);
    else others.push(i);
  }
  const contested = new Map<string, number[]>();
  for (const index of others) {
    const { require, otherwise } = (entries[index] as PlanEntry).requirement;
    const add = ({ symbol }: { readonly symbol: string }): void => {
      if (!hardened.has(symbol)) return;
      const known = contested.get(symbol);
      if (known === undefined) contested.set(symbol, [index]);
      else if (known.at(-1) !== index) known.push(index);
    };
    eachSymbol(require, add);
    if (otherwise !== undefined) eachSymbol(otherwise, add);
  }
  return contested;
}
