// Threads in processes that implement a choreography, and in their projections.
import { describe, expect, it } from 'vitest';
import { check, networkOf, outcome, read } from './helpers.js';
import { project } from '../../language/projection/project.js';
import { printNetwork } from '../../language/projection/print.js';
import { libraryOf, systemOf } from '../../language/network/model/system.js';
import type { LocalState, System } from '../../language/network/model/system.js';
import { compare } from '../../language/network/analysis/conformance.js';

const codes = (text: string): string[] =>
  check(text)
    .findings.filter(({ severity }) => severity !== 'hint')
    .map((f) => `${f.code} ${f.severity}`);

/** The process P of each of two networks, with the systems that they are in. */
function both(one: string, other: string, kind = ''): [System, LocalState, System, LocalState] {
  const processOf = (body: string): [System, LocalState] => {
    const { file, scope } = read(`network N ${kind} { process P { ${body} } process Q { } process R { } }`);
    const network = networkOf(file);
    const library = libraryOf(network, project);
    const system = systemOf(library.rolesOf(network, scope), network.channels, library);
    return [system, system.roots[0] as LocalState];
  };
  return [...processOf(one), ...processOf(other)];
}
const compared = (process: string, design: string, kind = ''): string => compare(...both(process, design, kind)).kind;

describe('processes with threads', () => {
  const threads = 'par { send 1 to Q: a } and { receive x from R: b }';
  it('are the same whichever thread is written first', () => {
    expect(compared(threads, threads)).toBe('same');
    expect(compared('par { receive x from R: b } and { y = 1 send y to Q: a }', threads)).toBe('same');
    expect(compared('par { par { receive x from R: b } and { } } and { send 1 to Q: a }', threads)).toBe('same');
    expect(compared(`${threads} send 1 to R: c`, `${threads} send 1 to R: c`)).toBe('same');
    expect(compared('par { send 1 to Q: a } and { } receive x from R: b', 'send 1 to Q: a receive x from R: b')).toBe(
      'same',
    );
  });
  it('differ from those that do one after the other', () => {
    for (const one of [
      'receive x from R: b send 1 to Q: a',
      'choice { send 1 to Q: a receive x from R: b } or { receive x from R: b send 1 to Q: a }',
    ]) {
      expect(compared(one, threads), one).toBe('different');
      expect(compared(threads, one), one).toBe('different');
    }
    expect(compared(threads, 'send 1 to Q: a receive x from R: b')).toBe('different');
  });
  it('may be done in order, where nobody can notice: what is sent before what is received', () => {
    expect(compared('send 1 to Q: a receive x from R: b', threads)).toBe('subtype');
    expect(compared('send 1 to Q: a receive x from R: b', threads, 'buffer 1')).toBe('different');
    expect(compared('send 1 to Q: a receive x from R: b', threads, 'sync')).toBe('different');
    const three = 'par { send 1 to Q: a } and { receive x from R: b } and { send 2 to R: c }';
    expect(compared('send 2 to R: c send 1 to Q: a receive x from R: b', three)).toBe('subtype');
    expect(compared('par { send 1 to Q: a receive x from R: b } and { send 2 to R: c }', three)).toBe('subtype');
    expect(compared('send 2 to R: c receive x from R: b send 1 to Q: a', three)).toBe('different');
    // All of it is done, and in the end.
    expect(compared('send 1 to Q: a', threads)).toBe('different');
    expect(compared('send 1 to Q: a receive x from R: b send 1 to Q: a', threads)).toBe('different');
    expect(compared('rec X { send 1 to Q: a receive x from R: b continue X }', `rec X { ${threads} continue X }`)).toBe(
      'subtype',
    );
    const endless = 'par { rec X { send 1 to Q: a continue X } } and { receive x from R: b }';
    expect(compared('rec X { send 1 to Q: a continue X }', endless)).toBe('different');
    expect(compared('receive x from R: b rec X { send 1 to Q: a continue X }', endless)).toBe('different');
    expect(compared('send 1 to Q: a receive x from R: b rec X { send 1 to Q: a continue X }', endless)).toBe(
      'different',
    );
    // Another label may come: what is taken is taken as the design does.
    expect(
      compared(
        'send 1 to Q: a receive x from R: b',
        'par { send 1 to Q: a } and { receive from R { b(x) { } c { } } }',
      ),
    ).toBe('different');
  });
  it('may take one message before another where nothing depends on that', () => {
    const receiving = 'par { receive x from Q: a } and { receive y from R: b }';
    expect(compared('receive x from Q: a receive y from R: b', receiving)).toBe('subtype');
    expect(compared('receive y from R: b receive x from Q: a', receiving)).toBe('subtype');
    // Of one sender, who knows which comes first; and what is sent behind it, others may wait for.
    expect(
      compared('receive x from Q: a receive y from Q: b', 'par { receive x from Q: a } and { receive y from Q: b }'),
    ).toBe('different');
    const answering = 'par { receive x from Q: a } and { receive y from R: b send y to R: c }';
    expect(compared('receive x from Q: a receive y from R: b send y to R: c', answering)).toBe('different');
    expect(compared('receive y from R: b send y to R: c receive x from Q: a', answering)).toBe('subtype');
  });
  it('may choose among fewer sends, and take no other messages', () => {
    const choosing = 'par { choice { send 1 to Q: a } or { send 2 to Q: c } } and { receive x from R: b }';
    expect(compared(threads, choosing)).toBe('subtype');
    expect(compared(choosing, threads)).toBe('different');
    expect(compared('par { send 1 to Q: a } and { receive from R { b(n) { } d(n) { } } }', threads)).toBe('different');
    expect(
      compared(
        'par { send 1 to Q: a } and { receive from R { b(n) { } d(n) { } } }',
        'par { send 1 to Q: a } and { receive from R { b(n) { } d(n) { } } }',
      ),
    ).toBe('same');
  });
  it('compute as they like', () => {
    expect(compared('n = 0 par { n = n + 1 send n to Q: a } and { receive x from R: b n = x }', threads)).toBe('same');
  });
  it('of which one is not known conform to everything', () => {
    expect(compared('par { do Nothing(P, Q) } and { receive x from R: b }', threads)).toBe('open');
  });
});

