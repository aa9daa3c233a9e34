/** Which messages may pass at which time: the protocol's order of initialize, work, shutdown and exit. */

/** Codes of JSON-RPC and of the protocol. */
export const RpcError = {
  parse: -32700,
  invalidRequest: -32600,
  notInitialized: -32002,
  requestFailed: -32803,
} as const;

export interface ErrorReply {
  readonly jsonrpc: '2.0';
  readonly id: string | number | null;
  readonly error: { readonly code: number; readonly message: string };
}

export interface Gate {
  /** True where the connection is to get the message; else it is dropped, or answered with what `reply` was given. */
  readonly take: (message: unknown) => boolean;
  readonly fault: (words: string) => void;
  readonly log: (words: string) => void;
  readonly isShutDown: () => boolean;
}

/** Watches the messages of one connection go by. */
export function createGate(reply: (message: ErrorReply) => void, log: (words: string) => void): Gate {
  let stage: 'fresh' | 'working' | 'shut down' = 'fresh';
  const refuse = (id: string | number | null, code: number, message: string): false => {
    reply({ jsonrpc: '2.0', id, error: { code, message } });
    return false;
  };
  const take = (message: unknown): boolean => {
    if (typeof message !== 'object' || message === null || Array.isArray(message))
      return refuse(null, RpcError.invalidRequest, 'a message is one object');
    const { id, method, params } = message as { id?: unknown; method?: unknown; params?: unknown };
    if (method === undefined) return stage !== 'fresh' && ('result' in message || 'error' in message);
    const isRequest = typeof id === 'string' || typeof id === 'number';
    if (typeof method !== 'string' || (id !== undefined && id !== null && !isRequest))
      return refuse(isRequest ? id : null, RpcError.invalidRequest, 'this is neither a request nor a notification');
    if (params !== undefined && params !== null && typeof params !== 'object') {
      if (isRequest) return refuse(id, RpcError.invalidRequest, 'params is an object');
      log(`the params of ${method} are no object; it was left out`);
      return false;
    }
    if (method === 'exit') return true;
    if (method === 'initialize' && isRequest) {
      if (stage !== 'fresh') return refuse(id, RpcError.invalidRequest, 'this server was initialized already');
      stage = 'working';
      return true;
    }
    if (stage === 'working') {
      if (method === 'shutdown' && isRequest) stage = 'shut down';
      return true;
    }
    if (!isRequest) return false;
    return stage === 'fresh'
      ? refuse(id, RpcError.notInitialized, 'initialize comes first')
      : refuse(id, RpcError.invalidRequest, 'this server was shut down');
  };
  return {
    take,
    fault: (words) => {
      log(words);
      refuse(null, RpcError.parse, words);
    },
    log,
    isShutDown: () => stage === 'shut down',
  };
}
