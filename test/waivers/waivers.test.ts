/** Waivers by themselves: which findings each accepts, and what is said of those that are of no use. */
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/finding.ts';
import { createSource } from '../../src/source.ts';
import { parseRange } from '../../src/target.ts';
import { applyWaivers, waiverFindings } from '../../src/waivers/apply.ts';
import { inlineWaivers } from '../../src/waivers/inline.ts';
import { hasInlineWaivers } from '../../src/waivers/marker.ts';
import { covers, isExpired, type Waiver, waiverRules } from '../../src/waivers/waiver.ts';

const text = 'CONFIG_A=y\nCONFIG_B=y\n# CONFIG_C is not set\n';
const source = createSource('x.config', text);
const ruleOf = (id: string) => ({ id, title: id, severity: 'error' as const, explanation: 'Why.', references: [] });
const finding = (id: string, symbol?: string, more: Partial<Finding> = {}): Finding => ({
  rule: ruleOf(id),
  severity: 'error',
  symbol,
  message: 'm',
  location: { source, span: { start: text.indexOf(`CONFIG_${symbol ?? 'A'}`), end: 30 } },
  related: [],
  sameAs: [],
  advice: [],
  ...more,
});
const waiver = (more: Partial<Waiver> = {}): Waiver => ({
  rules: ['r'],
  symbols: [],
  coversFile: () => true,
  ranges: [],
  reason: 'so',
  inSource: false,
  location: { source, span: { start: 0, end: 1 } },
  ...more,
});
const kernel = 6012000;

describe('a waiver', () => {
  it.each<[string, Partial<Waiver>, Finding, boolean]>([
    ['its rule', {}, finding('r'), true],
    ['one of its rules', { rules: ['x', 'r'] }, finding('r'), true],
    ['a pattern of rules', { rules: ['p/*'] }, finding('p/X'), true],
    ['no other rule', {}, finding('s', 'A'), false],
    ['its symbol', { symbols: ['A'] }, finding('r', 'A'), true],
    ['a pattern of symbols', { symbols: ['B', 'A*'] }, finding('r', 'AB'), true],
    ['no other symbol', { symbols: ['A'] }, finding('r', 'B'), false],
    ['no finding without a symbol where it names one', { symbols: ['A'] }, finding('r'), false],
    ['a sum of symbols that it names all', { symbols: ['A', 'B'] }, finding('r', 'A', { subjects: ['A', 'B'] }), true],
    ['no sum of which it names some', { symbols: ['A'] }, finding('r', 'A', { subjects: ['A', 'B'] }), false],
    ['no sum of nothing', { symbols: ['A'] }, finding('r', 'A', { subjects: [] }), false],
    ['its kernels', { ranges: [parseRange('<6.1')!, parseRange('>=6.12')!] }, finding('r'), true],
    ['no other kernels', { ranges: [parseRange('<6.1')!] }, finding('r'), false],
    ['the symbol of its line wherever it is said', { line: { index: 9, symbol: 'B' } }, finding('r', 'B'), true],
    ['whatever stands on its line', { line: { index: 1, symbol: undefined } }, finding('r', 'B'), true],
    ['no other line', { line: { index: 0, symbol: 'A' } }, finding('r', 'B'), false],
    ['what has no symbol only on its line', { line: { index: 1, symbol: undefined } }, finding('r'), false],
    ['no sum by its line', { line: { index: 0, symbol: 'A' } }, finding('r', 'A', { subjects: ['A', 'B'] }), false],
    ['one subject by its line', { line: { index: 0, symbol: 'A' } }, finding('r', 'A', { subjects: ['A'] }), true],
  ])('accepts %s', (_, more, given, accepts) => {
    expect(covers(waiver(more), given, kernel)).toBe(accepts);
  });

  it('for some kernels accepts nothing where the kernel is not known', () => {
    expect(covers(waiver({ ranges: [parseRange('>=5.0')!] }), finding('r'), undefined)).toBe(false);
    expect(covers(waiver(), finding('r'), undefined)).toBe(true);
  });

  it('never accepts what is said of waivers', () => {
    expect(waiverRules.map(({ id, severity }) => `${severity} ${id}`)).toEqual([
      'warning unused-waiver',
      'warning expired-waiver',
      'error faulty-waiver',
      'warning untrusted-waiver',
    ]);
    for (const rule of waiverRules) {
      expect(covers(waiver({ rules: ['*'] }), { ...finding('r'), rule }, kernel)).toBe(false);
      expect(rule.title.length).toBeGreaterThan(20);
      expect(rule.explanation.length).toBeGreaterThan(60);
      expect(rule.references).toEqual(['https://github.com/kconfig-lint/kconfig-lint/blob/main/docs/waivers.md']);
    }
  });

  it('holds on its last day and not on the next', () => {
    expect(isExpired(waiver({ expires: '2026-11-21' }), '2026-11-21')).toBe(false);
    expect(isExpired(waiver({ expires: '2026-11-21' }), '2026-11-22')).toBe(true);
    expect(isExpired(waiver(), '2026-11-22')).toBe(false);
  });
});

