/** What `make olddefconfig` makes of a base and fragments, with every symbol named that cannot be told. */
import { findUncertain } from './bounds.ts';
import {
  allConfig,
  type Configured,
  defConfig,
  lineFor,
  listNew,
  loadUserConfig,
  writeConfig,
  writeDefconfig,
} from './configure.ts';
import type { Evaluation } from './evaluate.ts';
import type { ModelFile } from './format.ts';
import { isDefined, type KconfigModel, symbolNamed } from './model.ts';
import { SymbolFlag } from './symbol.ts';
import { type Answers, answersRecordedIn, assume, recordsToolchain } from './toolchain.ts';
import { mergeConfigs, parseUserConfig, type Refusal, type UserConfig, type UserSetting } from './user-config.ts';

/** What fragments are merged onto: nothing, what `allnoconfig` gives, a config of the release by name, or a file's text. */
export type Base =
  | { readonly kind: 'none' }
  | { readonly kind: 'allnoconfig' }
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'text'; readonly text: string };

export interface ResolveOptions {
  /** One model, or the two between which the kernel lies, the older one first. */
  readonly models: readonly ModelFile[];
  readonly base: Base;
  /** Texts in the order in which they are merged. */
  readonly fragments: readonly string[];
  /** A toolchain that the models know, such as `gcc-12`, for what the base does not record. */
  readonly toolchain?: string;
  /** The ARCH that make is called with, which x86 has three of; the model's own where it is absent. */
  readonly arch?: string;
  readonly output: 'config' | 'defconfig' | 'new';
}

/** A symbol whose value cannot be told, with the values it may have and where each comes from. */
export interface Disagreement {
  readonly symbol: string;
  readonly cause: 'toolchain' | 'kernel';
  /** Values as a config writes them; `absent` where the symbol is not written. */
  readonly values: readonly string[];
}

export interface Resolved {
  /** The config; symbols that cannot be told stand in it as comments. */
  readonly text: string;
  readonly disagreements: readonly Disagreement[];
  /** What the loader did not take from base and fragments, by the newest model. */
  readonly refusals: readonly Refusal[];
  /** One evaluation for each model and assumption; the first is that of the newest model and the most able toolchain. */
  readonly evaluations: readonly Evaluation[];
  /** The first evaluation again, with settings laid over those of base and fragments. */
  readonly again: (more: Settings) => Evaluation;
}

/** Values by symbol name: `y`, `m`, `n`, or the text of a number or string without quotes. */
export type Settings = ReadonlyMap<string, string>;

/** Thrown where a name is asked for that no model has. */
export class UnknownName extends Error {
  readonly kind: 'config' | 'toolchain';
  readonly known: readonly string[];
  constructor(kind: 'config' | 'toolchain', name: string, known: readonly string[]) {
    super(`there is no ${kind} ${name}`);
    this.kind = kind;
    this.known = known;
  }
}

/** A model with answers, and what they make of a config. */
export interface Run extends Configured {
  readonly config: UserConfig;
  /** Symbols that are not computed. */
  readonly standing?: ReadonlyMap<number, string | undefined>;
  readonly answers: readonly string[];
  /** Symbols whose values hang on an answer that was assumed. */
  readonly unsure: readonly string[];
}

/** Resolves; pure. Throws UnknownName. */
export function resolveConfig(options: ResolveOptions): Resolved {
  return resolvedFrom(
    [...options.models].reverse().flatMap((file) => runsOf(file, options)),
    options.output,
  );
}

/** The outcome of runs, the first of which counts most. */
export function resolvedFrom(runs: readonly Run[], output: ResolveOptions['output']): Resolved {
  const [first] = runs as [Run, ...Run[]];
  // Neither is asked for by all, and both take as long as to resolve.
  let disagreements: readonly Disagreement[] | undefined;
  let text: string | undefined;
  const unsettled = (): readonly Disagreement[] => {
    disagreements ??= runs.length === 1 ? [] : compareRuns(runs);
    return disagreements;
  };
  return {
    get text() {
      text ??= write(first, output, notesOn(unsettled(), first.evaluation.model));
      return text;
    },
    get disagreements() {
      return unsettled();
    },
    refusals: first.refusals,
    evaluations: runs.map((run) => run.evaluation),
    again: (more) => again(first, more),
  };
}

