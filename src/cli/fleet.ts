/** Many files: what was judged before comes from the cache, and the rest is spread over threads where that pays. */
import { availableParallelism } from 'node:os';
import type { Host } from '../host.ts';
import { visible } from '../invisible.ts';
import { openResultStore, userCacheFolder } from '../node-result-store.ts';
import { type StartThread, threadStarter } from '../node-threads.ts';
import { toData } from './file-report.ts';
import { judgeData, type Made } from './judge-data.ts';
import { flagOption, type RawOptions, textOption } from './options.ts';
import { contextOf, openResultCache, programDigest, type ResultCache } from './result-cache.ts';
import type { Done, Services, Work } from './services.ts';
import { threadWord } from './thread-word.ts';
import { judgeTogether } from './threads.ts';
import type { Trace } from './trace.ts';

export { openThread } from './thread.ts';
export { createTrace } from './trace.ts';

/** Milliseconds: what the first files tell nothing before, and what must be left for threads to pay, each of which has its own code to warm up. */
const warmUp = 150;
const worthwhile = 4000;
/** More threads than this only wait for each other. */
export const mostJobs = 64;

export interface FleetInput {
  readonly argv: readonly string[];
  readonly host: Host;
  readonly trace: Trace | undefined;
  /** The folder of the program. */
  readonly program: string;
  readonly startThread?: StartThread;
  readonly cores?: number;
  readonly now?: () => number;
}

/** True where a cache is asked for. */
export function wantsCache(raw: RawOptions): boolean {
  return !flagOption(raw, 'no-cache') && (flagOption(raw, 'cache') || textOption(raw, 'cache-dir') !== undefined);
}

/** Options with which a file is changed, or judged by what is in git: nothing of that is kept or spread. */
const binding = ['fix', 'watch', 'since', 'config-ref', 'update-baseline', 'prune-baseline'];

export function createFleet(input: FleetInput): NonNullable<Services['fleet']> {
  const { host, trace, now = () => performance.now() } = input;
  return (work) => {
    const { raw, paths, outputs, project } = work;
    if (toData(outputs) === undefined || binding.some((name) => raw[name] !== undefined && raw[name] !== false)) return;
    if (project?.isBound === true) return;
    const jobs = jobsOf(raw, paths.length, input.cores ?? availableParallelism());
    const cache = trace === undefined || !wantsCache(raw) ? undefined : openCache(work, trace, input);
    if (cache === undefined && jobs.most === 1) return;
    trace?.begin();
    const judge = judgeData(work, trace, cache !== undefined, cache?.results.find);
    const start = now();
    for (const [i, path] of paths.entries()) {
      const isLong = now() - start > warmUp && ((now() - start) / i) * (paths.length - i) > worthwhile;
      if (jobs.most > 1 && (!jobs.isAuto || isLong)) return together(work, i, jobs.most, judge, cache, input);
      const end = takeAll(judge(path), work, cache?.results);
      if (end !== undefined) return close(end, cache, host);
    }
    return close({}, cache, host);
  };
}

/** Prints and keeps what a path came to; defined where the run is over with it. */
export function takeAll(made: readonly Made[], work: Work, cache: ResultCache | undefined): Awaited<Done> | undefined {
  for (const { outcome, key, looks = [] } of made) {
    if ('stop' in outcome) return outcome;
    if (key !== undefined && 'reports' in outcome) cache?.keep(key, outcome, looks);
    if (!work.take(outcome)) return {};
  }
  return undefined;
}

async function together(
  work: Work,
  from: number,
  jobs: number,
  judge: (path: string) => readonly Made[],
  cache: OpenCache | undefined,
  input: FleetInput,
): Promise<Awaited<Done>> {
  const { argv, host, program, startThread = threadStarter(`${program}/kconfig-lint.cjs`, [threadWord]) } = input;
  const place = cache === undefined ? undefined : { folder: cache.folder, context: cache.context };
  const data = { argv, isTerminal: host.isTerminal, columns: host.columns, cache: place };
  const shared = { work, from, jobs, judge, cache: cache?.results };
  const end = await judgeTogether({ ...shared, start: (events) => startThread(data, events) });
  return close(end, cache, host);
}

function close(end: Awaited<Done>, cache: OpenCache | undefined, host: Host): Awaited<Done> {
  const failure = cache?.results.close(end.stop === undefined);
  if (failure !== undefined) host.writeError(`kconfig-lint: the cache was not written: ${visible(failure)}\n`);
  return end;
}

/** Standard input is one file, and few files are done before a thread has started. */
function jobsOf(raw: RawOptions, files: number, cores: number): { readonly most: number; readonly isAuto: boolean } {
  const choice = textOption(raw, 'jobs') ?? 'auto';
  const isAuto = choice === 'auto';
  return { most: Math.min(isAuto ? cores : Number(choice), files, mostJobs), isAuto };
}

interface OpenCache {
  readonly folder: string;
  readonly context: string;
  readonly results: ResultCache;
}

function openCache({ raw, outputs }: Work, trace: Trace, { host, program }: FleetInput): OpenCache | undefined {
  const folder = textOption(raw, 'cache-dir') ?? userCacheFolder(host.env);
  const opened =
    folder === undefined
      ? 'there is no home folder; name one with --cache-dir'
      : cacheIn(folder, contextOf(raw, outputs, trace, programDigest(program)), trace, host.env);
  if (typeof opened !== 'string') return opened;
  host.writeError(`kconfig-lint: this run has no cache: ${visible(opened)}\n`);
  return undefined;
}

function cacheIn(folder: string, context: string, trace: Trace, env: Host['env']): OpenCache | string {
  const store = openResultStore(folder, env);
  return typeof store === 'string' ? store : { folder, context, results: openResultCache(store, context, trace) };
}