describe('findings under waivers', () => {
  const today = '2026-11-21';
  const old = waiver({ expires: '2026-11-20', owner: 'me' });
  const good = waiver({ expires: '2026-12-01', owner: 'you', reason: 'because', inSource: true });

  it('are shown where none accepts them, else kept with the reason', () => {
    const used = new Set<Waiver>();
    const findings = [finding('r', 'A'), finding('s', 'A')];
    const { kept, waived } = applyWaivers(findings, [old, good, waiver()], kernel, today, used);
    expect(kept).toEqual([findings[1]]);
    expect(waived).toEqual([
      {
        finding: findings[0],
        reason: 'because',
        owner: 'you',
        expires: '2026-12-01',
        inSource: true,
        location: good.location,
      },
    ]);
    expect(used.size).toBe(3);
    expect(applyWaivers(findings, [], kernel, today, used)).toEqual({ kept: findings, waived: [] });
    const late = applyWaivers(findings, [old], kernel, today, used);
    expect(late).toEqual({ kept: findings, waived: [] });
    expect(used.has(old)).toBe(true);
  });

  it('leave waivers of no use, and those are said', () => {
    const said = (given: Waiver, used: readonly Waiver[] = [], couldSpeak = true) =>
      waiverFindings([given], new Set(used), today, () => couldSpeak).map(
        ({ rule, severity, message, related, sameAs, advice }) =>
          `${severity} ${rule.id}: ${message}${[...related, ...sameAs, ...advice].join()}`,
      );
    const unused = waiver({ rules: ['r', 's'] });
    expect(said(unused)).toEqual(['warning unused-waiver: this waiver of r, s accepts nothing: take it out']);
    expect(said(unused, [unused])).toEqual([]);
    expect(said(unused, [], false)).toEqual([]);
    expect(said(old, [old])).toEqual([
      'warning expired-waiver: this waiver of r held until 2026-11-20; me answers for it',
    ]);
    expect(said({ ...old, owner: undefined }, [], false)).toEqual([
      'warning expired-waiver: this waiver of r held until 2026-11-20, and nothing is found any more that it would accept',
    ]);
    expect(said(good, [good])).toEqual([]);
  });
});

