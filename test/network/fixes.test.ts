// The repairs that are offered for networks: what they are called, and the text after them.
import { describe, expect, it } from 'vitest';
import { fixesFor } from '../../language/fixes/try.js';
import { Workspace } from '../../language/workspace.js';
import { applyEdits } from '../../language/edits/fix.js';
import { inWords } from '../in-words.js';

const uri = 'file:///fixes.chor';

/** The text after each fix that is offered for the first finding of a code, by its title. */
function repaired(text: string, code: string): Record<string, string> {
  const workspace = new Workspace();
  workspace.set(uri, text);
  const found = workspace.analyze(uri)?.findings.find((f) => f.code === code);
  if (!found)
    throw new Error(
      JSON.stringify(workspace.analyze(uri)?.findings.map((f) => [f.code, inWords(f, workspace).message])),
    );
  return Object.fromEntries(fixesFor(workspace, found).map((fix) => [fix.title, applyEdits(text, fix.edits)]));
}

const greeting =
  'choreography Greeting(Alice, Bob) {\n  Alice."hello" -> Bob.greeting\n  Bob."hi" -> Alice.reply\n}\n\n';
const network = (alice: string, bob: string, head = 'network N implements Greeting'): string =>
  `${head} {\n  process Alice {\n${alice}  }\n  process Bob {\n${bob}  }\n}\n`;

describe('what is returned', () => {
  it('is received before', () => {
    const text = (line: string): string =>
      `network N {\n  process Alice: string {\n    send "hello" to Bob\n${line}    return reply\n  }\n  process Bob {\n    receive greeting from Alice\n    reply = greeting + "!"\n    send reply to Alice\n  }\n}\n`;
    expect(Object.values(repaired(text(''), 'unknown-variable'))).toContain(text('    receive reply from Bob\n'));
  });
});

describe('deadlock', () => {
  it('moves a send up, as a line with its comments', () => {
    const bob = '    receive greeting from Alice\n    send "hi" to Alice\n';
    const text =
      greeting + network('    receive reply from Bob\n    // speak up\n    send "hello" to Bob // at last\n', bob);
    expect(repaired(text, 'deadlock')['Let Alice send to Bob before it receives']).toBe(
      greeting + network('    // speak up\n    send "hello" to Bob // at last\n    receive reply from Bob\n', bob),
    );
  });
  it('lets first whoever does not follow the choreography', () => {
    const swapped =
      'choreography Answer(Alice, Bob) {\n  Bob."hi" -> Alice.reply\n  Alice."hello" -> Bob.greeting\n}\n' +
      network(
        '    receive reply from Bob\n    send "hello" to Bob\n',
        '    receive greeting from Alice\n    send "hi" to Alice\n',
        'network N implements Answer',
      );
    expect(Object.keys(repaired(swapped, 'deadlock'))[0]).toBe('Let Bob send to Alice before it receives');
  });
  it('moves no send that needs what is received', () => {
    const text = network(
      '    receive x from Bob\n    send x to Bob\n',
      '    receive y from Alice\n    send y to Alice\n',
      'network N',
    );
    expect(repaired(text, 'deadlock')).toEqual({});
  });
  it('lets one receive first in a rendezvous', () => {
    const text = network(
      '    send 1 to Bob\n    receive x from Bob\n',
      '    send 2 to Alice\n    receive y from Alice\n',
      'network N sync',
    );
    expect(Object.values(repaired(text, 'deadlock'))[0]).toBe(
      network(
        '    receive x from Bob\n    send 1 to Bob\n',
        '    send 2 to Alice\n    receive y from Alice\n',
        'network N sync',
      ),
    );
  });
});

