/** Kernel command lines are read as the kernel reads them; where gcc and a kernel tree are at hand, its own code says so. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { byteLength, parseCommandLine } from '../../src/artifacts/cmdline.ts';
import { root } from '../support/corpus.ts';

const read = (text: string) => parseCommandLine(text).parameters.map(({ name, value }) => [name, value]);

describe('a command line', () => {
  it.each([
    [
      'console=ttyS0 root=/dev/vda rw',
      [
        ['console', 'ttyS0'],
        ['root', '/dev/vda'],
        ['rw', undefined],
      ],
    ],
    [
      '  quiet \t loglevel=3 ',
      [
        ['quiet', undefined],
        ['loglevel', '3'],
      ],
    ],
    ['dm-mod.create="root,,,ro, 0 8 linear /dev/vda 0"', [['dm_mod.create', 'root,,,ro, 0 8 linear /dev/vda 0']]],
    [
      '"rootflags=a b" ro',
      [
        ['rootflags', 'a b'],
        ['ro', undefined],
      ],
    ],
    ['init="/bin/sh', [['init', '/bin/sh']]],
    ['foo="a b"c', [['foo', 'a b"c']]],
    ['psi=', [['psi', '']]],
    ['=x=y', [['=x', 'y']]],
    ['a-b.c-d=e-f', [['a_b.c_d', 'e-f']]],
    ['root=PARTUUID=1234-01', [['root', 'PARTUUID=1234-01']]],
    ['""', [['', undefined]]],
    ['', []],
  ] as const)('%j', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it('ends at -- for the kernel; init gets the rest', () => {
    const { parameters, init, text } = parseCommandLine('quiet -- single root=/dev/x -- y');
    expect(parameters.map(({ name }) => name)).toEqual(['quiet']);
    expect(init.map(({ start, end }) => text.slice(start, end))).toEqual(['single', 'root=/dev/x', '--', 'y']);
  });

  it('says where each parameter stands', () => {
    const text = '  a=1  "b c=2" d';
    expect(parseCommandLine(text).parameters.map(({ span: { start, end } }) => text.slice(start, end))).toEqual([
      'a=1',
      '"b c=2"',
      'd',
    ]);
  });

  it.each([
    ['a="b c', 'open-quote', 2],
    ['a=b "c', 'open-quote', 4],
    ['a="b" c', undefined, 0],
    ['root=/dev/vda\u00a0rw', 'not-ascii', 13],
    ['a=b\nc=d', 'line-break', 3],
    ['a=b\n', undefined, 0],
  ])('%j has the problem %s', (text, code, start) => {
    const [problem] = parseCommandLine(text).problems;
    expect(problem?.code).toBe(code);
    if (code !== undefined) expect(problem?.span.start).toBe(start);
  });

  it('counts the bytes that the kernel must hold', () => {
    for (const text of ['', 'abc', 'é', '😀 x', '中']) expect(byteLength(text)).toBe(Buffer.byteLength(text));
  });
});

const piece = fc.constantFrom(' ', '"', '=', '-', '--', '_', '.', 'a', 'b', 'root', '\t', '\n', '/dev/vda', '" ', '="');
const line = fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join(''));

describe('any command line', () => {
  it('is covered by its parameters, in order, and what is between them is space', () => {
    fc.assert(
      fc.property(line, (text) => {
        const { parameters, init } = parseCommandLine(text);
        const spans = [...parameters.map(({ span }) => span), ...init];
        let at = 0;
        let gaps = '';
        for (const { start, end } of spans) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThan(start);
          gaps += text.slice(at, start);
          at = end;
        }
        gaps += text.slice(at);
        // What ends the kernel's own part may stand in quotes, as any parameter may.
        expect(gaps.replace(/\s/g, '').replace(/"?--"?/, '')).toMatch(/^"?$/);
      }),
    );
  });
});

const trees = join(process.env['KCONFIG_LINT_TREES'] ?? join(homedir(), '.cache/kconfig-lint/trees'), '../sources');
const source = (existsSync(trees) ? readdirSync(trees) : [])
  .map((series) => join(trees, series, 'lib/cmdline.c'))
  .filter((path) => existsSync(path))
  .sort()
  .at(-1);
const hasCompiler = spawnSync('gcc', ['--version']).status === 0;
const canAsk = source !== undefined && hasCompiler;
if (!canAsk)
  console.warn(
    `SKIPPED: command lines against the kernel's own next_arg, because there is no ${source ? 'gcc' : 'kernel source'} here`,
  );

describe.runIf(canAsk)("the kernel's own next_arg", () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'kconfig-lint-next-arg-'));
    const code = /^char \*next_arg\([\s\S]*?\n}\n/m.exec(readFileSync(source as string, 'utf8'))?.[0];
    writeFileSync(join(folder, 'next_arg.h'), code as string);
    execFileSync('gcc', [
      '-O1',
      '-fno-builtin',
      '-I',
      folder,
      '-DNEXT_ARG="next_arg.h"',
      '-o',
      join(folder, 'ask'),
      join(root, 'test/artifacts/next-arg.c'),
    ]);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('reads the same parameters and values', () => {
    const lines = fc.sample(line, 4000);
    const asked = execFileSync(join(folder, 'ask'), { input: `${lines.join('\0')}\0`, encoding: 'latin1' }).split('\0');
    for (const [i, text] of lines.entries()) {
      const { parameters } = parseCommandLine(text);
      const own = parameters
        .map(({ name, value }) => `${name}\u0001${value === undefined ? '' : `=${value}`}\u0002`)
        .join('');
      expect(own, JSON.stringify(text)).toBe((asked[i] as string).replace(/-- $/, ''));
    }
  });
});
