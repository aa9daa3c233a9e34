/** Fixes on small trees: what is set, what follows, what is left alone, and what is said where nothing helps. */
import { describe, expect, it } from 'vitest';
import { parseConfigText } from '../../src/config/document.ts';
import { type FixInput, type FixPlan, proposeFix } from '../../src/fix/propose.ts';
import { type Base, loadConfig, type ModelFile, resolveConfig, writeConfig } from '../../src/kconfig/index.ts';
import { planFor } from '../../src/lint.ts';
import { model } from '../support/kconfig.ts';
import { choose, load, profileText } from '../support/library.ts';

const bool = (name: string, more = ''): string => `config ${name}\n\tbool "${name}"\n${more}`;
const tristate = (name: string, more = ''): string => `config ${name}\n\ttristate "${name}"\n${more}`;
const modules = 'config MODULES\n\tbool "modules"\n\tdefault y\n\tmodules\n';

interface Case {
  readonly tree: string;
  /** The tree of the older model, where the kernel lies between two. */
  readonly older?: string;
  readonly config?: string;
  readonly kind?: 'complete' | 'fragment';
  readonly base?: Base;
  /** Rows of a profile by name. */
  readonly rows?: Readonly<Record<string, string>>;
  /** Fragments that are merged before the one that is changed. */
  readonly before?: readonly string[];
  readonly more?: Partial<FixInput>;
}

function fix(given: Case): FixPlan {
  const { tree, older, config = '', kind = 'fragment', base = { kind: 'none' }, rows = {}, before = [] } = given;
  const { library, faults } = load({
    p: profileText(Object.keys(rows).length === 0 ? { none: 'require: { MODULES: [y, n] }' } : rows),
  });
  expect(faults).toEqual([]);
  const document = parseConfigText(config, 'x.config', { kind });
  return proposeFix({
    models: (older === undefined ? [tree] : [older, tree]).map(modelFile),
    base,
    fragments:
      kind === 'complete' ? [] : [...before.map((text) => parseConfigText(text, 'y.config', { kind })), document],
    document,
    plan: planFor(choose(library, 'p')),
    library,
    severities: new Set(['error', 'info']),
    target: {},
    ...given.more,
  });
}

const modelFile = (tree: string): ModelFile => ({ model: model(tree), configs: {}, toolchains: {}, source: '' });

const said = ({ changes, fixed, unfixed, text }: FixPlan) => ({
  set: changes.filter(({ kind }) => kind === 'set').map(({ line }) => line),
  follows: changes.filter(({ kind }) => kind === 'follows').map(({ line, symbol }) => line || `${symbol} goes`),
  fixed,
  unfixed: unfixed.map(({ goal, obstacle }) => `${goal}: ${obstacle.message}`),
  text,
});

/** The config that a tree writes for a text. */
const complete = (tree: string, text: string): string => writeConfig(loadConfig(model(tree), [], text).evaluation, []);

