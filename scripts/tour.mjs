/**
 * Walks through the first day of a user with the real tools, in a repository made for it, and writes what they print to docs/tour.md;
 * with --check it says whether the page is what they print today. Needs pre-commit, Neovim and git.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTally, installPackages } from './tally.mjs';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const page = join(root, 'docs/tour.md');
const check = process.argv.includes('--check');
const { expect, skip, end } = createTally();
const work = realpathSync(mkdtempSync(join(tmpdir(), 'kconfig-lint-tour-')));
const home = join(work, 'kernels');
const env = {
  ...process.env,
  PATH: `${join(work, 'bin')}:${process.env.PATH}`,
  PRE_COMMIT_HOME: join(work, 'pre-commit'),
  PRE_COMMIT_COLOR: 'never',
  NO_COLOR: '1',
  LC_ALL: 'C.UTF-8',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'You',
  GIT_AUTHOR_EMAIL: 'you@example.org',
  GIT_COMMITTER_NAME: 'You',
  GIT_COMMITTER_EMAIL: 'you@example.org',
  npm_config_prefer_offline: 'true',
};
delete env.NODE_EXTRA_CA_CERTS;
for (const name of Object.keys(env)) if (/^GIT_(?:DIR|WORK_TREE|INDEX_FILE)$/.test(name)) delete env[name];

const files = {
  Makefile: 'KERNEL_VERSION := 6.12\n',
  'configs/x86_64/guest.config':
    '# Our guests on Xen, on top of the defconfig.\nCONFIG_XEN=y\nCONFIG_XEN_PVH=y\nCONFIG_XEN_BALLOON_MEMORY_HOTPLUG=y\nCONFIG_PSI = y\n',
};

const has = (name) => spawnSync(name, ['--version'], { env }).status === 0;
installPackages(
  [
    ['pre-commit', 'pre-commit'],
    ['nvim', 'neovim'],
  ].flatMap(([command, name]) => (has(command) ? [] : [name])),
);
try {
  if (has('pre-commit') && has('nvim') && has('git')) walk();
  else skip('the tour, because pre-commit, Neovim or git is not here and cannot be installed');
} finally {
  rmSync(work, { recursive: true, force: true });
}
end();

/** Runs a line of the shell in the repository; gives what a person would see. */
function sh(line, more = {}) {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', line], {
    cwd: home,
    env: { ...env, ...more },
    encoding: 'utf8',
  });
  return { status, text: stdout + stderr };
}

/** A line of the shell and what it prints, as the page shows both. */
function shown(line, wanted, more) {
  const { status, text } = sh(line, more);
  expect(`${line} ends with ${wanted}`, status === wanted, text);
  const said = plain(text).trimEnd();
  return `\`\`\`console\n$ ${line}\n${said === '' ? '' : `${said}\n`}\`\`\`\n`;
}

/** Without what differs from machine to machine. */
function plain(text) {
  return text
    .replaceAll(work, '~')
    .replaceAll(root, '/opt/kconfig-lint')
    .replace(/^\[main(?: \(root-commit\))? [0-9a-f]{7,}\]/gm, (found) => found.replace(/[0-9a-f]{7,}/, '1a2b3c4'))
    .replace(/^(?:\[INFO\]|npm ).*\n/gm, '')
    .replace(/::(stop-commands::)?[0-9a-f]{16,}(::)?/g, (_, a = '', b = '') => `::${a}TOKEN${b}`)
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

function prepare() {
  mkdirSync(join(work, 'bin'), { recursive: true });
  writeFileSync(
    join(work, 'bin/kconfig-lint'),
    `#!/bin/sh\nexec '${process.execPath}' '${root}/dist/kconfig-lint.cjs' "$@"\n`,
  );
  chmodSync(join(work, 'bin/kconfig-lint'), 0o755);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(home, name)), { recursive: true });
    writeFileSync(join(home, name), text);
  }
  sh('git init --quiet --initial-branch=main');
  const commit = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: root, env, encoding: 'utf8' }).trim();
  writeFileSync(
    join(home, '.pre-commit-config.yaml'),
    `repos:\n  - repo: ${root}\n    rev: ${commit}\n    hooks:\n      - id: kconfig-lint\n`,
  );
}

