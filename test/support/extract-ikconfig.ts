/** The kernel's own script that finds the config of an image; tests against it skip loudly where no tree lies. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const cache = process.env['KCONFIG_LINT_TREES'] ?? join(homedir(), '.cache/kconfig-lint/trees');
const script = ['6.12', '7.2', '6.1', '7.3', '5.10']
  .map((tree) => join(cache, tree, 'scripts/extract-ikconfig'))
  .find(existsSync);

export const hasScript = script !== undefined;
if (!hasScript)
  console.warn(`SKIPPED: tests against scripts/extract-ikconfig, because no kernel tree lies in ${cache}`);

/** What the script prints for a file; undefined where it finds nothing. */
export function extractIkconfig(path: string): Buffer | undefined {
  const { status, stdout } = spawnSync('sh', [script as string, path], { maxBuffer: 64 << 20 });
  return status === 0 ? stdout : undefined;
}
