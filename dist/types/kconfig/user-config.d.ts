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
/** Sets what `text` asks for in `user`, replacing what was asked before; gives what the loader does not take. */
export declare function readUserConfig(model: KconfigModel, text: string, user?: UserValues): Refusal[];
/** The choice symbol that a symbol is a member of, or -1. */
export declare function choiceSymbolOf(model: KconfigModel, symbol: number): number;
/**
 * One config of a base and fragments, as scripts/kconfig/merge_config.sh makes it: what a fragment names is taken out of what
 * came before, and the fragment follows.
 */
export declare function mergeConfigs(texts: readonly string[]): string;
