/** `fix`: what to change so that every failing requirement holds and every setting takes effect; printed, or written. */
import { createColors } from 'picocolors';
import { checks } from '../../checks/index.ts';
import type { ConfigDocument } from '../../config/document.ts';
import { asCommands, asFragment } from '../../fix/forms.ts';
import type { Change, FixPlan } from '../../fix/propose.ts';
import { Exit, type ExitCode, type Host } from '../../host.ts';
import { visible } from '../../invisible.ts';
import { planFor } from '../../lint.ts';
import { acceptanceOf } from '../../project/accepted.ts';
import { type FileFix, fixFile } from '../../project/fix-file.ts';
import { findInputs } from '../../project/inputs.ts';
import { baseInWords, nameOf } from '../../project/kernel-view.ts';
import { type Prepared, prepare, projectOptions, type UsageError } from '../../project/prepare.ts';
import { readDocument } from '../../project/read.ts';
import { plural } from '../../reporters/reporter.ts';
import type { GroupOptions } from '../group-options.ts';
import { makeArch, orUsage } from '../layers.ts';
import { flagOption, type RawOptions, textOption } from '../options.ts';
import { wantsColor } from '../outputs.ts';
import { patchBetween } from '../patch.ts';
import type { ProjectServices } from '../project-check.ts';
import { bootSession, situations } from '../situations.ts';
import { failureText, reportUsage } from '../usage.ts';
import type { Views } from '../views.ts';
import { rowWith } from './stack.ts';

/** A fix and what it was found by. */
interface Fixed extends FileFix {
  /** `Linux 6.12.117 x86_64 on defconfig`; or why no Kconfig was asked. */
  readonly by: string;
}

/** Exit code 1 where something stays open that is more than a note. */
export function runFix(raw: RawOptions, host: Host, services: ProjectServices): ExitCode {
  const prepared = prepare(projectOptions(raw), services.loadLibrary);
  if (!('library' in prepared)) return reportUsage(prepared, raw, host);
  if (raw.files.length === 0)
    return reportUsage([{ message: 'no file was named', help: 'kconfig-lint fix .config --profile NAME' }], raw, host);
  const views = services.createViews(raw, prepared);
  if (typeof views === 'number') return views;
  if ('help' in views) return reportUsage([views], raw, host);
  const boot = bootSession(raw, services);
  if (boot !== undefined && 'message' in boot) return reportUsage([boot], raw, host);
  const inputs = findInputs(raw.files, host, services.glob);
  const failures = [...inputs.failures, ...(boot?.failures ?? [])];
  for (const failure of failures) host.writeError(failureText(failure));
  let code: ExitCode = failures.length > 0 ? Exit.unreadable : Exit.ok;
  const stdinName = textOption(raw, 'stdin-filename') ?? '<stdin>';
  const data: object[] = [];
  const progress = services.startProgress?.(inputs.paths.length);
  for (const [done, path] of inputs.paths.entries()) {
    const document = readDocument(path, host, { kind: projectOptions(raw).kind, stdinName, keep: true });
    if (!('scanned' in document)) {
      host.writeError(failureText(document));
      failures.push(document);
      code = Exit.unreadable;
      continue;
    }
    progress?.show(done);
    const own = services.settingsFor(document);
    const [situated, another] = own === undefined ? situations(document, prepared, boot, raw, services) : [];
    if (another !== undefined)
      return reportUsage([{ message: 'fix takes one machine', help: 'name a manifest that describes one' }], raw, host);
    const fixed =
      own !== undefined && !('views' in own)
        ? own
        : own === undefined
          ? fixWith(document, raw, situated?.prepared ?? prepared, views, host.today())
          : fixInGroup(document, own, host.today());
    progress?.hide();
    if ('length' in fixed) return reportUsage(fixed, raw, host);
    if ('help' in fixed) return reportUsage([fixed], raw, host);
    const failure = flagOption(raw, 'write') ? writeBack(path, fixed, raw, host) : undefined;
    if (failure !== undefined) {
      host.writeError(`kconfig-lint: ${visible(path)} was not written: ${visible(failure)}\n`);
      return Exit.output;
    }
    if (code === Exit.ok && fixed.plan?.unfixed.some(({ isMild }) => !isMild)) code = Exit.findings;
    if (textOption(raw, 'format') === 'json') data.push(asData(fixed));
    else host.write(render(fixed, raw, host));
  }
  if (textOption(raw, 'format') === 'json')
    host.write(`${JSON.stringify({ schemaVersion: 1, files: data, failures }, null, 2)}\n`);
  return code;
}

