/** Which of several symbols a lost setting is counted to, and what is said of symbols without a prompt. */
import { describe, expect, it } from 'vitest';
import { findImpossible, findLosses, loadConfig, lossInWords, mergeConfigs } from '../../src/kconfig/index.ts';
import { canNeverBeOn } from '../../src/kconfig/possible.ts';
import { createRandom, generateCase } from '../conformance/generate.ts';
import { compile, model } from '../support/kconfig.ts';

const bool = (name: string, more = ''): string => `config ${name}\n\tbool "${name}"\n${more}`;
const hidden = (name: string, more = ''): string => `config ${name}\n\tbool\n${more}`;

/** Reason, and the way from the setting to what it founders on. */
function lossOf(tree: string, symbol: string, value = 'y', config = `CONFIG_${symbol}=${value}\n`): string {
  const [loss] = findLosses(loadConfig(model(tree), [], config).evaluation, [{ symbol, value }]);
  return loss === undefined ? 'kept' : [`${loss.reason}:`, symbol, ...loss.chain.map(({ other }) => other)].join(' ');
}

describe('of several symbols that keep a setting off', () => {
  it.each([
    [
      'the one that nothing turns on is named',
      bool('A', '\tdepends on B && H\n') + bool('B') + hidden('H'),
      'unmet-dependency: A H',
    ],
    [
      'the one that this kernel lacks is named',
      bool('A', '\tdepends on B && GONE\n') + bool('B'),
      'unmet-dependency: A GONE',
    ],
    [
      'one that the first depends on is named',
      bool('A', '\tdepends on B && C\n') + bool('B') + bool('C', '\tdepends on B && H\n') + hidden('H'),
      'unmet-dependency: A C H',
    ],
    [
      'one that something selects is as good as another',
      bool('A', '\tdepends on B && H\n') + bool('B') + hidden('H') + bool('S', '\tselect H\n'),
      'unmet-dependency: A B',
    ],
    [
      'one that only what is never on selects is not',
      bool('A', '\tdepends on B && H\n') + bool('B') + hidden('H') + bool('S', '\tdepends on GONE\n\tselect H\n'),
      'unmet-dependency: A H',
    ],
    [
      'what nothing turns on does not come with what it depends on',
      bool('A', '\tdepends on H\n') + hidden('H', '\tdepends on B\n') + bool('B'),
      'unmet-dependency: A H',
    ],
    [
      'what could turn itself on founders on what it depends on',
      bool('A', '\tdepends on H\n') + hidden('H', '\tdefault y\n\tdepends on B\n') + bool('B'),
      'unmet-dependency: A H B',
    ],
    [
      'an alternative that nothing turns on is not named',
      bool('A', '\tdepends on H || B\n') + bool('B') + hidden('H'),
      'unmet-dependency: A B',
    ],
    [
      'and neither is what stands beside it',
      bool('A', '\tdepends on C && H || B\n') + bool('B') + bool('C') + hidden('H'),
      'unmet-dependency: A B',
    ],
    [
      'what nothing turns on is named even where a select could make up for it',
      bool('A', '\tdepends on B && H\n') + bool('B') + hidden('H') + bool('S', '\tselect A\n'),
      'unmet-dependency: A H',
    ],
  ])('%s', (_, tree, said) => {
    expect(lossOf(tree, 'A')).toBe(said);
  });

  it('is none that any config turns on', { timeout: 60_000 }, () => {
    let claims = 0;
    for (let seed = 0; seed < 800; seed++) {
      const { blocks, config } = generateCase(seed, false);
      const { model: own } = compile({ files: { Kconfig: blocks.join('\n') }, version: 7003 });
      if (own === undefined) continue;
      const never = [...Array(own.symbols.count).keys()].filter((symbol) => symbol >= 3 && canNeverBeOn(own, symbol));
      const random = createRandom(seed + 33_000);
      for (let i = 0; i < 6; i++) {
        const lines = config.map((line) => (random() < 0.7 ? line.replace(/=n$/, '=y') : ''));
        const { evaluation } = loadConfig(own, [], mergeConfigs([lines.join('\n')]));
        for (const symbol of never) {
          claims++;
          expect(evaluation.tristateOf(symbol), `seed ${seed}: ${own.symbols.names[symbol]}\n${lines.join('\n')}`).toBe(
            0,
          );
        }
      }
    }
    expect(claims).toBeGreaterThan(500);
  });

  it('is told at any length of the way', () => {
    const length = 20_000;
    // Each stands before what it depends on, so that none becomes the submenu of another.
    const links = [...Array(length).keys()].map((i) => bool(`L${i}`, i === 0 ? '' : `\tdepends on L${i - 1}\n`));
    const own = model(links.reverse().join(''));
    const wanted = [{ symbol: `L${length - 1}`, value: 'y' }];
    expect(findImpossible(own, wanted)).toEqual([]);
    expect(canNeverBeOn(own, own.symbols.names.indexOf(`L${length - 1}`))).toBe(false);
  });
});

