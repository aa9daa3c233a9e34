/** What a check is: a rule that needs code, with the example that its docs print and its test runs. */
import { type ConfigDocument, settingOf } from '../config/document.ts';
import type { ConfigProblem, ConfigProblemCode } from '../config/problem.ts';
import type { Finding, Fix, Related, RuleInfo, Severity } from '../finding.ts';
import {
  cameTo,
  isDefined,
  type KconfigModel,
  type Loss,
  type LossReason,
  lossInWords,
  symbolNamed,
  typeNames,
  type Wanted,
} from '../kconfig/index.ts';
import { type Location, positionOf, textBetween } from '../source.ts';
import type { Target } from '../target.ts';

/** Where a symbol that the kernel lacks is found instead. */
export interface Whereabouts {
  /** Symbols of the kernel that are spelled nearly so. */
  readonly near: readonly string[];
  /** One of them is but one letter away. */
  readonly isSlip: boolean;
  /** Other releases and architectures that have it, in words; empty where none is known. */
  readonly elsewhere: string;
}

/** What the Kconfig of the target's kernel makes of a document. */
export interface KernelView {
  /** `Linux 6.12.117 x86_64`. */
  readonly name: string;
  readonly model: KconfigModel;
  /** What a fragment is merged onto, ready to follow the name: ` on defconfig`. */
  readonly base?: string;
  /** `alone`: what the fragment is merged onto is not known, so only what holds on any base is said. */
  readonly mode: 'complete' | 'stack' | 'alone';
  /** The document names a kernel with changes of its own, which this Kconfig does not know. */
  readonly isVendor: boolean;
  /** The document is complete, and of a release whose own Kconfig is not at hand: another one's is asked instead. */
  readonly isStandIn: boolean;
  /** Settings of symbols that the kernel lacks; those of symbols that patches bring are left out. */
  readonly unknown: readonly Wanted[];
  /** Settings of other symbols that are lost whatever is not known. */
  readonly losses: readonly Loss[];
  /** Settings that the kernel comes to without them; only where they were asked for. */
  readonly redundant: readonly string[];
  readonly whereabouts: (symbol: string) => Whereabouts;
  /** Lines that make a setting (`CONFIG_X`) or a rule hold, as far as a first look tells. */
  readonly adviceFor: (goal: string) => readonly string[] | undefined;
}

export interface CheckInput {
  readonly document: ConfigDocument;
  /** As it will be judged: what the user said wins over what the file says. */
  readonly target: Target;
  /** Undefined where no model speaks for the target's kernel. */
  readonly kernel?: KernelView | undefined;
}

export interface Example {
  /** Name of the file, where it matters. */
  readonly path?: string;
  readonly text: string;
  /** The Kconfig of the kernel that it is merged onto nothing for; without it no kernel is known. */
  readonly kconfig?: string;
}

export interface Check {
  readonly info: RuleInfo;
  /** The check finds something here … */
  readonly bad: Example;
  /** … and nothing here. */
  readonly good: Example;
  readonly find: (input: CheckInput) => readonly Finding[];
}

export interface Draft {
  readonly message: string;
  readonly location: Location;
  readonly severity?: Severity;
  readonly symbol?: string;
  readonly subjects?: readonly string[];
  readonly related?: readonly Related[];
  /** Called when it is first read. */
  readonly advice?: readonly string[] | (() => readonly string[]);
  readonly fix?: Fix | undefined;
  readonly cause?: Finding['cause'];
  readonly causeTitle?: Finding['causeTitle'];
  readonly actual?: string;
  readonly expected?: string;
}