describe('a requirement', () => {
  it('brings its dependencies, each named after what needs it', () => {
    const plan = fix({
      tree: bool('A', '\tdepends on B\n') + bool('B', '\tdepends on C\n') + bool('C'),
      rows: { a: 'require: { A: y }' },
    });
    expect(said(plan)).toMatchObject({
      set: ['CONFIG_C=y', 'CONFIG_B=y', 'CONFIG_A=y'],
      fixed: ['p/a'],
      unfixed: [],
      text: 'CONFIG_C=y\nCONFIG_B=y\nCONFIG_A=y\n',
    });
    expect(plan.changes.map(({ because }) => because)).toEqual([['p/a'], ['p/a'], ['p/a']]);
  });

  it('takes the alternative with the fewest changes', () => {
    const tree = bool('A', '\tdepends on B\n') + bool('B') + bool('D');
    expect(said(fix({ tree, rows: { r: 'require: { any: [ { A: y }, { D: y } ] }' } })).set).toEqual(['CONFIG_D=y']);
  });

  it('takes another alternative where the cheapest would break another requirement', () => {
    const tree = bool('A', '\tselect BAD\n') + bool('BAD') + bool('D', '\tdepends on E\n') + bool('E');
    const rows = { r: 'require: { any: [ { A: y }, { D: y } ] }', none: 'require: { BAD: n }' };
    expect(said(fix({ tree, rows }))).toMatchObject({ set: ['CONFIG_E=y', 'CONFIG_D=y'], unfixed: [] });
  });

  it('is met built in where a module would do as well, and as a module where only that can be', () => {
    const rows = { r: 'require: { A: [y, m] }' };
    expect(said(fix({ tree: modules + tristate('A'), rows })).set).toEqual(['CONFIG_A=y']);
    const tree = modules + tristate('A', '\tdepends on B\n') + tristate('B', '\tdefault m\n\tdepends on m\n');
    expect(said(fix({ tree, rows })).set).toEqual(['CONFIG_A=m']);
    expect(
      said(fix({ tree: modules.replace('\tdefault y\n', '') + tristate('A'), rows: { r: 'require: { A: m }' } })).set,
    ).toEqual(['CONFIG_MODULES=y', 'CONFIG_A=m']);
  });

  it('on a hidden symbol is met by what selects it', () => {
    const tree = 'config H\n\tbool\n' + bool('S', '\tselect H if T\n') + bool('T');
    expect(said(fix({ tree, rows: { r: 'require: { H: y }' } }))).toMatchObject({ set: ['CONFIG_S=y', 'CONFIG_T=y'] });
  });

  it('to be off turns off what selects it, and what shows its prompt where that is hidden', () => {
    const tree = bool('A') + bool('S', '\tdefault y\n\tselect A\n');
    expect(said(fix({ tree, rows: { r: 'require: { A: n }' } })).set).toEqual(['# CONFIG_S is not set']);
    const hidden = 'config A\n\tbool "a" if E\n\tdefault y\n' + bool('E');
    expect(said(fix({ tree: hidden, rows: { r: 'require: { A: n }' } })).set).toEqual([
      'CONFIG_E=y',
      '# CONFIG_A is not set',
    ]);
  });

  it('to be off does not take a whole subsystem along, though that were one line less', () => {
    const monitor = 'config MONITOR\n\tbool "monitor" if EXPERT\n\tdefault y\n\tdepends on PROC\n';
    const tree = bool('PROC', '\tdefault y\n') + bool('EXPERT') + monitor;
    expect(said(fix({ tree, rows: { r: 'require: { MONITOR: n }' } })).set).toEqual([
      'CONFIG_EXPERT=y',
      '# CONFIG_MONITOR is not set',
    ]);
    const rows = { r: 'require: { MONITOR: n }', p: 'require: { PROC: n }' };
    expect(said(fix({ tree, rows })).set).toEqual(['# CONFIG_PROC is not set']);
  });

  it('on a member of a choice displaces the one that has it', () => {
    const tree = `choice\n\tprompt "c"\n${bool('A')}${bool('B')}endchoice\n`;
    expect(
      said(fix({ tree, config: complete(tree, ''), kind: 'complete', rows: { r: 'require: { B: y }' } })),
    ).toMatchObject({
      set: ['CONFIG_B=y'],
      follows: ['# CONFIG_A is not set'],
    });
    expect(said(fix({ tree, rows: { r: 'require: { A: n }' } })).set).toEqual(['CONFIG_B=y']);
  });

  it('on a number or a text sets it, with what it hangs on', () => {
    const tree =
      'config N\n\tint "n"\n\tdepends on B\n\tdefault 4\n' + bool('B') + 'config T\n\tstring "t"\n\tdefault "a,b"\n';
    const rows = { n: 'require: { N: { at-least: 64 } }', t: 'require: { T: { includes: c } }' };
    expect(said(fix({ tree, rows })).set).toEqual(['CONFIG_B=y', 'CONFIG_N=64', 'CONFIG_T="a,b,c"']);
  });
});

