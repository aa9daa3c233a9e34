/** What a plain `resolve` needs, as a bundle of its own: yargs alone costs as much as resolving. */
export { createKernelHost } from '../node-kernel-host.ts';
export { runResolve } from './commands/resolve.ts';
