/** A thread of a run with --jobs: opens the run as the first thread does, prints nothing, and judges the files it is handed. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Host } from '../host.ts';
import { openResultStore } from '../node-result-store.ts';
import type { ThreadData } from '../node-threads.ts';
import { type Handed, judgeData, type Made, type Returned } from './judge-data.ts';
import { openResultCache } from './result-cache.ts';
import type { Done, Services, Work } from './services.ts';
import { createTrace, type Trace } from './trace.ts';

/** Milliseconds; a message costs as much as a tenth of a small config, so files that take less than this come in one. */
const longestSilence = 20;

/** What a run is opened with in a thread. */
export interface OpenThread {
  readonly argv: readonly string[];
  readonly trace: Trace;
  readonly fleet: NonNullable<Services['fleet']>;
}

export function openThread(plain: Host): OpenThread {
  const data = workerData as ThreadData;
  // What there is to be said the first thread says.
  const trace = createTrace({
    ...plain,
    isTerminal: data.isTerminal,
    columns: data.columns,
    errorTerminal: undefined,
    write: () => true,
    writeError: () => undefined,
    outputFailure: () => undefined,
    openOutput: () => ({ write: () => true, commit: () => undefined }),
    ask: () => undefined,
  });
  return { argv: data.argv, trace, fleet: (work) => serve(work, trace, data, plain.env) };
}

function serve(work: Work, trace: Trace, { cache, at }: ThreadData, env: Host['env']): Done {
  const place = new Int32Array(at);
  const port = parentPort;
  if (port === null) return {};
  const store = cache === undefined ? undefined : openResultStore(cache.folder, env);
  const results =
    cache === undefined || store === undefined || typeof store === 'string'
      ? undefined
      : openResultCache(store, cache.context, trace, true);
  const judge = judgeData(work, trace, cache !== undefined, results?.find);
  trace.begin();
  return new Promise(() => {
    port.on('message', ({ paths, from }: Handed) => {
      let files: { number: number; outcomes: readonly Made[] }[] = [];
      let since = performance.now();
      const tell = () => {
        if (files.length === 0) return;
        port.postMessage({ files, shared: trace.takeShared(), isUnsure: trace.isUnsure() } satisfies Returned);
        files = [];
        since = performance.now();
      };
      for (const [i, path] of paths.entries()) {
        Atomics.store(place, 0, from + i);
        files.push({ number: from + i, outcomes: judge(path) });
        if (performance.now() - since > longestSilence) tell();
      }
      Atomics.store(place, 0, -1);
      tell();
    });
  });
}
