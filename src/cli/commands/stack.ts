/** `stack`: which settings of a base and fragments the kernel will not keep, why, and what to add. */
import { createColors } from 'picocolors';
import type { Report } from '../../finding.ts';
import { Exit, type ExitCode, type Host, type KernelHost } from '../../host.ts';
import { visible } from '../../invisible.ts';
import {
  cameTo,
  chainInWords,
  type Loss,
  linesFor,
  lossInWords,
  type ModelFile,
  wishInWords,
} from '../../kconfig/index.ts';
import { lint, planFor } from '../../lint.ts';
import { baseInWords, nameOf, viewKernel } from '../../project/kernel-view.ts';
import { type Prepared, prepare, projectOptions, type UsageError } from '../../project/prepare.ts';
import { readDocument } from '../../project/read.ts';
import { judgeStack, type LossGroup, type StackReport, type StackSetting } from '../../project/stack.ts';
import { fileJson } from '../../reporters/json.ts';
import { plural } from '../../reporters/reporter.ts';
import { textReporter, wrap } from '../../reporters/text.ts';
import { positionOf } from '../../source.ts';
import { didYouMean } from '../../suggest.ts';
import type { BootSession } from '../boot.ts';
import { findModels, type Layers, makeArch, orUsage, readLayers } from '../layers.ts';
import { flagOption, type RawOptions, textOption } from '../options.ts';
import { styleOf, wantsColor } from '../outputs.ts';
import type { Services } from '../services.ts';
import { bootSession, situations } from '../situations.ts';
import { failureText, reportUsage } from '../usage.ts';

const indent = 9;
const width = 100;
/** Names listed of one group before the rest is only counted. */
const listed = 8;

/** Exit code 1 where a setting is lost. */
export function runStack(raw: RawOptions, host: Host, kernelHost: KernelHost, services: Services): ExitCode {
  const prepared = prepare(projectOptions(raw), services.loadLibrary);
  if (!('library' in prepared)) return reportUsage(prepared, raw, host);
  const boot = bootSession(raw, services);
  if (boot !== undefined && 'message' in boot) return reportUsage([boot], raw, host);
  for (const failure of boot?.failures ?? []) host.writeError(failureText(failure));
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
  const code = orUsage(raw, () => {
    const report = judgeStack({
      models,
      base,
      fragments,
      documents: alone ? [baseDocument] : fragments,
      final,
      ...(toolchain === undefined ? {} : { toolchain }),
      ...(arch === undefined ? {} : { arch: makeArch(arch, base) }),
    });
    const required = requiredOf(layers, models, prepared, boot, raw, services);
    host.write(render(report, required, models, layers, raw, host));
    if (textOption(raw, 'format') === 'text') {
      const style = styleOf(raw, host, prepared, true, false, boot);
      for (const each of [...(boot?.reports(prepared, false) ?? []), ...required])
        host.write(`\n${textReporter(style).file(each)}`);
    }
    if ((boot?.failures.length ?? 0) > 0) return Exit.unreadable;
    return report.lost > 0 || required.some(({ counts }) => counts.error > 0) ? Exit.findings : Exit.ok;
  });
  return typeof code === 'number' ? code : reportUsage([code], raw, host);
}

/** What profiles ask for, held against what the whole stack comes to, once for each way in which its kernel is started. */
function requiredOf(
  { base, baseDocument, fragments, target }: Layers,
  models: readonly ModelFile[],
  prepared: Prepared,
  session: BootSession | undefined,
  raw: RawOptions,
  services: Services,
): Report[] {
  const document = fragments.at(-1) ?? baseDocument;
  if (document === undefined) return [];
  const [toolchain, arch] = [textOption(raw, 'toolchain'), textOption(raw, 'arch')];
  const own: Prepared = { ...prepared, target: { ...target, ...prepared.target } };
  return situations(document, own, session, raw, services).flatMap(({ prepared: situated, findings }) => {
    const { chosen, boot, bootDenied, library, target: said } = situated;
    if (chosen.length === 0) return [];
    const kernel = viewKernel({
      document,
      before: fragments.slice(0, -1),
      models,
      base,
      toolchain,
      arch: arch === undefined ? undefined : makeArch(arch, base),
      target: said,
      isExtra: () => false,
      findRedundant: false,
      index: () => '',
      plan: planFor(chosen, boot, bootDenied),
      library,
    });
    return lint({
      document,
      target: said,
      found: findings,
      checks: [],
      profiles: chosen,
      boot,
      bootDenied,
      library,
      kernel,
    });
  });
}

function render(
  report: StackReport,
  required: readonly Report[],
  models: readonly ModelFile[],
  layers: Layers,
  raw: RawOptions,
  host: Host,
): string {
  switch (textOption(raw, 'format')) {
    case 'json':
      return `${JSON.stringify(asData(report, required, models, layers), null, 2)}\n`;
    case 'fragment':
      return linesFor(report.evaluation.model, report.proposal.additions)
        .map((line) => `${line}\n`)
        .join('');
    default:
      return asText(report, models, layers, raw, host);
  }
}

function baseName({ base, baseDocument, fragments }: Layers): string {
  if (base.kind !== 'text') return baseInWords(base);
  return fragments.length === 0 || baseDocument === undefined ? '' : ` on ${visible(baseDocument.source.path)}`;
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
  const on = `${nameOf(models)}${baseName(layers)}`;
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
        : `${colors.red('✖')} ${colors.red(`${report.lost} of ${all} ${report.lost === 1 ? 'does' : 'do'} not take effect`)} on ${on}\n`;
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
        `${visible(file)}:${line}: ${visible(wishInWords(first))}, comes to ${visible(cameTo(first))}`,
      );
    }
  }
  return text;
}

/** What the losses of a group have in common, in one sentence. */
function headOf({ losses }: LossGroup, { evaluation }: StackReport): string {
  const [first] = losses as [Loss, ...Loss[]];
  const isOne = losses.length === 1;
  const who = isOne ? wishInWords(first) : plural(losses.length, 'setting');
  const said = visible(lossInWords(first, evaluation.model, who, isOne));
  if (first.reason !== 'unknown-symbol' || !isOne) return said;
  // Those that are only asked about are as unknown as the first one.
  const { names, types } = evaluation.model.symbols;
  const near = didYouMean(
    first.symbol,
    names.filter((_, id) => types[id] !== 0),
  );
  return `${said}${near === '' ? '' : `; ${near}`}`;
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

function asData(report: StackReport, required: readonly Report[], models: readonly ModelFile[], { base }: Layers) {
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
    required: required[0] === undefined ? null : fileJson(required[0]),
    ...(required.length > 1 ? { alsoRequired: required.slice(1).map(fileJson) } : {}),
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
