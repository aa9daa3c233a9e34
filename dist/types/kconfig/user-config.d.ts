/** Reads what a config asks for, line by line as the kernel's loader does (scripts/kconfig/confdata.c), and merges fragments. */
import { type KconfigModel } from './model.ts';
import { type UserValues } from './user-values.ts';
/** What the loader does not take as it stands. */
export interface Refusal {
    readonly kind: 'unknown-symbol' | 'invalid-value' | 'unexpected-line';
    /** Empty for a line that names no symbol. */
    readonly symbol: string;
    readonly value: string;
    /** 1-based. */
    readonly line: number;
}
/** A line that the loader takes, with the number of its symbol. */
export interface UserSetting {
    readonly symbol: number;
    readonly value: string;
    /** `# CONFIG_X is not set` rather than an assignment. */
    readonly isComment: boolean;
    /** 1-based; 0 for what stands in no file. */
    readonly line: number;
}
export interface UserConfig {
    readonly settings: readonly UserSetting[];
    readonly refusals: readonly Refusal[];
}
/** What a config says of each symbol of a model, by its number: a text without quotes, `n` for `not set`, undefined for nothing. */
export type RecordedValues = readonly (string | undefined)[];
/** Reads the lines of a config that name symbols of the model, and what the loader does not take. */
export declare function parseUserConfig(model: KconfigModel, text: string): UserConfig;
/** The same, and what stands there, whether the loader takes it or not. */
export declare function parseRecordedConfig(model: KconfigModel, text: string): {
    readonly config: UserConfig;
    readonly recorded: RecordedValues;
};
/** Sets what settings ask for in fresh user values; the last one of a symbol counts. */
export declare function applyUserConfig(model: KconfigModel, settings: Iterable<UserSetting>): UserValues;
/** The choice symbol that a symbol is a member of, or -1. */
export declare function choiceSymbolOf(model: KconfigModel, symbol: number): number;
/**
 * One config of a base and fragments, as scripts/kconfig/merge_config.sh makes it: what a fragment names is taken out of what
 * came before, and the fragment follows.
 */
export declare function mergeConfigs(texts: readonly string[]): string;
