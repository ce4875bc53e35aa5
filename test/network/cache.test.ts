// Results that are kept against results computed anew: after any edits, the same.
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fixesFor } from '../../language/fixes/try.js';
import { rules } from '../../language/rules/index.js';
import { engine } from '../../language/network/analysis/explore.js';
import { createExplorer } from '../../language/background.js';
import { stoppedVerdict } from '../../language/network/verdict/verdict.js';
import type { Verdict } from '../../language/network/verdict/verdict.js';
import { scan } from '../../language/syntax/tokens.js';
import { Workspace } from '../../language/workspace.js';
import { coinsNetwork } from '../generators/slow.js';
import { changes, edited } from '../generators/edits.js';
import { inWords } from '../in-words.js';
import { diagnosticsIn } from '../../language/rules/render.js';
import { isSameFinding } from '../../language/findings/finding.js';

const uri = 'file:///a.chor';
const library = 'file:///library.chor';
const limits = { states: 400, buffer: 2 };

/** All that is said of a file, in plain data. */
function said(workspace: Workspace): unknown {
  const analysis = workspace.analyze(uri);
  return {
    findings: analysis?.findings.map((found) => inWords(found, workspace)),
    verdicts: analysis?.verdicts,
  };
}

function anew(texts: ReadonlyMap<string, string>): Workspace {
  const workspace = new Workspace({ limits });
  for (const [at, text] of texts) workspace.set(at, text);
  return workspace;
}

const networks = rules.flatMap((rule) => [rule.bad, rule.good]).filter((text) => /^network /m.test(text));

afterEach(() => void vi.restoreAllMocks());

