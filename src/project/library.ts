/** The built-in library from what ships with the program, and the user's own profiles on top of it. */
import type { Host } from '../host.ts';
import { compiledLibrary } from '../profiles/compiled.ts';
import type { Library } from '../profiles/profile.ts';
import type { LoadLibrary, UsageError } from './prepare.ts';

/** Reads the compiled library; profiles and words are read when first needed. */
export function builtInLibrary(host: Host): Library {
  return compiledLibrary(host.asset('rules.txt'), () => host.asset('texts.txt'));
}

/** For runs without profiles of the user's own. */
export function loadBuiltIn(host: Host): LoadLibrary {
  return (paths): { library: Library; names: readonly string[] } | readonly UsageError[] =>
    paths.length === 0
      ? { library: builtInLibrary(host), names: [] }
      : paths.map((path) => ({ message: `${path} cannot be read here`, help: '' }));
}
