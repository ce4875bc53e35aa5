// chor check: formats, exit codes, files from patterns and from standard input.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Log } from 'sarif';
import { describe, expect, test } from 'vitest';
import { rules } from '../../language/rules/index.js';
import type { Report } from '../../cli/report.js';
import { sandbox } from './helpers.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const good = 'choreography C(A, B) {\n  A.1 -> B.x\n  B.note(x)\n}\nextern note(n: int)\n';
const bad = 'choreography C(A, B) {\n  A.1 -> A.x\n  A.note(x)\n  B.note(1)\n}\nextern note(n: int)\n';

describe('exit codes', () => {
  test('0 without errors', async () => {
    expect(await sandbox({ 'a.chor': good }).chor('check', 'a.chor')).toMatchObject({ code: 0, err: '' });
  });

  test('1 with an error in any file', async () => {
    expect(await sandbox({ 'a.chor': good, 'b.chor': bad }).chor('check', 'a.chor', 'b.chor')).toMatchObject({
      code: 1,
      err: '',
    });
  });

  test('0 with warnings alone', async () => {
    const { chor } = sandbox({ 'a.chor': good.replace('A, B)', 'A, B, Unused)') });
    const { code, out } = await chor('check', 'a.chor');
    expect(out).toContain('warning[unused-role]');
    expect(code).toBe(0);
  });
});

describe('files', () => {
  test('a pattern stands for all files that match, in order, each once', async () => {
    const { chor } = sandbox({ 'b.chor': good, 'a.chor': good, 'deep/er/c.chor': good, 'other.txt': 'x' });
    const { out } = await chor('check', '**/*.chor', 'a.chor', '--format', 'json');
    expect((JSON.parse(out) as Report).files.map((file) => file.path)).toEqual(['a.chor', 'b.chor', 'deep/er/c.chor']);
  });

  test('a name with brackets in it is itself', async () => {
    expect(await sandbox({ '[a].chor': good }).chor('check', '[a].chor')).toMatchObject({ code: 0 });
  });

  test('- is standard input, and its imports count from the folder', async () => {
    const { pipe } = sandbox({ 'note.chor': 'extern note(n: int)\n' });
    const text = `import { note } from "./note.chor"\n${good.slice(0, good.indexOf('extern'))}`;
    const { code, out } = await pipe(text, 'check', '-', '--format', 'json');
    const report = JSON.parse(out) as Report;
    expect(report.files.map((file) => [file.path, file.diagnostics])).toEqual([['-', []]]);
    expect(code).toBe(0);
  });

  test('a byte order mark is no error', async () => {
    expect(await sandbox({ 'a.chor': `\u{feff}${good}` }).chor('check', 'a.chor')).toMatchObject({ code: 0 });
  });
});

