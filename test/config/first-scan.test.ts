/** When the scan in WebAssembly is made, and when its memory grows; in one test, because what it asks can be seen once. */
import { expect, it } from 'vitest';
import { scanText } from '../../src/config/fast-scan.ts';
import { filled, fullest, memoryOf } from '../support/machine.ts';
import { asPlain, scanPlainly } from '../support/plain-scan.ts';

const longest = 1024 * 1024;
const passing = (codes: Uint8Array | Uint16Array) => scanText(codes, { transient: true });

it('the machine is made for the first text that is worth it, reads short ones then, and takes more memory for longer ones', () => {
  const short = filled(16 * 1024 - 1);
  expect(memoryOf(passing(short))).not.toBe(memoryOf(passing(short)));
  const memory = memoryOf(passing(filled(16 * 1024)));
  for (const length of [16 * 1024, 16 * 1024 - 1, 11, 0]) expect(memoryOf(passing(filled(length)))).toBe(memory);
  // Not those with other letters than ASCII, nor for whoever keeps what was found.
  expect(memoryOf(passing(Uint16Array.from(short)))).not.toBe(memory);
  expect(memoryOf(scanText(short))).not.toBe(memory);
  const text = fullest(65_536);
  const full = passing(Buffer.from(text));
  expect(memoryOf(full)).toBe(memory);
  expect(asPlain(Buffer.from(text), full)).toEqual(scanPlainly(text));
  const wider = memoryOf(passing(filled(65_537)));
  expect(wider).not.toBe(memory);
  const widest = memoryOf(passing(filled(longest)));
  expect(widest.byteLength).toBeLessThan(4.1 * longest);
  expect(memoryOf(passing(filled(40)))).toBe(widest);
  expect(memoryOf(passing(filled(longest + 1)))).not.toBe(widest);
});
