/** How much of a config is read before it is refused; real ones are far below (about 12,000 lines, 0.3 MB). */
import type { RaisedLimits } from '../host.ts';
export interface ConfigLimits {
    /** Bytes of a config, before and after decompression. */
    readonly fileSize: number;
    readonly decompressedSize: number;
    /** Bytes of a kernel image that holds one. */
    readonly imageSize: number;
    /** UTF-16 code units of one line. */
    readonly lineLength: number;
    readonly lines: number;
    readonly symbols: number;
}
export declare const limits: ConfigLimits;
/** The limits as the user raised them. */
export declare function limitsWith(raised: RaisedLimits | undefined): ConfigLimits;
