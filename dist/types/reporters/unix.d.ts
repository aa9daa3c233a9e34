import type { Reporter, ReportStyle } from './reporter.ts';
export declare function unixReporter(style: ReportStyle): Reporter;
