// Reports for other programs: SARIF against its schema and what GitHub's code scanning asks for besides, GitLab's code
// quality, and the recipes of the manual.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { load } from 'js-yaml';
import type { Log } from 'sarif';
import { globSync } from 'tinyglobby';
import { describe, expect, test } from 'vitest';
import { rules } from '../../language/rules/index.js';
import { sandbox } from './helpers.js';
import type { Sandbox } from './helpers.js';

const root = join(import.meta.dirname, '../..');
/** What they import is there, too. */
const examples = globSync('{wrong,shop}/*.chor', { cwd: join(root, 'examples') }).sort();
const broken =
  'network Broken {\n  process Alice {\n    receive reply from Bob\n    send "hi" to Bob\n  }\n  process Bob {\n    receive greeting from Alice\n    send "hi" to Alice\n  }\n}\n';

/** All kinds of findings, with their runs and fixes. */
function everything(): Sandbox {
  return sandbox(
    Object.fromEntries(examples.map((name) => [name, readFileSync(join(root, 'examples', name), 'utf8')])),
  );
}

describe('SARIF', () => {
  // It has nothing in it that a later draft means otherwise.
  const { id: $id, ...schema } = JSON.parse(
    readFileSync(
      createRequire(import.meta.url).resolve('@microsoft/sarif-matcher-utils/lib/schemas/sarif-2.1.0-rtm.5.json'),
      'utf8',
    ),
  ) as { readonly id: string };
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  const validate = ajv.compile({ ...schema, $id, $schema: 'http://json-schema.org/draft-07/schema#' });
  const fits = (text: string): Log => {
    const log = JSON.parse(text) as Log;
    validate(log);
    expect(validate.errors ?? []).toEqual([]);
    return log;
  };
  test('fits its schema for all codes', async () => {
    const { out } = await everything().chor('check', 'wrong/*.chor', '--format', 'sarif');
    const found = new Set(fits(out).runs[0]?.results?.map(({ ruleId }) => ruleId));
    expect(rules.map(({ code }) => code).filter((code) => !found.has(code))).toEqual([]);
  });
  test.each([
    ['nothing', 'choreography C(A, B) {\n  A -> B: hi\n}\n'],
    ['a run', broken],
    [
      'what may go wrong',
      'network N {\n  process A(x: int) {\n    if x * x == 2 { send 1 to B }\n  }\n  process B {}\n}\n',
    ],
    ['what can’t be read', 'choreography {'],
    ['an empty file', ''],
  ])('fits its schema for %s', async (_what, text) => {
    const own = sandbox({ 'a b/ü#%.chor': text });
    fits((await own.chor('check', 'a b/ü#%.chor', '--format', 'sarif')).out);
    fits((await own.chor('check', join(own.folder, 'a b/ü#%.chor'), '--format', 'sarif')).out);
    fits((await own.pipe(text, 'check', '-', '--format', 'sarif')).out);
  });
  test('fits its schema for systems of automata', async () => {
    const own = sandbox({
      'a.json':
        '{ "machines": { "A": { "initial": "0", "transitions": [["0", "!", "B", "x", "1"]] }, "B": { "initial": "0", "transitions": [] } } }',
    });
    fits((await own.chor('check', 'a.json', '--format', 'sarif')).out);
  });
  test('the schema tells what does not fit', () => {
    expect([
      validate({ version: '2.1.0', runs: [{ tool: {} }] }),
      validate({ version: '2.1.0', runs: [{ tool: { driver: { name: 'chor' } }, results: [{}] }] }),
    ]).toEqual([false, false]);
  });
  test('has what code scanning asks for: texts of rules that are not too long, a place in the repository for each result', async () => {
    const [run] = fits((await everything().chor('check', 'wrong/*.chor', '--format', 'sarif')).out).runs;
    for (const rule of run?.tool.driver.rules ?? []) {
      for (const text of [rule.shortDescription?.text, rule.fullDescription?.text])
        expect(text?.length, rule.id).toBeLessThanOrEqual(1024);
      expect(rule.name?.length).toBeLessThanOrEqual(255);
      expect(rule.help?.text).toBeTruthy();
    }
    for (const result of run?.results ?? []) {
      const [place] = result.locations ?? [];
      expect(place?.physicalLocation?.artifactLocation?.uri, result.ruleId).toMatch(/^(?:wrong|shop)\/[\w-]+\.chor$/);
      expect(place?.physicalLocation?.region?.startLine).toBeGreaterThan(0);
      expect(result.message.text).toBeTruthy();
      for (const flow of result.codeFlows ?? [])
        for (const thread of flow.threadFlows) expect(thread.locations.length).toBeLessThanOrEqual(10_000);
    }
  });
});