/** What to write in place of a symbol's line. */
function notesOn(disagreements: readonly Disagreement[], { symbols }: KconfigModel) {
  if (disagreements.length === 0) return undefined;
  const unsure = new Map(disagreements.map((each) => [each.symbol, each]));
  return (symbol: number): string | undefined => {
    const found = unsure.get(symbols.names[symbol] as string);
    return found === undefined ? undefined : commentOn(found);
  };
}

function again({ evaluation, config, answers, standing }: Run, more: Settings): Evaluation {
  const { model } = evaluation;
  const added: UserSetting[] = [];
  const replaced = new Set<number>();
  for (const [name, value] of more) {
    const symbol = symbolNamed(model, name);
    if (symbol === undefined || !isDefined(model, symbol)) continue;
    replaced.add(symbol);
    const line = lineFor(model, symbol, value, true);
    added.push({ symbol, value: line.slice(line.indexOf('=') + 1), isComment: false, line: 0 });
  }
  const settings = config.settings.filter(({ symbol }) => !replaced.has(symbol)).concat(added);
  return loadUserConfig(model, answers, { settings, refusals: config.refusals }, standing).evaluation;
}

function write(
  { evaluation, answers }: Pick<Run, 'evaluation' | 'answers'>,
  output: ResolveOptions['output'],
  note?: (symbol: number) => string | undefined,
): string {
  if (output === 'config') return writeConfig(evaluation, answers, note);
  return output === 'new' ? listNew(evaluation) : writeDefconfig(evaluation);
}

/** "CONFIG_X is y or not set": no line that a kernel would read. */
function commentOn({ symbol, cause, values }: Disagreement): string {
  const said = values.map((value) => (value === 'n' ? 'not set' : value));
  const more = values.length === 1 ? ' or something else' : '';
  return `# CONFIG_${symbol}: ${said.join(' or ')}${more}, depends on the ${cause === 'kernel' ? 'kernel release' : 'toolchain'}`;
}

/**
 * One run where nothing hangs on an answer that nobody gave; else one with the most that a toolchain can do, one with the least and
 * one for each toolchain that the model knows, as examples of what may come of it.
 */
function runsOf(file: ModelFile, options: ResolveOptions): Run[] {
  const { questions } = file.model;
  const { answers: known, run: made } = knownAnswers(file, options);
  const open = known.map((answer) => answer === undefined);
  const run = (answers: readonly string[]): Run => {
    const merged = mergeConfigs([baseText(file, options.base, answers), ...options.fragments]);
    const config = parseUserConfig(file.model, merged);
    return { ...loadUserConfig(file.model, answers, config), config, answers, unsure: [] };
  };
  const most = made ?? run(assume(questions, known, true));
  const unsure = open.includes(true) ? uncertainIn(most.evaluation, open) : [];
  if (unsure.length === 0) return [most];
  const examples = Object.values(file.toolchains).map((own) => known.map((answer, i) => answer ?? own[i] ?? undefined));
  return [
    { ...most, unsure },
    run(assume(questions, known, false)),
    ...examples.map((each) => run(assume(questions, each, true))),
  ];
}

function uncertainIn(evaluation: Evaluation, open: readonly boolean[]): string[] {
  const { value, written } = findUncertain(evaluation, open);
  const { names, count, flags } = evaluation.model.symbols;
  const unnamed = SymbolFlag.constant | SymbolFlag.choice | SymbolFlag.answer;
  const found: string[] = [];
  for (let symbol = 3; symbol < count; symbol++) {
    if ((value[symbol] === 1 || written[symbol] === 1) && ((flags[symbol] as number) & unnamed) === 0) {
      found.push(names[symbol] as string);
    }
  }
  return found;
}

