/** Reads the config of a project, `.kconfig-lint.yaml`: checked by its schema, every fault with its place. */
import type { Severity } from '../finding.ts';
import type { Host } from '../host.ts';
import { schemaFaults } from '../profiles/load.ts';
import { validateProject } from '../profiles/schema.generated.js';
import { faultAt, offsetOfPath, readYaml, type YamlFault, type YamlFile, yamlLimits } from '../profiles/yaml.ts';
import type { Location, SourceText } from '../source.ts';
import { parseArch } from '../target.ts';
import type { Waiver } from '../waivers/waiver.ts';
import { parseReleases } from './kernel-list.ts';
import { matchPath, normalPath, type PathPattern, parsePathPattern } from './path-pattern.ts';
import { isProfilePath, type UsageError } from './prepare.ts';
import { archFault, groupFaults, projectWaivers } from './project-parts.ts';
import { readFailure } from './read.ts';

/** A value, and who said so. */
export interface Sourced<T> {
  readonly value: T;
  /** For people: `group zone`, `--base`. */
  readonly from: string;
  readonly location?: Location;
}

/** Keys with one text, and keys with several. */
export const textKeys = ['kind', 'base', 'toolchain', 'tree', 'model', 'cmdline'] as const;
export const listKeys = ['kernels', 'arches', 'profiles', 'boot', 'manifests', 'matrix', 'extra-symbols'] as const;
export type TextKey = (typeof textKeys)[number];
export type ListKey = (typeof listKeys)[number];

/** What one part of a project file says; paths are from the project's folder. */
export type Settings = { readonly [key in TextKey]?: Sourced<string> } & {
  readonly [key in ListKey]?: Sourced<readonly string[]>;
} & { readonly severities: readonly SeverityRule[] };

export interface SeverityRule {
  readonly pattern: string;
  readonly severity: Severity | 'off';
  readonly from: string;
  readonly location?: Location;
}

export interface Group {
  readonly name: string;
  readonly location: Location;
  readonly paths: readonly PathPattern[];
  /** Names of groups, or paths. */
  readonly stackOn: readonly Sourced<string>[];
  readonly settings: Settings;
}

export interface Project {
  /** Undefined where there is no project file. */
  readonly source: SourceText | undefined;
  /** What leads from the current folder to the project's: `''`, or ending in `/`. */
  readonly folder: string;
  /** The root of the repository, from the current folder; nothing outside it is read for the project. */
  readonly root: string;
  /** Folders between the root and the project's. */
  readonly depth: number;
  readonly groups: readonly Group[];
  readonly defaults: Settings;
  readonly severities: readonly SeverityRule[];
  readonly waivers: readonly Waiver[];
  /** As `--extra-symbols` takes them, paths from the current folder. */
  readonly extraSymbols: readonly string[];
  readonly baseline?: Sourced<string>;
  readonly failOn?: Sourced<string>;
  readonly maxWarnings?: Sourced<number>;
}

const nothing: Settings = { severities: [] };

export const emptyProject: Project = {
  source: undefined,
  folder: '',
  root: '.',
  depth: 0,
  groups: [],
  defaults: nothing,
  severities: [],
  waivers: [],
  extraSymbols: [],
};

/** Folders above a project file in which its repository may begin. */
const mostLevels = 32;

/** What a project file says, or all that is wrong with it. */
export function readProject(path: string, host: Host): Project | readonly UsageError[] {
  const read = host.readSource(path, { limit: yamlLimits.size, unzippedLimit: yamlLimits.size, keep: true });
  if ('error' in read) {
    const { message, help } = readFailure(path, read, host);
    return [{ path, message: `it cannot be read: ${message}`, help }];
  }
  const file = readYaml(read);
  if (!('value' in file)) return file.map(usageError);
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const place = { folder, ...rootAbove(folder, host) };
  if (file.value === '' || file.value === null) return { ...emptyProject, ...place, source: read };
  const faults = schemaFaults(file, validateProject(file.value), 'the project file');
  return faults.length > 0 ? faults.map(usageError) : projectIn(file, place);
}

