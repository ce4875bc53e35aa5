// Patterns in assignments, messages and results of calls: what they mean for types, in projections, in networks and in
// the editor.
import { describe, expect, it } from 'vitest';
import { exportDeclaration } from '../../language/export/export.js';
import { typesIn } from '../../language/export/types.js';
import { inWords } from '../in-words.js';
import { sequenceOf } from '../../language/diagram/sequence.js';
import { complete } from '../../language/features/completion.js';
import { rename } from '../../language/features/rename.js';
import { lowerFile } from '../../language/lowering/source.js';
import { projectionFile } from '../../language/projection/file.js';
import { format } from '../../language/syntax/format.js';
import { printNetwork } from '../../language/projection/print.js';
import { applyEdits } from '../../language/edits/fix.js';
import { roleText, withoutOrigins } from '../projection/helpers.js';
import { fixed, hints, messages, problems, uri, workspaceOf } from '../typing/helpers.js';

const declared = `record User { name: string, age: int }
enum One { only(n: int) }
extern ask(): (int, string)
extern load(): User
extern maybe(): option<int>
extern one(): One
extern print(line: string)
extern note(n: int)
`;
const within = (lines: string): string =>
  `${declared}choreography C(A(a: int, b: int), B) {\n  A -> B: go\n${lines}\n}\n`;

/** What a file says once it was projected and explored. */
function all(text: string, others?: Readonly<Record<string, string>>): string[] {
  return (workspaceOf(text, others).analyze(uri)?.findings ?? [])
    .filter(({ severity }) => severity !== 'hint')
    .map((f) => `${f.code}: ${text.slice(f.origin.start, f.origin.end)}`);
}

describe('an assignment to a pattern', () => {
  it.each([
    'A.(x, y) = (1, "a")\n  A.note(x)\n  A.print(y)',
    'A.(x, y) = ask()\n  A.print(y + toString(x))',
    'A.((x, _), y) = ((1, 2), "z")\n  A.print(y + toString(x))',
    'A.User(n, k) = load()\n  A.print(n + toString(k))',
    'A.only(n) = one()\n  A.note(n)',
    'A.(User(n, _), only(k)) = (load(), one())\n  A.print(n + toString(k))',
    'A.(x) = 1\n  A.note(x)',
    'A.(x, y) = (a, b)\n  A.(x, y) = (y, x)\n  A.note(x - y)',
    'A.(half, n) = (0.5, 1)\n  A.(half, n) = (1, 2)\n  A.note(n + round(half))',
  ])('is typed: %s', (lines) => {
    expect(problems(within(`  ${lines}`))).toEqual([]);
  });

  it.each([
    ['A.(x, x) = (1, 2)', ['duplicate-name: x']],
    ['A.(x, 1) = (a, b)', ['refutable-pattern: (x, 1)']],
    ['A.some(x) = maybe()', ['refutable-pattern: some(x)']],
    ['A.(x, y) = 3', ['type-mismatch: 3']],
    ['A.(x, y, z) = ask()', ['type-mismatch: ask()']],
    ['A.User(n, k) = ask()', ['type-mismatch: ask()']],
    ['A.User(n) = load()', ['wrong-arguments: User(n)']],
    ['A.print(x) = 3', ['unknown-name: print']],
    ['A.(x, y) = (y, x)', ['maybe-unassigned: y']],
    ['A.(a, b) = (b, "one")', ['type-mismatch: "one"']],
    ['A.(x, y) = ask()\n  A.(x, y) = ("a", "b")', ['type-mismatch: "a"']],
    ['A.(x, y) = ask()\n  B.note(x)', ['not-located-here: x']],
  ])('tells what is wrong: %s', (lines, found) => {
    expect(problems(within(`  ${lines}`))).toEqual(found);
  });

  it('says what is there and what is wanted', () => {
    expect(messages(within('  A.(x, y) = 3'))).toEqual(['`3` is an `int` here, but `A.(x, y)` is a `(?, ?)`.']);
    expect(messages(within('  A.(x, 1) = (a, b)'))).toEqual([
      '`(x, 1)` does not take every value of `(a, b)`, which may be `(_, _)`. Use `match`, which says what happens then.',
    ]);
  });

  it('gives names to variables, whatever cases of enums there are', () => {
    const text =
      'enum E { x, y }\nextern note(n: int)\nchoreography C(A, B) {\n  A.(x, z) = (1, 2)\n  A.note(x + z)\n  A -> B: go\n}\n';
    expect(problems(text)).toEqual([]);
    expect(roleText(text, 'A')).toContain('(x, z) = (1, 2)');
  });

  it('has a variable for each name that nothing reads, and `_` instead', () => {
    expect(hints(within('  A.(x, y) = ask()\n  A.note(x)'))).toEqual(['unused-variable: y']);
  });

  it('stands in a process as it stands in a choreography', () => {
    const network = (lines: string): string =>
      `${declared}network N {\n  process A {\n${lines}\n    send to B\n  }\n  process B { receive from A }\n}\n`;
    expect(problems(network('    (x, y) = ask()\n    print(y + toString(x))'))).toEqual([]);
    expect(problems(network('    z = 1\n    (x, y) = (z, 2)\n    note(x + y + z)'))).toEqual([]);
    expect(problems(network('    User(n, _) = load()\n    print(n)'))).toEqual([]);
    expect(problems(network('    (x, 1) = (2, 3)'))).toEqual(['refutable-pattern: (x, 1)']);
  });
});

