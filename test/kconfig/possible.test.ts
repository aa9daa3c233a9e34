/** What is said of a fragment on an unknown base: only what holds on every base. */
import { describe, expect, it } from 'vitest';
import { findImpossible, findLosses, holds, loadConfig, mergeConfigs } from '../../src/kconfig/index.ts';
import { createRandom, generateCase } from '../conformance/generate.ts';
import { compile, model } from '../support/kconfig.ts';

const bool = (name: string, more = ''): string => `config ${name}\n\tbool "${name}"\n${more}`;

function said(tree: string, config: string): string[] {
  return findImpossible(model(tree), wantedOf(config)).map(
    ({ symbol, reason, root }) => `${symbol}: ${reason} ${root}`,
  );
}

function wantedOf(config: string) {
  return [...config.matchAll(/^CONFIG_(\w+)=(.*)$|^# CONFIG_(\w+) is not set$/gm)].map(([, symbol, value, off]) =>
    off === undefined
      ? { symbol: symbol as string, value: (value as string).replace(/^"(.*)"$/, '$1') }
      : { symbol: off, value: 'n' },
  );
}

describe('on an unknown base', () => {
  it.each([
    ['a dependency that is not mentioned may be there', bool('A', '\tdepends on B\n') + bool('B'), 'CONFIG_A=y\n', []],
    [
      'one that the fragment turns off is not',
      bool('A', '\tdepends on B\n') + bool('B'),
      'CONFIG_A=y\n# CONFIG_B is not set\n',
      ['A: unmet-dependency B'],
    ],
    [
      'unless something may select it',
      bool('A', '\tdepends on B\n') + bool('B') + bool('S', '\tselect B\n'),
      'CONFIG_A=y\n# CONFIG_B is not set\n',
      [],
    ],
    [
      'or its prompt may be hidden and its default speak',
      bool('A', '\tdepends on B\n') + 'config B\n\tbool "b" if E\n\tdefault y\n' + bool('E'),
      'CONFIG_A=y\n# CONFIG_B is not set\n',
      [],
    ],
    [
      'a chain leads to the line that decides',
      bool('A', '\tdepends on B\n') + bool('B', '\tdepends on C\n') + bool('C'),
      'CONFIG_A=y\n# CONFIG_C is not set\n',
      ['A: unmet-dependency C'],
    ],
    [
      'what the kernel lacks is never there',
      bool('A', '\tdepends on GONE\n'),
      'CONFIG_A=y\n',
      ['A: unmet-dependency GONE'],
    ],
    [
      'what the fragment turns on for good is never absent',
      bool('A', '\tdepends on !B\n') + bool('B'),
      'CONFIG_A=y\nCONFIG_B=y\n',
      ['A: unmet-dependency B'],
    ],
    [
      'what it selects for good cannot be off',
      bool('A') + bool('S', '\tselect A\n'),
      'CONFIG_S=y\n# CONFIG_A is not set\n',
      ['A: selected S'],
    ],
    [
      'of two members of a choice the last one has it',
      `choice\n\tprompt "c"\n${bool('A')}${bool('B')}endchoice\n`,
      'CONFIG_A=y\nCONFIG_B=y\n',
      ['A: other-choice-member B'],
    ],
    ['a symbol without a prompt cannot be set', 'config H\n\tbool\n', 'CONFIG_H=y\n', ['H: hidden-symbol H']],
    ['a number out of every range is', 'config N\n\tint "n"\n\trange 1 5\n', 'CONFIG_N=9\n', ['N: invalid-value N']],
    [
      'a number out of one range may be in another',
      'config N\n\tint "n"\n\trange 1 5 if B\n\trange 1 50\n' + bool('B'),
      'CONFIG_N=9\n',
      [],
    ],
    ['a value of another type is wrong', bool('A'), 'CONFIG_A=64\n', ['A: invalid-value A']],
    ['a symbol that is not there is unknown', bool('A'), 'CONFIG_GONE=y\n', ['GONE: unknown-symbol GONE']],
  ])('%s', (_, tree, config, losses) => {
    expect(said(tree, config)).toEqual(losses);
  });

  it('says nothing that some base refutes', { timeout: 60_000 }, () => {
    let claims = 0;
    for (let seed = 0; seed < 1500; seed++) {
      const { blocks, config } = generateCase(seed, false);
      const { model: own } = compile({ files: { Kconfig: blocks.join('\n') }, version: 7003 });
      if (own === undefined) continue;
      const fragment = config.slice(0, 4).join('\n');
      const wanted = wantedOf(fragment);
      const impossible = findImpossible(own, wanted).filter(({ reason }) => reason !== 'hidden-symbol');
      if (impossible.length === 0) continue;
      const random = createRandom(seed + 77_000);
      for (let i = 0; i < 12; i++) {
        const base = config
          .filter(() => random() < 0.6)
          .map((line) => (random() < 0.5 ? line : line.replace(/=y$|=m$/, '=n')))
          .join('\n');
        const { evaluation } = loadConfig(own, [], mergeConfigs([base, fragment]));
        const lost = new Set(findLosses(evaluation, wanted).map(({ symbol }) => symbol));
        for (const { symbol, value, reason, root } of impossible) {
          claims++;
          // Of two members of a choice one is lost, whichever it is.
          if (reason === 'other-choice-member' && lost.has(root)) continue;
          expect(
            holds(evaluation, { symbol, value }) && !lost.has(symbol),
            `seed ${seed}: ${symbol}=${value} (${reason})\n${blocks.join('\n')}\n---\n${fragment}\n--- base\n${base}`,
          ).toBe(false);
        }
      }
    }
    expect(claims).toBeGreaterThan(500);
  });
});