/** Completes a finding of a check. */
export function finding(rule: RuleInfo, draft: Draft): Finding {
  return {
    rule,
    severity: draft.severity ?? rule.severity,
    message: draft.message,
    location: draft.location,
    related: draft.related ?? [],
    sameAs: [],
    get advice() {
      return typeof draft.advice === 'function' ? draft.advice() : (draft.advice ?? []);
    },
    cause: draft.cause,
    causeTitle: draft.causeTitle,
    ...(draft.actual === undefined ? {} : { actual: draft.actual }),
    ...(draft.expected === undefined ? {} : { expected: draft.expected }),
    ...(draft.symbol === undefined ? {} : { symbol: draft.symbol }),
    ...(draft.subjects === undefined ? {} : { subjects: draft.subjects }),
    ...(draft.fix === undefined ? {} : { fix: draft.fix }),
  };
}

/** The findings for problems that the parser has already found; `refine` may change a draft or drop it. */
export function fromProblems(
  rule: RuleInfo,
  { document }: CheckInput,
  codes: readonly ConfigProblemCode[],
  refine: (draft: Draft, problem: ConfigProblem) => Draft | undefined = (draft) => draft,
): Finding[] {
  const findings: Finding[] = [];
  for (const problem of document.problems) {
    if (!codes.includes(problem.code)) continue;
    const draft = refine(draftOf(problem, document.scanned.carriageReturns > 0 ? '\r\n' : '\n'), problem);
    if (draft !== undefined) findings.push(finding(rule, draft));
  }
  return findings;
}

function draftOf({ message, location, symbol, replacement }: ConfigProblem, ending: string): Draft {
  const line = replacement?.trim() ?? '';
  return {
    message,
    location,
    ...(symbol === undefined ? {} : { symbol }),
    ...(line === '' ? {} : { advice: line.split('\n') }),
    ...(replacement === undefined
      ? {}
      : {
          fix: {
            title: line === '' ? 'Repair the text' : `Write ${line.split('\n').join(' and ')}`,
            edits: [{ location, newText: replacement.replaceAll('\n', ending) }],
          },
        }),
  };
}

/**
 * A draft for a line that was meant to turn its symbol off; undefined where that changes nothing, as another line turns it off or
 * sets it further down, and where a remark behind "is not set" may be prose about the setting that there is.
 */
export function meantAsOff(document: ConfigDocument, draft: Draft): Draft | undefined {
  const { source, span } = draft.location;
  const setting = settingOf(document, draft.symbol ?? '');
  if (setting.kind === 'absent') return draft;
  const { location } = setting;
  if (setting.kind === 'not-set' || location.span.start > span.start) return undefined;
  if (/is not set.*\w/s.test(textBetween(source, span.start, span.end))) return undefined;
  const message = `${draft.message}: it is set on line ${positionOf(source, location.span.start).line}`;
  // Which of the two lines is the mistake only their author knows.
  return { ...draft, message, related: [{ location, message: 'this line counts' }], fix: undefined };
}

/** The type that the kernel gives a symbol; undefined where the kernel is not known, or has no such symbol. */
export function typeOf(kernel: KernelView | undefined, symbol: string | undefined): string | undefined {
  if (kernel === undefined || symbol === undefined) return undefined;
  const id = symbolNamed(kernel.model, symbol);
  return id === undefined || !isDefined(kernel.model, id) ? undefined : typeNames[kernel.model.symbols.types[id] as 0];
}

/** A bool or a tristate. */
export function isLogic(type: string): boolean {
  return type === 'bool' || type === 'tristate';
}

