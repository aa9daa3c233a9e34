/** What can be wrong with the text of a config, as data: a closed set of codes with the place. */
import type { Location } from '../source.ts';
/** Problems after which the file must not be called understood. */
export declare const fatalCodes: readonly ['empty', 'not-a-config', 'nul-byte', 'utf-16', 'cr-only', 'line-too-long', 'too-many-lines', 'too-many-symbols'];
export declare const lineCodes: readonly ['unexpected-data', 'missing-prefix', 'odd-symbol-name', 'space-around-equals', 'value-spelling', 'empty-value', 'unquoted-string', 'malformed-string', 'lone-backslash', 'comment-after-value', 'glued-lines', 'not-set-spelling', 'commented-assignment', 'invisible-character', 'byte-order-mark', 'not-utf8', 'carriage-return', 'missing-final-newline'];
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
export declare function isFatal(problem: ConfigProblem): boolean;
