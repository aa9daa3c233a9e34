/** Conditions in their simplest form and the submenus that follow from it: what the help texts of the kernel's own conf say. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeExpression } from '../../src/kconfig/describe.ts';
import { symbolNamed } from '../../src/kconfig/index.ts';
import { root } from '../support/corpus.ts';
import { model } from '../support/kconfig.ts';

/**
 * A line each: the release, in brackets the condition of the prompt of a P before X, what X depends on, and after the arrow "Depends on:"
 * of X, with `@P` where its location is below P. Parentheses as `explain` writes them: conf has none around `&&`.
 */
const recorded = readFileSync(join(root, 'test/data/conf-conditions.txt'), 'utf8').trimEnd().split('\n');

function said(line: string): string {
  const [, version, prompt, condition] = /^(\d+) (?:\[(.*?)\] )?(.*) -> /.exec(line) as RegExpExecArray;
  const bools = ['A', 'B'].map((name) => `config ${name}\n\tdef_bool y\n`).join('');
  const tristates = ['T', 'U'].map((name) => `config ${name}\n\tdef_tristate y\n`).join('');
  const parent = prompt === undefined ? '' : `config P\n\tbool "p"${prompt && ` if ${prompt}`}\n`;
  const modules = `config MODULES\n\tdef_bool y\n\t${Number(version) < 5013 ? 'option ' : ''}modules\n`;
  const made = model({
    files: {
      Kconfig: `${modules}${tristates}${bools}${parent}config X\n\tbool "x"\n\tdepends on ${condition}\n`,
    },
    version: Number(version),
  });
  const { dependencies } = made.symbols;
  const [entryOfP, entryOfX] = ['P', 'X'].map((name) =>
    made.entries.symbols.indexOf(symbolNamed(made, name) ?? Number.NaN),
  ) as [number, number];
  const isBelow = entryOfP >= 0 && (made.entries.ends[entryOfP] as number) > entryOfX;
  const simplest = describeExpression(made, dependencies[symbolNamed(made, 'X') as number] as number);
  return line.replace(/ -> .*/, ` -> ${simplest}${isBelow ? ' @P' : ''}`);
}

describe('conditions', () => {
  it('come down to what conf makes of them', () => {
    expect(recorded.map(said)).toEqual(recorded);
  });
});
