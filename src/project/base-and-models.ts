/** From options to the base that configs are merged onto, and to the models that speak for their kernel. */
import { Exit, type ExitCode, type Host, type KernelHost } from '../host.ts';
import { type Base, type ModelFile, UnknownName } from '../kconfig/index.ts';
import { parseKernelVersion, type Target } from '../target.ts';
import {
  compileTree,
  type KernelArch,
  kbuildEnvironment,
  kernelArch,
  modelInFile,
  problemLines,
  releaseOfTree,
  shippedModels,
  unknownName,
  withToolchains,
  wordsFor,
} from './kernel.ts';
import type { UsageError } from './prepare.ts';
import { flagOption, type RawOptions, textOption } from './raw-options.ts';
import { failureText, readDocument } from './read.ts';

const namedBase = /^[\w.-]*(?:defconfig|\.config)$/;

/** kbuild on an x86_64 machine calls itself x86, and so do the configs that it writes. */
export function makeArch(option: string, base: Base): string {
  const arch = kernelArch(option)?.name ?? option;
  return arch === 'x86_64' && base.kind === 'text' && /^# Linux\/x86 /m.test(base.text) ? 'x86' : arch;
}

/** The base that `--base` names, for runs in which every file is one of its own; undefined where none was named. */
export function readBase(raw: RawOptions, host: Host): Base | undefined | UsageError | ExitCode {
  const choice = textOption(raw, 'base');
  if (choice === undefined) return undefined;
  const named = namedBaseOf(choice, host);
  if (named !== undefined) return named;
  const document = readDocument(choice, host, { kind: 'auto', stdinName: '<stdin>', keep: true });
  if ('scanned' in document) return { kind: 'text', text: document.source.text };
  host.writeError(failureText(document));
  return Exit.unreadable;
}

/** A base that is no file: `none`, `allnoconfig`, or a config of the kernel tree by its name. */
export function namedBaseOf(choice: string, host: Host): Base | undefined {
  if (choice === 'none' || choice === 'allnoconfig') return { kind: choice };
  return namedBase.test(choice) && host.pathKind(choice) === 'missing' ? { kind: 'named', name: choice } : undefined;
}

/** What `work` gives; a usage error where it asks for a base or a toolchain that no model has. */
export function orUsage<T>(raw: RawOptions, work: () => T): T | UsageError {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof UnknownName)) throw error;
    const name = textOption(raw, error.kind === 'toolchain' ? 'toolchain' : 'base') ?? '';
    return unknownName(error.message, name, error.known);
  }
}

export function findModels(
  raw: RawOptions,
  { target }: { readonly target: Target },
  kernelHost: KernelHost,
  host: Host,
): ModelFile[] | UsageError | ExitCode {
  const [modelPath, treePath] = [textOption(raw, 'model'), textOption(raw, 'tree')];
  const archName = textOption(raw, 'arch') ?? target.arch;
  const arch = archName === undefined ? undefined : kernelArch(archName);
  if (archName !== undefined && arch === undefined) {
    return { message: `there is no architecture ${archName}`, help: 'x86_64, x86, i386, arm64, riscv, arm …' };
  }
  if (modelPath !== undefined) {
    const file = modelInFile(modelPath, kernelHost);
    return 'message' in file ? file : [withToolchains(file, kernelHost)];
  }
  if (arch === undefined) {
    return { message: 'nothing tells the architecture', help: 'name it: --arch x86_64' };
  }
  if (treePath !== undefined) return fromTree(treePath, arch, raw, kernelHost, host);
  if (flagOption(raw, 'allow-shell'))
    return { message: '--allow-shell needs --tree', help: 'a shipped model runs nothing' };
  const option = textOption(raw, 'kernel');
  const kernel = option === undefined ? target.kernel : parseKernelVersion(option);
  if (kernel === undefined) {
    return option === undefined
      ? { message: 'nothing tells the kernel release', help: 'name it: --kernel 6.12' }
      : { message: `"${option}" is no kernel release`, help: 'such as 6.12 or 6.12.30' };
  }
  return shippedModels(kernel, arch, kernelHost);
}

function fromTree(
  path: string,
  arch: KernelArch,
  raw: RawOptions,
  kernelHost: KernelHost,
  host: Host,
): ModelFile[] | UsageError | ExitCode {
  const tree = kernelHost.openTree(path);
  if ('error' in tree) return { path, message: wordsFor(tree), help: 'name the root of a kernel tree' };
  const environment = kbuildEnvironment(releaseOfTree(tree), arch, kernelHost.env);
  const allowShell = flagOption(raw, 'allow-shell');
  const { file, problems } = compileTree(tree, { arch, environment, allowShell, source: path });
  if (file !== undefined) return [withToolchains(file, kernelHost)];
  host.writeError(problemLines(problems, path));
  return Exit.unreadable;
}
