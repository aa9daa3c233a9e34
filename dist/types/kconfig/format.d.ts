import type { KconfigModel } from './model.ts';
/** Raised when the layout changes; other numbers are refused. */
export declare const formatVersion = 2;
/** Named configs that come with a release: its defconfigs, and the fragments of kernel/configs. */
export type NamedConfigs = Readonly<Record<string, string>>;
/** Answers of a toolchain to the questions of a model, in their order; null for what it was not asked. */
export type Toolchains = Readonly<Record<string, readonly (string | null)[]>>;
/** A model with what was compiled along with it. */
export interface ModelFile {
    readonly model: KconfigModel;
    readonly configs: NamedConfigs;
    readonly toolchains: Toolchains;
    /** What it was made of, for people: `Debian linux-source-6.12 6.12.117-1`. */
    readonly source: string;
}
/** Thrown where bytes are no model, or one of another format. */
export declare class ModelFormatError extends Error {
}
/** Lays a model out as bytes. */
export declare function encodeModel({ model, ...rest }: ModelFile): Uint8Array;
/**
 * Reads what `encodeModel` wrote; throws ModelFormatError for anything else. With `checksum`, the CRC-32 of bytes, a model from whoever
 * is trusted to have used `encodeModel` is taken as sound where its checksum holds: that is faster than to look at every number.
 */
export declare function decodeModel(data: Uint8Array, checksum?: (bytes: Uint8Array) => number): ModelFile;
