/** Properties of what is remembered between runs and compared: baselines, waivers, differences. */
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { checks } from '../../src/checks/index.ts';
import { compare } from '../../src/cli/commands/compare.ts';
import { effectiveValues, parseConfig, parseConfigText } from '../../src/config/document.ts';
import type { Finding } from '../../src/finding.ts';
import { lint } from '../../src/lint.ts';
import { baselineText, beyond, entriesOf, pruned, readBaseline } from '../../src/project/baseline.ts';
import type { Prepared } from '../../src/project/prepare.ts';
import { applyWaivers } from '../../src/waivers/apply.ts';
import { inlineWaivers } from '../../src/waivers/inline.ts';
import type { Waiver } from '../../src/waivers/waiver.ts';
import { memoryHost } from '../support/host.ts';
import { builtIn, choose } from '../support/library.ts';
import { anyText, regularLine, regularLines, sourceOf, textOf } from './arbitraries.ts';
import { property } from './property.ts';

const profiles = choose(builtIn.library, 'kubernetes-psi', 'krata-zone');
const findingsIn = (text: string): readonly Finding[] =>
  lint({ document: parseConfig(sourceOf(text), { kind: 'complete' }), checks, profiles, library: builtIn.library })
    .findings;

describe('a baseline', () => {
  property('of a run silences that run, all of it', anyText, (text) => {
    const findings = findingsIn(text);
    expect(beyond(entriesOf('a', findings), 'a', findings)).toEqual({ fresh: [], known: findings.length, gone: 0 });
  });

  property('is counted off: what is found once more is new', fc.tuple(anyText, fc.nat()), ([text, which]) => {
    const findings = findingsIn(text);
    const twice = findings[which % (findings.length || 1)];
    if (twice === undefined) return;
    expect(beyond(entriesOf('a', findings), 'a', [...findings, twice]).fresh.length).toBe(1);
  });

  property('hides nothing that it does not hold', fc.tuple(anyText, anyText), ([before, after]) => {
    const baseline = entriesOf('a', findingsIn(before));
    const now = findingsIn(after);
    const { fresh, known } = beyond(baseline, 'a', now);
    expect(fresh.length + known).toBe(now.length);
    const budget = baseline.reduce((sum, { count }) => sum + count, 0);
    expect(known).toBeLessThanOrEqual(budget);
    const rules = new Set(baseline.map(({ rule }) => rule));
    for (const finding of now) if (!rules.has(finding.rule.id)) expect(fresh).toContain(finding);
  });

  property('of one file says nothing of another', anyText, (text) => {
    const findings = findingsIn(text);
    expect(beyond(entriesOf('a', findings), 'b', findings).fresh).toEqual(findings);
  });

  property(
    'only shrinks when it is pruned, and not by a run that finds it all',
    fc.tuple(anyText, anyText),
    ([before, after]) => {
      const baseline = entriesOf('a', findingsIn(before));
      expect(pruned(baseline, 'a', findingsIn(before))).toEqual(baseline);
      for (const entry of pruned(baseline, 'a', findingsIn(after))) {
        const old = baseline.find(({ fingerprint }) => fingerprint === entry.fingerprint);
        expect(entry.count).toBeLessThanOrEqual(old?.count ?? 0);
      }
    },
  );

  property('is read as it was written, and written in one order', anyText, (text) => {
    const baseline = entriesOf('a', findingsIn(text));
    const written = baselineText(baseline);
    expect(baselineText(baseline.toReversed())).toBe(written);
    const read = readBaseline('b.json', memoryHost({ files: { 'b.json': written } }));
    const order = (of: readonly unknown[]) => of.map((each) => JSON.stringify(each)).sort();
    expect(order(read)).toEqual(order(baseline));
  });
});

const source = sourceOf('CONFIG_A=y\n');
const waiver = fc
  .record({
    rules: fc.array(
      fc.constantFrom('*', 'krata-zone/*', 'duplicate-assignment', 'no-such-rule', 'kubernetes-psi/PSI'),
      { minLength: 1, maxLength: 2 },
    ),
    symbols: fc.array(fc.constantFrom('A', 'XEN*', '*', 'PSI'), { maxLength: 2 }),
    expires: fc.constantFrom(undefined, '2020-01-01', '2030-01-01'),
  })
  .map(
    (given): Waiver => ({
      ...given,
      coversFile: () => true,
      ranges: [],
      reason: 'because',
      inSource: false,
      location: { source, span: { start: 0, end: 1 } },
    }),
  );
const today = '2026-11-21';
const applied = (findings: readonly Finding[], waivers: readonly Waiver[], used = new Set<Waiver>()) =>
  applyWaivers(findings, waivers, undefined, today, used);

