/** Conditions: four verdicts, and what decides each. */
import { describe, expect, it } from 'vitest';
import { matchesName } from '../../src/profiles/condition.ts';
import { type Case, choose, judgeText, load, profileText, verdicts } from '../support/library.ts';

const facts = `symbols:
  OLD: { removed: "6.9", renamed-to: NEW }
  NEW: { added: "6.9" }
  GONE: { removed: "6.1" }
  YOUNG: { added: "6.1" }
  X86ONLY: { arch: [x86] }
  HID: { hidden: "true", follows: [A, "B=m"] }
  HIDNEW: { hidden: { kernel: ">=6.0", arch: [arm64] }, follows: [A] }
`;
const at = (kernel: string, arch: 'x86_64' | 'arm64' = 'x86_64') => {
  const [major = 0, minor = 0] = kernel.split('.').map(Number);
  return { target: { kernel: major * 1e6 + minor * 1e3, arch } };
};

/** The verdict on one row with this body. */
function judge(body: string, text: string, options: Case = {}): string | undefined {
  const { library, faults } = load(
    { p: profileText({ row: body }, 'platform: { name: P, versions: ["1", "2"] }\n') },
    { facts },
  );
  expect(faults).toEqual([]);
  const report = judgeText(library, ['p'], text, { kind: 'complete', ...options });
  return verdicts(report, choose(library, 'p')[0]!).get('p/row');
}

describe('a symbol', () => {
  it.each([
    ['y', 'CONFIG_A=y', 'met'],
    ['y', 'CONFIG_A=m', 'unmet'],
    ['y', '# CONFIG_A is not set', 'unmet'],
    ['y', '', 'unmet'],
    ['y', 'CONFIG_A=n', 'unmet'],
    ['y', 'CONFIG_A=yes', 'met'],
    ['y', 'CONFIG_A="y"', 'unmet'],
    ['y', 'CONFIG_A=Y', 'unmet'],
    ['y', 'CONFIG_A=y\nCONFIG_A=n', 'unmet'],
    ['m', 'CONFIG_A=m', 'met'],
    ['m', 'CONFIG_A=y', 'unmet'],
    ['[y, m]', 'CONFIG_A=m', 'met'],
    ['[y, m]', '', 'unmet'],
    ['n', 'CONFIG_A=n', 'met'],
    ['n', '# CONFIG_A is not set', 'met'],
    ['n', '', 'met'],
    ['n', 'CONFIG_A=m', 'unmet'],
    ['n', 'CONFIG_A=no', 'met'],
    ['"512"', 'CONFIG_A=512', 'met'],
    ['"512"', 'CONFIG_A=0x200', 'met'],
    ['"512"', 'CONFIG_A="512"', 'met'],
    ['"512"', 'CONFIG_A=513', 'unmet'],
    ['"text"', 'CONFIG_A="text"', 'met'],
    ['"text"', 'CONFIG_A="texts"', 'unmet'],
    ['""', 'CONFIG_A=""', 'met'],
    ['{ at-least: "64" }', 'CONFIG_A=64', 'met'],
    ['{ at-least: "64" }', 'CONFIG_A=0x3f', 'unmet'],
    ['{ at-least: "64" }', 'CONFIG_A="x"', 'unmet'],
    ['{ at-most: "0xffffffffffffffff" }', 'CONFIG_A=0xfffffffffffffffe', 'met'],
    ['{ at-most: "-1" }', 'CONFIG_A=-2', 'met'],
    ['{ at-most: "-1" }', 'CONFIG_A=0', 'unmet'],
    ['{ at-most: "64" }', 'CONFIG_A=32', 'met'],
    ['{ at-most: "64" }', 'CONFIG_A="32"', 'unmet'],
    ['text', 'CONFIG_A=text', 'unmet'],
    ['beef', 'CONFIG_A=beef', 'met'],
    ['{ includes: bpf }', 'CONFIG_A="lockdown,bpf,yama"', 'met'],
    ['{ includes: bpf }', 'CONFIG_A="lockdown, bpf,yama"', 'unmet'],
    ['{ includes: bpf }', 'CONFIG_A=lockdown,bpf', 'unmet'],
    ['{ includes: bpf }', 'CONFIG_A="lockdown,bpf', 'unmet'],
    ['{ includes: bpf }', 'CONFIG_A="bpflike"', 'unmet'],
    ['{ includes: bpf }', '', 'unmet'],
    ['[n, "512"]', 'CONFIG_A=512', 'met'],
    ['[n, "512"]', '', 'met'],
  ])('wanted %s in %j is %s', (wanted, text, verdict) => {
    expect(judge(`require: { A: ${wanted} }`, `${text}\n`)).toBe(verdict);
  });

  it.each([
    ['y', '', 'unknown'],
    ['n', '', 'unknown'],
    ['y', 'CONFIG_A=y', 'met'],
    ['y', '# CONFIG_A is not set', 'unmet'],
    ['{ at-least: "1" }', '', 'unknown'],
  ])('wanted %s of a fragment that says %j is %s', (wanted, text, verdict) => {
    expect(judge(`require: { A: ${wanted} }`, `${text}\n`, { kind: 'fragment' })).toBe(verdict);
  });
});

