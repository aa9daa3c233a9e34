/** `rules lint`: what is wrong with rule files. */
import { createColors } from 'picocolors';
import { Exit, type ExitCode, type Host, type KernelHost } from '../../host.ts';
import { visible } from '../../invisible.ts';
import { lintRules, type RuleFault } from '../../project/lint-rules.ts';
import { plural } from '../../reporters/reporter.ts';
import { wrap } from '../../reporters/text.ts';
import { type RawOptions, textOption } from '../options.ts';
import { wantsColor } from '../outputs.ts';
import { reportUsage } from '../usage.ts';

/** Exit code 1 where there is an error, 2 where a file is no profile at all. */
export function runRules(raw: RawOptions, host: Host, kernelHost: KernelHost): ExitCode {
  const [action, ...files] = raw.files;
  if (action !== 'lint' || files.length === 0) {
    const message = action === 'lint' ? 'no rule file was named' : `there is no "rules ${visible(action ?? '')}"`;
    return reportUsage([{ message, help: 'kconfig-lint rules lint my-profile.yaml' }], raw, host);
  }
  const paths = files.flatMap((path) => (host.pathKind(path) === 'folder' ? yamlIn(path, host) : [path]));
  const faults = lintRules(paths, host, kernelHost);
  const errors = faults.filter(({ severity }) => severity === 'error').length;
  const exit = faults.some(({ code }) => code === 'not-a-profile') ? Exit.usage : errors > 0 ? Exit.findings : Exit.ok;
  if (textOption(raw, 'format') === 'json') {
    const summary = { files: paths.length, errors, warnings: faults.length - errors, exitCode: exit };
    const findings = faults.map((fault) => ({ ...fault, row: fault.row ?? null }));
    host.write(`${JSON.stringify({ schemaVersion: 1, files: paths, findings, summary }, null, 2)}\n`);
  } else host.write(asText(faults, paths.length, errors, raw, host));
  return exit;
}

function yamlIn(folder: string, host: Host): string[] {
  const prefix = folder === '.' ? '' : `${folder.replace(/\/+$/, '')}/`;
  const names = (host.list(folder) ?? []).filter((name) => /\.ya?ml$/.test(name));
  return names.map((name) => `${prefix}${name}`).filter((path) => host.pathKind(path) === 'file');
}

function asText(faults: readonly RuleFault[], files: number, errors: number, raw: RawOptions, host: Host): string {
  const { red, yellow, green, bold, dim } = createColors(wantsColor(raw, host));
  const width = host.isTerminal ? Math.min(host.columns, 120) : 100;
  let text = '';
  for (const { path, line, column, code, severity, row, message, why, help } of faults) {
    const paint = severity === 'error' ? red : yellow;
    const place = `${visible(path)}:${line}:${column}`;
    text += `${bold(place)}: ${paint(`${severity}[${code}]`)}: ${row === undefined ? '' : `${visible(row)}: `}${visible(message)}\n`;
    text += `  ${dim('why')}   ${wrap(visible(why), 8, width)}\n`;
    text += help === '' ? '\n' : `  ${dim('help')}  ${wrap(visible(help), 8, width)}\n\n`;
  }
  const counts = `${plural(errors, 'error')}, ${plural(faults.length - errors, 'warning')}`;
  const all = `in ${plural(files, 'rule file')}`;
  return text + (faults.length === 0 ? `${green('✔')} nothing wrong ${all}\n` : `${counts} ${all}\n`);
}
