/** What Kconfig makes of a config; every expectation here is what the kernel's own conf writes. */
import { describe, expect, it } from 'vitest';
import {
  createEvaluation,
  createUserValues,
  defConfig,
  loadConfig,
  mergeConfigs,
  parseUserConfig,
  symbolNamed,
  writeConfig,
} from '../../src/kconfig/index.ts';
import {
  allnoconfig,
  listnewconfig,
  model,
  olddefconfig,
  savedefconfig,
  settings,
  type Tree,
} from '../support/kconfig.ts';

const modules = 'config MODULES\n\tbool "modules"\n\tdefault y\n\tmodules\n';
const classic = (Kconfig: string): Tree => ({
  files: { Kconfig: Kconfig.replace('\tmodules\n', '\toption modules\n') },
  version: 5010,
});

describe('bools and tristates', () => {
  it.each([
    ['a default', 'config A\n\tbool "a"\n\tdefault y\n', '', ['CONFIG_A=y']],
    ['what the user says', 'config A\n\tbool "a"\n\tdefault y\n', '# CONFIG_A is not set\n', ['# CONFIG_A is not set']],
    ['the last of two', 'config A\n\tbool "a"\n', 'CONFIG_A=y\n# CONFIG_A is not set\n', ['# CONFIG_A is not set']],
    ['nothing without a prompt', 'config A\n\tbool\n', 'CONFIG_A=y\n', []],
    [
      'a dependency that is off',
      'config A\n\tbool "a"\n\tdepends on B\nconfig B\n\tbool "b"\n',
      'CONFIG_A=y\n',
      ['# CONFIG_B is not set'],
    ],
    [
      'a select against it',
      'config A\n\tbool "a"\n\tselect B\nconfig B\n\tbool "b"\n\tdepends on C\n',
      'CONFIG_A=y\n',
      ['CONFIG_A=y', 'CONFIG_B=y'],
    ],
    [
      'an imply that yields',
      'config A\n\tbool "a"\n\timply B\nconfig B\n\tbool "b"\n',
      'CONFIG_A=y\n# CONFIG_B is not set\n',
      ['CONFIG_A=y', '# CONFIG_B is not set'],
    ],
    [
      'an imply',
      'config A\n\tbool "a"\n\timply B\nconfig B\n\tbool "b"\n',
      'CONFIG_A=y\n',
      ['CONFIG_A=y', 'CONFIG_B=y'],
    ],
    [
      'the first default that holds',
      'config A\n\tbool "a"\n\tdefault y if B\n\tdefault n\n\tdefault y\nconfig B\n\tbool "b"\n',
      '',
      ['# CONFIG_A is not set', '# CONFIG_B is not set'],
    ],
    [
      'm limited by its dependency',
      `${modules}config A\n\ttristate "a"\n\tdepends on B\nconfig B\n\ttristate "b"\n`,
      'CONFIG_A=y\nCONFIG_B=m\n',
      ['CONFIG_MODULES=y', 'CONFIG_A=m', 'CONFIG_B=m'],
    ],
    [
      'm without modules is y',
      'config MODULES\n\tbool "modules"\n\tmodules\nconfig A\n\ttristate "a"\n',
      'CONFIG_A=m\n',
      ['# CONFIG_MODULES is not set', 'CONFIG_A=y'],
    ],
    [
      'depends on m',
      'config MODULES\n\tbool "modules"\n\tmodules\nconfig A\n\ttristate "a"\n\tdepends on m\n',
      'CONFIG_A=y\n',
      ['# CONFIG_MODULES is not set'],
    ],
    [
      'a bool that a module selects',
      `${modules}config A\n\ttristate "a"\n\tselect B\nconfig B\n\tbool\n`,
      'CONFIG_A=m\n',
      ['CONFIG_MODULES=y', 'CONFIG_A=m', 'CONFIG_B=y'],
    ],
    [
      'not and comparisons',
      'config A\n\tbool "a"\nconfig B\n\tdef_bool !A && A=n && A!=y && (A < m)\n',
      '',
      ['# CONFIG_A is not set', 'CONFIG_B=y'],
    ],
    ['an unknown symbol is n', 'config A\n\tdef_bool UNKNOWN=n\nconfig B\n\tdef_bool !UNKNOWN\n', '', ['CONFIG_B=y']],
    [
      'visible if',
      'menu "m"\n\tvisible if B\nconfig A\n\tbool "a"\n\tdefault y\nendmenu\nconfig B\n\tbool "b"\n',
      '# CONFIG_A is not set\n',
      ['CONFIG_A=y', '# CONFIG_B is not set'],
    ],
    [
      'depends on A if B',
      'config A\n\tbool "a"\n\tdefault y\n\tdepends on C if B\nconfig B\n\tbool "b"\nconfig C\n\tbool "c"\n',
      '',
      ['CONFIG_A=y', '# CONFIG_B is not set', '# CONFIG_C is not set'],
    ],
    [
      'only the first letter counts',
      'config A\n\tbool "a"\nconfig B\n\tbool "b"\n',
      'CONFIG_A=yes\nCONFIG_B=maybe\n',
      ['CONFIG_A=y', '# CONFIG_B is not set'],
    ],
  ])('%s', (_, tree, config, expected) => {
    expect(olddefconfig(tree, config)).toEqual(expected);
  });

  it('takes the value of a transitional symbol that was renamed', () => {
    const tree = 'config NEW\n\tbool "new"\n\tdefault OLD\nconfig OLD\n\tbool\n\ttransitional\n';
    expect(olddefconfig(tree, 'CONFIG_OLD=y\n')).toEqual(['CONFIG_NEW=y']);
    expect(listnewconfig(tree, 'CONFIG_OLD=y\n')).toBe('');
    expect(listnewconfig(tree, '')).toBe('CONFIG_NEW=n\n');
  });
});

