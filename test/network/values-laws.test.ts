// Random networks that decide by values, against an interpreter that runs them on values: nothing is refuted that does
// not happen, and nothing proved that fails.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Expr } from '../../language/ir/expression.js';
import { namesOfTarget } from '../../language/ir/target.js';
import type { Action, Network } from '../../language/ir/process.js';
import { interpret } from '../values/interpreter.js';
import type { Declared, Value } from '../values/interpreter.js';
import { holds } from '../property.js';
import { check, networkOf, read } from './helpers.js';

const runs = Number(process.env['CHOR_RUNS'] ?? 150);

/** Questions about an `int`, in several words each; those in one row are the same question. */
const questions: readonly (readonly string[])[] = [
  [
    'N == 0',
    '0 == N',
    'not (N != 0)',
    '(match N { case 0 => true, else => false })',
    'setOf([N]) == setOf([0])',
    'size(setOf([N, 0])) == 1',
    'isSome(get(mapOf([(N, 1)]), 0))',
  ],
  ['N < 2', '2 > N', 'not (N >= 2)', 'N <= 1'],
  ['N % 2 == 0', 'even(N)', 'N % 2 != 1 and N % 2 != -1'],
  [
    'N > 0 and N < 3',
    '(if N < 1 then false else N <= 2)',
    'not (N <= 0 or N >= 3)',
    'contains(setOf([1, 2]), N)',
    'get(mapOf([(1, "a"), (2, "b")]), N) != none',
    'isSubset(insert(setOf([]), N), setOf([2, 1]))',
  ],
  ['isSome(positive(N))', 'not isNone(positive(N))', 'N > 0'],
  ['length(range(0, N)) == 2', 'N == 2'],
  ['toString(N) == "1"', 'N - 1 == 0'],
  ['true'],
  ['1 + 1 == 3'],
];
const declarations = `function even(n: int): bool = n % 2 == 0
function positive(n: int): option<int> = if n > 0 then some(n) else none
`;

interface Round {
  readonly from: number;
  readonly value: string;
  readonly row: number;
  readonly own: number;
  readonly other: number;
  readonly wrong: boolean;
  readonly negated: boolean;
  readonly back: boolean;
  readonly spoilt: boolean;
}

const round: fc.Arbitrary<Round> = fc.record({
  from: fc.nat(1),
  value: fc.constantFrom('N', 'N + 1', '3 - N', 'N * 2', '2', 'x'),
  row: fc.nat(questions.length - 1),
  own: fc.nat(6),
  other: fc.nat(6),
  wrong: fc.nat(9).map((n) => n === 0),
  negated: fc.boolean(),
  back: fc.boolean(),
  spoilt: fc.nat(9).map((n) => n === 0),
});

/** Two processes that hold a value each, send it, and decide by it alike, but for a few mistakes. */
function networkOfRounds(rounds: readonly Round[]): string {
  const bodies: [string[], string[]] = [[], []];
  const names = ['m', 'k'] as const;
  rounds.forEach(({ from, value, row, own, other, wrong, negated, back, spoilt }, i) => {
    const to = 1 - from;
    const [p, q] = [names[from] ?? '', names[to] ?? ''];
    const roles = ['A', 'B'];
    const say = (at: number, role: string, line: string): void => void bodies[at]?.push(line.replace('ROLE', role));
    say(from, '', `${p} = ${value.replace(/\bN\b/g, p)}`);
    say(from, roles[to] ?? '', `send ${p} to ROLE: v${i}`);
    say(to, roles[from] ?? '', `receive ${q} from ROLE: v${i}`);
    if (spoilt) say(to, '', `${q} = ${q} + 1`);
    const phrase = (words: readonly string[], n: number, name: string): string =>
      (words[n % words.length] ?? '').replace(/\bN\b/g, name);
    const words = questions[row] ?? [];
    const asked = phrase(wrong ? (questions[(row + 1) % questions.length] ?? []) : words, other, q);
    const [giving, taking] = back ? [to, from] : [from, to];
    const guards = [phrase(words, own, p), negated ? `not (${asked})` : asked];
    const guardAt = (at: number): string => guards[at === from ? 0 : 1] ?? '';
    const flip = (at: number): boolean => negated && at === to;
    const both = (at: number, yes: string, no: string): void =>
      say(at, '', `if ${guardAt(at)} { ${flip(at) ? no : yes} } else { ${flip(at) ? yes : no} }`);
    both(giving, `send to ${roles[taking]}: y${i}`, '');
    both(taking, `receive from ${roles[giving]}: y${i}`, '');
  });
  return `${declarations}network N { process A(x: int) { m = x ${bodies[0].join('\n')} } process B(x: int) { k = x ${bodies[1].join('\n')} } }`;
}

