/**
 * What is known of the toolchain: what a config itself records of the one it was made with, and two bounds for what stays unknown.
 */
import { hasPlaceholder, type Question, questionsIn } from './answers.ts';
import { loadConfig } from './configure.ts';
import { Op } from './expression.ts';
import { type KconfigModel, symbolNamed } from './model.ts';
import { SymbolFlag, SymbolType } from './symbol.ts';

/** Answers by question; undefined where not known. */
export type Answers = readonly (string | undefined)[];

/** True for questions that are answered with `y` or `n`. */
function isYesOrNo({ kind, text }: Question): boolean {
  return kind === 'shell' && /echo "?y"?(?:\s|$)/.test(text);
}

/** The answers with what is not known taken as the most, or the least, that a toolchain can do. */
export function assume(questions: readonly Question[], answers: Answers, most: boolean): string[] {
  return questions.map((question, index) => {
    const known = answers[index];
    if (known !== undefined) return known;
    if (isYesOrNo(question)) return most ? 'y' : 'n';
    if (question.kind === 'environment' && !question.text.endsWith('_VERSION')) return '';
    return most ? '9999999' : '0';
  });
}

/** Reads the value that a config records for a symbol: text for `set`, `n` for `not set`, undefined where it says nothing. */
function recordedIn(config: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [, unset, name, value] of config.matchAll(/^(?:# CONFIG_(\w+) is not set|CONFIG_(\w+)=(.*?))\r?$/gm)) {
    if (unset !== undefined) values.set(unset, 'n');
    else values.set(name as string, (value as string).replace(/^"(.*)"$/, '$1').replace(/\\(.)/g, '$1'));
  }
  return values;
}

/**
 * The answers that a complete config gives away: an answer is taken where one of the symbols made from it directly would come out
 * differently with another. `known` are answers that are certain already.
 */
export function answersRecordedIn(model: KconfigModel, config: string, known: Answers = []): Answers {
  const recorded = recordedIn(config);
  const answers: (string | undefined)[] = model.questions.map((_, index) => known[index]);
  const users = usersOf(model);
  readTexts(model, recorded, answers);
  const most = assume(model.questions, answers, true);
  // What a config lacks although the best of toolchains would give it, the toolchain refused.
  refuse(model, config, recorded, users, most, answers);
  const least = assume(model.questions, answers, false);
  const withMost = loadConfig(model, assume(model.questions, answers, true), config).evaluation;
  const withLeast = loadConfig(model, least, config).evaluation;
  for (const [question, symbols] of users) {
    if (answers[question] !== undefined || !isYesOrNo(model.questions[question] as Question)) continue;
    const tells = symbols.some((symbol) => {
      const value = recorded.get(model.symbols.names[symbol] as string) ?? 'n';
      return withMost.textOf(symbol) === value && withLeast.textOf(symbol) !== value;
    });
    if (tells) answers[question] = 'y';
  }
  return answers;
}

/** Versions and other texts, which stand in the config as the values of symbols that have them as their defaults. */
function readTexts(model: KconfigModel, recorded: ReadonlyMap<string, string>, answers: (string | undefined)[]): void {
  const { defaults, symbols, expressions } = model;
  for (let symbol = 3; symbol < symbols.count; symbol++) {
    if ((symbols.types[symbol] as number) <= SymbolType.tristate) continue;
    const value = recorded.get(symbols.names[symbol] as string);
    if (value === undefined) continue;
    for (let i = defaults.starts[symbol] as number; i < (defaults.starts[symbol + 1] as number); i++) {
      const e = defaults.values[i] as number;
      if (expressions.op[e] !== Op.symbol) continue;
      const name = symbols.names[expressions.left[e] as number] as string;
      const [question, ...more] = questionsIn(name);
      if (question === undefined || more.length > 0 || name.length > `\uE000${question}\uE001`.length) continue;
      // A version of 0 says that another tool was used, not what this one would answer.
      if (value !== '0') answers[question] ??= value;
    }
  }
  for (const [index, { kind, text }] of model.questions.entries()) {
    if (kind === 'environment') answers[index] ??= recorded.get(text);
  }
}

function refuse(
  model: KconfigModel,
  config: string,
  recorded: ReadonlyMap<string, string>,
  users: ReadonlyMap<number, readonly number[]>,
  assumed: readonly string[],
  answers: (string | undefined)[],
): void {
  const { evaluation } = loadConfig(model, assumed, config);
  for (const [question, symbols] of users) {
    if (answers[question] !== undefined || !isYesOrNo(model.questions[question] as Question)) continue;
    const refused = symbols.some((symbol) => {
      const value = recorded.get(model.symbols.names[symbol] as string);
      return evaluation.textOf(symbol) === 'y' && evaluation.isWritten(symbol) && (value ?? 'n') === 'n';
    });
    if (refused) answers[question] = 'n';
  }
}

/** Bools whose defaults, dependencies or prompts name an answer, by question. */
function usersOf(model: KconfigModel): Map<number, number[]> {
  const { symbols, expressions, defaults, prompts } = model;
  const users = new Map<number, number[]>();
  const answerIn = new Map<number, readonly number[]>();
  for (let symbol = 3; symbol < symbols.count; symbol++) {
    if ((symbols.flags[symbol] as number) & SymbolFlag.answer) {
      const name = symbols.names[symbol] as string;
      if (hasPlaceholder(name)) answerIn.set(symbol, questionsIn(name));
    }
  }
  if (answerIn.size === 0) return users;
  // Expressions that name an answer; parts stand before what is made of them.
  const named = new Map<number, Set<number>>();
  for (let e = 1; e < expressions.length; e++) {
    const [op, l, r] = [expressions.op[e] as number, expressions.left[e] as number, expressions.right[e] as number];
    const found = new Set<number>();
    const parts = op === Op.and || op === Op.or ? [l, r] : op === Op.not ? [l] : [];
    for (const part of parts) for (const each of named.get(part) ?? []) found.add(each);
    if (parts.length === 0)
      for (const s of op === Op.symbol ? [l] : [l, r]) for (const q of answerIn.get(s) ?? []) found.add(q);
    if (found.size > 0) named.set(e, found);
  }
  const note = (symbol: number, e: number): void => {
    for (const question of named.get(e) ?? []) {
      const list = users.get(question) ?? [];
      if (list.at(-1) !== symbol) list.push(symbol);
      users.set(question, list);
    }
  };
  for (let symbol = 3; symbol < symbols.count; symbol++) {
    if (symbols.types[symbol] !== SymbolType.bool && symbols.types[symbol] !== SymbolType.tristate) continue;
    note(symbol, symbols.dependencies[symbol] as number);
    for (let i = defaults.starts[symbol] as number; i < (defaults.starts[symbol + 1] as number); i++) {
      note(symbol, defaults.values[i] as number);
      note(symbol, defaults.conditions[i] as number);
    }
    for (let i = prompts.starts[symbol] as number; i < (prompts.starts[symbol + 1] as number); i++) {
      note(symbol, prompts.conditions[i] as number);
    }
  }
  return users;
}

/** True where the config records the compiler at all, that is, where `answersRecordedIn` has something to go by. */
export function recordsToolchain(model: KconfigModel, config: string): boolean {
  return symbolNamed(model, 'CC_VERSION_TEXT') !== undefined && /^CONFIG_CC_VERSION_TEXT=/m.test(config);
}
