/** The built-in library as JSON: read in a millisecond where the YAML takes a hundred. */
import type { Library, Profile, RequirementText } from './profile.ts';
import type { SymbolFacts } from './symbols.ts';

export interface CompiledRules {
  readonly profiles: readonly Profile[];
  readonly symbols: readonly (readonly [string, SymbolFacts])[];
}

export type CompiledTexts = Readonly<Record<string, RequirementText>>;

/** A library over compiled rules; `readTexts` is called when the first words are needed. */
export function compiledLibrary(rules: CompiledRules, readTexts: () => CompiledTexts): Library {
  let texts: CompiledTexts | undefined;
  return {
    profiles: new Map(rules.profiles.map((profile) => [profile.id, profile])),
    symbols: new Map(rules.symbols),
    textOf: (id) => {
      texts ??= readTexts();
      return Object.hasOwn(texts, id) ? (texts[id] as RequirementText) : { reason: '', references: [] };
    },
  };
}

export function compileRules(library: Library): CompiledRules {
  return {
    profiles: [...library.profiles.values()],
    symbols: [...library.symbols].map(([symbol, { note: _, ...facts }]) => [symbol, facts] as const),
  };
}

export function compileTexts(library: Library): CompiledTexts {
  const texts: Record<string, RequirementText> = Object.create(null);
  for (const profile of library.profiles.values()) {
    for (const { id } of profile.requirements) texts[id] = library.textOf(id);
  }
  return texts;
}
