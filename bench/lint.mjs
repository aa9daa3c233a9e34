/** The plain lint against the start of Node, over many configs, and its parser against the reading of lines. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadTs, root } from '../scripts/load-ts.mjs';
import { layReal } from './fleet.mjs';
import { atLeast, atMost, interleave, median, middle, ms, ratioRow, times } from './measure.mjs';

export const cli = join(root, 'dist/kconfig-lint.cjs');
export const lint = (...words) => [process.execPath, cli, ...words.flat()];
export const off = ['--kconfig', 'off'];
export const empty = [process.execPath, '-e', '0'];

const choices = [
  ['every profile', ['--profile', 'all']],
  ['one profile', ['--profile', 'kubernetes-node']],
  ['no profile', []],
];

/** One config, one process. */
export function measureStart(report, { config, lines, rounds }) {
  report.section(
    'Cold: one config in a process of its own',
    `A config of ${lines} lines, text report, CPU time, against \`node -e 0\`.`,
  );
  const off3 = choices.map(([, words]) => lint(config, words, off));
  const plain = interleave([...off3, empty], rounds.cold);
  const start = plain[3];
  const goals = [{ most: 1.5, gate: 8 }, { gate: 6 }, { gate: 5 }];
  choices.forEach(([name], i) => {
    ratioRow(report, `${name}, without a model`, [plain[i], start], goals[i]);
  });
  const model = interleave([...choices.map(([, words]) => lint(config, words)), empty], rounds.other);
  choices.forEach(([name], i) => {
    ratioRow(report, `${name}, with the model of its kernel`, [model[i], model[3]]);
  });
}

/** Configs per second of CPU after the first. */
function rateRow(report, what, [one, all], count, wanted) {
  const rate = (count - 1) / (middle(all) - middle(one));
  const unit = 'configs/s/core';
  report.row({
    what,
    measured: `${rate < 10 ? rate.toFixed(1) : Math.round(rate)} ${unit}`,
    ...atLeast(rate, unit, wanted),
  });
}

/** Many different configs in one process, and many equal ones. */
export function measureMany(report, { folders, different, bases, middle: lines, counts, rounds }) {
  const { many, few, same, real } = folders;
  report.section(
    'Warm: many configs in one process',
    `Real configs of ${lines} lines in the middle, each with a dozen other values that profiles look at and another release in its header; text report; CPU time after the first config.`,
  );
  const ask = (where, words, model) => {
    const rest = [words, model ? [] : off];
    return interleave([lint(different[0], ...rest), lint(where, ...rest)], model ? 1 : rounds.warm, 0);
  };
  for (const [name, words] of choices) {
    const least = name === 'no profile' ? undefined : 2000;
    rateRow(report, `${counts.many} different, ${name}, without a model`, ask(many, words, false), counts.many, {
      least,
    });
  }
  const equal = ask(same, choices[0][1], false);
  rateRow(report, `${counts.many} equal, every profile, without a model`, equal, counts.many);
  for (const [name, words] of choices)
    rateRow(report, `${counts.model} different, ${name}, with the models`, ask(few, words, true), counts.model);
  // What somebody changed by hand does not hold together, and the search for what would costs most of it.
  const asTheyAre = interleave([lint(bases[0].path), lint(real)], 1, 0);
  rateRow(report, `${bases.length} real ones as they are, no profile, with the models`, asTheyAre, bases.length);
}

/** The peak for one config and for many, and how it grows. */
export function measureMemory(report, { folders, different, counts }) {
  report.section(
    'Memory',
    'The most that the process ever held on one thread, for many of the same configs against few; every profile.',
  );
  const peak = (where, words) => interleave([lint(where, '--profile', 'all', words)], 1, 0)[0][0].rss;
  const row = (what, from, where, words, most, gate) => {
    const [small, large] = [peak(from, words), peak(where, words)];
    const growth = large / small;
    const limits = atMost(growth, '×', { gate });
    const goal = most === undefined ? {} : { goal: `≤ ${most} MB, ≤ 2 ×`, holds: large <= most && growth <= 2 };
    const sides = { ours: `${Math.round(large)} MB`, theirs: `${Math.round(small)} MB` };
    report.row({ what, ...sides, measured: times(growth), ...limits, ...goal });
  };
  const oneThread = ['--jobs', '1'];
  const repeats = Math.ceil(counts.memory / different.length);
  const note = repeats > 1 ? `, ${different.length} different ones ${repeats} times,` : '';
  const plain = [...off, ...oneThread];
  row(`1 → ${counts.memory} configs${note} without a model`, different[0], folders.most, plain, 100, 4);
  // A run holds the models of all releases and architectures that it met, which half of the configs bring as well.
  const { half, few } = folders;
  row(`${counts.model / 2} → ${counts.model} configs, with the models`, half, few, oneThread, undefined, 3);
}

