// Every feature at any place of any text, whole or broken: none throws, and all ranges lie in the text.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { flat, shownOf } from '../../language/diagram/shown.js';
import { repairs } from '../../language/features/actions.js';
import { callItem } from '../../language/features/calls.js';
import { colouredTokens } from '../../language/features/colours.js';
import { complete } from '../../language/features/completion.js';
import { hover } from '../../language/features/hover.js';
import { inlays } from '../../language/features/inlays.js';
import { lenses } from '../../language/features/lenses.js';
import { definition, highlights, references } from '../../language/features/navigation.js';
import { createViewHistory, roleViews } from '../../language/features/projections.js';
import { rename } from '../../language/features/rename.js';
import { signatureHelp } from '../../language/features/signature.js';
import { folds, selectionsAt } from '../../language/features/structure.js';
import { outline } from '../../language/features/symbols.js';
import { formatTyped } from '../../language/features/on-type-formatting.js';
import { Workspace } from '../../language/workspace.js';

const folder = join(import.meta.dirname, '../../examples');
const examples = (readdirSync(folder, { recursive: true }) as string[])
  .filter((name) => name.endsWith('.chor'))
  .sort()
  .map((name) => ({ uri: `file://${join(folder, name)}`, text: readFileSync(join(folder, name), 'utf8') }));

test('no name has two occurrences in one place', () => {
  const workspace = new Workspace({
    limits: { states: 10, buffer: 1 },
    read: (uri) => examples.find((e) => e.uri === uri)?.text,
  });
  for (const { uri, text } of examples) {
    workspace.set(uri, text);
    const names = (workspace.analyze(uri)?.occurrences ?? []).map(
      ({ symbol, origin }) => `${origin.start} ${symbol.id}`,
    );
    expect(names.length, uri).toBe(new Set(names).size);
  }
});

const mutated = fc
  .tuple(
    fc.constantFrom(...examples),
    fc.nat(),
    fc.nat(40),
    fc.constantFrom('', '{', '}', '.', '->', 'if', '"', '/*', 'é', 'choreography', ':', '\n', '('),
  )
  .map(([{ uri, text }, at, length, insert]) => {
    const start = at % (text.length + 1);
    return { uri, text: text.slice(0, start) + insert + text.slice(start + length), offset: start + insert.length };
  });

test('no feature throws, and every range lies in the text', () => {
  fc.assert(
    fc.property(mutated, fc.nat(), fc.boolean(), ({ uri, text, offset: edited }, anywhere, near) => {
      const workspace = new Workspace({ read: (other) => examples.find((e) => e.uri === other)?.text });
      workspace.set(uri, text);
      const offset = near ? Math.min(edited, text.length) : anywhere % (text.length + 1);
      const inside = (range: { start: number; end: number } | undefined): void => {
        if (range) expect(range.start >= 0 && range.start <= range.end && range.end <= text.length).toBe(true);
      };
      const analysis = workspace.analyze(uri);
      if (!analysis) throw new Error('no analysis');
      inside(hover(workspace, uri, offset)?.range);
      inside(complete(workspace, uri, offset).range);
      signatureHelp(workspace, uri, offset);
      definition(workspace, uri, offset);
      references(workspace, uri, offset, true)
        .filter((r) => r.uri === uri)
        .forEach((r) => inside(r.origin));
      highlights(workspace, uri, offset).forEach((o) => inside(o.origin));
      callItem(workspace, uri, offset);
      rename(workspace, uri, offset, 'renamed');
      folds(text).forEach((f) => inside(f.range));
      selectionsAt(text, offset).forEach(inside);
      outline(analysis.file).forEach((i) => inside(i.range));
      colouredTokens(analysis).forEach((t) => inside(t.origin));
      inlays(analysis, { start: 0, end: text.length }, { types: true, choice: true });
      lenses(analysis).forEach((l) => inside(l.range));
      analysis.findings.forEach((f) => inside(f.origin));
      analysis.projections.flatMap(roleViews).forEach((view) => view.map.forEach((m) => inside(m.source)));
      const history = createViewHistory();
      history.update(analysis, 1);
      for (const view of [...history.views(), ...history.networks()]) {
        const sequence = view.sequence();
        for (const section of Object.values(sequence?.sections ?? {}))
          if (section.place.uri === uri) inside(section.place.origin);
        const drawing = sequence && shownOf(sequence, { all: true });
        flat(drawing?.items ?? []).forEach(({ place }) => {
          if (place.uri === uri) inside(place.origin);
        });
        view
          .states()
          .roles.flatMap(({ states, transitions }) => [...states, ...transitions])
          .forEach(({ place }) => {
            if (place?.uri === uri) inside(place.origin);
          });
      }
      [...repairs(workspace, uri, { start: offset, end: offset })]
        .flatMap((found) => found?.fixes ?? [])
        .forEach((fix) => fix.edits.filter((e) => e.uri === uri).forEach(inside));
      formatTyped(text, offset, '}').forEach(inside);
    }),
    { numRuns: 120 },
  );
}, 120_000);
