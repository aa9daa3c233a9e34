import type { KernelHost } from './host.ts';
/** `models` is the folder of the models that ship with the program. */
export declare function createKernelHost(models: string): KernelHost;
