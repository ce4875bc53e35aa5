// What is said of words that stand where a statement starts and start none.
import { expect, test } from 'vitest';
import { parse } from '../../language/syntax/parse.js';

const inChoreography = (line: string): string =>
  `choreography G(Alice(n: int), Bob) {\n  ${line}\n  Alice -> Bob: x\n}\n`;
const inProcess = (line: string): string =>
  `network N {\n  process Alice {\n    ${line}\n    send 1 to Bob\n  }\n  process Bob { receive from Alice }\n}\n`;

function said(text: string): string[] {
  return parse(text).flatMap(({ text: own, issues }) =>
    issues.map(({ message, start, end }) => `${own.slice(start, end)} | ${message}`),
  );
}

test.each([
  ['n = do Other(Alice, Bob)', 'n | Every variable lives at a role: write `Alice.n = …` or `Bob.n = …`.'],
  ['Alice = 3', 'Alice | `Alice` is a role; to give one of its variables a value, write `Alice.x = …`.'],
  ['print("x")', 'print | Who does this? A role stands before what it computes: write `Role.print(…)`.'],
  ['print "x"', 'print | `print "x"` means nothing here; to call a function, write `Role.print("x")`.'],
  [
    'loop { Alice -> Bob: y }',
    'loop | There is no `loop`: `rec Again { … continue Again }` repeats for ever, `while` as long as a condition holds.',
  ],
  [
    'loop {\n    Alice -> Bob: y\n  }',
    'loop | There is no `loop`: `rec Again { … continue Again }` repeats for ever, `while` as long as a condition holds.',
  ],
  [
    'repeat 3 { Alice -> Bob: y }',
    'repeat | There is no `repeat`: `rec Again { … continue Again }` repeats for ever, `while` as long as a condition holds.',
  ],
  [
    'iff Alice.n > 3 { Alice -> Bob: y } else { Alice -> Bob: z }',
    'iff | `iff` means nothing here; did you mean `if`?',
  ],
  ['whlie Alice.n > 3 { Alice -> Bob: y }', 'whlie | `whlie` means nothing here; did you mean `while`?'],
  ['mtach Alice.n { case 1 { } else { } }', 'mtach | `mtach` means nothing here; did you mean `match`?'],
  [
    'chioce at Alice { Alice -> Bob: y } or { Alice -> Bob: z }',
    'chioce | `chioce` means nothing here; did you mean `choice`?',
  ],
  [
    'Alice.n -> Bob.n: list<int>',
    '< | After the `:` of a message stands a label, not a type: the type of what is received follows from what is sent.',
  ],
  [
    'Alice.n -> Bob.n: (int, int)',
    '( | After the `:` of a message stands a label, not a type: the type of what is received follows from what is sent.',
  ],
  [
    'Alice.n: int -> Bob.n',
    ': | After the `:` of a message stands a label, not a type: the type of what is received follows from what is sent.',
  ],
  ['switch Alice.n { case 1 { } }', 'switch | There is no `switch`: `match` decides by the form of a value.'],
])('in a choreography: %s', (line, message) => {
  expect(said(inChoreography(line))).toEqual([message]);
});

test.each([
  ['recieve x from Bob', 'recieve | `recieve` means nothing here; did you mean `receive`?'],
  ['sned 1 to Bob', 'sned | `sned` means nothing here; did you mean `send`?'],
  ['recv x from Bob', 'recv | There is no `recv`: a process takes a message with `receive x from Role`.'],
  ['print "x"', 'print | `print "x"` means nothing here; to call a function, write `print("x")`.'],
  [
    'loop { send 2 to Bob }',
    'loop | There is no `loop`: `rec Again { … continue Again }` repeats for ever, `while` as long as a condition holds.',
  ],
  ['other', 'other | `other` does nothing: send it, assign it, or call a function.'],
])('in a process: %s', (line, message) => {
  expect(said(inProcess(line))).toEqual([message]);
});

test('a role of such a name is a role', () => {
  expect(said('choreography G(loop, iff) {\n  loop.1 -> iff.x\n  iff -> loop: y\n}\n')).toEqual([]);
});
