/**
 * Watches what the program does to the machine: no command runs, no socket opens, nothing is opened outside what it was given, and
 * no spelling of $(shell,…) in a foreign kernel tree fires. Needs strace, which is installed where that can be done.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './load-ts.mjs';
import { installPackages } from './tally.mjs';

const has = () => spawnSync('strace', ['-V']).status === 0;
installPackages(has() ? [] : ['strace']);
const probe = has() ? spawnSync('strace', ['-qq', '-e', 'trace=execve', '/bin/true'], { encoding: 'utf8' }) : undefined;
if (probe === undefined || probe.status !== 0) {
  console.error(
    `SKIPPED: the audit of system calls, because strace ${probe ? `cannot trace here (${probe.stderr.trim().slice(0, 100)})` : 'is not there'}`,
  );
  console.log('0 passed, 0 failed, 1 skipped');
  process.exit();
}

const work = realpathSync(mkdtempSync(join(tmpdir(), 'kconfig-lint-audit-')));
const cli = join(root, 'dist/kconfig-lint.cjs');
const real = join(root, 'fixtures/real/linux-x86_64-6.12.config');
const fragment = 'CONFIG_XEN=y\nCONFIG_XEN_BALLOON_MEMORY_HOTPLUG=y\n';

/** What Node and the loader read on their own. */
const usual = [
  /^\/(?:lib|lib64|usr\/lib|usr\/local\/lib|usr\/lib64)\//,
  /^\/etc\/(?:localtime|timezone)$|^\/usr\/share\/zoneinfo\//,
  /^\/etc\/ld\.so\.(?:cache|preload)$/,
  /^\/(?:etc|usr\/lib|usr\/local)\/ssl\//,
  /^\/proc\/(?:self|meminfo|stat|cpuinfo|cgroups|version_signature|sys\/vm\/overcommit_memory)/,
  /^\/sys\/(?:fs\/cgroup|devices\/system\/cpu)/,
  /^\/dev\/(?:null|urandom|tty|pts\/)/,
  new RegExp(`^${realpathSync(process.execPath).replace(/[/.]/g, '\\$&')}$`),
];

const spellings = () => {
  const calls = [
    '$(shell,touch PWNED)',
    '$(shell, touch PWNED )',
    '$(shell,touch  PWNED;)',
    '$(shell,sh -c "touch PWNED")',
    '$(shell,echo y && touch PWNED)',
    '$(sh$(empty)ell,touch PWNED)',
    '$($(name),touch PWNED)',
    '$(run)',
    '$(run2)',
    '$(run3)',
    '$(call-it,touch PWNED)',
    '$(success,touch PWNED)',
    '$(failure,touch PWNED)',
    '$(if-success,touch PWNED,y,n)',
    '$(cc-option,-x; touch PWNED)',
    '$(shell,touch$(space)PWNED)',
    '$(shell,`touch PWNED`)',
    '$(shell,$$(touch PWNED))',
    "$(shell,: '' ; touch PWNED)",
    '$(shell,touch PWNED #)',
    '$(info,$(shell,touch PWNED))',
    '$(warning-if,n,$(shell,touch PWNED))',
    '$(error-if,n,$(shell,touch PWNED))',
    '$(filename)$(shell,touch PWNED)',
    '$(lineno)$(shell,touch PWNED)',
  ];
  const places = [
    (call) => `config S\n\tstring "s"\n\tdefault "${call.replaceAll('"', '\\"')}"\n`,
    (call) => `immediate := ${call}\nconfig S\n\tbool "$(immediate)"\n`,
  ];
  return calls.flatMap((call) => places.map((place) => place(call)));
};
const head =
  'empty :=\nspace := $(empty) $(empty)\nname := shell\nrun = $(shell,touch PWNED)\nrun2 := $(shell,touch PWNED)\nrun3 = $(run)\ncall-it = $(shell,$(1))\n' +
  'success = $(if-success,$(1),y,n)\nfailure = $(if-success,$(1),n,y)\nif-success = $(shell,{ $(1); } >/dev/null 2>&1 && echo "$(2)" || echo "$(3)")\ncc-option = $(success,$(CC) -Werror $(1))\n';