describe('round brackets at the start of a line', () => {
  it('start an action, and further in go on with a call', () => {
    const file = lowerFile(
      uri,
      'extern f(n: int): int\nnetwork N {\n  process A {\n    z = f\n      (1)\n    y = z\n    (x, w) = (y, 1)\n    send x to B: ok\n    (x, w) = (w, x)\n  }\n  process B { receive v from A: ok }\n}\n',
    );
    expect(file.syntaxErrors).toEqual([]);
    const [, network] = file.declarations;
    expect(network?.kind === 'network' ? network.processes[0]?.body.actions.map(({ kind }) => kind) : []).toEqual([
      'assignment',
      'assignment',
      'assignment',
      'send',
      'assignment',
    ]);
  });
  it('are laid out where they stand', () => {
    const text =
      'network N {\n  process A {\n    (x, y) = (1, 2)\n    z = x\n    (x, y) = (z, y)\n    send (x, y) to B\n  }\n  process B {\n    receive (x, y) from A\n  }\n}\n';
    expect(format(text)).toBe(text);
    expect(format(text.replaceAll('    ', '').replace('(x,y)', '( x ,y )'))).toBe(text);
  });
});

describe('a message of several values', () => {
  it.each([
    'A.(a, "x") -> B.(n, s): user\n  B.print(s + toString(n))',
    'A.load() -> B.User(n, _)\n  B.print(n)',
    'A.(a, (b, "c")) -> B.(x, (_, z)): m\n  B.print(z + toString(x))',
    'A.(a, b) -> B.pair\n  B.(x, y) = pair\n  B.note(x + y)',
    'A.pair = (a, b)\n  A.pair -> B.(x, y)\n  B.note(x + y)',
    'A -> B: m(int, string)',
    'A.(a, "x") -> B.(n, s): m(int, string)\n  B.print(s + toString(n))',
  ])('is typed: %s', (lines) => {
    expect(problems(within(`  ${lines}`))).toEqual([]);
  });

  it.each([
    ['A.3 -> B.(x, y)', ['type-mismatch: 3']],
    ['A.(1, 2) -> B.(x, y, z)', ['type-mismatch: (1, 2)']],
    ['A -> B.(x, y)', ['type-mismatch: B.(x, y)']],
    ['A.(1, 2) -> B.(x, 2)', ['refutable-pattern: (x, 2)']],
    ['A.(1, 2) -> A.(x, y)', ['self-communication: A.(x, y)']],
    ['A.(1, 2) -> B.(x, y): m(int, string)', ['type-mismatch: (1, 2)']],
  ])('tells what is wrong: %s', (lines, found) => {
    expect(problems(within(`  ${lines}`))).toEqual(found);
  });

  it('is projected to one message, with its parts', () => {
    const text = within(
      '  A.(a, "x") -> B.(n, s): user\n  B.print(s + toString(n))\n  if B.n > 0 {\n    B.(1, true) -> A.(k, ok): yes\n    A.note(k)\n  } else {\n    B."no" -> A.why: no\n    A.print(why)\n  }',
    );
    expect(problems(text)).toEqual([]);
    expect(roleText(text, 'B')).toBe(`process B {
  receive from A: go
  receive (n, s) from A: user
  print(s + toString(n))
  if n > 0 {
    send (1, true) to A: yes
  } else {
    send "no" to A: no
  }
}
`);
    expect(roleText(text, 'A')).toContain(`  receive from B {
    yes(k, ok) {
      note(k)
    }
    no(why) {
      print(why)
    }
  }`);
  });

  it('is computed once, however many receive it', () => {
    const text = `${declared}choreography C(A, B, D) {\n  A.ask() -> B.(n, s), D.(n, _)\n  B.print(s + toString(n))\n  D.note(n)\n}\n`;
    expect(problems(text)).toEqual([]);
    expect(roleText(text, 'A')).toBe('process A {\n  sent = ask()\n  send sent to B\n  send sent to D\n}\n');
    expect(roleText(text, 'D')).toBe('process D {\n  receive (n, _) from A\n  note(n)\n}\n');
  });

  it('says who holds the same values', () => {
    const shared = (message: string): string =>
      `extern f(): (bool, int)\nchoreography C(A(ok: bool, n: int), B) {\n${message}\n  if A.ok, B.ok { A -> B: one } else { B -> A: other }\n}\n`;
    expect(all(shared('  A.(ok, n) -> B.(ok, n)'))).toEqual([]);
    expect(all(shared('  A.(ok, n) = f()\n  A.(n, ok) -> B.(n, ok)'))).toEqual([]);
    expect(all(shared('  A.pair = (n, ok)\n  A.pair -> B.(n, ok)'))).toEqual([]);
    expect(all(shared('  A.pair = f()\n  A.(ok, n) = pair\n  A.pair -> B.(ok, n)'))).toEqual([]);
    expect(all(shared('  A.(n > 1, n) -> B.(ok, n)'))[0]).toMatch(/^guards-may-differ/);
    expect(all(shared('  A.(ok, n) -> B.(ok, n)\n  A.(ok, n) = f()'))[0]).toMatch(/^guards-may-differ/);
  });

  it('goes to each member of a family, and comes from each as lists', () => {
    const text = `${declared}choreography C(A(a: int), Node[n]) {\n  A.(a, "x") -> Node.(k, s)\n  Node.print(s)\n  Node.(k + 1, s) -> A.(ks, ss)\n  A.note(length(ks) + length(ss) + fold(ks, 0, (x, y) => x + y))\n}\n`;
    expect(problems(text)).toEqual([]);
    expect(roleText(text, 'Node')).toBe(
      'process Node[i] {\n  receive (k, s) from A\n  print(s)\n  send (k + 1, s) to A\n}\n',
    );
    expect(roleText(text, 'A')).toContain('receive (ks, ss) from Node');
  });

  it('is told apart by its label alone, and received into one pattern or set from it', () => {
    const text = `${declared}choreography C(A(a: int), B, D) {\n  if A.a > 0 -> D {\n    A.(a, 1) -> B.(x, y): item\n    A -> B: go\n    B.note(x + y)\n  } else {\n    A.(a, 1) -> B.(u, _): item\n    A -> B: stop\n    B.note(u)\n  }\n  D.note(0)\n}\n`;
    expect(problems(text)).toEqual([]);
    expect(roleText(text, 'B')).toContain('  receive (x, y) from A: item\n  (u, _) = (x, y)\n');
  });
});

