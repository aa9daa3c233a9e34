/** Room for what a decoder writes: grows as needed and never beyond the limit. */
import { UnpackFault } from './fault.ts';

export interface Output {
  bytes: Uint8Array;
  /** Bytes written so far. */
  length: number;
  readonly limit: number;
  readonly watch: Watch | undefined;
  /** The length at which `watch` is called next. */
  watchAt: number;
}

/** Looks at what was unpacked so far; true where that is enough. */
export type Watch = (bytes: Uint8Array) => boolean;

/** Thrown when the watch has seen enough. */
export class Enough extends Error {}

/** Bytes between two looks. */
const watchStep = 2 << 20;

export function createOutput(limit: number, expected: number, watch?: Watch): Output {
  const bytes = new Uint8Array(Math.min(limit, Math.max(expected, 1 << 16)));
  return { bytes, length: 0, limit, watch, watchAt: watch === undefined ? Number.POSITIVE_INFINITY : watchStep };
}

/** Makes room for `more` bytes; `at` is where the input that brings them stands. */
export function reserve(output: Output, more: number, at: number): void {
  if (output.length >= output.watchAt) {
    output.watchAt = output.length + watchStep;
    if (output.watch?.(output.bytes.subarray(0, output.length)) === true) throw new Enough();
  }
  const needed = output.length + more;
  if (needed <= output.bytes.length) return;
  if (needed > output.limit) throw new UnpackFault('too-large', at, `more than ${output.limit} bytes`);
  // Pages that are not touched cost nothing, so twice the room is not twice the memory.
  const wider = new Uint8Array(Math.min(output.limit, Math.max(needed, output.bytes.length * 2)));
  wider.set(output.bytes.subarray(0, output.length));
  output.bytes = wider;
}

/** Appends `count` bytes of `input`, which must be there. */
export function copyInput(output: Output, input: Uint8Array, at: number, count: number): void {
  reserve(output, count, at);
  output.bytes.set(input.subarray(at, at + count), output.length);
  output.length += count;
}