describe('a waiver', () => {
  property(
    'loses no finding: each is kept or waived, with a reason',
    fc.tuple(anyText, fc.array(waiver, { maxLength: 4 })),
    ([text, waivers]) => {
      const findings = findingsIn(text);
      const { kept, waived } = applied(findings, waivers);
      expect(kept.length + waived.length).toBe(findings.length);
      const accepted = new Set(waived.map(({ finding }) => finding));
      expect(findings.filter((finding) => !accepted.has(finding))).toEqual(kept);
      for (const { reason } of waived) expect(reason).not.toBe('');
    },
  );

  property(
    'more keeps no more, and their order changes nothing',
    fc.tuple(anyText, fc.array(waiver, { maxLength: 3 }), waiver),
    ([text, waivers, more]) => {
      const findings = findingsIn(text);
      const { kept } = applied(findings, waivers);
      expect(kept).toEqual(expect.arrayContaining([...applied(findings, [...waivers, more]).kept]));
      expect(applied(findings, waivers.toReversed()).kept).toEqual(kept);
    },
  );

  property(
    'whose time is over accepts nothing, but is known as used',
    fc.tuple(anyText, fc.array(waiver, { minLength: 1, maxLength: 3 })),
    ([text, waivers]) => {
      const findings = findingsIn(text);
      const old = waivers.map((each): Waiver => ({ ...each, expires: '2026-11-20' }));
      const used = new Set<Waiver>();
      expect(applied(findings, old, used).kept).toEqual(findings);
      const before = new Set<Waiver>();
      applied(findings, waivers, before);
      expect(used.size).toBe(before.size);
    },
  );

  property(
    'for the next line accepts what is found there and no more',
    fc.tuple(regularLines, fc.nat()),
    ([lines, which]) => {
      const at = lines.length === 0 ? 0 : which % lines.length;
      const texts = lines.map(({ text }) => text);
      const comment = '# kconfig-lint-disable-next-line duplicate-assignment redundant-assignment -- known';
      const text = [...texts.slice(0, at), comment, ...texts.slice(at)].map((line) => `${line}\n`).join('');
      const findings = findingsIn(text).filter(({ rule }) => /^(?:duplicate|redundant)-assignment$/.test(rule.id));
      const { waivers, faults } = inlineWaivers(parseConfigText(text).source);
      expect(faults).toEqual([]);
      const { waived } = applied(findings, waivers);
      for (const { finding } of waived) expect(finding.symbol).toBe(lines[at]?.symbol);
    },
  );
});

const prepared: Prepared = {
  library: builtIn.library,
  chosen: profiles,
  target: {},
  boot: new Set(),
  bootDenied: new Set(),
} as never;
const difference = (before: string, after: string) =>
  compare(parseConfigText(before), parseConfigText(after), prepared);

describe('a difference', () => {
  property('of a config from itself is none', anyText, (text) => {
    expect(difference(text, text)).toEqual({ added: [], removed: [], changed: [], verdicts: [] });
  });

  property('seen from the other side is mirrored', fc.tuple(regularLines, regularLines), ([a, b]) => {
    const [there, back] = [difference(textOf(a), textOf(b)), difference(textOf(b), textOf(a))];
    const mirrored = (changes: typeof there.added) =>
      changes.map(({ symbol, before, after }) => ({ symbol, before: after, after: before }));
    const bySymbol = (changes: typeof there.added) => changes.toSorted((x, y) => (x.symbol < y.symbol ? -1 : 1));
    expect(bySymbol(mirrored(back.removed))).toEqual(bySymbol(there.added));
    expect(bySymbol(mirrored(back.added))).toEqual(bySymbol(there.removed));
    expect(bySymbol(mirrored(back.changed))).toEqual(bySymbol(there.changed));
    const turned = back.verdicts.map(({ rule, before, after }) => [rule, after, before].join());
    expect(turned.sort()).toEqual(there.verdicts.map(({ rule, before, after }) => [rule, before, after].join()).sort());
  });

  property('done to the one gives the other', fc.tuple(regularLines, regularLines), ([a, b]) => {
    const { added, removed, changed } = difference(textOf(a), textOf(b));
    const values = new Map(effectiveValues(parseConfigText(textOf(a))));
    for (const { symbol } of removed) values.delete(symbol);
    const lines = [...added, ...changed].map(({ symbol, after }) => `CONFIG_${symbol}=${after}\n`).join('');
    for (const [symbol, value] of effectiveValues(parseConfigText(lines))) values.set(symbol, value);
    expect([...values].sort()).toEqual([...effectiveValues(parseConfigText(textOf(b)))].sort());
  });

  property('sees one changed line as one change', fc.tuple(regularLines, regularLine), ([lines, more]) => {
    const { added, removed, changed } = difference(textOf(lines), textOf([...lines, more]));
    expect(added.length + removed.length + changed.length).toBeLessThanOrEqual(1);
  });
});
