// Every rule keeps its word: its bad example raises it, its good one does not, and each fix that is offered removes the
// finding.
import { describe, expect, it } from 'vitest';
import { fixesFor } from '../../language/fixes/try.js';
import { rules } from '../../language/rules/index.js';
import { Workspace } from '../../language/workspace.js';
import { applyEdits } from '../../language/edits/fix.js';
import type { Finding } from '../../language/findings/finding.js';
import { inWords } from '../in-words.js';

const uri = 'file:///example/example.chor';

/** The examples may import this file. */
const imported = 'type Title = string\n';

function workspaceWith(text: string): Workspace {
  const workspace = new Workspace();
  workspace.set('file:///example/imported.chor', imported);
  workspace.set(uri, text);
  return workspace;
}

function findings(workspace: Workspace): readonly Finding[] {
  return workspace.analyze(uri)?.findings ?? [];
}

/** Codes that come together by what they mean. */
const together: Readonly<Record<string, readonly string[]>> = { 'choice-not-started': ['knowledge-of-choice'] };

const shown = (list: readonly Finding[]): string[] => list.map((f) => `${f.code}: ${inWords(f).message}`);

describe.each(rules.map((rule) => [rule.code, rule] as const))('%s', (code, rule) => {
  it('is raised by its bad example, which has no other error', () => {
    const found = findings(workspaceWith(rule.bad));
    expect(
      found.map((f) => f.code),
      shown(found).join('\n'),
    ).toContain(code);
    expect(
      shown(found.filter((f) => f.severity === 'error' && f.code !== code && !together[code]?.includes(f.code))),
    ).toEqual([]);
  });

  it('is not raised by its good example, which has no error', () => {
    const found = findings(workspaceWith(rule.good));
    expect(shown(found.filter((f) => f.severity === 'error' || f.code === code))).toEqual([]);
  });

  it('offers only fixes that remove the finding, one of them preferred at most', () => {
    const workspace = workspaceWith(rule.bad);
    const before = findings(workspace).filter((f) => f.code === code);
    for (const found of before) {
      const fixes = fixesFor(workspace, found);
      expect(fixes.filter((fix) => fix.preferred).length).toBeLessThanOrEqual(1);
      for (const fix of fixes) {
        const after = findings(workspaceWith(applyEdits(rule.bad, fix.edits))).filter((f) => f.code === code);
        expect(after.length, fix.title).toBeLessThan(before.length);
      }
    }
  });

  it('has fixes that change its bad example as recorded', () => {
    const workspace = workspaceWith(rule.bad);
    const changed = findings(workspace)
      .filter((f) => f.code === code)
      .flatMap((f) => fixesFor(workspace, f).map((fix) => `// ${fix.title}\n${applyEdits(rule.bad, fix.edits)}`));
    expect(
      `${findings(workspace)
        .filter((f) => f.code === code)
        .map((f) => inWords(f, workspace).message)
        .join('\n')}\n\n${changed.join('\n')}`,
    ).toMatchSnapshot();
  });

  it('says what it means, in whole sentences', () => {
    expect(rule.code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    for (const text of [rule.summary, rule.explanation, rule.advice]) expect(text.trim()).toMatch(/[.:)]$/);
    for (const found of findings(workspaceWith(rule.bad)).filter((f) => f.code === code))
      expect(inWords(found).message).toMatch(/^[A-Z`"“].*[.?]$/s);
  });
});
