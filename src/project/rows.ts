/** A row of a profile in words and as data, for every target. */
import { type Condition, type Situation, symbolsOf } from '../profiles/condition.ts';
import { describe } from '../profiles/condition-words.ts';
import { titleOf } from '../profiles/evaluate.ts';
import type { Library, Requirement } from '../profiles/profile.ts';
import type { SymbolFacts } from '../profiles/symbols.ts';
import { formatKernelVersion, formatRange } from '../target.ts';

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

export function allRequirements(library: Library): Requirement[] {
  return [...library.profiles.values()].flatMap(({ requirements }) => requirements);
}

/** Symbols that a requirement names anywhere. */
export function symbolsNamedBy({ require, when, otherwise }: Requirement): Set<string> {
  const conditions = [require, when, otherwise].filter((condition) => condition !== undefined);
  return new Set(conditions.flatMap(symbolsOf).map(({ symbol }) => symbol));
}

const demands = new WeakMap<Library, ReadonlyMap<string, readonly Requirement[]>>();

/** The requirements that name a symbol; all are looked through once for each library. */
export function demandsOn(symbol: string, library: Library): readonly Requirement[] {
  let bySymbol = demands.get(library);
  if (bySymbol === undefined) {
    const found = new Map<string, Requirement[]>();
    for (const row of allRequirements(library)) {
      for (const name of symbolsNamedBy(row)) {
        const known = found.get(name);
        if (known === undefined) found.set(name, [row]);
        else known.push(row);
      }
    }
    bySymbol = found;
    demands.set(library, bySymbol);
  }
  return bySymbol.get(symbol) ?? [];
}

/** The facts of a symbol in sentences. */
export function factLines({ added, removed, arch, otherNames, hidden, follows }: SymbolFacts, note: string): string[] {
  const lines: string[] = [];
  if (added !== undefined) lines.push(`Since Linux ${formatKernelVersion(added)}.`);
  if (removed !== undefined) lines.push(`Gone since Linux ${formatKernelVersion(removed)}.`);
  if (arch !== undefined) lines.push(`Only on ${arch.join(', ')}.`);
  if (otherNames.length > 0)
    lines.push(`Also named ${otherNames.map((name) => `CONFIG_${name}`).join(', ')}, depending on the release.`);
  if (hidden !== undefined) {
    const limits =
      hidden === true
        ? ''
        : ` (${[hidden.kernel && formatRange(hidden.kernel), hidden.arch?.join(', ')].filter(Boolean).join(', ')})`;
    lines.push(`It has no prompt${limits}: nobody can set it by hand.`);
  }
  if (follows !== undefined) lines.push(`It follows ${follows.map((name) => `CONFIG_${name}`).join(', ')}.`);
  if (note !== '') lines.push(note);
  return lines;
}