describe('numbers and strings', () => {
  const number = 'config N\n\tint "n"\n\tdefault 64\n\trange 2 512\nconfig TWICE\n\tdef_bool N = 512\n';

  it('takes the nearest bound for a number out of range, and older releases the default', () => {
    expect(olddefconfig(number, 'CONFIG_N=999999\n')).toEqual(['CONFIG_N=512', 'CONFIG_TWICE=y']);
    // What was made of the dropped number stays: conf computes only the number itself again.
    expect(olddefconfig(classic(number), 'CONFIG_N=999999\n')).toEqual(['CONFIG_N=64', 'CONFIG_TWICE=y']);
  });

  it.each([
    ['a number that is none', 'config N\n\tint "n"\n\tdefault 5\n', 'CONFIG_N="17"\n', ['CONFIG_N=5']],
    ['a leading zero', 'config N\n\tint "n"\n\tdefault 5\n', 'CONFIG_N=017\n', ['CONFIG_N=5']],
    [
      'nothing said',
      'config N\n\tint "n"\nconfig H\n\thex "h"\nconfig S\n\tstring "s"\n',
      '',
      ['CONFIG_N=0', 'CONFIG_H=0x0', 'CONFIG_S=""'],
    ],
    [
      'hex compared as a number',
      'config H\n\thex "h"\nconfig A\n\tdef_bool H > 0x9\n',
      'CONFIG_H=0x10\n',
      ['CONFIG_H=0x10', 'CONFIG_A=y'],
    ],
    [
      'text compared as text',
      'config S\n\tstring "s"\nconfig A\n\tdef_bool S = "b"\n',
      'CONFIG_S="b"\n',
      ['CONFIG_S="b"', 'CONFIG_A=y'],
    ],
    ['quotes within', 'config S\n\tstring "s"\n', 'CONFIG_S="a\\"b\\\\c"\n', ['CONFIG_S="a\\"b\\\\c"']],
    ['a string without quotes', 'config S\n\tstring "s"\n\tdefault "d"\n', 'CONFIG_S=bare\n', ['CONFIG_S="d"']],
    [
      'the value of another symbol',
      'config N\n\tint "n"\n\tdefault M\nconfig M\n\tint "m"\n\tdefault 3\n',
      '',
      ['CONFIG_N=3', 'CONFIG_M=3'],
    ],
  ])('%s', (_, tree, config, expected) => {
    expect(olddefconfig(tree, config)).toEqual(expected);
  });

  it('leaves numbers empty before 6.11', () => {
    expect(olddefconfig(classic('config N\n\tint "n"\n'), '')).toEqual(['CONFIG_N=']);
  });
});

