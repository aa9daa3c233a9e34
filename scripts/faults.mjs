/**
 * Fault injection: every call to the file system fails once, and for ever from there on, with each errno, in runs that change files
 * and runs that write reports. Nothing may be lost, left behind or called clean. Usage: node scripts/faults.mjs [--quick]
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { root } from './load-ts.mjs';

const isQuick = process.argv.includes('--quick');
const cli = join(root, 'dist/kconfig-lint.cjs');
const hook = join(root, 'test/reliability/fault-hook.cjs');
const work = mkdtempSync(join(tmpdir(), 'kconfig-lint-faults-'));
const errors = ['EIO', 'ENOSPC', 'EACCES', 'EROFS', 'EMFILE', 'SHORT'];

const dirty =
  '# Linux/x86 6.12.0 Kernel Configuration\nCONFIG_X86_64=y\nCONFIG_NET = y\nCONFIG_PSI=Y\n# caf\u00e9\nCONFIG_A="x\n';
const clean = 'CONFIG_NET=y\n';
const project = 'files:\n  a:\n    paths: a.config\nbaseline: base.json\n';
const baseline =
  '{\n  "$schema": "https://kconfig-lint.dev/schemas/baseline-1.json",\n  "schemaVersion": 1,\n  "findings": []\n}\n';
const tree = {
  'tree/Makefile': 'VERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 0\nEXTRAVERSION =\n',
  'tree/Kconfig': 'mainmenu "m"\nsource "more"\nsource "arch/x86/Kconfig"\nconfig NET\n\tbool "net"\n',
  'tree/more': 'config PSI\n\tbool "psi"\n\tdefault y\n',
  'tree/arch/x86/Kconfig': 'config X86_64\n\tdef_bool y\n',
};

/** What is run in a folder of its own; `keeps` are the files that must be as they were, or as a run without faults leaves them. */
const scenarios = [
  {
    name: 'check',
    files: { 'a.config': dirty, 'b.config': clean },
    args: ['a.config', 'b.config', '--kconfig', 'off'],
    keeps: ['a.config', 'b.config'],
  },
  {
    name: 'check of what is clean',
    files: { 'b.config': clean },
    args: ['b.config', '--kconfig', 'off'],
    keeps: ['b.config'],
  },
  {
    name: 'check --fix of one file',
    files: { 'a.config': dirty },
    args: ['check', 'a.config', '--fix', '--kconfig', 'off'],
    keeps: ['a.config'],
  },
  {
    name: 'fix --write of three files with a model',
    files: { 'a.config': dirty, 'b.config': dirty, 'c.config': dirty },
    args: ['fix', '--write', 'a.config', 'b.config', 'c.config'],
    keeps: ['a.config', 'b.config', 'c.config'],
  },
  {
    name: 'two reports into files',
    files: { 'a.config': dirty, 'old.json': 'old\n', 'old.sarif': 'old\n' },
    args: ['a.config', '--kconfig', 'off', '-o', 'json=old.json', '-o', 'sarif=old.sarif'],
    keeps: ['a.config', 'old.json', 'old.sarif'],
  },
  {
    name: 'a resolved config into a file',
    files: { 'b.config': clean, out: 'old\n' },
    args: ['resolve', '--base', 'none', '--kernel', '6.12', '--arch', 'x86_64', 'b.config', '-o', 'out'],
    keeps: ['b.config', 'out'],
  },
  {
    name: 'a baseline written anew',
    files: { 'a.config': dirty, '.kconfig-lint.yaml': project, 'base.json': baseline },
    args: ['check', '--update-baseline', '--kconfig', 'off'],
    keeps: ['a.config', '.kconfig-lint.yaml', 'base.json'],
  },
  {
    name: 'check against a baseline',
    files: { 'a.config': dirty, '.kconfig-lint.yaml': project, 'base.json': baseline },
    args: ['check', '--kconfig', 'off'],
    keeps: ['a.config', '.kconfig-lint.yaml', 'base.json'],
  },
  {
    name: 'a model built of a tree',
    files: { ...tree, 'x.kmodel': 'old\n' },
    args: ['model', 'build', '--tree', 'tree', '--arch', 'x86_64', '-o', 'x.kmodel'],
    keeps: [...Object.keys(tree), 'x.kmodel'],
  },
  {
    name: 'check against a tree',
    files: { ...tree, 'b.config': clean },
    args: ['b.config', '--tree', 'tree', '--arch', 'x86_64', '--base', 'none'],
    keeps: [...Object.keys(tree), 'b.config'],
  },
];

let passed = 0;
let failed = 0;
let points = 0;
let counter = 0;

