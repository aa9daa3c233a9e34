/** The report: causes, shared requirements, places, advice and fixes. */
import { describe, expect, it } from 'vitest';
import { checks } from '../src/checks/index.ts';
import { parseConfigText } from '../src/config/document.ts';
import { lint } from '../src/lint.ts';
import { positionOf } from '../src/source.ts';
import { applyFix } from './support/edits.ts';
import { builtIn, choose, judgeText, load, profileText } from './support/library.ts';

const complete = { kind: 'complete' as const };

function lines(report: ReturnType<typeof judgeText>): unknown[] {
  return report.findings.map(({ rule, location, message }) => [
    rule.id,
    positionOf(location.source, location.span.start).line,
    message,
  ]);
}

describe('causes', () => {
  const { library } = load({
    base: profileText({ ROOT: 'require: { ROOT: y }', MID: 'require: { MID: y }\nneeds: [ROOT]' }),
    top: profileText({ LEAF: 'require: { LEAF: y }\nneeds: [MID]', FREE: 'require: { FREE: y }' }, 'extends: [base]\n'),
    other: profileText({ ROOT: 'require: { ROOT: y }', OWN: 'require: { OWN: y }\nneeds: [ROOT]' }),
  });
  const causes = (names: readonly string[], text: string) =>
    Object.fromEntries(judgeText(library, names, text, complete).findings.map(({ rule, cause }) => [rule.id, cause]));

  it('are followed to the root, through inherited rows', () => {
    expect(causes(['top'], '#\n')).toEqual({
      'base/ROOT': undefined,
      'base/MID': 'base/ROOT',
      'top/LEAF': 'base/ROOT',
      'top/FREE': undefined,
    });
  });

  it('end where a need is met', () => {
    expect(causes(['top'], 'CONFIG_ROOT=y\n')).toEqual({
      'base/MID': undefined,
      'top/LEAF': 'base/MID',
      'top/FREE': undefined,
    });
    expect(causes(['top'], 'CONFIG_ROOT=y\nCONFIG_MID=y\n')).toEqual({ 'top/LEAF': undefined, 'top/FREE': undefined });
  });

  it('hold across profiles that ask for the same root', () => {
    expect(causes(['top', 'other'], '#\n')).toMatchObject({ 'base/ROOT': undefined, 'other/OWN': 'base/ROOT' });
  });

  it('do not go round in circles', () => {
    const { library: round } = load({
      p: profileText({ A: 'require: { A: y }\nneeds: [B]', B: 'require: { B: y }\nneeds: [A]' }),
    });
    expect(judgeText(round, ['p'], '#\n', complete).findings.map(({ cause }) => cause)).toEqual(['p/B', 'p/A']);
  });
});

describe('requirements that several profiles share', () => {
  const { library } = load({
    a: profileText({ X: 'require: { X: y }\nseverity: warning', Y: 'require: { Y: y }' }),
    b: profileText({ X: 'require: { X: y }', Z: 'require: { Y: n }' }),
    c: profileText({ OWN: 'require: { OWN: y }' }, 'extends: [a]\n'),
    d: profileText({ X: 'require: { X: m }' }, 'extends: [a]\n'),
  });
  const found = (names: readonly string[]) =>
    judgeText(library, names, '#\n', complete).findings.map(({ rule, severity, sameAs }) => [
      rule.id,
      severity,
      sameAs.map(({ id }) => id),
    ]);

  it('are reported once, by the most severe rule, with the others beside it', () => {
    expect(found(['a', 'b'])).toEqual([
      ['b/X', 'error', ['a/X']],
      ['a/Y', 'error', []],
    ]);
    expect(found(['b', 'a'])).toEqual([
      ['b/X', 'error', ['a/X']],
      ['a/Y', 'error', []],
    ]);
  });

  it('are reported once when one profile extends the other', () => {
    expect(found(['a', 'c']).map(([id]) => id)).toEqual(['a/Y', 'c/OWN', 'a/X']);
  });

  it('give way to a row of the same name in the extending profile', () => {
    expect(found(['d']).map(([id]) => id)).toEqual(['a/Y', 'd/X']);
  });

  it('count in the score of each profile', () => {
    const { scores, counts } = judgeText(library, ['a', 'b', 'c'], '#\n', complete);
    expect(scores.map(({ profile, met, unmet }) => [profile, met, unmet])).toEqual([
      ['a', 0, 2],
      ['b', 1, 1],
      ['c', 0, 3],
    ]);
    expect(counts).toMatchObject({ error: 3, warning: 0 });
  });
});

