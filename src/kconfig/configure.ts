/** The targets of the kernel's own `conf`: what a config becomes, and how it is written. */

import { fillIn } from './answers.ts';
import { ChainTooLong, createEvaluation, type Evaluation } from './evaluate.ts';
import { EntryFlag, type KconfigModel, symbolNamed } from './model.ts';
import { dependencyOrder } from './order.ts';
import { mod, no, SymbolFlag, SymbolType, yes } from './symbol.ts';
import { applyUserConfig, parseUserConfig, type Refusal, type UserConfig } from './user-config.ts';
import { createUserValues, type UserValues } from './user-values.ts';

export interface Configured {
  readonly evaluation: Evaluation;
  /** What the loader did not take from the config. */
  readonly refusals: readonly Refusal[];
}

/** Computes every symbol; where chains of symbols are too long for that, in an order that keeps them short. */
function computeAll(evaluation: Evaluation): void {
  const { count } = evaluation.model.symbols;
  try {
    for (let symbol = 3; symbol < count; symbol++) evaluation.textOf(symbol);
  } catch (error) {
    if (!(error instanceof ChainTooLong)) throw error;
    evaluation.clear();
    for (const symbol of dependencyOrder(evaluation.model)) evaluation.textOf(symbol);
  }
}

/** Loads a config as every target but all…config does; values out of range are dropped where the release does so. */
export function loadConfig(model: KconfigModel, answers: readonly string[], text: string): Configured {
  return loadUserConfig(model, answers, parseUserConfig(model, text));
}

/** The same for a config that was read already; `recorded` as `createEvaluation` has it. */
export function loadUserConfig(
  model: KconfigModel,
  answers: readonly string[],
  { settings, refusals }: UserConfig,
  recorded?: ReadonlyMap<number, string | undefined>,
): Configured {
  const evaluation = createEvaluation(model, answers, applyUserConfig(model, settings), recorded);
  computeAll(evaluation);
  if (model.dialect.dropsOutOfRange) dropOutOfRange(evaluation);
  return { evaluation, refusals };
}

/**
 * True where every one of some symbols comes out as `holds` wants it. Computes only what that takes, which is far from all; false
 * also where it takes more to know, such as for a value out of range.
 */
export function keepsAll(
  model: KconfigModel,
  answers: readonly string[],
  { settings }: UserConfig,
  recorded: ReadonlyMap<number, string | undefined>,
  holds: (evaluation: Evaluation) => boolean,
): boolean {
  const evaluation = createEvaluation(model, answers, applyUserConfig(model, settings), recorded);
  try {
    return holds(evaluation) && !(model.dialect.dropsOutOfRange && settings.some(isOutOfRange(evaluation)));
  } catch (error) {
    if (error instanceof ChainTooLong) return false;
    throw error;
  }
}

function isOutOfRange({ model, user, isInRange }: Evaluation): (setting: { readonly symbol: number }) => boolean {
  return ({ symbol }) =>
    (model.symbols.types[symbol] as number) > SymbolType.tristate &&
    user.has[symbol] === 1 &&
    !isInRange(symbol, user.texts[symbol] ?? '');
}

/** What was computed from a dropped value stays as it is: the kernel computes only the symbol itself again. */
function dropOutOfRange({ model, user, isInRange, forget }: Evaluation): void {
  const { count, types } = model.symbols;
  for (let symbol = 3; symbol < count; symbol++) {
    if (user.has[symbol] !== 1 || (types[symbol] as number) <= SymbolType.tristate) continue;
    if (isInRange(symbol, user.texts[symbol] ?? '')) continue;
    user.has[symbol] = 0;
    forget(symbol);
  }
}

export type AllMode = 'allno' | 'allyes' | 'allmod' | 'alldef';

/** `allnoconfig` and its like; `seed` is the config that KCONFIG_ALLCONFIG would name. */
export function allConfig(model: KconfigModel, answers: readonly string[], mode: AllMode, seed?: string): Configured {
  const { settings, refusals } = parseUserConfig(model, seed ?? '');
  const user = seed === undefined ? createUserValues(model) : applyUserConfig(model, settings);
  const evaluation = createEvaluation(model, answers, user);
  setAllNew(evaluation, mode);
  return { evaluation, refusals };
}