const cases = [
  ['check, every profile', ['real.config', '--profile', 'all']],
  [
    'check, machine formats into files',
    ['real.config', '-p', 'kubernetes-node', '-f', 'json', '-o', 'sarif=out.sarif'],
  ],
  ['check --fix', ['--fix', 'fragment.config', '--kernel', '6.12', '--arch', 'x86_64', '--base', 'defconfig']],
  ['fix', ['fix', 'fragment.config', '--kernel', '6.12', '--arch', 'x86_64', '--base', 'defconfig']],
  ['diff', ['diff', 'real.config', 'fragment.config']],
  ['matrix', ['matrix', 'real.config', '-p', 'all']],
  ['stack', ['stack', 'fragment.config', '--kernel', '6.12', '--arch', 'x86_64', '--base', 'none']],
  ['upgrade', ['upgrade', 'real.config', '--to', '7.2']],
  [
    'resolve',
    ['resolve', 'fragment.config', '--kernel', '6.12', '--arch', 'x86_64', '--base', 'none', '-o', 'resolved'],
  ],
  ['explain', ['explain', 'CONFIG_XEN']],
  ['profiles', ['profiles', 'conflicts', 'lxc', 'hardening-extra']],
  ['rules lint', ['rules', 'lint', 'own.yaml']],
  ['a folder with a link out of it', ['folder']],
  ['hostile trees, model build', ['model', 'build', '--tree', 'tree', '--arch', 'x86_64', '-o', 'tree.kmodel']],
  [
    'hostile trees, resolve',
    ['resolve', 'fragment.config', '--tree', 'tree', '--arch', 'x86_64', '--base', 'none', '-o', 'resolved'],
  ],
  ['hostile trees, check', ['fragment.config', '--tree', 'tree', '--arch', 'x86_64', '--kernel', '6.12']],
];

let passed = 0;
let failed = 0;
writeFileSync(join(work, 'real.config'), readFileSync(real));
writeFileSync(
  join(work, 'own.yaml'),
  'title: A\ndescription: D.\nrequirements:\n  A:\n    require: { NET: y }\n    reason: R.\n    references: [https://example.org/]\n',
);
mkdirSync(join(work, 'folder'));
writeFileSync(join(work, 'folder/a.config'), fragment);
spawnSync('ln', ['-s', '/etc/passwd', join(work, 'folder/passwd.config')]);

for (const [name, args] of cases) {
  const trees = name.startsWith('hostile') ? spellings() : [''];
  const wrong = [];
  for (const text of trees) {
    writeFileSync(join(work, 'fragment.config'), fragment);
    if (text !== '') {
      rmSync(join(work, 'tree'), { recursive: true, force: true });
      mkdirSync(join(work, 'tree/arch/x86'), { recursive: true });
      writeFileSync(join(work, 'tree/Makefile'), 'VERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 0\nEXTRAVERSION =\n');
      writeFileSync(join(work, 'tree/Kconfig'), head + text);
    }
    wrong.push(
      ...traced(args).map((fault) =>
        text === ''
          ? fault
          : `${fault} by ${JSON.stringify(text.split('\n').find((line) => /touch|run|name/.test(line)))}`,
      ),
    );
    for (const place of ['', 'tree', 'folder'])
      if (existsSync(join(work, place, 'PWNED'))) wrong.push(`a command of the tree ran: ${text}`);
  }
  if (wrong.length === 0) passed++;
  else failed++;
  console.log(`${wrong.length === 0 ? '✔' : '✖'} ${name}${trees.length > 1 ? `, ${trees.length} spellings` : ''}`);
  for (const each of [...new Set(wrong)].slice(0, 10)) console.log(`  ${each}`);
}
if (existsSync(join(root, 'PWNED'))) failed++;
rmSync(work, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

/** Runs the program under strace and says what it should not have done. */
function traced(args) {
  const log = join(work, 'strace.log');
  const env = { ...process.env };
  delete env.NODE_EXTRA_CA_CERTS;
  const calls =
    'execve,execveat,socket,connect,bind,sendto,open,openat,creat,unlink,unlinkat,rename,renameat,renameat2,mkdir,mkdirat,link,symlink';
  const { status, stderr } = spawnSync(
    'strace',
    ['-f', '-qq', '-s', '400', '-e', `trace=${calls}`, '-o', log, process.execPath, cli, ...args],
    { cwd: work, env, encoding: 'utf8' },
  );
  const wrong = [0, 1, 2, 3].includes(status) ? [] : [`it ended with ${status}: ${stderr.slice(0, 200)}`];
  let commands = 0;
  for (const line of readFileSync(log, 'utf8').split('\n')) {
    const [, call = '', rest = ''] = /^\d+\s+(?:<\.\.\. )?(\w+)(?: resumed>)?(.*)$/.exec(line) ?? [];
    if (/^execve/.test(call) && ++commands > 1) wrong.push(`it runs ${rest.slice(0, 120)}`);
    if (/^(?:socket|connect|bind|sendto)$/.test(call)) wrong.push(`it opens a socket: ${call}${rest.slice(0, 80)}`);
    if (!/^(?:open|openat|creat|unlink|unlinkat|rename|renameat|renameat2|mkdir|mkdirat|link|symlink)$/.test(call))
      continue;
    for (const [, path] of rest.matchAll(/"((?:[^"\\]|\\.)*)"/g)) {
      const full = path.startsWith('/') ? path : join(work, path);
      const isInside = full === work || full.startsWith(`${work}/`);
      const writes = call !== 'openat' && call !== 'open' ? true : /O_WRONLY|O_RDWR|O_CREAT/.test(rest);
      if (writes && !isInside && !/^\/dev\//.test(full)) wrong.push(`it writes ${full}`);
      else if (!isInside && !full.startsWith(root) && !usual.some((pattern) => pattern.test(full)))
        wrong.push(`it opens ${full}`);
    }
  }
  return wrong;
}
