/**
 * What is known of the toolchain: what a config itself records of the one it was made with, and two bounds for what stays unknown.
 */
import { onlyQuestionIn, type Question } from './answers.ts';
import { type Configured, loadUserConfig } from './configure.ts';
import type { Evaluation } from './evaluate.ts';
import { Op } from './expression.ts';
import { type KconfigModel, symbolNamed } from './model.ts';
import { SymbolFlag, SymbolType, tristateNames } from './symbol.ts';
import { parseRecordedConfig, type RecordedValues, type UserConfig } from './user-config.ts';

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
    if (question.kind === 'environment' && !question.text.endsWith('_VERSION')) return most ? 'unknown' : '';
    return most ? '9999999' : '0';
  });
}

export interface Recorded {
  readonly answers: Answers;
  /** Those answers, with the most that a toolchain can do for the others. */
  readonly assumed: readonly string[];
  /** The config as it was read, and as it comes out with `assumed`. */
  readonly config: UserConfig;
  readonly configured: Configured;
}

/** Rounds of asking; an answer that is found can settle what another one hung on. */
const mostRounds = 6;

/**
 * The answers that a complete config gives away: an answer is taken where a symbol that is made from it would come out differently
 * with another one. `known` are answers that are certain already.
 */
export function answersRecordedIn(model: KconfigModel, config: string, known: Answers = []): Recorded {
  const { config: parsed, recorded } = parseRecordedConfig(model, config);
  const answers: (string | undefined)[] = model.questions.map((_, index) => known[index]);
  const users = answerUsesIn(model);
  readTexts(model, recorded, answers);
  for (let round = 0; ; round++) {
    const assumed = assume(model.questions, answers, true);
    const configured = loadUserConfig(model, assumed, parsed);
    const { evaluation } = configured;
    let found = false;
    for (const { symbol, question, users: own } of users) {
      if (answers[question] !== undefined || !isYesOrNo(model.questions[question] as Question)) continue;
      const said = own
        .map((user) => answerByUser(evaluation, symbol, user, recorded))
        .find((each) => each !== undefined);
      if (said === undefined) continue;
      answers[question] = said;
      found = true;
    }
    if (!found || round === mostRounds) return { answers, assumed, config: parsed, configured };
  }
}

/**
 * Reads a complete config by what it says of its own toolchain, without working out every answer: symbols that nobody can set and that
 * are made from answers stand as recorded, and an answer that opens a prompt is yes where the config has a line for it.
 */
export function readAsRecorded(model: KconfigModel, config: string): AsRecorded {
  const { config: parsed, recorded } = parseRecordedConfig(model, config);
  const answers: (string | undefined)[] = model.questions.map(() => undefined);
  readTexts(model, recorded, answers);
  const standing = new Map<number, string | undefined>();
  for (const { question, users } of answerUsesIn(model)) {
    for (const user of users) {
      const value = recorded[user];
      const hasPrompt = (model.prompts.starts[user] as number) < (model.prompts.starts[user + 1] as number);
      if (!hasPrompt) standing.set(user, value);
      else answers[question] = value === undefined ? (answers[question] ?? 'n') : 'y';
    }
  }
  const { settings, refusals } = parsed;
  const rest = settings.filter(({ symbol }) => !standing.has(symbol));
  return { answers: assume(model.questions, answers, true), config: { settings: rest, refusals }, standing };
}

export interface AsRecorded {
  readonly answers: readonly string[];
  /** Without the symbols that stand as recorded. */
  readonly config: UserConfig;
  readonly standing: ReadonlyMap<number, string | undefined>;
}

