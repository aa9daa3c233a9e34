/** Some of the hostile cases with the program as it ships: as a process it says what it says in this one, and ends as it does here. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../support/corpus.ts';
import { families } from './cases/index.ts';
import { expectHarmless } from './check-format.ts';
import type { HostileCase } from './hostile-case.ts';
import { inFolderOf, runCase } from './run-case.ts';

const program = join(root, 'dist/kconfig-lint.cjs');

function spawn(args: readonly string[], { input = '', env = {} }: { input?: string | Uint8Array; env?: object } = {}) {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [program, ...args], {
    input,
    env: { PATH: process.env['PATH'], ...env },
    encoding: 'utf8',
    timeout: 60_000,
    maxBuffer: 64 << 20,
  });
  if (error !== undefined) throw error;
  return { exit: status, out: stdout, err: stderr };
}

/** A NUL cannot be given to a process. */
const isPossible = ({ args }: HostileCase): boolean => args.every((word) => !word.includes('\0'));
/** Of each family the first, and then one in so many. */
const oneIn = 13;
const chosen = families.flatMap(({ name, cases }) =>
  cases.filter((each, i) => i % oneIn === 0 && isPossible(each)).map((hostile) => ({ family: name, hostile })),
);

it('takes a few dozens', () => {
  expect(chosen.length).toBeGreaterThan(40);
});

it.each(chosen)('$family: $hostile.name', ({ hostile }) => {
  const plain = runCase({ ...hostile, args: [...hostile.args] }, []).plain;
  const own = inFolderOf(hostile, () => spawn(hostile.args, hostile.env === undefined ? {} : { env: hostile.env }));
  // Where nothing could be read, one way to start says so in the report as well.
  const isEmpty = own.exit !== null && own.exit > 1;
  expect(own).toEqual({ exit: plain.exit, out: isEmpty ? own.out : plain.out, err: plain.err });
});

describe('what only a process has', () => {
  const inEmpty = (args: readonly string[], options: Parameters<typeof spawn>[1] = {}) =>
    inFolderOf({}, () => spawn(args, options));

  it.each([
    ['nothing', '', 'empty'],
    ['a NUL', '\0', 'nul-byte'],
    ['prose', 'dear diary\n', 'not-a-config'],
    ['noise', Buffer.from([0x1f, 0x8b, 8, 0, 1]), ''],
    ['a line without an end', 'x'.repeat(70_000), 'line-too-long'],
    ['more than 8 MiB', Buffer.alloc((8 << 20) + 1, 'CONFIG_A=y\n'), 'too-large'],
    ['a kernel image that is cut', Buffer.concat([Buffer.from([0x7f, 0x45, 0x4c, 0x46]), Buffer.alloc(2000)]), ''],
  ])('%s on standard input', (_, input, code) => {
    const { exit, out, err } = inEmpty(['-'], { input });
    expect(exit).toBe(3);
    expect(err).toMatch(/^<stdin>[:\d]*: error\[[\w-]+\]: .+\n {2}help: \S/);
    expect(err).toContain(code);
    expectHarmless(out + err);
  });

  it.each([
    ['--constructor', 'x'],
    ['--hasOwnProperty=x'],
    ['--toString'],
    ['lsp'],
    ['x.config', '--__proto__.polluted', 'y'],
  ])('%s %s', (...args) => {
    const { exit, out, err } = inEmpty(args);
    expect(exit).toBe(2);
    expect(err).toMatch(/^kconfig-lint: .+\n {2}help: \S/);
    expectHarmless(out + err);
  });

  it('a thousand options', () => {
    const { exit, err } = inEmpty(Array.from({ length: 1000 }, (_, i) => `--x${i}`));
    expect(exit).toBe(2);
    expect(err.length).toBeLessThan(5000);
  });

  it('a full disk for standard output', () => {
    const { status, stderr } = spawnSync('sh', ['-c', `"$0" "$1" - > /dev/full`, process.execPath, program], {
      input: 'CONFIG_A = y\n',
      encoding: 'utf8',
    });
    expect(status).toBe(4);
    expect(stderr).toContain('could not be written whole');
  });
});