describe('choices', () => {
  const choice = `choice
	prompt "c"
	default B
config A
	bool "a"
config B
	bool "b"
config C
	bool "c"
endchoice
`;
  const of = (member: string): string[] =>
    ['A', 'B', 'C'].map((name) => (name === member ? `CONFIG_${name}=y` : `# CONFIG_${name} is not set`));

  it.each([
    ['nothing', '', 'B'],
    ['one', 'CONFIG_C=y\n', 'C'],
    ['two: the last one', 'CONFIG_C=y\nCONFIG_A=y\n', 'A'],
    ['that the default is off: the first not spoken of', '# CONFIG_B is not set\n', 'A'],
    ['that two are off', '# CONFIG_A is not set\n# CONFIG_B is not set\n', 'C'],
    [
      'that all are off: the one refused first',
      '# CONFIG_C is not set\n# CONFIG_B is not set\n# CONFIG_A is not set\n',
      'C',
    ],
  ])('saying %s', (_, config, member) => {
    expect(olddefconfig(choice, config)).toEqual(of(member));
  });

  it('heeds only y before 6.11', () => {
    expect(olddefconfig(classic(choice), '# CONFIG_B is not set\n')).toEqual(of('B'));
    expect(olddefconfig(classic(choice), 'CONFIG_C=y\n')).toEqual(of('C'));
  });

  it('lets a classic tristate choice hold several modules', () => {
    const tree = classic(
      `${modules}${choice.replaceAll('bool', 'tristate').replace('\tprompt', '\ttristate\n\tprompt')}`,
    );
    expect(olddefconfig(tree, 'CONFIG_A=m\nCONFIG_C=m\n').slice(1)).toEqual([
      'CONFIG_A=m',
      '# CONFIG_B is not set',
      'CONFIG_C=m',
    ]);
    expect(olddefconfig(tree, 'CONFIG_A=y\n').slice(1)).toEqual(of('A'));
  });

  it('hides from a classic choice that is y the members that can only be modules', () => {
    const tree = `${modules}choice\n\ttristate "c"\nconfig A\n\ttristate "a"\n\tdepends on m\nconfig B\n\ttristate "b"\nendchoice\n`;
    expect(olddefconfig(classic(tree), 'CONFIG_A=m\nCONFIG_B=y\n')).toEqual(['CONFIG_MODULES=y', 'CONFIG_B=y']);
    expect(olddefconfig(classic(tree), 'CONFIG_A=m\n')).toEqual([
      'CONFIG_MODULES=y',
      'CONFIG_A=m',
      '# CONFIG_B is not set',
    ]);
  });

  it('writes nothing of a choice that cannot be seen', () => {
    expect(olddefconfig(choice.replace('	default B', '	depends on X'), 'CONFIG_A=y\n')).toEqual([]);
  });
});

