// Exports: each format, what it can't say, round trips through the importer, and models run by SPIN where it is
// installed.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exportDeclaration } from '../../language/export/export.js';
import type { ExportFormat } from '../../language/export/export.js';
import { typesIn } from '../../language/export/types.js';
import type { Automaton } from '../../language/import/automaton.js';
import { importText } from '../../language/import/import.js';
import { parseSystem } from '../../language/import/kmc-texts.js';
import type { Choreography } from '../../language/ir/choreography.js';
import type { Network } from '../../language/ir/process.js';
import { decide } from '../../language/network/verdict/decide.js';
import { Workspace } from '../../language/workspace.js';
import { anyNetwork, channels, mistaken, networkText, preamble } from '../generators/networks.js';
import { withQuorums } from '../generators/quorums.js';
import { sketches } from '../generators/sketches.js';
import { check } from '../network/helpers.js';
import { spinIsMissing } from '../network/spin.js';

const seed =
  process.env['CHOR_SEED'] === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(process.env['CHOR_SEED']);
const runs = Number(process.env['CHOR_RUNS'] ?? 200);
const uri = 'memory:/a.chor';

function analysed(text: string): NonNullable<ReturnType<Workspace['analyze']>> {
  const workspace = new Workspace({ timeout: 1000 });
  workspace.set(uri, text);
  const analysis = workspace.analyze(uri);
  if (!analysis) throw new Error('no analysis');
  return analysis;
}

/** The export of the declaration that is named, or of the first; what can't be said starts with its line. */
function exported(text: string, format: ExportFormat, name?: string): { text?: string; failed?: string } {
  const { file, scope, names } = analysed(text);
  const found = file.declarations.find(
    (d): d is Network | Choreography =>
      (d.kind === 'network' || d.kind === 'choreography') && (name === undefined || d.name.text === name),
  );
  if (!found) throw new Error('nothing to export');
  const result = exportDeclaration(found, scope, format, { types: typesIn(() => names) });
  return result.kind === 'exported'
    ? { text: result.text }
    : { failed: `${file.text.slice(0, result.origin.start).split('\n').length}: ${result.message}` };
}

const talk = `network Talk {
  process A {
    rec X {
      choice { send to B: more continue X } or { send to B: done(int) }
    }
  }
  process B {
    rec X {
      receive from A { more { continue X } done(_: int) {} }
    }
  }
}
`;

describe('cfsm', () => {
  test('is what the k-MC tool reads, in JSON', () => {
    expect(JSON.parse(exported(talk, 'cfsm').text ?? '')).toEqual({
      roles: ['A', 'B'],
      machines: {
        A: {
          initial: 's0',
          transitions: [
            ['s0', '!', 'B', 'more', 's0'],
            ['s0', '!', 'B', 'done(int)', 's1'],
          ],
        },
        B: {
          initial: 's0',
          transitions: [
            ['s0', '?', 'A', 'more', 's0'],
            ['s0', '?', 'A', 'done(int)', 's1'],
          ],
        },
      },
    });
  });
  test('of a choreography are its projections, calls gone into', () => {
    const text =
      'choreography C(A, B) {\n  A -> B: hi\n  do D(B, A)\n  do D(A, B)\n}\nchoreography D(P, Q) {\n  P.1 -> Q.x: n\n}\n';
    expect(
      (JSON.parse(exported(text, 'cfsm').text ?? '') as { machines: Record<string, unknown> }).machines['A'],
    ).toEqual({
      initial: 's0',
      transitions: [
        ['s0', '!', 'B', 'hi', 's1'],
        ['s1', '?', 'B', 'n', 's2'],
        ['s2', '!', 'B', 'n', 's3'],
      ],
    });
  });
  test('of an implementation that is written in part has the projections of the rest', () => {
    const text =
      'choreography C(A, B) {\n  A -> B: hi\n}\nnetwork N implements C {\n  process A {\n    send to B: hi\n  }\n}\n';
    expect(
      parseSystem(exported(text, 'cfsm', 'N').text ?? '').map(
        ({ role, transitions }) => `${role} ${transitions.length}`,
      ),
    ).toEqual(['A 1', 'B 1']);
  });
  test.each([
    [
      'queues that are bounded',
      'network N buffer 2 {\n  process A { send to B }\n  process B { receive from A }\n}\n',
      '1: queues that are `buffer` can’t be said: those of automata are unbounded',
    ],
    [
      'a decision to send or to wait',
      'network N {\n  process A {\n    choice { send to B } or { receive from B }\n  }\n  process B { receive from A }\n}\n',
      '3: `A` decides by itself between sending to `B` and receiving from `B`: an automaton can only choose between messages to send',
    ],
    [
      'a decision to end',
      'extern ask(): bool\nnetwork N {\n  process A {\n    if ask() { send to B }\n  }\n  process B { receive from A }\n}\n',
      '4: `A` decides by itself between sending to `B` and ending: an automaton can only choose between messages to send',
    ],
    [
      'recursion that needs a stack',
      'choreography C(A, B) {\n  if A.ask() -> B {\n    do C(A, B)\n    A -> B: back\n  }\n}\nextern ask(): bool\n',
      '3: `C` calls itself before what follows the call is done, which takes endlessly many states',
    ],
    [
      'what can’t be projected',
      'choreography C(A, B, D) {\n  choice at A {\n    A -> B: l\n    B -> D: x\n  } or {\n    A -> B: r\n  }\n}\n',
      '2: what `D` does here is not known, as there is an error; `chor check` tells it',
    ],
    ['what can’t be read', 'network N {\n  process A { send }\n}\n', '1: it can’t be read; `chor check` tells why'],
  ])('%s can’t be said, and where it stands is told', (_what, text, failed) => {
    expect(exported(text, 'cfsm')).toEqual({ failed });
  });
});

