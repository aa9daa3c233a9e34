/** `capabilities`: what the kernel of a config can do, one named ability a line. */
import { createColors } from 'picocolors';
import { Exit, type ExitCode, type Host, type KernelHost } from '../../host.ts';
import { visible } from '../../invisible.ts';
import { type Ability, abilityOf, type Capability, notesFor } from '../../profiles/capabilities.ts';
import type { Situation } from '../../profiles/condition.ts';
import { builtInCapabilities, knowledgeOf } from '../../project/capabilities.ts';
import { findInputs } from '../../project/inputs.ts';
import { builtInLibrary } from '../../project/library.ts';
import { type Prepared, prepare, projectOptions } from '../../project/prepare.ts';
import { readDocument } from '../../project/read.ts';
import { symbolSource } from '../../project/rule-symbols.ts';
import { formatKernelVersion } from '../../target.ts';
import { type RawOptions, textOption } from '../options.ts';
import { wantsColor } from '../outputs.ts';
import type { Services } from '../services.ts';
import { failureText, reportUsage } from '../usage.ts';

interface Found {
  readonly capability: Capability;
  readonly ability: Ability;
  readonly notes: readonly string[];
}

/** Exit code 0 whatever the config can do; 3 where one could not be read. */
export function runCapabilities(raw: RawOptions, host: Host, services: Services, kernelHost: KernelHost): ExitCode {
  const prepared = prepare(projectOptions(raw), services.loadLibrary);
  if (!('library' in prepared)) return reportUsage(prepared, raw, host);
  if (raw.files.length === 0)
    return reportUsage([{ message: 'no file was named', help: 'kconfig-lint capabilities .config' }], raw, host);
  const inputs = findInputs(raw.files, host, services.glob);
  const failures = [...inputs.failures];
  for (const failure of failures) host.writeError(failureText(failure));
  const isJson = textOption(raw, 'format') === 'json';
  const data: object[] = [];
  const progress = services.startProgress?.(inputs.paths.length);
  for (const [done, path] of inputs.paths.entries()) {
    progress?.show(done);
    const judged = judgeFile(path, raw, prepared, host, kernelHost);
    if (!isJson || 'code' in judged) progress?.hide();
    if ('code' in judged) {
      host.writeError(failureText(judged));
      failures.push(judged);
    } else if (isJson) data.push(asData(judged));
    else host.write(asText(judged, data.push({}) > 1, raw, host));
  }
  progress?.hide();
  if (isJson) host.write(`${JSON.stringify({ schemaVersion: 1, files: data, failures }, null, 2)}\n`);
  return failures.length > 0 ? Exit.unreadable : Exit.ok;
}

interface Judged {
  readonly situation: Situation;
  readonly found: readonly Found[];
}

function judgeFile(path: string, raw: RawOptions, prepared: Prepared, host: Host, kernelHost: KernelHost) {
  const stdinName = textOption(raw, 'stdin-filename') ?? '<stdin>';
  const document = readDocument(path, host, { kind: projectOptions(raw).kind, stdinName, keep: true });
  if (!('scanned' in document)) return document;
  const target = { ...document.target, ...prepared.target };
  const { symbols } = builtInLibrary(host);
  const kernel = knowledgeOf(document, target, symbolSource(kernelHost));
  const situation: Situation = { document, target, boot: prepared.boot, symbols, kernel };
  const found = builtInCapabilities(host).map((capability) => ({
    capability,
    ability: abilityOf(capability, situation),
    notes: notesFor(capability, situation),
  }));
  return { situation, found };
}

function targetInWords({ document, target }: Situation): string {
  const kernel =
    target.kernel === undefined ? 'a kernel that is not named' : `Linux ${formatKernelVersion(target.kernel)}`;
  return [kernel, ...(target.arch === undefined ? [] : [target.arch]), document.kind].join(', ');
}

function asText({ situation, found }: Judged, isNext: boolean, raw: RawOptions, host: Host): string {
  const colors = createColors(wantsColor(raw, host));
  const paint = { present: colors.green, module: colors.green, absent: colors.red, unknown: colors.yellow };
  const width = Math.max(...found.map(({ capability }) => capability.name.length));
  let text = `${isNext ? '\n' : ''}${colors.bold(visible(situation.document.source.path))}: ${targetInWords(situation)}\n`;
  for (const { capability, ability } of found) {
    const said = ability.padEnd('not on this kernel'.length);
    const painted = ability === 'not on this kernel' ? colors.dim(said) : paint[ability](said);
    text += `  ${painted}  ${capability.name.padEnd(width)}  ${colors.dim(capability.title)}\n`;
  }
  return text;
}

function asData({ situation, found }: Judged) {
  const { document, target } = situation;
  return {
    path: document.source.path,
    kind: document.kind,
    kernel: target.kernel === undefined ? null : formatKernelVersion(target.kernel),
    arch: target.arch ?? null,
    capabilities: found.map(({ capability: { name, title, references }, ability, notes }) => ({
      name,
      state: ability,
      title,
      notes,
      references,
    })),
  };
}
