// `match p.e -> q.x`: the value itself is sent, its case is the label of the message.
import { describe, expect, it } from 'vitest';
import { sequenceOf } from '../../language/diagram/sequence.js';
import { complete } from '../../language/features/completion.js';
import { hover } from '../../language/features/hover.js';
import { refactorings } from '../../language/features/refactorings.js';
import { rename } from '../../language/features/rename.js';
import { lowerFile } from '../../language/lowering/source.js';
import { projectionFile } from '../../language/projection/file.js';
import { format } from '../../language/syntax/format.js';
import { applyEdits } from '../../language/edits/fix.js';
import { roleText, withoutOrigins } from '../projection/helpers.js';
import { fixed, hints, messages, problems, uri, workspaceOf } from '../typing/helpers.js';

const declared = `enum Command { nick(name: string), privmsg(to: string, line: string), quit }
enum Number { whole(n: int), part(x: float) }
record Pair { left: int, right: int }
enum Boxed { boxed(pair: Pair), both(two: (int, int)), perhaps(number: option<int>) }
extern next(): Command
extern number(): Number
extern box(): Boxed
extern maybe(): option<int>
extern print(line: string)
extern count(n: int)
extern use(command: Command)
`;
const within = (lines: string, header = 'Client, Server, Log'): string =>
  `${declared}choreography C(${header}) {\n${lines}\n}\n`;
const irc = (arrow: string, nick = 'Server.print(name)', end = ''): string =>
  within(
    `  match Client.next() -> ${arrow} {
    case nick(name) { ${nick} }
    case privmsg(to, line) { Server.print(to + line) }
    case quit { }
  }${end}`,
    'Client, Server',
  );

const syntax = (text: string): string[] => lowerFile(uri, text).syntaxErrors.map(({ message }) => message);

/** What a file says once it was projected and explored. */
function all(text: string, others?: Readonly<Record<string, string>>): string[] {
  return (workspaceOf(text, others).analyze(uri)?.findings ?? [])
    .filter(({ severity }) => severity !== 'hint')
    .map((f) => `${f.code}: ${text.slice(f.origin.start, f.origin.end)}`);
}

