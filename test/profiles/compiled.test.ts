/** The library as it ships: the same profiles, symbols and words as the YAML that it is made of. */
import { expect, it } from 'vitest';
import { compiledLibrary, compileRules, compileTexts } from '../../src/profiles/compiled.ts';
import { builtIn } from '../support/library.ts';

const { library } = builtIn;
const shipped = compiledLibrary(compileRules(library), () => compileTexts(library));

it('has the same profiles in the same order, however they are asked for', () => {
  const { profiles } = shipped;
  expect(profiles.size).toBe(library.profiles.size);
  expect([...profiles.keys()]).toEqual([...library.profiles.keys()]);
  expect([...profiles]).toEqual([...library.profiles]);
  expect([...profiles.entries()]).toEqual([...library.profiles.entries()]);
  expect([...profiles.values()]).toEqual([...library.profiles.values()]);
  const seen: string[] = [];
  profiles.forEach((profile, id) => void seen.push(`${id} ${profile.id}`));
  expect(seen).toEqual([...library.profiles.keys()].map((id) => `${id} ${id}`));
  expect(profiles.get('krata-zone')).toBe(profiles.get('krata-zone'));
  expect(profiles.has('krata-zone')).toBe(true);
});

it('has none that are not there', () => {
  for (const id of ['', 'krata', '__proto__', 'krata-zone\t']) {
    expect(shipped.profiles.has(id)).toBe(false);
    expect(shipped.profiles.get(id)).toBeUndefined();
  }
});

it('has the same symbols and words', () => {
  expect(shipped.symbols).toEqual(library.symbols);
  for (const { requirements } of library.profiles.values())
    for (const { id } of requirements) expect(shipped.textOf(id)).toEqual(library.textOf(id));
});
