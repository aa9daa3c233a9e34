/** What the kernels of a file make of it: its stack is read, and each model asked. */
import type { ConfigDocument } from '../config/document.ts';
import { type Base, type ModelFile, UnknownName } from '../kconfig/index.ts';
import { planFor } from '../lint.ts';
import type { Arch, Target } from '../target.ts';
import { baseFrom, makeArch } from './base.ts';
import type { Stop, Tools } from './judge.ts';
import { unknownName } from './kernel.ts';
import { baseInWords, nameOf, viewKernel } from './kernel-view.ts';
import type { Prepared, UsageError } from './prepare.ts';
import type { Sourced } from './project-config.ts';
import { type FileSettings, placeOf, stackOf } from './settings.ts';

export interface Look {
  readonly view: ReturnType<typeof viewKernel>;
  readonly models: readonly ModelFile[];
}

/** What the kernel makes of the file on its stack; undefined where no model speaks for it. */
export function lookAt(
  document: ConfigDocument,
  settings: FileSettings,
  prepared: Prepared,
  said: Target,
  /** Of the settings, not of what else tells it. */
  saidArch: Arch | undefined,
  tools: Tools,
): Look | Stop | undefined {
  const { texts } = settings;
  const target = { ...document.target, ...said };
  const hidden = outsideOf(texts, tools);
  if (hidden !== undefined) return [hidden];
  const models = tools.findModels({
    kernel: target.kernel,
    arch: target.arch,
    model: texts.model?.value,
    tree: texts.tree?.value,
  });
  if (models === undefined) return undefined;
  if ('message' in models) return [{ ...placeOf(texts.tree ?? texts.model ?? {}), ...models }];
  const isExtra = tools.isExtra(settings);
  if (typeof isExtra !== 'function') return [isExtra];
  const stack = readStack(settings, target.arch, tools);
  if ('code' in stack || Array.isArray(stack)) return stack as Stop;
  const { base, before } = stack as Stack;
  const toolchain = texts.toolchain?.value;
  const { boot, bootDenied, chosen, library } = prepared;
  try {
    const view = viewKernel({
      document,
      models,
      base,
      before,
      toolchain,
      arch: saidArch === undefined ? undefined : makeArch(saidArch, base ?? { kind: 'none' }),
      target,
      isExtra,
      findRedundant: tools.findRedundant,
      index: tools.index,
      plan: planFor(chosen, boot, bootDenied),
      library,
      expectLongWork: tools.kernelHost.expectLongWork,
    });
    if (view.base === undefined) return { view, models };
    const on = { value: stackInWords(base, before, texts.base?.value), enumerable: true };
    return { view: Object.create(view, { base: on }), models };
  } catch (error) {
    if (!(error instanceof UnknownName)) throw error;
    const named = error.kind === 'toolchain' ? texts.toolchain : texts.base;
    return [{ ...unknownName(error.message, named?.value ?? '', error.known), ...placeOf(named ?? {}) }];
  }
}

export interface Stack {
  readonly base: Base | undefined;
  readonly before: readonly ConfigDocument[];
}

/** What a file is merged onto: a base, and the files between. A complete config at the bottom is the base. */
export function readStack(
  settings: FileSettings,
  arch: Arch | undefined,
  tools: Pick<Tools, 'project' | 'host' | 'read' | 'baseOf'>,
): Stack | Stop {
  const paths = stackOf(tools.project, settings, arch, tools.host);
  if ('message' in paths) return [paths];
  const before: ConfigDocument[] = [];
  for (const { value } of paths) {
    const read = tools.read(value);
    if (!('scanned' in read)) return read;
    before.push(read);
  }
  const choice = settings.texts.base?.value;
  if (choice !== undefined) {
    const base = tools.baseOf(choice);
    return 'code' in base ? base : { base, before };
  }
  const [lowest, ...rest] = before;
  return lowest?.kind === 'complete' ? { base: baseFrom(lowest), before: rest } : { base: undefined, before };
}

function stackInWords(base: Base | undefined, before: readonly ConfigDocument[], choice: string | undefined): string {
  if (base === undefined) return '';
  const bottom = base.kind === 'text' && choice !== undefined ? ` on ${choice}` : baseInWords(base);
  return [bottom, ...before.map(({ source }) => source.path)].join(' + ');
}

/** A tree or a model that a project file names must lie in its repository, links followed. */
function outsideOf({ tree, model }: FileSettings['texts'], { host }: Tools): UsageError | undefined {
  const isOutside = (said: Sourced<string> | undefined): said is Sourced<string> =>
    said !== undefined && !said.from.startsWith('--') && host.pathKind(said.value) === 'missing';
  const said = [tree, model].find(isOutside);
  if (said === undefined) return undefined;
  const message = `"${said.value}" is not there, or lies outside of the repository`;
  return { ...placeOf(said), message, help: 'name what lies elsewhere with --tree or --model' };
}

/**
 * The views of all kernels that a file is for. A symbol that one of them has is no stranger to the file, so that none of the others
 * need say that it lacks it; what all lack is said of all of them at once.
 */
export function together(looks: readonly Look[]): ReadonlyMap<Look, Look> {
  if (looks.length < 2) return new Map(looks.map((look) => [look, look]));
  const models = [...new Set(looks.flatMap((look) => look.models))].sort((a, b) => orderOf(a) - orderOf(b));
  const lacking = looks.map(({ view }) => new Set(view.unknown.map(({ symbol }) => symbol)));
  return new Map(
    looks.map((look) => {
      const unknown = look.view.unknown.filter(({ symbol }) => lacking.every((set) => set.has(symbol)));
      const view: Look['view'] = Object.create(look.view, {
        name: { value: nameOf(models), enumerable: true },
        unknown: { value: unknown, enumerable: true },
      });
      return [look, { ...look, view }];
    }),
  );
}

function orderOf({ model }: ModelFile): number {
  const [major = 0, minor = 0] = model.release.split('.').map(Number);
  return major * 1e3 + minor;
}