describe('a comment', () => {
  const read = (given: string) => {
    const { waivers, faults } = inlineWaivers(createSource('x.config', given));
    return {
      waivers: waivers.map(({ rules, reason, line }) => [
        rules.join(' '),
        reason,
        ...(line === undefined ? [] : [line]),
      ]),
      faults: faults.map(({ message, advice, rule, location }) => [
        rule.id,
        location.span.start,
        location.span.end,
        message,
        ...advice,
      ]),
    };
  };

  it.each([
    ['# kconfig-lint-disable r -- why', [['r', 'why']]],
    ['#kconfig-lint-disable r, s  t ,u --  why so -- really \t', [['r s t u', 'why so -- really']]],
    ['\t # \t kconfig-lint-disable \t r -- why\r', [['r', 'why']]],
    ['# kconfig-lint-disable-next-line r -- why\nCONFIG_A=y', [['r', 'why', { index: 1, symbol: 'A' }]]],
    ['# kconfig-lint-disable-next-line r -- why\n  #\tCONFIG_A is not set', [['r', 'why', { index: 1, symbol: 'A' }]]],
    ['# kconfig-lint-disable-next-line r -- why\n# a CONFIG_A', [['r', 'why', { index: 1, symbol: undefined }]]],
    ['# kconfig-lint-disable-next-line r -- why', [['r', 'why', { index: 1, symbol: undefined }]]],
    [
      '# kconfig-lint-disable-next-line r -- a\n# kconfig-lint-disable s -- b\nCONFIG_B=y',
      [
        ['r', 'a', { index: 2, symbol: 'B' }],
        ['s', 'b'],
      ],
    ],
    ['CONFIG_A="# kconfig-lint-disable r -- why"', []],
    ['x # kconfig-lint-disable r -- why', []],
    ['# see kconfig-lint-disable', []],
    ['CONFIG_A=y', []],
  ])('%j waives %j', (given, waivers) => {
    expect(read(given)).toEqual({ waivers, faults: [] });
    expect(hasInlineWaivers(createSource('x.config', given))).toBe(given.includes('kconfig-lint-disable'));
  });

  it.each([
    [
      '# kconfig-lint-disable r',
      'this waiver gives no reason, so it accepts nothing',
      '# kconfig-lint-disable r -- reason',
    ],
    [
      '# kconfig-lint-disable r --',
      'this waiver gives no reason, so it accepts nothing',
      '# kconfig-lint-disable r -- reason',
    ],
    // As the advice has it: whoever copies that has still to say why.
    [
      '# kconfig-lint-disable r -- reason',
      'this waiver gives no reason, so it accepts nothing',
      '# kconfig-lint-disable r -- reason',
    ],
    [
      '# kconfig-lint-disable r --why',
      'this waiver gives no reason, so it accepts nothing',
      '# kconfig-lint-disable r -- reason',
    ],
    [
      '# kconfig-lint-disable r-- why',
      'this waiver gives no reason, so it accepts nothing',
      '# kconfig-lint-disable r-- -- reason',
    ],
    ['# kconfig-lint-disable -- why', 'this waiver names no rule', '# kconfig-lint-disable RULE -- reason'],
    ['# kconfig-lint-disable', 'this waiver names no rule', '# kconfig-lint-disable RULE -- reason'],
    [
      '# kconfig-lint-disables r -- why',
      'there is no kconfig-lint-disables; did you mean kconfig-lint-disable?',
      '# kconfig-lint-disables r -- reason',
    ],
    [
      '# kconfig-lint-disable-for-good-and-all r -- why',
      'there is no kconfig-lint-disable-for-good-and-all',
      '# kconfig-lint-disable-for-good-and-all r -- reason',
    ],
  ])('%j is none, and says why', (given, message, advice) => {
    expect(read(`CONFIG_A=y\n${given}\n`)).toEqual({
      waivers: [],
      faults: [['faulty-waiver', 11, 11 + given.length, message, advice]],
    });
  });

  it('counts once on a line, and five thousand times in a file', () => {
    expect(read('# kconfig-lint-disable r -- kconfig-lint-disable\n# kconfig-lint-disable s -- b\n').waivers).toEqual([
      ['r', 'kconfig-lint-disable'],
      ['s', 'b'],
    ]);
    const { waivers, faults } = inlineWaivers(
      createSource('x.config', '# kconfig-lint-disable r -- a\n# kconfig-lint-disable\n'.repeat(3000)),
    );
    expect([waivers.length, faults.length]).toEqual([2500, 2500]);
  });

  it('makes a waiver of the file that it stands in', () => {
    const [made] = inlineWaivers(createSource('x.config', '# kconfig-lint-disable r -- why\n')).waivers;
    expect(made).toMatchObject({ symbols: [], ranges: [], inSource: true });
    expect(made?.coversFile('anything')).toBe(true);
  });
});
