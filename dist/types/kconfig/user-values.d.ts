/** What a config asks for, before Kconfig has its say. */
import type { KconfigModel } from './model.ts';
/** What a config asks for, by symbol number. */
export interface UserValues {
    readonly has: Uint8Array;
    /** Of bools and tristates. */
    readonly tristates: Uint8Array;
    /** Of ints, hexes and strings. */
    readonly texts: (string | undefined)[];
    /** Members of each choice symbol in the order in which they are heard: what was set last comes first. */
    readonly priorities: Map<number, number[]>;
    /** Classic choices: the member that was set, by choice symbol. */
    readonly chosen: Map<number, number>;
}
/** No values asked for. */
export declare function createUserValues(model: KconfigModel): UserValues;