describe('text', () => {
  test('counts hints, and shows them when asked', async () => {
    const { chor } = sandbox({ 'a.chor': 'choreography Greeting(Alice, Bob) {\n  Alice."hello" -> Bob.greeting\n}\n' });
    expect((await chor('check', 'a.chor')).out).toBe('1 file: 1 hint (shown with --hints); 1 of 1 proved\n');
    expect((await chor('check', 'a.chor', '--hints')).out).toContain(
      'hint[unused-variable]: Nothing reads `Bob.greeting`.',
    );
  });

  test('shows the message, the place, the source line with a mark, and the fixes', async () => {
    const { out } = await sandbox({ 'a.chor': bad }).chor('check', 'a.chor');
    expect(out).toMatch(
      /^error\[self-communication\]: .*\n --> a\.chor:2:\d+\n {2}\|\n2 \| {3}A\.1 -> A\.x\n {2}\| +\^+\n/,
    );
    expect(out).toMatch(/= fix: /);
    expect(out).toMatch(/\n1 file: 1 error; 0 of 1 proved|\n1 file: 1 error; 0 of 0 proved/);
  });

  test('is coloured for a person, with --color, and not with --no-color or NO_COLOR', async () => {
    const colour = /\u001b\[/; // eslint-disable-line no-control-regex
    const { chor } = sandbox({ 'a.chor': bad });
    expect((await chor('check', 'a.chor')).out).not.toMatch(colour);
    expect((await chor('check', 'a.chor', '--color')).out).toMatch(colour);
    expect((await sandbox({ 'a.chor': bad }, { FORCE_COLOR: '1' }).chor('check', 'a.chor')).out).toMatch(colour);
    const quiet = sandbox({ 'a.chor': bad }, { FORCE_COLOR: '1', NO_COLOR: '1' });
    expect((await quiet.chor('check', 'a.chor')).out).not.toMatch(colour);
    expect((await quiet.chor('check', 'a.chor', '--color')).out).toMatch(colour);
    expect((await quiet.chor('--no-color', 'check', 'a.chor')).out).not.toMatch(colour);
  });

  test('shows the run that refutes a network', async () => {
    const { out } = await sandbox({
      'a.chor':
        'network N {\n  process A {\n    receive x: int from B\n    send x to B\n  }\n  process B {\n    receive y: int from A\n    send y to A\n  }\n  process C {\n    send 1 to D\n  }\n  process D {\n    receive z from C\n    z = z + 1\n  }\n}\n',
    }).chor('check', 'a.chor');
    expect(out).toContain('error[deadlock]');
    expect(out).toMatch(/a\.chor: network N: refuted/);
  });
});

describe('json', () => {
  test('has the shape that programs rely on', async () => {
    const { out } = await sandbox({ 'a.chor': bad }).chor('check', 'a.chor', '--format', 'json');
    const report = JSON.parse(out) as Report;
    const [file] = report.files;
    const [first] = file?.diagnostics ?? [];
    expect(Object.keys(report)).toEqual(['files']);
    expect(Object.keys(file ?? {})).toEqual(['path', 'diagnostics', 'verdicts']);
    expect(Object.keys(first ?? {})).toEqual(['code', 'severity', 'message', 'range', 'related', 'fixes']);
    expect(first).toMatchObject({ code: 'self-communication', severity: 'error', range: { start: { line: 1 } } });
    expect(first?.fixes[0]).toMatchObject({
      title: expect.any(String),
      edits: [{ path: 'a.chor', range: { start: { line: 1 } }, newText: expect.any(String) }],
    });
  });

  test('says what is known of choreographies and networks', async () => {
    const { out } = await sandbox({ 'a.chor': good }).chor('check', 'a.chor', '--format', 'json');
    expect((JSON.parse(out) as Report).files[0]?.verdicts).toEqual([
      {
        name: 'C',
        kind: 'choreography',
        verdict: 'proved',
        states: expect.any(Number),
        buffer: expect.any(Number),
        run: [],
      },
    ]);
  });

  test('counts characters in UTF-16 units', async () => {
    const text = bad
      .replace('A.1 ->', 'A."😀" ->')
      .replace('A.note(x)', 'A.tell(x)')
      .concat('extern tell(s: string)\n');
    const { out } = await sandbox({ 'a.chor': text }).chor('check', 'a.chor', '--format', 'json');
    const found = (JSON.parse(out) as Report).files[0]?.diagnostics.find((d) => d.code === 'self-communication');
    const { start } = found?.range ?? { start: { character: -1 } };
    expect([2, text.split('\n')[1]?.indexOf('A.x')]).toContain(start.character);
  });
});

describe('sarif', () => {
  test('is a log of version 2.1.0 with the rules, the places and the fixes', async () => {
    const { out } = await sandbox({ 'a b.chor': bad }).chor('check', 'a b.chor', '--format', 'sarif');
    const log = JSON.parse(out) as Log;
    const [run] = log.runs;
    expect(log.version).toBe('2.1.0');
    expect(run?.tool.driver.rules?.map((rule) => rule.id)).toEqual(rules.map((rule) => rule.code));
    for (const rule of run?.tool.driver.rules ?? []) expect(rule.help?.text).not.toBe('');
    for (const result of run?.results ?? []) {
      expect(run?.tool.driver.rules?.[result.ruleIndex ?? -1]?.id).toBe(result.ruleId);
      expect(result.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe('a%20b.chor');
    }
    expect(run?.results?.[0]?.fixes?.[0]?.artifactChanges[0]?.replacements[0]?.deletedRegion.startLine).toBe(2);
  });
});

describe('more findings than fixes are tried for', () => {
  test('are counted, in the text and in the JSON', async () => {
    const many = `choreography C(A, B) {\n${Array.from({ length: 400 }, (_, i) => `  A.note(x${i}) B.note(y${i})\n`).join('')}}\nextern note(n: int)\n`;
    const { chor } = sandbox({ 'a.chor': many, 'b.chor': bad });
    const [file, other] = (JSON.parse((await chor('check', 'a.chor', 'b.chor', '--format', 'json')).out) as Report)
      .files;
    expect(file?.untried).toBeGreaterThan(0);
    expect(file?.diagnostics.slice(-(file.untried ?? 0)).flatMap((d) => d.fixes)).toEqual([]);
    expect(other && Object.keys(other)).not.toContain('untried');
    expect((await chor('check', 'a.chor')).out).toMatch(/For the last \d+ findings no fix was looked for/);
  });
});

describe('what may go wrong, though nothing is known that it happens with', () => {
  const network = (condition: string): string => `network N {
  process A(x: int) {
    if ${condition} { send 1 to B }
    send 2 to C
  }
  process B { note(1) }
  process C { receive n from A note(n) }
}
extern note(n: int)
`;
  test.each<[string, boolean]>([
    ['x * x == 2', true],
    ['x == 2', false],
  ])('%s', async (condition, suspected) => {
    const own = sandbox({ 'a.chor': network(condition) });
    const found = (JSON.parse((await own.chor('check', 'a.chor', '--format', 'json')).out) as Report).files[0];
    expect(found?.diagnostics.map((d) => [d.code, d.severity, d.suspected])).toEqual([
      ['unmatched-send', suspected ? 'warning' : 'error', suspected ? true : undefined],
    ]);
    const log = JSON.parse((await own.chor('check', 'a.chor', '--format', 'sarif')).out) as Log;
    expect(log.runs[0]?.results?.map((r) => [r.ruleId, r.level, r.properties])).toEqual([
      ['unmatched-send', suspected ? 'warning' : 'error', suspected ? { suspected: true } : undefined],
    ]);
    expect(found?.verdicts[0]?.verdict).toBe(suspected ? 'suspected' : 'refuted');
  });
});

describe('the bounds of what is explored', () => {
  const eager = `network N {
  process A { ${'send to B: x '.repeat(10)} send to C: go }
  process B { receive from C: go ${'receive from A: x '.repeat(10)} }
  process C { receive from A: go send to B: go }
}
`;
  test('are met, and told with what to do', async () => {
    const { chor } = sandbox({ 'eager.chor': eager });
    const { code, out } = await chor('check', '--buffer', '4', 'eager.chor');
    expect(out).toMatch(
      /N: holds up to 4 messages a queue: the queue from A to B may hold more than 4 messages; allow longer queues/,
    );
    expect(code).toBe(0);
    expect(
      (
        JSON.parse((await chor('check', '--format', 'json', '--states', '2', 'eager.chor')).out) as {
          files: { verdicts: unknown[] }[];
        }
      ).files[0]?.verdicts,
    ).toMatchObject([{ verdict: 'bounded', why: expect.stringMatching(/^there are more than \d+ states/) }]);
  });
  test('can be moved', async () => {
    const { chor } = sandbox({ 'eager.chor': eager });
    expect((await chor('check', '--buffer', '16', '--seconds', '5', 'eager.chor')).out).toContain('1 of 1 proved');
  });
  test('are whole numbers from 1 on', async () => {
    for (const value of ['0', '-1', '1.5', 'many', '']) {
      expect(await sandbox({ 'eager.chor': eager }).chor('check', '--states', value, 'eager.chor')).toMatchObject({
        code: 2,
        err: expect.stringContaining('it is to be a whole number from 1 on'),
      });
    }
  });
});

describe('systems of machines', () => {
  const text = (server: string): string => `{ "roles": ["A", "B", "S"], "machines": {
  "A": { "initial": "0", "transitions": [["0", "!", "S", "a", "1"]] },
  "B": { "initial": "0", "transitions": [["0", "!", "S", "b", "1"]] },
  "S": { "initial": "0", "transitions": [${server}] } } }
`;
  const racing = text('["0", "?", "A", "a", "1"], ["0", "?", "B", "b", "1"]');
  test('are decided as they are, with the run', async () => {
    const { code, out } = await sandbox({ 'two-clients.json': racing }).chor('check', 'two-clients.json');
    expect(code).toBe(1);
    expect(out).toContain('error[unmatched-send]: S never takes `b` from B.');
    expect(out).toContain(`two-clients.json: network TwoClients: refuted by this run
   1. A sends a to S
   2. B sends b to S
   3. S receives a from A
`);
  });
  test('are proved where both are taken in either order', async () => {
    const both = text(
      '["0", "?", "A", "a", "1"], ["0", "?", "B", "b", "2"], ["1", "?", "B", "b", "3"], ["2", "?", "A", "a", "3"]',
    );
    expect(await sandbox({ 'both.json': both }).chor('check', 'both.json')).toMatchObject({
      code: 0,
      out: '1 file: no errors; 1 of 1 proved\n',
    });
  });
  test('stand beside files of choreographies, and in every format', async () => {
    const { chor } = sandbox({ 'two.json': racing, 'a.chor': bad });
    const json = JSON.parse((await chor('check', '--format', 'json', '*')).out) as {
      files: { path: string; diagnostics: { code: string; range: { start: unknown } }[] }[];
    };
    expect(json.files.map((f) => [f.path, f.diagnostics.map((d) => d.code)])).toEqual([
      ['a.chor', ['self-communication']],
      ['two.json', ['unmatched-send', 'unmatched-send']],
    ]);
    expect(JSON.parse((await chor('check', '--format', 'sarif', 'two.json')).out)).toMatchObject({
      runs: [{ results: [{ ruleId: 'unmatched-send' }, { ruleId: 'unmatched-send' }] }],
    });
  });
  test('that can’t be read name the place', async () => {
    for (const [name, content] of Object.entries({
      'cut.json': racing.slice(0, 120),
      'other.json': '{ "a": 1 }',
      'binary.fsm': '\0\u0001\ufffd{{{',
      'empty.json': '',
    })) {
      const { code, out } = await sandbox({ [name]: content }).chor('check', name);
      expect(out).toMatch(new RegExp(`^error\\[syntax-error\\]: .+\\n +--> ${name}:\\d+:\\d+`));
      expect(code).toBe(1);
    }
  });
  test('that are not decided say why', async () => {
    const ahead = (n: number): string =>
      JSON.stringify({
        roles: ['A', 'B', 'C'],
        machines: {
          A: {
            initial: '0',
            transitions: [
              ...Array.from({ length: n }, (_, i) => [`${i}`, '!', 'B', 'x', `${i + 1}`]),
              [`${n}`, '!', 'C', 'go', 'end'],
            ],
          },
          B: {
            initial: '0',
            transitions: [
              ['0', '?', 'C', 'go', '1'],
              ...Array.from({ length: n }, (_, i) => [`${i + 1}`, '?', 'A', 'x', `${i + 2}`]),
            ],
          },
          C: {
            initial: '0',
            transitions: [
              ['0', '?', 'A', 'go', '1'],
              ['1', '!', 'B', 'go', '2'],
            ],
          },
        },
      });
    const { chor } = sandbox({ 'ahead.json': ahead(10) });
    expect((await chor('check', '--buffer', '4', 'ahead.json')).out).toContain(
      'up to 4 messages a queue: some machine has to send more than 4 messages ahead; allow longer queues with --buffer',
    );
    expect((await chor('check', '--buffer', '10', 'ahead.json')).out).toContain('1 of 1 proved');
  });
});

describe('the command in the checkout', () => {
  test('npm run chor counts file names from where the user is, and ends with the exit code', () => {
    const { folder } = sandbox({ 'a.chor': bad });
    const { stdout, stderr, status } = spawnSync(
      'npm',
      ['run', '--silent', '--prefix', root, 'chor', '--', 'check', 'a.chor'],
      { cwd: folder, encoding: 'utf8' },
    );
    expect(stdout).toContain('self-communication');
    expect(stderr.replace(/^npm warn .*\n/gm, '')).toBe('');
    expect(status).toBe(1);
  });

  test('a reader that stops reading is no error', () => {
    const { folder } = sandbox(Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`${i}.chor`, bad])));
    const script = `node ${JSON.stringify(join(root, 'scripts', 'chor.mjs'))} check '*.chor' --format json | head -n 1`;
    const { stdout, stderr } = spawnSync('sh', ['-c', script], { cwd: folder, encoding: 'utf8' });
    expect(stdout).toBe('{\n');
    expect(stderr).toBe('');
  });
});
