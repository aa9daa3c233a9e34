import { type Reporter, type ReportStyle } from './reporter.ts';
/** GitHub keeps no more results of one run than this. */
export declare const maxResults = 5000;
export declare function sarifReporter(style: ReportStyle): Reporter;
/** Behind every severity. */
export declare const acceptedRank = 9;
/** A relative URI reference; nothing of a path can become a scheme, a query or a fragment. */
export declare function uriOf(path: string): string;
