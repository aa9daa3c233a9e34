/** Archives and container images made on the spot, and the tools of others that make or read them. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import type { ArchiveFault } from '../../src/artifacts/archive/fault.ts';
import { isFault } from '../../src/artifacts/archive/fault.ts';
import type { Interest } from '../../src/artifacts/archive/index.ts';
import { type FileView, filesOf, readFile } from '../../src/artifacts/archive/view.ts';
import { createArchiveHost } from '../../src/node-archive-host.ts';
import { type OpenedFiles, openFiles, type UnpackWhole } from '../../src/project/open-files.ts';
import type { Files } from './tars.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder that is gone after the tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kconfig-lint-test-'));
  folders.push(folder);
  return folder;
}

/** Writes files into a folder. */
export function writeFiles(folder: string, files: Files): string {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** True where a tool is there; where it is not, says so once and loudly. */
export function hasTool(name: string): boolean {
  const found = spawnSync('which', [name]).status === 0;
  if (!found) console.warn(`SKIPPED: tests that need ${name}, which is not installed`);
  return found;
}

export function run(tool: string, args: readonly string[], options: { cwd?: string; input?: Uint8Array } = {}): Buffer {
  return execFileSync(tool, args as string[], { stdio: ['pipe', 'pipe', 'pipe'], maxBuffer: 1 << 28, ...options });
}

export * from './tars.ts';

export const interest: Interest = { headSize: 64, classify: () => undefined, isLikely: () => false };

const noUnpacker: UnpackWhole = () => undefined;

/** Opens a path, which has to work. */
export function opened(path: string, unpackWhole: UnpackWhole = noUnpacker): OpenedFiles {
  const files = openFiles(path, { host: createArchiveHost(), unpackWhole }, interest);
  if (files === undefined || isFault(files)) throw new Error(files?.message ?? 'it holds no files');
  return files;
}

/** The first file system in it, which has to be sound. */
export function viewIn(path: string, unpackWhole?: UnpackWhole): FileView {
  const view = opened(path, unpackWhole).places[0]?.open();
  if (view === undefined || isFault(view)) throw new Error(view?.message);
  return view;
}

/** What is wrong with what a path holds. */
export function faultIn(path: string, unpackWhole: UnpackWhole = noUnpacker): ArchiveFault {
  const files = openFiles(path, { host: createArchiveHost(), unpackWhole }, interest);
  const found = files !== undefined && !isFault(files) ? files.places[0]?.open() : files;
  if (found === undefined || !isFault(found)) throw new Error('nothing is wrong');
  return found;
}

export function pathsIn(view: FileView): string[] {
  return [...filesOf(view)];
}

/** A file as text; what is wrong with it behind an exclamation mark. */
export function textIn(view: FileView, path: string): string {
  const read = readFile(view, path, 1 << 20);
  return isFault(read) ? `! ${read.message}` : Buffer.from(read).toString();
}
