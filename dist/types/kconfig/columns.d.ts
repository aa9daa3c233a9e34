/** Columns of numbers as bytes: each as narrow as it can be, so that reading one is a view or a native copy. */
/** How a column is laid out. */
export interface Column {
    readonly name: string;
    readonly length: number;
    /** Bytes of each number, the lowest first. */
    readonly width: number;
    readonly signed: boolean;
    /** Each number is stored as the difference from the one before. */
    readonly grows: boolean;
}
/** The next place where a number of so many bytes may stand. */
export declare const aligned: (at: number, width: number) => number;
/** The layout of a column, and its numbers as they are stored. */
export declare function layOut(name: string, values: Int32Array, grows: boolean): {
    column: Column;
    numbers: Int32Array;
};
/** Writes a column at the next place where it may stand; gives where it ends. */
export declare function writeColumn(out: Uint8Array, from: number, { width }: Column, numbers: Int32Array): number;
/** Reads a column that begins at a place in bytes. */
export declare function readColumn(data: Uint8Array, at: number, column: Column): Int32Array;
