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
  realpathSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import type {
  Host,
  OutputFile,
  PackedConfig,
  PackedReaders,
  PathKind,
  RaisedLimits,
  ReadError,
  ReadErrorCode,
  ReadOptions,
} from './host.ts';
import { replaceBytes, startReplacing, whyNotWritten } from './node-replace.ts';
import { createAsciiSource, createSource, placedIn, type SourceText } from './source.ts';

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');

const noReaders: PackedReaders = { readPacked: () => undefined, findEmbedded: () => undefined };

/** `assets` is the folder that holds what ships with the program; `loadPacked` is called for the first file that is no text. */
export function createNodeHost(assets: string, loadPacked: () => PackedReaders = () => noReaders): Host {
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
    readSource: (path, options) => readSource(path, options, room, loadPacked),
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
    absolute: (path) => resolve(path),
    realPath: (path) => {
      try {
        return realpathSync(path);
      } catch {
        return undefined;
      }
    },
    today: () => {
      const now = new Date();
      const two = (part: number): string => String(part).padStart(2, '0');
      return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
    },
    ask: (question) => (isTerminal(0) && isTerminal(1) ? askPerson(question, output.write) : undefined),
    env: process.env,
    get isTerminal() {
      return process.stdout.isTTY === true;
    },
    get columns() {
      const columns = Number(process.env['COLUMNS']);
      return columns > 0 ? columns : (process.stdout.columns ?? 80);
    },
    get errorTerminal() {
      if (!process.getBuiltinModule('node:tty').isatty(2)) return undefined;
      // A terminal that knows no size says 0.
      return { columns: process.stderr.columns || 80, now: () => performance.now() };
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
  loadPacked: () => PackedReaders,
): SourceText | ReadError {
  try {
    const bytes = path === '-' ? readAll(0, options, room, 0) : readFile(path, options, room, loadPacked);
    if ('error' in bytes) return bytes;
    if (!Buffer.isBuffer(bytes)) return decodeInside(path, bytes);
    const isConfig = options.packedLimit !== undefined;
    const content =
      bytes.length > options.limit
        ? tooLarge(options.limit, isConfig ? 'config-size' : undefined)
        : unfold(bytes, options.unzippedLimit, isConfig);
    const source = 'error' in content ? content : decode(path, content);
    if (options.packedLimit === undefined) return source;
    const isText = 'path' in source && source.encoding !== 'latin1' && (content as Buffer).indexOf(0) === -1;
    if (isText) return source;
    if (startsArchive(bytes)) return archive;
    return readInside(path, bytes, loadPacked(), source, options.raised) ?? source;
  } catch (error) {
    return readError(error);
  }
}

/** The config in a file that is no text; undefined where it says nothing better than `otherwise`. */
function readInside(
  path: string,
  bytes: Buffer,
  { readPacked }: PackedReaders,
  otherwise: SourceText | ReadError,
  raised: RaisedLimits | undefined,
): SourceText | ReadError | undefined {
  const found = readPacked(bytes, raised);
  if (found === undefined) return undefined;
  // What was not unfolded to the end may hold anything.
  if ('code' in found && found.code === 'no-kernel' && 'error' in otherwise && otherwise.error === 'too-large')
    return undefined;
  if ('code' in found) return { error: 'no-config', detail: found.message, reason: found };
  if (found.member === undefined && 'error' in otherwise) return undefined;
  return decodeInside(path, found);
}

function decodeInside(path: string, { bytes, member }: PackedConfig): SourceText {
  const source = decode(path, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  return member === undefined ? source : placedIn(source, member);
}

function unfold(bytes: Buffer, limit: number, isConfig: boolean): Buffer | ReadError {
  return isGzip(bytes) ? gunzip(bytes, limit, isConfig) : bytes;
}

function readFile(
  path: string,
  options: ReadOptions,
  room: (size: number, keep: boolean) => Buffer,
  loadPacked: () => PackedReaders,
): Buffer | PackedConfig | ReadError {
  // Without O_NONBLOCK, opening a FIFO waits for a writer that may never come.
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stat = fstatSync(fd);
    if (stat.isDirectory()) return { error: 'folder', detail: 'EISDIR' };
    if (!stat.isFile()) return { error: 'not-regular', detail: 'not a regular file' };
    const isLarge = stat.size > options.limit;
    if (isLarge && options.packedLimit !== undefined && startsArchive(headOf(fd))) return archive;
    if (stat.size > (options.packedLimit ?? options.limit))
      return options.packedLimit === undefined ? tooLarge(options.limit) : tooLarge(options.packedLimit, 'image-size');
    const embedded = isLarge ? loadPacked().findEmbedded((at, into) => readAt(fd, at, into)) : undefined;
    return embedded ?? readAll(fd, options, room, stat.size);
  } finally {
    closeSync(fd);
  }
}

function headOf(fd: number): Buffer {
  const head = Buffer.alloc(4096);
  return head.subarray(0, readAt(fd, 0, head));
}

/** Fills `into` from an offset of a regular file, as far as that goes. */
function readAt(fd: number, at: number, into: Uint8Array): number {
  let length = 0;
  for (let read = -1; read !== 0 && length < into.length; length += read) {
    read = readSync(fd, into, length, into.length - length, at + length);
  }
  return length;
}

function tooLarge(limit: number, raise?: keyof RaisedLimits): ReadError {
  const unpacked = raise === 'config-unpacked' ? ' unpacked' : '';
  return {
    error: 'too-large',
    detail: `more than ${limit} bytes${unpacked}`,
    ...(raise === undefined ? {} : { raise }),
  };
}

/**
 * Reads to the end; files in /proc say that their size is 0, so the end is where reading says it is. Beyond the limit of a text it goes
 * on only with what is none.
 */
function readAll(
  fd: number,
  { limit, packedLimit = limit, keep }: ReadOptions,
  room: (size: number, keep: boolean) => Buffer,
  expected: number,
): Buffer | ReadError {
  let buffer = room(Math.max(expected, 4095) + 1, keep || expected > limit);
  let length = 0;
  let most = limit;
  for (;;) {
    if (length === buffer.length) {
      const wider = room(buffer.length * 2, true);
      buffer.copy(wider, 0, 0, length);
      buffer = wider;
    }
    const read = readSome(fd, buffer, length, Math.min(buffer.length, most + 1));
    if (read === 0) return buffer.subarray(0, length);
    length += read;
    if (length <= most) continue;
    if (most < packedLimit && startsArchive(buffer.subarray(0, length))) return archive;
    if (packedLimit === limit) return tooLarge(limit);
    if (most === packedLimit) return tooLarge(packedLimit, 'image-size');
    if (buffer.subarray(0, headSize).indexOf(0) === -1) return tooLarge(limit, 'config-size');
    most = packedLimit;
  }
}

/** What is packed, and every image, has a NUL among so many bytes. */
const headSize = 1 << 16;

function readSome(fd: number, buffer: Buffer, at: number, end: number): number {
  for (;;) {
    try {
      return readSync(fd, buffer, at, end - at, null);
    } catch (error) {
      const { code } = error as { code?: string };
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN' && code !== 'EINTR') throw error;
      pause();
    }
  }
}

/** Longer answers are none. */
const longestAnswer = 4096;

function isTerminal(descriptor: number): boolean {
  return process.getBuiltinModule('node:tty').isatty(descriptor);
}

function askPerson(question: string, write: (text: string) => boolean): string | undefined {
  write(question);
  const buffer = Buffer.alloc(longestAnswer);
  let length = 0;
  while (length < longestAnswer) {
    const read = readSome(0, buffer, length, buffer.length);
    length += read;
    const end = buffer.subarray(0, length).indexOf(10);
    if (end !== -1) return buffer.toString('utf8', 0, end).replace(/\r$/, '');
    if (read === 0) return length === 0 ? undefined : buffer.toString('utf8', 0, length);
  }
  return undefined;
}

const archive: ReadError = { error: 'archive', detail: 'an archive' };

/** True for the first bytes of a tar archive, packed with gzip too, and of a Debian or RPM package; others are told apart later. */
function startsArchive(bytes: Buffer): boolean {
  const has = (at: number, text: string) => bytes.toString('latin1', at, at + text.length) === text;
  if (has(0, '!<arch>\n') || has(0, '\xed\xab\xee\xdb') || has(257, 'ustar')) return true;
  if (!isGzip(bytes)) return false;
  const { gunzipSync, constants: modes } = process.getBuiltinModule('node:zlib');
  try {
    // A flush in place of an end: the rest is not looked at.
    const head = gunzipSync(bytes.subarray(0, 4096), { finishFlush: modes.Z_SYNC_FLUSH });
    return head.toString('latin1', 257, 262) === 'ustar';
  } catch {
    return false;
  }
}

function isGzip(bytes: Buffer): boolean {
  return bytes.length >= 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function gunzip(bytes: Buffer, limit: number, isConfig: boolean): Buffer | ReadError {
  const zlib = process.getBuiltinModule('node:zlib');
  try {
    return zlib.gunzipSync(bytes, { maxOutputLength: limit });
  } catch (error) {
    const { code = '', message = '' } = error as { code?: string; message?: string };
    if (code === 'ERR_BUFFER_TOO_LARGE') return tooLarge(limit, isConfig ? 'config-unpacked' : undefined);
    return { error: 'bad-gzip', detail: message };
  }
}

/** Text of bytes that are not packed. */
export function decode(path: string, bytes: Buffer): SourceText {
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
export function createWriter(fd: number): { write: (text: string) => boolean; failure: () => string | undefined } {
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

function replaceFile(path: string, source: SourceText, text: string, followsLinks: boolean): string | undefined {
  return replaceBytes(path, encodeSource(source), encodeSource({ text, encoding: source.encoding }), followsLinks);
}

/** A temporary file beside the target takes the target's place when everything is on disk. */
function openOutput(path: string): OutputFile | string {
  const kind = kindOf(path, false);
  if (kind !== 'missing' && kind !== 'file') return 'what is there is not a regular file';
  let failure: string | undefined;
  const attempt = <T>(action: () => T): T | undefined => {
    if (failure !== undefined) return undefined;
    try {
      return action();
    } catch (error) {
      failure = whyNotWritten(error);
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
