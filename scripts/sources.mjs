/** Unpacks the C files and makefiles of Debian's kernel trees, for what only they tell: the parameters of the command line. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cache, getPackage, releases } from './trees.mjs';

export const serieses = Object.keys(releases).sort((a, b) => Number(a) - Number(b) || a.length - b.length);

const wanted = ['*.c', '*.h', '*/Makefile', '*/Makefile.*', '*/Kbuild', '*/Documentation/admin-guide/*'];
const unwanted = ['*/tools/*', '*/drivers/gpu/drm/amd/include/*'];

/** Where the sources of a series lie, or would. */
export function sourcesFolder(series) {
  return join(cache, '../sources', series);
}

/** The folder of the sources, unpacked once; about 1 GB each. */
export function getSources(series) {
  const folder = sourcesFolder(series);
  if (existsSync(folder)) return folder;
  const deb = getPackage(series, `linux-source-${series}`);
  const partial = `${folder}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  const quoted = (patterns) => patterns.map((pattern) => `'${pattern}'`).join(' ');
  const script =
    `dpkg-deb --fsys-tarfile "${deb}" | tar xO --wildcards './usr/src/linux-source-*.tar.xz' | ` +
    `tar xJ -C "${partial}" --strip-components=1 --wildcards ${unwanted.map((each) => `--exclude='${each}'`).join(' ')} ${quoted(wanted)}`;
  execFileSync('bash', ['-o', 'pipefail', '-c', script], { stdio: ['ignore', 'ignore', 'inherit'] });
  renameSync(partial, folder);
  return folder;
}