/** Finds the fix of one document; a usage error where a named base or toolchain is none that its model knows. */
export function fixWith(
  document: ConfigDocument,
  raw: RawOptions,
  prepared: Prepared,
  views: Views,
  today: string,
  group?: Pick<GroupOptions, 'before' | 'acceptance'>,
): Fixed | UsageError {
  const target = { ...document.target, ...prepared.target };
  const models = views.modelsFor(document, prepared.target);
  const isComplete = document.kind === 'complete';
  const base = views.base ?? { kind: 'none' as const };
  const { chosen, boot, bootDenied, library } = prepared;
  const severities = new Set(flagOption(raw, 'quiet') ? ['error'] : ['error', 'warning', 'info']);
  const accepts = acceptanceOf(document.source, today, group?.acceptance);
  const demands = { plan: planFor(chosen, boot, bootDenied), library, severities, accepts };
  if (!Array.isArray(models)) {
    const { message, help } = models as UsageError;
    return { ...fixFile(document, target, checks, demands), by: `${message} (${help})` };
  }
  const [toolchain, arch] = [textOption(raw, 'toolchain'), textOption(raw, 'arch')];
  return orUsage(raw, () => {
    const kernel = {
      models,
      base,
      fragments: isComplete ? [] : [...(group?.before ?? []), document],
      ...(toolchain === undefined ? {} : { toolchain }),
      ...(arch === undefined ? {} : { arch: makeArch(arch, base) }),
    };
    const fixed = fixFile(document, target, checks, { ...demands, kernel });
    return { ...fixed, by: `${nameOf(models.slice(-1))}${isComplete ? '' : baseInWords(base)}` };
  });
}

/** The fix by the settings of the file's group: for the newest of its kernels, on what it stacks on. */
export function fixInGroup(document: ConfigDocument, group: GroupOptions, today: string): Fixed | UsageError {
  const { raw, prepared, views } = group;
  return fixWith(document, raw, prepared, views, today, group);
}

/** Writes what was found in place; says what went wrong, or nothing. */
export function writeFix(
  path: string,
  fixed: Fixed | UsageError,
  raw: RawOptions,
  host: Host,
): string | UsageError | undefined {
  return 'help' in fixed ? fixed : writeBack(path, fixed, raw, host);
}

/** Puts a fixed text in the place of a file; says what went wrong, or nothing. */
export function writeBack(path: string, { before, text }: FileFix, raw: RawOptions, host: Host): string | undefined {
  if (text === before.source.text) return undefined;
  if (before.source.container !== undefined) {
    return 'its config is part of the image; write it to a file (kconfig-lint extract), fix that and build the kernel anew';
  }
  if (path === '-') return 'standard input cannot be written';
  return host.replaceFile(path, before.source, text, flagOption(raw, 'follow-symlinks'));
}

function render(fixed: Fixed, raw: RawOptions, host: Host): string {
  const { before, text } = fixed;
  switch (textOption(raw, 'format')) {
    case 'diff':
      return patchOf(before, text);
    case 'fragment':
      return asFragment(allChanges(fixed));
    case 'scripts-config':
      return asCommands(allChanges(fixed), before.source.container === undefined ? before.source.path : '.config');
    default:
      return asText(fixed, raw, host);
  }
}

/** What repairs of the text change too, but for what is changed once more. */
function allChanges({ repaired, plan }: Fixed): readonly Change[] {
  const changes = plan?.changes ?? [];
  const again = new Set(changes.map(({ symbol }) => symbol));
  return [...repaired().filter(({ symbol }) => !again.has(symbol)), ...changes];
}

function patchOf({ source }: ConfigDocument, text: string): string {
  if (source.text === text) return '';
  return patchBetween(`a/${source.path}`, `b/${source.path}`, source.text, text) ?? '';
}

