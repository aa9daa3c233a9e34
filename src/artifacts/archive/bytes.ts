/** Bytes in pieces: ranges of a file, a file as a flow, and small numbers and texts within them. */
import { type ArchiveFault, fault } from './fault.ts';

/** Bytes that can be read anywhere. `read` gives fewer than asked for only at the end. */
export interface ByteSource {
  readonly size: number;
  readonly read: (at: number, length: number) => Uint8Array;
}

/** What a flow does next: 0 goes on, a positive number leaves out as many bytes, `stop` ends it. */
export const stop = -1;

/** Takes pieces in order; what it gives back says what comes next. A piece is valid until the next one. */
export type PieceSink = (piece: Uint8Array) => number;

/** Bytes that can only be gone through in order, from the start each time. Gives a fault where they end before their time. */
export type Flow = (sink: PieceSink) => ArchiveFault | undefined;

const window = 1 << 20;

export function sourceOf(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: (at, length) => bytes.subarray(at, at + length) };
}

/** The part of a source from `at` on. */
export function partOf(source: ByteSource, at: number, size: number): ByteSource {
  return { size, read: (from, length) => source.read(at + from, Math.max(0, Math.min(length, size - from))) };
}

/** What leaves out more than there is has read of something that is not there. */
export function tooShort(missing: number): ArchiveFault {
  return fault('truncated', `it ends ${missing} bytes too early`);
}

/** A source as a flow; what is left out is not read. */
export function flowOf(source: ByteSource): Flow {
  return (sink) => {
    let at = 0;
    while (at < source.size) {
      const piece = source.read(at, Math.min(window, source.size - at));
      if (piece.length === 0) return fault('truncated', `the file ends at byte ${at} of ${source.size}`);
      const next = sink(piece);
      if (next === stop) return undefined;
      at += piece.length + next;
    }
    return at > source.size ? tooShort(at - source.size) : undefined;
  };
}

/** Lets a sink that may leave bytes out sit behind one that gets them all. */
export function droppingSink(sink: PieceSink) {
  let skip = 0;
  return {
    /** False when the sink wants no more. */
    take: (piece: Uint8Array): boolean => {
      if (skip >= piece.length) {
        skip -= piece.length;
        return true;
      }
      const next = sink(skip === 0 ? piece : piece.subarray(skip));
      if (next === stop) return false;
      skip = next;
      return true;
    },
    /** Bytes that are to be left out and have not come yet. */
    missing: () => skip,
  };
}

export interface Wanted {
  readonly at: number;
  readonly size: number;
}

/** Reads parts of a flow in one pass; they are given in the order in which they were asked for. */
export function collect(flow: Flow, wanted: readonly Wanted[]): Uint8Array[] | ArchiveFault {
  const found = wanted.map(({ size }) => new Uint8Array(size));
  const order = wanted.map((_, i) => i).sort((a, b) => (wanted[a] as Wanted).at - (wanted[b] as Wanted).at);
  let position = 0;
  let first = 0;
  const problem = flow((piece) => {
    const end = position + piece.length;
    for (let i = first; i < order.length; i++) {
      const index = order[i] as number;
      const { at, size } = wanted[index] as Wanted;
      if (at >= end) break;
      const from = Math.max(at, position);
      const to = Math.min(at + size, end);
      if (to > from) (found[index] as Uint8Array).set(piece.subarray(from - position, to - position), from - at);
    }
    position = end;
    while (first < order.length) {
      const { at, size } = wanted[order[first] as number] as Wanted;
      if (at + size > position) {
        const gap = Math.max(0, at - position);
        position += gap;
        return gap;
      }
      first++;
    }
    return stop;
  });
  if (problem !== undefined) return problem;
  const end = Math.max(0, ...wanted.map(({ at, size }) => (size === 0 ? 0 : at + size)));
  return position >= end
    ? found
    : fault('truncated', `the archive ends at byte ${position}, before what it is to hold`);
}

/** The bytes of a flow from `at` on, as a flow of their own. */
export function sliceFlow(flow: Flow, at: number, size: number): Flow {
  return (sink) => {
    let position = 0;
    let isDone = size === 0;
    let missing = 0;
    const problem = flow((piece) => {
      const from = Math.max(at - position, 0);
      if (from >= piece.length) {
        position += from;
        return from - piece.length;
      }
      const own = piece.subarray(from, Math.min(piece.length, at + size - position));
      const next = sink(own);
      position += from + own.length;
      if (next !== stop) missing = Math.max(0, position + next - at - size);
      isDone = next === stop || position + next >= at + size;
      if (isDone) return stop;
      position += next;
      return next;
    });
    if (problem !== undefined) return problem;
    if (missing > 0) return tooShort(missing);
    return isDone ? undefined : tooShort(at + size - position);
  };
}

/** The first bytes of a flow, up to `length`. */
export function headOf(flow: Flow, length: number): Uint8Array | ArchiveFault {
  const head = new Uint8Array(length);
  let filled = 0;
  const problem = flow((piece) => {
    const taken = piece.subarray(0, length - filled);
    head.set(taken, filled);
    filled += taken.length;
    return filled < length ? 0 : stop;
  });
  return problem !== undefined && filled === 0 ? problem : head.subarray(0, filled);
}

export function u16(bytes: Uint8Array, at: number): number {
  return (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
}

export function u32(bytes: Uint8Array, at: number): number {
  return (u16(bytes, at) | (u16(bytes, at + 2) << 16)) >>> 0;
}

export function u32be(bytes: Uint8Array, at: number): number {
  return (
    (((bytes[at] as number) << 24) |
      ((bytes[at + 1] as number) << 16) |
      ((bytes[at + 2] as number) << 8) |
      (bytes[at + 3] as number)) >>>
    0
  );
}

/** Up to 2^53, beyond which it is Infinity: no size of a real file. */
export function u64(bytes: Uint8Array, at: number): number {
  const high = u32(bytes, at + 4);
  return high >= 1 << 21 ? Number.POSITIVE_INFINITY : high * 2 ** 32 + u32(bytes, at);
}

/** True where `text`, taken as one byte a character, stands at `at`. */
export function hasText(bytes: Uint8Array, at: number, text: string): boolean {
  if (at + text.length > bytes.length) return false;
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes as text: UTF-8, or one character a byte where they are not. */
export function textOf(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    let text = '';
    for (let at = 0; at < bytes.length; at += 4096)
      text += String.fromCharCode(...bytes.subarray(at, Math.min(bytes.length, at + 4096)));
    return text;
  }
}

/** The text up to the first NUL in a field of fixed width. */
export function fieldText(bytes: Uint8Array, at: number, width: number): string {
  const field = bytes.subarray(at, at + width);
  const end = field.indexOf(0);
  return textOf(end === -1 ? field : field.subarray(0, end));
}