/** `defconfig`: a config with everything it does not name at its default. */
export function defConfig(model: KconfigModel, answers: readonly string[], text: string): Configured {
  const loaded = loadConfig(model, answers, text);
  setAllNew(loaded.evaluation, 'alldef');
  return loaded;
}

const asked: Readonly<Record<AllMode, number | undefined>> = { allno: no, allyes: yes, allmod: mod, alldef: undefined };

function setAllNew(evaluation: Evaluation, mode: AllMode): void {
  const { model, user } = evaluation;
  const value = asked[mode];
  if (model.dialect.choices === 'classic') {
    if (value !== undefined) setAllClassic(model, user, value);
    evaluation.clear();
    evaluation.settleChoicesLater();
    for (const choice of user.priorities.keys()) {
      if (user.has[choice] === 1) continue;
      evaluation.textOf(choice);
      evaluation.settleChoice(choice);
    }
    computeAll(evaluation);
    return;
  }
  if (value !== undefined) setAllReworked(model, user, value);
  evaluation.clear();
  computeAll(evaluation);
}

function setAllClassic({ symbols }: KconfigModel, user: UserValues, value: number): void {
  for (let symbol = 3; symbol < symbols.count; symbol++) {
    const type = symbols.types[symbol];
    if (user.has[symbol] === 1 || (type !== SymbolType.bool && type !== SymbolType.tristate)) continue;
    user.tristates[symbol] = value === no && (symbols.flags[symbol] as number) & SymbolFlag.allnoconfigY ? yes : value;
    user.has[symbol] = 1;
  }
}

/** Symbols with a prompt; members of choices are left to their choice. */
function setAllReworked({ symbols, entries, members }: KconfigModel, user: UserValues, value: number): void {
  const inChoice = new Set(members.symbols);
  for (let entry = 0; entry < entries.count; entry++) {
    const symbol = entries.symbols[entry] as number;
    if (symbol < 0 || ((entries.flags[entry] as number) & EntryFlag.prompt) === 0 || user.has[symbol] === 1) continue;
    const type = symbols.types[symbol];
    if ((type !== SymbolType.bool && type !== SymbolType.tristate) || inChoice.has(symbol)) continue;
    if ((symbols.flags[symbol] as number) & SymbolFlag.choice) continue;
    user.tristates[symbol] = value;
    user.has[symbol] = 1;
  }
}

/** The line that sets a symbol to a value, as a config writes it. */
export function lineFor(model: KconfigModel, symbol: number, value: string, spellN: boolean): string {
  const name = model.symbols.names[symbol] as string;
  const type = model.symbols.types[symbol] as number;
  if (type <= SymbolType.tristate)
    return value === 'n' && !spellN ? `# CONFIG_${name} is not set` : `CONFIG_${name}=${value}`;
  return `CONFIG_${name}=${type === SymbolType.string ? `"${value.replace(/["\\]/g, '\\$&')}"` : value}`;
}

/** Settings by symbol name as lines of a config, in their order; of symbols that the model lacks there is none. */
export function linesFor(model: KconfigModel, settings: ReadonlyMap<string, string>): string[] {
  return [...settings].flatMap(([name, value]) => {
    const symbol = symbolNamed(model, name);
    return symbol === undefined ? [] : [lineFor(model, symbol, value, false)];
  });
}

