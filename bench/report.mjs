/**
 * All benchmarks as one report: `node bench/report.mjs [SECTION…]`, with --quick a shorter one in which less is measured, and with --write the
 * table of bench/README.md. Ends with "N passed, N failed" for the gates alone: limits with a wide margin. Goals are reported, met or missed.
 */
import { copyFileSync, linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../scripts/load-ts.mjs';
import { python } from '../scripts/peer-programs.mjs';
import { enlarged, realConfigs, writeDifferent } from './configs.mjs';
import { measureImages } from './images.mjs';
import { measureKconfig } from './kconfig.mjs';
import { measureFleet, measureMany, measureMemory, measureParser, measureStart } from './lint.mjs';
import { createReport } from './measure.mjs';
import { measurePeers } from './peers.mjs';
import { tableOf } from './table.mjs';

const words = process.argv.slice(2);
const quick = words.includes('--quick');
const wanted = words.filter((word) => !word.startsWith('--'));
const sections = {
  start: measureStart,
  many: measureMany,
  memory: measureMemory,
  fleet: measureFleet,
  parser: measureParser,
  peers: measurePeers,
  kconfig: measureKconfig,
  images: measureImages,
};
for (const word of wanted)
  if (!(word in sections)) throw new Error(`${word} is none of ${Object.keys(sections).join(', ')}`);
if (words.includes('--write') && (quick || wanted.length > 0)) throw new Error('only a whole report is written');
if (python === undefined) throw new Error('the benchmarks need python3, which tells what a process took');

const counts = quick
  ? { many: 400, compared: 400, model: 10, asking: 100, memory: 400, peer: 10 }
  : { many: 2000, compared: 400, model: 100, asking: 1000, memory: 20_000, peer: 400 };
const folder = mkdtempSync(join(tmpdir(), 'kconfig-lint-bench-'));
const report = createReport();
const start = Date.now();
const machine = `${cpus()[0]?.model.trim()}, ${availableParallelism()} cores, Node ${process.version}`;
console.log(`${machine}, load ${loadavg()[0].toFixed(1)}${quick ? ', quick' : ''}`);

/** A folder of links to files. */
function folderOf(name, paths) {
  const made = join(folder, name);
  mkdirSync(made);
  paths.forEach((path, i) => {
    linkSync(path, join(made, `${String(i).padStart(5, '0')}.config`));
  });
  return made;
}

try {
  report.section('Configs');
  const real = realConfigs(report);
  const config = join(folder, 'config');
  writeFileSync(config, real.one === undefined ? enlarged() : readFileSync(real.one.path));
  const lines = readFileSync(config, 'latin1').split('\n').length - 1;
  const made = await writeDifferent(join(folder, 'all'), real.all, counts.many);
  const different = made.paths;
  const repeated = Array.from({ length: counts.memory }, (_, i) => different[i % different.length]);
  const copies = real.all.map(({ path }, i) => {
    const copy = join(folder, `real-${i}`);
    copyFileSync(path, copy);
    return copy;
  });
  const folders = {
    many: join(folder, 'all'),
    compared: folderOf('compared', different.slice(0, counts.compared)),
    few: folderOf('few', different.slice(0, counts.model)),
    half: folderOf('half', different.slice(0, counts.model / 2)),
    same: folderOf('same', Array(counts.many).fill(config)),
    most: folderOf('most', repeated),
    real: folderOf('real', copies),
  };
  console.log(`  one of ${lines} lines (${real.one?.name ?? 'enlarged'}), ${counts.many} made of ${real.all.length}`);
  report.sections.length = 0;
  process.chdir(folder);
  const rounds = quick ? { cold: 15, warm: 1, other: 3 } : { cold: 41, warm: 3, other: 11 };
  const given = { folder, folders, config, different, counts, bases: real.all, rounds };
  for (const [name, measure] of Object.entries(sections))
    if (wanted.length === 0 || wanted.includes(name)) await measure(report, { ...given, lines, middle: made.lines });
} finally {
  process.chdir(root);
  rmSync(folder, { recursive: true, force: true });
}

const minutes = ((Date.now() - start) / 60_000).toFixed(1);
const rows = report.sections.flatMap((section) => section.rows);
const goals = rows.filter(({ holds }) => holds !== undefined);
const gates = rows.filter(({ gate }) => gate !== undefined);
const failed = gates.filter(({ gate }) => !gate.holds).length;
console.log(`\n${minutes} minutes; ${goals.filter(({ holds }) => holds).length} of ${goals.length} goals met; missed:`);
for (const { what, measured, goal } of goals.filter(({ holds }) => !holds))
  console.log(`  ${what}: ${measured}, goal ${goal}`);
if (words.includes('--write')) {
  const path = join(root, 'bench/README.md');
  const [before, , after] = readFileSync(path, 'utf8').split(/<!-- (?:table|end of table) -->/);
  const when = `${new Date().toISOString().slice(0, 10)}, ${machine}, ${minutes} minutes`;
  writeFileSync(path, `${before}<!-- table -->\n${tableOf(report, when)}<!-- end of table -->${after}`);
}
const skipped = report.skipped.length;
console.log(`${gates.length - failed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 ? 1 : 0;
