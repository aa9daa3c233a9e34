/** The macro language of Kconfig: variables, functions and what they expand to. */
import type { Questions } from './answers.ts';
import type { KconfigProblemCode } from './problem.ts';
export type Flavour = 'simple' | 'recursive' | 'append';
/** Thrown where an expansion cannot go on; the parser turns it into a problem at its place. */
export declare class MacroError extends Error {
    readonly code: KconfigProblemCode;
    constructor(code: KconfigProblemCode, message: string);
}
/** Where an expansion happens, and who hears what it says. */
export interface MacroPlace {
    readonly filename: string;
    readonly line: number;
    readonly say: (code: 'info' | 'warning-if', message: string) => void;
}
export interface Macros {
    readonly define: (name: string, flavour: Flavour, value: string, place: MacroPlace) => void;
    /** Expands what follows a `$` at `at`; gives the expansion and where the text goes on. */
    readonly dollar: (text: string, at: number, end: number, place: MacroPlace) => Expansion;
    /** Expands a word with `$` in it, up to the first character that no word has. */
    readonly word: (text: string, at: number, end: number, place: MacroPlace) => Expansion;
}
export interface Expansion {
    readonly text: string;
    readonly end: number;
}
/** Makes an empty set of macros that asks `questions` for the environment and the shell. */
export declare function createMacros(questions: Questions, environment: (name: string) => string | undefined): Macros;
/** Letters, digits, `_` and `-`. */
export declare function isWordCode(c: number): boolean;
