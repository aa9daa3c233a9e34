/** The scan in WebAssembly finds what the one in TypeScript finds, and gives way to it where it must. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { scanText } from '../../src/config/fast-scan.ts';
import { limits } from '../../src/config/limits.ts';
import { findRow, hashName, type Scan, scan } from '../../src/config/scan.ts';
import { collidingName } from '../support/collisions.ts';
import { corpusFiles, corpusPath, hasCorpus, root } from '../support/corpus.ts';

/** A scan as plain data, without what is only room. */
function plainly({ table, ...rest }: Scan, codes: Uint8Array) {
  const { count, duplicates, slots, lineStarts, named, ...columns } = table;
  const rows = Object.entries(columns).map(([name, column]) => [name, [...column.subarray(0, count)]]);
  const newest: number[] = [];
  for (let row = 0; row < count; row++) {
    const name = codes.subarray(table.nameStart[row], table.nameEnd[row]);
    newest.push(findRow(codes, table, Buffer.from(name).toString('latin1')));
  }
  return { ...rest, lineStarts: [...rest.lineStarts], count, duplicates, rows, newest };
}

function expectSame(text: string | Uint8Array) {
  const codes = typeof text === 'string' ? Buffer.from(text, 'latin1') : text;
  const expected = plainly(scan(codes), codes);
  expect(plainly(scanText(codes), codes)).toEqual(expected);
  expect(plainly(scanText(codes, { transient: true }), codes)).toEqual(expected);
}

const setting = fc.tuple(
  fc.constantFrom('CONFIG_', '# CONFIG_', '#CONFIG_', '#\t CONFIG_', 'CONFIG', ' CONFIG_', 'config_', ''),
  fc.oneof(
    fc.stringMatching(/^[A-Za-z0-9_]{0,40}$/),
    fc.constantFrom('A', 'B', 'AB', 'A-B', 'A[', 'A@', 'A`', 'A{', 'A '),
  ),
  fc.constantFrom('=', '', ' =', ' is not set', ' is not set ', ' is not se', ' is not sett'),
  fc.oneof(
    fc.constantFrom(
      '',
      'y',
      'm',
      'n',
      'y ',
      'yes',
      '"y"',
      '"m"x',
      '"n" ',
      '0',
      '-',
      '-1',
      '1-',
      '0x',
      '0X1f',
      '0x1g',
      '0y1',
    ),
    fc.constantFrom(
      '"',
      '""',
      '"a"',
      '"a',
      '"a"b',
      '"a\\"b"',
      '"a\\',
      '"a\\"',
      '"\\\\"',
      '"a\\b"',
      'y\r',
      '12\r',
      '"a"\r',
      '\r',
      'y\r\r',
    ),
    fc.string({ unit: fc.integer({ min: 0, max: 127 }).map((c) => String.fromCharCode(c)), maxLength: 40 }),
  ),
);
const line = fc.oneof(
  { weight: 5, arbitrary: setting.map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.constantFrom('', '#', '# comment', '# CONFIG_', '#\t', '\t', '\u007f', '\u0000') },
);
const lineEnd = fc.constantFrom('\n', '\n', '\n', '\r\n', '\r', '');
const config = fc
  .array(fc.tuple(line, lineEnd), { maxLength: 60 })
  .map((lines) => lines.map(([content, end]) => content + end).join(''));

