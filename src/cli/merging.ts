/** What merging JSON and merging SARIF have in common. */
import type { InputFailure } from '../finding.ts';
import { visible } from '../invisible.ts';
import { type RawOptions, textOption } from './options.ts';
import { failureText } from './usage.ts';

/** What is wrong with reports is no fault of an input. */
export function failureLines(failure: InputFailure): string {
  const { path, code, message, help, line } = failure;
  if (!['bad-report', 'missing-shard', 'missing-report'].includes(code)) return failureText(failure);
  const place = `${visible(path)}${line === undefined ? '' : `:${line}`}`;
  return `${place}: error[${code}]: ${visible(message)}\n  help: ${visible(help)}\n`;
}

export function expectedOf(raw: RawOptions): number | undefined {
  return typeof raw['expect'] === 'number' ? raw['expect'] : undefined;
}

/** What the run itself was told, where nothing else is said now. */
export function withThresholds(
  raw: RawOptions,
  failOn: string | undefined,
  maxWarnings: number | undefined,
): RawOptions {
  return {
    ...raw,
    'fail-on': textOption(raw, 'fail-on') ?? failOn ?? 'error',
    ...(raw['max-warnings'] === undefined && maxWarnings !== undefined ? { 'max-warnings': maxWarnings } : {}),
  };
}
