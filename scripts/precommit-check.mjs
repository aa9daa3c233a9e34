/** Runs the hooks of .pre-commit-hooks.yaml with the real pre-commit, from a commit of this tree, in repositories made for it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTally, installPackages } from './tally.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { expect, skip, end } = createTally();
const folder = mkdtempSync(join(tmpdir(), 'kconfig-lint-pre-commit-'));
const env = {
  ...process.env,
  PRE_COMMIT_HOME: join(folder, 'cache'),
  PRE_COMMIT_COLOR: 'never',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'Test',
  GIT_AUTHOR_EMAIL: 'test@example.org',
  GIT_COMMITTER_NAME: 'Test',
  GIT_COMMITTER_EMAIL: 'test@example.org',
  // Old releases of pre-commit install development dependencies too; what npm has at hand will do.
  npm_config_prefer_offline: 'true',
};
delete env.NODE_EXTRA_CA_CERTS;
for (const name of Object.keys(env)) if (/^GIT_(?:DIR|WORK_TREE|INDEX_FILE)$/.test(name)) delete env[name];

const good = '# CONFIG_XEN is not set\nCONFIG_PSI=y\n';
const bad = 'CONFIG_PSI = y\n';

const isThere = () => spawnSync('pre-commit', ['--version']).status === 0;
installPackages(isThere() ? [] : ['pre-commit']);
if (isThere()) {
  try {
    check();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
} else skip('pre-commit is not here and cannot be installed (apt-get install pre-commit)');
end();

function run(cwd, command, ...args) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: 'utf8' });
  return { status, text: stdout + stderr };
}

function git(cwd, ...args) {
  return execFileSync('git', args, { cwd, env, encoding: 'utf8' }).trim();
}

/** A repository with these files, all of them staged. */
function repository(name, files) {
  const place = join(folder, name);
  mkdirSync(place, { recursive: true });
  git(place, 'init', '--quiet', '--initial-branch=main');
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(place, path)), { recursive: true });
    writeFileSync(join(place, path), text);
  }
  git(place, 'add', '--all');
  return place;
}

