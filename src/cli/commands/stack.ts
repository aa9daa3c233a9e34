/** `stack`: which settings of a base and fragments the kernel will not keep, why, and what to add. */
import { createColors } from 'picocolors';
import { Exit, type ExitCode, type Host, type KernelHost } from '../../host.ts';
import { visible } from '../../invisible.ts';
import { isDefined, type Link, type Loss, linesFor, type ModelFile, symbolNamed } from '../../kconfig/index.ts';
import { UnknownName } from '../../kconfig/resolve.ts';
import { unknownName } from '../../project/kernel.ts';
import type { UsageError } from '../../project/prepare.ts';
import { readDocument } from '../../project/read.ts';
import { judgeStack, type LossGroup, type StackReport, type StackSetting } from '../../project/stack.ts';
import { plural } from '../../reporters/reporter.ts';
import { wrap } from '../../reporters/text.ts';
import { positionOf } from '../../source.ts';
import { didYouMean } from '../../suggest.ts';
import { failureText, reportUsage, wantsColor } from '../check.ts';
import { findModels, type Layers, makeArch, readLayers } from '../layers.ts';
import { flagOption, type RawOptions, textOption } from '../options.ts';

const indent = 9;
const width = 100;
/** Names listed of one group before the rest is only counted. */
const listed = 8;

/** Exit code 1 where a setting is lost. */
export function runStack(raw: RawOptions, host: Host, kernelHost: KernelHost): ExitCode {
  const layers = readLayers(raw, host);
  if (typeof layers === 'number') return layers;
  const models = findModels(raw, layers, kernelHost, host);
  if (typeof models === 'number') return models;
  if (!Array.isArray(models)) return reportUsage([models as UsageError], raw, host);
  const { base, baseDocument, fragments } = layers;
  // A config alone is judged by itself; below fragments it is what they are merged onto.
  const alone = fragments.length === 0 && baseDocument !== undefined;
  const toolchain = textOption(raw, 'toolchain');
  const arch = textOption(raw, 'arch');
  const finalPath = textOption(raw, 'final');
  const final =
    finalPath === undefined
      ? undefined
      : readDocument(finalPath, host, { kind: 'complete', stdinName: '<stdin>', keep: true });
  if (final !== undefined && !('scanned' in final)) {
    host.writeError(failureText(final));
    return Exit.unreadable;
  }
  try {
    const report = judgeStack({
      models,
      base,
      fragments,
      documents: alone ? [baseDocument] : fragments,
      final,
      ...(toolchain === undefined ? {} : { toolchain }),
      ...(arch === undefined ? {} : { arch: makeArch(arch, base) }),
    });
    host.write(render(report, models, layers, raw, host));
    const failure = host.outputFailure();
    if (failure !== undefined && failure !== 'closed') return Exit.output;
    return report.lost > 0 ? Exit.findings : Exit.ok;
  } catch (error) {
    if (!(error instanceof UnknownName)) throw error;
    const name = error.kind === 'toolchain' ? (toolchain ?? '') : base.kind === 'named' ? base.name : '';
    return reportUsage([unknownName(error.message, name, error.known)], raw, host);
  }
}

function render(
  report: StackReport,
  models: readonly ModelFile[],
  layers: Layers,
  raw: RawOptions,
  host: Host,
): string {
  switch (textOption(raw, 'format')) {
    case 'json':
      return `${JSON.stringify(asData(report, models, layers), null, 2)}\n`;
    case 'fragment':
      return linesFor(report.evaluation.model, report.proposal.additions)
        .map((line) => `${line}\n`)
        .join('');
    default:
      return asText(report, models, layers, raw, host);
  }
}

const kernelName = (models: readonly ModelFile[]): string =>
  `Linux ${models.map(({ model }) => model.release).join(' and ')} ${models[0]?.model.arch ?? ''}`;

