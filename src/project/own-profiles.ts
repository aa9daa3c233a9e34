/** Profiles that the user names by path: read, checked like our own, and laid over the built-in library. */
import type { Host } from '../host.ts';
import { closeDraft, emptyDraft, type LibraryDraft, linkFaults, loadProfile } from '../profiles/load.ts';
import type { Library } from '../profiles/profile.ts';
import { type YamlFault, yamlLimits } from '../profiles/yaml.ts';
import type { SourceText } from '../source.ts';
import { builtInCapabilities } from './capabilities.ts';
import { tidy } from './inputs.ts';
import { builtInLibrary } from './library.ts';
import type { LoadLibrary, UsageError } from './prepare.ts';
import { readFailure } from './read.ts';

/** Files that profiles may pull in by `extends: [./other.yaml]`, in all. */
export const mostFiles = 100;

export function loadWithOwn(host: Host): LoadLibrary {
  return (paths) => {
    const builtIn = builtInLibrary(host);
    if (paths.length === 0) return { library: builtIn, names: [] };
    const draft = draftFrom(builtIn, host);
    const errors: UsageError[] = [];
    const { names } = readProfiles(paths, host, draft, errors);
    return errors.length > 0 ? errors : { library: withBuiltInTexts(closeDraft(draft), draft, builtIn), names };
  };
}

/** A draft with everything of a library but its words, and with the built-in abilities. */
export function draftFrom(library: Library, host: Host): LibraryDraft {
  const draft = emptyDraft();
  for (const { name, condition } of builtInCapabilities(host)) draft.capabilities.set(name, condition);
  for (const [id, profile] of library.profiles) draft.profiles.set(id, profile);
  for (const [symbol, facts] of library.symbols) draft.symbols.set(symbol, facts);
  return draft;
}

function withBuiltInTexts(library: Library, draft: LibraryDraft, builtIn: Library): Library {
  return { ...library, textOf: (id) => draft.texts.get(id) ?? builtIn.textOf(id) };
}

/** What was read, by path, and the ids of the profiles that were named. */
export interface ReadProfiles {
  readonly names: readonly string[];
  readonly sources: ReadonlyMap<string, { readonly id: string; readonly source: SourceText }>;
}

/** Reads the named profiles and those they extend by path into a draft. */
export function readProfiles(
  paths: readonly string[],
  host: Host,
  draft: LibraryDraft,
  errors: UsageError[],
): ReadProfiles {
  const sources = new Map<string, { id: string; source: SourceText }>();
  const todo = paths.map(tidy);
  for (let path = todo.shift(); path !== undefined; path = todo.shift()) {
    if (sources.has(path)) continue;
    if (sources.size === mostFiles) {
      errors.push({
        message: `more than ${mostFiles} profile files`,
        help: 'does a profile extend itself by another path?',
        path,
      });
      break;
    }
    const read = host.readSource(path, { limit: yamlLimits.size, unzippedLimit: yamlLimits.size, keep: true });
    if ('error' in read) {
      const { message, help } = readFailure(path, read, host);
      errors.push({ message: `the profile cannot be read: ${message}`, help, path });
      continue;
    }
    const id = idOf(path);
    sources.set(path, { id, source: read });
    const faults = loadProfile(draft, id, read);
    errors.push(...faults.map(usageError));
    const profile = draft.profiles.get(id);
    if (faults.length > 0 || profile === undefined) continue;
    const parents = profile.extends.map((parent) => (parent.startsWith('.') ? join(path as string, parent) : parent));
    todo.push(...parents.filter((parent) => parent.includes('/') || parent.endsWith('.yaml')));
    draft.profiles.set(id, {
      ...profile,
      extends: parents.map((parent) => (/\.ya?ml$/.test(parent) ? idOf(parent) : parent)),
    });
  }
  if (errors.length === 0) {
    const looped = new Set<string>();
    for (const { id, source } of sources.values())
      errors.push(...linkFaults(draft, id, source, looped).map(usageError));
  }
  return { names: paths.map(idOf), sources };
}

/** `./rules/my.yaml` is the profile `my`. */
function idOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.ya?ml$/i, '');
}

function join(from: string, relative: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const step of relative.split('/')) {
    if (step === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (step !== '.') parts.push(step);
  }
  return tidy(parts.join('/'));
}

function usageError({ path, line, column, message, help = '' }: YamlFault): UsageError {
  return { path, line, column, message, help: help || 'docs/profile-format.md says what a profile may hold' };
}
