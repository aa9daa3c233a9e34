/** Makes dist/ from src/ and rules/; with --check it only says whether dist/ is what it would make. */

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { build } from 'esbuild';
import { loadTs, root } from './load-ts.mjs';
import { billOf, noticesOf, packagesOf } from './materials.mjs';
import { loadCapabilities, loadParameters, loadRules } from './rules.mjs';

const check = process.argv.includes('--check');
const files = new Map();
const inputs = new Set();

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
    alias: { 'escalade/sync': join(root, 'scripts/no-search.mjs') },
    logLevel: 'error',
    ...options,
  });
  files.set(out, result.outputFiles[0].text);
  const [output] = Object.values(result.metafile.outputs);
  for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) if (bytesInOutput > 0) inputs.add(input);
}

async function exportsOf(entry) {
  const options = { bundle: true, write: false, metafile: true, format: 'esm', platform: 'node', logLevel: 'error' };
  const { metafile } = await build({ entryPoints: [join(root, entry)], ...options });
  return Object.values(metafile.outputs)[0].exports.toSorted();
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
  // What the declarations of the library name, and nothing else.
  const wanted = new Set(['api.d.ts']);
  for (const name of wanted) {
    const text = readFileSync(join(folder, 'types', name), 'utf8');
    files.set(`dist/types/${name}`, text);
    for (const [, path] of text.matchAll(/(?:from |import\()['"](\.[^'"]+)\.[jt]s['"]/g))
      wanted.add(`${join(dirname(name), path)}.d.ts`);
  }
  // The package is of modules, the bundle they describe is CommonJS.
  files.set('dist/types/package.json', '{ "type": "commonjs" }\n');
  await rm(folder, { recursive: true, force: true });
}

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const own = await loadTs('src/version.ts');
if (own.version !== version) throw new Error(`src/version.ts says ${own.version}, package.json ${version}`);

await bundle('src/cli/bin.ts', 'dist/kconfig-lint.cjs', {
  banner: { js: '#!/usr/bin/env node' },
  plugins: [runApart],
  // Node reads and compiles it faster when every character is one byte.
  charset: 'ascii',
  // Loaded with require: import() would first parse the bundle for its exports, which costs 25 ms.
  supported: { 'dynamic-import': false },
});
// The library lies in here too, for nearly all of it does anyway; index.cjs only names what is public.
const both = "export * from './src/cli/run.ts'; export * from './src/api.ts';";
await bundle('src/cli/run.ts', 'dist/run.cjs', {
  entryPoints: [],
  stdin: { contents: both, resolveDir: root, sourcefile: 'run-and-api.ts' },
  banner: { js: "const __url=require('node:url').pathToFileURL(__filename).href;" },
  define: { 'import.meta.url': '__url', 'import.meta.dirname': '__dirname' },
  plugins: [runApart],
  supported: { 'dynamic-import': false },
});
await bundle('src/lsp/start.ts', 'dist/lsp.cjs');
await bundle('src/cli/fleet.ts', 'dist/fleet.cjs', { charset: 'ascii' });
await bundle('src/cli/kernel.ts', 'dist/kernel.cjs', { charset: 'ascii' });
await bundle('src/action/main.ts', 'dist/action.cjs');
await bundle('src/cli/artifacts.ts', 'dist/artifacts.cjs', { charset: 'ascii' });
await bundle('src/cli/boot.ts', 'dist/boot.cjs', { charset: 'ascii' });
const names = (await exportsOf('src/api.ts')).join(', ');
files.set('dist/index.cjs', `const { ${names} } = require('./run.cjs');\nmodule.exports = { ${names} };\n`);
await declarations();
const library = await loadRules();
const { asciiJson, compileRules, compileTexts } = await loadTs('src/profiles/compiled.ts');
files.set('dist/rules.txt', compileRules(library));
files.set('dist/parameters.json', asciiJson(await loadParameters()));
files.set('dist/capabilities.json', asciiJson(await loadCapabilities()));
files.set('dist/texts.txt', compileTexts(library));
const packages = packagesOf(inputs);
files.set('dist/THIRD-PARTY-NOTICES.txt', noticesOf(packages));
files.set('dist/sbom.cdx.json', billOf(packages, JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))));

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
  const shown = [...files].filter(([path]) => !path.startsWith('dist/types/'));
  console.log(shown.map(([path, text]) => `${path} ${Buffer.byteLength(text)} bytes`).join('\n'));
}
