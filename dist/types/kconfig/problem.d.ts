/** What can be wrong with Kconfig files; a closed set, so that nothing has to be told by its wording. */
import { type Location, type Span } from '../source.ts';
export declare const kconfigProblemCodes: {
    readonly 'invalid-statement': 'error';
    readonly 'unknown-statement': 'error';
    readonly 'unexpected-end': 'error';
    readonly 'missing-end': 'error';
    readonly 'end-in-other-file': 'error';
    readonly 'missing-file': 'error';
    readonly 'outside-tree': 'error';
    readonly 'recursive-inclusion': 'error';
    readonly 'repeated-inclusion': 'error';
    readonly 'recursive-dependency': 'error';
    readonly 'recursive-macro': 'error';
    readonly 'unterminated-macro': 'error';
    readonly 'macro-arguments': 'error';
    readonly 'macro-too-large': 'error';
    readonly 'error-if': 'error';
    readonly 'choice-without-prompt': 'error';
    readonly 'choice-member-without-prompt': 'error';
    readonly 'choice-member-not-bool': 'error';
    readonly 'choice-member-with-default': 'error';
    readonly 'choice-member-elsewhere': 'error';
    readonly 'transitional-with-properties': 'error';
    readonly 'modules-twice': 'error';
    readonly 'menuconfig-without-prompt': 'warning';
    readonly 'too-deep': 'error';
    readonly 'too-large': 'error';
    readonly 'warning-if': 'warning';
    readonly info: 'info';
    readonly 'ignored-character': 'warning';
    readonly 'multi-line-string': 'warning';
    readonly 'missing-final-newline': 'warning';
    readonly 'blank-help': 'warning';
    readonly 'second-help': 'warning';
    readonly 'prompt-redefined': 'warning';
    readonly 'leading-whitespace': 'warning';
    readonly 'type-redefined': 'warning';
    readonly 'no-type': 'warning';
    readonly 'wrong-type': 'warning';
    readonly 'invalid-number': 'warning';
    readonly 'default-not-in-choice': 'warning';
};
export type KconfigProblemCode = keyof typeof kconfigProblemCodes;
export interface KconfigProblem {
    readonly code: KconfigProblemCode;
    /** Whether the kernel would refuse the tree, which differs between releases for a few codes. */
    readonly severity: 'error' | 'warning' | 'info';
    readonly message: string;
    readonly location: Location;
}
/** A Kconfig file while it is read. */
export interface KconfigFile {
    /** Relative to the root of the tree. */
    readonly path: string;
    readonly text: string;
}
/** The span of a 1-based line, without its end. */
export declare function spanOfLine(file: KconfigFile, line: number): Span;
/** Makes a problem at a span of a file. */
export declare function problemAt(file: KconfigFile, span: Span, code: KconfigProblemCode, message: string, severity?: KconfigProblem['severity']): KconfigProblem;