/** The answers that are certain, and the run that finding them came down to, where there is nothing to merge. */
function knownAnswers(
  file: ModelFile,
  { base, fragments, toolchain, arch }: ResolveOptions,
): { readonly answers: Answers; readonly run: Run | undefined } {
  const { model } = file;
  const named = toolchain === undefined ? undefined : file.toolchains[toolchain];
  if (toolchain !== undefined && named === undefined) {
    throw new UnknownName('toolchain', toolchain, Object.keys(file.toolchains));
  }
  const said = model.questions.map(({ kind, text }) =>
    kind === 'environment' && text === 'ARCH' ? (arch ?? headerArch(base) ?? model.arch) : undefined,
  );
  // What a config records is what its kernel was built with; the toolchain that was named fills the rest.
  const fill = (answers: Answers): Answers => answers.map((answer, index) => answer ?? named?.[index] ?? undefined);
  if (base.kind !== 'text' || !recordsToolchain(model, base.text)) return { answers: fill(said), run: undefined };
  const { answers, assumed, configured, config } = answersRecordedIn(model, base.text, said);
  const reusable = fragments.length === 0 && named === undefined;
  return {
    answers: fill(answers),
    run: reusable ? { ...configured, config, answers: assumed, unsure: [] } : undefined,
  };
}

/** The ARCH in the header of a config: `# Linux/x86 6.12.0 Kernel Configuration`. */
function headerArch(base: Base): string | undefined {
  return base.kind === 'text' ? /^# Linux\/(\S+) \S+ Kernel Configuration/m.exec(base.text)?.[1] : undefined;
}

function baseText({ model, configs }: ModelFile, base: Base, answers: readonly string[]): string {
  if (base.kind === 'none') return '';
  if (base.kind === 'text') return base.text;
  if (base.kind === 'allnoconfig') return writeConfig(allConfig(model, answers, 'allno').evaluation, answers);
  const text = Object.hasOwn(configs, base.name) ? configs[base.name] : undefined;
  if (text === undefined) throw new UnknownName('config', base.name, Object.keys(configs));
  return writeConfig(defConfig(model, answers, text).evaluation, answers);
}

/** The value as a config writes it, or `absent`. */
function writtenValue({ model, isWritten, textOf }: Evaluation, symbol: number | undefined): string {
  if (symbol === undefined) return 'absent';
  const value = textOf(symbol);
  if (!isWritten(symbol)) return 'absent';
  const line = lineFor(model, symbol, value, true);
  return line.slice(line.indexOf('=') + 1);
}

/** What the runs do not agree on, and what hangs on an answer that was assumed in them. */
function compareRuns(runs: readonly Run[]): Disagreement[] {
  const byModel = new Map<KconfigModel, Run[]>();
  for (const run of runs) byModel.set(run.evaluation.model, [...(byModel.get(run.evaluation.model) ?? []), run]);
  const unsure = new Set<string>();
  const names = new Set<string>();
  for (const [model, [run]] of byModel) {
    for (const name of writable(model)) names.add(name);
    for (const name of run?.unsure ?? []) unsure.add(name);
  }
  const found: Disagreement[] = [];
  for (const symbol of names) {
    const values = [...byModel].map(([model, own]) =>
      own.map(({ evaluation }) => writtenValue(evaluation, symbolNamed(model, symbol))),
    );
    const all = [...new Set(values.flat())];
    const byToolchain = unsure.has(symbol) || values.some((own) => own.some((value) => value !== own[0]));
    if (byToolchain || all.length > 1) found.push({ symbol, cause: byToolchain ? 'toolchain' : 'kernel', values: all });
  }
  return found;
}

function* writable({ symbols }: KconfigModel): Generator<string> {
  for (let i = 3; i < symbols.count; i++) {
    const flag = symbols.flags[i] as number;
    if (symbols.types[i] !== 0 && (flag & (SymbolFlag.constant | SymbolFlag.choice)) === 0)
      yield symbols.names[i] as string;
  }
}
