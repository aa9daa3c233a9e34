/** Imports a TypeScript module of this repository in a script: bundles it in memory-sized pieces and loads the result. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

export const root = new URL('..', import.meta.url).pathname;

export async function loadTs(entry) {
  const result = await build({
    entryPoints: [join(root, entry)],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    // Modules of one folder find the same files from where they stand as the bundle does.
    define: { 'import.meta.url': JSON.stringify(pathToFileURL(join(root, entry)).href) },
    logLevel: 'error',
  });
  const folder = await mkdtemp(join(tmpdir(), 'kconfig-lint-'));
  try {
    const file = join(folder, 'module.mjs');
    await writeFile(file, result.outputFiles[0].contents);
    return await import(pathToFileURL(file).href);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
