/** Cuts a Kconfig file into statements of tokens, expanding macros on the way, as scripts/kconfig/lexer.l does. */
import { type Macros } from './macro.ts';
import { type KconfigFile, type KconfigProblem } from './problem.ts';
export declare const Token: {
    readonly word: 1;
    readonly quoted: 2;
    readonly keyword: 3;
    readonly operator: 4;
    readonly value: 5;
};
/** One statement: a line, or several joined by backslashes. The arrays are used again for the next one. */
export interface Lexer {
    readonly file: KconfigFile;
    /** Moves to the next statement; false at the end of the file. */
    readonly next: () => boolean;
    /** Moves past a help text; false where it is blank. */
    readonly skipHelp: () => boolean;
    readonly kinds: readonly number[];
    readonly texts: readonly string[];
    readonly starts: readonly number[];
    /** Tokens of the statement. */
    readonly count: number;
    /** 1-based line of the first token. */
    readonly line: number;
    /** Offset where the statement ends. */
    readonly end: number;
}
/** Makes a lexer; may throw MacroError from `next`. */
export declare function createLexer(file: KconfigFile, keywords: ReadonlySet<string>, pathWords: boolean, macros: Macros, report: (problem: KconfigProblem) => void): Lexer;
