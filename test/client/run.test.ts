// The view of a run, without a page: which run is shown, where things stand, what belongs to which line.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Position, Range } from '../../protocol/places.js';
import type { Run, Runs } from '../../protocol/runs.js';
import { runAgain, runFor, showRun } from '../../client/run-shown.js';
import { geometryOf } from '../../client/view/run-layout.js';
import type { Geometry } from '../../client/view/run-layout.js';
import { placeOf, stepsAt } from '../../client/view/run-sync.js';
import { fit } from '../../language/diagram/fit.js';
import { rules } from '../../language/rules/index.js';
import { endText, runsOf, uncheckedIn } from '../../language/features/run.js';
import { diagramOf } from '../../language/features/run-diagram.js';
import { Workspace } from '../../language/workspace.js';
import { stuck } from '../generators/stuck.js';
import { inWords } from '../in-words.js';

const uri = 'file:///a.chor';
const wide = (text: string): number => [...text].length * 8;

/** What the server would answer. */
function answerOf(text: string, version = 1): Runs {
  const workspace = new Workspace();
  workspace.set(uri, text);
  const analysis = workspace.analyze(uri);
  if (!analysis) throw new Error('no analysis');
  const place = (offset: number): Position => {
    const before = text.slice(0, offset).split('\n');
    return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  };
  const range = ({ start, end }: { start: number; end: number }): Range => ({ start: place(start), end: place(end) });
  const at = (part: { uri: string; origin: { start: number; end: number } }) => ({
    location: { uri: part.uri, range: range(part.origin) },
  });
  return {
    version,
    unchecked: uncheckedIn(workspace, analysis),
    runs: runsOf(analysis).map(({ network, range: declared, finding, run }): Run => ({
      network,
      declaration: range(declared),
      code: finding.code,
      severity: finding.severity,
      message: inWords(finding).message,
      range: range(finding.origin),
      roles: run.roles,
      steps: run.steps.map((step) => ({ ...step, ...at(step) })),
      ends: run.ends.map((end) => ({ ...end, sentence: endText(end), ...at(end) })),
      queues: run.queues,
      cycle: run.cycle,
      diagram: diagramOf(run, new Map()),
      mermaid: '',
      text: '',
    })),
  };
}

const lost = `network Lost {
  process Alice {
    send "again" to Bob
  }
  process Bob {
  }
}
`;
const both = `${stuck('Broken')}${lost}`;

describe('the run that is asked for', () => {
  const answer = answerOf(both);
  const code = (run: Run | undefined) => run?.code;

  test('is that of the finding that a code action names', () => {
    const [first, second] = answer.runs;
    expect(
      runFor(
        answer,
        { network: 'Lost', code: 'unmatched-send', message: second?.message, range: second?.range },
        undefined,
      ),
    ).toBe(second);
    expect(runFor(answer, { network: 'Broken', code: 'deadlock', message: 'as it was worded before' }, undefined)).toBe(
      first,
    );
    expect(runFor(answer, { network: 'Other' }, undefined)).toBe(undefined);
  });

  test('is the first of a network', () =>
    expect(code(runFor(answer, { network: 'Lost' }, { line: 0, character: 0 }))).toBe('unmatched-send'));

  test('is that of the error at the cursor, else of a step on its line, else of the network around it, else the nearest', () => {
    const near = (line: number) => code(runFor(answer, {}, { line, character: 0 }));
    expect(near(3)).toBe('deadlock');
    expect(near(8)).toBe('deadlock');
    expect(near(10)).toBe('deadlock');
    expect(near(13)).toBe('unmatched-send');
    expect(near(40)).toBe('unmatched-send');
    // Without a cursor, the shortest.
    expect(code(runFor(answer, {}, undefined))).toBe('unmatched-send');
  });
});

