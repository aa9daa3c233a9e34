/** How the Kconfig of one kernel release differs from that of another; read off the tree's own tools where it holds them. */

export interface Dialect {
  /** `classic`: a choice is a symbol with a value of its own. `reworked` (6.11): the member set last wins. */
  readonly choices: 'classic' | 'reworked';
  /** An int or hex symbol without a value is 0 instead of empty. */
  readonly numbersAreZero: boolean;
  /** A number outside its range is dropped when the config is read; later kernels take the nearest bound. */
  readonly dropsOutOfRange: boolean;
  /** Parts of an expression stay simplified where the whole could not be. */
  readonly keepsParts: boolean;
  /** `SYM=n` in a dependency ends the automatic submenu of SYM. */
  readonly negationEndsSubmenu: boolean;
  /** Words that are keywords only in some releases. */
  readonly keywords: {
    readonly option: boolean;
    readonly optional: boolean;
    readonly modules: boolean;
    readonly transitional: boolean;
    /** Another spelling of `help`. */
    readonly '---help---': boolean;
  };
  /** Words may hold `/` and `.`, so that `source` needs no quotes. */
  readonly pathWords: boolean;
  /** A choice takes `bool "prompt"`. */
  readonly typedChoices: boolean;
  readonly conditionalDepends: boolean;
  /** A file may be read only once. */
  readonly includesOnce: boolean;
  /** Blank or second help texts and `menuconfig` without a prompt are errors. */
  readonly strict: boolean;
  /** A menu with nothing in it still gets its "end of" line. */
  readonly endsEmptyMenus: boolean;
  /** How lines of a config are read: with blanks in odd places, with text after "is not set", or exactly. */
  readonly reader: 'loose' | 'prefix' | 'exact';
}

/** The dialect of a release for which no tools are at hand; `major * 1000 + minor`. */
export function dialectOfVersion(version: number): Dialect {
  const since = (major: number, minor: number): boolean => version >= major * 1000 + minor;
  return {
    choices: since(6, 11) ? 'reworked' : 'classic',
    numbersAreZero: since(6, 11),
    dropsOutOfRange: !since(6, 11),
    keepsParts: !since(6, 12),
    negationEndsSubmenu: since(7, 3),
    keywords: {
      option: !since(5, 13),
      optional: !since(6, 10),
      modules: since(5, 13),
      transitional: since(6, 18),
      '---help---': !since(5, 9),
    },
    pathWords: !since(4, 20),
    typedChoices: !since(7, 0),
    conditionalDepends: since(7, 0),
    includesOnce: since(7, 0),
    strict: since(7, 0),
    endsEmptyMenus: since(5, 14),
    reader: since(6, 10) ? 'exact' : since(5, 14) ? 'prefix' : 'loose',
  };
}

/** Reads the dialect off the files of `scripts/kconfig`; `read` gives a file's text by its name there. */
export function dialectOfTools(read: (name: string) => string | undefined): Dialect | undefined {
  const symbol = read('symbol.c');
  // Before 5.0 they were called otherwise.
  const lexer = read('lexer.l') ?? read('zconf.l');
  const parser = read('parser.y') ?? read('zconf.y');
  const confdata = read('confdata.c');
  if (symbol === undefined || lexer === undefined || parser === undefined || confdata === undefined) return undefined;
  const menu = read('menu.c') ?? '';
  const keyword = (word: string): boolean => lexer.includes(`"${word}"`);
  return {
    choices: symbol.includes('choice_members') ? 'reworked' : 'classic',
    numbersAreZero: symbol.includes('"0x0"'),
    dropsOutOfRange: confdata.includes('sym_string_within_range'),
    keepsParts: !(read('expr.c') ?? '').includes('expr_hashtable'),
    negationEndsSubmenu: menu.includes('expr_contains_symbol_negated'),
    keywords: {
      option: keyword('option'),
      optional: keyword('optional'),
      modules: keyword('modules') && !keyword('option'),
      transitional: keyword('transitional'),
      '---help---': keyword('---help---'),
    },
    pathWords: /\[\/\.\]|\[-_\/\.\]/.test(lexer),
    typedChoices: /choice_option: (?:T_BOOL|logic_type)/.test(parser),
    conditionalDepends: /T_DEPENDS T_ON expr if_expr/.test(parser),
    includesOnce: (read('util.c') ?? '').includes('repeated inclusion'),
    strict: parser.includes('zconf_error("menuconfig statement without prompt")'),
    endsEmptyMenus: confdata.includes('end_check:'),
    reader: confdata.includes('"is not set", 10')
      ? confdata.includes("line[1] != ' '")
        ? 'prefix'
        : 'loose'
      : 'exact',
  };
}
