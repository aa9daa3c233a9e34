/** `resolve`: the config that `make olddefconfig` would write for a base and fragments. */
import { Exit, type ExitCode, type Host, type KernelHost } from '../../host.ts';
import { visible } from '../../invisible.ts';
import { type Base, type Disagreement, type ModelFile, type Refusal, resolveConfig } from '../../kconfig/index.ts';
import { UnknownName } from '../../kconfig/resolve.ts';
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
} from '../../project/kernel.ts';
import type { UsageError } from '../../project/prepare.ts';
import { readDocument } from '../../project/read.ts';
import { plural } from '../../reporters/reporter.ts';
import { parseKernelVersion, type Target } from '../../target.ts';
import { failureText, reportUsage } from '../check.ts';
import { flagOption, type RawOptions, textOption } from '../options.ts';
import { problemLines } from './model.ts';

interface Layers {
  readonly base: Base;
  readonly fragments: readonly string[];
  /** Of the base, or of the first fragment that tells. */
  readonly target: Target;
}

const namedBase = /^[\w.-]*(?:defconfig|\.config)$/;

export function runResolve(raw: RawOptions, host: Host, kernelHost: KernelHost): ExitCode {
  const layers = readLayers(raw, host);
  if (typeof layers === 'number') return layers;
  const models = findModels(raw, layers, kernelHost, host);
  if (typeof models === 'number') return models;
  if (!Array.isArray(models)) return reportUsage([models as UsageError], raw, host);
  const toolchain = textOption(raw, 'toolchain');
  const archOption = textOption(raw, 'arch');
  const output = flagOption(raw, 'savedefconfig') ? 'defconfig' : flagOption(raw, 'listnewconfig') ? 'new' : 'config';
  try {
    const resolved = resolveConfig({
      models,
      base: layers.base,
      fragments: layers.fragments,
      output,
      ...(toolchain === undefined ? {} : { toolchain }),
      ...(archOption === undefined ? {} : { arch: makeArch(archOption, layers.base) }),
    });
    if (!flagOption(raw, 'quiet')) host.writeError(notes(models, resolved.disagreements, resolved.refusals, toolchain));
    return write(resolved.text, raw, host);
  } catch (error) {
    if (!(error instanceof UnknownName)) throw error;
    const name = error.kind === 'toolchain' ? (toolchain ?? '') : layers.base.kind === 'named' ? layers.base.name : '';
    return reportUsage([unknownName(error.message, name, error.known)], raw, host);
  }
}

/** kbuild on an x86_64 machine calls itself x86, and so do the configs that it writes. */
function makeArch(option: string, base: Base): string {
  const arch = kernelArch(option)?.name ?? option;
  return arch === 'x86_64' && base.kind === 'text' && /^# Linux\/x86 /m.test(base.text) ? 'x86' : arch;
}

function readLayers(raw: RawOptions, host: Host): Layers | ExitCode {
  const choice = textOption(raw, 'base');
  const files = [...raw.files];
  let base: Base | undefined;
  if (choice === 'none' || choice === 'allnoconfig') base = { kind: choice };
  else if (choice !== undefined && namedBase.test(choice) && host.pathKind(choice) === 'missing') {
    base = { kind: 'named', name: choice };
  } else if (choice !== undefined) files.unshift(choice);
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
  const texts: string[] = [];
  let target: Target = {};
  for (const path of files) {
    const stdinName = textOption(raw, 'stdin-filename') ?? '<stdin>';
    const document = readDocument(path, host, { kind: 'auto', stdinName, keep: true });
    if (!('scanned' in document)) {
      host.writeError(failureText(document));
      return Exit.unreadable;
    }
    texts.push(document.source.text);
    target = { ...document.target, ...target };
  }
  if (base === undefined) base = { kind: 'text', text: texts.shift() as string };
  return { base, fragments: texts, target };
}

function findModels(
  raw: RawOptions,
  { target }: Layers,
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

/** What a reader of the config has to know, one line each. */
function notes(
  models: readonly ModelFile[],
  disagreements: readonly Disagreement[],
  refusals: readonly Refusal[],
  toolchain: string | undefined,
): string {
  const lines: string[] = [];
  const names = models.map(({ model, source }) => `${model.release} ${model.arch} (${source})`);
  lines.push(
    models.length === 1
      ? `kconfig-lint: by the Kconfig of ${names[0]}`
      : `kconfig-lint: this release lies between ${names.join(' and ')}: only what both agree on is given`,
  );
  const by = (cause: string): readonly Disagreement[] => disagreements.filter((each) => each.cause === cause);
  const list = (found: readonly Disagreement[]): string =>
    `${found
      .slice(0, 6)
      .map(({ symbol }) => symbol)
      .join(', ')}${found.length > 6 ? ' …' : ''}`;
  const open = by('toolchain');
  if (open.length > 0) {
    const known = models[0] === undefined ? [] : Object.keys(models[0].toolchains);
    const help = toolchain === undefined && known.length > 0 ? `; --toolchain ${known[0]} settles them` : '';
    lines.push(
      `  ${plural(open.length, 'symbol')} depend${open.length === 1 ? 's' : ''} on the toolchain and stand as comments: ${list(open)}${help}`,
    );
  }
  const between = by('kernel');
  if (between.length > 0)
    lines.push(`  ${plural(between.length, 'symbol')} differ between the two and stand as comments: ${list(between)}`);
  const unknown = [...new Set(refusals.filter((each) => each.kind === 'unknown-symbol').map((each) => each.symbol))];
  if (unknown.length > 0) {
    const some = unknown.slice(0, 6).map((symbol) => `CONFIG_${visible(symbol)}`);
    lines.push(
      `  ${plural(unknown.length, 'symbol')} that this kernel does not have ${unknown.length === 1 ? 'was' : 'were'} left out: ${some.join(', ')}${unknown.length > 6 ? ' …' : ''}`,
    );
  }
  for (const { kind, symbol, value } of refusals.filter((each) => each.kind !== 'unknown-symbol').slice(0, 6)) {
    lines.push(
      kind === 'invalid-value'
        ? `  CONFIG_${visible(symbol)}=${visible(value)} is no value for it and was ignored`
        : `  a line was ignored: ${visible(value)}`,
    );
  }
  return `${lines.join('\n')}\n`;
}

function write(text: string, raw: RawOptions, host: Host): ExitCode {
  const path = textOption(raw, 'output');
  if (path === undefined) {
    host.write(text);
    const failure = host.outputFailure();
    return failure === undefined || failure === 'closed' ? Exit.ok : Exit.output;
  }
  const file = host.openOutput(path);
  if (typeof file !== 'string') file.write(text);
  const failure = typeof file === 'string' ? file : file.commit();
  if (failure === undefined) return Exit.ok;
  host.writeError(`kconfig-lint: ${visible(path)} was not written: ${visible(failure)}\n`);
  return Exit.output;
}