function baseName({ base, baseDocument, fragments }: Layers): string {
  if (base.kind === 'named') return ` on ${base.name}`;
  if (base.kind === 'text')
    return fragments.length === 0 || baseDocument === undefined ? '' : ` on ${visible(baseDocument.source.path)}`;
  return base.kind === 'none' ? ' on nothing' : ' on allnoconfig';
}

function placeOf({ setting }: StackSetting): { file: string; line: number } {
  const { source, span } = setting.location;
  return { file: source.path, line: positionOf(source, span.start).line };
}

type Row = (label: string, text: string) => string;
type Colors = ReturnType<typeof createColors>;

/** One label and its text, wrapped behind it. */
export function rowWith(colors: Colors): Row {
  return (label, text) => `${colors.dim(label.padEnd(indent))}${wrap(text, indent, width)}\n`;
}

function asText(
  report: StackReport,
  models: readonly ModelFile[],
  layers: Layers,
  raw: RawOptions,
  host: Host,
): string {
  const colors = createColors(wantsColor(raw, host));
  const verbose = flagOption(raw, 'verbose');
  const row = rowWith(colors);
  const on = `${kernelName(models)}${baseName(layers)}`;
  const count = report.settings.length;
  const all = plural(count, 'setting');
  const final = textOption(raw, 'final');
  const built = final === undefined ? '' : visible(final);
  let text =
    final !== undefined
      ? report.lost === 0
        ? `${colors.green('✔')} ${colors.green(`${count === 1 ? 'the one setting is' : `all of ${all} are`} in ${built}`)}\n`
        : `${colors.red('✖')} ${colors.red(`${report.lost} of ${all} are not in ${built}`)}, by the Kconfig of ${on}\n`
      : report.lost === 0
        ? `${colors.green('✔')} ${colors.green(count === 1 ? 'the one setting takes effect' : `all of ${all} take effect`)} on ${on}\n`
        : `${colors.red('✖')} ${colors.red(`${report.lost} of ${all} do not take effect`)} on ${on}\n`;
  text += lossText(report.groups, report, verbose, row, colors);
  for (const { symbol, value, actual } of (report.unexplained ?? []).slice(0, verbose ? undefined : listed)) {
    const has = actual === 'n' ? 'has it off' : `has ${visible(actual)}`;
    text += `\n${colors.red('lost'.padEnd(indent))}${colors.bold(wrap(`CONFIG_${symbol}=${visible(value)}: this kernel would keep it, but ${built} ${has}`, indent, width))}\n`;
    text += row('  why', 'it was built from something else, or of another kernel');
  }
  text += proposalText(report, row, colors);
  if (report.doubtful.length > 0) {
    const why = models.length > 1 ? 'the release and the toolchain decide' : 'the toolchain decides';
    const names = report.doubtful.map((symbol) => `CONFIG_${symbol}`);
    const some = `${names.slice(0, listed).join(', ')}${names.length > listed ? ' …' : ''}`;
    text += `\n${row('not told', `${why} whether ${some} take effect`)}`;
  }
  return text + overriddenText(report, verbose, row);
}

/** Groups of losses, one paragraph each. */
export function lossText(
  groups: readonly LossGroup[],
  report: StackReport,
  verbose: boolean,
  row: Row,
  colors: Colors,
): string {
  const bySymbol = new Map(report.settings.map((each) => [each.symbol, each]));
  let text = '';
  for (const group of groups) {
    text += `\n${colors.red('lost'.padEnd(indent))}${colors.bold(wrap(headOf(group, report), indent, width))}\n`;
    const [first] = group.losses as [Loss, ...Loss[]];
    const names = group.losses.map(({ symbol }) => `CONFIG_${symbol}`);
    const shown = verbose ? names : names.slice(0, listed);
    if (names.length > 1) {
      const more = shown.length < names.length ? ` and ${names.length - shown.length} more (--verbose)` : '';
      text += row('', `${shown.join(', ')}${more}`);
    }
    if (first.chain.length > 0) text += row('  why', chainInWords(first.chain));
    const setting = bySymbol.get(first.symbol);
    if (setting !== undefined) {
      const { file, line } = placeOf(setting);
      text += row(
        '  at',
        `${visible(file)}:${line}: CONFIG_${first.symbol}=${visible(first.value)}, comes to ${cameTo(first)}`,
      );
    }
  }
  return text;
}

