// Laws of refactorings, on the examples: what is extracted and inlined again, where that brings no new warning, is what
// it was; and so is what is written out and put together again.
import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { applyEdits } from '../../language/edits/fix.js';
import { refactorings } from '../../language/features/refactorings.js';
import type { Refactoring } from '../../language/features/refactorings.js';
import { blocksOf, isImplied } from '../../language/ir/choreography.js';
import type { Statement } from '../../language/ir/choreography.js';
import type { TextRange } from '../../language/ir/expression.js';
import { scan } from '../../language/syntax/tokens.js';
import { Workspace } from '../../language/workspace.js';

const uri = 'file:///test/a.chor';
const examples = globSync('examples/**/*.chor')
  .filter((path) => !path.includes('wrong'))
  .sort();

function workspaceOf(text: string, path: string): Workspace {
  const folder = path.replace(/[^/]*$/, '');
  const workspace = new Workspace({
    timeout: 100,
    read: (other) => {
      try {
        return readFileSync(folder + other.replace('file:///test/', ''), 'utf8');
      } catch {
        return undefined;
      }
    },
  });
  workspace.set(uri, text);
  return workspace;
}
const at = (workspace: Workspace, range: TextRange): Refactoring[] =>
  [...refactorings(workspace, uri, range, Infinity)].filter((found) => found !== undefined);
const applied = (workspace: Workspace, { edits }: Refactoring): string => applyEdits(workspace.text(uri) ?? '', edits);
/**
 * The tokens of the declarations of some names: layout and what was added do not count, nor whether an empty `else` is
 * written.
 */
const tokensOf = (text: string, path: string, names: readonly string[]): string[] =>
  (workspaceOf(text, path).file(uri)?.declarations ?? [])
    .filter(({ name }) => names.includes(name.text))
    .map(({ origin }) =>
      scan(text.slice(origin.start, origin.end))
        .map((token) => token.text)
        .join(' ')
        .replaceAll(' else { }', ''),
    );

/** All rows of statements, of two at the most. */
function rows(block: readonly Statement[]): TextRange[] {
  const own = block.filter((statement) => !isImplied(statement));
  return own.flatMap((statement, index) => [
    statement.origin,
    ...[own[index + 1]].flatMap((next) => (next ? [{ start: statement.origin.start, end: next.origin.end }] : [])),
    ...blocksOf(statement)
      .filter((_, way) => statement.kind !== 'while' || way === 0)
      .flatMap((inner) => rows(inner)),
  ]);
}

test.each(examples)('%s', (path) => {
  const text = readFileSync(path, 'utf8');
  const workspace = workspaceOf(text, path);
  const file = workspace.file(uri);
  const names = file?.declarations.map(({ name }) => name.text) ?? [];
  const before = tokensOf(text, path, names);
  for (const declaration of file?.declarations ?? []) {
    at(workspace, { start: declaration.name.origin.start, end: declaration.name.origin.start });
    if (declaration.kind !== 'choreography') continue;
    for (const range of rows(declaration.body.statements)) {
      for (const found of at(workspace, range)) {
        const changed = workspaceOf(applied(workspace, found), path);
        const newText = changed.text(uri) ?? '';
        // Comments stay, once each, wherever they are now.
        const comments = (code: string): string[] =>
          scan(code)
            .filter(({ kind }) => kind === 'comment')
            .map((token) => token.text.replace(/\s+/g, ' '))
            .sort();
        if (found.kind !== 'inline') expect(comments(newText)).toEqual(comments(text));
        const back = /^Extract/.test(found.title)
          ? /^Inline/
          : /^Write out the arrow/.test(found.title)
            ? /^Tell .* by an arrow list$/
            : undefined;
        if (!back) continue;
        const call = newText.indexOf('do ', range.start);
        const place = back.source.startsWith('^Inline') ? call : range.start;
        const again = at(changed, { start: place, end: place }).find(({ title }) => back.test(title));
        if (!again && !back.source.startsWith('^Tell')) continue;
        expect(again?.title, `${found.title}\n${newText}`).toBeDefined();
        if (!again) continue;
        const tokens = tokensOf(applied(changed, again), path, names);
        // A result, and inputs that change, have names of their own: what they are copied to stands between them.
        if (
          back.source.startsWith('^Tell') ||
          (!/ = do /.test(newText.slice(range.start, call + 3)) &&
            !found.edits.some(({ newText: code }) => /\w\(\w+: /.test(code)))
        )
          expect(tokens).toEqual(before);
      }
    }
  }
});
