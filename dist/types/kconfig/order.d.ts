import type { KconfigModel } from './model.ts';
/** Every symbol once, MODULES and what it depends on first; circles are cut where they are met. */
export declare function dependencyOrder(model: KconfigModel): Int32Array;
