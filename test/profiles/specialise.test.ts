/** What rows come to where some of the target is settled. */
import { describe, expect, it } from 'vitest';
import type { Condition } from '../../src/profiles/condition.ts';
import type { Requirement } from '../../src/profiles/profile.ts';
import { always, type Known, never, rowsInForce, specialise, specialiseRow } from '../../src/profiles/specialise.ts';
import { choose, load, profileText } from '../support/library.ts';

const rowOf = (body: string): Requirement => {
  const { library, faults } = load({ p: profileText({ row: body }) });
  expect(faults).toEqual([]);
  return choose(library, 'p')[0]?.requirements[0] as Requirement;
};
const conditionOf = (text: string): Condition => rowOf(`require: ${text}`).require;
const platform = { name: 'P', version: '2', number: 2_000_000 };
const known: Known = { kernel: 6_001_000, arch: 'arm64', platform, boot: new Set(['pci']) };

describe('a condition', () => {
  it.each<[string, Condition]>([
    ['{ kernel: ">=6.0" }', always],
    ['{ kernel: ">=6.2" }', never],
    ['{ arch: arm64 }', always],
    ['{ arch: x86 }', never],
    ['{ platform: ">=2" }', always],
    ['{ platform: "<2" }', never],
    ['{ boot: pci }', always],
    ['{ boot: [pci, initrd] }', never],
    ['{ not: { arch: arm64 } }', never],
    ['{ not: { arch: x86 } }', always],
    ['{ not: { A: y } }', conditionOf('{ not: { A: y } }')],
    ['{ file-name: "x" }', conditionOf('{ file-name: "x" }')],
    ['{ all: [ { arch: arm64 }, { kernel: ">=6.0" } ] }', always],
    ['{ all: [ { A: y }, { arch: x86 } ] }', never],
    ['{ all: [ { A: y }, { arch: arm64 } ] }', conditionOf('{ A: y }')],
    ['{ all: [ { A: y }, { arch: arm64 }, { B: y } ] }', conditionOf('{ A: y, B: y }')],
    ['{ any: [ { arch: x86 }, { kernel: "<6.0" } ] }', never],
    ['{ any: [ { A: y }, { arch: arm64 } ] }', always],
    ['{ any: [ { A: y }, { arch: x86 } ] }', conditionOf('{ A: y }')],
    ['{ any: [ { A: y }, { arch: x86 }, { B: y } ] }', conditionOf('{ any: [ { A: y }, { B: y } ] }')],
  ])('%s is left as %j', (text, expected) => {
    expect(specialise(conditionOf(text), known)).toEqual(expected);
  });

  it.each([
    '{ kernel: ">=6.0" }',
    '{ arch: x86 }',
    '{ platform: ">=2" }',
    '{ boot: pci }',
    '{ any: [ { A: y }, { arch: x86 } ] }',
  ])('%s stays as it is where nothing is settled', (text) => {
    expect(specialise(conditionOf(text), {})).toEqual(conditionOf(text));
  });
});

describe('a row', () => {
  const left = (body: string) => {
    const row = specialiseRow(rowOf(body), known);
    if (row === undefined) return undefined;
    const { require, applies, when, otherwise } = row;
    return { require, applies, when, otherwise };
  };
  const plain = { applies: undefined, when: undefined, otherwise: undefined };
  const [a, b, w] = ['{ A: y }', '{ B: y }', '{ W: y }'].map(conditionOf) as [Condition, Condition, Condition];

  it.each<[string, ReturnType<typeof left>]>([
    ['require: { A: y }', { ...plain, require: a }],
    ['require: { A: y }\nkernel: ">=6.2"', undefined],
    ['require: { A: y }\nkernel: ">=6.0"', { ...plain, require: a }],
    ['require: { A: y }\nwhen: { W: y }', { ...plain, require: a, when: w }],
    ['require: { A: y }\nwhen: { arch: x86 }', undefined],
    ['require: { A: y }\nwhen: { arch: arm64 }', { ...plain, require: a }],
    ['require: { A: y }\nwhen: { W: y }\nelse: { B: y }', { ...plain, require: a, when: w, otherwise: b }],
    ['require: { A: y }\nwhen: { arch: x86 }\nelse: { B: y }', { ...plain, require: b }],
    ['require: { A: y }\nwhen: { arch: arm64 }\nelse: { B: y }', { ...plain, require: a }],
    ['require: { arch: arm64 }', undefined],
    ['require: { arch: x86 }', { ...plain, require: conditionOf('{ arch: x86 }') }],
    [
      'require: { A: y }\nwhen: { W: y }\nelse: { all: [ { B: y }, { arch: arm64 } ] }',
      { ...plain, require: a, when: w, otherwise: b },
    ],
  ])('%j asks for %j', (body, expected) => {
    expect(left(body)).toEqual(expected);
    if (expected !== undefined && expected.when === undefined)
      expect('when' in (specialiseRow(rowOf(body), known) ?? {})).toBe(false);
  });

  it('keeps its limits where they are open', () => {
    const row = specialiseRow(rowOf('require: { A: y }\nkernel: ">=6.2"'), { arch: 'arm64' });
    expect(row?.applies).toEqual(conditionOf('{ kernel: ">=6.2" }'));
    expect(row?.id).toBe('p/row');
  });
});

describe('the rows of a profile', () => {
  it('are those of its version', () => {
    const rows = {
      a: 'require: { A: y }',
      old: 'require: { B: y }\nplatform: "<2"',
      now: 'require: { C: y }\nplatform: ">=2"',
    };
    const { library } = load({ p: profileText(rows, 'platform: { name: P, versions: ["1", "2"] }\n') });
    const inForce = (name: string) =>
      choose(library, name).flatMap((chosen) => rowsInForce(chosen).map(({ id, applies }) => [id, applies]));
    expect(inForce('p@1')).toEqual([
      ['p/a', undefined],
      ['p/old', undefined],
    ]);
    expect(inForce('p')).toEqual([
      ['p/a', undefined],
      ['p/now', undefined],
    ]);
  });
});
