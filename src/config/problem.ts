/** What can be wrong with the text of a config, as data: a closed set of codes with the place. */
import type { Location } from '../source.ts';

/** Problems after which the file must not be called understood. */
export const fatalCodes = [
  'empty',
  'not-a-config',
  'nul-byte',
  'utf-16',
  'cr-only',
  'line-too-long',
  'too-many-lines',
  'too-many-symbols',
] as const;

export const lineCodes = [
  'unexpected-data',
  'missing-prefix',
  'odd-symbol-name',
  'space-around-equals',
  'value-spelling',
  'empty-value',
  'unquoted-string',
  'malformed-string',
  'lone-backslash',
  'comment-after-value',
  'glued-lines',
  'not-set-spelling',
  'commented-assignment',
  'invisible-character',
  'byte-order-mark',
  'not-utf8',
  'carriage-return',
  'missing-final-newline',
] as const;

export type FatalCode = (typeof fatalCodes)[number];
export type LineCode = (typeof lineCodes)[number];
export type ConfigProblemCode = FatalCode | LineCode;

export interface ConfigProblem {
  readonly code: ConfigProblemCode;
  /** What is there, in words, ready to follow "line 12: ". */
  readonly message: string;
  readonly location: Location;
  readonly symbol?: string;
  /** What the line should read instead; undefined when only its author knows. */
  readonly replacement?: string;
  /** The kernel reads what was meant all the same. */
  readonly harmless?: true;
}

export function isFatal(problem: ConfigProblem): boolean {
  return (fatalCodes as readonly string[]).includes(problem.code);
}
