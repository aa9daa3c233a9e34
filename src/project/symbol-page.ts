/** What the models say of one symbol: where it is, and what Kconfig says of it in one kernel. */
import type { KernelHost } from '../host.ts';
import {
  decodeModel,
  describeSymbol,
  type Evaluation,
  isDefined,
  type KconfigModel,
  type ModelFile,
  modelsWith,
  partsOf,
  type SymbolDescription,
  symbolNamed,
} from '../kconfig/index.ts';
import { parseKernelVersion } from '../target.ts';

export interface SymbolPage {
  /** Releases by architecture in which the symbol is defined, and all that were asked. */
  readonly where: readonly {
    readonly arch: string;
    readonly releases: readonly string[];
    readonly asked: readonly string[];
  }[];
  /** What one of them says; undefined where none has the symbol. */
  readonly kernel: { readonly release: string; readonly arch: string } | undefined;
  readonly description: SymbolDescription | undefined;
}

/** The architectures with the most releases first. */
const rank = (arch: string): number => ['x86_64', 'arm64', 'riscv', 'arm'].indexOf(arch);
const orderOf = (name: string): number => parseKernelVersion(partsOf(name).series) ?? 0;

/** Names of the shipped models, the oldest release first. */
function modelsByAge(kernel: KernelHost): string[] {
  return [...kernel.shippedModels()].sort((a, b) => orderOf(a) - orderOf(b));
}

function load(name: string | undefined, kernel: KernelHost): ModelFile | undefined {
  if (name === undefined) return undefined;
  const read = kernel.readShippedModel(name);
  return 'error' in read ? undefined : decodeModel(read);
}

/** Names of all symbols of the newest model, for "did you mean". */
export function modelNames(kernel: KernelHost): readonly string[] {
  return load(modelsByAge(kernel).at(-1), kernel)?.model.symbols.names ?? [];
}

/** The newest shipped model that has a symbol, one of x86_64 where there is one. */
export function newestWith(symbol: string, kernel: KernelHost): ModelFile | undefined {
  const having = new Set(modelsWith(kernel.readSymbolIndex(), symbol));
  const names = modelsByAge(kernel).filter((name) => having.has(name));
  const name = names.filter((each) => partsOf(each).arch === 'x86_64').at(-1) ?? names.at(-1);
  const known = loaded.get(kernel) ?? new Map<string, ModelFile>();
  loaded.set(kernel, known);
  const file = name === undefined ? undefined : (known.get(name) ?? load(name, kernel));
  if (name !== undefined && file !== undefined) known.set(name, file);
  return file;
}

/** Models that were loaded for a symbol, each once for a host. */
const loaded = new WeakMap<KernelHost, Map<string, ModelFile>>();

/** Which of the shipped models have a symbol. */
export function placesOf(symbol: string, kernel: KernelHost): SymbolPage['where'] {
  const having = new Set(modelsWith(kernel.readSymbolIndex(), symbol));
  const names = modelsByAge(kernel);
  const arches = [...new Set(names.map((name) => partsOf(name).arch))].sort((a, b) => rank(a) - rank(b));
  return arches.map((arch) => {
    const own = names.filter((name) => partsOf(name).arch === arch);
    const seriesOf = (all: readonly string[]): string[] => all.map((name) => partsOf(name).series);
    return { arch, releases: seriesOf(own.filter((name) => having.has(name))), asked: seriesOf(own) };
  });
}

export function hasSymbol(model: KconfigModel, symbol: string): boolean {
  const id = symbolNamed(model, symbol);
  return id !== undefined && isDefined(model, id);
}

/** Everything of a symbol as `model` has it; with an evaluation its value and those that it hangs on. */
export function symbolPage(
  symbol: string,
  model: KconfigModel | undefined,
  evaluation: Evaluation | undefined,
  kernel: KernelHost,
): SymbolPage {
  const where = placesOf(symbol, kernel);
  if (model === undefined || !hasSymbol(model, symbol)) return { where, kernel: undefined, description: undefined };
  const id = symbolNamed(model, symbol) as number;
  return {
    where,
    kernel: { release: model.release, arch: model.arch },
    description: describeSymbol(model, id, evaluation),
  };
}

/** Names shown of a long list. */
const listed = 8;

/** A page as labels and their text. */
export function pageRows({ where, kernel, description }: SymbolPage): readonly (readonly [string, string])[] {
  const releases: readonly [string, string] = ['releases', placesInWords(where)];
  if (description === undefined || kernel === undefined) return [releases];
  const rows: [string, string][] = [['by', `Linux ${kernel.release} ${kernel.arch}`]];
  const { value, dependsOn, prompts } = description;
  const list = (all: readonly string[]): string =>
    `${all.slice(0, listed).join(', ')}${all.length > listed ? ` and ${all.length - listed} more` : ''}`;
  const byWords = (all: SymbolDescription['selectedBy']): string => list([...new Set(all.map((each) => each.symbol))]);
  if (value !== undefined) rows.push(['value', `${value === '' ? '(empty)' : value} in this config`]);
  rows.push(['type', description.type]);
  const [prompt] = prompts;
  const plain = prompt === dependsOn || prompt === 'y';
  const shown = plain ? 'yes' : `shown if ${prompt}`;
  rows.push(['prompt', prompt === undefined ? 'none: nobody can set it by hand' : shown]);
  rows.push(['defined', description.definitions.map(({ file, line }) => `${file}:${line}`).join(', ')]);
  if (dependsOn !== 'y') rows.push(['depends on', dependsOn]);
  for (const each of description.defaults.slice(0, listed)) {
    const always = each.condition === 'y' || each.condition === dependsOn;
    rows.push(['default', `${each.value}${always ? '' : ` if ${each.condition}`}`]);
  }
  for (const { lower, upper } of description.ranges) rows.push(['range', `${lower} to ${upper}`]);
  if (description.selectedBy.length > 0) rows.push(['selected by', byWords(description.selectedBy)]);
  if (description.impliedBy.length > 0) rows.push(['implied by', byWords(description.impliedBy)]);
  if (description.selects.length > 0) rows.push(['selects', list(description.selects)]);
  if (description.choice.length > 0) rows.push(['choice with', list(description.choice)]);
  return [releases, ...rows];
}

function placesInWords(where: SymbolPage['where']): string {
  const lines: string[] = [];
  const whole = where.filter(({ releases, asked }) => releases.length === asked.length).map(({ arch }) => arch);
  if (whole.length > 0) lines.push(`${whole.join(', ')}: all that ship`);
  for (const { arch, releases, asked } of where) {
    if (whole.includes(arch)) continue;
    const lacking = asked.filter((each) => !releases.includes(each)).join(', ');
    lines.push(`${arch}: ${releases.length === 0 ? 'none' : `${releases.join(', ')}, not in ${lacking}`}`);
  }
  return lines.join('; ');
}
