/** The values that Kconfig gives to every symbol: scripts/kconfig/symbol.c over the columns of a model. */
import { fillIn } from './answers.ts';
import { Op } from './expression.ts';
import { EntryFlag, type KconfigModel } from './model.ts';
import { mod, no, SymbolFlag, SymbolType, tristateNames, yes } from './symbol.ts';
import type { UserValues } from './user-values.ts';
import { compareValues, isValidNumber, numberOf } from './value.ts';

const notComputed = 255;
/** Symbols that may wait for one another's values before they are put in order first. */
const maximumDepth = 400;

export interface Evaluation {
  readonly model: KconfigModel;
  readonly user: UserValues;
  /** Computes what is not known yet and gives the value as a config writes it, strings without quotes. */
  readonly textOf: (symbol: number) => string;
  readonly tristateOf: (symbol: number) => number;
  /** The prompt's visibility, after `textOf`. */
  readonly visibilityOf: (symbol: number) => number;
  /** What selects ask for at least. */
  readonly selectedTo: (symbol: number) => number;
  readonly isWritten: (symbol: number) => boolean;
  readonly isChangeable: (symbol: number) => boolean;
  readonly expressionValue: (e: number) => number;
  readonly isEntryVisible: (entry: number) => boolean;
  /** The value that a config without the symbol would get. */
  readonly defaultOf: (symbol: number) => string;
  /** The member that a choice takes by itself, or -1. */
  readonly defaultMemberOf: (choiceEntry: number) => number;
  /** Forgets all computed values; that of MODULES, on which the types of others hang, is computed first or when it is asked for. */
  readonly clear: () => void;
  /** Forgets the value of one symbol, but not of those that were made from it. */
  readonly forget: (symbol: number) => void;
  /** True where a number is valid and within the range that holds now. */
  readonly isInRange: (symbol: number, text: string) => boolean;
  /** Classic choices are to settle their members when they are next computed, as the all…config targets do. */
  readonly settleChoicesLater: () => void;
  readonly settleChoice: (choice: number) => void;
}

/** Thrown where symbols wait for one another in a chain longer than anything a kernel has. */
export class ChainTooLong extends Error {}

/**
 * Starts an evaluation; `answers` are those to the questions of the model, in their order. Symbols in `recorded` are not computed:
 * they have the value that stands there, undefined for one that is not written.
 */
