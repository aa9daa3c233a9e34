/** Words that every part of the Kconfig engine shares: tristate values, symbol types, the three constants. */
/** `n`, `m` and `y` in the order that `&&` (minimum) and `||` (maximum) use. */
export type Tristate = 0 | 1 | 2;
export declare const no: Tristate;
export declare const mod: Tristate;
export declare const yes: Tristate;
export declare const tristateNames: readonly ['n', 'm', 'y'];
/** Every model begins with these symbols, so that the number of a constant is its value. */
export declare const constantSymbols: readonly ["n", "m", "y"];
export declare const constantCount = 3;
export declare const SymbolType: {
    readonly unknown: 0;
    readonly bool: 1;
    readonly tristate: 2;
    readonly int: 3;
    readonly hex: 4;
    readonly string: 5;
};
export type SymbolType = (typeof SymbolType)[keyof typeof SymbolType];
export declare const typeNames: readonly ['unknown', 'bool', 'tristate', 'int', 'hex', 'string'];
export declare const SymbolFlag: {
    /** A quoted value, not a symbol that a config can name. */
    readonly constant: 1;
    /** The nameless symbol of a choice. */
    readonly choice: 2;
    /** A choice that may have no member set (before 6.9). */
    readonly optional: 4;
    /** Read from old configs, never written (since 6.18). */
    readonly transitional: 8;
    /** `allnoconfig` sets it (before 5.13). */
    readonly allnoconfigY: 16;
    /** Never written, the list of default configs (before 5.13). */
    readonly defconfigList: 32;
    /** Its name holds answers of the toolchain that are not known yet. */
    readonly answer: 64;
};
