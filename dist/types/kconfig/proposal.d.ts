/** What to add to a config so that its own settings take effect; none of them is changed. */
import type { Evaluation } from './evaluate.ts';
import { type Loss, type Wanted } from './losses.ts';
import type { Settings } from './resolve.ts';
import { type Goal } from './satisfy.ts';
/** New values by symbol name. */
export type Additions = Settings;
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
/** That a setting takes effect. */
export declare function goalOf({ symbol, value }: Wanted): Goal;
