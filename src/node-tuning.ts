/** Settings of V8 that were measured to help; they are set while it runs, since nobody starts this program with them. */
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Many inputs: half the inlining takes half the time of the compilers, which run beside the program, and costs what they make nothing. */
const inlineLess = '--max-inlined-bytecode-size-cumulative=300';
const stayAsLarge = '--semi-space-growth-factor=1';
const mayGrow = '--semi-space-growth-factor=2';
/** The old generation may double between collections, not quadruple: a fifth of the memory for a hundredth of the time. */
const stayLean = '--heap-growing-percent=100';
/** Bytes in which what is made for one file finds room, so that little of it is still in use when garbage is collected. */
const enoughForOne = 8 << 20;

/** Few inputs: the optimising compilers, that of WebAssembly too, cost more than they save. */
export function compileNothing(): void {
  setFlagsFromString('--no-opt --wasm-tiering-budget=1000000000');
}

/** Several threads: one alone collects garbage with the help of all cores; here they have other things to do, so it is done less often. */
export function tuneForThreads(): void {
  setFlagsFromString(`${mayGrow} ${inlineLess}`);
}

/**
 * Many inputs on one thread. What is given back is to be called before each of them: the young generation may grow until a file fits in,
 * which takes a quarter of the time off, but not as far as it would, which takes a third more memory.
 */
export function tuneForMany(): () => void {
  setFlagsFromString(`${mayGrow} ${stayLean} ${inlineLess}`);
  let files = 0;
  let isGrown = false;
  return () => {
    // It takes some files to grow, and the time of a small one to ask.
    if (isGrown || files++ % 4 > 0) return;
    const young = getHeapSpaceStatistics().find((space) => space.space_name === 'new_space');
    isGrown = young === undefined || young.space_size >= enoughForOne;
    if (isGrown) setFlagsFromString(stayAsLarge);
  };
}
