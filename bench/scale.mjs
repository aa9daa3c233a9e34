/**
 * Measures what one more config costs, and what a million would: `node bench/scale.mjs [--write]` prints the tables of docs/scale.md, or
 * writes them there. SCALE_FILES (300) is how many configs are checked, SCALE_ROUNDS (3) how often, SCALE_PRICE (0.04) what an hour of a core costs.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = join(root, 'docs/scale.md');
const bin = join(root, 'dist/kconfig-lint.cjs');
const many = Number(process.env.SCALE_FILES ?? 300);
const few = Math.ceil(many / 6);
const rounds = Number(process.env.SCALE_ROUNDS ?? 3);
const price = Number(process.env.SCALE_PRICE ?? 0.04);
const million = 1_000_000;

const folder = mkdtempSync(join(tmpdir(), 'kconfig-lint-scale-'));
const hook = join(folder, 'hook.cjs');
writeFileSync(
  hook,
  `process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    require('fs').writeFileSync(process.env.USAGE, JSON.stringify([(userCPUTime + systemCPUTime) / 1e6, maxRSS / 1024]));
  });`,
);
const env = { ...process.env, USAGE: join(folder, 'usage') };
delete env.NODE_EXTRA_CA_CERTS;

try {
  report();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function report() {
  const real = readFileSync(join(root, 'fixtures/real/linux-x86_64-6.12.config'), 'utf8');
  lay('failing', real);
  lay('clean', fixed(real));
  const size = statSync(join(folder, 'failing/many/0.config')).size;
  const on = [];
  const off = ['--kconfig', 'off'];
  const rows = [
    ['reading and hashing only', 'failing', ['--shard', '1/99991']],
    ['one profile, no Kconfig, nothing wrong', 'clean', ['-p', 'kvm-guest', ...off]],
    ['one profile, no Kconfig, failing', 'failing', ['-p', 'kvm-guest', ...off]],
    ['one profile, nothing wrong', 'clean', ['-p', 'kvm-guest', ...on]],
    ['one profile, failing', 'failing', ['-p', 'kvm-guest', ...on]],
    ['every profile, no Kconfig, failing', 'failing', ['-p', 'all', ...off]],
    ['every profile, failing', 'failing', ['-p', 'all', ...on]],
    ['every profile, failing, as ndjson', 'failing', ['-p', 'all', '-f', 'ndjson']],
  ].map(([name, kind, words]) => ({ name, ...measure(kind, words) }));
  const text = `${perFile(rows, size)}\n${perMillion(rows)}`;
  if (!process.argv.includes('--write')) return console.log(text);
  const [head, , tail] = readFileSync(page, 'utf8').split(/<!-- (?:measured|end) -->/);
  writeFileSync(page, `${head}<!-- measured -->\n${text}<!-- end -->${tail}`);
}

/** The same config again and again, no two of them equal. */
function lay(kind, text) {
  for (const [name, count] of [
    ['few', few],
    ['many', many],
  ]) {
    mkdirSync(join(folder, kind, name), { recursive: true });
    for (let i = 0; i < count; i++) writeFileSync(join(folder, kind, name, `${i}.config`), `${text}# ${i}\n`);
  }
}

function fixed(text) {
  const path = join(folder, 'fixed.config');
  writeFileSync(path, text);
  spawnSync(process.execPath, [bin, 'fix', '--write', '-p', 'kvm-guest', path], { env });
  return readFileSync(path, 'utf8');
}

/** CPU seconds of one more file: the least of some rounds, since other work on the machine only adds. */
function measure(kind, words) {
  const run = (name) => {
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--require', hook, bin, 'check', join(folder, kind, name), ...words],
      {
        env,
        stdio: ['ignore', 'ignore', 'pipe'],
        encoding: 'utf8',
      },
    );
    if (status !== 0 && status !== 1) throw new Error(`${words.join(' ')}: exit ${status}\n${stderr}`);
    return JSON.parse(readFileSync(env.USAGE, 'utf8'));
  };
  const least = (name) => {
    const all = Array.from({ length: rounds }, () => run(name));
    return [Math.min(...all.map(([cpu]) => cpu)), Math.max(...all.map(([, memory]) => memory))];
  };
  const [start] = least('few');
  const [all, memory] = least('many');
  return { seconds: Math.max(0, (all - start) / (many - few)), memory };
}

function perFile(rows, size) {
  const commit = execFileSync('git', ['log', '-1', '--format=%h'], { cwd: root, encoding: 'utf8' }).trim();
  const date = new Date().toISOString().slice(0, 10);
  return (
    `Measured on ${date} at ${commit}: ${cpus()[0]?.model}, ${cpus().length} cores, Node ${process.version}; ${many} configs of ${Math.round(size / 1000)} kB ` +
    `(Linux 6.12, x86_64), CPU time of the process, the least of ${rounds} rounds.\n\n` +
    '| what is done | CPU ms per config | configs per second and core | memory of a process |\n|---|--:|--:|--:|\n' +
    rows
      .map(
        ({ name, seconds, memory }) =>
          `| ${name} | ${(seconds * 1000).toFixed(2)} | ${Math.round(1 / seconds)} | ${Math.round(memory)} MB |\n`,
      )
      .join('')
  );
}

/** Each shard hashes all inputs and checks its own. */
function perMillion([hashing, ...rows]) {
  const shards = [8, 64, 256];
  const minutes = (seconds) => (seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`);
  const cell = (seconds, n) => {
    const wall = million * (hashing.seconds + seconds / n);
    return `${minutes(wall)}, $${((wall * n * price) / 3600).toFixed(2)}`;
  };
  return (
    `One million such configs, on 1 core without shards and with one core for each shard; $${price.toFixed(2)} an hour for a core:\n\n` +
    `| what is done | 1 core | ${shards.map((n) => `${n} shards`).join(' | ')} | memory, 64 shards |\n|---|--:|${shards.map(() => '--:|').join('')}--:|\n` +
    rows
      .map(
        ({ name, seconds, memory }) =>
          `| ${name} | ${minutes(million * seconds)}, $${((million * seconds * price) / 3600).toFixed(2)} | ${shards.map((n) => cell(seconds, n)).join(' | ')} | ${((memory * 64) / 1024).toFixed(1)} GB |\n`,
      )
      .join('')
  );
}
