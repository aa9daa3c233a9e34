/** What a reporter is: it turns reports into text as they come, and knows nothing of files or streams. */
import type { InputFailure, Report, RuleInfo, RunSummary } from '../finding.ts';
export interface ReportStyle {
    readonly color: boolean;
    /** Columns of the terminal. */
    readonly width: number;
    readonly verbose: boolean;
    /** Only errors, and no summary where there are none. */
    readonly quiet: boolean;
    /** Version of this program. */
    readonly version: string;
    /** Every rule that could have spoken. */
    readonly rules: readonly RuleInfo[];
    /** Names of the chosen profiles. */
    readonly profiles: readonly string[];
}
/** Each call returns the text to be written at that moment, possibly none. */
export interface Reporter {
    readonly file: (report: Report) => string;
    /** Reporters for people say nothing here: failures go to standard error. */
    readonly failure: (failure: InputFailure) => string;
    readonly end: (summary: RunSummary) => string;
}
export type ReporterFactory = (style: ReportStyle) => Reporter;
export declare const homepage = "https://github.com/kconfig-lint/kconfig-lint";
/** `1 error`, `2 errors`. */
export declare function plural(count: number, noun: string): string;
/** `3 errors, 1 warning`; the counts that are zero are left out. */
export declare function countsInWords(counts: {
    readonly error: number;
    readonly warning: number;
    readonly info: number;
}): string;
