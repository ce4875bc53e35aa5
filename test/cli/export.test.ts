// chor export: the formats, what is asked for, and what can't be said.
import { expect, test } from 'vitest';
import { sandbox } from './helpers.js';

const ping = 'choreography Ping(A, B) {\n  A -> B: ping\n}\n';
const odd =
  'network Odd {\n  process A {\n    choice { send to B } or { receive from B }\n  }\n  process B {\n    receive from A\n  }\n}\n';

test('writes the only declaration, or the one that is named', async () => {
  const { chor, pipe, read } = sandbox({ 'a.chor': ping, 'b.chor': `${ping}\n${odd}` });
  expect(JSON.parse((await chor('export', '--format', 'cfsm', 'a.chor')).out)).toMatchObject({ roles: ['A', 'B'] });
  expect((await pipe(ping, 'export', '--format', 'dot', '-')).out).toMatch(/^digraph "Ping"/);
  expect(await chor('export', '--format', 'promela', 'b.chor', 'Odd', '-o', 'c.pml')).toEqual({
    code: 0,
    out: '',
    err: '',
  });
  expect(read('c.pml')).toContain('active proctype P_A()');
  expect(await chor('export', '--format', 'cfsm', 'a.chor', '-o', 'a.chor')).toMatchObject({ code: 2 });
});

test('what it writes as automata, check and import read', async () => {
  const { chor } = sandbox({ 'a.chor': ping });
  await chor('export', '--format', 'cfsm', 'a.chor', '-o', 'a.json');
  expect((await chor('check', 'a.json')).out).toContain('1 of 1 proved');
  expect((await chor('import', 'a.json')).out).toContain('send to B: ping');
});

test('writes AsyncAPI as YAML, or as JSON by the name of the file, of all roles or of one', async () => {
  const { chor, read } = sandbox({ 'a.chor': ping });
  expect((await chor('export', '--format', 'asyncapi', 'a.chor')).out).toMatch(
    /^asyncapi: "3\.0\.0"\n[\s\S]*\n {2}A_sends_to_B:\n[\s\S]*\n {2}B_receives_from_A:\n/,
  );
  expect(await chor('export', '--format', 'asyncapi', 'a.chor', '--role', 'B', '-o', 'b.JSON')).toEqual({
    code: 0,
    out: '',
    err: '',
  });
  expect(Object.keys((JSON.parse(read('b.JSON')) as { operations: object }).operations)).toEqual(['B_receives_from_A']);
});

test('has the types of what is imported in AsyncAPI', async () => {
  const { chor } = sandbox({
    'a.chor': 'import { ask } from "./b/c.chor"\nchoreography C(A, B) {\n  A.ask() -> B.order: order\n}\n',
    'b/c.chor': 'record Order { title: string }\nextern ask(): Order\n',
  });
  expect((await chor('export', '--format', 'asyncapi', 'a.chor')).out).toContain(
    '    Order:\n      type: object\n      properties:\n        title:\n          type: string\n',
  );
});

test('says what the cases of a value that is sent carry, named or not', async () => {
  const { chor } = sandbox({
    'a.chor':
      'enum Command { nick(name: string), say(to: string, times: int), quit }\nextern next(): Command\nchoreography Irc(Client, Server) {\n  match Client.next() -> Server.command {\n    case nick(_) { }\n    case say(to, _) { }\n    case quit { }\n  }\n}\n',
  });
  const { out } = await chor('export', '--format', 'nuscr', 'a.chor');
  for (const line of [
    'nick(string) from Client to Server;',
    'say(string, int) from Client to Server;',
    'quit() from Client to Server;',
  ])
    expect(out).toContain(line);
});

