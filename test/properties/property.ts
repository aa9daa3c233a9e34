/**
 * A named property as a test: the same few runs in every `npm test`, as many as PROPERTY_RUNS says and always others by hand; what
 * fails prints its seed.
 */
import fc from 'fast-check';
import { it } from 'vitest';

const wished = Number(process.env['PROPERTY_RUNS'] ?? 0);
const seed = Number(process.env['PROPERTY_SEED'] ?? (wished > 0 ? Date.now() & 0x7fffffff : 1));

/** Runs where nobody asked for a number. */
const usual = 100;

/** `cost` is how many times dearer a run is than that of a cheap property: it gets so many fewer. */
export function property<T>(name: string, input: fc.Arbitrary<T>, check: (value: T) => void, cost = 1): void {
  const numRuns = Math.max(20, Math.ceil((wished > 0 ? wished : usual) / cost));
  const timeout = Math.max(30_000, numRuns * cost * 50);
  it(
    name,
    () => {
      fc.assert(
        fc.property(input, (value) => check(value)),
        { numRuns, seed, interruptAfterTimeLimit: timeout - 5000, markInterruptAsFailure: true },
      );
    },
    timeout,
  );
}
