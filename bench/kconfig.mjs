/**
 * Measures the Kconfig engine against Kconfiglib (parsing a tree) and the kernel's own conf (resolving a config), as ratios within
 * this one run, with the same answers of the shell on both sides. Needs apt, flex, bison, gcc and Debian's python3-kconfiglib.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { loadTs, root } from '../scripts/load-ts.mjs';
import { cache, getConfigs, getTree } from '../scripts/trees.mjs';

const runs = Number(process.env.BENCH_RUNS ?? 11);
const folder = mkdtempSync(join(tmpdir(), 'kconfig-lint-bench-'));
const { decodeModel, fillIn } = await loadTs('src/kconfig/index.ts');
const { kbuildEnvironment, kernelArch } = await loadTs('src/project/kernel.ts');
const { buildConf } = await loadTs('test/conformance/conf.ts');
const rows = [];
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

function row(what, goal, value, holds) {
  rows.push(holds);
  console.log(`${holds === undefined ? '–' : holds ? '✔' : '✖'} ${what}: ${value} (goal ${goal})`);
}

/** The environment of a tree, and a file with the answers that its model knows of gcc-12. */
function prepare(series) {
  const tree = getTree(series);
  const { model, toolchains } = decodeModel(
    brotliDecompressSync(readFileSync(join(root, `models/${series}-x86_64.kmodel`))),
  );
  const env = { ...process.env, ...kbuildEnvironment(model.release, kernelArch('x86_64'), {}) };
  delete env.NODE_EXTRA_CA_CERTS;
  const known = toolchains['gcc-12'];
  let text = '';
  model.questions.forEach(({ kind, text: question }, i) => {
    if (kind === 'environment') env[question] = known[i];
    else text += `${fillIn(question, known)}\0${known[i]}\0`;
  });
  const answers = join(folder, `answers-${series}`);
  writeFileSync(answers, text);
  return { tree: tree.folder, env: { ...env, ANSWERS: answers }, answers, version: tree.version };
}

/** User and system seconds of one child, and its peak memory in MB. */
function measure(command, env, cwd = root) {
  const script = 'TIMEFORMAT="%3U %3S"; { time "$@" >/dev/null 2>/dev/null; } 2>&1; true';
  const out = execFileSync('bash', ['-c', script, 'bench', ...command], { env, cwd, encoding: 'utf8' });
  const [user, system] = out.trim().split(/\s+/).map(Number);
  return user + system;
}

console.log(`${cpus()[0]?.model}, Node ${process.version}, medians of ${runs} runs\n`);

// Parsing a tree from source.
const old = prepare('5.10');
writeFileSync(
  join(folder, 'theirs.py'),
  `import os, sys, time, kconfiglib
parts = open(sys.argv[2], encoding="utf-8").read().split("\\0")
table = dict(zip(parts[0::2], parts[1::2]))
kconfiglib._shell_fn = lambda kconf, _, command: table.get(command, "").rstrip("\\n").replace("\\n", " ")
os.chdir(sys.argv[1])
for _ in range(int(sys.argv[3])):
    start = time.perf_counter()
    kconfiglib.Kconfig("Kconfig", warn=False)
    print(time.perf_counter() - start)
`,
);
writeFileSync(
  join(folder, 'ours.cjs'),
  `const { readFileSync } = require('node:fs');
const { compileKconfig } = require(${JSON.stringify(join(root, 'dist/index.cjs'))});
const [tree, answers, times] = process.argv.slice(2);
const parts = readFileSync(answers, 'utf8').split('\\0');
const table = new Map();
for (let i = 0; i + 1 < parts.length; i += 2) table.set(parts[i], parts[i + 1]);
const dialect = JSON.parse(process.env.DIALECT);
const read = (path) => { try { return readFileSync(tree + '/' + path, 'utf8'); } catch { return undefined; } };
for (let i = 0; i < Number(times); i++) {
  const start = process.hrtime.bigint();
  const { model } = compileKconfig({ path: 'Kconfig', read, dialect, answer: ({ text }) => table.get(text) ?? '', environment: (name) => process.env[name], release: '', arch: 'x86' });
  if (model === undefined) throw new Error('not parsed');
  console.log(Number(process.hrtime.bigint() - start) / 1e9);
}
`,
);
const { model: oldModel } = decodeModel(brotliDecompressSync(readFileSync(join(root, 'models/5.10-x86_64.kmodel'))));
const parseEnv = { ...old.env, DIALECT: JSON.stringify(oldModel.dialect) };
const python = '/usr/bin/python3';
const has = spawnSync(python, ['-c', 'import kconfiglib']).status === 0;
const seconds = (command, env) =>
  spawnSync(command[0], command.slice(1), { env, encoding: 'utf8', maxBuffer: 1 << 26 })
    .stdout.trim()
    .split('\n')
    .map(Number);
if (!has) row('parsing against Kconfiglib', '≥ 3 × faster', 'python3-kconfiglib is not installed', undefined);
else {
  const theirs = (times) => seconds([python, join(folder, 'theirs.py'), old.tree, old.answers, String(times)], old.env);
  const ours = (times) =>
    seconds([process.execPath, join(folder, 'ours.cjs'), old.tree, old.answers, String(times)], parseEnv);
  const first = median(Array.from({ length: runs }, () => theirs(1)[0] / ours(1)[0]));
  row(
    'parse 5.10 for x86, first time in a fresh process, against Kconfiglib',
    '≥ 3 × faster',
    `${first.toFixed(2)} ×`,
    first >= 3,
  );
  const again = median(Array.from({ length: 3 }, () => median(theirs(12)) / median(ours(25).slice(10))));
  row('the same, in a process that parses again and again', '≥ 3 × faster', `${again.toFixed(2)} ×`, again >= 3);
}