describe('places', () => {
  const { library } = load({ p: profileText({ A: 'require: { A_B_C: y }\nwhen: { not: { W: y } }' }) });
  const place = (text: string) => lines(judgeText(library, ['p'], text, complete))[0];

  it.each([
    ['its own line', '#\n# CONFIG_A_B_C is not set\n', 2, 'CONFIG_A_B_C is not set, must be y'],
    [
      'the line that looks meant for it',
      '#\nCONFIG_X=y\n#CONFIG_A_B_C is not set\n',
      3,
      'CONFIG_A_B_C is absent, must be y',
    ],
    ['its nearest parent', 'CONFIG_A=y\n#\nCONFIG_A_B=y\n', 3, 'CONFIG_A_B_C is absent, must be y'],
    ['a symbol of its condition', '#\n# CONFIG_W is not set\n', 2, 'CONFIG_A_B_C is absent, must be y'],
    ['the header', '#\n# Linux/x86 6.1.0 Kernel Configuration\nCONFIG_X=y\n', 2, 'CONFIG_A_B_C is absent, must be y'],
    ['the first line', 'CONFIG_X=y\n', 1, 'CONFIG_A_B_C is absent, must be y'],
  ])('%s', (_, text, line, message) => {
    expect(place(text)).toEqual(['p/A', line, message]);
  });

  it('name the ignored line beside the effective one', () => {
    const [finding] = judgeText(library, ['p'], 'CONFIG_A_B_C=m\nCONFIG_A_B_C = y\n', complete).findings;
    expect(finding?.related.map(({ message }) => message)).toEqual([
      'this line looks meant for CONFIG_A_B_C; the kernel does not read it so',
    ]);
  });
});

describe('wording', () => {
  const { library } = load(
    {
      p: profileText(
        {
          any: 'require: { any: [ { A: y }, { B: [y, m] } ] }',
          two: 'require: { C: y, D: n }\nseverity: warning',
          num: 'require: { NR: { at-least: "64" } }\nseverity: info',
          lsm: 'require: { LSM: { includes: bpf } }',
          hid: 'require: { HID: y }',
          boot: 'require: { E: y }\nunless: { boot: initrd }\nelse: { E: [y, m] }',
          ver: 'require: { any: [ { kernel: "=5.10" }, { kernel: ">=6.0" } ] }',
          plat: 'require: { not: { boot: cgroup-v1 } }\nboot: [cgroup-v1]\nplatform: ">=2"',
        },
        'platform: { name: Thing, versions: ["1", "2"] }\n',
      ),
    },
    { f: 'symbols: { HID: { hidden: "true", follows: [A, "SEL=m"] } }\n' },
  );
  const text =
    'CONFIG_C=m\nCONFIG_D=y\nCONFIG_NR=8\nCONFIG_LSM="yama,lockdown"\n# CONFIG_HID is not set\nCONFIG_E=m\nCONFIG_SEL=y\n';
  const report = judgeText(library, ['p'], text, { ...complete, boot: ['cgroup-v1'], target: { kernel: 5015000 } });
  const by = new Map(report.findings.map((finding) => [finding.rule.id, finding]));

  it.each([
    ['any', 'CONFIG_A is absent, CONFIG_B is absent; needs CONFIG_A=y or CONFIG_B=y or m', ['CONFIG_A=y']],
    ['two', 'CONFIG_C=m, should be y; CONFIG_D=y, should be off', ['CONFIG_C=y', '# CONFIG_D is not set']],
    ['num', 'CONFIG_NR=8, better at least 64', ['CONFIG_NR=64']],
    ['lsm', 'CONFIG_LSM="yama,lockdown", must be with "bpf" in its list', ['CONFIG_LSM="yama,lockdown,bpf"']],
    ['hid', 'CONFIG_HID is not set, must be y; it has no prompt and follows CONFIG_A, CONFIG_SEL=m', ['CONFIG_A=y']],
    ['boot', 'CONFIG_E=m, must be y (it would do with --boot initrd)', ['CONFIG_E=y']],
    ['ver', 'kernel 5.15; needs kernel =5.10 or kernel >=6.0', []],
    ['plat', 'boot facts: cgroup-v1; needs no cgroup-v1', []],
  ])('of %s', (name, message, advice) => {
    expect(by.get(`p/${name}`)?.message).toBe(message);
    expect(by.get(`p/${name}`)?.advice).toEqual(advice);
  });

  it('of literals, of platforms and of what keeps a row from applying', () => {
    const { library: more, faults } = load({
      q: profileText({
        text: 'require: { A: ["5", "some \\"text\\""] }',
        other: 'require: { A: y }\narch: [arm64]',
        named: 'require: { A: y }\nwhen: { file-name: "b*" }',
        booted: 'require: { A: y }\nunless: { boot: initrd }',
        platform: 'require: { A: y }\nplatform: ">=2"',
        either: 'require: { A: y }\nwhen: { any: [ { boot: pci }, { B: y } ] }',
        product: 'require: { platform: ">=2" }',
      }),
    });
    expect(faults).toEqual([]);
    const judged = judgeText(more, ['q'], 'CONFIG_A=7\n', {
      ...complete,
      boot: ['initrd'],
      target: { arch: 'other', kernel: 6001000 },
    });
    expect(lines(judged)).toEqual([['q/text', 1, 'CONFIG_A=7, must be 5 or "some \\"text\\""']]);
    expect(judged.findings[0]?.advice).toEqual(['CONFIG_A=5']);
    expect(judged.notApplicable.map(({ rule, reason }) => [rule.id, reason])).toEqual([
      ['q/other', 'the architecture is another one'],
      ['q/named', 'the file is named .config'],
      ['q/booted', 'boot fact initrd'],
      ['q/either', 'no boot fact pci, CONFIG_B is not mentioned'],
    ]);
    expect(judged.unknowns.map(({ rule, reason, expected }) => [rule.id, reason, expected])).toEqual([
      ['q/platform', 'the platform version is not known', 'CONFIG_A=y'],
      ['q/product', 'the platform version is not known', 'platform >=2'],
    ]);
  });

  it('of what is not known and what does not apply', () => {
    const fragment = judgeText(library, ['p'], 'CONFIG_C=y\n', { kind: 'fragment' });
    expect(fragment.unknowns.map(({ rule, reason, missing }) => [rule.id, reason, missing])).toContainEqual([
      'p/two',
      'CONFIG_D is not mentioned',
      ['D'],
    ]);
    expect(fragment.unknowns.map(({ rule, reason }) => [rule.id, reason])).toContainEqual([
      'p/ver',
      'the kernel version is not known',
    ]);
    expect(fragment.notApplicable.map(({ rule, reason }) => [rule.id, reason])).toEqual([
      ['p/plat', 'no boot fact cgroup-v1'],
    ]);
    expect(fragment.counts).toMatchObject({ unknown: fragment.unknowns.length, notApplicable: 1 });
  });
});

