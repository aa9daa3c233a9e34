/** The memory of the scan in WebAssembly: what there is room for, and for how long it holds. */
import { beforeAll, describe, expect, it } from 'vitest';
import { scanText } from '../../src/config/fast-scan.ts';
import { limits } from '../../src/config/limits.ts';
import { filled, fullest, memoryOf, settings } from '../support/machine.ts';
import { asPlain, scanPlainly } from '../support/plain-scan.ts';

const longest = 1024 * 1024;
const passing = (codes: Uint8Array) => scanText(codes, { transient: true });

// The memory never grows from here on, in whatever order the tests run.
beforeAll(() => void passing(filled(longest)));

describe('the memory of the machine', () => {
  it('holds all that the longest text may need', () => {
    const text = fullest(longest);
    const codes = Buffer.from(text);
    const expected = scanPlainly(text);
    const { duplicates, irregular, controls, lines } = expected;
    expect([text.length, duplicates.length, irregular.length, controls.length, lines]).toEqual([
      longest,
      2000,
      2000,
      100,
      64 + longest / 8 - 1,
    ]);
    const found = passing(codes);
    expect(memoryOf(found)).toBe(memoryOf(passing(filled(10))));
    expect(asPlain(codes, passing(codes))).toEqual(expected);
    expect(asPlain(codes, scanText(codes))).toEqual(expected);
  });

  it.each([
    ['lines', '\n'.repeat(64 + longest / 8)],
    ['lines that need a closer look', `CONFIG_A=y\n${'!\n'.repeat(2001)}`],
    ['duplicates', 'CONFIG_A=y\n'.repeat(1002)],
  ])('has no room for more %s, so that the other scan reads them', (_, text) => {
    const codes = Buffer.from(text);
    const mine = passing(filled(40));
    const other = scanText(codes, { transient: true, reuse: mine.table });
    expect(asPlain(codes, other)).toEqual(scanPlainly(text));
    // A table in the machine's memory is not used again by the other scan.
    passing(Buffer.from(settings(1500)));
    expect(asPlain(codes, other)).toEqual(scanPlainly(text));
    // Its own is.
    expect(scanText(codes, { reuse: other.table }).table).toBe(other.table);
  });

  it('is copied for whoever keeps a document', () => {
    const text = 'CONFIG_A=y\n# CONFIG_B is not set\n!\nCONFIG_A="n"\n';
    const kept = scanText(Buffer.from(text));
    for (const other of [settings(1500), '\n'.repeat(500), '']) {
      passing(Buffer.from(other));
      expect(asPlain(Buffer.from(text), kept)).toEqual(scanPlainly(text));
    }
  });

  it('holds nothing of the texts before', () => {
    for (const text of [settings(1500), '# CONFIG_A is not set', settings(10), 'CONFIG_', 'CONFIG_A=y\n', '\n', '']) {
      const codes = Buffer.from(text);
      expect(asPlain(codes, passing(codes))).toEqual(scanPlainly(text));
    }
  });

  it('knows the limits that the user raised', () => {
    const codes = Buffer.from(`CONFIG_A="${'a'.repeat(limits.lineLength)}"\n`);
    expect(scanText(codes).exceeded).toEqual({ limit: 'line-too-long', at: 0 });
    expect(scanText(codes, { limits: { ...limits, lineLength: 2 * limits.lineLength } }).exceeded).toBeUndefined();
  });
});