describe('unmatched-receive', () => {
  const bob = '    receive greeting from Alice\n    send "hi" to Alice\n';
  it('adds the greeting that was struck out, as the choreography has it', () => {
    const fixes = repaired(greeting + network('    receive reply from Bob\n', bob), 'unmatched-receive');
    expect(fixes['Add `send "hello" to Bob` to Alice, as `Greeting` says']).toBe(
      greeting + network('    send "hello" to Bob\n    receive reply from Bob\n', bob),
    );
  });
  it('chooses a value of the type that is received', () => {
    const fixes = repaired(
      network('', '    receive n: int from Alice\n    n = n + 1\n', 'network N'),
      'unmatched-receive',
    );
    expect(Object.keys(fixes)[0]).toBe('Add `send 0 to Bob` to Alice');
    expect(Object.values(fixes)[0]).toBe(
      network('    send 0 to Bob\n', '    receive n: int from Alice\n    n = n + 1\n', 'network N'),
    );
  });
  it('adds the send to the branch that lacks it', () => {
    const text = network(
      '    choice {\n      send to Bob: go\n    } or {\n      x = 1\n    }\n',
      '    receive from Alice: go\n',
      'network N',
    );
    expect(Object.values(repaired(text, 'unmatched-receive'))[0]).toContain(
      'or {\n      x = 1\n      send to Bob: go\n    }',
    );
  });
  it('removes the receive', () => {
    const text = network(
      '    send 1 to Bob\n',
      '    receive n from Alice\n    receive from Alice // never comes\n',
      'network N',
    );
    expect(repaired(text, 'unmatched-receive')['Remove this `receive` from Bob']).toBe(
      network('    send 1 to Bob\n', '    receive n from Alice\n', 'network N'),
    );
  });
});

describe('unmatched-send', () => {
  it('adds the receive, or removes the send', () => {
    const text = network('    send 1 to Bob\n    send 2 to Bob: more\n', '    receive n from Alice\n', 'network N');
    const fixes = repaired(text, 'unmatched-send');
    expect(fixes['Add `receive from Alice: more` to Bob']).toBe(
      network(
        '    send 1 to Bob\n    send 2 to Bob: more\n',
        '    receive n from Alice\n    receive from Alice: more\n',
        'network N',
      ),
    );
    expect(fixes['Remove this `send` from Alice']).toBe(
      network('    send 1 to Bob\n', '    receive n from Alice\n', 'network N'),
    );
  });
});

describe('label-mismatch', () => {
  it('adds the branch, or renames on either side', () => {
    const text = network(
      '    send to Bob: maybe\n',
      '    receive from Alice {\n      yes { }\n      no { }\n    }\n',
      'network N',
    );
    const fixes = repaired(text, 'label-mismatch');
    expect(Object.keys(fixes)).toEqual([
      'Send `no` instead of `maybe`',
      'Send `yes` instead of `maybe`',
      'Wait for `maybe` instead of `no`',
      'Wait for `maybe` instead of `yes`',
      'Add the branch `maybe` to Bob',
    ]);
    expect(fixes['Add the branch `maybe` to Bob']).toBe(
      network(
        '    send to Bob: maybe\n',
        '    receive from Alice {\n      yes { }\n      no { }\n      maybe { }\n    }\n',
        'network N',
      ),
    );
  });
  it('puts messages in order, on either side', () => {
    const [ab, ba] = [
      '    send to Bob: a\n    send to Bob: b\n',
      '    receive from Alice: b\n    receive from Alice: a\n',
    ];
    const fixes = repaired(network(ab, ba, 'network N'), 'label-mismatch');
    expect(fixes['Let Bob receive `a` first']).toBe(
      network(ab, '    receive from Alice: a\n    receive from Alice: b\n', 'network N'),
    );
    expect(fixes['Let Alice send `b` first']).toBe(
      network('    send to Bob: b\n    send to Bob: a\n', ba, 'network N'),
    );
  });
  it('adds the message that was left out before', () => {
    const text = network('    send to Bob: a\n    send to Bob: b\n', '    receive from Alice: b\n', 'network N');
    const fixes = repaired(text, 'label-mismatch');
    expect(fixes['Add `receive from Alice: a` to Bob']).toBe(
      network(
        '    send to Bob: a\n    send to Bob: b\n',
        '    receive from Alice: a\n    receive from Alice: b\n',
        'network N',
      ),
    );
    expect(fixes['Remove the `send` from Alice']).toBe(
      network('    send to Bob: b\n', '    receive from Alice: b\n', 'network N'),
    );
  });
  it('gives and takes labels', () => {
    const text = network('    send 1 to Bob\n', '    receive x from Alice: go\n', 'network N');
    expect(Object.values(repaired(text, 'label-mismatch'))).toEqual([
      network('    send 1 to Bob: go\n', '    receive x from Alice: go\n', 'network N'),
      network('    send 1 to Bob\n', '    receive x from Alice\n', 'network N'),
    ]);
  });
});

