/** The plain lint against checkers that others wrote, on the same files, with the profiles that answer the same question and with all. */
import { join } from 'node:path';
import { loadTs, root } from '../scripts/load-ts.mjs';
import { buildValidator, findPeers } from '../scripts/peer-programs.mjs';
import { Unavailable } from '../scripts/trees.mjs';
import { lint, off } from './lint.mjs';
import { env, interleave, lessRow, ratioRow, without } from './measure.mjs';

const all = ['--profile', 'all'];

/** What each peer is called here, how it is run as users do, and what is said of its work. */
function programs(folder, report) {
  const found = findPeers((what, error) => {
    if (!(error instanceof Unavailable)) throw error;
    report.skip(what, error);
  });
  const list = [];
  const checker = found['kernel-hardening-checker'];
  if (checker !== undefined) {
    const { argv, env: own } = checker.command('');
    // Its bytecode is kept, as it is where Debian installed it, and its report is the table for people.
    const kept = without(own, 'PYTHONDONTWRITEBYTECODE');
    const run = [argv[0], argv[1], '-c'];
    list.push({
      id: 'kernel-hardening-checker',
      name: `kernel-hardening-checker ${checker.version}`,
      ask: (config) => ({ argv: [...run, config], env: kept }),
      goal: { one: 0.5, many: 80 },
      gates: { one: 4, same: 3, many: 1.5 },
    });
  }
  if (found.docker !== undefined) {
    const { command, version } = found.docker;
    // As users run it: with the zgrep of the system, which is a script, and with grep in its place.
    const { PATH } = env;
    list.push({
      id: 'docker',
      name: `Docker's check-config.sh ${version}`,
      ask: (config) => ({ ...command(config, ''), env: { ...command(config, '').env, PATH } }),
      gates: { one: 0.4, same: 80, many: 10 },
      most: 20,
    });
    list.push({
      id: 'docker',
      name: 'check-config.sh with grep for zgrep',
      ask: (config) => command(config, '6.1.0'),
      gates: { one: 1.2, same: 30, many: 5 },
      most: 40,
    });
  }
  if (found.lxc !== undefined) {
    const { command, version } = found.lxc;
    list.push({
      id: 'lxc',
      name: `lxc-checkconfig ${version}`,
      ask: (config) => command(config),
      gates: { one: 3, same: 12, many: 2 },
    });
  }
  if (found.kubeadm !== undefined) {
    try {
      const program = buildValidator(found.kubeadm.folder, join(root, 'bench/kubeadm'), join(folder, 'kubeadm'));
      list.push({
        id: 'kubeadm',
        name: `kubeadm's validator ${found.kubeadm.version}, in Go, its kernel part alone`,
        ask: (config) => ({ argv: [program, config], env }),
      });
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      report.skip("kubeadm's validator, which has to be compiled", error);
    }
  }
  return list;
}

/** Rows for one config, and for many: theirs once a config, ours in one process. */
export async function measurePeers(report, { folder, folders, config, different, counts, rounds }) {
  const { compared, few } = folders;
  report.section(
    'Against other checkers',
    'CPU time, the same files, each with its report for people. "The same question": only the profiles of ours that `npm run peers` holds against it. With a model the Kconfig of the kernel is evaluated as well, which no checker does.',
  );
  const { counterparts } = await loadTs('test/peers/suite.ts');
  for (const { id, name, ask, goal, gates, most = Number.POSITIVE_INFINITY } of programs(folder, report)) {
    const own = counterparts[id].flatMap((profile) => ['--profile', profile]);
    const cold = interleave(
      [lint(config, own, off), lint(config, all, off), lint(config, own), { runs: [ask(config)] }],
      rounds.other,
    );
    const one = `one config, ${name}`;
    ratioRow(report, `${one}: the same question`, [cold[0], cold[3]]);
    ratioRow(report, `${one}: every profile`, [cold[1], cold[3]], { most: goal?.one, gate: gates?.one });
    ratioRow(report, `${one}: the same question, with a model`, [cold[2], cold[3]]);
    const taken = Math.min(most, counts.peer);
    const [same, every, model, theirs] = interleave(
      [
        lint(compared, own, off),
        lint(compared, all, off),
        lint(few, own),
        { runs: different.slice(0, taken).map(ask) },
      ],
      1,
      0,
    );
    const extrapolated = (of) => ({ count: of / taken, note: of === taken ? '' : ` (from ${taken})` });
    const many = `different configs in one process, a run of ${name} for each`;
    const whole = extrapolated(counts.compared);
    lessRow(report, `${counts.compared} ${many}: the same question`, [same, theirs], { gate: gates?.same, ...whole });
    lessRow(report, `${counts.compared} ${many}: every profile`, [every, theirs], {
      least: goal?.many,
      gate: gates?.many,
      ...whole,
    });
    lessRow(
      report,
      `${counts.model} ${many}: the same question, with the models`,
      [model, theirs],
      extrapolated(counts.model),
    );
  }
}
