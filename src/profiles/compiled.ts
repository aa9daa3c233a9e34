/** The built-in library as lines of JSON, of which a run reads those that it uses; the YAML would take a hundred times as long. */
import type { Library, Profile, RequirementText } from './profile.ts';
import type { SymbolFacts } from './symbols.ts';

/** A library over what `compileRules` made; `readTexts` gives what `compileTexts` made, when the first words are needed. */
export function compiledLibrary(rules: string, readTexts: () => string): Library {
  const end = rules.indexOf('\n');
  const symbols = JSON.parse(rules.slice(0, end)) as readonly (readonly [string, SymbolFacts])[];
  let textIn: ((id: string) => RequirementText) | undefined;
  const read = new Map<string, RequirementText>();
  return {
    profiles: profilesIn(rules, end + 1),
    symbols: new Map(symbols),
    textOf: (id) => {
      let text = read.get(id);
      if (text === undefined) {
        textIn ??= openTexts(readTexts());
        text = textIn(id);
        read.set(id, text);
      }
      return text;
    },
  };
}

/** Finds the line of an id among those of its owner. */
function openTexts(texts: string): (id: string) => RequirementText {
  const end = texts.indexOf('\n');
  const places = new Map(JSON.parse(texts.slice(0, end)) as readonly (readonly [string, number])[]);
  return (id) => {
    const place = places.get(ownerOf(id));
    const start = place === undefined ? -1 : texts.indexOf(`\n${id}\t`, end + place);
    if (start === -1) return { reason: '', references: [] };
    const from = start + id.length + 2;
    return JSON.parse(texts.slice(from, texts.indexOf('\n', from))) as RequirementText;
  };
}

/** What the words of an id stand with: the profile of a requirement, nothing for a symbol. */
function ownerOf(id: string): string {
  return id.slice(0, Math.max(id.indexOf('/'), 0));
}

/** The profiles of lines from `start` on, by id: each is read when it is asked for. */
function profilesIn(rules: string, start: number): ReadonlyMap<string, Profile> {
  const places = new Map<string, number>();
  for (let tab = rules.indexOf('\t', start), at = start; tab !== -1; tab = rules.indexOf('\t', at)) {
    places.set(rules.slice(at, tab), tab + 1);
    const end = rules.indexOf('\n', tab);
    if (end === -1) break;
    at = end + 1;
  }
  return readLater(places, (at) => JSON.parse(rules.slice(at, rules.indexOf('\n', at))) as Profile);
}

/** A map whose values are made of those of another one, each when it is asked for. */
function readLater<T, U>(source: ReadonlyMap<string, T>, read: (value: T) => U): ReadonlyMap<string, U> {
  const known = new Map<string, U>();
  const get = (key: string): U | undefined => {
    if (!known.has(key) && source.has(key)) known.set(key, read(source.get(key) as T));
    return known.get(key);
  };
  function* entries(): MapIterator<[string, U]> {
    for (const key of source.keys()) yield [key, get(key) as U];
  }
  function* values(): MapIterator<U> {
    for (const [, value] of entries()) yield value;
  }
  const map: ReadonlyMap<string, U> = {
    size: source.size,
    has: (key) => source.has(key),
    get,
    keys: () => source.keys(),
    entries,
    values,
    [Symbol.iterator]: entries,
    forEach: (action) => {
      for (const [key, value] of entries()) action(value, key, map);
    },
  };
  return map;
}

/** JSON in ASCII, which is read without decoding. */
export function asciiJson(value: unknown): string {
  const escaped = (c: string): string => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value).replace(/[\u0080-\uffff]/g, escaped);
}

/** Facts on symbols in the first line, then one line a profile, its id before a tab. */
export function compileRules(library: Library): string {
  const profiles = [...library.profiles.values()].map((profile) => `${profile.id}\t${asciiJson(profile)}\n`);
  return `${asciiJson([...library.symbols])}\n${profiles.join('')}`;
}

/**
 * Where the lines of each profile start, then one line a requirement, its id before a tab: a run needs a few of them, and finds them
 * without parsing the others.
 */
export function compileTexts(library: Library): string {
  const rows = [...library.profiles.values()].flatMap(({ requirements }) => requirements.map(({ id }) => id));
  const notes = [...library.symbols.keys()].map((symbol) => `CONFIG_${symbol}`);
  const places = new Map<string, number>();
  let texts = '\n';
  for (const id of [...rows, ...notes]) {
    const text = library.textOf(id);
    if (text.reason === '') continue;
    const owner = ownerOf(id);
    // That of the newline before it, which the search for an id begins with.
    if (!places.has(owner)) places.set(owner, texts.length - 1);
    texts += `${id}\t${asciiJson(text)}\n`;
  }
  return asciiJson([...places]) + texts;
}
