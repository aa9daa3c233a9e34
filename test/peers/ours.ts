/** What our profiles say of each symbol of a real config: the side of the comparison with peers that is ours. */
import { type ConfigDocument, parseConfigText } from '../../src/config/document.ts';
import {
  type Condition,
  partsWith,
  type Situation,
  type SymbolCondition,
  symbolsOf,
  Verdict,
} from '../../src/profiles/condition.ts';
import { judgeRequirement } from '../../src/profiles/evaluate.ts';
import type { ChosenProfile, Library, Requirement } from '../../src/profiles/profile.ts';
import type { BootFact } from '../../src/target.ts';

export type OurVerdict = 'met' | 'unmet' | 'unknown' | 'not-applicable' | 'no-row';

export interface OurView {
  readonly verdict: OurVerdict;
  /** Ids of the rows that speak of the symbol. */
  readonly rows: readonly string[];
}

/** `LSM:yama` for an entry of a list, else the symbol. */
export function keysOf({ symbol, values }: SymbolCondition): string[] {
  const entries = values.filter(({ test }) => test === 'includes').map(({ value }) => `${symbol}:${value}`);
  return entries.length === 0 ? [symbol] : entries;
}

/** Every key that a row asks something of, under all names of its symbols; what only decides whether it applies is left out. */
export function keysIn({ require, otherwise }: Requirement, { symbols }: Library): Set<string> {
  const asked = [require, ...(otherwise === undefined ? [] : [otherwise])].flatMap(symbolsOf);
  return new Set(
    asked.flatMap((condition) => [...keysOf(condition), ...(symbols.get(condition.symbol)?.otherNames ?? [])]),
  );
}

/** The verdict of all rows of some profiles on each key; a row that fails speaks only of the symbols that make it fail. */
export function ourViews(
  document: ConfigDocument,
  profiles: readonly ChosenProfile[],
  library: Library,
  boot: readonly BootFact[] = [],
): Map<string, OurView> {
  const found = new Map<string, { verdict: OurVerdict; rows: string[] }>();
  const seen = new Set<string>();
  for (const { requirements, platforms } of profiles) {
    for (const row of requirements) {
      if (seen.has(row.id)) continue;
      seen.add(row.id);
      const platform = platforms.get(row.profile);
      const situation: Situation = {
        document,
        target: document.target,
        boot: new Set(boot),
        symbols: library.symbols,
        ...(platform === undefined ? {} : { platform }),
      };
      const { verdict, decidedBy } = judgeRequirement(row, situation);
      const failing = verdict === Verdict.unmet ? failingKeys(decidedBy, situation, library) : undefined;
      for (const key of keysIn(row, library)) {
        const says = failing !== undefined && !failing.has(key) ? 'met' : wordFor[verdict];
        const before = found.get(key);
        if (before === undefined) found.set(key, { verdict: says, rows: [row.id] });
        else {
          before.rows.push(row.id);
          if (weight[says] > weight[before.verdict]) before.verdict = says;
        }
      }
    }
  }
  return found;
}

const wordFor = ['met', 'unmet', 'unknown', 'not-applicable'] as const;
const weight: Readonly<Record<OurVerdict, number>> = {
  'no-row': 0,
  'not-applicable': 1,
  unknown: 2,
  met: 3,
  unmet: 4,
};

function failingKeys(decidedBy: Condition, situation: Situation, library: Library): Set<string> {
  const parts = partsWith(Verdict.unmet, decidedBy, situation).flatMap(symbolsOf);
  return new Set(
    parts.flatMap((condition) => [
      ...keysOf(condition),
      ...(library.symbols.get(condition.symbol)?.otherNames ?? []),
    ]),
  );
}

/** A real config, read as a complete one. */
export function readConfig(text: string, path: string): ConfigDocument {
  return parseConfigText(text, path, { kind: 'complete' });
}