/** The value that a line gives a symbol, as it stands there; empty where it turns the symbol off. */
export function writtenValue({ source, span }: Location): string {
  const line = textBetween(source, span.start, span.end);
  return /^[^#=]*=(.*)$/s.exec(line)?.[1] ?? '';
}

/** A draft for a text that stands without quotes, as its symbol is a string. */
export function needingQuotes(draft: Draft, symbol: string, written: string, loss?: Loss): Draft {
  const comes = loss === undefined ? 'the kernel drops the line' : `it comes to ${cameTo(loss)}`;
  const message = `CONFIG_${symbol}=${written} needs quotes: it is a string; ${comes}`;
  return rewritten({ ...draft, message }, `CONFIG_${symbol}="${written.replace(/[\\"]/g, '\\$&')}"`);
}

/** With another line in the place of the whole one for its fix. */
export function rewritten(draft: Draft, line: string): Draft {
  const edits = [{ location: draft.location, newText: line }];
  return { ...draft, advice: [line], fix: { title: `Write ${line}`, edits } };
}

/** True where the line of the setting is told as one whose value for a bool or tristate is misspelled. */
export function isMisspelled(document: ConfigDocument, { location, symbol }: Draft): boolean {
  return document.problems.some(
    (problem) =>
      problem.code === 'value-spelling' &&
      problem.harmless !== true &&
      problem.symbol === symbol &&
      problem.location.span.start === location.span.start,
  );
}

/** True where what the kernel makes of the symbol's setting is told as a loss. */
export function isLost(kernel: KernelView | undefined, symbol: string | undefined): boolean {
  return kernel?.losses.some((loss) => loss.symbol === symbol) === true;
}

/**
 * Findings for settings that are lost for one of `reasons`: an error in a fragment, where somebody asked for them; a warning in a
 * complete config, which the next make will change; a note where the kernel has changes of its own, or may lack what is in the way.
 */
export function fromLosses(
  rule: RuleInfo,
  { document, kernel }: CheckInput,
  reasons: readonly LossReason[],
  refine: (draft: Draft, loss: Loss) => Draft | undefined = (draft) => draft,
): Finding[] {
  if (kernel === undefined) return [];
  const usual = kernel.isVendor ? 'info' : kernel.mode === 'complete' ? 'warning' : rule.severity;
  const findings: Finding[] = [];
  for (const loss of kernel.losses) {
    if (!reasons.includes(loss.reason)) continue;
    // A complete config names what its kernel has, so what it does not name may be of other releases only.
    const isDoubtful = kernel.isStandIn && settingOf(document, obstacleOf(loss)).kind === 'absent';
    const severity = isDoubtful ? 'info' : usual;
    const draft = refine({ ...draftOfLoss(loss, document, kernel, isDoubtful), severity }, loss);
    if (draft !== undefined) findings.push(finding(rule, isDoubtful ? { ...draft, advice: [] } : draft));
  }
  return findings;
}

/** What a setting founders on; of what the toolchain cannot do, the symbol that asks it. */
function obstacleOf({ root, chain, symbol }: Loss): string {
  return root === '' ? (chain.at(-1)?.symbol ?? symbol) : root;
}

function draftOfLoss(loss: Loss, document: ConfigDocument, kernel: KernelView, isDoubtful: boolean): Draft {
  const { symbol, value, actual, chain, root } = loss;
  const setting = settingOf(document, symbol);
  const location = setting.kind === 'absent' ? startOf(document) : setting.location;
  const spelled = value === 'n' ? `CONFIG_${symbol} off` : `CONFIG_${symbol}=${value}`;
  const where = isDoubtful ? `in ${kernel.name}: ` : '';
  const related: Related[] = [];
  for (const { other, how, symbol: from } of chain) {
    const decides = other === '' ? undefined : settingOf(document, other);
    if (decides === undefined || decides.kind === 'absent') continue;
    related.push({ location: decides.location, message: `CONFIG_${from} ${how} CONFIG_${other}` });
  }
  return {
    symbol,
    message: `${where}${lossInWords(loss, kernel.model, spelled, true)}`,
    location,
    related,
    expected: value === 'n' ? 'off' : value,
    actual: actual === 'absent' || actual === 'n' ? 'off' : actual,
    advice: () => kernel.adviceFor(`CONFIG_${symbol}`) ?? [],
    cause: `${loss.reason} CONFIG_${root}`,
    causeTitle: (count) => `${where}${lossInWords(loss, kernel.model, `${count} settings`, false)}`,
  };
}

function startOf({ source }: ConfigDocument): Location {
  return { source, span: { start: 0, end: 0 } };
}
