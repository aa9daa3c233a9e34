/** The watcher on Node: follows folders rather than files, so that a file which is replaced is still the file that is watched. */
import { type FSWatcher, watch as follow, readdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Exit, type Watcher } from './host.ts';
import { isConfigName } from './project/inputs.ts';

/** Milliseconds: after the last of a flurry of events; before a file counts as gone; between looks where events cannot be had. */
const settle = 80;
const patience = 400;
const interval = 1000;

export function createWatcher(): Watcher {
  let watchers: FSWatcher[] = [];
  let poll: NodeJS.Timeout | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isListening = false;
  const stop = () => {
    clearTimeout(timer);
    clearInterval(poll);
    for (const watcher of watchers) watcher.close();
    watchers = [];
    poll = undefined;
  };
  const end = (code: number) => () => {
    stop();
    process.exitCode = code;
  };
  return {
    stamp,
    watch: (paths, changed) => {
      stop();
      if (!isListening) {
        isListening = true;
        process.once('SIGINT', end(Exit.interrupted));
        process.once('SIGTERM', end(Exit.terminated));
      }
      const look = (isLate: boolean) => {
        try {
          if (changed(isLate)) timer = setTimeout(look, patience, true);
        } catch (error) {
          stop();
          throw error;
        }
      };
      const soon = () => {
        clearTimeout(timer);
        timer = setTimeout(look, settle, false);
      };
      try {
        for (const folder of foldersOf(paths)) {
          const watcher = follow(folder, soon);
          watcher.on('error', soon);
          watchers.push(watcher);
        }
      } catch {
        // Watches are few on some machines; to look now and then always works.
        poll = setInterval(soon, interval);
      }
      // What happened while the last run was on had nobody to notice it.
      soon();
    },
  };
}

function stamp(path: string): string {
  try {
    const stat = statSync(path, { bigint: true });
    if (!stat.isDirectory()) return `${stat.ino} ${stat.size} ${stat.mtimeNs}`;
    const entries = readdirSync(path, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory() || isConfigName(entry.name))
      .map(({ name }) => name)
      .sort()
      .join('/');
  } catch {
    return 'missing';
  }
}

/** Each path that is a folder, and the folders that the others are or may come to be in. */
function foldersOf(paths: readonly string[]): Set<string> {
  const folders = new Set<string>();
  for (const path of paths) {
    if (isFolder(path)) folders.add(path);
    let folder = dirname(path);
    while (!isFolder(folder) && dirname(folder) !== folder) folder = dirname(folder);
    folders.add(folder);
  }
  return folders;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
