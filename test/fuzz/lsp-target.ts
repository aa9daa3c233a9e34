/** The language server as a fuzz target: its handlers behind a connection that goes nowhere, so that each message is answered at once. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Connection, ResponseError } from 'vscode-languageserver';
import { listen } from '../../src/lsp/server.ts';
import { createGitHost } from '../../src/node-git-host.ts';
import { createNodeHost } from '../../src/node-host.ts';
import { createKernelHost } from '../../src/node-kernel-host.ts';

type Handler = (params: unknown, token: unknown) => unknown;

const handlerOf: Readonly<Record<string, string>> = {
  'textDocument/didOpen': 'onDidOpenTextDocument',
  'textDocument/didChange': 'onDidChangeTextDocument',
  'textDocument/didSave': 'onDidSaveTextDocument',
  'textDocument/didClose': 'onDidCloseTextDocument',
  'textDocument/hover': 'onHover',
  'textDocument/completion': 'onCompletion',
  'completionItem/resolve': 'onCompletionResolve',
  'textDocument/definition': 'onDefinition',
  'textDocument/implementation': 'onImplementation',
  'textDocument/references': 'onReferences',
  'textDocument/documentHighlight': 'onDocumentHighlight',
  'textDocument/documentSymbol': 'onDocumentSymbol',
  'textDocument/foldingRange': 'onFoldingRanges',
  'textDocument/codeAction': 'onCodeAction',
  'textDocument/prepareRename': 'onPrepareRename',
  'workspace/didChangeConfiguration': 'onDidChangeConfiguration',
};

const uri = 'file:///nowhere/x.config';
const place = { textDocument: { uri }, position: { line: 1, character: 9 } };
const open = (text: string, name = uri) => ({
  method: 'textDocument/didOpen',
  params: { textDocument: { uri: name, languageId: 'plaintext', version: 1, text } },
});
const change = (line: number, from: number, to: number, text: string) => ({
  method: 'textDocument/didChange',
  params: {
    textDocument: { uri, version: 2 },
    contentChanges: [{ range: { start: { line, character: from }, end: { line, character: to } }, text }],
  },
});
const asks = Object.keys(handlerOf)
  .filter((method) => !/did|resolve|codeAction/.test(method))
  .map((method) => ({ method, params: { ...place, context: { includeDeclaration: true } } }));
const action = {
  method: 'textDocument/codeAction',
  params: {
    textDocument: { uri },
    range: { start: { line: 0, character: 0 }, end: { line: 3, character: 0 } },
    context: { diagnostics: [] },
  },
};
const spelled = (messages: readonly object[]): Uint8Array =>
  Buffer.from(messages.map((message) => JSON.stringify(message)).join('\n'));

export const lspSeeds: readonly Uint8Array[] = [
  spelled([open('CONFIG_NET=y\nCONFIG_XEN=y\n# CONFIG_PCI is not set\n'), change(1, 7, 10, 'VIRTIO'), ...asks, action]),
  spelled([
    open('CONFIG_NET = y\r\nCONFIG_\u20acX=y\ud83d\ude00\r\nCONFIG_NET=Y'),
    change(1, 7, 9, '\n'),
    ...asks,
    action,
  ]),
  spelled([
    open('title: T\ndescription: D.\nrequirements:\n  A:\n    require: { NET: y }\n', 'file:///nowhere/rules/p.yaml'),
    ...asks,
  ]),
  spelled([open('files:\n  a:\n    paths: x.config\n', 'file:///nowhere/.kconfig-lint.yaml'), ...asks, action]),
];

/** Handlers as the server hands them over. */
function start(): ReadonlyMap<string, Handler> {
  const handlers = new Map<string, Handler>();
  const nothing: object = new Proxy(() => Promise.resolve(undefined), { get: () => nothing });
  const connection = new Proxy(
    {},
    {
      get: (_, name) =>
        typeof name === 'string' && /^on[A-Z]/.test(name)
          ? (handler: Handler) => void handlers.set(name, handler)
          : nothing,
    },
  ) as Connection;
  const assets = fileURLToPath(new URL('../../dist', import.meta.url));
  const host = createNodeHost(assets);
  const kernel = createKernelHost(join(assets, '../models'));
  listen(connection, { host, kernel, git: createGitHost(), rules: join(assets, '../rules'), version: '0' });
  handlers.get('onInitialize')?.({ processId: null, rootUri: null, capabilities: {} }, {});
  return handlers;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isPosition = (value: unknown): boolean =>
  isObject(value) && Number.isInteger(value['line']) && Number.isInteger(value['character']);
const isRange = (value: unknown): boolean => isObject(value) && isPosition(value['start']) && isPosition(value['end']);

/** True for params of the shape that the protocol has; those of other shapes may be answered with an error. */
function isInShape(method: string, params: unknown): boolean {
  if (!isObject(params) || method === 'workspace/didChangeConfiguration') return isObject(params);
  const { textDocument, position, contentChanges, range, context } = params;
  if (!isObject(textDocument) || typeof textDocument['uri'] !== 'string') return false;
  if (method === 'textDocument/didOpen') {
    const { languageId, text, version } = textDocument;
    return typeof text === 'string' && typeof languageId === 'string' && Number.isInteger(version);
  }
  if (method === 'textDocument/didChange')
    return (
      Array.isArray(contentChanges) &&
      contentChanges.every(
        (each) => isObject(each) && typeof each['text'] === 'string' && (!('range' in each) || isRange(each['range'])),
      )
    );
  if (method === 'textDocument/codeAction')
    return (
      isRange(range) && isObject(context) && Array.isArray(context['diagnostics']) && context['only'] === undefined
    );
  return position === undefined ? /didSave|didClose|Symbol|folding/.test(method) : isPosition(position);
}

let handlers: ReadonlyMap<string, Handler> | undefined;
const token = { isCancellationRequested: false };

/** Hands over one message a line; what cannot be read as one is left out. */
export function handMessages(text: string): void {
  handlers ??= start();
  const opened = new Set<string>();
  try {
    for (const line of text.split('\n')) {
      let message: unknown;
      try {
        message = JSON.parse(line);
      } catch {
        continue;
      }
      if (!isObject(message) || typeof message['method'] !== 'string') continue;
      const { method, params } = message as { method: string; params: unknown };
      const handler = handlers.get(handlerOf[method] ?? '');
      if (handler === undefined) continue;
      const document = isObject(params) ? params['textDocument'] : undefined;
      if (isObject(document) && typeof document['uri'] === 'string') opened.add(document['uri']);
      try {
        handler(params, token);
      } catch (error) {
        if (!(error instanceof ResponseError) && isInShape(method, params)) throw error;
      }
    }
  } finally {
    for (const each of opened) handlers.get('onDidCloseTextDocument')?.({ textDocument: { uri: each } }, token);
  }
  const good = open('CONFIG_NET=y\nCONFIG_XEN=y\n', 'file:///nowhere/good.config');
  handlers.get('onDidOpenTextDocument')?.(good.params, token);
  const hover = handlers.get('onHover')?.(
    { textDocument: { uri: good.params.textDocument.uri }, position: place.position },
    token,
  );
  if (!JSON.stringify(hover ?? '').includes('XEN')) throw new Error('a good document is not answered any more');
  handlers.get('onDidCloseTextDocument')?.({ textDocument: { uri: good.params.textDocument.uri } }, token);
}
