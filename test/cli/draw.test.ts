// chor draw: kinds, formats, what is asked for, and what can't be drawn.
import { expect, test } from 'vitest';
import { sandbox } from './helpers.js';

const ping = 'choreography Ping(A, B) {\n  A -> B: ping\n  do Pong(B, A)\n}\n';
const pong = 'choreography Pong(A, B) {\n  A -> B: pong\n}\n';
const two = `${ping}${pong}network N {\n  process A {\n    send to B\n  }\n  process B {\n    receive from A\n  }\n}\n`;

test('draws a choreography as a picture of its messages, or for other tools', async () => {
  const { chor, pipe, read } = sandbox({ 'a.chor': two });
  expect((await chor('draw', 'a.chor', '--choreography', 'Ping')).out).toMatch(
    /^<svg [\s\S]*>ping<\/text>[\s\S]*<\/svg>\n$/,
  );
  expect((await chor('draw', 'a.chor', '--choreography', 'Ping', '--format', 'mermaid')).out).toContain(
    'Note over r0,r1: do Pong(B, A): 1 message',
  );
  expect((await chor('draw', 'a.chor', '--choreography', 'Ping', '--format', 'mermaid', '--unfold')).out).toContain(
    'r1->>r0: pong',
  );
  expect((await pipe(pong, 'draw', '--format', 'plantuml', '-')).out).toMatch(/^@startuml\n[\s\S]*@enduml\n$/);
  expect(await chor('draw', 'a.chor', '--choreography', 'Pong', '--format', 'dot', '-o', 'a.dot')).toEqual({
    code: 0,
    out: '',
    err: '',
  });
  expect(read('a.dot')).toMatch(/^digraph "Pong"/);
});

test('draws the states of roles, also of a network; as Graphviz, what export writes', async () => {
  const { chor } = sandbox({ 'a.chor': two });
  expect((await chor('draw', 'a.chor', '--choreography', 'Ping', '--kind', 'states')).out).toMatch(
    />B!ping<\/text>[\s\S]*>A!pong<\/text>/,
  );
  expect((await chor('draw', 'a.chor', '--choreography', 'N', '--kind', 'states', '--format', 'mermaid')).out).toMatch(
    /^stateDiagram-v2\n/,
  );
  expect((await chor('draw', 'a.chor', '--choreography', 'N', '--kind', 'states', '--format', 'dot')).out).toBe(
    (await chor('export', '--format', 'dot', 'a.chor', 'N')).out,
  );
});

test('tells what can’t be drawn, with its place, and writes nothing', async () => {
  const hole =
    'choreography C(A, B, D) {\n  choice at A {\n    A -> B: l\n    B -> D: x\n  } or {\n    A -> B: r\n  }\n}\n';
  const { chor } = sandbox({ 'a.chor': hole, 'b.chor': 'choreography C(A, B) {\n  A -> \n}\n' });
  expect(await chor('draw', 'a.chor', '--kind', 'states')).toEqual({
    code: 1,
    out: '',
    err: 'a.chor:2:3: can’t draw it: what `D` does here is not known, as there is an error; `chor check` tells it\n',
  });
  expect(await chor('draw', 'b.chor')).toEqual({
    code: 1,
    out: '',
    err: 'b.chor:1:14: can’t draw it: it can’t be read; `chor check` tells why\n',
  });
  const chain = Array.from(
    { length: 20 },
    (_, i) =>
      `choreography C${i}(A, B) {\n${i === 19 ? '  A -> B: m\n' : `  do C${i + 1}(A, B)\n  do C${i + 1}(A, B)\n`}}\n`,
  ).join('');
  const large = sandbox({ 'c.chor': chain });
  expect(await large.chor('draw', 'c.chor', '--choreography', 'C0', '--unfold')).toEqual({
    code: 1,
    out: '',
    err: 'c.chor:1:14: can’t draw it: it has more than 20000 elements; leave out --unfold\n',
  });
});

test.each([
  [['draw', 'a.chor'], /which of them\? name one by --choreography: Ping, Pong, N/],
  [['draw', 'a.chor', '--choreography', 'Pang'], /there is no Pang in a\.chor; there is Ping, Pong, N/],
  [
    ['draw', 'a.chor', '--choreography', 'N'],
    /N is a network, which has no one sequence; `--kind states` draws its processes/,
  ],
  [['draw', 'a.chor', '--format', 'png'], /svg, mermaid, plantuml, dot/],
  [['draw', 'a.chor', '--kind', 'classes'], /sequence, states/],
  [['draw', 'none.chor'], /none\.chor/],
])('%j is wrong use', async (args, message) => {
  const { chor } = sandbox({ 'a.chor': two });
  const { code, out, err } = await chor(...args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(message);
});
