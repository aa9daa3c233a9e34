/** What the models say of one symbol: for `explain`. */
import type { createColors } from 'picocolors';
import type { Host, KernelHost } from '../host.ts';
import {
  decodeModel,
  describeSymbol,
  type Evaluation,
  isDefined,
  type ModelFile,
  resolveConfig,
  type SymbolDescription,
  symbolNamed,
} from '../kconfig/index.ts';
import { kernelArch, shippedModels } from '../project/kernel.ts';
import { readDocument } from '../project/read.ts';
import { wrap } from '../reporters/text.ts';
import { parseKernelVersion } from '../target.ts';
import { failureText } from './check.ts';
import { type RawOptions, textOption } from './options.ts';

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

/** Names of all symbols of the newest models, for "did you mean". */
export function modelNames(kernel: KernelHost): readonly string[] {
  const [last] = load(kernel).slice(-1);
  return last?.model.symbols.names ?? [];
}

function load(kernel: KernelHost): ModelFile[] {
  return kernel.shippedModels().flatMap((name) => {
    const read = kernel.readShippedModel(name);
    return 'error' in read ? [] : [decodeModel(read)];
  });
}

/** The architectures with the most releases first. */
const rank = (arch: string): number => ['x86_64', 'arm64', 'riscv', 'arm'].indexOf(arch);
const orderOf = ({ model }: ModelFile): number => parseKernelVersion(model.release) ?? 0;

/** Looks a symbol up in every model; a `--config` is evaluated by the model of its own kernel. Undefined where that cannot be read. */
export function symbolPage(symbol: string, raw: RawOptions, host: Host, kernel: KernelHost): SymbolPage | undefined {
  const files = load(kernel).sort((a, b) => orderOf(a) - orderOf(b));
  const having = files.filter(({ model }) => has(model, symbol));
  const arches = [...new Set(files.map(({ model }) => model.arch))].sort((a, b) => rank(a) - rank(b));
  const where = arches.map((arch) => ({
    arch,
    releases: having.filter(({ model }) => model.arch === arch).map(({ model }) => seriesOf(model.release)),
    asked: files.filter(({ model }) => model.arch === arch).map(({ model }) => seriesOf(model.release)),
  }));
  const config = textOption(raw, 'config');
  let chosen: ModelFile | undefined;
  let evaluation: Evaluation | undefined;
  let target: { readonly kernel?: number; readonly arch?: string } = {};
  let text: string | undefined;
  if (config !== undefined) {
    const document = readDocument(config, host, { kind: 'auto', stdinName: '<stdin>', keep: true });
    if (!('scanned' in document)) {
      host.writeError(failureText(document));
      return undefined;
    }
    target = document.target;
    text = document.source.text;
  }
  const release = textOption(raw, 'kernel');
  const version = release === undefined ? target.kernel : parseKernelVersion(release);
  const arch = kernelArch(textOption(raw, 'arch') ?? target.arch ?? 'x86_64');
  if (version !== undefined && arch !== undefined) {
    const found = shippedModels(version, arch, kernel);
    if (Array.isArray(found)) chosen = found.at(-1);
  }
  chosen ??= having.filter(({ model }) => model.arch === 'x86_64').at(-1) ?? having.at(-1);
  if (chosen !== undefined && text !== undefined) {
    [evaluation] = resolveConfig({
      models: [chosen],
      base: { kind: 'text', text },
      fragments: [],
      output: 'new',
    }).evaluations;
  }
  const { model } = chosen ?? {};
  if (model === undefined || !has(model, symbol)) return { where, kernel: undefined, description: undefined };
  const id = symbolNamed(model, symbol) as number;
  return {
    where,
    kernel: { release: model.release, arch: model.arch },
    description: describeSymbol(model, id, evaluation),
  };
}

function has(model: ModelFile['model'], symbol: string): boolean {
  const id = symbolNamed(model, symbol);
  return id !== undefined && isDefined(model, id);
}

const seriesOf = (release: string): string => release.split('.').slice(0, 2).join('.');

/** Names shown of a long list. */
const listed = 8;

export function pageText({ where, kernel, description }: SymbolPage, colors: ReturnType<typeof createColors>): string {
  const row = (label: string, text: string): string => `  ${colors.dim(label.padEnd(12))}${wrap(text, 14, 100)}\n`;
  const list = (all: readonly string[]): string =>
    `${all.slice(0, listed).join(', ')}${all.length > listed ? ` and ${all.length - listed} more` : ''}`;
  const lines: string[] = [];
  const whole = where.filter(({ releases, asked }) => releases.length === asked.length).map(({ arch }) => arch);
  if (whole.length > 0) lines.push(`${whole.join(', ')}: all that ship`);
  for (const { arch, releases, asked } of where) {
    if (whole.includes(arch)) continue;
    const said =
      releases.length === 0
        ? 'none'
        : `${releases.join(', ')}, not in ${asked.filter((each) => !releases.includes(each)).join(', ')}`;
    lines.push(`${arch}: ${said}`);
  }
  let text = row('releases', lines.join('; '));
  if (description === undefined || kernel === undefined) return text;
  text += row('by', `Linux ${kernel.release} ${kernel.arch}`);
  if (description.value !== undefined)
    text += row('value', `${description.value === '' ? '(empty)' : description.value} in this config`);
  text += row('type', description.type);
  const [prompt] = description.prompts;
  const plain = prompt === description.dependsOn || prompt === 'y';
  text += row(
    'prompt',
    prompt === undefined ? 'none: nobody can set it by hand' : plain ? 'yes' : `shown if ${prompt}`,
  );
  text += row('defined', description.definitions.map(({ file, line }) => `${file}:${line}`).join(', '));
  if (description.dependsOn !== 'y') text += row('depends on', description.dependsOn);
  for (const { value, condition } of description.defaults.slice(0, listed)) {
    const always = condition === 'y' || condition === description.dependsOn;
    text += row('default', `${value}${always ? '' : ` if ${condition}`}`);
  }
  for (const { lower, upper } of description.ranges) text += row('range', `${lower} to ${upper}`);
  const byWords = (all: SymbolDescription['selectedBy']): string => list([...new Set(all.map((each) => each.symbol))]);
  if (description.selectedBy.length > 0) text += row('selected by', byWords(description.selectedBy));
  if (description.impliedBy.length > 0) text += row('implied by', byWords(description.impliedBy));
  if (description.selects.length > 0) text += row('selects', list(description.selects));
  if (description.choice.length > 0) text += row('choice with', list(description.choice));
  return text;
}
