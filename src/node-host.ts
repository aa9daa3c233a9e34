/** The host on Node: files, standard streams, gzip. Everything here is synchronous, so output arrives whole and in order. */
import { isAscii, isUtf8 } from 'node:buffer';
// By name: of a whole module the bundle would make a copy, property by property.
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Host, OutputFile, PathKind, ReadError, ReadErrorCode, ReadOptions } from './host.ts';
import { replaceBytes, startReplacing } from './node-replace.ts';
import { createAsciiSource, createSource, type SourceText } from './source.ts';

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');

/** `assets` is the folder that holds what ships with the program. */
export function createNodeHost(assets: string): Host {
  const output = createWriter(1);
  const errors = createWriter(2);
  let shared = Buffer.alloc(0);
  /** One buffer for every file that need not be kept. */
  const room = (size: number, keep: boolean) => {
    if (keep) return Buffer.allocUnsafeSlow(size);
    if (shared.length < size) shared = Buffer.allocUnsafeSlow(size * 2);
    return shared;
  };
  return {
    readSource: (path, options) => readSource(path, options, room),
    pathKind: (path) => kindOf(path, true),
    linkKind: (path) => kindOf(path, false),
    list: (folder) => {
      try {
        return readdirSync(folder).sort();
      } catch {
        return undefined;
      }
    },
    asset: (name) => readFileSync(join(assets, name), 'utf8'),
    sameFile: (a, b) => {
      try {
        const x = statSync(a);
        const y = statSync(b);
        return x.ino === y.ino && x.dev === y.dev;
      } catch {
        return false;
      }
    },
    write: output.write,
    writeError: (text) => void errors.write(text),
    outputFailure: output.failure,
    openOutput,
    replaceFile,
    env: process.env,
    get isTerminal() {
      return process.stdout.isTTY === true;
    },
    get columns() {
      const columns = Number(process.env['COLUMNS']);
      return columns > 0 ? columns : (process.stdout.columns ?? 80);
    },
  };
}

/** What the file system or zlib said, in our words. */
function readError(error: unknown): ReadError {
  const { code = '', message = String(error) } = error as { code?: string; message?: string };
  const known: Readonly<Record<string, ReadErrorCode>> = {
    ENOENT: 'missing',
    ENOTDIR: 'missing',
    EACCES: 'denied',
    EPERM: 'denied',
    EISDIR: 'folder',
    ENXIO: 'not-regular',
  };
  return { error: known[code] ?? 'io', detail: code || message };
}

function readSource(
  path: string,
  options: ReadOptions,
  room: (size: number, keep: boolean) => Buffer,
): SourceText | ReadError {
  try {
    const bytes = path === '-' ? readAll(0, options, room, 0) : readFile(path, options, room);
    if ('error' in bytes) return bytes;
    const content = isGzip(bytes) ? gunzip(bytes, options.unzippedLimit) : bytes;
    return 'error' in content ? content : decode(path, content);
  } catch (error) {
    return readError(error);
  }
}

function readFile(
  path: string,
  options: ReadOptions,
  room: (size: number, keep: boolean) => Buffer,
): Buffer | ReadError {
  // Without O_NONBLOCK, opening a FIFO waits for a writer that may never come.
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stat = fstatSync(fd);
    if (stat.isDirectory()) return { error: 'folder', detail: 'EISDIR' };
    if (!stat.isFile()) return { error: 'not-regular', detail: 'not a regular file' };
    if (stat.size > options.limit) return tooLarge(options.limit);
    return readAll(fd, options, room, stat.size);
  } finally {
    closeSync(fd);
  }
}

function tooLarge(limit: number): ReadError {
  return { error: 'too-large', detail: `more than ${limit} bytes` };
}

/** Reads to the end; files in /proc say that their size is 0, so the end is where reading says it is. */
function readAll(
  fd: number,
  { limit, keep }: ReadOptions,
  room: (size: number, keep: boolean) => Buffer,
  expected: number,
): Buffer | ReadError {
  let buffer = room(Math.max(expected, 4095) + 1, keep);
  let length = 0;
  for (;;) {
    if (length === buffer.length) {
      const wider = room(buffer.length * 2, true);
      buffer.copy(wider, 0, 0, length);
      buffer = wider;
    }
    const read = readSome(fd, buffer, length);
    if (read === 0) return buffer.subarray(0, length);
    length += read;
    if (length > limit) return tooLarge(limit);
  }
}

