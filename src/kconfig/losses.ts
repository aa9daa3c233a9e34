/** Which settings a kernel does not keep, and the symbol that each of them founders on in the end. */
import type { Evaluation } from './evaluate.ts';
import { Op } from './expression.ts';
import { symbolNamed, symbolsNamed } from './model.ts';
import { canNeverBeOn } from './possible.ts';
import { no, SymbolFlag, SymbolType, tristateNames, yes } from './symbol.ts';

/** What a config asks for: `y`, `m`, `n`, or the text of a number or string. */
export interface Wanted {
  readonly symbol: string;
  readonly value: string;
}

export type LossReason =
  | 'unknown-symbol'
  | 'hidden-symbol'
  | 'unmet-dependency'
  | 'other-choice-member'
  | 'selected'
  | 'only-module'
  | 'no-modules'
  | 'invalid-value'
  | 'changed';

/** One step from a setting towards what it founders on. */
export interface Link {
  readonly symbol: string;
  /** `depends on`, `is selected by` … */
  readonly how: string;
  /** Empty where it is the toolchain that says no. */
  readonly other: string;
  /** The value that the other has now, or the expression's. */
  readonly value: string;
}

export interface Loss extends Wanted {
  /** What the symbol comes to: a value, or `absent`. */
  readonly actual: string;
  readonly reason: LossReason;
  readonly chain: readonly Link[];
  /** The symbol at the end of the chain; the setting's own where there is no chain. */
  readonly root: string;
  /** The value that the root has and the settings would need it not to have. */
  readonly rootValue: string;
}

/** A loss for which several roots may be named. */
interface Candidate extends Omit<Loss, 'chain' | 'root' | 'rootValue'> {
  readonly chains: readonly (readonly Link[])[];
}

/**
 * The settings that do not come out as they were asked for. Where one founders on several symbols, it is counted to the one on which
 * most others founder too.
 */
export function findLosses(evaluation: Evaluation, wanted: readonly Wanted[]): Loss[] {
  const numbers = symbolsNamed(evaluation.model, wanted);
  const asked = new Set<number>();
  wanted.forEach(({ value }, i) => {
    if (value !== 'n') asked.add(numbers[i] as number);
  });
  const candidates = wanted
    .map((each, i) => candidateFor(evaluation, each, numbers[i] as number, asked))
    .filter((each) => each !== undefined);
  const counts = new Map<string, number>();
  for (const { chains } of candidates) {
    for (const root of new Set(chains.map((chain) => chain.at(-1)?.other))) {
      if (root !== undefined) counts.set(root, (counts.get(root) ?? 0) + 1);
    }
  }
  const weight = (chain: readonly Link[]): number => counts.get(chain.at(-1)?.other ?? '') ?? 0;
  return candidates.map(({ chains, ...loss }) => {
    const chain = chains.reduce<readonly Link[]>(
      (best, each) => (weight(each) > weight(best) ? each : best),
      chains[0] ?? [],
    );
    // What selects a symbol is what can be changed, not what brought the selector along.
    const last = loss.reason === 'selected' ? chain[0] : chain.at(-1);
    return { ...loss, chain, root: last?.other ?? loss.symbol, rootValue: last?.value ?? loss.actual };
  });
}

function candidateFor(
  evaluation: Evaluation,
  wanted: Wanted,
  symbol: number,
  asked: ReadonlySet<number>,
): Candidate | undefined {
  if (isLacking(evaluation, symbol)) {
    return wanted.value === 'n' ? undefined : { ...wanted, actual: 'absent', reason: 'unknown-symbol', chains: [] };
  }
  if (comesOutAs(evaluation, symbol, wanted.value)) return undefined;
  const value = evaluation.textOf(symbol);
  const written = evaluation.isWritten(symbol);
  return { ...wanted, actual: written ? value : 'absent', ...explain(evaluation, symbol, wanted.value, asked) };
}

/** True where a setting takes effect as it was asked for; of a symbol that the kernel lacks only `n` does. */
export function holds(evaluation: Evaluation, { symbol, value }: Wanted): boolean {
  const id = symbolNamed(evaluation.model, symbol) ?? -1;
  return isLacking(evaluation, id) ? value === 'n' : comesOutAs(evaluation, id, value);
}

/** The settings that do not take effect. */
export function failing(evaluation: Evaluation, wanted: readonly Wanted[]): Wanted[] {
  const numbers = symbolsNamed(evaluation.model, wanted);
  return wanted.filter(({ value }, i) => {
    const id = numbers[i] as number;
    return !(isLacking(evaluation, id) ? value === 'n' : comesOutAs(evaluation, id, value));
  });
}

const isLacking = ({ model }: Evaluation, symbol: number): boolean =>
  symbol < 0 || model.symbols.types[symbol] === SymbolType.unknown;

/** The same of a symbol by its number. */
export function comesOutAs(evaluation: Evaluation, symbol: number, value: string): boolean {
  return evaluation.textOf(symbol) === value && (evaluation.isWritten(symbol) || value === 'n');
}