describe('what the user set', () => {
  it('is changed only where nothing else helps, and then it is said', () => {
    const tree = bool('A', '\tdepends on B || C\n') + bool('B') + bool('C', '\tdepends on D\n') + bool('D');
    const rows = { r: 'require: { A: y }' };
    expect(said(fix({ tree, config: '# CONFIG_B is not set\n', rows })).set).toEqual([
      'CONFIG_D=y',
      'CONFIG_C=y',
      'CONFIG_A=y',
    ]);
    const only = fix({ tree: bool('A', '\tdepends on B\n') + bool('B'), config: '# CONFIG_B is not set\n', rows });
    expect(said(only)).toMatchObject({ set: ['CONFIG_B=y', 'CONFIG_A=y'], text: 'CONFIG_B=y\nCONFIG_A=y\n' });
    expect(only.changes[0]).toMatchObject({ symbol: 'B', before: 'n', after: 'y' });
  });

  it('is in a complete config what is on; what is off may be turned on even for a note', () => {
    const tree = bool('A') + bool('Z');
    const rows = { r: 'severity: info\nrequire: { A: y }' };
    expect(said(fix({ tree, config: complete(tree, ''), kind: 'complete', rows })).set).toEqual(['CONFIG_A=y']);
    const mild = fix({ tree, config: '# CONFIG_A is not set\n', rows });
    expect(said(mild)).toMatchObject({ set: [], unfixed: ['p/r: what it takes would undo CONFIG_A'] });
    expect(mild.unfixed[0]?.isMild).toBe(true);
  });

  it('in the base does not give way to its default by itself', () => {
    const tree = bool('P', '\tdefault y\n') + bool('A', '\tdepends on P\n\tdefault y\n');
    const base: Base = { kind: 'text', text: '# CONFIG_P is not set\n' };
    expect(said(fix({ tree, base, rows: { r: 'require: { A: y }' } }))).toMatchObject({
      set: ['CONFIG_P=y'],
      unfixed: [],
    });
  });

  it('is not traded for another thing that the user set', () => {
    const tree = bool('A', '\tdepends on !B\n') + bool('B');
    expect(said(fix({ tree, config: 'CONFIG_A=y\nCONFIG_B=y\n' }))).toMatchObject({
      set: [],
      unfixed: ['CONFIG_A=y: what it takes would undo CONFIG_B'],
    });
  });

  it('holds when it can: lost settings are goals of their own', () => {
    const plan = fix({ tree: bool('A', '\tdepends on B\n') + bool('B'), config: 'CONFIG_A=y\n' });
    expect(said(plan)).toMatchObject({ set: ['CONFIG_B=y'], fixed: ['CONFIG_A=y'], text: 'CONFIG_A=y\nCONFIG_B=y\n' });
  });

  it('gives way in a fragment to a requirement, and the fragment says so', () => {
    const tree = bool('A', '\tselect B\n') + bool('B') + bool('C', '\tdepends on !B\n');
    expect(said(fix({ tree, config: 'CONFIG_C=y\n', rows: { r: 'require: { A: y }' } }))).toMatchObject({
      set: ['CONFIG_A=y'],
      follows: ['# CONFIG_C is not set'],
      text: '# CONFIG_C is not set\nCONFIG_A=y\n',
    });
  });

  it('follows where a select changes it, and the file says so', () => {
    const tree = bool('A', '\tselect B\n') + bool('B') + bool('C', '\tdepends on !B\n');
    const config = complete(tree, 'CONFIG_C=y\n');
    const plan = fix({ tree, config, kind: 'complete', rows: { r: 'require: { A: y }' } });
    expect(said(plan)).toMatchObject({ set: ['CONFIG_A=y'], follows: ['CONFIG_B=y', 'C goes'] });
    expect(plan.text).not.toContain('CONFIG_C');
    expect(complete(tree, plan.text)).toBe(plan.text);
  });
});

describe('the text', () => {
  const tree = bool('A', '\tdepends on B\n') + bool('B') + bool('Z');
  const rows = { r: 'require: { A: y }' };

  it.each([
    ['no final newline', 'CONFIG_Z=y', 'CONFIG_Z=y\nCONFIG_B=y\nCONFIG_A=y\n'],
    ['carriage returns', 'CONFIG_Z=y\r\n', 'CONFIG_Z=y\r\nCONFIG_B=y\r\nCONFIG_A=y\r\n'],
    ['comments', '# why\n# CONFIG_A is not set\n# end\n', '# why\nCONFIG_A=y\n# end\nCONFIG_B=y\n'],
    ['a setting given twice', 'CONFIG_A=y\n# CONFIG_A is not set\n', 'CONFIG_A=y\nCONFIG_A=y\nCONFIG_B=y\n'],
  ])('keeps %s', (_, config, text) => {
    expect(fix({ tree, config, rows }).text).toBe(text);
  });

  it('needs nothing more when it is fixed', () => {
    const { text } = fix({ tree, config: 'CONFIG_Z=y\n', rows });
    expect(fix({ tree, config: text, rows })).toMatchObject({ changes: [], fixed: [], unfixed: [] });
  });
});

describe('where nothing helps', () => {
  it.each([
    ['a symbol that is not there', bool('A'), 'require: { GONE: y }', 'p/r: this kernel has no CONFIG_GONE'],
    [
      'a symbol that nothing turns on',
      'config H\n\tbool\n',
      'require: { H: y }',
      'p/r: CONFIG_H has no prompt, and nothing that can be set brings it to y',
    ],
    ['a bool as a module', bool('A'), 'require: { A: m }', 'p/r: CONFIG_A cannot be m'],
    [
      'a dependency that is not there',
      bool('A', '\tdepends on GONE\n'),
      'require: { A: y }',
      'p/r: CONFIG_A founders on CONFIG_GONE, which this kernel does not have',
    ],
  ])('says why: %s', (_, tree, row, words) => {
    // No model of a kernel speaks for these requirements, so a symbol that is not there counts as off.
    expect(said(fix({ tree, rows: { r: row } })).unfixed).toEqual([words]);
  });

  it('says which requirement stands in the way', () => {
    const tree = bool('A', '\tselect B\n') + bool('B');
    expect(said(fix({ tree, rows: { a: 'require: { A: y }', b: 'require: { B: n }' } })).unfixed).toEqual([
      'p/a: what it takes would undo p/b',
    ]);
  });
});

