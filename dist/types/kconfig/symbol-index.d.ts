/** Every symbol of the shipped models with the models that have it, as one text: to tell where a symbol is that a kernel lacks. */
/** Line 1 names the models; each further line is a symbol and a hexadecimal number with a bit for each model that has it. */
export declare function writeSymbolIndex(models: ReadonlyMap<string, Iterable<string>>): string;
/** Names of the models that have a symbol, such as `6.12-arm64`. */
export declare function modelsWith(index: string, symbol: string): string[];
/** Release and architecture of a model's name. */
export declare function partsOf(name: string): {
    readonly series: string;
    readonly arch: string;
};
/**
 * Where a symbol is that the model of a release (`6.12`) and arch lacks: `gone since 6.1`, `came with 7.2`, `only on arm64`; empty where
 * no model has it.
 */
export declare function elsewhereInWords(index: string, symbol: string, series: string, arch: string): string;
