// What a role does in a called choreography, written in place of the call: with other names where these would clash,
// and with the names of the file that the code is from; and what is said where that can't be.
import { describe, expect, it } from 'vitest';
import { projectionFile } from '../../language/projection/file.js';
import { Workspace } from '../../language/workspace.js';
import { inWords } from '../in-words.js';

const main = 'file:///project/main.chor';
const other = 'file:///project/other.chor';
const beside = 'file:///project/main.projection.chor';

interface Seen {
  readonly errors: readonly string[];
  readonly text: string;
  readonly beside: readonly string[];
  readonly verdicts: readonly string[];
}

/** Errors of the main file, its projection, and the errors and verdicts of that. */
function look(text: string, library?: string): Seen {
  const workspace = new Workspace();
  workspace.set(main, text);
  if (library !== undefined) workspace.set(other, library);
  const say = (at: string): string[] =>
    (workspace.analyze(at)?.findings ?? [])
      .filter((f) => f.severity === 'error')
      .map((f) => `${f.code}: ${inWords(f, workspace).message}`);
  const errors = [...say(main), ...(library === undefined ? [] : say(other))];
  const projected = projectionFile(workspace, main, 'Main')?.text ?? '';
  workspace.set(beside, projected);
  return {
    errors,
    text: projected,
    beside: say(beside),
    verdicts: workspace.analyze(beside)?.verdicts.map((v) => v.verdict) ?? [],
  };
}

const branching = (server: string, after = ''): string => `choreography Main(Client(go: bool), Server${server}) {
  if Client.go {
    Client -> Server: posts
  } else {
    do Follow(Client, Server)
  }
${after}}
`;

