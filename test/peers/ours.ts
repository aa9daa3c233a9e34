/** What our profiles say of each symbol of a real config: the side of the comparison with peers that is ours. */
import { type ConfigDocument, parseConfigText } from '../../src/config/document.ts';
import {
  type Condition,
  judge,
  type KernelKnowledge,
  type Situation,
  type SymbolCondition,
  symbolsOf,
} from '../../src/profiles/condition.ts';
import { judgeRequirement } from '../../src/profiles/evaluate.ts';
import type { ChosenProfile, Library, Requirement } from '../../src/profiles/profile.ts';
import { existenceOf } from '../../src/profiles/symbols.ts';
import type { Target } from '../../src/target.ts';

export type OurVerdict = 'met' | 'unmet' | 'unknown' | 'not-applicable' | 'no-row';

/** Why nothing is asked: the kernel has no such symbol; or the row is for another case, an architecture, a compiler, an option that is off. */
export type Silence = 'not-in-kernel' | 'other-case';

export interface OurView {
  readonly verdict: OurVerdict;
  /** Where the verdict is `not-applicable`. */
  readonly silence?: Silence;
  /** Ids of the rows that speak of the symbol. */
  readonly rows: readonly string[];
}

/** `LSM:yama` for an entry of a list, else the symbol. */
export function keysOf({ symbol, values }: SymbolCondition): string[] {
  const entries = values.filter(({ test }) => test === 'includes').map(({ value }) => `${symbol}:${value}`);
  return entries.length === 0 ? [symbol] : entries;
}

/** Every key that a row asks something of, under all names of its symbols; what only decides whether it applies is left out. */
export function keysIn({ require, otherwise }: Requirement, library: Library): Set<string> {
  const asked = [require, ...(otherwise === undefined ? [] : [otherwise])].flatMap(symbolsOf);
  return new Set(asked.flatMap((condition) => [...keysOf(condition), ...otherNames(condition, library)]));
}

/** The verdict of all rows of some profiles on each key; a row that fails speaks only of the symbols that make it fail. */
export function ourViews(
  document: ConfigDocument,
  profiles: readonly ChosenProfile[],
  library: Library,
  kernel?: KernelKnowledge,
): Map<string, OurView> {
  const found = new Map<string, { verdict: OurVerdict; silence?: Silence; rows: string[] }>();
  const seen = new Set<string>();
  for (const { requirements, platforms } of profiles) {
    for (const row of requirements) {
      if (seen.has(row.id)) continue;
      seen.add(row.id);
      const platform = platforms.get(row.profile);
      const situation: Situation = {
        document,
        target: document.target,
        boot: new Set(),
        kernel,
        symbols: library.symbols,
        ...(platform === undefined ? {} : { platform }),
      };
      for (const [key, says] of verdictsOf(row, situation, library)) {
        const before = found.get(key);
        if (before === undefined) found.set(key, { verdict: says, rows: [row.id] });
        else {
          before.rows.push(row.id);
          if (weight[says] > weight[before.verdict]) before.verdict = says;
        }
      }
    }
  }
  for (const [key, view] of found) {
    if (view.verdict === 'not-applicable') view.silence = silenceOf(key, document.target, library, kernel);
  }
  return found;
}

function silenceOf(key: string, target: Target, { symbols }: Library, kernel?: KernelKnowledge): Silence {
  const symbol = key.split(':')[0] as string;
  const facts = symbols.get(symbol);
  const { defines } = kernel ?? {};
  const exists =
    defines === undefined
      ? facts === undefined || existenceOf(facts, target, symbols) !== 'no'
      : [symbol, ...(facts?.otherNames ?? [])].some((name) => defines(name) === 'yes');
  return exists ? 'other-case' : 'not-in-kernel';
}

const wordFor = ['met', 'unmet', 'unknown', 'not-applicable'] as const;
const weight: Readonly<Record<OurVerdict, number>> = {
  'no-row': 0,
  'not-applicable': 1,
  unknown: 2,
  met: 3,
  unmet: 4,
};

/** What a row says of each of its keys: where it asks for several things at once, each is judged by itself. */
function verdictsOf(row: Requirement, situation: Situation, library: Library): Map<string, OurVerdict> {
  const { verdict, decidedBy } = judgeRequirement(row, situation);
  const found = new Map([...keysIn(row, library)].map((key) => [key, wordFor[verdict]]));
  const asked = [row.require, row.otherwise].find((condition) => condition === decidedBy);
  const parts = new Map<string, OurVerdict>();
  for (const part of asked === undefined ? [] : partsOf(asked)) {
    const says = wordFor[judge(part, situation)];
    const keys = symbolsOf(part).flatMap((condition) => [...keysOf(condition), ...otherNames(condition, library)]);
    for (const key of keys) if (weight[says] > weight[parts.get(key) ?? 'no-row']) parts.set(key, says);
  }
  return new Map([...found, ...parts]);
}

const partsOf = (condition: Condition): readonly Condition[] =>
  condition.kind === 'all' ? condition.of.flatMap(partsOf) : [condition];

const otherNames = ({ symbol }: SymbolCondition, { symbols }: Library): readonly string[] =>
  symbols.get(symbol)?.otherNames ?? [];

/** A real config, read as a complete one. */
export function readConfig(text: string, path: string): ConfigDocument {
  return parseConfigText(text, path, { kind: 'complete' });
}