/**
 * What the sequences of an automaton's messages are the same as those of another: both made deterministic, side by
 * side.
 */
function sameTraces(left: Automaton, right: Automaton): boolean {
  const step = ({ transitions }: Automaton, states: readonly string[]): Map<string, string[]> => {
    const ways = new Map<string, string[]>();
    for (const t of transitions)
      if (states.includes(t.from))
        ways.set(
          `${t.way} ${t.peer} ${t.label}`,
          [...new Set([...(ways.get(`${t.way} ${t.peer} ${t.label}`) ?? []), t.to])].sort(),
        );
    return ways;
  };
  const seen = new Set<string>();
  const work: [readonly string[], readonly string[]][] = [[[left.initial], [right.initial]]];
  for (let next = work.pop(); next; next = work.pop()) {
    const key = JSON.stringify(next);
    if (seen.has(key)) continue;
    seen.add(key);
    const [one, other] = [step(left, next[0]), step(right, next[1])];
    if ([...one.keys()].sort().join() !== [...other.keys()].sort().join()) return false;
    for (const [word, states] of one) work.push([states, other.get(word) ?? []]);
  }
  return true;
}

function roundTrip(json: string): void {
  const imported = importText(json, 'kmc', 'Again');
  if ('errors' in imported) throw new Error(`${JSON.stringify(imported.errors)}\n${json}`);
  const again = exported(imported.text, 'cfsm', 'Again');
  if (again.text === undefined) throw new Error(`${again.failed ?? ''}\n${imported.text}`);
  const [before, after] = [parseSystem(json), parseSystem(again.text)];
  expect(after.map(({ role }) => role)).toEqual(before.map(({ role }) => role));
  for (const [i, automaton] of before.entries())
    expect(sameTraces(automaton, after[i] as Automaton), `${json}\n${imported.text}\n${again.text}`).toBe(true);
}

describe(`round trips (CHOR_SEED=${seed})`, () => {
  test('what is exported from networks imports to networks that do the same', () => {
    let count = 0;
    for (const text of fc.sample(anyNetwork({ calls: true }), { seed, numRuns: runs })) {
      const { text: json, failed } = exported(
        preamble + text.replace(/network N (sync|buffer \d+)/, 'network N '),
        'cfsm',
        'N',
      );
      if (json === undefined) {
        expect(failed).toMatch(/decides by itself|decides for ever|goes round a loop/);
        continue;
      }
      count++;
      roundTrip(json);
    }
    expect(count).toBeGreaterThan(runs / 10);
  });
  test('what is exported from choreographies without errors imports to the same, and is never refuted', () => {
    let count = 0;
    for (const text of fc.sample(sketches(), { seed, numRuns: runs })) {
      const { findings } = analysed(text);
      if (findings.some(({ severity }) => severity === 'error')) continue;
      const { text: json, failed } = exported(text, 'cfsm', 'Main');
      if (json === undefined) {
        expect(failed, text).toMatch(/calls itself before|can only choose between messages to send/);
        continue;
      }
      count++;
      roundTrip(json);
      expect(
        decide(parseSystem(json), { kind: 'fifo' }, { states: 20_000, buffer: 4 }, () => false).verdict,
        text,
      ).not.toBe('refuted');
    }
    expect(count).toBeGreaterThan(runs / 20);
  });
});

