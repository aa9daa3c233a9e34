/**
 * The cheapest settings that make symbols come to given values, as far as one look at an evaluation tells: dependencies are followed,
 * selectors tried, members of choices displaced. What is found is a plan, not a promise; `satisfy.ts` holds it against the engine.
 */
import type { Evaluation } from './evaluate.ts';
/** What a symbol should come to: a tristate value from `least` to `most`, or a text. */
export type Aim = {
    readonly symbol: number;
    readonly least: number;
    readonly most: number;
} | {
    readonly symbol: number;
    readonly text: string;
};
/** Settings by symbol, and what they cost together. */
export interface Plan {
    readonly values: ReadonlyMap<number, string>;
    readonly cost: number;
}
/** What it costs to set a symbol to a value; `Infinity` where it must not be. */
export type CostOf = (symbol: number, value: string) => number;
/** Makes a planner for one evaluation. Gives undefined where no plan is found. */
export declare function createPlanner(evaluation: Evaluation, costOf: CostOf): (aims: readonly Aim[]) => Plan | undefined;
/** Settings of a plan by the names of their symbols. */
export declare function planSettings({ values }: Plan, { symbols }: Evaluation['model']): Map<string, string>;
