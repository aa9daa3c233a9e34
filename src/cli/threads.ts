/** Spreads files over threads, of which the first one is one, and takes what they come to in the order of the files. */
import type { Thread, ThreadEvents } from '../node-threads.ts';
import { takeAll } from './fleet.ts';
import { broken, type Handed, type Made, type Returned } from './judge-data.ts';
import type { ResultCache } from './result-cache.ts';
import type { Done, Work } from './services.ts';

export interface Together {
  readonly work: Work;
  /** The number of the first file that is not judged yet. */
  readonly from: number;
  readonly jobs: number;
  /** Judges in this thread. */
  readonly judge: (path: string) => readonly Made[];
  readonly cache: ResultCache | undefined;
  readonly start: (events: ThreadEvents) => Thread;
  /** Milliseconds that this thread judges on before it looks at what has arrived. */
  readonly turn?: number;
}

/** Files in one message, and messages that wait for a thread at most. */
const mostHanded = 16;
const mostWaiting = 2;
/** For each thread so many files may be done before those in front of them are. */
const mostAhead = 64;
/** A thread that died is replaced; where one file after the other kills one, nobody should wait for that. */
const mostDeaths = 8;

/** A file that is judged, and whether another thread did it. */
interface Ready {
  readonly outcomes: readonly Made[];
  readonly isElsewhere: boolean;
}

interface Hand {
  readonly thread: Thread;
  /** Numbers of the files it was handed and has not returned. */
  readonly files: Set<number>;
}

export async function judgeTogether({
  work,
  from,
  jobs,
  judge,
  cache,
  start,
  turn = 4,
}: Together): Promise<Awaited<Done>> {
  const { paths, project } = work;
  const ready = new Map<number, Ready>();
  const hands = new Set<Hand>();
  /** Files of threads that died, to be judged by another one. */
  const again: number[] = [];
  let [next, printed, deaths] = [from, from, 0];
  let wake: () => void = () => undefined;
  let looked = performance.now();
  const isOpen = () => next < printed + mostAhead * jobs;
  const takeNumbers = (most: number, isElsewhere: boolean): number[] => {
    // One message holds files that follow each other.
    const taken = again.splice(0, 1);
    if (taken.length > 0) return taken;
    for (; taken.length < most && next < paths.length && isOpen(); next++) {
      if (paths[next] === '-' && isElsewhere) break;
      taken.push(next);
    }
    return taken;
  };
  const feed = (hand: Hand) => {
    for (;;) {
      // Towards the end it holds less and less, so that no thread waits for what lies before another one.
      const share = Math.ceil((paths.length - next) / (jobs * 2));
      const room = Math.min(mostHanded * mostWaiting, share) - hand.files.size;
      const numbers = room > 0 ? takeNumbers(Math.min(mostHanded, room), true) : [];
      if (numbers.length === 0) return;
      for (const number of numbers) hand.files.add(number);
      const first = numbers[0] as number;
      hand.thread.send({ paths: numbers.map((number) => paths[number] as string), from: first } satisfies Handed);
    }
  };
  const hire = () => {
    const hand: Hand = {
      files: new Set(),
      thread: start({
        received: (message) => {
          const { files, shared, isUnsure } = message as Returned;
          // What a thread said last may come in after its end; its files are somebody else's by then.
          if (!hands.has(hand)) return;
          for (const { number, outcomes } of files) {
            hand.files.delete(number);
            ready.set(number, { outcomes, isElsewhere: true });
          }
          cache?.addShared(shared, isUnsure);
          feed(hand);
          wake();
        },
        died: (reason) => {
          hands.delete(hand);
          const at = hand.thread.at();
          if (hand.files.delete(at))
            ready.set(at, { outcomes: [{ outcome: broken(paths[at] as string, reason) }], isElsewhere: true });
          again.push(...[...hand.files].sort((a, b) => a - b));
          if (deaths++ < mostDeaths && at >= 0) hire();
          wake();
        },
      }),
    };
    hands.add(hand);
    feed(hand);
  };
  const leave = (end: Awaited<Done>): Awaited<Done> => {
    for (const { thread } of hands) thread.end();
    return end;
  };
  for (let i = 1; i < jobs; i++) hire();
  while (printed < paths.length) {
    for (let made = ready.get(printed); made !== undefined; made = ready.get(printed)) {
      ready.delete(printed);
      for (const { outcome } of made.isElsewhere ? made.outcomes : [])
        if ('reports' in outcome && outcome.effects !== undefined)
          project?.repeat(outcome.effects, paths[printed] as string);
      const end = takeAll(made.outcomes, work, cache);
      if (end !== undefined) return leave(end);
      printed++;
    }
    const [number] = takeNumbers(1, false);
    if (number !== undefined) {
      ready.set(number, { outcomes: judge(paths[number] as string), isElsewhere: false });
      if (performance.now() - looked >= turn) {
        await new Promise((resolve) => setImmediate(resolve));
        looked = performance.now();
      }
    } else if (printed < paths.length && !ready.has(printed)) await new Promise<void>((resolve) => (wake = resolve));
    for (const hand of hands) feed(hand);
  }
  return leave({});
}
