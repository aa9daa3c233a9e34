/** How values of every type compare: what the kernel's own conf of 7.2 said, once for each pair and operator. */
import { describe, expect, it } from 'vitest';
import { olddefconfig } from '../support/kconfig.ts';

const operators = ['=', '!=', '<', '<=', '>', '>='];
const values: readonly (readonly [type: string, value: string])[] = [
  ['int', '-5'],
  ['int', '0'],
  ['int', '9'],
  ['int', '10'],
  ['int', '99999999999999999999'],
  ['int', '-99999999999999999999'],
  ['hex', '0x10'],
  ['hex', 'a'],
  ['hex', '0xffffffffffffffff'],
  ['hex', '0x1ffffffffffffffff'],
  ['string', '10'],
  ['string', '0x10'],
  ['string', '010'],
  ['string', ' 7'],
  ['string', '7x'],
  ['string', '+7'],
  ['string', ''],
  ['string', 'ab'],
  ['string', 'abc'],
  ['string', 'abd'],
  ['string', '\u00e9'],
  ['string', 'y'],
  ['bool', 'y'],
  ['bool', 'n'],
];

const tree =
  values
    .map(([type, value], i) => `config V${i}\n\t${type}\n\tdefault ${type === 'bool' ? value : `"${value}"`}\n`)
    .join('') +
  values
    .flatMap((_, i) =>
      values.flatMap((__, j) =>
        operators.map((operator, k) => `config C_${i}_${j}_${k}\n\tdef_bool V${i} ${operator} V${j}\n`),
      ),
    )
    .join('');

/** A line a value on the left: for each on the right which of the six operators hold, as a digit of base 64. */
const said = `pOOOOOyyOOOOOOOOyOOOOOOO
ypOOOyOOOOOOOOOOyOOOOOOp
yypOOyOOOyOOyyyyyOOOOOyy
yyypOyOpOypOyyOyyOOOOOyy
yyyypyyOyyyyyyyyyOOOOOOO
yOOOOpOOOOOOOyOyyOOOOOOO
OyyyOypyOOypyyOyyOOOOOyy
OyypyyOpOypOyyyyyOOOOOyy
yyyyOyyypyyyyyOyyOOOOOyy
yyOOOyyOOpOyyyOyyOOOOOOO
yyypOyOpOypyyyOyyOOOOOyy
yyyyOypyOOOpyyOyyOOOOOyy
yyOOOyOOOOOOpyOyyOOOOOyy
yyOOOOOOOOOOOpOOyOOOOOyy
yyOyOyyOyyyyyypyyOOOOOOO
yyOOOOOOOOOOOyOpyOOOOOyy
OOOOOOOOOOOOOOOOpOOOOOOO
yyyyyyyyyyyyyyyyypOOOOOO
yyyyyyyyyyyyyyyyyypOOOOO
yyyyyyyyyyyyyyyyyyypOOOO
yyyyyyyyyyyyyyyyyyyypyyy
yyyyyyyyyyyyyyyyyyyyOppy
yyOOyyOOOyOOOOyOyyyyOppy
ypOOyyOOOyOOOOyOyyyyOOOp`;

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function summary(lines: readonly string[]): string {
  const on = new Set(lines.map((line) => /^CONFIG_(C_\w+)=y$/.exec(line)?.[1]));
  return values
    .map((_, i) =>
      values
        .map((__, j) => digits[operators.reduce((sum, ___, k) => sum + (on.has(`C_${i}_${j}_${k}`) ? 1 << k : 0), 0)])
        .join(''),
    )
    .join('\n');
}

describe('values', () => {
  it('compare as conf compares them', () => {
    expect(summary(olddefconfig({ files: { Kconfig: tree }, version: 7002 }))).toBe(said);
  });
});
