// Knowledge of choice: what is told, in which words, and the ways to repair it.
import { describe, expect, it } from 'vitest';
import { fixesFor } from '../../language/fixes/try.js';
import { projectionFile } from '../../language/projection/file.js';
import { Workspace } from '../../language/workspace.js';
import { uri } from './helpers.js';
import { applyEdits } from '../../language/edits/fix.js';
import type { Finding } from '../../language/findings/finding.js';
import { inWords } from '../in-words.js';

function analyze(text: string): { workspace: Workspace; findings: readonly Finding[] } {
  const workspace = new Workspace();
  workspace.set(uri, text);
  return {
    workspace,
    findings:
      workspace.analyze(uri)?.findings.filter((f) => f.severity === 'error' || f.code === 'redundant-selection') ?? [],
  };
}

/** A choreography with roles P, Q, R. */
function roles(body: string): string {
  return `choreography C(P(n: int), Q(m: int), R) {\n${body}\n}\n`;
}

function messages(body: string): string[] {
  return analyze(roles(body)).findings.map((f) => inWords(f).message);
}

function codes(body: string): string[] {
  return analyze(roles(body)).findings.map((f) => f.code);
}

/** The text after each fix of the first finding of a code, by title. */
function repaired(text: string, code: string): Map<string, string> {
  const { workspace, findings } = analyze(text);
  const finding = findings.find((f) => f.code === code);
  return new Map(finding ? fixesFor(workspace, finding).map((fix) => [fix.title, applyEdits(text, fix.edits)]) : []);
}

const bookseller = `extern priceOf(title: string): int
extern date(parcel: string): string

choreography Bookseller(Buyer(title: string, budget: int), Seller, Shipper): string@Buyer {
  Buyer.title -> Seller.wanted
  Seller.priceOf(wanted) -> Buyer.price
  if Buyer.price <= budget {   // affordable
    Buyer -> Seller: accept // said
    Seller.wanted -> Shipper.parcel: ship
    Shipper.date(parcel) -> Buyer.when
  } else {
    Buyer -> Seller: reject
    Buyer.when = "never"
  }
  return Buyer.when
}
`;

describe('the bookseller whose shipper is not told', () => {
  const { findings } = analyze(bookseller);
  it('gets one error, in words', () => {
    expect(findings.map((f) => inWords(f).message)).toEqual([
      'Shipper can’t tell whether Buyer chose `accept` or `reject`: it gets `ship` from Seller in one branch and nothing in the other. Tell Shipper the choice, or send it a first message from the same sender in both branches.',
    ]);
  });
  it('shows the decision and the two places', () => {
    const shown = (origin: { start: number; end: number } | undefined): string =>
      bookseller.slice(origin?.start, origin?.end);
    expect(shown(findings[0]?.origin)).toBe('if Buyer.price <= budget');
    expect(inWords(findings[0] as Finding).related.map((r) => [r.message, shown(r.origin).split('\n')[0]])).toEqual([
      ['Shipper gets `ship` from Seller in one branch.', 'Seller.wanted -> Shipper.parcel: ship'],
      ['Shipper does nothing in the other.', '}'],
    ]);
  });
  const after = repaired(bookseller, 'knowledge-of-choice');
  const changed = (title: string): string[] =>
    after
      .get(title)
      ?.split('\n')
      .filter((line) => !bookseller.split('\n').includes(line)) ?? [];
  it('is repaired by the arrow list', () => {
    expect(changed('Tell Shipper (1 more message)')).toEqual([
      '  if Buyer.price <= budget -> Shipper {   // affordable',
    ]);
  });
  it('is repaired by a relay, behind the comment', () => {
    expect(changed('Let Seller tell Shipper (1 more message)')).toEqual([
      '    Seller -> Shipper: accept',
      '    Seller -> Shipper: reject',
    ]);
    expect(after.get('Let Seller tell Shipper (1 more message)')).toContain(
      'accept // said\n    Seller -> Shipper: accept\n',
    );
  });
  it('is repaired by a first message from the same sender', () => {
    expect(changed('Let Seller tell Shipper in the other branch too (1 more message there)')).toEqual([
      '    Seller -> Shipper: reject',
    ]);
  });
  it('is well after each', () => {
    for (const text of after.values()) expect(analyze(text).findings.filter((f) => f.severity === 'error')).toEqual([]);
    expect([...after.keys()].sort()[3]).toMatch(/^Tell/);
    expect([...after.keys()]).toContain('Make Shipper a server, which may wait for ever');
    expect(after.size).toBe(4);
  });
});

