/** Findings by what they have in common: one root, or the very same words about other lines. */
import type { Finding } from '../finding.ts';

/** A finding with those that it explains or that share its root, and those that say the very same of other lines. */
export interface Group {
  readonly head: Finding;
  readonly rest: readonly Finding[];
  readonly alike: readonly Finding[];
  /** What the root does to all of them, where they share one. */
  readonly title?: string | undefined;
}

export function groupsOf(findings: readonly Finding[]): Group[] {
  const byCause = collect(findings, ({ cause }) => cause);
  const heads = new Set(findings.map(({ rule }) => rule.id));
  const sharing = ({ cause }: Finding): readonly Finding[] =>
    cause === undefined || heads.has(cause) ? [] : (byCause.get(cause) ?? []);
  const roots = findings.filter((finding) => finding.cause === undefined || sharing(finding)[0] === finding);
  const byText = collect(roots, (finding) => (finding.symbol === undefined ? sameText(finding) : undefined));
  return roots
    .filter((head) => head.symbol !== undefined || byText.get(sameText(head))?.[0] === head)
    .map((head) => {
      const shared = sharing(head);
      const settings = shared.filter(({ causeTitle }) => causeTitle !== undefined);
      const title = settings.length > 1 ? settings[0]?.causeTitle?.(settings.length) : undefined;
      return {
        head,
        rest: shared.length > 0 ? shared.slice(1) : (byCause.get(head.rule.id) ?? []),
        alike: head.symbol === undefined ? (byText.get(sameText(head)) ?? []).slice(1) : [],
        title,
      };
    });
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
