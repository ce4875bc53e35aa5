// Runs as diagrams, as Mermaid and as text: on the example of every rule that has one, and on runs that are long.
import { describe, expect, test } from 'vitest';
import { rules } from '../../language/rules/index.js';
import { roleNumbers } from '../../language/features/colours.js';
import { endTitle, runOfVerdict, runsOf, uncheckedIn } from '../../language/features/run.js';
import type { FoundRun, Unchecked } from '../../language/features/run.js';
import { diagramOf } from '../../language/features/run-diagram.js';
import type { Diagram } from '../../language/features/run-diagram.js';
import { mermaidOf } from '../../language/features/run-mermaid.js';
import { repetitionsIn } from '../../language/features/run-repeats.js';
import { runLines } from '../../language/features/run-text.js';
import { Workspace } from '../../language/workspace.js';
import type { FileAnalysis } from '../../language/workspace.js';
import type { RunStep } from '../../language/findings/run.js';
import { inWords } from '../in-words.js';

function unchecked(text: string): Unchecked[] {
  const workspace = new Workspace();
  workspace.set('file:///a.chor', text);
  const analysis = workspace.analyze('file:///a.chor');
  return analysis ? uncheckedIn(workspace, analysis) : [];
}
function analyze(text: string): FileAnalysis {
  const workspace = new Workspace();
  workspace.set('file:///a.chor', text);
  const analysis = workspace.analyze('file:///a.chor');
  if (!analysis) throw new Error('no analysis');
  return analysis;
}
const first = (text: string): FoundRun => {
  const [found] = runsOf(analyze(text));
  if (!found) throw new Error('no run');
  return found;
};
const drawn = ({ run }: FoundRun): Diagram => diagramOf(run, new Map());

/** A first message, a loop of `times` rounds that is counted, and a message that nobody takes. */
const long = (times: number): string => `network Long {
  process Alice {
    send "start" to Bob
    i = 0
    while i < ${times} { send i to Bob receive ok from Bob i = i + 1 }
    send "more" to Bob
  }
  process Bob {
    receive start from Alice
    j = 0
    while j < ${times} { receive x from Alice send "ok" to Alice j = j + 1 }
  }
}
`;

/** Names and texts that have a meaning in other notations. */
const awkward = `network N {
  process end { send "a;b #1 <b>%% {x} $$y$$" to Note send "wrap: x" to Note }
  process Note { receive x from end receive y from end receive z from end }
}
`;

const examples: readonly (readonly [string, FoundRun])[] = [
  ...rules.flatMap((rule) => runsOf(analyze(rule.bad)).map((found) => [rule.code, found] as const)),
  ['long', first(long(30))],
  ['awkward', first(awkward)],
];

test('all errors of networks that come from a run have one', () => {
  expect([...new Set(examples.map(([code]) => code))].sort()).toEqual([
    'awkward',
    'deadlock',
    'label-mismatch',
    'long',
    'not-conformant',
    'payload-mismatch',
    'reordered-but-safe',
    'starvation',
    'unmatched-receive',
    'unmatched-send',
  ]);
});