describe('fixes', () => {
  it('append to an arrow list', () => {
    const text = roles('  if P.n > 0 -> Q {\n    Q -> P: a\n    R -> P: b\n  }');
    expect(repaired(text, 'knowledge-of-choice').get('Tell R (1 more message)')).toContain('if P.n > 0 -> Q, R {');
  });
  it('add a missing else for a relay', () => {
    const text = roles('  if P.n > 0 -> Q {\n    Q -> R: a\n  }');
    expect(repaired(text, 'knowledge-of-choice').get('Let Q tell R (1 more message)')).toContain(
      '    Q -> R: yes\n    Q -> R: a\n  } else {\n    Q -> R: no\n  }\n',
    );
  });
  it('label the first messages', () => {
    const text = roles('  if P.n > 0 { P.n -> Q.x } else { P."n" -> Q.y }');
    expect(
      repaired(text, 'knowledge-of-choice').get('Label the messages that Q gets first from P (no extra message)'),
    ).toContain('if P.n > 0 { P.n -> Q.x: yes } else { P."n" -> Q.y: no }');
  });
  it('let a role decide by the copy that it holds', () => {
    const text = roles('  P.n -> Q.k\n  if P.n + 1 > 2 {\n    Q.m -> P.x\n  }');
    expect(
      repaired(text, 'knowledge-of-choice').get('Let Q decide by its own `k + 1 > 2`, which is equal (no message)'),
    ).toContain('if P.n + 1 > 2, Q.k + 1 > 2 {');
  });
  it('do not offer a copy that was changed since', () => {
    const text = roles('  P.n -> Q.k\n  Q.k = m\n  if P.n + 1 > 2 {\n    Q.k -> P.x\n  }');
    expect([...repaired(text, 'knowledge-of-choice').keys()]).toEqual(['Tell Q (1 more message)']);
  });
  it('tell each round of a loop', () => {
    const text = roles('  while P.n > 0 -> Q {\n    P.n = n - 1\n    Q.m -> R.x\n    R -> P: ok\n  }');
    const after = repaired(text, 'knowledge-of-choice');
    expect(after.get('Tell R (1 more message a round)')).toContain('while P.n > 0 -> Q, R {');
    expect(after.get('Let Q tell R (1 more message a round)')).toContain('    Q -> R: again\n');
    expect(after.get('Let Q tell R (1 more message a round)')).toContain('  }\n  Q -> R: done\n');
  });
});

describe('what is told', () => {
  it('names a message without label by its variable', () => {
    // R may be faster than P: then its message would be taken for the other branch.
    expect(messages('if P.n > 0 { P.n -> Q.x R -> Q: no } else { R -> Q: no }')).toEqual([
      'Q can’t tell whether `n > 0` holds at P: it gets `x` from P in one branch and `no` from R in the other. R may send `no` before it can know that Q got `x` from P. Tell Q the choice, or send it a first message from the same sender in both branches.',
    ]);
  });
  it('says what differs after the same message', () => {
    expect(messages('if P.n > 0 { P -> Q: go Q -> P: a } else { P -> Q: go Q -> P: b }')[0]).toBe(
      'Q can’t tell whether `n > 0` holds at P: after `go` from P it sends `a` to P in one branch and `b` to P in the other. Tell Q the choice, or send it a first message from the same sender in both branches.',
    );
  });
  it('stands on the innermost decision alone, once a role', () => {
    const body = 'if P.n > 1 -> Q {\nif P.n > 2 {\nQ -> P: a\n}\nP -> Q: b\n} else {\nP -> Q: c\n}';
    expect(codes(body)).toEqual(['knowledge-of-choice']);
  });
  it('says nothing where what follows tells', () => {
    expect(codes('if P.n > 0 { P -> Q: a } P -> Q: b')).toEqual([]);
  });
  it('is about rounds for a loop', () => {
    expect(messages('while P.n > 0 { P.n -> Q.x: l }')[0]).toBe(
      'Q can’t tell whether P goes round its loop again (`n > 0`): it gets `l` from P in a round and nothing after the last. Tell Q the choice, or send it a first message from the same sender in a round and after the last.',
    );
  });
});