describe('what somebody accepted', () => {
  const tree = bool('A') + bool('B') + bool('C', '\tdepends on D\n') + bool('D');
  const rows = { a: 'require: { A: y }', b: 'require: { B: y }' };

  it('is left as it is', () => {
    const accepts: FixInput['accepts'] = ({ rule, symbol }, kernel) =>
      rule.id === 'p/a' && symbol === 'A' && kernel === undefined;
    const config = 'CONFIG_C=y\n';
    expect(said(fix({ tree, config, rows, more: { accepts } }))).toMatchObject({
      set: ['CONFIG_D=y', 'CONFIG_B=y'],
      fixed: ['CONFIG_C=y', 'p/b'],
    });
    expect(said(fix({ tree, config, rows, more: { accepts, acceptedSettings: new Set(['C']) } }))).toMatchObject({
      set: ['CONFIG_B=y'],
      fixed: ['p/b'],
    });
  });
});

describe('what follows from a fix', () => {
  const tree =
    bool('OFF', '\tselect BROUGHT\n\tdefault y\n') +
    'config BROUGHT\n\tbool "brought"\n' +
    bool('OTHER', '\tdefault y\n') +
    bool('NEXT', '\tdepends on OFF\n\tdefault y\n') +
    bool('LAST', '\tdepends on NEXT\n\tdefault y\n') +
    'config LEVEL\n\tstring\n\tdefault "high" if OTHER\n\tdefault "low"\n' +
    `choice\n\tprompt "one"\n${bool('ONE')}${bool('TWO')}endchoice\n` +
    'config FAR\n\tbool\n\tdefault y if BETWEEN\nconfig BETWEEN\n\tdef_bool OTHER\n';
  const follows = (row: string): string[] =>
    fix({ tree, config: complete(tree, ''), kind: 'complete', rows: { r: row } })
      .changes.filter(({ kind }) => kind === 'follows')
      .map(({ symbol, because }) => `${symbol} by ${because.join() || 'nothing known'}`);

  it('is told with the setting that it goes by, be it at one remove', () => {
    expect(follows('require: { OFF: n }')).toEqual(['NEXT by CONFIG_OFF', 'LAST by CONFIG_OFF']);
    expect(follows('require: { OTHER: n }')).toEqual([
      'LEVEL by CONFIG_OTHER',
      'FAR by nothing known',
      'BETWEEN by CONFIG_OTHER',
    ]);
    expect(follows('require: { TWO: y }')).toEqual(['ONE by CONFIG_TWO']);
  });

  it('is told with the setting that no longer selects it', () => {
    const hidden = `${bool('OFF', '\tselect BROUGHT\n\tdefault y\n')}config BROUGHT\n\tbool\n`;
    const { changes } = fix({
      tree: hidden,
      config: complete(hidden, ''),
      kind: 'complete',
      rows: { r: 'require: { OFF: n }' },
    });
    expect(changes.map(({ symbol, because }) => [symbol, ...because])).toEqual([
      ['OFF', 'p/r'],
      ['BROUGHT', 'CONFIG_OFF'],
    ]);
  });
});

