/** Where WebAssembly cannot do what the scan wants, the scan does without it and asks for it once; in one test, because it can be seen once. */
import { afterEach, expect, it, vi } from 'vitest';
import { scanText } from '../../src/config/fast-scan.ts';
import { asPlain, scanPlainly } from '../support/plain-scan.ts';

afterEach(() => void vi.unstubAllGlobals());

it('a machine that cannot be compiled is asked for once', () => {
  const asked: number[] = [];
  vi.stubGlobal('WebAssembly', {
    Module: class {
      constructor(bytes: Uint8Array) {
        asked.push(bytes.length);
        throw new Error('no vector instructions');
      }
    },
  });
  const text = 'CONFIG_A=y\n# CONFIG_A is not set\n'.repeat(1000);
  const codes = Buffer.from(text);
  for (let i = 0; i < 3; i++) expect(asPlain(codes, scanText(codes))).toEqual(scanPlainly(text));
  expect(asked).toHaveLength(1);
  // A table is used again as ever.
  const { table } = scanText(codes);
  expect(scanText(codes, { reuse: table }).table).toBe(table);
});
