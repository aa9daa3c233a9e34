/** Real configs to measure on, and as many different ones as are wanted, made of them. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadTs, root } from '../scripts/load-ts.mjs';
import { loadRules } from '../scripts/rules.mjs';
import { getConfigs, Unavailable } from '../scripts/trees.mjs';

const corpus = process.env.KCONFIG_LINT_CORPUS ?? join(root, '../shared/corpus');
const own = join(root, 'fixtures/real/linux-x86_64-6.12.config');

function debian(series, arch, report) {
  try {
    return getConfigs(series, arch).map(({ name, path }) => ({ name: `Debian ${series} ${name}`, path }));
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    report.skip(`Debian's configs of ${series} for ${arch}`, error);
    return [];
  }
}

/** Complete configs in a folder of real ones. */
const filesIn = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true })
        .sort()
        .map((name) => ({ name, path: join(folder, name) }))
        .filter(({ name, path }) => /config/.test(name) && /^# Linux\//m.test(headOf(path)))
    : [];

function headOf(path) {
  try {
    return readFileSync(path, 'latin1').slice(0, 300);
  } catch {
    return '';
  }
}

/** The configs of this machine: one of the size that distributions ship, and all that others are made of. */
export function realConfigs(report) {
  const series = ['5.10', '6.1', '6.12'];
  const shipped = series.flatMap((each) => ['amd64', 'arm64'].flatMap((arch) => debian(each, arch, report)));
  const guests = filesIn(corpus);
  if (guests.length === 0) report.skip('configs of guests beside the repository');
  const one = shipped.find(({ name }) => name === 'Debian 6.1 config.amd64_none_amd64');
  return { one, all: [...shipped, ...guests, { name: 'fixtures/real', path: own }] };
}

/** Where apt has no config of that size: the one that is ours, with as many settings again under other names. */
export function enlarged() {
  const real = readFileSync(own, 'utf8');
  const lines = real.split('\n').filter((line) => /^CONFIG_\w+=|^# CONFIG_\w+ is not set$/.test(line));
  const more = lines.map((line) => line.replace(/CONFIG_(\w+)/, 'CONFIG_BENCH_$1'));
  return `${`${real}${more.join('\n')}\n`.split('\n').slice(0, 10_600).join('\n')}\n`;
}

const flipped = {
  y: (name) => `# CONFIG_${name} is not set`,
  m: (name) => `CONFIG_${name}=y`,
  'not set': (name) => `CONFIG_${name}=y`,
};

/**
 * Writes `count` configs into a folder, no two alike: each is a real one with another release in its header and a dozen values changed that
 * profiles look at. The same each time. Gives their paths and how many lines they have in the middle.
 */
export async function writeDifferent(folder, bases, count) {
  mkdirSync(folder, { recursive: true });
  const { symbolsNamedBy } = await loadTs('src/project/rows.ts');
  const { profiles } = await loadRules();
  const rows = [...profiles.values()].flatMap(({ requirements }) => requirements);
  const looked = new Set(rows.flatMap((row) => [...symbolsNamedBy(row)]));
  const read = bases.map(({ path }) => {
    const lines = readFileSync(path, 'latin1').split('\n');
    const places = lines.flatMap((line, i) => {
      const found = /^CONFIG_(\w+)=([ym])$|^# CONFIG_(\w+) is not set$/.exec(line);
      const name = found?.[1] ?? found?.[3];
      return name !== undefined && looked.has(name) ? [{ i, name, value: found[2] ?? 'not set' }] : [];
    });
    return { lines, places, header: lines.findIndex((line) => /^# Linux\//.test(line)) };
  });
  let seed = 1;
  const next = (below) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return (seed >>> 8) % below;
  };
  const seen = new Set();
  const paths = [];
  let total = 0;
  for (let n = 0; n < count; n++) {
    const { lines, places, header } = read[n % read.length];
    const changed = [...lines];
    changed[header] = lines[header].replace(/(\d+\.\d+)\.\d+\S*/, `$1.${100 + n}`);
    for (let k = 0; k < 12; k++) {
      const { i, name, value } = places[next(places.length)];
      changed[i] = flipped[value](name);
    }
    const text = changed.join('\n');
    if (seen.has(text)) throw new Error('two configs are alike');
    seen.add(text);
    const path = join(folder, `${String(n).padStart(5, '0')}.config`);
    writeFileSync(path, text, 'latin1');
    paths.push(path);
    total += lines.length;
  }
  return { paths, lines: Math.round(total / count) };
}
