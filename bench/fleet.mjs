/** What the benchmarks of many files share: configs of the size that distributions ship, and whole processes that are timed in turn. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { root } from '../scripts/load-ts.mjs';

export const cli = join(root, 'dist/kconfig-lint.cjs');
const { NODE_EXTRA_CA_CERTS: _, ...plain } = process.env;
/** It alone makes Node 20 start 2.6 times slower. */
export const env = plain;

/** Wall and CPU seconds of one child, as the shell's own accounting gives them. */
export function time(command, more = {}) {
  const script = 'TIMEFORMAT="%3R %3U %3S"; { time "$@" >/dev/null 2>/dev/null; } 2>&1; true';
  const out = execFileSync('bash', ['-c', script, 'bench', ...command], { env: { ...env, ...more }, encoding: 'utf8' });
  const [wall, user, system] = out.trim().split(/\s+/).map(Number);
  return { wall, cpu: user + system };
}

export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Medians of the ratios of `a` to `b`, run in turn. */
export function ratios(a, b, rounds) {
  const found = Array.from({ length: rounds }, () => {
    const [first, second] = [a(), b()];
    return { wall: first.wall / second.wall, cpu: first.cpu / second.cpu, first, second };
  });
  return {
    wall: median(found.map(({ wall }) => wall)),
    cpu: median(found.map(({ cpu }) => cpu)),
    first: median(found.map(({ first }) => first.wall)),
    second: median(found.map(({ second }) => second.wall)),
  };
}

/** So many configs of 10,600 lines, no two alike. */
export function layConfigs(folder, count) {
  mkdirSync(folder, { recursive: true });
  const real = readFileSync(join(root, 'fixtures/real/linux-x86_64-6.12.config'), 'utf8');
  const lines = real.split('\n').filter((line) => /^CONFIG_\w+=|^# CONFIG_\w+ is not set$/.test(line));
  const more = lines.map((line) => line.replace(/CONFIG_(\w+)/, 'CONFIG_BENCH_$1'));
  const text = `${`${real}${more.join('\n')}\n`.split('\n').slice(0, 10_600).join('\n')}\n`;
  for (let i = 0; i < count; i++) writeFileSync(join(folder, `${i}.config`), `${text}CONFIG_BENCH_NUMBER=${i}\n`);
  return folder;
}

/** The same with the config as it is: a kernel that a model speaks for. */
export function layReal(folder, count) {
  mkdirSync(folder, { recursive: true });
  const real = readFileSync(join(root, 'fixtures/real/linux-x86_64-6.12.config'), 'utf8');
  for (let i = 0; i < count; i++)
    writeFileSync(
      join(folder, `${i}.config`),
      real.replace(/^CONFIG_LOCALVERSION=.*$/m, `CONFIG_LOCALVERSION="-${i}"`),
    );
  return folder;
}

export function head() {
  const [load] = loadavg();
  console.log(`${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, load ${load.toFixed(1)}\n`);
  if (load > cpus().length / 2)
    console.log('The machine is busy with other things: wall ratios of threads mean little.\n');
}