describe('calls that are written in place', () => {
  it.each([
    ['a match with a pattern', 'case some(_) {}\n    else {}'],
    ['a match that binds', 'case some(n) { Server.use(n) }\n    case none {}'],
  ])('may have %s', (_, cases) => {
    const seen = look(`${branching('')}choreography Follow(Client, Server) {
  Client.some(1) -> Server.f: follow
  match Server.f {
    ${cases}
  }
}
extern use(n: int)
`);
    expect(seen.errors).toEqual([]);
    expect(seen.beside).toEqual([]);
    expect(seen.verdicts).toEqual(['proved', 'proved']);
  });

  it('may have functions and matches in expressions, whose names catch none of the caller’s', () => {
    const seen = look(`${branching('(x: int)', '  Server.use(x)\n')}choreography Follow(Client, Server) {
  Client.[1, 2] -> Server.items: follow
  Server.x = 5
  Server.x2 = 6
  Server.use(length(map(items, x => x + x2)))
  Server.use(length(map(items, y => y + x)))
  Server.use(match items[0] { case 1 => x, else => x2 })
  Server.use(match some(1) { case some(x3) => x3 + x, case none => x })
}
extern use(n: int)
`);
    expect(seen.errors).toEqual([]);
    expect(seen.beside).toEqual([]);
    // Not \`x\`, which is used afterwards; not \`x2\`, which the callee has; and not \`x3\`, which an expression binds.
    expect(seen.text).toContain('x4 = 5');
    expect(seen.text).toContain('map(items, x => x + x2)');
    expect(seen.text).toContain('map(items, y => y + x4)');
    expect(seen.text).toContain('case some(x3) => x3 + x4, case none => x4');
  });

  it('gives what a pattern binds another name where it would clash', () => {
    const seen = look(`${branching('(n: int)', '  Server.use(n)\n')}choreography Follow(Client, Server) {
  Client.some(1) -> Server.f: follow
  match Server.f {
    case some(n) { Server.use(n) }
    case none {}
  }
}
extern use(n: int)
`);
    expect(seen.errors).toEqual([]);
    expect(seen.beside).toEqual([]);
    expect(seen.text).toContain('case some(n2) {');
    expect(seen.text).toContain('use(n2)');
    expect(seen.text).toMatch(/\n {4}use\(n\)/);
  });

  const library = `choreography Follow(Client, Server) {
  Client -> Server: follow
  Server.answer = ask()
  match Server.answer {
    case accept(n) { Server.use(n) }
    case reject {}
  }
}
extern ask(): Verdict
extern use(n: int)
enum Verdict { accept(n: int), reject }
`;
  it('keeps the functions and types of its own file', () => {
    const seen = look(`import { Follow } from "./other.chor"\n${branching('')}`, library);
    expect(seen.errors).toEqual([]);
    expect(seen.text).toContain('import { Follow, Verdict, ask, use } from "./other.chor"');
    expect(seen.beside).toEqual([]);
    expect(seen.verdicts).toEqual(['proved', 'proved']);
  });

  it.each([
    ['a function', 'extern ask(): int', 'ask'],
    ['a type', 'type Verdict = int', 'Verdict'],
    ['a case', 'enum Own { accept, later }', 'accept'],
  ])('says what is in the way: %s of that name', (_, declared, name) => {
    const { errors } = look(`import { Follow } from "./other.chor"\n${declared}\n${branching('')}`, library);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(
      `What Server does in \`Follow\` can’t be written in place of the call: \`${name}\` means something else in the file of the call.`,
    );
  });

  it('says what is in the way: a variable of that name', () => {
    const { errors } =
      look(`${branching('', '  Server.accept = 1\n  Server.use(accept)\n')}choreography Follow(Client, Server) {
  Client -> Server: follow
  Server.answer = accept
  match Server.answer { case accept {} case reject { Server.use(1) } }
}
enum Verdict { accept, reject }
extern use(n: int)
`);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain('can’t be written in place of the call: `accept` is a variable where the call stands.');
  });

  it('has the host functions of another file counted as such', () => {
    // Both go on with the same call of a host function, which must not be taken for one value.
    const seen = look(
      `import { Follow } from "./other.chor"\n${branching('')}`,
      `choreography Follow(Client, Server) {
  Client -> Server: follow
  if Server.lucky() { Server -> Client: yes } else { Server -> Client: no }
  if Server.lucky() { Server -> Client: yes } else { Server -> Client: no }
}
extern lucky(): bool
`,
    );
    expect(seen.errors).toEqual([]);
    expect(seen.text.match(/if lucky\(\)/g)).toHaveLength(4);
    expect(seen.verdicts).toEqual(['proved', 'proved']);
  });

  const inputs = (callee: string, after = ''): Seen =>
    look(`choreography Main(Client(go: bool), Server(y: int)) {
  if Client.go {
    Client -> Server: posts
  } else {
    do Follow(Client, Server(y))
  }
  Server.use(y)
${after}}
${callee}
extern use(n: int)
`);
  it('have no copies of inputs that stay what they are', () => {
    const seen = inputs(
      'choreography Follow(Client, Server(n: int)) {\n  Client -> Server: follow\n  Server.use(n + 1)\n}',
    );
    expect([seen.errors, seen.beside]).toEqual([[], []]);
    expect(seen.text).toContain('follow {\n        use(y + 1)\n      }');
  });
  it.each([
    ['that are set there', '  Server.n = n + 1\n  Server.use(n)\n'],
    ['whose names an expression binds', '  Server.use(match some(1) { case some(y) => y + n, case none => n })\n'],
    ['of what calls itself', '  if Server.n > 0 -> Client { do Follow(Client, Server(n - 1)) }\n'],
  ])('have copies of those %s', (_, body) => {
    const seen = inputs(`choreography Follow(Client, Server(n: int)) {\n  Client -> Server: follow\n${body}}`);
    expect([seen.errors, seen.beside]).toEqual([[], []]);
    expect(seen.text).toContain('n = y');
  });
  it('use the names of an earlier call again, where nothing of it is needed any more', () => {
    const seen = look(`choreography Main(Client(a: bool, b: bool), Server) {
  if Client.a { do Ask(Client, Server) } else { Client -> Server: no }
  if Client.b { do Ask(Client, Server) } else { Client -> Server: no }
}
choreography Ask(Client, Server) {
  Client.1 -> Server.question: ask
  Server.question + 1 -> Client.answer
}
`);
    expect([seen.errors, seen.beside]).toEqual([[], []]);
    expect(seen.text).not.toMatch(/question\d/);
  });
});

describe('projections read as written by hand', () => {
  it('with no empty block before `else`', () => {
    const seen = look(
      'choreography Main(A(ok: bool, n: int), B) {\n  if A.ok -> B {} else { A -> B: sorry }\n  if A.ok {} else { A.log("bad") }\n  if A.n == 1 {} else { A.log("other") }\n  if A.not ok {} else { A.log("good") }\n}\nextern log(s: string)\n',
    );
    expect(seen.errors).toEqual([]);
    expect(seen.text).toContain('if not ok {\n      log("bad")');
    expect(seen.text).toContain('if n != 1 {\n      log("other")');
    expect(seen.text).not.toContain('{} else');
  });
  it('with loops that have the names of the source', () => {
    const seen = look(`choreography Main(A, B) {
  if A.ok() {
    A -> B: nothing
  } else {
    rec Fetch {
      A -> B: fetch
      if B.ok() {
        B -> A: found
      } else {
        B -> A: expired
        continue Fetch
      }
    }
  }
}
extern ok(): bool
`);
    expect([seen.errors, seen.beside]).toEqual([[], []]);
    expect(seen.text).not.toContain('rec Loop');
    expect(seen.text.match(/rec Fetch/g)).toHaveLength(2);
  });
});
