/** Writes every generated file of the repository; with --check it only says which are stale, and fails if any is. */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { generateAction } from './generate-action.mjs';
import { generatePage } from './generate-page.mjs';
import { generateScan } from './generate-scan.mjs';
import { generateSchemas } from './generate-schemas.mjs';
import { generateSymbolIndex } from './generate-symbol-index.mjs';
import { root } from './load-ts.mjs';

const check = process.argv.includes('--check');
const stale = [];

async function emit(path, text) {
  const file = join(root, path);
  const old = await readFile(file, 'utf8').catch(() => undefined);
  if (old === text) return;
  stale.push(path);
  if (check) return;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

/** Removes files of a generated folder that no longer belong there. */
async function prune(folder, keep) {
  const names = await readdir(join(root, folder)).catch(() => []);
  for (const name of names) {
    const path = `${folder}/${name}`;
    if (keep.has(path)) continue;
    stale.push(`${path} (superfluous)`);
    if (!check) await rm(join(root, path));
  }
}

await emitAll(await generateSchemas());
await generateSymbolIndex(check, stale);
await emitAll(generateScan());
await emitAll(generatePage());
await emitAll(await generateAction());
// What follows is made by the program itself, so its validators must be there first.
const { generateMan } = await import('./generate-man.mjs');
await emitAll(await generateMan());
const { generateDocs } = await import('./generate-docs.mjs').catch((error) => {
  if (error.code === 'ERR_MODULE_NOT_FOUND') return { generateDocs: async () => new Map() };
  throw error;
});
const docs = await generateDocs();
await emitAll(docs);
if (docs.size > 0) await prune('docs/rules', new Set(docs.keys()));

async function emitAll(files) {
  for (const [path, text] of files) await emit(path, text);
}

if (stale.length === 0) console.log('generated files are up to date');
else if (check) {
  console.error(`stale: ${stale.map((path) => relative(root, join(root, path))).join(', ')}\nrun "npm run generate"`);
  process.exitCode = 1;
} else console.log(`wrote ${stale.join(', ')}`);
