/** Profiles as data, and the choice of them for a run. */
import type { Severity } from '../finding.ts';
import { type BootFact, type KernelVersion } from '../target.ts';
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
    readonly platform?: {
        readonly name: string;
        readonly versions: readonly string[];
    };
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
export type ChoiceError = {
    readonly message: string;
    readonly help: string;
};
/** Chooses `id` or `id@version`; an error says what is wrong with the name or the version. */
export declare function chooseProfile(library: Library, choice: string): ChosenProfile | ChoiceError;
/** `Kubernetes 1.34, Firecracker 1.16`, or nothing. */
export declare function platformLabel({ platforms }: ChosenProfile): string | undefined;
