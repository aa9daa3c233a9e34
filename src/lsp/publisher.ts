/** Judges documents when their author pauses, and publishes what was found with the version that it was found in. */
import { resolve } from 'node:path';
import { type Connection, MessageType } from 'vscode-languageserver';
import { diagnosticsOf, uriOfPath } from './diagnostics.ts';
import type { OpenDocument } from './documents.ts';
import type { ClientFacts } from './server.ts';
import type { Session } from './session.ts';
import { readSettings, section } from './settings.ts';

export interface Publisher {
  readonly opened: (uri: string) => void;
  readonly changed: (uri: string) => void;
  /** Some file was: those that were made of it are judged again. */
  readonly saved: () => void;
  readonly closed: (uri: string) => void;
  /** Settings or files are others now: everything is judged again. */
  readonly again: () => void;
}

/** Milliseconds that a document which takes long to judge is left alone at most. */
const longestPause = 1500;

export function createPublisher(connection: Connection, session: Session, client: ClientFacts): Publisher {
  const timers = new Map<string, NodeJS.Timeout>();
  const told = new Set<string>();
  const settle = async (uri: string): Promise<void> => {
    if (!client.asksSettings || session.settings.has(uri)) return;
    let given: unknown;
    try {
      given = await connection.workspace.getConfiguration({ scopeUri: uri, section });
    } catch {
      given = undefined;
    }
    if (!session.documents.has(uri)) return;
    session.settings.set(uri, given === undefined || given === null ? session.fallback : readSettings(given));
  };
  const publish = async (uri: string): Promise<void> => {
    await settle(uri);
    const open = session.documents.get(uri);
    // A newer version waits for its own turn.
    if (open === undefined || timers.has(uri)) return;
    for (const fault of session.settingsFor(uri).faults) tell(fault);
    await connection.sendDiagnostics({ uri, version: open.version, diagnostics: diagnose(open) });
  };
  const tell = (fault: string): void => {
    if (told.has(fault)) return;
    told.add(fault);
    show(connection, MessageType.Warning, fault);
  };
  const diagnose = (open: OpenDocument) => {
    const judged = session.judgedFor(open);
    const { folder } = session.assemblyFor(open);
    return diagnosticsOf(judged, open, client, (path) => uriOfPath(resolve(folder, path)));
  };
  const schedule = (uri: string, delay: number): void => {
    clearTimeout(timers.get(uri));
    const timer = setTimeout(() => {
      timers.delete(uri);
      publish(uri).catch((error: unknown) => fail(uri, error));
    }, delay);
    timer.unref();
    timers.set(uri, timer);
  };
  const fail = (uri: string, error: unknown): void => {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    connection.console.error(
      `${uri} could not be checked, which is a bug of kconfig-lint. Please report it with these lines:\n${words}`,
    );
  };
  const stop = (uri: string): void => {
    clearTimeout(timers.get(uri));
    timers.delete(uri);
  };
  return {
    opened: (uri) => schedule(uri, 0),
    changed: (uri) => {
      const pause = Math.min(2 * session.costOf(uri), longestPause);
      schedule(uri, Math.max(session.settingsFor(uri).delay, pause));
    },
    saved: () => {
      for (const uri of session.documents.keys()) schedule(uri, 0);
    },
    closed: (uri) => {
      stop(uri);
      connection.sendDiagnostics({ uri, diagnostics: [] }).catch(() => undefined);
    },
    again: () => {
      session.forget();
      for (const uri of session.documents.keys()) schedule(uri, 0);
    },
  };
}

/** Shows a message to the user. Not as the library does, which makes a request of it that clients may refuse. */
export function show(connection: Connection, type: MessageType, message: string): void {
  connection
    .sendNotification('window/showMessage', { type, message: `kconfig-lint: ${message}` })
    .catch(() => undefined);
}