describe('not-conformant', () => {
  const wrong =
    greeting +
    network(
      '    // first\n    send "hello" to Bob\n    send "again" to Bob\n    receive reply from Bob\n',
      '    // polite\n    receive greeting from Alice\n    receive twice from Alice\n    send "hi" to Alice\n',
    );
  it('takes the projection’s code for all that differ', () => {
    const fixes = repaired(wrong, 'not-conformant');
    expect(Object.keys(fixes)).toEqual(['Take the projection’s code for Alice and Bob']);
    expect(Object.values(fixes)[0]).toBe(
      greeting +
        network(
          '    // first\n    send "hello" to Bob\n    receive reply from Bob\n',
          '    // polite\n    receive greeting from Alice\n    send "hi" to Alice\n',
        ),
    );
  });
  it('changes only the lines that differ', () => {
    const workspace = new Workspace();
    workspace.set(uri, wrong);
    const [fix] =
      workspace
        .analyze(uri)
        ?.findings.filter((f) => f.code === 'not-conformant')
        .flatMap((f) => fixesFor(workspace, f)) ?? [];
    expect(fix?.edits.map((e) => wrong.slice(e.start, e.end))).toEqual([
      '    send "again" to Bob\n',
      '    receive twice from Alice\n',
    ]);
  });
});

describe('payload-mismatch', () => {
  it('changes the annotation, or leaves the variable out', () => {
    const text = network(
      '    send "two" to Bob\n    send to Bob\n',
      '    receive x: int from Alice\n    receive y from Alice\n',
      'network N',
    );
    expect(Object.keys(repaired(text, 'payload-mismatch'))).toContain('Change the annotation to `string`');
    expect(
      Object.values(
        repaired(network('    send to Bob\n', '    receive y from Alice\n', 'network N'), 'payload-mismatch'),
      ),
    ).toEqual([network('    send to Bob\n', '    receive from Alice\n', 'network N')]);
  });
});

describe('the projection’s code', () => {
  const take = 'Take the projection’s code for Alice';
  it('is offered where exploring finds an error, too', () => {
    const fixes = repaired(
      `${greeting}network N implements Greeting {\n  process Alice {\n    // waits\n    receive reply from Bob // for this\n    send "hello" to Bob // and says hello\n  }\n}\n`,
      'deadlock',
    );
    // Two ways to say the same are offered once, each line with its comment.
    expect(Object.values(fixes)[0]).toMatch(
      /send "hello" to Bob \/\/ and says hello\n(?: +\/\/ waits\n)? +receive reply from Bob \/\/ for this/,
    );
  });
  it('has the local data of the process', () => {
    const shop =
      'extern price(t: string): int\nchoreography Shop(Alice(title: string, budget: int), Bob): int@Alice {\n  Alice.title -> Bob.wanted\n  Bob.cost = price(wanted) * 2\n  Bob.cost -> Alice.offer\n  if Alice.offer <= budget { Alice.best = offer } else { Alice.best = 0 }\n  return Alice.best\n}\n';
    const right = `network N implements Shop {\n  process Alice(title: string, budget: int): int {\n    send title to Bob // asks\n    receive offer from Bob\n    if offer <= budget {\n      best = offer\n    } else {\n      best = 0\n    }\n    return best\n  }\n}\n`;
    const wrong = right
      .replace('    receive offer from Bob\n', '')
      .replace('if offer <= budget', 'if budget > 0')
      .replace('best = offer', 'best = budget');
    expect(repaired(shop + wrong, 'unmatched-send')[take]).toBe(shop + right);
  });
  it('leaves all comments elsewhere, and changes as little as can be where all is on one line', () => {
    const one = `${greeting}network N implements Greeting { process Alice { /* a */ send "hello" to Bob /* b */ send "again" to Bob  receive reply from Bob } /* c */ }\n`;
    expect(repaired(one, 'unmatched-send')[take]).toBe(
      `${greeting}network N implements Greeting { process Alice { /* a */ send "hello" to Bob /* b */ receive reply from Bob } /* c */ }\n`,
    );
    const several = `${greeting}network N implements Greeting {\n  process Alice {\n    /* send "hello" to Bob\n       comes first */\n    send "hello" to Bob /* and\n    then */ receive reply from Bob; send "again" to Bob\n  }\n}\n`;
    expect(repaired(several, 'unmatched-send')[take]).toBe(
      `${greeting}network N implements Greeting {\n  process Alice {\n    /* send "hello" to Bob\n       comes first */\n    send "hello" to Bob /* and\n    then */ receive reply from Bob\n  }\n}\n`,
    );
  });
});
