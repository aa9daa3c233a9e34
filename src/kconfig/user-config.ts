/** Reads what a config asks for, line by line as the kernel's loader does (scripts/kconfig/confdata.c), and merges fragments. */

import { type KconfigModel, symbolNamed } from './model.ts';
import { mod, no, SymbolType, yes } from './symbol.ts';
import { createUserValues, type UserValues } from './user-values.ts';
import { isValidNumber } from './value.ts';

/** What the loader does not take as it stands. */
export interface Refusal {
  readonly kind: 'unknown-symbol' | 'invalid-value' | 'unexpected-line';
  /** Empty for a line that names no symbol. */
  readonly symbol: string;
  readonly value: string;
  /** 1-based. */
  readonly line: number;
}

interface Assignment {
  readonly symbol: string;
  readonly value: string;
}

/** The assignment on a line; undefined where there is none, `unexpected` where the loader warns about the line. */
function assignmentOn(line: string, reader: KconfigModel['dialect']['reader']): Assignment | 'unexpected' | undefined {
  if (line.startsWith('#')) {
    const name = line.startsWith('CONFIG_', 2) && (reader === 'loose' || line[1] === ' ') ? line.slice(9) : '';
    const blank = name.indexOf(' ');
    if (blank < 0) return undefined;
    const rest = name.slice(blank + 1);
    const matches = reader === 'exact' ? rest === 'is not set' : rest.startsWith('is not set');
    return matches ? { symbol: name.slice(0, blank), value: 'n' } : undefined;
  }
  if (line.startsWith('CONFIG_')) {
    const equals = line.indexOf('=');
    if (equals >= 0) return { symbol: line.slice(7, equals), value: line.slice(equals + 1) };
    return reader === 'exact' ? 'unexpected' : undefined;
  }
  return line === '' ? undefined : 'unexpected';
}

/** A line that the loader takes, with the number of its symbol. */
export interface UserSetting {
  readonly symbol: number;
  readonly value: string;
  /** `# CONFIG_X is not set` rather than an assignment. */
  readonly isComment: boolean;
  /** 1-based; 0 for what stands in no file. */
  readonly line: number;
}

export interface UserConfig {
  readonly settings: readonly UserSetting[];
  readonly refusals: readonly Refusal[];
}

/** What a config says of each symbol of a model, by its number: a text without quotes, `n` for `not set`, undefined for nothing. */
export type RecordedValues = readonly (string | undefined)[];

/** Reads the lines of a config that name symbols of the model, and what the loader does not take. */
export function parseUserConfig(model: KconfigModel, text: string): UserConfig {
  return parseRecordedConfig(model, text).config;
}

/** The same, and what stands there, whether the loader takes it or not. */
export function parseRecordedConfig(
  model: KconfigModel,
  text: string,
): { readonly config: UserConfig; readonly recorded: RecordedValues } {
  const refusals: Refusal[] = [];
  const settings: UserSetting[] = [];
  const recorded = new Array<string | undefined>(model.symbols.count).fill(undefined);
  let number = 0;
  for (let at = 0; at <= text.length; ) {
    const next = text.indexOf('\n', at);
    const raw = text.slice(at, next < 0 ? text.length : next);
    at = next < 0 ? text.length + 1 : next + 1;
    number++;
    const end = raw.indexOf('\0');
    const cut = end < 0 ? raw : raw.slice(0, end);
    const line = cut.endsWith('\r') ? cut.slice(0, -1) : cut;
    const found = assignmentOn(line, model.dialect.reader);
    if (found === undefined) continue;
    if (found === 'unexpected') {
      refusals.push({ kind: 'unexpected-line', symbol: '', value: line, line: number });
      continue;
    }
    const symbol = symbolNamed(model, found.symbol);
    if (symbol !== undefined) recorded[symbol] = withoutQuotes(found.value);
    if (symbol === undefined || symbol < 3 || model.symbols.types[symbol] === SymbolType.unknown) {
      refusals.push({ kind: 'unknown-symbol', symbol: found.symbol, value: found.value, line: number });
      continue;
    }
    const isComment = line.startsWith('#');
    if (model.dialect.reader === 'loose' && isComment && (model.symbols.types[symbol] as number) > 2) continue;
    if (valueFault(model, symbol, found.value)) {
      refusals.push({ kind: 'invalid-value', symbol: found.symbol, value: found.value, line: number });
      continue;
    }
    settings.push({ symbol, value: found.value, isComment, line: number });
  }
  return { config: { settings, refusals }, recorded };
}

