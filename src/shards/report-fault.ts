/** What is wrong with a report that is read again, in words. */
import type { InputFailure } from '../finding.ts';
import type { ReportFault } from './schema.generated.js';

export interface Fault {
  readonly message: string;
  readonly help?: string;
  readonly line?: number;
}

/** For what this program made, never for what was read: that may have a message of its own. */
export function isFault<T extends object>(made: T | Fault): made is Fault {
  return 'message' in made;
}

export function jsonOf(text: string, line?: number): { readonly value: unknown } | Fault {
  try {
    return { value: JSON.parse(text) };
  } catch {
    const help = 'run it again, or fetch the report again: a part of it is missing or changed';
    return {
      message: 'this is no valid JSON: the report is damaged or cut off',
      help,
      ...(line === undefined ? {} : { line }),
    };
  }
}

/** What the schema of reports says. */
export function faultIn({ instancePath, message = 'is wrong' }: ReportFault, line?: number): Fault {
  const place = instancePath === '' ? 'the report' : instancePath;
  return {
    message: `${place} ${message}`,
    help: 'name what --format json, ndjson or sarif wrote, unchanged; a newer kconfig-lint reads reports of older ones',
    ...(line === undefined ? {} : { line }),
  };
}

export function reportFault(path: string, { message, help, line }: Fault): InputFailure {
  return {
    path,
    code: 'bad-report',
    message,
    help: help ?? 'run it again: nothing of this report was taken',
    ...(line === undefined ? {} : { line, column: 1 }),
  };
}