describe('a complete config', () => {
  describe('with a list that cannot be seen yet', () => {
    const tree = `${bool('SEC')}config LSM\n\tstring "lsm"\n\tdepends on SEC\n\tdefault "x,y"\n`;
    const fixed = (said: string, rows: Readonly<Record<string, string>>) => {
      const { changes, unfixed } = fix({ tree, config: `# CONFIG_SEC is not set\n${said}`, kind: 'complete', rows });
      return [...changes.map(({ line }) => line), ...unfixed.map(({ goal }) => goal)];
    };
    const list = 'require: { LSM: { includes: b } }';

    it('adds what is asked for to its default', () => {
      expect(fixed('', { list })).toEqual(['CONFIG_SEC=y', 'CONFIG_LSM="x,y,b"']);
      const more = 'require: { LSM: { includes: c } }';
      expect(fixed('', { list, more })).toEqual(['CONFIG_SEC=y', 'CONFIG_LSM="x,y,b,c"']);
    });

    it('adds it to what the file says, which is then no setting that stays open', () => {
      expect(fixed('CONFIG_LSM="q"\n', { list })).toEqual(['CONFIG_SEC=y', 'CONFIG_LSM="q,b"']);
    });

    it('leaves it alone where the default has the item', () => {
      const other = tree.replace('x,y', 'x,b');
      const both = 'require: { all: [ { LSM: { includes: b } }, { SEC: y } ] }';
      expect(fix({ tree: other, rows: { list } }).changes.map(({ line }) => line)).toEqual(['CONFIG_SEC=y']);
      expect(fixed('', { both })).toEqual(['CONFIG_SEC=y', 'CONFIG_LSM="x,y,b"']);
    });

    it('names it once where several ask for it', () => {
      const again = 'require: { any: [ { LSM: { includes: b } }, { GONE: y } ] }';
      const { changes } = fix({ tree, rows: { list, again }, more: { isQuick: true } });
      expect(changes.map(({ line }) => line)).toEqual(['CONFIG_SEC=y', 'CONFIG_LSM="x,y,b"']);
    });

    it('gives the default up where another requirement forbids one of its items', () => {
      const without = 'require: { not: { LSM: { includes: x } } }';
      expect(fixed('', { list, without })).toEqual(['CONFIG_SEC=y', 'CONFIG_LSM="b"']);
    });

    it('leaves the default where another requirement wants the item alone', () => {
      expect(fixed('', { list, only: 'require: { LSM: "b" }' })).toEqual(['CONFIG_SEC=y', 'CONFIG_LSM="b"']);
    });
  });

  it('names what its settings bring along, each after what brings it', () => {
    const hidden = (name: string, more: string) => `config ${name}\n\tbool\n${more}`;
    const tree =
      bool('OTHER', '\tdepends on Z\n\tselect H\n') +
      bool('Z') +
      bool('S', '\tselect H\n') +
      bool('E') +
      hidden('H', '') +
      hidden('D', '\tdepends on E\n\tdefault y\n') +
      hidden('F', '\tdefault y if E\n');
    const config = complete(tree, '');
    const follows = (row: string) =>
      fix({ tree, config, kind: 'complete', rows: { r: row } }).changes.map(({ line, kind, because }) =>
        kind === 'set' ? [line, ...because] : [line, 'follows', ...because],
      );
    expect(follows('require: { H: y }')).toEqual([
      ['CONFIG_S=y', 'p/r'],
      ['CONFIG_H=y', 'follows', 'CONFIG_S'],
    ]);
    expect(follows('require: { all: [ { H: y }, { D: y } ] }')).toEqual([
      ['CONFIG_S=y', 'p/r'],
      ['CONFIG_E=y', 'p/r'],
      ['CONFIG_H=y', 'follows', 'CONFIG_S'],
      ['CONFIG_D=y', 'follows', 'CONFIG_E'],
    ]);
    expect(follows('require: { F: y }')).toEqual([
      ['CONFIG_E=y', 'p/r'],
      ['CONFIG_F=y', 'follows', 'CONFIG_E'],
    ]);
    expect(follows('require: { all: [ { D: y }, { H: y } ] }').slice(2)).toEqual([
      ['CONFIG_D=y', 'follows', 'CONFIG_E'],
      ['CONFIG_H=y', 'follows', 'CONFIG_S'],
    ]);
    // What an alternative would have asked for is not brought along.
    expect(follows('require: { any: [ { H: y }, { D: y }, { GONE: y } ] }')).toEqual([
      ['CONFIG_S=y', 'p/r'],
      ['CONFIG_H=y', 'follows', 'CONFIG_S'],
    ]);
    const both = { r: 'require: { S: y }', gone: 'require: { all: [ { H: y }, { GONE: y } ] }' };
    expect(said(fix({ tree, config, kind: 'complete', rows: both }))).toMatchObject({
      set: ['CONFIG_S=y'],
      follows: [],
    });
    // A fragment names none of that: Kconfig brings it.
    expect(said(fix({ tree, rows: { r: 'require: { H: y }' } })).follows).toEqual([]);
  });

  it('has only what a person can set for wishes', () => {
    const tree = bool('A', '\tdepends on B\n') + bool('B') + 'config H\n\tbool\n';
    const kept = fix({ tree, config: 'CONFIG_H=y\nCONFIG_GONE=y\n# CONFIG_B is not set\n', kind: 'complete' });
    expect(said(kept)).toMatchObject({ set: [], fixed: [], unfixed: [] });
    const lost = fix({ tree, config: 'CONFIG_A=y\nCONFIG_H=y\n# CONFIG_B is not set\n', kind: 'complete' });
    expect(said(lost)).toMatchObject({ set: ['CONFIG_B=y'], fixed: ['CONFIG_A=y'], unfixed: [] });
  });
});

