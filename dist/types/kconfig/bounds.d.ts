/**
 * Which values hang on answers that nobody gave. Every expression gets the least and the most that it can be; a symbol is certain
 * where all that decides it is, whatever the toolchain would say. Errs on the side of "not certain", never on the other.
 */
import type { Evaluation } from './evaluate.ts';
export interface Certainty {
    /** Symbols whose value may be another with another toolchain. */
    readonly value: Uint8Array;
    /** Symbols that may be written or not, although their value is certain. */
    readonly written: Uint8Array;
}
/** `open` says of each question whether its answer is unknown; `evaluation` was made with any answers for those. */
export declare function findUncertain(evaluation: Evaluation, open: readonly boolean[]): Certainty;