describe('the scan in WebAssembly', () => {
  // Short texts are scanned by it only when a long one has been.
  beforeAll(() => void scanText(Buffer.from('CONFIG_A=y\n'.repeat(3000))));

  it('finds what the TypeScript one finds in any text', () => {
    fc.assert(fc.property(config, expectSame), { numRuns: 4000 });
  });

  it('and in any one cut off anywhere', () => {
    const text = 'CONFIG_A=y\r\n# CONFIG_B is not set\nCONFIG_C="a\\"b"\n#\nCONFIG_D=0x1f\n# CONFIG_E is not set';
    for (let length = 0; length <= text.length; length++) expectSame(text.slice(0, length));
  });

  it('and in names with the same hash', () => {
    expectSame('CONFIG_JAU51GPX=y\nCONFIG_A9EE_F_Z=m\nCONFIG_JAU51GPX=n\n');
    expectSame('CONFIG_OFTI1JC9I=y\nCONFIG_P1IACQVP=m\nCONFIG_OFTI1JC9I=y\n');
  });

  it('and in names that were chosen for their hash, as fast as in others', () => {
    const names = Array.from({ length: 30_000 }, (_, i) => collidingName(i));
    expect(new Set(names.map(hashName)).size).toBe(1);
    expect(new Set(names).size).toBe(names.length);
    const lines = [...names, ...names.slice(0, 500)].map((name) => `CONFIG_${name}=y\n`).join('');
    const codes = Buffer.from(lines);
    const start = process.cpuUsage();
    const found = [scan(codes), scanText(codes)];
    const { user, system } = process.cpuUsage(start);
    for (const { table } of found) {
      expect(table.duplicates.length).toBe(1000);
      expect(findRow(codes, table, names[499] as string)).toBe(30_499);
      expect(findRow(codes, table, names[500] as string)).toBe(500);
      expect(findRow(codes, table, `${names[0]}A`)).toBe(-1);
    }
    // Gone through one by one, it would be 450 million comparisons.
    expect((user + system) / 1000).toBeLessThan(1000);
    expectSame(lines.slice(0, 60_000));
    expect(findRow(codes, scan(codes, (found[0] as Scan).table).table, names[0] as string)).toBe(30_000);
    const few = Buffer.from('CONFIG_A=y\n');
    expect(scan(few, (found[0] as Scan).table).table.named).toBeUndefined();
  });

  it('and in every fixture', () => {
    const files = readdirSync(join(root, 'fixtures'), { recursive: true, encoding: 'utf8' })
      .map((name) => join(root, 'fixtures', name))
      .filter((path) => statSync(path).isFile());
    expect(files.length).toBeGreaterThan(20);
    for (const path of files) expectSame(readFileSync(path).map((byte) => byte & 127));
  });

  it.runIf(hasCorpus)('and in every config of the corpus', () => {
    for (const name of corpusFiles) expectSame(readFileSync(corpusPath(name)).map((byte) => byte & 127));
  });

  it('leaves to it what is rare', () => {
    expectSame('CONFIG_A=y\n'.repeat(2000));
    expectSame('CONFIG_A\n'.repeat(3000));
    expectSame('\n'.repeat(50_000));
    expectSame('\u0001'.repeat(150));
    expectSame(`CONFIG_A="${'a'.repeat(limits.lineLength)}"\n`);
    expectSame(`CONFIG_A="${'a'.repeat(limits.lineLength - 11)}"\nCONFIG_B=y\n`);
    expectSame(`${'CONFIG_A="aaaaaaaaaaaaaaaaaaaaaaaaaaaa"\n'.repeat(40_000)}`);
  });

  it('keeps what is to be kept, and grows', () => {
    const first = Buffer.from('CONFIG_A=y\n# CONFIG_B is not set\n');
    const kept = scanText(first);
    const before = plainly(kept, first);
    for (const size of [10, 20_000, 60_000]) scanText(Buffer.from('CONFIG_Z=y\n'.repeat(size)), { transient: true });
    expect(plainly(kept, first)).toEqual(before);
    // A table in the machine's memory is not used again by the other scan.
    const passing = scanText(first, { transient: true });
    const odd = Buffer.from('CONFIG_A\n'.repeat(3000));
    const other = scanText(odd, { reuse: passing.table });
    scanText(first, { transient: true });
    expect(plainly(other, odd)).toEqual(plainly(scan(odd), odd));
  });

  it.each([
    ['is missing', undefined],
    [
      'cannot be compiled',
      {
        Module: class {
          constructor() {
            throw new Error('no vector instructions');
          }
        },
      },
    ],
  ])('is done without where it %s', async (_, WebAssembly) => {
    vi.stubGlobal('WebAssembly', WebAssembly);
    vi.resetModules();
    try {
      const fresh = await import('../../src/config/fast-scan.ts');
      const codes = Buffer.from('CONFIG_A=y\n# CONFIG_A is not set\n'.repeat(1000));
      expect(plainly(fresh.scanText(codes), codes)).toEqual(plainly(scan(codes), codes));
      expect(plainly(fresh.scanText(codes), codes)).toEqual(plainly(scan(codes), codes));
    } finally {
      vi.unstubAllGlobals();
      vi.resetModules();
    }
  });
});
