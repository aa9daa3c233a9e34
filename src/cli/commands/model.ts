/** `model build`: compiles a kernel tree into a model file; `model list`: the models that ship. */
import { Exit, type ExitCode, type Host, type KernelHost } from '../../host.ts';
import { visible } from '../../invisible.ts';
import { encodeModel, type KconfigProblem } from '../../kconfig/index.ts';
import { compileTree, kbuildEnvironment, kernelArch, releaseOfTree, wordsFor } from '../../project/kernel.ts';
import { positionOf } from '../../source.ts';
import { flagOption, type RawOptions, textOption } from '../options.ts';
import { reportUsage } from '../usage.ts';

export function runModel(raw: RawOptions, host: Host, kernelHost: KernelHost): ExitCode {
  const [action = 'list', ...rest] = raw.files;
  if (rest.length > 0 || (action !== 'build' && action !== 'list')) {
    const help = 'kconfig-lint model build --tree DIR --arch ARCH, or kconfig-lint model list';
    return reportUsage([{ message: `there is no "model ${[action, ...rest].join(' ')}"`, help }], raw, host);
  }
  if (action === 'list') {
    for (const name of kernelHost.shippedModels()) host.write(`${name}\n`);
    return Exit.ok;
  }
  return build(raw, host, kernelHost);
}

function build(raw: RawOptions, host: Host, kernelHost: KernelHost): ExitCode {
  const [path, archName] = [textOption(raw, 'tree'), textOption(raw, 'arch')];
  const arch = archName === undefined ? undefined : kernelArch(archName);
  if (path === undefined || archName === undefined) {
    const lacking = path === undefined ? 'the kernel tree' : 'the architecture';
    return reportUsage(
      [{ message: `${lacking} was not named`, help: 'kconfig-lint model build --tree DIR --arch x86_64' }],
      raw,
      host,
    );
  }
  if (arch === undefined) {
    return reportUsage(
      [{ message: `there is no architecture ${archName}`, help: 'x86_64, i386, arm64, riscv, arm …' }],
      raw,
      host,
    );
  }
  const tree = kernelHost.openTree(path);
  if ('error' in tree) {
    return reportUsage([{ path, message: wordsFor(tree), help: 'name the root of a kernel tree' }], raw, host);
  }
  const environment = kbuildEnvironment(releaseOfTree(tree), arch, kernelHost.env);
  const allowShell = flagOption(raw, 'allow-shell');
  const { file, problems } = compileTree(tree, { arch, environment, allowShell, source: path });
  if (file === undefined) {
    host.writeError(problemLines(problems, path));
    return Exit.unreadable;
  }
  const { model } = file;
  // Only the root: whatever this is, no kernel is configured by it.
  if (model.entries.count < 2) {
    const help = 'is this the root of a whole kernel tree?';
    host.writeError(`${visible(path)}: its Kconfig declares no symbol\n  help: ${help}\n`);
    return Exit.unreadable;
  }
  const output = textOption(raw, 'output') ?? `${model.release || 'kernel'}-${model.arch}.kmodel`;
  const failure = kernelHost.writeModel(output, encodeModel(file));
  if (failure !== undefined) {
    host.writeError(`kconfig-lint: ${visible(output)} was not written: ${visible(failure)}\n`);
    return Exit.output;
  }
  const open = model.questions.length === 0 ? '' : `, ${model.questions.length} questions to the toolchain left open`;
  host.write(`${visible(output)}: ${visible(model.release)} ${model.arch}, ${model.entries.count} entries${open}\n`);
  return Exit.ok;
}

const mostProblems = 20;

/** Errors of a tree, each with its place, for standard error. */
export function problemLines(problems: readonly KconfigProblem[], tree: string): string {
  const errors = problems.filter((problem) => problem.severity === 'error');
  const lines = errors.slice(0, mostProblems).map(({ code, message, location }) => {
    const { line, column } = positionOf(location.source, location.span.start);
    return `${visible(location.source.path)}:${line}:${column}: error[${code}]: ${visible(message)}`;
  });
  if (errors.length > mostProblems) lines.push(`… and ${errors.length - mostProblems} more`);
  const isLimit = errors.some(({ code }) => code === 'too-deep' || code === 'too-large' || code === 'macro-too-large');
  lines.push(
    isLimit
      ? `${visible(tree)}: its Kconfig goes beyond what kconfig-lint reads, which no kernel comes near to`
      : `${visible(tree)}: its Kconfig could not be read, and the kernel's own tools would refuse it too`,
  );
  const help = errors.some(({ code }) => code === 'missing-file')
    ? 'is this the root of a whole kernel tree?'
    : isLimit
      ? 'look at the place that is named: is this a kernel tree that you trust?'
      : 'mend the place that is named until "make olddefconfig" reads the tree; nothing was compiled';
  lines.push(`  help: ${help}`);
  return `${lines.join('\n')}\n`;
}