describe('what is shown', () => {
  const wish = showRun({ uri, network: 'Broken' }, answerOf(both), undefined).wish;

  test('is the run with all others to choose from', () => {
    const shown = showRun({ uri, network: 'Lost' }, answerOf(both, 7), undefined);
    expect(shown).toMatchObject({
      state: 'live',
      version: 7,
      chosen: 1,
      file: 'a.chor',
      wish: { network: 'Lost', code: 'unmatched-send' },
    });
    expect(shown.choices.map((c) => c.label)).toEqual(['Broken: deadlock, line 4', 'Lost: unmatched-send, line 15']);
    expect(showRun(shown.choices[0]?.wish ?? {}, answerOf(both), undefined).run?.code).toBe('deadlock');
  });

  test('follows its finding while the text around it, and its words, change', () => {
    const moved = showRun(wish, answerOf(`\n\n${both.replaceAll('reply', 'answer')}`, 2), { line: 5, character: 4 });
    expect(moved).toMatchObject({
      state: 'live',
      version: 2,
      wish: { network: 'Broken', code: 'deadlock', range: { start: { line: 5 } } },
    });
    expect(moved.run?.message).toContain('`answer`');
  });

  test('follows a network that is renamed', () => {
    expect(runAgain(answerOf(stuck('Renamed')), wish, wish.range?.start)?.network).toBe('Renamed');
    expect(runAgain(answerOf(`${stuck('Renamed')}`), wish, { line: 9, character: 0 })).toBe(undefined);
  });

  test('is gone when the error is, and says so', () => {
    const mended = both.replace('    receive greeting from Alice\n', '').replace('    send reply to Bob\n', '');
    expect(showRun(wish, answerOf(mended), wish.range?.start)).toMatchObject({
      state: 'gone',
      reason: 'Broken does not come to this any more.',
      choices: [{ label: expect.stringContaining('Lost') as string }],
    });
    expect(showRun(wish, answerOf(mended), wish.range?.start).run).toBe(undefined);
    const otherwise = both.replace('    receive greeting from Alice\n', '');
    expect(showRun(wish, answerOf(otherwise), wish.range?.start)).toMatchObject({
      state: 'gone',
      reason: 'Broken does not come to this any more, but another of its errors has a run: see the list.',
    });
  });

  test('is stale, not gone, while its network can’t be read, or the server is down', () => {
    const shown = showRun(wish, answerOf(both.replace('"hi" to Bob', '"hi" to')), undefined);
    expect(shown.state).toBe('stale');
    expect(shown.reason).toMatch(/^Line \d+: /);
    expect(showRun(wish, undefined, undefined).state).toBe('stale');
    expect(showRun(wish, { ...answerOf(both), outdated: 'The server is not running.' }, undefined)).toMatchObject({
      state: 'stale',
      reason: 'The server is not running.',
      run: { code: 'deadlock' },
    });
    expect(showRun(wish, { ...answerOf(''), outdated: 'The server is not running.' }, undefined)).toMatchObject({
      state: 'stale',
      reason: 'The server is not running.',
    });
  });

  test('is a word of what to do, where nothing was ever asked for', () => {
    expect(showRun({}, undefined, undefined).empty).toContain('quick fixes');
  });
});

describe('steps and the source', () => {
  const [run] = answerOf(stuck('Broken')).runs;
  if (!run) throw new Error('no run');

  test('a line lights up the steps and the ends that stand on it', () => {
    expect([...stepsAt(run, uri, { line: 2, character: 9 })]).toEqual(['step-0', 'queue-0']);
    expect([...stepsAt(run, uri, { line: 7, character: 0 })]).toEqual(['step-1', 'queue-1']);
    expect([...stepsAt(run, uri, { line: 8, character: 0 })]).toEqual(['end-1']);
    expect([...stepsAt(run, uri, { line: 9, character: 0 })]).toEqual([]);
    expect([...stepsAt(run, 'file:///other.chor', { line: 2, character: 9 })]).toEqual([]);
  });

  test('a step leads to its place, and so does an end, and a message in a queue', () => {
    expect(placeOf(run, 'step-1')?.range.start).toEqual({ line: 7, character: 4 });
    expect(placeOf(run, 'end-0')?.range.start).toEqual({ line: 3, character: 4 });
    expect(placeOf(run, 'queue-0')?.range.start).toEqual({ line: 2, character: 4 });
    expect(placeOf(run, 'step-9')).toBe(undefined);
  });
});

