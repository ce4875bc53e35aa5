// The runs that refute networks, in each format of chor check.
import type { Log } from 'sarif';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../cli/report.js';
import { sandbox } from './helpers.js';
import { stuck } from '../generators/stuck.js';

const broken = stuck('Broken');
const files = {
  'a.chor': broken,
  'lib.chor':
    'network Sub {\n  process P {\n    send 1 to Q\n    send 2 to Q\n  }\n  process Q {\n    receive x from P\n  }\n}\n',
  'user.chor':
    'import { Sub } from "./lib.chor"\nnetwork N {\n  process A {\n    do Sub(A, B)\n  }\n  process B {\n    do Sub(A, B)\n  }\n}\n',
};
const told = (out: string, from: string): string => out.slice(out.indexOf(from)).split('\n\n')[0] ?? '';

describe('text', () => {
  test('tells the steps with their lines, and who waits for whom at the end', async () => {
    const { out, code } = await sandbox(files).chor('check', 'a.chor');
    expect(code).toBe(1);
    expect(told(out, 'a.chor: network Broken')).toBe(`a.chor: network Broken: refuted by this run
   1. Alice sends "hi" to Bob              line 3
   2. Bob receives x from Alice            line 8
  Alice and Bob wait for each other:
    - Alice waits for \`reply\` from Bob     line 4
    - Bob waits for \`greeting\` from Alice  line 9`);
  });

  test('names the file of a step that stands in another one, and what is left in the queue', async () => {
    const { out } = await sandbox(files).chor('check', 'user.chor');
    expect(told(out, 'user.chor: network N')).toBe(`user.chor: network N: refuted by this run
   1. A sends 1 to B               lib.chor:3
   2. B receives x from A          lib.chor:7
   3. A sends 2 to B               lib.chor:4
  B never receives what A sent:
    - B has ended                  line 8
    - in the queue from A to B: 2  lib.chor:4`);
  });

  test('has the circle in red, for a person', async () => {
    const { out } = await sandbox(files).chor('check', 'a.chor', '--color');
    expect(out).toContain('\u001b[31m    - Alice waits for `reply` from Bob\u001b[39m');
  });
});

describe('json', () => {
  test('has the run of each finding, with all its places and how its steps belong together', async () => {
    const { out } = await sandbox(files).chor('check', 'a.chor', '--format', 'json');
    const [file] = (JSON.parse(out) as Report).files;
    const at = (line: number) => ({ path: 'a.chor', range: { start: { line: line - 1 } } });
    expect(file?.diagnostics.find((d) => d.code === 'deadlock')?.run).toMatchObject({
      network: 'Broken',
      roles: ['Alice', 'Bob'],
      cycle: ['Alice', 'Bob'],
      queues: [],
      steps: [
        {
          kind: 'send',
          role: 'Alice',
          to: 'Bob',
          message: '"hi"',
          taken: 1,
          text: 'Alice sends "hi" to Bob',
          ...at(3),
        },
        { kind: 'receive', role: 'Bob', from: 'Alice', message: 'x', sent: 0, ...at(8) },
      ],
      ends: [
        { kind: 'waits', role: 'Alice', on: 'Bob', text: 'Alice waits for `reply` from Bob', ...at(4) },
        { kind: 'waits', role: 'Bob', on: 'Alice', ...at(9) },
      ],
      mermaid: expect.stringMatching(/^sequenceDiagram\n/) as string,
    });
    expect(file?.verdicts).toEqual([
      {
        name: 'Broken',
        kind: 'network',
        verdict: 'refuted',
        states: expect.any(Number) as number,
        buffer: 0,
        run: ['Alice sends "hi" to Bob', 'Bob receives x from Alice'],
      },
    ]);
  });
});

