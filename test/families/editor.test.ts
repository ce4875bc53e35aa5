// Families in the editor: who is meant, what is offered, what is renamed, how it is laid out.
import { describe, expect, test } from 'vitest';
import { complete } from '../../language/features/completion.js';
import { hover } from '../../language/features/hover.js';
import { processViews, roleViews } from '../../language/features/projections.js';
import { rename } from '../../language/features/rename.js';
import { format } from '../../language/syntax/format.js';
import { marked } from '../features/marked.js';
import { at } from '../features/texts.js';

const text = `extern decide(motion: string): bool
choreography Vote(Chair(motion: string), Member[n >= 2](seat: int)): bool@Chair {
  Chair.motion -> Member.motion
  for i in 0 until n - 1 {
    Member[i].seat -> Member[i + 1].before
  }
  Member.vote = decide(motion)
  Member.vote -> Chair.votes
  Chair.ayes = length(filter(votes, v => v))
  return Chair.ayes * 2 > n
}
network Hand implements Vote {
  process Chair(motion: string): bool {
    send motion to Member
    receive votes from Member
    return length(filter(votes, v => v)) * 2 > n
  }
  process Member[i](seat: int) {
    receive motion from Chair
    when i > 0 {
      receive before from Member[i - 1]
    }
    when i < n - 1 {
      send seat to Member[i + 1]
    }
    send decide(motion) to Chair
  }
}
`;

const said = (place: string): string => {
  const { workspace, uri, offset } = marked(at(text, place));
  return hover(workspace, uri, offset)?.markdown ?? '';
};
const renamed = (place: string): string[] => {
  const { workspace, uri, text: source, offset } = marked(at(text, place));
  const answer = rename(workspace, uri, offset, 'new');
  if (!('edits' in answer)) throw new Error(JSON.stringify(answer));
  let result = source;
  for (const { start, end, newText } of [...answer.edits].sort((a, b) => b.start - a.start))
    result = result.slice(0, start) + newText + result.slice(end);
  return result
    .split('\n')
    .filter((line) => /\bnew\b/.test(line))
    .map((line) => line.trim());
};
const offered = (source: string): string[] => {
  const { workspace, uri, offset } = marked(source);
  return complete(workspace, uri, offset).items.map(({ label }) => label);
};

describe('a hover says who is meant', () => {
  test('in the header, with the sizes', () => expect(said('Member[n')).toContain('role Member[n >= 2](seat: int)'));
  test('by all members', () => expect(said('Member.motion')).toContain('All members of Member, 0 to `n - 1`.'));
  test('by an index of a loop', () => {
    expect(said('Member[i].seat')).toContain('One member of Member: `0` to `n - 2`, as `i` goes on.');
    expect(said('Member[i + 1].b')).toContain('One member of Member: `1` to `n - 1`, as `i` goes on.');
  });
  test('and of sizes and numbers that they are', () => {
    expect(said('n - 1 {')).toContain('n: int');
    expect(said('i + 1].b')).toContain('i: int');
    expect(said('process Member'.slice(8) + '[i](seat')).toContain('process Member[i](seat: int)');
  });
});

describe('a rename', () => {
  test('of a size goes through the choreography and what implements it', () => {
    const lines = [
      'choreography Vote(Chair(motion: string), Member[new >= 2](seat: int)): bool@Chair {',
      'for i in 0 until new - 1 {',
      'return Chair.ayes * 2 > new',
      'return length(filter(votes, v => v)) * 2 > new',
      'when i < new - 1 {',
    ];
    for (const place of ['n >= 2', 'n - 1 {\n    M', 'n\n  }\n  process']) expect(renamed(place), place).toEqual(lines);
  });
  test('of a loop’s number stays in the loop', () => {
    for (const place of ['i in 0', 'i + 1].b'])
      expect(renamed(place)).toEqual(['for new in 0 until n - 1 {', 'Member[new].seat -> Member[new + 1].before']);
  });
  test('of a member’s number stays in its process', () => {
    expect(renamed('i](seat')).toEqual([
      'process Member[new](seat: int) {',
      'when new > 0 {',
      'receive before from Member[new - 1]',
      'when new < n - 1 {',
      'send seat to Member[new + 1]',
    ]);
  });
  test('of a family goes everywhere', () => {
    const lines = renamed('Member[n');
    expect(lines).toHaveLength(10);
    expect(renamed('Member[i](seat')).toEqual(lines);
  });
});

