/** Properties of conditions and of the four verdicts on them. */
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { parseConfigText } from '../../src/config/document.ts';
import { lint } from '../../src/lint.ts';
import { type Condition, judge, type Situation, symbolsOf, Verdict } from '../../src/profiles/condition.ts';
import type { ChosenProfile } from '../../src/profiles/profile.ts';
import type { BootFact, Target } from '../../src/target.ts';
import { builtIn, choose, verdicts } from '../support/library.ts';
import { settingsFor } from '../support/settings.ts';
import {
  condition,
  distinctLines,
  type Line,
  positiveCondition,
  regularLine,
  regularLines,
  textOf,
} from './arbitraries.ts';
import { property } from './property.ts';

type Kind = 'complete' | 'fragment';
const kind = fc.constantFrom<Kind>('complete', 'fragment');
const target = fc.constantFrom<Target>({}, { kernel: 6_012_000, arch: 'x86_64' }, { kernel: 4_019_000, arch: 'arm64' });
const noBoot: ReadonlySet<BootFact> = new Set();

/** Tells of symbols that some kernels do not have, so that all four verdicts come up. */
const symbols: Situation['symbols'] = new Map([
  ['C', { symbol: 'C', added: 5_010_000, otherNames: [], notes: [] } as never],
]);
const situationOf = (text: string, as: Kind, where: Target): Situation => ({
  document: parseConfigText(text, '.config', { kind: as }),
  target: where,
  boot: noBoot,
  symbols,
});
const place = fc.record({ lines: distinctLines, as: kind, where: target });
const at = ({ lines, as, where }: { lines: readonly Line[]; as: Kind; where: Target }): Situation =>
  situationOf(textOf(lines), as, where);
const not = (of: Condition): Condition => ({ kind: 'not', of });
const all = (...of: Condition[]): Condition => ({ kind: 'all', of });
const any = (...of: Condition[]): Condition => ({ kind: 'any', of });

describe('a condition', () => {
  property('denied twice is itself', fc.tuple(condition, place, fc.boolean()), ([each, where, asFact]) => {
    expect(judge(not(not(each)), at(where), asFact)).toBe(judge(each, at(where), asFact));
  });

  property('all and any of one are that one', fc.tuple(condition, place), ([each, where]) => {
    for (const joint of [all(each), any(each), all(each, each)])
      expect(judge(joint, at(where))).toBe(judge(each, at(where)));
  });

  property(
    'de Morgan: what is asked of all is denied by one',
    fc.tuple(fc.array(condition, { minLength: 1, maxLength: 3 }), place),
    ([of, where]) => {
      const situation = at(where);
      const denied = judge(not(all(...of)), situation, true);
      const one = judge(any(...of.map(not)), situation, true);
      expect(one).toBe(denied);
    },
  );

  property(
    'the order of what is joined does not matter',
    fc.tuple(fc.array(condition, { minLength: 1, maxLength: 4 }), place),
    ([of, where]) => {
      const situation = at(where);
      for (const join of [all, any])
        expect(judge(join(...of.toReversed()), situation)).toBe(judge(join(...of), situation));
    },
  );

  property(
    'all is met only where each that concerns the target is',
    fc.tuple(fc.array(condition, { minLength: 1, maxLength: 4 }), place),
    ([of, where]) => {
      const situation = at(where);
      const found = of.map((each) => judge(each, situation)).filter((verdict) => verdict !== Verdict.notApplicable);
      const isMet = found.length > 0 && found.every((verdict) => verdict === Verdict.met);
      expect(judge(all(...of), situation) === Verdict.met).toBe(isMet);
    },
  );

  property(
    'any is met where one is',
    fc.tuple(fc.array(condition, { minLength: 1, maxLength: 4 }), place),
    ([of, where]) => {
      const situation = at(where);
      expect(judge(any(...of), situation) === Verdict.met).toBe(
        of.some((each) => judge(each, situation) === Verdict.met),
      );
    },
  );

  property(
    'to put on what is wanted never makes a met one unmet',
    fc.tuple(positiveCondition, place),
    ([each, where]) => {
      if (judge(each, at(where)) !== Verdict.met) return;
      const more = symbolsOf(each).map((row) => `CONFIG_${row.symbol}=y\n`);
      for (const line of more)
        expect(judge(each, situationOf(textOf(where.lines) + line, where.as, where.where))).toBe(Verdict.met);
    },
  );

  property('lines that meet it, meet it', fc.tuple(positiveCondition, fc.nat(9), target), ([each, pick, where]) => {
    const text = settingsFor(each, true, pick)
      .map((line) => `${line}\n`)
      .join('');
    const verdict = judge(each, situationOf(text, 'complete', where));
    expect([Verdict.met, Verdict.notApplicable]).toContain(verdict);
  });

  property(
    'a fragment that names none of its symbols never fails it',
    fc.tuple(condition, distinctLines, target),
    ([each, lines, where]) => {
      const named = new Set(
        symbolsOf(each).flatMap(({ symbol, values }) => [symbol, ...values.map(({ value }) => value)]),
      );
      if (named.size === 0 || /"kind":"(?:arch|kernel|boot)"/.test(JSON.stringify(each))) return;
      const text = textOf(lines.filter(({ symbol }) => !named.has(symbol)));
      expect(judge(each, situationOf(text, 'fragment', {}))).not.toBe(Verdict.unmet);
      void where;
    },
  );

  property(
    'a fragment that has decided it stays decided when others are named',
    fc.tuple(condition, regularLines, regularLines),
    ([each, lines, more]) => {
      const named = new Set(lines.map(({ symbol }) => symbol));
      const before = judge(each, situationOf(textOf(lines), 'fragment', {}));
      const after = judge(
        each,
        situationOf(textOf([...lines, ...more.filter(({ symbol }) => !named.has(symbol))]), 'fragment', {}),
      );
      if (before === Verdict.met || before === Verdict.unmet) expect(after).toBe(before);
    },
  );

  property(
    'as a fact is known of every complete config for a known target',
    fc.tuple(condition, distinctLines),
    ([each, lines]) => {
      const known = judge(each, situationOf(textOf(lines), 'complete', { kernel: 6_012_000, arch: 'x86_64' }), true);
      expect([Verdict.met, Verdict.unmet]).toContain(known);
    },
  );

  property(
    'does not see lines that a later one undoes',
    fc.tuple(condition, place, regularLine),
    ([each, where, line]) => {
      const names = new Set(where.lines.map(({ symbol }) => symbol));
      if (!names.has(line.symbol)) return;
      const before = situationOf(`${line.text}\n${textOf(where.lines)}`, where.as, where.where);
      expect(judge(each, before)).toBe(judge(each, at(where)));
    },
  );
});

