/** What is wrong with an invocation or with an input, said on standard error and, where data was asked for, as data. */
import type { InputFailure } from '../finding.ts';
import { Exit, type ExitCode, type Host } from '../host.ts';
import { visible } from '../invisible.ts';
import type { UsageError } from '../project/prepare.ts';
import type { RawOptions } from './options.ts';
import { version } from './version.ts';

export function failureText({ path, code, message, help, line, column }: InputFailure): string {
  const place = line === undefined ? '' : `:${line}:${column ?? 1}`;
  return `${visible(path)}${place}: error[${code}]: ${visible(message)}; it was not checked\n  help: ${visible(help)}\n`;
}

/** The invocation is wrong: said on standard error, and as data where data was asked for. */
export function reportUsage(errors: readonly UsageError[], raw: RawOptions, host: Host): ExitCode {
  for (const { message, help, path, line, column } of errors) {
    const place =
      path === undefined ? 'kconfig-lint' : line === undefined ? visible(path) : `${visible(path)}:${line}:${column}`;
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
    const empty = { error: 0, warning: 0, info: 0, unknown: 0, notApplicable: 0 };
    const summary = { files: 0, failures: failures.length, ...empty, exitCode: Exit.usage };
    host.write(
      `${JSON.stringify({ schemaVersion: 1, tool: { name: 'kconfig-lint', version }, files: [], failures, summary })}\n`,
    );
  }
  return Exit.usage;
}
