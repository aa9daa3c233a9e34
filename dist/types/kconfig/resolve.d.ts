import { type Configured } from './configure.ts';
import type { Evaluation } from './evaluate.ts';
import type { ModelFile } from './format.ts';
import { type Refusal, type UserConfig } from './user-config.ts';
/** What fragments are merged onto: nothing, what `allnoconfig` gives, a config of the release by name, or a file's text. */
export type Base = {
    readonly kind: 'none';
} | {
    readonly kind: 'allnoconfig';
} | {
    readonly kind: 'named';
    readonly name: string;
} | {
    readonly kind: 'text';
    readonly text: string;
};
export interface ResolveOptions {
    /** One model, or the two between which the kernel lies, the older one first. */
    readonly models: readonly ModelFile[];
    readonly base: Base;
    /** Texts in the order in which they are merged. */
    readonly fragments: readonly string[];
    /** A toolchain that the models know, such as `gcc-12`, for what the base does not record. */
    readonly toolchain?: string;
    /** The ARCH that make is called with, which x86 has three of; the model's own where it is absent. */
    readonly arch?: string;
    readonly output: 'config' | 'defconfig' | 'new';
}
/** A symbol whose value cannot be told, with the values it may have and where each comes from. */
export interface Disagreement {
    readonly symbol: string;
    readonly cause: 'toolchain' | 'kernel';
    /** Values as a config writes them; `absent` where the symbol is not written. */
    readonly values: readonly string[];
}
export interface Resolved {
    /** The config; symbols that cannot be told stand in it as comments. */
    readonly text: string;
    readonly disagreements: readonly Disagreement[];
    /** What the loader did not take from base and fragments, by the newest model. */
    readonly refusals: readonly Refusal[];
    /** One evaluation for each model and assumption; the first is that of the newest model and the most able toolchain. */
    readonly evaluations: readonly Evaluation[];
    /** The first evaluation again, with settings laid over those of base and fragments. */
    readonly again: (more: Settings) => Evaluation;
}
/** Values by symbol name: `y`, `m`, `n`, or the text of a number or string without quotes. */
export type Settings = ReadonlyMap<string, string>;
/** Thrown where a name is asked for that no model has. */
export declare class UnknownName extends Error {
    readonly kind: 'config' | 'toolchain';
    readonly known: readonly string[];
    constructor(kind: 'config' | 'toolchain', name: string, known: readonly string[]);
}
/** A model with answers, and what they make of a config. */
export interface Run extends Configured {
    readonly config: UserConfig;
    /** Symbols that are not computed. */
    readonly standing?: ReadonlyMap<number, string | undefined>;
    readonly answers: readonly string[];
    /** Symbols whose values hang on an answer that was assumed. */
    readonly unsure: readonly string[];
}
/** Resolves; pure. Throws UnknownName. */
export declare function resolveConfig(options: ResolveOptions): Resolved;
/** The outcome of runs, the first of which counts most. */
export declare function resolvedFrom(runs: readonly Run[], output: ResolveOptions['output']): Resolved;
