/** Lets a reader of an archive be written as if it could wait for its bytes, while they come in pieces. */
import { type PieceSink, stop } from './bytes.ts';
import { type ArchiveFault, fault } from './fault.ts';

/** What a parser wants next: so many bytes as one, or to let so many pass, of which the first `wanted` are content. */
export type Want =
  | { readonly take: number; readonly mayEnd?: boolean }
  | { readonly pass: number; readonly wanted: number; readonly mayEnd?: boolean };

/** Gets the bytes that it took, which are valid until it takes more; gives what is wrong with the archive. */
export type Parser = Generator<Want, ArchiveFault | undefined, Uint8Array>;

export interface PieceReader {
  /** To be called with the bytes of the archive in order. */
  readonly sink: PieceSink;
  /** To be called after the last byte; says what is wrong. */
  readonly end: () => ArchiveFault | undefined;
}

const none = new Uint8Array(0);

/** `parse` gets what tells how many bytes came before; `cutOff` words an archive that ends before its time. */
export function pieceReader(
  parse: (position: () => number) => Parser,
  content: (piece: Uint8Array) => void,
  cutOff: () => string,
): PieceReader {
  let position = 0;
  let buffer = new Uint8Array(512);
  let filled = 0;
  let left = 0;
  let wanted = 0;
  let want: Want | undefined;
  let problem: ArchiveFault | undefined;
  const parser = parse(() => position);
  const advance = (bytes: Uint8Array): void => {
    const { done, value } = parser.next(bytes);
    want = done === true ? undefined : value;
    if (done === true) problem = value;
    else if ('take' in value) {
      filled = 0;
      if (buffer.length < value.take) buffer = new Uint8Array(value.take);
    } else {
      left = value.pass;
      wanted = Math.min(value.wanted, left);
    }
  };
  /** Bytes of the piece that were used. */
  const take = (piece: Uint8Array, size: number): number => {
    const used = Math.min(piece.length, size - filled);
    buffer.set(piece.subarray(0, used), filled);
    filled += used;
    if (filled === size) advance(buffer.subarray(0, size));
    return used;
  };
  const pass = (piece: Uint8Array): number => {
    const shown = Math.min(piece.length, wanted);
    if (shown > 0) content(piece.subarray(0, shown));
    const used = Math.min(piece.length, left);
    wanted -= shown;
    left -= used;
    if (left === 0) advance(none);
    return used;
  };
  advance(none);
  return {
    sink: (piece) => {
      for (let at = 0; want !== undefined && at < piece.length; ) {
        const rest = piece.subarray(at);
        // Before what is used moves the parser on, which asks where it is.
        const used = 'take' in want ? Math.min(rest.length, want.take - filled) : Math.min(rest.length, left);
        position += used;
        at += 'take' in want ? take(rest, want.take) : pass(rest);
      }
      if (want === undefined) return stop;
      // What may be missing at the end is not left out, because nobody would notice.
      if ('take' in want || wanted > 0 || want.mayEnd === true) return 0;
      const gap = left;
      position += gap;
      left = 0;
      return gap;
    },
    end: () => {
      while (want !== undefined && 'pass' in want && left === 0) advance(none);
      if (want === undefined) return problem;
      return want.mayEnd === true && ('pass' in want || filled === 0) ? undefined : fault('truncated', cutOff());
    },
  };
}
