/** `resolve`: the config that `make olddefconfig` would write for a base and fragments. */
import { Exit, type ExitCode, type Host, type KernelHost } from '../../host.ts';
import { visible } from '../../invisible.ts';
import { type Disagreement, type ModelFile, type Refusal, resolveConfig } from '../../kconfig/index.ts';
import type { UsageError } from '../../project/prepare.ts';
import { plural } from '../../reporters/reporter.ts';
import { findModels, makeArch, orUsage, readLayers } from '../layers.ts';
import { flagOption, type RawOptions, textOption } from '../options.ts';
import { unlessCut } from '../outputs.ts';
import { reportUsage } from '../usage.ts';

export function runResolve(raw: RawOptions, host: Host, kernelHost: KernelHost): ExitCode {
  const target = textOption(raw, 'output');
  if (target !== undefined && raw.files.some((file) => file !== '-' && host.sameFile(file, target))) {
    const help = 'name another file with --output; what was typed by hand would be lost';
    return reportUsage([{ message: `the config would overwrite the input ${target}`, help }], raw, host);
  }
  const layers = readLayers(raw, host);
  if (typeof layers === 'number') return layers;
  const models = findModels(raw, layers, kernelHost, host);
  if (typeof models === 'number') return models;
  if (!Array.isArray(models)) return reportUsage([models as UsageError], raw, host);
  const toolchain = textOption(raw, 'toolchain');
  const archOption = textOption(raw, 'arch');
  const output = flagOption(raw, 'savedefconfig') ? 'defconfig' : flagOption(raw, 'listnewconfig') ? 'new' : 'config';
  const code = orUsage(raw, () => {
    const resolved = resolveConfig({
      models,
      base: layers.base,
      fragments: layers.fragments.map(({ source }) => source.text),
      output,
      ...(toolchain === undefined ? {} : { toolchain }),
      ...(archOption === undefined ? {} : { arch: makeArch(archOption, layers.base) }),
    });
    if (!flagOption(raw, 'quiet')) host.writeError(notes(models, resolved.disagreements, resolved.refusals, toolchain));
    return writeText(resolved.text, raw, host);
  });
  return typeof code === 'number' ? code : reportUsage([code], raw, host);
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

/** To the file of `--output`, or to standard output. */
export function writeText(text: string, raw: RawOptions, host: Host): ExitCode {
  const path = textOption(raw, 'output');
  if (path === undefined) {
    host.write(text);
    return unlessCut(Exit.ok, host);
  }
  const file = host.openOutput(path);
  if (typeof file !== 'string') file.write(text);
  const failure = typeof file === 'string' ? file : file.commit();
  if (failure === undefined) return Exit.ok;
  host.writeError(`kconfig-lint: ${visible(path)} was not written: ${visible(failure)}\n`);
  return Exit.output;
}
