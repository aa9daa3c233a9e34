/**
 * What the chosen profiles come to before any config is read: every requirement once, in which circumstances it is judged,
 * which of them ask for the same thing, and which must hold before which.
 */
import type { BootFact } from '../target.ts';
import type { Condition } from './condition.ts';
import type { ChosenPlatform, ChosenProfile, Requirement } from './profile.ts';

/** Circumstances that profiles differ in. */
export interface Circumstance {
  readonly boot: ReadonlySet<BootFact>;
  readonly platform?: ChosenPlatform;
}

export interface PlanEntry {
  readonly requirement: Requirement;
  readonly circumstance: number;
  /** Equal for conditions that say the same; the second is that of `otherwise`. */
  readonly keys: readonly [number, number];
  /** Entries that must hold first. */
  readonly needs: readonly number[];
}

export interface Plan {
  readonly entries: readonly PlanEntry[];
  readonly circumstances: readonly Circumstance[];
  /** How many distinct keys there are. */
  readonly keys: number;
  readonly profiles: readonly { readonly chosen: ChosenProfile; readonly entries: readonly number[] }[];
}

export function makePlan(
  profiles: readonly ChosenProfile[],
  boot: ReadonlySet<BootFact>,
  bootDenied: ReadonlySet<BootFact>,
): Plan {
  const circumstances: Circumstance[] = [];
  const circumstanceOf = new Map<string, number>();
  const entries: PlanEntry[] = [];
  const entryOf = new Map<string, number>();
  const keyOf = new Map<string, number>();
  const keyFor = (condition: Condition | undefined) => {
    const text = JSON.stringify(condition) ?? '';
    const key = keyOf.get(text) ?? keyOf.size;
    keyOf.set(text, key);
    return key;
  };
  const planned = profiles.map((chosen) => {
    const facts = new Set(chosen.boot.filter((fact) => !bootDenied.has(fact)));
    for (const fact of boot) facts.add(fact);
    const bootKey = [...facts].sort().join();
    const indexes = chosen.requirements.map((requirement) => {
      const platform = chosen.platforms.get(requirement.profile);
      const circumstanceKey = `${bootKey} ${platform?.name} ${platform?.number}`;
      let circumstance = circumstanceOf.get(circumstanceKey);
      if (circumstance === undefined) {
        circumstance = circumstances.length;
        circumstanceOf.set(circumstanceKey, circumstance);
        circumstances.push({ boot: facts, ...(platform === undefined ? {} : { platform }) });
      }
      const key = `${requirement.id} ${circumstance}`;
      let entry = entryOf.get(key);
      if (entry === undefined) {
        entry = entries.length;
        entryOf.set(key, entry);
        const keys = [keyFor(requirement.require), keyFor(requirement.otherwise)] as const;
        entries.push({ requirement, circumstance, keys, needs: [] });
      }
      return entry;
    });
    return { chosen, entries: indexes };
  });
  return { entries: linkNeeds(entries, planned), circumstances, keys: keyOf.size, profiles: planned };
}

/** Turns the names in `needs` into entries: those of the requirement's own profile first, then of any other. */
function linkNeeds(entries: readonly PlanEntry[], profiles: Plan['profiles']): PlanEntry[] {
  const byName = new Map<string, Set<number>>();
  for (const { entries: indexes } of profiles) {
    for (const index of indexes) {
      const name = (entries[index] as PlanEntry).requirement.name;
      const known = byName.get(name);
      if (known === undefined) byName.set(name, new Set([index]));
      else known.add(index);
    }
  }
  return entries.map((entry) => {
    const { needs } = entry.requirement;
    return needs.length === 0 ? entry : { ...entry, needs: needs.flatMap((name) => [...(byName.get(name) ?? [])]) };
  });
}
