/** The targets of the kernel's own `conf`: what a config becomes, and how it is written. */
import { type Evaluation } from './evaluate.ts';
import { type KconfigModel } from './model.ts';
import { type Refusal, type UserConfig } from './user-config.ts';
export interface Configured {
    readonly evaluation: Evaluation;
    /** What the loader did not take from the config. */
    readonly refusals: readonly Refusal[];
}
/** Loads a config as every target but all…config does; values out of range are dropped where the release does so. */
export declare function loadConfig(model: KconfigModel, answers: readonly string[], text: string): Configured;
/** The same for a config that was read already; `recorded` as `createEvaluation` has it. */
export declare function loadUserConfig(model: KconfigModel, answers: readonly string[], { settings, refusals }: UserConfig, recorded?: ReadonlyMap<number, string | undefined>): Configured;
/**
 * True where every one of some symbols comes out as `holds` wants it. Computes only what that takes, which is far from all; false
 * also where it takes more to know, such as for a value out of range.
 */
export declare function keepsAll(model: KconfigModel, answers: readonly string[], { settings }: UserConfig, recorded: ReadonlyMap<number, string | undefined>, holds: (evaluation: Evaluation) => boolean): boolean;
export type AllMode = 'allno' | 'allyes' | 'allmod' | 'alldef';
/** `allnoconfig` and its like; `seed` is the config that KCONFIG_ALLCONFIG would name. */
export declare function allConfig(model: KconfigModel, answers: readonly string[], mode: AllMode, seed?: string): Configured;
/** `defconfig`: a config with everything it does not name at its default. */
export declare function defConfig(model: KconfigModel, answers: readonly string[], text: string): Configured;
/** The line that sets a symbol to a value, as a config writes it. */
export declare function lineFor(model: KconfigModel, symbol: number, value: string, spellN: boolean): string;
/** Settings by symbol name as lines of a config, in their order; of symbols that the model lacks there is none. */
export declare function linesFor(model: KconfigModel, settings: ReadonlyMap<string, string>): string[];
/** The whole config with its header, menus and comments. `note` may say something in place of a symbol's line. */
export declare function writeConfig({ model, textOf, isWritten, isEntryVisible }: Evaluation, answers: readonly string[], note?: (symbol: number) => string | undefined): string;
/** The lines of some symbols only, by name and in their order. */
export declare function writeSome({ model, textOf, isWritten }: Evaluation, names: Iterable<string>): string;
/** Only what differs from the defaults: `savedefconfig`. */
export declare function writeDefconfig(evaluation: Evaluation): string;
/** Symbols that the config does not settle although it could: `listnewconfig`. */
export declare function listNew({ model, user, isChangeable, isEntryVisible, textOf }: Evaluation): string;
