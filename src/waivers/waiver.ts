/** What a waiver is: somebody accepts findings of a rule, with a reason. */
import type { Finding, RuleInfo } from '../finding.ts';
import { type Location, lineIndexOf } from '../source.ts';
import { inRange, type KernelVersion, type Range } from '../target.ts';
import { textMatches } from '../wildcard.ts';

export interface Waiver {
  /** Ids or patterns. */
  readonly rules: readonly string[];
  /** Without `CONFIG_`; names or patterns, empty for any. */
  readonly symbols: readonly string[];
  /** Tells by the path of a file, from the project's folder, whether it holds there. */
  readonly coversFile: (path: string) => boolean;
  /** One of them must hold; empty for every kernel. */
  readonly ranges: readonly Range[];
  /** Only for this line, counted from 0, and the symbol that it sets. */
  readonly line?: { readonly index: number; readonly symbol: string | undefined };
  readonly reason: string;
  readonly owner?: string | undefined;
  /** The last day on which it holds: `2027-03-31`. */
  readonly expires?: string | undefined;
  /** It stands in the file whose findings it accepts. */
  readonly inSource: boolean;
  readonly location: Location;
}

const documentation = 'https://github.com/kconfig-lint/kconfig-lint/blob/main/docs/waivers.md';

function rule(id: string, severity: RuleInfo['severity'], title: string, explanation: string): RuleInfo {
  return { id, title, severity, explanation, references: [documentation] };
}

export const unusedWaiver = rule(
  'unused-waiver',
  'warning',
  'Waiver that accepts nothing',
  'Nothing is found any more that it would accept. Left standing, it would hide the next finding of its kind.',
);
export const expiredWaiver = rule(
  'expired-waiver',
  'warning',
  'Waiver whose time is over',
  'It holds no longer, and what it accepted is reported again. Look at the reason anew: renew the date, or settle the finding.',
);
export const faultyWaiver = rule(
  'faulty-waiver',
  'error',
  'Comment that looks like a waiver but is none',
  'A waiver names its rules, and behind " -- " the reason. What does not is no waiver, and accepts nothing.',
);
export const untrustedWaiver = rule(
  'untrusted-waiver',
  'warning',
  'Waiver that the base does not have',
  'What is judged by another branch is judged by the waivers of that branch: a change cannot accept its own findings.',
);

/** Rules about waivers themselves; no waiver accepts their findings. */
export const waiverRules: readonly RuleInfo[] = [unusedWaiver, expiredWaiver, faultyWaiver, untrustedWaiver];

export function isExpired({ expires }: Waiver, today: string): boolean {
  return expires !== undefined && expires < today;
}

/** True where the waiver, which covers the file, speaks of the finding, whether or not its time is over. */
export function covers(waiver: Waiver, finding: Finding, kernel: KernelVersion | undefined): boolean {
  const { rules, symbols, ranges, line } = waiver;
  if (waiverRules.includes(finding.rule)) return false;
  // A finding goes by several rules where they ask for the same: to accept it, the one that speaks must be accepted.
  if (!rules.some((pattern) => textMatches(pattern, finding.rule.id))) return false;
  const { symbol, subjects = symbol === undefined ? [] : [symbol] } = finding;
  const isNamed = (name: string): boolean => symbols.some((pattern) => textMatches(pattern, name));
  if (symbols.length > 0 && !(subjects.length > 0 && subjects.every(isNamed))) return false;
  if (ranges.length > 0 && (kernel === undefined || !ranges.some((range) => inRange(range, kernel)))) return false;
  if (line === undefined) return true;
  if (subjects.length > 1) return false;
  if (symbol !== undefined && symbol === line.symbol) return true;
  return lineIndexOf(finding.location.source, finding.location.span.start) === line.index;
}
