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
 * What a row says of a value that should be at most so much: the goal, and a gate that a slow day does not reach, with the factor that lies
 * between the gate and what was measured. `goal` words it where the number alone would not do.
 */
export function atMost(value, unit, { most, gate, goal } = {}) {
  return limits(value, unit, '≤', { aim: most, gate, goal }, (a, b) => a <= b, gate / value);
}

/** The same for a value that should be at least so much. */
export function atLeast(value, unit, { least, gate, goal } = {}) {
  return limits(value, unit, '≥', { aim: least, gate, goal }, (a, b) => a >= b, value / gate);
}

function limits(value, unit, sign, { aim, gate, goal }, holds, margin) {
  return {
    ...(aim === undefined ? {} : { goal: goal ?? `${sign} ${aim} ${unit}`, holds: holds(value, aim) }),
    ...(gate === undefined ? {} : { gate: { limit: `${sign} ${gate} ${unit}`, holds: holds(value, gate), margin } }),
  };
}

/**
 * A report that grows row by row. A row: `what` is measured, `ours` and `theirs`, the `measured` ratio, the `goal` in words and whether it `holds`
 * (left out where there is no goal), and a `gate`: its limit, whether that holds and by which margin.
 */
export function createReport(print = console.log) {
  const sections = [];
  const skipped = [];
  return {
    sections,
    skipped,
    section: (title, prose) => {
      sections.push({ title, prose, rows: [] });
      print(`\n${title}`);
    },
    row: (row) => {
      sections.at(-1).rows.push(row);
      const { what, measured, goal, holds, gate, ours, theirs } = row;
      const sides = ours === undefined ? '' : ` (${ours} : ${theirs})`;
      const aim = goal === undefined ? '' : `; goal ${goal}: ${holds ? 'met' : 'missed'}`;
      const limit = gate === undefined ? '' : `; gate ${gate.limit}: ${gate.holds ? 'passed' : 'FAILED'}`;
      print(`  ${markOf(row)} ${what}: ${measured}${sides}${aim}${limit}`);
    },
    skip: (what, error) => {
      skipped.push(what);
      print(`  SKIPPED ${what}${error === undefined ? '' : `: ${error.message}`}`);
    },
  };
}

const markOf = ({ holds, gate }) => (gate?.holds === false ? '✖' : holds === undefined ? '–' : holds ? '✔' : '○');

/** A row on how much of the CPU time of theirs ours takes. */
export function ratioRow(report, what, [ours, theirs], wanted) {
  const value = ratio(ours, theirs);
  const sides = { ours: ms(middle(ours)), theirs: ms(middle(theirs)) };
  report.row({ what, ...sides, measured: times(value), ...atMost(value, '×', wanted) });
}

/** A row on how many times less CPU time ours takes; what was measured of theirs stands for `count` times as much. */
export function lessRow(report, what, [ours, theirs], { count = 1, note = '', ...wanted }) {
  const value = ratio(theirs, ours) * count;
  const sides = { ours: ms(middle(ours)), theirs: `${ms(middle(theirs) * count)}${note}` };
  const measured = value < 1 ? `${times(1 / value)} more` : `${times(value)} less`;
  report.row({ what, ...sides, measured, ...atLeast(value, '× less', wanted) });
}
