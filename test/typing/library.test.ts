// The library's table is what the manual says, and every function in it can be called.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { library } from '../../language/typing/library.js';
import { libraryPage } from '../../language/typing/manual.js';
import { showType } from '../../language/typing/types.js';
import { problems } from './helpers.js';

it('is documented in docs/library.md (npm run docs)', () => {
  expect(readFileSync(join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'docs', 'library.md'), 'utf8')).toBe(
    libraryPage(),
  );
});

/** An expression of a type, for arguments. */
function example(type: string): string {
  if (type.startsWith('list<')) return `[${example(type.slice(5, -1))}]`;
  if (type.startsWith('set<')) return `setOf([${example(type.slice(4, -1))}])`;
  if (type.startsWith('map<')) return `mapOf([${example(`(${type.slice(4, -1)})`)}])`;
  if (type.startsWith('option<')) return `some(${example(type.slice(7, -1))})`;
  const [params, result] = type.split(' => ');
  if (params !== undefined && result !== undefined)
    return `(${params
      .slice(1, -1)
      .split(', ')
      .map((_, index) => `p${index}`)
      .join(', ')}) => ${example(result)}`;
  if (type.startsWith('(')) return `(${type.slice(1, -1).split(', ').map(example).join(', ')})`;
  return { int: '1', float: '1.5', string: '"a"', bool: 'true' }[type] ?? '2';
}

it.each(
  [...library.values()].flatMap((entry) =>
    entry.overloads.map((overload, index) => [entry.name, index, overload()] as const),
  ),
)('%s, overload %i, can be called', (name, _, signature) => {
  const args = signature.params.map((p) => example(showType(p.type))).join(', ');
  expect(problems(`choreography C(A, B) { A.${name}(${args}) -> B.x }`)).toEqual([]);
});

it('says in one sentence what each function gives', () => {
  for (const entry of library.values()) expect(entry.doc).toMatch(/^[A-Z].*[^.]\.$/);
});