/** What the losses of a group have in common, in one sentence. */
function headOf({ reason, root, losses }: LossGroup, { evaluation }: StackReport): string {
  const [first] = losses as [Loss, ...Loss[]];
  const one = losses.length === 1;
  const who = one ? `CONFIG_${first.symbol}=${visible(first.value)}` : plural(losses.length, 'setting');
  const last = first.chain.at(-1);
  switch (reason) {
    case 'unknown-symbol': {
      const near = one ? didYouMean(first.symbol, evaluation.model.symbols.names) : '';
      return one
        ? `this kernel has no CONFIG_${first.symbol}${near === '' ? '' : `; ${near}`}`
        : `${who} name symbols that this kernel does not have`;
    }
    case 'hidden-symbol':
      return `CONFIG_${first.symbol} has no prompt, so it cannot be set: ${deciders(first.symbol, evaluation)}`;
    case 'other-choice-member':
      return `${who}: only one of its choice can be set, and that is CONFIG_${root}`;
    case 'selected':
      return `${who} cannot be: CONFIG_${root} selects it`;
    case 'no-modules':
      return `${who} come${one ? 's' : ''} to y: CONFIG_${root} is off, so nothing can be a module`;
    case 'invalid-value':
      return one
        ? `CONFIG_${first.symbol} cannot be ${visible(first.value)}`
        : `${who} have values that their symbols cannot have`;
    case 'only-module':
      return `${who} come${one ? 's' : ''} to m: CONFIG_${root} is m`;
    case 'changed':
      return `${who} comes to ${cameTo(first)}`;
    case 'unmet-dependency':
      if (last?.other === '') return `${who} need${one ? 's' : ''} what the toolchain cannot do`;
      return last === undefined
        ? `${who} cannot be set on this architecture`
        : `${who} founder${one ? 's' : ''} on CONFIG_${root}, ${stateOf(last, evaluation)}`;
  }
}

/** Who decides a symbol without a prompt. */
function deciders(symbol: string, { model }: StackReport['evaluation']): string {
  const id = symbolNamed(model, symbol) ?? 0;
  const { starts, selectors } = model.selects;
  const names = [...selectors.subarray(starts[id], starts[id + 1])].map((by) => `CONFIG_${model.symbols.names[by]}`);
  const unique = [...new Set(names)];
  if (unique.length === 0) return 'nothing on this architecture selects it, its default decides';
  return `${unique.slice(0, 4).join(', ')}${unique.length > 4 ? ` and ${unique.length - 4} more` : ''} select${unique.length === 1 ? 's' : ''} it`;
}

function stateOf({ how, other, value }: Link, { model }: StackReport['evaluation']): string {
  const id = symbolNamed(model, other);
  if (id === undefined || !isDefined(model, id)) return `which this kernel does not have on ${model.arch}`;
  if (how === 'needs the absence of') return `which is ${value === 'n' ? 'off' : value}`;
  return value === 'n' ? 'which is off' : `which is ${visible(value)}`;
}

function cameTo({ actual }: Loss): string {
  return actual === 'absent' || actual === 'n' ? 'off' : visible(actual);
}

function chainInWords(chain: readonly Link[]): string {
  return chain
    .map(({ symbol, how, other }, i) => {
      const rest = other === '' ? `${how} the toolchain, which says no` : `${how} CONFIG_${other}`;
      return i === 0 ? `CONFIG_${symbol} ${rest}` : `which ${rest}`;
    })
    .join(', ');
}

