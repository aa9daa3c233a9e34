import { type Reporter, type ReportStyle } from './reporter.ts';
export declare function junitReporter(style: ReportStyle): Reporter;
