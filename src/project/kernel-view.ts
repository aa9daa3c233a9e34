/** What the Kconfig of a kernel makes of one document, for the checks, the profiles and the fixes of a run. */
import type { KernelView, Whereabouts } from '../checks/check.ts';
import { type ConfigDocument, effectiveSettings, parseConfigText } from '../config/document.ts';
import { proposeFix } from '../fix/propose.ts';
import { statedBy } from '../fix/stated.ts';
import {
  type Base,
  elsewhereInWords,
  findImpossible,
  findLosses,
  isDefined,
  type Loss,
  type ModelFile,
  type Resolved,
  readRecorded,
  resolveConfig,
  symbolNamed,
  symbolsNamed,
  type Wanted,
} from '../kconfig/index.ts';
import type { KernelKnowledge } from '../profiles/condition.ts';
import type { Plan } from '../profiles/plan.ts';
import type { Library } from '../profiles/profile.ts';
import { distance, nearest } from '../suggest.ts';
import type { Target } from '../target.ts';

export interface ViewInput {
  readonly document: ConfigDocument;
  /** One model, or the two between which the kernel lies, the older one first. */
  readonly models: readonly ModelFile[];
  /** What fragments are merged onto; undefined where that is not known. */
  readonly base: Base | undefined;
  /** Merged onto the base before the document. */
  readonly before?: readonly ConfigDocument[];
  readonly toolchain?: string | undefined;
  readonly arch?: string | undefined;
  readonly target: Target;
  /** Symbols that the kernel has although its Kconfig does not say so. */
  readonly isExtra: (symbol: string) => boolean;
  /** Look for settings that could be left out. */
  readonly findRedundant: boolean;
  /** Text of the index of symbols; empty where it is not at hand. */
  readonly index: () => string;
  readonly plan: Plan;
  readonly library: Library;
  /** Called before a search for what to change. */
  readonly expectLongWork?: () => void;
}

export type View = KernelView & KernelKnowledge;

const everySeverity: ReadonlySet<string> = new Set(['error', 'warning', 'info']);

/** Throws UnknownName, as `resolveConfig` does. */
export function viewKernel(input: ViewInput): View {
  const { document, models, base, isExtra } = input;
  const newest = models.at(-1) as ModelFile;
  const mode = document.kind === 'complete' ? 'complete' : base === undefined ? 'alone' : 'stack';
  const isVendor = mode === 'complete' && isOfVendor(document);
  const stated = statedBy(document).list;
  const wanted = stated.some(({ symbol }) => isExtra(symbol))
    ? stated.filter(({ symbol }) => !isExtra(symbol))
    : stated;
  const unknown = unknownIn(models, wanted);
  const recorded = mode === 'complete' ? readRecorded(models, document.source.text) : undefined;
  const resolved = recorded === undefined ? resolve(input) : undefined;
  const losses = recorded?.keeps(wanted) ? [] : lossesIn(models, recorded?.resolved ?? resolved, wanted);
  let advice: ReadonlyMap<string, readonly string[]> | undefined;
  let redundant: readonly string[] | undefined;
  return {
    name: nameOf(models),
    model: newest.model,
    ...(mode === 'stack' && base !== undefined ? { base: baseInWords(base) } : {}),
    mode,
    isVendor,
    isStandIn: mode === 'complete' && !models.some(({ model }) => model.release === (input.target.release ?? '')),
    unknown,
    losses: losses.filter(({ reason }) => reason !== 'unknown-symbol'),
    get redundant() {
      redundant ??= input.findRedundant ? redundantIn(input) : [];
      return redundant;
    },
    whereabouts: whereaboutsWith(input),
    adviceFor: (goal) => {
      const known = recorded?.resolved ?? resolved;
      if (known === undefined) return undefined;
      if (advice === undefined) input.expectLongWork?.();
      advice ??= adviceFrom(input, known);
      return advice.get(goal);
    },
    // A kernel with changes of its own may have symbols that this Kconfig lacks.
    ...(isVendor ? {} : { defines: (symbol: string) => existsIn(models, symbol) }),
    ...(mode === 'stack' && resolved !== undefined ? { resolved: asDocument(resolved, input) } : {}),
  };
}

/** `Linux 6.12.117 x86_64`. */
export function nameOf(models: readonly ModelFile[]): string {
  const releases = models.map(({ model }) => model.release).join(' and ');
  return ['Linux', releases, models[0]?.model.arch ?? ''].filter((part) => part !== '').join(' ');
}

/** ` on defconfig`, ready to follow the name of a kernel. */
export function baseInWords(base: Base): string {
  if (base.kind === 'named') return ` on ${base.name}`;
  return base.kind === 'none' ? ' on no base' : base.kind === 'allnoconfig' ? ' on allnoconfig' : ' on its base';
}

/** A release such as `6.1.167-27.319.amzn2023.x86_64`: not what kernel.org calls one. */
export function isOfVendor({ target }: ConfigDocument): boolean {
  return target.release !== undefined && !/^\d+\.\d+(?:\.\d+)?(?:-rc\d+)?$/.test(target.release);
}

function lossesIn(models: readonly ModelFile[], resolved: Resolved | undefined, wanted: readonly Wanted[]): Loss[] {
  return resolved === undefined
    ? common(models.map(({ model }) => findImpossible(model, wanted)))
    : common(resolved.evaluations.map((evaluation) => findLosses(evaluation, wanted)));
}