describe('between two models', () => {
  it('a model that cannot be asked is no silent yes', () => {
    const tree = bool('A', '\tdepends on B\n') + bool('B');
    const models = [undefined as unknown as ModelFile, modelFile(tree)];
    expect(() => fix({ tree, config: 'CONFIG_A=y\n', more: { models } })).toThrow(TypeError);
  });

  const untouched = { set: [], follows: [], fixed: [], unfixed: [] };
  const number = 'config N\n\tint "n"\n\tdefault 0\n';

  it('a setting that the older one keeps is no goal, though the newer one cannot have it', () => {
    const config = 'CONFIG_N=0\nCONFIG_A=y\n';
    for (const kind of ['complete', 'fragment'] as const) {
      const given = { tree: bool('N') + bool('A'), config, kind };
      expect(said(fix({ ...given, older: number + bool('A') }))).toEqual({ ...untouched, text: config });
      expect(said(fix(given)).unfixed).toEqual(['CONFIG_N=0: CONFIG_N cannot be 0']);
    }
  });

  it('a setting that the older one keeps is not bought with others', () => {
    const older = bool('A') + bool('B');
    const tree = bool('A', '\tdepends on B\n') + bool('B');
    for (const kind of ['complete', 'fragment'] as const) {
      expect(said(fix({ tree, older, config: 'CONFIG_A=y\n', kind }))).toEqual({ ...untouched, text: 'CONFIG_A=y\n' });
    }
    // Nor are those of an earlier fragment.
    expect(said(fix({ tree, older, before: ['CONFIG_A=y\n'] }))).toEqual({ ...untouched, text: '' });
  });

  it('what both lose is mended as the newer one needs it, beside what only the newer one loses', () => {
    const older = bool('A', '\tdepends on OLD\n') + bool('OLD') + number;
    const tree = bool('A', '\tdepends on B\n') + bool('B') + bool('N');
    const config = 'CONFIG_A=y\nCONFIG_N=0\n';
    for (const kind of ['complete', 'fragment'] as const) {
      expect(said(fix({ tree, older, config, kind }))).toMatchObject({
        set: ['CONFIG_B=y'],
        fixed: ['CONFIG_A=y'],
        unfixed: [],
      });
    }
    // A symbol that the older one does not have is not kept there.
    expect(said(fix({ tree, older: number, config })).fixed).toEqual(['CONFIG_A=y']);
    const never = { tree: bool('N'), older: bool('N'), config: 'CONFIG_N=0\n' };
    expect(said(fix(never)).unfixed).toEqual(['CONFIG_N=0: CONFIG_N cannot be 0']);
  });

  it('what only the older one loses is left alone', () => {
    const older = bool('A', '\tdepends on B\n') + bool('B');
    expect(said(fix({ tree: bool('A') + bool('B'), older, config: 'CONFIG_A=y\n' }))).toMatchObject(untouched);
  });

  it('requirements are judged and met by the newer one', () => {
    const older = bool('A') + bool('OLD');
    const tree = bool('A', '\tdepends on B\n') + bool('B');
    const rows = { a: 'require: { A: y }' };
    for (const kind of ['complete', 'fragment'] as const) {
      expect(said(fix({ tree, older, config: 'CONFIG_A=y\n', kind, rows }))).toMatchObject({
        set: ['CONFIG_B=y'],
        fixed: ['p/a'],
        unfixed: [],
      });
    }
    expect(said(fix({ tree, older, rows: { old: 'require: { OLD: y }' } })).unfixed).toEqual([
      'p/old: this kernel has no CONFIG_OLD',
    ]);
  });

  it('a base that only the newer one has leaves it to speak alone', () => {
    const tree = bool('A', '\tdepends on B\n') + bool('B');
    const models = [
      modelFile(bool('A') + bool('B')),
      { ...modelFile(tree), configs: { 'new.config': '# CONFIG_B is not set\n' } },
    ];
    const base: Base = { kind: 'named', name: 'new.config' };
    expect(said(fix({ tree, config: 'CONFIG_A=y\n', base, more: { models } }))).toMatchObject({
      set: ['CONFIG_B=y'],
      fixed: ['CONFIG_A=y'],
    });
    expect(() => fix({ tree, base: { kind: 'named', name: 'gone.config' }, more: { models } })).toThrow('gone.config');
  });

  it('a first look takes the older one from what is resolved already', () => {
    const older = bool('A') + bool('C', '\tdepends on B\n') + bool('B') + bool('D');
    const tree = bool('A', '\tdepends on D\n') + bool('C', '\tdepends on B\n') + bool('B') + bool('D');
    const config = 'CONFIG_A=y\nCONFIG_C=y\n';
    const models = [older, tree].map(modelFile);
    const resolved = resolveConfig({ models, base: { kind: 'none' }, fragments: [config], output: 'config' });
    expect(said(fix({ tree, config, more: { models, resolved, isQuick: true } }))).toMatchObject({
      set: ['CONFIG_B=y'],
      fixed: ['CONFIG_C'],
    });
  });
});

describe('several fragments', () => {
  it('are merged in order, and the last one is changed', () => {
    const tree = bool('A', '\tdepends on B\n') + bool('B', '\tdepends on C\n') + bool('C');
    const plan = fix({ tree, before: ['CONFIG_C=y\n'], config: 'CONFIG_B=y\n', rows: { r: 'require: { A: y }' } });
    expect(said(plan)).toMatchObject({ set: ['CONFIG_A=y'], text: 'CONFIG_B=y\nCONFIG_A=y\n' });
    const over = fix({ tree, before: ['CONFIG_C=y\n'], config: '# CONFIG_C is not set\nCONFIG_B=y\n' });
    expect(said(over).unfixed).toEqual(['CONFIG_B=y: what it takes would undo CONFIG_C']);
  });
});

