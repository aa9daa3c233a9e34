/** A thread of a run with --jobs: opens the run as the first thread does, prints nothing, and judges the files it is handed. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { Host } from '../host.ts';
import { createNodeHost } from '../node-host.ts';
import { openResultStore } from '../node-result-store.ts';
import type { ThreadData } from '../node-threads.ts';
import { type Handed, judgeData, type Returned } from './judge-data.ts';
import { openResultCache } from './result-cache.ts';
import type { Done, Work } from './services.ts';
import { createTrace } from './trace.ts';

const { argv, isTerminal, columns, cache, at } = workerData as ThreadData;
const place = new Int32Array(at);
const plain = createNodeHost(
  __dirname,
  () => createRequire(__filename)('./artifacts.cjs') as typeof import('./artifacts.ts'),
);
/** What there is to be said the first thread says. */
const silent: Host = {
  ...plain,
  isTerminal,
  columns,
  errorTerminal: undefined,
  write: () => true,
  writeError: () => undefined,
  outputFailure: () => undefined,
  openOutput: () => ({ write: () => true, commit: () => undefined }),
  ask: () => undefined,
};
const trace = createTrace(silent);

function serve(work: Work): Done {
  const port = parentPort;
  if (port === null) return {};
  const store = cache === undefined ? undefined : openResultStore(cache.folder, plain.env);
  const results =
    cache === undefined || store === undefined || typeof store === 'string'
      ? undefined
      : openResultCache(store, cache.context, trace, true);
  const judge = judgeData(work, trace, cache !== undefined, results?.find);
  trace.begin();
  return new Promise(() => {
    port.on('message', ({ paths, from }: Handed) => {
      for (const [i, path] of paths.entries()) {
        Atomics.store(place, 0, from + i);
        const outcomes = judge(path);
        const [shared, isUnsure] = [trace.takeShared(), trace.isUnsure()];
        port.postMessage({ number: from + i, outcomes, shared, isUnsure } satisfies Returned);
      }
      Atomics.store(place, 0, -1);
    });
  });
}

void import('./run.ts').then(({ run, createKernelHost }) =>
  run(argv, trace.host, trace.kernel(createKernelHost(join(__dirname, '../models'))), { fleet: serve, trace }),
);
