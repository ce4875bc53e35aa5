// The server over standard input and output: opening, editing, diagnostics with versions, hover, projections.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startClient } from './client.js';
import type { Client } from './client.js';

const uri = 'file:///test/greeting.chor';
const greeting = 'choreography Greeting(Alice, Bob) {\n  Alice."hello" -> Bob.greeting\n  Bob."hi" -> Alice.reply\n}\n';

let client: Client;
beforeAll(async () => {
  client = await startClient();
}, 60_000);
afterAll(() => client.stop());

test('publishes diagnostics with the version of the text, and takes them back', async () => {
  client.open(uri, greeting);
  expect((await client.diagnostics(uri, 1)).filter((d) => d.severity === 1)).toEqual([]);
  client.change(uri, 2, [{ range: { start: { line: 1, character: 19 }, end: { line: 1, character: 31 } }, text: '' }]);
  const [error] = await client.diagnostics(uri, 2);
  expect(error).toMatchObject({
    code: 'syntax-error',
    source: 'chor',
    severity: 1,
    codeDescription: { href: expect.stringContaining('docs/codes/syntax-error.md') },
  });
  client.change(uri, 3, [
    { range: { start: { line: 1, character: 19 }, end: { line: 1, character: 19 } }, text: 'Bob.greeting' },
  ]);
  expect((await client.diagnostics(uri, 3)).filter((d) => d.severity === 1)).toEqual([]);
});

test('answers projections, keeps the last good ones as stale, and says why', async () => {
  const ask = (): Promise<{
    version: number;
    stale: boolean;
    reason?: string;
    choreographies: { name: string; roles: { role: string; text: string }[] }[];
  }> => client.request('chor/projections', { textDocument: { uri } });
  const live = await ask();
  expect(live).toMatchObject({
    version: 3,
    stale: false,
    choreographies: [{ name: 'Greeting', roles: [{ role: 'Alice' }, { role: 'Bob' }] }],
  });
  client.change(uri, 4, [{ text: greeting.replace('-> Bob.greeting', '->') }]);
  const stale = await ask();
  expect(stale).toMatchObject({ version: 3, stale: true, reason: expect.stringMatching(/^Line \d+: /) });
  expect(stale.choreographies[0]?.roles).toEqual(live.choreographies[0]?.roles);
  client.change(uri, 5, [{ text: greeting }]);
  expect(await ask()).toMatchObject({ version: 5, stale: false });
  expect(client.notified.some((n) => n.method === 'chor/projectionsChanged')).toBe(true);
});