describe('a requirement that others bring into play', () => {
  it('is met too', () => {
    const rows = {
      gone: 'require: { GONE: y }',
      r: 'require: { A: y }',
      s: 'when: { A: y }\nrequire: { C: y }',
    };
    const plan = fix({ tree: bool('A') + bool('C'), rows });
    expect(said(plan)).toMatchObject({
      set: ['CONFIG_A=y', 'CONFIG_C=y'],
      fixed: ['p/r'],
      unfixed: ['p/gone: this kernel has no CONFIG_GONE'],
    });
    expect(plan.unfixed).toEqual([
      { goal: 'p/gone', isMild: false, obstacle: { kind: 'no-symbol', message: 'this kernel has no CONFIG_GONE' } },
    ]);
  });

  it('stands in the way where nothing meets it', () => {
    const rows = { r: 'require: { A: y }', s: 'when: { A: y }\nrequire: { GONE: y }' };
    expect(said(fix({ tree: bool('A'), rows }))).toMatchObject({
      set: [],
      unfixed: ['p/r: what it takes would undo p/s'],
    });
  });
});

describe('what is not asked for', () => {
  it('is left alone: requirements of another severity, and those that do not apply', () => {
    const tree = bool('A') + bool('B');
    const rows = {
      w: 'severity: warning\nrequire: { A: y }',
      off: 'when: { B: y }\nrequire: { A: y }',
    };
    expect(fix({ tree, config: '# CONFIG_B is not set\n', rows })).toEqual({
      changes: [],
      fixed: [],
      unfixed: [],
      text: '# CONFIG_B is not set\n',
    });
  });

  it('is not looked for again in a first look', () => {
    const tree = bool('A', '\tdepends on B\n') + bool('B') + bool('D');
    const rows = { r: 'require: { A: y }', gone: 'require: { GONE: y }' };
    const quick = fix({ tree, rows, more: { isQuick: true } });
    expect(said(quick)).toMatchObject({ set: ['CONFIG_B=y', 'CONFIG_A=y'], fixed: ['p/r'], unfixed: [] });
    expect(said(fix({ tree, rows })).unfixed).toEqual(['p/gone: this kernel has no CONFIG_GONE']);
  });

  it('is twice what two profiles ask for in different circumstances', () => {
    const { library } = load({
      base: profileText({ r: 'require: { A: y }' }),
      a: profileText({ x: 'require: { B: y }' }, 'extends: [base]\nboot: [initrd]\n'),
      b: profileText({ y: 'require: { B: y }' }, 'extends: [base]\n'),
    });
    const plan = planFor(choose(library, 'a', 'b'));
    expect(said(fix({ tree: bool('A') + bool('B'), more: { plan, library, arch: 'x86_64' } }))).toMatchObject({
      set: ['CONFIG_A=y', 'CONFIG_B=y'],
      fixed: ['base/r', 'a/x', 'b/y'],
    });
  });

  it('is hardening that a platform forbids', () => {
    const { library } = load({
      p: profileText({ a: 'require: { A: y }' }),
      h: profileText({ a: 'require: { A: n }', b: 'require: { B: n }' }, 'kind: hardening\n'),
    });
    const plan = planFor(choose(library, 'p', 'h'));
    const config = 'CONFIG_B=y\n';
    expect(said(fix({ tree: bool('A') + bool('B'), config, kind: 'complete', more: { plan, library } }))).toMatchObject(
      {
        set: ['CONFIG_A=y', '# CONFIG_B is not set'],
        fixed: ['p/a', 'h/b'],
        unfixed: [],
      },
    );
    const met = fix({ tree: bool('A'), config: 'CONFIG_A=y\n', kind: 'complete', more: { plan, library } });
    expect(said(met)).toMatchObject({ set: [], fixed: [], unfixed: [] });
  });

  it('is an unknown compiler', () => {
    const given = { tree: bool('A'), rows: { r: 'require: { A: y }' } };
    expect(() => fix({ ...given, more: { toolchain: 'gcc-1' } })).toThrow(/gcc-1/);
  });

  it('is what the base sets, where something else does as well', () => {
    const tree = bool('A', '\tdepends on P || Q\n') + bool('P') + bool('Q');
    const rows = { r: 'require: { A: y }' };
    expect(said(fix({ tree, rows })).set).toEqual(['CONFIG_P=y', 'CONFIG_A=y']);
    const base: Base = { kind: 'text', text: '# CONFIG_P is not set\n' };
    expect(said(fix({ tree, base, rows })).set).toEqual(['CONFIG_Q=y', 'CONFIG_A=y']);
  });
});

