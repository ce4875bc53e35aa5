// What the extension shows can be translated: its manifest has keys, its code asks VS Code, and no text is missing or
// left over.
import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { build } from 'esbuild';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { explorationItem } from '../../client/exploring.js';
import { showRun } from '../../client/run-shown.js';
import { emptyWish, show } from '../../client/shown.js';
import { lensesFor } from '../../client/tutorial-text.js';
import { attribute, english, wordingAttribute, wordingOf } from '../../client/wording.js';
import { countText } from '../../language/diagram/counts.js';

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const texts = read('package.nls.json') as Readonly<Record<string, string>>;
const bundle = read('l10n/bundle.l10n.json') as Readonly<Record<string, string>>;

/** Every text of the manifest, with the names that lead to it. */
function textsOf(
  value: unknown,
  path: readonly string[] = [],
): readonly { readonly path: readonly string[]; readonly text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => textsOf(inner, [...path, key]))
    : [];
}

describe('package.json', () => {
  const all = textsOf(read('package.json'));
  const keys = all.flatMap(({ text }) => /^%(.+)%$/.exec(text)?.[1] ?? []);
  test('has no key that has no text, and there is no text that nothing shows', () => {
    expect([...new Set(keys)].sort()).toEqual(Object.keys(texts).sort());
  });
  test('has each key once, and no empty text', () => {
    expect(keys).toHaveLength(new Set(keys).size);
    expect(Object.entries(texts).filter(([, text]) => text.trim() === '')).toEqual([]);
  });
  test('has keys wherever VS Code shows a text, but for names', () => {
    const shown = all.filter(
      ({ path }) =>
        ['contributes', 'capabilities'].includes(path[0] ?? '') &&
        (/^(title|description|markdownDescription|altText|label)$/.test(path.at(-1) ?? '') ||
          path.at(-2) === 'enumDescriptions' ||
          path.at(-2) === 'markdownEnumDescriptions'),
    );
    expect(
      shown
        .filter(({ text }) => !text.startsWith('%'))
        .map(({ text }) => text)
        .sort(),
    ).toEqual(['Chor', 'Chor', 'chor check', 'chor check --watch']);
    expect(shown.length).toBeGreaterThan(100);
  });
  test('says where translations of the code’s own texts are, and all of it is packed', () => {
    expect(read('package.json')).toMatchObject({ l10n: './l10n' });
    expect(readFileSync('.vscodeignore', 'utf8').split('\n')).toEqual(
      expect.arrayContaining(['!package.nls.json', '!l10n/*.json']),
    );
  });
  test('has the summaries of the rules as descriptions of their severities (npm run generate writes them)', async () => {
    const { rules } = await import('../../language/rules/index.js');
    expect(Object.fromEntries(Object.entries(texts).filter(([key]) => key.startsWith('severity.')))).toEqual(
      Object.fromEntries(rules.map(({ code, summary }) => [`severity.${code}`, summary])),
    );
  });
});

