/** What `resolve` and its kin are given: a base, fragments, and the models that speak for their kernel. */
import type { ConfigDocument } from '../config/document.ts';
import { Exit, type ExitCode, type Host, type KernelHost } from '../host.ts';
import { type Base, type ModelFile, UnknownName } from '../kconfig/index.ts';
import { baseOf, makeArch, namedBaseOf } from '../project/base.ts';
import {
  compileTree,
  type KernelArch,
  kbuildEnvironment,
  kernelArch,
  modelInFile,
  releaseOfTree,
  shippedModels,
  unknownName,
  withToolchains,
  wordsFor,
} from '../project/kernel.ts';
import type { UsageError } from '../project/prepare.ts';
import { readDocument } from '../project/read.ts';
import { parseKernelVersion, type Target } from '../target.ts';
import { problemLines } from './commands/model.ts';
import { flagOption, type RawOptions, textOption } from './options.ts';
import { failureText, reportUsage } from './usage.ts';

export interface Layers {
  readonly base: Base;
  /** The base where it is a file. */
  readonly baseDocument: ConfigDocument | undefined;
  readonly fragments: readonly ConfigDocument[];
  /** Of the base, or of the first fragment that tells. */
  readonly target: Target;
}

export { makeArch };

/** The base that `--base` names, for runs in which every file is one of its own; undefined where none was named. */
export function readBase(raw: RawOptions, host: Host): Base | undefined | UsageError | ExitCode {
  const choice = textOption(raw, 'base');
  if (choice === undefined) return undefined;
  const base = baseOf(choice, host);
  if ('kind' in base) return base;
  host.writeError(failureText(base));
  return Exit.unreadable;
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

export function readLayers(raw: RawOptions, host: Host): Layers | ExitCode {
  const choice = textOption(raw, 'base');
  const files = [...raw.files];
  const base = choice === undefined ? undefined : namedBaseOf(choice, host);
  if (choice !== undefined && base === undefined) files.unshift(choice);
  if (base === undefined && files.length === 0) {
    return reportUsage(
      [
        {
          message: 'no config was named',
          help: 'kconfig-lint resolve --kernel 6.12 --arch x86_64 --base defconfig FRAGMENT…',
        },
      ],
      raw,
      host,
    );
  }
  const documents: ConfigDocument[] = [];
  let target: Target = {};
  for (const path of files) {
    const stdinName = textOption(raw, 'stdin-filename') ?? '<stdin>';
    const document = readDocument(path, host, { kind: 'auto', stdinName, keep: true });
    if (!('scanned' in document)) {
      host.writeError(failureText(document));
      return Exit.unreadable;
    }
    documents.push(document);
    target = { ...document.target, ...target };
  }
  if (base !== undefined) return { base, baseDocument: undefined, fragments: documents, target };
  const [first, ...rest] = documents as [ConfigDocument, ...ConfigDocument[]];
  return { base: { kind: 'text', text: first.source.text }, baseDocument: first, fragments: rest, target };
}

export function findModels(
  raw: RawOptions,
  { target }: Pick<Layers, 'target'>,
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