describe('an arrow to a variable', () => {
  it('sends the case as the label and its fields as the payload', () => {
    const text = irc('Server.command', 'Server.print(name)', '\n  Server.use(command)');
    expect(all(text)).toEqual([]);
    expect(roleText(text, 'Client')).toBe(`process Client {
  match next() {
    case nick(name) {
      send name to Server: nick
    }
    case privmsg(to, line) {
      send (to, line) to Server: privmsg
    }
    case quit {
      send to Server: quit
    }
  }
}
`);
    expect(roleText(text, 'Server')).toBe(`process Server {
  receive from Client {
    nick(name) {
      command = nick(name)
      print(name)
    }
    privmsg(to, line) {
      command = privmsg(to, line)
      print(to + line)
    }
    quit {
      command = quit
    }
  }
  use(command)
}
`);
  });

  it('keeps nothing in `_`, and the names all the same', () => {
    const text = irc('Server._');
    expect(all(text)).toEqual([]);
    expect(hints(text)).toEqual([]);
    expect(roleText(text, 'Server')).not.toContain('command');
    expect(roleText(text, 'Server')).toContain('privmsg(to, line) {\n      print(to + line)\n    }');
  });

  it('goes to several, beside roles that are told by the label alone', () => {
    const text = within(`  match Client.next() -> Server.command, Log {
    case nick(name) { Server.print(name) Log.print("nick") }
    case privmsg(_, line) { Server.print(line) }
    case quit { Log.print("quit") }
  }
  Server.use(command)`);
    expect(all(text)).toEqual([]);
    expect(roleText(text, 'Log')).toContain('    nick {\n      print("nick")\n    }');
    expect(roleText(text, 'Client')).toContain(
      'case nick(name) {\n      send name to Server: nick\n      send to Log: nick\n    }',
    );
    // What nobody names is sent as well, as the value is kept whole.
    expect(roleText(text, 'Client')).toContain(
      'case privmsg(commandPrivmsg, line) {\n      send (commandPrivmsg, line) to Server: privmsg',
    );
    expect(roleText(text, 'Server')).toContain(
      'privmsg(commandPrivmsg, line) {\n      command = privmsg(commandPrivmsg, line)',
    );
  });

  it.each([
    [
      'an option',
      '  match Client.maybe() -> Server.found {\n    case some(n) { Server.count(n) }\n    case none { }\n  }\n  Server.count(getOr(found, 0))',
      ['some(n)', 'nothing'],
    ],
    [
      'a truth value',
      '  match Client.true -> Server.ok {\n    case true { Server.count(1) }\n    case false { }\n  }\n  Server.print(toString(ok))',
      ['yes', 'no'],
    ],
    [
      'records and tuples among the fields',
      '  match Client.box() -> Server.b {\n    case boxed(Pair(l, _)) { Server.count(l) }\n    case both((x, y)) { Server.count(x + y) }\n    case perhaps(number) { Server.count(getOr(number, 0)) }\n  }\n  Server.print(toString(b))',
      ['boxed(Pair(l, bBoxed))', 'both(x, y)', 'perhaps(number)'],
    ],
  ])('takes %s', (_, lines, labels) => {
    const text = within(lines, 'Client, Server');
    expect(all(text)).toEqual([]);
    for (const label of labels) expect(roleText(text, 'Server')).toContain(`${label} {`);
  });

  it('lets both decide by the value afterwards', () => {
    const again = (between: string): string =>
      `${declared}choreography C(A, B) {\n  A.c = next()\n  match A.c -> B.d {\n    case nick(name) { B.print(name) }\n    case privmsg(_, _) { }\n    case quit { }\n  }\n${between}  match A.c, B.d {\n    case nick(n) { A -> B: one }\n    case privmsg(_, _) { B -> A: two }\n    case quit { }\n  }\n}\n`;
    expect(all(again(''))).toEqual([]);
    expect(all(again('  A.c = next()\n'))[0]).toMatch(/^guards-may-differ/);
    expect(all(again('  B.d = quit\n'))[0]).toMatch(/^guards-may-differ/);
  });

  it('lets both decide by the fields', () => {
    const text = (name: string): string =>
      within(
        `  match Client.number() -> Server._ {\n    case whole(n) {\n      if Client.n > 0, Server.${name} > 0 { Server."a" -> Client.w: pos } else { Client."b" -> Server.w: neg }\n    }\n    case part(x) { Server.print(toString(x)) }\n  }`,
        'Client, Server',
      );
    expect(all(text('n'))).toEqual([]);
  });

  it('goes round loops', () => {
    const text = within(
      `  rec Next {
    match Client.next() -> Server.command {
      case nick(name) { Server.print(name) continue Next }
      case privmsg(to, line) { Server.(to + line) -> Client.back: back Client.print(back) continue Next }
      case quit { leave Next }
    }
  }
  Server.use(command)`,
      'Client, Server',
    );
    expect(all(text)).toEqual([]);
  });

  it('goes to all members of a family, to one, and to the others', () => {
    const match = (guard: string, arrow: string, line: string): string =>
      `  match ${guard} -> ${arrow} {\n    case nick(name) { ${line.replace('?', 'print(name)')} }\n    case privmsg(to, _) { ${line.replace('?', 'print(to)')} }\n    case quit { }\n  }`;
    const all3 = within(
      `${match('Client.next()', 'Member.command', 'Member.?')}\n  Member.use(command)`,
      'Client, Member[n]',
    );
    expect(all(all3)).toEqual([]);
    expect(roleText(all3, 'Member')).toContain(
      'process Member[i] {\n  receive from Client {\n    nick(name) {\n      command = nick(name)\n      print(name)',
    );
    expect(
      all(
        within(
          match('Client.next()', 'Member[0].command', 'Member[0].?') +
            '\n  Member[0].use(command)\n  Client -> Member: over',
          'Client, Member[n >= 1]',
        ),
      ),
    ).toEqual([]);
    expect(all(within(match('Member[0].next()', 'others Member._', 'Member[1].?'), 'Member[n >= 2]'))).toEqual([]);
    expect(
      all(
        within(`  for i in Member {\n  ${match('Member[i].next()', 'Client._', 'Client.?')}\n  }`, 'Client, Member[n]'),
      ),
    ).toEqual([]);
  });

  it.each([
    [
      'an alias',
      `type T = Command\nextern more(): T\nchoreography C(P, Q) {\n  match P.more() -> Q.c { case nick(x) { Q.print(x) } case privmsg(_, _) { } case quit { } }\n  Q.use(c)\n}\n`,
    ],
    [
      'a server',
      `choreography C(P, server Q) {\n  rec X { match P.next() -> Q.c { case nick(x) { Q.print(x) Q.use(c) continue X } case privmsg(_, _) { continue X } case quit { leave X } } }\n}\n`,
    ],
    [
      'a call of itself',
      `choreography C(P, Q) {\n  match P.next() -> Q.c { case nick(x) { do C(P, Q) Q.print(x) } case privmsg(_, _) { } case quit { Q.use(c) } }\n}\n`,
    ],
    [
      'what is given',
      `choreography Ask(P, Q, f: choreography(P, Q)) {\n  match P.next() -> Q.c { case nick(x) { do f(P, Q) Q.print(x) } case privmsg(_, _) { } case quit { Q.use(c) } }\n}\nchoreography Ping(P, Q) { P -> Q: ping }\nchoreography Main(A, B) { do Ask(A, B, Ping) do Ask(B, A, Ping) }\n`,
    ],
    [
      'roles that find out by what follows',
      `choreography C(P, Q, R) {\n  match P.next() -> Q.c { case nick(x) { Q.x -> R.y: one R.print(y) } case privmsg(_, _) { Q -> R: two } case quit { Q -> R: two Q.use(c) } }\n  match Q.next() -> P.c { case nick(x) { P.x -> R.y: one R.print(y) } case privmsg(_, _) { P -> R: two } case quit { P -> R: two P.use(c) } }\n}\n`,
    ],
    [
      'another in it that keeps the same',
      `choreography C(P, Q) {\n  match P.next() -> Q.c { case nick(_) { match P.next() -> Q.c { case nick(_) { Q.use(c) } case privmsg(_, _) { } case quit { } } } case privmsg(_, _) { } case quit { Q.use(c) } }\n}\n`,
    ],
    [
      'the name of what is matched in the pattern',
      `choreography C(P, Q) {\n  P.c = next()\n  match P.c -> Q.d { case nick(c) { P.print(c) Q.print(c) } case privmsg(_, _) { } case quit { } }\n  P.use(c)\n  Q.use(d)\n}\n`,
    ],
    [
      'cases of one name that nobody keeps',
      `enum More { nick(age: int), away }\nextern more(): More\nchoreography C(P, Q, R) {\n  match P.next() -> Q._ { case nick(_) { Q.print("a") } case privmsg(_, _) { } case quit { } }\n  match P.more() -> Q._, R.m { case nick(_) { Q.print("b") } case away { } }\n  match P.next() -> Q._, R.c { case nick(_) { R.print("b") } case privmsg(_, _) { } case quit { } }\n  R.use(c)\n  R.print(toString(m))\n}\n`,
    ],
    [
      'a decision around',
      `choreography C(P, Q) {\n  P.ok = true\n  while P.ok -> Q { P.ok = false match P.next() -> Q.c { case nick(_) { Q.use(c) } case privmsg(_, _) { } case quit { } } }\n}\n`,
    ],
    [
      'others of a family, each of which keeps it',
      `choreography C(M[n >= 2]) {\n  for i in M { match M[i].next() -> others M.c { case nick(x) { M.print(x) } case privmsg(_, _) { } case quit { } } }\n  M.print("over")\n}\n`,
    ],
    [
      'one of a family, told to all others',
      `choreography C(M[n >= 2]) {\n  match M[0].next() -> others M.c { case nick(x) { M[1].print(x) } case privmsg(_, _) { } case quit { M[n - 1].use(c) } }\n  M[1 until n].use(c)\n}\n`,
    ],
  ])('stands with %s', (_, text) => {
    expect(all(`${declared}${text}`)).toEqual([]);
  });

  it('takes cases of other files, which its projections import', () => {
    const text =
      'import { Command, next, use } from "./d.chor"\nchoreography C(P, Q) {\n  match P.next() -> Q.c { case nick(_) { } case privmsg(_, _) { } case quit { } }\n  Q.use(c)\n}\n';
    expect(all(text, { 'd.chor': declared })).toEqual([]);
    const workspace = workspaceOf(text, { 'd.chor': declared });
    workspace.set('file:///t/p.chor', projectionFile(workspace, uri, 'C')?.text ?? '');
    expect(workspace.analyze('file:///t/p.chor')?.findings.filter(({ severity }) => severity !== 'hint')).toEqual([]);
    expect(problems(text.replace('Command, ', ''), { 'd.chor': declared })).toContain('unknown-name: quit');
  });

  it('is decided by several who hold the same', () => {
    const text = `${declared}choreography C(A(b: bool), B, D) {\n  A.b -> B.b\n  match A.b, B.b -> D.b {\n    case true { D.count(1) }\n    case false { D.count(2) }\n  }\n  D.print(toString(b))\n}\n`;
    expect(all(text)).toEqual([]);
  });
});

