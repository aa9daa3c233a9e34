/** The GitHub Action: runs the command line as a process of its own, and tells the runner what came of it. */
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Exit } from '../host.ts';
import { visible } from '../invisible.ts';
import { createNodeHost } from '../node-host.ts';
import { workflowCommand } from '../reporters/github.ts';
import { countsInWords, plural } from '../reporters/reporter.ts';
import { annotations, mostOfAKind } from './annotations.ts';
import { type Invocation, inputReader, outputs, readInvocation } from './inputs.ts';
import { type Results, readResults } from './results.ts';
import { rebaseSarif } from './sarif.ts';
import { faultSummary, largestSummary, summaryOf } from './summary.ts';

const env = process.env;
const workspace = env['GITHUB_WORKSPACE'] || process.cwd();

/** Straight to the descriptor, as the process that runs in between writes too, and may leave it so that a full pipe is an error. */
const say = createNodeHost(__dirname).write;

interface Ran {
  readonly exitCode: number;
  /** What it had to say beside its report. */
  readonly complaint: string;
}

/** Runs the command line where no line it prints can be a command, whatever a config holds. */
function lint(argv: readonly string[], cwd: string): Ran {
  const token = randomUUID();
  say(`::stop-commands::${token}\n`);
  const { status, stderr, error } = spawnSync(process.execPath, [join(__dirname, 'kconfig-lint.cjs'), ...argv], {
    cwd,
    stdio: ['ignore', 'inherit', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
  // A last line without an end would hide the token.
  say(`\n${stderr ?? ''}\n::${token}::\n`);
  const complaint = error === undefined ? stderr : `kconfig-lint cannot be run: ${error.message}`;
  return { exitCode: status ?? Exit.internal, complaint: complaint.trim() };
}

/** A path of a report, from the root of the repository and with slashes; as it is where it lies elsewhere. */
function toWorkspace(path: string, cwd: string): string {
  const inside = relative(workspace, resolve(cwd, path)).replaceAll('\\', '/');
  return inside === '' || inside.startsWith('../') || isAbsolute(inside) ? path : inside;
}

/** The same for a URI of SARIF. */
function uriToWorkspace(uri: string, cwd: string): string {
  const url = new URL(uri, pathToFileURL(`${resolve(cwd)}/`));
  if (url.protocol !== 'file:') return uri;
  const path = fileURLToPath(url);
  const inside = toWorkspace(path, cwd);
  return inside === path ? uri : inside.split('/').map(encodeURIComponent).join('/');
}

function* linesOf(path: string): Iterable<string> {
  const fd = openSync(path, 'r');
  const decoder = new StringDecoder('utf8');
  const room = Buffer.alloc(1 << 20);
  let rest = '';
  try {
    for (let read = readSync(fd, room); read > 0; read = readSync(fd, room)) {
      const lines = (rest + decoder.write(room.subarray(0, read))).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } finally {
    closeSync(fd);
  }
  if (rest !== '') yield rest;
}

const textOf = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};

function writeSummary(text: (room: number) => string): void {
  const path = env['GITHUB_STEP_SUMMARY'];
  if (!path) return;
  const written = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  appendFileSync(path, text(largestSummary - written));
}

/** A delimiter that no value can hold. */
function writeOutputs(values: Readonly<Record<string, string>>): void {
  const path = env['GITHUB_OUTPUT'];
  if (!path) return;
  const delimiter = `end-${randomUUID()}`;
  appendFileSync(
    path,
    outputs.map(({ name }) => `${name}<<${delimiter}\n${values[name] ?? ''}\n${delimiter}\n`).join(''),
  );
}

function main(): number {
  const invocation = readInvocation(inputReader(env));
  if ('fault' in invocation) return fail(invocation.fault, Exit.usage, true);
  const cwd = resolve(workspace, invocation.workingDirectory);
  if (statSync(cwd, { throwIfNoEntry: false })?.isDirectory() !== true)
    return fail(`there is no folder ${invocation.workingDirectory} to run in`, Exit.usage, invocation.summary);
  const temporary = mkdtempSync(join(env['RUNNER_TEMP'] || tmpdir(), 'kconfig-lint-'));
  try {
    return check(invocation, cwd, temporary);
  } finally {
    // The SARIF report is for a step to come.
    for (const name of ['report.json', 'report.md']) rmSync(join(temporary, name), { force: true });
  }
}

function check(invocation: Invocation, cwd: string, temporary: string): number {
  const [json, markdown] = [join(temporary, 'report.json'), join(temporary, 'report.md')];
  const sarif = invocation.sarif === undefined ? join(temporary, 'kconfig-lint.sarif') : resolve(cwd, invocation.sarif);
  const own = [`--output=json=${json}`, `--output=markdown=${markdown}`, '--color=always'];
  if (invocation.sarif === undefined) own.push(`--output=sarif=${sarif}`);
  const [command = 'check', ...rest] = invocation.argv;
  const { exitCode, complaint } = lint([command, ...own, ...rest], cwd);
  const results = existsSync(json) ? readResults(linesOf(json), mostOfAKind) : undefined;
  if (results === undefined) {
    const hint =
      exitCode === Exit.usage ? '\nHere the option --NAME is the input NAME, and files are the input files.' : '';
    return fail((complaint || 'it left no report') + hint, exitCode || Exit.internal, invocation.summary, cwd);
  }
  const report = textOf(sarif);
  if (report !== undefined)
    writeFileSync(
      sarif,
      rebaseSarif(report, (uri) => uriToWorkspace(uri, cwd)),
    );
  if (invocation.annotations) say(annotations(results, (path) => toWorkspace(path, cwd)));
  if (exitCode !== Exit.ok) {
    const isSaid = results.failures.length + results.summary.error > 0 && exitCode !== Exit.output;
    const reason = reasonOf(exitCode, results);
    say(invocation.annotations && !isSaid ? workflowCommand('error', ourTitle, reason) : `kconfig-lint: ${reason}\n`);
  }
  if (invocation.summary) writeSummary((room) => summaryOf(results, textOf(markdown) ?? '', room));
  writeOutputs({
    errors: String(results.summary.error),
    warnings: String(results.summary.warning),
    unknown: String(results.summary.unknown),
    'sarif-file': report === undefined ? '' : sarif,
    'exit-code': String(exitCode),
  });
  return exitCode;
}

const ourTitle = { title: 'kconfig-lint' };

/** Why the step fails, in our own words: nothing of an input is in them. */
function reasonOf(exitCode: number, { summary }: Results): string {
  if (exitCode === Exit.unreadable) return `${plural(summary.failures, 'input')} could not be checked`;
  if (exitCode === Exit.findings) return `the step fails: ${countsInWords(summary)}`;
  return `a report could not be written, exit code ${exitCode}; the log says which`;
}

/** Nothing was checked. A fault may begin with its place. */
function fail(fault: string, exitCode: number, summary: boolean, cwd = workspace): number {
  const [, file, line, col] = /^(\S.*?):(\d+):(\d+): /.exec(fault) ?? [];
  const place = file === undefined ? {} : { file: toWorkspace(file, cwd), line: Number(line), col: Number(col) };
  say(workflowCommand('error', { ...place, ...ourTitle }, visible(fault.slice(0, 2000)).replaceAll('\\u{A}', '\n')));
  if (summary) writeSummary(() => faultSummary(fault));
  writeOutputs({ 'exit-code': String(exitCode) });
  return exitCode;
}

try {
  process.exitCode = main();
} catch (error) {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  say(workflowCommand('error', ourTitle, `internal error of the action, this is a bug:\n${stack}`));
  process.exitCode = Exit.internal;
}