/** The value of a symbol as a config writes it; undefined where it is not written. */
export function valueIn(evaluation: Evaluation, symbol: string): string | undefined {
  const id = symbolNamed(evaluation.model, symbol);
  if (id === undefined) return undefined;
  const value = evaluation.textOf(id);
  return evaluation.isWritten(id) ? value : undefined;
}

interface Explanation {
  readonly reason: LossReason;
  readonly chains: readonly (readonly Link[])[];
}

function explain(evaluation: Evaluation, symbol: number, wanted: string, asked: ReadonlySet<number>): Explanation {
  const { model } = evaluation;
  const { types, choices } = model.symbols;
  const type = types[symbol] as number;
  const isLogic = type === SymbolType.bool || type === SymbolType.tristate;
  const current = evaluation.tristateOf(symbol);
  const level = tristateNames.indexOf(wanted as 'n');
  if (isLogic && (level < 0 || (level === 1 && type === SymbolType.bool)))
    return { reason: 'invalid-value', chains: [] };
  if (isLogic && level < current) {
    const selector = selectorOf(evaluation, symbol);
    if (selector >= 0) {
      const chain = [link(evaluation, symbol, 'is selected by', selector), ...bringing(evaluation, selector, asked)];
      return { reason: 'selected', chains: [chain] };
    }
    if (level === 1 && evaluation.tristateOf(model.modules) === no) {
      return { reason: 'no-modules', chains: [[link(evaluation, symbol, 'can be a module only with', model.modules)]] };
    }
  }
  const hasPrompt = (model.prompts.starts[symbol] as number) < (model.prompts.starts[symbol + 1] as number);
  // What would bring a hidden bool can be asked for; a number or text has no selectors, and its defaults are no dependencies.
  if (!hasPrompt && !isLogic) return { reason: 'hidden-symbol', chains: [] };
  if (!hasPrompt || evaluation.visibilityOf(symbol) === no) {
    const own = unmetChains(evaluation, symbol, 1);
    const chains = own.length > 0 || hasPrompt ? own : selectorChains(evaluation, symbol, asked);
    return { reason: chains.length === 0 && !hasPrompt ? 'hidden-symbol' : 'unmet-dependency', chains };
  }
  if ((choices[symbol] as number) >= 0 && isLogic && current === no) {
    const winner = winnerOf(evaluation, choices[symbol] as number);
    if (winner >= 0) {
      return {
        reason: 'other-choice-member',
        chains: [[link(evaluation, symbol, 'stands in one choice with', winner)]],
      };
    }
  }
  if (isLogic && level === yes && current === 1)
    return { reason: 'only-module', chains: unmetChains(evaluation, symbol, 2) };
  return { reason: isLogic ? 'changed' : 'invalid-value', chains: [] };
}

function link(evaluation: Evaluation, symbol: number, how: string, other: number): Link {
  const { names, flags } = evaluation.model.symbols;
  if ((flags[other] as number) & SymbolFlag.answer)
    return { symbol: names[symbol] as string, how, other: '', value: '' };
  return { symbol: names[symbol] as string, how, other: names[other] as string, value: evaluation.textOf(other) };
}

/** A symbol that selects this one now, or -1. */
export function selectorOf(evaluation: Evaluation, symbol: number): number {
  const { selects } = evaluation.model;
  for (let row = selects.starts[symbol] as number; row < (selects.starts[symbol + 1] as number); row++) {
    const by = selects.selectors[row] as number;
    const condition = evaluation.expressionValue(selects.conditions[row] as number);
    if (by >= 3 && Math.min(evaluation.tristateOf(by), condition) > no) return by;
  }
  return -1;
}

/** For a selector that nobody asked for: the symbol among its dependencies that was asked for, and brought it along. */
function bringing(evaluation: Evaluation, selector: number, asked: ReadonlySet<number>): Link[] {
  if (asked.has(selector)) return [];
  const { expressions, symbols } = evaluation.model;
  const stack = [symbols.dependencies[selector] as number];
  for (let e = stack.pop(); e !== undefined; e = stack.pop()) {
    const [op, l, r] = [expressions.op[e] as number, expressions.left[e] as number, expressions.right[e] as number];
    if (e === 0) continue;
    if (op === Op.and || op === Op.or) stack.push(r, l);
    else if (op === Op.symbol && asked.has(l) && evaluation.tristateOf(l) > no) {
      return [link(evaluation, selector, 'comes with', l)];
    }
  }
  return [];
}

function winnerOf(evaluation: Evaluation, choice: number): number {
  const { entries, members } = evaluation.model;
  const symbol = entries.symbols[choice] as number;
  for (const member of members.symbols.subarray(members.starts[symbol], members.starts[symbol + 1])) {
    if (evaluation.tristateOf(member) === yes) return member;
  }
  return -1;
}

/** For a symbol that only selects can turn on: by way of the selectors that were asked for and are off themselves. */
function selectorChains(evaluation: Evaluation, symbol: number, asked: ReadonlySet<number>): Link[][] {
  const { selects } = evaluation.model;
  const chains: Link[][] = [];
  for (let row = selects.starts[symbol] as number; row < (selects.starts[symbol + 1] as number); row++) {
    const by = selects.selectors[row] as number;
    if (!asked.has(by) || evaluation.tristateOf(by) > no) continue;
    const step = link(evaluation, symbol, 'is turned on by', by);
    for (const chain of unmetChains(evaluation, by, 1)) chains.push([step, ...chain]);
  }
  return chains;
}

