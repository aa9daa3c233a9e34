/** Installs the tools that look at what is shipped, once for each version of their lock file; nothing else needs them. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { root } from './load-ts.mjs';
import { cache } from './trees.mjs';

const source = join(root, 'scripts/shipping-tools');

/** The folder of the installed tools; undefined where they cannot be had here. */
export function installTools() {
  const lock = readFileSync(join(source, 'package-lock.json'));
  const folder = join(cache, `shipping-tools-${createHash('sha256').update(lock).digest('hex').slice(0, 16)}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const partial = mkdtempSync(join(cache, 'shipping-tools-partial-'));
  for (const name of ['package.json', 'package-lock.json']) cpSync(join(source, name), join(partial, name));
  const env = { ...process.env };
  delete env.NODE_EXTRA_CA_CERTS;
  const args = ['ci', '--ignore-scripts', '--omit=optional', '--no-audit', '--no-fund'];
  const { status, stderr } = spawnSync('npm', args, { cwd: partial, env, encoding: 'utf8' });
  if (status === 0) {
    for (const name of readdirSync(cache).filter((each) => /^shipping-tools-[0-9a-f]{16}$/.test(each)))
      rmSync(join(cache, name), { recursive: true, force: true });
    renameSync(partial, folder);
    return folder;
  }
  rmSync(partial, { recursive: true, force: true });
  console.log(stderr);
  return undefined;
}

/** What the code exports that imports from the tools. Bundled first: some of them import JSON in a way that Node has given up. */
export async function loadTool(folder, code) {
  const file = join(folder, `loaded-${createHash('sha256').update(code).digest('hex').slice(0, 16)}.cjs`);
  const stdin = { contents: code, resolveDir: folder };
  await build({ stdin, bundle: true, format: 'cjs', platform: 'node', outfile: file, logLevel: 'error' });
  return createRequire(file)(file);
}

/** Node of a major version, from the tools; undefined where that one does not run here. */
export function nodeBinary(folder, major) {
  const binary = join(folder, `node_modules/node${major}/bin/node`);
  return spawnSync(binary, ['--version']).status === 0 ? binary : undefined;
}

/** npm, to be run by any Node. */
export function npmScript() {
  const found = spawnSync('npm', ['root', '--global'], { encoding: 'utf8' }).stdout.trim();
  const script = join(found, 'npm/bin/npm-cli.js');
  return existsSync(script) ? script : join(dirname(process.execPath), '../lib/node_modules/npm/bin/npm-cli.js');
}