describe('the names of the patterns', () => {
  it('live in their branches, at both', () => {
    expect(problems(irc('Server._', 'Client.print(name) Server.print(name)'))).toEqual([]);
    expect(problems(irc('Server._', 'Server.print(name)', '\n  Server.print(name)'))).toEqual([
      'unknown-variable: name',
    ]);
    expect(
      problems(
        within(
          '  match Client.next() -> Server._ {\n    case nick(name) { Log.print(name) }\n    case privmsg(_, _) { }\n    case quit { }\n  }',
        ),
      ),
    ).toEqual(['not-located-here: name']);
  });

  it('are none that mean something else there', () => {
    expect(
      problems(irc('Server._', 'Server.print(name)', '\n  Client."x" -> Server.name\n  Server.print(name)')),
    ).toEqual(['duplicate-name: name']);
    expect(messages(irc('Server.name'))[0]).toBe(
      '`Server` is sent what this pattern takes, and has another `name` already. Give it another name here.',
    );
    expect(
      problems(irc('Server._', 'Server.print(name)').replace('(Client, Server)', '(Client, Server(line: string))')),
    ).toEqual(['duplicate-name: line']);
    expect(
      problems(irc('Server._', 'Server.print(name)').replace('(Client, Server)', '(Client, Server, to: string)')),
    ).toEqual(['duplicate-name: to']);
    expect(
      problems(
        irc(
          'Server._',
          'Server.print(name)',
          '\n  Client.quit = 1\n  Client.quit -> Server.quit\n  Server.count(quit)',
        ),
      ),
    ).toEqual(['duplicate-name: quit']);
    // At who decides, they hide.
    expect(
      problems(
        irc('Server._', 'Client.print(name)')
          .replace('(Client, Server)', '(Client(name: string), Server)')
          .replace('\n  match', '\n  Client.print(name)\n  match'),
      ),
    ).toEqual([]);
  });

  it('are others in a match inside', () => {
    const inner = (name: string): string =>
      irc(
        'Server._',
        `match Client.next() -> Server._ { case nick(${name}) { Server.print(name) } case privmsg(_, _) { } case quit { } }`,
      );
    expect(problems(inner('name'))).toEqual(['duplicate-name: name']);
    expect(problems(inner('other'))).toEqual([]);
  });

  it('are one variable at who is sent them, and so of one type', () => {
    const text = (x: string): string =>
      within(
        `  match Client.number() -> Server._ {\n    case whole(n) { Server.count(n) }\n    case part(${x}) { Server.print(toString(${x})) }\n  }`,
        'Client, Server',
      );
    expect(problems(text('x'))).toEqual([]);
    expect(problems(text('n'))).toEqual(['type-mismatch: n']);
    expect(
      problems(
        irc('Server._', 'Server.print(name)').replace(
          'privmsg(to, line) { Server.print(to + line) }',
          'privmsg(name, line) { Server.print(name + line) }',
        ),
      ),
    ).toEqual([]);
  });
});