describe('other targets', () => {
  const tree = `${modules}config A\n\tbool "a"\n\tdefault y\nconfig B\n\ttristate "b"\nconfig N\n\tint "n"\n\tdefault 3\n`;

  it('saves only what differs from the defaults', () => {
    expect(savedefconfig(tree, '# CONFIG_A is not set\nCONFIG_B=m\nCONFIG_N=3\n')).toBe(
      '# CONFIG_A is not set\nCONFIG_B=m\n',
    );
  });

  it('lists what a config does not settle', () => {
    expect(listnewconfig(tree, 'CONFIG_A=y\nCONFIG_N=4\n')).toBe('CONFIG_MODULES=y\nCONFIG_B=n\n');
  });

  it('answers everything with no', () => {
    expect(allnoconfig(tree)).toEqual([
      '# CONFIG_MODULES is not set',
      '# CONFIG_A is not set',
      '# CONFIG_B is not set',
      'CONFIG_N=3',
    ]);
  });
});

describe('menus and defaults', () => {
  it.each([
    [
      'a hidden symbol that is set shows what stands below it',
      'config A\n\tbool "a" if n\n\tdefault y\nconfig B\n\tbool "b"\n\tdepends on A && n\nconfig C\n\tbool "c"\n\tdepends on A\n',
      'CONFIG_C=n\n',
    ],
    [
      'what is not defined hides nothing else',
      'config A\n\tbool "a" if H\n\tdefault y\nconfig B\n\tbool "b"\n\tdepends on A && H\nconfig C\n\tbool "c"\n\tdepends on A && G\nconfig D\n\tbool "d"\nconfig G\n\tdef_bool y\n',
      'CONFIG_C=n\nCONFIG_D=n\n',
    ],
    [
      'a menu that is not visible shows nothing',
      'config H\n\tbool "h"\nmenu "m"\n\tvisible if H\nconfig C\n\tbool "c"\n\tdepends on !H\nconfig D\n\tbool "d"\nendmenu\n',
      'CONFIG_H=n\n',
    ],
  ])('%s', (_, tree, expected) => {
    expect(listnewconfig(tree, '')).toBe(expected);
    expect(listnewconfig(classic(tree), '')).toBe(expected);
  });

  it('takes n for the text of a bool, and the text of a constant', () => {
    const tree =
      'config B\n\tdef_bool y\nconfig S\n\tstring "s"\n\tdefault B\nconfig T\n\tstring "t"\n\tdefault y\nconfig I\n\tint "i"\n\tdefault J\nconfig J\n\tint\n\tdefault 4\n';
    expect(savedefconfig(tree, 'CONFIG_S="n"\nCONFIG_T="y"\nCONFIG_I=4\n')).toBe('');
    expect(savedefconfig(tree, 'CONFIG_S="y"\nCONFIG_T="n"\n')).toBe('CONFIG_S="y"\nCONFIG_T="n"\n');
  });

  it.each([
    ['CONFIG_A=y\n', ['CONFIG_A=y', '# CONFIG_B is not set', 'CONFIG_C=y', '# CONFIG_D is not set', 'CONFIG_E=y']],
    [
      '# CONFIG_B is not set\nCONFIG_D=y\n',
      ['# CONFIG_A is not set', 'CONFIG_B=y', '# CONFIG_C is not set', 'CONFIG_D=y', 'CONFIG_E=y'],
    ],
    [
      '# CONFIG_B is not set\n# CONFIG_C is not set\n# CONFIG_E is not set\n',
      ['# CONFIG_A is not set', 'CONFIG_B=y', 'CONFIG_C=y', '# CONFIG_D is not set', '# CONFIG_E is not set'],
    ],
  ])('settles classic choices after a defconfig of %j', (text, expected) => {
    const tree = classic(
      'choice\n\tbool "c"\n\tdefault B\nconfig A\n\tbool "a"\nconfig B\n\tbool "b"\nendchoice\nchoice\n\tbool "d"\nconfig C\n\tbool "c"\nconfig D\n\tbool "d"\nendchoice\nconfig E\n\tbool "e"\n\tdefault y\n',
    );
    expect(settings(writeConfig(defConfig(model(tree), [], text).evaluation, []))).toEqual(expected);
  });
});

