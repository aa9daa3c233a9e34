/** What is said where nothing makes a setting hold: the symbol in the way, and whether it could be changed. */
import { describe, expect, it } from 'vitest';
import { parseConfigText } from '../../src/config/document.ts';
import { proposeFix } from '../../src/fix/propose.ts';
import { planFor } from '../../src/lint.ts';
import { model } from '../support/kconfig.ts';
import { choose, load, profileText } from '../support/library.ts';

const bool = (name: string, more = ''): string => `config ${name}\n\tbool "${name}"\n${more}`;
const hidden = (name: string, more = ''): string => `config ${name}\n\tbool\n${more}`;

const can = 'config CAN\n\tdef_bool $(shell,can)\n';

function obstacles(tree: string, config: string): string[] {
  const { library } = load({ p: profileText({ none: 'require: { NOTHING: [n] }' }) });
  const document = parseConfigText(config, 'x.config', { kind: 'fragment' });
  const { unfixed } = proposeFix({
    models: [{ model: model(tree), configs: {}, toolchains: {}, source: '' }],
    base: { kind: 'none' },
    fragments: [document],
    document,
    plan: planFor(choose(library, 'p')),
    library,
    severities: new Set(['error', 'info']),
    target: {},
  });
  return unfixed.map(({ obstacle }) => obstacle.message);
}

describe('what is in the way', () => {
  it.each([
    [
      'cannot be changed, though something else that is off can',
      bool('A', '\tdepends on B && H\n') + bool('B') + hidden('H'),
      'CONFIG_A=y\n',
      'CONFIG_A founders on CONFIG_H, which is off and cannot be changed',
    ],
    [
      'is not there, though something else that is off can be',
      bool('A', '\tdepends on B && GONE\n') + bool('B'),
      'CONFIG_A=y\n',
      'CONFIG_A founders on CONFIG_GONE, which this kernel does not have',
    ],
    [
      'is on and cannot be changed',
      bool('A', '\tdepends on !H\n') + hidden('H', '\tdefault y\n'),
      'CONFIG_A=y\n',
      'CONFIG_A founders on CONFIG_H, which is y and cannot be changed',
    ],
    [
      'is on and cannot be changed, behind several that can',
      `${bool('A', '\tdepends on B && C && D\n') + bool('B') + bool('C') + hidden('D', '\tdefault y if !H\n')}config H\n\tdef_bool y\n`,
      'CONFIG_A=y\n',
      'CONFIG_A founders on CONFIG_H, which is y and cannot be changed',
    ],
    [
      'is a module and cannot be built in',
      `config MODULES\n\tdef_bool y\n\tmodules\nconfig A\n\ttristate "A"\n\tdepends on H\nconfig H\n\tdef_tristate m\n`,
      'CONFIG_A=y\n',
      'CONFIG_A founders on CONFIG_H, which is m and cannot be changed',
    ],
    [
      'is the toolchain, behind several that can be changed',
      bool('A', '\tdepends on B && C && CAN\n') + bool('B') + bool('C') + can,
      'CONFIG_A=y\n',
      'CONFIG_A hangs on what the toolchain can do',
    ],
    [
      'is not looked for behind all that can be changed',
      bool('A', '\tdepends on B && C && D && E && F && CAN\n') +
        ['B', 'C', 'D', 'E', 'F'].map((name) => bool(name)).join('') +
        can,
      'CONFIG_A=y\n',
      'CONFIG_A founders on CONFIG_B, which is off',
    ],
    [
      'is no symbol, behind one that can be changed',
      bool('A', '\tdepends on B && 1 = 2\n') + bool('B'),
      'CONFIG_A=y\n',
      'CONFIG_A cannot be y on this architecture',
    ],
    [
      'is a number that may well come to another value',
      `${bool('A', '\tdepends on N > 4\n')}config N\n\tint\n\tdefault 5 if B\n\tdefault 3\n${bool('B')}`,
      'CONFIG_A=y\n',
      'CONFIG_A founders on CONFIG_N, which is 3',
    ],
    [
      'is the prompt that a number lacks, whose defaults decide',
      `config N\n\tint\n\tdefault 300 if B\n\tdefault 100\n${bool('B')}`,
      'CONFIG_N=300\n',
      'CONFIG_N has no prompt, so it cannot be set: its default decides, and it comes to 300 with CONFIG_B',
    ],
    [
      'is the prompt of a number without a default',
      'config N\n\tint\n',
      'CONFIG_N=300\n',
      'CONFIG_N has no prompt, and nothing that can be set brings it to 300',
    ],
  ])('%s', (_, tree, config, message) => {
    expect(obstacles(tree, config)).toEqual([message]);
  });
});