const shop = `record Order { title: string }
extern ask(): bool
choreography Shop(Buyer(order: Order), Seller, role) {
  Buyer.order -> Seller.order
  Seller.1 -> Buyer.price, role.price: offer
  if Buyer.ask() -> Seller, role {
    do Ship(Seller, Buyer)
  }
  Buyer -> Seller: thanks
}
choreography Ship(From, To) {
  rec Again {
    choice at From {
      From -> To: part(list<int>)
      continue Again
    } or {
      From -> To: last
    }
  }
}
`;

describe('scribble', () => {
  test('has a protocol for each choreography, and the types that it needs', () => {
    expect(exported(shop, 'scribble', 'Shop').text).toBe(`module ShopModule;

type <chor> "Order" from "chor" as Order;
type <java> "java.lang.Integer" from "rt.jar" as Int;
type <chor> "list<int>" from "chor" as list_int;

global protocol Shop(role Buyer, role Seller, role role_2) {
  (Order) from Buyer to Seller;
  offer(Int) from Seller to Buyer;
  offer(Int) from Seller to role_2;
  choice at Buyer {
    yes() from Buyer to Seller;
    yes() from Buyer to role_2;
    do Ship(Seller, Buyer);
  } or {
    no() from Buyer to Seller;
    no() from Buyer to role_2;
  }
  thanks() from Buyer to Seller;
}

aux global protocol Ship(role From, role To) {
  rec Again {
    choice at From {
      part(list_int) from From to To;
      continue Again;
    } or {
      last() from From to To;
    }
  }
}
`);
  });
  test('of a loop that is left: what follows stands where it is left', () => {
    const text =
      'choreography C(A, B) {\n  rec X {\n    A -> B: m\n    choice at A {\n      A -> B: out\n      leave X\n    } or {\n      A -> B: on\n    }\n    continue X\n  }\n  B -> A: bye\n}\n';
    expect(exported(text, 'scribble').text).toContain(
      '    choice at A {\n      out() from A to B;\n      bye() from B to A;\n    } or {\n      on() from A to B;\n      continue X;\n    }\n',
    );
  });
  test('of a `while` is a loop with a choice; of what nobody is told, nothing', () => {
    const text =
      'choreography C(A(n: int), B) {\n  if A.n > 1 { A.n = 1 }\n  while A.n > 0 -> B {\n    A.n = n - 1\n  }\n  B -> A: bye\n}\n';
    expect(exported(text, 'scribble').text).toContain(
      '  rec Loop {\n    choice at A {\n      again() from A to B;\n      continue Loop;\n    } or {\n      done() from A to B;\n      bye() from B to A;\n    }\n  }\n}',
    );
  });
  test.each([
    [
      'scribble',
      'a decision of two',
      'choreography C(A, B) {\n  A.1 -> B.x\n  if A.1 > 0, B.x > 0 {\n    B -> A: l\n  }\n}\n',
      /^3: several roles decide together/,
    ],
    [
      'scribble',
      'a branch that another role starts',
      'choreography C(A, B, D) {\n  if A.ask() {\n    A -> B: l\n  } else {\n    D -> B: l\n  }\n}\nextern ask(): bool\n',
      /^2: a way that `A` chooses here does not start with a message of `A`/,
    ],
    [
      'scribble',
      'a branch without a message',
      'choreography C(A, B) {\n  if A.ask() { A -> B: l }\n}\nextern ask(): bool\n',
      /^2: a way that `A` chooses/,
    ],
    ['scribble', 'a network', talk, /^1: it is a network, and protocols are global/],
    [
      'nuscr',
      'what follows a call',
      'choreography C(A, B) {\n  do D(A, B)\n  A -> B: after\n}\nchoreography D(P, Q) {\n  P -> Q: m\n}\n',
      /^2: something follows this call of `D`/,
    ],
  ] as const)('%s: %s can’t be said', (format, _what, text, failed) => {
    expect(exported(text, format).failed).toMatch(failed);
  });
});

