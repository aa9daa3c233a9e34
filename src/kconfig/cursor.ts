/** Takes the tokens of a statement one by one: names, strings, and the grammar of expressions. */
import { hasPlaceholder } from './answers.ts';
import type { Draft, DraftSymbol } from './draft.ts';
import { type Expression, none, Op } from './expression.ts';
import { type Lexer, Token } from './lexer.ts';
import { SymbolFlag } from './symbol.ts';

/** Not a statement here; the rest of the line is skipped, as the kernel's parser does. */
export class InvalidStatement extends Error {}
export class ParenthesesTooDeep extends Error {}

export function invalid(): never {
  throw new InvalidStatement('invalid statement');
}

const comparisons: Readonly<Record<string, Op>> = {
  '=': Op.equal,
  '!=': Op.notEqual,
  '<': Op.less,
  '<=': Op.lessEqual,
  '>': Op.greater,
  '>=': Op.greaterEqual,
};

export interface Cursor {
  /** Number of the next token. */
  at: number;
  /** Kind of the next token, 0 at the end of the statement. */
  readonly kind: () => number;
  readonly word: () => string;
  readonly isWord: (keyword: string) => boolean;
  readonly isOperator: (operator: string) => boolean;
  readonly expectEnd: () => void;
  readonly takeQuoted: () => string;
  /** The symbol of a bare word. */
  readonly takeName: () => number;
  /** The symbol of a bare word or of a quoted constant. */
  readonly takeSymbol: () => number;
  readonly symbolNamed: (name: string, quoted: boolean) => number;
  readonly takeExpression: () => Expression;
  /** What follows `if`; none where there is no `if`. */
  readonly takeIf: () => Expression;
}

/** A cursor over the statement that `lexer` has now; its methods throw InvalidStatement. */
export function createCursor(draft: Draft, lexer: () => Lexer, deepest: number): Cursor {
  const { expressions: x } = draft;
  let parentheses = 0;

  const kind = (): number => (cursor.at < lexer().count ? (lexer().kinds[cursor.at] as number) : 0);
  const word = (): string => (cursor.at < lexer().count ? (lexer().texts[cursor.at] as string) : '');
  const isWord = (text: string): boolean => kind() === Token.keyword && word() === text;
  const isOperator = (text: string): boolean => kind() === Token.operator && word() === text;

  function expectEnd(): void {
    if (cursor.at < lexer().count) invalid();
  }

  function takeQuoted(): string {
    if (kind() !== Token.quoted) invalid();
    return lexer().texts[cursor.at++] as string;
  }

  function takeName(): number {
    if (kind() !== Token.word) invalid();
    return symbolNamed(lexer().texts[cursor.at++] as string, false);
  }

  function symbolNamed(name: string, quoted: boolean): number {
    const id = quoted ? draft.constantOf(name) : draft.symbolOf(name);
    if (hasPlaceholder(name)) (draft.symbols[id] as DraftSymbol).flags |= SymbolFlag.answer;
    return id;
  }

  function takeSymbol(): number {
    if (kind() === Token.quoted) return symbolNamed(lexer().texts[cursor.at++] as string, true);
    return takeName();
  }

  /** Precedence climbing without recursion on the number of operands: `||` below `&&` below `!`. */
  function takeExpression(): Expression {
    let either = takeConjunction();
    while (isOperator('||')) {
      cursor.at++;
      either = x.or(either, takeConjunction());
    }
    return either;
  }

  function takeConjunction(): Expression {
    let both = takeOperand(0);
    while (isOperator('&&')) {
      cursor.at++;
      both = x.and(both, takeOperand(0));
    }
    return both;
  }

  function takeOperand(negations: number): Expression {
    let negated = negations;
    while (isOperator('!')) {
      cursor.at++;
      negated++;
    }
    let operand: Expression;
    if (isOperator('(')) {
      cursor.at++;
      if (++parentheses > deepest) throw new ParenthesesTooDeep();
      operand = takeExpression();
      parentheses--;
      if (!isOperator(')')) invalid();
      cursor.at++;
    } else {
      const left = takeSymbol();
      const op = kind() === Token.operator ? comparisons[word()] : undefined;
      if (op === undefined) operand = x.symbol(left);
      else {
        cursor.at++;
        operand = x.compare(op, left, takeSymbol());
      }
    }
    for (let i = 0; i < negated; i++) operand = x.not(operand);
    return operand;
  }

  function takeIf(): Expression {
    if (!isWord('if')) return none;
    cursor.at++;
    return takeExpression();
  }

  const cursor: Cursor = {
    at: 0,
    kind,
    word,
    isWord,
    isOperator,
    expectEnd,
    takeQuoted,
    takeName,
    takeSymbol,
    symbolNamed,
    takeExpression: () => {
      parentheses = 0;
      return takeExpression();
    },
    takeIf,
  };
  return cursor;
}
