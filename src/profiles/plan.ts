/**
 * What the chosen profiles come to before any config is read: every requirement once, in which circumstances it is judged,
 * and which must hold before which.
 */
import type { BootFact } from '../target.ts';
import type { SymbolCondition } from './condition.ts';
import type { ChosenPlatform, ChosenProfile, Requirement } from './profile.ts';

/** Circumstances that profiles differ in. */
export interface Circumstance {
  readonly boot: ReadonlySet<BootFact>;
  readonly platform?: ChosenPlatform;
}

export interface PlanEntry {
  readonly requirement: Requirement;
  /** Index of its circumstance. */
  readonly circumstance: number;
  /** All that the requirement asks for, where that is one symbol without conditions. */
  readonly plain: SymbolCondition | undefined;
}

export interface Plan {
  readonly entries: readonly PlanEntry[];
  readonly circumstances: readonly Circumstance[];
  readonly profiles: readonly { readonly chosen: ChosenProfile; readonly entries: readonly number[] }[];
}

export function makePlan(
  profiles: readonly ChosenProfile[],
  boot: ReadonlySet<BootFact>,
  bootDenied: ReadonlySet<BootFact>,
): Plan {
  const circumstances: Circumstance[] = [];
  /** Entries by requirement, for each circumstance. */
  const known: Map<Requirement, number>[] = [];
  const byKey = new Map<string, number>();
  const entries: PlanEntry[] = [];
  const circumstanceOf = (facts: ReadonlySet<BootFact>, platform: ChosenPlatform | undefined): number => {
    const key = `${[...facts].sort().join()} ${platform?.name} ${platform?.version}`;
    let circumstance = byKey.get(key);
    if (circumstance === undefined) {
      circumstance = circumstances.push({ boot: facts, ...(platform === undefined ? {} : { platform }) }) - 1;
      known.push(new Map());
      byKey.set(key, circumstance);
    }
    return circumstance;
  };
  const planned = profiles.map((chosen) => {
    const facts = new Set(chosen.boot.filter((fact) => !bootDenied.has(fact)));
    for (const fact of boot) facts.add(fact);
    let owner = '';
    let circumstance = 0;
    const indexes = chosen.requirements.map((requirement) => {
      // Requirements come profile by profile, and a profile has one platform.
      if (requirement.profile !== owner) {
        owner = requirement.profile;
        circumstance = circumstanceOf(facts, chosen.platforms.get(owner));
      }
      const here = known[circumstance] as Map<Requirement, number>;
      let index = here.get(requirement);
      if (index === undefined) {
        index = entries.push(entryOf(requirement, circumstance)) - 1;
        here.set(requirement, index);
      }
      return index;
    });
    return { chosen, entries: indexes };
  });
  return { entries, circumstances, profiles: planned };
}

/** A requirement in circumstances of the plan it stands in. */
export function entryOf(requirement: Requirement, circumstance: number): PlanEntry {
  const { require, when, applies } = requirement;
  const isPlain = when === undefined && applies === undefined && require.kind === 'symbol';
  return { requirement, circumstance, plain: isPlain ? require : undefined };
}
