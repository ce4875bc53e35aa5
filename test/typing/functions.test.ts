// Functions are no values: what decides, is kept or is sent is none.
import { describe, expect, it } from 'vitest';
import { messages, problems } from './helpers.js';

const declared =
  'enum Request { put(key: string), quit }\nrecord Point { x: int }\nextern ask(n: int): int\nextern use(n: list<int>)\nfunction twice(n: int): int = n * 2\n';
const within = (body: string): string => `${declared}choreography C(A(ok: bool), B(xs: list<int>)) {\n  ${body}\n}\n`;

describe('a function', () => {
  it('is no value to decide by', () => {
    const text =
      'choreography F(Alice, Bob) {\n  if Bob.min -> Alice { Alice.x = 1 } else { Alice.x = 2 }\n  Alice.x -> Bob\n}\n';
    expect(problems(text)).toEqual(['type-mismatch: min']);
    expect(messages(text)).toEqual([
      '`min` is a function of the library, and no value to decide by, to keep or to send. Call it, `min(…)`, or give it to a function that takes one, such as `map`.',
    ]);
  });
  it.each([
    ['A.min -> B.f', 'min'],
    ['A.length -> B.f', 'length'],
    ['A.ask -> B.f', 'ask'],
    ['A.twice -> B.f', 'twice'],
    ['A.put -> B.f', 'put'],
    ['A.Point -> B.f', 'Point'],
    ['A.f = x => x + 1', 'x => x + 1'],
    ['A.f = (ask, 1)', 'ask'],
    ['A.f = [max]', 'max'],
    ['A.f = some(max)', 'max'],
    ['A.f = put(max)', 'max'],
    ['A.f = if ok then 1 else max', 'max'],
    ['A.f = match ok { case true => max, else => 1 }', 'max'],
    ['A.f = ask(max)', 'max'],
    ['A.f = ask(upper)', 'upper'],
    ['A.f = ask(twice)', 'twice'],
    ['if A.max -> B { A -> B: hi }', 'max'],
    ['while A.max -> B { A -> B: hi }', 'max'],
    ['match A.max -> B { case 1 {} else {} }', 'max'],
    ['do D(A(max), B)', 'max'],
  ])('is no value in `%s`', (body, wrong) => {
    expect(
      problems(`${within(body)}choreography D(A(n: int), B) { A.n -> B.m }\n`).filter((p) => !p.startsWith('unused')),
    ).toEqual([`type-mismatch: ${wrong}`]);
  });
  it('is none that a process keeps, sends, gives back or decides by', () => {
    expect(
      problems(
        'network N {\n  process A: int {\n    send min to B\n    x = max\n    if length { x = 1 }\n    return min\n  }\n  process B { receive x from A }\n}\n'.replace(
          'A:',
          'A():',
        ),
      ),
    ).toEqual(['type-mismatch: min', 'type-mismatch: max', 'type-mismatch: length', 'type-mismatch: min']);
  });
  it.each([
    'B.ys = map(xs, twice)\n  B.use(ys)',
    'B.ys = map(xs, ask)\n  B.use(ys)',
    'B.use(filter(xs, x => x > 2))',
    'B.w = fold(xs, 0, max)\n  B.use([w])',
    'A.min = 1\n  A.min -> B.m\n  B.use([m])',
    'A.q = quit\n  A.q -> B.r',
    'A.f = match some(1) { case some(min) => min, case none => 0 }\n  A.f -> B.m\n  B.use([m])',
    'B.use(map(xs, min => min + 1))',
  ])('may be given to one that takes it, and its name may be a variable’s: `%s`', (body) => {
    expect(problems(within(body)).filter((p) => p.startsWith('type-mismatch'))).toEqual([]);
  });
});
