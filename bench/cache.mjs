/** Measures --cache as whole processes: an unchanged re-run against a run without a cache, and what the first run with one costs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cli, head, layConfigs, layReal, ratios, time } from './fleet.mjs';

const rounds = Number(process.env.BENCH_RUNS ?? 3);
const count = Number(process.env.BENCH_FILES ?? 1000);
const folder = mkdtempSync(join(tmpdir(), 'kconfig-lint-cache-'));
head();

const plain = layConfigs(join(folder, 'plain'), count);
const real = layReal(join(folder, 'real'), count);
let holds = true;
for (const [what, path, args, goal] of [
  ['Kconfig asked (the default), one profile', real, ['-p', 'kubernetes-node'], 10],
  ['every profile, without Kconfig', plain, ['-p', 'all', '--kconfig', 'off'], 10],
  ['one profile, without Kconfig', plain, ['-p', 'kubernetes-node', '--kconfig', 'off'], undefined],
  ['no profile, without Kconfig', plain, ['--kconfig', 'off'], undefined],
]) {
  const cache = { XDG_CACHE_HOME: join(folder, `home${what}`) };
  const run = [process.execPath, cli, path, ...args, '--jobs', '1'];
  const without = () => time(run);
  const again = () => time([...run, '--cache'], cache);
  const fill = again();
  const { wall, cpu, first, second } = ratios(without, again, goal !== undefined && path === real ? 1 : rounds);
  const isMet = goal === undefined || (wall >= goal && cpu >= goal);
  holds &&= isMet;
  console.log(
    `${goal === undefined ? '–' : isMet ? '✔' : '✖'} ${what}, ${count} configs again: ${wall.toFixed(1)} × sooner, ${cpu.toFixed(1)} × less CPU ` +
      `(${first.toFixed(2)} → ${second.toFixed(2)} s; the first time ${fill.wall.toFixed(2)} s${goal === undefined ? '' : `; goal ≥ ${goal} ×`})`,
  );
}
rmSync(folder, { recursive: true, force: true });
if (!holds) process.exitCode = 1;
