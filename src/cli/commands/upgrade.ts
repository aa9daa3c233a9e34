/** `upgrade`: what another kernel release does to a stack, before anyone builds it. */
import { createColors } from 'picocolors';
import { Exit, type ExitCode, type Host, type KernelHost } from '../../host.ts';
import { type KconfigModel, linesFor, type ModelFile, symbolNamed } from '../../kconfig/index.ts';
import { UnknownName } from '../../kconfig/resolve.ts';
import { kernelArch, shippedModels, unknownName } from '../../project/kernel.ts';
import type { UsageError } from '../../project/prepare.ts';
import { judgeStack, type LossGroup, type StackReport } from '../../project/stack.ts';
import { plural } from '../../reporters/reporter.ts';
import { parseKernelVersion } from '../../target.ts';
import { reportUsage, wantsColor } from '../check.ts';
import { type Layers, makeArch, readLayers } from '../layers.ts';
import { flagOption, type RawOptions, textOption } from '../options.ts';
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
  try {
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
    const lost = groups.reduce((sum, { losses }) => sum + losses.length, 0);
    host.write(render({ from, to, after, groups, lost, gained, stillLost }, raw, host));
    const failure = host.outputFailure();
    if (failure !== undefined && failure !== 'closed') return Exit.output;
    return lost > 0 ? Exit.findings : Exit.ok;
  } catch (error) {
    if (!(error instanceof UnknownName)) throw error;
    const name = error.kind === 'toolchain' ? (toolchain ?? '') : base.kind === 'named' ? base.name : '';
    return reportUsage([unknownName(error.message, name, error.known)], raw, host);
  }
}

function hasPrompt(model: KconfigModel, symbol: string): boolean {
  const id = symbolNamed(model, symbol);
  return id !== undefined && (model.prompts.starts[id] as number) < (model.prompts.starts[id + 1] as number);
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
}

function render({ from, to, after, groups, lost, gained, stillLost }: Upgrade, raw: RawOptions, host: Host): string {
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
  return text;
}
