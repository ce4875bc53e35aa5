// What is generated from the grammar is that of the grammar; what the generator can't make sense of, it says.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { treatment } from '../../language/grammar/treatment.js';
import { generated } from '../../scripts/grammar/files.js';
import { grammarPath, loadGrammar } from '../../scripts/grammar/load.js';
import { grammarPage } from '../../scripts/grammar/page.js';
import { tablesOf } from '../../scripts/grammar/tables.js';
import type { TreatmentOf } from '../../scripts/grammar/tables.js';
import { grammar } from './stock-parser.js';

const source = readFileSync(grammarPath, 'utf8');
/** The grammar with a change, which makes it another one. */
const changed = async (from: string | RegExp, to: string): ReturnType<typeof loadGrammar> => {
  const text = source.replaceAll(from, to);
  expect(text).not.toBe(source);
  return loadGrammar(text);
};

test('the generated files are those of the grammar', () => {
  for (const [name, text] of generated(grammar, treatment))
    expect(readFileSync(`language/grammar/generated/${name}`, 'utf8')).toBe(text);
  expect(readFileSync('docs/grammar.md', 'utf8')).toBe(grammarPage(grammar));
});

describe('a rule that the parser treats in a way of its own', () => {
  const named = [
    ...treatment.items,
    treatment.name,
    treatment.ident,
    treatment.expression,
    treatment.operand,
    treatment.lambda,
    ...Object.keys(treatment.weights),
    ...treatment.whole,
    ...treatment.headed,
    ...Object.keys(treatment.bound),
  ];
  /** The treatment, with a name that the grammar does not have. */
  const without = (name: string): TreatmentOf =>
    JSON.parse(JSON.stringify(treatment).replaceAll(`"${name}"`, `"${name}Renamed"`)) as TreatmentOf;
  test.each([...new Set(named)])('%s has to be in the grammar', (name) => {
    expect(() => tablesOf(grammar, without(name))).toThrow(
      `treatment.ts names the rule \`${name}Renamed\`, which the grammar does not have.`,
    );
  });
  test.each(Object.values(treatment.terminals))('the terminal %s has to be in the grammar', (name) => {
    expect(() => tablesOf(grammar, without(name))).toThrow(
      `treatment.ts names the terminal \`${name}Renamed\`, which the grammar does not have.`,
    );
  });
  test('renamed in the grammar is told', async () => {
    const other = await changed(/\bPostfix\b/g, 'Suffix');
    expect(() => tablesOf(other, treatment)).toThrow(
      'treatment.ts names the rule `Postfix`, which the grammar does not have.',
    );
  });
  test('a sign that binds what follows has to be in its rule', () => {
    expect(() => tablesOf(grammar, { ...treatment, bound: { ...treatment.bound, Located: ['.', '@'] } })).toThrow(
      'treatment.ts names the sign `@` in the rule `Located`, where nothing stands after it.',
    );
  });
  test('a lambda has to have a head', () => {
    expect(() => tablesOf(grammar, { ...treatment, lambda: 'Declaration' })).toThrow(
      'The rule `Declaration` has no head',
    );
  });
  test('braces have to be there', async () => {
    const other = await changed(/'\{'/g, "'begin'");
    expect(() => tablesOf(other, treatment)).toThrow('The parser needs the keyword `{`');
  });
});

describe('a grammar that is wrong', () => {
  test('is told with its line', async () => {
    const line = source.split('\n').findIndex((text) => text.startsWith('Return:')) + 1;
    await expect(
      loadGrammar(source.replace("Return: 'return' values+=Located ", "Return: 'return' values+=Locatd ")),
    ).rejects.toThrow(`${grammarPath}:${line}: Could not resolve reference to AbstractRule named 'Locatd'.`);
  });
  test.each([
    ['a fragment', 'Return:', 'fragment Extra: size=INT;\nReturn:'],
    ['a cross-reference', "Continue: 'continue' name=Ident", "Continue: 'continue' loop=[Rec:ID]"],
    ['an unordered group', "Return: 'return' values+=Located", "Return: 'return' (values+=Located & extra='.')"],
  ])('%s is nothing that the parser knows', async (_, from, to) => {
    const other = await changed(from, to);
    expect(() => tablesOf(other, treatment)).toThrow(/The parser knows no/);
  });
});
