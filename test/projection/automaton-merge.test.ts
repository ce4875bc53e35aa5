// What merges on the automaton, against a slow reference, on random protocols; and what comes of it, explored.
import { describe, expect, it } from 'vitest';
import type { Choreography } from '../../language/ir/choreography.js';
import { lowerFile } from '../../language/lowering/source.js';
import { projectionFile } from '../../language/projection/file.js';
import { involvement } from '../../language/projection/involvement.js';
import { projectRole } from '../../language/projection/role.js';
import { scopeOf } from '../../language/scoping/scope.js';
import { format } from '../../language/syntax/format.js';
import { Workspace } from '../../language/workspace.js';
import { sketches } from '../generators/sketches.js';
import { uri } from './helpers.js';
import { canFollow, TooFar } from './subsets.js';
import { inWords } from '../in-words.js';
import { holds } from '../property.js';

const seed =
  process.env['CHOR_SEED'] === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(process.env['CHOR_SEED']);
const runs = Number(process.env['CHOR_RUNS'] ?? 600);

/** `several`: some role waits for whoever of several sends. */
interface Seen {
  readonly several: boolean;
  readonly accepted: boolean;
  readonly determined: number;
  readonly reference: boolean | undefined;
  readonly words: string;
}

function look(text: string): Seen {
  const file = lowerFile(uri, text);
  expect(file.syntaxErrors, text).toEqual([]);
  const scope = scopeOf(file, { file: (other) => (other === uri ? file : undefined) });
  const all = new Map(
    file.declarations.filter((d): d is Choreography => d.kind === 'choreography').map((d) => [d.name.text, d]),
  );
  let [accepted, determined, several] = [true, 0, false];
  let reference: boolean | undefined = true;
  const words: string[] = [];
  for (const choreography of all.values()) {
    for (const { name } of choreography.roles) {
      const projected = projectRole(choreography, name.text, scope, involvement(choreography, scope));
      determined += projected.determined;
      let follows: boolean | undefined;
      try {
        const found = canFollow(choreography, name.text, all);
        ({ follows } = found);
        several ||= found.several;
      } catch (error) {
        if (!(error instanceof TooFar)) throw error;
      }
      // What can be followed may still be too large to be written out.
      if (follows && projected.splits.some(({ conflict }) => conflict.reason === 'size')) follows = undefined;
      words.push(
        `${choreography.name.text} ${name.text}: ${projected.splits.length === 0 ? 'accepted' : 'refused'} ${String(follows)}`,
      );
      accepted &&= projected.splits.length === 0;
      reference = reference === undefined || follows === undefined ? undefined : reference && follows;
    }
  }
  return { several, accepted, determined, reference, words: words.join('\n') };
}

const settings = { seed, numRuns: runs, endOnFailure: true };

describe(`merging on the automaton (CHOR_SEED=${seed})`, () => {
  it('accepts what an independent construction accepts, and nothing else', { timeout: 3_600_000 }, async () => {
    let [compared, accepts, needed, either] = [0, 0, 0, 0];
    await holds(
      [sketches()],
      (text) => {
        const { several, accepted, determined, reference, words } = look(text);
        if (reference === undefined) return;
        compared++;
        // Who waits for several senders in a call that has to be gone into is refused.
        if (!several || !text.includes('do ')) expect(accepted, `${text}\n${words}`).toBe(reference);
        else if (accepted) expect(reference, `${text}\n${words}`).toBe(true);
        if (several && accepted) either++;
        if (accepted) accepts++;
        if (accepted && determined > 0) needed++;
      },
      settings,
    );
    if (runs < 300) return;
    // The generator gives a good share of each, and of what merges on the automaton only.
    expect(compared).toBeGreaterThan(runs / 4);
    expect(accepts).toBeGreaterThan(runs / 8);
    expect(compared - accepts).toBeGreaterThan(runs / 20);
    expect(needed).toBeGreaterThan(runs / 60);
    expect(either).toBeGreaterThan(runs / 200);
  });

  it('gives networks that are proved, and in which nobody starves', { timeout: 3_600_000 }, async () => {
    let explored = 0;
    await holds(
      [sketches()],
      (text) => {
        const { accepted, determined } = look(text);
        if (!accepted || determined === 0) return;
        const workspace = new Workspace({ limits: { states: 5000, buffer: 3 } });
        workspace.set(uri, text);
        if (workspace.analyze(uri)?.findings.some((f) => f.severity === 'error')) return;
        const file = projectionFile(workspace, uri, 'Main');
        expect(file?.holes).toEqual([]);
        expect(format(file?.text ?? '')).toBe(file?.text);
        workspace.set('file:///p.chor', file?.text ?? '');
        const analysis = workspace.analyze('file:///p.chor');
        const wrong =
          analysis?.findings.filter(
            (f) => f.severity === 'error' || (f.code === 'starvation' && f.severity === 'warning'),
          ) ?? [];
        // A role that only decides, and says nothing in that round, goes round a loop of its own without a message.
        if (wrong.some((f) => f.code === 'unguarded-recursion')) return;
        explored++;
        expect(wrong.map((f) => inWords(f).message).join('\n'), `${text}\n${file?.text ?? ''}`).toBe('');
        expect(analysis?.verdicts.map((v) => v.verdict)).not.toContain('refuted');
      },
      settings,
    );
    if (runs >= 300) expect(explored).toBeGreaterThan(runs / 60);
  });
});
