import { type Reporter, type ReportStyle } from './reporter.ts';
/** Characters of findings that a browser still opens and filters at once; what goes beyond is counted, not shown. */
export declare const largest = 8000000;
export declare function htmlReporter(style: ReportStyle): Reporter;