function usageError({ path, line, column, message, help = '' }: YamlFault): UsageError {
  return { path, line, column, message, help: help || 'docs/project-file.md says what a project file may hold' };
}

/** The folder that holds `.git`, from the project's upwards; the project's own where none does. */
function rootAbove(folder: string, host: Host): Pick<Project, 'root' | 'depth'> {
  let root = folder;
  for (let depth = 0; depth < mostLevels; depth++) {
    if (host.pathKind(`${root}.git`) !== 'missing') return { root: root === '' ? '.' : root, depth };
    if (host.sameFile(root === '' ? '.' : root, `${root}..`)) break;
    root += '../';
  }
  return { root: folder === '' ? '.' : folder, depth: 0 };
}

type Keys = readonly (string | number)[];

/** A project file while it is read: its places and its faults. */
export interface Draft {
  readonly depth: number;
  readonly at: (keys: Keys, onKey?: boolean) => Location;
  readonly fault: (keys: Keys, message: string, help: string) => void;
}

function projectIn(file: YamlFile, place: Pick<Project, 'folder' | 'root' | 'depth'>): Project | readonly UsageError[] {
  const faults: YamlFault[] = [];
  const { source } = file;
  const draft: Draft = {
    depth: place.depth,
    at: (keys, onKey) => {
      const start = Math.min(offsetOfPath(file, keys, onKey), source.text.length);
      const end = source.text.indexOf('\n', start);
      return { source, span: { start, end: end === -1 ? source.text.length : end } };
    },
    fault: (keys, message, help) => faults.push(faultAt(source, offsetOfPath(file, keys), message, help)),
  };
  const value = file.value as Record<string, unknown>;
  const sourced = (key: string): Sourced<string> | undefined =>
    value[key] === undefined ? undefined : { value: String(value[key]), from: key, location: draft.at([key]) };
  const groups = Object.entries((value['files'] ?? {}) as Record<string, Record<string, unknown>>).map(
    ([name, body]): Group => groupIn(name, body, draft),
  );
  groupFaults(groups, draft);
  const extra = listIn(value['extra-symbols']).map((text, i) =>
    pathIn(text, ['extra-symbols', i], draft, isNameOfSymbol),
  );
  const baseline = sourced('baseline');
  const maxWarnings = sourced('max-warnings');
  const failOn = sourced('fail-on');
  const project: Project = {
    ...place,
    source,
    groups,
    defaults: settingsIn((value['defaults'] ?? {}) as Record<string, unknown>, ['defaults'], 'defaults', draft),
    severities: severitiesIn(value['severities'], ['severities'], 'severities', draft),
    waivers: projectWaivers((value['waivers'] ?? []) as readonly Record<string, unknown>[], groups, draft),
    extraSymbols: extra.map((text) => (isNameOfSymbol(text) ? text : place.folder + text)),
    ...(baseline === undefined
      ? {}
      : { baseline: { ...baseline, value: pathIn(baseline.value, ['baseline'], draft) } }),
    ...(failOn === undefined ? {} : { failOn }),
    ...(maxWarnings === undefined ? {} : { maxWarnings: { ...maxWarnings, value: Number(maxWarnings.value) } }),
  };
  return faults.length > 0 ? faults.map(usageError) : project;
}

/** One text or a list of them. */
export function listIn(value: unknown): readonly string[] {
  return value === undefined ? [] : Array.isArray(value) ? (value as string[]) : [String(value)];
}

const isNameOfSymbol = (text: string): boolean => /^[A-Z0-9_*?]+$/.test(text);

/** A path from the project's folder, held to stay in the repository; texts that `isName` knows are none. */
function pathIn(text: string, keys: Keys, draft: Draft, isName: (text: string) => boolean = () => false): string {
  if (isName(text)) return text;
  const inside = `${'x/'.repeat(draft.depth)}${text}`;
  if (text.startsWith('/') || normalPath(inside) === undefined)
    draft.fault(
      keys,
      `"${text}" lies outside of the repository`,
      'a project file names only what is in its own repository',
    );
  return text.replace(/^(?:\.\/)+/, '');
}