const longestChain = 20;
/** Ways that are followed for one setting. */
const mostChains = 24;

/**
 * From a symbol whose prompt cannot be seen to each symbol that could be set, one dependency at a time; only to those that nothing
 * turns on where there are such, for as long as they are off all else is no help.
 */
function unmetChains(evaluation: Evaluation, start: number, level: number): Link[][] {
  const { model } = evaluation;
  const { prompts } = model;
  const chains: Link[][] = [];
  const seen = new Set<number>([start]);
  const open: { symbol: number; needed: number; chain: Link[] }[] = [{ symbol: start, needed: level, chain: [] }];
  for (let at = open.shift(); at !== undefined && chains.length < mostChains; at = open.shift()) {
    const { symbol, needed, chain } = at;
    const row = prompts.starts[symbol] as number;
    const hasPrompt = row < (prompts.starts[symbol + 1] as number);
    const isEnd = chain.length > 0 && hasPrompt && evaluation.visibilityOf(symbol) >= needed;
    const condition = hasPrompt ? (prompts.conditions[row] as number) : hiddenCondition(evaluation, symbol);
    const failing = isEnd || chain.length >= longestChain ? [] : failingSymbols(evaluation, condition, needed);
    const hopeless = failing.filter((next) => canNeverBeOn(model, next.symbol));
    const isHopeless = hopeless.length > 0 || (chain.length > 0 && canNeverBeOn(model, symbol));
    const nexts = isHopeless ? hopeless : failing;
    if (nexts.length === 0 && chain.length > 0) chains.push(chain);
    for (const next of nexts) {
      const longer = [...chain, link(evaluation, symbol, next.how, next.symbol)];
      if (next.how !== 'depends on') chains.push(longer);
      else if (!seen.has(next.symbol)) {
        seen.add(next.symbol);
        open.push({ symbol: next.symbol, needed: next.level, chain: longer });
      }
    }
  }
  return chains;
}

/** What a symbol without a prompt hangs on: its dependencies, else the condition of its first default. */
function hiddenCondition(evaluation: Evaluation, symbol: number): number {
  const { defaults, symbols } = evaluation.model;
  const dependency = symbols.dependencies[symbol] as number;
  if (evaluation.expressionValue(dependency) === no) return dependency;
  const row = defaults.starts[symbol] as number;
  if (row === defaults.starts[symbol + 1]) return 0;
  const condition = defaults.conditions[row] as number;
  return evaluation.expressionValue(condition) === no ? condition : (defaults.values[row] as number);
}

interface Failing {
  readonly symbol: number;
  readonly how: string;
  readonly level: number;
}

const byValue = 'hangs on the value of';

/** The symbols of an expression that keep it below `level`; of alternatives, those of the first that can be told. */
function failingSymbols(evaluation: Evaluation, e: number, level: number): Failing[] {
  const { expressions, symbols } = evaluation.model;
  if (e === 0 || evaluation.expressionValue(e) >= level) return [];
  const [op, l, r] = [expressions.op[e] as number, expressions.left[e] as number, expressions.right[e] as number];
  const one = (symbol: number, how: string, needed: number): Failing[] => {
    const flag = symbols.flags[symbol] as number;
    if (flag & SymbolFlag.answer) return [{ symbol, how: 'asks', level: needed }];
    if (symbol < 3 || (flag & (SymbolFlag.constant | SymbolFlag.choice)) !== 0) return [];
    // A number without quotes is a name to the language, and to everybody else a number.
    const isNumber = symbols.types[symbol] === SymbolType.unknown && /^-?\d/.test(symbols.names[symbol] as string);
    return isNumber ? [] : [{ symbol, how, level: needed }];
  };
  /** The left side is told of; the right one where a number stands to its left. */
  const compared = (how: string, needed: number): Failing[] => {
    const left = one(l, how, needed);
    return left.length > 0 ? left : one(r, byValue, needed);
  };
  switch (op) {
    case Op.and:
      return [...failingSymbols(evaluation, l, level), ...failingSymbols(evaluation, r, level)];
    case Op.or: {
      const ways = [failingSymbols(evaluation, l, level), failingSymbols(evaluation, r, level)];
      const canBe = (way: readonly Failing[]): boolean =>
        way.length > 0 && way.every(({ symbol }) => !canNeverBeOn(evaluation.model, symbol));
      return ways.find(canBe) ?? ways.find((way) => way.length > 0) ?? [];
    }
    case Op.symbol:
      return one(l, 'depends on', level);
    case Op.not:
      return expressions.op[l] === Op.symbol ? one(expressions.left[l] as number, 'needs the absence of', level) : [];
    case Op.equal:
      return compared(r === no ? 'needs the absence of' : r === yes ? 'depends on' : byValue, yes);
    case Op.notEqual:
      return compared(r === no ? 'depends on' : byValue, 1);
    default:
      return compared(byValue, level);
  }
}
