/** What the engine finds out about a setting, in the words that people get to read. */
import { Op } from './expression.ts';
import type { Link, Loss } from './losses.ts';
import { isDefined, type KconfigModel, symbolNamed } from './model.ts';
import { alsoAsked, canNeverBeOn } from './possible.ts';
import { SymbolFlag, SymbolType, typeNames } from './symbol.ts';

/** `CONFIG_X=y`, or `CONFIG_X off`. */
export function wishInWords({ symbol, value }: { readonly symbol: string; readonly value: string }): string {
  return value === 'n' ? `CONFIG_${symbol} off` : `CONFIG_${symbol}=${value}`;
}

/** `off`, or the value that a setting comes to; quotes where it is a text without a letter. */
export function cameTo({ actual }: Pick<Loss, 'actual'>): string {
  return actual === 'absent' || actual === 'n' ? 'off' : actual || '""';
}

/** `CONFIG_A depends on CONFIG_B, which depends on CONFIG_C`. */
export function chainInWords(chain: readonly Link[]): string {
  return chain
    .map(({ symbol, how, other }, i) => {
      const rest = other === '' ? `${how} the toolchain, which says no` : `${how} CONFIG_${other}`;
      return i === 0 ? `CONFIG_${symbol} ${rest}` : `which ${rest}`;
    })
    .join(', ');
}

/** What the last symbol of a chain is, ready to follow its name. */
export function stateInWords({ how, other, value }: Link, model: KconfigModel): string {
  const id = symbolNamed(model, other);
  if (id === undefined || !isDefined(model, id))
    return `which this kernel does not have${model.arch === '' ? '' : ` on ${model.arch}`}`;
  if (how === 'needs the absence of') return `which is ${value === 'n' ? 'off' : value}`;
  return value === 'n' ? 'which is off' : `which is ${value}`;
}

/** Who decides a symbol without a prompt. */
export function decidersInWords(symbol: string, { symbols, selects }: KconfigModel, id: number): string {
  const names = [...selects.selectors.subarray(selects.starts[id], selects.starts[id + 1])]
    .filter((by) => by >= 3)
    .map((by) => `CONFIG_${symbols.names[by]}`);
  const unique = [...new Set(names)].filter((name) => name !== `CONFIG_${symbol}`);
  if (unique.length === 0) return 'nothing on this architecture selects it, its default decides';
  const more = unique.length > 4 ? ` and ${unique.length - 4} more` : '';
  return `${unique.slice(0, 4).join(', ')}${more} select${unique.length === 1 ? 's' : ''} it`;
}

const unnamed = SymbolFlag.constant | SymbolFlag.choice | SymbolFlag.answer;

/**
 * The symbols with which the default of a number or text is a value; empty where no default says so, or where its condition asks for
 * more than symbols that are on, or for one that never is.
 */
function symbolsBringing(model: KconfigModel, id: number, value: string): string[] {
  const { symbols, defaults, expressions } = model;
  if ((symbols.types[id] as number) <= SymbolType.tristate) return [];
  const { op, left, right } = expressions;
  const isValue = (e: number): boolean => {
    const given = left[e] as number;
    // What is not defined, a number without quotes too, stands for its own name.
    return op[e] === Op.symbol && !isDefined(model, given) && symbols.names[given] === value;
  };
  const named = (e: number): string[] | undefined => {
    if (op[e] === Op.and) {
      const [first, second] = [named(left[e] as number), named(right[e] as number)];
      return first === undefined || second === undefined ? undefined : [...first, ...second];
    }
    const symbol = left[e] as number;
    const isUnnamed = ((symbols.flags[symbol] as number) & unnamed) !== 0;
    if (op[e] !== Op.symbol || isUnnamed || canNeverBeOn(model, symbol)) return undefined;
    return [symbols.names[symbol] as string];
  };
  for (let row = defaults.starts[id] as number; row < (defaults.starts[id + 1] as number); row++) {
    const condition = defaults.conditions[row] as number;
    // No default further down is ever looked at.
    if (condition === 0) break;
    const names = isValue(defaults.values[row] as number) ? named(condition) : undefined;
    if (names !== undefined) return names;
  }
  return [];
}

/** Who decides a symbol without a prompt, and with what it comes to a value. */
function wayInWords({ symbol, value }: Loss, model: KconfigModel, id: number): string {
  const names = symbolsBringing(model, id, value).map((name) => `CONFIG_${name}`);
  return names.length === 0
    ? decidersInWords(symbol, model, id)
    : `its default decides, and it comes to ${value} with ${names.join(' and ')}`;
}

/**
 * Why losses with the same reason and root are lost, in one sentence that fits one of them (`who` is `CONFIG_X=y`) and many of them
 * (`who` is `37 settings`).
 */
export function lossInWords(loss: Loss, model: KconfigModel, who: string, isOne: boolean): string {
  const { reason, root, chain, symbol } = loss;
  const s = isOne ? 's' : '';
  const last = chain.at(-1);
  const id = symbolNamed(model, symbol) ?? 0;
  switch (reason) {
    case 'unknown-symbol':
      return isOne ? `this kernel has no CONFIG_${symbol}` : `${who} name symbols that this kernel does not have`;
    case 'hidden-symbol':
      return isOne
        ? `CONFIG_${symbol} has no prompt, so it cannot be set: ${wayInWords(loss, model, id)}`
        : `${who} name symbols without a prompt, which cannot be set`;
    case 'other-choice-member':
      return loss.rootValue === alsoAsked
        ? `${who}: only one of its choice can be set, and CONFIG_${root} is asked for as well`
        : `${who}: only one of its choice can be set, and that is CONFIG_${root}`;
    case 'selected': {
      const along = chain.length > 1 && last !== undefined ? `, and comes with CONFIG_${last.other}` : '';
      return `${who} cannot be: CONFIG_${root} selects ${isOne ? 'it' : 'them'}${along}`;
    }
    case 'no-modules':
      return `${who} come${s} to y: CONFIG_${root} is off, so nothing can be a module`;
    case 'invalid-value':
      return isOne ? invalidInWords(loss, model, id) : `${who} have values that their symbols cannot have`;
    case 'only-module':
      return `${who} come${s} to m: CONFIG_${root} is m`;
    case 'changed':
      return `${who} come${s} to ${cameTo(loss)}`;
    case 'unmet-dependency':
      if (last?.other === '') return `${who} need${s} what the toolchain cannot do`;
      return last === undefined
        ? `${who} cannot be set on this architecture`
        : `${who} founder${s} on CONFIG_${root}, ${stateInWords(last, model)}`;
  }
}

function invalidInWords({ symbol, value, actual }: Loss, { symbols, ranges }: KconfigModel, id: number): string {
  const type = typeNames[symbols.types[id] as 1];
  const first = ranges.starts[id] as number;
  const name = (bound: number | undefined): string => symbols.names[bound ?? 0] as string;
  const range =
    first < (ranges.starts[id + 1] as number)
      ? ` from ${name(ranges.lowers[first])} to ${name(ranges.uppers[first])}`
      : '';
  const comes = actual === 'absent' ? '' : `; it comes to ${cameTo({ actual })}`;
  return `CONFIG_${symbol} cannot be ${value}: it is ${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}${range}${comes}`;
}
