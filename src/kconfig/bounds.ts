/**
 * Which values hang on answers that nobody gave. Every expression gets the least and the most that it can be; a symbol is certain
 * where all that decides it is, whatever the toolchain would say. Errs on the side of "not certain", never on the other.
 */

import { questionsIn } from './answers.ts';
import type { Evaluation } from './evaluate.ts';
import { Op } from './expression.ts';
import { dependencyOrder } from './order.ts';
import { no, SymbolFlag, SymbolType, yes } from './symbol.ts';

export interface Certainty {
  /** Symbols whose value may be another with another toolchain. */
  readonly value: Uint8Array;
  /** Symbols that may be written or not, although their value is certain. */
  readonly written: Uint8Array;
}

/** An interval of tristate values in one number: the least in the lower two bits, the most above. */
type Interval = number;
const interval = (least: number, most: number): Interval => least | (most << 2);
const leastOf = (i: Interval): number => i & 3;
const mostOf = (i: Interval): number => i >> 2;
const isCertain = (i: Interval): boolean => (i & 3) === i >> 2;
const anything = interval(no, yes);

const unseen = 255;

/** `open` says of each question whether its answer is unknown; `evaluation` was made with any answers for those. */
export function findUncertain(evaluation: Evaluation, open: readonly boolean[]): Certainty {
  const { model, user } = evaluation;
  const { symbols, prompts, defaults, ranges, selects, implies, members, entries } = model;
  const { op, left, right } = model.expressions;
  const classic = model.dialect.choices === 'classic';
  const value = new Uint8Array(symbols.count);
  const written = new Uint8Array(symbols.count);
  const intervals = new Uint8Array(symbols.count).fill(unseen);
  const computed = new Uint8Array(model.expressions.length).fill(unseen);
  const isMember = new Uint8Array(symbols.count);
  for (const member of members.symbols) isMember[member] = 1;

  const isText = (symbol: number): boolean => (symbols.types[symbol] as number) > SymbolType.tristate;

  function ofExpression(e: number): Interval {
    if (e === 0) return interval(yes, yes);
    const before = computed[e] as number;
    if (before !== unseen) return before;
    const result = ofNode(e);
    computed[e] = result;
    return result;
  }

  function ofNode(e: number): Interval {
    const [l, r] = [left[e] as number, right[e] as number];
    switch (op[e]) {
      case Op.symbol:
        return ofSymbol(l);
      case Op.not: {
        const inner = ofExpression(l);
        return interval(2 - mostOf(inner), 2 - leastOf(inner));
      }
      case Op.and: {
        const [a, b] = [ofExpression(l), ofExpression(r)];
        return interval(Math.min(leastOf(a), leastOf(b)), Math.min(mostOf(a), mostOf(b)));
      }
      case Op.or: {
        const [a, b] = [ofExpression(l), ofExpression(r)];
        return interval(Math.max(leastOf(a), leastOf(b)), Math.max(mostOf(a), mostOf(b)));
      }
      default: {
        ofSymbol(l);
        ofSymbol(r);
        if (value[l] === 1 || value[r] === 1) return anything;
        const concrete = evaluation.expressionValue(e);
        return interval(concrete, concrete);
      }
    }
  }

  /** The most of intervals in rows of a relation. */
  function strongest(starts: Int32Array, symbol: number, of: (row: number) => Interval): Interval {
    let least = 0;
    let most = 0;
    for (let row = starts[symbol] as number; row < (starts[symbol + 1] as number); row++) {
      const each = of(row);
      least = Math.max(least, leastOf(each));
      most = Math.max(most, mostOf(each));
    }
    return interval(least, most);
  }

  const visibility = (symbol: number): Interval =>
    strongest(prompts.starts, symbol, (row) => ofExpression(prompts.conditions[row] as number));

  function reverse(relation: typeof selects, symbol: number): Interval {
    return strongest(relation.starts, symbol, (row) => {
      const by = ofSymbol(relation.selectors[row] as number);
      const condition = ofExpression(relation.conditions[row] as number);
      return interval(Math.min(leastOf(by), leastOf(condition)), Math.min(mostOf(by), mostOf(condition)));
    });
  }

  function ofSymbol(symbol: number): Interval {
    const before = intervals[symbol] as number;
    if (before !== unseen) return before;
    const concrete = evaluation.tristateOf(symbol);
    // A circle ends here; what it comes back to is judged by its other inputs.
    intervals[symbol] = interval(concrete, concrete);
    const result = decide(symbol, concrete);
    intervals[symbol] = result;
    if (!isCertain(result)) value[symbol] = 1;
    return result;
  }

  function decide(symbol: number, concrete: number): Interval {
    const flag = symbols.flags[symbol] as number;
    if (flag & SymbolFlag.answer) {
      if (!questionsIn(symbols.names[symbol] as string).some((question) => open[question]))
        return interval(concrete, concrete);
      value[symbol] = 1;
      return anything;
    }
    if (symbol < 3 || symbols.types[symbol] === SymbolType.unknown) return interval(concrete, concrete);
    const modules = ofSymbol(model.modules);
    if (symbols.types[symbol] === SymbolType.tristate && !isCertain(modules) && symbol !== model.modules)
      return anything;
    if (isText(symbol)) {
      if (!isTextCertain(symbol)) value[symbol] = 1;
      return interval(concrete, concrete);
    }
    if (isMember[symbol] === 1 || (symbols.choices[symbol] as number) >= 0) return decideMember(symbol, concrete);
    return decideFree(symbol, concrete);
  }

  function decideFree(symbol: number, concrete: number): Interval {
    const selected = reverse(selects, symbol);
    if (leastOf(selected) === yes) return interval(yes, yes);
    const visible = visibility(symbol);
    const asked = user.has[symbol] === 1;
    if (asked && isCertain(visible) && leastOf(visible) !== no) {
      return isCertain(selected) ? interval(concrete, concrete) : interval(leastOf(selected), yes);
    }
    const implied = reverse(implies, symbol);
    let certain = isCertain(visible) && isCertain(selected) && isCertain(implied);
    let most = Math.max(
      mostOf(selected),
      mostOf(implied),
      asked ? Math.min(user.tristates[symbol] as number, mostOf(visible)) : 0,
    );
    if (mostOf(implied) > 0 && !isCertain(ofExpression(symbols.dependencies[symbol] as number))) certain = false;
    for (let row = defaults.starts[symbol] as number; row < (defaults.starts[symbol + 1] as number); row++) {
      const condition = ofExpression(defaults.conditions[row] as number);
      if (mostOf(condition) === no) continue;
      const given = ofExpression(defaults.values[row] as number);
      most = Math.max(most, Math.min(mostOf(given), mostOf(condition)));
      if (
        !isCertain(condition) ||
        (!isCertain(given) && Math.min(mostOf(given), mostOf(condition)) > leastOf(selected))
      )
        certain = false;
      if (leastOf(condition) !== no) break;
    }
    if (certain) return interval(concrete, concrete);
    // A bool takes m for y.
    const top = most > no ? yes : no;
    if (top === leastOf(selected)) {
      written[symbol] = 1;
      return interval(top, top);
    }
    return interval(leastOf(selected), top);
  }

  /** Members of a choice are certain together: where all that the choice looks at is, or where the winner is in any case. */
  function decideMember(symbol: number, concrete: number): Interval {
    const choiceEntry = symbols.choices[symbol] as number;
    const choice = choiceEntry < 0 ? -1 : (entries.symbols[choiceEntry] as number);
    const own = visibility(symbol);
    if (mostOf(own) === no && (!classic || isCertain(reverse(selects, symbol))))
      return classic ? decideFree(symbol, concrete) : interval(no, no);
    if (choice < 0) return isCertain(own) ? interval(concrete, concrete) : anything;
    if (classic && !isCertain(ofSymbol(choice))) return anything;
    const group = [...members.symbols.subarray(members.starts[choice], members.starts[choice + 1])];
    const settled = group.every((each) => isCertain(visibility(each)));
    let conditions = true;
    for (let row = defaults.starts[choice] as number; row < (defaults.starts[choice + 1] as number); row++) {
      if (!isCertain(ofExpression(defaults.conditions[row] as number))) conditions = false;
    }
    if (settled && conditions) return interval(concrete, concrete);
    const winner = surelyChosen(choice);
    if (winner < 0) return anything;
    if (symbol !== winner && !isCertain(own)) written[symbol] = 1;
    return symbol === winner ? interval(yes, yes) : interval(no, no);
  }

  /** The member that the user asked for, where nothing before it in the order of priority can take its place; or -1. */
  function surelyChosen(choice: number): number {
    const order = classic
      ? [user.chosen.get(choice) ?? -1].filter((each) => each >= 0)
      : (user.priorities.get(choice) ?? []);
    for (const each of order) {
      if (user.has[each] !== 1 || user.tristates[each] !== yes) continue;
      const visible = visibility(each);
      if (mostOf(visible) === no) continue;
      return leastOf(visible) === no ? -1 : each;
    }
    return -1;
  }

  function isTextCertain(symbol: number): boolean {
    const visible = visibility(symbol);
    if (!isCertain(visible) || !isRangeCertain(symbol)) return false;
    if (mostOf(visible) !== no && user.has[symbol] === 1) return true;
    for (let row = defaults.starts[symbol] as number; row < (defaults.starts[symbol + 1] as number); row++) {
      const condition = ofExpression(defaults.conditions[row] as number);
      if (mostOf(condition) === no) continue;
      if (!isCertain(condition)) return false;
      const e = defaults.values[row] as number;
      if (op[e] !== Op.symbol) return isCertain(ofExpression(e));
      ofSymbol(left[e] as number);
      return value[left[e] as number] === 0;
    }
    return true;
  }

  function isRangeCertain(symbol: number): boolean {
    for (let row = ranges.starts[symbol] as number; row < (ranges.starts[symbol + 1] as number); row++) {
      const condition = ofExpression(ranges.conditions[row] as number);
      if (mostOf(condition) === no) continue;
      if (!isCertain(condition)) return false;
      for (const bound of [ranges.lowers[row] as number, ranges.uppers[row] as number]) {
        ofSymbol(bound);
        if (value[bound] === 1) return false;
      }
      return true;
    }
    return true;
  }

  for (const symbol of dependencyOrder(model)) ofSymbol(symbol);
  return { value, written };
}