describe('nuscr', () => {
  test('has no module and a label on every message, and ends with choices and loops', () => {
    const text =
      'choreography C(A, B) {\n  A.1 -> B.x\n  choice at A {\n    A -> B: l\n  } or {\n    A -> B: r\n  }\n  B -> A: bye\n}\n';
    expect(exported(text, 'nuscr').text).toBe(
      'global protocol C(role A, role B) {\n  message(int) from A to B;\n  choice at A {\n    l() from A to B;\n    bye() from B to A;\n  } or {\n    r() from A to B;\n    bye() from B to A;\n  }\n}\n',
    );
  });
});

test(`protocols import to choreographies whose roles do the same (CHOR_SEED=${seed})`, () => {
  const counts = { scribble: 0, nuscr: 0 };
  for (const text of fc.sample(sketches(), { seed, numRuns: runs })) {
    if (analysed(text).findings.some(({ severity }) => severity === 'error')) continue;
    const before = exported(text, 'cfsm', 'Main').text;
    for (const format of ['scribble', 'nuscr'] as const) {
      const { text: protocol, failed } = exported(text, format, 'Main');
      if (protocol === undefined) {
        expect(failed, text).toMatch(/does not start with a message|something follows this call|in so many branches/);
        continue;
      }
      const imported = importText(protocol, 'scribble');
      if ('errors' in imported) throw new Error(`${JSON.stringify(imported.errors)}\n${protocol}`);
      const after = exported(imported.text, 'cfsm', 'Main');
      if (before === undefined) continue;
      if (after.text === undefined) throw new Error(`${after.failed ?? ''}\n${text}\n${imported.text}`);
      counts[format]++;
      const [left, right] = [parseSystem(before), parseSystem(after.text)];
      for (const [i, automaton] of left.entries())
        expect(sameTraces(automaton, right[i] as Automaton), `${text}\n${protocol}\n${imported.text}`).toBe(true);
    }
  }
  expect(counts.scribble).toBeGreaterThan(runs / 20);
  expect(counts.nuscr).toBeGreaterThan(runs / 40);
});

