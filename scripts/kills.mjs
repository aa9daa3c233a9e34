/**
 * Kills runs that change files, at random moments, and looks at what is left: each file must be the old one or the new one, with its
 * mode. Usage: node scripts/kills.mjs [--runs 200] [--signal SIGKILL]
 */
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './load-ts.mjs';

const optionOf = (name, usual) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : usual);
const runs = Number(optionOf('--runs', '200'));
const signal = optionOf('--signal', 'SIGKILL');
const cli = join(root, 'dist/kconfig-lint.cjs');
const work = mkdtempSync(join(tmpdir(), 'kconfig-lint-kills-'));
const env = { ...process.env };
delete env.NODE_EXTRA_CA_CERTS;

const old = `# Linux/x86 6.12.0 Kernel Configuration\nCONFIG_X86_64=y\nCONFIG_PSI = y\n${'# a comment that makes the file longer\n'.repeat(2000)}CONFIG_A=Y\n`;
const names = ['a.config', 'b.config', 'c.config'];
const args = ['--fix', ...names, '--kconfig', 'off'];

function start(folder) {
  mkdirSync(folder);
  for (const name of names) {
    writeFileSync(join(folder, name), old);
    chmodSync(join(folder, name), 0o640);
  }
  return spawn(process.execPath, [cli, ...args], { cwd: folder, env, stdio: 'ignore' });
}

/** One run, killed after so many milliseconds where that is given. */
function run(number, after) {
  const folder = join(work, String(number));
  return new Promise((resolve) => {
    const began = process.hrtime.bigint();
    const child = start(folder);
    const timer = after === undefined ? undefined : setTimeout(() => child.kill(signal), after);
    child.on('exit', (_code, by) => {
      clearTimeout(timer);
      const texts = new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
      const modes = names.map((name) => statSync(join(folder, name)).mode & 0o777);
      const left = readdirSync(folder).filter((name) => !names.includes(name));
      rmSync(folder, { recursive: true, force: true });
      resolve({ killed: by !== null, texts, modes, left, milliseconds: Number(process.hrtime.bigint() - began) / 1e6 });
    });
  });
}

const whole = await run('whole');
const fixed = whole.texts;
if ([...fixed.values()].some((text) => text === old)) throw new Error('the run changes nothing');
let [killed, changed, half, failed, done] = [0, 0, 0, 0, 0];
const next = async () => {
  while (done < runs) {
    const number = done++;
    const {
      killed: wasKilled,
      texts,
      modes,
      milliseconds,
    } = await run(number, Math.random() * whole.milliseconds * 1.5);
    if (wasKilled) killed++;
    const isNew = names.map((name) => texts.get(name) === fixed.get(name));
    const wrong = names.filter((name, i) => !isNew[i] && texts.get(name) !== old);
    if (wasKilled && isNew.some(Boolean)) changed++;
    if (wasKilled && isNew.some(Boolean) && !isNew.every(Boolean)) half++;
    if (wrong.length === 0 && modes.every((mode) => mode === 0o640)) continue;
    failed++;
    console.log(
      `✖ after ${milliseconds.toFixed(1)} ms: ${wrong.join(', ')} neither old nor new; modes ${modes.map((mode) => mode.toString(8))}`,
    );
  }
};
await Promise.all(Array.from({ length: availableParallelism() }, next));
rmSync(work, { recursive: true, force: true });
console.log(
  `${runs} runs, ${killed} killed by ${signal}, ${changed} of them when a file was new already, ${half} between two files`,
);
console.log(`${runs - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
