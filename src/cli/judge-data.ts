/** Judges the configs at a path and gives plain data of each, with all that a cache wants to know of it. */
import { Exit } from '../host.ts';
import type { SourceText } from '../source.ts';
import { type Outcome, toData } from './file-report.ts';
import { type Kept, keyOf } from './result-cache.ts';
import type { Work } from './services.ts';
import type { Look, Trace } from './trace.ts';

/** Files that a thread is to judge, and the number of the first of them. */
export interface Handed {
  readonly paths: readonly string[];
  readonly from: number;
}

/** What some of them came to. */
export interface Returned {
  readonly files: readonly { readonly number: number; readonly outcomes: readonly Made[] }[];
  readonly shared: readonly Look[];
  readonly isUnsure: boolean;
}

export interface Made {
  readonly outcome: Outcome;
  /** Of what can be kept: its key, and what was looked at for it. */
  readonly key?: string | undefined;
  readonly looks?: readonly Look[];
}

/** Of a text that was found in a cache. */
interface Found {
  readonly found: Kept;
}

/** A fault of this program stops one file, and is said of that file. */
export function judgeData(
  { judging, outputs, project }: Work,
  trace: Trace | undefined,
  withKeys: boolean,
  find: (source: SourceText) => Kept | undefined = () => undefined,
): (path: string) => readonly Made[] {
  const data = toData(outputs);
  const recall = (source: SourceText): Found | undefined => {
    const found = find(source);
    return found === undefined ? undefined : { found };
  };
  return (path) => {
    const made: Made[] = [];
    trace?.about(path);
    for (const judged of judging(path, recall)) {
      if ('found' in judged) {
        if (judged.found.effects !== undefined) project?.repeat(judged.found.effects, path);
        made.push({ outcome: judged.found });
      } else if ('reports' in judged) {
        const outcome = {
          reports: judged.reports.map((report) => data?.(report) as never),
          effects: project?.effects(),
        };
        const key = withKeys ? { key: keyOf(judged.source, () => trace?.plain.today() ?? '') } : {};
        made.push({ outcome, ...key, looks: trace?.takeOwn() ?? [] });
      } else if (!('unwritten' in judged)) made.push({ outcome: judged });
    }
    trace?.about(undefined);
    return made;
  };
}

/** Said of a file whose thread died, or that this program could not cope with. */
export function broken(path: string, reason: string): Outcome {
  return {
    failure: {
      path,
      code: 'internal',
      message: `the thread that judged it is gone: ${reason}`,
      help: `this is a bug (exit code ${Exit.internal}); please report it, and if you may, the file; --jobs 1 judges without other threads`,
    },
  };
}
