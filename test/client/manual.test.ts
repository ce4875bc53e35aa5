// A code's link opens its page out of the extension.
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { pageOfLink } from '../../client/manual-pages.js';
import { rules } from '../../language/rules/index.js';

test('the link of every code leads to a page that the package carries', () => {
  const manual = /const manual = '([^']+)'/.exec(readFileSync('server/convert.ts', 'utf8'))?.[1] ?? '';
  const pages = rules.map(({ code }) => pageOfLink(`${manual}/${code}.md`));
  expect(pages).toEqual(rules.map(({ code }) => `codes/${code}.md`));
  expect(pages.filter((page) => !existsSync(`docs/${page ?? ''}`))).toEqual([]);
  expect(readFileSync('.vscodeignore', 'utf8')).toContain('!docs/codes/*.md');
});

test('no other link does', () => {
  expect(
    [
      'https://example.org/deadlock.md',
      'https://example.org/docs/../x.md',
      'https://example.org/docs/codes/x.html',
    ].map(pageOfLink),
  ).toEqual([undefined, undefined, undefined]);
});

test('the walkthrough’s steps do something without a file, and say code in the way that is rendered there', () => {
  const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    contributes: {
      commands: { command: string }[];
      walkthroughs: { steps: { description: string; completionEvents: string[] }[] }[];
    };
  };
  const texts = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Readonly<Record<string, string>>;
  const known = contributes.commands.map(({ command }) => command);
  for (const { description: key, completionEvents } of contributes.walkthroughs.flatMap(({ steps }) => steps)) {
    const description = texts[key.slice(1, -1)] ?? '';
    const [, command] = /\(command:([\w.]+)\)/.exec(description) ?? [];
    expect(known).toContain(command);
    expect(completionEvents).toEqual([`onCommand:${command ?? ''}`]);
    expect(['chor.tryWriting', 'chor.tryProjections', 'chor.tryFixes', 'chor.tryRun', 'chor.openTutorial']).toContain(
      command,
    );
    // One backtick on either side stays as it is in a walkthrough; two are code.
    expect(description.replace(/``[^`]+``/g, '')).not.toContain('`');
  }
});
