/**
 * Results of earlier runs on disk: files that are written once, each with a table of what it holds and a seal over that table. What the
 * seal of this user does not cover was written by somebody else, or is damaged, and counts as absent.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import {
  closeSync,
  fchmodSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** Something kept: where its bytes lie, their digest, and what must hold for it to be of use. */
interface Entry {
  readonly at: number;
  readonly length: number;
  readonly digest: string;
}

interface Table {
  readonly entries: readonly (readonly [key: string, at: number, length: number, digest: string])[];
  /** What must hold for any of them to be of use. */
  readonly looks: unknown;
}

export interface StoredSegment {
  readonly looks: unknown;
  readonly keys: readonly string[];
  /** Undefined for what is not there, or not whole. The bytes are good until the next call. */
  readonly read: (key: string) => Buffer | undefined;
  readonly close: () => void;
}

/** A file of results in the making; nothing of it is found before `commit`. Once something cannot be written, nothing more is. */
export interface NewSegment {
  readonly add: (key: string, bytes: Uint8Array) => void;
  readonly commit: (looks: unknown) => void;
  readonly abandon: () => void;
  readonly failure: () => string | undefined;
}

export interface ResultStore {
  /** Results for one way of judging, newest first. */
  readonly segments: (context: string) => readonly StoredSegment[];
  readonly create: (context: string) => NewSegment;
  /** Takes out what is oldest, until all fits. */
  readonly tidy: () => void;
}

/** Bytes that a cache may take, and that one run may add to it. */
const storeLimit = Number(process.env['KCONFIG_LINT_CACHE_SIZE'] ?? 512) * 2 ** 20;
const suffix = '.results';
const sealLength = 64;
/** The length of the table in hexadecimal, and the seal. */
const tailLength = 16 + sealLength;
/** A run that left a file half written is long over. */
const staleAfter = 86_400_000;

/** The user's own folder for caches; undefined where there is none. */
export function userCacheFolder(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const named = env['XDG_CACHE_HOME'];
  if (named !== undefined && isAbsolute(named)) return join(named, 'kconfig-lint');
  const home = homedir();
  return isAbsolute(home) && home !== '/' ? join(home, '.cache', 'kconfig-lint') : undefined;
}

/** Why there is no cache is said in words. */
export function openResultStore(
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
  limit = storeLimit,
): ResultStore | string {
  const results = join(folder, 'results');
  try {
    mkdirSync(results, { recursive: true, mode: 0o700 });
  } catch (error) {
    return (error as Error).message;
  }
  const secret = secretOf(env);
  if (typeof secret === 'string') return secret;
  const sealOf = (context: string, table: Buffer): Buffer =>
    Buffer.from(createHmac('sha256', secret).update(context).update('\n').update(table).digest('hex'));
  return {
    segments: (context) =>
      filesIn(results, `${context}-`).flatMap(({ path }) => openSegment(path, (table) => sealOf(context, table)) ?? []),
    create: (context) => createSegment(results, context, (table) => sealOf(context, table), limit / 2),
    tidy: () => tidy(results, limit),
  };
}

/** What seals are made with: never in a folder that came with a checkout. */
function secretOf(env: Readonly<Record<string, string | undefined>>): Buffer | string {
  const given = env['KCONFIG_LINT_CACHE_KEY'];
  if (given !== undefined && given !== '') return createHash('sha256').update(given).digest();
  const own = userCacheFolder(env);
  if (own === undefined) return 'there is no home folder for its key; KCONFIG_LINT_CACHE_KEY can name one';
  const path = join(own, 'cache.key');
  try {
    mkdirSync(own, { recursive: true, mode: 0o700 });
    try {
      const fd = openSync(path, 'wx', 0o600);
      writeSync(fd, randomBytes(32));
      closeSync(fd);
    } catch (error) {
      if ((error as { code?: string }).code !== 'EEXIST') throw error;
    }
    const { uid, mode } = statSync(path);
    if (process.getuid !== undefined && (uid !== process.getuid() || (mode & 0o022) !== 0))
      return `${path} belongs to or can be written by others`;
    const secret = readFileSync(path);
    if (secret.length === 32) return secret;
    rmSync(path, { force: true });
    return `${path} was damaged; the next run makes it anew`;
  } catch (error) {
    return (error as Error).message;
  }
}

interface Found {
  readonly path: string;
  readonly size: number;
  readonly time: number;
}

/** Files whose name starts so, newest first. */
function filesIn(folder: string, start: string): readonly Found[] {
  const found: Found[] = [];
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(start) || !name.endsWith(suffix)) continue;
    const stat = statSync(join(folder, name), { throwIfNoEntry: false });
    if (stat?.isFile()) found.push({ path: join(folder, name), size: stat.size, time: stat.mtimeMs });
  }
  return found.sort((a, b) => b.time - a.time);
}

