/** Lines of a file of any size, one at a time. */
import type { ByteFile } from '../host.ts';

export interface Line {
  readonly text: string;
  /** From 1. */
  readonly number: number;
  /** Bytes before the line that follows. */
  readonly next: number;
}

/** A line of more bytes than this is none of a report. */
export const longestLine = 1 << 28;
const pieceSize = 1 << 20;

/** From an offset at which a line starts. Undefined in place of a line that is too long, and then nothing more. */
export function* linesOf(file: ByteFile, from = 0, firstNumber = 1): Generator<Line | undefined> {
  const decoder = new TextDecoder();
  let [at, number] = [from, firstNumber];
  let pieces: Uint8Array[] = [];
  let held = 0;
  const join = (last: Uint8Array): string => {
    if (pieces.length === 0) return decoder.decode(last);
    const whole = new Uint8Array(held + last.length);
    let filled = 0;
    for (const piece of [...pieces, last]) {
      whole.set(piece, filled);
      filled += piece.length;
    }
    [pieces, held] = [[], 0];
    return decoder.decode(whole);
  };
  while (at < file.size) {
    const bytes = file.read(at, pieceSize);
    // A file that became shorter.
    if (bytes.length === 0) break;
    let start = 0;
    for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
      const text = join(bytes.subarray(start, end));
      start = end + 1;
      yield { text, number: number++, next: at + start };
    }
    if (start < bytes.length) pieces.push(bytes.subarray(start));
    held += bytes.length - start;
    if (held > longestLine) {
      yield undefined;
      return;
    }
    at += bytes.length;
  }
  if (held > 0) yield { text: join(new Uint8Array(0)), number, next: at };
}

/** The same of a text that is in memory already. */
export function fileOfBytes(bytes: Uint8Array): ByteFile {
  return { size: bytes.length, read: (at, length) => bytes.subarray(at, at + length), close: () => {} };
}
