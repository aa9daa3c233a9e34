/** Reads messages off a stream and never loses step: what is no message is answered or skipped, and the next one is found again. */
import { Emitter, type Message, type MessageReader } from 'vscode-languageserver-protocol/node';

type PartialMessageInfo = Parameters<Parameters<MessageReader['onPartialMessage']>[0]>[0];

/** Bytes of one message at most; a config of 8 MB with all its escapes fits. */
const mostBytes = 64 << 20;
/** Bytes of the lines before a message at most. */
const headerLimit = 8192;
const field = /content-length:[ \t]*(\d{1,10})[ \t]*\r\n/i;
/** The start of another message: it cannot stand within the JSON of one, which has no bare line ends in its strings. */
const nextStart = /content-length:[ \t]*\d{1,10}\r\n(?:[\w-]+:[^\r\n]*\r\n)*\r\n/i;

const nothing: Buffer = Buffer.alloc(0);

/** What was read, or what was wrong with it, in words. */
export type Framed = { readonly message: unknown } | { readonly fault: string };

/** Takes bytes as they come and gives what they hold. */
export function createFrames(): (bytes: Buffer) => Framed[] {
  let pending = nothing;
  /** Where `pending` lies once it came in pieces: it grows by doubling, so that a long message is not copied for each of them. */
  let room = nothing;
  /** Bytes of a body that were looked through for the start of another message. */
  let looked = 0;
  /** Of the body that is being waited for; undefined between messages. */
  let length: number | undefined;
  /** Bytes of a body that is too large, still to be thrown away. */
  let skip = 0;
  const step = (): Framed | 'more' | undefined => {
    if (skip > 0) {
      const gone = Math.min(skip, pending.length);
      skip -= gone;
      pending = pending.subarray(gone);
      return pending.length === 0 ? 'more' : undefined;
    }
    if (length === undefined) {
      const end = pending.indexOf('\r\n\r\n');
      if (end < 0) {
        if (pending.length <= headerLimit) return 'more';
        pending = pending.subarray(pending.length - 64);
        return { fault: 'what came has no header' };
      }
      const header = pending.subarray(0, end + 2).toString('latin1');
      pending = pending.subarray(end + 4);
      const size = field.exec(header)?.[1];
      if (size === undefined) return { fault: 'the header has no Content-Length' };
      if (Number(size) > mostBytes) {
        skip = Number(size);
        return { fault: `a message of ${size} bytes is too large` };
      }
      length = Number(size);
      looked = 0;
    }
    const cut = length > pending.length ? startOfNext(pending, looked) : undefined;
    looked = pending.length;
    if (cut !== undefined) {
      pending = pending.subarray(cut);
      length = undefined;
      return { fault: 'a message was shorter than its header says' };
    }
    if (pending.length < length) return 'more';
    const body = pending.subarray(0, length);
    const rest = pending.subarray(length);
    length = undefined;
    try {
      const message: unknown = JSON.parse(body.toString('utf8'));
      pending = rest;
      return { message };
    } catch (error) {
      const found = startOfNext(body, 0);
      pending = found === undefined ? rest : pending.subarray(found);
      return { fault: `a message is no JSON: ${(error as Error).message}` };
    }
  };
  const append = (bytes: Buffer): void => {
    const whole = pending.length + bytes.length;
    let at = pending.buffer === room.buffer ? pending.byteOffset - room.byteOffset : -1;
    if (at < 0 || at + whole > room.length) {
      const wider = Buffer.allocUnsafeSlow(whole * 2);
      pending.copy(wider);
      [room, at] = [wider, 0];
    }
    bytes.copy(room, at + pending.length);
    pending = room.subarray(at, at + whole);
  };
  return (bytes) => {
    if (pending.length === 0) [pending, room] = [bytes, nothing];
    else append(bytes);
    const found: Framed[] = [];
    for (let next = step(); next !== 'more'; next = step()) if (next !== undefined) found.push(next);
    return found;
  };
}

/** From a little before what was looked through, since the lines of a header come in pieces too. */
function startOfNext(bytes: Buffer, looked: number): number | undefined {
  const from = Math.max(0, looked - headerLimit);
  // A look at the bytes first: to decode a large body for every piece of it that comes would take long.
  if (bytes.indexOf('ontent-', from) < 0 && bytes.indexOf('ONTENT-', from) < 0) return undefined;
  const at = bytes.toString('latin1', from).search(nextStart);
  return at < 0 ? undefined : from + at;
}

export interface FrameHooks {
  /** Every message that could be read; true where it is for the connection. */
  readonly take: (message: unknown) => boolean;
  /** Of what is no message at all. */
  readonly fault: (words: string) => void;
  readonly log: (words: string) => void;
}

/** Reads from a stream for a connection. */
export function framedReader(stream: NodeJS.ReadableStream, { take, fault, log }: FrameHooks): MessageReader {
  const errors = new Emitter<Error>();
  const closes = new Emitter<void>();
  const partial = new Emitter<PartialMessageInfo>();
  return {
    onError: errors.event,
    onClose: closes.event,
    onPartialMessage: partial.event,
    listen: (callback) => {
      const read = createFrames();
      const hand = (message: Message): void => {
        try {
          callback(message);
        } catch (error) {
          // The library trusts some notifications to have their params.
          log(`a message could not be handled: ${(error as Error).message}`);
        }
      };
      const onData = (bytes: Buffer): void => {
        for (const framed of read(bytes)) {
          if ('fault' in framed) fault(framed.fault);
          else if (take(framed.message)) hand(framed.message as Message);
        }
      };
      stream.on('data', onData);
      stream.on('error', (error) => errors.fire(error));
      stream.on('end', () => closes.fire());
      return { dispose: () => void stream.off('data', onData) };
    },
    dispose: () => {
      for (const emitter of [errors, closes, partial]) emitter.dispose();
    },
  };
}