/** The whole config with its header, menus and comments. `note` may say something in place of a symbol's line. */
export function writeConfig(
  { model, textOf, isWritten, isEntryVisible }: Evaluation,
  answers: readonly string[],
  note?: (symbol: number) => string | undefined,
): string {
  const { entries, titles } = model;
  const lines = ['#', '# Automatically generated file; DO NOT EDIT.', `# ${fillIn(model.title, answers)}`, '#'];
  const printed = new Uint8Array(model.symbols.count);
  const open: number[] = [];
  let blank = false;
  const closeUpTo = (next: number): void => {
    for (let menu = open.at(-1); menu !== undefined && (entries.ends[menu] as number) <= next; menu = open.at(-1)) {
      open.pop();
      if (((entries.flags[menu] as number) & EntryFlag.menu) === 0 || !isEntryVisible(menu)) continue;
      lines.push(`# end of ${fillIn(titles[entries.titles[menu] as number] as string, answers)}`);
      blank = true;
    }
  };
  for (let entry = 1; entry < entries.count; entry++) {
    closeUpTo(entry);
    const symbol = entries.symbols[entry] as number;
    const flag = entries.flags[entry] as number;
    if (symbol < 0) {
      if (isEntryVisible(entry)) {
        lines.push('', '#', `# ${fillIn(titles[entries.titles[entry] as number] as string, answers)}`, '#');
        blank = false;
      }
      const isEmpty = entries.ends[entry] === entry + 1;
      if (flag & EntryFlag.menu && (!isEmpty || model.dialect.endsEmptyMenus)) open.push(entry);
    } else if ((flag & EntryFlag.choice) === 0 && printed[symbol] === 0) {
      const value = textOf(symbol);
      const said = note?.(symbol);
      if (!isWritten(symbol) && said === undefined) continue;
      if (blank) lines.push('');
      blank = false;
      printed[symbol] = 1;
      lines.push(said ?? lineFor(model, symbol, value, false));
    }
  }
  closeUpTo(entries.count);
  return `${lines.join('\n')}\n`;
}

/** The lines of some symbols only, by name and in their order. */
export function writeSome({ model, textOf, isWritten }: Evaluation, names: Iterable<string>): string {
  let text = '';
  for (const name of names) {
    const symbol = symbolNamed(model, name);
    if (symbol === undefined || symbol < 3 || (model.symbols.flags[symbol] as number) & SymbolFlag.choice) continue;
    const value = textOf(symbol);
    if (isWritten(symbol)) text += `${lineFor(model, symbol, value, false)}\n`;
  }
  return text;
}

/** Only what differs from the defaults: `savedefconfig`. */
export function writeDefconfig(evaluation: Evaluation): string {
  const { model, clear, defaultMemberOf, defaultOf, isChangeable, isWritten, textOf } = evaluation;
  const { entries, symbols } = model;
  const lines: string[] = [];
  const seen = new Uint8Array(symbols.count);
  clear();
  computeAll(evaluation);
  const classic = model.dialect.choices === 'classic';
  for (let entry = 1; entry < entries.count; entry++) {
    const symbol = entries.symbols[entry] as number;
    if (symbol < 0 || (entries.flags[entry] as number) & EntryFlag.choice || seen[symbol] === 1) continue;
    const value = textOf(symbol);
    if (!isWritten(symbol)) continue;
    seen[symbol] = 1;
    if (!isChangeable(symbol) || value === defaultOf(symbol)) continue;
    const choice = symbols.choices[symbol] as number;
    if (choice >= 0 && value === 'y' && defaultMemberOf(choice) === symbol) {
      const choiceFlags = symbols.flags[entries.symbols[choice] as number] as number;
      if (!classic || (symbols.types[symbol] === SymbolType.bool && (choiceFlags & SymbolFlag.optional) === 0))
        continue;
    }
    lines.push(lineFor(model, symbol, value, false));
  }
  return lines.map((line) => `${line}\n`).join('');
}

/** Symbols that the config does not settle although it could: `listnewconfig`. */
export function listNew({ model, user, isChangeable, isEntryVisible, textOf }: Evaluation): string {
  const { entries } = model;
  const lines: string[] = [];
  let entry = 0;
  while (entry < entries.count) {
    if (!isEntryVisible(entry)) {
      entry = entries.ends[entry] as number;
      continue;
    }
    const symbol = entries.symbols[entry] as number;
    if (symbol >= 0 && user.has[symbol] !== 1 && ((entries.flags[entry] as number) & EntryFlag.choice) === 0) {
      const value = textOf(symbol);
      if (isChangeable(symbol)) lines.push(lineFor(model, symbol, value, true));
    }
    entry++;
  }
  return lines.map((line) => `${line}\n`).join('');
}
