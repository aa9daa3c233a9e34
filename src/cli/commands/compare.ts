/** `diff A B`: which symbols differ, and which requirements change their verdict by it. */
import { createColors } from 'picocolors';
import { checks } from '../../checks/index.ts';
import { type ConfigDocument, effectiveSettings, type Setting } from '../../config/document.ts';
import type { InputFailure, Report } from '../../finding.ts';
import { Exit, type ExitCode, type Host } from '../../host.ts';
import { visible } from '../../invisible.ts';
import { lint } from '../../lint.ts';
import { type Prepared, prepare, projectOptions, type UsageError } from '../../project/prepare.ts';
import { readDocument } from '../../project/read.ts';
import { plural } from '../../reporters/reporter.ts';
import { textBetween } from '../../source.ts';
import { type RawOptions, textOption } from '../options.ts';
import { wantsColor } from '../outputs.ts';
import { patchBetween } from '../patch.ts';
import type { Services } from '../services.ts';
import { bootOf } from '../situations.ts';
import { failureText, reportUsage } from '../usage.ts';

type Known = Exclude<Setting, { kind: 'absent' }>;

interface Change {
  readonly symbol: string;
  readonly before: string | null;
  readonly after: string | null;
}

interface VerdictChange {
  readonly rule: string;
  readonly severity: string;
  readonly before: string;
  readonly after: string;
  readonly message: string;
}

export interface Comparison {
  readonly added: readonly Change[];
  readonly removed: readonly Change[];
  readonly changed: readonly Change[];
  readonly verdicts: readonly VerdictChange[];
}

/** Exit code 1 when a requirement of severity error held before and fails after. */
export function runCompare(raw: RawOptions, host: Host, services: Services): ExitCode {
  const [first, second] = raw.files;
  if (first === undefined || second === undefined || raw.files.length > 2) {
    return reportUsage([{ message: 'diff takes two configs', help: 'kconfig-lint diff OLD NEW' }], raw, host);
  }
  const prepared = prepare(projectOptions(raw), services.loadLibrary);
  if (!('library' in prepared)) return reportUsage(prepared, raw, host);
  const documents: ConfigDocument[] = [];
  const failures: InputFailure[] = [];
  for (const path of [first, second]) {
    const stdinName = textOption(raw, 'stdin-filename') ?? '<stdin>';
    const document = readDocument(path, host, { kind: projectOptions(raw).kind, stdinName, keep: true });
    if ('scanned' in document) documents.push(document);
    else {
      failures.push(document);
      host.writeError(failureText(document));
    }
  }
  if (failures.length > 0) {
    if (textOption(raw, 'format') === 'json')
      host.write(`${JSON.stringify({ schemaVersion: 1, failures }, null, 2)}\n`);
    return Exit.unreadable;
  }
  const resolved = resolveAll(documents, raw, prepared, services);
  if (typeof resolved === 'number') return resolved;
  if (!Array.isArray(resolved)) return reportUsage([resolved as UsageError], raw, host);
  const [before, after] = resolved as [ConfigDocument, ConfigDocument];
  const comparison = compare(before, after, prepared);
  host.write(render(comparison, before, after, raw, host));
  const worse = comparison.verdicts.some(({ severity, after: now }) => severity === 'error' && now === 'unmet');
  return worse ? Exit.findings : Exit.ok;
}

/** With a base: what a kernel makes of each on it. Without one the files as they stand. */
function resolveAll(
  documents: readonly ConfigDocument[],
  raw: RawOptions,
  prepared: Prepared,
  { createViews }: Services,
): ConfigDocument[] | UsageError | ExitCode {
  if (textOption(raw, 'base') === undefined) return [...documents];
  const views = createViews(raw, prepared);
  if (typeof views === 'number' || 'help' in views) return views;
  const resolved: ConfigDocument[] = [];
  for (const document of documents) {
    const models = views.modelsFor(document);
    if (!Array.isArray(models)) return models as UsageError;
    const view = views.viewOf(document);
    if (view !== undefined && 'help' in view) return view;
    resolved.push(view?.resolved?.document ?? document);
  }
  return resolved;
}

