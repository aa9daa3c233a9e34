import { type Reporter, type ReportStyle } from './reporter.ts';
export declare function unixReporter(style: ReportStyle): Reporter;
