/** A host that reads nothing outside of one folder: for what a repository's own file names. */
import { type Host, hostWith, type ReadError } from '../host.ts';

const outside: ReadError = { error: 'denied', detail: 'it lies outside of the repository' };

/** True where the path, its links followed, lies in the folder; also where nothing is there. */
export function liesIn(folder: string, path: string, host: Host): boolean {
  const real = host.realPath(path);
  const root = host.realPath(folder);
  if (real === undefined) return true;
  return root !== undefined && (real === root || real.startsWith(root.endsWith('/') ? root : `${root}/`));
}

export function confine(host: Host, folder: string): Host {
  const inside = (path: string): boolean => liesIn(folder, path, host);
  return hostWith(host, {
    readSource: (path, options) => (inside(path) ? host.readSource(path, options) : outside),
    pathKind: (path) => (inside(path) ? host.pathKind(path) : 'missing'),
    linkKind: (path) => (inside(path) ? host.linkKind(path) : 'missing'),
    list: (path) => (inside(path) ? host.list(path) : undefined),
  });
}
