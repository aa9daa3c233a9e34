/** Puts new bytes in the place of a file: whoever looks finds the old ones or the new ones, whatever fails on the way. */
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** A temporary file beside its target. Everything throws what the file system says, and then nothing is left of it. */
export interface Replacement {
  readonly write: (bytes: Uint8Array) => void;
  /** Gives the new file mode and owner of another one. */
  readonly own: (mode: number, uid: number, gid: number) => void;
  /** Takes the place of the target once all is on disk; `isStill` is asked right before. */
  readonly commit: (isStill?: () => boolean) => void;
  /** Leaves the target as it is. Never throws. */
  readonly abandon: () => void;
}

/** Said of a target that somebody else changed meanwhile. */
export const changedMeanwhile = 'it is packed, or was changed since it was read';

/** What the file system said, in words that hold no name of a temporary file. */
export function whyNotWritten(error: unknown): string {
  const { code = '', message = String(error) } = error as { code?: string; message?: string };
  const known: Readonly<Record<string, string>> = {
    ENOENT: 'the folder is not there',
    ENOTDIR: 'a part of its path is no folder',
    EACCES: 'permission denied',
    EPERM: 'it is not permitted',
    EROFS: 'the file system is read-only',
    ENOSPC: 'the disk is full',
    EDQUOT: 'the quota is used up',
    ENAMETOOLONG: 'its name is too long',
    ERR_INVALID_ARG_VALUE: 'no file can have this name',
  };
  const words = known[code];
  return words !== undefined ? `${words} (${code})` : code === '' ? message : message.replace(/ '.*$/s, '');
}

/** Throws where no file can be made beside the target. */
export function startReplacing(path: string, mode = 0o666): Replacement {
  const { temporary, fd } = openBeside(path, mode);
  let isOpen = true;
  const close = (): void => {
    if (!isOpen) return;
    // Whatever close says, the descriptor is gone.
    isOpen = false;
    closeSync(fd);
  };
  const quietly = (action: () => void): void => {
    try {
      action();
    } catch {
      // What led here is told; this is not.
    }
  };
  const abandon = (): void => {
    quietly(close);
    quietly(() => rmSync(temporary, { force: true }));
  };
  const orAbandon = (action: () => void): void => {
    try {
      action();
    } catch (error) {
      abandon();
      throw error;
    }
  };
  return {
    write: (bytes) =>
      orAbandon(() => {
        // A write may take less than it is given.
        for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
      }),
    own: (to, uid, gid) =>
      orAbandon(() => {
        fchmodSync(fd, to & 0o7777);
        const now = fstatSync(fd);
        if (now.uid !== uid || now.gid !== gid) fchownSync(fd, uid, gid);
      }),
    commit: (isStill = () => true) => {
      orAbandon(() => {
        fsyncSync(fd);
        close();
        if (!isStill()) throw new Error(changedMeanwhile);
        renameSync(temporary, path);
      });
      // The new name should outlive a power cut too; where a folder cannot be synced that is no failure.
      quietly(() => syncFolder(dirname(path)));
    },
    abandon,
  };
}

let made = 0;

function openBeside(path: string, mode: number): { temporary: string; fd: number } {
  for (;;) {
    const temporary = join(dirname(path), `.${basename(path).slice(0, 60)}.${process.pid}-${made++}.kconfig-lint.tmp`);
    try {
      return { temporary, fd: openSync(temporary, 'wx', mode) };
    } catch (error) {
      // Left by a killed process that had the same number; the next name is free.
      if ((error as { code?: string }).code !== 'EEXIST') throw error;
    }
  }
}

function syncFolder(folder: string): void {
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Replaces `before` by `after`, with mode and owner kept; undefined where all is in place, else why it is not. */
export function replaceBytes(
  path: string,
  before: Uint8Array,
  after: Uint8Array,
  followsLinks: boolean,
): string | undefined {
  try {
    // Whoever put the link there chose the file that would be changed.
    if (!followsLinks && lstatSync(path).isSymbolicLink())
      return `it is a symbolic link to ${readlinkSync(path)}; name that, or say --follow-symlinks`;
    const real = realpathSync(path);
    const { mode, uid, gid, nlink, ino, size, mtimeMs } = statSync(real);
    if (nlink > 1) return `it has ${nlink} names (hard links), and the others would keep the old text`;
    if ((mode & 0o222) === 0) return 'it is read-only';
    if (!readFileSync(real).equals(before)) return changedMeanwhile;
    const replacement = startReplacing(real, 0o600);
    replacement.write(after);
    replacement.own(mode, uid, gid);
    replacement.commit(() => {
      const now = statSync(real);
      return now.ino === ino && now.size === size && now.mtimeMs === mtimeMs;
    });
    return undefined;
  } catch (error) {
    return whyNotWritten(error);
  }
}
