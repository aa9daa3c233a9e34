/** Faults in profiles and symbol facts: each is named with its place and, where there is one, the word that was meant. */
import { describe, expect, it } from 'vitest';
import { readYaml } from '../../src/profiles/yaml.ts';
import { createSource } from '../../src/source.ts';
import { builtIn, judgeText, load, profileText } from '../support/library.ts';

const row = 'require: { PSI: y }';

/** `line:column message | help` of each fault. */
function faults(text: string, others: Readonly<Record<string, string>> = {}): string[] {
  return load({ p: text, ...others }).faults.map(
    ({ line, column, message, help }) => `${line}:${column} ${message}${help ? ` | ${help}` : ''}`,
  );
}

describe('a profile', () => {
  it('that is right has no faults', () => {
    expect(faults(profileText({ PSI: row }))).toEqual([]);
  });

  it('may leave no required key out', () => {
    expect(faults('title: T\ndescription: D.\n')).toEqual(['1:1 the profile lacks "requirements"']);
    expect(faults('title: T\ndescription: D.\nrequirements:\n  A:\n    require: { A: y }\n    reason: R.\n')).toEqual([
      '4:3 "A" lacks "references"',
    ]);
  });

  it('may not hold unknown keys, and hears what was meant', () => {
    expect(faults(profileText({ A: `${row}\nseverty: error` }))).toEqual([
      '8:5 unknown key "severty" in "A" | did you mean severity?',
    ]);
    expect(faults(`titel: X\n${profileText({ A: row })}`)[0]).toMatch(
      /^1:1 unknown key "titel" in the profile \| did you mean title\?/,
    );
  });

  it.each([
    ['severity: fatal', /^8:15 "severity" must be one of error, warning, info/],
    ['kernel: ">= 5.2"', /^8:13 ">= 5.2" is not a valid range: write comparisons/],
    ['platform: 1.34', /^8:15 "1.34" is not a valid range/],
    ['arch: [amd64]', /^8:12 "arch" must be one of x86, x86_64.* \| did you mean x86_64\?$/],
    ['arch: [aarch64]', /did you mean arm64\?$/],
    ['arch: [arm63]', /did you mean arm64/],
    ['when: { boot: initramfs }', /"boot" has a value of the wrong form/],
    ['when: { lower_case: y }', /unknown key "lower_case"/],
    ['when: {}', /"when" is empty/],
    ['else: { A: m }', /^8:5 else needs when or unless beside it/],
    ['confidence: high', /must be one of source/],
  ])('with %s is refused', (line, expected) => {
    expect(faults(profileText({ A: `${row}\n${line}` })).join('\n')).toMatch(expected);
  });

  it('with several values of the wrong form hears of each of them', () => {
    const wrong = (value: string) => `require: { A: ${value} }`;
    expect(faults(profileText({ A: wrong('{}'), B: wrong('{ at-lest: 4 }'), C: wrong('{ at-least: x }') }))).toEqual([
      '11:21 unknown key "at-lest" in "A" | did you mean at-least or at-most?',
      '7:19 "A" has a value of the wrong form',
      '15:31 "x" is not a valid value of at-least',
    ]);
    expect(faults(profileText({ A: 'require: { boot: x }', B: 'require: { boot: y }' }))).toEqual([
      '7:22 "boot" has a value of the wrong form',
      '11:22 "boot" has a value of the wrong form',
    ]);
  });

  it.each([
    [
      'require: { PSI: yes }',
      '7:21 "yes" is not y, m or n | did you mean y? A text that reads so is written { is: "yes" }',
    ],
    ['require: { PSI: Y }', '7:21 "Y" is not y, m or n | did you mean y? A text that reads so is written { is: "Y" }'],
    [
      'require: { PSI: true }',
      '7:21 "true" is not y, m or n | did you mean y? A text that reads so is written { is: "true" }',
    ],
    [
      'require: { PSI: "on" }',
      '7:21 "on" is not y, m or n | did you mean y? A text that reads so is written { is: "on" }',
    ],
    [
      'require: { any: [ { PSI: y }, { not: { PSI: [y, Module] } } ] }',
      '7:53 "Module" is not y, m or n | did you mean m? A text that reads so is written { is: "Module" }',
    ],
    [
      'require: { PSI: y }\nunless: { PSI: off }',
      '8:20 "off" is not y, m or n | did you mean n? A text that reads so is written { is: "off" }',
    ],
  ])('with a spelled-out value hears what to write: %s', (body, expected) => {
    expect(faults(profileText({ A: body }))).toEqual([expected]);
  });

  it('may ask for a text that reads like one', () => {
    const { library, faults: found } = load({ p: profileText({ A: 'require: { MODE: { is: yes } }' }) });
    expect(found).toEqual([]);
    const messages = (text: string) =>
      judgeText(library, ['p'], text, { kind: 'complete' }).findings.map((f) => f.message);
    expect(messages('CONFIG_MODE="yes"\n')).toEqual([]);
    expect(messages('CONFIG_MODE="no"\n')).toEqual(['CONFIG_MODE="no", must be "yes"']);
  });

  it('names its sources as https', () => {
    expect(
      faults(
        'title: T\ndescription: D.\nrequirements:\n  A: { require: { A: y }, reason: R., references: ["http://x.org"] }\n',
      )[0],
    ).toMatch(/"http:\/\/x.org" is not a valid reference: it must start with https:/);
  });

  it('extends profiles that exist, and no circle', () => {
    expect(faults(profileText({ A: row }, 'extends: [bas]\n'), { base: profileText({ B: row }) })).toEqual([
      '3:11 there is no profile "bas" | did you mean base?',
    ]);
    const circle = load({
      a: profileText({ A: row }, 'extends: [b]\n'),
      b: profileText({ B: row }, 'extends: [c]\n'),
      c: profileText({ C: row }, 'extends: [a]\n'),
    }).faults;
    expect(circle.map(({ path, message }) => `${path} ${message}`)).toContain(
      'a.yaml extends goes round in a circle: a → b → c → a',
    );
    expect(circle).toHaveLength(3);
  });

  it('needs requirements that exist, of its own or inherited, and not itself', () => {
    const base = { base: profileText({ B: row }) };
    expect(faults(profileText({ A: `${row}\nneeds: [B]` }, 'extends: [base]\n'), base)).toEqual([]);
    expect(faults(profileText({ AB: `${row}\nneeds: [AC]`, AC: row }))).toEqual([]);
    expect(faults(profileText({ ABC: `${row}\nneeds: [ABC]` }))[0]).toMatch(
      /^8:13 there is no other requirement "ABC"/,
    );
    expect(faults(profileText({ ABC: `${row}\nneeds: [ABD]`, ABE: row }))[0]).toMatch(/did you mean ABE\?/);
  });

  it('keeps every scalar as text', () => {
    const { library, faults: found } = load({
      p: profileText({ A: 'require: { A: 0x1000, B: 007, C: [y, { is: no }, null, ~, 1e3] }' }),
    });
    expect(found).toEqual([]);
    expect(JSON.stringify(library.profiles.get('p')?.requirements[0]?.require)).toContain('"value":"007"');
    expect(JSON.stringify(library.profiles.get('p')?.requirements[0]?.require)).toContain('"value":"1e3"');
  });
});

