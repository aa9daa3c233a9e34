/** Generated problems for `fix`: random requirements and settings on configs of a tree, and what conf says of the fixes. */
import { effectiveSettings, parseConfigText } from '../../src/config/document.ts';
import { hashName } from '../../src/config/scan.ts';
import { type FixInput, type FixPlan, proposeFix } from '../../src/fix/propose.ts';
import {
  type Base,
  type Evaluation,
  holds,
  type KconfigModel,
  type ModelFile,
  mergeConfigs,
  resolveAsRecorded,
  resolveConfig,
  symbolNamed,
  valueIn,
  writeSome,
} from '../../src/kconfig/index.ts';
import { SymbolType } from '../../src/kconfig/symbol.ts';
import { Accept, type Condition, Verdict } from '../../src/profiles/condition.ts';
import { judgePlan } from '../../src/profiles/judge.ts';
import { makePlan, type Plan } from '../../src/profiles/plan.ts';
import type { ChosenProfile, Library, Requirement } from '../../src/profiles/profile.ts';
import { createRandom } from './generate.ts';

export interface FixCase {
  readonly input: FixInput;
  /** The config that the fragment is merged onto; empty where the document stands for itself. */
  readonly base: string;
}

type Random = () => number;
const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;

const library: Library = { profiles: new Map(), symbols: new Map(), textOf: () => ({ reason: '', references: [] }) };

/** Symbols with a prompt, and some without. */
function candidates({ symbols, prompts }: KconfigModel): { settable: number[]; hidden: number[] } {
  const settable: number[] = [];
  const hidden: number[] = [];
  for (let i = 3; i < symbols.count; i++) {
    if (!/^[A-Z0-9_]+$/.test(symbols.names[i] as string) || symbols.types[i] === SymbolType.unknown) continue;
    if ((prompts.starts[i] as number) < (prompts.starts[i + 1] as number)) settable.push(i);
    else if ((symbols.types[i] as number) <= SymbolType.tristate) hidden.push(i);
  }
  return { settable, hidden };
}

function conditionOn(model: KconfigModel, symbol: number, random: Random): Condition {
  const name = model.symbols.names[symbol] as string;
  const type = model.symbols.types[symbol] as number;
  const base = { kind: 'symbol' as const, symbol: name, hash: hashName(name) };
  if (type > SymbolType.tristate) {
    const value =
      type === SymbolType.string ? 'text' : type === SymbolType.hex ? '0x10' : String(Math.floor(random() * 64));
    return { ...base, accept: 0, values: [{ test: 'is', value }] };
  }
  const accept = pick(random, [Accept.y, Accept.y | Accept.m, Accept.y | Accept.m, Accept.n, Accept.m]);
  return { ...base, accept: type === SymbolType.bool && accept === Accept.m ? Accept.y : accept, values: [] };
}

function requirementsFor(model: KconfigModel, random: Random): Requirement[] {
  const { settable, hidden } = candidates(model);
  const any = (): number => (random() < 0.12 ? pick(random, hidden) : pick(random, settable));
  return Array.from({ length: 1 + Math.floor(random() * 4) }, (_, i): Requirement => {
    const one = (): Condition => conditionOn(model, any(), random);
    const shape = random();
    const require: Condition =
      shape < 0.6
        ? one()
        : shape < 0.75
          ? { kind: 'all', of: [one(), one()] }
          : shape < 0.92
            ? { kind: 'any', of: [one(), one(), one()] }
            : { kind: 'not', of: { kind: 'any', of: [one(), one()] } };
    return {
      id: `generated/r${i}`,
      profile: 'generated',
      name: `r${i}`,
      severity: 'error',
      require,
      needs: [],
      confidence: 'source',
    };
  });
}

function planOf(requirements: readonly Requirement[]): Plan {
  const profile = { id: 'generated', title: '', description: '', extends: [], boot: [], requirements };
  const chosen: ChosenProfile = { profile, platforms: new Map(), boot: [], requirements };
  return makePlan([chosen], new Set(), new Set());
}

function fragmentFor(model: KconfigModel, random: Random): string {
  const { settable } = candidates(model);
  let text = '';
  for (let i = Math.floor(random() * 10); i >= 0; i--) {
    const symbol = pick(random, settable);
    if ((model.symbols.types[symbol] as number) > SymbolType.tristate) continue;
    const name = model.symbols.names[symbol];
    text += random() < 0.7 ? `CONFIG_${name}=y\n` : `# CONFIG_${name} is not set\n`;
  }
  return text;
}

