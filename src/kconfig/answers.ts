/**
 * Answers of the toolchain: what `$(shell,…)` and the environment would say. Kconfig files are read without asking anyone, so an
 * answer that is not known stands in texts as a placeholder, and everything made from it is marked as depending on it.
 */

const open = '\uE000';
const close = '\uE001';
const placeholders = /\uE000(\d+)\uE001/g;

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
export function createQuestions(answer: Answerer): Questions {
  const list: Question[] = [];
  const known = new Map<string, string>();
  return {
    list,
    ask(kind, text) {
      const key = `${kind} ${text}`;
      const before = known.get(key);
      if (before !== undefined) return before;
      const question = { kind, text };
      let said = answer(question);
      if (said === undefined) {
        said = `${open}${list.length}${close}`;
        list.push(question);
      }
      known.set(key, said);
      return said;
    },
  };
}

/** True where a text holds an answer that is not known. */
export function hasPlaceholder(text: string): boolean {
  return text.includes(open);
}

/** The text with every placeholder replaced by its answer. */
export function fillIn(text: string, answers: readonly string[]): string {
  return text.replace(placeholders, (_, index: string) => answers[Number(index)] ?? '');
}

/** The question whose answer a text is, and nothing else. */
export function onlyQuestionIn(text: string): number | undefined {
  const found = /^\uE000(\d+)\uE001$/.exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
}

/** Numbers of the questions whose answers a text holds. */
export function questionsIn(text: string): number[] {
  return [...text.matchAll(placeholders)].map(([, index]) => Number(index));
}

/** What a command printed, as Kconfig takes it: at most 4095 bytes, no newlines at the end, blanks for those within. */
export function asOneLine(output: string): string {
  return output.slice(0, 4095).replace(/\n+$/, '').replaceAll('\n', ' ');
}