/**
 * Runs a network on inputs: whether all comes to its end. The order of steps makes no difference, as each process does
 * one thing after the other.
 */
function endsWell(network: Network, inputs: readonly bigint[], declared: Declared): boolean {
  const queues = new Map<string, { label: string; value: Value | undefined }[]>();
  const processes = network.processes.map((p, i) => ({
    name: p.name.text,
    rest: [...p.body.actions] as Action[],
    env: new Map<string, Value>([['x', { kind: 'int', value: inputs[i] ?? 0n }]]),
  }));
  for (let moved = true; moved;) {
    moved = false;
    for (const process of processes) {
      const { name, env } = process;
      const [action, ...rest] = process.rest;
      const value = (e: Expr): Value => interpret(e, env, declared);
      if (!action) continue;
      if (action.kind === 'assignment') env.set(namesOfTarget(action.into)[0]?.text ?? '', value(action.value));
      else if (action.kind === 'send') {
        const channel = `${name}>${action.receiver.key}`;
        queues.set(channel, [
          ...(queues.get(channel) ?? []),
          { label: action.label?.name.text ?? '', value: action.value && value(action.value) },
        ]);
      } else if (action.kind === 'receive') {
        const channel = `${action.from?.key}>${name}`;
        const [head, ...left] = queues.get(channel) ?? [];
        const branch = action.branches[0];
        if (!head || branch?.label?.text !== head.label) continue;
        queues.set(channel, left);
        const [taken] = namesOfTarget(branch.into);
        if (taken && head.value) env.set(taken.text, head.value);
      } else if (action.kind === 'if') {
        const answer = value(action.condition);
        rest.unshift(...(answer.kind === 'bool' && answer.value ? action.then : action.else).actions);
      }
      process.rest = rest;
      moved = true;
    }
  }
  return processes.every((p) => p.rest.length === 0) && [...queues.values()].every((q) => q.length === 0);
}

it(
  'random networks with values are refuted by what happens, and proved where nothing does',
  { timeout: 3_600_000 },
  async () => {
    const counts: Record<string, number> = {};
    const inputs = Array.from({ length: 10 }, (_, i) => BigInt(i - 3));
    await holds(
      [fc.array(round, { minLength: 1, maxLength: 4 })],
      (rounds) => {
        const text = networkOfRounds(rounds);
        const { file } = read(text);
        const network = networkOf(file, 'N');
        const functions = new Map(
          file.declarations.flatMap((d) =>
            d.kind === 'function'
              ? [[d.name.text, { params: d.params.map((p) => p.name.text), body: d.body }] as const]
              : [],
          ),
        );
        const declared = { fields: new Map<string, readonly string[]>(), constants: new Map(), functions };
        const fails = inputs.some((a) => inputs.some((b) => !endsWell(network, [a, b], declared)));
        const { verdict } = check(text, { name: 'N' }).verdict;
        counts[verdict] = (counts[verdict] ?? 0) + 1;
        if (verdict === 'proved') expect(fails, text).toBe(false);
        if (verdict === 'refuted') expect(fails, text).toBe(true);
        if (fails) expect(['refuted', 'suspected'], text).toContain(verdict);
      },
      { numRuns: runs },
    );
    if (process.env['CHOR_RUNS']) console.log(counts);
    expect(counts['proved']).toBeGreaterThan(runs / 10);
    expect(counts['refuted']).toBeGreaterThan(runs / 10);
    // That something may go wrong is told of few.
    expect(counts['suspected'] ?? 0).toBeLessThan(runs / 5);
  },
);
