/** The language server: which message is answered by what. */
import {
  type Connection,
  FileChangeType,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import type { Host } from '../host.ts';
import type { Machine } from './assembly.ts';
import { changeDocument, type OpenDocument, openDocument, pathOfUri, savedDocument } from './documents.ts';
import { answerFeatures, featureCapabilities } from './features.ts';
import { chooseEncoding, type PositionEncoding } from './positions.ts';
import { createPublisher, type Publisher } from './publisher.ts';
import { createSession, type Session } from './session.ts';
import { readSettings, section } from './settings.ts';

/** What the client can do, as far as it matters here. */
export interface ClientFacts {
  readonly encoding: PositionEncoding;
  readonly related: boolean;
  readonly tags: boolean;
  readonly links: boolean;
  readonly asksSettings: boolean;
  readonly watches: boolean;
  readonly resolvesActions: boolean;
  readonly nestedSymbols: boolean;
  readonly markdown: boolean;
  readonly folders: boolean;
  /** It knows commands of VS Code. */
  readonly isVsCode: boolean;
}

/** What the server is made of. */
export interface Parts extends Machine {
  readonly rules: string;
  readonly version: string;
}

export function listen(connection: Connection, { host, kernel, git, rules, version }: Parts): void {
  const session = createSession({ host, kernel, git });
  let client: ClientFacts = factsOf({ processId: null, rootUri: null, capabilities: {} });
  let publisher: Publisher | undefined;
  connection.onInitialize((params): InitializeResult => {
    client = factsOf(params);
    session.folders.push(...foldersOf(params));
    session.fallback = readSettings(params.initializationOptions?.[section] ?? params.initializationOptions);
    publisher = createPublisher(connection, session, client);
    answerFeatures({ connection, session, client, kernel, rules });
    return {
      capabilities: {
        positionEncoding: client.encoding,
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
        ...featureCapabilities,
      },
      serverInfo: { name: 'kconfig-lint', version },
    };
  });
  connection.onInitialized(() => {
    if (client.watches) void watchFiles(connection);
    if (client.folders)
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map(({ uri }) => pathOfUri(uri)));
        const left = session.folders.filter((folder) => !gone.has(folder));
        session.folders.splice(0, session.folders.length, ...left, ...pathsOf(added));
        publisher?.again();
      });
  });
  keepDocuments(connection, session, host, () => ({ client, publisher }));
  connection.onDidChangeConfiguration(({ settings }) => {
    session.settings.clear();
    const own = (settings as Record<string, unknown> | null | undefined)?.[section];
    if (!client.asksSettings && own !== undefined) session.fallback = readSettings(own);
    publisher?.again();
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    // What was read is looked at again anyway; only files that come or go, and those of kernel trees, are not noticed so.
    const isDeep = changes.some(({ type, uri }) => type !== FileChangeType.Changed || /\/Kconfig[^/]*$/.test(uri));
    if (isDeep) publisher?.again();
    else publisher?.saved();
  });
}

type State = () => { readonly client: ClientFacts; readonly publisher: Publisher | undefined };

function keepDocuments(connection: Connection, session: Session, host: Host, state: State): void {
  const { documents } = session;
  const put = (open: OpenDocument): void => void documents.set(open.uri, open);
  connection.onDidOpenTextDocument(({ textDocument }) => {
    const { client, publisher } = state();
    put(openDocument(textDocument, client.encoding, host));
    publisher?.opened(textDocument.uri);
  });
  connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
    const { client, publisher } = state();
    const known = documents.get(textDocument.uri);
    if (known === undefined) return;
    put(changeDocument(known, textDocument.version ?? known.version, contentChanges, client.encoding));
    publisher?.changed(textDocument.uri);
  });
  connection.onDidSaveTextDocument(({ textDocument }) => {
    const { client, publisher } = state();
    const known = documents.get(textDocument.uri);
    if (known !== undefined) put(savedDocument(known, client.encoding, host));
    publisher?.saved();
  });
  connection.onDidCloseTextDocument(({ textDocument }) => {
    session.drop(textDocument.uri);
    state().publisher?.closed(textDocument.uri);
  });
}

async function watchFiles(connection: Connection): Promise<void> {
  const patterns = [
    '**/.kconfig-lint.yaml',
    '**/*.{yaml,yml}',
    '**/*.{config,kmodel,fragment}',
    '**/*defconfig',
    '**/Kconfig*',
  ];
  try {
    await connection.sendRequest('client/registerCapability', {
      registrations: [
        {
          id: 'kconfig-lint-files',
          method: 'workspace/didChangeWatchedFiles',
          registerOptions: { watchers: patterns.map((globPattern) => ({ globPattern })) },
        },
      ],
    });
  } catch {
    // Without it files are looked at when a document is judged.
  }
}

function factsOf({ capabilities, clientInfo }: InitializeParams): ClientFacts {
  const { general, textDocument, workspace } = capabilities;
  const published = textDocument?.publishDiagnostics;
  const resolves = textDocument?.codeAction?.resolveSupport?.properties ?? [];
  return {
    encoding: chooseEncoding(general?.positionEncodings),
    related: published?.relatedInformation === true,
    tags: published?.tagSupport !== undefined,
    links: published?.codeDescriptionSupport === true,
    asksSettings: workspace?.configuration === true,
    watches: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    resolvesActions: resolves.includes('edit'),
    nestedSymbols: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    markdown: textDocument?.hover?.contentFormat?.includes('markdown') !== false,
    folders: workspace?.workspaceFolders === true,
    isVsCode: /visual studio code|vscodium/i.test(clientInfo?.name ?? ''),
  };
}

function foldersOf({ workspaceFolders, rootUri }: InitializeParams): string[] {
  if (workspaceFolders !== undefined && workspaceFolders !== null && workspaceFolders.length > 0)
    return pathsOf(workspaceFolders);
  return rootUri === null || rootUri === undefined ? [] : pathsOf([{ uri: rootUri }]);
}

function pathsOf(folders: readonly { readonly uri: string }[]): string[] {
  return folders.map(({ uri }) => pathOfUri(uri)).filter((path) => path !== undefined);
}