describe('what is no case', () => {
  const of = (guard: string, cases: string, more = ''): string =>
    within(`  match ${guard} -> Server.it {\n    ${cases}\n  }\n  Server.print(toString(it))${more}`, 'Client, Server');
  it.each([
    [of('Client.next()', 'case nick(n) { }\n    else { }'), ['case-needed: else']],
    [of('Client.next()', 'case nick(n) { }\n    case _ { }'), ['case-needed: _']],
    [of('Client.next()', 'case nick(n) { }\n    case other { Client.use(other) }'), ['case-needed: other']],
    [of('Client.next()', 'case nick(n) { }\n    case qiut { }'), ['case-needed: qiut']],
    [of('Client.next()', 'case nick { }\n    case privmsg(_, _) { }\n    case quit { }'), ['case-needed: nick']],
    [
      of('Client.next()', 'case nick("a") { }\n    case privmsg(_, _) { }\n    case quit { }'),
      ['missing-case: Client.next()', 'case-needed: "a"'],
    ],
    [of('Client.next()', 'case nick(_) { }\n    case quit { }'), ['missing-case: Client.next()']],
    [
      of(
        'Client.box()',
        'case boxed(Pair(1, _)) { }\n    case both(_) { }\n    case perhaps(some(n)) { }\n    case perhaps(none) { }',
      ),
      ['missing-case: Client.box()', 'case-needed: Pair(1, _)', 'case-needed: some(n)', 'case-needed: none'],
    ],
    [of('Client.3', 'case 3 { }\n    else { }'), ['case-needed: Server.it']],
    [of('Client."a"', 'case "a" { }\n    else { }'), ['case-needed: Server.it']],
    [of('Client.[1]', 'else { }'), ['case-needed: Server.it']],
    [of('Client.(1, 2)', 'case (_, _) { }'), ['case-needed: Server.it']],
    [of('Client.Pair(1, 2)', 'case Pair(_, _) { }'), ['case-needed: Server.it']],
  ])('is told: %s', (text, found) => {
    expect(problems(text).sort()).toEqual([...found].sort());
  });

  it('says what would be sent', () => {
    expect(messages(of('Client.next()', 'case nick(n) { }\n    else { }'))).toEqual([
      '`else` may be `privmsg(_, _)` or `quit`, and each branch is one case: its name is the label of the message to `Server.it`. Write the cases.',
    ]);
    expect(messages(of('Client.3', 'case 3 { }\n    else { }'))).toEqual([
      '`Client.3` would be sent to `Server.it` with its case for a label, but it is of type `int`, which has no cases: enums, options and `bool` have. Send it before, and let both decide: `match p.x, q.x { … }`.',
    ]);
  });

  it('is written out by a fix', () => {
    const rest = of('Client.next()', 'case nick(n) { Server.print(n) }\n    else { Server.print("x") }');
    expect(fixed(rest, 'case-needed')).toEqual({
      'Write the 2 cases': of(
        'Client.next()',
        'case nick(n) { Server.print(n) }\n    case privmsg(_, _) { Server.print("x") }\n    case quit { Server.print("x") }',
      ),
    });
    const number = of('Client.n', 'case 3 { }\n    else { }').replace('(Client,', '(Client(n: int),');
    expect(fixed(number, 'case-needed')).toEqual({
      'Send `Client.n` first, and let all decide': number.replace(
        '  match Client.n -> Server.it',
        '  Client.n -> Server.it\n  match Client.n, Server.it',
      ),
    });
    const fields = of('Client.next()', 'case nick { }\n    case privmsg(_, _) { }\n    case quit { }');
    expect(fixed(fields, 'case-needed')).toEqual({
      'Write `nick(_)`': fields.replace('case nick {', 'case nick(_) {'),
    });
  });

  it('is told of roles and types as elsewhere', () => {
    expect(problems(irc('Client.command'))).toContain('self-communication: Client.command');
    expect(problems(irc('Nobody.command'))).toContain('unknown-role: Nobody');
    expect(problems(irc('Server.command', 'Server.print(name)', '\n  Server.count(command)'))).toEqual([
      'type-mismatch: command',
    ]);
    expect(
      problems(
        irc('Server.command', 'Server.print(name)').replace(
          '  match',
          '  Server.command = 1\n  Server.count(command)\n  match',
        ),
      ),
    ).toEqual(['type-mismatch: command']);
    expect(hints(irc('Server.command'))).toEqual(['unused-variable: command']);
    expect(Object.values(fixed(irc('Server.command'), 'unused-variable'))).toContain(irc('Server._'));
  });

  it.each([
    'if Client.true -> Server.ok { Client -> Server: a }',
    'while Client.true -> Server.ok { Client -> Server: a }',
    'choice at Client -> Server.ok { Client -> Server: a } or { Client -> Server: b }',
  ])('is no other decision: %s', (line) => {
    expect(syntax(within(`  ${line}`))).toEqual([
      'Only a `match` sends the value that it decides by, whose case is the label. To tell how this goes, name the role alone: `-> Server`.',
    ]);
  });
});

