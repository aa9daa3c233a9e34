/** A repository in memory: files by commit, and names for the commits. */
import type { GitEntry, GitHost } from '../../src/host.ts';
import { createSource } from '../../src/source.ts';
import { place } from './host.ts';

export function memoryGit(commits: Readonly<Record<string, Readonly<Record<string, string>>>>, root = place): GitHost {
  const objects = new Map<string, string>();
  return {
    root: () => root,
    commit: (ref) => (Object.hasOwn(commits, ref) ? ref : { error: 'no-ref', detail: '' }),
    files: (commit) =>
      new Map(
        Object.entries(commits[commit] ?? {}).map(([path, text]): [string, GitEntry] => {
          objects.set(`${commit}:${path}`, text);
          return [path, { kind: text.startsWith('-> ') ? 'link' : 'file', object: `${commit}:${path}` }];
        }),
      ),
    read: (path, object) => createSource(path, objects.get(object) ?? ''),
  };
}
