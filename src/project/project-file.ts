/** Finds the config of a project; apart from reading it, so that a run without one loads no YAML. */
import type { Host } from '../host.ts';

export const projectFileName = '.kconfig-lint.yaml';

/** Folders above the current one that are looked at. */
const mostLevels = 32;

/** The nearest project config from the current folder up to the one that holds `.git`; undefined where there is none. */
export function findProjectFile(host: Host): string | undefined {
  let folder = '';
  for (let level = 0; level < mostLevels; level++) {
    // A pipe in its place is told of when it is read: without the file other rules would hold.
    if (['file', 'other'].includes(host.pathKind(folder + projectFileName))) return folder + projectFileName;
    if (host.pathKind(`${folder}.git`) !== 'missing') return undefined;
    if (host.sameFile(folder === '' ? '.' : folder, `${folder}..`)) return undefined;
    folder += '../';
  }
  return undefined;
}