describe('a number or text without a prompt', () => {
  const choice = `choice\n\tprompt "c"\n${bool('A')}${bool('B')}endchoice\n`;
  const byChoice = `${choice}config N\n\tint\n\tdefault 100 if A\n\tdefault 300 if B\n`;

  it.each([
    ['its first default does not apply', byChoice, '300'],
    ['its first default applies', byChoice, '200'],
    ['no default applies', `config N\n\tint\n\tdefault 300 if B\n${bool('B')}`, '300'],
    ['its dependencies are not met', `config N\n\thex\n\tdefault 0x300\n\tdepends on B\n${bool('B')}`, '0x300'],
    ['it is a text', `config N\n\tstring\n\tdefault "a" if B\n${bool('B')}`, 'a'],
  ])('is hidden where %s', (_, tree, value) => {
    expect(lossOf(tree, 'N', value)).toBe('hidden-symbol: N');
  });

  it('leaves a bool to what it hangs on', () => {
    expect(lossOf(hidden('N', '\tdefault y if B\n') + bool('B'), 'N')).toBe('unmet-dependency: N B');
  });

  const said = (tree: string, value: string): string => {
    const own = model(tree);
    const [loss] = findLosses(loadConfig(own, [], '').evaluation, [{ symbol: 'N', value }]);
    return loss === undefined ? 'kept' : lossInWords(loss, own, `CONFIG_N=${value}`, true);
  };
  const start = 'CONFIG_N has no prompt, so it cannot be set: ';
  const plain = `${start}nothing on this architecture selects it, its default decides`;

  it.each([
    [
      'the symbol that brings it to a number',
      byChoice,
      '300',
      `${start}its default decides, and it comes to 300 with CONFIG_B`,
    ],
    [
      'all of several symbols',
      `config N\n\tstring\n\tdefault "x" if B && C\n${bool('B')}${bool('C')}`,
      'x',
      `${start}its default decides, and it comes to x with CONFIG_B and CONFIG_C`,
    ],
    ['none where no default has the value', byChoice, '200', plain],
    [
      'none behind a default that always applies',
      `config N\n\tint\n\tdefault 1\n\tdefault 300 if B\n${bool('B')}`,
      '300',
      plain,
    ],
    [
      'none that must be off',
      `config N\n\tint\n\tdefault 300 if B && !C\n${bool('B')}config C\n\tdef_bool y\n`,
      '300',
      plain,
    ],
    ['none that can never be on', `config N\n\tint\n\tdefault 300 if B && GONE\n${bool('B')}`, '300', plain],
    ['none that is an answer of the toolchain', 'config N\n\tint\n\tdefault 300 if $(shell,can)\n', '300', plain],
    [
      'none where the name of another symbol is the value',
      `config N\n\tstring\n\tdefault T if B\n${bool('B')}config T\n\tstring "t"\n`,
      'T',
      plain,
    ],
  ])('names %s', (_, tree, value, words) => {
    expect(said(tree, value)).toBe(words);
  });
});