export function compare(before: ConfigDocument, after: ConfigDocument, prepared: Prepared): Comparison {
  const left = effectiveSettings(before);
  const right = effectiveSettings(after);
  const added: Change[] = [];
  const removed: Change[] = [];
  const changed: Change[] = [];
  for (const [symbol, setting] of right) {
    const old = left.get(symbol);
    const change = { symbol, before: old === undefined ? null : written(old), after: written(setting) };
    if (old === undefined) added.push(change);
    else if (change.before !== change.after) changed.push(change);
  }
  for (const [symbol, setting] of left) {
    if (!right.has(symbol)) removed.push({ symbol, before: written(setting), after: null });
  }
  return { added, removed, changed, verdicts: verdictChanges(before, after, prepared) };
}

function written(setting: Known): string {
  if (setting.kind === 'not-set') return 'n';
  const { source } = setting.location;
  return textBetween(source, setting.valueSpan.start, setting.valueSpan.end);
}

function verdictChanges(before: ConfigDocument, after: ConfigDocument, prepared: Prepared): VerdictChange[] {
  const judge = (document: ConfigDocument) =>
    verdictsOf(lint({ document, checks, target: prepared.target, profiles: prepared.chosen, ...bootOf(prepared) }));
  const left = judge(before);
  const right = judge(after);
  const met = { verdict: 'met', message: '', severity: 'info' };
  const changes: VerdictChange[] = [];
  for (const rule of new Set([...left.keys(), ...right.keys()])) {
    const was = left.get(rule) ?? met;
    const is = right.get(rule) ?? met;
    if (was.verdict === is.verdict) continue;
    const { severity } = is.verdict === 'met' ? was : is;
    changes.push({ rule, severity, before: was.verdict, after: is.verdict, message: is.message || was.message });
  }
  return changes;
}

/** Verdicts by rule; what is not in it was met. */
function verdictsOf({ findings, unknowns, notApplicable }: Report) {
  const verdicts = new Map<string, { verdict: string; message: string; severity: string }>();
  for (const { rule, sameAs, message } of findings) {
    for (const { id, severity } of [rule, ...sameAs]) verdicts.set(id, { verdict: 'unmet', message, severity });
  }
  for (const { rule, reason } of unknowns)
    verdicts.set(rule.id, { verdict: 'unknown', message: reason, severity: rule.severity });
  for (const { rule, reason } of notApplicable) {
    verdicts.set(rule.id, { verdict: 'not-applicable', message: reason, severity: rule.severity });
  }
  return verdicts;
}

function render(
  comparison: Comparison,
  before: ConfigDocument,
  after: ConfigDocument,
  raw: RawOptions,
  host: Host,
): string {
  const format = textOption(raw, 'format');
  if (format === 'json') {
    const names = { before: before.source.path, after: after.source.path };
    return `${JSON.stringify({ schemaVersion: 1, ...names, ...comparison }, null, 2)}\n`;
  }
  if (format === 'patch') {
    const patch = patchBetween(before.source.path, after.source.path, before.source.text, after.source.text);
    if (patch === undefined) {
      host.writeError(
        'kconfig-lint: the files differ too much for a patch; without --format patch the symbols are compared\n',
      );
      return '';
    }
    return patch;
  }
  return compareText(comparison, raw, host);
}

function compareText({ added, removed, changed, verdicts }: Comparison, raw: RawOptions, host: Host): string {
  const colors = createColors(wantsColor(raw, host));
  let text = '';
  for (const { rule, before, after, severity, message } of verdicts) {
    const better = after === 'met' || (before === 'unmet' && after !== 'unmet');
    const line = `${severity}  ${rule}: ${before} → ${after}  ${visible(message)}`;
    text += `${better ? colors.green(line) : after === 'unmet' ? colors.red(line) : colors.yellow(line)}\n`;
  }
  if (verdicts.length > 0) text += '\n';
  for (const { symbol, before, after } of changed)
    text += `~ CONFIG_${symbol}  ${visible(before ?? '')} → ${visible(after ?? '')}\n`;
  for (const { symbol, after } of added) text += colors.green(`+ CONFIG_${symbol}=${visible(after ?? '')}`) + '\n';
  for (const { symbol, before } of removed) text += colors.red(`- CONFIG_${symbol}=${visible(before ?? '')}`) + '\n';
  const counts = `${changed.length} changed, ${added.length} added, ${removed.length} removed`;
  return `${text}${text === '' ? '' : '\n'}${counts}; ${plural(verdicts.length, 'requirement')} changed verdict\n`;
}
