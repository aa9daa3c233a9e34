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
    /** One bit of 32 for each symbol named, where that is known: expressions without a common bit have no symbol in common. */
    readonly names?: ArrayLike<number>;
}
export interface ExpressionStore extends ExpressionTable {
    readonly symbol: (symbol: number) => Expression;
    readonly compare: (op: Op, left: number, right: number) => Expression;
    readonly not: (operand: Expression) => Expression;
    /** `none` on either side leaves the other. */
    readonly and: (a: Expression, b: Expression) => Expression;
    readonly or: (a: Expression, b: Expression) => Expression;
    readonly names: ArrayLike<number>;
}
/** Makes an empty store. */
export declare function createExpressions(): ExpressionStore;
/** "`e` is n", as `depends on A if B` needs it. */
export declare function isN(x: ExpressionStore, e: Expression): Expression;
/** True where the expression names the symbol at all. What was added last is looked at first: entries mostly name the one above. */
export declare function mentions(x: ExpressionTable, e: Expression, symbol: number): boolean;
/** True where the expression cannot hold while the symbol is n. */
export declare function dependsOn(x: ExpressionTable, e: Expression, symbol: number): boolean;
/** True where a part of the (transformed) expression asks for the symbol to be off. */
export declare function mentionsNegated(x: ExpressionTable, e: Expression, symbol: number): boolean;