/** Worker threads and the cache of results, where this version has them. */
export function measureFleet(report, { folder, folders, different, counts, rounds }) {
  const knows = (...words) => {
    try {
      interleave([lint(different[0], off, words)], 1, 0);
      return true;
    } catch {
      return false;
    }
  };
  report.section(
    'Fleets: threads and cache',
    'Without a model: the same different configs, every profile. With one: a config of Linux 6.12 that only differs in its LOCALVERSION, one profile. Wall time; one thread lets the collector of garbage and the compilers work on the other core, so two are never twice as fast.',
  );
  const own = lint(folders.many, '--profile', 'all', off);
  const asking = lint(layReal(join(folder, 'asking'), counts.asking), '--profile', 'kubernetes-node');
  const row = (what, [theirs, ours], wanted) => {
    const value = middle(theirs, 'wall') / middle(ours, 'wall');
    const sides = { ours: ms(middle(ours, 'wall')), theirs: ms(middle(theirs, 'wall')) };
    report.row({ what, ...sides, measured: `${times(value)} faster`, ...atLeast(value, '×', wanted) });
  };
  if (knows('--jobs', '2')) {
    const wanted = { least: 1.7, goal: '≥ 1.7 × on two free cores' };
    for (const [count, name, words] of [
      [counts.asking, 'with the model', asking],
      [counts.many, 'without a model', own],
    ]) {
      const samples = interleave(
        [
          [...words, '--jobs', '1'],
          [...words, '--jobs', '2'],
        ],
        rounds.warm,
      );
      row(`${count} configs, ${name}, --jobs 2 against --jobs 1`, samples, wanted);
    }
  } else report.skip('--jobs, which this version does not have');
  const cache = join(folder, 'cache');
  if (knows('--cache-dir', cache)) {
    for (const [count, name, words, wanted] of [
      [counts.asking, 'with the model', asking, { least: 10, gate: 3 }],
      [counts.many, 'without a model', own, { least: 10, gate: 2 }],
    ]) {
      const samples = interleave([words, [...words, '--cache-dir', cache]], rounds.warm);
      row(`${count} configs, ${name}, unchanged, --cache against none`, samples, wanted);
    }
  } else report.skip('--cache, which this version does not have');
}

/** The parser in this process, as a run over many configs uses it. */
export async function measureParser(report, { bases }) {
  report.section(
    'Parsing',
    'In one process, warm, real configs in turn, with a position for every entry, against `Buffer.toString` and a scan for newlines. V8 keeps strings of more than 128 kB elsewhere and makes them five times as slowly, which is why the ratios differ.',
  );
  const { parseConfig } = await loadTs('src/config/document.ts');
  const { createAsciiSource } = await loadTs('src/source.ts');
  const all = bases.map(({ path }) => readFileSync(path)).filter((bytes) => bytes.every((byte) => byte < 128));
  const decode = (bytes) => Buffer.from(bytes).toString('latin1');
  let reuse;
  const parse = (bytes) => {
    reuse = parseConfig(createAsciiSource('.config', bytes, decode), { reuse, transient: true });
  };
  const floor = (bytes) => {
    const decoded = bytes.toString('utf8');
    for (let at = decoded.indexOf('\n'); at !== -1; at = decoded.indexOf('\n', at + 1));
  };
  const large = all.filter(({ length }) => length > 200_000);
  for (const [name, texts] of [
    ['of distributions', large],
    ['of guests and clouds', all.filter(({ length }) => length <= 200_000)],
  ]) {
    if (texts.length > 0)
      parserRow(report, `${texts.length} configs ${name}`, texts, parse, floor, texts === large ? 3 : 6);
  }
}

function parserRow(report, what, texts, parse, floor, gate) {
  const perText = (action) => {
    for (let i = 0; i < 10; i++) texts.forEach(action);
    const before = process.cpuUsage();
    for (let i = 0; i < 30; i++) texts.forEach(action);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000 / 30 / texts.length;
  };
  const pairs = Array.from({ length: 9 }, () => [perText(parse), perText(floor)]);
  const value = median(pairs.map(([ours, theirs]) => ours / theirs));
  const show = (side) => `${median(pairs.map((pair) => pair[side])).toFixed(2)} ms`;
  const sides = { ours: show(0), theirs: show(1), measured: times(value) };
  report.row({ what, ...sides, ...atMost(value, '×', { most: 1.5, gate }) });
}