export function createEvaluation(
  model: KconfigModel,
  answers: readonly string[],
  user: UserValues,
  recorded: ReadonlyMap<number, string | undefined> = new Map(),
): Evaluation {
  const { dialect, entries, symbols } = model;
  const { count, flags, dependencies, choices } = symbols;
  const { op, left, right } = model.expressions;
  const { prompts, defaults, ranges, selects, implies } = model;
  const classic = dialect.choices === 'classic';
  const types = symbols.types.slice();
  const valid = new Uint8Array(count);
  const written = new Uint8Array(count);
  const tristates = new Uint8Array(count);
  const texts = new Array<string>(count).fill('');
  const visibilities = new Uint8Array(count);
  const direct = new Uint8Array(count);
  const selected = new Uint8Array(count);
  const implied = new Uint8Array(count);
  const member = new Uint8Array(count);
  const chosen = new Int32Array(count).fill(-1);
  const unsettled = new Uint8Array(count);
  /** Winners of reworked choices by their entry, once they are known. */
  const winners = new Map<number, number>();
  const computed = new Uint8Array(model.expressions.length).fill(notComputed);
  let modulesValue = 0;
  let modulesKnown = false;
  let depth = 0;

  const fixed: number[] = [];
  for (let i = 0; i < count; i++) {
    if (i < 3) {
      tristates[i] = i;
      texts[i] = tristateNames[i] as string;
      fixed.push(i);
    } else if ((flags[i] as number) & SymbolFlag.answer) {
      const name = fillIn(symbols.names[i] as string, answers);
      const constant = tristateNames.indexOf(name as 'n');
      texts[i] = name;
      if (constant >= 0) {
        types[i] = SymbolType.tristate;
        tristates[i] = constant;
      }
      fixed.push(i);
    } else if (types[i] === SymbolType.unknown) {
      texts[i] = symbols.names[i] as string;
      fixed.push(i);
    }
  }
  for (const [symbol, text] of recorded) {
    if (isLogic(types[symbol] as number)) tristates[symbol] = Math.max(0, tristateNames.indexOf((text ?? 'n') as 'n'));
    else texts[symbol] = text ?? '';
    written[symbol] = text === undefined ? 0 : 1;
    fixed.push(symbol);
  }
  for (const choiceMember of model.members.symbols) member[choiceMember] = 1;
  for (const symbol of fixed) valid[symbol] = 1;

  /** A tristate is a bool where modules are off. */
  function isBool(symbol: number): boolean {
    if (types[symbol] !== SymbolType.tristate) return types[symbol] === SymbolType.bool;
    return modulesValue === no || (classic && member[symbol] === 1 && visibilities[symbol] === yes);
  }

  function stringOf(symbol: number): string {
    return isLogic(types[symbol] as number)
      ? (tristateNames[tristates[symbol] as number] as string)
      : (texts[symbol] as string);
  }

  /** The text that a default or a bound takes from a symbol: of a bool the kernel takes the text that it last had, which is n. */
  function lastTextOf(symbol: number): string {
    return isLogic(types[symbol] as number) && symbol > 2 ? 'n' : stringOf(symbol);
  }

  function evaluate(e: number): number {
    if (e === 0) return yes;
    const before = computed[e] as number;
    if (before !== notComputed) return before;
    const value = evaluateNode(e);
    computed[e] = value;
    return value;
  }

  function evaluateNode(e: number): number {
    const l = left[e] as number;
    switch (op[e]) {
      case Op.symbol:
        if (valid[l] === 0) compute(l);
        return tristates[l] as number;
      case Op.and:
        return Math.min(evaluate(l), evaluate(right[e] as number));
      case Op.or:
        return Math.max(evaluate(l), evaluate(right[e] as number));
      case Op.not:
        return 2 - evaluate(l);
      default:
        return compare(op[e] as number, l, right[e] as number) ? yes : no;
    }
  }

  function compare(operator: number, a: number, b: number): boolean {
    if (valid[a] === 0) compute(a);
    if (valid[b] === 0) compute(b);
    if (isLogic(types[a] as number) && isLogic(types[b] as number)) {
      return holds(operator, (tristates[a] as number) - (tristates[b] as number));
    }
    return holds(operator, compareValues(types[a] as number, stringOf(a), types[b] as number, stringOf(b)));
  }

  function computeVisibility(symbol: number): void {
    if ((flags[symbol] as number) & SymbolFlag.transitional) {
      visibilities[symbol] = yes;
      return;
    }
    let visible = 0;
    for (let i = prompts.starts[symbol] as number; i < (prompts.starts[symbol + 1] as number); i++) {
      let value = evaluate(prompts.conditions[i] as number);
      // A tristate member of a classic choice that is y cannot be m.
      if (classic && value === mod && member[symbol] === 1 && types[symbol] === SymbolType.tristate) {
        if (tristates[entries.symbols[choices[symbol] as number] as number] === yes) value = no;
      }
      if (value > visible) visible = value;
    }
    if (visible === mod && (types[symbol] !== SymbolType.tristate || modulesValue === no)) visible = yes;
    visibilities[symbol] = visible;
    if (member[symbol] === 1) return;
    const dependency = evaluate(dependencies[symbol] as number);
    direct[symbol] = dependency === mod && isBool(symbol) ? yes : dependency;
    selected[symbol] = reverse(selects, symbol);
    implied[symbol] = reverse(implies, symbol);
  }

  function reverse(relation: KconfigModel['selects'], symbol: number): number {
    let value = 0;
    for (let i = relation.starts[symbol] as number; i < (relation.starts[symbol + 1] as number); i++) {
      const by = relation.selectors[i] as number;
      if (valid[by] === 0) compute(by);
      const from = tristates[by] as number;
      if (from <= value) continue;
      value = Math.max(value, Math.min(from, evaluate(relation.conditions[i] as number)));
    }
    return value === mod && isBool(symbol) ? yes : value;
  }

  function compute(symbol: number): void {
    if (valid[symbol] === 1) return;
    if (++depth > maximumDepth) throw new ChainTooLong('symbols wait for one another');
    if (unsettled[symbol] === 1 && member[symbol] === 1) {
      unsettled[symbol] = 0;
      compute(entries.symbols[choices[symbol] as number] as number);
    }
    valid[symbol] = 1;
    written[symbol] = 0;
    computeVisibility(symbol);
    if (visibilities[symbol] !== no) written[symbol] = 1;
    tristates[symbol] = no;
    const type = types[symbol] as number;
    texts[symbol] = dialect.numbersAreZero
      ? type === SymbolType.int
        ? '0'
        : type === SymbolType.hex
          ? '0x0'
          : ''
      : '';
    if (isLogic(type)) computeTristate(symbol);
    else computeText(symbol);
    if (symbol === model.modules) modulesValue = tristates[symbol] as number;
    const flag = flags[symbol] as number;
    if (flag & (SymbolFlag.choice | SymbolFlag.transitional | SymbolFlag.defconfigList)) written[symbol] = 0;
    if (unsettled[symbol] === 1 && flag & SymbolFlag.choice) settleChoice(symbol);
    depth--;
  }

  /** The first default whose condition holds, or -1. */
  function activeDefault(symbol: number): number {
    for (let i = defaults.starts[symbol] as number; i < (defaults.starts[symbol + 1] as number); i++) {
      if (evaluate(defaults.conditions[i] as number) !== no) return i;
    }
    return -1;
  }

  function computeTristate(symbol: number): void {
    const choice = choices[symbol] as number;
    let value: number;
    if (!classic && choice >= 0) {
      computeMember(choice, symbol);
      value = tristates[symbol] as number;
    } else if (classic && member[symbol] === 1 && visibilities[symbol] === yes) {
      value = chosen[entries.symbols[choice] as number] === symbol ? yes : no;
    } else value = computeFree(symbol);
    tristates[symbol] = value === mod && isBool(symbol) ? yes : value;
    if (classic && (flags[symbol] as number) & SymbolFlag.choice) {
      chosen[symbol] = tristates[symbol] === yes ? computeClassicChoice(symbol) : -1;
    }
  }

  /** The value of a bool or tristate that is not decided by a choice. */
  function computeFree(symbol: number): number {
    if (visibilities[symbol] !== no && user.has[symbol] === 1) {
      const asked = Math.min(user.tristates[symbol] as number, visibilities[symbol] as number);
      return Math.max(asked, selected[symbol] as number);
    }
    if (selected[symbol] !== no) written[symbol] = 1;
    let value = 0;
    if (((flags[symbol] as number) & SymbolFlag.choice) === 0) {
      const row = activeDefault(symbol);
      if (row >= 0) {
        value = Math.min(evaluate(defaults.values[row] as number), evaluate(defaults.conditions[row] as number));
        if (value !== no) written[symbol] = 1;
      }
      if (implied[symbol] !== no) {
        written[symbol] = 1;
        value = Math.min(Math.max(value, implied[symbol] as number), direct[symbol] as number);
      }
      if (row >= 0) inheritUserValue(symbol, row, value, '');
    }
    return Math.max(value, selected[symbol] as number);
  }

  /** A value that comes from a transitional symbol of an old config counts as asked for. */
  function inheritUserValue(symbol: number, row: number, value: number, text: string): void {
    if (!dialect.keywords.transitional || user.has[symbol] === 1) return;
    const source = singleSymbol(defaults.values[row] as number);
    if (source < 0 || user.has[source] !== 1 || ((flags[source] as number) & SymbolFlag.transitional) === 0) return;
    user.has[symbol] = 1;
    const final = Math.max(value, selected[symbol] as number);
    user.tristates[symbol] = final === mod && isBool(symbol) ? yes : final;
    user.texts[symbol] = text;
  }

  const singleSymbol = (e: number): number => (op[e] === Op.symbol ? (left[e] as number) : -1);

  function computeText(symbol: number): void {
    if (visibilities[symbol] !== no && user.has[symbol] === 1) {
      texts[symbol] = user.texts[symbol] as string;
    } else {
      const row = activeDefault(symbol);
      const source = row < 0 ? -1 : singleSymbol(defaults.values[row] as number);
      if (source >= 0) {
        written[symbol] = 1;
        compute(source);
        texts[symbol] = lastTextOf(source);
        inheritUserValue(symbol, row, no, texts[symbol] as string);
      }
    }
    keepInRange(symbol);
  }

  /** The row of the range that holds, or -1. */
  function activeRange(symbol: number): number {
    for (let i = ranges.starts[symbol] as number; i < (ranges.starts[symbol + 1] as number); i++) {
      if (evaluate(ranges.conditions[i] as number) !== no) return i;
    }
    return -1;
  }

  function boundOf(bound: number, type: number): bigint {
    compute(bound);
    const own = types[bound] as number;
    const base = own === SymbolType.int || own === SymbolType.hex ? own : type;
    return numberOf(base, lastTextOf(bound));
  }

  function keepInRange(symbol: number): void {
    const type = types[symbol] as number;
    if (type !== SymbolType.int && type !== SymbolType.hex) return;
    const row = activeRange(symbol);
    if (row < 0) return;
    const value = numberOf(type, texts[symbol] as string);
    const [lower, upper] = [ranges.lowers[row] as number, ranges.uppers[row] as number];
    if (value < boundOf(lower, type)) texts[symbol] = lastTextOf(lower);
    else if (value > boundOf(upper, type)) texts[symbol] = lastTextOf(upper);
  }

  /** Symbols within a choice, in the order of the menu. */
  function withinChoice(choice: number): Int32Array {
    return entries.symbols.subarray(choice + 1, entries.ends[choice]).filter((symbol) => symbol >= 0);
  }

  function defaultMemberOf(choice: number): number {
    const symbol = entries.symbols[choice] as number;
    for (let i = defaults.starts[symbol] as number; i < (defaults.starts[symbol + 1] as number); i++) {
      if (evaluate(defaults.conditions[i] as number) === no) continue;
      const candidate = singleSymbol(defaults.values[i] as number);
      if (candidate >= 0 && visibilities[candidate] !== no) return candidate;
    }
    if (classic) return membersOf(symbol).find((each) => visibilities[each] !== no) ?? -1;
    for (const candidate of withinChoice(choice)) if (visibilities[candidate] !== no) return candidate;
    return -1;
  }

  const membersOf = (choice: number): Int32Array =>
    model.members.symbols.subarray(model.members.starts[choice], model.members.starts[choice + 1]);

  /** Members that were not looked at when their choice was decided have lost: the choice is not gone through again for each. */
  function computeMember(choice: number, symbol: number): void {
    const winner = winners.get(choice);
    if (winner === undefined) computeChoice(choice);
    else if (visibilities[symbol] !== no) decide(symbol, winner);
  }

  function decide(candidate: number, winner: number): void {
    tristates[candidate] = candidate === winner ? yes : no;
    valid[candidate] = 1;
    written[candidate] = 1;
  }

  /** Reworked choices: what was set last, else the default, else what nobody spoke of, else what was refused first. */
  function computeChoice(choice: number): void {
    const priority = user.priorities.get(entries.symbols[choice] as number) as number[];
    let winner = -1;
    for (const candidate of priority) {
      computeVisibility(candidate);
      if (visibilities[candidate] === no || user.has[candidate] !== 1 || user.tristates[candidate] !== yes) continue;
      winner = candidate;
      break;
    }
    if (winner < 0) {
      winner = defaultMemberOf(choice);
      if (winner >= 0 && user.has[winner] === 1 && user.tristates[winner] === no) winner = -1;
    }
    if (winner < 0) {
      for (const candidate of withinChoice(choice)) {
        if (visibilities[candidate] === no || user.has[candidate] === 1) continue;
        winner = candidate;
        break;
      }
    }
    for (let i = priority.length - 1; winner < 0 && i >= 0; i--) {
      if (visibilities[priority[i] as number] !== no) winner = priority[i] as number;
    }
    for (const candidate of withinChoice(choice)) if (visibilities[candidate] !== no) decide(candidate, winner);
    winners.set(choice, winner);
  }

  /** Classic choices: the member that the config set, else the default; the choice is new where a visible member is. */
  function computeClassicChoice(symbol: number): number {
    let settled = user.has[symbol] === 1;
    for (const candidate of membersOf(symbol)) {
      computeVisibility(candidate);
      if (visibilities[candidate] !== no && user.has[candidate] !== 1) settled = false;
    }
    user.has[symbol] = settled ? 1 : 0;
    const asked = user.chosen.get(symbol) ?? -1;
    if (asked >= 0 && visibilities[asked] !== no) return asked;
    const found = defaultMemberOf(choiceEntryOf(symbol));
    if (found < 0) {
      tristates[symbol] = no;
      // Expressions were computed while the choice still counted as y.
      computed.fill(notComputed);
    }
    return found;
  }

  function choiceEntryOf(symbol: number): number {
    const [first] = membersOf(symbol);
    return first === undefined ? entries.symbols.indexOf(symbol) : (choices[first] as number);
  }

  function settleChoice(choice: number): void {
    for (const candidate of membersOf(choice)) if (user.has[candidate] !== 1) user.tristates[candidate] = no;
    user.has[choice] = 1;
    valid[choice] = 0;
    unsettled[choice] = 0;
  }

  function clear(): void {
    valid.fill(0);
    computed.fill(notComputed);
    winners.clear();
    for (const symbol of fixed) valid[symbol] = 1;
    depth = 0;
    modulesKnown = false;
  }

  /** As it was when the symbol was computed, where its only prompt is this one. */
  function isPromptVisible(entry: number, symbol: number): boolean {
    const isOnly = symbol >= 0 && (prompts.starts[symbol + 1] as number) - (prompts.starts[symbol] as number) === 1;
    return (isOnly ? (visibilities[symbol] as number) : evaluate(entries.conditions[entry] as number)) !== no;
  }

  function computeModules(): void {
    modulesKnown = true;
    compute(model.modules);
  }

  function isEntryVisible(entry: number): boolean {
    const flag = entries.flags[entry] as number;
    if ((flag & EntryFlag.prompt) === 0) return entry === 0;
    if (entries.visibilities[entry] !== 0 && evaluate(entries.visibilities[entry] as number) === no) return false;
    const symbol = entries.symbols[entry] as number;
    if (symbol >= 0) compute(symbol);
    if (isPromptVisible(entry, symbol)) return true;
    if (symbol < 0 || tristates[symbol] === no) return false;
    for (let child = entry + 1; child < (entries.ends[entry] as number); child = entries.ends[child] as number) {
      if (!isEntryVisible(child)) continue;
      // Classic Kconfig takes a symbol as set once it has shown what stands below it.
      if (classic) user.has[symbol] = 1;
      return true;
    }
    return false;
  }

  function defaultOf(symbol: number): string {
    computeVisibility(symbol);
    compute(model.modules);
    const type = types[symbol] as number;
    const row = activeDefault(symbol);
    if (!isLogic(type)) {
      const source = row < 0 ? -1 : singleSymbol(defaults.values[row] as number);
      if (source >= 0) compute(source);
      const text = source < 0 ? '' : lastTextOf(source);
      if (text !== '' || !dialect.numbersAreZero) return text;
      return type === SymbolType.int ? '0' : type === SymbolType.hex ? '0x0' : '';
    }
    let value = 0;
    if (row >= 0)
      value = Math.min(evaluate(defaults.values[row] as number), evaluate(defaults.conditions[row] as number));
    value = Math.max(value, selected[symbol] as number);
    if (value === mod && member[symbol] === 0 && tristates[model.modules] === no) value = yes;
    if (value === mod && type === SymbolType.bool) value = yes;
    return tristateNames[Math.max(value, implied[symbol] as number)] as string;
  }

  return {
    model,
    user,
    textOf(symbol) {
      if (!modulesKnown) computeModules();
      compute(symbol);
      return stringOf(symbol);
    },
    tristateOf(symbol) {
      if (!modulesKnown) computeModules();
      compute(symbol);
      return tristates[symbol] as number;
    },
    visibilityOf: (symbol) => visibilities[symbol] as number,
    selectedTo: (symbol) => selected[symbol] as number,
    isWritten: (symbol) => written[symbol] === 1,
    isChangeable: (symbol) =>
      (classic || ((flags[symbol] as number) & SymbolFlag.choice) === 0) &&
      (visibilities[symbol] as number) > (selected[symbol] as number),
    expressionValue: evaluate,
    isEntryVisible,
    defaultOf,
    defaultMemberOf,
    clear,
    forget(symbol) {
      valid[symbol] = 0;
      computed.fill(notComputed);
      winners.clear();
    },
    isInRange(symbol, text) {
      const type = types[symbol] as number;
      if (type === SymbolType.string) return true;
      if (!isValidNumber(type, text)) return false;
      const row = activeRange(symbol);
      if (row < 0) return true;
      const value = numberOf(type, text);
      return (
        value >= boundOf(ranges.lowers[row] as number, type) && value <= boundOf(ranges.uppers[row] as number, type)
      );
    },
    settleChoicesLater() {
      for (let i = 3; i < count; i++) {
        const isChoice = ((flags[i] as number) & SymbolFlag.choice) !== 0;
        if ((isChoice && user.has[i] !== 1) || member[i] === 1) unsettled[i] = 1;
      }
    },
    settleChoice,
  };
}

function isLogic(type: number): boolean {
  return type === SymbolType.bool || type === SymbolType.tristate;
}

function holds(operator: number, difference: number): boolean {
  switch (operator) {
    case Op.equal:
      return difference === 0;
    case Op.notEqual:
      return difference !== 0;
    case Op.less:
      return difference < 0;
    case Op.lessEqual:
      return difference <= 0;
    case Op.greater:
      return difference > 0;
    default:
      return difference >= 0;
  }
}
