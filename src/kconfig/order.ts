/** An order of symbols in which each comes after those that its value is made from. */
import { Op } from './expression.ts';
import type { KconfigModel } from './model.ts';

/** Every symbol once, MODULES and what it depends on first; circles are cut where they are met. */
export function dependencyOrder(model: KconfigModel): Int32Array {
  const { count, dependencies, choices } = model.symbols;
  const { op, left, right } = model.expressions;
  const { prompts, defaults, ranges, selects, implies, members, entries } = model;
  const order = new Int32Array(count);
  const seen = new Uint8Array(count);
  let length = 0;

  function* symbolsIn(e: number): Generator<number> {
    const stack = [e];
    for (let each = stack.pop(); each !== undefined; each = stack.pop()) {
      const o = op[each];
      if (each === 0) continue;
      if (o === Op.and || o === Op.or) stack.push(left[each] as number, right[each] as number);
      else if (o === Op.not) stack.push(left[each] as number);
      else {
        yield left[each] as number;
        if (o !== Op.symbol) yield right[each] as number;
      }
    }
  }

  function* rows(starts: Int32Array, symbol: number, columns: readonly Int32Array[], isExpression: boolean) {
    for (let i = starts[symbol] as number; i < (starts[symbol + 1] as number); i++) {
      for (const column of columns) {
        if (isExpression) yield* symbolsIn(column[i] as number);
        else yield column[i] as number;
      }
    }
  }

  function* needs(symbol: number): Generator<number> {
    yield* symbolsIn(dependencies[symbol] as number);
    yield* rows(prompts.starts, symbol, [prompts.conditions], true);
    yield* rows(defaults.starts, symbol, [defaults.values, defaults.conditions], true);
    yield* rows(ranges.starts, symbol, [ranges.conditions], true);
    yield* rows(ranges.starts, symbol, [ranges.lowers, ranges.uppers], false);
    for (const relation of [selects, implies]) {
      yield* rows(relation.starts, symbol, [relation.selectors], false);
      yield* rows(relation.starts, symbol, [relation.conditions], true);
    }
    yield* rows(members.starts, symbol, [members.symbols], false);
    const choice = choices[symbol] as number;
    if (choice >= 0) yield entries.symbols[choice] as number;
  }

  function visit(start: number): void {
    if (seen[start] === 1) return;
    seen[start] = 1;
    const stack = [{ symbol: start, rest: needs(start) }];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const { value, done } = top.rest.next();
      if (done === true) {
        order[length++] = top.symbol;
        stack.pop();
      } else if (seen[value] === 0) {
        seen[value] = 1;
        stack.push({ symbol: value, rest: needs(value) });
      }
    }
  }

  visit(model.modules);
  for (let symbol = 0; symbol < count; symbol++) visit(symbol);
  return order;
}