/** What the recorded value of one symbol says of the answer that it is made from: `y`, `n`, or nothing. */
function answerByUser(
  evaluation: Evaluation,
  answer: number,
  user: number,
  recorded: RecordedValues,
): 'y' | 'n' | undefined {
  const value = recorded[user];
  const [withYes, withNo] = [outcome(evaluation, user, answer, 2), outcome(evaluation, user, answer, 0)];
  if (withYes.visible !== withNo.visible) return (value !== undefined) === withYes.visible ? 'y' : 'n';
  if (withYes.visible || withYes.value === withNo.value) return undefined;
  // A text that the config lacks had no default at all: one that the answer would have opened tells that it was no.
  if (
    value === undefined &&
    withYes.row !== withNo.row &&
    (evaluation.model.symbols.types[user] as number) > SymbolType.tristate
  ) {
    return 'n';
  }
  const is = value ?? 'n';
  return is === withYes.value ? 'y' : is === withNo.value ? 'n' : undefined;
}

/** Whether a symbol can be set, and its default, with the answer as given and all else as computed. */
function outcome(
  evaluation: Evaluation,
  symbol: number,
  answer: number,
  given: number,
): { visible: boolean; value: string; row: number | undefined } {
  const { prompts, defaults, expressions, symbols } = evaluation.model;
  const rows = ({ starts }: { readonly starts: Int32Array }): number[] => {
    const found: number[] = [];
    for (let i = starts[symbol] as number; i < (starts[symbol + 1] as number); i++) found.push(i);
    return found;
  };
  const valueWith = (e: number): number => evaluateWith(evaluation, e, answer, given);
  const visible = rows(prompts).some((row) => valueWith(prompts.conditions[row] as number) > 0);
  const row = rows(defaults).find((each) => valueWith(defaults.conditions[each] as number) > 0);
  const type = symbols.types[symbol] as number;
  if (type > SymbolType.tristate) {
    const e = row === undefined ? 0 : (defaults.values[row] as number);
    const text =
      row === undefined || expressions.op[e] !== Op.symbol ? 'n' : evaluation.textOf(expressions.left[e] as number);
    return { visible, value: text, row };
  }
  const value =
    row === undefined
      ? 0
      : Math.min(valueWith(defaults.values[row] as number), valueWith(defaults.conditions[row] as number));
  return { visible, value: tristateNames[Math.max(value, evaluation.selectedTo(symbol))] as string, row };
}

/** The value of an expression with one symbol taken as given. */
function evaluateWith(evaluation: Evaluation, e: number, symbol: number, given: number): number {
  const { op, left, right } = evaluation.model.expressions;
  const [l, r] = [left[e] as number, right[e] as number];
  switch (op[e]) {
    case Op.and:
      return Math.min(evaluateWith(evaluation, l, symbol, given), evaluateWith(evaluation, r, symbol, given));
    case Op.or:
      return Math.max(evaluateWith(evaluation, l, symbol, given), evaluateWith(evaluation, r, symbol, given));
    case Op.not:
      return 2 - evaluateWith(evaluation, l, symbol, given);
    case Op.symbol:
      return l === symbol ? given : evaluation.tristateOf(l);
    default:
      return evaluation.expressionValue(e);
  }
}

/** Versions and other texts, which stand in the config as the values of symbols that have them as their defaults. */
function readTexts(model: KconfigModel, recorded: RecordedValues, answers: (string | undefined)[]): void {
  const { defaults, symbols, expressions } = model;
  for (let symbol = 3; symbol < symbols.count; symbol++) {
    if ((symbols.types[symbol] as number) <= SymbolType.tristate) continue;
    const value = recorded[symbol];
    if (value === undefined) continue;
    const [first, end] = [defaults.starts[symbol] as number, defaults.starts[symbol + 1] as number];
    for (let i = first; i < end; i++) {
      const e = defaults.values[i] as number;
      if (expressions.op[e] !== Op.symbol) continue;
      const question = onlyQuestionIn(symbols.names[expressions.left[e] as number] as string);
      // A version of 0 among other defaults says that another tool was used, not what this one would answer.
      if (question !== undefined && (value !== '0' || end === first + 1)) answers[question] ??= value;
    }
  }
  for (const [index, { kind, text }] of model.questions.entries()) {
    if (kind === 'environment') answers[index] ??= recorded[symbolNamed(model, text) ?? -1];
  }
}

interface AnswerUse {
  readonly question: number;
  /** The symbol that stands for the answer. */
  readonly symbol: number;
  /** Symbols whose defaults or prompts name it. */
  readonly users: readonly number[];
}

