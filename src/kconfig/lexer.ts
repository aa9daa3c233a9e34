/** Cuts a Kconfig file into statements of tokens, expanding macros on the way, as scripts/kconfig/lexer.l does. */
import { isWordCode, type MacroPlace, type Macros } from './macro.ts';
import { type KconfigFile, type KconfigProblem, type KconfigProblemCode, problemAt } from './problem.ts';

export const Token = { word: 1, quoted: 2, keyword: 3, operator: 4, value: 5 } as const;

/** One statement: a line, or several joined by backslashes. The arrays are used again for the next one. */
export interface Lexer {
  readonly file: KconfigFile;
  /** Moves to the next statement; false at the end of the file. */
  readonly next: () => boolean;
  /** Moves past a help text; false where it is blank. */
  readonly skipHelp: () => boolean;
  readonly kinds: readonly number[];
  readonly texts: readonly string[];
  readonly starts: readonly number[];
  /** Tokens of the statement. */
  readonly count: number;
  /** 1-based line of the first token. */
  readonly line: number;
  /** True where the file ends before the line does. */
  readonly isCut: boolean;
  /** 1-based line after the statement. */
  readonly nextLine: number;
  /** Offset where the statement ends. */
  readonly end: number;
}

const operators = ['||', '&&', '!=', '<=', '>=', ':=', '+=', '=', '<', '>', '!', '(', ')'];

/** Makes a lexer; may throw MacroError from `next`. */
export function createLexer(
  file: KconfigFile,
  keywords: ReadonlySet<string>,
  pathWords: boolean,
  macros: Macros,
  report: (problem: KconfigProblem) => void,
): Lexer {
  const { text } = file;
  const kinds: number[] = [];
  const texts: string[] = [];
  const starts: number[] = [];
  let count = 0;
  let at = 0;
  let line = 1;
  let statementLine = 1;
  let isCut = false;

  const place: MacroPlace = {
    filename: file.path,
    get line() {
      return line;
    },
    say: (code, message) => problem(code, at, message),
  };

  function problem(code: KconfigProblemCode, start: number, message: string): void {
    report(problemAt(file, { start, end: Math.max(start, at) }, code, message));
  }

  function push(kind: number, value: string, start: number): void {
    if (count === 0) statementLine = line;
    kinds[count] = kind;
    texts[count] = value;
    starts[count] = start;
    count++;
  }

  function endOfLine(): number {
    const end = text.indexOf('\n', at);
    return end < 0 ? text.length : end;
  }

  function readWord(start: number): void {
    let c = text.charCodeAt(at);
    while (isWordCode(c) || (pathWords && (c === 46 || c === 47))) c = text.charCodeAt(++at);
    if (c === 36) {
      const expansion = macros.word(text, start, endOfLine(), place);
      at = expansion.end;
      if (expansion.text !== '') push(Token.word, expansion.text, start);
      return;
    }
    const word = text.slice(start, at);
    const first = word.charCodeAt(0);
    push((first >= 97 || first === 45) && keywords.has(word) ? Token.keyword : Token.word, word, start);
  }

  function readQuoted(quote: number): void {
    const start = at++;
    let value = '';
    let from = at;
    for (;;) {
      const c = text.charCodeAt(at);
      if (c === quote) {
        value += text.slice(from, at++);
        break;
      }
      if (c === 92) {
        value += text.slice(from, at);
        from = ++at;
        if (text.charCodeAt(at) !== 10) at++;
      } else if (c === 36) {
        value += text.slice(from, at);
        const expansion = macros.dollar(text, at + 1, endOfLine(), place);
        value += expansion.text;
        at = from = expansion.end;
      } else if (c === 10 || at >= text.length) {
        value += text.slice(from, at);
        if (at < text.length) problem('multi-line-string', start, 'a string ends at the end of its line');
        break;
      } else at++;
    }
    push(Token.quoted, value, start);
  }

  /** An assignment takes the rest of the line as it is. */
  function readAssigned(): void {
    while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9) at++;
    const end = endOfLine();
    push(Token.value, text.slice(at, end), at);
    at = end;
  }

  function readOther(): void {
    for (const operator of operators) {
      if (!text.startsWith(operator, at)) continue;
      push(Token.operator, operator, at);
      at += operator.length;
      if (count === 2 && kinds[0] === Token.word && (operator === '=' || operator === ':=' || operator === '+=')) {
        readAssigned();
      }
      return;
    }
    at++;
    problem('ignored-character', at - 1, `ignoring unsupported character '${text[at - 1]}'`);
  }

  return {
    file,
    kinds,
    texts,
    starts,
    get count() {
      return count;
    },
    get line() {
      return statementLine;
    },
    get isCut() {
      return isCut;
    },
    get nextLine() {
      return line;
    },
    get end() {
      return at;
    },
    next() {
      count = 0;
      while (at < text.length) {
        const c = text.charCodeAt(at);
        if (c === 10) {
          at++;
          line++;
          if (count > 0) return true;
        } else if (c === 32 || c === 9) at++;
        else if (isWordCode(c) || c === 36) readWord(at);
        else if (c === 34 || c === 39) readQuoted(c);
        else if (c === 35) at = endOfLine();
        else if (c === 92 && text.charCodeAt(at + 1) === 10) {
          at += 2;
          line++;
        } else readOther();
      }
      isCut = count > 0;
      return isCut;
    },
    skipHelp() {
      let indent = 0;
      let seen = false;
      while (at < text.length) {
        let column = 0;
        let start = at;
        for (let c = text.charCodeAt(start); c === 32 || c === 9; c = text.charCodeAt(++start)) {
          column = c === 9 ? (column & ~7) + 8 : column + 1;
        }
        if (start >= text.length) {
          at = start;
          break;
        }
        if (text.charCodeAt(start) !== 10) {
          if (column > 0 && indent > 0 && column < indent) {
            at = start;
            return seen;
          }
          seen = true;
          if (indent === 0) indent = column;
          at = start;
          start = endOfLine();
          if (start >= text.length) {
            at = start;
            break;
          }
        }
        at = start + 1;
        line++;
        const next = text.charCodeAt(at);
        if (at < text.length && next !== 32 && next !== 9 && next !== 10) return seen;
      }
      return seen;
    },
  };
}
