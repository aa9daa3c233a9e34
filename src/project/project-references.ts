/** Names in a project file that stand for profiles, boot facts and rules: each must be one that there is. */
import type { RuleInfo } from '../finding.ts';
import { chooseProfile, type Library } from '../profiles/profile.ts';
import type { Location } from '../source.ts';
import { didYouMean } from '../suggest.ts';
import { textMatches } from '../wildcard.ts';
import { isProfilePath, type LoadLibrary, prepare, type UsageError } from './prepare.ts';
import type { Project, Settings, Sourced } from './project-config.ts';
import { placeOf } from './settings.ts';

/** Every name that leads nowhere, with its place. */
export function referenceFaults(
  project: Project,
  load: LoadLibrary,
  rules: readonly RuleInfo[],
): readonly UsageError[] {
  const parts = [project.defaults, ...project.groups.map(({ settings }) => settings)];
  const paths = new Set(
    parts
      .flatMap(profilesOf)
      .flatMap(({ value }) => value)
      .filter(isProfilePath),
  );
  const loaded = load([...paths].map((path) => project.folder + path));
  if (!('library' in loaded)) return loaded;
  const { library } = loaded;
  const faults: UsageError[] = [];
  for (const settings of parts) {
    for (const said of profilesOf(settings)) {
      for (const name of said.value.filter((each) => !isProfilePath(each) && each !== 'all')) {
        const chosen = chooseProfile(library, name);
        if ('profile' in chosen) continue;
        const id = name.replace(/@[^@]*$/, '');
        const near = library.profiles.has(id) ? '' : didYouMean(id, library.profiles.keys());
        faults.push({ ...wordAt(said, name), message: chosen.message, help: near === '' ? chosen.help : near });
      }
    }
    const { boot } = settings;
    if (boot === undefined) continue;
    const wrong = prepare({ profiles: [], boot: boot.value, kind: 'auto' }, load);
    if (!('library' in wrong))
      faults.push(...wrong.map((each) => ({ ...each, ...wordAt(boot, /"([^"]+)"/.exec(each.message)?.[1] ?? '') })));
  }
  const named = [
    ...[...project.severities, ...parts.flatMap(({ severities }) => severities)].map(({ pattern, location }) => ({
      pattern,
      location,
    })),
    ...project.waivers.flatMap((waiver) => waiver.rules.map((pattern) => ({ pattern, location: waiver.location }))),
  ];
  for (const { pattern, location } of named) {
    const fault = ruleFault(pattern, library, rules);
    if (fault !== undefined)
      faults.push({ ...fault, ...(location === undefined ? {} : wordAt({ location }, pattern)) });
  }
  return faults;
}

function profilesOf({ profiles, matrix }: Settings): readonly Sourced<readonly string[]>[] {
  return [profiles, matrix].filter((said) => said !== undefined);
}

/** The place of a word behind the start of what was said. */
export function wordAt({ location }: { readonly location?: Location }, word: string) {
  if (location === undefined) return {};
  const { source, span } = location;
  const after = (at: number): string => source.text.charAt(at + word.length);
  let found = source.text.indexOf(word, span.start);
  while (found !== -1 && /[\w-]/.test(after(found))) found = source.text.indexOf(word, found + 1);
  const start = found === -1 ? span.start : found;
  return placeOf({ location: { source, span: { start, end: start + word.length } } });
}

/** What is wrong with the id or the pattern of a rule; undefined where some rule goes by it. */
export function ruleFault(pattern: string, library: Library, rules: readonly RuleInfo[]): UsageError | undefined {
  if (rules.some(({ id }) => textMatches(pattern, id))) return undefined;
  const isPattern = /[*?]/.test(pattern);
  const [owner = '', row] = pattern.split('/');
  const profiles = [...library.profiles.values()].filter(({ id }) =>
    row === undefined ? isPattern : textMatches(owner, id),
  );
  if (profiles.some(({ requirements }) => requirements.some(({ id }) => textMatches(pattern, id)))) return undefined;
  const message = `there is no rule "${pattern}"`;
  const [profile] = profiles;
  if (row !== undefined && profile === undefined) {
    const near = didYouMean(owner, library.profiles.keys());
    return {
      message: `${message}: no profile is called ${owner}`,
      help: near === '' ? '"kconfig-lint profiles" lists them' : near,
    };
  }
  const known = profile === undefined ? rules.map(({ id }) => id) : profile.requirements.map(({ id }) => id);
  const near = didYouMean(pattern, known);
  const list =
    profile === undefined
      ? 'docs/rules/checks.md lists the checks'
      : `"kconfig-lint profiles ${owner}" lists its rules`;
  return { message, help: near === '' ? list : near };
}
