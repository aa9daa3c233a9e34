/** The settings of a file's group in the form of options, for commands that look at one kernel: the newest of the group. */
import type { ConfigDocument } from '../config/document.ts';
import type { Host } from '../host.ts';
import { type ProjectAcceptance, projectAcceptance } from '../project/accepted.ts';
import { readStack } from '../project/looks.ts';
import { type OpenProject, openProject } from '../project/open-project.ts';
import type { Prepared, UsageError } from '../project/prepare.ts';
import { projectFileName } from '../project/project-file.ts';
import { archesOf, type FileSettings, placeOf, releasesOf } from '../project/settings.ts';
import type { Target } from '../target.ts';
import type { RawOptions } from './options.ts';
import type { ProjectServices } from './project-check.ts';
import type { Views } from './views.ts';

export interface GroupOptions {
  readonly raw: RawOptions;
  readonly prepared: Prepared;
  readonly views: Views;
  /** Merged onto the base before the file. */
  readonly before: readonly ConfigDocument[];
  readonly acceptance: ProjectAcceptance;
}

/** Gives the options of each document; undefined for one that belongs to no group. */
export function groupOptions(
  raw: RawOptions,
  given: ReadonlySet<string>,
  host: Host,
  services: () => ProjectServices,
): (document: ConfigDocument) => GroupOptions | readonly UsageError[] | undefined {
  let opened: OpenProject | readonly UsageError[] | undefined;
  const known = new Map<string, Omit<GroupOptions, 'acceptance'> | readonly UsageError[]>();
  return (document) => {
    opened ??= openProject(raw, given, host, services());
    if (!('project' in opened)) return opened;
    const settings = opened.judge.settingsOf(document.source.path).at(-1);
    if (settings?.group === undefined) return undefined;
    const target = targetOf(settings, document);
    const key = JSON.stringify([settings.group.name, settings.archText, target]);
    const found = known.get(key) ?? optionsFor(settings, target, opened, raw, services());
    known.set(key, found);
    if (!('views' in found)) return found;
    return { ...found, acceptance: projectAcceptance(opened.project.waivers, settings) };
  };
}

function targetOf(settings: FileSettings, document: ConfigDocument): Target {
  const release = releasesOf(settings)?.reduce((a, b) => (b.version >= a.version ? b : a));
  const arches = archesOf(settings);
  const own = document.target.arch;
  const arch = arches === undefined || (own !== undefined && arches.includes(own)) ? undefined : arches[0];
  return {
    ...(release === undefined ? {} : { kernel: release.version, release: release.text, kernelFrom: projectFileName }),
    ...(arch === undefined ? {} : { arch, archFrom: projectFileName }),
  };
}

function optionsFor(
  settings: FileSettings,
  target: Target,
  { judge }: OpenProject,
  raw: RawOptions,
  services: ProjectServices,
): Omit<GroupOptions, 'acceptance'> | readonly UsageError[] {
  const prepared = judge.preparedFor(settings);
  if (!('library' in prepared)) return prepared;
  const stack = readStack(settings, target.arch ?? archesOf(settings)?.[0], judge.tools);
  if ('code' in stack) return [{ path: stack.path, message: stack.message, help: stack.help }];
  if (!('before' in stack)) return stack;
  const { texts } = settings;
  const texted = Object.fromEntries(
    (['base', 'toolchain', 'model', 'tree'] as const).flatMap((key) => {
      const value = texts[key]?.value;
      return value === undefined ? [] : [[key, value]];
    }),
  );
  const own: RawOptions = {
    ...raw,
    ...texted,
    ...(target.release === undefined ? {} : { kernel: target.release }),
    ...(target.arch === undefined ? {} : { arch: target.arch }),
  };
  const all = { ...prepared, target };
  const views = services.createViews(own, all);
  if (typeof views === 'number')
    return [{ message: 'the base cannot be read', help: '', ...placeOf(texts.base ?? {}) }];
  if ('help' in views) return [{ ...placeOf(texts.base ?? {}), ...views }];
  return { raw: own, prepared: all, views: { ...views, base: stack.base }, before: stack.before };
}
