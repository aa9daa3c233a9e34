/** Everything about one file that can be put right: what the checks of its text offer, then what the kernel's Kconfig allows. */
import type { Check, KernelView } from '../checks/check.ts';
import { type ConfigDocument, effectiveSettings, effectiveValues, parseConfig } from '../config/document.ts';
import { applyEdits } from '../config/edits.ts';
import type { Finding } from '../finding.ts';
import { type Change, type FixInput, type FixPlan, proposeFix } from '../fix/propose.ts';
import { Verdict } from '../profiles/condition.ts';
import { findingOf } from '../profiles/evaluate.ts';
import { judgePlan } from '../profiles/judge.ts';
import { rivalFinder } from '../profiles/rivals.ts';
import { createSource, type Location, type SourceText, textBetween } from '../source.ts';
import type { Target } from '../target.ts';
import type { Accepts } from './accepted.ts';
import { viewKernel } from './kernel-view.ts';

export interface FileFix {
  readonly before: ConfigDocument;
  /** The file with all of it done. */
  readonly text: string;
  /** Findings about the text itself that are settled, in words. */
  readonly repairs: readonly string[];
  /** What that changes of the settings: a fragment can bring it, though not the text that is repaired. */
  readonly repaired: () => readonly Change[];
  /** Undefined where no model speaks for the kernel. */
  readonly plan: FixPlan | undefined;
}

/** What is required of the file, and what resolves it where a model speaks for its kernel. */
export interface Demands extends Pick<FixInput, 'plan' | 'library' | 'severities'> {
  /** Findings that are not to be mended. */
  readonly accepts?: Accepts | undefined;
  readonly kernel?: Omit<FixInput, 'document' | 'target' | 'plan' | 'library' | 'severities'> | undefined;
}
type KernelInput = Omit<FixInput, 'document' | 'target'>;

/** Repairs may uncover others; after so many rounds it is left at that. */
const mostRounds = 5;

/** Throws UnknownName, as `resolveConfig` does. */
export function fixFile(before: ConfigDocument, target: Target, checks: readonly Check[], demands?: Demands): FileFix {
  const input = demands?.kernel === undefined ? undefined : { ...demands, ...demands.kernel };
  let document = before;
  let repairs: Finding[] = [];
  const isFixable = (finding: Finding): boolean =>
    finding.fix !== undefined && demands?.accepts?.(finding, target.kernel) !== true;
  const findIn = (kernel: KernelView | undefined) =>
    checks.flatMap((check) => check.find({ document, target, kernel }));
  const mend = (fixable: readonly Finding[]): boolean => {
    const text = applyEdits(
      document.source,
      fixable.flatMap(({ fix }) => fix?.edits ?? []),
    );
    if (text === document.source.text) return false;
    repairs.push(...fixable);
    document = parseConfig(reread(document.source, text), { kind: before.kind, limits: before.limits });
    return true;
  };
  for (let round = 0; round < mostRounds; round++) {
    const kernel = input === undefined || document.problems.length === 0 ? undefined : viewOf(document, target, input);
    if (!mend(findIn(kernel).filter(isFixable))) break;
  }
  if (repairs.length > 0 && demands !== undefined) {
    // A symbol that must be off is not to be y because somebody wrote "Y".
    const repaired = new Set(repairs.map(({ symbol }) => symbol));
    const overruling = unmetIn(document, target, demands).filter(
      (finding) =>
        finding.symbol !== undefined &&
        repaired.has(finding.symbol) &&
        demands.severities.has(finding.severity) &&
        isFixable(finding),
    );
    const overruled = new Set(overruling.map(({ symbol }) => symbol));
    repairs = repairs.filter(({ symbol }) => symbol === undefined || !overruled.has(symbol));
    mend(overruling);
  }
  const { encoding } = document.source;
  const fixed = {
    before,
    repairs: repairs.flatMap(({ fix, rule }) => (fix === undefined ? [] : `${fix.title} (${rule.id})`)),
    repaired: () => changesBy(repairs, before, document),
  };
  if (input === undefined)
    return { ...fixed, text: inBytesOf(before.source, document.source.text, encoding), plan: undefined };
  const fragments = input.fragments.length === 0 ? [] : [...input.fragments.slice(0, -1), document];
  const { accepts } = input;
  // Settings without effect that somebody accepted; to know them takes another look at the kernel.
  const accepted =
    accepts === undefined
      ? []
      : findIn(viewOf(document, target, input)).filter((finding) => accepts(finding, target.kernel));
  const acceptedSettings = new Set(accepted.flatMap(({ symbol, subjects }) => subjects ?? symbol ?? []));
  const plan = proposeFix({ ...input, document, target, fragments, acceptedSettings });
  return { ...fixed, text: inBytesOf(before.source, plan.text, encoding), plan };
}

function lineOf({ location: { source, span } }: { readonly location: Location }): string {
  return textBetween(source, span.start, span.end).trimEnd();
}

/** What repairs change of the settings; by their lines, for quotes are no part of a value, and all that is wrong with some. */
function changesBy(repairs: readonly Finding[], before: ConfigDocument, after: ConfigDocument): readonly Change[] {
  if (repairs.length === 0) return [];
  const [first, second] = [effectiveValues(before), effectiveValues(after)];
  const old = effectiveSettings(before);
  const bySymbol = new Map(repairs.map((finding) => [finding.symbol, finding]));
  const changed = [...effectiveSettings(after)].filter(([symbol, setting]) => {
    const known = old.get(symbol);
    return known === undefined || lineOf(known) !== lineOf(setting);
  });
  return changed.map(([symbol, setting]): Change => {
    const { rule } = bySymbol.get(symbol) ?? (repairs[0] as Finding);
    const values = { before: first.get(symbol), after: second.get(symbol) };
    return { symbol, ...values, line: lineOf(setting), because: [rule.id], kind: 'set' };
  });
}

/** What the profiles find wrong with the document. */
function unmetIn(document: ConfigDocument, target: Target, { plan, library }: Demands): readonly Finding[] {
  const judged = judgePlan(plan, document, target, library);
  const rivalOf = rivalFinder(plan, judged, library);
  return plan.entries.flatMap(({ requirement, circumstance }, index) => {
    const judgement = judged.judgements[index];
    const situation = judged.situations[circumstance];
    if (judgement?.verdict !== Verdict.unmet || situation === undefined || rivalOf(index) !== undefined) return [];
    return [findingOf(requirement, judgement, situation, library)];
  });
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** As the next run would read it: without the bytes that a repair took out, a text may be UTF-8. */
function reread({ path, encoding }: SourceText, text: string): SourceText {
  if (encoding !== 'latin1') return createSource(path, text, encoding);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  try {
    return createSource(path, utf8.decode(bytes), 'utf-8');
  } catch {
    return createSource(path, text, encoding);
  }
}

/** A text of an encoding as the file was read at first: the same bytes. */
function inBytesOf(before: SourceText, text: string, encoding: SourceText['encoding']): string {
  if (encoding === before.encoding) return text;
  let out = '';
  for (const byte of new TextEncoder().encode(text)) out += String.fromCharCode(byte);
  return out;
}

/** What the kernel makes of the text: a "y" in quotes is a mistake for a bool only. */
function viewOf(document: ConfigDocument, target: Target, input: KernelInput): KernelView {
  const { models, base, fragments, toolchain, arch, plan, library } = input;
  return viewKernel({
    document,
    target,
    models: models.slice(-1),
    base,
    before: fragments.slice(0, -1),
    toolchain,
    arch,
    plan,
    library,
    isExtra: () => false,
    findRedundant: false,
    index: () => '',
  });
}
