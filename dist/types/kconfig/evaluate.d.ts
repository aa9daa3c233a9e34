import { type KconfigModel } from './model.ts';
import type { UserValues } from './user-values.ts';
export interface Evaluation {
    readonly model: KconfigModel;
    readonly user: UserValues;
    /** Computes what is not known yet and gives the value as a config writes it, strings without quotes. */
    readonly textOf: (symbol: number) => string;
    readonly tristateOf: (symbol: number) => number;
    /** The prompt's visibility, after `textOf`. */
    readonly visibilityOf: (symbol: number) => number;
    /** What selects ask for at least. */
    readonly selectedTo: (symbol: number) => number;
    readonly isWritten: (symbol: number) => boolean;
    readonly isChangeable: (symbol: number) => boolean;
    readonly expressionValue: (e: number) => number;
    readonly isEntryVisible: (entry: number) => boolean;
    /** The value that a config without the symbol would get. */
    readonly defaultOf: (symbol: number) => string;
    /** The member that a choice takes by itself, or -1. */
    readonly defaultMemberOf: (choiceEntry: number) => number;
    /** Forgets all computed values; that of MODULES, on which the types of others hang, is computed first or when it is asked for. */
    readonly clear: () => void;
    /** Forgets the value of one symbol, but not of those that were made from it. */
    readonly forget: (symbol: number) => void;
    /** True where a number is valid and within the range that holds now. */
    readonly isInRange: (symbol: number, text: string) => boolean;
    /** Classic choices are to settle their members when they are next computed, as the all…config targets do. */
    readonly settleChoicesLater: () => void;
    readonly settleChoice: (choice: number) => void;
}
/** Thrown where symbols wait for one another in a chain longer than anything a kernel has. */
export declare class ChainTooLong extends Error {
}
/**
 * Starts an evaluation; `answers` are those to the questions of the model, in their order. Symbols in `recorded` are not computed:
 * they have the value that stands there, undefined for one that is not written.
 */
export declare function createEvaluation(model: KconfigModel, answers: readonly string[], user: UserValues, recorded?: ReadonlyMap<number, string | undefined>): Evaluation;
