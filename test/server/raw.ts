// A client that sends bytes, for what no library would send.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

export interface Raw {
  readonly child: ChildProcess;
  /** Bytes as they are. */
  send(bytes: string | Uint8Array): void;
  /** A message with its header. */
  message(body: object): void;
  /** Waits for the answer to a request; by `null`, for one to what could not be read. */
  answer(
    id: number | null,
  ): Promise<{ readonly result?: unknown; readonly error?: { readonly code: number; readonly message: string } }>;
  /** All messages so far. */
  readonly received: readonly Record<string, unknown>[];
  readonly errors: () => string;
  /** How it ended: its exit code or signal. */
  readonly ended: Promise<number | string>;
}

/** Starts a server, with Node or another program. */
export function startRaw(path: string, args: readonly string[] = ['--stdio'], program = process.execPath): Raw {
  const child = spawn(program, [path, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  const received: Record<string, unknown>[] = [];
  let [held, errors] = [Buffer.alloc(0), ''];
  child.stdin.on('error', () => undefined);
  child.stderr.on('data', (bytes: Buffer) => {
    errors += bytes.toString();
  });
  child.stdout.on('data', (bytes: Buffer) => {
    held = Buffer.concat([held, bytes]);
    for (;;) {
      const end = held.indexOf('\r\n\r\n');
      const length = Number(/content-length: (\d+)/i.exec(held.subarray(0, Math.max(0, end)).toString())?.[1]);
      if (end < 0 || held.length < end + 4 + length) break;
      received.push(JSON.parse(held.subarray(end + 4, end + 4 + length).toString()) as Record<string, unknown>);
      held = held.subarray(end + 4 + length);
    }
  });
  return {
    child,
    received,
    errors: () => errors,
    ended: new Promise((resolve) => {
      child.on('exit', (code, signal) => resolve(code ?? signal ?? ''));
    }),
    send: (bytes) => void child.stdin.write(bytes),
    message: (body) => {
      const text = JSON.stringify({ jsonrpc: '2.0', ...body });
      child.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
    },
    async answer(id) {
      for (let waited = 0; waited < 20_000; waited += 20) {
        const found = received.find((message) => message.id === id && !('method' in message));
        if (found) return found;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      throw new Error(`No answer to ${String(id)}; got ${JSON.stringify(received)}`);
    },
  };
}

export const initialize = { id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } };
