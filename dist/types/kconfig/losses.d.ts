/** Which settings a kernel does not keep, and the symbol that each of them founders on in the end. */
import type { Evaluation } from './evaluate.ts';
/** What a config asks for: `y`, `m`, `n`, or the text of a number or string. */
export interface Wanted {
    readonly symbol: string;
    readonly value: string;
}
export type LossReason = 'unknown-symbol' | 'hidden-symbol' | 'unmet-dependency' | 'other-choice-member' | 'selected' | 'only-module' | 'no-modules' | 'invalid-value' | 'changed';
/** One step from a setting towards what it founders on. */
export interface Link {
    readonly symbol: string;
    /** `depends on`, `is selected by` … */
    readonly how: string;
    /** Empty where it is the toolchain that says no. */
    readonly other: string;
    /** The value that the other has now, or the expression's. */
    readonly value: string;
}
export interface Loss extends Wanted {
    /** What the symbol comes to: a value, or `absent`. */
    readonly actual: string;
    readonly reason: LossReason;
    readonly chain: readonly Link[];
    /** The symbol at the end of the chain; the setting's own where there is no chain. */
    readonly root: string;
    /** The value that the root has and the settings would need it not to have. */
    readonly rootValue: string;
}
/**
 * The settings that do not come out as they were asked for. Where one founders on several symbols, it is counted to the one on which
 * most others founder too.
 */
export declare function findLosses(evaluation: Evaluation, wanted: readonly Wanted[]): Loss[];
/** True where a setting takes effect as it was asked for; of a symbol that the kernel lacks only `n` does. */
export declare function holds(evaluation: Evaluation, { symbol, value }: Wanted): boolean;
/** The settings that do not take effect. */
export declare function failing(evaluation: Evaluation, wanted: readonly Wanted[]): Wanted[];
/** The same of a symbol by its number. */
export declare function comesOutAs(evaluation: Evaluation, symbol: number, value: string): boolean;
/** The value of a symbol as a config writes it; undefined where it is not written. */
export declare function valueIn(evaluation: Evaluation, symbol: string): string | undefined;
/** A symbol that selects this one now, or -1. */
export declare function selectorOf(evaluation: Evaluation, symbol: number): number;
