/** CRC-32 as gzip has it, by which a model is known to be as it was written. */
/** The checksum of bytes; hosts have a faster one. */
export declare function checksumOf(bytes: Uint8Array): number;