/** A fragment on its base. */
function resolve(input: ViewInput): Resolved | undefined {
  const { document, models, base, before = [] } = input;
  if (base === undefined) return undefined;
  return resolveConfig({
    models,
    base,
    fragments: [...before, document].map(({ source }) => source.text),
    output: 'config',
    ...choicesOf(input),
  });
}

function choicesOf({ toolchain, arch }: ViewInput) {
  return { ...(toolchain === undefined ? {} : { toolchain }), ...(arch === undefined ? {} : { arch }) };
}

/** What is lost in every case, as the first tells it. */
function common([first = [], ...others]: readonly (readonly Loss[])[]): Loss[] {
  const sets = others.map((losses) => new Set(losses.map(({ symbol }) => symbol)));
  return first.filter(({ symbol }) => sets.every((set) => set.has(symbol)));
}

function asDocument({ text, disagreements }: Resolved, { document, before = [] }: ViewInput) {
  return {
    document: parseConfigText(text, document.source.path, { kind: 'complete' }),
    files: [document, ...before.toReversed()],
    uncertain: new Set(disagreements.map(({ symbol }) => symbol)),
  };
}

/** Settings of symbols that none of the models has. */
function unknownIn(models: readonly ModelFile[], wanted: readonly Wanted[]): Wanted[] {
  const named = models.map(({ model }) => ({ model, numbers: symbolsNamed(model, wanted) }));
  return wanted.filter((_, i) =>
    named.every(({ model, numbers }) => {
      const id = numbers[i] as number;
      return id < 0 || !isDefined(model, id);
    }),
  );
}

/** Whether the kernel that some models speak for has a symbol. */
export function existsIn(models: readonly ModelFile[], symbol: string): 'yes' | 'no' | 'maybe' {
  let having = 0;
  for (const { model } of models) {
    const id = symbolNamed(model, symbol);
    if (id !== undefined && isDefined(model, id)) having++;
  }
  return having === models.length ? 'yes' : having === 0 ? 'no' : 'maybe';
}

/** Lines by goal, for all that fails. */
function adviceFrom(input: ViewInput, resolved: Resolved): Map<string, readonly string[]> {
  const { document, models, base, before = [], plan, library, target } = input;
  const isComplete = document.kind === 'complete';
  const { changes, fixed } = proposeFix({
    document,
    models,
    base: base ?? { kind: 'none' },
    fragments: isComplete ? [] : [...before, document],
    plan,
    library,
    target,
    severities: everySeverity,
    resolved,
    isQuick: true,
    ...choicesOf(input),
  });
  const lines = new Map<string, string[]>(fixed.map((goal) => [goal, []]));
  for (const { because, line } of changes) {
    for (const goal of because) if (line !== '') lines.get(goal)?.push(line);
  }
  return lines;
}

/** Settings that can be left out together, the last ones first. */
function redundantIn(input: ViewInput): string[] {
  const { document, models, base, before = [] } = input;
  if (document.kind === 'complete' || base === undefined) return [];
  const { source } = document;
  const toolchain = input.toolchain ?? Object.keys(models.at(-1)?.toolchains ?? {})[0];
  const all = (text: string): string =>
    resolveConfig({
      models: models.slice(-1),
      base,
      fragments: [...before.map((each) => each.source.text), text],
      output: 'config',
      ...(toolchain === undefined ? {} : { toolchain }),
    }).text;
  const wanted = all(source.text);
  let text = source.text;
  const found: string[] = [];
  for (const [symbol, setting] of [...effectiveSettings(document)].reverse()) {
    const { start, end } = setting.location.span;
    const without = text.slice(0, start) + text.slice(end);
    if (all(without) !== wanted) continue;
    text = without;
    found.push(symbol);
  }
  return found.reverse();
}

/** Misspelled by so many letters at most. */
const mostTypos = 2;
/** Symbols that are looked for among all others; each costs some milliseconds. */
const mostSearches = 12;

function whereaboutsWith({ models, index }: ViewInput): (symbol: string) => Whereabouts {
  const known = new Map<string, Whereabouts>();
  let searches = 0;
  const find = (symbol: string): Whereabouts => {
    const { model } = models.at(-1) as ModelFile;
    const series = model.release.split('.').slice(0, 2).join('.');
    const capital = symbol.toUpperCase();
    const id = capital === symbol ? undefined : symbolNamed(model, capital);
    if (id !== undefined && isDefined(model, id)) return { near: [capital], isSlip: true, elsewhere: '' };
    const elsewhere = elsewhereInWords(index(), symbol, series, model.arch);
    if (elsewhere !== '' || searches++ >= mostSearches || symbol.length < 4)
      return { near: [], isSlip: false, elsewhere };
    const { names, types } = model.symbols;
    const candidates = names.filter((name, i) => types[i] !== 0 && Math.abs(name.length - symbol.length) <= mostTypos);
    const near = nearest(symbol, candidates, mostTypos);
    return { near, isSlip: near.some((name) => distance(symbol, name, 1) <= 1), elsewhere };
  };
  return (symbol) => {
    const found = known.get(symbol) ?? find(symbol);
    known.set(symbol, found);
    return found;
  };
}
