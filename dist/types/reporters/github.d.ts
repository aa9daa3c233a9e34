/** Workflow commands that GitHub shows as annotations, the worst first because it shows only ten of a kind. */
import { type InputFailure, type Severity } from '../finding.ts';
import { type Position } from '../source.ts';
import { type Reporter } from './reporter.ts';
export declare function githubReporter(): Reporter;
export interface Annotation {
    readonly severity: Severity;
    readonly path: string;
    /** Absent where the finding is about the file as a whole. */
    readonly start?: Position;
    readonly end?: Position;
    readonly title: string;
    readonly message: string;
    readonly reason: string;
    readonly advice: readonly string[];
}
/** A finding as a workflow command. */
export declare function annotation({ severity, path, start, end, title, message, reason, advice }: Annotation): string;
/** What stands in the way of reading an input, as a workflow command. */
export declare function failureCommand({ path, message, help, line, column }: Omit<InputFailure, 'code'>): string;
/** One line that the runner takes for a command; nothing in the values can end it, or begin another. */
export declare function workflowCommand(name: string, properties: Readonly<Record<string, string | number>>, text: string): string;