export function proposalText(
  { proposal, lost, evaluation }: StackReport,
  row: (label: string, text: string) => string,
  colors: ReturnType<typeof createColors>,
): string {
  const { additions, neededBy, unsolved } = proposal;
  let text = '';
  if (additions.size > 0) {
    const held = lost - unsolved.length;
    text += `\n${row('fix', `${plural(additions.size, 'more line')} make${additions.size === 1 ? 's' : ''} ${held === lost ? 'all' : `${held} of ${lost}`} hold, by this kernel's Kconfig; what you set stays as it is`)}`;
    const lines = linesFor(evaluation.model, additions);
    const longest = Math.max(...lines.map((line) => line.length));
    for (const [i, symbol] of [...additions.keys()].entries()) {
      const line = lines[i] as string;
      text += `${' '.repeat(indent)}${colors.green(line.padEnd(longest))}  ${colors.dim(`for CONFIG_${neededBy.get(symbol)}`)}\n`;
    }
  }
  // Of symbols that are not there and values that cannot be, that was said already.
  const open = unsolved.filter(({ reason }) => reason !== 'unknown-symbol' && reason !== 'invalid-value');
  if (open.length > 0) {
    const names = open.map(({ symbol }) => `CONFIG_${symbol}`);
    text += `\n${row('no fix', `nothing was found that makes ${names.slice(0, 2 * listed).join(', ')}${names.length > 2 * listed ? ` and ${names.length - 2 * listed} more` : ''} hold while your other settings stay as they are`)}`;
  }
  return text;
}

function overriddenText(
  { settings }: StackReport,
  verbose: boolean,
  row: (label: string, text: string) => string,
): string {
  const changed = settings.filter(({ value, overridden }) => overridden.some((each) => each.value !== value));
  const repeated = settings.filter(
    ({ value, overridden }) => overridden.length > 0 && overridden.every((each) => each.value === value),
  );
  if (changed.length + repeated.length === 0) return '';
  const at = ({ setting }: Pick<StackSetting, 'setting'>): string => {
    const { source, span } = setting.location;
    return `${visible(source.path)}:${positionOf(source, span.start).line}`;
  };
  let text = `\n${row('stack', `${plural(changed.length, 'setting')} overridden by a later file, ${repeated.length} repeated there${verbose ? '' : ' (--verbose names them)'}`)}`;
  if (!verbose) return text;
  for (const each of changed) {
    const [before] = each.overridden;
    if (before !== undefined)
      text += row('', `CONFIG_${each.symbol}: ${before.value} (${at(before)}) → ${each.value} (${at(each)})`);
  }
  for (const each of repeated) text += row('', `CONFIG_${each.symbol}=${each.value} again at ${at(each)}`);
  return text;
}

function asData(report: StackReport, models: readonly ModelFile[], { base }: Layers) {
  const bySymbol = new Map(report.settings.map((each) => [each.symbol, each]));
  return {
    schemaVersion: 1,
    kernels: models.map(({ model, source }) => ({ release: model.release, arch: model.arch, source })),
    base: base.kind === 'named' ? base.name : base.kind === 'text' ? 'file' : base.kind,
    settings: report.settings.length,
    lost: report.groups.flatMap(({ losses }) =>
      losses.map((loss) => {
        const setting = bySymbol.get(loss.symbol);
        return { ...loss, ...(setting === undefined ? {} : placeOf(setting)) };
      }),
    ),
    doubtful: report.doubtful,
    unexplained: report.unexplained ?? [],
    fix: {
      lines: linesFor(report.evaluation.model, report.proposal.additions),
      neededBy: Object.fromEntries(report.proposal.neededBy),
      unsolved: report.proposal.unsolved.map(({ symbol }) => symbol),
    },
    overridden: report.settings
      .filter(({ overridden }) => overridden.length > 0)
      .map((each) => ({
        symbol: each.symbol,
        value: each.value,
        ...placeOf(each),
        before: each.overridden.map(({ value, setting }) => ({ value, ...placeOf({ ...each, setting }) })),
      })),
  };
}
