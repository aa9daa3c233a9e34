import { type Reporter, type ReportStyle } from './reporter.ts';
export declare function markdownReporter(style: ReportStyle): Reporter;
/** Text that cannot become markup, a table cell or a mention. */
export declare function escapeText(text: string): string;
/** Code in a table cell: a bar would end the cell even within backticks. */
export declare function code(text: string): string;
