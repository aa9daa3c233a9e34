import type { Draft } from './draft.ts';
import { type Expression } from './expression.ts';
import { type Lexer } from './lexer.ts';
/** Not a statement here; the rest of the line is skipped, as the kernel's parser does. */
export declare class InvalidStatement extends Error {
}
export declare class ParenthesesTooDeep extends Error {
}
export declare function invalid(): never;
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
export declare function createCursor(draft: Draft, lexer: () => Lexer, deepest: number): Cursor;