function openSegment(path: string, sealOf: (table: Buffer) => Buffer): StoredSegment | undefined {
  let fd: number | undefined;
  try {
    fd = openSync(path, 'r');
    const open = fd;
    const { size } = fstatSync(open);
    const tail = readAt(open, size - tailLength, tailLength);
    const length = Number.parseInt(tail.toString('latin1', 0, 16), 16);
    if (!(length >= 0 && length <= size - tailLength)) throw new Error('no table');
    const table = readAt(open, size - tailLength - length, length);
    if (!timingSafeEqual(sealOf(table), tail.subarray(16))) throw new Error('another seal');
    const { entries, looks } = JSON.parse(table.toString()) as Table;
    const byKey = new Map<string, Entry>(entries.map(([key, at, length, digest]) => [key, { at, length, digest }]));
    return {
      looks,
      keys: [...byKey.keys()],
      read: (key) => readEntry(open, byKey.get(key)),
      close: () => {
        closeSync(open);
        quietly(() => utimesSync(path, new Date(), new Date()));
      },
    };
  } catch {
    if (fd !== undefined) closeSync(fd);
    return undefined;
  }
}

/** One piece of memory for all that is read: thousands of pieces would keep the collector busy. */
let room = Buffer.alloc(0);

function readEntry(fd: number, entry: Entry | undefined): Buffer | undefined {
  if (entry === undefined) return undefined;
  try {
    if (room.length < entry.length) room = Buffer.allocUnsafeSlow(entry.length * 2);
    const bytes = readAt(fd, entry.at, entry.length, room.subarray(0, entry.length));
    return createHash('sha256').update(bytes).digest('hex') === entry.digest ? bytes : undefined;
  } catch {
    return undefined;
  }
}

/** Throws where there are fewer bytes. */
function readAt(fd: number, at: number, length: number, bytes = Buffer.allocUnsafe(Math.max(0, length))): Buffer {
  if (at < 0) throw new Error('too short');
  for (let done = 0; done < length; ) {
    const read = readSync(fd, bytes, done, length - done, at + done);
    if (read === 0) throw new Error('too short');
    done += read;
  }
  return bytes;
}

function createSegment(folder: string, context: string, sealOf: (table: Buffer) => Buffer, most: number): NewSegment {
  const name = `${context}-${Date.now().toString(36)}${randomBytes(6).toString('hex')}`;
  const temporary = join(folder, `.${name}.tmp`);
  const entries: [string, number, number, string][] = [];
  let fd: number | undefined;
  let at = 0;
  let failure: string | undefined;
  const abandon = () => {
    if (fd !== undefined) quietly(() => closeSync(fd as number));
    fd = undefined;
    quietly(() => rmSync(temporary, { force: true }));
  };
  const attempt = (action: () => void) => {
    if (failure !== undefined) return;
    try {
      action();
    } catch (error) {
      failure = (error as Error).message;
      abandon();
    }
  };
  const write = (bytes: Uint8Array) => {
    if (fd === undefined) {
      fd = openSync(temporary, 'wx', 0o600);
      fchmodSync(fd, 0o600);
    }
    for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
    at += bytes.length;
  };
  return {
    failure: () => failure,
    abandon,
    add: (key, bytes) =>
      attempt(() => {
        if (at + bytes.length > most) return;
        entries.push([key, at, bytes.length, createHash('sha256').update(bytes).digest('hex')]);
        write(bytes);
      }),
    commit: (looks) =>
      attempt(() => {
        if (entries.length === 0) return abandon();
        const table = Buffer.from(JSON.stringify({ entries, looks } satisfies Table));
        write(table);
        write(Buffer.from(table.length.toString(16).padStart(16, '0')));
        write(sealOf(table));
        closeSync(fd as number);
        fd = undefined;
        renameSync(temporary, join(folder, name + suffix));
      }),
  };
}

function tidy(folder: string, limit: number): void {
  quietly(() => {
    let left = limit;
    for (const { path, size } of filesIn(folder, '')) {
      left -= size;
      if (left < 0) rmSync(path, { force: true });
    }
    for (const name of readdirSync(folder)) {
      const stat = name.endsWith('.tmp') ? statSync(join(folder, name), { throwIfNoEntry: false }) : undefined;
      if (stat !== undefined && Date.now() - stat.mtimeMs > staleAfter) rmSync(join(folder, name), { force: true });
    }
  });
}

function quietly(action: () => void): void {
  try {
    action();
  } catch {
    // A cache that cannot be kept in order is still right.
  }
}