describe('what is found out late', () => {
  it('is no error', () => {
    expect(codes('rec X { P -> Q: item if P.n > 0 { P.n = n - 1 continue X } } P -> Q: over')).toEqual([]);
    expect(codes('if P.n > 0 { P -> Q: a P -> Q: b Q -> R: c } else { P -> Q: a P -> Q: d Q -> R: e }')).toEqual([]);
  });
  it('is told by where it parts, after what was the same', () => {
    expect(messages('rec X { P -> Q: item if P.n > 0 { P.n = n - 1 continue X } } Q -> P: over')[0]).toBe(
      'Q can’t tell whether `n > 0` holds at P: it gets `item` from P in one branch and sends `over` to P in the other. Tell Q the choice, or send it a first message from the same sender in both branches.',
    );
    expect(messages('rec X { P -> Q: a if P.n > 0 { continue X } else { P -> Q: a Q -> P: b } }')[0]).toMatch(
      /^Q can’t tell whether `n > 0` holds at P: after `a` from P it gets `a` from P in one branch and sends `b` to P in the other\./,
    );
  });
  it('can’t be found out from several senders, nor by what may never come', () => {
    expect(codes('rec X { P -> Q: item if P.n > 0 -> R { continue X } } R -> Q: over')).toEqual([
      'knowledge-of-choice',
    ]);
    expect(codes('rec X { P -> Q: item if P.n > 0 -> R { continue X } }')).toEqual(['knowledge-of-choice']);
  });
  it('is told once, at the decision that is the reason', () => {
    const text = roles(
      '  rec X {\n    P -> Q: a\n    if P.n > 1 {\n      P -> Q: b\n    }\n    if P.n > 0 {\n      Q -> P: c\n      continue X\n    } else {\n      Q -> P: d\n    }\n  }',
    );
    const { findings } = analyze(text);
    expect(findings.map((f) => [f.code, text.slice(f.origin.start, f.origin.end)])).toEqual([
      ['knowledge-of-choice', 'if P.n > 0'],
    ]);
    expect(repaired(text, 'knowledge-of-choice').get('Tell Q (1 more message)')).toContain('if P.n > 0 -> Q {');
  });
  it('lets a role wait round a loop that may be left, but not for what comes after one that may go on', () => {
    expect(
      codes('rec X { if P.n > 0 -> Q { P.n = n - 1 P -> Q: more continue X } else { P -> R: over } }').filter(
        (code) => code !== 'redundant-selection',
      ),
    ).toEqual([]);
    expect(
      codes('if P.n > 0 { P -> Q: go rec X { P -> Q: tick continue X } } else { P -> Q: stop } R -> P: late'),
    ).toEqual(['knowledge-of-choice']);
    expect(
      codes('if P.n > 0 { P -> Q: go rec X { P -> Q: tick continue X } } else { P -> Q: stop } Q -> R: late'),
    ).toEqual(['knowledge-of-choice']);
    expect(
      codes('if P.n > 0 -> R { P -> Q: go rec X { P -> Q: tick continue X } } else { P -> Q: stop } R -> P: late'),
    ).toEqual([]);
  });
  const sub =
    'choreography Sub(P(n: int), Q) {\n  if P.n > 0 {\n    P -> Q: go\n    rec X {\n      P -> Q: tick\n      continue X\n    }\n  } else {\n    P -> Q: stop\n  }\n}\n';
  it('is asked for where a call may not come back, at the decision in it', () => {
    const text = `${sub}choreography Main(A(n: int), B, C) {\n  do Sub(A(n), B)\n  A -> C: late\n}\n`;
    const { findings } = analyze(text);
    expect(findings.map((f) => inWords(f).message)).toEqual([
      'C can’t tell whether P chose `go` or `stop`: it gets `late` from A in one branch and nothing in the other. Tell C the choice, or send it a first message from the same sender in both branches.',
    ]);
    expect(text.slice(findings[0]?.origin.start, findings[0]?.origin.end)).toBe('if P.n > 0');
    expect(
      inWords(findings[0] as Finding).related.map((r) => text.slice(r.origin.start, r.origin.end).split('\n')[0]),
    ).toEqual(['}', 'A -> C: late']);
    expect(repaired(text, 'knowledge-of-choice').size).toBe(0);
  });
  it('stands at the call where that is in another file', () => {
    const workspace = new Workspace();
    const text =
      'import { Sub } from "./sub.chor"\nchoreography Main(A(n: int), B, C) {\n  do Sub(A(n), B)\n  A -> C: late\n}\n';
    workspace.set('file:///sub.chor', sub);
    workspace.set(uri, text);
    const [found] = workspace.analyze(uri)?.findings.filter((f) => f.severity === 'error') ?? [];
    expect(text.slice(found?.origin.start, found?.origin.end)).toBe('do Sub(A(n), B)');
    expect(found && inWords(found).related.map((r) => r.uri)).toEqual(['file:///sub.chor', uri]);
    // The decision of the other file is not changed from here.
    expect(
      (found ? fixesFor(workspace, found) : []).flatMap((fix) => fix.edits).every((edit) => edit.uri === uri),
    ).toBe(true);
  });
  it('is found out in a call of another file, where all names mean the same', () => {
    const workspace = new Workspace();
    const main = (imports: string): string =>
      `import { ${imports} } from "./lib.chor"\nchoreography Main(A(n: int), B) {\n  if A.n > 0 {\n    do Sub(A(n), B)\n  } else {\n    A -> B: no\n  }\n}\n`;
    workspace.set(
      'file:///lib.chor',
      'record Box { n: int }\nextern weigh(n: int): int\nchoreography Sub(P(n: int), Q) {\n  P.Box(n: n) -> Q.box: yes\n  Q.weigh(box.n) -> P.m\n}\n',
    );
    workspace.set(uri, main('Sub, weigh'));
    expect(workspace.analyze(uri)?.findings.filter((f) => f.severity === 'error')).toEqual([]);
    const file = projectionFile(workspace, uri, 'Main', { role: 'B' });
    expect(file?.text).toContain('      yes(box) {\n        send weigh(box.n) to A\n      }\n');
    workspace.set('file:///b.chor', file?.text ?? '');
    expect(workspace.analyze('file:///b.chor')?.findings.filter((f) => f.severity === 'error')).toEqual([]);
    // Code of another file is shown at the call.
    const link = file?.map.find(({ local }) => file.text.slice(local.start, local.end) === 'send weigh(box.n) to A');
    expect([link?.uri, main('Sub, weigh').slice(link?.source.start, link?.source.end)]).toEqual([
      uri,
      'do Sub(A(n), B)',
    ]);
    // The host function need not be imported, but may not be another one.
    workspace.set(uri, main('Sub'));
    expect(workspace.analyze(uri)?.findings.filter((f) => f.severity === 'error')).toEqual([]);
    expect(projectionFile(workspace, uri, 'Main', { role: 'B' })?.text).toContain('import { weigh } from "./lib.chor"');
    workspace.set(uri, `${main('Sub')}extern weigh(n: int): int\n`);
    expect(
      workspace
        .analyze(uri)
        ?.findings.filter((f) => f.severity === 'error')
        .map((f) => f.code),
    ).toEqual(['knowledge-of-choice']);
  });
  it('is no question where nothing follows, or where all are told', () => {
    expect(
      analyze(`${sub}choreography Main(A(n: int), B, C) {\n  C -> A: early\n  do Sub(A(n), B)\n}\n`).findings,
    ).toEqual([]);
    const told = sub
      .replace('P -> Q: go', 'P -> Q: go P -> R: go')
      .replace('P -> Q: stop', 'P -> Q: stop P -> R: stop')
      .replace('Q) {', 'Q, R) {');
    expect(
      analyze(`${told}choreography Main(A(n: int), B, C) {\n  do Sub(A(n), B, C)\n  C -> A: late\n}\n`).findings,
    ).toEqual([]);
  });
});

