/** Room for what a decoder writes: grows as needed and never beyond the limit. */
import { UnpackFault } from './fault.ts';

export interface Output {
  bytes: Uint8Array;
  /** Bytes written so far. */
  length: number;
  readonly limit: number;
}

export function createOutput(limit: number, expected = 0): Output {
  return { bytes: new Uint8Array(Math.min(limit, Math.max(expected, 1 << 16))), length: 0, limit };
}

/** Makes room for `more` bytes; `at` is where the input that brings them stands. */
export function reserve(output: Output, more: number, at: number): void {
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
