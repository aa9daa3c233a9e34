/** Capabilities that the user requires of a kernel. */
import type { Related } from '../../finding.ts';
import type { Ability } from '../../profiles/capabilities.ts';
import type { Inspection } from './inspection.ts';
import { bundleRules } from './rules.ts';
import { vzCapabilities } from './vz.ts';
import type { VersionJson } from './vz-version.ts';

/** What a config says of an ability; `needs` is what it takes, in words. */
export type AbilityOf = (
  name: string,
) => { readonly state: Ability; readonly needs: string; readonly related: readonly Related[] } | undefined;

export function inspectRequired(
  { say, at, kernelPath, layout }: Inspection,
  names: readonly string[],
  abilityOf: AbilityOf | undefined,
  version: VersionJson | undefined,
): void {
  const declared = version?.value['capabilities'];
  for (const name of names) {
    const place = version?.fields.find(({ key }) => key === 'capabilities');
    const location = place === undefined ? at(kernelPath ?? '') : at('version.json', place.span);
    if (Array.isArray(declared) && !declared.includes(name))
      say(bundleRules.requiredCapability, location, `${name} is required, and version.json does not declare it`, {
        expected: name,
        actual: 'not declared',
      });
    const abilities = abilityOf === undefined ? [] : abilitiesFor(name, layout.id, abilityOf);
    const ability = abilities.find(({ state }) => state !== 'present');
    if (ability === undefined) {
      if (abilityOf !== undefined) continue;
      say(
        bundleRules.requiredCapability,
        location,
        `${name} is required, and there is no config to tell whether the kernel has it`,
        { expected: name },
      );
      continue;
    }
    const state =
      ability.state === 'module'
        ? 'takes a module that somebody must load'
        : ability.state === 'unknown'
          ? 'is not settled by the config'
          : 'is not in the config';
    say(
      bundleRules.requiredCapability,
      ability.related[0]?.location ?? location,
      `${name} is required, and ${state}: it needs ${ability.needs}`,
      {
        severity: ability.state === 'module' ? 'warning' : 'error',
        expected: name,
        actual: ability.state,
        related: ability.related,
      },
    );
  }
}

type Found = NonNullable<ReturnType<AbilityOf>>;

/** vz has names of its own; where it is about vz they come first. */
function abilitiesFor(name: string, layout: string, abilityOf: AbilityOf): Found[] {
  const own = abilityOf(name);
  const names = vzCapabilities.get(name) ?? [];
  if (own !== undefined && (layout !== 'vz' || names.length === 0)) return [own];
  return names.flatMap((each) => abilityOf(each) ?? []);
}
