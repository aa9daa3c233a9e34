/**
 * What to set so that goals hold: plans for the goals that do not, held against the engine, without harm to those that do, and
 * stripped of what is not needed.
 */
import type { Evaluation } from './evaluate.ts';
import { type Aim } from './plan.ts';
import type { Settings } from './resolve.ts';
/** A value that a symbol should have: one of the tristate values from `least` to `most`, or a text. */
export type GoalPart = {
    readonly symbol: string;
    readonly least: 'n' | 'm' | 'y';
    readonly most: 'n' | 'm' | 'y';
} | {
    readonly symbol: string;
    readonly text: string;
};
/** Something that should hold; each of its ways would make it hold. */
export interface Goal {
    readonly id: string;
    /** Not worth anything that may yield. */
    readonly isMild?: boolean;
    readonly ways: readonly (readonly GoalPart[])[];
}
/** What settings come to: the evaluation with them, and the goals that do not hold in it. */
export interface Outcome {
    readonly evaluation: Evaluation;
    readonly unmet: ReadonlySet<string>;
}
export interface SatisfyInput {
    readonly evaluate: (settings: Settings) => Outcome;
    /** Those to be met; others that `evaluate` speaks of are only not to be lost. */
    readonly goals: readonly Goal[];
    /** One of the others, which settings brought into play or broke, as it is to be met then; undefined where nothing meets it. */
    readonly goalIn?: (id: string, outcome: Outcome) => Goal | undefined;
    /** Goals named `CONFIG_X` that may be lost for the sake of others where there is no other way: what the user set. */
    readonly yielding?: ((id: string) => boolean) | undefined;
    /** What the file says now: setting it again costs nothing. */
    readonly stated: Settings;
    /** What it costs to change the setting of a symbol; 1 where it is not in it. */
    readonly weights?: ReadonlyMap<string, number>;
    /** Only one plan for all goals together, held against the engine once; what it adds may be more than is needed. */
    readonly isQuick?: boolean;
}
export interface Solution {
    /** What dependencies need comes before what depends on it. */
    readonly settings: Settings;
    /** The goals that each was set for, the one that asked first before the others. */
    readonly neededBy: ReadonlyMap<string, ReadonlySet<string>>;
    /** Goals that held, or were stated, and do not any more. */
    readonly yielded: readonly string[];
    readonly unmet: readonly string[];
    readonly outcome: Outcome;
}
/** Finds settings that make as many goals hold as it can. */
export declare function satisfy(input: SatisfyInput): Solution;
/** The ways of a goal that name only symbols that the kernel has. */
export declare function waysOf({ ways }: Goal, evaluation: Evaluation): Aim[][];
/** 0 for `n` to 2 for `y`; negative for what is none of these. */
export declare const levelOf: (value: string) => number;