test('takes families apart at sizes', async () => {
  const { chor } = sandbox({
    'a.chor':
      'choreography Vote(Chair(motion: string), Member[n >= 1]) {\n  Chair.motion -> Member.motion\n  Member.motion -> Chair.echoes\n}\nnetwork N implements Vote {\n  process Chair(motion: string) {\n    send motion to Member\n    receive echoes from Member\n  }\n}\n',
  });
  for (const name of ['Vote', 'N']) {
    const { out, err } = await chor('export', '--format', 'cfsm', 'a.chor', name, '--size', 'n=3');
    expect(err).toBe('');
    expect(Object.keys((JSON.parse(out) as { machines: object }).machines)).toEqual([
      'Chair',
      'Member[0]',
      'Member[1]',
      'Member[2]',
    ]);
  }
  expect((await chor('export', '--format', 'scribble', 'a.chor', 'Vote', '--size', 'n=2')).out).toContain(
    'role Chair, role Member0, role Member1',
  );
  expect((await chor('export', '--format', 'dot', 'a.chor', 'Vote')).err).toContain('choose a size');
  for (const [size, message] of [
    ['m=2', 'Vote has no size m; it has n'],
    ['n=0', 'n is 1 or more in Vote, not 0'],
    ['n', 'a size is a name and a number, as in n=3, not n'],
    ['n=90000', 'too much would come of Vote'],
  ] as const) {
    const { code, err } = await chor('export', '--format', 'dot', 'a.chor', 'Vote', '--size', size);
    expect({ code, told: err.includes(message) }, err).toEqual({ code: 2, told: true });
  }
  const drawn = (
    await chor('draw', 'a.chor', '--choreography', 'Vote', '--kind', 'states', '--format', 'mermaid', '--size', 'n=2')
  ).out;
  expect(drawn).toContain('Member[1]');
});

test('at sizes, calls give what they give', async () => {
  const { chor } = sandbox({
    'a.chor': `choreography Main(A, Node[n >= 1], quick: bool, often: int) {
  do Rounds(A, Node, quick, often + 1, Ask)
}
choreography Rounds(A, Node[n >= 1], quick: bool, k: int, ask: choreography(A, Node)) {
  for i in 0 until k { A -> Node: round }
  A.quick -> Node.quickly: pace
  do ask(A, Node[0])
}
choreography Ask(A, B) { A -> B: ask }
network Hand(Node[n >= 1], quick: bool) {
  process A { do Said(A, Node, quick) }
  process Node[i] { do Said(A, Node, quick) }
}
network Said(Node[n >= 1], quick: bool) {
  process A { if quick { send to Node: fast } else { send to Node: slow } }
  process Node[i] { receive from A { fast {} slow {} } }
}
`,
  });
  for (const format of ['cfsm', 'dot', 'promela', 'scribble']) {
    const { out, err } = await chor(
      'export',
      '--format',
      format,
      'a.chor',
      'Main',
      '--size',
      'n=2',
      '--size',
      'often=1',
    );
    expect(err, format).toBe('');
    expect(out.split('round').length, format).toBeGreaterThan(2);
  }
  const { out, err } = await chor('export', '--format', 'cfsm', 'a.chor', 'Hand', '--size', 'n=2');
  expect(err).toBe('');
  expect(out).toContain('"A", "slow"');
});

test('tells what the format can’t say, with its place, and writes nothing', async () => {
  const { chor } = sandbox({ 'b.chor': odd });
  const { code, out, err } = await chor('export', '--format', 'cfsm', 'b.chor');
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toMatch(/^b\.chor:3:5: cfsm can’t say it: `A` decides by itself between /);
});

test.each([
  [['export', 'a.chor'], /required option '--format <format>'/],
  [['export', '--format', 'xml', 'a.chor'], /promela, cfsm, scribble, nuscr, dot/],
  [['export', '--format', 'cfsm', 'b.chor'], /which of them\? name one after the file: Ping, Odd/],
  [['export', '--format', 'cfsm', 'b.chor', 'Pong'], /there is no Pong in b\.chor; there is Ping, Odd/],
  [['export', '--format', 'cfsm', 'a.chor', '--role', 'A'], /--role is for asyncapi/],
  [['export', '--format', 'asyncapi', 'a.chor', '--role', 'C'], /there is no role C in Ping; there is A, B/],
  [['export', '--format', 'cfsm', 'c.chor'], /no choreography and no network in c\.chor/],
])('%j is wrong use', async (args, message) => {
  const { chor } = sandbox({ 'a.chor': ping, 'b.chor': `${ping}\n${odd}`, 'c.chor': 'type T = int\n' });
  const { code, err } = await chor(...args);
  expect(code).toBe(2);
  expect(err).toMatch(message);
});
