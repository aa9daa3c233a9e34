/** What is known of symbols across releases and architectures, without a Kconfig model. */
import { type KernelVersion, type Range, type Target } from '../target.ts';
export interface SymbolFacts {
    readonly added?: KernelVersion;
    readonly removed?: KernelVersion;
    readonly arch?: readonly string[];
    readonly renamedTo?: string;
    /** Names it had or got: a config that uses one of them speaks of this symbol. */
    readonly otherNames: readonly string[];
    readonly hidden?: true | {
        readonly kernel?: Range;
        readonly arch?: readonly string[];
    };
    /** What a person sets to get it: `SYMBOL` or `SYMBOL=value`. */
    readonly follows?: readonly string[];
}
export type Existence = 'yes' | 'no' | 'maybe';
/** Whether a symbol, under any of its names, can be on for the target. */
export declare function existenceOf(facts: SymbolFacts, target: Target, symbols: ReadonlyMap<string, SymbolFacts>): Existence;
/** Whether a symbol can be on for the target under just this name. */
export declare function existenceOfName(name: string, target: Target, symbols: ReadonlyMap<string, SymbolFacts>): Existence;
/** True where the architecture never has the symbol on, though its Kconfig may well define it. */
export declare function isElsewhere(facts: SymbolFacts, { arch }: Target): boolean;
/** The name a symbol goes by on the target. */
export declare function nameOn(symbol: string, target: Target, symbols: ReadonlyMap<string, SymbolFacts>): string;
/** Why a symbol is not there, or may not be there, for the target; undefined when it is. */
export declare function whyNot(symbol: string, facts: SymbolFacts, target: Target, symbols: ReadonlyMap<string, SymbolFacts>): string | undefined;
/** True when nobody can set the symbol by hand on the target; an unknown target counts as the strict case only for `true`. */
export declare function isHidden(facts: SymbolFacts | undefined, target: Target): boolean;