describe('an evaluation', () => {
  const tree = model(
    `${modules}config A\n\ttristate "a"\nconfig B\n\tdef_bool A=m && S="x"\nconfig S\n\tstring "s"\nconfig N\n\tint "n"\n\trange 2 9\nconfig H\n\thex "h"\n`,
  );
  const numbers = ['MODULES', 'A', 'B', 'S', 'N', 'H'].map((name) => symbolNamed(tree, name) as number);
  const [, A, B, S, N, H] = numbers as [number, number, number, number, number, number];

  it('leaves as they are the values that a config recorded', () => {
    const user = (): ReturnType<typeof createUserValues> => createUserValues(tree);
    const { isWritten, textOf, tristateOf } = createEvaluation(
      tree,
      [],
      user(),
      new Map([
        [A, 'm'],
        [S, 'x'],
        [N, undefined],
      ]),
    );
    expect([tristateOf(B), tristateOf(A), textOf(S), textOf(N)]).toEqual([2, 1, 'x', '']);
    expect([A, S, N].map(isWritten)).toEqual([true, true, false]);
    const off = createEvaluation(tree, [], user(), new Map([[A, undefined]]));
    expect([off.tristateOf(A), off.textOf(A), off.isWritten(A)]).toEqual([0, 'n', false]);
  });

  it('tells which numbers are valid and in range', () => {
    const { isInRange, textOf } = loadConfig(tree, [], '').evaluation;
    expect([textOf(N), textOf(H)]).toEqual(['2', '0x0']);
    expect(['1', '2', '9', '10', 'x', ''].map((text) => isInRange(N, text))).toEqual([
      false,
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(['0xf', 'f', 'g'].map((text) => isInRange(H, text))).toEqual([true, true, false]);
    expect(isInRange(S, 'anything')).toBe(true);
  });

  it('reaches the end of a chain in which each symbol waits for the next', () => {
    const count = 900;
    const lines = Array.from(
      { length: count },
      (_, i) => `comment "c"\nconfig S${i}\n\tbool\n\tdefault y\n\tdepends on S${i + 1}\n`,
    );
    const all = olddefconfig(`${lines.join('')}config S${count}\n\tdef_bool y\n`);
    expect(all).toEqual(Array.from({ length: count + 1 }, (_, i) => `CONFIG_S${i}=y`));
  });
});

describe('reading configs', () => {
  it('says what it does not take, with the line', () => {
    const { refusals: found } = parseUserConfig(
      model('config A\n\tbool "a"\nconfig N\n\tint "n"\n'),
      'CONFIG_A=?\nCONFIG_N=x\nCONFIG_GONE=y\n\nnonsense\n# CONFIG_A is not set\n',
    );
    expect(found).toEqual([
      { kind: 'invalid-value', symbol: 'A', value: '?', line: 1 },
      { kind: 'invalid-value', symbol: 'N', value: 'x', line: 2 },
      { kind: 'unknown-symbol', symbol: 'GONE', value: 'y', line: 3 },
      { kind: 'unexpected-line', symbol: '', value: 'nonsense', line: 5 },
    ]);
  });

  it('reads "is not set" exactly since 6.10, and loosely before', () => {
    const tree = 'config A\n\tbool "a"\n\tdefault y\n';
    expect(olddefconfig(tree, '# CONFIG_A is not set.\n')).toEqual(['CONFIG_A=y']);
    expect(olddefconfig(classic(tree), '# CONFIG_A is not set.\n')).toEqual(['# CONFIG_A is not set']);
  });

  it('merges as merge_config.sh does: what a fragment names is gone from what came before', () => {
    expect(
      mergeConfigs(['CONFIG_A=y\nCONFIG_B=m\n# CONFIG_C is not set\n', '# CONFIG_A is not set\n', 'CONFIG_C=y']),
    ).toBe('CONFIG_B=m\n\n# CONFIG_A is not set\n\nCONFIG_C=y');
  });
});
