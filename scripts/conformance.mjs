/**
 * Holds the engine against the kernel's own tools: a fixed sample, or everything with --full, which also writes the table of
 * docs/conformance.md; --part NAME runs one part of it. What cannot run on this machine is skipped and says so.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { loadTs, root } from './load-ts.mjs';
import { cache, getConfigs, getTree, Unavailable } from './trees.mjs';

const full = process.argv.includes('--full');
const partArgument = process.argv.indexOf('--part');
const jobArgument = process.argv.indexOf('--job');

function settingOf({ series, arch }) {
  const tree = getTree(series);
  const configs = [];
  if (arch === 'x86_64' || arch === 'arm64') {
    try {
      configs.push(...getConfigs(series, arch === 'x86_64' ? 'amd64' : 'arm64'));
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
    }
    configs.push(...corpus());
  }
  const each = full ? configs : configs.filter((_, i) => i % 5 === 0);
  return {
    tree: tree.folder,
    cache: join(cache, `work-${series}-${tree.version.replace(/[^\w.]/g, '-')}`),
    shim: join(root, 'test/conformance/answers.c'),
    models: join(root, 'models'),
    source: `Debian linux-source-${series} ${tree.version}`,
    configs: each,
    full,
  };
}

/** Real configs beside the project, where they are. */
function corpus() {
  const folder = join(root, '../shared/corpus');
  if (!existsSync(folder)) return [];
  const found = [];
  const walk = (place) => {
    for (const name of readdirSync(place).sort()) {
      const path = join(place, name);
      if (statSync(path).isDirectory()) walk(path);
      else if (/config|fragment/i.test(name) && !/\.(?:md|gz|json|xz)$/.test(name)) found.push({ name, path });
    }
  };
  walk(folder);
  return found;
}

if (jobArgument >= 0) {
  const job = JSON.parse(process.argv[jobArgument + 1]);
  const { runJob } = await loadTs('test/conformance/suite.ts');
  const setting = settingOf(job);
  mkdirSync(setting.cache, { recursive: true });
  process.stdout.write(`\n@@${JSON.stringify(runJob(job, setting))}\n`);
} else await main();

function jobs() {
  const list = [];
  const small = full ? 5000 : 400;
  for (const series of ['5.10', '6.1', '6.12', '7.2', '7.3']) {
    list.push({ series, arch: 'any', part: 'own-tests' });
    for (let from = 0; from < small; from += 1250) {
      list.push({ series, arch: 'any', part: 'small', from, to: Math.min(small, from + 1250) });
    }
  }
  const arches = ['x86_64', 'arm64', 'riscv', 'arm', 's390', 'powerpc'];
  for (const series of ['6.1', '6.12', '7.3']) for (const arch of arches) list.push({ series, arch, part: 'tree' });
  for (const series of ['5.10', '7.2'])
    for (const arch of ['x86_64', 'arm64']) list.push({ series, arch, part: 'tree' });
  for (const series of ['5.10', '6.1', '6.12', '7.2', '7.3'])
    for (const arch of ['x86_64', 'arm64']) list.push({ series, arch, part: 'findings' });
  for (const name of readdirSync(join(root, 'models')).filter((each) => each.endsWith('.kmodel'))) {
    const [, series, arch] = /^([\d.]+)-(.+)\.kmodel$/.exec(name);
    list.push({ series, arch, part: 'fixes' });
  }
  return partArgument < 0 ? list : list.filter(({ part }) => part === process.argv[partArgument + 1]);
}

