/** What can be wrong with an archive, a package or a container image, in words. */

export type ArchiveFaultCode =
  | 'bad-archive'
  | 'bad-compression'
  | 'bad-digest'
  | 'bad-json'
  | 'duplicate-entry'
  | 'link-loop'
  | 'link-outside'
  | 'missing'
  | 'no-image'
  | 'not-a-file'
  | 'sparse-file'
  | 'too-large'
  | 'too-many-entries'
  | 'truncated'
  | 'unreadable'
  | 'unsafe-path'
  | 'unsupported';

export interface ArchiveFault {
  readonly fault: ArchiveFaultCode;
  /** One clause, such as `the archive is cut off in usr/lib/a`. */
  readonly message: string;
  /** What to do about it. */
  readonly help: string;
  /** The file within the archive that it is about. */
  readonly path?: string;
}

const helps: Readonly<Record<ArchiveFaultCode, string>> = {
  'bad-archive': 'fetch or build it again',
  'bad-compression': 'fetch or build it again',
  'bad-digest': 'fetch or build it again; nothing of it can be trusted',
  'bad-json': 'fetch or build it again',
  'duplicate-entry': 'build it again, with each file once',
  'link-loop': 'let the link lead to a file',
  'link-outside': 'put the file itself there',
  missing: 'check what the archive holds',
  'no-image': 'name a container image with file system layers',
  'not-a-file': 'put a regular file there',
  'sparse-file': 'pack it without --sparse',
  'too-large': 'unpack it yourself and name the file',
  'too-many-entries': 'name an archive that holds the kernel alone',
  truncated: 'fetch it again; nothing of it was checked',
  unreadable: 'check who may read it',
  'unsafe-path': 'do not unpack this archive anywhere: it was made to write outside',
  unsupported: 'pack it with GNU tar, dpkg-deb, rpmbuild or a container builder of today',
};

/** Completes a fault; without `help` the usual advice for its code. */
export function fault(code: ArchiveFaultCode, message: string, path?: string, help = helps[code]): ArchiveFault {
  return { fault: code, message, help, ...(path === undefined ? {} : { path }) };
}

export function isFault(value: unknown): value is ArchiveFault {
  return typeof value === 'object' && value !== null && 'fault' in value;
}