describe('networks with threads', () => {
  const crossing =
    'choreography Cross(A, B) {\n  par {\n    A.1 -> B.y: left\n  } and {\n    B.2 -> A.x: right\n  }\n}\n';
  it('that are the projections are proved', () => {
    const { file, scope } = read(crossing);
    const [choreography] = file.declarations;
    if (choreography?.kind !== 'choreography') throw new Error('no choreography');
    const text = printNetwork(project(choreography, scope).network, 'N', 'Cross').text;
    expect(outcome(crossing + text)).toBe('proved');
  });
  it('may do what crosses in threads', () => {
    const network = (kind: string): string =>
      `${crossing}network N ${kind} implements Cross {\n  process A { par { send 1 to B: left } and { receive x from B: right } }\n  process B { par { receive y from A: left } and { send 2 to A: right } }\n}\n`;
    for (const kind of ['', 'sync', 'buffer 1']) expect(check(network(kind)).verdict.verdict, kind).toBe('proved');
  });
  it('that do in order what is designed to go on at the same time are tried', () => {
    const design =
      'choreography Two(A, B, C) {\n  par {\n    A.1 -> B.x: one\n    B.x -> A.y: back\n  } and {\n    A.2 -> C.x: two\n    C.x -> A.z: back\n  }\n}\n';
    const inOrder = 'process A { send 1 to B: one receive y from B: back send 2 to C: two receive z from C: back }';
    expect(
      codes(`${design}network N implements Two { ${inOrder} }`).filter((code) => !code.startsWith('unused')),
    ).toEqual(['reordered-but-safe information']);
    expect(
      codes(
        `${design}network N implements Two { process A { par { send 1 to B: one receive y from B: back } and { send 2 to C: two receive z from C: back } } }`,
      ),
    ).toEqual([]);
    expect(
      codes(
        `${design}network N implements Two { process A { par { send 1 to B: one receive y from B: back } and { send 2 to C: two } } }`,
      ).join(),
    ).toMatch(/unmatched-send|not-conformant/);
  });
});
