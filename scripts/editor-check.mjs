/**
 * Holds the language server against real editors: Debian's Neovim of this release and of the next one (which has `vim.lsp.start`), headless.
 * What cannot be had on this machine is skipped, and said to be. The last line is "N passed, N failed[, N skipped]".
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './load-ts.mjs';
import { installPackages } from './tally.mjs';
import { cache, mirrors } from './trees.mjs';

const limit = 120_000;

/** The path of the machine's own Neovim, installed where that is allowed; undefined where it cannot be had. */
function ownNeovim() {
  const find = () => spawnSync('nvim', ['--version'], { encoding: 'utf8' });
  if (find().status === 0) return { name: versionOf(find().stdout), command: ['nvim'], env: {} };
  installPackages(['neovim']);
  return find().status === 0 ? { name: versionOf(find().stdout), command: ['nvim'], env: {} } : undefined;
}

const versionOf = (text) => text.split('\n')[0];

/** Neovim of another suite with all it needs, unpacked beside the system and run by its own loader; undefined where it cannot be had. */
function newerNeovim(suite) {
  const folder = join(cache, '..', 'editors', suite);
  const system = join(folder, 'system');
  if (!existsSync(join(folder, 'done')) && !unpack(suite, folder, system)) return undefined;
  const libraries = ['usr/lib/x86_64-linux-gnu', 'lib/x86_64-linux-gnu', 'usr/lib'].map((path) => join(system, path));
  const loader = [
    'lib64/ld-linux-x86-64.so.2',
    'usr/lib64/ld-linux-x86-64.so.2',
    'usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2',
  ]
    .map((path) => join(system, path))
    .find((path) => existsSync(path));
  if (loader === undefined) return undefined;
  const command = [loader, '--library-path', libraries.join(':'), join(system, 'usr/bin/nvim')];
  const env = { VIM: join(system, 'usr/share/nvim'), VIMRUNTIME: join(system, 'usr/share/nvim/runtime') };
  const [program, ...args] = command;
  const { status, stdout } = spawnSync(program, [...args, '--version'], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return status === 0 ? { name: versionOf(stdout), command, env } : undefined;
}

function unpack(suite, folder, system) {
  const mirror = mirrors().main;
  if (mirror === undefined || process.arch !== 'x64' || spawnSync('apt-get', ['--version']).status !== 0) return false;
  rmSync(folder, { recursive: true, force: true });
  for (const each of ['lists/partial', 'cache/archives/partial', 'etc', 'system'])
    mkdirSync(join(folder, each), { recursive: true });
  writeFileSync(join(folder, 'status'), '');
  writeFileSync(join(folder, 'sources.list'), `deb [trusted=yes] ${mirror} ${suite} main\n`);
  const settings = [
    `Dir::State::Lists "${folder}/lists"`,
    `Dir::State::status "${folder}/status"`,
    `Dir::Cache "${folder}/cache"`,
    `Dir::Etc::sourcelist "${folder}/sources.list"`,
    'Dir::Etc::sourceparts "-"',
    'APT::Sandbox::User ""',
  ];
  writeFileSync(join(folder, 'apt.conf'), settings.map((line) => `${line};\n`).join(''));
  const env = { ...process.env, APT_CONFIG: join(folder, 'apt.conf'), LC_ALL: 'C' };
  spawnSync('apt-get', ['update'], { env, stdio: 'ignore' });
  const wanted = ['install', '--download-only', '--no-install-recommends', '-y', 'neovim'];
  if (spawnSync('apt-get', wanted, { env, stdio: 'ignore' }).status !== 0) return false;
  for (const deb of readdirSync(join(folder, 'cache/archives')).filter((name) => name.endsWith('.deb')))
    execFileSync('dpkg-deb', ['-x', join(folder, 'cache/archives', deb), system]);
  rmSync(join(folder, 'cache'), { recursive: true, force: true });
  rmSync(join(folder, 'lists'), { recursive: true, force: true });
  writeFileSync(join(folder, 'done'), '');
  return true;
}

/** The fragment that the docs use, with a fault in it that an editor shows. */
function prepareFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'kconfig-lint-editor-'));
  mkdirSync(join(folder, '.git'));
  const fragment = readFileSync(join(root, 'fixtures/fragments/krata-zone.config'), 'utf8');
  const lines = fragment.split('\n').filter((line) => line.startsWith('CONFIG_') && !line.startsWith('CONFIG_XEN='));
  writeFileSync(join(folder, 'zone.config'), ['CONFIG_XEN=y', 'CONFIG_PSI = y', ...lines, ''].join('\n'));
  return folder;
}

let passed = 0;
let failed = 0;
let skipped = 0;

/** Runs a script of test/editors in an editor; with a text as its init file where one is given. */
function run({ command: [program, ...args], env }, script, init) {
  const folder = prepareFolder();
  const setup = join(folder, 'init.lua');
  if (init !== undefined) writeFileSync(setup, init);
  writeFileSync(
    join(folder, 'kconfig-lint'),
    `#!/bin/sh\nexec '${process.execPath}' '${join(root, 'dist/kconfig-lint.cjs')}' "$@"\n`,
    { mode: 0o755 },
  );
  const words = ['--headless', '-u', init === undefined ? 'NONE' : setup, '-i', 'NONE', '-n'];
  writeFileSync(join(folder, 'off.config'), '# CONFIG_XEN is not set\n');
  if (init !== undefined) words.push(join(folder, 'off.config'));
  const result = spawnSync(program, [...args, ...words, '-c', `luafile ${join(root, 'test/editors', script)}`], {
    encoding: 'utf8',
    timeout: limit,
    cwd: folder,
    env: {
      ...process.env,
      ...env,
      PATH: `${folder}:${process.env.PATH}`,
      FOLDER: folder,
      NODE: process.execPath,
      SERVER: join(root, 'dist/kconfig-lint.cjs'),
      XDG_STATE_HOME: join(folder, 'state'),
      XDG_CACHE_HOME: join(folder, 'cache'),
    },
  });
  const output = `${result.stdout ?? ''}${result.stderr ?? ''}`.replaceAll('\r', '');
  console.log(output.trimEnd());
  const counted = /^(\d+) passed, (\d+) failed$/m.exec(output);
  passed += Number(counted?.[1] ?? 0);
  failed += counted === null ? 1 : Number(counted[2]);
  if (counted !== null && result.status !== 0 && Number(counted[2]) === 0) failed++;
  rmSync(folder, { recursive: true, force: true });
}

/** The setup that the docs print for the editor. */
function documentedSetup() {
  const page = readFileSync(join(root, 'docs/language-server.md'), 'utf8');
  const found = /<!-- tested: neovim -->\s*```lua\n([\s\S]*?)```/.exec(page)?.[1];
  if (found === undefined) throw new Error('docs/language-server.md holds no tested setup for Neovim');
  return found;
}

const editors = [
  ['Neovim of this machine', ownNeovim],
  ['Neovim of Debian trixie', () => newerNeovim('trixie')],
];
for (const [what, get] of editors) {
  const editor = get();
  if (editor === undefined) {
    skipped++;
    console.log(`SKIPPED: ${what}: it is not here, and apt could not get it`);
    continue;
  }
  console.log(`-- ${editor.name}`);
  run(editor, 'neovim.lua');
  // Older ones have no vim.lsp.start.
  if (!/v0\.[0-7]\./.test(editor.name)) run(editor, 'neovim-docs.lua', documentedSetup());
}
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 ? 1 : 0;