describe('a network', () => {
  it('of the projections says the same, and reads as it is printed', () => {
    const text = within(`  match Client.next() -> Server.command, Log._ {
    case nick(name) { Log.print(name) }
    case privmsg(_, line) { Server.print(line) }
    case quit { }
  }
  Server.use(command)`);
    expect(all(text)).toEqual([]);
    const made = projectionFile(workspaceOf(text), uri, 'C')?.text ?? '';
    const workspace = workspaceOf(made, { 'main2.chor': text });
    workspace.set('file:///t/p.chor', made);
    workspace.set(uri, text);
    expect(workspace.analyze('file:///t/p.chor')?.findings.filter(({ severity }) => severity !== 'hint')).toEqual([]);
    const projected = workspace.analyze(uri)?.projections[0]?.network.processes.map(({ body }) => withoutOrigins(body));
    const read = lowerFile('file:///t/p.chor', made).declarations.find(({ kind }) => kind === 'network');
    expect(read?.kind === 'network' ? read.processes.map(({ body }) => withoutOrigins(body)) : []).toEqual(projected);
  });

  it.each([
    ['nick(n) { print(n) } privmsg(to, line) { print(to + line) } quit {}', []],
    ['nick(n) { print(n) } privmsg(both) { print(toString(both)) } quit {}', []],
    ['nick(n: int) { count(n) } privmsg(_, _) {} quit {}', ['payload-mismatch']],
    ['nick(n) { print(n) } quit {}', ['label-mismatch']],
  ])('by hand takes what is sent: %s', (branches, found) => {
    const text = `${irc('Server._')}network N implements C {\n  process Server { receive from Client { ${branches} } }\n}\n`;
    expect(
      [...new Set(all(text).map((line) => line.replace(/:.*$/s, '')))].filter((code) => code !== 'not-conformant'),
    ).toEqual(found);
  });
});