function groupIn(name: string, body: Readonly<Record<string, unknown>>, draft: Draft): Group {
  const keys = ['files', name];
  const paths: PathPattern[] = [];
  for (const [i, text] of listIn(body['paths']).entries()) {
    const at = Array.isArray(body['paths']) ? [...keys, 'paths', i] : [...keys, 'paths'];
    const pattern = parsePathPattern(text);
    if ('fault' in pattern) draft.fault(at, `"${text}": ${pattern.fault}`, 'such as configs/{arch}/zone*.config');
    else if (pattern.spellings.some(({ parts }) => parts.includes('..')))
      draft.fault(
        at,
        `"${text}" leaves the folder of the project file`,
        'put the project file where all of its files are below it',
      );
    else paths.push(pattern);
  }
  const stackOn = listIn(body['stack-on']).map((value, i) => {
    const at = Array.isArray(body['stack-on']) ? [...keys, 'stack-on', i] : [...keys, 'stack-on'];
    return { value: pathIn(value, at, draft), from: `group ${name}`, location: draft.at(at) };
  });
  return {
    name,
    location: draft.at(keys, true),
    paths,
    stackOn,
    settings: settingsIn(body, keys, `group ${name}`, draft),
  };
}

function settingsIn(body: Readonly<Record<string, unknown>>, keys: Keys, from: string, draft: Draft): Settings {
  const settings: Record<string, unknown> = {
    severities: severitiesIn(body['severities'], [...keys, 'severities'], from, draft),
  };
  for (const key of textKeys) {
    const value = body[key];
    if (value === undefined) continue;
    const at = [...keys, key];
    const isPath = key === 'tree' || key === 'model' || key === 'base';
    const text = isPath ? pathIn(String(value), at, draft) : String(value);
    settings[key] = { value: text, from, location: draft.at(at) };
  }
  for (const key of listKeys) {
    if (body[key] === undefined) continue;
    const at = [...keys, key];
    const texts = listIn(body[key]).map((text, i) =>
      listed(key, text, Array.isArray(body[key]) ? [...at, i] : at, draft),
    );
    settings[key] = { value: texts, from, location: draft.at(at) };
  }
  return settings as Settings;
}

/** One text of a list, with what can be said of it without reading anything. */
function listed(key: ListKey, text: string, keys: Keys, draft: Draft): string {
  if (key === 'kernels') {
    const releases = parseReleases([text]);
    if ('fault' in releases) draft.fault(keys, releases.fault, 'releases that kernels of this group are built from');
  } else if (key === 'arches') {
    if (parseArch(text) === undefined) draft.fault(keys, ...archFault(text));
  } else if (key === 'profiles' || key === 'matrix') return pathIn(text, keys, draft, (each) => !isProfilePath(each));
  else if (key === 'extra-symbols') return pathIn(text, keys, draft, isNameOfSymbol);
  else if (key === 'manifests') return pathIn(text, keys, draft);
  return text;
}

function severitiesIn(value: unknown, keys: Keys, from: string, draft: Draft): readonly SeverityRule[] {
  return Object.entries((value ?? {}) as Record<string, SeverityRule['severity']>).map(([pattern, severity]) => ({
    pattern,
    severity,
    from,
    location: draft.at([...keys, pattern], true),
  }));
}

/** The groups that a file belongs to, by its path from the project's folder, and what stands for `{arch}` in it. */
export function groupsOf(project: Project, path: string): readonly { readonly group: Group; readonly arch?: string }[] {
  return project.groups.flatMap((group) => {
    const match = matchPath(group.paths, path);
    if (match === undefined) return [];
    const { arch } = match;
    const only = group.settings.arches?.value.map(parseArch);
    // Of a pattern with {arch} only the files of the group's own architectures belong to it.
    if (arch !== undefined && only !== undefined && !only.includes(parseArch(arch))) return [];
    return [arch === undefined ? { group } : { group, arch }];
  });
}

/** A file's path from the project's folder; undefined where it lies elsewhere. */
export function pathInProject({ folder }: Project, path: string, host: Host): string | undefined {
  const place = host.absolute(folder === '' ? '.' : folder).replace(/\/+$/, '');
  const full = host.absolute(path);
  return full.startsWith(`${place}/`) ? full.slice(place.length + 1) : undefined;
}
