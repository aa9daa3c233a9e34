/** What a solution changes, line by line. */
import { expect, it } from 'vitest';
import { changesOf } from '../../src/fix/changes.ts';
import { loadConfig, type Solution } from '../../src/kconfig/index.ts';
import { model } from '../support/kconfig.ts';

it('a setting that the kernel does not write any more is set as it was asked for', () => {
  const tree = 'config D\n\tbool "D"\nconfig A\n\tbool "A"\n\tdepends on D\n';
  const evaluate = (text: string) => loadConfig(model(tree), [], text).evaluation;
  const solution = {
    settings: new Map([
      ['D', 'n'],
      ['A', 'n'],
    ]),
    neededBy: new Map([
      ['D', new Set(['p/d'])],
      ['A', new Set(['p/a'])],
    ]),
    outcome: { evaluation: evaluate('# CONFIG_D is not set\n'), unmet: new Set<string>() },
  } as unknown as Solution;
  const list = ['D', 'A'].map((symbol) => ({ symbol, value: 'y' }));
  const values = new Map(list.map(({ symbol, value }) => [symbol, value]));
  const changes = changesOf(solution, evaluate('CONFIG_D=y\nCONFIG_A=y\n'), { values, list } as never, false);
  expect(changes.map(({ before, after, line, because }) => [before, after, line, because])).toEqual([
    ['y', 'n', '# CONFIG_D is not set', ['p/d']],
    ['y', 'n', '# CONFIG_A is not set', ['p/a']],
  ]);
});
