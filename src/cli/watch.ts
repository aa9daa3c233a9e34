/** `--watch`: runs again whenever something that the last run looked at is not what it was. */
import { Exit, type ExitCode, type Host, hostWith, type Watcher } from '../host.ts';
import { hasGlob } from '../project/inputs.ts';
import { findProjectFile } from '../project/project-file.ts';
import { plural } from '../reporters/reporter.ts';
import type { RawOptions } from './options.ts';
import { reportUsage } from './usage.ts';

/** Erases the screen and what was scrolled off it. */
const clearScreen = '\u001b[2J\u001b[3J\u001b[H';

/** Gives the exit code of the first run; `watcher` decides how the process ends. */
export function runWatch(
  raw: RawOptions,
  host: Host,
  watcher: Watcher | undefined,
  runOnce: (host: Host) => ExitCode,
): ExitCode {
  if (watcher === undefined || raw.files.includes('-')) {
    const message = watcher === undefined ? 'nothing can be watched here' : 'standard input cannot be watched';
    return reportUsage([{ message, help: 'name files or folders with --watch' }], raw, host);
  }
  let seen: ReadonlyMap<string, string> = new Map();
  const runAgain = (): ExitCode => {
    const looked = new Map<string, string>();
    const own = recording(host, watcher, looked);
    const code = runOnce(own);
    // Where it has none, a project config may yet come to be.
    findProjectFile(own);
    for (const pattern of raw.files.filter(hasGlob)) note(folderOf(pattern), watcher, looked);
    seen = looked;
    return code;
  };
  const listen = () => {
    // A reader that is gone, or a full disk, will not come back.
    if (host.outputFailure() !== undefined) return;
    host.writeError(`Watching ${plural(seen.size, 'path')}; Ctrl-C ends it.\n`);
    watcher.watch([...seen.keys()], (isLate) => {
      const changed = [...seen].filter(([path, stamp]) => watcher.stamp(path) !== stamp);
      if (changed.length === 0) return false;
      // Editors replace a file in two steps; between them it is not there.
      const isGone = changed.some(([path, stamp]) => stamp !== 'missing' && watcher.stamp(path) === 'missing');
      if (isGone && !isLate) return true;
      if (host.isTerminal && host.env['TERM'] !== 'dumb') host.write(clearScreen);
      runAgain();
      listen();
      return false;
    });
  };
  const code = runAgain();
  if (code === Exit.usage) return code;
  listen();
  return code;
}

/** A host that notes whatever is looked at, with its state at that moment. */
function recording(host: Host, watcher: Watcher, looked: Map<string, string>): Host {
  return hostWith(host, {
    readSource: (path, options) => {
      note(path, watcher, looked);
      return host.readSource(path, options);
    },
    pathKind: (path) => {
      const kind = host.pathKind(path);
      // A folder matters where it is listed.
      if (kind !== 'folder') note(path, watcher, looked);
      return kind;
    },
    list: (folder) => {
      note(folder, watcher, looked);
      return host.list(folder);
    },
  });
}

function note(path: string, watcher: Watcher, looked: Map<string, string>): void {
  if (path !== '-' && !looked.has(path)) looked.set(path, watcher.stamp(path));
}

/** The folder that a pattern starts in. */
function folderOf(pattern: string): string {
  const fixed = /^[^*?[\]{}!@+()]*/.exec(pattern)?.[0] ?? '';
  return fixed.slice(0, fixed.lastIndexOf('/') + 1).replace(/(?<=.)\/$/, '') || '.';
}
