/**
 * Holds our verdicts on real configs against those of peers, row by row, and the kernels that distributions ship against the
 * profiles they serve. A sample of configs, or all with --full, which also writes test/peers/results.json and docs/peers.md.
 * Prints every difference that no explanation fits. What cannot run on this machine is skipped and says so. KCONFIG_LINT_CORPUS names another
 * folder of real configs, KCONFIG_LINT_ANSWERS a file that keeps what the peers said, for work on the table.
 */
import { execFile, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { loadTs, root } from './load-ts.mjs';
import { findPeers } from './peer-programs.mjs';
import { loadRules } from './rules.mjs';
import { getConfigs, Unavailable } from './trees.mjs';

const full = process.argv.includes('--full');
const { compareAll, pageOf } = await loadTs('test/peers/suite.ts');

/** Debian's architectures for each series; the sample is of those that change no more. */
const series = {
  '5.10': ['amd64', 'arm64', 'armhf', 'i386'],
  6.1: ['amd64', 'arm64', 'armel', 'armhf', 'i386', 'mips64el', 'mipsel', 'ppc64el', 's390x'],
  6.12: ['amd64', 'arm64', 'armel', 'armhf', 'ppc64el', 'riscv64', 's390x'],
  7.2: ['amd64', 'arm64', 'armhf', 'loong64', 'ppc64el', 'riscv64', 's390x'],
  7.3: ['amd64', 'arm64', 'armhf', 'loong64', 'ppc64el', 's390x'],
};
const sample = new Map([
  ['5.10', ['amd64']],
  ['6.1', ['amd64']],
  ['6.12', ['amd64', 'arm64']],
]);

let skipped = 0;
function skip(what, error) {
  if (error !== undefined && !(error instanceof Unavailable)) throw error;
  skipped++;
  console.log(`SKIPPED ${what}${error === undefined ? '' : `: ${error.message}`}`);
}

function debianConfigs() {
  const found = [];
  for (const [release, arches] of Object.entries(series)) {
    for (const arch of full ? arches : (sample.get(release) ?? [])) {
      try {
        for (const { name, path } of getConfigs(release, arch))
          found.push({ name: `debian/${release}/${name.replace(/^config\./, '')}`, path });
      } catch (error) {
        skip(`Debian's configs of ${release} for ${arch}`, error);
      }
    }
  }
  return found;
}

/** Files below a folder that look like configs. */
function filesIn(folder, prefix) {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      if (statSync(path).isDirectory()) return filesIn(path, `${prefix}/${name}`);
      return /config/.test(name) && !/\.(?:md|gz|json|xz|sh|nix|txt)$/.test(name)
        ? [{ name: `${prefix}/${name}`, path }]
        : [];
    });
}

function otherConfigs(checker) {
  const found = [];
  if (checker !== undefined) {
    const folder = join(checker.folder, 'usr/lib/python3/dist-packages/kernel_hardening_checker/config_files');
    const kept = full ? ['distros', 'defconfigs'] : ['distros'];
    for (const each of kept) {
      const files = filesIn(join(folder, each), each);
      found.push(...(full ? files : files.filter((_, i) => i % 6 === 0)));
    }
  }
  const corpus = process.env.KCONFIG_LINT_CORPUS ?? join(root, '../shared/corpus');
  if (existsSync(corpus))
    found.push(...(full ? filesIn(corpus, 'corpus') : filesIn(join(corpus, 'firecracker'), 'corpus/firecracker')));
  else skip('real configs beside the repository');
  return found;
}

function run(command, args, env) {
  return new Promise((resolve) => {
    execFile(command, args, { env, maxBuffer: 1 << 26, timeout: 120_000 }, (error, stdout, stderr) =>
      resolve({ status: error === null ? 0 : (error.code ?? 1), stdout, stderr }),
    );
  });
}

/** Each peer: how to ask it about a file, or what it lists. */
function peers() {
  const found = findPeers(skip);
  for (const peer of Object.values(found)) {
    const { command } = peer;
    if (command === undefined) continue;
    peer.ask = (config, release) => {
      const { argv, env } = command(config, release);
      return run(argv[0], argv.slice(1), env);
    };
  }
  found.k3s = { version: '06441e848938' };
  return found;
}

async function answersOf(all, configs) {
  const kept = process.env.KCONFIG_LINT_ANSWERS;
  if (kept !== undefined && existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8'));
  const answers = configs.map(() => ({}));
  const queue = configs.map((_, i) => i);
  const worker = async () => {
    for (let i = queue.shift(); i !== undefined; i = queue.shift()) {
      const { path } = configs[i];
      const release = /^# Linux\/\S+ (\S+) Kernel Configuration/m.exec(readFileSync(path, 'latin1').slice(0, 300))?.[1];
      for (const [name, { ask }] of Object.entries(all)) {
        if (ask !== undefined && release !== undefined) answers[i][name] = await ask(path, release);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, availableParallelism()) }, worker));
  if (kept !== undefined) writeFileSync(kept, JSON.stringify(answers));
  return answers;
}

const all = peers();
const versions = new Map(
  JSON.parse(readFileSync(join(root, 'test/peers/results.json'), 'utf8')).peers.map(({ peer, version }) => [
    peer,
    version,
  ]),
);
for (const [name, { version }] of Object.entries(all)) {
  if (full || versions.get(name) === version) continue;
  console.log(
    `NEWER: ${name} is ${version}, the table is for ${versions.get(name)}; run npm run peers -- --full and explain what is new`,
  );
}
const checker = all['kernel-hardening-checker'];
const isKnown = full || versions.get('kernel-hardening-checker') === checker?.version;
const configs = [...debianConfigs(), ...otherConfigs(isKnown ? checker : undefined)];
const answers = await answersOf(all, configs);
const read = (path) => readFileSync(join(root, path), 'utf8');
const result = compareAll({
  library: await loadRules(),
  peers: Object.fromEntries(Object.entries(all).map(([name, { version, source }]) => [name, { version, source }])),
  configs: configs.map(({ name, path }, i) => ({ name, text: readFileSync(path, 'utf8'), answers: answers[i] })),
  differences: read('test/peers/differences.yaml'),
  knownGood: read('test/peers/known-good.yaml'),
  k3s: read('test/peers/k3s.yaml'),
  models: join(root, 'models'),
  versions,
  isFull: full && skipped === 0,
});
for (const line of result.lines) console.log(line);
if (full && skipped === 0 && result.failed === 0) {
  writeFileSync(join(root, 'test/peers/results.json'), `${JSON.stringify(result.summary, null, 2)}\n`);
  spawnSync(join(root, 'node_modules/.bin/biome'), ['format', '--write', 'test/peers/results.json'], { cwd: root });
  writeFileSync(
    join(root, 'docs/peers.md'),
    pageOf(result.summary, read('test/peers/differences.yaml'), read('test/peers/known-good.yaml')),
  );
}
skipped += result.news;
console.log(`${result.passed} passed, ${result.failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = result.failed > 0 ? 1 : 0;
