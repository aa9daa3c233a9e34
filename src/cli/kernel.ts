/** What runs with a Kconfig model need beyond a plain check, as a bundle of its own: a check that has no use for it does not load it. */
export { createKernelHost } from '../node-kernel-host.ts';
export { runResolve } from './commands/resolve.ts';
export { startProgress } from './progress.ts';
export { createViews } from './views.ts';