describe('the code', () => {
  test('has all of its texts in the bundle, and no others are there (npm run generate writes it)', () => {
    expect(readFileSync('l10n/bundle.l10n.json', 'utf8')).toBe(
      execFileSync(process.execPath, ['scripts/wording.mjs', '--print'], { encoding: 'utf8' }),
    );
    expect(Object.keys(bundle).length).toBeGreaterThan(40);
  });
  test('shows no text of its own making', () => {
    // What says something to the user takes a text from `l10n.t`, or one that was made elsewhere.
    const shown =
      /(?:show(?:Information|Warning|Error)Message|setStatusBarMessage|told)\(\s*(?:'|`(?!\$\(check\) \$\{vscode\.l10n\.t\(|\$\{what\}: )|")/;
    for (const path of globSync('client/*.ts')) expect(readFileSync(path, 'utf8'), path).not.toMatch(shown);
  });
  test('is in the language of whoever says so', () => {
    const asked: string[] = [];
    const t = (message: string, ...values: (string | number)[]): string => {
      asked.push(message);
      return `<${english(message, ...values)}>`;
    };
    const uri = 'file:///a.chor';
    expect(
      explorationItem({ exploring: [{ uri, name: 'N', states: 1 }], waiting: 1, documents: [] }, uri, t),
    ).toMatchObject({ text: '<Exploring <N (1 state)>>', detail: '<1 more waiting>' });
    expect(lensesFor(1, [{ name: 'a', title: 'A' }], uri, { solved: false, notYet: ['No.', 'No.'] }, t)[0]?.title).toBe(
      '$(circle-outline) <Not yet: No. (and 1 more)>',
    );
    expect(
      show(
        { ...emptyWish, uri },
        () => undefined,
        undefined,
        () => undefined,
        t,
      ).empty,
    ).toBe('<Waiting for the language server…>');
    expect(showRun({}, undefined, undefined, t)).toMatchObject({
      empty: expect.stringMatching(/^<Put the cursor/) as string,
    });
    expect(asked.filter((message) => !(message in bundle))).toEqual([]);
  });
  test('puts values into the places of a text', () => {
    expect(english('{1} of {0}, {1}; {2} {x}', 'a', 2)).toBe('2 of a, 2; {2} {x}');
  });
});

describe('the views', () => {
  /** The parts of a template that stand in it as they are, with a mark where a value comes. */
  const plain = ({ template }: ts.TaggedTemplateExpression): string =>
    ts.isNoSubstitutionTemplateLiteral(template)
      ? template.text
      : [template.head.text, ...template.templateSpans.map(({ literal }) => literal.text)].join('\0');
  const read = /\s(?:title|alt|placeholder|aria-label|aria-description|aria-roledescription)="([^"]*)"/g;

  /** What a file shows that does not come from `t`. */
  function untranslated(path: string, text: string): string[] {
    const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
    const found: string[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isImportDeclaration(node)) return;
      if (ts.isCallExpression(node) && node.expression.getText(source) === 't') {
        // What stands in the places of a text is looked at, the text itself is not.
        node.arguments.slice(1).forEach(visit);
        return;
      }
      if (ts.isTaggedTemplateExpression(node)) {
        const all = plain(node);
        const shown = [all.replace(/<[^>]*>/g, ' '), ...[...all.matchAll(read)].map(([, value]) => value ?? '')];
        found.push(...shown.filter((each) => /\p{L}{2}/u.test(each)));
        if (ts.isTemplateExpression(node.template))
          node.template.templateSpans.forEach(({ expression }) => visit(expression));
        return;
      }
      const literals = ts.isTemplateExpression(node)
        ? [node.head.text, ...node.templateSpans.map((span) => span.literal.text)]
        : ts.isStringLiteralLike(node)
          ? [node.text]
          : [];
      found.push(...literals.filter((each) => /\p{L}{2}[,;:]? \p{L}{2}|^\p{L}{3,} $|^ \p{L}{3,}$/u.test(each)));
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  }

  // What these have are words of the language, and classes.
  const others = /(differences|tokens)\.ts$/;
  test.each(globSync('client/view/*.ts').filter((path) => !others.test(path)))(
    '%s shows no text of its own that is not translated',
    (path) => {
      const classes = /^\(prefers-|^[a-z-]+ (is|role)-|^ (is|has)-|^(drawing|lit|stage) |^ (differs|wrong)$/;
      expect(untranslated(path, readFileSync(path, 'utf8')).filter((each) => !classes.test(each))).toEqual([]);
    },
  );
  test.each([
    ['html`<p class="empty">Nothing here.</p>`', 'Nothing here.'],
    ['html`<p title="Nothing here">${x}</p>`', 'Nothing here'],
    ['html`<p title=${x ? `Pin ${x}` : t("Unpin")}></p>`', 'Pin '],
    ['html`<p>${x ? "Nothing is here" : t("What {0}", "is this")}</p>`', 'is this'],
  ])('a text in %s is found', (code, text) => {
    expect(untranslated('a.ts', code).map((each) => each.trim())).toContain(text.trim());
  });

  test('have their words from the page, with what they say in between, and speak English where one is missing', () => {
    const t = wordingOf({ '{0} messages': '{0} Nachrichten', 'each loop once': 'Schleifen einmal' });
    const count = { least: 2, most: 5, rounds: 1, repeats: true };
    expect(countText(count, false, t)).toBe('2–5 Nachrichten, 1 round, Schleifen einmal');
    expect(countText(count)).toBe('2–5 messages, 1 round, each loop once');
  });

  test('have in their page what VS Code has of translations, and its language', async () => {
    const pages = async (known: string): Promise<string[]> => {
      const { outputFiles } = await build({
        stdin: { contents: "export { pageOf } from './client/html.ts'", resolveDir: '.' },
        bundle: true,
        write: false,
        format: 'esm',
        logLevel: 'silent',
        plugins: [
          {
            name: 'editor',
            setup({ onResolve, onLoad }) {
              onResolve({ filter: /^vscode$/ }, ({ path }) => ({ path, namespace: 'editor' }));
              onLoad({ filter: /./, namespace: 'editor' }, () => ({
                contents: `export const [l10n, env] = [{ bundle: ${known} }, { language: 'de' }];
                  export const Uri = { joinPath: (...parts) => parts.join('/') };`,
              }));
            },
          },
        ],
      });
      const { pageOf } = (await import(
        `data:text/javascript;base64,${Buffer.from(outputFiles[0]?.contents ?? []).toString('base64')}`
      )) as { pageOf(webview: object, dist: string, name: string, title: string): string };
      const webview = { asWebviewUri: (uri: string) => uri, cspSource: 'here' };
      return (['view', 'run'] as const).map((name) => pageOf(webview, 'dist', name, '<Ablauf>'));
    };
    for (const page of await pages("{ Run: 'Ablauf' }")) {
      expect(page).toContain('<html lang="de">');
      expect(page).toContain('<title>&#60;Ablauf&#62;</title>');
      expect(page).toMatch(/<main id="root" data-wording="\{&#34;Run&#34;:&#34;Ablauf&#34;\}"><\/main>/);
    }
    for (const page of await pages('undefined')) {
      expect(page).toContain('<html lang="en">');
      expect(page).toContain('<main id="root"></main>');
    }
  });

  test('are given translations as an attribute, which ends nowhere else', () => {
    expect(wordingAttribute(undefined)).toBe('');
    const translations = { 'a "b" <c> &amp; {0}': "‘d’ > '" };
    const [, inside = ''] = /^ data-wording="([^"<>]*)"$/.exec(wordingAttribute(translations)) ?? [];
    const decoded = inside.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
    expect(JSON.parse(decoded)).toEqual(translations);
    expect(attribute('<a & "b">')).toBe('&#60;a &#38; &#34;b&#34;&#62;');
  });
});