describe('choice', () => {
  it('starts with its role sending', () => {
    expect(codes('choice at P { P -> Q: a } or { P -> Q: b }')).toEqual([]);
    expect(codes('choice at P { P -> Q: a } or { Q -> P: b }')).toEqual(['choice-not-started']);
    expect(codes('choice at P { P -> Q: a } or { }')).toEqual(['choice-not-started']);
    expect(codes('choice at P -> Q { Q -> P: a } or { Q -> P: b }')).toEqual([]);
  });
});

describe('shared guards', () => {
  it('may be copies', () => {
    expect(codes('P.n -> Q.k if P.n > 0, Q.k > 0 { Q.m -> P.x }')).toEqual([]);
  });
  it('may be copies of copies, and of what is computed', () => {
    expect(codes('P.n + 1 -> Q.k Q.k -> R.j if P.n + 1 > 0, R.j > 0 { R -> P: x }')).toEqual([]);
  });
  it('may not have been assigned since', () => {
    expect(codes('P.n -> Q.k P.n = 1 if P.n > 0, Q.k > 0 { Q.m -> P.x }')).toEqual(['guards-may-differ']);
  });
  it('may not have been assigned since on one way', () => {
    expect(codes('P.n -> Q.k if P.n > 5 { P.n = 1 } if P.n > 0, Q.k > 0 { Q.m -> P.x }')).toEqual([
      'guards-may-differ',
    ]);
  });
  it('follow what both know from an earlier decision', () => {
    expect(codes('P.b = n > 0 if P.b -> Q { Q.c = true } else { Q.c = false } if P.b, Q.c { Q.m -> P.x }')).toEqual([]);
  });
  it('hold in a loop that keeps the copy', () => {
    expect(codes('P.n -> Q.k while P.n > 0, Q.k > 0 { P.n = n - 1 P.n -> Q.k }')).toEqual([]);
    expect(codes('P.n -> Q.k while P.n > 0, Q.k > 0 { P.n = n - 1 }')).toEqual(['guards-may-differ']);
    expect(codes('P.n -> Q.k rec X { if P.n > 0, Q.k > 0 { P.n = n - 1 P.n -> Q.k continue X } }')).toEqual([]);
    expect(codes('P.n -> Q.k rec X { if P.n > 0, Q.k > 0 { P.n = n - 1 continue X } }')).toEqual(['guards-may-differ']);
  });
  it('are repaired by telling', () => {
    expect(
      repaired(roles('  if P.n > 0, Q.m > 0 {\n    Q.m -> P.x\n  }'), 'guards-may-differ').get(
        'Let P decide and tell Q (1 more message)',
      ),
    ).toContain('  if P.n > 0 -> Q {\n');
  });
});

