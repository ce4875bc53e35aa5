// Networks that are odd rather than wrong in what they do: each has its own clear word.
import { describe, expect, it, test } from 'vitest';
import { fixesFor } from '../../language/fixes/try.js';
import { Workspace } from '../../language/workspace.js';
import { inWords } from '../in-words.js';

const uri = 'file:///a.chor';

/** Errors and warnings, with the text of their place. */
function told(text: string): string[] {
  const workspace = new Workspace();
  workspace.set(uri, text);
  return (workspace.analyze(uri)?.findings ?? [])
    .filter((f) => f.severity === 'error' || f.severity === 'warning')
    .map((f) => `${f.code} at ${text.slice(f.origin.start, f.origin.end)}: ${inWords(f).message}`);
}

const ping = 'choreography Ping(A, B) { A.1 -> B._x }\n';

test.each<[string, string, string[]]>([
  [
    'an empty process that nobody has to do with',
    'network N { process A { send 1 to B } process B { receive _x from A } process C { } }',
    ['unused-role at C: C takes part in nothing in `N`: its process is empty. Take it out, or write what it does.'],
  ],
  [
    'an empty process that another waits for',
    'network N { process A { } process B { receive _x from A } }',
    [
      'unmatched-receive at receive _x from A: B waits for `_x` from A that can’t come any more: A does nothing, its process is empty. Let A send it, or don’t wait for it.',
    ],
  ],
  [
    'an empty process that another sends to',
    'network N { process A { } process B { send 1 to A } }',
    [
      'unmatched-send at send 1 to A: B sends `1` to A, which is never received: A does nothing, its process is empty. Let A receive it, or don’t send it.',
    ],
  ],
  [
    'a role that never acts, in the choreography',
    'choreography P(A, B, C) { A.1 -> B._x }\nnetwork N implements P { process C { } }',
    ['unused-role at C: C takes part in nothing in `P`. Take it out of the header, or give it something to do.'],
  ],
  [
    'a process that never acts though its role does',
    `${ping}network N implements Ping { process A { } }`,
    [
      'unmatched-receive at A: B waits for `_x` from A that can’t come any more: A does nothing, its process is empty. Let A send it, or don’t wait for it.',
    ],
  ],
  [
    'a process that only computes',
    'network N { process A { _x = 1 } process B { send 1 to C } process C { receive _x from B } }',
    [],
  ],
  [
    'no process',
    'network N { }',
    ['unused-role at N: `N` does nothing: it has no process. Add one, `process Alice { … }`, for each role.'],
  ],
  [
    'one process, which is empty',
    'network N { process A { } }',
    ['unused-role at N: `N` does nothing: its only process, A, is empty. Write what A does.'],
  ],
  [
    'only empty processes',
    'network N { process A { } process B { } }',
    ['unused-role at N: `N` does nothing: all its processes are empty. Write what A does.'],
  ],
  ['no process of a choreography: all roles are its projections', `${ping}network N implements Ping { }`, []],
  [
    'one process, which talks to another',
    'network N { process A { send 1 to B } }',
    ['unknown-role at B: `N` has no process B: its only process is A. Add one, or use one of these.'],
  ],
  [
    'a process that talks to a role outside',
    'network N { process A { send 1 to Bo } process Bob { receive _x from Carol } }',
    [
      'unknown-role at Bo: `N` has no process Bo: its processes are A, Bob. Did you mean `Bob`?',
      'unknown-role at Carol: `N` has no process Carol: its processes are A, Bob. Add one, or use one of these.',
    ],
  ],
  [
    'a process that talks to a role outside the choreography',
    `${ping}network N implements Ping { process A { send 1 to C } }`,
    ['unknown-role at C: `Ping` has no role C: its roles are A, B. Add it to the header, or use one of these.'],
  ],
  [
    'a process that sends to itself',
    'network N { process A { send 1 to A receive _x from A } }',
    [
      'self-communication at send 1 to A: A can’t exchange messages with itself. Assign the value, or leave this out.',
      'self-communication at receive _x from A: A can’t exchange messages with itself. Assign the value, or leave this out.',
    ],
  ],
  [
    'two processes of one name',
    'network N { process A { send 1 to B } process A { send 1 to B } process B { receive _x from A } }',
    ['duplicate-name at A: There is already a process `A`.'],
  ],
  [
    'a process that the choreography does not have',
    `${ping}network N implements Ping { process C { send 1 to A } }`,
    ['unknown-role at C: `Ping` has no role C: its roles are A, B. Add it to the header, or use one of these.'],
  ],
  [
    'implements a record',
    'record P { x: int }\nnetwork N implements P { process A { } }',
    ['unknown-name at P: `P` is a record, but a choreography has to stand here.'],
  ],
  [
    'implements a function',
    'function f(x: int): int = x\nnetwork N implements f { process A { } }',
    ['unknown-name at f: `f` is a function, but a choreography has to stand here.'],
  ],
  [
    'implements a network',
    'network M { process A { send 1 to B } process B { receive _x from A } }\nnetwork N implements M { process A { } }',
    ['unknown-name at M: `M` is a network, but a choreography has to stand here.'],
  ],
  [
    'implements itself',
    'network N implements N { process A { } }',
    ['unknown-name at N: `N` is a network, but a choreography has to stand here.'],
  ],
  [
    'implements what is not there',
    'network N implements Nope { process A { } }',
    ['unknown-name at Nope: There is no choreography `Nope`. Declare it, or import it.'],
  ],
])('%s', (_, text, expected) => {
  expect(told(text)).toEqual(expected);
});

describe('an empty process', () => {
  const fixesOf = (text: string): Record<string, string> => {
    const workspace = new Workspace();
    workspace.set(uri, text);
    const found = workspace.analyze(uri)?.findings.find((f) => f.code === 'unused-role');
    return Object.fromEntries(
      (found ? fixesFor(workspace, found) : []).map((fix) => {
        const [edit] = fix.edits;
        return [fix.title, edit ? text.slice(0, edit.start) + edit.newText + text.slice(edit.end) : text];
      }),
    );
  };
  const text =
    'network N {\n  process A { send 1 to B }\n  process B { receive _x from A }\n  // nothing yet\n  process C { }\n}\n';
  it('can be taken out', () => {
    expect(fixesOf(text)).toEqual({
      'Remove C from `N`': 'network N {\n  process A { send 1 to B }\n  process B { receive _x from A }\n}\n',
    });
  });
  it('stays where its place is filled elsewhere', () => {
    expect(
      fixesOf(
        `${text}network M {\n  process A { do N(A, B, C) }\n  process B { do N(A, B, C) }\n  process C { do N(A, B, C) }\n}\n`,
      ),
    ).toEqual({});
  });
});
