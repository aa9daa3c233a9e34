/** Makes a model of a Kconfig tree. */
import { type Answerer } from './answers.ts';
import type { Dialect } from './dialect.ts';
import { type KconfigModel } from './model.ts';
import { type ReadKconfig } from './parser.ts';
import { type KconfigProblem } from './problem.ts';
export interface CompileOptions {
    /** The first file, `Kconfig` in kernels. */
    readonly path: string;
    readonly read: ReadKconfig;
    readonly match?: (pattern: string) => readonly string[];
    readonly dialect: Dialect;
    /** Answers shell commands and variables; what it does not know stays open in the model. */
    readonly answer: Answerer;
    /** Values of variables of the environment; those in `openVariables` are asked for through `answer` and may stay open. */
    readonly environment: (name: string) => string | undefined;
    readonly openVariables?: ReadonlySet<string>;
    readonly release: string;
    readonly arch: string;
}
export interface CompileResult {
    /** Undefined where the kernel's tools would refuse the tree. */
    readonly model: KconfigModel | undefined;
    readonly problems: readonly KconfigProblem[];
    /** Files that were read. */
    readonly files: readonly string[];
}
/** Reads, settles and checks a tree. Never throws for what the files hold. */
export declare function compileKconfig(options: CompileOptions): CompileResult;
