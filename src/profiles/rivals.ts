/** Where chosen profiles ask for opposites: the row of a platform that a failed row of hardening has to give way to. */
import { type Condition, judge, symbolsOf, Verdict } from './condition.ts';
import type { Judged } from './judge.ts';
import type { Plan, PlanEntry } from './plan.ts';
import type { Library, Requirement } from './profile.ts';
import { canHold, demandOn } from './satisfiable.ts';

/** Finds for the index of an unmet entry the platform's row that no config meets together with it. */
export function rivalFinder(plan: Plan, judged: Judged, library: Library): (index: number) => Requirement | undefined {
  const isHardening = ({ profile }: Requirement): boolean => library.profiles.get(profile)?.kind === 'hardening';
  const { symbols } = library;
  const demandAt = (index: number): Condition | undefined => {
    const { requirement, circumstance } = plan.entries[index] as PlanEntry;
    const situation = judged.situations[circumstance];
    const { require, when, otherwise } = requirement;
    if (situation === undefined) return undefined;
    const isElse = when !== undefined && otherwise !== undefined && judge(when, situation, true) !== Verdict.met;
    return demandOn(isElse ? otherwise : require, situation.target, symbols);
  };
  /** Rows that concern the config, of profiles that are not about hardening. */
  const isOfPlatform = (index: number): boolean => {
    const verdict = judged.verdicts[index];
    const { requirement } = plan.entries[index] as PlanEntry;
    return (verdict === Verdict.met || verdict === Verdict.unmet) && !isHardening(requirement);
  };
  return (index) => {
    const { requirement } = plan.entries[index] as PlanEntry;
    if (!isHardening(requirement)) return undefined;
    const own = demandAt(index);
    if (own === undefined || !canHold([own], symbols)) return undefined;
    const names = symbolsOf(own).flatMap(({ symbol }) => [symbol, ...(symbols.get(symbol)?.otherNames ?? [])]);
    for (const other of new Set(names.flatMap(plan.asking))) {
      if (!isOfPlatform(other)) continue;
      const demand = demandAt(other);
      if (demand === undefined || !canHold([demand], symbols) || canHold([own, demand], symbols)) continue;
      return plan.entries[other]?.requirement;
    }
    return undefined;
  };
}