describe('what stands in the way', () => {
  const unfixed = (tree: string, row: string) =>
    fix({ tree, rows: { r: row }, more: { target: { kernel: 6001000 } } }).unfixed.map(
      ({ obstacle: { kind, message } }) => `${kind}: ${message}`,
    );

  it('is told with the first few of many', () => {
    const many = (count: number) => {
      const names = Array.from({ length: count }, (_, i) => `B${i}`);
      const tree = bool('A', names.map((name) => `\tselect ${name}\n`).join('')) + names.map((n) => bool(n)).join('');
      const rows = Object.fromEntries(names.map((name) => [name, `require: { ${name}: n }`]));
      return said(fix({ tree, rows: { a: 'require: { A: y }', ...rows } })).unfixed;
    };
    expect(many(3)).toEqual(['p/a: what it takes would undo p/B0, p/B1, p/B2']);
    expect(many(5)).toEqual(['p/a: what it takes would undo p/B0, p/B1, p/B2 and 2 more']);
    const rows = { gone: 'require: { GONE: y }', a: 'require: { A: y }', b: 'require: { B: n }' };
    const { obstacle } = fix({ tree: bool('A', '\tselect B\n') + bool('B'), rows }).unfixed[1] as FixPlan['unfixed'][0];
    expect(obstacle).toEqual({ kind: 'conflict', message: 'what it takes would undo p/b' });
  });

  it('is a setting that is off because of another', () => {
    const tree = bool('A') + bool('B', '\tselect A\n');
    expect(said(fix({ tree, config: '# CONFIG_A is not set\nCONFIG_B=y\n' })).unfixed).toEqual([
      '# CONFIG_A is not set: what it takes would undo CONFIG_B',
    ]);
  });

  it.each<[string, string, string, string]>([
    [
      'one of several symbols',
      bool('A'),
      'require: { all: [ { A: y }, { GONE: y } ] }',
      'no-symbol: this kernel has no CONFIG_GONE',
    ],
    [
      'the first of two that are not there',
      bool('A'),
      'require: { any: [ { GONE: y }, { LOST: y } ] }',
      'no-symbol: this kernel has no CONFIG_GONE',
    ],
    ['a text of what is not there', bool('A'), 'require: { GONE: "x" }', 'no-symbol: this kernel has no CONFIG_GONE'],
    [
      'a dependency that nobody can set',
      `${bool('A', '\tdepends on H\n')}config H\n\tbool\n`,
      'require: { A: y }',
      'never: CONFIG_A founders on CONFIG_H, which is off and cannot be changed',
    ],
    [
      'a part that cannot hold behind one that can',
      bool('B') + bool('A', '\tdepends on GONE\n'),
      'require: { all: [ { B: y }, { A: y } ] }',
      'never: CONFIG_A founders on CONFIG_GONE, which this kernel does not have',
    ],
    [
      'a number that is none',
      'config N\n\tint "n"\n\trange 1 5\n',
      'require: { N: { at-least: 9 } }',
      'not-found: nothing that was tried makes it hold',
    ],
    [
      'a symbol that nothing turns off',
      'config H\n\tdef_bool y\n',
      'require: { H: n }',
      'never: CONFIG_H has no prompt, and nothing that can be set brings it to n',
    ],
    [
      'a line that another architecture has',
      bool('A', '\tdepends on n\n'),
      'require: { A: y }',
      'never: CONFIG_A cannot be y on this architecture',
    ],
    [
      'a text that nobody can give',
      'config T\n\tstring\n',
      'require: { T: "x" }',
      'never: CONFIG_T has no prompt, and nothing that can be set brings it to x',
    ],
    [
      'nothing that can be set',
      bool('A'),
      'require: { kernel: ">=9" }',
      'never: nothing that a config can set decides it',
    ],
    [
      'an alternative that is there rather than one that is not',
      bool('A'),
      'require: { any: [ { GONE: y }, { A: m } ] }',
      'never: CONFIG_A cannot be m',
    ],
    [
      'not what is to be off and is not there',
      bool('A'),
      'require: { all: [ { GONE: n }, { A: m } ] }',
      'never: CONFIG_A cannot be m',
    ],
  ])('is named: %s', (_, tree, row, words) => {
    expect(unfixed(tree, row)).toEqual([words]);
  });

  it('may be the compiler', () => {
    const tree = 'config CAN\n\tdef_bool $(shell,test)\n' + bool('A', '\tdepends on CAN\n');
    expect(unfixed(tree, 'require: { A: y }')).toEqual(['never: CONFIG_A hangs on what the toolchain can do']);
    const direct = bool('A', '\tdepends on $(shell,test)\n');
    expect(unfixed(direct, 'require: { A: y }')).toEqual(['never: CONFIG_A hangs on what the toolchain can do']);
  });
});
