/** Models and kernel trees on Node. */
import * as fs from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { brotliCompressSync, brotliDecompressSync, constants, crc32 } from 'node:zlib';
import type { KernelHost, KernelTree, ReadError, ReadErrorCode } from './host.ts';
import { startReplacing, whyNotWritten } from './node-replace.ts';

/** Bytes that a model may have, packed and unfolded; the shipped ones have 0.3 and 1.3 MB. */
export const modelLimits = { packed: 16 << 20, unpacked: 64 << 20 } as const;
/** Bytes that an unpacked model fits into: room that is made once and not put together of pieces. */
const usualSize = 2 << 20;
/** Bytes that one file of a tree may have; the largest in a kernel has 0.1 MB. */
export const treeFileLimit = 4 << 20;

/** `models` is the folder of the models that ship with the program. */
export function createKernelHost(models: string): KernelHost {
  return {
    shippedModels: () => {
      try {
        return fs
          .readdirSync(models)
          .filter((name) => name.endsWith('.kmodel'))
          .map((name) => name.slice(0, -'.kmodel'.length))
          .sort();
      } catch {
        return [];
      }
    },
    readShippedModel: (name) => readModel(join(models, `${name}.kmodel`)),
    readSymbolIndex: () => readIndex(join(models, 'symbols.index')),
    readParameterIndex: () => readIndex(join(models, 'parameters.index')),
    expectLongWork: () => setFlagsFromString('--opt'),
    checksum: (bytes) => crc32(bytes),
    readModel,
    writeModel,
    openTree,
    env: process.env,
  };
}

function errorOf(error: unknown): ReadError {
  const { code = '', message = String(error) } = error as { code?: string; message?: string };
  const known: Readonly<Record<string, ReadErrorCode>> = {
    ENOENT: 'missing',
    ENOTDIR: 'missing',
    EACCES: 'denied',
    EPERM: 'denied',
    EISDIR: 'folder',
  };
  return { error: known[code] ?? 'io', detail: code || message };
}

function readModel(path: string): Uint8Array | ReadError {
  try {
    const stat = fs.statSync(path);
    if (stat.isDirectory()) return { error: 'folder', detail: 'EISDIR' };
    if (!stat.isFile()) return { error: 'not-regular', detail: 'not a regular file' };
    if (stat.size > modelLimits.packed) return { error: 'too-large', detail: `more than ${modelLimits.packed} bytes` };
    const packed = fs.readFileSync(path);
    if (packed.subarray(0, 13).toString('latin1') === 'kconfig-model') return packed;
    return brotliDecompressSync(packed, { maxOutputLength: modelLimits.unpacked, chunkSize: usualSize });
  } catch (error) {
    const { code = '' } = error as { code?: string };
    if (code.startsWith('ERR_') || code.startsWith('Z_')) return { error: 'io', detail: 'not a model' };
    return errorOf(error);
  }
}

function writeModel(path: string, bytes: Uint8Array): string | undefined {
  try {
    const packed = brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 9,
        [constants.BROTLI_PARAM_LGWIN]: 22,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    });
    const replacement = startReplacing(path);
    replacement.write(packed);
    replacement.commit();
    return undefined;
  } catch (error) {
    return whyNotWritten(error);
  }
}

function openTree(folder: string): KernelTree | ReadError {
  let root: string;
  try {
    root = fs.realpathSync(folder);
    if (!fs.statSync(root).isDirectory()) return { error: 'not-regular', detail: 'not a folder' };
  } catch (error) {
    return errorOf(error);
  }
  const folders = new Map<string, string | undefined>();
  let unread: string | undefined;
  /** What is not there is no fault: trees lack files that others have. */
  const note = (path: string, thrown: unknown): undefined => {
    const { error, detail } = errorOf(thrown);
    if (error !== 'missing') unread ??= `${path} (${detail})`;
  };
  /** The real path of a folder of the tree, undefined where it lies elsewhere. */
  const realFolder = (path: string): string | undefined => {
    if (folders.has(path)) return folders.get(path);
    let real: string | undefined;
    try {
      real = fs.realpathSync(join(root, path));
      if (real !== root && !real.startsWith(root + sep)) real = undefined;
    } catch (error) {
      real = note(path, error);
    }
    folders.set(path, real);
    return real;
  };
  const realFile = (path: string): string | undefined => {
    const parent = realFolder(dirname(path));
    if (parent === undefined) return undefined;
    const full = join(root, path);
    try {
      if (!fs.lstatSync(full).isSymbolicLink()) return full;
      const real = fs.realpathSync(full);
      return real.startsWith(root + sep) ? real : undefined;
    } catch (error) {
      return note(path, error);
    }
  };
  return {
    unread: () => unread,
    read: (path) => {
      const file = realFile(path);
      if (file === undefined) return undefined;
      try {
        const stat = fs.statSync(file);
        return stat.isFile() && stat.size <= treeFileLimit ? fs.readFileSync(file, 'utf8') : undefined;
      } catch (error) {
        return note(path, error);
      }
    },
    match: (pattern) => matchIn(root, pattern, note),
    shell: (command, environment) => {
      // Loaded where it is needed: it takes as long as all the rest of this program.
      const { spawnSync } = process.getBuiltinModule('node:child_process');
      const result = spawnSync('/bin/sh', ['-c', command], {
        cwd: root,
        env: { ...process.env, ...environment },
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
        timeout: 60_000,
        maxBuffer: 1 << 20,
      });
      return result.stdout ?? '';
    },
  };
}

/** Matches part by part, so that only folders on the way are listed. */
function matchIn(root: string, pattern: string, note: (path: string, error: unknown) => undefined): string[] {
  let found = [''];
  for (const part of pattern.split('/')) {
    const rule = new RegExp(
      `^${part
        .replace(/[.+^${}()|[\]\\]/g, '\\$&')
        .replaceAll('*', '[^/]*')
        .replaceAll('?', '[^/]')}$`,
    );
    const next: string[] = [];
    for (const folder of found) {
      if (!/[*?]/.test(part)) {
        if (fs.existsSync(join(root, folder, part))) next.push(join(folder, part));
        continue;
      }
      try {
        for (const name of fs.readdirSync(join(root, folder))) {
          if (rule.test(name) && !name.startsWith('.')) next.push(join(folder, name));
        }
      } catch (error) {
        // In what is no folder nothing matches.
        note(folder, error);
      }
    }
    found = next;
  }
  return found.sort();
}

function readIndex(path: string): string {
  const read = readModel(path);
  return 'error' in read ? '' : Buffer.from(read).toString('latin1');
}