describe('a network', () => {
  it('says all that projection prints, and reads as the same', () => {
    const text = within(
      '  A.(x, y) = ask()\n  A.User(n, _) = load()\n  A.((x, y), n) -> B.((x, _), n): user\n  if B.x > 0 {\n    B.(1, n) -> A.(k, s): yes\n  } else {\n    B.load() -> A.User(s, k): no\n  }\n  A.print(s + toString(k + x) + y + n)',
    );
    expect(all(text)).toEqual([]);
    const made = projectionFile(workspaceOf(text), uri, 'C')?.text ?? '';
    expect(problems(text, { 'p.chor': made })).toEqual([]);
    const workspace = workspaceOf(made, { 'main2.chor': text });
    workspace.set('file:///t/p.chor', made);
    workspace.set(uri, text);
    expect(workspace.analyze('file:///t/p.chor')?.findings.filter(({ severity }) => severity !== 'hint')).toEqual([]);
    const projected = workspace.analyze(uri)?.projections[0]?.network.processes.map(({ body }) => withoutOrigins(body));
    const read = lowerFile('file:///t/p.chor', made).declarations.find(({ kind }) => kind === 'network');
    expect(read?.kind === 'network' ? read.processes.map(({ body }) => withoutOrigins(body)) : []).toEqual(projected);
  });

  it('says types as it reads them', () => {
    for (const branch of [
      'm(x: int, y: string)',
      'm(_: int, y: string)',
      'm(_: int, _: string)',
      'm(_, _)',
      'm(both: (int, string))',
      'm((_, _): (int, string))',
      'm((x, _), y)',
      'm(One(n), _)',
    ]) {
      const text = `network N {\n  process A {\n    receive from B {\n      ${branch} {}\n      k {}\n    }\n    receive (x, y): (int, string) from B: z\n  }\n}\n`;
      const network = lowerFile(uri, text).declarations[0];
      expect(network?.kind === 'network' ? printNetwork(network, 'N').text : '').toBe(text);
    }
  });

  it('sketches with types what is not taken', () => {
    const text = `${declared}choreography C(A(a: int), B) {\n  choice at A {\n    A.(a, "x") -> B.(_, _): m(int, string)\n    A.(a, a) -> B.both: k(int, int)\n  } or {\n    A -> B: l(int, string)\n    A.(a, a) -> B.(x, y): k(int, int)\n  }\n}\n`;
    expect(problems(text)).toEqual([]);
    const made = projectionFile(workspaceOf(text), uri, 'C')?.text ?? '';
    const projected = workspaceOf(text)
      .analyze(uri)
      ?.projections[0]?.network.processes.map(({ body }) => withoutOrigins(body));
    const read = lowerFile('file:///t/p.chor', made).declarations.find(({ kind }) => kind === 'network');
    expect(read?.kind === 'network' ? read.processes.map(({ body }) => withoutOrigins(body)) : []).toEqual(projected);
  });

  it.each([
    ['receive (n, s) from A: user', []],
    ['receive user: (int, string) from A: user', []],
    ['receive from A { user(n, s) { note(n) print(s) } }', []],
    ['receive from A { user(n: int, s: string) { note(n) print(s) } }', []],
    ['receive from A { user(n, _) { note(n) } }', []],
    ['receive from A { user(both) { print(toString(both)) } }', []],
    ['receive from A { user(_: int, _: string) {} }', []],
    ['receive from A: user', []],
    ['receive (n, s, t) from A: user', ['type-mismatch: (n, s, t)']],
    ['receive from A { user(n: int, s: int) {} }', ['payload-mismatch: user(n: int, s: int) {}']],
    ['receive (n, s): (int, string) from A: user', []],
  ])('takes the message of several values as it likes: %s', (line, found) => {
    const text = `${declared}network N {\n  process A { send (1, "a") to B: user }\n  process B { ${line} }\n}\n`;
    expect(all(text)).toEqual(found);
  });

  it('knows the parts of what it takes', () => {
    const verdict = (text: string): string | undefined => workspaceOf(text).analyze(uri)?.verdicts[0]?.verdict;
    const network = (guard: string): string =>
      `network N {\n  process A {\n    (x, y) = (1, true)\n    send (x, (y, 2)) to B\n    receive ok from B\n  }\n  process B {\n    receive (n, (flag, m)) from A\n    if ${guard} { send 1 to A } else { }\n  }\n}\n`;
    expect(verdict(network('flag and n + m == 3'))).toBe('proved');
    expect(verdict(network('flag and n + m == 4'))).toBe('refuted');
  });

  it('is the design where the design sends a tuple and it several values', () => {
    const design = 'choreography D(A(n: int), B) {\n  A.n -> B.n\n  A.pair = (n, 1)\n  A.pair -> B.(x, y): m\n}\n';
    const network = (line: string): string =>
      `${design}network N implements D {\n  process B {\n    receive n from A\n    ${line}\n  }\n}\n`;
    for (const line of ['receive (u, v) from A: m', 'receive both from A: m', 'receive from A { m(u, _) {} }'])
      expect(all(network(line)), line).toEqual([]);
  });
});

