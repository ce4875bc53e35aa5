// Receives over several senders: what comes first is taken, whoever it is from.
import { describe, expect, test } from 'vitest';
import { shortVerdict } from '../../language/features/words.js';
import { diagnosticsIn } from '../../language/rules/render.js';
import { format } from '../../language/syntax/format.js';
import { uri, workspaceOf } from '../typing/helpers.js';

const found = (text: string): string[] =>
  diagnosticsIn(workspaceOf(text), uri)
    .filter(({ severity }) => severity !== 'hint')
    .map(({ code, message }) => `${code}: ${message}`);
const verdicts = (text: string): string[] =>
  (workspaceOf(text).analyze(uri)?.verdicts ?? []).map((verdict) => `${verdict.name}: ${shortVerdict(verdict)}`);

/** A store that serves a reader, and somebody who writes first or does not. */
const store = (reads: string, channels = ''): string =>
  `network Store ${channels} {
  process Client {
    choice {
      send 1 to Head: write
      receive from Tail: written
    } or {
      send 2 to Tail: read
      receive value from Tail: answer
    }
  }
  process Head {
    choice {} or {}
  }
  process Tail {
    receive {
      read(key) from Client {
        send key to Client: answer
      }
      ${reads}
    }
  }
}
`.replace(
    'process Head {\n    choice {} or {}\n  }',
    'server process Head {\n    receive entry from Client: write\n    send entry to Tail: write\n  }',
  );

describe('a receive over several senders', () => {
  test.each(['', 'sync', 'buffer 1'])('takes what comes: %s', (channels) => {
    const text = store('write(entry) from Head {\n        send to Client: written\n      }', channels);
    expect(found(text)).toEqual([]);
    expect(verdicts(text)).toEqual(['Store: proved free of deadlock']);
  });

  test('without a branch for one of them leaves its message', () => {
    expect(verdicts(store('other(n) from Head {\n      }'))).toEqual(['Store: refuted']);
    expect(found(store('write(entry) from Client {\n      }')).length).toBeGreaterThan(0);
  });

  test.each([
    ['receive vote from A any 1: vote', 1],
    ['receive { vote(x) from A {} vote(y) from B {} }', 2],
    ['receive votes from A, B any 1: vote', 2],
    ['receive votes from A, B, D any majority: vote', 3],
  ])('is told once, with what each of them decided: %s', (waits, count) => {
    const workspace = workspaceOf(`extern votes(): bool
network N {
  process C { ${waits} }
  process A { if votes() { send 1 to C: vote } }
  process B { if votes() { send 2 to C: vote } }
  process D { if votes() { send 3 to C: vote } }
}
`);
    const told = (workspace.analyze(uri)?.findings ?? []).filter(({ code }) => code === 'unmatched-receive');
    expect(told.length).toBe(1);
    const [first] = told;
    if (first?.code !== 'unmatched-receive') throw new Error('nothing told');
    const { run } = first.args;
    expect(run.ends.length).toBe(1 + count);
    expect(run.steps.filter((step) => step.kind === 'decide').length).toBe(count);
  });

  test('is told with all that it waits for, where none of them comes', () => {
    expect(
      found(`network N {
  process A { send 1 to C: go receive back from C: end }
  process B {}
  process C {
    receive { go(n) from A {} }
    receive { x(n) from A { send 1 to A: end } y(n) from B {} }
  }
}`)
        .filter((each) => !each.startsWith('unused'))
        .join(),
    ).toMatch(/C waits for `x` or `y` from A or B/);
  });

  test('is no label-mismatch while another sender may still bring what fits', () => {
    expect(
      verdicts(`network N {
  process A { send 1 to C: late }
  process B { send 2 to C: early }
  process C {
    receive { early(n) from B {} other(n) from A {} }
    receive m from A: late
  }
}`),
    ).toEqual(['N: proved free of deadlock']);
    expect(
      verdicts(`network N {
  process A { send 1 to C: late }
  process B { choice { send 2 to C: early } or {} }
  process C {
    receive { early(n) from B {} other(n) from A {} }
    receive m from A: late
  }
}`),
    ).toEqual(['N: refuted']);
  });

  test('binds, types and counts each message by its sender', () => {
    expect(
      found(`network N {
  process A { send 1 to C: x }
  process B { send "b" to C: x }
  process C {
    receive {
      x(n: int) from A { receive m: string from B: x }
      x(m: string) from B { receive n: int from A: x }
    }
  }
}`),
    ).toEqual([]);
    expect(
      found(`network N {
  process A { send 1 to C: x }
  process B { send "b" to C: x }
  process C {
    receive {
      x(n: int) from A { receive m: int from B: x }
      x(m: int) from B { receive n: int from A: x }
    }
  }
}`).map((each) => each.split(':')[0]),
    ).toContain('payload-mismatch');
  });

  test('says itself whom each branch is from', () => {
    expect(found('network N { process A { receive { x {} } } }')[0]).toBe(
      'syntax-error: Whom it is from is missing: `x from Role { … }`; or, where all are from one role, `receive from Role { … }`.',
    );
    expect(
      found('network N { process A { receive from B { x from C {} } } process B { send to A: x } process C {} }')[0],
    ).toMatch(/^syntax-error: Whom the branches are from is said behind `receive`/);
    expect(
      found(`network N {
  process A { receive { x from B {} x from B {} } }
  process B { send to A: x }
}`)[0],
    ).toMatch(/^duplicate-name/);
    expect(
      found('network N { process A { receive { x from A {} } } process B {} }').map((each) => each.split(':')[0]),
    ).toContain('self-communication');
  });

  test('is formatted with a branch a line', () => {
    expect(format('network N {process C{receive{x(n) from A{} y from B{send 1 to A}}}}')).toBe(`network N {
  process C {
    receive {
      x(n) from A {}
      y from B { send 1 to A }
    }
  }
}
`);
  });
});
