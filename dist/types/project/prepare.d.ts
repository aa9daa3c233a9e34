/** What the options of a run mean: target, boot facts and profiles; or what is wrong with them. */
import type { KindChoice } from '../config/kind.ts';
import type { RuleInfo } from '../finding.ts';
import { type ChosenProfile, type Library } from '../profiles/profile.ts';
import { type BootFact, type Target } from '../target.ts';
import { type RawOptions } from './raw-options.ts';
export interface Options {
    readonly profiles: readonly string[];
    readonly kernel?: string;
    readonly arch?: string;
    readonly kind: KindChoice;
    readonly boot: readonly string[];
}
/** The invocation is wrong: nothing is checked. */
export interface UsageError {
    readonly message: string;
    readonly help: string;
    /** In a profile of the user's. */
    readonly path?: string;
    readonly line?: number;
    readonly column?: number;
}
export interface Prepared {
    readonly target: Target;
    readonly boot: ReadonlySet<BootFact>;
    readonly bootDenied: ReadonlySet<BootFact>;
    readonly chosen: readonly ChosenProfile[];
    readonly library: Library;
}
/** Loads the library with the user's own profiles in it: paths in, names to choose out. */
export type LoadLibrary = (paths: readonly string[]) => {
    readonly library: Library;
    readonly names: readonly string[];
} | readonly UsageError[];
/** A profile named by path rather than by id. */
export declare function isProfilePath(choice: string): boolean;
export declare function prepare(options: Options, load: LoadLibrary): Prepared | readonly UsageError[];
/** The rules of the chosen profiles, each once. */
export declare function rulesOf({ chosen, library }: Prepared): RuleInfo[];
/** The options of a run that `prepare` looks at. */
export declare function projectOptions(raw: RawOptions): Options;
