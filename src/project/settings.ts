/** The settings that hold for one file: what was said on the command line, its group, what that stacks on, and the defaults. */
import { factsOfName } from '../config/origin.ts';
import type { InputFailure } from '../finding.ts';
import type { Host } from '../host.ts';
import { positionOf } from '../source.ts';
import { type Arch, parseArch } from '../target.ts';
import { parseReleases, type Release } from './kernel-list.ts';
import { findPaths } from './path-pattern.ts';
import { isProfilePath, type UsageError } from './prepare.ts';
import {
  type Group,
  groupsOf,
  type ListKey,
  listKeys,
  type Project,
  pathInProject,
  type Settings,
  type SeverityRule,
  type Sourced,
  type TextKey,
  textKeys,
} from './project-config.ts';

/** What the command line says, in the form of a project file; paths are from the current folder. */
export type Given = Omit<Settings, 'severities'>;

/** All that holds for a file as a member of one group; paths are from the current folder. */
export interface FileSettings {
  /** From the project's folder; undefined where the file lies elsewhere. */
  readonly path: string | undefined;
  readonly group: Group | undefined;
  /** What stands for `{arch}` in the pattern that let the file in. */
  readonly archText: string | undefined;
  readonly texts: Readonly<Partial<Record<TextKey, Sourced<string>>>>;
  readonly lists: Readonly<Partial<Record<ListKey, Sourced<readonly string[]>>>>;
  /** From everywhere, added up. */
  readonly extraSymbols: readonly Sourced<readonly string[]>[];
  /** The last one that fits a rule counts. */
  readonly severities: readonly SeverityRule[];
}

/** The settings of a file for each group that it belongs to; of none, where it belongs to none. */
export function settingsOf(project: Project, path: string, given: Given, host: Host): readonly FileSettings[] {
  const inside = path === '-' ? undefined : pathInProject(project, path, host);
  const memberships = inside === undefined ? [] : groupsOf(project, inside);
  if (memberships.length === 0) return [resolve(project, inside, undefined, undefined, given, host)];
  return memberships.map(({ group, arch }) => resolve(project, inside, group, arch, given, host));
}

function resolve(
  project: Project,
  path: string | undefined,
  group: Group | undefined,
  archText: string | undefined,
  given: Given,
  host: Host,
): FileSettings {
  const { folder } = project;
  const chain = group === undefined ? [] : [...inheritance(project, group), project.defaults];
  const texts: Partial<Record<TextKey, Sourced<string>>> = {};
  const lists: Partial<Record<ListKey, Sourced<readonly string[]>>> = {};
  const arch = archText ?? (path === undefined ? undefined : factsOfName(path).arch);
  for (const key of textKeys) {
    const own = chain.find((settings) => settings[key] !== undefined)?.[key];
    const value =
      given[key] ?? (own === undefined ? undefined : inRun(own, arch, (text) => runText(key, text, folder, host)));
    if (value !== undefined) texts[key] = value;
  }
  for (const key of listKeys) {
    const own = chain.find((settings) => settings[key] !== undefined)?.[key];
    const value =
      given[key] ??
      (own === undefined
        ? undefined
        : { ...own, value: own.value.map((text) => runListed(key, fill(text, arch), folder)) });
    if (value !== undefined) lists[key] = value;
  }
  // {arch} in the pattern says more than a list for all files of the group.
  if (archText !== undefined && given.arches === undefined)
    lists.arches = {
      value: [archText],
      from: `{arch} of group ${group?.name}`,
      ...(group === undefined ? {} : { location: group.location }),
    };
  const extra = chain.flatMap((settings) => settings['extra-symbols'] ?? []);
  return {
    path,
    group,
    archText,
    texts,
    lists,
    extraSymbols: [
      ...(project.extraSymbols.length > 0 ? [{ value: project.extraSymbols, from: 'extra-symbols' }] : []),
      ...extra
        .toReversed()
        .map((each) => ({ ...each, value: each.value.map((text) => runListed('extra-symbols', text, folder)) })),
      ...(given['extra-symbols'] === undefined ? [] : [given['extra-symbols']]),
    ],
    severities: [...project.severities, ...chain.toReversed().flatMap(({ severities }) => severities)],
  };
}

/** A group's own settings, and those of what it stacks on, the nearest first. */
function inheritance({ groups }: Project, group: Group): Settings[] {
  const chain: Settings[] = [];
  const seen = new Set<string>();
  for (let next: Group | undefined = group; next !== undefined && !seen.has(next.name); ) {
    chain.push(next.settings);
    seen.add(next.name);
    const below: readonly string[] = next.stackOn.map(({ value }) => value);
    next = groups.find(
      ({ name }) => below.includes(name) && name === below.find((each) => groups.some((one) => one.name === each)),
    );
  }
  return chain;
}

function fill(text: string, arch: string | undefined): string {
  return arch === undefined ? text : text.replaceAll('{arch}', arch);
}

function inRun(own: Sourced<string>, arch: string | undefined, change: (text: string) => string): Sourced<string> {
  return { ...own, value: change(fill(own.value, arch)) };
}