describe('offered', () => {
  const header = 'choreography C(A, Node[n](x: int)) {\n';
  test('are sizes and numbers of loops, and nothing else, in the place of an index', () => {
    expect(offered(`${header}  A.1 -> Node[<|>]\n}\n`)).toEqual(['n', 'until']);
    expect(offered(`${header}  for i in Node {\n    A.1 -> Node[<|>]\n  }\n}\n`)).toEqual(['i', 'n', 'until']);
    expect(offered(`${header}  for i in Node {\n    A.1 -> Node[i].y\n  }\n  A.1 -> Node[<|>]\n}\n`)).toEqual([
      'n',
      'until',
    ]);
  });
  test('are families and numbers to go through', () => {
    expect(offered(`${header}  for i in <|>\n}\n`)).toEqual(['Node', 'n', '0 until n']);
    expect(offered(`${header}  for i in 0 until <|>\n}\n`)).toEqual(['n']);
  });
  test('are the variables of a member', () =>
    expect(offered(`${header}  for i in Node {\n    Node[i].<|>\n  }\n}\n`)).toEqual(
      expect.arrayContaining(['x', 'i', 'n']),
    ));
  test('is the family itself as a receiver of one of its members', () =>
    expect(offered(`${header}  Node[0].x -> <|>\n}\n`)).toEqual(expect.arrayContaining(['A', 'Node', 'others'])));
  test('is a loop where statements start', () => expect(offered(`${header}  <|>\n}\n`)).toContain('for'));
  test('are the families of a network’s header, and its numbers', () => {
    expect(offered('network C(Node[n]) {\n  process A {\n    send 1 to <|>\n  }\n}\n')).toEqual(['Node']);
    expect(offered('network C(Node[n]) {\n  process Node[i] {\n    when <|>\n  }\n}\n')).toEqual(['i', 'n']);
    expect(offered('network C(Node[n]) {\n  process Node[i] {\n    send 1 to Node[<|>]\n  }\n}\n')).toEqual([
      'i',
      'n',
      'until',
    ]);
    expect(offered('network C(Node[n]) {\n  process Node[i] {\n    <|>\n  }\n}\n')).toEqual(
      expect.arrayContaining(['for', 'when']),
    );
  });
});

describe('the layout', () => {
  const tidy =
    'choreography C(A, Node[n >= 2 = 3](x: int)) {\n  for i in 0 until n - 1 { Node[i].x -> Node[i + 1].y }\n  A.1 -> others Node.z\n  for j in Node[1 until n] { A.1 -> Node[j].w[j] }\n}\n\nnetwork N(Node[n]) {\n  process Node[i in 1 until n] {\n    when i > 0 { send 1 to Node[i - 1] } else when i == 0 {} else {}\n  }\n}\n';
  test('of families', () => {
    const untidy =
      'choreography C(A,Node [ n>=2 = 3 ](x:int)){for i in 0 until n-1{Node [i ].x->Node[ i+1].y}\nA.1->others Node.z\nfor j in Node[1  until n]{A.1->Node[j].w[ j ]}}\n\nnetwork N(Node[ n ]){process Node[i in 1 until n]{when i>0{send 1 to Node[i-1]}else when i==0{ }else{}}}';
    expect(format(untidy)).toBe(tidy);
    expect(format(tidy)).toBe(tidy);
  });
});

describe('the view', () => {
  test('heads a family’s column with its members', () => {
    const { workspace, uri } = marked(`<|>${text}`);
    const [projected] = workspace.analyze(uri)?.projections ?? [];
    expect(projected && roleViews(projected).map(({ role, members }) => `${role}${members ?? ''}`)).toEqual([
      'Chair',
      'Member[j in 0 until n]',
    ]);
  });
  test('has a column for each process of a family, where there are several', () => {
    const { workspace, uri } = marked(
      '<|>network N(Node[n >= 2]) {\n  process Node[0] {\n    send to Node[n - 1]: go\n  }\n  process Node[i in 1 until n] {\n    when i == n - 1 {\n      receive from Node[0]: go\n    }\n  }\n}\n',
    );
    const analysis = workspace.analyze(uri);
    expect(analysis?.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    const [network] = analysis?.file.declarations ?? [];
    expect(network?.kind === 'network' && processViews(network).map(({ role, members }) => [role, members])).toEqual([
      ['Node[0]', '[0]'],
      ['Node[i in 1 until n]', '[i in 1 until n]'],
    ]);
  });
});
