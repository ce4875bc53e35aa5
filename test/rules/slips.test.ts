// What is offered first for slips: a name misspelt where it is given, an argument or an input left out, a case or a
// round of a loop forgotten, a word or a sign that is missing.
import { describe, expect, it } from 'vitest';
import { fixesOf } from './measure.js';
import { meaning } from './mutants.js';

/** Expects that the first fix of some error says what another text does. */
function expectFirst(wrong: string, right: string): void {
  const first = fixesOf(wrong).map(({ fixes }) => meaning(fixes[0]?.text ?? ''));
  expect(first).toContain(meaning(right));
}

const shop = `extern priceOf(title: string, copies: int): int
extern show(price: int)
choreography Shop(Buyer(title: string), Seller): int@Buyer {
  Buyer.title -> Seller.wanted
  Seller.priceOf(wanted, 2) -> Buyer.price
  Buyer.show(price)
  return Buyer.price
}
`;

const lift = `enum Button { up(floor: int), hold, off }
extern pressed(): Button
extern drive(floor: int)
choreography Lift(Panel, Motor, Door) {
  rec Ride {
    Panel.button = pressed()
    match Panel.button {
      case up(floor) {
        Panel.floor -> Motor.floor: up
        Motor -> Door: close
        Motor.drive(floor)
        continue Ride
      }
      case hold {
        Panel -> Motor: hold
        Motor -> Door: hold
        continue Ride
      }
      case off {
        Panel -> Motor: off
        Motor -> Door: off
      }
    }
  }
}
`;

describe('the first fix', () => {
  const slips: readonly (readonly [string, string, string])[] = [
    ['a role misspelt in the header', 'Shop(Buyer(', 'Shop(Byuer('],
    ['a variable misspelt where it is kept', 'Buyer.price\n  Buyer.show', 'Buyer.pirce\n  Buyer.show'],
    ['an input left out', '(title: string), Seller', ', Seller'],
    ['an argument too many', 'priceOf(wanted, 2)', 'priceOf(wanted, 2, 0)'],
    ['arguments in the other order', 'priceOf(wanted, 2)', 'priceOf(2, wanted)'],
    ['a `return` left out', '  return Buyer.price\n', ''],
    ['an arrow left out', 'title -> Seller', 'title Seller'],
    ['a colon left out', 'Buyer(title: string)', 'Buyer(title string)'],
    ['a brace left out', 'int@Buyer {', 'int@Buyer'],
    ['a role left out', '  Buyer.title -> Seller', '  title -> Seller'],
  ];
  it.each(slips)('puts right %s', (_, right, wrong) => {
    expect(shop).toContain(right);
    expectFirst(shop.replace(right, wrong), shop);
  });
  const rounds: readonly (readonly [string, string, string])[] = [
    ['`rec` left out', 'rec Ride', 'Ride'],
    ['`case` left out', 'case hold', 'hold'],
    ['the name of a loop left out', 'hold\n        continue Ride', 'hold\n        continue'],
    ['`if` for `match`', 'match Panel.button {', 'if Panel.button {'],
  ];
  it.each(rounds)('puts right %s', (_, right, wrong) => {
    expect(lift).toContain(right);
    expectFirst(lift.replace(right, wrong), lift);
  });
  it('gives a case that is missing its fields, tells who is told in the others, and goes round again', () => {
    const wrong = lift.replace(/ *case up[^}]*\}\n/, '');
    const [fix] = fixesOf(wrong).find(({ code }) => code === 'missing-case')?.fixes ?? [];
    expect(fix?.title).toBe('Add `case up(floor)`, going round `Ride` again (2 messages in it)');
    expect(fix?.text).toContain(
      '      case up(floor) {\n        Panel -> Motor: up\n        Motor -> Door: up\n        continue Ride\n      }\n',
    );
  });
  it('ends the loop in a case that is missing, where all others go round it', () => {
    const [fix] = fixesOf(lift.replace(/ *case off[^}]*\}\n/, '')).flatMap(({ fixes }) => fixes);
    expect(fix?.text).toContain('case off {\n        Panel -> Motor: off\n        Motor -> Door: off\n      }\n');
  });
});

describe('a call of the library with too few arguments', () => {
  it('is an error where roles decide by it, and no more', () => {
    const text = `choreography Ask(A(store: map<string, int>), B) {
  A.store -> B.store
  if A.isSome(get(store)), B.isSome(get(store)) {
    A -> B: yes
  }
}
`;
    expect(fixesOf(text).map(({ code }) => code)).toContain('wrong-arguments');
  });
});

describe('what other languages call families and their loops', () => {
  const around = (line: string): string =>
    `extern show(x: int)\nchoreography Tell(Hub(x: int), Node[n >= 3](v: int)) {\n  ${line}\n}\n`;
  it.each([
    ['for i of Node { Hub.x -> Node[i].y }', 'for i in Node { Hub.x -> Node[i].y }'],
    ['for i in range(n) { Hub.x -> Node[i].y }', 'for i in 0 until n { Hub.x -> Node[i].y }'],
    ['for i in range(1, n) { Hub.x -> Node[i].y }', 'for i in 1 until n { Hub.x -> Node[i].y }'],
    ['for i in 1..n { Hub.x -> Node[i].y }', 'for i in 1 until n { Hub.x -> Node[i].y }'],
    ['for i in 0 to n - 1 { Hub.x -> Node[i].y }', 'for i in 0 until n - 1 { Hub.x -> Node[i].y }'],
    ['for i in Node { Hub.x -> i.y }', 'for i in Node { Hub.x -> Node[i].y }'],
    ['Hub.x -> Node[1 to n].y', 'Hub.x -> Node[1 until n].y'],
    ['Hub.x -> Node[1..n].y', 'Hub.x -> Node[1 until n].y'],
    ['Node.v -> Hub.vs majority', 'Node.v -> Hub.vs any majority'],
    ['Node.v -> Hub.vs first 2', 'Node.v -> Hub.vs any 2'],
    ['par { Hub.x -> Node[0].y } or { Hub.x -> Node[1].y }', 'par { Hub.x -> Node[0].y } and { Hub.x -> Node[1].y }'],
    ['at Hub {\n    Hub.y = x + 1\n  }\n  Hub.y -> Node.y', 'at Hub {\n    y = x + 1\n  }\n  Hub.y -> Node.y'],
  ])('%s', (wrong, right) => {
    expectFirst(around(wrong), around(right));
  });
  it('a role that names itself in its process', () => {
    const network = (own: string): string =>
      `extern show(x: int)\nnetwork N {\n  process A(x: int) {\n    ${own}y = x + 1\n    send y to B\n  }\n  process B {\n    receive z from A\n    show(z)\n  }\n}\n`;
    expectFirst(network('A.'), network(''));
  });
});
