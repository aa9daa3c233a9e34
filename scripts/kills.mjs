/**
 * Kills runs that change files and looks at what is left: each file must be the old one or the new one, with its mode. Every second
 * kill comes at any time of the run; the others wait until something is written and strike within the microseconds after that.
 * Usage: node scripts/kills.mjs [--runs 200] [--signal SIGKILL] [--tally FILE]. A tally is kept in the file and gone on with.
 */
import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './load-ts.mjs';

const optionOf = (name, usual) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : usual);
const runs = Number(optionOf('--runs', '200'));
const signal = optionOf('--signal', 'SIGKILL');
const tallyPath = optionOf('--tally', '');
const cli = join(root, 'dist/kconfig-lint.cjs');
const work = mkdtempSync(join(tmpdir(), 'kconfig-lint-kills-'));
const env = { ...process.env };
delete env.NODE_EXTRA_CA_CERTS;

const old = `# Linux/x86 6.12.0 Kernel Configuration\nCONFIG_X86_64=y\nCONFIG_PSI = y\n${'# a comment that makes the file longer\n'.repeat(2000)}CONFIG_A=Y\n`;
const mostFiles = 12;
const allNames = Array.from({ length: mostFiles }, (_, i) => `${i}.config`);
const mode = 0o640;
/** Milliseconds from the first sign of a write to the end, on a machine with nothing else to do. */
const window = 12;

/** Puts back what a run has changed; the rest of the folder is used again. */
function prepare(folder, names) {
  for (const name of readdirSync(folder)) if (!allNames.includes(name)) rmSync(join(folder, name));
  for (const name of names) {
    if (existsSync(join(folder, name)) && readFileSync(join(folder, name), 'utf8') === old) continue;
    writeFileSync(join(folder, name), old);
    chmodSync(join(folder, name), mode);
  }
}

/** Sleeps for parts of a millisecond, which timers cannot. */
function waitFor(milliseconds) {
  const end = process.hrtime.bigint() + BigInt(Math.round(milliseconds * 1e6));
  while (process.hrtime.bigint() < end);
}

/** One run over some files, killed at a moment: `after` so many milliseconds, or `soon` after the first write. */
function run(folder, names, { after, soon } = {}) {
  prepare(folder, names);
  return new Promise((resolve) => {
    const began = process.hrtime.bigint();
    const child = spawn(process.execPath, [cli, '--fix', ...names, '--kconfig', 'off'], {
      cwd: folder,
      env,
      stdio: 'ignore',
    });
    const timer = after === undefined ? undefined : setTimeout(() => child.kill(signal), after);
    let isSeen = false;
    const watcher =
      soon === undefined
        ? undefined
        : watch(folder, () => {
            if (isSeen) return;
            isSeen = true;
            waitFor(soon);
            child.kill(signal);
          });
    child.on('exit', (_code, by) => {
      clearTimeout(timer);
      watcher?.close();
      const texts = new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
      const modes = names.map((name) => statSync(join(folder, name)).mode & 0o777);
      resolve({ killed: by !== null, texts, modes, milliseconds: Number(process.hrtime.bigint() - began) / 1e6 });
    });
  });
}

const count = existsSync(tallyPath)
  ? JSON.parse(readFileSync(tallyPath, 'utf8'))
  : { runs: 0, killed: 0, changed: 0, half: 0, failed: 0 };
if (count.runs > 0) console.log(`going on after ${count.runs} runs`);
const save = () => {
  if (tallyPath !== '') writeFileSync(tallyPath, `${JSON.stringify(count)}\n`);
};

mkdirSync(join(work, 'whole'));
const whole = await run(join(work, 'whole'), allNames);
const fixed = whole.texts.get('0.config');
if ([...whole.texts.values()].some((text) => text === old || text !== fixed))
  throw new Error('the run changes nothing');

function look(names, { killed, texts, modes, milliseconds }) {
  const isNew = names.map((name) => texts.get(name) === fixed);
  const wrong = names.filter((name, i) => !isNew[i] && texts.get(name) !== old);
  count.runs++;
  if (killed) count.killed++;
  if (killed && isNew.some(Boolean)) count.changed++;
  if (killed && isNew.some(Boolean) && !isNew.every(Boolean)) count.half++;
  if (count.runs % 50 === 0) save();
  if (wrong.length === 0 && modes.every((each) => each === mode)) return;
  count.failed++;
  console.log(
    `✖ after ${milliseconds.toFixed(1)} ms: ${wrong.join(', ')} neither old nor new; modes ${modes.map((each) => each.toString(8))}`,
  );
}

let begun = count.runs;
await Promise.all(
  Array.from({ length: availableParallelism() }, async (_, worker) => {
    const folder = join(work, String(worker));
    mkdirSync(folder);
    while (begun < runs) {
      const isSoon = begun++ % 2 === 0;
      const names = allNames.slice(0, 1 + Math.floor(Math.random() * mostFiles));
      const moment = isSoon
        ? { soon: Math.random() * window * (names.length / mostFiles) }
        : { after: Math.random() * whole.milliseconds * 1.2 };
      look(names, await run(folder, names, moment));
    }
  }),
);
save();
rmSync(work, { recursive: true, force: true });
console.log(
  `${count.runs} runs, ${count.killed} killed by ${signal}, ${count.changed} of them when a file was new already, ${count.half} between two files`,
);
console.log(`${count.runs - count.failed} passed, ${count.failed} failed`);
process.exitCode = count.failed > 0 ? 1 : 0;