/** One run of the program with one fault. */
function run({ files, args }, fault) {
  const folder = join(work, String(counter++));
  mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const env = { ...process.env, KCL_FAULT: fault, KCL_OWN: root, KCL_CALLS: `${folder}.calls` };
  delete env.NODE_EXTRA_CA_CERTS;
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--require', hook, cli, ...args], { cwd: folder, env });
    // Bytes that come one by one make no characters before all are there.
    const [outputs, errors] = [[], []];
    child.stdout.on('data', (data) => outputs.push(data));
    child.stderr.on('data', (data) => errors.push(data));
    child.on('close', (status, signal) => {
      const [calls = 0, failures = 0] = existsSync(`${folder}.calls`)
        ? readFileSync(`${folder}.calls`, 'utf8').split(' ').map(Number)
        : [];
      // Reports name the folder that they speak of.
      const plain = (name) =>
        Buffer.from(readFileSync(join(folder, name), 'latin1').replaceAll(folder, 'FOLDER'), 'latin1');
      const names = readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)));
      const texts = new Map(names.map((name) => [name, plain(name)]));
      rmSync(folder, { recursive: true, force: true });
      rmSync(`${folder}.calls`, { force: true });
      const [out, err] = [outputs, errors].map((chunks) => Buffer.concat(chunks).toString('utf8'));
      resolve({ status, signal, out, err, calls, failures, texts });
    });
  });
}

/** A whole report that names the input which could not be read. */
function tellsOfFailure(name, bytes, status) {
  if (status !== 3 || !/\.(?:json|sarif)$/.test(name)) return false;
  try {
    const report = JSON.parse(bytes.toString('utf8'));
    return name.endsWith('.json')
      ? report.failures.length > 0
      : report.runs[0].invocations[0].executionSuccessful === false;
  } catch {
    return false;
  }
}

/** What is wrong with a run that met a fault, in words. */
function faultsOf(scenario, good, bad, { code, how }) {
  const wrong = [];
  const isKnown = [0, 1, 2, 3, 4].includes(bad.status);
  if (!isKnown) wrong.push(`it ended with ${bad.status ?? bad.signal}: ${bad.err.slice(0, 300)}`);
  if (/\n {4}at /.test(bad.err)) wrong.push(`it printed a stack: ${bad.err.slice(0, 300)}`);
  // A call whose failure changes nothing may go unnoticed, but then the result must be the whole one.
  const isSame = bad.status === good.status && bad.out === good.out;
  if (!isSame && bad.status === 0) wrong.push(`it said all is well: ${bad.out.slice(0, 200)}`);
  if (!isSame && bad.status === good.status && bad.err === '' && bad.out.length < good.out.length)
    wrong.push('its report is shorter than it should be, and it does not say so');
  if (code === 'SHORT' && !isSame)
    wrong.push(`a short write changed the result: ${bad.status} ${bad.err.slice(0, 200)}`);
  for (const name of scenario.keeps) {
    const [is, was, after] = [bad.texts.get(name), Buffer.from(scenario.files[name]), good.texts.get(name)];
    if (is === undefined) wrong.push(`${name} is gone`);
    else if (!is.equals(was) && !is.equals(after) && !tellsOfFailure(name, is, bad.status))
      wrong.push(`${name} is neither old nor new (${is.length} bytes)`);
  }
  // Where nothing works any more, nothing can be removed either.
  const left = [...bad.texts.keys()].filter((name) => !(name in scenario.files));
  if (left.length > 0 && how === 'once') wrong.push(`it left ${left.join(', ')}`);
  return wrong;
}

async function all(tasks) {
  const queue = [...tasks];
  await Promise.all(
    Array.from({ length: availableParallelism() }, async () => {
      for (let task = queue.shift(); task !== undefined; task = queue.shift()) await task();
    }),
  );
}

for (const scenario of scenarios) {
  const good = await run(scenario, '0::once');
  // What does nothing has nothing to lose.
  if (good.status > 1) throw new Error(`${scenario.name} does not run: ${good.err}`);
  const before = { points, failed };
  const tasks = [];
  for (let at = 1; at <= good.calls; at++) {
    for (const code of errors) {
      for (const how of ['once', 'ever']) {
        if (isQuick && (at + errors.indexOf(code)) % 4 !== 0) continue;
        tasks.push(async () => {
          const bad = await run(scenario, `${at}:${code}:${how}`);
          if (bad.failures === 0) return;
          points++;
          const wrong = faultsOf(scenario, good, bad, { code, how });
          if (wrong.length === 0) passed++;
          else {
            failed++;
            console.log(`✖ ${scenario.name}, call ${at} of ${good.calls}, ${code} ${how}: ${wrong.join('; ')}`);
          }
        });
      }
    }
  }
  await all(tasks);
  console.log(
    `${scenario.name}: ${good.calls} calls, ${points - before.points} faults, ${failed - before.failed} not survived`,
  );
}
rmSync(work, { recursive: true, force: true });
console.log(`${points} faults injected`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
