/** zlib on Node. */
import { createHash } from 'node:crypto';
import { constants, crc32, inflateRawSync } from 'node:zlib';
import type { Zlib } from './host.ts';

export const nodeZlib: Zlib = {
  inflateRaw: (bytes, at, limit) => {
    try {
      const { buffer, engine } = inflateRawSync(bytes.subarray(at), {
        info: true,
        chunkSize: 1 << 20,
        maxOutputLength: Math.max(1, limit),
      }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
      return { bytes: buffer, used: engine.bytesWritten };
    } catch (error) {
      const { code = '', errno = 0, message } = error as { code?: string; errno?: number; message: string };
      if (code === 'ERR_BUFFER_TOO_LARGE') return { error: 'too-large', detail: message };
      return { error: errno === constants.Z_BUF_ERROR ? 'truncated' : 'damaged', detail: message };
    }
  },
  crc32: (bytes) => crc32(bytes),
  sha256: (bytes) => createHash('sha256').update(bytes).digest(),
};
