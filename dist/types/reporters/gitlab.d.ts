import { type Reporter, type ReportStyle } from './reporter.ts';
export declare function gitlabReporter(style: ReportStyle): Reporter;
