/** Simplifies expressions the way scripts/kconfig/expr.c does, because menus are nested by the simplified form. */
import { type Expression, type ExpressionStore } from './expression.ts';
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
