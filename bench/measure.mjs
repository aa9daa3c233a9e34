/**
 * Measures whole processes run in turn, and prints what came of it as rows: CPU time (user and system, of children too), wall time and peak
 * memory. NODE_EXTRA_CA_CERTS is unset for all: it alone makes Node 20 start 2.6 times slower and would flatter every ratio.
 */
import { spawnSync } from 'node:child_process';
import { python } from '../scripts/peer-programs.mjs';

/** An environment but for one name of it. */
export function without(variables, name) {
  const { [name]: _, ...rest } = variables;
  return rest;
}

export const env = without(process.env, 'NODE_EXTRA_CA_CERTS');

/** Python, since Node does not say what a child took. Its own memory, 10 MB, is the least that is ever seen. */
const script = `
import json, os, shutil, sys, time
commands, rounds, warm = json.load(sys.stdin)
null = os.open(os.devnull, os.O_RDWR)
actions = [(os.POSIX_SPAWN_DUP2, null, fd) for fd in (0, 1, 2)]
def once(command):
    cpu = wall = rss = 0
    os.chdir(command["cwd"])
    for run in command["runs"]:
        argv = run["argv"]
        for source, target in command["copies"]: shutil.copyfile(source, target)
        start = time.monotonic()
        pid = os.posix_spawnp(argv[0], argv, run["env"], file_actions=actions)
        _, status, used = os.wait4(pid, 0)
        wall += time.monotonic() - start
        cpu += used.ru_utime + used.ru_stime
        rss = max(rss, used.ru_maxrss / 1024)
        code = os.waitstatus_to_exitcode(status)
        if code not in command["statuses"]: sys.exit("ended with %d: %s" % (code, " ".join(argv)))
    return {"cpu": cpu, "wall": wall, "rss": rss}
samples = [[] for _ in commands]
for i in range(warm + rounds):
    for command, own in zip(commands, samples):
        sample = once(command)
        if i >= warm: own.append(sample)
print(json.dumps(samples))
`;

/**
 * Runs commands in turn, round by round, and gives the samples of each: seconds of CPU and wall time and MB. A command is an argv, or
 * `{ runs, cwd, copies, statuses }`: several runs (argv and environment) one after another that count as one, files that are copied before each,
 * and the exit codes that are no failure; any other ends the measuring, for a program that fails at once is fast.
 */
export function interleave(commands, rounds, warm = 1) {
  const all = commands.map((command) => {
    const given = Array.isArray(command) ? { runs: [{ argv: command }] } : command;
    const runs = given.runs.map(({ argv, env: own = env }) => ({ argv, env: without(own, 'NODE_EXTRA_CA_CERTS') }));
    return { cwd: process.cwd(), copies: [], statuses: [0, 1], ...given, runs };
  });
  const { status, stdout, stderr } = spawnSync(python, ['-S', '-c', script], {
    input: JSON.stringify([all, rounds, warm]),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`measuring failed: ${stderr.trim()}`);
  return JSON.parse(stdout);
}

export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** The median of what every round gives for two commands, each against the other of its round. */
export const ratio = (ours, theirs, what = 'cpu') =>
  median(ours.map((sample, i) => sample[what] / (theirs[i] ?? theirs[0])[what]));

export const middle = (samples, what = 'cpu') => median(samples.map((sample) => sample[what]));

export const ms = (seconds) => (seconds < 10 ? `${Math.round(1000 * seconds)} ms` : `${seconds.toFixed(1)} s`);
export const times = (value) => `${value < 10 ? value.toFixed(2) : Math.round(value)} ×`;

/**
 * A report that grows row by row. A row: `what` is measured, `ours` and `theirs`, the `measured` ratio, the `goal` in words, whether it `holds`
 * (left out where there is no goal), and a `gate`: a limit that a slow day does not reach, and whether that holds.
 */
export function createReport(print = console.log) {
  const sections = [];
  const skipped = [];
  const row = (given) => {
    sections.at(-1).rows.push(given);
    const { what, measured, goal, holds, gate, ours, theirs } = given;
    const sides = ours === undefined ? '' : ` (${ours}${theirs === undefined ? '' : ` : ${theirs}`})`;
    const limit = gate === undefined ? '' : `; gate ${gate.limit}: ${gate.holds ? 'passed' : 'FAILED'}`;
    const aim = goal === undefined ? '' : `; goal ${goal}: ${holds ? 'met' : 'missed'}`;
    print(`  ${markOf(given)} ${what}: ${measured}${sides}${aim}${limit}`);
  };
  return {
    sections,
    skipped,
    section: (title, prose) => {
      sections.push({ title, prose, rows: [] });
      print(`\n${title}`);
    },
    row,
    skip: (what, error) => {
      skipped.push(what);
      print(`  SKIPPED ${what}${error === undefined ? '' : `: ${error.message}`}`);
    },
  };
}

const markOf = ({ holds, gate }) => (gate?.holds === false ? '✖' : holds === undefined ? '–' : holds ? '✔' : '○');

/** A ratio of ours to theirs that should be small: `most` is the goal, `gate` what it never may be. */
export function ratioRow(report, what, samples, { most, gate, key = 'cpu', goal, count = 1 } = {}) {
  const value = ratio(samples[0], samples[1], key) / count;
  report.row({
    what,
    ours: ms(middle(samples[0], key)),
    theirs: `${ms(middle(samples[1], key) * count)}`,
    measured: times(value),
    ...(most === undefined ? {} : { goal: goal ?? `≤ ${most} ×`, holds: value <= most }),
    ...(gate === undefined ? {} : { gate: { limit: `≤ ${gate} ×`, holds: value <= gate } }),
  });
  return value;
}

/** The same the other way round: how many times less than theirs; `count` times theirs is what was measured of it. */
export function lessRow(report, what, samples, { least, gate, count = 1, note = '' } = {}) {
  const value = ratio(samples[1], samples[0]) * count;
  report.row({
    what,
    ours: ms(middle(samples[0])),
    theirs: `${ms(middle(samples[1]) * count)}${note}`,
    measured: `${times(value)} less`,
    ...(least === undefined ? {} : { goal: `≥ ${least} × less`, holds: value >= least }),
    ...(gate === undefined ? {} : { gate: { limit: `≥ ${gate} × less`, holds: value >= gate } }),
  });
  return value;
}