/** One problem: a third of them on a complete config, the others on fragments on nothing or on the defconfig. */
export function generateFixCase(seed: number, file: ModelFile, toolchain: string, defconfig: string): FixCase {
  const random = createRandom(9000 + seed);
  const isComplete = seed % 3 === 0;
  const text = isComplete ? defconfig : fragmentFor(file.model, random);
  const document = parseConfigText(text, 'generated.config', { kind: isComplete ? 'complete' : 'fragment' });
  const onDefconfig = seed % 3 === 1;
  const base: Base = onDefconfig ? { kind: 'text', text: defconfig } : { kind: 'none' };
  return {
    base: isComplete || !onDefconfig ? '' : defconfig,
    input: {
      models: [file],
      base,
      fragments: isComplete ? [] : [document],
      document,
      toolchain,
      plan: planOf(requirementsFor(file.model, random)),
      library,
      severities: new Set(['error']),
      target: {},
    },
  };
}

/** A real fragment without requirements, whose settings are all to take effect. */
export function fixCaseOf(text: string, file: ModelFile, toolchain: string, defconfig: string): FixCase {
  const document = parseConfigText(text, 'fragment.config', { kind: 'fragment' });
  const base: Base = defconfig === '' ? { kind: 'none' } : { kind: 'text', text: defconfig };
  const severities = new Set<string>();
  const plan = planOf([]);
  const input = {
    models: [file],
    base,
    fragments: [document],
    document,
    toolchain,
    plan,
    library,
    severities,
    target: {},
  };
  return { base: defconfig, input };
}

/** What is wrong with a fix by what conf makes of the config before and with it; empty where nothing is. */
function faultsOf({ input, base }: FixCase, fix: FixPlan, conf: (config: string) => string): string[] {
  const { document, plan, fragments } = input;
  const isComplete = fragments.length === 0;
  const merge = (text: string): string => (isComplete ? text : mergeConfigs([base, text]));
  const after = parseConfigText(conf(merge(fix.text)), 'after.config', { kind: 'complete' });
  const faults: string[] = [];
  const judged = judgePlan(plan, after, {}, library);
  const fixed = new Set(fix.fixed);
  for (const [index, { requirement }] of plan.entries.entries()) {
    if (fixed.has(requirement.id) && judged.verdicts[index] === Verdict.unmet)
      faults.push(`${requirement.id} does not hold`);
  }
  const [was, is] = [document, parseConfigText(fix.text, 'fixed.config', { kind: document.kind })].map((each) =>
    effectiveSettings(each),
  ) as [ReturnType<typeof effectiveSettings>, ReturnType<typeof effectiveSettings>];
  const named = new Set(fix.changes.map(({ symbol }) => symbol));
  const before = parseConfigText(conf(merge(document.source.text)), 'before.config', { kind: 'complete' });
  const [valuesBefore, valuesAfter] = [effectiveSettings(before), effectiveSettings(after)];
  for (const symbol of was.keys()) {
    if (named.has(symbol)) continue;
    const [b, a] = [valuesBefore.get(symbol), valuesAfter.get(symbol)].map((setting) =>
      setting?.kind === 'set' ? setting.value : 'n',
    );
    const setting = was.get(symbol);
    const asked = setting?.kind === 'set' ? setting.value : 'n';
    if (a !== b && a !== asked) faults.push(`CONFIG_${symbol} was ${b} and is ${a}`);
  }
  const open = new Set(fix.unfixed.map(({ goal }) => goal));
  const { model } = input.models[0] as ModelFile;
  for (const [symbol, setting] of isComplete ? [] : was) {
    const asked = setting.kind === 'set' ? setting.value : 'n';
    const spelled = asked === 'n' ? `# CONFIG_${symbol} is not set` : `CONFIG_${symbol}=${asked}`;
    const id = symbolNamed(model, symbol);
    if (id === undefined || model.symbols.types[id] === SymbolType.unknown || named.has(symbol) || open.has(spelled))
      continue;
    const now = valuesAfter.get(symbol);
    if ((now?.kind === 'set' ? now.value : 'n') !== asked) faults.push(`${spelled} is not kept`);
  }
  for (const { symbol, after: value, line } of fix.changes) {
    const setting = valuesAfter.get(symbol);
    const now = setting?.kind === 'set' ? setting.value : 'n';
    if (line !== '' && now !== (value ?? 'n')) faults.push(`CONFIG_${symbol} was to be ${value} and is ${now}`);
    if (line !== '' && !is.has(symbol)) faults.push(`CONFIG_${symbol} is not in the file`);
  }
  return faults;
}

