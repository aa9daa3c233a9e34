/** A real client of the language server: the library of VS Code over the standard streams of the bundle. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type ClientCapabilities,
  createProtocolConnection,
  type Diagnostic,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { root } from './corpus.ts';

export const bin = join(root, 'dist/kconfig-lint.cjs');

export interface Client {
  readonly connection: ProtocolConnection;
  readonly child: ChildProcess;
  readonly folder: string;
  readonly result: InitializeResult;
  readonly uri: (path: string) => string;
  /** Puts a file on disk. */
  readonly write: (path: string, text: string) => void;
  /** Opens a document and waits for what is said of it. */
  readonly open: (path: string, text: string, languageId?: string) => Promise<Diagnostic[]>;
  /** Replaces the whole text and waits. */
  readonly retype: (path: string, text: string) => Promise<Diagnostic[]>;
  /** What is said of a version of a document, as soon as it is. */
  readonly said: (uri: string, version: number) => Promise<PublishDiagnosticsParams>;
  /** The next thing that is said of a document, whatever its version. */
  readonly next: (uri: string) => Promise<PublishDiagnosticsParams>;
  readonly messages: string[];
  readonly request: <T>(method: string, params: object) => Promise<T>;
  readonly stop: () => Promise<number | null>;
}

export interface ClientOptions {
  readonly files?: Readonly<Record<string, string>>;
  readonly settings?: object;
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: object;
  readonly processId?: number | null;
  /** Folder to work in; without it a new one. */
  readonly folder?: string;
  readonly workspaceFolders?: readonly string[];
}

const usual: ClientCapabilities = {
  textDocument: {
    publishDiagnostics: { relatedInformation: true, codeDescriptionSupport: true, tagSupport: { valueSet: [1, 2] } },
    codeAction: {
      resolveSupport: { properties: ['edit'] },
      codeActionLiteralSupport: { codeActionKind: { valueSet: [] } },
    },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    hover: { contentFormat: ['markdown', 'plaintext'] },
  },
};

export async function startClient(options: ClientOptions = {}): Promise<Client> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'kconfig-lint-lsp-'));
  const uri = (path: string): string => (path.includes(':') ? path : pathToFileURL(join(folder, path)).href);
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const [path, text] of Object.entries(options.files ?? {})) write(path, text);
  const child = spawn(process.execPath, [bin, 'lsp', '--stdio'], { cwd: tmpdir(), stdio: ['pipe', 'pipe', 'inherit'] });
  const gone = new Promise<number | null>((resolve) => void child.on('exit', (code) => resolve(code)));
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const messages: string[] = [];
  const published: PublishDiagnosticsParams[] = [];
  const waiting: {
    wants: (params: PublishDiagnosticsParams) => boolean;
    resolve: (params: PublishDiagnosticsParams) => void;
  }[] = [];
  connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
    published.push(params);
    for (const each of waiting.splice(0)) {
      if (each.wants(params)) each.resolve(params);
      else waiting.push(each);
    }
  });
  const collect = ({ message }: { message: string }): void => void messages.push(message);
  connection.onNotification('window/logMessage', collect);
  connection.onNotification('window/showMessage', collect);
  connection.onRequest('workspace/configuration', ({ items }: { items: object[] }) =>
    items.map(() => options.settings ?? null),
  );
  connection.onRequest('client/registerCapability', () => null);
  connection.listen();
  const folders = (options.workspaceFolders ?? ['']).map((path) => ({ uri: uri(path), name: path }));
  const result = await connection.sendRequest<InitializeResult>('initialize', {
    processId: options.processId ?? null,
    rootUri: folders[0]?.uri ?? null,
    workspaceFolders: folders,
    capabilities: {
      ...usual,
      workspace: { configuration: options.settings !== undefined },
      ...options.capabilities,
    },
    initializationOptions: options.initializationOptions,
  });
  await connection.sendNotification('initialized', {});
  const waitFor = (wants: (params: PublishDiagnosticsParams) => boolean): Promise<PublishDiagnosticsParams> =>
    new Promise((resolve) => void waiting.push({ wants, resolve }));
  const said = (document: string, version: number): Promise<PublishDiagnosticsParams> => {
    const wants = (params: PublishDiagnosticsParams): boolean => params.uri === document && params.version === version;
    const known = published.find(wants);
    return known === undefined ? waitFor(wants) : Promise.resolve(known);
  };
  const versions = new Map<string, number>();
  return {
    connection,
    child,
    folder,
    result,
    uri,
    write,
    said,
    messages,
    next: (document) => waitFor((params) => params.uri === document),
    open: async (path, text, languageId = 'config') => {
      const document = uri(path);
      const version = (versions.get(document) ?? 0) + 1;
      versions.set(document, version);
      await connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri: document, languageId, version, text },
      });
      return (await said(document, version)).diagnostics;
    },
    retype: async (path, text) => {
      const document = uri(path);
      const version = (versions.get(document) ?? 0) + 1;
      versions.set(document, version);
      await connection.sendNotification('textDocument/didChange', {
        textDocument: { uri: document, version },
        contentChanges: [{ text }],
      });
      return (await said(document, version)).diagnostics;
    },
    request: (method, params) => connection.sendRequest(method, params),
    stop: async () => {
      if (child.exitCode === null) {
        await connection.sendRequest('shutdown');
        await connection.sendNotification('exit');
      }
      const code = await gone;
      connection.dispose();
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
      return code;
    },
  };
}
