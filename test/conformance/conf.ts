/** The kernel's own `conf`, built from a tree, with the answers of the shell read from a file. */
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface ConfRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The config that was written; undefined where none was. */
  readonly config: string | undefined;
}

/** Builds conf out of a tree; gives its path. Needs flex, bison and gcc. */
export function buildConf(tree: string, folder: string, shim: string): string {
  if (existsSync(join(folder, 'conf'))) return join(folder, 'conf');
  const partial = `${folder}.${process.pid}`;
  buildIn(partial, tree, shim);
  rmSync(folder, { recursive: true, force: true });
  renameSync(partial, folder);
  return join(folder, 'conf');
}

function buildIn(folder: string, tree: string, shim: string): void {
  mkdirSync(folder, { recursive: true });
  cpSync(join(tree, 'scripts/kconfig'), join(folder, 'kconfig'), { recursive: true });
  if (existsSync(join(tree, 'scripts/include')))
    cpSync(join(tree, 'scripts/include'), join(folder, 'include'), { recursive: true });
  const cwd = join(folder, 'kconfig');
  const run = (command: string, args: readonly string[]): void =>
    void execFileSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
  run('flex', ['-L', '-o', 'lexer.lex.c', 'lexer.l']);
  run('bison', ['-l', '-t', '--defines=parser.tab.h', '-o', 'parser.tab.c', 'parser.y']);
  writeFileSync(
    join(cwd, 'answers.h'),
    '#include <stdio.h>\nFILE *answers_popen(const char *command, const char *mode);\nint answers_pclose(FILE *stream);\n#define popen answers_popen\n#define pclose answers_pclose\n',
  );
  copyFileSync(shim, join(cwd, 'answers.c'));
  const sources = ['conf', 'confdata', 'expr', 'preprocess', 'symbol', 'util', 'lexer.lex', 'parser.tab'].map(
    (name) => `${name}.c`,
  );
  // Old parsers take the menu's code in by themselves.
  if (!readFileSync(join(cwd, 'parser.y'), 'utf8').includes('#include "menu.c"')) sources.push('menu.c');
  run('gcc', ['-O2', '-w', '-D_GNU_SOURCE', '-c', '-o', 'answers.o', 'answers.c']);
  run('gcc', [
    '-O2',
    '-w',
    '-D_GNU_SOURCE',
    '-I.',
    '-I../include',
    '-include',
    'answers.h',
    ...sources,
    'answers.o',
    '-o',
    '../conf',
  ]);
}

/** Runs conf in `cwd` on a config of its own in `scratch`. */
export function runConf(
  conf: string,
  cwd: string,
  scratch: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  input?: string,
): ConfRun {
  const file = join(scratch, 'config');
  rmSync(file, { force: true });
  if (input !== undefined) writeFileSync(file, input);
  const result = spawnSync(conf, [...args, 'Kconfig'], {
    cwd,
    env: {
      PATH: process.env['PATH'] ?? '',
      ...environment,
      KCONFIG_CONFIG: file,
      KCONFIG_WARN_UNKNOWN_SYMBOLS: '1',
      KCONFIG_AUTOCONFIG: join(scratch, 'auto.conf'),
      KCONFIG_AUTOHEADER: join(scratch, 'autoconf.h'),
      KCONFIG_RUSTCCFG: join(scratch, 'rustc_cfg'),
      KCONFIG_TRISTATE: join(scratch, 'tristate.conf'),
    },
    input: '\n'.repeat(2000),
    maxBuffer: 1 << 28,
  });
  return {
    status: result.status,
    stdout: result.stdout.toString('latin1'),
    stderr: result.stderr.toString('latin1'),
    config: existsSync(file) ? readFileSync(file, 'latin1') : undefined,
  };
}
