/** Drops the expressions that nothing refers to; simplifying leaves four of five behind. */
import { type ExpressionTable, Op } from './expression.ts';
import type { KconfigModel } from './model.ts';

/** The columns of a model that hold expressions. */
export function expressionColumns(model: Omit<KconfigModel, 'release' | 'arch' | 'questions'>): Int32Array[] {
  const { symbols, prompts, defaults, ranges, selects, implies, entries } = model;
  return [
    symbols.dependencies,
    prompts.conditions,
    defaults.values,
    defaults.conditions,
    ranges.conditions,
    selects.conditions,
    implies.conditions,
    entries.conditions,
    entries.visibilities,
    entries.dependencies,
  ];
}

const isJunction = (op: number | undefined): boolean => op === Op.and || op === Op.or;

/** Renumbers in place the columns that hold expressions and gives the table of those that are left, in the same order. */
export function compactExpressions(table: ExpressionTable, columns: readonly Int32Array[]): ExpressionTable {
  const { op, left, right, length } = table;
  const used = new Uint8Array(length);
  for (const column of columns) for (const e of column) used[e] = 1;
  // What an expression is made of was built before it.
  for (let e = length - 1; e > 0; e--) {
    if (used[e] === 0) continue;
    if (isJunction(op[e]) || op[e] === Op.not) used[left[e] as number] = 1;
    if (isJunction(op[e])) used[right[e] as number] = 1;
  }
  const numbers = new Int32Array(length);
  let count = 1;
  for (let e = 1; e < length; e++) if (used[e] === 1) numbers[e] = count++;
  const compact = {
    length: count,
    op: new Uint8Array(count),
    left: new Int32Array(count),
    right: new Int32Array(count),
  };
  for (let e = 1; e < length; e++) {
    const id = numbers[e] as number;
    if (id === 0) continue;
    compact.op[id] = op[e] as number;
    const nested = isJunction(op[e]) || op[e] === Op.not;
    compact.left[id] = nested ? (numbers[left[e] as number] as number) : (left[e] as number);
    compact.right[id] = isJunction(op[e]) ? (numbers[right[e] as number] as number) : (right[e] as number);
  }
  for (const column of columns)
    for (let i = 0; i < column.length; i++) column[i] = numbers[column[i] as number] as number;
  return compact;
}
