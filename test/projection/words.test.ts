// What a role does in each of two branches, in words: every combination is a sentence.
import { describe, expect, it, test } from 'vitest';
import type { Expr, Name } from '../../language/ir/expression.js';
import { fixesFor } from '../../language/fixes/try.js';
import type { LeafAction, List, Node } from '../../language/projection/behaviour.js';
import { cons } from '../../language/projection/behaviour.js';
import { conflictOf } from '../../language/projection/deeds.js';
import { sayDeed, sayConflict } from '../../language/projection/words.js';
import { Workspace } from '../../language/workspace.js';
import { uri } from './helpers.js';
import { inWords } from '../in-words.js';
import { roleOf } from '../../language/ir/role.js';
import { variableTarget } from '../../language/ir/target.js';

const origin = { start: 0, end: 0 };
const name = (text: string): Name => ({ text, origin });
const value = (text: string): Expr => ({ kind: 'name', name: name(text), origin });
const leaf = (action: LeafAction): Node => ({ kind: 'leaf', action });
const body = (node: Node): List => cons(node, undefined);
const send = (label: string | undefined, payload?: string, to = 'B'): Node =>
  leaf({
    kind: 'send',
    receiver: roleOf(name(to)),
    origins: [origin],
    ...(label === undefined ? {} : { label: { name: name(label), types: [], origin } }),
    ...(payload === undefined ? {} : { value: value(payload) }),
  });
const receive = (labels: readonly string[], from = 'A'): Node => ({
  kind: 'receive',
  origins: [origin],
  arms: labels.map((label) => ({
    sender: roleOf(name(from)),
    ...(label ? { label: name(label) } : {}),
    types: [],
    carries: false,
    body: undefined,
    origins: [origin],
  })),
});
const set = (variable: string, to: string): Node =>
  leaf({ kind: 'assignment', into: variableTarget(name(variable)), value: value(to), origins: [origin] });
const effect = (text: string): Node =>
  leaf({ kind: 'effect', value: { kind: 'call', callee: name(text), args: [], origin }, origins: [origin] });
const fork = (text?: string): Node => ({
  kind: 'fork',
  form: text === undefined ? 'choice' : 'if',
  ...(text === undefined ? {} : { value: value(text) }),
  patterns: [],
  bodies: [],
  origins: [origin],
});
const loop = (text: string): Node => ({ kind: 'while', condition: value(text), body: undefined, origins: [origin] });
const call = (callee: string, ...roles: string[]): Node =>
  leaf({
    kind: 'call',
    callee: name(callee),
    args: roles.map((role) => ({ role: roleOf(name(role)), inputs: [] })),
    origins: [origin],
  });
const again = leaf({ kind: 'continue', loop: { name: name('Again'), from: 'source', number: 0 }, origins: [origin] });
const rec = (inside: List): Node => ({
  kind: 'rec',
  loop: { name: name('Proposal'), from: 'source', number: 1 },
  body: inside,
  origins: [origin],
});
const hole = leaf({ kind: 'hole', code: 'knowledge-of-choice', message: '', origins: [origin] });

const say = (left: Node | undefined, right: Node | undefined): string =>
  sayConflict(conflictOf({ left, right, reason: 'different' }), [{ kind: 'one' }, { kind: 'other' }]);
const sayNode = (node: Node): string => sayDeed(conflictOf({ left: node, right: undefined, reason: 'different' }).left);