describe('a message that is taken for something else', () => {
  const mistaken = {
    'a.chor':
      'network Shop {\n  process Buyer {\n    send to Seller: hello\n    send "two" to Seller\n  }\n  process Seller {\n    receive from Buyer: hello\n    receive copies: int from Buyer\n  }\n}\n',
  };
  const end = 'Seller takes `copies` as an `int`, not a `string`';

  test('is told in the text by the steps that lead to it', async () => {
    const { out, code } = await sandbox(mistaken).chor('check', 'a.chor');
    expect(code).toBe(1);
    expect(out).toContain('step 3: Buyer sends "two" to Seller');
  });
  test('has its run in the JSON, with the message that is wrong', async () => {
    const { out } = await sandbox(mistaken).chor('check', 'a.chor', '--format', 'json');
    expect(
      (JSON.parse(out) as Report).files[0]?.diagnostics.find((d) => d.code === 'payload-mismatch')?.run,
    ).toMatchObject({
      network: 'Shop',
      roles: ['Buyer', 'Seller'],
      steps: [
        { kind: 'send', taken: 1 },
        { kind: 'receive', sent: 0 },
        { kind: 'send', message: '"two"' },
      ],
      queues: [{ from: 'Buyer', to: 'Seller', message: '"two"', step: 2, wrong: true }],
      ends: [{ kind: 'takes', role: 'Seller', text: end, path: 'a.chor', range: { start: { line: 7 } } }],
    });
  });
  test('has its run in SARIF and as a diagram', async () => {
    const sarif = await sandbox(mistaken).chor('check', 'a.chor', '--format', 'sarif');
    const flows = (JSON.parse(sarif.out) as Log).runs[0]?.results?.[0]?.codeFlows?.[0]?.threadFlows ?? [];
    expect(flows.map((f) => f.locations.map((l) => [l.executionOrder, l.location?.message?.text]))).toEqual([
      [
        [1, 'Buyer sends hello to Seller'],
        [3, 'Buyer sends "two" to Seller'],
      ],
      [
        [2, 'Seller receives hello from Buyer'],
        [4, end],
      ],
    ]);
    const mermaid = await sandbox(mistaken).chor('check', 'a.chor', '--format', 'mermaid');
    expect(mermaid.out).toContain(`  Note over r0,r1: Seller takes what Buyer sends for something else
  Note over r1: in the queue from Buyer: "two"
  Note over r1: takes \`copies\` as an \`int\`, not a \`string\``);
  });
});

describe('mermaid', () => {
  test('is Markdown with a diagram for each run', async () => {
    const { out, code } = await sandbox(files).chor('check', 'a.chor', 'user.chor', '--format', 'mermaid');
    expect(code).toBe(1);
    expect(out.match(/^## .*$/gm)).toEqual([
      '## Broken: deadlock at a.chor:4:5',
      '## N: unmatched-send at user.chor:3:11',
    ]);
    expect(out.match(/^```mermaid\nsequenceDiagram\n[^`]*(?:`[^`\n]+`[^`]*)*^```$/gm)).toHaveLength(2);
    expect(out).toContain('r0--xr1: waits for `reply` from Bob');
  });

  test('says so where no run goes wrong', async () => {
    const { out, code } = await sandbox({ 'a.chor': 'choreography C(A, B) {\n  A.1 -> B.x\n  B.x -> A.y\n}\n' }).chor(
      'check',
      'a.chor',
      '--format',
      'mermaid',
    );
    expect([out, code]).toEqual(['No run goes wrong.\n', 0]);
  });
});

describe('sarif', () => {
  test('has a thread for each role of a run, and the order of all their steps', async () => {
    const { out } = await sandbox(files).chor('check', 'a.chor', '--format', 'sarif');
    const result = (JSON.parse(out) as Log).runs[0]?.results?.find((r) => r.ruleId === 'deadlock');
    const flows = result?.codeFlows?.[0]?.threadFlows ?? [];
    expect(
      flows.map((f) => [
        f.id,
        f.locations.map((l) => [l.executionOrder, l.location?.physicalLocation?.region?.startLine]),
      ]),
    ).toEqual([
      [
        'Alice',
        [
          [1, 3],
          [3, 4],
        ],
      ],
      [
        'Bob',
        [
          [2, 8],
          [4, 9],
        ],
      ],
    ]);
    expect(flows[0]?.locations.at(-1)?.location?.message?.text).toBe('Alice waits for `reply` from Bob');
  });
});
