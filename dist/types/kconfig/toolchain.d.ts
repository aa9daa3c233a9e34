/**
 * What is known of the toolchain: what a config itself records of the one it was made with, and two bounds for what stays unknown.
 */
import { type Question } from './answers.ts';
import { type Configured } from './configure.ts';
import { type KconfigModel } from './model.ts';
import { type UserConfig } from './user-config.ts';
/** Answers by question; undefined where not known. */
export type Answers = readonly (string | undefined)[];
/** The answers with what is not known taken as the most, or the least, that a toolchain can do. */
export declare function assume(questions: readonly Question[], answers: Answers, most: boolean): string[];
export interface Recorded {
    readonly answers: Answers;
    /** Those answers, with the most that a toolchain can do for the others. */
    readonly assumed: readonly string[];
    /** The config as it was read, and as it comes out with `assumed`. */
    readonly config: UserConfig;
    readonly configured: Configured;
}
/**
 * The answers that a complete config gives away: an answer is taken where a symbol that is made from it would come out differently
 * with another one. `known` are answers that are certain already.
 */
export declare function answersRecordedIn(model: KconfigModel, config: string, known?: Answers): Recorded;
/**
 * Reads a complete config by what it says of its own toolchain, without working out every answer: symbols that nobody can set and that
 * are made from answers stand as recorded, and an answer that opens a prompt is yes where the config has a line for it.
 */
export declare function readAsRecorded(model: KconfigModel, config: string): AsRecorded;
export interface AsRecorded {
    readonly answers: readonly string[];
    /** Without the symbols that stand as recorded. */
    readonly config: UserConfig;
    readonly standing: ReadonlyMap<number, string | undefined>;
}
/** True where the config records the compiler at all, that is, where `answersRecordedIn` has something to go by. */
export declare function recordsToolchain(model: KconfigModel, config: string): boolean;