describe('a symbol that comes and goes', () => {
  it.each([
    ['GONE', '', '5.10', 'unmet'],
    ['GONE', '', '6.1', 'not-applicable'],
    ['YOUNG', '', '5.10', 'not-applicable'],
    ['YOUNG', '', '6.1', 'unmet'],
    ['X86ONLY', '', '6.1', 'unmet'],
    ['OLD', 'CONFIG_NEW=y', '6.12', 'met'],
    ['OLD', 'CONFIG_OLD=y', '6.1', 'met'],
    ['NEW', 'CONFIG_OLD=y', '6.1', 'met'],
    ['NEW', '# CONFIG_OLD is not set', '6.1', 'unmet'],
    ['OLD', '', '6.12', 'unmet'],
    ['NEW', '', '6.1', 'unmet'],
    ['OLD', 'CONFIG_OLD=y', '6.12', 'met'],
    ['OLD', 'CONFIG_OLD=y\n# CONFIG_NEW is not set', '6.12', 'unmet'],
    ['NEW', 'CONFIG_OLD=y\n# CONFIG_NEW is not set', '6.12', 'unmet'],
    ['OLD', '# CONFIG_OLD is not set\nCONFIG_NEW=y', '6.12', 'met'],
    ['OLD', 'CONFIG_OLD=y\n# CONFIG_NEW is not set', '6.1', 'met'],
    ['NEW', 'CONFIG_NEW=y\n# CONFIG_OLD is not set', '6.1', 'unmet'],
    ['GONE', 'CONFIG_GONE=y', '6.12', 'met'],
    ['GONE', 'CONFIG_GONE=m', '6.12', 'unmet'],
  ])('%s in a complete config with %j on %s is %s', (symbol, text, kernel, verdict) => {
    expect(judge(`require: { ${symbol}: y }`, `${text}\n`, at(kernel))).toBe(verdict);
  });

  it('counts under the name that its kernel has, also in a fragment, and under its own where no kernel is known', () => {
    const both = 'CONFIG_OLD=y\n# CONFIG_NEW is not set\n';
    expect(judge('require: { OLD: y }', both, { ...at('6.12'), kind: 'fragment' })).toBe('unmet');
    expect(judge('require: { OLD: y }', 'CONFIG_OLD=y\n', { ...at('6.12'), kind: 'fragment' })).toBe('met');
    expect(judge('require: { OLD: y }', both)).toBe('met');
    expect(judge('require: { NEW: y }', both)).toBe('unmet');
  });

  it('is off where it does not exist', () => {
    expect(judge('require: { GONE: n }', '\n#\n', at('6.12'))).toBe('met');
    expect(judge('require: { GONE: n }', '#\n', { ...at('6.12'), kind: 'fragment' })).toBe('met');
    expect(judge('require: { A: y }\nwhen: { GONE: y }', '#\n', at('6.12'))).toBe('not-applicable');
    expect(judge('require: { A: y }\nunless: { GONE: y }', '#\n', at('6.12'))).toBe('unmet');
    expect(judge('require: { A: y }\nwhen: { any: [ { not: { GONE: y } }, { B: y } ] }', '#\n', at('6.12'))).toBe(
      'unmet',
    );
    expect(judge('require: { A: y }\nwhen: { all: [ { GONE: y }, { A: n } ] }', '#\n', at('6.12'))).toBe(
      'not-applicable',
    );
  });

  it('is not held against a config whose kernel or architecture nobody knows', () => {
    expect(judge('require: { GONE: y }', '#\n')).toBe('unknown');
    expect(judge('require: { X86ONLY: y }', '#\n')).toBe('unknown');
    expect(judge('require: { X86ONLY: y }', '#\n', at('6.1', 'arm64'))).toBe('not-applicable');
    expect(judge('require: { OLD: y }', '#\n')).toBe('unknown');
  });

  it('proves nothing when a fragment names it', () => {
    expect(judge('require: { GONE: y }', 'CONFIG_GONE=y\n', { ...at('6.12'), kind: 'fragment' })).toBe(
      'not-applicable',
    );
    expect(judge('require: { GONE: y }', 'CONFIG_GONE=y\n', { kind: 'fragment' })).toBe('met');
  });
});