test.each<[Node, string]>([
  [receive(['ship']), 'it gets `ship` from A in one branch and nothing in the other'],
  [receive(['']), 'it gets a message without a label from A in one branch and nothing in the other'],
  [receive(['keep', 'undo']), 'it gets `keep` or `undo` from A in one branch and nothing in the other'],
  [send('ship'), 'it sends `ship` to B in one branch and nothing in the other'],
  [send(undefined, 'x'), 'it sends `x` to B in one branch and nothing in the other'],
  [send(undefined), 'it sends a message to B in one branch and nothing in the other'],
  [set('x', 'y'), 'it sets `x` in one branch and does nothing in the other'],
  [effect('log'), 'it does `log()` in one branch and does nothing in the other'],
  [fork(), 'it decides by itself in one branch and does nothing in the other'],
  [fork('ok'), 'it decides by `ok` in one branch and does nothing in the other'],
  [loop('more'), 'it loops while `more` in one branch and does nothing in the other'],
  [call('Quote', 'A', 'B'), 'it takes part in `Quote` in one branch and does nothing in the other'],
  [again, 'it goes round the loop again in one branch and does nothing in the other'],
  [rec(body(receive(['ship']))), 'it gets `ship` from A in one branch and nothing in the other'],
  [rec(undefined), 'it goes into a loop in one branch and does nothing in the other'],
  [hole, 'it does what is not known in one branch and does nothing in the other'],
])('something and nothing: %#', (node, expected) => {
  expect(say(node, undefined)).toBe(expected);
  // What has no order of its own begins with what is done.
  expect(say(undefined, node)).toBe(expected);
});

test.each<[Node, Node, string]>([
  [receive(['a']), receive(['b']), 'it gets `a` from A in one branch and `b` from A in the other'],
  [receive(['a']), send('b'), 'it gets `a` from A in one branch and sends `b` to B in the other'],
  [receive(['a']), receive(['a']), 'it gets `a` from A in one branch and in the other, but goes on differently'],
  [send('a', 'x'), send('a', 'y'), 'it sends `a(x)` to B in one branch and `a(y)` to B in the other'],
  [send('a', 'x'), send('a', 'x'), 'it sends `a` to B in one branch and in the other, but goes on differently'],
  [send('a', 'x'), send('a'), 'it sends `a(x)` to B in one branch and `a` to B in the other'],
  [send('a'), send('a', undefined, 'C'), 'it sends `a` to B in one branch and `a` to C in the other'],
  [set('x', 'y'), set('x', 'z'), 'it sets `x` to `y` in one branch and `x` to `z` in the other'],
  [set('x', 'y'), set('z', 'y'), 'it sets `x` in one branch and `z` in the other'],
  [effect('log'), effect('note'), 'it does `log()` in one branch and `note()` in the other'],
  [fork(), fork('ok'), 'it decides by itself in one branch and by `ok` in the other'],
  [fork(), set('x', 'y'), 'it decides by itself in one branch and sets `x` in the other'],
  [loop('more'), loop('less'), 'it loops while `more` in one branch and while `less` in the other'],
  [
    call('Quote', 'A', 'B'),
    call('Order', 'A', 'B'),
    'it takes part in `Quote` in one branch and in `Order` in the other',
  ],
  [
    call('Quote', 'A', 'B'),
    call('Quote', 'B', 'A'),
    'it takes part in `Quote(A, B)` in one branch and in `Quote(B, A)` in the other',
  ],
  [again, call('Quote', 'A'), 'it goes round the loop again in one branch and takes part in `Quote` in the other'],
  [again, rec(undefined), 'it goes round the loop again in one branch and into a loop in the other'],
])('two things: %#', (left, right, expected) => {
  expect(say(left, right)).toBe(expected);
});

describe('every combination', () => {
  const all: readonly Node[] = [
    receive(['a']),
    receive(['a', 'b']),
    send('a'),
    send('a', 'x'),
    send(undefined, 'x'),
    set('x', 'y'),
    effect('log'),
    fork(),
    fork('ok'),
    loop('more'),
    call('Quote', 'A'),
    again,
    rec(undefined),
    hole,
  ];
  const verbs = 'gets|sends|sets|does|decides|loops|takes part|goes';
  it('has a verb for what is done on each side', () => {
    for (const left of all) {
      for (const right of all) {
        if (left === right) continue;
        const said = say(left, right);
        const [, first = '', second = ''] =
          new RegExp(`^it ((?:${verbs}) .+) in one branch and (.+) in the other$`).exec(said) ?? [];
        // The verb is told once where it is the same.
        expect([first, `${second}`, said]).toEqual([
          expect.stringContaining(sayNode(left).split(' ')[0] ?? ''),
          expect.stringMatching(/\S/),
          said,
        ]);
        const [own, other] = [sayNode(left), sayNode(right)].map(
          (clause) => new RegExp(`^(?:${verbs})`).exec(clause)?.[0] ?? '',
        );
        expect(new RegExp(`^(?:${verbs}) `).test(second), said).toBe(own !== other);
      }
    }
  });
  it('is told of places that have an order in that order of what is done', () => {
    expect(
      sayConflict(conflictOf({ left: undefined, right: receive(['a']), reason: 'different' }), [
        { kind: 'round' },
        { kind: 'after' },
      ]),
    ).toBe('it gets `a` from A after the last and nothing in a round');
    expect(
      sayConflict(conflictOf({ left: fork(), right: undefined, reason: 'different' }), [
        { kind: 'round' },
        { kind: 'after' },
      ]),
    ).toBe('it decides by itself in a round and does nothing after the last');
  });
});

