// `leave X`: what it may leave, what is assigned behind the loop, what its projection is, and what it is in networks.
import { describe, expect, it } from 'vitest';
import { complete } from '../../language/features/completion.js';
import { rename } from '../../language/features/rename.js';
import { projectionFile } from '../../language/projection/file.js';
import { applyEdits } from '../../language/edits/fix.js';
import { messages, namesOf, problems, uri, workspaceOf } from '../typing/helpers.js';

const chor = (body: string, roles = 'A(n: int), B'): string =>
  `extern log(n: int)\nchoreography C(${roles}) {\n  ${body}\n}\n`;
const codes = (text: string): string[] =>
  (workspaceOf(text).analyze(uri)?.findings ?? [])
    .filter((f) => f.severity === 'error' || f.severity === 'warning')
    .map((f) => f.code);
const projected = (text: string, role: string): string =>
  (projectionFile(workspaceOf(text), uri, 'C', { role })?.text ?? '').replace(/^[^]*?\n\n/, '');
const verdicts = (text: string): string[] =>
  workspaceOf(text)
    .analyze(uri)
    ?.verdicts.map(({ verdict }) => verdict) ?? [];

describe('leave', () => {
  it('goes on behind the loop, whatever follows in it', () => {
    const text = chor(
      'rec X {\n    A.n -> B.x\n    if A.n > 3 -> B { leave X }\n    A.n = n + 1\n    continue X\n  }\n  B.x -> A.y\n  A.log(y)',
    );
    expect(codes(text)).toEqual([]);
    expect(projected(text, 'A')).toBe(`network C_A implements C {
  process A(n: int) {
    rec X {
      send n to B
      if not n > 3 {
        send to B: no
        n = n + 1
        continue X
      }
    }
    send to B: yes
    receive y from B
    log(y)
  }
}
`);
    expect(projected(text, 'B')).toBe(`network C_B implements C {
  process B {
    rec X {
      receive x from A
      receive from A {
        yes {}
        no {
          continue X
        }
      }
    }
    send x to A
  }
}
`);
  });
  it('leaves a `while` and a loop inside', () => {
    const text = chor(
      `rec Out {
    while A.n > 0 -> B {
      A.n -> B.x
      if B.x > 5 -> A, C { B.x -> C.y  leave Out }
      A.n = n - 1
    }
    B -> C: nothingThere
  }
  A.n -> B.z
  B.z -> C.w: last`,
      'A(n: int), B, C',
    );
    expect(codes(text)).toEqual([]);
    expect(projected(text, 'C')).toBe(`network C_C implements C {
  process C {
    rec Loop {
      receive from B {
        yes {
          receive y from B
        }
        no {
          continue Loop
        }
        nothingThere {}
      }
    }
    receive w from B: last
  }
}
`);
    const nested = chor(
      'rec X {\n    A.n -> B.m: go\n    rec Y {\n      if A.n > 3 { A -> B: out leave X }\n      if A.n > 2 { A -> B: again } else { A -> B: round leave Y }\n      continue Y\n    }\n    if A.n > 0 { A -> B: more continue X }\n  }\n  A -> B: over\n  B.log(m)',
    );
    expect(codes(nested)).toEqual([]);
    expect(projected(nested, 'B')).toContain('over');
  });
  it('takes the innermost loop of its name', () => {
    const text = chor('rec X {\n    A -> B: a\n    rec X {\n      A -> B: b\n      leave X\n    }\n    A -> B: c\n  }');
    expect(codes(text)).toEqual([]);
    expect(projected(text, 'B').match(/: \w+/g)).toEqual([': a', ': b', ': c']);
  });
  it('is told to who can’t see it otherwise', () => {
    expect(
      codes(chor('rec X {\n    A.n -> B.x\n    if A.n > 3 { leave X }\n    A.n = n + 1\n    continue X\n  }')),
    ).toEqual(['knowledge-of-choice']);
    // By the message that comes next.
    const text = chor(
      'rec X {\n    A -> B: item\n    if A.n > 3 { leave X }\n    A.n = n + 1\n    continue X\n  }\n  A -> B: over',
    );
    expect(codes(text)).toEqual([]);
    expect(projected(text, 'B')).toContain('over {}');
    expect(
      codes(
        chor(
          'rec X {\n    A -> B: item\n    if A.n > 3 { leave X }\n    A -> B: more\n    A.n = n + 1\n    continue X\n  }\n  A -> B: more\n  B.log(1)',
        ),
      ),
    ).toEqual(['knowledge-of-choice']);
  });
  it('has its loop around it, and nothing behind it', () => {
    expect(messages(chor('A -> B: m\n  leave X'))).toEqual(['There is no `rec X` around this.']);
    expect(messages(chor('rec X {\n    A -> B: m\n    leave X\n    A -> B: n\n  }'))).toEqual([
      'What follows `leave X` is never reached: it goes on behind `rec X`. Move it before, or take it away.',
    ]);
    expect(
      messages(
        'network N {\n  process A {\n    rec X { send to B: m leave X send to B: n }\n  }\n  process B { receive from A: m }\n}\n',
      ),
    ).toEqual(['What follows `leave X` is never reached: it goes on behind `rec X`. Move it before, or take it away.']);
    expect(
      problems(
        chor('rec X {\n    if A.n > 1 -> B { leave X }\n    // Behind the block.\n    A -> B: n\n    continue X\n  }'),
      ),
    ).toEqual([]);
  });
  it('assigns behind the loop what all ways out of it assign', () => {
    const loop = (early: string, end: string): string =>
      chor(
        `rec X {\n    A -> B: m\n    if A.n > 1 -> B { ${early} leave X }\n    A.n = n + 1\n    ${end}\n  }\n  A.log(v)`,
      );
    expect(problems(loop('A.v = 1', 'A.v = 2'))).toEqual([]);
    expect(problems(loop('A.v = 1', 'continue X'))).toEqual([]);
    expect(messages(loop('', 'A.v = 2'))).toEqual([
      '`A.v` has no value if `X` is left before that. Give it one there too, or before.',
    ]);
    expect(messages(loop('A.v = 1', ''))).toEqual([expect.stringContaining('`A.v` has no value')]);
    // What is assigned before the way out is.
    expect(
      problems(
        chor(
          'rec X {\n    A.v = 1\n    A.v -> B.w\n    if A.n > 1 -> B { leave X }\n    continue X\n  }\n  A.log(v)\n  B.log(w)',
        ),
      ),
    ).toEqual([]);
    expect(
      problems(
        'network N {\n  process A(n: int) {\n    rec X { if n > 1 { v = 1 leave X } send to B: m  n = n + 1 continue X }\n    send v to B: last\n  }\n  process B { rec X { receive from A { m { continue X } last(_) { } } } }\n}\n',
      ),
    ).toEqual([]);
  });
  it('does nothing: a loop around that comes back by it goes round for ever', () => {
    expect(
      problems(
        chor('rec Y {\n    rec X {\n      if A.n > 1 -> B { leave X }\n      A -> B: m\n    }\n    continue Y\n  }'),
      ).filter((p) => !p.startsWith('unreachable')),
    ).toEqual([]);
    expect(
      problems(chor('rec Y {\n    rec X {\n      if A.n > 1 { leave X }\n      A -> B: m\n    }\n    continue Y\n  }')),
    ).toEqual(['unguarded-recursion: continue Y']);
  });
  it('ends what would never end', () => {
    // Without it, what follows the loop is not reached.
    const text = (way: string): string =>
      chor(`rec X {\n    A -> B: m\n    if A.n > 1 -> B { ${way} }\n    continue X\n  }\n  B.log(1)`);
    expect(
      workspaceOf(text('A.n = 1'))
        .analyze(uri)
        ?.findings.map((f) => f.code),
    ).toContain('unreachable');
    expect(
      workspaceOf(text('leave X'))
        .analyze(uri)
        ?.findings.map((f) => f.code),
    ).not.toContain('unreachable');
  });
  it('lets nothing be reached behind a decision of which every branch leaves', () => {
    const all = chor('rec X {\n    if A.n > 1 -> B { leave X } else { A -> B: m leave X }\n    A -> B: never\n  }');
    expect(
      workspaceOf(all)
        .analyze(uri)
        ?.findings.filter((f) => f.code === 'unreachable')
        .map((f) => all.slice(f.origin.start, f.origin.end)),
    ).toEqual(['A -> B: never']);
  });
});

