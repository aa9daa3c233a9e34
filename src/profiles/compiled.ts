/** The built-in library as JSON: read in a millisecond where the YAML takes a hundred. */
import type { Library, Profile, RequirementText } from './profile.ts';
import type { SymbolFacts } from './symbols.ts';

export interface CompiledRules {
  readonly profiles: readonly Profile[];
  readonly symbols: readonly (readonly [string, SymbolFacts])[];
}

/** A library over compiled rules; `readTexts` gives what `compileTexts` made, when the first words are needed. */
export function compiledLibrary(rules: CompiledRules, readTexts: () => string): Library {
  let texts: string | undefined;
  let at = 0;
  const read = new Map<string, RequirementText>();
  return {
    profiles: new Map(rules.profiles.map((profile) => [profile.id, profile])),
    symbols: new Map(rules.symbols),
    textOf: (id) => {
      let text = read.get(id);
      if (text === undefined) {
        texts ??= readTexts();
        // Asked for in nearly the order they stand in.
        const found = findText(texts, id, at);
        at = Math.max(found, 0);
        text = textAt(texts, found, id);
        read.set(id, text);
      }
      return text;
    },
  };
}

/** Where the line of `id` starts, or -1; looks behind `from` first. */
function findText(texts: string, id: string, from: number): number {
  const key = `\n${id}\t`;
  const found = texts.indexOf(key, from);
  return found === -1 && from > 0 ? texts.indexOf(key) : found;
}

function textAt(texts: string, start: number, id: string): RequirementText {
  if (start === -1) return { reason: '', references: [] };
  const from = start + id.length + 2;
  return JSON.parse(texts.slice(from, texts.indexOf('\n', from))) as RequirementText;
}

export function compileRules(library: Library): CompiledRules {
  return {
    profiles: [...library.profiles.values()],
    symbols: [...library.symbols],
  };
}

/** One line a requirement, its id before a tab: a run needs a few of them, and finds them without parsing the others. */
export function compileTexts(library: Library): string {
  let texts = '\n';
  const rows = [...library.profiles.values()].flatMap(({ requirements }) => requirements.map(({ id }) => id));
  const notes = [...library.symbols.keys()].map((symbol) => `CONFIG_${symbol}`);
  for (const id of [...rows, ...notes]) {
    const text = library.textOf(id);
    if (text.reason !== '')
      texts += `${id}	${JSON.stringify(text)}
`;
  }
  return texts;
}