function errorOf(text: string): { message: string; titles: string[] } {
  const workspace = new Workspace();
  workspace.set(uri, text);
  const found = workspace.analyze(uri)?.findings.find((f) => f.code === 'knowledge-of-choice');
  return {
    message: found ? inWords(found).message : '',
    titles: found ? fixesFor(workspace, found).map((fix) => fix.title) : [],
  };
}

describe('the branches of a decision', () => {
  it('of a loop are its rounds and what follows it', () => {
    const { message, titles } = errorOf(
      'choreography C(P(n: int), Q, R) {\n  while P.n > 0 -> Q {\n    Q -> R: more\n    P.n = n - 1\n  }\n  P -> Q: over\n}\n',
    );
    expect(message).toContain(
      'R can’t tell whether P goes round its loop again (`n > 0`): it gets `more` from Q in a round and nothing after the last.',
    );
    expect(titles).toContain('Let Q tell R after the loop too (1 more message there)');
    expect([message, ...titles].join('\n')).not.toContain('branch');
  });
  it('of a `match` are called by their cases', () => {
    const { message, titles } = errorOf(
      'enum E { a, b, c }\nchoreography C(P(e: E), Q, R) {\n  match P.e -> Q {\n    case a { Q -> R: one }\n    case b { Q -> R: two }\n    case c { }\n  }\n}\n',
    );
    expect(message).toContain('it gets `one` from Q in the case `a` and nothing in the case `c`.');
    expect(titles).toContain('Let Q tell R in the case `c` too (1 more message there)');
  });
  it('of a `match` with an `else`', () => {
    const { message, titles } = errorOf(
      'choreography C(P(e: int), Q, R) {\n  match P.e -> Q {\n    case 1 { Q -> R: one }\n    case 2 { Q -> R: two }\n    else { }\n  }\n}\n',
    );
    expect(message).toContain('it gets `one` from Q in the case `1` and nothing in the `else`.');
    expect(titles).toContain('Let Q tell R in the `else` too (1 more message there)');
  });
  it('of a choice among more than two are counted', () => {
    const { message, titles } = errorOf(
      'choreography C(P, Q, R) {\n  choice at P {\n    P -> Q: a\n    Q -> R: a\n  } or {\n    P -> Q: b\n  } or {\n    P -> Q: c\n    Q -> R: c\n  }\n}\n',
    );
    expect(message).toContain('it gets `a` from Q in the first branch and nothing in the second branch.');
    expect(titles).toContain('Let Q tell R in the second branch too (1 more message there)');
  });
  it('of a choice in which several lack it', () => {
    expect(
      errorOf(
        'choreography C(P, Q, R) {\n  choice at P {\n    P -> Q: a\n    Q -> R: a\n  } or {\n    P -> Q: b\n  } or {\n    P -> Q: c\n  }\n}\n',
      ).titles,
    ).toContain('Let Q tell R in the other branches too (1 more message there)');
  });
  it('of two are one and the other', () => {
    const { message, titles } = errorOf(
      'choreography C(P(n: int), Q, R) {\n  if P.n > 0 -> Q {\n    Q -> R: more\n  } else { }\n}\n',
    );
    expect(message).toContain('it gets `more` from Q in one branch and nothing in the other.');
    expect(titles).toContain('Let Q tell R in the other branch too (1 more message there)');
  });
});
