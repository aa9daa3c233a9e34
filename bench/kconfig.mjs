/**
 * The Kconfig engine against Kconfiglib (parsing a tree) and the kernel's own conf (resolving a config), with the same answers of the shell
 * on both sides, and what a model costs a lint. Needs apt, flex, bison and gcc.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { loadTs, root } from '../scripts/load-ts.mjs';
import { python } from '../scripts/peer-programs.mjs';
import { cache, getConfigs, getTree, Unavailable, unpackPackage } from '../scripts/trees.mjs';
import { cli, empty, lint } from './lint.mjs';
import { atLeast, env, interleave, median, middle, ms, ratio, ratioRow, times } from './measure.mjs';

const theirParser = `import os, sys, time, kconfiglib
parts = open(sys.argv[2], encoding="utf-8").read().split("\\0")
table = dict(zip(parts[0::2], parts[1::2]))
kconfiglib._shell_fn = lambda kconf, _, command: table.get(command, "").rstrip("\\n").replace("\\n", " ")
os.chdir(sys.argv[1])
for _ in range(int(sys.argv[3])):
    start = time.process_time()
    kconfiglib.Kconfig("Kconfig", warn=False)
    print(time.process_time() - start)
`;
const ourParser = `const { readFileSync } = require('node:fs');
const { compileKconfig } = require(${JSON.stringify(join(root, 'dist/index.cjs'))});
const [tree, answers, times] = process.argv.slice(2);
const parts = readFileSync(answers, 'utf8').split('\\0');
const table = new Map();
for (let i = 0; i + 1 < parts.length; i += 2) table.set(parts[i], parts[i + 1]);
const dialect = JSON.parse(process.env.DIALECT);
const read = (path) => { try { return readFileSync(tree + '/' + path, 'utf8'); } catch { return undefined; } };
for (let i = 0; i < Number(times); i++) {
  const before = process.cpuUsage();
  const { model } = compileKconfig({ path: 'Kconfig', read, dialect, answer: ({ text }) => table.get(text) ?? '', environment: (name) => process.env[name], release: '', arch: 'x86' });
  if (model === undefined) throw new Error('not parsed');
  const { user, system } = process.cpuUsage(before);
  console.log((user + system) / 1e6);
}
`;

/** A tree, its model, and the environment and a file with the answers that the model knows of gcc-12. */
async function prepare(series, folder) {
  const { decodeModel, fillIn } = await loadTs('src/kconfig/index.ts');
  const { kbuildEnvironment, kernelArch } = await loadTs('src/project/kernel.ts');
  const tree = getTree(series);
  const packed = readFileSync(join(root, `models/${series}-x86_64.kmodel`));
  const { model, toolchains } = decodeModel(brotliDecompressSync(packed));
  const own = { ...env, ...kbuildEnvironment(model.release, kernelArch('x86_64'), {}) };
  const known = toolchains['gcc-12'];
  let text = '';
  model.questions.forEach(({ kind, text: question }, i) => {
    if (kind === 'environment') own[question] = known[i];
    else text += `${fillIn(question, known)}\0${known[i]}\0`;
  });
  const answers = join(folder, `answers-${series}`);
  writeFileSync(answers, text);
  return { tree, model, env: { ...own, ANSWERS: answers }, answers };
}