describe('GitLab’s code quality', () => {
  interface Issue {
    readonly description: string;
    readonly check_name: string;
    readonly fingerprint: string;
    readonly severity: string;
    readonly location: { readonly path: string; readonly lines: { readonly begin: number; readonly end: number } };
  }
  const issues = ({ out }: { readonly out: string }): Issue[] => JSON.parse(out) as Issue[];
  test('has each finding with its place, its code and how bad it is', async () => {
    const { code, out } = await sandbox({ 'a.chor': broken }).chor('check', './a.chor', '--format', 'gitlab');
    expect(code).toBe(1);
    expect(issues({ out })[0]).toMatchObject({
      check_name: 'deadlock',
      severity: 'critical',
      location: { path: 'a.chor', lines: { begin: 3 } },
      description: expect.stringContaining('Alice') as string,
    });
  });
  test('has another fingerprint for each, which stays where lines move', async () => {
    const all = issues(await everything().chor('check', 'wrong/*.chor', '--format', 'gitlab'));
    expect(new Set(all.map(({ fingerprint }) => fingerprint)).size).toBe(all.length);
    expect(new Set(all.map(({ severity }) => severity))).toEqual(new Set(['critical', 'major', 'minor', 'info']));
    const prints = async (text: string): Promise<string[]> =>
      issues(await sandbox({ 'a.chor': text }).chor('check', 'a.chor', '--format', 'gitlab')).map(
        ({ fingerprint }) => fingerprint,
      );
    const twice = 'choreography C(A, B) {\n  A.x -> B.y\n  B.x -> A.y\n  B.x -> A.y\n}\n';
    expect(new Set(await prints(twice)).size).toBe((await prints(twice)).length);
    expect(await prints(`\n\n${twice}`)).toEqual(await prints(twice));
  });
  test('is an empty list where nothing is found', async () => {
    expect(
      issues(
        await sandbox({ 'a.chor': 'choreography C(A, B) {\n  A -> B: hi\n}\n' }).chor(
          'check',
          'a.chor',
          '--format',
          'gitlab',
        ),
      ),
    ).toEqual([]);
  });
});

describe('the recipes for continuous integration', () => {
  const page = readFileSync(join(root, 'docs/cli.md'), 'utf8');
  const recipe = (file: string): string =>
    new RegExp(`^\`\`\`yaml\n# ${file.replaceAll('.', '\\.')}\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(page)?.[1] ?? '';
  test.each([
    ['.github/workflows/chor.yml', 'sarif'],
    ['.gitlab-ci.yml', 'gitlab'],
  ])('%s reads, and its commands are right', async (file, format) => {
    const text = recipe(file);
    expect(load(text)).toBeTypeOf('object');
    const commands = [...text.matchAll(/(?:run:|-) (chor .*?)(?: >.*)?$/gm)].map(([, command = '']) =>
      command
        .split(' ')
        .slice(1)
        .map((word) => word.replaceAll("'", '')),
    );
    expect(commands.flat()).toContain(format);
    for (const command of commands)
      expect(await sandbox({ 'a/b.chor': 'choreography C(A, B) {\n  A -> B: hi\n}\n' }).chor(...command)).toMatchObject(
        { code: 0, err: '' },
      );
  });
});
