/** Runs the bundled action as GitHub's runner does, and reads what it left as the runner would. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { root } from './corpus.ts';

export interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

export interface Step {
  readonly exit: number | null;
  readonly log: string;
  readonly commands: readonly Command[];
  /** The commands that the log would hold if none of it were stopped. */
  readonly unstopped: readonly Command[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** Text of a file that was written, by its path or from the repository. */
  readonly read: (path: string) => string;
}

interface ActionFile {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, object>>;
  readonly runs: { readonly using: string; readonly main: string };
}

export const action = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as ActionFile;

export interface Job {
  readonly with?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** What is in the summary already. */
  readonly summary?: string;
  /** Files of the branch `main`, from which a pull request makes those in `files`. */
  readonly base?: Readonly<Record<string, string>>;
}

export function runAction(job: Job): Step {
  const folder = mkdtempSync(join(tmpdir(), 'kconfig-lint-action-'));
  try {
    const at = (name: string) => join(folder, name);
    for (const name of ['work', 'temp']) mkdirSync(at(name));
    if (job.base !== undefined) {
      lay(at('work'), job.base);
      git(at('work'), 'init', '--quiet', '--initial-branch=main');
      git(at('work'), 'add', '--all');
      git(
        at('work'),
        '-c',
        'user.name=Test',
        '-c',
        'user.email=test@example.org',
        'commit',
        '--quiet',
        '--message=Base',
      );
      git(at('work'), 'update-ref', 'refs/remotes/origin/main', 'HEAD');
    }
    lay(at('work'), job.files ?? {});
    writeFileSync(at('output'), '');
    writeFileSync(at('summary'), job.summary ?? '');
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, action.runs.main)], {
      cwd: at('work'),
      encoding: 'utf8',
      env: {
        PATH: process.env['PATH'],
        GITHUB_ACTIONS: 'true',
        GITHUB_WORKSPACE: at('work'),
        RUNNER_TEMP: at('temp'),
        GITHUB_OUTPUT: at('output'),
        GITHUB_STEP_SUMMARY: at('summary'),
        ...inputVariables(job.with ?? {}),
        ...job.env,
      },
    });
    const log = stdout + stderr;
    const files = new Map<string, string>();
    const outputs = parseOutputs(readFileSync(at('output'), 'utf8'));
    for (const path of [outputs['sarif-file'], ...Object.values(job.with ?? {}).flatMap(outputPaths)]) {
      if (path === undefined || path === '') continue;
      const full = path.startsWith('/') ? path : join(at('work'), job.with?.['working-directory'] ?? '.', path);
      files.set(path, readFileSync(full, 'utf8'));
    }
    return {
      exit: status,
      log,
      commands: commandsOf(log, true),
      unstopped: commandsOf(log, false),
      outputs,
      summary: readFileSync(at('summary'), 'utf8'),
      read: (path) => files.get(path) ?? '',
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function lay(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function git(cwd: string, ...args: readonly string[]): void {
  execFileSync('git', args, { cwd, env: { PATH: process.env['PATH'], GIT_CONFIG_GLOBAL: '/dev/null' } });
}

/** Defaults are the runner's business; blanks become underscores, dashes stay. */
function inputVariables(given: Readonly<Record<string, string>>): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const [name, { default: initial }] of Object.entries(action.inputs)) {
    variables[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] = given[name] ?? initial ?? '';
  }
  for (const name of Object.keys(given)) if (!(name in action.inputs)) throw new Error(`no input ${name}`);
  return variables;
}

const outputPaths = (value: string) =>
  [...value.matchAll(/^\s*(?:json|sarif|markdown)=(.+)$/gm)].map(([, path]) => path);

/** `NAME<<DELIMITER`, lines of the value, `DELIMITER`. */
function parseOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split('\n');
  for (let i = 0; i < lines.length; i++) {
    if (lines[i] === '') continue;
    const [, name, delimiter] = /^([^<=]+)<<(.+)$/.exec(lines[i] as string) ?? [];
    if (name === undefined) throw new Error(`the runner would refuse "${lines[i]}"`);
    const value: string[] = [];
    for (i++; lines[i] !== delimiter; i++) {
      if (i >= lines.length) throw new Error('an output without an end');
      value.push(lines[i] as string);
    }
    outputs[name] = value.join('\n');
  }
  return outputs;
}

/** Lines that begin with two colons; the old form with ## counts wherever it stands. */
function commandsOf(log: string, honourStop: boolean): Command[] {
  const commands: Command[] = [];
  let token: string | undefined;
  for (const line of log.split(/\r\n|\r|\n/)) {
    const [, name, list = '', data = ''] = /^\s*::([^\s:]+)(?: (.*?))?::(.*)$/.exec(line) ?? [];
    if (token !== undefined) {
      if (name === token) token = undefined;
      continue;
    }
    if (name === 'stop-commands') {
      if (honourStop) token = data;
      continue;
    }
    if (name !== undefined) {
      const pairs = list === '' ? [] : list.split(',').map((pair) => /^([^=]+)=(.*)$/.exec(pair)?.slice(1) ?? []);
      const properties = Object.fromEntries(
        pairs.map(([key = '', value = '']) => [key, plain(value.replaceAll('%3A', ':').replaceAll('%2C', ','))]),
      );
      commands.push({ name, properties, message: plain(data) });
    } else if (line.includes('##[')) {
      commands.push({ name: '##', properties: {}, message: line });
    }
  }
  if (token !== undefined) throw new Error('commands were not resumed');
  return commands;
}

const plain = (text: string) => text.replaceAll('%0A', '\n').replaceAll('%0D', '\r').replaceAll('%25', '%');
