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

export const limits: ConfigLimits = {
  fileSize: 8 * 1024 * 1024,
  decompressedSize: 16 * 1024 * 1024,
  imageSize: 1024 * 1024 * 1024,
  lineLength: 64 * 1024,
  lines: 200_000,
  symbols: 100_000,
};

/** The limits as the user raised them. */
export function limitsWith(raised: RaisedLimits | undefined): ConfigLimits {
  if (raised === undefined) return limits;
  const fileSize = raised['config-size'] ?? limits.fileSize;
  return {
    fileSize,
    decompressedSize: Math.max(raised['config-unpacked'] ?? limits.decompressedSize, fileSize),
    imageSize: Math.max(raised['image-size'] ?? limits.imageSize, fileSize),
    lineLength: raised['line-length'] ?? limits.lineLength,
    lines: raised.lines ?? limits.lines,
    symbols: raised.settings ?? limits.symbols,
  };
}
