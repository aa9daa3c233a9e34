/** Notes what a run reads besides its inputs, so that a later run can tell whether all of it is as it was. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Host, hostWith, type KernelHost, type ReadError } from '../host.ts';
import type { SourceText } from '../source.ts';

/** One look at something: what was asked, and a digest of the answer. */
export type Look = readonly [question: string, answer: string];

export interface Trace {
  /** Everything that is asked of these is noted. */
  readonly host: Host;
  readonly kernel: (kernel: KernelHost) => KernelHost;
  readonly glob: (glob: (pattern: string) => readonly string[]) => (pattern: string) => readonly string[];
  /** Reads without a note: for the inputs, which are told apart by what is in them. */
  readonly plain: Host;
  /** From here on notes are of the inputs that are judged; what was read before is read by every run. */
  readonly begin: () => void;
  /** What was read before, with the dates that it names. */
  readonly before: () => readonly Look[];
  readonly dates: () => readonly string[];
  /** Which input is looked at; what is asked of its own path holds for it alone. */
  readonly about: (path: string | undefined) => void;
  /** Notes since the last call: of the input, and of all. */
  readonly takeOwn: () => readonly Look[];
  readonly takeShared: () => readonly Look[];
  /** Something was asked whose answer cannot be held against a later one. */
  readonly isUnsure: () => boolean;
  /** True where all is as it was. */
  readonly holds: (looks: readonly Look[]) => boolean;
}

export function digestOf(...pieces: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const piece of pieces) {
    const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
    // With its length before it no piece can pass for a part of its neighbour.
    hash.update(`${bytes.length} `).update(bytes);
  }
  return hash.digest('hex');
}

/** The same for sources that say the same. */
export function digestOfSource({ path, container, encoding, codes }: SourceText): string {
  const bytes = new Uint8Array(codes.buffer, codes.byteOffset, codes.byteLength);
  return digestOf(path, container ?? '', encoding, String(codes.BYTES_PER_ELEMENT), bytes);
}

function digestOfRead(read: SourceText | ReadError): string {
  return 'codes' in read ? digestOfSource(read) : digestOf(JSON.stringify(read));
}

const digestOfAnswer = (answer: unknown): string => digestOf(JSON.stringify(answer) ?? 'undefined');

function digestOfFile(path: string): string {
  try {
    return digestOf(readFileSync(path));
  } catch (error) {
    return String((error as { code?: string }).code);
  }
}

const date = /\b\d{4}-\d\d-\d\d\b/g;

export function createTrace(plain: Host): Trace {
  const early: Look[] = [];
  const dates = new Set<string>();
  let shared = new Map<string, string>();
  let own = new Map<string, string>();
  let [hasBegun, isUnsure] = [false, false];
  let current: string | undefined;
  let globbing: ((pattern: string) => readonly string[]) | undefined;
  const note = (question: readonly unknown[], answer: string) => {
    const key = JSON.stringify(question);
    if (!hasBegun) early.push([key, answer]);
    // What is read is often kept for later files, which then do not ask again.
    else (question[1] === current && question[0] !== 'readSource' ? own : shared).set(key, answer);
  };
  const noted =
    <Args extends readonly unknown[], Answer>(name: string, ask: (...args: Args) => Answer) =>
    (...args: Args): Answer => {
      const answer = ask(...args);
      // Which inputs there are is asked anew by every run.
      if (hasBegun) note([name, ...args], digestOfAnswer(answer));
      return answer;
    };
  const host = hostWith(plain, {
    readSource: (path, options) => {
      const read = plain.readSource(path, options);
      note(['readSource', path, options], digestOfRead(read));
      if (!hasBegun && 'codes' in read) for (const [day] of read.text.matchAll(date)) dates.add(day);
      return read;
    },
    pathKind: noted('pathKind', plain.pathKind),
    linkKind: noted('linkKind', plain.linkKind),
    list: noted('list', plain.list),
    realPath: noted('realPath', plain.realPath),
    sameFile: noted('sameFile', plain.sameFile),
  });
  const answerNow = ([name, path, options]: [string, string, unknown]): string => {
    switch (name) {
      case 'readSource':
        return digestOfRead(plain.readSource(path, { ...(options as Parameters<Host['readSource']>[1]), keep: true }));
      case 'readModel':
        return digestOfFile(path);
      case 'glob':
        return globbing === undefined ? '' : digestOfAnswer(globbing(path));
      case 'sameFile':
        return digestOfAnswer(plain.sameFile(path, options as string));
      default:
        return digestOfAnswer(plain[name as 'pathKind' | 'linkKind' | 'list' | 'realPath'](path));
    }
  };
  const take = (notes: Map<string, string>): readonly Look[] => [...notes];
  return {
    host,
    plain,
    kernel: (kernel) => ({
      ...kernel,
      readModel: (path) => {
        note(['readModel', path], digestOfFile(path));
        return kernel.readModel(path);
      },
      openTree: (folder) => {
        isUnsure = true;
        return kernel.openTree(folder);
      },
    }),
    glob: (glob) => {
      globbing = glob;
      return noted('glob', glob);
    },
    begin: () => {
      hasBegun = true;
    },
    before: () => early,
    dates: () => [...dates].sort(),
    about: (path) => {
      current = path;
    },
    takeOwn: () => {
      const taken = take(own);
      own = new Map();
      return taken;
    },
    takeShared: () => {
      const taken = take(shared);
      shared = new Map();
      return taken;
    },
    isUnsure: () => isUnsure,
    holds: (looks) => {
      try {
        return looks.every(([question, answer]) => answerNow(JSON.parse(question)) === answer);
      } catch {
        return false;
      }
    },
  };
}
