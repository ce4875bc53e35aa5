// The slow explorer is what the engine is compared with: here it is shown to say the right thing where that is plain to
// see.
import { describe, expect, it } from 'vitest';
import { networkOf, read } from './helpers.js';
import { slowly } from './slow.js';

function slow(kind: string, processes: Record<string, string>, preamble = ''): string {
  const text = `${preamble}network N ${kind} {\n${Object.entries(processes)
    .map(([name, body]) => `process ${name} { ${body} }`)
    .join('\n')}\n}`;
  const { bad, starving, unfairly, unreceived, cut } = slowly(networkOf(read(text).file, 'N'), 2, 500);
  return [
    ...(bad ? ['bad'] : []),
    ...(starving.size > 0 ? [`starving: ${[...starving].join(' ')}`] : []),
    ...(unfairly.size > 0 ? [`unfairly: ${[...unfairly].join(' ')}`] : []),
    ...(unreceived ? ['unreceived'] : []),
    ...(cut ? ['cut'] : []),
  ].join(', ');
}

describe('the slow explorer', () => {
  it('finds nothing wrong where nothing is', () => {
    expect(slow('', { A: 'send to B receive from B', B: 'receive from A send to A' })).toBe('');
    expect(
      slow('sync', {
        A: 'rec X { send to B receive from B continue X }',
        B: 'rec X { receive from A send to A continue X }',
      }),
    ).toBe('');
  });
  it('finds who waits in a circle, what is not taken, and what nobody receives', () => {
    expect(slow('', { A: 'receive from B send to B', B: 'receive from A send to A' })).toContain('bad');
    expect(slow('', { A: 'send to B: a', B: 'receive from A: b' })).toContain('bad');
    expect(slow('', { A: 'send to B', B: '' })).toBe('bad, unreceived');
  });
  it('lets a rendezvous wait for both, and a buffer for room', () => {
    const crossing = { A: 'send to B receive from B', B: 'send to A receive from A' };
    expect(slow('sync', crossing)).toContain('bad');
    expect(slow('buffer 1', crossing)).toBe('');
    const twice = {
      A: 'send to B send to B send to C',
      B: 'receive from C receive from A receive from A',
      C: 'receive from A send to B',
    };
    expect(slow('buffer 1', twice)).toContain('bad');
    expect(slow('buffer 2', twice)).toBe('');
  });
  it('says where a queue had to be kept short, and then nothing of what happens for ever', () => {
    expect(slow('', { A: 'rec X { send to B continue X }', B: 'rec X { receive from A continue X }' })).toBe('cut');
    expect(slow('buffer 2', { A: 'rec X { send to B continue X }', B: 'rec X { receive from A continue X }' })).toBe(
      '',
    );
  });
  it('finds who starves whatever is chosen', () => {
    expect(
      slow('sync', {
        A: 'rec X { send to B continue X }',
        B: 'rec X { receive from A continue X }',
        C: 'receive from A',
      }),
    ).toBe('starving: C, unfairly: C');
  });
  it('finds who starves only where a loop is never left', () => {
    const loop = {
      A: 'rec X { choice { send to B: more continue X } or { send to B: end send to C } }',
      B: 'rec X { receive from A { more { continue X } end { } } }',
      C: 'receive from A',
    };
    expect(slow('sync', loop)).toBe('unfairly: C');
    expect(slow('buffer 1', loop)).toBe('unfairly: C');
    // B waits as well, but for steps that A takes again and again; and A never waits.
    expect(slow('sync', { A: loop.A, B: loop.B, C: 'receive from A' })).not.toContain('B');
    // One that decides on its own for ever.
    expect(slow('', { A: 'while ask() { } send to B', B: 'receive from A' }, 'extern ask(): bool\n')).toBe(
      'unfairly: B',
    );
  });
  it('calls no run unfair in which somebody is never let to move', () => {
    // A and B go round for ever, but C can always send, so D gets its message.
    const two = {
      A: 'rec X { send to B continue X }',
      B: 'rec X { receive from A continue X }',
      C: 'send to D',
      D: 'receive from C',
    };
    expect(slow('sync', two)).toBe('');
    expect(slow('buffer 1', two)).toBe('');
  });
  it('finds a message that is never taken while others go on for ever', () => {
    const left = {
      A: 'send to B: extra rec X { send to C continue X }',
      B: 'rec X { choice { receive from C continue X } or { receive from C continue X } }',
      C: 'rec X { receive from A send to B continue X }',
    };
    expect(slow('buffer 1', left)).toBe('unreceived');
  });
  it('takes every way of a decision that is not known', () => {
    const preamble = 'extern ask(): bool\nextern pick(): int\n';
    expect(
      slow('', { A: 'if ask() { send to B: a } else { send to B: b }', B: 'receive from A { a { } b { } }' }, preamble),
    ).toBe('');
    expect(
      slow('', { A: 'if ask() { send to B: a } else { send to B: b }', B: 'receive from A { a { } c { } }' }, preamble),
    ).toContain('bad');
    expect(
      slow(
        '',
        {
          A: 'match pick() { case 0 { send to B: a } case 1 { } else { send to B: b } }',
          B: 'receive from A { a { } b { } }',
        },
        preamble,
      ),
    ).toContain('bad');
    expect(
      slow(
        'sync',
        { A: 'while ask() { send to B: a } send to B: b', B: 'rec X { receive from A { a { continue X } b { } } }' },
        preamble,
      ),
    ).toBe('');
    expect(() => slow('', { A: 'match 1 { case 1 { } else { } }', B: '' })).toThrow('known');
  });
  it('computes what is known', () => {
    expect(slow('', { A: 'x = 1 if x + 1 == 2 { send to B }', B: 'receive from A' })).toBe('');
    expect(slow('', { A: 'x = 1 if x + 1 == 3 { send to B }', B: 'receive from A' })).toContain('bad');
    expect(slow('', { A: 'x = 2 send x to B', B: 'receive y from A if y == 2 { } else { receive from A }' })).toBe('');
  });
  it('interleaves threads', () => {
    expect(
      slow('sync', {
        A: 'par { send to B: a } and { receive from B: b }',
        B: 'par { send to A: b } and { receive from A: a }',
      }),
    ).toBe('');
    expect(
      slow('sync', { A: 'send to B: a receive from B: b', B: 'par { send to A: b } and { receive from A: a }' }),
    ).toBe('');
    expect(
      slow('', { A: 'par { send to B: a } and { send to B: b }', B: 'receive from A: a receive from A: b' }),
    ).toContain('bad');
    expect(
      slow('', {
        A: 'par { send to B: a } and { send to B: b }',
        B: 'par { receive from A: a } and { receive from A: b }',
      }),
    ).toBe('');
    expect(slow('', { A: 'send to B: a send to B: b', B: 'par { receive from A: b } and { receive from A: a }' })).toBe(
      '',
    );
    expect(slow('', { A: 'par { send to B: a } and { } send to B: c', B: 'receive from A: a receive from A: c' })).toBe(
      '',
    );
    expect(
      slow('', {
        A: 'par { receive from B: a } and { rec X { send to C continue X } }',
        B: '',
        C: 'rec X { receive from A continue X }',
      }),
    ).toContain('cut');
    expect(
      slow('sync', {
        A: 'par { receive from B: a } and { rec X { send to C continue X } }',
        B: '',
        C: 'rec X { receive from A continue X }',
      }),
    ).toBe('starving: A, unfairly: A');
  });
  it('lets threads disturb each other in variables that they share, and not in their own', () => {
    const update = (one: string, check: string): Record<string, string> => ({
      A: `x = 0 par { ${one} } and { ${one} } if ${check} { send to B }`,
      B: 'receive from A',
    });
    expect(slow('', update('own = x x = own + 1', 'x == 2'))).toContain('bad');
    expect(slow('', update('at { own = x x = own + 1 }', 'x == 2'))).toBe('');
    expect(slow('', update('x = x + 1', 'x == 2'))).toBe('');
    expect(
      slow('', {
        A: 'par { y = 1 if y == 1 { } else { send to B } } and { y = 2 if y == 2 { } else { send to B } }',
        B: '',
      }),
    ).toBe('');
  });
});