describe('conditions on the target', () => {
  it.each([
    ['require: { kernel: ">=5.8" }', at('5.10'), 'met'],
    ['require: { kernel: ">=5.8" }', at('5.2'), 'unmet'],
    ['require: { kernel: ">=5.8" }', {}, 'unknown'],
    ['require: { arch: arm64 }', at('6.1'), 'unmet'],
    ['require: { arch: [x86] }', at('6.1'), 'met'],
    ['require: { arch: arm64 }', {}, 'unknown'],
    ['require: { platform: ">=2" }', {}, 'met'],
    ['require: { platform: "<2" }', {}, 'unmet'],
    ['require: { boot: initrd }', {}, 'unmet'],
    ['require: { boot: [initrd, pci] }', { boot: ['initrd', 'pci'] as const }, 'met'],
    ['require: { not: { boot: pci } }', {}, 'met'],
    ['require: { file-name: "linux-*-6.*.config" }', { path: 'a/linux-x86-6.1.config' }, 'met'],
    ['require: { file-name: ["a", "b*"] }', { path: 'x' }, 'unmet'],
  ])('%s', (body, options, verdict) => {
    expect(judge(body, '#\n', options as Case)).toBe(verdict);
  });

  it.each([
    ['kernel: ">=6.0"', at('5.10'), 'not-applicable'],
    ['kernel: ">=6.0"', at('6.1'), 'unmet'],
    ['kernel: ">=6.0"', {}, 'unknown'],
    ['arch: [arm64]', at('6.1'), 'not-applicable'],
    ['platform: "<2"', {}, 'not-applicable'],
    ['boot: [initrd]', {}, 'not-applicable'],
    ['boot: [initrd]', { boot: ['initrd'] as const }, 'unmet'],
  ])('limit a row: %s', (limit, options, verdict) => {
    expect(judge(`require: { A: y }\n${limit}`, '#\n', options as Case)).toBe(verdict);
  });

  it('leave a row met that is met anyway', () => {
    expect(judge('require: { A: y }\nkernel: ">=6.0"', 'CONFIG_A=y\n')).toBe('met');
  });
});

