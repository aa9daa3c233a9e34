/** Drops the expressions that nothing refers to; simplifying leaves four of five behind. */
import { type ExpressionTable } from './expression.ts';
import type { KconfigModel } from './model.ts';
/** The columns of a model that hold expressions. */
export declare function expressionColumns(model: Omit<KconfigModel, 'release' | 'arch' | 'questions'>): Int32Array[];
/** Renumbers in place the columns that hold expressions and gives the table of those that are left, in the same order. */
export declare function compactExpressions(table: ExpressionTable, columns: readonly Int32Array[]): ExpressionTable;
