/** What is wrong with an invocation or with an input, said on standard error and in the format that was asked for. */
import { type InputFailure, noCounts } from '../finding.ts';
import { Exit, type ExitCode, type Host } from '../host.ts';
import { visible, visiblePath } from '../invisible.ts';
import type { UsageError } from '../project/prepare.ts';
import type { RawOptions } from './options.ts';
import type { Services } from './services.ts';
import { version } from './version.ts';

export function failureText({ path, code, message, help, line, column }: InputFailure): string {
  const place = line === undefined ? '' : `:${line}:${column ?? 1}`;
  return `${visiblePath(path)}${place}: error[${code}]: ${visible(message)}; it was not checked\n  help: ${visible(help)}\n`;
}

/** The invocation is wrong: said on standard error, and in the format that was asked for, of those in `reporters`. */
export function reportUsage(
  errors: readonly UsageError[],
  raw: RawOptions,
  host: Host,
  reporters: Services['reporters'] = {},
): ExitCode {
  for (const { message, help, path, line, column } of errors) {
    const place =
      path === undefined
        ? 'kconfig-lint'
        : line === undefined
          ? visiblePath(path)
          : `${visiblePath(path)}:${line}:${column}`;
    host.writeError(`${place}: ${visible(message)}\n${help === '' ? '' : `  help: ${visible(help)}\n`}`);
  }
  if (raw['format'] === 'json') {
    const failures = errors.map(({ message, help, path, line, column }) => ({
      path: path ?? null,
      code: 'usage',
      message,
      help,
      line,
      column,
    }));
    const summary = { files: 0, failures: failures.length, ...noCounts, exitCode: Exit.usage };
    host.write(
      `${JSON.stringify({ schemaVersion: 1, tool: { name: 'kconfig-lint', version }, files: [], failures, summary })}\n`,
    );
  } else if (raw['format'] !== 'text') {
    const bare = { color: false, width: 100, verbose: false, quiet: false, version, rules: [], profiles: [] };
    const reporter = reporters[String(raw['format'])]?.(bare);
    for (const { path = 'kconfig-lint', ...rest } of errors)
      host.write(reporter?.failure({ ...rest, path, code: 'usage' }) ?? '');
    const summary = { files: 0, failures: errors.length, counts: noCounts, exitCode: Exit.usage };
    host.write(reporter?.end(summary) ?? '');
  }
  return Exit.usage;
}