describe('YAML from a stranger', () => {
  const messages = (text: string) => {
    const file = readYaml(createSource('f.yaml', text));
    return 'value' in file ? [] : file.map(({ line, column, message }) => `${line}:${column} ${message}`);
  };

  it('is refused when it nests too deep, again and again, without taking the process down', () => {
    for (const depth of [1000, 3000, 850, 850, 1200, 3000, 70]) {
      for (const text of [
        '['.repeat(depth) + ']'.repeat(depth),
        '{a: '.repeat(depth) + '}'.repeat(depth),
        '- '.repeat(depth),
        '? '.repeat(depth),
      ]) {
        expect(messages(text).join()).toMatch(/nested more than 64 levels deep|./);
      }
    }
    expect(messages('['.repeat(3000))[0]).toMatch(/nested more than 64 levels deep/);
    expect(messages(`a: ${'['.repeat(40)}${']'.repeat(40)}\n`)).toEqual([]);
  });

  it.each([
    ['a key twice', 'a: 1\nb: 2\na: 3\n', '3:1 "a" stands here twice'],
    ['an alias', 'a: &x 1\nb: *x\n', '2:4 aliases are not allowed here'],
    ['a key that is no text', '? [a]\n: 1\n', '1:3 a key must be plain text'],
    ['more than a megabyte', `a: ${'x'.repeat(1024 * 1024)}\n`, '1:1 the file is larger than 1048576 bytes'],
    [
      'too many keys',
      Array.from({ length: 5001 }, (_, i) => `k${i}: 1\n`).join(''),
      '1:1 more than 5000 keys in one mapping',
    ],
  ])('is refused for %s', (_, text, expected) => {
    expect(messages(text)).toContain(expected);
  });

  it.each([
    ['a tab for an indent', 'a:\n\tb: 1\n'],
    ['an unclosed quote', 'a: "b\n'],
    ['an unknown tag', 'a: !!js/function x\n'],
  ])('is refused with its place for %s', (_, text) => {
    expect(messages(text)[0]).toMatch(/^\d+:\d+ ./);
  });

  it('is no profile when it is empty or no mapping', () => {
    for (const text of ['', '- a\n', 'text\n', '~\n']) expect(load({ p: text }).faults.length).toBeGreaterThan(0);
  });

  it('cannot reach a prototype', () => {
    const { faults: found } = load({ p: `${profileText({ A: row })}__proto__: { polluted: y }\nconstructor: x\n` });
    expect(found.map(({ message }) => message)).toEqual(expect.arrayContaining([expect.stringContaining('__proto__')]));
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('symbol facts', () => {
  it('stand in one file only, and in a known form', () => {
    const { faults: found } = load(
      {},
      { a: 'symbols: { X: { removed: "6.1" } }\n', b: 'symbols:\n  X: { added: "5.1" }\n' },
    );
    expect(found.map(({ path, line, column, message }) => `${path}:${line}:${column} ${message}`)).toEqual([
      'b.yaml:2:3 facts about X stand in another file too',
    ]);
    expect(load({}, { a: 'symbols: { X: { remved: "6.1" } }\n' }).faults[0]?.help).toBe('did you mean removed?');
    expect(load({}, { a: 'symbols: { X: { hidden: yes } }\n' }).faults[0]?.message).toContain('"hidden"');
  });
});

describe('the built-in rules', () => {
  it('load without a fault', () => {
    expect(builtIn.faults).toEqual([]);
  });

  it.each([
    'krata-zone',
    'krata-host',
    'xen-guest-pv',
    'xen-guest-pvh',
    'xen-guest-hvm',
    'xen-dom0',
    'firecracker-guest',
    'cloud-hypervisor-guest',
    'virtink',
    'kubevirt-guest',
    'kubernetes-node',
    'kubernetes-psi',
    'cgroup-v2',
    'liquidmetal-firecracker',
    'liquidmetal-cloud-hypervisor',
    'vz-developer',
    'vz-container',
  ])('have %s', (id) => {
    expect(builtIn.library.profiles.has(id)).toBe(true);
  });

  it('give every row a reason in words and a source', () => {
    for (const { requirements } of builtIn.library.profiles.values()) {
      for (const { id } of requirements) {
        const { reason, references } = builtIn.library.textOf(id);
        expect(reason.length, id).toBeGreaterThan(15);
        expect(references.length, id).toBeGreaterThan(0);
      }
    }
  });
});