const drawn: readonly (readonly [string, Run])[] = [
  ...rules.flatMap((rule) => answerOf(rule.bad).runs.map((run) => [rule.code, run] as const)),
  ...answerOf(`network Slanted {
 process A { send 1 to B send 2 to C receive x from B send 3 to B }
 process B { receive y from C receive z from A receive w from A send 4 to A }
 process C { receive v from A send "a message that is rather long, and longer than there is room for" to B }
}`).runs.map((run) => ['slanted', run] as const),
  ...answerOf(`network Long {
  process A { i = 0 while i < 9 { send i to B receive ok from B i = i + 1 } send 1 to B }
  process B { j = 0 while j < 9 { receive x from A send "ok" to A j = j + 1 } }
}`).runs.map((run) => ['long', run] as const),
];

describe.each(drawn)('the drawing of %s', (name, run) => {
  const check = (geometry: Geometry): void => {
    const { lanes, hits, notes, arrows, waits, width, height } = geometry;
    lanes.slice(1).forEach((lane, i) => expect(lane.x - (lanes[i]?.x ?? 0)).toBeGreaterThanOrEqual(120));
    // Nothing stands outside, and no label is wider than what it stands on.
    for (const hit of hits) {
      expect(hit.x).toBeGreaterThanOrEqual(0);
      expect(hit.x + hit.width).toBeLessThanOrEqual(width);
      expect(hit.y).toBeGreaterThanOrEqual(0);
      expect(hit.y + hit.height).toBeLessThanOrEqual(height);
    }
    for (const { x1, x2, label } of [...arrows, ...waits]) expect(wide(label)).toBeLessThanOrEqual(Math.abs(x1 - x2));
    for (const { lines, width: own } of notes)
      for (const line of lines) expect(wide(line.replaceAll('`', ''))).toBeLessThanOrEqual(own);
    // Notes stand free of each other.
    notes.forEach((a, i) =>
      notes.slice(i + 1).forEach((b) => {
        expect(a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y).toBe(
          true,
        );
      }),
    );
    expect(new Set(hits.map((hit) => hit.key)).size).toBe(hits.length);
  };

  test('has room for all of it, folded and not, narrow and wide', () => {
    const all = new Set(run.diagram.folds.map((fold) => fold.first));
    for (const room of [0, 400, 2000]) {
      for (const open of [new Set<number>(), all]) {
        const geometry = geometryOf(run.diagram, wide, open, room);
        check(geometry);
        expect(geometry.width).toBeGreaterThanOrEqual(room);
      }
    }
  });

  test('has a place to click for every step and every end', () => {
    const { hits } = geometryOf(run.diagram, wide, new Set(run.diagram.folds.map((fold) => fold.first)));
    expect(hits.filter((hit) => hit.key.startsWith('step')).map((hit) => hit.step)).toEqual(run.steps.map((_, i) => i));
    expect(new Set(hits.flatMap((hit) => hit.end ?? []))).toEqual(new Set(run.ends.map((_, i) => i)));
  });

  if (name === 'long') {
    test('hides what repeats until it is opened', () => {
      const [fold] = run.diagram.folds;
      const folded = geometryOf(run.diagram, wide, new Set());
      const open = geometryOf(run.diagram, wide, new Set([fold?.first ?? -1]));
      expect(fold).toBeDefined();
      expect(folded.height).toBeLessThan(open.height / 2);
      expect(folded.folds).toMatchObject([{ open: false }]);
      const [from, to] = fold?.steps ?? [0, 0];
      expect(folded.hits.filter((hit) => hit.step !== undefined && hit.step >= from && hit.step < to)).toEqual([]);
      expect(open.hits.filter((hit) => hit.step !== undefined && hit.step >= from && hit.step < to)).toHaveLength(
        to - from,
      );
    });
  }
});

test('what is cut is as long as there is room for, and says that it is cut', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 8, max: 400 }), (text, width) => {
      const shown = fit(text, width, wide);
      expect(wide(shown)).toBeLessThanOrEqual(width);
      if (wide(text) <= width) expect(shown).toBe(text);
      else expect(shown.endsWith('…')).toBe(true);
    }),
  );
});
