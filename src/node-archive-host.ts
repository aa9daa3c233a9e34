/** Large files, folders with links, gzip in pieces and digests on Node. */
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { constants, createGunzip } from 'node:zlib';
import type { ArchiveHost, ByteFile, FileFacts, GzipReader, PathKind, ReadError, ReadErrorCode } from './host.ts';

export function createArchiveHost(): ArchiveHost {
  return { open, facts, list, gzipReader, sha256 };
}

function open(path: string): ByteFile | ReadError {
  let fd: number;
  try {
    // Without O_NONBLOCK, opening a FIFO waits for a writer that may never come.
    fd = fs.openSync(path, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
  } catch (error) {
    return errorOf(error);
  }
  const stat = fs.fstatSync(fd);
  if (!stat.isFile()) {
    fs.closeSync(fd);
    return stat.isDirectory()
      ? { error: 'folder', detail: 'EISDIR' }
      : { error: 'not-regular', detail: 'not a regular file' };
  }
  return {
    size: stat.size,
    read: (at, length) => {
      const bytes = Buffer.allocUnsafeSlow(Math.max(0, Math.min(length, stat.size - at)));
      let filled = 0;
      try {
        while (filled < bytes.length) {
          const read = fs.readSync(fd, bytes, filled, bytes.length - filled, at + filled);
          if (read === 0) break;
          filled += read;
        }
      } catch {
        // A disk that fails cuts the file off there, which whoever reads it says.
      }
      return bytes.subarray(0, filled);
    },
    close: () => fs.closeSync(fd),
  };
}

const knownErrors: Readonly<Record<string, ReadErrorCode>> = {
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  EACCES: 'denied',
  EPERM: 'denied',
  EISDIR: 'folder',
  ENXIO: 'not-regular',
};

function errorOf(error: unknown): ReadError {
  const { code = '', message = String(error) } = error as { code?: string; message?: string };
  return { error: knownErrors[code] ?? 'io', detail: code || message };
}

function facts(path: string): FileFacts | undefined {
  try {
    const stat = fs.lstatSync(path);
    const kind: PathKind = stat.isFile()
      ? 'file'
      : stat.isDirectory()
        ? 'folder'
        : stat.isSymbolicLink()
          ? 'link'
          : 'other';
    const { size, mode, uid, gid } = stat;
    const link = kind === 'link' ? { link: fs.readlinkSync(path) } : {};
    return { kind, size, mode: mode & 0o7777, uid, gid, ...link };
  } catch {
    return undefined;
  }
}

function list(folder: string): readonly string[] | undefined {
  try {
    return fs.readdirSync(folder).sort();
  } catch {
    return undefined;
  }
}

/** What zlib's own streams are inside: the only way to unfold piece by piece without waiting for events. */
interface SyncEngine {
  _handle: { close: () => void } | null;
  readonly _processChunk: (piece: Uint8Array, flush: number) => Uint8Array;
}

const silent = (): void => {};

function gzipReader(): GzipReader {
  const stream = createGunzip({ chunkSize: 1 << 18 });
  const engine = stream as unknown as SyncEngine;
  // The engine closes itself after each piece, unless it is kept from it.
  const handle = engine._handle as NonNullable<SyncEngine['_handle']>;
  const close = handle.close.bind(handle);
  handle.close = silent;
  const process = (piece: Uint8Array, flush: number): Uint8Array | string => {
    engine._handle = handle;
    try {
      return engine._processChunk(piece, flush);
    } catch (error) {
      return (error as Error).message;
    } finally {
      // Each piece leaves a listener behind; the last error is told once more later on.
      stream.removeAllListeners('error');
      stream.on('error', silent);
    }
  };
  return {
    push: (piece) => process(piece, constants.Z_NO_FLUSH),
    end: () => {
      const rest = process(new Uint8Array(0), constants.Z_FINISH);
      close();
      return typeof rest === 'string' ? rest : undefined;
    },
  };
}

function sha256() {
  const hash = createHash('sha256');
  return { add: (bytes: Uint8Array) => void hash.update(bytes), hex: () => hash.digest('hex') };
}