/** Most values have neither quotes nor backslashes. */
function withoutQuotes(value: string): string {
  const inner = value.startsWith('"') ? value.replace(/^"(.*)"$/, '$1') : value;
  return inner.includes('\\') ? inner.replace(/\\(.)/g, '$1') : inner;
}

/** Sets what settings ask for in fresh user values; the last one of a symbol counts. */
export function applyUserConfig(model: KconfigModel, settings: Iterable<UserSetting>): UserValues {
  const user = createUserValues(model);
  const classic = model.dialect.choices === 'classic';
  // Classic choices count as set once a config was read.
  if (classic) for (const choice of user.priorities.keys()) user.has[choice] = 1;
  const named = new Map<number, number[]>();
  for (const { symbol, value } of settings) {
    setUserValue(model, user, symbol, value);
    const choice = choiceSymbolOf(model, symbol);
    if (choice < 0) continue;
    if (classic) setClassicChoice(user, choice, symbol);
    else if (!named.get(choice)?.push(symbol)) named.set(choice, [symbol]);
  }
  // What was set last is heard first, what was not set last of all.
  for (const [choice, members] of named) {
    user.priorities.set(choice, [...new Set([...members.reverse(), ...(user.priorities.get(choice) ?? [])])]);
  }
  return user;
}

/** The choice symbol that a symbol is a member of, or -1. */
export function choiceSymbolOf(model: KconfigModel, symbol: number): number {
  const entry = model.symbols.choices[symbol] as number;
  return entry < 0 ? -1 : (model.entries.symbols[entry] as number);
}

function setClassicChoice(user: UserValues, choice: number, symbol: number): void {
  const value = user.tristates[symbol] as number;
  if (value === no) return;
  if (value === mod && user.tristates[choice] === yes) user.has[choice] = 0;
  if (value === yes) user.chosen.set(choice, symbol);
  user.tristates[choice] = Math.max(user.tristates[choice] as number, value);
}

const logicLetters = 'nmy';

/** True where the loader warns that the value is invalid and takes nothing. */
function valueFault(model: KconfigModel, symbol: number, value: string): boolean {
  const type = model.symbols.types[symbol] as SymbolType;
  switch (type) {
    case SymbolType.bool:
      return value[0] !== 'y' && value[0] !== 'n';
    case SymbolType.tristate:
      return value === '' || !logicLetters.includes(value[0] as string);
    case SymbolType.string:
      return value.startsWith('"') && unquote(value) === undefined;
    default:
      return !isValidNumber(type, value);
  }
}

/** Sets a valid value; a string without quotes is passed over without a word. */
function setUserValue(model: KconfigModel, user: UserValues, symbol: number, value: string): void {
  const type = model.symbols.types[symbol] as SymbolType;
  if (type === SymbolType.bool || type === SymbolType.tristate) {
    user.tristates[symbol] = logicLetters.indexOf(value[0] as string);
  } else if (type === SymbolType.string) {
    if (!value.startsWith('"')) return;
    user.texts[symbol] = unquote(value);
  } else user.texts[symbol] = value;
  user.has[symbol] = 1;
}

/** The text between the quotes; what follows the closing one is ignored, undefined where there is none. */
function unquote(value: string): string | undefined {
  let text = '';
  for (let i = 1; i < value.length; i++) {
    if (value[i] === '"') return text;
    if (value[i] === '\\') i++;
    text += value[i] ?? '';
  }
  return undefined;
}

/**
 * One config of a base and fragments, as scripts/kconfig/merge_config.sh makes it: what a fragment names is taken out of what
 * came before, and the fragment follows.
 */
export function mergeConfigs(texts: readonly string[]): string {
  let [merged = ''] = texts;
  for (const fragment of texts.slice(1)) {
    const named = new Set<string>();
    for (const line of fragment.split('\n')) {
      const name =
        /^CONFIG_([A-Za-z0-9_]*)=/.exec(line)?.[1] ?? /^# CONFIG_([A-Za-z0-9_]*) is not set$/.exec(line)?.[1];
      if (name !== undefined) named.add(name);
    }
    const kept = merged.split('\n').filter((line) => {
      for (const [, name] of line.matchAll(/CONFIG_([A-Za-z0-9_]*)[ =]/g)) if (named.has(name as string)) return false;
      return true;
    });
    merged = `${kept.join('\n')}\n${fragment}`;
  }
  return merged;
}
