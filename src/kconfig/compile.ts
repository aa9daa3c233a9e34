/** Makes a model of a Kconfig tree. */
import { type Answerer, createQuestions } from './answers.ts';
import { compactExpressions, expressionColumns } from './compact.ts';
import type { Dialect } from './dialect.ts';
import { choiceOf, type Draft, type DraftSymbol, type Entry, isChoice, type Property } from './draft.ts';
import { none } from './expression.ts';
import { finalize, MenusTooDeep } from './finalize.ts';
import { findLoops } from './loops.ts';
import { EntryFlag, type KconfigModel } from './model.ts';
import { parseKconfig, type ReadKconfig } from './parser.ts';
import { type KconfigProblem, problemAt, spanOfLine } from './problem.ts';
import { SymbolFlag } from './symbol.ts';

export interface CompileOptions {
  /** The first file, `Kconfig` in kernels. */
  readonly path: string;
  readonly read: ReadKconfig;
  readonly match?: (pattern: string) => readonly string[];
  readonly dialect: Dialect;
  /** Answers shell commands and variables; what it does not know stays open in the model. */
  readonly answer: Answerer;
  /** Values of variables of the environment; those in `openVariables` are asked for through `answer` and may stay open. */
  readonly environment: (name: string) => string | undefined;
  readonly openVariables?: ReadonlySet<string>;
  readonly release: string;
  readonly arch: string;
}

export interface CompileResult {
  /** Undefined where the kernel's tools would refuse the tree. */
  readonly model: KconfigModel | undefined;
  readonly problems: readonly KconfigProblem[];
  /** Files that were read. */
  readonly files: readonly string[];
}

/** Reads, settles and checks a tree. Never throws for what the files hold. */
export function compileKconfig(options: CompileOptions): CompileResult {
  const { dialect } = options;
  const questions = createQuestions(options.answer);
  const environment = (name: string): string | undefined =>
    options.openVariables?.has(name) ? questions.ask('environment', name) : options.environment(name);
  const parsed = parseKconfig(options.path, { ...options, questions, environment });
  const problems = [...parsed.problems];
  const failed = (): boolean => problems.some((problem) => problem.severity === 'error');
  const result = (model: KconfigModel | undefined): CompileResult => ({ model, problems, files: parsed.files });
  if (failed()) return result(undefined);
  const { draft } = parsed;
  try {
    problems.push(...finalize(draft, dialect));
  } catch (error) {
    if (!(error instanceof MenusTooDeep)) throw error;
    problems.push(problemAt(draft.root.file, { start: 0, end: 0 }, 'too-deep', error.message));
    return result(undefined);
  }
  problems.push(...findLoops(draft, dialect), ...checkEntries(draft, dialect));
  if (failed()) return result(undefined);
  return result({ ...freeze(draft, dialect), release: options.release, arch: options.arch, questions: questions.list });
}

/** What newer kernels refuse in members of choices and in transitional symbols. */
function checkEntries(draft: Draft, dialect: Dialect): KconfigProblem[] {
  const problems: KconfigProblem[] = [];
  const at = ({ file, line }: Entry | Property, code: KconfigProblem['code'], message: string): void => {
    problems.push(problemAt(file, spanOfLine(file, line), code, message, 'error'));
  };
  const isYes = (e: number): boolean => e === none || e === draft.expressions.symbol(2);
  for (const entry of walk(draft.root)) {
    const symbol = draft.symbols[entry.symbol];
    if (symbol === undefined) continue;
    if (symbol.flags & SymbolFlag.transitional) {
      const [first] = symbol.properties;
      if (!isYes(entry.dependency) || !isYes(entry.visibility) || first !== undefined) {
        const place = isYes(entry.dependency) ? (first ?? entry) : entry;
        at(place, 'transitional-with-properties', 'transitional symbols can only have help sections');
      }
    }
    if (!isChoice(symbol) || dialect.choices === 'classic') continue;
    for (const child of walk(entry)) {
      if (child === entry || child.symbol < 0) continue;
      for (const property of (draft.symbols[child.symbol] as DraftSymbol).properties) {
        if (property.kind === 'default') {
          at(property, 'choice-member-with-default', 'defaults for choice values not supported');
        }
        if (property.kind === 'prompt' && property.entry !== child) {
          if (dialect.strict || property.entry.parent !== child.parent) {
            at(property, 'choice-member-elsewhere', 'choice value has a prompt outside its choice');
          }
        }
      }
    }
  }
  return problems;
}

/** The entry and all below it, in order. */
function* walk(root: Entry): Generator<Entry> {
  let entry: Entry | undefined = root;
  while (entry !== undefined) {
    yield entry;
    if (entry.firstChild !== undefined) entry = entry.firstChild;
    else {
      while (entry !== root && entry.next === undefined) entry = entry.parent as Entry;
      entry = entry === root ? undefined : entry.next;
    }
  }
}

/** Rows of several numbers, collected symbol by symbol. */
interface Collector {
  readonly starts: Int32Array;
  readonly columns: number[][];
}

function createCollector(symbols: number, width: number): Collector {
  return { starts: new Int32Array(symbols + 1), columns: Array.from({ length: width }, () => []) };
}

const column = ({ columns }: Collector, index: number): Int32Array => Int32Array.from(columns[index] as number[]);

