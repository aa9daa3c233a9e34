/** Options by their names on the command line, wherever they come from: words, a project config, the settings of an editor. */
/** Values by option name. */
export interface RawOptions {
    readonly files: readonly string[];
    readonly [name: string]: string | number | boolean | readonly string[] | undefined;
}
export declare function textOption(raw: RawOptions, name: string): string | undefined;
export declare function listOption(raw: RawOptions, name: string): readonly string[];
export declare function flagOption(raw: RawOptions, name: string): boolean;
/** Values that may hold commas. */
export declare function rawList(raw: RawOptions, name: string): readonly string[];
/** True where the run is about more than the configs: a command line or a manifest. */
export declare function asksOfBoot(raw: RawOptions): boolean;
