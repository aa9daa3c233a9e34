import { type Reporter } from './reporter.ts';
export declare function fragmentReporter(): Reporter;