describe('other forms of a message of several values', () => {
  const text =
    'choreography C(A(n: int, ok: bool), B) {\n  A.(n, ok) -> B.(k, yes): user\n  B.(k, _) = (k + 1, yes)\n  B.(k, "a") -> A.both: pair\n}\n';
  const analysis = workspaceOf(text).analyze(uri);
  const [declaration] = analysis?.file.declarations ?? [];
  const exported = (format: 'scribble' | 'nuscr' | 'dot'): string => {
    if (!analysis || declaration?.kind !== 'choreography') return '';
    const result = exportDeclaration(declaration, analysis.scope, format, { types: typesIn(() => analysis.names) });
    return result.kind === 'exported' ? result.text : result.message;
  };
  it('have the types of all of them', () => {
    expect(exported('nuscr')).toContain('user(int, bool) from A to B;');
    expect(exported('dot')).toContain('user(k, yes)');
  });
  it('are drawn as it is sent', () => {
    if (!analysis || declaration?.kind !== 'choreography') throw new Error('no choreography');
    const drawn = JSON.stringify(sequenceOf(declaration, analysis.scope));
    for (const shown of ['"user(n, ok)"', '"A.(n, ok) -> B.(k, yes): user"', '"(k, _) = (k + 1, yes)"'])
      expect(drawn).toContain(shown);
  });
  it('are told in runs as they are written', () => {
    const wrong =
      'network N {\n  process A {\n    send (1, "a") to B: user\n    receive (x, y) from B\n  }\n  process B {\n    receive (n, _) from A: user\n  }\n}\n';
    const finding = workspaceOf(wrong)
      .analyze(uri)
      ?.findings.find(({ code }) => code === 'unmatched-receive');
    expect(finding && inWords(finding).message).toContain('A waits for `(x, y)` from B');
    expect(JSON.stringify(finding)).toContain('A sends user(1, \\"a\\") to B');
  });
});

