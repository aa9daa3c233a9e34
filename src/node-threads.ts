/** Worker threads on Node: each runs the whole program and judges the files it is handed. */
import { Worker } from 'node:worker_threads';
import { tuneForThreads } from './node-tuning.ts';

/** MB, of which V8 keeps a third free to copy to: over these a thread collects so seldom that it hardly waits. */
const youngGeneration = 12;

/** What a thread is started with. */
export interface ThreadData {
  readonly argv: readonly string[];
  readonly isTerminal: boolean;
  readonly columns: number;
  /** Where results of earlier runs are, and in which context; keys of what it judged are wanted then. */
  readonly cache: { readonly folder: string; readonly context: string } | undefined;
  /** Where it writes the number of the file it is at, so that this is known should it die. */
  readonly at: SharedArrayBuffer;
}

export interface Thread {
  readonly send: (message: unknown) => void;
  /** The number of the file that it is at. */
  readonly at: () => number;
  readonly end: () => void;
}

export interface ThreadEvents {
  readonly received: (message: unknown) => void;
  /** It is gone, and why; never called after `end`. */
  readonly died: (reason: string) => void;
}

export type StartThread = (data: Omit<ThreadData, 'at'>, events: ThreadEvents) => Thread;

export function threadStarter(file: string, argv: readonly string[]): StartThread {
  return (data, { received, died }) => {
    const at = new SharedArrayBuffer(4);
    const numbers = new Int32Array(at);
    numbers[0] = -1;
    tuneForThreads();
    const worker = new Worker(file, {
      argv: [...argv],
      workerData: { ...data, at } satisfies ThreadData,
      resourceLimits: { maxYoungGenerationSizeMb: youngGeneration },
    });
    let isOver = false;
    const over = (reason: string) => {
      if (isOver) return;
      isOver = true;
      died(reason);
    };
    worker.on('message', received);
    worker.on('error', (error: Error) => over(error.message));
    worker.on('exit', (code) => over(`it ended with ${code}`));
    return {
      send: (message) => worker.postMessage(message),
      at: () => Atomics.load(numbers, 0),
      end: () => {
        isOver = true;
        void worker.terminate();
      },
    };
  };
}
