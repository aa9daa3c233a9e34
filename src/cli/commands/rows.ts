/** A row of a profile in words and as data, for every target. */
import { type Condition, describe, type Situation, symbolsOf } from '../../profiles/condition.ts';
import { titleOf } from '../../profiles/evaluate.ts';
import type { Library, Requirement } from '../../profiles/profile.ts';

/** The target of a description that is for every target. */
export const anywhere = { target: {}, boot: new Set(), symbols: new Map() } as unknown as Situation;

/** When a row applies, in words; empty for always. */
export function limitsOf({ applies, when }: Requirement): string {
  const parts: string[] = [];
  if (applies !== undefined) parts.push(`for ${describe(applies, anywhere)}`);
  if (when !== undefined) parts.push(`where ${whenInWords(when)}`);
  return parts.join(', ');
}

function whenInWords(when: Condition): string {
  return when.kind === 'not' ? `${describe(when.of, anywhere)} does not hold` : describe(when, anywhere);
}

/** What a row says, as `profiles --format json` gives it. */
export function rowJson(requirement: Requirement, library: Library) {
  const { require, otherwise, id, profile, severity, confidence, needs } = requirement;
  const symbols = [require, ...(otherwise === undefined ? [] : [otherwise])].flatMap(symbolsOf);
  return {
    rule: id,
    profile,
    severity,
    expected: titleOf(requirement),
    symbols: [...new Set(symbols.map(({ symbol }) => symbol))],
    limits: limitsOf(requirement) || null,
    otherwise: otherwise === undefined ? null : describe(otherwise, anywhere),
    confidence,
    needs,
    ...library.textOf(id),
  };
}
