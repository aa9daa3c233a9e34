/** True where the text is a value that an int or hex symbol can have. */
export declare function isValidNumber(type: number, text: string): boolean;
/** The number at the start of a text, cut to 64 bits; 0 where there is none. */
export declare function numberOf(type: number, text: string): bigint;
/** Less than, equal to or greater than 0, as the kernel orders the values of two symbols. */
export declare function compareValues(typeA: number, a: string, typeB: number, b: string): number;