/** This tree as it is, committed: what a user's `rev` would name. */
function committedTree() {
  const place = repository('hooks', {});
  const names = git(root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate').split('\0');
  for (const name of new Set(names)) {
    if (name === '' || spawnSync('test', ['-f', join(root, name)]).status !== 0) continue;
    cpSync(join(root, name), join(place, name));
  }
  git(place, 'add', '--all');
  git(place, 'commit', '--quiet', '--message', 'State');
  return place;
}

function check() {
  console.log(run(folder, 'pre-commit', '--version').text.trim());
  const valid = run(root, 'pre-commit', 'validate-manifest', '.pre-commit-hooks.yaml');
  expect('.pre-commit-hooks.yaml is valid', valid.status === 0, valid.text);
  for (const page of ['README.md', 'docs/pre-commit.md']) {
    const [, shown = ''] = /```yaml\n(repos:[\s\S]*?)```/.exec(readFileSync(join(root, page), 'utf8')) ?? [];
    writeFileSync(join(folder, 'shown.yaml'), shown);
    const { status, text } = run(folder, 'pre-commit', 'validate-config', 'shown.yaml');
    expect(`the config that ${page} shows is valid`, shown !== '' && status === 0, text);
  }
  const hooks = committedTree();
  installByNpm(hooks);
  tryRepo(hooks);
  commits(hooks);
  names(hooks);
}

/** What pre-commit does from 4.6.1 on: npm takes the repository itself, without development dependencies and without a network. */
function installByNpm(hooks) {
  const prefix = join(folder, 'npm');
  const args = ['install', '--global', '--prefix', prefix, '--install-links', '--offline', `git+file://${hooks}`];
  const began = Date.now();
  const { status, text } = run(folder, 'npm', ...args);
  const seconds = Math.round((Date.now() - began) / 1000);
  const { text: profiles } = run(folder, join(prefix, 'bin/kconfig-lint'), 'profiles');
  expect(
    'npm installs it from git, without a network',
    status === 0 && profiles.includes('krata-zone'),
    text + profiles,
  );
  // Some two seconds on a quiet machine.
  expect(`in seconds (${seconds})`, seconds < 60);
}

/** `pre-commit try-repo`, hook by hook. */
function tryRepo(hooks) {
  const place = repository('tried', { 'configs/good.config': good, 'web.config': '<configuration/>\n' });
  const attempt = (id) => run(place, 'pre-commit', 'try-repo', hooks, id, '--all-files', '--verbose');
  const clean = attempt('kconfig-lint');
  expect('a clean config passes', clean.status === 0 && clean.text.includes('Passed'), clean.text);
  writeFileSync(join(place, 'configs/bad.config'), bad);
  git(place, 'add', '--all');
  const failed = attempt('kconfig-lint');
  expect('a bad config fails', failed.status === 1 && failed.text.includes('Failed'), failed.text);
  expect('the finding is shown', failed.text.includes('space-around-equals'), failed.text);
  expect('the finding has its place', failed.text.includes('configs/bad.config:1'), failed.text);
  const fixed = attempt('kconfig-lint-fix');
  const text = readFileSync(join(place, 'configs/bad.config'), 'utf8');
  expect('fix fails once, for it changed the file', fixed.status === 1 && /modified/.test(fixed.text), fixed.text);
  expect('fix fixes', text === 'CONFIG_PSI=y\n', text);
}

/** A config of pre-commit that names this tree's commit; its environment is installed once. */
function configOf(hooks, ...lines) {
  const rev = git(hooks, 'rev-parse', 'HEAD');
  return `repos:\n  - repo: ${hooks}\n    rev: ${rev}\n    hooks:\n${lines.map((line) => `      ${line}\n`).join('')}`;
}

/** Real commits, with options and a project config of the repository's own. */
function commits(hooks) {
  const options = '[--profile=xen-guest, --kernel=6.12, --arch=x86_64, --fail-on=warning]';
  const place = repository('committed', {
    '.pre-commit-config.yaml': configOf(hooks, '- id: kconfig-lint', `  args: ${options}`),
    '.kconfig-lint.yaml': 'extra-symbols: [OUR_PATCH]\n',
    'board.config': '# CONFIG_XEN_BLKDEV_FRONTEND is not set\nCONFIG_OUR_PATCH=y\n',
  });
  const installed = run(place, 'pre-commit', 'install');
  expect('pre-commit installs its git hook', installed.status === 0, installed.text);
  const commit = () => run(place, 'git', 'commit', '--message', 'Board');
  const blocked = commit();
  expect('a commit that breaks the platform is blocked', blocked.status !== 0, blocked.text);
  expect('it says what to write', blocked.text.includes('CONFIG_XEN_BLKDEV_FRONTEND=y'), blocked.text);
  expect("the repository's .kconfig-lint.yaml holds", !blocked.text.includes('CONFIG_OUR_PATCH'), blocked.text);
  writeFileSync(join(place, '.kconfig-lint.yaml'), 'extra-symbols: []\n');
  git(place, 'add', '--all');
  const strict = commit();
  expect('without its line the symbol is found', strict.text.includes('CONFIG_OUR_PATCH'), strict.text);
  writeFileSync(join(place, 'board.config'), 'CONFIG_XEN_BLKDEV_FRONTEND=y\n');
  git(place, 'add', '--all');
  const passed = commit();
  expect('the mended commit goes through', passed.status === 0, passed.text);
}

/** What people name configs, and what else has such names. */
function names(hooks) {
  const configs = [
    '.config',
    'kernel.config',
    'configs/x86_64/zone.config',
    'config-6.1.0-13-amd64',
    'boot/config-arm64',
    'kernel/linux-config-6.12-x86_64',
    'arch/arm64/configs/defconfig',
    'arch/x86/configs/board_defconfig',
    'virt.fragment',
    'meta-board/recipes-kernel/linux/files/vsock.cfg',
  ];
  const others = ['web.config', 'Site.exe.config', 'theme.cfg', 'config-loader.ts', 'config-map.yaml', 'x.config.js'];
  const place = repository('names', {
    ...Object.fromEntries([...configs, ...others].map((path) => [path, bad])),
    'kconfig/rules/own.yaml': 'title: Own\nrequirements: {}\n',
    'other.yaml': 'a: b\n',
    '.pre-commit-config.yaml': configOf(hooks, '- id: kconfig-lint', '- id: kconfig-lint-rules'),
  });
  git(place, 'add', '--all');
  const { status, text } = run(place, 'pre-commit', 'run', '--all-files');
  const missed = configs.filter((path) => !text.includes(` ${path}:1:`));
  expect(
    'all that people name configs is checked',
    status === 1 && missed.length === 0,
    `${missed.join(', ')}\n${text}`,
  );
  const touched = others.filter((path) => text.includes(path));
  expect('what only looks like it is left alone', touched.length === 0, `${touched.join(', ')}\n${text}`);
  expect('a faulty profile fails, with its place', text.includes('\nkconfig/rules/own.yaml:1:'), text);
  expect('other YAML is left alone', !text.includes('other.yaml'), text);
}
