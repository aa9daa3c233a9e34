import { type Reporter, type ReportStyle } from './reporter.ts';
export declare function rdjsonlReporter(style: ReportStyle): Reporter;
