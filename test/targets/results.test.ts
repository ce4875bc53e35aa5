// Results at several roles and at families: headers, `return`, who takes them in calls, projections, the checker, and
// refactorings.
import { describe, expect, it } from 'vitest';
import { extraction } from '../../language/features/extract.js';
import { refactorings } from '../../language/features/refactorings.js';
import { projectionFile } from '../../language/projection/file.js';
import { roleText } from '../projection/helpers.js';
import { applyEdits } from '../../language/edits/fix.js';
import { fixed, hints, messages, problems, uri, workspaceOf } from '../typing/helpers.js';

const share = `choreography Share(Left(a: int), Right(b: string)): int@Left, string@Right {
  Left.a -> Right.a
  Right.b -> Left.b
  return Left.length(b), Right.b + toString(a)
}
extern print(line: string)
`;

/** What a file says once it was checked, exploration included. */
function all(text: string): string[] {
  return (workspaceOf(text).analyze(uri)?.findings ?? [])
    .filter(({ severity }) => severity !== 'hint')
    .map((f) => `${f.code}: ${text.slice(f.origin.start, f.origin.end)}`);
}

describe('results at several roles', () => {
  it.each([
    'L.x, R.y = do Share(L(1), R("b"))\n  L.print(toString(x))\n  R.print(y)',
    'R.y, L.x = do Share(L(1), R("b"))\n  L.print(toString(x))\n  R.print(y)',
    'L.x = do Share(L(1), R("b"))\n  L.print(toString(x))',
    'R.x = do Share(L(1), R("b"))\n  R.print(x)',
    'R.x, L.y = do Share(R(1), L("b"))\n  R.print(toString(x))\n  L.print(y)',
    'do Share(L(1), R("b"))',
  ])('go to the roles that stand in their places: %s', (lines) => {
    expect(all(`${share}choreography C(L, R) {\n  ${lines}\n}\n`)).toEqual([]);
  });

  it.each<[string, string[]]>([
    ['L.x, L.y = do Share(L(1), R("b"))', ['duplicate-name: L']],
    ['D.x = do Share(L(1), R("b"))', ['result-elsewhere: D']],
    ['L.x, R.y, D.z = do Share(L(1), R("b"))', ['result-elsewhere: D']],
    ['L.x, R.y = do Share(L(1), R("b"))\n  R.x = 1\n  R.y = x', ['type-mismatch: x']],
    ['L.x = "a"\n  L.x, R.y = do Share(L(1), R("b"))', ['type-mismatch: x']],
    ['L.(x, y) = do Share(L(1), R("b"))', ['type-mismatch: (x, y)']],
  ])('tell what is wrong: %s', (lines, found) => {
    expect(
      all(`${share}choreography C(L, R, D) {\n  D -> L\n  L -> R\n  ${lines}\n}\n`).filter(
        (each) => !each.startsWith('unused'),
      ),
    ).toEqual(found);
  });

  it.each<[string, string, string[]]>([
    [': int@L, int@L', 'return L.1', ['duplicate-name: L']],
    [': int@L', 'return L.1, L.2', ['duplicate-name: L']],
    [': int@L, string@R', 'return L.1', ['type-mismatch: string']],
    [': int@L, string@R', 'return R.1, L.2', ['type-mismatch: 1']],
    [': int@L', 'return L.1, R.2', ['type-mismatch: R.2']],
    [': int@L, int@R', 'return D.1, R.2', ['not-located-here: D']],
    ['', 'return L.1, R.2', ['type-mismatch: L.1', 'type-mismatch: R.2']],
    [': int@L, string@R', '', ['type-mismatch: int', 'type-mismatch: string']],
    [': int@L, int@X', 'return L.1, X.2', ['unknown-role: X']],
  ])('are those that the header promises: %s, %s', (header, end, found) => {
    expect(problems(`choreography C(L, R, D)${header} {\n  L -> R\n  R -> D\n  ${end}\n}\n`)).toEqual(found);
  });

  it('are added to the header', () => {
    const text = 'choreography C(L, R): int@L {\n  L -> R\n  return L.1, R."a"\n}\n';
    expect(messages(text)).toEqual([
      '`C` returns a value at R, but its header promises none there. Add it to the header, or leave out the `return`.',
    ]);
    expect(fixed(text, 'type-mismatch')['Add the result `string@R` to the header']).toBe(
      text.replace('int@L {', 'int@L, string@R {'),
    );
  });

  it('are one role’s own in its projection, and in a network', () => {
    const text = `${share}choreography C(L, R) {\n  L.x, R.y = do Share(L(1), R("b"))\n  L.print(toString(x))\n  R.print(y)\n}\n`;
    expect(roleText(text, 'L')).toBe('process L {\n  x = do Share(L(1), R)\n  print(toString(x))\n}\n');
    expect(roleText(text, 'R')).toBe('process R {\n  y = do Share(L, R("b"))\n  print(y)\n}\n');
    const made = projectionFile(workspaceOf(text), uri, 'C')?.text ?? '';
    const workspace = workspaceOf(text);
    workspace.set('file:///t/p.chor', made.replaceAll(/from "[^"]*"/g, 'from "./main.chor"'));
    expect(workspace.analyze('file:///t/p.chor')?.findings.filter(({ severity }) => severity !== 'hint')).toEqual([]);
    expect(made).toContain('process Right(b: string): string {');
  });

  it('stand where a call is written out', () => {
    const text = `choreography Two(P(k: int), Q): int@P, (int, int)@Q {\n  P.k -> Q.x: item\n  return P.k, Q.(x, x + 1)\n}\nextern note(n: int)\nchoreography C(A(n: int), B) {\n  if A.n > 1 {\n    A.k, B.(u, v) = do Two(A(n), B)\n    A.note(k)\n    B.note(u + v)\n  } else {\n    A -> B: over\n  }\n}\n`;
    expect(all(text)).toEqual([]);
    expect(roleText(text, 'B')).toContain('(u, v) = (x, x + 1)');
  });

  it('are found by extraction', () => {
    const text =
      'network N {\n  process A: int {\n    send 1 to B\n    receive x from B\n    return x\n  }\n  process B: string {\n    receive y from A\n    send y + 1 to A\n    return toString(y)\n  }\n}\n';
    const workspace = workspaceOf(text);
    const [declaration] = workspace.file(uri)?.declarations ?? [];
    const answer = declaration?.kind === 'network' ? extraction(workspace, uri, declaration) : undefined;
    expect(answer?.kind === 'extracted' ? answer.texts.join('\n') : answer?.message).toContain(
      '(A, B): int@A, string@B {\n  A.1 -> B.y\n  B.y + 1 -> A.x\n  return A.x, B.toString(y)\n}',
    );
  });

  it('are found by extraction with calls', () => {
    const text = `${share}network N {\n  process L {\n    (x, _) = (1, 2)\n    send (x, "a") to R: m\n    x = do Share(L(1), R)\n    print(toString(x))\n  }\n  process R {\n    receive (k, s) from L: m\n    y = do Share(L, R(s))\n    print(y + toString(k))\n  }\n}\n`;
    const workspace = workspaceOf(text);
    const declaration = workspace.file(uri)?.declarations.find(({ kind }) => kind === 'network');
    const answer = declaration?.kind === 'network' ? extraction(workspace, uri, declaration) : undefined;
    const made = answer?.kind === 'extracted' ? answer.texts.join('\n') : answer?.message;
    expect(made).toContain('L.(x, _) = (1, 2)');
    expect(made).toContain('L.(x, "a") -> R.(k, s): m');
    expect(made).toContain('L.x, R.y = do Share(L(1), R(s))');
  });

  it('come of statements that are made a choreography, and go where a call is written out', () => {
    const text =
      'extern note(n: int)\nchoreography C(A(a: int), B) {\n  A.a -> B.x\n  B.y = x + 1\n  A.z = a * 2\n  A.note(z)\n  B.note(x + y)\n}\n';
    const offered = (source: string, kind: string, start: number, end: number): string | undefined => {
      const workspace = workspaceOf(source);
      const found = [...refactorings(workspace, uri, { start, end }, Infinity)].find((each) => each?.kind === kind);
      return found && applyEdits(source, found.edits);
    };
    const made = offered(text, 'extract', text.indexOf('A.a ->'), text.indexOf('\n  A.note')) ?? '';
    expect(made).toContain('  A.z, B.(x, y) = do CPart(A(a), B)\n');
    expect(made).toContain(
      'choreography CPart(A(a: int), B): int@A, (int, int)@B {\n  A.a -> B.x\n  B.y = x + 1\n  A.z = a * 2\n  return A.z, B.(x, y)\n}',
    );
    expect(problems(made)).toEqual([]);
    const at = made.indexOf('do CPart');
    const back = offered(made, 'inline', at, at) ?? '';
    expect(back).toContain('  A.z = z2\n  B.(x, y) = (x2, y2)\n');
    expect(problems(back)).toEqual([]);
  });
});

describe('results at families', () => {
  const vote = `choreography Vote(Chair(motion: string), Member[n]): int@Chair, bool@Member {
  Chair.motion -> Member.motion
  Member.vote = motion == "yes"
  Member.vote -> Chair.votes
  return Chair.length(votes), Member.vote
}
extern print(line: string)
`;
  it('give each member its own', () => {
    const text = `${vote}choreography C(A, Node[n]) {\n  A.ayes, Node.mine = do Vote(A("yes"), Node)\n  A.print(toString(ayes))\n  Node.print(toString(mine))\n}\n`;
    expect(all(text)).toEqual([]);
    expect(hints(text)).toEqual([]);
    expect(roleText(text, 'Node')).toBe('process Node[i] {\n  mine = do Vote(A, Node)\n  print(toString(mine))\n}\n');
    expect(roleText(vote, 'Member')).toBe(
      'process Member[i]: bool {\n  receive motion from Chair\n  vote = motion == "yes"\n  send vote to Chair\n  return vote\n}\n',
    );
  });
  it('go to a part of a family that stands in the place', () => {
    const text = `${vote}choreography C(A, Node[n >= 1]) {\n  A.ayes, Node[1 until n].mine = do Vote(A("yes"), Node[1 until n])\n  A.print(toString(ayes))\n  Node[1 until n].print(toString(mine))\n  Node[0].print("none")\n}\n`;
    expect(all(text)).toEqual([]);
    expect(roleText(text, 'Node')).toContain(
      'when i > 0 {\n    mine = do Vote(A, Node[1 until n])\n    print(toString(mine))\n  }',
    );
  });
  it.each<[string, string[]]>([
    ['Node[0].mine = do Vote(A("yes"), Node)', ['result-elsewhere: Node[0]']],
    ['A.x, Node.mine = do Vote(A("yes"), Node[1 until n])', ['wrong-members: Node', 'result-elsewhere: Node']],
    ['Node.mine, Node[0].other = do Vote(A("yes"), Node)', ['duplicate-name: Node[0]', 'result-elsewhere: Node[0]']],
  ])('and to nobody else: %s', (line, found) => {
    expect(all(`${vote}choreography C(A, Node[n >= 1]) {\n  ${line}\n}\n`)).toEqual(found);
  });
});