async function main() {
  for (const [tool, args] of [
    ['gcc', ['--version']],
    ['flex', ['--version']],
    ['bison', ['--version']],
  ]) {
    if (spawnSync(tool, args).status === 0) continue;
    if (process.getuid?.() === 0)
      spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'flex', 'bison', 'gcc', 'libc6-dev'], {
        stdio: 'ignore',
      });
    if (spawnSync(tool, args).status === 0) continue;
    console.log(`SKIPPED: the kernel's conf cannot be built here, there is no ${tool}`);
    console.log('0 passed, 0 failed, 1 skipped');
    return;
  }
  const all = jobs();
  const rows = [];
  let skipped = 0;
  let failed = 0;
  for (const series of new Set(all.map((job) => job.series))) {
    try {
      getTree(series);
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      console.log(`SKIPPED ${series}: ${error.message}`);
      skipped++;
    }
  }
  // Building conf is done once a tree, before jobs share it.
  const ready = all.filter(({ series }) => existsSync(join(cache, series, '.package')));
  const first = ready.filter(({ part }) => part === 'own-tests');
  const rest = ready.filter(({ part }) => part !== 'own-tests');
  for (const group of [first, rest]) {
    const queue = [...group];
    const worker = async () => {
      for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
        const found = await runChild(job);
        if (found === undefined) failed++;
        else rows.push(...found);
      }
    };
    await Promise.all(Array.from({ length: Math.max(1, availableParallelism()) }, worker));
  }
  const merged = mergeRows(rows);
  for (const { tree, arch, kind, count, equal, differences } of merged) {
    if (count === 0) {
      skipped++;
      console.log(`SKIPPED ${tree} ${arch} ${kind}`);
      continue;
    }
    console.log(
      `${equal === count ? 'equal' : 'DIFFERENT'}  ${tree.padEnd(5)} ${arch.padEnd(8)} ${kind}: ${equal} of ${count}`,
    );
    for (const difference of differences) console.log(`    ${difference}`);
  }
  const passed = merged.reduce((sum, row) => sum + row.equal, 0);
  failed += merged.reduce((sum, row) => sum + row.count - row.equal, 0);
  if (full) writeFileSync(join(root, 'docs/conformance.md'), page(withOthers(merged)));
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  process.exitCode = failed > 0 ? 1 : 0;
}

function runChild(job) {
  return new Promise((resolve) => {
    const args = [process.argv[1], '--job', JSON.stringify(job), ...(full ? ['--full'] : [])];
    const env = { ...process.env };
    delete env.NODE_EXTRA_CA_CERTS;
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], env });
    let text = '';
    child.stdout.on('data', (data) => {
      text += data;
    });
    child.on('close', () => {
      const line = /^@@(.*)$/m.exec(text)?.[1];
      if (line === undefined) console.log(`FAILED ${JSON.stringify(job)}\n${text}`);
      resolve(line === undefined ? undefined : JSON.parse(line));
    });
  });
}

function mergeRows(rows) {
  const table = new Map();
  for (const row of rows) {
    const key = `${row.tree} ${row.arch} ${row.kind}`;
    const before = table.get(key);
    if (before === undefined) table.set(key, { ...row });
    else {
      before.count += row.count;
      before.equal += row.equal;
      before.differences.push(...row.differences);
    }
  }
  const order = ({ tree, arch, kind }) =>
    `${tree
      .split('.')
      .map((part) => part.padStart(3, '0'))
      .join('.')} ${arch} ${kind}`;
  return [...table.values()].sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

/** With --part, the rows of other parts stay as the page has them. */
function withOthers(rows) {
  if (partArgument < 0) return rows;
  const kinds = new Set(rows.map(({ kind }) => kind));
  const text = readFileSync(join(root, 'docs/conformance.md'), 'utf8');
  const others = [...text.matchAll(/^\| ([\d.]+) \| (\S+) \| (.+?) \| (\d+) \| (\d+) \| \d+ \|$/gm)]
    .map(([, tree, arch, kind, count, equal]) => ({ tree, arch, kind, count: +count, equal: +equal, differences: [] }))
    .filter(({ kind }) => !kinds.has(kind));
  return mergeRows([...others, ...rows]);
}

function page(rows) {
  const versions = [...new Set(rows.map(({ tree }) => tree))].map((series) => `${series}: ${getTree(series).version}`);
  const lines = rows.map(
    ({ tree, arch, kind, count, equal }) => `| ${tree} | ${arch} | ${kind} | ${count} | ${equal} | ${count - equal} |`,
  );
  const total = rows.reduce((sum, { count }) => sum + count, 0);
  return `# The kernel's own tools agree

Made by \`npm run test:conformance -- --full\`. Each row compares what the kernel's own \`conf\`, built from that tree, writes with what
kconfig-lint writes, byte for byte, with the same answers of the shell on both sides. ${total} comparisons.

Trees: Debian's ${versions.join(', ')}.

| tree | arch | what was compared | count | equal | different |
|---|---|---|---|---|---|
${lines.join('\n')}
`;
}
