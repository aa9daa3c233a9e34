/**
 * What to add to a config so that its settings take effect: the dependencies of what is lost, satisfied with as few new settings as
 * a search over alternatives finds, then held against the engine and stripped of what is not needed. Settings that the config
 * makes are never changed.
 */
import type { Evaluation } from './evaluate.ts';
import { type Loss, type Wanted } from './losses.ts';
/** New values by symbol name; bools and tristates only. */
export type Additions = ReadonlyMap<string, 'n' | 'm' | 'y'>;
export interface Proposal {
    readonly additions: Additions;
    /** The setting for whose sake each was added first. */
    readonly neededBy: ReadonlyMap<string, string>;
    /** Settings that are lost even so. */
    readonly unsolved: readonly Loss[];
}
/**
 * Finds what to add for the sake of `targets`, which are among `settings`; none of the other settings is lost by it. `evaluate`
 * computes the config with additions; its cost is the cost of all this.
 */
export declare function propose(evaluate: (additions: Additions) => Evaluation, settings: readonly Wanted[], targets?: ReadonlySet<string>): Proposal;
