/** The version, for the modules of this folder. */
export { version } from '../version.ts';
