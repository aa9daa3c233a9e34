/**
 * Finds the lines of a `.config` in one pass over its code units and keeps them as offsets: no strings, no objects.
 * A line that the kernel's reader (`conf_read_simple` in scripts/kconfig/confdata.c) and a person would read alike is
 * regular; every other one is put on a list for `classify.ts` to look at closely.
 */
import { type ConfigLimits } from './limits.ts';
/** What a line says of its symbol. */
export declare const Mark: {
    readonly y: 1;
    readonly m: 2;
    readonly n: 3;
    readonly notSet: 4;
    readonly other: 5;
};
export type Mark = (typeof Mark)[keyof typeof Mark];
/** One row per setting, as parallel arrays of UTF-16 offsets. Rows are in file order. */
export interface EntryTable {
    count: number;
    /** 0-based line of the setting. */
    line: Int32Array;
    nameStart: Int32Array;
    nameEnd: Int32Array;
    /** End of the line without its ending; for assignments the end of the value. */
    end: Int32Array;
    hash: Int32Array;
    mark: Uint8Array;
    /** Open-addressing slots of row + 1, newest row of each name. */
    slots: Int32Array;
    /** Pairs of rows (earlier, later) that name the same symbol. */
    duplicates: number[];
    /** Room for the starts of lines. */
    lineStarts: Int32Array<ArrayBuffer>;
    /** Rows by name in place of `slots`, where names were chosen to meet in the same slots. */
    named: Map<string, number> | undefined;
}
/** What a scan fills, apart from what it finds. */
export type Columns = Omit<EntryTable, 'count' | 'duplicates' | 'named'>;
/** Every table is made here: code that was optimised for one of a kind is thrown away for one that was put together in another way. */
export declare function tableOf(columns: Columns, count: number, duplicates: number[]): EntryTable;
export interface Scan {
    readonly table: EntryTable;
    /** Lines that were scanned. */
    readonly lines: number;
    readonly lineStarts: Int32Array;
    /** 0-based lines that need a closer look. */
    readonly irregular: readonly number[];
    /** Offsets of control characters other than tab and line endings; at most 100. */
    readonly controls: readonly number[];
    /** Lines that end in CR LF. */
    readonly carriageReturns: number;
    /** The first limit that was hit. */
    readonly exceeded?: {
        readonly limit: 'line-too-long' | 'too-many-lines' | 'too-many-symbols';
        readonly at: number;
    };
}
/**
 * The hash of a symbol's name, as the scan computes it: four units at a time, and only shifts and bits, because in code
 * that runs once a product that leaves 32 bits becomes an object on the heap.
 */
export declare function hashName(name: string): number;
/** The newest row whose symbol is `name`, or -1. */
export declare function findRow(codes: Uint8Array | Uint16Array, table: EntryTable, name: string, h?: number): number;
/** Scans `codes`; `reuse` is a table of an earlier scan whose document is no longer needed. */
export declare function scan(codes: Uint8Array | Uint16Array, reuse?: EntryTable, limits?: ConfigLimits): Scan;
