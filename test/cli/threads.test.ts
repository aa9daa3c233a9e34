/** Files over threads: their order, threads that die, readers that leave; with made threads that answer in any order. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/cli/file-report.ts';
import type { Handed, Made } from '../../src/cli/judge-data.ts';
import type { Work } from '../../src/cli/services.ts';
import { judgeTogether } from '../../src/cli/threads.ts';
import type { ThreadEvents } from '../../src/node-threads.ts';

const counts = { error: 0, warning: 0, info: 0, unknown: 0, notApplicable: 0 };
const reportOf = (path: string): readonly Made[] => [{ outcome: { reports: [{ counts, parts: [path] }] } }];

interface Play {
  readonly files: number;
  readonly jobs: number;
  /** Turns of the event loop that a file takes. */
  readonly turns: (number: number) => number;
  /** A thread dies over these. */
  readonly deadly?: ReadonlySet<number>;
  readonly stdin?: number;
  /** Nobody listens from here on. */
  readonly heard?: number;
}

async function play({ files, jobs, turns, deadly = new Set(), stdin, heard = files }: Play) {
  const paths = Array.from({ length: files }, (_, i) => (i === stdin ? '-' : `${i}.config`));
  const taken: string[] = [];
  const here: string[] = [];
  const ended = new Set<number>();
  let [started, most, open] = [0, 0, 0];
  const start = ({ received, died }: ThreadEvents) => {
    const id = started++;
    const queue: { number: number; path: string }[] = [];
    let [at, busy, dead] = [-1, false, false];
    const step = async () => {
      busy = true;
      for (let next = queue.shift(); next !== undefined && !dead; next = queue.shift()) {
        at = next.number;
        for (let i = turns(at); i >= 0; i--) await new Promise((resolve) => setImmediate(resolve));
        if (ended.has(id)) return;
        if (next.path === '-') throw new Error('standard input is of the first thread');
        if (deadly.has(at)) {
          dead = true;
          died('out of memory');
        } else {
          open++;
          most = Math.max(most, open);
          received({ files: [{ number: at, outcomes: reportOf(next.path) }], shared: [], isUnsure: false });
        }
      }
      busy = false;
    };
    return {
      at: () => at,
      end: () => void ended.add(id),
      send: (message: unknown) => {
        const { paths: own, from } = message as Handed;
        for (const [i, path] of own.entries()) queue.push({ number: from + i, path });
        if (!busy) void step();
      },
    };
  };
  const take = (outcome: Exclude<Outcome, { stop: unknown }>): boolean => {
    open--;
    taken.push(
      'failure' in outcome ? `${outcome.failure.path} ${outcome.failure.code}` : String(outcome.reports[0]?.parts[0]),
    );
    return taken.length < heard;
  };
  const work = { paths, take, project: undefined } as unknown as Work;
  const judge = (path: string) => {
    here.push(path);
    return reportOf(path);
  };
  const end = await judgeTogether({ work, from: 0, jobs, judge, cache: undefined, start, turn: 0 });
  return { end, paths, taken, here, started, most, ended };
}

describe('files over threads', () => {
  it('come out in their order, whichever is done first', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 120 }),
        fc.integer({ min: 2, max: 5 }),
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1 }),
        async (files, jobs, times) => {
          const { taken, paths } = await play({ files, jobs, turns: (i) => times[i % times.length] as number });
          expect(taken).toEqual(paths);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('are not judged far ahead of one that takes long', async () => {
    const { most, taken } = await play({ files: 2000, jobs: 2, turns: (i) => (i === 1 ? 1000 : 0) });
    expect(taken).toHaveLength(2000);
    expect(most).toBeLessThanOrEqual(64 * 2);
  });

  it('are named where a thread dies over them, and the others are judged', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 0, max: 59 }), { maxLength: 12 }), async (numbers) => {
        const deadly = new Set(numbers);
        const { taken, paths, here } = await play({ files: 60, jobs: 3, turns: (i) => i % 2, deadly });
        // Those that the first thread came to are judged there.
        const wanted = paths.map((path, i) => (deadly.has(i) && !here.includes(path) ? `${path} internal` : path));
        expect(taken).toEqual(wanted);
      }),
      { numRuns: 20 },
    );
  });

  it('are all judged by the first thread where each of the others dies', async () => {
    const every = new Set(Array.from({ length: 400 }, (_, i) => i));
    const { taken, started } = await play({ files: 400, jobs: 4, turns: () => 0, deadly: every });
    expect(taken).toHaveLength(400);
    expect(started).toBeLessThan(20);
    expect(taken.filter((text) => text.endsWith('internal')).length).toBeLessThan(20);
  });

  it('never hand standard input to another thread', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 39 }), fc.integer({ min: 0, max: 3 }), async (stdin, slow) => {
        const { taken, paths, here } = await play({ files: 40, jobs: 3, turns: (i) => (i % 4 < slow ? 0 : 2), stdin });
        expect(taken).toEqual(paths);
        expect(here).toContain('-');
      }),
      { numRuns: 60 },
    );
  });

  it('are not left to one thread at the end while the others have nothing to do', async () => {
    // Each file takes the first thread as long as the others, which are told of theirs ahead.
    for (const files of [8, 40, 400]) {
      const { here } = await play({ files, jobs: 2, turns: () => 0 });
      expect(here.length).toBeGreaterThan(files / 4);
      expect(here.at(-1)).toBe(`${files - 1}.config`);
    }
  });

  it('stop when nobody listens any more', async () => {
    const { taken, ended, started } = await play({ files: 500, jobs: 3, turns: () => 1, heard: 10 });
    expect(taken).toHaveLength(10);
    expect(ended.size).toBe(started);
  });
});