describe('all, any and not', () => {
  // y: met, n: unmet, u: unknown (not mentioned in a fragment), a: not applicable
  const part: Readonly<Record<string, string>> = { y: '{ Y: y }', n: '{ N: y }', u: '{ U: y }', a: '{ GONE: y }' };
  const verdict: Readonly<Record<string, string>> = { y: 'met', n: 'unmet', u: 'unknown', a: 'not-applicable' };
  const text = 'CONFIG_Y=y\n# CONFIG_N is not set\n';
  const judgeParts = (kind: string, parts: string) =>
    judge(`require: { ${kind}: [${[...parts].map((p) => part[p]).join(', ')}] }`, text, {
      ...at('6.12'),
      kind: 'fragment',
    });

  it.each(['yy:y', 'yn:n', 'yu:u', 'ya:y', 'nu:n', 'un:n', 'na:n', 'ua:u', 'au:u', 'aa:a', 'uu:u', 'ay:y', 'uy:u'])(
    'all %s',
    (row) => {
      const [parts = '', result = ''] = row.split(':');
      expect(judgeParts('all', parts)).toBe(verdict[result]);
    },
  );

  it.each(['yy:y', 'yn:y', 'ny:y', 'yu:y', 'uy:y', 'nu:u', 'un:u', 'na:n', 'an:n', 'ua:u', 'au:u', 'aa:a', 'nn:n'])(
    'any %s',
    (row) => {
      const [parts = '', result = ''] = row.split(':');
      expect(judgeParts('any', parts)).toBe(verdict[result]);
    },
  );

  it.each(['y:n', 'n:y', 'u:u', 'a:a'])('not %s', (row) => {
    const [p = '', result = ''] = row.split(':');
    expect(judge(`require: { not: ${part[p]} }`, text, { ...at('6.12'), kind: 'fragment' })).toBe(verdict[result]);
  });

  it('nest, and several symbols in one mapping mean all', () => {
    expect(
      judge(
        'require: { any: [ { A: y, B: y }, { not: { all: [ { C: y }, { D: y } ] } } ] }',
        'CONFIG_C=y\nCONFIG_D=y\nCONFIG_A=y\n',
      ),
    ).toBe('unmet');
    expect(
      judge('require: { any: [ { A: y, B: y }, { not: { all: [ { C: y }, { D: y } ] } } ] }', 'CONFIG_C=y\n'),
    ).toBe('met');
  });
});

describe('when, unless and else', () => {
  it.each([
    ['when: { W: y }', 'CONFIG_W=y\n', 'unmet'],
    ['when: { W: y }', '#\n', 'not-applicable'],
    ['unless: { W: y }', 'CONFIG_W=y\n', 'not-applicable'],
    ['unless: { W: y }', '#\n', 'unmet'],
    ['unless: { W: y }\nelse: { B: y }', 'CONFIG_W=y\n', 'unmet'],
    ['unless: { W: y }\nelse: { B: y }', 'CONFIG_W=y\nCONFIG_B=y\n', 'met'],
    ['when: { W: y }\nelse: { B: n }', '#\n', 'met'],
  ])('%s in %j', (body, text, verdict) => {
    expect(judge(`require: { A: y }\n${body}`, text)).toBe(verdict);
  });

  it.each([
    ['when: { W: y }', '# CONFIG_A is not set\n', 'unknown'],
    ['when: { W: y }', 'CONFIG_A=y\n', 'met'],
    ['unless: { W: y }\nelse: { B: y }', 'CONFIG_A=y\n# CONFIG_B is not set\n', 'unknown'],
    ['unless: { W: y }\nelse: { B: y }', 'CONFIG_A=y\nCONFIG_B=y\n', 'met'],
  ])('not known in a fragment: %s in %j', (body, text, verdict) => {
    expect(judge(`require: { A: y }\n${body}`, text, { kind: 'fragment' })).toBe(verdict);
  });
});

describe('file name patterns', () => {
  it.each([
    ['*', '', true],
    ['a*', 'ab', true],
    ['a*b', 'ab', true],
    ['a*b', 'acb', true],
    ['a*b', 'acbc', false],
    ['a*b*c', 'abbc', true],
    ['ab*ba', 'aba', false],
    ['x', 'x', true],
    ['x', 'xy', false],
    ['*x', 'yx', true],
    ['a*', 'ba', false],
  ])('%s matches %s: %s', (pattern, text, matches) => {
    expect(matchesName(pattern, text)).toBe(matches);
  });

  it('take no time on hostile ones', () => {
    expect(matchesName(`${'*a'.repeat(2000)}b`, 'a'.repeat(20_000))).toBe(false);
  });
});