// Resolving a distribution's config.
const { tree, env, version } = prepare('6.12');
const conf = buildConf(
  tree,
  join(cache, `work-6.12-${version.replace(/[^\w.]/g, '-')}`, 'conf-6.12'),
  join(root, 'test/conformance/answers.c'),
);
const [distro] = getConfigs('6.12').filter(({ name }) => /none_amd64/.test(name));
const target = join(folder, 'config');
const resolve = [
  process.execPath,
  join(root, 'dist/kconfig-lint.cjs'),
  'resolve',
  '--kernel',
  '6.12',
  '--toolchain',
  'gcc-12',
  '--arch',
  'x86_64',
  '--base',
  'none',
  '-q',
  distro.path,
];
const confEnv = {
  ...env,
  KCONFIG_CONFIG: target,
  KCONFIG_AUTOCONFIG: join(folder, 'auto.conf'),
  KCONFIG_AUTOHEADER: join(folder, 'autoconf.h'),
  KCONFIG_RUSTCCFG: join(folder, 'rustc'),
};
// What conf finds already written it need not write again, which is the best that it can do.
const fresh = () => writeFileSync(target, readFileSync(distro.path));
const ratios = Array.from({ length: runs }, () => {
  fresh();
  return measure(resolve, env) / measure([conf, '--olddefconfig', 'Kconfig'], confEnv, tree);
});
const against = median(ratios);
row(
  'resolve a distribution config of 6.12, whole process, CPU, against conf --olddefconfig',
  '< 1 ×',
  `${against.toFixed(2)} ×`,
  against < 1,
);

const hook = join(folder, 'rss.cjs');
writeFileSync(
  hook,
  `process.on('exit',()=>require('fs').writeFileSync(process.env.RSS_OUT,String(process.resourceUsage().maxRSS)))`,
);
spawnSync(process.execPath, ['--require', hook, ...resolve.slice(1)], {
  env: { ...env, RSS_OUT: join(folder, 'rss') },
  stdio: 'ignore',
});
const rss = Number(readFileSync(join(folder, 'rss'), 'utf8')) / 1024;
const recorded = [
  process.execPath,
  join(root, 'dist/kconfig-lint.cjs'),
  'resolve',
  '--kernel',
  '6.12',
  '-q',
  distro.path,
];
const inferred = median(
  Array.from({ length: runs }, () => {
    fresh();
    return measure(recorded, env) / measure([conf, '--olddefconfig', 'Kconfig'], confEnv, tree);
  }),
);
row('the same, with the answers inferred from what the config records', 'none', `${inferred.toFixed(2)} ×`);
row('peak memory of that', '≤ 200 MB', `${Math.round(rss)} MB`, rss <= 200);

// Loading a model.
writeFileSync(
  join(folder, 'load.cjs'),
  `const start = process.hrtime.bigint();
const { loadModel } = require(${JSON.stringify(join(root, 'dist/index.cjs'))});
loadModel('6.12-x86_64');
console.log(Number(process.hrtime.bigint() - start) / 1e6);`,
);
const load = median(Array.from({ length: runs }, () => seconds([process.execPath, join(folder, 'load.cjs')], env)[0]));
row('load a model in a fresh process, library and all', '≤ 60 ms', `${load.toFixed(0)} ms`, load <= 60);

// A cold lint that asks the Kconfig of the kernel, and a fix: CPU time of whole processes, run in turn with an empty one.
const bare = { ...process.env };
delete bare.NODE_EXTRA_CA_CERTS;
const cli = join(root, 'dist/kconfig-lint.cjs');
const real = 'fixtures/real/linux-x86_64-6.12.config';
for (const [name, words, isGoal] of [
  ['no profile', [], true],
  ['one profile that holds', ['-p', 'kubernetes-recursive-read-only'], false],
  ['one profile that does not, with fixes to find', ['-p', 'kubernetes-node'], true],
]) {
  const pairs = Array.from({ length: 3 * runs }, () => [
    1000 * measure([process.execPath, '-e', '0'], bare),
    1000 * measure([process.execPath, cli, real, ...words], bare),
  ]).slice(2);
  const [empty, own] = [median(pairs.map(([a]) => a)), median(pairs.map(([, b]) => b))];
  row(
    `cold lint of a 6.12 config with its model, CPU, ${name}`,
    isGoal ? '≤ 2 × node -e 0 + 60 ms' : 'none',
    `${own.toFixed(0)} ms, where ${(2 * empty + 60).toFixed(0)} are allowed (node -e 0: ${empty.toFixed(0)} ms)`,
    isGoal ? own <= 2 * empty + 60 : undefined,
  );
}

const recipe = ['fix', 'fixtures/fragments/krata-zone.config', '--kernel', '6.12', '--arch', 'x86_64'];
const fix = [process.execPath, cli, ...recipe, '--base', 'none', '--toolchain', 'gcc-12', '-p', 'krata-zone'];
const fixing = median(
  Array.from({ length: runs }, () => {
    const start = process.hrtime.bigint();
    spawnSync(fix[0], fix.slice(1), { env: bare, cwd: root, stdio: 'ignore' });
    return Number(process.hrtime.bigint() - start) / 1e9;
  }),
);
row('fix the recipe of krata, from start to end', '< 1 s', `${fixing.toFixed(2)} s`, fixing < 1);

rmSync(folder, { recursive: true, force: true });
console.log(
  `\n${rows.filter((holds) => holds === true).length} of ${rows.filter((holds) => holds !== undefined).length} figures meet their goal`,
);
