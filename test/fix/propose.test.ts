/** Fixes on small trees: what is set, what follows, what is left alone, and what is said where nothing helps. */
import { describe, expect, it } from 'vitest';
import { parseConfigText } from '../../src/config/document.ts';
import { type FixPlan, proposeFix } from '../../src/fix/propose.ts';
import { type Base, loadConfig, writeConfig } from '../../src/kconfig/index.ts';
import { planFor } from '../../src/lint.ts';
import { model } from '../support/kconfig.ts';
import { choose, load, profileText } from '../support/library.ts';

const bool = (name: string, more = ''): string => `config ${name}\n\tbool "${name}"\n${more}`;
const tristate = (name: string, more = ''): string => `config ${name}\n\ttristate "${name}"\n${more}`;
const modules = 'config MODULES\n\tbool "modules"\n\tdefault y\n\tmodules\n';

interface Case {
  readonly tree: string;
  readonly config?: string;
  readonly kind?: 'complete' | 'fragment';
  readonly base?: Base;
  /** Rows of a profile by name. */
  readonly rows?: Readonly<Record<string, string>>;
}

function fix({ tree, config = '', kind = 'fragment', base = { kind: 'none' }, rows = {} }: Case): FixPlan {
  const { library, faults } = load({
    p: profileText(Object.keys(rows).length === 0 ? { none: 'require: { MODULES: [y, n] }' } : rows),
  });
  expect(faults).toEqual([]);
  const document = parseConfigText(config, 'x.config', { kind });
  return proposeFix({
    models: [{ model: model(tree), configs: {}, toolchains: {}, source: '' }],
    base,
    fragments: kind === 'complete' ? [] : [document],
    document,
    plan: planFor(choose(library, 'p')),
    library,
    severities: new Set(['error', 'info']),
    target: {},
  });
}

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
