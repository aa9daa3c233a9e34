/** What the server answers beside diagnostics: each request to the code that knows. */
import {
  type CancellationToken,
  type CodeAction,
  type CompletionItem,
  type Connection,
  MarkupKind,
  MessageType,
  type Position,
  ResponseError,
  type ServerCapabilities,
} from 'vscode-languageserver';
import type { KernelHost } from '../host.ts';
import { type ActionData, actionKinds, actionsFor, fixAllEdit } from './actions.ts';
import type { Assembly } from './assembly.ts';
import { completionsAt, type ItemData } from './completion.ts';
import type { OpenDocument } from './documents.ts';
import { hoverAt, symbolText } from './hover.ts';
import { RpcError } from './lifecycle.ts';
import { foldsOf, outlineOf } from './outline.ts';
import { definitionsAt, demandsAt, highlightsAt, referencesAt } from './places.ts';
import { show } from './publisher.ts';
import type { ClientFacts } from './server.ts';
import type { Session } from './session.ts';
import { symbolAt } from './words.ts';

export interface FeatureInput {
  readonly connection: Connection;
  readonly session: Session;
  readonly client: ClientFacts;
  readonly kernel: KernelHost;
  readonly rules: string;
}

export const featureCapabilities: ServerCapabilities = {
  hoverProvider: true,
  completionProvider: { triggerCharacters: ['_', '='], resolveProvider: true },
  codeActionProvider: { codeActionKinds: [...actionKinds], resolveProvider: true },
  definitionProvider: true,
  implementationProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  documentSymbolProvider: { label: 'kconfig-lint' },
  foldingRangeProvider: true,
  renameProvider: { prepareProvider: true },
};

interface At {
  readonly open: OpenDocument;
  readonly assembly: Assembly;
  /** Into the text of the document. */
  readonly offset: number;
}

export function answerFeatures({ connection, session, client, kernel, rules }: FeatureInput): void {
  /** What `answer` gives for an open document; `none` for one that is not, and for what nobody waits for any more. */
  const at = <T>(
    { textDocument, position }: { textDocument: { uri: string }; position?: Position },
    token: CancellationToken,
    none: T,
    answer: (place: At) => T,
  ): T => {
    const open = session.documents.get(textDocument.uri);
    if (open === undefined || token.isCancellationRequested) return none;
    const shift = open.disk.hasMark ? 1 : 0;
    const offset = position === undefined ? 0 : open.places.offsetAt(position) - shift;
    return answer({ open, assembly: session.assemblyFor(open), offset });
  };
  connection.onHover((params, token) =>
    at(params, token, null, ({ open, assembly, offset }) => {
      const judged = session.judgedFor(open);
      return hoverAt(offset, { open, assembly, judged, kernel, markdown: client.markdown });
    }),
  );
  connection.onCompletion((params, token) =>
    at(params, token, null, ({ open, assembly, offset }) => {
      const speaking = (): string[] => {
        const judged = session.judgedFor(open);
        return judged.kind === 'report' ? judged.report.findings.map(({ rule }) => rule.id) : [];
      };
      return completionsAt(offset, { open, assembly, kernel, rules, speaking, isVsCode: client.isVsCode });
    }),
  );
  connection.onCompletionResolve((item): CompletionItem => {
    const data = item.data as ItemData | undefined;
    const open = typeof data?.symbol === 'string' ? session.documents.get(data.uri) : undefined;
    if (open === undefined || data === undefined) return item;
    const { markdown } = client;
    const value = symbolText(data.symbol, { open, assembly: session.assemblyFor(open), kernel, markdown });
    return { ...item, documentation: { kind: markdown ? MarkupKind.Markdown : MarkupKind.PlainText, value } };
  });
  connection.onDefinition((params, token) =>
    at(params, token, [], ({ offset, ...place }) => definitionsAt(offset, { ...place, kernel, rules })),
  );
  connection.onImplementation((params, token) =>
    at(params, token, [], ({ offset, ...place }) => demandsAt(offset, { ...place, kernel, rules })),
  );
  connection.onReferences((params, token) =>
    at(params, token, [], ({ open, offset }) => referencesAt(offset, open, session.documents.values())),
  );
  connection.onDocumentHighlight((params, token) =>
    at(params, token, [], ({ open, offset }) => highlightsAt(offset, open)),
  );
  connection.onDocumentSymbol((params, token) =>
    at(params, token, [], ({ open, assembly }) => outlineOf(open, assembly, client.nestedSymbols)),
  );
  connection.onFoldingRanges((params, token) => at(params, token, [], ({ open }) => foldsOf(open)));
  answerActions(connection, session, client);
  refuseRenames(connection, at);
}

function answerActions(connection: Connection, session: Session, client: ClientFacts): void {
  const resolves = client.resolvesActions;
  connection.onCodeAction(({ textDocument, range, context }, token) => {
    const open = session.documents.get(textDocument.uri);
    if (open === undefined || token.isCancellationRequested) return [];
    const span = { start: open.places.offsetAt(range.start), end: open.places.offsetAt(range.end) };
    const input = { open, assembly: session.assemblyFor(open), judged: session.judgedFor(open), resolves };
    return actionsFor(span, context.only, context.diagnostics, input);
  });
  connection.onCodeActionResolve((action): CodeAction => {
    const data = action.data as ActionData | undefined;
    const open = data?.fixAll === true ? session.documents.get(data.uri) : undefined;
    // What was offered for another text would not fit.
    if (open === undefined || open.version !== data?.version) return action;
    const judged = session.judgedFor(open);
    const edit = fixAllEdit(judged, { open, assembly: session.assemblyFor(open), judged, resolves });
    if (edit === undefined) {
      show(connection, MessageType.Info, 'nothing in this file can be fixed without its author');
      return action;
    }
    return { ...action, edit };
  });
}

type Answer = <T>(
  params: { textDocument: { uri: string }; position: Position },
  token: CancellationToken,
  none: T,
  answer: (place: At) => T,
) => T;

/** A symbol's name belongs to Kconfig: changed in a config, it would be another symbol, or none. */
function refuseRenames(connection: Connection, at: Answer): void {
  const refusal = (symbol: string): ResponseError<void> =>
    new ResponseError(
      RpcError.requestFailed,
      `CONFIG_${symbol} is a name that the kernel's Kconfig gives: renamed here, it would be another symbol or none. Nothing was changed.`,
    );
  connection.onPrepareRename((params, token) =>
    at<ResponseError<void> | null>(params, token, null, ({ open, offset }) => {
      const symbol = symbolAt(open, offset);
      return symbol === undefined ? null : refusal(symbol.text);
    }),
  );
  connection.onRenameRequest((params, token) =>
    at<ResponseError<void> | null>(params, token, null, ({ open, offset }) => {
      const symbol = symbolAt(open, offset);
      if (symbol !== undefined) return refusal(symbol.text);
      return new ResponseError(RpcError.requestFailed, 'There is nothing here that can be renamed.');
    }),
  );
}
