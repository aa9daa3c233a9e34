/**
 * Settles a draft: dependencies reach from menus, ifs and choices down to what stands in them, selects and implies reach their
 * targets, and entries that depend on the one above become its submenu. Follows scripts/kconfig/menu.c.
 */
import type { Dialect } from './dialect.ts';
import { type Draft } from './draft.ts';
import { type KconfigProblem } from './problem.ts';
/** Thrown where menus are nested beyond all sense. */
export declare class MenusTooDeep extends Error {
}
/** Settles `draft` in place and says what is doubtful about it. */
export declare function finalize(draft: Draft, dialect: Dialect): KconfigProblem[];