describe.each(examples)('the diagram of %s', (_, found) => {
  const { run } = found;
  const diagram = drawn(found);

  test('has every step and every end once', () => {
    const steps = [
      ...diagram.arrows.flatMap((a) => [a.send, a.receive]),
      ...diagram.notes.filter((n) => n.kind === 'decide' || n.kind === 'choose').map((n) => n.step),
    ];
    expect(steps.filter((s) => s !== undefined).sort((a, b) => a - b)).toEqual(run.steps.map((_step, i) => i));
    const ends = [...diagram.waits.map((w) => w.end), ...diagram.notes.flatMap((n) => n.end ?? [])];
    expect(ends.sort((a, b) => a - b)).toEqual(run.ends.map((_end, i) => i));
  });

  test('goes down from the first step to the end, with nothing upon another', () => {
    for (const { top, bottom, from, to } of diagram.arrows) {
      expect(top).toBeLessThanOrEqual(bottom);
      expect(bottom).toBeLessThan(diagram.end.row);
      expect(from).not.toBe(to);
    }
    const places = [
      ...diagram.arrows.flatMap(({ from, to, top, bottom }) => [`${from} ${top}`, `${to} ${bottom}`]),
      ...diagram.notes.map(({ lane, row }) => `${lane} ${row}`),
      ...diagram.waits.flatMap(({ from, row }) => [`${from} ${row}`]),
    ];
    expect(new Set(places).size).toBe(places.length);
    for (const { row } of [...diagram.notes, ...diagram.waits]) expect(row).toBeLessThan(diagram.rows);
    for (const { row } of diagram.waits) expect(row).toBeGreaterThan(diagram.end.row);
  });

  test('keeps the order in which each role acts', () => {
    diagram.lanes.forEach((lane, at) => {
      const own = run.steps.flatMap((step, i) => (step.role === lane.role ? [i] : []));
      const rows = own.map(
        (i) =>
          diagram.arrows.find((a) => a.send === i)?.top ??
          diagram.arrows.find((a) => a.receive === i)?.bottom ??
          diagram.notes.find((n) => n.step === i && n.lane === at)?.row ??
          -1,
      );
      expect(rows).toEqual([...rows].sort((a, b) => a - b));
    });
  });

  test('is Mermaid of the forms that its grammar has', () => {
    const [head, ...lines] = mermaidOf(run, inWords(found.finding).message).trimEnd().split('\n');
    expect(head).toBe('sequenceDiagram');
    const text = /[^\n;#<>{}&$%\\]|#\d+;/u.source;
    const line = new RegExp(
      `^  (accTitle: [^;\\n]+|participant r\\d+ as (${text})+|r\\d+(->>|-\\)|--x)r\\d+: (${text})+|Note over r\\d+(,r\\d+)?: (${text})+|loop \\d+ times|end)$`,
      'u',
    );
    expect(lines.filter((each) => !line.test(each))).toEqual([]);
  });

  test('is text with a number for each step, and the end after it', () => {
    const lines = runLines(run);
    const told = lines.filter((l) => l.kind === 'step').map((l) => l.text);
    const all = run.steps.map((s, i) => `${i + 1}. ${s.text}`);
    if (lines.some((l) => l.kind === 'again')) expect(all).toEqual(expect.arrayContaining(told));
    else expect(told).toEqual(all);
    expect(lines.filter((l) => l.kind === 'end')).toHaveLength(run.ends.length);
  });
});

describe('the diagram', () => {
  test('draws a message level where it is received at once, and slanted where it waits', () => {
    const { arrows } = drawn(
      first(
        'network N {\n process A { send 1 to B send 2 to C receive x from B send 3 to B }\n process B { receive y from C receive z from A receive w from A send 4 to A }\n process C { receive v from A send 5 to B }\n}',
      ),
    );
    expect(arrows.map(({ message, top, bottom, state }) => [message, bottom - top, state])).toEqual([
      ['1', 3, 'taken'],
      ['2', 0, 'taken'],
      ['5', 0, 'taken'],
    ]);
  });

  test('ends with a wait for each of the circle, in its order', () => {
    const found = first(
      'network N {\n process A { receive x from C send x to B }\n process B { receive x from A send x to C }\n process C { receive x from B send x to A }\n}',
    );
    const { waits, lanes } = drawn(found);
    expect(waits.map(({ from, to, circle }) => [lanes[from]?.role, lanes[to]?.role, circle])).toEqual([
      ['A', 'C', true],
      ['C', 'B', true],
      ['B', 'A', true],
    ]);
    expect(endTitle(found.run)).toBe('A, C and B wait for each other in a circle');
  });

  test('marks the message that is left over, in its queue', () => {
    const { arrows, notes } = drawn(
      first('network N {\n process A { send 1 to B send 2 to B }\n process B { receive x from A }\n}'),
    );
    expect(arrows.map((a) => a.state)).toEqual(['taken', 'wrong']);
    expect(notes).toMatchObject([{ kind: 'lost', text: 'in the queue from A: `2`', step: 2 }, { kind: 'ended' }]);
  });

  test('folds what a loop does again and again, and only that', () => {
    const found = first(long(30));
    const { folds } = drawn(found);
    expect(folds).toHaveLength(1);
    const [fold] = folds;
    // At its start and its end a loop may run into what comes before and after.
    expect(fold?.times).toBeGreaterThan(26);
    const [from, to] = fold?.steps ?? [0, 0];
    const length = (to - from) / (fold?.times ?? 1);
    for (let i = from; i < to; i++) expect(found.run.steps[i]?.text).toBe(found.run.steps[i - length]?.text);
    expect(drawn(first(long(2))).folds).toEqual([]);
  });

  test('gives roles the colours that they have in the editor', () => {
    const analysis = analyze(
      'choreography C(P, R, Q) { Q.1 -> R.x R.x -> Q.y P.1 -> Q.z }\nnetwork N implements C {\n process R { send 1 to Q receive x from Q }\n process Q { receive y from R receive z from R }\n}',
    );
    const numbers = roleNumbers(analysis);
    const lanes = runsOf(analysis).flatMap(
      ({ run }) => diagramOf(run, new Map(run.roles.map((role) => [role, numbers.get(`N/${role}`) ?? -1]))).lanes,
    );
    expect(new Set(lanes.map((lane) => lane.role))).toEqual(new Set(['P', 'R', 'Q']));
    for (const lane of lanes) expect(lane.index).toBe(['P', 'R', 'Q'].indexOf(lane.role));
  });

  test('is told by its text and by Mermaid with the loop once', () => {
    const { run } = first(long(30));
    const lines = runLines(run);
    expect(lines.length).toBeLessThan(30);
    expect(lines.find((l) => l.kind === 'again')?.text).toMatch(
      /^\d+\. to \d+\. steps \d+ to \d+ again, 2[78] times more$/,
    );
    const text = mermaidOf(run, 'Long');
    expect(text.split('\n').length).toBeLessThan(40);
    expect(text).toMatch(/\n {2}loop (28|29) times\n[\s\S]*\n {2}end\n/);
  });

  test('of hundreds of steps has its loop once', () => {
    const found = first(long(63));
    expect(found.run.steps.length).toBeGreaterThan(200);
    const { folds } = drawn(found);
    expect(folds).toHaveLength(1);
  });
});

test('what repeats is looked for in very long runs, and nothing is found where messages lead out of each round', () => {
  const step = (taken?: number): RunStep => ({
    kind: 'send',
    role: 'A',
    to: 'B',
    message: 'x',
    text: 'A sends x to B',
    uri: 'file:///a.chor',
    origin: { start: 0, end: 1 },
    ...(taken === undefined ? {} : { taken }),
  });
  expect(repetitionsIn(Array.from({ length: 20_000 }, () => step()))).toEqual([]);
  expect(repetitionsIn(Array.from({ length: 20_000 }, (_, i) => step(i + 1)))).toEqual([]);
});

describe('Mermaid', () => {
  test('writes what would be read as something else as the numbers of its characters', () => {
    const text = mermaidOf(first(awkward).run, 'a; b');
    expect(text).toContain('participant r0 as end\n');
    expect(text).toContain('r0->>r1: "a#59;b #35;1 #60;b#62;#37;#37; #123;x#125; #36;#36;y#36;#36;"');
  });
  test('tells the greeting that waits for itself', () => {
    expect(mermaidOf(first(rules.find((r) => r.code === 'deadlock')?.bad ?? '').run, 'Broken')).toBe(`sequenceDiagram
  accTitle: Broken
  participant r0 as Alice
  participant r1 as Bob
  Note over r0,r1: Alice and Bob wait for each other
  r0--xr1: waits for \`reply\` from Bob
  r1--xr0: waits for \`greeting\` from Alice
`);
  });
});

describe('the runs of a file', () => {
  test('belong to their networks; what a verdict tells is one of them', () => {
    const text = `${rules.find((r) => r.code === 'deadlock')?.bad}\n${rules.find((r) => r.code === 'label-mismatch')?.bad}`;
    const analysis = analyze(text);
    const runs = runsOf(analysis);
    expect(runs.map((r) => [r.network, r.finding.code])).toEqual([
      ['Broken', 'deadlock'],
      ['Market', 'label-mismatch'],
    ]);
    expect(analysis.verdicts.map((v) => runOfVerdict(v, runs))).toEqual(runs.map((r) => r.run));
    expect(unchecked(text)).toEqual([]);
  });

  test('a network that can’t be read is not one without errors', () => {
    const bad = rules.find((r) => r.code === 'deadlock')?.bad ?? '';
    expect(unchecked(bad.replace('to Bob\n', 'to\n'))).toEqual([
      { network: 'Broken', reason: expect.stringMatching(/^Line \d+: /) as string },
    ]);
    expect(unchecked(bad.replace('"hello" to Bob', '"hello" to Nobody'))).toEqual([
      { network: 'Broken', reason: expect.stringMatching(/^Line 4: .*Nobody/) as string },
    ]);
    expect(unchecked(bad.replace('network Broken {', 'network Broken')).map((u) => u.network)).toEqual(['Broken']);
  });
});
