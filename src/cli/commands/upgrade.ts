/** `upgrade`: what another kernel release does to a stack, before anyone builds it. */
import { createColors } from 'picocolors';
import { Exit, type ExitCode, type Host, type KernelHost } from '../../host.ts';
import { visible } from '../../invisible.ts';
import {
  type Evaluation,
  isDefined,
  type KconfigModel,
  linesFor,
  type ModelFile,
  symbolNamed,
  valueIn,
} from '../../kconfig/index.ts';
import { kernelArch, shippedModels } from '../../project/kernel.ts';
import type { UsageError } from '../../project/prepare.ts';
import { judgeStack, type LossGroup, type StackReport } from '../../project/stack.ts';
import { plural } from '../../reporters/reporter.ts';
import { parseKernelVersion } from '../../target.ts';
import { type Layers, makeArch, orUsage, readLayers } from '../layers.ts';
import { flagOption, type RawOptions, textOption } from '../options.ts';
import { wantsColor } from '../outputs.ts';
import { reportUsage } from '../usage.ts';
import { lossText, proposalText, rowWith } from './stack.ts';

/** Exit code 1 where something that held before is lost. */
export function runUpgrade(raw: RawOptions, host: Host, kernelHost: KernelHost): ExitCode {
  const layers = readLayers(raw, host);
  if (typeof layers === 'number') return layers;
  const [from, to] = [modelsFor('from', raw, layers, kernelHost), modelsFor('to', raw, layers, kernelHost)];
  if (!Array.isArray(from)) return reportUsage([from], raw, host);
  if (!Array.isArray(to)) return reportUsage([to], raw, host);
  const toolchain = textOption(raw, 'toolchain') ?? Object.keys(to[0]?.toolchains ?? {})[0];
  const arch = textOption(raw, 'arch');
  const { base, baseDocument, fragments } = layers;
  const judge = (models: readonly ModelFile[]): StackReport =>
    judgeStack({
      models,
      base,
      fragments,
      documents: fragments.length === 0 && baseDocument !== undefined ? [baseDocument] : fragments,
      ...(toolchain === undefined ? {} : { toolchain }),
      ...(arch === undefined ? {} : { arch: makeArch(arch, base) }),
    });
  const code = orUsage(raw, () => {
    const [before, after] = [judge(from), judge(to)];
    const lostBefore = new Set(before.groups.flatMap(({ losses }) => losses.map(({ symbol }) => symbol)));
    const lostAfter = new Set(after.groups.flatMap(({ losses }) => losses.map(({ symbol }) => symbol)));
    // A complete config also records what nobody can set; only what could be set was asked for.
    const { model } = before.evaluation;
    const isDemand = (symbol: string): boolean => fragments.length > 0 || hasPrompt(model, symbol);
    const groups = after.groups.flatMap((group): LossGroup[] => {
      const losses = group.losses.filter(({ symbol }) => !lostBefore.has(symbol) && isDemand(symbol));
      return losses.length === 0 ? [] : [{ ...group, losses }];
    });
    const gained = [...lostBefore].filter((symbol) => !lostAfter.has(symbol));
    const stillLost = [...lostBefore].filter((symbol) => lostAfter.has(symbol));
    const { fresh, changed } = unsettled(before.evaluation, after.evaluation, saidIn(layers, to));
    const lost = groups.reduce((sum, { losses }) => sum + losses.length, 0);
    host.write(render({ from, to, after, groups, lost, gained, stillLost, fresh, changed }, raw, host));
    return lost > 0 ? Exit.findings : Exit.ok;
  });
  return typeof code === 'number' ? code : reportUsage([code], raw, host);
}

function hasPrompt(model: KconfigModel, symbol: string): boolean {
  const id = symbolNamed(model, symbol);
  return id !== undefined && (model.prompts.starts[id] as number) < (model.prompts.starts[id + 1] as number);
}

/** An option that nothing in the stack sets, with what it comes to. */
interface Unsettled {
  readonly symbol: string;
  /** In the release of today; undefined where it does not have the option. */
  readonly before?: string;
  readonly after: string;
}

