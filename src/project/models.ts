/** The models of a run, each read once: those that ship, one of a file, or one of a kernel tree. */
import type { KernelHost } from '../host.ts';
import type { ModelFile } from '../kconfig/index.ts';
import type { Arch, KernelVersion } from '../target.ts';
import {
  compileTree,
  kbuildEnvironment,
  kernelArch,
  modelInFile,
  releaseOfTree,
  shippedModels,
  withToolchains,
  wordsFor,
} from './kernel.ts';
import type { UsageError } from './prepare.ts';

export interface ModelChoice {
  readonly kernel: KernelVersion | undefined;
  readonly arch: Arch | undefined;
  readonly model: string | undefined;
  readonly tree: string | undefined;
}

/** Undefined where nothing tells the kernel or the architecture, or no model speaks for them. */
export type FindModels = (choice: ModelChoice) => readonly ModelFile[] | UsageError | undefined;

export function modelFinder(kernelHost: KernelHost): FindModels {
  const known = new Map<string, readonly ModelFile[] | UsageError | undefined>();
  const shipped = new Map<string, ModelFile>();
  return (choice) => {
    const { kernel, arch, model, tree } = choice;
    const key = JSON.stringify([
      model,
      tree,
      arch,
      model === undefined && tree === undefined ? Math.floor((kernel ?? 0) / 1e3) : 0,
    ]);
    if (!known.has(key)) known.set(key, findModels(choice, kernelHost, shipped));
    return known.get(key);
  };
}

function findModels(
  { kernel, arch: name, model, tree }: ModelChoice,
  host: KernelHost,
  shipped: Map<string, ModelFile>,
): readonly ModelFile[] | UsageError | undefined {
  if (model !== undefined) {
    const file = modelInFile(model, host);
    return 'message' in file ? file : [withToolchains(file, host)];
  }
  const arch = name === undefined ? undefined : kernelArch(name);
  if (arch === undefined) return undefined;
  if (tree !== undefined) {
    const opened = host.openTree(tree);
    if ('error' in opened) return { path: tree, message: wordsFor(opened), help: 'name the root of a kernel tree' };
    const environment = kbuildEnvironment(releaseOfTree(opened), arch, host.env);
    const { file, problems } = compileTree(opened, { arch, environment, allowShell: false, source: tree });
    if (file !== undefined) return [withToolchains(file, host)];
    const said = problems[0]?.message ?? 'its Kconfig cannot be read';
    return { path: tree, message: said, help: '"kconfig-lint model build --tree" tells all that is wrong with it' };
  }
  if (kernel === undefined) return undefined;
  const models = shippedModels(kernel, arch, host, shipped);
  return 'message' in models ? undefined : models;
}
