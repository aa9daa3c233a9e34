/** Finds symbols that depend on themselves, which the kernel refuses, without recursion on the length of the chain. */
import type { Dialect } from './dialect.ts';
import { type Draft } from './draft.ts';
import { type KconfigProblem } from './problem.ts';
/** One problem for each circle. */
export declare function findLoops(draft: Draft, dialect: Dialect): KconfigProblem[];