/** Symbols near those of a condition: what they depend on, what selects them, and so on. */
function coneOf(model: KconfigModel, names: readonly string[], most: number): number[] {
  const { op, left, right, length } = model.expressions;
  const seen = new Set<number>();
  const queue = names.map((name) => symbolNamed(model, name)).filter((id) => id !== undefined);
  const visit = (e: number): void => {
    const stack = [e];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      if (at === 0 || at >= length) continue;
      const o = op[at] as number;
      if (o === 3 || o === 4) stack.push(left[at] as number, right[at] as number);
      else if (o === 2) stack.push(left[at] as number);
      else queue.push(left[at] as number);
    }
  };
  for (let at = queue.shift(); at !== undefined && seen.size < most; at = queue.shift()) {
    if (at < 3 || seen.has(at) || !/^[A-Z0-9_]+$/.test(model.symbols.names[at] as string)) continue;
    seen.add(at);
    const rows = (starts: Int32Array, each: (row: number) => void): void => {
      for (let row = starts[at as number] as number; row < (starts[(at as number) + 1] as number); row++) each(row);
    };
    rows(model.prompts.starts, (row) => visit(model.prompts.conditions[row] as number));
    rows(model.selects.starts, (row) => queue.push(model.selects.selectors[row] as number));
    rows(model.defaults.starts, (row) => {
      visit(model.defaults.conditions[row] as number);
      visit(model.defaults.values[row] as number);
    });
  }
  return [...seen].filter(
    (id) =>
      (model.symbols.types[id] as number) <= SymbolType.tristate &&
      (model.prompts.starts[id] as number) < (model.prompts.starts[id + 1] as number),
  );
}

function namesIn(condition: Condition): string[] {
  switch (condition.kind) {
    case 'symbol':
      return [condition.symbol];
    case 'all':
    case 'any':
      return condition.of.flatMap(namesIn);
    case 'not':
      return namesIn(condition.of);
    default:
      return [];
  }
}

const mostCandidates = 40;
const mostPaired = 10;

/**
 * A setting, or two, near a requirement that was left open, which on top of the fix would make it hold and cost nothing that held;
 * empty where a search through all of them finds none. The search knows nothing of how fixes are found.
 */
function nearFix({ input }: FixCase, { text }: FixPlan, goal: string): string {
  const { plan, models, base, fragments, toolchain } = input;
  const document = parseConfigText(text, 'fixed.config', { kind: input.document.kind });
  const [file] = models as [ModelFile];
  const entry = plan.entries.findIndex(({ requirement }) => requirement.id === goal);
  const requirement = plan.entries[entry]?.requirement;
  if (requirement === undefined) return '';
  const isComplete = fragments.length === 0;
  const resolved = isComplete
    ? resolveAsRecorded(models, document.source.text)
    : resolveConfig({
        models,
        base,
        fragments: [document.source.text],
        output: 'config',
        toolchain: toolchain as string,
      });
  const wishes = [...effectiveSettings(document)]
    .map(([symbol, setting]) => ({ symbol, value: setting.kind === 'set' ? setting.value : 'n' }))
    .filter(({ value }) => !isComplete || value !== 'n');
  const [first] = resolved.evaluations as [Evaluation];
  const held = wishes.filter((wish) => holds(first, wish));
  const verdictsOf = (text: string): Uint8Array =>
    judgePlan(plan, parseConfigText(text, 'x', { kind: 'complete' }), {}, library).verdicts;
  const before = verdictsOf(resolved.text);
  const works = (settings: ReadonlyMap<string, string>): boolean => {
    const again = resolved.again(settings);
    const verdicts = verdictsOf(writeSome(again, file.model.symbols.names));
    if (verdicts[entry] === Verdict.unmet) return false;
    if (verdicts.some((verdict, i) => verdict === Verdict.unmet && before[i] !== Verdict.unmet)) return false;
    return held.every((wish) => settings.has(wish.symbol) || holds(again, wish));
  };
  const cone = coneOf(file.model, namesIn(requirement.require), 120).slice(0, mostCandidates);
  const pinned = new Set(held.map(({ symbol }) => symbol));
  const singles = cone.flatMap((id) => {
    const name = file.model.symbols.names[id] as string;
    const now = valueIn(first, name) ?? 'n';
    const values = file.model.symbols.types[id] === SymbolType.tristate ? ['y', 'm', 'n'] : ['y', 'n'];
    return pinned.has(name) ? [] : values.filter((value) => value !== now).map((value) => [name, value] as const);
  });
  for (const single of singles) if (works(new Map([single]))) return `${single.join('=')}`;
  const some = singles.slice(0, mostPaired);
  for (const [i, a] of some.entries()) {
    for (const b of some.slice(i + 1)) {
      if (a[0] !== b[0] && works(new Map([a, b]))) return `${a.join('=')} and ${b.join('=')}`;
    }
  }
  return '';
}

/** Finds the fix of each problem and gives what is wrong with it, or with what was left open. */
export function judgeFix(
  each: FixCase,
  conf: (config: string) => string,
): { faults: string[]; fixed: number; open: number } {
  const fix = proposeFix(each.input);
  const faults = faultsOf(each, fix, conf);
  for (const { goal } of fix.unfixed) {
    if (!goal.startsWith('generated/')) continue;
    const near = nearFix(each, fix, goal);
    if (near !== '') faults.push(`${goal} was left open, and ${near} would do`);
  }
  return { faults, fixed: fix.fixed.length, open: fix.unfixed.length };
}
