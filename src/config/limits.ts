/** How much of a config is read before it is refused; real ones are far below (about 12,000 lines, 0.3 MB). */
export const limits = {
  /** Bytes of a config, before and after decompression. */
  fileSize: 8 * 1024 * 1024,
  decompressedSize: 16 * 1024 * 1024,
  /** Bytes of a kernel image that holds one. */
  imageSize: 1024 * 1024 * 1024,
  /** UTF-16 code units of one line. */
  lineLength: 64 * 1024,
  lines: 200_000,
  symbols: 100_000,
} as const;