describe('redundant selections', () => {
  it('are those in arrow lists that change nothing', () => {
    expect(codes('if P.n > 0 -> Q { P.x = 1 }')).toEqual(['redundant-selection']);
    expect(codes('if P.n > 0 -> Q { P -> Q: a } else { P -> Q: b }')).toEqual(['redundant-selection']);
    expect(codes('while P.n > 0 -> Q { P.n = n - 1 }')).toEqual(['redundant-selection']);
  });
  it('are not those that are needed, or all that is said', () => {
    expect(codes('if P.n > 0 -> Q { Q -> P: a } else { P -> Q: b }')).toEqual([]);
    expect(codes('if P.n > 0 { P -> Q: commit } else { P -> Q: abort }')).toEqual([]);
    expect(codes('if P.n > 0 -> Q { Q -> R: a } else { Q -> R: b }')).toEqual([]);
  });
  it('can be taken out', () => {
    const fix = (body: string): string | undefined =>
      [...repaired(roles(`  Q -> P: hello\n${body}`), 'redundant-selection').values()][0];
    expect(fix('  if P.n > 0 -> Q {\n    P.x = 1\n  }')).toContain('  if P.n > 0 {\n');
    expect(fix('  if P.n > 0 -> Q, R {\n    R -> P: l\n  }')).toContain('  if P.n > 0 -> R {\n');
    expect(
      fix('  if P.n > 0 {\n    P -> Q: a\n    P -> Q: l\n  } else {\n    P -> Q: b\n    P -> Q: l\n  }'),
    ).toContain('> 0 {\n    P -> Q: l\n  } else {\n    P -> Q: l\n  }\n');
  });
});

describe('results', () => {
  it('are taken where they are', () => {
    const text =
      'choreography Get(A, B): int@A {\n  B.1 -> A.x\n  return A.x\n}\nchoreography Main(P, Q) {\n  Q.y = do Get(P, Q)\n}\n';
    expect(analyze(text).findings.map((f) => f.code)).toEqual(['result-elsewhere']);
    expect(repaired(text, 'result-elsewhere').get('Take the result at P')).toContain('  P.y = do Get(P, Q)\n');
  });
});
