/**
 * Answers of the toolchain: what `$(shell,…)` and the environment would say. Kconfig files are read without asking anyone, so an
 * answer that is not known stands in texts as a placeholder, and everything made from it is marked as depending on it.
 */
/** One question to the toolchain: a shell command, or a variable of the environment. */
export interface Question {
    readonly kind: 'shell' | 'environment';
    /** The command or the variable; answers that it contains are placeholders themselves. */
    readonly text: string;
}
/** Gives the answer to a question (shell output as Kconfig makes it one line), or undefined where it is not known. */
export type Answerer = (question: Question) => string | undefined;
export interface Questions {
    readonly list: readonly Question[];
    /** The answer, or a placeholder for it. */
    readonly ask: (kind: Question['kind'], text: string) => string;
}
/** Collects questions; each is asked once. */
export declare function createQuestions(answer: Answerer): Questions;
/** True where a text holds an answer that is not known. */
export declare function hasPlaceholder(text: string): boolean;
/** The text with every placeholder replaced by its answer. */
export declare function fillIn(text: string, answers: readonly string[]): string;
/** The question whose answer a text is, and nothing else. */
export declare function onlyQuestionIn(text: string): number | undefined;
/** Numbers of the questions whose answers a text holds. */
export declare function questionsIn(text: string): number[];
/** What a command printed, as Kconfig takes it: at most 4095 bytes, no newlines at the end, blanks for those within. */
export declare function asOneLine(output: string): string;