describe('fixes', () => {
  const { library } = load({
    p: profileText({ A: 'require: { A: y }', B: 'require: { B: n }', C: 'require: { C: y, D: "5" }' }),
  });

  it.each([
    '# CONFIG_A is not set\nCONFIG_B=y\nCONFIG_D=4\n',
    'CONFIG_A=m\r\nCONFIG_B=m\r\n',
    'CONFIG_B=y\nCONFIG_A=y\n# CONFIG_A is not set',
  ])('settle every finding of %j and keep what they do not touch', (text) => {
    let fixed = text;
    for (let round = 0; round < 5; round++) {
      const [finding] = judgeText(library, ['p'], fixed, complete).findings;
      if (finding?.fix === undefined) break;
      fixed = applyFix(fixed, finding.fix);
    }
    expect(judgeText(library, ['p'], fixed, complete).findings).toEqual([]);
    expect(
      parseConfigText(fixed)
        .problems.map(({ code }) => code)
        .filter((code) => code === 'glued-lines'),
    ).toEqual([]);
    if (text.includes('\r')) expect(fixed).not.toMatch(/[^\r]\n/);
  });
});

describe('platform versions', () => {
  it('are the last one unless another is named, also under a profile that extends', () => {
    const { library } = load({
      base: profileText(
        { NEWER: 'require: { A: y }\nplatform: ">=2"' },
        'platform: { name: Thing, versions: ["1", "2"] }\n',
      ),
      top: profileText({ X: 'require: { X: y }' }, 'extends: [base]\n'),
    });
    const found = (name: string) =>
      judgeText(library, [name], 'CONFIG_X=y\n', complete).findings.map(({ rule }) => rule.id);
    expect([found('base'), found('base@1'), found('base@2'), found('top')]).toEqual([
      ['base/NEWER'],
      [],
      ['base/NEWER'],
      ['base/NEWER'],
    ]);
    expect(() => choose(library, 'base@3')).toThrow(/does not know Thing "3"/);
    expect(() => choose(library, 'top@1')).toThrow(/has no versions/);
    expect(() => choose(library, 'nope')).toThrow(/there is no profile "nope"/);
  });
});

describe('a report', () => {
  it('sorts the worst first and is the same every time', () => {
    const document = parseConfigText('junk\nCONFIG_A=y\nCONFIG_A=y\nCONFIG_B=yes\n');
    const all = { document, library: builtIn.library, checks, profiles: choose(builtIn.library, 'kubernetes-psi') };
    const once = lint(all).findings.map(({ rule }) => rule.id);
    expect(once).toEqual(['unexpected-data', 'value-spelling', 'redundant-assignment']);
    expect(lint(all).findings.map(({ rule }) => rule.id)).toEqual(once);
  });
});
