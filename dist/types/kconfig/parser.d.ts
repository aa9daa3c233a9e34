/** Reads a Kconfig tree into symbols and menu entries: the grammar of scripts/kconfig/parser.y, statement by statement. */
import type { Questions } from './answers.ts';
import type { Dialect } from './dialect.ts';
import { type Draft } from './draft.ts';
import { type KconfigProblem } from './problem.ts';
/** Reads a file of the tree by its path from the root; undefined where there is none. */
export type ReadKconfig = (path: string) => string | undefined;
export interface ParseOptions {
    readonly read: ReadKconfig;
    /** Files whose paths match a pattern with `*` and `?`, sorted; needed for patterns in `source` only. */
    readonly match?: (pattern: string) => readonly string[];
    readonly dialect: Dialect;
    readonly questions: Questions;
    readonly environment: (name: string) => string | undefined;
}
export declare const kconfigLimits: {
    /** Files that a tree may have. */
    readonly files: 20000;
    /** UTF-16 units of all files together. */
    readonly text: number;
    /** Blocks and files within one another. */
    readonly nesting: 500;
    /** Symbols and menu entries together. */
    readonly entries: 1000000;
};
export interface ParseResult {
    readonly draft: Draft;
    readonly problems: readonly KconfigProblem[];
    /** Paths of the files that were read, in order. */
    readonly files: readonly string[];
}
/** Reads the tree that begins at `path`. Never throws for what the files hold. */
export declare function parseKconfig(path: string, options: ParseOptions): ParseResult;
