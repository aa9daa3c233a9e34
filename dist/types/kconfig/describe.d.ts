/** Expressions and symbols in the words of Kconfig. */
import type { Evaluation } from './evaluate.ts';
import { type KconfigModel } from './model.ts';
/** `A && (B || !C)`; with an evaluation each symbol is followed by its value, as in `A [=y]`. */
export declare function describeExpression(model: KconfigModel, e: number, evaluation?: Evaluation): string;
export interface SymbolDescription {
    readonly symbol: string;
    readonly type: string;
    /** Conditions under which its prompts are shown; empty where it has none. */
    readonly prompts: readonly string[];
    readonly definitions: readonly {
        readonly file: string;
        readonly line: number;
    }[];
    readonly dependsOn: string;
    readonly defaults: readonly {
        readonly value: string;
        readonly condition: string;
    }[];
    readonly ranges: readonly {
        readonly lower: string;
        readonly upper: string;
        readonly condition: string;
    }[];
    readonly selectedBy: readonly {
        readonly symbol: string;
        readonly condition: string;
    }[];
    readonly impliedBy: readonly {
        readonly symbol: string;
        readonly condition: string;
    }[];
    readonly selects: readonly string[];
    /** Other members of the choice that it stands in. */
    readonly choice: readonly string[];
    /** What it comes to, where a config was given. */
    readonly value?: string;
}
/** Everything that a model says of a symbol. */
export declare function describeSymbol(model: KconfigModel, symbol: number, evaluation?: Evaluation): SymbolDescription;