function action() {
  const [output, summary] = ['output', 'summary'].map((name) => join(work, name));
  for (const path of [output, summary]) writeFileSync(path, '');
  const line = `node ${root}/dist/action.cjs`;
  const { status, text } = sh(line, {
    INPUT_FORMAT: 'text',
    INPUT_SUMMARY: 'true',
    INPUT_ANNOTATIONS: 'true',
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: summary,
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: home,
  });
  expect('the action is green', status === 0, text);
  const read = (path) => plain(readFileSync(path, 'utf8'));
  const code = /exit-code<<(\S+)\n(\d+)\n/.exec(read(output))?.[2] ?? /exit-code=(\d+)/.exec(read(output))?.[1];
  expect('and says so in its outputs', code === '0', read(output));
  return read(summary).trimEnd();
}

function walk() {
  prepare();
  const part = [];
  part.push(
    '# A first day\n',
    '<!-- Made by "node scripts/tour.mjs", which runs all of this with the real tools; do not edit. -->\n',
    `A repository holds one fragment for guests on Xen, and a Makefile that says which kernel it is for.\n`,
    shown('cat configs/x86_64/guest.config', 0),
    '## Say once which files are what\n',
    shown('kconfig-lint init --yes', 0),
    'From now on `kconfig-lint` alone does the whole job.\n',
    shown('kconfig-lint', 1),
    'One line never takes effect, because its dependency is off on this base; another is not what it looks like.\n',
    '## The same before every commit\n',
    'With the hook of [pre-commit](pre-commit.md) in `.pre-commit-config.yaml`:\n',
  );
  sh('git add -A; pre-commit install --install-hooks');
  part.push(
    shown('git commit --message "Add guests on Xen"', 1),
    '## What to do about it\n',
    shown('kconfig-lint fix --write configs/x86_64/guest.config', 0),
  );
  const spelled = sh('kconfig-lint --quiet');
  expect('what was wrong is mended', spelled.status === 0, spelled.text);
  part.push(shown('git add -A; git commit --message "Add guests on Xen"', 0));
  part.push(
    '## In the pull request\n',
    'The [action](github-action.md) is green, and its summary says for what:\n',
    `\`\`\`markdown\n${action()}\n\`\`\`\n`,
  );
  writeFileSync(
    join(home, 'configs/x86_64/guest.config'),
    `${readFileSync(join(home, 'configs/x86_64/guest.config'), 'utf8')}CONFIG_XEN_BLKDEV_FRONTEN=y\n`,
  );
  part.push(
    '## In the editor\n',
    'Somebody adds a disk and misspells it. Neovim with the [language server](language-server.md) shows:\n',
  );
  const seen = sh(`nvim --headless --clean -u NONE -c 'luafile ${root}/test/editors/tour.lua'`, {
    FILE: join(home, 'configs/x86_64/guest.config'),
    SERVER: join(root, 'dist/kconfig-lint.cjs'),
    NODE: process.execPath,
  });
  expect('the editor shows the misspelled symbol', /CONFIG_XEN_BLKDEV_FRONTEND/.test(seen.text), seen.text);
  part.push(`\`\`\`text\n${plain(seen.text).trim()}\n\`\`\`\n`);
  part.push(
    '## For a colleague\n',
    shown('kconfig-lint --format html > report.html', 1),
    shown("grep -o '<title>[^<]*</title>' report.html", 0),
    'One file, which asks for nothing from anywhere: it can be mailed, printed and read without a network.\n',
  );
  const text = part.join('\n');
  const old = existsSync(page) ? readFileSync(page, 'utf8') : '';
  if (check) expect('docs/tour.md is what the tools print', old === text, firstDifference(old, text));
  else writeFileSync(page, text);
}

function firstDifference(old, text) {
  const [a, b] = [old.split('\n'), text.split('\n')];
  const at = a.findIndex((line, i) => line !== b[i]);
  return `line ${at + 1}: ${JSON.stringify(a[at])} is now ${JSON.stringify(b[at])}; run "node scripts/tour.mjs"`;
}
