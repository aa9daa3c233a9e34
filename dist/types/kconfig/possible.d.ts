import type { Loss, Wanted } from './losses.ts';
import { type KconfigModel } from './model.ts';
/** Settings of a fragment that no base can make hold. */
export declare function findImpossible(model: KconfigModel, wanted: readonly Wanted[]): Loss[];
