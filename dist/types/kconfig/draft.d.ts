/** Symbols and menu entries while a tree is read; `compile.ts` makes the model of them. */
import { type Expression, type ExpressionStore } from './expression.ts';
import type { KconfigFile } from './problem.ts';
import { SymbolType } from './symbol.ts';
export type PropertyKind = 'prompt' | 'menu' | 'comment' | 'default' | 'select' | 'imply' | 'range';
export interface Property {
    kind: PropertyKind;
    readonly text: string;
    /** The value of a default; the symbol of select and imply; the lower bound of a range. */
    readonly value: number;
    /** The upper bound of a range. */
    readonly upper: number;
    condition: Expression;
    readonly entry: Entry;
    /** Where it stands, which may be the file that included that of its entry. */
    readonly file: KconfigFile;
    readonly line: number;
}
export type EntryKind = 'root' | 'config' | 'menuconfig' | 'choice' | 'menu' | 'comment' | 'if';
/** A node of the menu tree. */
export interface Entry {
    readonly kind: EntryKind;
    /** -1 for menus, comments and ifs. */
    readonly symbol: number;
    readonly file: KconfigFile;
    readonly line: number;
    parent: Entry | undefined;
    firstChild: Entry | undefined;
    next: Entry | undefined;
    prompt: Property | undefined;
    dependency: Expression;
    /** `visible if` of a menu. */
    visibility: Expression;
    hasHelp: boolean;
    /** Properties of an entry without a symbol are its prompt; those of a symbol stand in the symbol's own list. */
    lastChild: Entry | undefined;
    /** Its place in the order of the tree, once that is settled. */
    number: number;
}
export interface DraftSymbol {
    readonly name: string;
    type: SymbolType;
    flags: number;
    readonly properties: Property[];
    readonly entries: Entry[];
    dependency: Expression;
    /** Who selects it under what condition, in the order of the tree. */
    selectedBy: Reverse[];
    impliedBy: Reverse[];
    /** Members of a choice in the order of definition. */
    members: number[];
    warned: boolean;
}
export interface Reverse {
    readonly by: number;
    readonly condition: Expression;
}
export interface Draft {
    readonly symbols: DraftSymbol[];
    readonly expressions: ExpressionStore;
    readonly root: Entry;
    /** The symbol of the `modules` keyword; `n` where there is none. */
    modules: number;
    readonly symbolOf: (name: string) => number;
    readonly constantOf: (value: string) => number;
    readonly addSymbol: (name: string, flags: number) => number;
    readonly find: (name: string) => number | undefined;
}
/** Makes an entry under `parent`, after its other children. */
export declare function addEntry(parent: Entry, kind: EntryKind, symbol: number, file: KconfigFile, line: number): Entry;
/** Adds to a list of a symbol that may be the shared empty one. */
export declare function append<T>(list: T[], item: T): T[];
/** An empty draft whose root stands at the first line of `file`. */
export declare function createDraft(file: KconfigFile): Draft;
/** True for the nameless symbol of a choice. */
export declare function isChoice(symbol: DraftSymbol): boolean;
/** The choice that a symbol is a member of: its entry with a prompt stands in one, with no other symbol between. */
export declare function choiceOf(draft: Draft, symbol: number): Entry | undefined;
