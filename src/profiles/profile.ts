/** Profiles as data, and the choice of them for a run. */
import type { Severity } from '../finding.ts';
import { type BootFact, type KernelVersion, parseKernelVersion } from '../target.ts';
import type { Condition } from './condition.ts';
import type { SymbolFacts } from './symbols.ts';

export type Confidence = 'source' | 'kconfig' | 'derived' | 'contested' | 'out-of-date' | 'unverified';

/** One row of a profile. */
export interface Requirement {
  /** `krata-zone/XEN_PVH`. */
  readonly id: string;
  /** The profile it stands in. */
  readonly profile: string;
  /** The row's key in its file. */
  readonly name: string;
  readonly severity: Severity;
  readonly require: Condition;
  /** Kernel, architecture, platform and boot facts it is limited to. */
  readonly applies?: Condition;
  readonly when?: Condition;
  /** What is required where `when` does not hold; without it nothing is. */
  readonly otherwise?: Condition;
  /** Names of rows that must hold first. */
  readonly needs: readonly string[];
  readonly confidence: Confidence;
}

/** The words of a requirement; kept apart because a clean run never needs them. */
export interface RequirementText {
  readonly title?: string;
  readonly reason: string;
  readonly references: readonly string[];
}

export interface Profile {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly extends: readonly string[];
  readonly platform?: { readonly name: string; readonly versions: readonly string[] };
  /** What something needs to run, where absent; a row of hardening gives way to one of a platform. */
  readonly kind?: 'platform' | 'hardening';
  readonly boot: readonly BootFact[];
  readonly requirements: readonly Requirement[];
}

/** Every profile that can be named, and what is known of symbols. */
export interface Library {
  readonly profiles: ReadonlyMap<string, Profile>;
  readonly symbols: ReadonlyMap<string, SymbolFacts>;
  /** The words of a requirement by its id; under `CONFIG_X` a note on a symbol. */
  readonly textOf: (id: string) => RequirementText;
}

export interface ChosenPlatform {
  /** `Kubernetes`. */
  readonly name: string;
  readonly version: string;
  /** On the scale of kernel versions. */
  readonly number: KernelVersion;
}

/** A profile chosen for a run, with everything it extends. */
export interface ChosenProfile {
  readonly profile: Profile;
  /**
   * The version of each platform among the profile and those it extends, by the id of the profile that has it; the version chosen for
   * the profile holds for all of them that are about the same platform.
   */
  readonly platforms: ReadonlyMap<string, ChosenPlatform>;
  readonly boot: readonly BootFact[];
  readonly requirements: readonly Requirement[];
}

export type ChoiceError = { readonly message: string; readonly help: string };

/** Chooses `id` or `id@version`; an error says what is wrong with the name or the version. */
export function chooseProfile(library: Library, choice: string): ChosenProfile | ChoiceError {
  const at = choice.lastIndexOf('@');
  const id = at > 0 ? choice.slice(0, at) : choice;
  const profile = library.profiles.get(id);
  if (profile === undefined) {
    return { message: `there is no profile "${id}"`, help: 'run "kconfig-lint profiles" to list them' };
  }
  let version: string | undefined;
  if (at > 0) {
    version = choice.slice(at + 1);
    const { platform } = profile;
    if (platform === undefined) return { message: `profile ${id} has no versions`, help: `write --profile ${id}` };
    if (!platform.versions.includes(version)) {
      const help = `it knows ${platform.versions.join(', ')}`;
      return { message: `profile ${id} does not know ${platform.name} "${version}"`, help };
    }
  }
  const boot = new Set<BootFact>();
  const seen = new Set<string>();
  const requirements = collect(library, profile, boot, seen);
  const platforms = new Map<string, ChosenPlatform>();
  const own = profile.platform;
  for (const member of seen) {
    const { platform } = library.profiles.get(member) as Profile;
    if (platform === undefined) continue;
    // A node of Kubernetes 1.31 has the pressure metrics of 1.31, whatever their own profile would assume.
    const newest = (platform.name === own?.name ? own : platform).versions.at(-1) as string;
    const chosen = platform.name === own?.name ? (version ?? newest) : newest;
    platforms.set(member, { name: platform.name, version: chosen, number: versionNumber(chosen) });
  }
  return {
    profile,
    boot: [...boot],
    platforms,
    requirements,
  };
}

/** `Kubernetes 1.34, Firecracker 1.16`, or nothing. */
export function platformLabel({ platforms }: ChosenProfile): string | undefined {
  const labels = [...platforms.values()].map(({ name, version }) => `${name} ${version}`);
  return labels.length === 0 ? undefined : [...new Set(labels)].join(', ');
}

/** Platform versions such as `1.34` or `3` on the scale of kernel versions. */
function versionNumber(version: string): KernelVersion {
  return parseKernelVersion(version) ?? parseKernelVersion(`${version}.0`) ?? 0;
}

/** Parents first; a row replaces inherited ones of the same name. Loops were refused by the loader. */
function collect(library: Library, profile: Profile, boot: Set<BootFact>, seen: Set<string>): readonly Requirement[] {
  if (seen.has(profile.id)) return [];
  seen.add(profile.id);
  const inherited: Requirement[] = [];
  for (const id of profile.extends) {
    const parent = library.profiles.get(id);
    if (parent !== undefined) inherited.push(...collect(library, parent, boot, seen));
  }
  for (const fact of profile.boot) boot.add(fact);
  if (inherited.length === 0) return profile.requirements;
  const own = new Set(profile.requirements.map((row) => row.name));
  return [...inherited.filter((row) => !own.has(row.name)), ...profile.requirements];
}