const answerUses = new WeakMap<KconfigModel, readonly AnswerUse[]>();

/** Symbols that are made from an answer directly. */
function answerUsesIn(model: KconfigModel): readonly AnswerUse[] {
  let uses = answerUses.get(model);
  if (uses === undefined) {
    uses = usersOf(model);
    answerUses.set(model, uses);
  }
  return uses;
}

function usersOf(model: KconfigModel): AnswerUse[] {
  const { symbols, defaults, prompts } = model;
  const uses = new Map<number, { question: number; symbol: number; users: number[] }>();
  for (let symbol = 3; symbol < symbols.count; symbol++) {
    if (((symbols.flags[symbol] as number) & SymbolFlag.answer) === 0) continue;
    const question = onlyQuestionIn(symbols.names[symbol] as string);
    if (question !== undefined) uses.set(symbol, { question, symbol, users: [] });
  }
  if (uses.size === 0) return [];
  const { named, has } = answersIn(model, uses);
  const rows = [
    ...rowsNaming(has, defaults.starts, [defaults.values, defaults.conditions]),
    ...rowsNaming(has, prompts.starts, [prompts.conditions]),
  ];
  // As if the rows of each symbol were looked at in turn: its defaults, then its prompts.
  for (const { user, e } of rows.sort((a, b) => a.user - b.user)) {
    for (const answer of named.get(e) ?? []) {
      const list = uses.get(answer)?.users;
      if (list !== undefined && list.at(-1) !== user) list.push(user);
    }
  }
  return [...uses.values()];
}

interface NamedAnswers {
  /** By expression. */
  readonly named: ReadonlyMap<number, ReadonlySet<number>>;
  /** 1 for the expressions that name any. */
  readonly has: Uint8Array;
}

/** Answers that each expression names; its parts stand before it. */
function answersIn({ expressions, symbols }: KconfigModel, uses: ReadonlyMap<number, unknown>): NamedAnswers {
  const { op, left, right, length } = expressions;
  const named = new Map<number, ReadonlySet<number>>();
  // Few expressions name any, and to look at all of them is most of the work.
  const isUsed = new Uint8Array(symbols.count);
  const has = new Uint8Array(length);
  for (const symbol of uses.keys()) isUsed[symbol] = 1;
  for (let e = 1; e < length; e++) {
    const o = op[e] as number;
    const l = left[e] as number;
    if (o === Op.symbol) {
      if (isUsed[l] === 0) continue;
      named.set(e, new Set([l]));
    } else if (o === Op.and || o === Op.or) {
      const r = right[e] as number;
      if (has[l] === 0 && has[r] === 0) continue;
      named.set(e, new Set([...(named.get(l) ?? []), ...(named.get(r) ?? [])]));
    } else if (o === Op.not && has[l] === 1) named.set(e, named.get(l) as ReadonlySet<number>);
    else continue;
    has[e] = 1;
  }
  return { named, has };
}

/** The expressions in columns of rows that name an answer, row by row, each with the symbol that its row belongs to. */
function rowsNaming(
  has: Uint8Array,
  starts: Int32Array,
  [first, second = first]: readonly [Int32Array, Int32Array?],
): { readonly user: number; readonly e: number }[] {
  const found: { user: number; e: number }[] = [];
  let user = 0;
  for (let row = 0; row < first.length; row++) {
    const a = first[row] as number;
    const b = second[row] as number;
    if (has[a] === 0 && has[b] === 0) continue;
    while ((starts[user + 1] as number) <= row) user++;
    if (user < 3) continue;
    if (has[a] === 1) found.push({ user, e: a });
    if (has[b] === 1 && b !== a) found.push({ user, e: b });
  }
  return found;
}

/** True where the config records the compiler at all, that is, where `answersRecordedIn` has something to go by. */
export function recordsToolchain(model: KconfigModel, config: string): boolean {
  return symbolNamed(model, 'CC_VERSION_TEXT') !== undefined && /^CONFIG_CC_VERSION_TEXT=/m.test(config);
}