/** A base is a file where there is one, else a name that the kernel knows. */
function runText(key: TextKey, text: string, folder: string, host: Host): string {
  if (key === 'tree' || key === 'model') return folder + text;
  if (key !== 'base' || text === 'none' || text === 'allnoconfig') return text;
  return text.includes('/') || host.pathKind(folder + text) === 'file' ? folder + text : text;
}

function runListed(key: ListKey, text: string, folder: string): string {
  const isPath =
    key === 'manifests' ||
    ((key === 'profiles' || key === 'matrix') && isProfilePath(text)) ||
    (key === 'extra-symbols' && !/^[A-Z0-9_*?]+$/.test(text));
  // A profile of one's own is known by the slash or the ending in its name.
  return isPath ? folder + text : text;
}

/** The releases to judge for; undefined where the file itself must tell. */
export function releasesOf({ lists }: FileSettings): readonly Release[] | undefined {
  const releases = lists.kernels === undefined ? undefined : parseReleases(lists.kernels.value);
  return releases === undefined || 'fault' in releases || releases.length === 0 ? undefined : releases;
}

export function archesOf({ lists }: FileSettings): readonly Arch[] | undefined {
  const arches = (lists.arches?.value ?? []).flatMap((name) => parseArch(name) ?? []);
  return arches.length === 0 ? undefined : [...new Set(arches)];
}

/** The files of a group, by their paths from the project's folder, with what stands for `{arch}`. */
export function filesOf(
  project: Project,
  group: Group,
  host: Host,
): readonly { path: string; arch: string | undefined }[] {
  return findPaths(group.paths, project.folder, host).flatMap((path) => {
    const own = groupsOf(project, path).find((each) => each.group === group);
    return own === undefined ? [] : [{ path, arch: own.arch }];
  });
}

/** What is merged before a file on one architecture, in order, by paths from the current folder; or why that is not clear. */
export function stackOf(
  project: Project,
  { group, path }: FileSettings,
  arch: Arch | undefined,
  host: Host,
): readonly Sourced<string>[] | UsageError {
  const found = new Map<string, Sourced<string>>();
  if (group === undefined) return [];
  // What lies lowest is found last: it is put in front.
  const todo = group.stackOn.toReversed();
  const order: Sourced<string>[] = [];
  for (let next = todo.shift(); next !== undefined; next = todo.shift()) {
    const other = project.groups.find(({ name }) => name === next?.value);
    if (other === undefined) {
      order.unshift({ ...next, value: fill(next.value, arch) });
      continue;
    }
    const files = filesOf(project, other, host).filter((file) => file.path !== path);
    const own = files.filter(
      (file) =>
        parseArch(file.arch ?? '') === arch || (file.arch === undefined && factsOfName(file.path).arch === arch),
    );
    const [file, ...more] =
      own.length > 0 || arch === undefined ? (own.length > 0 ? own : files) : files.length === 1 ? files : [];
    if (file === undefined || more.length > 0)
      return unclear(next, other, more.length + (file === undefined ? 0 : 1), path, arch);
    order.unshift({ ...next, value: file.path });
    todo.unshift(...other.stackOn.toReversed());
  }
  for (const each of order) found.set(each.value, { ...each, value: project.folder + each.value });
  return [...found.values()];
}

function unclear(
  at: Sourced<string>,
  { name }: Group,
  count: number,
  path: string | undefined,
  arch: string | undefined,
): UsageError {
  const on = arch === undefined ? '' : ` on ${arch}`;
  return {
    message: `${path} is to stack on group ${name}, which has ${count === 0 ? 'no file' : `${count} files`}${on}`,
    help:
      count === 0
        ? 'correct the paths of that group, or name a file'
        : 'name the one file that it stacks on by its path',
    ...placeOf(at),
  };
}

/** Path, line and column for messages. */
export function placeOf({ location }: Pick<Sourced<unknown>, 'location'>): {
  path?: string;
  line?: number;
  column?: number;
} {
  if (location === undefined) return {};
  return { path: location.source.path, ...positionOf(location.source, location.span.start) };
}

export interface ProjectFiles {
  /** From the current folder, in the order of the groups, each once. */
  readonly paths: readonly string[];
  readonly failures: readonly InputFailure[];
}

/** Every file of every group. A group without files is a failure: what is not there was not checked. */
export function allFiles(project: Project, host: Host): ProjectFiles {
  const paths = new Set<string>();
  const failures: InputFailure[] = [];
  for (const group of project.groups) {
    const files = filesOf(project, group, host);
    for (const { path } of files) paths.add(project.folder + path);
    if (files.length > 0) continue;
    const { path = '', line = 1, column = 1 } = placeOf(group);
    const patterns = group.paths.map(({ text }) => text).join(', ');
    failures.push({
      path,
      line,
      column,
      code: 'no-match',
      message: `group ${group.name} has no files: nothing matches ${patterns}`,
      help: 'correct its paths, which are from the folder of this file; ** goes through folders',
    });
  }
  return { paths: [...paths], failures };
}
