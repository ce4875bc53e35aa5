// chor extract: the choreography of a network, or why there is none.
import { expect, test } from 'vitest';
import { sandbox } from './helpers.js';

const ping = 'network Ping {\n  process A {\n    send 1 to B\n  }\n  process B {\n    receive x from A\n  }\n}\n';
const stuck =
  'network Stuck {\n  process A {\n    receive x from B\n  }\n  process B {\n    receive x from A\n  }\n}\n';
const protocol = 'choreography PingProtocol(A, B) {\n  A.1 -> B.x\n}\n';

test('prints the choreography, which checks in the file of its network', async () => {
  const { chor, pipe } = sandbox({ 'a.chor': ping });
  expect(await chor('extract', 'a.chor')).toEqual({ code: 0, out: protocol, err: '' });
  expect(await pipe(ping, 'extract', '-')).toEqual({ code: 0, out: protocol, err: '' });
});

test('--network and -o', async () => {
  const { chor, read } = sandbox({ 'a.chor': `${ping}\n${stuck}` });
  expect(await chor('extract', 'a.chor', '--network', 'Ping', '-o', 'b.chor')).toEqual({ code: 0, out: '', err: '' });
  expect(read('b.chor')).toBe(protocol);
  expect((await chor('extract', 'a.chor', '--network', 'No')).err).toContain(
    'there is no network No in a.chor; there is Ping, Stuck',
  );
});

test('tells where there is none, and why', async () => {
  const { chor } = sandbox({ 'a.chor': stuck });
  const { code, out, err } = await chor('extract', 'a.chor');
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toMatch(
    /^a\.chor:3:5: Stuck: There is no choreography: nobody can go on from here\. A waits for a message from B; B waits/,
  );
});