/** What each kind of property says, in the order of the symbols. */
function collectProperties(symbols: readonly DraftSymbol[]) {
  const [prompts, members] = [createCollector(symbols.length, 1), createCollector(symbols.length, 1)];
  const [defaults, selects, implies] = [2, 2, 2].map((width) => createCollector(symbols.length, width)) as [
    Collector,
    Collector,
    Collector,
  ];
  const ranges = createCollector(symbols.length, 3);
  const all = [prompts, members, defaults, selects, implies, ranges];
  const add = ({ columns }: Collector, a: number, b = 0, c = 0): void => {
    columns[0]?.push(a);
    columns[1]?.push(b);
    columns[2]?.push(c);
  };
  symbols.forEach((symbol, index) => {
    for (const { kind, value, upper, condition } of symbol.properties) {
      if (kind === 'prompt' || kind === 'menu') add(prompts, condition);
      else if (kind === 'default') add(defaults, value, condition);
      else if (kind === 'range') add(ranges, value, upper, condition);
    }
    for (const { by, condition } of symbol.selectedBy) add(selects, by, condition);
    for (const { by, condition } of symbol.impliedBy) add(implies, by, condition);
    for (const member of symbol.members) add(members, member);
    for (const { starts, columns } of all) starts[index + 1] = columns[0]?.length ?? 0;
  });
  return { prompts, members, defaults, selects, implies, ranges };
}

/** Texts numbered in the order in which they are first met. */
function createNumbering(first: readonly string[]) {
  const list = [...first];
  const numbers = new Map(first.map((text, index) => [text, index]));
  return {
    list,
    of(text: string): number {
      let found = numbers.get(text);
      if (found === undefined) {
        found = list.push(text) - 1;
        numbers.set(text, found);
      }
      return found;
    },
  };
}

function freezeEntries(all: readonly Entry[]) {
  const count = all.length;
  const titles = createNumbering(['']);
  const files = createNumbering([]);
  const column = (): Int32Array => new Int32Array(count);
  const entries = {
    count,
    symbols: column(),
    flags: new Uint8Array(count),
    ends: column(),
    conditions: column(),
    visibilities: column(),
    dependencies: column(),
    titles: column(),
    files: column(),
    lines: column(),
  };
  for (let i = count - 1; i >= 0; i--) {
    const entry = all[i] as Entry;
    let last = entry.firstChild;
    while (last?.next !== undefined) last = last.next;
    entries.ends[i] = last === undefined ? i + 1 : (entries.ends[last.number] as number);
  }
  for (let i = 0; i < count; i++) {
    const entry = all[i] as Entry;
    const { prompt } = entry;
    entries.symbols[i] = entry.symbol;
    entries.flags[i] = flagsOf(entry);
    entries.conditions[i] = prompt?.condition ?? none;
    entries.visibilities[i] = entry.visibility;
    entries.dependencies[i] = entry.dependency;
    if (entry.symbol < 0 && entry.kind !== 'root' && prompt !== undefined) entries.titles[i] = titles.of(prompt.text);
    entries.files[i] = files.of(entry.file.path);
    entries.lines[i] = entry.line;
  }
  return { entries, titles: titles.list, files: files.list };
}

/** The entry of the choice that each symbol is a member of, or -1. */
function freezeChoices(draft: Draft, dialect: Dialect): Int32Array {
  const { symbols } = draft;
  const choices = new Int32Array(symbols.length).fill(-1);
  if (dialect.choices === 'classic') {
    for (const symbol of symbols)
      for (const member of symbol.members) choices[member] = (symbol.entries[0] as Entry).number;
  } else {
    for (let id = 0; id < symbols.length; id++) choices[id] = choiceOf(draft, id)?.number ?? -1;
  }
  return choices;
}

function freeze(draft: Draft, dialect: Dialect): Omit<KconfigModel, 'release' | 'arch' | 'questions'> {
  const { symbols, expressions } = draft;
  const all: Entry[] = [];
  for (const entry of walk(draft.root)) entry.number = all.push(entry) - 1;
  const { prompts, members, defaults, selects, implies, ranges } = collectProperties(symbols);
  const count = symbols.length;
  const own = { types: new Uint8Array(count), flags: new Uint8Array(count), dependencies: new Int32Array(count) };
  for (let id = 0; id < count; id++) {
    const symbol = symbols[id] as DraftSymbol;
    own.types[id] = symbol.type;
    own.flags[id] = symbol.flags;
    own.dependencies[id] = symbol.dependency;
  }
  const frozen = {
    dialect,
    title: draft.root.prompt?.text ?? 'Main menu',
    modules: draft.modules,
    symbols: { count, names: symbols.map((symbol) => symbol.name), ...own, choices: freezeChoices(draft, dialect) },
    expressions,
    prompts: { starts: prompts.starts, conditions: column(prompts, 0) },
    defaults: { starts: defaults.starts, values: column(defaults, 0), conditions: column(defaults, 1) },
    ranges: {
      starts: ranges.starts,
      lowers: column(ranges, 0),
      uppers: column(ranges, 1),
      conditions: column(ranges, 2),
    },
    selects: { starts: selects.starts, selectors: column(selects, 0), conditions: column(selects, 1) },
    implies: { starts: implies.starts, selectors: column(implies, 0), conditions: column(implies, 1) },
    members: { starts: members.starts, symbols: column(members, 0) },
    ...freezeEntries(all),
  };
  return { ...frozen, expressions: compactExpressions(frozen.expressions, expressionColumns(frozen)) };
}

function flagsOf(entry: Entry): number {
  let flags = entry.prompt === undefined ? 0 : EntryFlag.prompt;
  if (entry.kind === 'menu' || entry.kind === 'root') flags |= EntryFlag.menu;
  if (entry.kind === 'comment') flags |= EntryFlag.comment;
  if (entry.kind === 'choice') flags |= EntryFlag.choice;
  if (entry.kind === 'menuconfig') flags |= EntryFlag.menuconfig;
  return flags;
}