describe('dot', () => {
  test('draws each role, with decisions of its own', () => {
    const { text = '' } = exported(talk, 'dot');
    expect(text).toMatch(/^digraph "Talk" \{\n {2}rankdir=LR;/);
    expect(text).toContain('label="A"');
    expect(text).toContain('"0.0" [shape=diamond];');
    expect(text).toContain('[label="B!done(int)"]');
    expect(text).toContain('[label="A?more"]');
    expect(text.match(/doublecircle/g)).toHaveLength(2);
    expect(text.split('{').length).toBe(text.split('}').length);
  });
});

const missing = spinIsMissing();
if (missing) console.log(`Models are not run: ${missing}.`);

/** How many errors SPIN finds. */
function spin(model: string): number {
  const folder = mkdtempSync(join(tmpdir(), 'chor-export-'));
  try {
    writeFileSync(join(folder, 'model.pml'), model);
    const run = (command: string, ...args: string[]): string =>
      execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    run('spin', '-a', 'model.pml');
    run('gcc', '-O0', '-w', '-DSAFETY', '-o', 'pan', 'pan.c');
    const output = run('./pan', '-m100000');
    if (/max search depth too small|out of memory/i.test(output)) throw new Error(output);
    return Number(/errors: (\d+)/.exec(output)?.[1]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const modelOf = (text: string, name?: string): string => exported(text, 'promela', name).text ?? '';

describe.skipIf(missing !== undefined)('promela, run by SPIN', () => {
  test('of what is right has no errors', () => {
    expect(spin(modelOf(talk))).toBe(0);
    expect(
      spin(
        modelOf(
          'choreography C(A, B, D) {\n  A.1 -> B.x, D.y\n  if A.ask() -> B, D {\n    B -> D: yes\n  }\n}\nextern ask(): bool\n',
        ),
      ),
    ).toBe(0);
    expect(
      spin(
        modelOf(
          'network N sync {\n  process A { send to B: a receive from B: b }\n  process B { receive from A: a send to A: b }\n}\n',
        ),
      ),
    ).toBe(0);
  });
  test.each([
    [
      'roles that wait for each other',
      'network N {\n  process A { receive from B send to B }\n  process B { receive from A send to A }\n}\n',
    ],
    ['a label that is not taken', 'network N {\n  process A { send to B: a }\n  process B { receive from A: b }\n}\n'],
    [
      'a message that nobody takes',
      'network N {\n  process A { send to B: a send to B: b }\n  process B { receive from A: a }\n}\n',
    ],
    [
      'a queue that is too short',
      'network N buffer 1 {\n  process A { send to B: a send to B: b receive from B }\n  process B { receive from A: a send to A send to A receive from A: b }\n}\n',
    ],
  ])('finds %s', (_what, text) => {
    expect(spin(modelOf(text))).toBe(1);
  });
  const quorum = (kind: string, ...bodies: string[]): string =>
    `network N ${kind} {\n${['A', 'B', 'C'].map((role, i) => `  process ${role} { ${bodies[i] ?? ''} }`).join('\n')}\n}\n`;
  test.each(['', 'sync', 'buffer 1'])('of quorums drops what comes too late: %s', (kind) => {
    const late = quorum(
      kind,
      'receive from B, C any 1: a receive from B: b receive from C: b',
      'send to A: a send to A: b',
      'send to A: a send to A: b',
    );
    expect(modelOf(late)).toContain('active proctype Late_B_A()');
    expect(spin(modelOf(late))).toBe(0);
    expect(spin(modelOf(quorum(kind, 'receive from B, C any 1: a', 'send to A: a', '')))).toBe(0);
    // Too few come; and another label than the one that is dropped.
    expect(spin(modelOf(quorum(kind, 'receive from B, C any 2: a', 'send to A: a', '')))).toBe(1);
    expect(
      spin(modelOf(quorum(kind, 'receive from B, C any 1: a receive from C: b', 'send to A: a', 'send to A: b'))),
    ).toBe(1);
  });
  test(`of quorums agrees with the checker (CHOR_SEED=${seed})`, () => {
    const few = Math.ceil(runs / 10);
    const texts = fc.sample(withQuorums(), { seed, numRuns: 3 * few }).filter((text) => !/\b(rec|while)\b/.test(text));
    const counts: Record<string, number> = {};
    for (const text of texts) {
      const { verdict } = check(text, { name: 'N', limits: { buffer: 4 } }).verdict;
      const errors = spin(modelOf(text, 'N'));
      if (verdict !== 'bounded') expect(errors, text).toBe(verdict === 'proved' ? 0 : 1);
      counts[verdict] = (counts[verdict] ?? 0) + 1;
    }
    if (process.env['CHOR_RUNS']) console.log('quorums', counts);
    expect(counts['refuted']).toBeGreaterThan(few / 10);
    expect(counts['proved']).toBeGreaterThan(few / 10);
  });
  test('whatever names are like', () => {
    const text =
      'network Größe {\n  process Σ { send to proctype: ñ }\n  process proctype { receive from Σ: ñ send to A_B: n send to A: B_n }\n  process A_B { receive from proctype: n }\n  process A { receive from proctype: B_n }\n}\n';
    expect(spin(modelOf(text))).toBe(0);
  });
  test(`agrees with the checker (CHOR_SEED=${seed})`, () => {
    const few = Math.ceil(runs / 10);
    const flavour = { calls: true };
    const fitting = fc.tuple(channels, mistaken(flavour)).map(([kind, bodies]) => networkText(kind, bodies));
    const straight = anyNetwork(flavour).filter((text) => !/\b(rec|while)\b/.test(text) && /send/.test(text));
    const texts = [...fc.sample(fitting, { seed, numRuns: few }), ...fc.sample(straight, { seed, numRuns: few })];
    const counts = { proved: 0, refuted: 0 };
    for (const text of texts) {
      const { verdict } = check(preamble + text, { name: 'N', limits: { buffer: 4 } });
      const { text: model, failed } = exported(preamble + text, 'promela', 'N');
      if (model === undefined) {
        expect(failed, text).toMatch(/goes round a loop/);
        continue;
      }
      // In a loop that does not end, what is wrong need not stop anybody.
      if (verdict.verdict === 'proved') {
        counts.proved++;
        expect(spin(model), text).toBe(0);
      } else if (verdict.verdict === 'refuted' && !/\b(rec|while)\b/.test(text)) {
        counts.refuted++;
        expect(spin(model), text).toBe(1);
      }
    }
    expect(counts.refuted).toBeGreaterThan(few / 10);
    expect(counts.proved).toBeGreaterThan(few / 10);
  });
});
