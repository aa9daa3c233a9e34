/** Command lines with their places: as one was written into a file, and as several were put together. */
import type { Location, SourceText, Span } from '../source.ts';
import type { Trait } from '../traits.ts';
import { type CommandLineProblem, parseCommandLine } from './cmdline.ts';

/** A command line, or a piece of one, and where each part of it stands. */
export interface PlacedText {
  readonly text: string;
  readonly locate: (span: Span) => Location;
  /** In words: `--cmdline`, `CONFIG_CMDLINE`, `added by Firecracker`. */
  readonly from: string;
}

export interface PlacedParameter extends Trait {
  readonly from: string;
}

/** A parsed command line of which everything has its place. */
export interface PlacedLine {
  readonly text: string;
  readonly bytes: number;
  readonly whole: Location;
  readonly parameters: readonly PlacedParameter[];
  /** What init gets behind `--`. */
  readonly init: readonly string[];
  readonly problems: readonly { readonly code: CommandLineProblem['code']; readonly location: Location }[];
}

/** A text that stands in its source as it is, from `start` on. */
export function placedText(source: SourceText, start: number, end: number, from: string): PlacedText {
  const text = source.text.slice(start, end);
  return { text, from, locate: (span) => ({ source, span: { start: start + span.start, end: start + span.end } }) };
}

/** A text that stands nowhere: all of it is at one place. */
export function impliedText(text: string, location: Location, from: string): PlacedText {
  return { text, from, locate: () => location };
}

/**
 * A text whose source spells it in another way, with quotes, escapes and folded lines. Each character is looked for behind the one before,
 * so that what is spelled as it is has its own place and the rest that of its neighbour.
 */
export function spelledText(source: SourceText, { start, end }: Span, text: string, from: string): PlacedText {
  const raw = source.text.slice(start, end);
  const at = new Int32Array(text.length + 1);
  let next = 0;
  for (let i = 0; i < text.length; i++) {
    const found = findCharacter(raw, text[i] as string, next);
    at[i] = start + (found === -1 ? Math.min(next, raw.length) : found);
    if (found !== -1) next = found + 1;
  }
  at[text.length] = Math.min(start + next, end);
  return {
    text,
    from,
    locate: (span) => {
      const first = at[Math.min(span.start, text.length)] as number;
      const last = span.end > span.start ? (at[span.end - 1] as number) + 1 : first;
      return { source, span: { start: first, end: Math.max(first, Math.min(last, end)) } };
    },
  };
}

/** Escapes and the space before a folded line are shorter than this. */
const widestGap = 400;

function findCharacter(raw: string, character: string, from: number): number {
  const isBlank = character === ' ' || character === '\n';
  const last = Math.min(raw.length, from + widestGap);
  for (let i = from; i < last; i++) if (raw[i] === character || (isBlank && /\s/.test(raw[i] as string))) return i;
  return -1;
}

/** One behind the other with a space between; empty ones are left out. */
export function joinTexts(pieces: readonly PlacedText[]): PlacedText | undefined {
  const full = pieces.filter(({ text }) => text.trim() !== '');
  if (full.length < 2) return full[0] ?? pieces[0];
  const starts: number[] = [];
  let text = '';
  for (const piece of full) {
    if (text !== '') text += ' ';
    starts.push(text.length);
    text += piece.text;
  }
  const pieceAt = (offset: number): number =>
    Math.max(
      0,
      starts.findLastIndex((start) => start <= offset),
    );
  return {
    text,
    from: full.map(({ from }) => from).join(', '),
    locate: ({ start, end }) => {
      const index = pieceAt(start);
      const piece = full[index] as PlacedText;
      const base = starts[index] as number;
      return piece.locate({ start: start - base, end: Math.min(end - base, piece.text.length) });
    },
  };
}

/** Parameters longer than this are cut where they are quoted in messages. */
const longestQuote = 60;

/** Reads the pieces as the one command line that they make; each parameter knows the piece it came with. */
export function readLine(pieces: readonly PlacedText[]): PlacedLine | undefined {
  const joined = joinTexts(pieces);
  if (joined === undefined) return undefined;
  const { text, parameters, init, problems, bytes } = parseCommandLine(joined.text);
  const full = pieces.filter((piece) => piece.text.trim() !== '');
  let end = 0;
  const ends = full.map((piece) => {
    end += piece.text.length + 1;
    return end;
  });
  return {
    text,
    bytes,
    whole: joined.locate({ start: 0, end: full[0]?.text.length ?? text.length }),
    init: init.map((span) => text.slice(span.start, span.end)),
    problems: problems.map(({ code, span }) => ({ code, location: joined.locate(span) })),
    parameters: parameters.map(({ name, value, span }) => {
      const written = text.slice(span.start, span.end);
      return {
        name,
        value,
        written: written.length > longestQuote ? `${written.slice(0, longestQuote)}…` : written,
        location: joined.locate(span),
        from: full[ends.findIndex((each) => span.start < each)]?.from ?? '',
      };
    }),
  };
}