describe('leave in a network', () => {
  const hand = (q: string): string => `network N {
  process P(n: int) {
    rec L {
      send n to Q: item
      if n > 3 { send to Q: stop leave L }
      n = n + 1
      send to Q: go
      continue L
    }
    receive x from Q
  }
  process Q {
    rec L {
      receive y from P: item
      ${q}
    }
    send 1 to P
  }
}
`;
  it('is explored', () => {
    expect(codes(hand('receive from P { stop { leave L } go { } }\n      continue L'))).toEqual([]);
    expect(verdicts(hand('receive from P { stop { leave L } go { } }\n      continue L'))).toEqual(['proved']);
    expect(codes(hand('receive from P { stop { } go { leave L } }\n      continue L'))).not.toEqual([]);
  });
  it('conforms where it does what the choreography says', () => {
    const text = `choreography C(P(n: int), Q) {
  rec L {
    P.n -> Q.y: item
    if P.n > 3 -> Q { leave L }
    P.n = n + 1
    continue L
  }
  Q.y -> P.x
}
network N implements C {
  process Q {
    rec L {
      receive y from P: item
      receive from P { yes { leave L } no { } }
      continue L
    }
    send y to P
  }
}
`;
    expect(codes(text)).toEqual([]);
    expect(codes(text.replace('yes { leave L } no { }', 'yes { } no { leave L }'))).not.toEqual([]);
  });
});

describe('in the editor, leave', () => {
  const text = chor('rec Next {\n    A -> B: m\n    if A.n > 1 -> B { leave Next }\n    continue Next\n  }');
  it('is completed with the loops around', () => {
    const labels = (source: string): string[] =>
      complete(workspaceOf(source.replace('|', '')), uri, source.indexOf('|')).items.map((item) => item.label);
    expect(labels(text.replace('leave Next', '|'))).toEqual(expect.arrayContaining(['leave Next', 'continue Next']));
    expect(labels(text.replace('leave Next', 'leave |'))).toEqual(['Next']);
  });
  it('is renamed with its loop', () => {
    const answer = rename(workspaceOf(text), uri, text.indexOf('Next'), 'Again');
    expect('refused' in answer ? answer.refused : applyEdits(text, answer.edits)).toBe(
      text.replaceAll('Next', 'Again'),
    );
    expect(namesOf(text).occurrences.filter(({ symbol }) => symbol.kind === 'recursion').length).toBe(3);
  });
});
