/** Findings by what they have in common: one root, one symbol and the lines that put it right, or the very same words about other lines. */
import type { Finding } from '../finding.ts';

/** A finding with those that it explains or that share its root, and those that say the very same of other lines. */
export interface Group {
  readonly head: Finding;
  readonly rest: readonly Finding[];
  readonly alike: readonly Finding[];
  /** Others about the head's symbol that the lines to type settle too. */
  readonly settled: readonly Finding[];
  /** The lines to type for the head and those that are settled with it. */
  readonly advice: readonly string[];
  /** What the root does to all of them, where they share one. */
  readonly title?: string | undefined;
}

/** Findings about one symbol that others are held against: a file may have thousands about one. */
const mostHeads = 8;

export function groupsOf(findings: readonly Finding[]): Group[] {
  const byCause = collect(findings, ({ cause }) => cause);
  const heads = new Set(findings.map(({ rule }) => rule.id));
  const sharing = ({ cause }: Finding): readonly Finding[] =>
    cause === undefined || heads.has(cause) ? [] : (byCause.get(cause) ?? []);
  const roots = findings.filter((finding) => finding.cause === undefined || sharing(finding)[0] === finding);
  const byText = collect(roots, (finding) => (finding.symbol === undefined ? sameText(finding) : undefined));
  const bySymbol = collect(roots, ({ symbol }) => symbol);
  const settledBy = new Map<Finding, Finding[]>();
  const settled = new Set<Finding>();
  for (const about of bySymbol.values()) {
    const heads: Finding[] = [];
    for (const finding of about) {
      const head = heads.find((each) => isSettledBy(each, finding) || isOverruledBy(each, finding));
      if (head !== undefined) {
        settled.add(finding);
        settledBy.set(head, [...(settledBy.get(head) ?? []), finding]);
      } else if (heads.length < mostHeads) heads.push(finding);
    }
  }
  const restOf = (finding: Finding): readonly Finding[] => {
    const shared = sharing(finding);
    return shared.length > 0 ? shared.slice(1) : (byCause.get(finding.rule.id) ?? []);
  };
  return roots
    .filter((head) => !settled.has(head) && (head.symbol !== undefined || byText.get(sameText(head))?.[0] === head))
    .map((head) => {
      const settings = sharing(head).filter(({ causeTitle }) => causeTitle !== undefined);
      const title = settings.length > 1 ? settings[0]?.causeTitle?.(settings.length) : undefined;
      const others = settledBy.get(head) ?? [];
      const overruling = others.find((other) => isOverruledBy(head, other));
      return {
        head,
        rest: [head, ...others].flatMap(restOf),
        alike: head.symbol === undefined ? (byText.get(sameText(head)) ?? []).slice(1) : [],
        settled: others,
        advice: (overruling ?? head).advice,
        title,
      };
    });
}

/**
 * Of two findings about one symbol the first, which is no milder, says all that is to be done for the second, which is a demand and no
 * mistake in a line of its own.
 */
function isSettledBy({ advice, targets }: Finding, other: Finding): boolean {
  return (
    other.rule.id.includes('/') &&
    other.advice.length > 0 &&
    other.advice.every((line) => advice.includes(line)) &&
    String(targets) === String(other.targets)
  );
}

/** A repair of how a line is written, and a demand that the symbol be off: then the line is not to be repaired but to go. */
function isOverruledBy({ rule, symbol, advice }: Finding, other: Finding): boolean {
  const isRepair = !rule.id.includes('/') && advice.length === 1 && advice[0]?.startsWith(`CONFIG_${symbol}=`) === true;
  return isRepair && other.advice.length === 1 && other.advice[0] === `# CONFIG_${symbol} is not set`;
}

/** What is expected of a symbol is the first of the ways in which another finding's expectation can be met, or all of it. */
export function covers({ expected }: Finding, other: Finding): boolean {
  return (
    expected !== undefined && (other.expected === expected || other.expected?.startsWith(`${expected} or `) === true)
  );
}

/** All but those that say the very same, the head first, as a report lists them. */
export function membersOf({ head, settled, rest }: Group): readonly Finding[] {
  return [head, ...settled, ...rest];
}

function sameText({ rule, severity, message }: Finding): string {
  return `${rule.id} ${severity} ${message}`;
}

/** Findings by key, in their order; those without a key are left out. */
function collect(
  findings: readonly Finding[],
  keyOf: (finding: Finding) => string | undefined,
): Map<string, Finding[]> {
  const found = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = keyOf(finding);
    if (key === undefined) continue;
    const known = found.get(key);
    if (known === undefined) found.set(key, [finding]);
    else known.push(finding);
  }
  return found;
}