describe('what is not needed', () => {
  const without = (text: string): string[] => Object.values(fixed(text, 'unused-variable'));
  it('is left out of a pattern, and of what takes results', () => {
    expect(without(within('  A.(x, y) = ask()\n  A.note(x)'))).toEqual([within('  A.(x, _) = ask()\n  A.note(x)')]);
    expect(without(within('  A.(a, b) -> B.(x, y): m\n  B.note(y)'))).toEqual([
      within('  A.(a, b) -> B.(_, y): m\n  B.note(y)'),
    ]);
    const process = (line: string): string =>
      `network N {\n  process A { send (1, 2) to B: m }\n  process B {\n    ${line}\n    print(y)\n  }\n}\nextern print(n: int)\n`;
    expect(without(process('receive (x, y) from A: m'))).toEqual([process('receive (_, y) from A: m')]);
    const call = (takers: string): string =>
      `choreography Two(P, Q): int@P, int@Q {\n  P -> Q\n  return P.1, Q.2\n}\nextern note(n: int)\nchoreography C(A, B) {\n  ${takers}do Two(A, B)\n  B.note(${takers.includes('B.') ? 'y' : '0'})\n}\n`;
    expect(without(call('A.x, B.y = '))).toEqual([call('B.y = ')]);
    expect(without(call('B.y, A.x = '))).toEqual([call('B.y = ')]);
    expect(without(call('A.x = '))).toEqual([call('')]);
  });
  it('is no loop that would put parts into places of lists', () => {
    const text = (message: string): string => `choreography C(M[n](x: int), K[k]) {\n  ${message}\n}\n`;
    expect(Object.keys(fixed(text('M.x -> K.a'), 'wrong-members'))).toContain('From each to all');
    expect(Object.keys(fixed(text('M.(x, 1) -> K.(a, b)'), 'wrong-members'))).not.toContain('From each to all');
  });
});

describe('in the editor, a pattern', () => {
  const text = within('  A.(first, second) = (a, b)\n  A.(first, second) -> B.(first, x): m\n  B.note(first + x)');
  it('is renamed in, at its role alone', () => {
    const workspace = workspaceOf(text);
    const answer = rename(workspace, uri, text.indexOf('first, second) ='), 'one');
    expect('refused' in answer ? answer.refused : applyEdits(text, answer.edits)).toBe(
      text.replace('A.(first, second) = ', 'A.(one, second) = ').replace('A.(first, second) ->', 'A.(one, second) ->'),
    );
  });
  it('knows its variables', () => {
    const labels = (source: string): string[] =>
      complete(workspaceOf(source.replace('|', '')), uri, source.indexOf('|')).items.map((item) => item.label);
    expect(labels(text.replace('B.note(first + x)', 'B.note(|)'))).toEqual(expect.arrayContaining(['first', 'x']));
    expect(labels(text.replace('A.(first, second) ->', 'A.(first, |) ->'))).toEqual(
      expect.arrayContaining(['first', 'second']),
    );
    // Where an `=` says that names are made up, none are offered.
    for (const line of [
      'A.(|) = ask()',
      'A.(x, |) = ask()',
      'A.User(x, |) = load()',
      'A.((x, |), z) = one()',
      'A.x, B.| = do D(A, B)',
    ])
      expect(labels(within(`  ${line}`)), line).toEqual([]);
    for (const line of ['(|) = ask()', '(x, |) = ask()', 'User(x, |) = load()'])
      expect(labels(`${declared}network N {\n  process A {\n    q = 1\n    ${line}\n  }\n}\n`), line).toEqual([]);
    expect(labels(`${declared}network N {\n  process A {\n    (p, q) = ask()\n    print(|)\n  }\n}\n`)).toEqual(
      expect.arrayContaining(['p', 'q']),
    );
  });
});