function asText({ before, text, repairs, plan, by }: Fixed, raw: RawOptions, host: Host): string {
  const colors = createColors(wantsColor(raw, host));
  const row = rowWith(colors);
  const path = visible(before.source.path);
  const written = flagOption(raw, 'write') && text !== before.source.text ? ', written' : '';
  let out = `${headline(path, repairs, plan, by, colors)}${written}\n`;
  if (plan === undefined) out += row('', `only the text itself was looked at: ${by}`);
  for (const repair of repairs) out += row('repair', visible(repair));
  out += changesText(plan?.changes ?? [], before, colors, row);
  for (const { goal, isMild, obstacle } of plan?.unfixed ?? []) {
    const note = isMild ? ' (only a note)' : '';
    out += `\n${row('no fix', `${visible(goal)}${note}: ${visible(obstacle.message)}`)}`;
  }
  if (text !== before.source.text && written === '') out += `\n${row('next', nextStep(before))}`;
  return out;
}

function nextStep({ source: { container } }: ConfigDocument): string {
  const other = '--format diff, fragment or scripts-config prints it in another form';
  return container === undefined ? `--write changes the file; ${other}` : `the image must be built anew; ${other}`;
}

type Colors = ReturnType<typeof createColors>;

function headline(
  path: string,
  repairs: readonly string[],
  plan: FixPlan | undefined,
  by: string,
  { green, red, bold }: Colors,
): string {
  const on = plan === undefined ? '' : ` on ${by}`;
  const open = plan?.unfixed.filter(({ isMild }) => !isMild).length ?? 0;
  const changes = (plan?.changes.length ?? 0) + repairs.length;
  if (changes === 0 && open === 0) return `${green('✔')} ${bold(path)}: ${green('nothing to fix')}${on}`;
  const done = plan?.fixed.length ?? 0;
  const makes = done === 0 ? '' : ` ${changes === 1 ? 'makes' : 'make'} ${done} of ${done + open} hold`;
  if (changes === 0)
    return `${red('✖')} ${bold(path)}: ${red(`nothing was found that makes ${open} of ${open} hold`)}${on}`;
  const said = `${plural(changes, 'change')}${makes}`;
  return `${open === 0 ? green('✔') : red('✖')} ${bold(path)}: ${open === 0 ? green(said) : red(said)}${on}`;
}

function changesText(
  changes: readonly Change[],
  document: ConfigDocument,
  colors: Colors,
  row: ReturnType<typeof rowWith>,
): string {
  if (changes.length === 0) return '';
  const spelled = ({ line, symbol }: Change): string => visible(line === '' ? `CONFIG_${symbol} goes` : line);
  const longest = Math.min(44, Math.max(...changes.map((change) => spelled(change).length)));
  const say = (change: Change): string => {
    const { because, before, kind } = change;
    const more = because.length > 1 ? ` and ${because.length - 1} more` : '';
    const [first] = because;
    const why = first === undefined ? '' : `${kind === 'follows' ? 'by' : 'for'} ${first}${more}`;
    // In a complete config every line that is off was written by Kconfig; elsewhere somebody meant it.
    const isFlip = before !== undefined && (before !== 'n' || document.kind === 'fragment');
    const was = isFlip ? colors.yellow(`was ${before === 'n' ? 'off' : visible(before)}`) : '';
    const notes = [was, colors.dim(visible(why))].filter((note) => note !== '').join('; ');
    return `${colors.green(spelled(change).padEnd(longest))}  ${notes}`.trimEnd();
  };
  const set = changes.filter(({ kind }) => kind === 'set');
  const following = changes.filter(({ kind }) => kind === 'follows');
  let text = '\n';
  for (const [i, change] of set.entries()) text += row(i === 0 ? 'set' : '', say(change));
  for (const [i, change] of following.entries()) text += row(i === 0 ? 'follows' : '', say(change));
  return text;
}

function asData({ before, text, repairs, plan, by }: Fixed) {
  return {
    path: before.source.path,
    by,
    repairs,
    changes: plan?.changes ?? [],
    fixed: plan?.fixed ?? [],
    unfixed: (plan?.unfixed ?? []).map(({ goal, isMild, obstacle }) => ({ goal, isNote: isMild, ...obstacle })),
    patch: patchOf(before, text),
  };
}
