/** Verdicts where the Kconfig of the kernel is asked: what a complete config does not name, releases between two models, other architectures. */
import { describe, expect, it } from 'vitest';
import { parseConfigText } from '../../src/config/document.ts';
import type { Situation } from '../../src/profiles/condition.ts';
import { Verdict } from '../../src/profiles/condition.ts';
import { judgeRequirement } from '../../src/profiles/evaluate.ts';
import type { Existence } from '../../src/profiles/symbols.ts';
import { builtIn, choose, load, profileText } from '../support/library.ts';

const facts = `symbols:
  LATE: { added: "6.10" }
  X86ONLY: { arch: [x86] }
`;
const words = Object.fromEntries(Object.entries(Verdict).map(([word, verdict]) => [verdict, word]));

/** The verdict on a row on 6.6 arm64, whose models say of some symbols that they may be there, or that they are. */
function judge(
  body: string,
  text: string,
  knows: Readonly<Record<string, Existence>> = {},
  kind: 'complete' | 'fragment' = 'complete',
  isStandIn = false,
) {
  const { library, faults } = load({ p: profileText({ row: body }) }, { facts });
  expect(faults).toEqual([]);
  const situation: Situation = {
    document: parseConfigText(text, '.config', { kind }),
    target: { kernel: 6006000, arch: 'arm64' },
    boot: new Set(),
    symbols: library.symbols,
    kernel: {
      name: 'Linux 6.1 and 6.12',
      adviceFor: () => undefined,
      defines: (symbol) => knows[symbol] ?? 'yes',
      isStandIn,
    },
  };
  return words[judgeRequirement(choose(library, 'p')[0]!.requirements[0]!, situation).verdict];
}

describe('a symbol that only one of the two models has', () => {
  const knows = { TINY: 'maybe', LATE: 'maybe' } as const;

  it('is off as a condition where a complete config does not name it', () => {
    expect(judge('unless: { TINY: y }\nrequire: { A: y }', '', knows)).toBe('unmet');
    expect(judge('when: { TINY: y }\nrequire: { A: y }', '', knows)).toBe('notApplicable');
    expect(judge('when: { TINY: n }\nrequire: { A: y }', '', knows)).toBe('unmet');
    expect(judge('when: { TINY: y }\nrequire: { A: y }', 'CONFIG_TINY=y\n', knows)).toBe('unmet');
    expect(judge('unless: { TINY: y }\nrequire: { A: y }', '# CONFIG_A is not set\n', knows, 'fragment')).toBe(
      'unknown',
    );
  });

  it('is not faulted when asked for, and not known', () => {
    expect(judge('require: { TINY: y }', '', knows)).toBe('unknown');
    expect(judge('require: { TINY: n }', '', knows)).toBe('met');
  });

  it('does not save alternatives of which the others are surely off', () => {
    const either = 'require: { any: [ { A: y }, { TINY: y } ] }';
    expect(judge(either, '', knows)).toBe('unmet');
    expect(judge(either, 'CONFIG_TINY=y\n', knows)).toBe('met');
    expect(judge(either, '', { ...knows, A: 'no' })).toBe('unknown');
    expect(judge(either, '', knows, 'fragment')).toBe('unknown');
  });

  it('does not exist where the facts know that its release is yet to come', () => {
    expect(judge('require: { LATE: y }', '', knows)).toBe('notApplicable');
  });
});

describe('a symbol of a later release that the models have from backports', () => {
  const judged = (text: string, kind?: 'fragment', isStandIn = true) =>
    judge('require: { LATE: y }', text, {}, kind ?? 'complete', isStandIn);

  it('is not asked for where a complete config of another release does not name it', () => {
    expect(judged('')).toBe('notApplicable');
    expect(judged('', undefined, false)).toBe('unmet');
  });

  it('is judged where the config names it, and as ever in a fragment', () => {
    expect(judged('# CONFIG_LATE is not set\n')).toBe('unmet');
    expect(judged('CONFIG_LATE=y\n')).toBe('met');
    expect(judged('', 'fragment')).toBe('unknown');
  });
});

describe('a symbol that the tree defines for all and only another architecture can have on', () => {
  it('is not asked for', () => {
    expect(judge('require: { X86ONLY: y }', '')).toBe('notApplicable');
    expect(judge('require: { X86ONLY: y }', '# CONFIG_X86ONLY is not set\n')).toBe('unmet');
  });
});

describe('what older kernels have no switch for', () => {
  const on = (kernel: number, row: string, text = '') => {
    const profile = choose(builtIn.library, 'hardening-kspp')[0]!;
    const situation: Situation = {
      document: parseConfigText(text, '.config', { kind: 'complete' }),
      target: { kernel, arch: 'x86_64' },
      boot: new Set(),
      symbols: builtIn.library.symbols,
    };
    return words[judgeRequirement(profile.requirements.find(({ name }) => name === row)!, situation).verdict];
  };

  it.each([
    ['LDISC_AUTOLOAD', 5000000, 5001000],
    ['LEGACY_TIOCSTI', 6001000, 6002000],
  ])('%s: is neither met nor faulted, unless a back-port is on', (row, before, since) => {
    expect(on(before, row)).toBe('notApplicable');
    expect(on(before, row, `CONFIG_${row}=y\n`)).toBe('unmet');
    expect(on(since, row)).toBe('met');
    expect(on(since, row, `CONFIG_${row}=y\n`)).toBe('unmet');
  });
});
