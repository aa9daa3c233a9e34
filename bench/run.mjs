/**
 * Measures the program as whole processes and prints ratios within this one run. NODE_EXTRA_CA_CERTS is unset in every child:
 * it alone makes Node 20 start 2.6 times slower and would flatter every ratio.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadTs, root } from '../scripts/load-ts.mjs';

const runs = Number(process.env.BENCH_RUNS ?? 15);
const many = Number(process.env.BENCH_FILES ?? 2000);
const env = { ...process.env };
delete env.NODE_EXTRA_CA_CERTS;
const folder = mkdtempSync(join(tmpdir(), 'kconfig-lint-bench-'));
const cli = join(root, 'dist/kconfig-lint.cjs');
const rows = [];

/** User and system seconds of one child, as the shell's own accounting gives them. */
function cpu(command) {
  const script = 'TIMEFORMAT="%3U %3S"; { time "$@" >/dev/null 2>/dev/null; } 2>&1; true';
  const out = execFileSync('bash', ['-c', script, 'bench', ...command], { env, encoding: 'utf8' });
  const [user, system] = out.trim().split(/\s+/).map(Number);
  return user + system;
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Median of the ratios of `a` to `b`, run in turn. */
function ratio(a, b, n = runs) {
  cpu(a);
  cpu(b);
  return median(Array.from({ length: n }, () => cpu(a) / cpu(b)));
}

function row(what, goal, value, holds) {
  rows.push({ what, goal, value, holds });
  console.log(`${holds === undefined ? '–' : holds ? '✔' : '✖'} ${what}: ${value} (goal ${goal})`);
}

/** A config of the size that distributions ship: the real one, and as many settings again under other names. */
function makeConfig() {
  const real = readFileSync(join(root, 'fixtures/real/linux-x86_64-6.12.config'), 'utf8');
  const lines = real.split('\n').filter((line) => /^CONFIG_\w+=|^# CONFIG_\w+ is not set$/.test(line));
  const more = lines.map((line) => line.replace(/CONFIG_(\w+)/, 'CONFIG_BENCH_$1'));
  return `${real}${more.join('\n')}\n`.split('\n').slice(0, 10_600).join('\n') + '\n';
}

const config = join(folder, 'config');
const text = makeConfig();
writeFileSync(config, text);
const lint = [process.execPath, cli, config, '--profile', 'all'];
const empty = [process.execPath, '-e', '0'];

console.log(`${cpus()[0]?.model}, Node ${process.version}, ${runs} runs, CPU time, medians of ratios\n`);
const cold = ratio(lint, empty);
row(
  `cold lint of one ${text.split('\n').length - 1}-line config, every profile, text`,
  '≤ 1.5 × node -e 0',
  `${cold.toFixed(2)} ×`,
  cold <= 1.5,
);
const single = ratio([process.execPath, cli, config, '--profile', 'kubernetes-node'], empty);
row('the same with one profile', 'none', `${single.toFixed(2)} ×`);

// Many files in one process, against one file.
const batch = join(folder, 'many');
mkdirSync(batch);
for (let i = 0; i < many; i++)
  writeFileSync(join(batch, `${i}.config`), i % 2 === 0 ? text : text.replace('CONFIG_NET=y', 'CONFIG_NET=m'));
for (const [name, profiles, goal] of [
  ['every profile', ['--profile', 'all'], 2000],
  ['one profile', ['--profile', 'kubernetes-node'], 2000],
  ['no profile', [], undefined],
]) {
  const one = median(Array.from({ length: 5 }, () => cpu([process.execPath, cli, config, ...profiles])));
  const all = median(Array.from({ length: 3 }, () => cpu([process.execPath, cli, batch, ...profiles])));
  const rate = (many - 1) / (all - one);
  row(
    `warm, ${name}, text`,
    goal ? `≥ ${goal} configs/s/core` : 'none',
    `${Math.round(rate)} configs/s/core`,
    goal ? rate >= goal : undefined,
  );
}

// Memory: the process says its own peak when it ends.
const hook = join(folder, 'rss.cjs');
writeFileSync(
  hook,
  `process.on('exit',()=>require('fs').writeFileSync(process.env.RSS_OUT,String(process.resourceUsage().maxRSS)))`,
);
function rss(path) {
  const out = join(folder, 'rss');
  spawnSync(process.execPath, ['--require', hook, cli, path, '--profile', 'all'], {
    env: { ...env, RSS_OUT: out },
    stdio: 'ignore',
  });
  return Number(readFileSync(out, 'utf8')) / 1024;
}
const small = rss(config);
const large = rss(batch);
row(
  `peak memory, 1 → ${many} configs`,
  '≤ 100 MB, ≤ 2 ×',
  `${Math.round(small)} → ${Math.round(large)} MB, ${(large / small).toFixed(1)} ×`,
  large <= 100 && large / small <= 2,
);

// Parsing alone, in this process.
const { parseConfig } = await loadTs('src/config/document.ts');
const { createAsciiSource } = await loadTs('src/source.ts');
const bytes = Buffer.from(text);
const decode = (b) => Buffer.from(b).toString('latin1');
function perRun(action) {
  for (let i = 0; i < 100; i++) action();
  const start = process.hrtime.bigint();
  for (let i = 0; i < 300; i++) action();
  return Number(process.hrtime.bigint() - start);
}
let reuse;
const parse = () => {
  reuse = parseConfig(createAsciiSource('.config', bytes, decode), { reuse });
};
const floor = () => {
  const decoded = bytes.toString('utf8');
  for (let at = decoded.indexOf('\n'); at !== -1; at = decoded.indexOf('\n', at + 1));
};
const parsing = median(Array.from({ length: 9 }, () => perRun(parse) / perRun(floor)));
row(
  'parse with a position for every entry',
  '≤ 1.5 × Buffer.toString + newline scan',
  `${parsing.toFixed(2)} ×`,
  parsing <= 1.5,
);

// The nearest peer, where it is installed.
const peer = peerCommand();
if (peer === undefined) {
  row(
    'against kernel-hardening-checker',
    '≤ 0.5 ×, 400 configs ≥ 80 × less',
    'not installed here: "bash bench/get-peer.sh DIR" fetches it, then PEER=DIR',
    undefined,
  );
} else {
  const one = ratio(lint, [...peer, '-c', config], Math.min(runs, 9));
  row('one config against kernel-hardening-checker', '≤ 0.5 ×', `${one.toFixed(2)} ×`, one <= 0.5);
  const first400 = join(folder, 'first400');
  mkdirSync(first400);
  for (let i = 0; i < 400; i++) writeFileSync(join(first400, `${i}.config`), text);
  const ours = median(Array.from({ length: 3 }, () => cpu([process.execPath, cli, first400, '--profile', 'all'])));
  const theirs = 400 * median(Array.from({ length: 9 }, () => cpu([...peer, '-c', config])));
  row(
    '400 configs in one process against 400 runs of kernel-hardening-checker',
    '≥ 80 × less',
    `${(theirs / ours).toFixed(0)} × less`,
    theirs / ours >= 80,
  );
}

function peerCommand() {
  const path = process.env.PEER && join(process.env.PEER, 'usr/lib/python3/dist-packages');
  if (path && existsSync(path)) {
    env.PYTHONPATH = path;
    const python = [
      '/usr/bin/python3',
      '-S',
      '-c',
      'import sys; sys.path.insert(0, sys.argv.pop(1)); import kernel_hardening_checker as k; k.main()',
      path,
    ];
    return python;
  }
  const found = spawnSync('bash', ['-c', 'command -v kernel-hardening-checker'], { encoding: 'utf8' }).stdout.trim();
  return found === '' ? undefined : [found];
}

rmSync(folder, { recursive: true, force: true });
const missed = rows.filter(({ holds }) => holds === false);
console.log(`\n${rows.length - missed.length} of ${rows.length} figures meet their goal`);
