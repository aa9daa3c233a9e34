/**
 * What a lint with every profile cannot go below on Node, whatever it thinks of: reading a config, finding its lines, writing a report
 * that lies ready, and reading the rules. `node bench/floor.mjs`; without gates.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../scripts/load-ts.mjs';
import { findPeers } from '../scripts/peer-programs.mjs';
import { enlarged, realConfigs, writeDifferent } from './configs.mjs';
import { empty, lint, off } from './lint.mjs';
import { createReport, env, interleave, median, middle, ms, ratio, times } from './measure.mjs';

const many = 2000;
const folder = mkdtempSync(join(tmpdir(), 'kconfig-lint-floor-'));
const report = createReport();

/** A program of the scan alone, as small as it can be. */
async function makeFloor(reportFile) {
  const contents = `
    import { readFileSync, readdirSync, writeSync, openSync } from 'node:fs';
    import { join } from 'node:path';
    import { scanText } from './src/config/fast-scan.ts';
    const [what, where, rules] = process.argv.slice(2);
    const words = readFileSync(${JSON.stringify(reportFile)}, 'latin1');
    const out = openSync('/dev/null', 'w');
    const files = what === 'many' ? readdirSync(where).map((name) => join(where, name)) : [where];
    if (rules !== undefined)
      for (const line of readFileSync(rules, 'latin1').split('\\n')) {
        const at = Math.max(line.search('[\\\\[{]'), 0);
        if (line !== '') JSON.parse(line.slice(at));
      }
    for (const file of files) {
      scanText(readFileSync(file), { transient: true });
      writeSync(out, words);
    }`;
  const stdin = { contents, resolveDir: root, sourcefile: 'floor.ts', loader: 'ts' };
  const outfile = join(folder, 'floor.cjs');
  await build({ stdin, outfile, bundle: true, minify: true, platform: 'node', format: 'cjs', logLevel: 'error' });
  return (...words) => [process.execPath, outfile, ...words];
}

try {
  const real = realConfigs(report);
  const config = real.one?.path ?? join(folder, 'config');
  if (real.one === undefined) writeFileSync(config, enlarged());
  const all = lint(config, '--profile', 'all', off);
  const options = { env, encoding: 'utf8', maxBuffer: 1 << 28 };
  const words = execFileSync(all[0], [...all.slice(1), '--fail-on', 'never'], options);
  const reportFile = join(folder, 'report.txt');
  writeFileSync(reportFile, words);
  const floor = await makeFloor(reportFile);
  const rules = join(root, 'dist/rules.txt');
  report.section('One config, against node -e 0', '');
  const checker = findPeers(() => undefined)['kernel-hardening-checker'];
  const { argv, env: own } = checker?.command('') ?? {};
  const theirs = checker === undefined ? [] : [{ runs: [{ argv: [argv[0], argv[1], '-c', config], env: own }] }];
  const samples = interleave([empty, floor('one', config), floor('one', config, rules), all, ...theirs], 31);
  const [start, scanned, ruled, ours, peer] = samples;
  const row = (what, side) => {
    const beside = peer === undefined ? '' : `, ${times(ratio(side, peer))} of kernel-hardening-checker`;
    report.row({
      what,
      measured: `${times(ratio(side, start))}${beside}`,
      ours: ms(middle(side)),
      theirs: ms(middle(start)),
    });
  };
  row('Node alone', start);
  row(`read, find the lines, write ${words.length} bytes that lie ready`, scanned);
  row('the same with the rules read', ruled);
  row('ours', ours);
  report.section(`${many} configs in one process`, '');
  const { paths } = await writeDifferent(join(folder, 'many'), real.all, many);
  const rates = interleave([floor('one', paths[0]), floor('many', join(folder, 'many'))], 3, 0);
  const rate = (many - 1) / (median(rates[1].map(({ cpu }) => cpu)) - median(rates[0].map(({ cpu }) => cpu)));
  report.row({
    what: 'read, find the lines, write such a report for each',
    measured: `${Math.round(rate)} configs/s/core`,
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
