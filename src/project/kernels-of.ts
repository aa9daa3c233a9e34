/** The kernels that a file of a project is for, with what it is merged onto there: for all that is asked beside its findings. */
import { checks } from '../checks/index.ts';
import type { ConfigDocument } from '../config/document.ts';
import {
  type Base,
  type Evaluation,
  type ModelFile,
  resolveAsRecorded,
  resolveConfig,
  UnknownName,
} from '../kconfig/index.ts';
import { planFor } from '../lint.ts';
import type { Target } from '../target.ts';
import { type Accepts, acceptanceOf, projectAcceptance } from './accepted.ts';
import { makeArch } from './base.ts';
import { type FileFix, fixFile } from './fix-file.ts';
import { type Judge, targetFor } from './judge.ts';
import { readStack } from './looks.ts';
import type { Prepared } from './prepare.ts';
import { archesOf, releasesOf } from './settings.ts';

/** One kernel on one architecture. */
export interface KernelOf {
  readonly prepared: Prepared;
  readonly target: Target;
  /** Undefined where no model speaks for it. */
  readonly models: readonly ModelFile[] | undefined;
  /** Undefined where it is not known what a fragment is merged onto. */
  readonly base: Base | undefined;
  readonly before: readonly ConfigDocument[];
  readonly toolchain: string | undefined;
  readonly arch: string | undefined;
  readonly accepts: Accepts | undefined;
}

/** In the order of the groups, the last release of each last; what cannot be understood of the settings is left out. */
export function kernelsOf(document: ConfigDocument, { settingsOf, tools }: Judge): KernelOf[] {
  return settingsOf(document.source.path).flatMap((settings) => {
    const prepared = tools.preparedFor(settings);
    if (!('library' in prepared)) return [];
    const { texts } = settings;
    const accepts = acceptanceOf(document.source, tools.today, projectAcceptance(tools.project.waivers, settings));
    const arches = archesOf(settings) ?? [undefined];
    const releases = releasesOf(settings) ?? [undefined];
    return arches.flatMap((arch) =>
      releases.map((release): KernelOf => {
        const said = targetFor(settings, release, arch);
        const target = { ...document.target, ...said };
        const choice = { kernel: target.kernel, arch: target.arch, model: texts.model?.value, tree: texts.tree?.value };
        const models = tools.asksKconfig ? tools.findModels(choice) : undefined;
        const stack = readStack(settings, target.arch, tools);
        const { base, before } = 'before' in stack ? stack : { base: undefined, before: [] };
        return {
          prepared,
          target,
          models: models === undefined || 'message' in models ? undefined : models,
          base,
          before,
          toolchain: texts.toolchain?.value,
          arch: said.arch === undefined ? undefined : makeArch(said.arch, base ?? { kind: 'none' }),
          accepts,
        };
      }),
    );
  });
}

/** What the document comes to on a kernel; undefined where that is not known. */
export function evaluateOn(document: ConfigDocument, kernel: KernelOf): Evaluation | undefined {
  const { models, base, before, toolchain, arch } = kernel;
  const newest = models?.at(-1);
  if (newest === undefined) return undefined;
  const { text } = document.source;
  if (document.kind === 'complete') return resolveAsRecorded([newest], text).evaluations[0];
  if (base === undefined) return undefined;
  const fragments = [...before, document].map(({ source }) => source.text);
  const choices = { ...(toolchain === undefined ? {} : { toolchain }), ...(arch === undefined ? {} : { arch }) };
  return unlessUnknown(
    () => resolveConfig({ models: [newest], base, fragments, output: 'new', ...choices }).evaluations[0],
  );
}

/** What `fix` would make of the document for a kernel. */
export function fixOn(document: ConfigDocument, kernel: KernelOf): FileFix | undefined {
  const { models, base, before, toolchain, arch, prepared, target, accepts } = kernel;
  const { chosen, boot, bootDenied, library } = prepared;
  const isComplete = document.kind === 'complete';
  return unlessUnknown(() =>
    fixFile(document, target, checks, {
      plan: planFor(chosen, boot, bootDenied),
      library,
      accepts,
      severities: new Set(['error', 'warning', 'info']),
      kernel: models && {
        models,
        base: base ?? { kind: 'none' },
        fragments: isComplete ? [] : [...before, document],
        ...(toolchain === undefined ? {} : { toolchain }),
        ...(arch === undefined ? {} : { arch }),
      },
    }),
  );
}

/** A base or a toolchain that the model does not have is said as a finding of the settings, not here. */
function unlessUnknown<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof UnknownName)) throw error;
    return undefined;
  }
}
