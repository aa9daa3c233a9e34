/** Makes a model of a Kconfig tree. */
import { type Answerer, createQuestions } from './answers.ts';
import { compactExpressions, expressionColumns } from './compact.ts';
import type { Dialect } from './dialect.ts';
import { choiceOf, type Draft, type DraftSymbol, type Entry, isChoice } from './draft.ts';
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
  const at = (entry: Entry, line: number, code: KconfigProblem['code'], message: string): void => {
    problems.push(problemAt(entry.file, spanOfLine(entry.file, line), code, message, 'error'));
  };
  const isYes = (e: number): boolean => e === none || e === draft.expressions.symbol(2);
  for (const entry of walk(draft.root)) {
    const symbol = draft.symbols[entry.symbol];
    if (symbol === undefined) continue;
    if (symbol.flags & SymbolFlag.transitional) {
      const [first] = symbol.properties;
      if (!isYes(entry.dependency) || !isYes(entry.visibility) || first !== undefined) {
        const line = isYes(entry.dependency) ? (first?.line ?? entry.line) : entry.line;
        at(entry, line, 'transitional-with-properties', 'transitional symbols can only have help sections');
      }
    }
    if (!isChoice(symbol) || dialect.choices === 'classic') continue;
    for (const child of walk(entry)) {
      if (child === entry || child.symbol < 0) continue;
      for (const property of (draft.symbols[child.symbol] as DraftSymbol).properties) {
        if (property.kind === 'default') {
          at(child, property.line, 'choice-member-with-default', 'defaults for choice values not supported');
        }
        if (property.kind === 'prompt' && property.entry !== child) {
          if (dialect.strict || property.entry.parent !== child.parent) {
            at(
              property.entry,
              property.line,
              'choice-member-elsewhere',
              'choice value has a prompt outside its choice',
            );
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

function freeze(draft: Draft, dialect: Dialect): Omit<KconfigModel, 'release' | 'arch' | 'questions'> {
  const { symbols, expressions } = draft;
  const entries = [...walk(draft.root)];
  const numberOf = new Map(entries.map((entry, index) => [entry, index]));
  const titles = [''];
  const titleNumbers = new Map<string, number>();
  const files: string[] = [];
  const fileNumbers = new Map<string, number>();
  const number = (list: string[], table: Map<string, number>, text: string): number => {
    let found = table.get(text);
    if (found === undefined) {
      found = list.push(text) - 1;
      table.set(text, found);
    }
    return found;
  };
  const ends = new Int32Array(entries.length);
  for (let i = entries.length - 1; i >= 0; i--) {
    const entry = entries[i] as Entry;
    let last = entry.firstChild;
    while (last?.next !== undefined) last = last.next;
    ends[i] = last === undefined ? i + 1 : (ends[numberOf.get(last) as number] as number);
  }
  const choices = Int32Array.from(symbols, (_, id) => {
    const choice = dialect.choices === 'classic' ? undefined : choiceOf(draft, id);
    return choice === undefined ? -1 : (numberOf.get(choice) as number);
  });
  if (dialect.choices === 'classic') {
    for (const symbol of symbols) {
      for (const member of symbol.members) choices[member] = numberOf.get(symbol.entries[0] as Entry) as number;
    }
  }
  const { prompts, members, defaults, selects, implies, ranges } = collectProperties(symbols);
  const frozen = {
    dialect,
    title: draft.root.prompt?.text ?? 'Main menu',
    modules: draft.modules,
    symbols: {
      count: symbols.length,
      names: symbols.map((symbol) => symbol.name),
      types: Uint8Array.from(symbols, (symbol) => symbol.type),
      flags: Uint8Array.from(symbols, (symbol) => symbol.flags),
      dependencies: Int32Array.from(symbols, (symbol) => symbol.dependency),
      choices,
    },
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
    entries: {
      count: entries.length,
      symbols: Int32Array.from(entries, (entry) => entry.symbol),
      flags: Uint8Array.from(entries, flagsOf),
      ends,
      conditions: Int32Array.from(entries, (entry) => entry.prompt?.condition ?? 0),
      visibilities: Int32Array.from(entries, (entry) => entry.visibility),
      dependencies: Int32Array.from(entries, (entry) => entry.dependency),
      titles: Int32Array.from(entries, (entry) =>
        entry.symbol < 0 && entry.kind !== 'root' && entry.prompt !== undefined
          ? number(titles, titleNumbers, entry.prompt.text)
          : 0,
      ),
      files: Int32Array.from(entries, (entry) => number(files, fileNumbers, entry.file.path)),
      lines: Int32Array.from(entries, (entry) => entry.line),
    },
    titles,
    files,
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
