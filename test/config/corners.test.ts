/** Corners that ordinary configs never reach: names that collide, lines past every measure, comments that trail off. */
import { describe, expect, it } from 'vitest';
import { parseConfig, parseConfigText, settingOf } from '../../src/config/document.ts';
import { limits } from '../../src/config/limits.ts';
import type { ConfigProblem } from '../../src/config/problem.ts';
import { hashName } from '../../src/config/scan.ts';
import { createSource, positionOf } from '../../src/source.ts';

const codes = (text: string) => parseConfigText(text).problems.map(({ code }) => code);

describe('names with the same hash', () => {
  it.each([
    ['JAU51GPX', 'A9EE_F_Z'],
    ['OFTI1JC9I', 'P1IACQVP'],
  ])('%s and %s are told apart', (a, b) => {
    expect(hashName(a)).toBe(hashName(b));
    const both = parseConfigText(`CONFIG_${a}=y\nCONFIG_${b}=m\n`);
    expect(settingOf(both, a)).toMatchObject({ kind: 'set', value: 'y' });
    expect(settingOf(both, b)).toMatchObject({ kind: 'set', value: 'm' });
    expect(settingOf(parseConfigText(`CONFIG_${a}=y\n`), b).kind).toBe('absent');
    expect(settingOf(parseConfigText(`CONFIG_${b}=y\n`), a).kind).toBe('absent');
  });
});

describe('a text that was read byte by byte', () => {
  it('has a byte that is no UTF-8, or had one before it was changed', () => {
    const problems = (text: string) => parseConfig(createSource('a', text, 'latin1')).problems.map(({ code }) => code);
    expect(problems('CONFIG_A="\u00ff"\n')).toEqual(['not-utf8']);
    expect(problems('CONFIG_A=y\n')).toEqual([]);
  });
});

describe('lines', () => {
  it('too long to be looked at are only said to be too long', () => {
    expect(codes(`${'x'.repeat(limits.lineLength + 1)}\nCONFIG_A=y\n`)).toEqual(['line-too-long']);
  });

  it('that are one too many are where they stand', () => {
    const text = 'CONFIG_A=y\nCONFIG_B=y\nCONFIG_C=y\n';
    for (const rest of ['', '#\n']) {
      for (const given of [{ lines: 2 }, { symbols: 2 }]) {
        const [problem] = parseConfigText(text + rest, '.config', { limits: { ...limits, ...given } }).problems;
        const { source, span } = (problem as ConfigProblem).location;
        expect([problem?.code, positionOf(source, span.start)]).toEqual([
          'lines' in given ? 'too-many-lines' : 'too-many-symbols',
          { line: 3, column: 1 },
        ]);
      }
    }
  });

  it('of a comment that names no symbol are comments', () => {
    expect(codes('# CONFIG_\n#CONFIG_ x\n# CONFIG_\u00e4 is not set\nCONFIG_A=y\n')).toEqual([]);
  });

  it('with an open string keep its escapes apart from its end', () => {
    expect(
      parseConfigText('CONFIG_A="a\\"\nCONFIG_B="\\\n').problems.map(({ code, replacement }) => [code, replacement]),
    ).toEqual([
      ['malformed-string', 'CONFIG_A="a\\""'],
      ['malformed-string', 'CONFIG_B="\\"'],
    ]);
  });

  it('full of control characters are reported a hundred times at most', () => {
    expect(codes(`CONFIG_A=y\n# ${'\u0001'.repeat(300)}\n`)).toHaveLength(100);
  });
});
