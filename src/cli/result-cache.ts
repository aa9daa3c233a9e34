/** What texts came to in earlier runs that judged in the same way: found by what is in them, and only where all else is as it was. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NewSegment, ResultStore, StoredSegment } from '../node-result-store.ts';
import type { SourceText } from '../source.ts';
import { hasInlineWaivers, marker } from '../waivers/marker.ts';
import type { Outcome } from './file-report.ts';
import type { RawOptions } from './options.ts';
import type { Output } from './outputs.ts';
import { digestOf, digestOfSource, type Look, type Trace } from './trace.ts';

/** An outcome worth keeping: failures are found again as fast. */
export type Kept = Extract<Outcome, { reports: unknown }>;

interface Stored {
  readonly outcome: Kept;
  /** What was looked at for this one. */
  readonly looks: readonly Look[];
}

/** How that lies on disk: one line of JSON, and behind it the texts, which are cheaper to read as they are. */
interface Line extends Stored {
  /** Their lengths in bytes, in the order of the outputs of each report; null for parts that stand in the line. */
  readonly texts: readonly (number | null)[];
}

export interface ResultCache {
  readonly find: (source: SourceText) => Kept | undefined;
  readonly keep: (key: string, outcome: Kept, looks: readonly Look[]) => void;
  /** What others looked at, so that it is held against the next run. */
  readonly addShared: (looks: readonly Look[], isUnsure: boolean) => void;
  /** Ends the run; what went wrong, or nothing. */
  readonly close: (isWhole: boolean) => string | undefined;
}

/** Files of results of one context; more are put together. */
const mostSegments = 6;
/** Options that say where reports go and what counts against a run, not what is in a report; looks are apart. */
const irrelevant = new Set([
  'files',
  'output',
  'format',
  'color',
  'fail-on',
  'max-warnings',
  'jobs',
  'cache',
  'cache-dir',
  'no-cache',
]);

/** Everything that verdicts hang on besides the inputs and what is looked at while they are judged. */
export function contextOf(raw: RawOptions, outputs: readonly Output[], trace: Trace, program: string): string {
  const options = Object.entries(raw)
    .filter(([name]) => !irrelevant.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return digestOf(
    program,
    JSON.stringify(options),
    JSON.stringify(outputs.map(({ look }) => look)),
    JSON.stringify(trace.before()),
    daysPast(trace.dates(), trace.host.today()),
    // Files of a project are told by their place in it.
    trace.before().some(([question]) => question.includes('.kconfig-lint')) || raw['config'] !== undefined
      ? trace.plain.absolute('.')
      : '',
  ).slice(0, 40);
}

/** Which of some days are over: two dates between which no waiver expires judge alike. */
function daysPast(days: readonly string[], today: string): string {
  return String(new Set(days.filter((day) => day < today)).size);
}

/** A text under its name: reports name it in every line. */
export function keyOf(source: SourceText, today: () => string): string {
  const days = holdsMarker(source) ? (source.text.match(/\b\d{4}-\d\d-\d\d\b/g) ?? []) : undefined;
  return digestOf(digestOfSource(source), days === undefined ? '' : daysPast(days, today()));
}

/** The same as `hasInlineWaivers`, on the bytes: to decode them would cost more than all else that a cached file costs. */
function holdsMarker(source: SourceText): boolean {
  const { codes } = source;
  if (!(codes instanceof Uint8Array)) return hasInlineWaivers(source);
  return Buffer.from(codes.buffer, codes.byteOffset, codes.length).includes(marker);
}

/** A digest of the program itself: its code, its rules and its models. */
export function programDigest(folder: string): string {
  const pieces: (string | Uint8Array)[] = [process.version];
  for (const part of [folder, join(folder, '../models')]) {
    for (const name of readdirSync(part).sort())
      if (/\.(?:cjs|txt|json|kmodel|index)$/.test(name)) pieces.push(name, readFileSync(join(part, name)));
  }
  return digestOf(...pieces);
}

/** `isReader` for threads: what they find is not put together anew. */
export function openResultCache(store: ResultStore, context: string, trace: Trace, isReader = false): ResultCache {
  const segments = store.segments(context).filter((segment) => trace.holds(looksOf(segment.looks)));
  const shared = new Map<string, string>(segments.flatMap(({ looks }) => looksOf(looks)));
  const known = new Map<string, StoredSegment>();
  for (const segment of segments.toReversed()) for (const key of segment.keys) known.set(key, segment);
  let fresh: NewSegment | undefined;
  const used = new Set<string>();
  const create = () => {
    fresh ??= store.create(context);
    return fresh;
  };
  const isCrowded = !isReader && segments.length >= mostSegments;
  let isUnsure = false;
  return {
    find: (source) => {
      const key = keyOf(source, trace.plain.today);
      const bytes = known.get(key)?.read(key);
      const stored = bytes === undefined ? undefined : readStored(bytes);
      if (bytes === undefined || stored === undefined) return undefined;
      if (isCrowded && !used.has(key)) create().add(key, bytes);
      if (!trace.holds(stored.looks)) return undefined;
      used.add(key);
      return stored.outcome;
    },
    keep: (key, outcome, looks) => {
      if (!isUnsure && !trace.isUnsure()) create().add(key, bytesOf({ outcome, looks }));
    },
    addShared: (looks, isDoubtful) => {
      isUnsure ||= isDoubtful;
      for (const [question, answer] of looks) shared.set(question, answer);
    },
    close: (isWhole) => {
      for (const segment of segments) segment.close();
      if (fresh === undefined) return undefined;
      if (isUnsure || trace.isUnsure() || !isWhole) fresh.abandon();
      else {
        for (const [question, answer] of trace.takeShared()) shared.set(question, answer);
        fresh.commit([...shared]);
        store.tidy();
      }
      return fresh.failure();
    },
  };
}

function looksOf(value: unknown): readonly Look[] {
  return Array.isArray(value) ? (value as readonly Look[]) : [];
}

function bytesOf({ outcome, looks }: Stored): Buffer {
  const all: string[] = [];
  const texts: (number | null)[] = [];
  const reports = outcome.reports.map((report) => ({
    ...report,
    parts: report.parts.map((part) => {
      const text = textIn(part);
      texts.push(text === undefined ? null : Buffer.byteLength(text));
      if (text === undefined) return part;
      all.push(text);
      return typeof part === 'string' ? '' : { ...(part as object), text: '' };
    }),
  }));
  const line: Line = { outcome: { ...outcome, reports }, looks, texts };
  return Buffer.from(`${JSON.stringify(line)}\n${all.join('')}`);
}

/** Most formats make one text of a file, or little more. */
function textIn(part: unknown): string | undefined {
  if (typeof part === 'string') return part;
  const { text } = (typeof part === 'object' && part !== null ? part : {}) as { text?: unknown };
  return typeof text === 'string' ? text : undefined;
}

function readStored(bytes: Buffer): Stored | undefined {
  try {
    let at = bytes.indexOf(10) + 1;
    const { outcome, looks, texts } = JSON.parse(bytes.toString('utf8', 0, at)) as Line;
    let next = 0;
    const reports = outcome.reports.map((report) => ({
      ...report,
      parts: report.parts.map((part) => {
        const length = texts[next++] ?? undefined;
        if (length === undefined) return part;
        const text = bytes.toString('utf8', at, at + length);
        at += length;
        return typeof part === 'string' ? text : { ...(part as object), text };
      }),
    }));
    return { outcome: { ...outcome, reports }, looks };
  } catch {
    return undefined;
  }
}