describe('kept results', () => {
  it('are those that would be computed anew, whatever is edited', () => {
    fc.assert(
      fc.property(fc.constantFrom(...networks), changes, (start, list) => {
        const workspace = anew(new Map([[uri, start]]));
        let text = start;
        for (const change of list) {
          workspace.analyze(uri);
          text = edited(text, change);
          workspace.set(uri, text);
          expect(said(workspace)).toEqual(said(anew(new Map([[uri, text]]))));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('are those that would be computed anew, where what is called stands in another file', () => {
    const user =
      'import "./library.chor"\nnetwork N implements C {\n  process A { do Sub(A, B) }\n  process B { do Sub(A, B) }\n}\n';
    const called =
      'enum E { go, stop }\nchoreography C(A, B) {\n  A -> B: go\n}\nnetwork Sub {\n  process P { send to Q: go }\n  process Q { receive from P: go }\n}\n';
    fc.assert(
      fc.property(changes, (list) => {
        const workspace = anew(
          new Map([
            [uri, user],
            [library, called],
          ]),
        );
        const texts = new Map([
          [uri, user],
          [library, called],
        ]);
        list.forEach((change, i) => {
          workspace.analyze(uri);
          const at = i % 3 === 0 ? uri : library;
          const text = edited(texts.get(at) ?? '', change);
          texts.set(at, text);
          workspace.set(at, text);
          expect(said(workspace)).toEqual(said(anew(texts)));
        });
      }),
      { numRuns: 60 },
    );
  });

  const pair = 'network N {\n  process A { send 1 to B: go }\n  process B { receive x from A: stop }\n}\n';
  const other = 'choreography C(X, Y) {\n  X.1 -> Y.n\n}\n';

  it('offer the same fixes after a move', () => {
    const workspace = anew(new Map([[uri, `${other}${pair}`]]));
    workspace.analyze(uri);
    const text = `${other.replace('1', '1000')}${pair}`;
    const offered = (from: Workspace): unknown => from.analyze(uri)?.findings.map((finding) => fixesFor(from, finding));
    const fresh = offered(anew(new Map([[uri, text]])));
    const explored = vi.spyOn(engine, 'explore');
    workspace.set(uri, text);
    workspace.analyze(uri);
    expect(explored).not.toHaveBeenCalled();
    expect(offered(workspace)).toEqual(fresh);
    expect(JSON.stringify(fresh)).toContain('newText');
  });

  it('stay where a text is only laid out anew, with places and lines as they would be computed anew', () => {
    const blanks = fc.array(fc.constantFrom(' ', '\n', '  \n\n', ' /* what */ ', ' // so\n'), {
      minLength: 1,
      maxLength: 6,
    });
    const layouts = fc.record({ blanks, seeds: fc.array(fc.nat(), { minLength: 6, maxLength: 6 }) });
    let kept = 0;
    let all = 0;
    fc.assert(
      fc.property(fc.constantFrom(...networks), layouts, (start, layout) => {
        const workspace = anew(new Map([[uri, start]]));
        workspace.analyze(uri);
        const tokens = scan(start).filter((token) => token.kind !== 'comment');
        let text = start;
        // From the end on, so that the places of the others stay.
        const places = layout.blanks
          .map((blank, i) => ({ blank, at: tokens[(layout.seeds[i] ?? 0) % tokens.length]?.start ?? 0 }))
          .sort((a, b) => b.at - a.at);
        for (const { blank, at } of places) text = text.slice(0, at) + blank + text.slice(at);
        const explored = vi.spyOn(engine, 'explore');
        workspace.set(uri, text);
        const now = said(workspace);
        all++;
        if (explored.mock.calls.length === 0) kept++;
        explored.mockRestore();
        expect(now).toEqual(said(anew(new Map([[uri, text]]))));
      }),
      { numRuns: 200 },
    );
    // Where a line is torn apart of which a message tells, it is explored again.
    expect(kept / all).toBeGreaterThan(0.5);
  });

  it('tell the lines of today, also where the text itself speaks of lines', () => {
    const lines = (then: string): string =>
      `network N {\n  process A {\n    receive from B: ok\n    send to B: ok\n  }\n  process B {\n    receive from A: ok\n    ${then}\n  }\n}\n`;
    for (const text of [
      lines('send to A: ok'),
      lines('if "line 3" == "line 4" { send to A: ok } else { send to A: ok }'),
    ]) {
      const workspace = anew(new Map([[uri, text]]));
      workspace.analyze(uri);
      const explored = vi.spyOn(engine, 'explore');
      workspace.set(uri, `\n\n\n${text}`);
      const message = diagnosticsIn(workspace, uri)[0]?.message;
      expect(explored).not.toHaveBeenCalled();
      explored.mockRestore();
      expect(message).toBe(diagnosticsIn(anew(new Map([[uri, `\n\n\n${text}`]])), uri)[0]?.message);
      expect(message).toMatch(/line \d/);
    }
  });

  it('are computed again exactly when something changes that they depend on', () => {
    const sub = 'network Sub {\n  process P { send to Q: go }\n  process Q { receive from P: go }\n}\n';
    const main = 'network Main {\n  process A { do Sub(A, B) }\n  process B { do Sub(A, B) }\n}\n';
    const workspace = anew(new Map([[uri, other + sub + main]]));
    workspace.analyze(uri);
    const explored = vi.spyOn(engine, 'explore');
    const after = (text: string): number => {
      explored.mockClear();
      workspace.set(uri, text);
      workspace.analyze(uri);
      return explored.mock.calls.length;
    };
    expect(after(`\n// Above.\n${other.replace('1', '2')}${sub}${main}`)).toBe(0);
    expect(after(`${other}${main}${sub}`)).toBe(1);
    expect(after(other + sub + main.replace('Main', 'Other'))).toBe(1);
    expect(after(other + sub.replaceAll('go', 'stop') + main)).toBe(2);
    expect(after(other + sub + main)).toBe(0);
    const trial = workspace.fork();
    explored.mockClear();
    trial.set(uri, `${sub}\n${main}`);
    trial.analyze(uri);
    expect(explored).not.toHaveBeenCalled();
  });

  it('of an exploration that was not finished in time say how far it went', () => {
    const counting = (name: string): string =>
      `process ${name} { ${'choice { send to Z: a } or { send to Z: b } '.repeat(100)} }`;
    const text = `network Big {\n  ${counting('A')}\n  ${counting('B')}\n  ${counting('C')}\n  process Z { ${['A', 'B', 'C'].map((p) => `receive from ${p} { a {} b {} } `.repeat(100)).join('')} }\n}\n`;
    const verdictOf = (timeout: number): unknown => {
      const workspace = new Workspace({ limits: { states: 20_000, buffer: 8 }, timeout });
      workspace.set(uri, text);
      return workspace.analyze(uri)?.verdicts[0];
    };
    expect(verdictOf(-1)).toMatchObject({
      verdict: 'bounded',
      states: expect.any(Number),
      run: [],
      undecided: { reason: 'time' },
    });
  });
});

describe('explorations that are put off', () => {
  const slow = coinsNetwork('Slow', 8, 'receive from A: yes', false);
  const quick = 'network Quick {\n  process A { send 1 to B: go }\n  process B { receive x from A: stop }\n}\n';
  const create = (each = 5, total = 1000): { workspace: Workspace; deferred: () => number } => {
    let deferred = 0;
    const workspace = new Workspace({
      limits: { states: 100_000, buffer: 4 },
      timeout: 50,
      background: { each, total, deferred: () => void deferred++ },
    });
    return { workspace, deferred: () => deferred };
  };
  const explorer = createExplorer({ now: () => 0, interrupted: () => false });
  /**
   * As the server does: each pending network is explored from the texts alone, and the result is sent as plain data.
   */
  const exploreAll = (workspace: Workspace): string[] =>
    workspace.pending().map(({ key, name, task }) => {
      const result = explorer.explore(structuredClone(task), 10_000);
      expect(result && workspace.learn(key, structuredClone(result), 1000)).toBe(true);
      return name;
    });
  const codes = (workspace: Workspace): string[] =>
    workspace
      .analyze(uri)
      ?.findings.filter((f) => f.severity === 'error')
      .map((f) => f.code) ?? [];

  it('say nothing of the network and everything of the others, until the result is there', () => {
    const { workspace, deferred } = create();
    workspace.set(uri, slow + quick);
    const explored = vi.spyOn(engine, 'explore');
    const analysis = workspace.analyze(uri);
    expect(analysis?.pending.map((p) => p.name)).toEqual(['Slow']);
    expect(analysis?.verdicts.map((v) => v.name)).toEqual(['Quick']);
    expect(codes(workspace)).toEqual(['label-mismatch']);
    expect(deferred()).toBe(1);
    const calls = explored.mock.calls.length;
    // The others are edited, and the network only moves.
    workspace.set(uri, `choreography C(A, B) {\n  A.1 -> B.n\n}\n${slow}${quick}`);
    expect(workspace.analyze(uri)?.pending.length).toBe(1);
    expect(explored.mock.calls.length).toBe(calls);
    expect(exploreAll(workspace)).toEqual(['Slow']);
    expect(codes(workspace)).toEqual(['unmatched-receive', 'label-mismatch']);
    expect(workspace.analyze(uri)?.pending).toEqual([]);
    expect(said(workspace)).toEqual(said(anewWide(workspace)));
    explored.mockClear();
    // Found again after an edit that was taken back.
    workspace.set(uri, slow.replaceAll('x0', 'y0') + quick);
    expect(workspace.analyze(uri)?.pending.length).toBe(1);
    workspace.set(uri, slow + quick);
    expect(workspace.analyze(uri)?.pending.length).toBe(0);
  });

  /** The same texts with nothing put off. */
  function anewWide(workspace: Workspace): Workspace {
    const other = new Workspace({ limits: { states: 100_000, buffer: 4 } });
    for (const at of workspace.uris()) other.set(at, workspace.text(at) ?? '');
    return other;
  }

  it('give the results that exploring at once gives, whatever is edited meanwhile', () => {
    fc.assert(
      fc.property(fc.constantFrom(...networks), changes, (start, list) => {
        const { workspace } = create(-1, 0);
        let text = start;
        workspace.set(uri, text);
        for (const change of list) {
          workspace.analyze(uri);
          const waiting = workspace.pending();
          text = edited(text, change);
          workspace.set(uri, text);
          workspace.analyze(uri);
          // Some results come late, for texts that are no more.
          for (const { key, task } of waiting) {
            const result = explorer.explore(task, 10_000);
            if (result) workspace.learn(key, structuredClone(result), 1000);
          }
        }
        workspace.analyze(uri);
        exploreAll(workspace);
        expect(said(workspace)).toEqual(said(anewWide(workspace)));
        expect(workspace.analyze(uri)?.pending).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('work with imports, broken and missing ones too', () => {
    const { workspace } = create(-1, 0);
    workspace.set(
      uri,
      'import "./library.chor"\nimport "./missing.chor"\nnetwork N {\n  process A { do Sub(A, B) }\n  process B { do Sub(A, B) }\n}\n',
    );
    workspace.set(
      library,
      'network Sub {\n  process P { send to Q: go }\n  process Q { receive from P: go }\n}\nnetwork Broken {\n  process P { send to\n}\n',
    );
    workspace.analyze(uri);
    expect(exploreAll(workspace)).toEqual(['N']);
    expect(said(workspace)).toEqual(said(anewWide(workspace)));
    expect(workspace.analyze(uri)?.verdicts).toMatchObject([{ name: 'N', verdict: 'proved' }]);
  });

  it('can be given up, with a verdict that claims nothing', () => {
    const { workspace } = create();
    workspace.set(uri, slow);
    workspace.analyze(uri);
    for (const { key } of workspace.pending()) expect(workspace.giveUp(key, 'it was stopped', 12)).toBe(true);
    expect(workspace.analyze(uri)?.verdicts).toMatchObject([
      { verdict: 'bounded', states: 12, givenUp: 'it was stopped', run: [] },
    ]);
    expect(workspace.giveUp('nothing', 'it was stopped', 12)).toBe(false);
    expect(workspace.learn('nothing', { verdict: workspace.analyze(uri)?.verdicts[0] as never, findings: [] }, 0)).toBe(
      false,
    );
  });

  it('are explored again where they were stopped or given up, and no others', () => {
    const { workspace } = create();
    workspace.set(uri, slow + coinsNetwork('Other', 9));
    workspace.analyze(uri);
    const [first, second] = workspace.pending();
    expect(workspace.exploreAgain()).toBe(false);
    workspace.giveUp(first?.key ?? '', 'it was stopped', 12);
    const verdict: Verdict = {
      name: second?.name ?? '',
      subject: 'network',
      uri,
      origin: second?.origin ?? { start: 0, end: 0 },
      verdict: 'bounded',
      states: 7,
      buffer: 0,
      run: [],
      undecided: { reason: 'time', channels: [] },
    };
    workspace.learn(second?.key ?? '', { verdict: stoppedVerdict(verdict), findings: [] }, 100);
    expect(workspace.analyze(uri)?.pending).toEqual([]);
    expect(workspace.exploreAgain()).toBe(true);
    expect(workspace.analyze(uri)?.pending.map((p) => p.name)).toEqual([first?.name, second?.name]);
    // That time was up is for the bounds to change.
    workspace.learn(second?.key ?? '', { verdict, findings: [] }, 100);
    expect(workspace.exploreAgain()).toBe(false);
    expect(workspace.analyze(uri)?.pending.length).toBe(1);
  });

  it('have the same fixes where these are tried apart, from texts alone', () => {
    let tried = 0;
    for (const text of networks) {
      const { workspace } = create(-1, 0);
      workspace.set(uri, text);
      workspace.analyze(uri);
      const whole = new Workspace({ limits: { states: 100_000, buffer: 4 } });
      whole.set(uri, text);
      for (const { task, origin } of workspace.pending()) {
        const found =
          whole.analyze(uri)?.explored.find(({ network }) => network.name.origin.start === origin.start)?.findings ??
          [];
        for (const sent of structuredClone(explorer.explore(task, 10_000)?.findings ?? [])) {
          const same = found.find((f) => isSameFinding(f, sent));
          const fixes = explorer.tryFixes(task, 10_000, sent, () => undefined);
          expect(fixes).toEqual(same && fixesFor(whole, same));
          tried += fixes.length;
        }
      }
    }
    expect(tried).toBeGreaterThan(10);
  });

  it('leave fixes to be tried, within their time', () => {
    const { workspace } = create();
    workspace.set(uri, slow + quick);
    const fixesOf = (from: Workspace): unknown[] =>
      from
        .analyze(uri)
        ?.findings.filter((f) => f.code === 'label-mismatch')
        .map((f) => fixesFor(from, f)) ?? [];
    expect(fixesOf(workspace)).toEqual(fixesOf(anewWide(workspace)));
    expect(workspace.pending().length).toBe(1);
  });

  it('are those that decide in endless ways between two communications', () => {
    const { workspace } = create();
    workspace.set(uri, coinsNetwork('Huge', 40, '', false));
    const start = Date.now();
    expect(workspace.analyze(uri)?.pending.length).toBe(1);
    // Nor where a fix is tried, and nothing is claimed of it then.
    expect(workspace.settled().analyze(uri)?.verdicts).toMatchObject([{ verdict: 'bounded', run: [] }]);
    expect(Date.now() - start).toBeLessThan(10_000);
  });
});
