// Results that are kept against results computed anew: after any edits, the same.
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fixesFor } from '../../language/diagnostics/fixes.js';
import { rules } from '../../language/diagnostics/index.js';
import { engine } from '../../language/network/explore.js';
import { Workspace } from '../../language/workspace.js';
import { changes, edited } from '../generators/edits.js';

const uri = 'file:///a.chor';
const library = 'file:///library.chor';
const limits = { states: 400, buffer: 2 };

/** All that is said of a file, in plain data. */
function said(workspace: Workspace): unknown {
  const analysis = workspace.analyze(uri);
  return {
    findings: analysis?.findings.map(({ code, severity, message, origin, uri: file, related, run }) => ({ code, severity, message, origin, file, related, run })),
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
    fc.assert(fc.property(fc.constantFrom(...networks), changes, (start, list) => {
      const workspace = anew(new Map([[uri, start]]));
      let text = start;
      for (const change of list) {
        workspace.analyze(uri);
        text = edited(text, change);
        workspace.set(uri, text);
        expect(said(workspace)).toEqual(said(anew(new Map([[uri, text]]))));
      }
    }), { numRuns: 150 });
  });

  it('are those that would be computed anew, where what is called stands in another file', () => {
    const user = 'import "./library.chor"\nnetwork N implements C {\n  process A { do Sub(A, B) }\n  process B { do Sub(A, B) }\n}\n';
    const called = 'enum E { go, stop }\nchoreography C(A, B) {\n  A -> B: go\n}\nnetwork Sub {\n  process P { send to Q: go }\n  process Q { receive from P: go }\n}\n';
    fc.assert(fc.property(changes, (list) => {
      const workspace = anew(new Map([[uri, user], [library, called]]));
      const texts = new Map([[uri, user], [library, called]]);
      list.forEach((change, i) => {
        workspace.analyze(uri);
        const at = i % 3 === 0 ? uri : library;
        const text = edited(texts.get(at) ?? '', change);
        texts.set(at, text);
        workspace.set(at, text);
        expect(said(workspace)).toEqual(said(anew(texts)));
      });
    }), { numRuns: 60 });
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
    const counting = (name: string): string => `process ${name} { ${'choice { send to Z: a } or { send to Z: b } '.repeat(100)} }`;
    const text = `network Big {\n  ${counting('A')}\n  ${counting('B')}\n  ${counting('C')}\n  process Z { ${['A', 'B', 'C'].map((p) => `receive from ${p} { a {} b {} } `.repeat(100)).join('')} }\n}\n`;
    const verdictOf = (patience: number): unknown => {
      const workspace = new Workspace({ limits: { states: 20_000, buffer: 8 }, patience });
      workspace.set(uri, text);
      return workspace.analyze(uri)?.verdicts[0];
    };
    expect(verdictOf(-1)).toMatchObject({ verdict: 'bounded', states: expect.any(Number), run: [] });
    expect((verdictOf(-1) as { states: number }).states).toBeGreaterThan(200);
  });
});