/** Symbols that the files name, and the defconfig that they are merged onto. */
function saidIn({ base, fragments }: Layers, models: readonly ModelFile[]): ReadonlySet<string> {
  const own = base.kind === 'text' ? base.text : base.kind === 'named' ? (models.at(-1)?.configs[base.name] ?? '') : '';
  const texts = [own, ...fragments.map(({ source }) => source.text)];
  return new Set(
    texts.flatMap((text) => [...text.matchAll(/^(?:# )?CONFIG_(\w+)[= ]/gm)].map(([, symbol]) => symbol as string)),
  );
}

/** Options that can be set, that nothing sets, and that are new in the other release or come to something else there. */
function unsettled(
  before: Evaluation,
  after: Evaluation,
  said: ReadonlySet<string>,
): { fresh: Unsettled[]; changed: Unsettled[] } {
  const { model } = after;
  const fresh: Unsettled[] = [];
  const changed: Unsettled[] = [];
  for (let id = 3; id < model.symbols.count; id++) {
    const symbol = model.symbols.names[id] as string;
    if (said.has(symbol) || !hasPrompt(model, symbol) || symbolNamed(model, symbol) !== id) continue;
    const value = valueIn(after, symbol);
    if (value === undefined || after.visibilityOf(id) === 0) continue;
    const old = symbolNamed(before.model, symbol);
    if (old === undefined || !isDefined(before.model, old)) fresh.push({ symbol, after: value });
    else {
      const was = valueIn(before, symbol);
      if (was !== undefined && was !== value) changed.push({ symbol, before: was, after: value });
    }
  }
  // Those that do something come first.
  return { fresh: fresh.sort((a, b) => Number(a.after === 'n') - Number(b.after === 'n')), changed };
}

function modelsFor(
  option: 'from' | 'to',
  raw: RawOptions,
  { target }: Layers,
  kernelHost: KernelHost,
): ModelFile[] | UsageError {
  const release = textOption(raw, option);
  const version = release === undefined ? (option === 'from' ? target.kernel : undefined) : parseKernelVersion(release);
  if (version === undefined) {
    return {
      message: release === undefined ? `--${option} was not named` : `"${release}" is no kernel release`,
      help: 'kconfig-lint upgrade zone.config --from 6.1 --to 7.2 --arch x86_64',
    };
  }
  const name = textOption(raw, 'arch') ?? target.arch;
  const arch = name === undefined ? undefined : kernelArch(name);
  if (arch === undefined)
    return {
      message: name === undefined ? 'nothing tells the architecture' : `there is no architecture ${name}`,
      help: 'name it: --arch x86_64',
    };
  return shippedModels(version, arch, kernelHost);
}

interface Upgrade {
  readonly from: readonly ModelFile[];
  readonly to: readonly ModelFile[];
  readonly after: StackReport;
  readonly groups: readonly LossGroup[];
  readonly lost: number;
  readonly gained: readonly string[];
  readonly stillLost: readonly string[];
  readonly fresh: readonly Unsettled[];
  readonly changed: readonly Unsettled[];
}

function render(upgrade: Upgrade, raw: RawOptions, host: Host): string {
  const { from, to, after, groups, lost, gained, stillLost, fresh, changed } = upgrade;
  const releases = (models: readonly ModelFile[]): string => models.map(({ model }) => model.release).join('/');
  if (textOption(raw, 'format') === 'json') {
    const data = {
      schemaVersion: 1,
      from: releases(from),
      to: releases(to),
      arch: to[0]?.model.arch,
      settings: after.settings.length,
      lost: groups.flatMap(({ losses }) => losses),
      gained,
      lostInBoth: stillLost,
      new: fresh,
      changed,
      fix: linesFor(after.evaluation.model, after.proposal.additions),
    };
    return `${JSON.stringify(data, null, 2)}\n`;
  }
  const colors = createColors(wantsColor(raw, host));
  const row = rowWith(colors);
  const verbose = flagOption(raw, 'verbose');
  const way = `from Linux ${releases(from)} to ${releases(to)} on ${to[0]?.model.arch}`;
  const all = plural(after.settings.length, 'setting');
  const names = (symbols: readonly string[]): string =>
    symbols
      .slice(0, verbose ? symbols.length : 8)
      .map((symbol) => `CONFIG_${symbol}`)
      .join(', ') + (verbose || symbols.length <= 8 ? '' : ` and ${symbols.length - 8} more (--verbose)`);
  let text =
    lost === 0
      ? `${colors.green('✔')} ${colors.green(`none of ${all} is lost`)} ${way}\n`
      : `${colors.red('✖')} ${colors.red(`${lost} of ${all} ${lost === 1 ? 'is' : 'are'} lost`)} ${way}\n`;
  text += lossText(groups, after, verbose, row, colors);
  text += proposalText(after, row, colors);
  if (gained.length > 0)
    text += `\n${row('gained', `${plural(gained.length, 'setting')} take effect that did not before: ${names(gained)}`)}`;
  if (stillLost.length > 0)
    text += `\n${row('neither', `${plural(stillLost.length, 'setting')} take effect on neither release: ${names(stillLost)}`)}`;
  return text + unsettledText(upgrade, verbose, row);
}

/** Options named before the rest is only counted. */
const listed = 8;

function unsettledText({ fresh, changed }: Upgrade, verbose: boolean, row: ReturnType<typeof rowWith>): string {
  const list = (options: readonly Unsettled[], say: (each: Unsettled) => string): string => {
    const shown = verbose ? options : options.slice(0, listed);
    const more = shown.length < options.length ? ` and ${options.length - shown.length} more (--verbose)` : '';
    return `${shown.map(say).join(', ')}${more}`;
  };
  let text = '';
  const on = fresh.filter(({ after }) => after !== 'n');
  if (fresh.length > 0) {
    const some = on.length === 0 ? '' : `: ${list(on, ({ symbol, after }) => `CONFIG_${symbol}=${visible(after)}`)}`;
    text += `\n${row('new', `${plural(fresh.length, 'option')} that nothing sets, ${on.length} of them not off${some}`)}`;
  }
  if (changed.length > 0) {
    const some = list(
      changed,
      ({ symbol, before, after }) => `CONFIG_${symbol} ${visible(before ?? '')} → ${visible(after)}`,
    );
    text += `\n${row('changed', `${plural(changed.length, 'option')} that nothing sets come${changed.length === 1 ? 's' : ''} to something else: ${some}`)}`;
  }
  return text;
}
