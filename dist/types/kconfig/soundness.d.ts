import type { KconfigModel } from './model.ts';
/** True where all numbers point to what there is, and expressions only to what stands before them. */
export declare function isSound({ symbols, expressions, entries, titles, files, modules, ...rest }: KconfigModel): boolean;
