/** Settings of V8 that were measured to help; they are set while it runs, since nobody starts this program with them. */

/** Many inputs: half the inlining takes half the time of the compilers, which run beside the program, and costs what they make nothing. */
export const inlineLess = '--max-inlined-bytecode-size-cumulative=300';
/** Many inputs on one thread: a young generation that may not grow saves a third of the memory for a twentieth of the time. */
export const staySmall = '--semi-space-growth-factor=1';
/** Several threads: one alone collects garbage with the help of all cores; here they have other things to do, so it is done less often. */
export const mayGrow = '--semi-space-growth-factor=2';
/** Few inputs: the optimising compilers, that of WebAssembly too, cost more than they save. */
export const compileNothing = '--no-opt --wasm-tiering-budget=1000000000';
