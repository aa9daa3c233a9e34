import type { Loss, Wanted } from './losses.ts';
import { type KconfigModel } from './model.ts';
/** The value of a root that is only asked for, like what founders on it. */
export declare const alsoAsked = "also asked for";
/** True of a symbol that is off whatever is set, with any toolchain; also of one that the kernel lacks. */
export declare function canNeverBeOn(model: KconfigModel, symbol: number): boolean;
/** Settings of a fragment that no base can make hold. */
export declare function findImpossible(model: KconfigModel, wanted: readonly Wanted[]): Loss[];