describe('in the editor', () => {
  const text = irc('Server.command', 'Server.print(name)', '\n  Server.use(command)');
  const answerAt = (at: number, name: string): string => {
    const answer = rename(workspaceOf(text), uri, at, name);
    return 'refused' in answer ? answer.refused : applyEdits(text, answer.edits);
  };
  it('the variable and the names of patterns are renamed, at both', () => {
    expect(answerAt(text.indexOf('.command') + 1, 'said')).toBe(
      text.replaceAll('Server.command', 'Server.said').replace('use(command)\n}', 'use(said)\n}'),
    );
    expect(answerAt(text.indexOf('print(name)') + 6, 'who')).toBe(
      text.replace('nick(name) {', 'nick(who) {').replace('print(name)', 'print(who)'),
    );
    expect(answerAt(text.indexOf('case nick') + 5, 'alias')).toBe(text.replaceAll('nick(', 'alias('));
  });
  it('the variable has its type in hovers, and the arrow says what it does', () => {
    expect(JSON.stringify(hover(workspaceOf(text), uri, text.indexOf('.command') + 2))).toContain(
      'Server.command: Command',
    );
    expect(JSON.stringify(hover(workspaceOf(text), uri, text.indexOf('-> Server') + 1))).toContain(
      'sends the value itself',
    );
  });
  it('completion knows the variable and, in the branch, the names of the pattern', () => {
    const labels = (source: string): string[] =>
      complete(workspaceOf(source.replace('|', '')), uri, source.indexOf('|')).items.map((item) => item.label);
    expect(labels(text.replace('Server.print(name)', 'Server.print(|)'))).toEqual(
      expect.arrayContaining(['name', 'command']),
    );
    expect(labels(text.replace('Server.print(name)', 'Client.print(|)'))).toContain('name');
    expect(labels(irc('Server', 'Server.print(|)'))).not.toContain('name');
    expect(labels(irc('Server._', 'match Client.maybe() { case some(n) { Server.print(|) } case none { } }'))).toEqual(
      expect.arrayContaining(['name']),
    );
    expect(
      labels(irc('Server._', 'match Client.maybe() { case some(inner) { Server.print(|) } case none { } }')),
    ).not.toContain('inner');
    expect(
      labels(
        `${declared}network N {\n  process A {\n    match next() {\n      case nick(name) { print(|) }\n      case quit { }\n    }\n  }\n}\n`,
      ),
    ).toContain('name');
    expect(labels(text.replace('Server.use(command)', 'Server.use(|)'))).toContain('command');
    expect(labels(text.replace('Server.use(command)', 'Server.use(|)'))).not.toContain('name');
    expect(
      labels(
        irc('Server._').replace('privmsg(to, line) {', 'privmsg(_, line) {').replace('print(to + line)', 'print(|)'),
      ),
    ).not.toContain('partPrivmsg');
  });
  it('the diagram shows one message to each, and no step for what is kept', () => {
    const analysis = workspaceOf(
      text.replace('to, line) { Server.print(to + line)', '_, line) { Server.print(line)'),
    ).analyze(uri);
    const choreography = analysis?.file.declarations.find(({ kind }) => kind === 'choreography');
    if (!analysis || choreography?.kind !== 'choreography') throw new Error('no choreography');
    const drawn = JSON.stringify(sequenceOf(choreography, analysis.scope));
    for (const shown of [
      '"text":"nick(name)"',
      '"says":"Client.name -> Server.name: nick"',
      '"text":"privmsg(_, line)"',
      '"text":"quit"',
      'is privmsg(_, line)',
    ])
      expect(drawn).toContain(shown);
    for (const hidden of ['command = ', 'commandPrivmsg']) expect(drawn).not.toContain(hidden);
  });
  it('the arrow is written out as messages', () => {
    const at = text.indexOf('match Client');
    const found = [...refactorings(workspaceOf(text), uri, { start: at, end: at }, Infinity)].find((each) =>
      each?.title.startsWith('Write out'),
    );
    const written = found ? applyEdits(text, found.edits) : '';
    expect(written).toContain('Client.name -> Server.name: nick');
    expect(written).toContain('Client.(to, line) -> Server.(to, line): privmsg');
    expect(written).toContain('Server.command = privmsg(to, line)');
    expect(problems(written)).toEqual([]);
    expect(roleText(written, 'Server')).toBe(roleText(text, 'Server'));
    const back = [...refactorings(workspaceOf(written), uri, { start: at, end: at }, Infinity)].find(
      (each) => each?.title === 'Tell Server by an arrow list',
    );
    expect(back ? format(applyEdits(written, back.edits)) : '').toBe(format(text));
  });
  it('is laid out, and read, as it is written', () => {
    const plain = within(
      '  match Client.next() -> Server.command, Log.entry, Log {\n    case quit {\n    }\n    else {\n    }\n  }',
    );
    expect(format(plain.replace('-> Server.command, Log.entry', '->Server.command,Log . entry'))).toBe(format(plain));
    expect(format(plain)).toContain('match Client.next() -> Server.command, Log.entry, Log {');
  });
  it.each([
    ['match Client.next() -> Server. {', 'Expected a name'],
    ['match Client.next() -> Server.command, {', 'Expected a role'],
    ['match Client.next() -> Server.(a, b) {', 'Expected a name'],
  ])('half of it is told, and the rest is read: %s', (head, message) => {
    const broken = within(`  ${head}\n    case nick(name) { Client.print(name) }\n  }\n  Client.count("x")`);
    expect(syntax(broken)).toEqual([expect.stringContaining(message)]);
  });
});
