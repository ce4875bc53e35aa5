// Families of roles in diagrams: one lane with its sizes, loops over members as frames.
import { describe, expect, test } from 'vitest';
import { countText } from '../../language/diagram/counts.js';
import { mermaidSequence } from '../../language/diagram/mermaid.js';
import { svgSequence } from '../../language/diagram/svg.js';
import { drawingOf, outline, statesDrawn } from './helpers.js';

const chain = `choreography Chain(Client(e: int), Node[n >= 2]) {
  Client.e -> Node[0].entry
  for k in 0 until n - 1 { Node[k].entry -> Node[k + 1].entry: pass }
  Node[n - 1].entry -> Client.ack
  Client.ack -> Node.done
  for i in Node { Node[i].x = done }
}
`;

describe('a family', () => {
  test('is one lane with its sizes; messages say which members they are of, and loops are frames', () => {
    expect(drawingOf(chain).lanes.map(({ title }) => title)).toEqual(['Client', 'Node[n >= 2]']);
    expect(outline(drawingOf(chain))).toEqual([
      'Client > Node: e → [0]',
      'loop k in 0 until n - 1',
      ' [] 1-1',
      '  Node > Node: [k] pass(entry) → [k + 1]',
      'Node > Client: [n - 1] entry',
      'Client > Node: ack → all',
      'loop i in Node',
      ' [] 0-0',
      '  Node: [i] x = done',
    ]);
    expect(countText(drawingOf(chain).count)).toBe('4 messages, 4 rounds, each loop once');
  });

  test('of which a member is picked has a frame for that', () => {
    const text =
      'choreography Get(Client(key: int), server Node[n >= 1], Log) {\n  pick k in Node by Client.key % n -> Log {\n    Client.key -> Node[k].key: get\n    Node[k].key -> Client.back\n  }\n}\n';
    expect(outline(drawingOf(text))).toEqual([
      'alt',
      ' [pick k in Node by Client: key % n] 3-3',
      '  Client > Log: picked (implied)',
      '  Client > Node: get(key) → [k]',
      '  Node > Client: [k] key',
    ]);
    expect(mermaidSequence(drawingOf(text))).toContain('alt pick k in Node by Client: key #37; n');
  });

  test('stands in what is written as it does in its header', () => {
    expect(svgSequence(drawingOf(chain))).toContain('>Node[n &#62;= 2]</text>');
    expect(mermaidSequence(drawingOf(chain))).toContain('participant r1 as Node[n #62;= 2]');
  });

  test('of which parts take part in a call unfolds in one lane', () => {
    const text =
      'choreography C(A, Node[n >= 2]) {\n  do D(A, Node[1 until n], Node[0])\n}\nchoreography D(P, Q[m], R) {\n  P -> R: go\n  R -> Q: on\n}\n';
    expect(outline(drawingOf(text, { all: true }))).toEqual([
      'do do D(A, Node[1 until n], Node[0])',
      ' [] 2-2',
      '  A > Node: go',
      '  Node > Node: on → all',
    ]);
  });

  test('has no states of its own, and says why', () => {
    expect(statesDrawn(chain).roles.map(({ role, problem }) => [role, problem?.message])).toEqual([
      ['Client', '`Node` is a family of any number of roles, and what is exported names each of them: choose a size'],
      ['Node', '`Node` is a family of any number of roles, and what is exported names each of them: choose a size'],
    ]);
  });
});
