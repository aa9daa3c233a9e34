import type { Loss, Wanted } from './losses.ts';
import { type KconfigModel } from './model.ts';
/** The value of a root that is only asked for, like what founders on it. */
export declare const alsoAsked = "also asked for";
/** Settings of a fragment that no base can make hold. */
export declare function findImpossible(model: KconfigModel, wanted: readonly Wanted[]): Loss[];
