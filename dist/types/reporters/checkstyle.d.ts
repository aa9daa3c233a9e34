import { type Reporter, type ReportStyle } from './reporter.ts';
export declare function checkstyleReporter(style: ReportStyle): Reporter;
