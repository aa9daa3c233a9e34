/** The machine as a run in some folder would see it, although the language server runs elsewhere. */
import { resolve } from 'node:path';
import type { Host, KernelHost } from '../host.ts';

export interface FolderHost {
  readonly host: Host;
  readonly kernel: KernelHost;
}

export interface FolderInput {
  /** Absolute. */
  readonly folder: string;
  readonly host: Host;
  readonly kernel: KernelHost;
  /** Gets the absolute path of each file that is read or looked for. */
  readonly onRead?: (path: string) => void;
}

/** Paths that are not absolute are below `folder`; what is read keeps the path it was named by. */
export function hostIn({ folder, host, kernel, onRead }: FolderInput): FolderHost {
  const place = (path: string): string => resolve(folder, path);
  const note = (path: string): string => {
    const full = place(path);
    onRead?.(full);
    return full;
  };
  return {
    host: {
      ...host,
      readSource: (path, options) => {
        const full = note(path);
        const read = host.readSource(full, { ...options, keep: true });
        if ('error' in read) return read;
        return { path, encoding: read.encoding, codes: read.codes, text: read.text };
      },
      pathKind: (path) => host.pathKind(note(path)),
      linkKind: (path) => host.linkKind(place(path)),
      list: (path) => host.list(place(path)),
      absolute: place,
      realPath: (path) => host.realPath(place(path)),
      sameFile: (a, b) => host.sameFile(place(a), place(b)),
      write: () => true,
      writeError: () => undefined,
      ask: () => undefined,
      isTerminal: false,
    },
    kernel: {
      ...kernel,
      readModel: (path) => kernel.readModel(note(path)),
      openTree: (path) => kernel.openTree(place(path)),
      expectLongWork: () => undefined,
    },
  };
}