function readSome(fd: number, buffer: Buffer, at: number): number {
  for (;;) {
    try {
      return readSync(fd, buffer, at, buffer.length - at, null);
    } catch (error) {
      const { code } = error as { code?: string };
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN' && code !== 'EINTR') throw error;
      pause();
    }
  }
}

function isGzip(bytes: Buffer): boolean {
  return bytes.length >= 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function gunzip(bytes: Buffer, limit: number): Buffer | ReadError {
  const zlib = process.getBuiltinModule('node:zlib');
  try {
    return zlib.gunzipSync(bytes, { maxOutputLength: limit });
  } catch (error) {
    const { code = '', message = '' } = error as { code?: string; message?: string };
    if (code === 'ERR_BUFFER_TOO_LARGE') return tooLarge(limit);
    return { error: 'bad-gzip', detail: message };
  }
}

function decode(path: string, bytes: Buffer): SourceText {
  const name = path === '-' ? '<stdin>' : path;
  if (isAscii(bytes)) return createAsciiSource(name, bytes, latin1);
  if (isUtf8(bytes)) return createSource(name, bytes.toString('utf8'));
  return createSource(name, latin1(bytes), 'latin1');
}

/** The bytes that a text of a source stands for. */
export function encodeSource({ text, encoding }: Pick<SourceText, 'text' | 'encoding'>): Buffer {
  return Buffer.from(text, encoding === 'latin1' ? 'latin1' : 'utf8');
}

function kindOf(path: string, follow: boolean): PathKind {
  try {
    const stat = follow ? statSync(path) : lstatSync(path);
    return stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : stat.isSymbolicLink() ? 'link' : 'other';
  } catch {
    return 'missing';
  }
}

/** Lets a full pipe drain. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
}

/**
 * Writes straight to a descriptor: `console.log` hides a full disk and a closed pipe, and what `process.stdout` still
 * holds when a process ends can be lost.
 */
function createWriter(fd: number): { write: (text: string) => boolean; failure: () => string | undefined } {
  let failure: string | undefined;
  let room = Buffer.alloc(0);
  return {
    write: (text) => {
      if (failure !== undefined) return false;
      // A UTF-16 unit takes three bytes at most.
      if (room.length < text.length * 3) room = Buffer.allocUnsafeSlow(text.length * 3);
      const length = room.write(text, 'utf8');
      let at = 0;
      while (at < length) {
        try {
          at += writeSync(fd, room, at, length - at);
        } catch (error) {
          const { code = '', message } = error as { code?: string; message: string };
          if (code === 'EAGAIN' || code === 'EINTR') pause();
          else {
            failure = code === 'EPIPE' ? 'closed' : code || message;
            return false;
          }
        }
      }
      return true;
    },
    failure: () => failure,
  };
}

function replaceFile(path: string, source: SourceText, text: string): string | undefined {
  return replaceBytes(path, encodeSource(source), encodeSource({ text, encoding: source.encoding }));
}

/** A temporary file beside the target takes the target's place when everything is on disk. */
function openOutput(path: string): OutputFile | string {
  const kind = kindOf(path, false);
  if (kind !== 'missing' && kind !== 'file') return `${path} is not a regular file`;
  let failure: string | undefined;
  const attempt = <T>(action: () => T): T | undefined => {
    if (failure !== undefined) return undefined;
    try {
      return action();
    } catch (error) {
      failure = (error as Error).message;
      return undefined;
    }
  };
  const replacement = attempt(() => startReplacing(path));
  if (replacement === undefined) return failure ?? 'it cannot be written';
  return {
    write: (text) => {
      attempt(() => replacement.write(Buffer.from(text, 'utf8')));
      return failure === undefined;
    },
    commit: () => {
      attempt(() => replacement.commit());
      return failure;
    },
  };
}
