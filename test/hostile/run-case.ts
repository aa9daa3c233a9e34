/** Runs one hostile case in a folder of its own, in this process, through the entry that the executable uses. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as packedReaders from '../../src/cli/artifacts.ts';
import { formats } from '../../src/cli/options.ts';
import { commands, run } from '../../src/cli/run.ts';
import type { Host } from '../../src/host.ts';
import { createNodeHost } from '../../src/node-host.ts';
import { createKernelHost } from '../../src/node-kernel-host.ts';
import { root } from '../support/corpus.ts';
import type { HostileCase } from './hostile-case.ts';

export interface Outcome {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

const kernel = createKernelHost(join(root, 'models'));
const nodeHost = createNodeHost(join(root, 'dist'), () => packedReaders);

/** Reports that a run writes to files with such names stay in memory. */
const captured = 'captured:';

function runOnce(words: readonly string[], env: HostileCase['env'] = {}) {
  let out = '';
  let err = '';
  const reports = new Map<string, string>();
  const host: Host = {
    ...nodeHost,
    env,
    isTerminal: false,
    errorTerminal: undefined,
    columns: 100,
    today: () => '2026-11-21',
    write: (text) => {
      out += text;
      return true;
    },
    writeError: (text) => {
      err += text;
    },
    outputFailure: () => undefined,
    openOutput: (path) => {
      if (!path.startsWith(captured)) return nodeHost.openOutput(path);
      let report = '';
      return {
        write: (text) => {
          report += text;
          return true;
        },
        commit: () => {
          reports.set(path.slice(captured.length), report);
          return undefined;
        },
      };
    },
  };
  const exit = run(words, host, kernel);
  if (typeof exit !== 'number') throw new Error(`${words.join(' ')} did not end`);
  return { exit: exit as number, out, err, reports };
}

/** Makes the files of a case and calls `use` in their folder. */
export function inFolderOf<T>({ files = {}, make }: Pick<HostileCase, 'files' | 'make'>, use: () => T): T {
  const before = process.cwd();
  const folder = mkdtempSync(join(tmpdir(), 'kconfig-lint-hostile-'));
  try {
    process.chdir(folder);
    // The end of what belongs to the case: no project file above it is looked for.
    mkdirSync('.git');
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
    }
    make?.();
    return use();
  } finally {
    process.chdir(before);
    rmSync(folder, { recursive: true, force: true });
  }
}

export interface CaseResult {
  /** As a person runs it: text on standard output. */
  readonly plain: Outcome;
  /** The same in every format that the command has; for `check` all but the last come from one run. */
  readonly byFormat: ReadonlyMap<string, Outcome>;
}

/** What is no check, though it begins like one. */
const other = /^(?:--print-config|completion)$/;

/** Commands that change what they are run on, so that a second run would see something else. */
const writes = /^(?:--write|--fix|-w|--update-baseline|--prune-baseline|-o|--output|--output=.*)$/;

/** JSON, SARIF and another format, whose turn it is by the name of the case. */
function inTurn(choices: readonly string[], name: string): readonly string[] {
  const sum = [...name].reduce((total, letter) => total + letter.charCodeAt(0), 0);
  const turn = choices[sum % choices.length];
  return choices.filter((format) => format === 'json' || format === 'sarif' || format === turn);
}

/** Runs a case once as it stands and then in all formats of its command, or in `only` those. */
export function runCase(hostile: HostileCase, only?: readonly string[]): CaseResult {
  const { args, env } = hostile;
  const command = commands.find(({ name }) => name === args[0]) ?? (commands[0] as (typeof commands)[number]);
  const own = command.options.find(({ name }) => name === 'format')?.choices ?? [];
  const choices = only ?? (args.some((word) => other.test(word)) ? [] : own);
  const isCheck = command.name === 'check';
  const byFormat = new Map<string, Outcome>();
  const plain = inFolderOf(hostile, () => {
    const result = runOnce(args, env);
    hostile.after?.(result);
    if (
      args.some((word) => word === '--help' || word === '--version' || writes.test(word)) ||
      args.some((word) => /^(?:-f|--format)/.test(word))
    )
      return result;
    const all = isCheck ? runOnce([...args, ...formats.flatMap((f) => ['-o', `${f}=${captured}${f}`])], env) : result;
    // An error of usage is put into each format by the same few lines: each case takes some of the formats in turn.
    const wanted = isCheck && result.exit === 2 ? inTurn(choices, hostile.name) : choices;
    for (const format of wanted) {
      const report = all.reports.get(format);
      byFormat.set(
        format,
        report === undefined ? runOnce([...args, '--format', format], env) : { ...all, out: report },
      );
    }
    return result;
  });
  return { plain, byFormat };
}
