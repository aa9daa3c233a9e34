/** Conditions on symbols and on the target: what they are, what they say in words, and whether they hold. */
import { type ConfigDocument, type Setting } from '../config/document.ts';
import { type BootFact, type KernelVersion, type Range, type Target } from '../target.ts';
import { type Trait } from '../traits.ts';
import { type Existence, type SymbolFacts } from './symbols.ts';
export type ValueTest = {
    readonly test: 'is';
    readonly value: string;
} | {
    readonly test: 'at-least' | 'at-most';
    readonly value: string;
} | {
    readonly test: 'includes';
    readonly value: string;
}
/** The value of the symbol that `value` names. */
 | {
    readonly test: 'same-as';
    readonly value: string;
};
/** Which tristate values a symbol condition accepts, as bits. */
export declare const Accept: {
    readonly y: 1;
    readonly m: 2;
    readonly n: 4;
};
export interface SymbolCondition {
    readonly kind: 'symbol';
    readonly symbol: string;
    /** `hashName(symbol)`. */
    readonly hash: number;
    /** Sum of `Accept` bits. */
    readonly accept: number;
    readonly values: readonly ValueTest[];
}
export type Condition = SymbolCondition | {
    readonly kind: 'all' | 'any';
    readonly of: readonly Condition[];
} | {
    readonly kind: 'not';
    readonly of: Condition;
} | {
    readonly kind: 'kernel' | 'platform';
    readonly range: Range;
} | {
    readonly kind: 'arch';
    readonly names: readonly string[];
} | {
    readonly kind: 'boot';
    readonly facts: readonly BootFact[];
} | {
    readonly kind: 'file-name';
    readonly patterns: readonly string[];
} | TraitCondition;
/** One of these stands on the command line, or is a device of the machine; nothing does where neither is known. */
export interface TraitCondition {
    readonly kind: 'cmdline' | 'device';
    readonly patterns: readonly string[];
}
/** What a model of the target's kernel adds to what a document says. */
export interface KernelKnowledge {
    /** `Linux 6.12.117 x86_64`. */
    readonly name: string;
    /** Whether the kernel has a symbol, `maybe` where only one of two releases does; absent where the model does not speak for all of it. */
    readonly defines?: (symbol: string) => Existence;
    /** What the kernel makes of the document and its base: judged in place of the document, which is then only pointed at. */
    readonly resolved?: {
        readonly document: ConfigDocument;
        /** The files that it was made of, the one that counts first. */
        readonly files: readonly ConfigDocument[];
        /** Symbols whose values hang on the toolchain. */
        readonly uncertain: ReadonlySet<string>;
    };
    /** A complete config of another release is judged, for which the models only stand in. */
    readonly isStandIn?: boolean;
    /** Lines that make a rule hold; undefined where only the condition itself tells. */
    readonly adviceFor: (rule: string) => readonly string[] | undefined;
}
/** Everything a condition is judged by. */
export interface Situation {
    /** What is judged: the file, or what a kernel makes of it. */
    readonly document: ConfigDocument;
    /** The files, where that is something else; the one that counts first. */
    readonly written?: readonly ConfigDocument[];
    readonly kernel?: KernelKnowledge | undefined;
    readonly target: Target;
    readonly boot: ReadonlySet<BootFact>;
    /** The versioned product, where the profile is about one. */
    readonly platform?: {
        readonly name: string;
        readonly number: KernelVersion;
    };
    readonly symbols: ReadonlyMap<string, SymbolFacts>;
}
/** The four verdicts; `Verdict.met` is 0 so that tables of them start out as met. */
export declare const Verdict: {
    readonly met: 0;
    readonly unmet: 1;
    readonly unknown: 2;
    readonly notApplicable: 3;
};
export type Verdict = (typeof Verdict)[keyof typeof Verdict];
/**
 * Judges a condition. `asFact` asks whether it holds rather than whether it is met: then a symbol that the target does not
 * have is simply off. Depth is bounded by the loader (64).
 */
export declare function judge(condition: Condition, situation: Situation, asFact?: boolean): Verdict;
/** Parameters or devices that a condition speaks of. */
export declare function traitsFor({ kind, patterns }: TraitCondition, target: Target): Trait[];
/** True when a complete config gives the symbol, under its own name, an accepted y, m or n that decides. Says nothing else. */
export declare function holdsPlainly(condition: SymbolCondition, situation: Situation): boolean;
/** What a value is held against; undefined where that is the value of a symbol which the document does not give. */
export declare function boundOf({ test, value }: ValueTest, document: ConfigDocument): string | undefined;
/** A number in quotes is a text to the kernel, and a text without them is nothing: it drops the line. */
export declare function passes(test: ValueTest['test'], value: string, bound: string | undefined, isQuoted: boolean): boolean;
export declare function baseName(path: string): string;
/** `*` stands for any text; linear in the length of both. */
export declare function matchesName(pattern: string, name: string): boolean;
/** The symbol conditions within a condition, left to right. */
export declare function symbolsOf(condition: Condition): SymbolCondition[];
/** The same without a list of them. */
export declare function eachSymbol(condition: Condition, visit: (symbol: SymbolCondition) => void): void;
/** The setting that decides a symbol condition, under whichever of its names the file uses. */
export declare function decidingSetting(condition: SymbolCondition, situation: Situation): Setting;
/** The name that a symbol goes by: in a complete config, else in the Kconfig of the kernel, else as far as the facts tell. */
export declare function nameIn(symbol: string, situation: Situation): string;
/** A condition without the alternatives that are for other targets, where others are left. */
export declare function onTarget(condition: Condition, situation: Situation): Condition;
/** The parts of a condition that have this verdict, down to those that cannot be split: why it came out as it did. */
export declare function partsWith(verdict: Verdict, condition: Condition, situation: Situation): Condition[];
/** The symbol that a file would have to mention for a condition to be decided: its own, or the one that its value is held against. */
export declare function missingIn(condition: SymbolCondition, situation: Situation): string;
