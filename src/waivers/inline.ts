/** Waivers that stand as comments in a config: `# kconfig-lint-disable-next-line RULE -- reason`. */
import type { Finding, RuleInfo } from '../finding.ts';
import { type Location, lineIndexOf, lineSpanOf, type SourceText } from '../source.ts';
import { didYouMean } from '../suggest.ts';
import { marker } from './marker.ts';
import { faultyWaiver, type Waiver } from './waiver.ts';

/** Comments of this kind that a file may hold. */
const most = 5000;

const comment = /^[ \t]*#[ \t]*kconfig-lint-([a-z-]+)[ \t]*(.*?)[ \t\r]*$/;
const words = ['disable', 'disable-next-line'];

export interface InlineWaivers {
  readonly waivers: readonly Waiver[];
  /** Comments that look like waivers and are none. */
  readonly faults: readonly Finding[];
}

export function inlineWaivers(source: SourceText): InlineWaivers {
  const waivers: Waiver[] = [];
  const faults: Finding[] = [];
  const { text } = source;
  let after = 0;
  for (
    let at = text.indexOf(marker);
    at !== -1 && waivers.length + faults.length < most;
    at = text.indexOf(marker, after)
  ) {
    const index = lineIndexOf(source, at);
    const span = lineSpanOf(source, index);
    after = Math.max(span.end, at + marker.length);
    const match = comment.exec(text.slice(span.start, span.end));
    if (match === null) continue;
    const location = { source, span };
    const [, word = '', rest = ''] = match;
    const [before, reason] = splitReason(rest);
    const rules = before.split(/[\s,]+/).filter((name) => name !== '');
    const wrong = faultOf(word, rules, reason);
    if (wrong !== undefined) {
      faults.push(
        faultyFinding(faultyWaiver, location, wrong, `# kconfig-lint-${word} ${rules[0] ?? 'RULE'} -- reason`),
      );
      continue;
    }
    waivers.push({
      rules,
      symbols: [],
      coversFile: () => true,
      ranges: [],
      reason: reason as string,
      inSource: true,
      location,
      ...(word === 'disable' ? {} : { line: lineBelow(source, index) }),
    });
  }
  return { waivers, faults };
}

function splitReason(rest: string): readonly [string, string | undefined] {
  const at = rest.search(/(?:^|\s)--(?:\s|$)/);
  if (at === -1) return [rest, undefined];
  const reason = rest.slice(at).replace(/^\s*--\s*/, '');
  return [rest.slice(0, at), reason === '' ? undefined : reason];
}

function faultOf(word: string, rules: readonly string[], reason: string | undefined): string | undefined {
  if (!words.includes(word)) {
    const near = didYouMean(word, words).replace(/(?<= mean |, | or )/g, 'kconfig-lint-');
    return `there is no kconfig-lint-${word}${near === '' ? '' : `; ${near}`}`;
  }
  if (rules.length === 0) return 'this waiver names no rule';
  // As it stands in the advice to write one.
  return reason === undefined || reason === 'reason' ? 'this waiver gives no reason, so it accepts nothing' : undefined;
}

export function faultyFinding(
  rule: RuleInfo,
  location: Location,
  message: string,
  ...advice: readonly string[]
): Finding {
  return { rule, severity: rule.severity, message, location, related: [], sameAs: [], advice };
}

/** The next line that is no waiver itself. */
function lineBelow(source: SourceText, index: number): { index: number; symbol: string | undefined } {
  for (let below = index + 1; ; below++) {
    const { start, end } = lineSpanOf(source, below);
    const text = source.text.slice(start, end);
    if (comment.test(text)) continue;
    return { index: below, symbol: /^(?:#[ \t]*)?CONFIG_(\w+)/.exec(text.trimStart())?.[1] };
  }
}
