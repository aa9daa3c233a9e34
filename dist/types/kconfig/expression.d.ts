export declare const Op: {
    readonly symbol: 1;
    readonly not: 2;
    readonly and: 3;
    readonly or: 4;
    readonly equal: 5;
    readonly notEqual: 6;
    readonly less: 7;
    readonly lessEqual: 8;
    readonly greater: 9;
    readonly greaterEqual: 10;
};
export type Op = (typeof Op)[keyof typeof Op];
/** The number of an expression; 0 is "no condition", which is always `y`. */
export type Expression = number;
export declare const none: Expression;
/** Nesting that an expression may have; what is deeper is refused when it is built. */
export declare const maximumDepth = 2000;
export declare class ExpressionTooDeep extends Error {
}
/** Expressions as columns: `left` and `right` are symbols in `symbol` and comparisons, expressions elsewhere. */
export interface ExpressionTable {
    readonly length: number;
    readonly op: ArrayLike<number>;
    readonly left: ArrayLike<number>;
    readonly right: ArrayLike<number>;
}
export interface ExpressionStore extends ExpressionTable {
    readonly symbol: (symbol: number) => Expression;
    readonly compare: (op: Op, left: number, right: number) => Expression;
    readonly not: (operand: Expression) => Expression;
    /** `none` on either side leaves the other. */
    readonly and: (a: Expression, b: Expression) => Expression;
    readonly or: (a: Expression, b: Expression) => Expression;
}
/** Makes an empty store. */
export declare function createExpressions(): ExpressionStore;
/** What the simplifier has to know of symbols and of the kernel it imitates. */
export interface Simplification {
    readonly expressions: ExpressionStore;
    readonly typeOf: (symbol: number) => number;
    readonly isConstant: (symbol: number) => boolean;
    /** Kernels before 6.12 keep a part that became simpler even where the whole did not. */
    readonly keepsParts: boolean;
}
export interface Simplifier {
    /** `m` becomes `m && MODULES`. */
    readonly guardModules: (e: Expression, modules: number) => Expression;
    /** Comparisons of bools and negations in their simplest form. */
    readonly transform: (e: Expression) => Expression;
    /** The expression without operands that say the same twice. */
    readonly withoutDuplicates: (e: Expression) => Expression;
    /** True where everything that `part` asks for is asked for by `whole` too. */
    readonly isSuperset: (whole: Expression, part: Expression) => boolean;
    /** "`e` is not n" with the comparison pushed down to the symbols. */
    readonly isNotN: (e: Expression) => Expression;
}
/** Makes a simplifier; the types of symbols must be settled. */
export declare function createSimplifier(given: Simplification): Simplifier;
/** "`e` is n", as `depends on A if B` needs it. */
export declare function isN(x: ExpressionStore, e: Expression): Expression;
/** True where the expression names the symbol at all. */
export declare function mentions(x: ExpressionTable, e: Expression, symbol: number): boolean;
/** True where the expression cannot hold while the symbol is n. */
export declare function dependsOn(x: ExpressionTable, e: Expression, symbol: number): boolean;
/** True where a part of the (transformed) expression asks for the symbol to be off. */
export declare function mentionsNegated(x: ExpressionTable, e: Expression, symbol: number): boolean;
