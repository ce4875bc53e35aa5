// Messages out of a stream of bytes. What is no message is skipped, and told in one line; with the next proper header
// all goes on.
import { Emitter } from 'vscode-languageserver/node';
import type { Disposable, Message, MessageReader, PartialMessageInfo } from 'vscode-languageserver/node';

/** What is longer, in bytes, is no length that somebody means. */
const longest = 256 * 1024 * 1024;
/** A header that does not end within so many bytes is none. */
const longestHeader = 16 * 1024;
/** How long the rest of a message may take, in milliseconds, before it is looked at whether its length was wrong. */
const timeout = 1000;

/** The bytes that a reader waits among. */
interface Stream {
  on(event: 'data', listener: (bytes: Uint8Array) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'end' | 'close', listener: () => void): unknown;
}

/**
 * Reads the messages of a stream, each with a header of its length.
 * @param trouble told of what is no message, in one sentence
 */
export function readMessages(input: Stream, trouble: (what: string) => void): MessageReader {
  const [errors, ends, parts] = [new Emitter<Error>(), new Emitter<void>(), new Emitter<PartialMessageInfo>()];
  let take: (message: Message) => void = () => undefined;
  let chunks: Uint8Array[] = [];
  let held = 0;
  /** The length of the message whose header was read. */
  let awaited: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const joined = (): Buffer => {
    const all =
      chunks.length === 1 && chunks[0]
        ? Buffer.from(chunks[0].buffer, chunks[0].byteOffset, chunks[0].length)
        : Buffer.concat(chunks);
    chunks = [all];
    return all;
  };
  const drop = (count: number): void => {
    const rest = joined().subarray(count);
    chunks = rest.length > 0 ? [rest] : [];
    held = rest.length;
  };
  const deliver = (body: Buffer): void => {
    let message: unknown;
    try {
      message = JSON.parse(body.toString('utf8'));
    } catch {
      trouble('A message is no JSON.');
      return;
    }
    if (typeof message === 'object' && message !== null && !Array.isArray(message)) take(message as Message);
    else trouble('A message is no object.');
  };
  /** Reads the next header; false where there is none yet. */
  const header = (): boolean => {
    const text = joined().toString('latin1');
    const end = /\r?\n\r?\n/.exec(text);
    if (!end) {
      if (held > longestHeader) {
        trouble('A header has no end.');
        drop(held - longestHeader / 2);
      }
      return false;
    }
    const block = text.slice(0, end.index);
    // What was left of a message before, which has no line end, stands on the line of the header.
    const lengths = [...block.matchAll(/content-length[ \t]*:[ \t]*(\d+)[ \t]*(?=\r?\n|$)/gi)];
    const last = lengths.at(-1);
    const length = Number(last?.[1]);
    drop(end.index + end[0].length);
    if (!last || length > longest)
      trouble(last ? 'A header says that a message is longer than any.' : 'A header says no `Content-Length`.');
    else {
      if (lengths.length > 1 || !/^(?:[!-9;-~]+:[^\r\n]*(?:\r?\n|$))*$/.test(block.slice(0, last.index)))
        trouble('What stands before a header is no message.');
      awaited = length;
    }
    return true;
  };
  const advance = (): void => {
    for (;;) {
      if (awaited === undefined) {
        if (held === 0 || !header()) return;
      } else if (held >= awaited) {
        const body = joined().subarray(0, awaited);
        drop(awaited);
        awaited = undefined;
        deliver(body);
      } else return;
    }
  };
  /** Nothing came for a while, though something is to come. */
  const late = (): void => {
    const rest = joined().toString('utf8');
    if (awaited === undefined) {
      if (!/^[\w-]*(?::[^\r\n]*)?(?:\r?\n[\w-]*(?::[^\r\n]*)?)*$/.test(rest)) trouble('What was sent is no message.');
      return;
    }
    try {
      JSON.parse(rest);
    } catch {
      return;
    }
    trouble('A header says that a message is longer than it is.');
    const body = joined();
    drop(body.length);
    awaited = undefined;
    deliver(body);
  };
  const listen = (callback: (message: Message) => void): Disposable => {
    take = callback;
    input.on('data', (bytes) => {
      chunks.push(bytes);
      held += bytes.length;
      clearTimeout(timer);
      advance();
      if (held > 0) timer = setTimeout(late, timeout);
    });
    input.on('error', (error) => errors.fire(error));
    for (const event of ['end', 'close'] as const) input.on(event, () => ends.fire());
    return { dispose: () => clearTimeout(timer) };
  };
  return {
    listen,
    onError: errors.event,
    onClose: ends.event,
    onPartialMessage: parts.event,
    dispose: () => clearTimeout(timer),
  };
}
