/** Words that every part of the Kconfig engine shares: tristate values, symbol types, the three constants. */

/** `n`, `m` and `y` in the order that `&&` (minimum) and `||` (maximum) use. */
export type Tristate = 0 | 1 | 2;
export const no: Tristate = 0;
export const mod: Tristate = 1;
export const yes: Tristate = 2;

export const tristateNames = ['n', 'm', 'y'] as const;

/** Every model begins with these symbols, so that the number of a constant is its value. */
export const constantSymbols = tristateNames;
export const constantCount = 3;

export const SymbolType = { unknown: 0, bool: 1, tristate: 2, int: 3, hex: 4, string: 5 } as const;
export type SymbolType = (typeof SymbolType)[keyof typeof SymbolType];
export const typeNames = ['unknown', 'bool', 'tristate', 'int', 'hex', 'string'] as const;

export const SymbolFlag = {
  /** A quoted value, not a symbol that a config can name. */
  constant: 1,
  /** The nameless symbol of a choice. */
  choice: 2,
  /** A choice that may have no member set (before 6.9). */
  optional: 4,
  /** Read from old configs, never written (since 6.18). */
  transitional: 8,
  /** `allnoconfig` sets it (before 5.13). */
  allnoconfigY: 16,
  /** Never written, the list of default configs (before 5.13). */
  defconfigList: 32,
  /** Its name holds answers of the toolchain that are not known yet. */
  answer: 64,
} as const;
