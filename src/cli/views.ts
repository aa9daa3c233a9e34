/** From the options of a run to what a kernel makes of each of its documents. */
import type { ConfigDocument } from '../config/document.ts';
import type { ExitCode, Host, KernelHost } from '../host.ts';
import type { Base, ModelFile } from '../kconfig/index.ts';
import { planFor } from '../lint.ts';
import { extraSymbols } from '../project/extra-symbols.ts';
import type { Glob } from '../project/inputs.ts';
import { kernelArch, shippedModels } from '../project/kernel.ts';
import { type View, viewKernel } from '../project/kernel-view.ts';
import type { Prepared, UsageError } from '../project/prepare.ts';
import type { Target } from '../target.ts';
import { findModels, makeArch, orUsage, readBase } from './layers.ts';
import { flagOption, listOption, type RawOptions, textOption } from './options.ts';

/** The view of a document; undefined where no model speaks for its kernel, a usage error where the model lacks what was named. */
export type ViewOf = (document: ConfigDocument, prepared?: Prepared) => View | UsageError | undefined;

export interface Views {
  readonly viewOf: ViewOf;
  /** The models that speak for a document's kernel, and what its fragments are merged onto. */
  readonly modelsFor: (document: ConfigDocument, own?: Target) => readonly ModelFile[] | UsageError;
  readonly base: Base | undefined;
}

/** What is wrong with the options is a usage error, or was said already and is the exit code. */
export function createViews(
  raw: RawOptions,
  prepared: Prepared,
  host: Host,
  kernelHost: KernelHost,
  glob: Glob,
  extra: readonly string[] = [],
): Views | UsageError | ExitCode {
  const base = readBase(raw, host);
  if (typeof base === 'number' || (base !== undefined && 'message' in base)) return base;
  const isExtra = extraSymbols([...extra, ...listOption(raw, 'extra-symbols')], host, glob);
  if (typeof isExtra !== 'function') return isExtra;
  const modelsFor = modelChooser(raw, prepared, host, kernelHost);
  if (typeof modelsFor !== 'function') return modelsFor;
  const [toolchain, archOption] = [textOption(raw, 'toolchain'), textOption(raw, 'arch')];
  let index: string | undefined;
  const readIndex = (): string => {
    index ??= kernelHost.readSymbolIndex();
    return index;
  };
  return {
    base,
    modelsFor,
    viewOf: (document, { chosen, boot, bootDenied, library, target: said } = prepared) => {
      const models = modelsFor(document, said);
      if (!Array.isArray(models)) return undefined;
      const target: Target = { ...document.target, ...said };
      return orUsage(raw, () =>
        viewKernel({
          document,
          models,
          base,
          toolchain,
          arch: archOption === undefined ? undefined : makeArch(archOption, base ?? { kind: 'none' }),
          target,
          isExtra,
          findRedundant: flagOption(raw, 'redundant'),
          index: readIndex,
          plan: planFor(chosen, boot, bootDenied),
          library,
          expectLongWork: kernelHost.expectLongWork,
        }),
      );
    },
  };
}

/** A model that was named speaks for every document; else one that ships, by the kernel of each. */
function modelChooser(raw: RawOptions, { target }: Prepared, host: Host, kernelHost: KernelHost) {
  if (textOption(raw, 'kconfig') === 'off')
    return (): UsageError => ({ message: 'no Kconfig is asked', help: 'leave out --kconfig off' });
  if (textOption(raw, 'model') !== undefined || textOption(raw, 'tree') !== undefined) {
    const found = findModels(raw, { target }, kernelHost, host);
    return Array.isArray(found) ? () => found : found;
  }
  const known = new Map<string, readonly ModelFile[] | UsageError>();
  return (document: ConfigDocument, own: Target = target): readonly ModelFile[] | UsageError => {
    const { kernel, arch: name } = { ...document.target, ...own };
    const arch = name === undefined ? undefined : kernelArch(name);
    if (kernel === undefined) return { message: 'nothing tells the kernel release', help: 'name it: --kernel 6.12' };
    if (arch === undefined) return { message: 'nothing tells the architecture', help: 'name it: --arch x86_64' };
    const key = `${Math.floor(kernel / 1e3)} ${arch.name}`;
    let models = known.get(key);
    if (models === undefined) {
      models = shippedModels(kernel, arch, kernelHost);
      known.set(key, models);
    }
    return models;
  };
}