/** The numbers that a program prints, one a line. */
function numbers([command, ...args], own) {
  const { status, stdout, stderr } = spawnSync(command, args, { env: own, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (status !== 0) throw new Error(`${command} failed: ${stderr}`);
  return stdout.trim().split('\n').map(Number);
}

async function measureParsing(report, { folder, rounds }) {
  const { folder: theirs, version } = unpackPackage('sid', 'python3-kconfiglib');
  const { tree, model, env: own, answers } = await prepare('5.10', folder);
  const [python3, ours] = [join(folder, 'theirs.py'), join(folder, 'ours.cjs')];
  writeFileSync(python3, theirParser);
  writeFileSync(ours, ourParser);
  const PYTHONPATH = join(theirs, 'usr/lib/python3/dist-packages');
  const run = {
    theirs: (count) => numbers([python, python3, tree.folder, answers, String(count)], { ...own, PYTHONPATH }),
    ours: (count) =>
      numbers([process.execPath, ours, tree.folder, answers, String(count)], {
        ...own,
        DIALECT: JSON.stringify(model.dialect),
      }),
  };
  const row = (what, pairs, gate) => {
    const value = median(pairs.map(([a, b]) => b / a));
    report.row({
      what: `parse Linux 5.10 for x86, ${what}, against Kconfiglib ${version}`,
      ours: ms(median(pairs.map(([a]) => a))),
      theirs: ms(median(pairs.map(([, b]) => b))),
      measured: value < 1 ? `${times(1 / value)} slower` : `${times(value)} faster`,
      ...atLeast(value, '× faster', { least: 3, gate }),
    });
  };
  row(
    'the first time in a fresh process',
    Array.from({ length: rounds.other }, () => [run.ours(1)[0], run.theirs(1)[0]]),
  );
  row(
    'in a process that parses again and again',
    Array.from({ length: rounds.warm }, () => [median(run.ours(25).slice(10)), median(run.theirs(9))]),
    1.4,
  );
}

async function measureResolving(report, { folder, rounds }) {
  const { buildConf } = await loadTs('test/conformance/conf.ts');
  const { tree, env: own } = await prepare('6.12', folder);
  const work = join(cache, `work-6.12-${tree.version.replace(/[^\w.]/g, '-')}`, 'conf-6.12');
  const conf = buildConf(tree.folder, work, join(root, 'test/conformance/answers.c'));
  const [distro] = getConfigs('6.12').filter(({ name }) => /none_amd64/.test(name));
  const target = join(folder, 'resolved');
  const files = { KCONFIG_CONFIG: target, KCONFIG_AUTOCONFIG: join(folder, 'auto.conf') };
  const more = { KCONFIG_AUTOHEADER: join(folder, 'autoconf.h'), KCONFIG_RUSTCCFG: join(folder, 'rustc') };
  const theirs = {
    runs: [{ argv: [conf, '--olddefconfig', 'Kconfig'], env: { ...own, ...files, ...more } }],
    cwd: tree.folder,
    // What conf finds already written it need not write again, which is the best that it can do.
    copies: [[distro.path, target]],
  };
  const resolve = lint('resolve', '--kernel', '6.12', '-q', distro.path);
  const given = [...resolve, '--arch', 'x86_64', '--toolchain', 'gcc-12', '--base', 'none'];
  const [ours, inferred, run] = interleave([given, resolve, theirs], rounds.other);
  const what = "resolve Debian's config of 6.12, against conf --olddefconfig";
  ratioRow(report, `${what}, with the same answers`, [ours, run], { most: 1, goal: '< 1 ×', gate: 1 });
  ratioRow(report, `${what}, with the answers inferred from the config`, [inferred, run]);
  const peak = middle(ours, 'rss');
  report.row({
    what: 'peak memory of the first',
    measured: `${Math.round(peak)} MB`,
    goal: '≤ 200 MB',
    holds: peak <= 200,
  });
}

function measureModels(report, { folder, rounds }) {
  const script = join(folder, 'load.cjs');
  writeFileSync(
    script,
    `const start = process.hrtime.bigint();
require(${JSON.stringify(join(root, 'dist/index.cjs'))}).loadModel('6.12-x86_64');
console.log(Number(process.hrtime.bigint() - start) / 1e6);`,
  );
  const load = median(Array.from({ length: rounds.other }, () => numbers([process.execPath, script], env)[0]));
  report.row({
    what: 'load a model in a fresh process, library and all, wall time',
    measured: `${Math.round(load)} ms`,
    goal: '≤ 60 ms',
    holds: load <= 60,
  });
  const real = join(root, 'fixtures/real/linux-x86_64-6.12.config');
  const cases = [
    ['no profile', [], true],
    ['one profile that holds', ['-p', 'kubernetes-recursive-read-only'], false],
    ['one profile that does not, with fixes to find', ['-p', 'kubernetes-node'], true],
  ];
  const samples = interleave([...cases.map(([, words]) => lint(real, words)), empty], rounds.other);
  const start = middle(samples[cases.length]);
  cases.forEach(([name, , isGoal], i) => {
    const own = middle(samples[i]);
    const allowed = 2 * start + 0.06;
    report.row({
      what: `cold lint of fixtures/real with its model, ${name}`,
      ours: ms(own),
      theirs: ms(start),
      measured: times(ratio(samples[i], samples[cases.length])),
      ...(isGoal ? { goal: `≤ 2 × node -e 0 + 60 ms (${ms(allowed)})`, holds: own <= allowed } : {}),
    });
  });
  const recipe = join(root, 'fixtures/fragments/krata-zone.config');
  const words = ['--kernel', '6.12', '--arch', 'x86_64', '--base', 'none', '--toolchain', 'gcc-12', '-p', 'krata-zone'];
  const [fix] = interleave([[process.execPath, cli, 'fix', recipe, ...words]], rounds.other);
  const wall = middle(fix, 'wall');
  report.row({
    what: 'fix the recipe of krata, from start to end, wall time',
    measured: ms(wall),
    goal: '< 1 s',
    holds: wall < 1,
  });
}

export async function measureKconfig(report, given) {
  report.section('The Kconfig engine', "Against Debian's Kconfiglib and the kernel's own conf; CPU time unless said.");
  for (const [what, measure] of [
    ['Kconfiglib', measureParsing],
    ["the kernel's conf", measureResolving],
    ['models', measureModels],
  ]) {
    try {
      await measure(report, given);
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      report.skip(what, error);
    }
  }
}
