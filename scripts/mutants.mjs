/**
 * Mutation testing: changes the readers, the judges and the escapers in small ways and asks whether a test notices. `--coverage` asks
 * instead whether the tests take every branch of the same files. Usage: node scripts/mutants.mjs [--coverage] [--group NAME]… [--one-in N].
 * A group passes from 85 % on; `--one-in` runs every
 * N-th mutant, always the same ones, and the table says of how many.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Stryker } from '@stryker-mutator/core';
import { goal, groups, slowTests } from './mutants/groups.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
const args = process.argv.slice(2);
const valuesOf = (name) => args.flatMap((word, i) => (word === name ? [args[i + 1]] : []));
const wanted = valuesOf('--group');
const files = valuesOf('--file');
const onlyTests = valuesOf('--test');
const stride = Number(valuesOf('--one-in')[0] ?? 1);
const work = join(root, 'node_modules/.cache/mutants');
mkdirSync(work, { recursive: true });

const unknown = wanted.filter((name) => !groups.some((group) => group.name === name));
if (unknown.length > 0)
  throw new Error(`no group ${unknown.join(', ')}; there are ${groups.map(({ name }) => name).join(', ')}`);

let [passed, failed] = [0, 0];
if (args.includes('--coverage')) checkBranches();
else await askGroups();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

async function askGroups() {
  const rows = [];
  for (const group of groups.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
    const row = tally(group, await mutate(group));
    rows.push(row);
    if (row.score >= goal) passed++;
    else failed++;
  }
  console.log(table(rows));
}

/** Holds every file of the groups to its branches. */
function checkBranches() {
  const files = groups.flatMap((group) => group.files);
  const tests = [...groups.flatMap((group) => group.tests), ...slowTests];
  const folder = join(work, 'coverage');
  const { status } = spawnSync(
    join(root, 'node_modules/.bin/vitest'),
    [
      'run',
      ...new Set(tests),
      '--reporter=dot',
      '--coverage',
      `--coverage.reportsDirectory=${folder}`,
      ...['json', 'json-summary'].map((name) => `--coverage.reporter=${name}`),
      ...files.map((file) => `--coverage.include=${file}`),
    ],
    { stdio: 'inherit' },
  );
  if (status !== 0) failed++;
  const summary = JSON.parse(readFileSync(join(folder, 'coverage-summary.json'), 'utf8'));
  console.log('| file | branches | taken |\n|---|--:|--:|');
  for (const file of files) {
    const { total, covered, pct } = summary[join(root, file)].branches;
    if (pct === 100) passed++;
    else failed++;
    console.log(`| ${file} | ${total} | ${pct === 100 ? '100 %' : `${pct} % (${total - covered} not)`} |`);
  }
}

/** A mutant of what runs on loading is asked again where it lived: Stryker does not see that a new test concerns it. */
function forgetSurvivors(file) {
  if (!existsSync(file)) return;
  const report = JSON.parse(readFileSync(file, 'utf8'));
  for (const each of Object.values(report.files))
    each.mutants = each.mutants.filter((mutant) => mutant.status !== 'Survived' || mutant.static !== true);
  writeFileSync(file, JSON.stringify(report));
}

/** Runs what no earlier run has settled: a mutant is run again when it, or a test that concerns it, has changed. */
function mutate({ name, files: all, tests, without = [] }) {
  // A mutant that was left out of a sample was not settled.
  const known = join(work, `${name}-${stride}.json`);
  forgetSurvivors(known);
  return new Stryker({
    mutate: files.length > 0 ? files : [...all],
    // Not `testFiles`: that would give a mutant of what runs on loading the files for the names of its tests.
    anew: { tests: onlyTests.length > 0 ? onlyTests : [...tests], without, times: join(work, `${name}-times.json`) },
    testRunner: 'anew',
    plugins: ['runner', 'sample'].map((name) => join(root, `scripts/mutants/${name}.mjs`)),
    checkers: stride > 1 ? ['sample'] : [],
    sample: { stride },
    coverageAnalysis: 'perTest',
    concurrency: Number(valuesOf('--jobs')[0] ?? 1),
    incremental: true,
    incrementalFile: known,
    force: args.includes('--again'),
    tempDirName: '.stryker-tmp',
    tsconfigFile: 'none',
    ignorePatterns: ['/dist', '/models', '/docs', '/bench', '/coverage', '/man'],
    reporters: ['dots'],
    clearTextReporter: { allowColor: false },
    disableTypeChecks: false,
    warnings: { unknownOptions: false },
    timeoutMS: 10_000,
    timeoutFactor: 3,
    dryRunTimeoutMinutes: 15,
    allowConsoleColors: false,
  }).runMutationTest();
}

function tally({ name }, results) {
  const count = (...statuses) => results.filter(({ status }) => statuses.includes(status)).length;
  const killed = count('Killed', 'RuntimeError');
  const timeouts = count('Timeout');
  const survived = results.filter(({ status }) => status === 'Survived' || status === 'NoCoverage');
  for (const { fileName, location, replacement, status, mutatorName } of survived) {
    console.log(
      `${fileName}:${location.start.line}:${location.start.column}-${location.end.line}:${location.end.column} ${status} ${mutatorName}: ${replacement.replace(/\s+/g, ' ').slice(0, 100)}`,
    );
  }
  const run = killed + timeouts + survived.length;
  return {
    name,
    all: results.length,
    run,
    killed,
    timeouts,
    survived: survived.length,
    ignored: count('Ignored'),
    score: run === 0 ? 0 : (100 * (killed + timeouts)) / run,
  };
}

function table(rows) {
  const lines = rows.map(
    ({ name, all, run, killed, timeouts, survived, score }) =>
      `| ${name} | ${run} of ${all} | ${killed} | ${timeouts} | ${survived} | ${score.toFixed(1)} % |`,
  );
  return `| group | mutants run | killed | timeouts | survived | score |\n|---|--:|--:|--:|--:|--:|\n${lines.join('\n')}`;
}
