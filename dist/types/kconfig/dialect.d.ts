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
export declare function dialectOfVersion(version: number): Dialect;
/** Reads the dialect off the files of `scripts/kconfig`; `read` gives a file's text by its name there. */
export declare function dialectOfTools(read: (name: string) => string | undefined): Dialect | undefined;
