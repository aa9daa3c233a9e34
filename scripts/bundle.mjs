/** Makes dist/ from src/ and rules/; with --check it only says whether dist/ is what it would make. */

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { build } from 'esbuild';
import { loadTs, root } from './load-ts.mjs';
import { loadCapabilities, loadParameters, loadRules } from './rules.mjs';

const check = process.argv.includes('--check');
const files = new Map();
const licences = new Map();

/** The rest of the program stays outside the entry, to be read only when it is needed. */
const runApart = {
  name: 'run-apart',
  setup(b) {
    b.onResolve({ filter: /^\.\/(?:run|kernel|boot)\.ts$|\/lsp\/start\.ts$/ }, ({ kind, path }) =>
      kind === 'dynamic-import'
        ? { path: path.replace(/^.*lsp\/start/, './lsp').replace(/ts$/, 'cjs'), external: true }
        : undefined,
    );
  },
};

async function bundle(entry, out, options = {}) {
  const result = await build({
    entryPoints: [join(root, entry)],
    absWorkingDir: root,
    bundle: true,
    write: false,
    metafile: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20.19',
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    define: { 'import.meta.url': '__url' },
    logLevel: 'error',
    ...options,
  });
  files.set(out, result.outputFiles[0].text);
  for (const input of Object.keys(result.metafile.inputs)) collectLicence(input);
}

function collectLicence(input) {
  const folder = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
  if (folder === undefined || licences.has(folder)) return;
  const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  const file = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'license', 'License', 'LICENCE'].find((f) =>
    existsSync(join(root, folder, f)),
  );
  const text = file === undefined ? '' : readFileSync(join(root, folder, file), 'utf8').trim();
  licences.set(folder, `${name} ${version} (${license})\n\n${text}\n`);
}

/** Types of the library, one file a module. */
async function declarations() {
  const folder = await mkdtemp(join(tmpdir(), 'kconfig-lint-types-'));
  const config = join(folder, 'tsconfig.json');
  const compilerOptions = {
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    rewriteRelativeImportExtensions: true,
    rootDir: join(root, 'src'),
    outDir: join(folder, 'types'),
    types: ['node'],
    typeRoots: [join(root, 'node_modules/@types')],
  };
  await writeFile(
    config,
    JSON.stringify({
      extends: join(root, 'tsconfig.json'),
      compilerOptions,
      include: [],
      files: [join(root, 'src/api.ts')],
    }),
  );
  execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', config], { cwd: root, stdio: 'inherit' });
  for (const name of await readdir(join(folder, 'types'), { recursive: true })) {
    if (name.endsWith('.d.ts')) files.set(`dist/types/${name}`, readFileSync(join(folder, 'types', name), 'utf8'));
  }
  await rm(folder, { recursive: true, force: true });
}

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const own = await loadTs('src/cli/version.ts');
if (own.version !== version) throw new Error(`src/cli/version.ts says ${own.version}, package.json ${version}`);

await bundle('src/cli/bin.ts', 'dist/kconfig-lint.cjs', {
  banner: { js: '#!/usr/bin/env node' },
  plugins: [runApart],
  // Node reads and compiles it faster when every character is one byte.
  charset: 'ascii',
  // Loaded with require: import() would first parse the bundle for its exports, which costs 25 ms.
  supported: { 'dynamic-import': false },
});
await bundle('src/cli/run.ts', 'dist/run.cjs', {
  banner: { js: "const __url=require('node:url').pathToFileURL(__filename).href;" },
  define: { 'import.meta.url': '__url', 'import.meta.dirname': '__dirname' },
  plugins: [runApart],
  supported: { 'dynamic-import': false },
});
await bundle('src/lsp/start.ts', 'dist/lsp.cjs');
await bundle('src/cli/kernel.ts', 'dist/kernel.cjs', { charset: 'ascii' });
await bundle('src/cli/boot.ts', 'dist/boot.cjs', { charset: 'ascii' });
await bundle('src/api.ts', 'dist/index.cjs');
await declarations();
const library = await loadRules();
const { compileRules, compileTexts } = await loadTs('src/profiles/compiled.ts');
// Kept in ASCII, which is read without decoding.
const ascii = (text) => text.replace(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
files.set('dist/rules.txt', ascii(compileRules(library)));
files.set('dist/parameters.json', ascii(JSON.stringify(await loadParameters())));
files.set('dist/capabilities.json', ascii(JSON.stringify(await loadCapabilities())));
files.set('dist/texts.txt', ascii(compileTexts(library)));
files.set(
  'dist/THIRD-PARTY-NOTICES.txt',
  [...licences.keys()]
    .sort()
    .map((key) => licences.get(key))
    .join(`\n${'-'.repeat(72)}\n\n`),
);

const present = existsSync(join(root, 'dist'))
  ? (await readdir(join(root, 'dist'), { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)))
  : [];
const stale = [...files.keys()].filter(
  (path) => !existsSync(join(root, path)) || readFileSync(join(root, path), 'utf8') !== files.get(path),
);
const extra = present.filter((path) => !files.has(path));
if (check) {
  if (stale.length + extra.length > 0) {
    console.error(`dist is stale (${[...stale, ...extra].join(', ')}); run "npm run bundle" and commit it`);
    process.exitCode = 1;
  } else console.log('dist is up to date');
} else {
  for (const path of extra) await rm(join(root, path), { recursive: true });
  for (const [path, text] of files) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  await chmod(join(root, 'dist/kconfig-lint.cjs'), 0o755);
  const shown = [...files].filter(([path]) => !path.endsWith('.d.ts'));
  console.log(shown.map(([path, text]) => `${path} ${Buffer.byteLength(text)} bytes`).join('\n'));
}
