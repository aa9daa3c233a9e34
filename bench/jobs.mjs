/**
 * Measures --jobs as whole processes: how much sooner a run over many configs is done on two threads, and what memory it takes. The threads
 * need cores of their own: on a machine that is busy with other things the ratios say nothing.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cli, env, head, layConfigs, layReal, ratios, time } from './fleet.mjs';

const rounds = Number(process.env.BENCH_RUNS ?? 3);
const folder = mkdtempSync(join(tmpdir(), 'kconfig-lint-jobs-'));
const counts = (process.env.BENCH_FILES ?? '100,1000,4000').split(',').map(Number);
const jobs = process.env.BENCH_JOBS ?? '2';
head();

const run = (path, args) => [process.execPath, cli, path, ...args];
const sets = counts.map((count) => [count, layConfigs(join(folder, `plain${count}`), count)]);
const askings = [60, 400, 1000].map((count) => [count, layReal(join(folder, `real${count}`), count)]);
for (const [what, args, inputs] of [
  ['Kconfig asked, one profile', ['-p', 'kubernetes-node'], askings],
  ['without Kconfig, every profile', ['-p', 'all', '--kconfig', 'off'], sets],
  ['without Kconfig, one profile', ['-p', 'kubernetes-node', '--kconfig', 'off'], sets],
]) {
  for (const [count, path] of inputs) {
    const start = (n) => () => time(run(path, [...args, '--jobs', n]));
    const { wall, cpu, first, second } = ratios(start('1'), start(jobs), rounds);
    const wanted = count >= 1000 ? ', goal ≥ 1.7 ×' : '';
    console.log(
      `${what}, ${count} configs: ${wall.toFixed(2)} × sooner on ${jobs} threads (${first.toFixed(2)} → ${second.toFixed(2)} s, CPU × ${(1 / cpu).toFixed(2)}${wanted})`,
    );
  }
}

/** Peak memory of the whole process, which says it when it ends. */
function memory(path, args) {
  const [hook, out] = [join(folder, 'rss.cjs'), join(folder, 'rss')];
  writeFileSync(
    hook,
    "if(require('worker_threads').isMainThread)process.on('exit',()=>require('fs').writeFileSync(process.env.RSS_OUT,String(process.resourceUsage().maxRSS)))",
  );
  spawnSync(process.execPath, ['--require', hook, ...run(path, args).slice(1)], {
    env: { ...env, RSS_OUT: out },
    stdio: 'ignore',
  });
  return Math.round(Number(readFileSync(out, 'utf8')) / 1024);
}

for (const n of ['1', jobs]) {
  const sizes = sets.map(
    ([count, path]) => `${count} → ${memory(path, ['-p', 'all', '--kconfig', 'off', '--jobs', n])} MB`,
  );
  console.log(`peak memory on ${n} thread(s), every profile: ${sizes.join(', ')}`);
}
rmSync(folder, { recursive: true, force: true });
