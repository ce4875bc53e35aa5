// Findings are plain data: they can be sent, and moved with the text that they tell of.
import { describe, expect, test } from 'vitest';
import { isSameFinding } from '../../language/findings/finding.js';
import type { Finding } from '../../language/findings/finding.js';
import { relocated } from '../../language/findings/relocate.js';
import { rules } from '../../language/rules/index.js';
import { candidatesOf, diagnosticsIn } from '../../language/rules/render.js';
import { Workspace } from '../../language/workspace.js';

const uri = 'file:///a.chor';

function read(text: string): { readonly workspace: Workspace; readonly findings: readonly Finding[] } {
  const workspace = new Workspace();
  workspace.set('file:///imported.chor', 'record Order { title: string }\ntype Title = string\n');
  workspace.set(uri, text);
  return { workspace, findings: workspace.analyze(uri)?.findings ?? [] };
}

const before = '// A line more.\n\nextern whatever(it: int)\n\n';

describe.each(rules.map((rule) => [rule.code, rule] as const))('%s', (code, { bad }) => {
  const { workspace, findings } = read(bad);

  test('is plain data', () => {
    expect(findings.map(({ code: own }) => own)).toContain(code);
    for (const found of findings) {
      expect(structuredClone(found)).toEqual(found);
      expect(JSON.parse(JSON.stringify(found))).toEqual(found);
      expect(isSameFinding(structuredClone(found), found)).toBe(true);
    }
  });

  test('moves with its text: all of its places, and what its fixes do', () => {
    const { workspace: below, findings: moved } = read(before + bad);
    const by = before.length;
    const shifted = findings.map((found) =>
      relocated(found, uri, (_, { start, end }) => ({ start: start + by, end: end + by })),
    );
    // Names that can't be taken are those of the whole file.
    const plain = (all: readonly Finding[]): unknown =>
      all.map(({ args, ...rest }) => ({ ...rest, args: { ...args, taken: undefined } }));
    expect(plain(moved.filter((f) => f.code !== 'misleading-character' || f.origin.start >= by))).toEqual(
      plain(shifted),
    );
    const fixes = (of: Workspace, list: readonly Finding[]) =>
      list.map((found) =>
        candidatesOf(found, { workspace: of, uri, text: of.text(uri) ?? '' }).map(({ title }) => title),
      );
    expect(fixes(below, moved)).toEqual(fixes(workspace, findings));
  });
});

test('findings that differ in their lines alone say the same, each with its own', () => {
  const deadlock = rules.find((rule) => rule.code === 'deadlock')?.bad ?? '';
  const lines = (text: string): readonly string[] =>
    diagnosticsIn(read(text).workspace, uri).flatMap(({ message }) => message.match(/line \d+/g) ?? []);
  expect(lines(deadlock)).toEqual(['line 3', 'line 8']);
  expect(lines(`\n\n\n\n${deadlock}`)).toEqual(['line 7', 'line 12']);
});
