import { type Reporter, type ReportStyle } from './reporter.ts';
import { wrap } from './wrap.ts';
export { wrap };
export declare function textReporter(style: ReportStyle): Reporter;
