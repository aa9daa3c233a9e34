/** Conditions in their simplest form and the submenus that follow from it: what the help texts of the kernel's own conf say. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeExpression } from '../../src/kconfig/describe.ts';
import { mentions } from '../../src/kconfig/expression.ts';
import { symbolNamed } from '../../src/kconfig/index.ts';
import { root } from '../support/corpus.ts';
import { model } from '../support/kconfig.ts';

/**
 * A line each: the release, in brackets the condition of the prompt of a bool P or a tristate Q before X, what X depends on, and after the arrow "Depends on:"
 * of X, with `@P` or `@Q` where its location is below that. Parentheses as `explain` writes them: conf has none around `&&`.
 */
const recorded = readFileSync(join(root, 'test/data/conf-conditions.txt'), 'utf8').trimEnd().split('\n');

function said(line: string): string {
  const [, version, prompt, condition] = /^(\d+) (?:\[(.*?)\] )?(.*) -> /.exec(line) as RegExpExecArray;
  const bools = ['A', 'B'].map((each) => `config ${each}\n\tdef_bool y\n`).join('');
  const tristates = ['T', 'U'].map((each) => `config ${each}\n\tdef_tristate y\n`).join('');
  const [name, type] = /\bQ\b/.test(condition as string) ? (['Q', 'tristate'] as const) : (['P', 'bool'] as const);
  const parent = prompt === undefined ? '' : `config ${name}\n\t${type} "p"${prompt && ` if ${prompt}`}\n`;
  const modules = `config MODULES\n\tdef_bool y\n\t${Number(version) < 5013 ? 'option ' : ''}modules\n`;
  const made = model({
    files: {
      Kconfig: `${modules}${tristates}${bools}${parent}config X\n\tbool "x"\n\tdepends on ${condition}\n`,
    },
    version: Number(version),
  });
  const entryOf = (symbol: string): number => made.entries.symbols.indexOf(symbolNamed(made, symbol) as number);
  const isBelow = prompt !== undefined && (made.entries.ends[entryOf(name)] as number) > entryOf('X');
  const simplest = describeExpression(made, made.symbols.dependencies[symbolNamed(made, 'X') as number] as number);
  return line.replace(/ -> .*/, ` -> ${simplest}${isBelow ? ` @${name}` : ''}`);
}

describe('conditions', () => {
  it('come down to what conf makes of them', () => {
    expect(recorded.map(said)).toEqual(recorded);
  });

  it('name a symbol wherever it stands in them', () => {
    const made = model('config A\n\tbool "a"\n\tdepends on !(B = "x") && (C || D > E)\nconfig F\n\tbool "f"\n');
    const [a, f] = ['A', 'F'].map((name) => made.symbols.dependencies[symbolNamed(made, name) as number] as number);
    const named = (e: number): string[] =>
      ['A', 'B', 'C', 'D', 'E', 'F', 'y'].filter((name) =>
        mentions(made.expressions, e, symbolNamed(made, name) as number),
      );
    expect(named(a as number)).toEqual(['B', 'C', 'D', 'E']);
    expect(named(f as number)).toEqual([]);
  });
});