const profileNames = ['kubernetes-node', 'krata-zone', 'hardening-kernel', 'container-host', 'firecracker-guest'];
const named = [
  ...new Set(
    choose(builtIn.library, ...profileNames).flatMap(({ requirements }) =>
      requirements.flatMap(({ require }) => symbolsOf(require).map(({ symbol }) => symbol)),
    ),
  ),
];
const wishes = fc.uniqueArray(fc.tuple(fc.constantFrom(...named), fc.constantFrom('=y', '=m', '=n', '="x"', '=4096')), {
  maxLength: 60,
  selector: ([name]) => name,
});
const textFor = (settings: readonly (readonly [string, string])[]): string =>
  settings.map(([name, spelled]) => `CONFIG_${name}${spelled}\n`).join('');

function verdictsOf(
  text: string,
  as: Kind,
  profiles: readonly ChosenProfile[],
  kernel?: number,
): Record<string, string>[] {
  const document = parseConfigText(text, '.config', { kind: as });
  const report = lint({
    document,
    checks: [],
    profiles,
    library: builtIn.library,
    ...(kernel === undefined ? {} : { target: { kernel, arch: 'x86_64' } }),
  });
  return profiles.map((profile) => {
    const own = new Set(profile.requirements.map(({ id }) => id));
    return Object.fromEntries([...verdicts(report, profile)].filter(([id]) => own.has(id)).sort());
  });
}

describe('the verdicts of real profiles', () => {
  property(
    'do not hang on the order of lines',
    fc.tuple(wishes, kind, fc.constantFrom(...profileNames)),
    ([settings, as, name]) => {
      const profiles = choose(builtIn.library, name);
      expect(verdictsOf(textFor(settings.toReversed()), as, profiles)).toEqual(
        verdictsOf(textFor(settings), as, profiles),
      );
    },
    3,
  );

  property(
    'do not hang on the order of profiles, nor on their company',
    fc.tuple(wishes, kind),
    ([settings, as]) => {
      const profiles = choose(builtIn.library, ...profileNames);
      const together = verdictsOf(textFor(settings), as, profiles, 6_012_000);
      expect(verdictsOf(textFor(settings), as, profiles.toReversed(), 6_012_000).reverse()).toEqual(together);
      expect(profiles.map((profile) => verdictsOf(textFor(settings), as, [profile], 6_012_000)[0])).toEqual(together);
    },
    5,
  );

  property(
    'say of no fragment that something is missing',
    fc.tuple(wishes, fc.constantFrom(...profileNames)),
    ([settings, name]) => {
      const [profile] = choose(builtIn.library, name) as [ChosenProfile];
      const said = new Set(settings.map(([symbol]) => symbol));
      const report = lint({
        document: parseConfigText(textFor(settings), 'x.config', { kind: 'fragment' }),
        checks: [],
        profiles: [profile],
        library: builtIn.library,
      });
      for (const { location, symbol } of report.findings) {
        // What fails, fails by a line that is there.
        expect(location.span.end).toBeGreaterThan(location.span.start);
        if (symbol !== undefined) expect(said.has(symbol)).toBe(true);
      }
    },
    3,
  );

  property(
    'are each of the four, and the scores count them',
    fc.tuple(wishes, kind, fc.constantFrom(...profileNames)),
    ([settings, as, name]) => {
      const profiles = choose(builtIn.library, name);
      const report = lint({
        document: parseConfigText(textFor(settings), 'x.config', { kind: as }),
        checks: [],
        profiles,
        library: builtIn.library,
      });
      const [score] = report.scores;
      const rows = (profiles[0] as ChosenProfile).requirements.length;
      expect((score?.met ?? 0) + (score?.unmet ?? 0) + (score?.unknown ?? 0) + (score?.notApplicable ?? 0)).toBe(rows);
      expect(report.unknowns.length).toBe(score?.unknown);
      expect(report.notApplicable.length).toBe(score?.notApplicable);
    },
    3,
  );
});
