// The TextMate grammar on the marked files beside this one, and the editor's other files for the language.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

describe('TextMate grammar', () => {
  test.each(['choreography', 'families', 'network'])('colours %s as marked', (name) => {
    const run = (): string =>
      execFileSync(
        process.execPath,
        [
          'node_modules/vscode-tmgrammar-test/dist/unit.js',
          '-g',
          'syntaxes/chor.tmLanguage.json',
          `test/syntaxes/${name}.test.chor`,
        ],
        { encoding: 'utf8' },
      );
    expect(run).not.toThrow();
  });
});

describe('language configuration', () => {
  const configuration = json('language-configuration.json') as {
    indentationRules: { increaseIndentPattern: string; decreaseIndentPattern: string };
    onEnterRules: { beforeText: string; afterText?: string }[];
    wordPattern: { pattern: string; flags: string };
  };
  test('a line indents what follows if it opens a block, and itself less if it closes one', () => {
    const increase = new RegExp(configuration.indentationRules.increaseIndentPattern);
    const decrease = new RegExp(configuration.indentationRules.decreaseIndentPattern);
    for (const line of ['choreography A(X) {', '  } else {', 'receive from X { // note', 'f('])
      expect(line).toMatch(increase);
    for (const line of ['X -> Y', 'ok { send x to Y }', '// {', 'X."{" -> Y']) expect(line).not.toMatch(increase);
    for (const line of ['}', '  } else {', ')']) expect(line).toMatch(decrease);
    expect('X -> Y }').not.toMatch(decrease);
  });
  test('a documentation comment goes on with a star', () => {
    const [open, more] = configuration.onEnterRules;
    expect('/** Alice').toMatch(new RegExp(open?.beforeText ?? '-'));
    expect(' * Alice').toMatch(new RegExp(more?.beforeText ?? '-'));
    expect(' */').not.toMatch(new RegExp(more?.beforeText ?? ''));
  });
  test('words are names', () => {
    const { pattern, flags } = configuration.wordPattern;
    expect('Cafe\u0301.ग्राहक'.match(new RegExp(pattern, `${flags}g`))).toEqual(['Cafe\u0301', 'ग्राहक']);
    expect('Käufer.título1 + ^if'.match(new RegExp(pattern, `${flags}g`))).toEqual(['Käufer', 'título1', '^if']);
  });
});
