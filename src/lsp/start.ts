/** Starts the language server on a pair of streams, and ends it the way the protocol wants. */
// Not from vscode-languageserver/node: loaded, it watches the command line and may end the process by itself.
import { createConnection } from 'vscode-languageserver';
import {
  createProtocolConnection,
  type Logger,
  type ProtocolConnection,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { framedReader } from './framing.ts';
import { createGate } from './lifecycle.ts';
import { listen, type Parts } from './server.ts';

export interface ServerInput extends Parts {
  readonly input: NodeJS.ReadableStream & { readonly destroy: () => void };
  readonly output: NodeJS.WritableStream;
  /** Process of the client, where it is known before the first message. */
  readonly processId: number | null;
}

/** Milliseconds between looks at whether the client is still there. */
const heartbeat = 3000;

/** Settles with the exit code once the client has said exit, or is gone: 0 after a shutdown, 1 without. */
export function serve({ input, output, processId: starter, ...rest }: ServerInput): Promise<number> {
  return new Promise((done) => {
    let log: Logger | undefined;
    let timer: NodeJS.Timeout | undefined;
    const gate = createGate(
      (message) => void writer.write(message as unknown as Parameters<typeof writer.write>[0]).catch(() => undefined),
      (words) => log?.log(words),
    );
    let isOver = false;
    // A last resort: what nobody waited for must not end the server. It stays to the end of the process: answers that were on their way
    // when the client went away fail one after the other, and there is nobody to tell.
    process.on('unhandledRejection', (reason: unknown): void => {
      if (isOver) return;
      try {
        log?.error(`a bug of kconfig-lint, please report it: ${String((reason as Error)?.stack ?? reason)}`);
      } catch {
        end();
      }
    });
    const end = (): void => {
      if (isOver) return;
      isOver = true;
      clearInterval(timer);
      input.destroy();
      done(gate.isShutDown() ? 0 : 1);
    };
    const writer = new StreamMessageWriter(output);
    const reader = framedReader(input, gate);
    reader.onClose(end);
    reader.onError(end);
    // Whoever is not read from any more has no client.
    output.on('error', end);
    const connect = (logger: Logger): ProtocolConnection => {
      log = logger;
      return createProtocolConnection(reader, writer, logger);
    };
    const watch = (processId: number | null): void => {
      if (typeof processId !== 'number' || processId <= 0) return;
      clearInterval(timer);
      timer = setInterval(() => {
        if (!isAlive(processId)) end();
      }, heartbeat);
      timer.unref();
    };
    watch(starter);
    const watchDog = {
      shutdownReceived: false,
      initialize: ({ processId }: { processId: number | null }): void => watch(processId),
      exit: end,
    };
    const connection = createConnection(connect, watchDog);
    listen(connection, rest);
    connection.listen();
  });
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
}
