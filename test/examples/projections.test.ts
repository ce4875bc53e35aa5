// The projections of the examples, whole and of each role alone, are files without errors, warnings or hints.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { projectionFile, whyNone } from '../../language/projection/file.js';
import { Workspace } from '../../language/workspace.js';
import { inWords } from '../in-words.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'examples');

function workspace(): Workspace {
  return new Workspace({
    // Whether they are right shows early; how far they can be explored is not asked here.
    limits: { states: 1000, buffer: 4 },
    read: (uri) => {
      try {
        return readFileSync(fileURLToPath(uri), 'utf8');
      } catch {
        return undefined;
      }
    },
  });
}

const files = globSync('**/*.chor', { cwd: root })
  .filter((file) => !file.startsWith('wrong/'))
  .sort();
const cases = files.flatMap((file) => {
  const uri = pathToFileURL(join(root, file)).toString();
  return (workspace().analyze(uri)?.projections ?? [])
    .filter(({ choreography }) => whyNone(choreography) === undefined)
    .flatMap(({ choreography: { name, roles } }) =>
      [undefined, ...roles.map((r) => r.name.text)].map((role) => ({ uri, file, choreography: name.text, role })),
    );
});

test.each(cases)('$file $choreography $role', ({ uri, choreography, role }) => {
  const source = workspace();
  const projected = projectionFile(source, uri, choreography, role === undefined ? {} : { role });
  const beside = workspace();
  const target = new URL('projected.chor', uri).toString();
  beside.set(target, projected?.text ?? '');
  const analysis = beside.analyze(target);
  expect(projected?.holes).toEqual([]);
  // Where the choreography has a loop that somebody waits for, its projection has so as well.
  expect(
    analysis?.findings.filter((f) => f.code !== 'starvation' || f.severity !== 'hint').map((f) => inWords(f).message),
  ).toEqual([]);
  expect(analysis?.verdicts.map((v) => v.verdict)).not.toContain('refuted');
});
