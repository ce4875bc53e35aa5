// Networks of different shape and any size, as text: what the benchmark measures, and the tests count at small sizes.
// None of their processes begins with a choice: another tool can then have the same states as the checker, and not a
// few more.

export interface Model {
  readonly name: string;
  /** What it is like, for the table. */
  readonly shape: string;
  readonly text: (size: number) => string;
  readonly verdict: 'proved' | 'refuted';
  /** The configurations without reduction, at small sizes: those of the checker, which are the states of SPIN. */
  readonly configurations: Readonly<Record<number, number>>;
  /** The sizes to measure: the large one, and one for a quick look. */
  readonly size: number;
  readonly quick: number;
  /** The size to measure with reduction, where `size` would be over at once. */
  readonly reduced?: number;
}

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const lines = (parts: readonly string[]): string => parts.join('\n');
const network = (kind: string, processes: readonly (readonly [string, string])[]): string =>
  `network N ${kind} {\n${processes.map(([name, body]) => `process ${name} {\n${body}\n}`).join('\n')}\n}\n`;

/** Every role passes on what comes, under a label that it chooses; two messages of each are on their way. */
const ring: Model = {
  name: 'ring',
  shape: 'roles in a ring, two messages each, two labels',
  text: (n) =>
    network(
      'buffer 3',
      range(n).map((i) => [
        `R${i}`,
        lines([
          ...range(2).map((k) => `send to R${(i + 1) % n}: first${k}`),
          `rec X { receive from R${(i + n - 1) % n} { a { } b { } first0 { } first1 { } } choice { send to R${(i + 1) % n}: a } or { send to R${(i + 1) % n}: b } continue X }`,
        ]),
      ]),
    ),
  verdict: 'proved',
  configurations: { 2: 353, 3: 8679 },
  size: 5,
  quick: 3,
  reduced: 8,
};

/** Forks that serve their neighbours in turn, the first one the other way round: nobody waits in a circle. */
const philosophers: Model = {
  name: 'philosophers',
  shape: 'philosophers, and forks that serve in turn; rendezvous',
  text: (n) =>
    network(
      'sync',
      range(n).flatMap((i) => {
        const serve = (p: number): string => `send to P${p}: take receive from P${p}: back`;
        const [own, other] = [i, (i + n - 1) % n];
        return [
          [
            `P${i}`,
            `rec X { receive from F${i}: take receive from F${(i + 1) % n}: take send to F${i}: back send to F${(i + 1) % n}: back continue X }`,
          ],
          [
            `F${i}`,
            `rec X { ${i === 0 ? `${serve(other)} ${serve(own)}` : `${serve(own)} ${serve(other)}`} continue X }`,
          ],
        ] as const;
      }),
    ),
  verdict: 'proved',
  configurations: { 2: 8, 3: 33, 4: 116 },
  size: 12,
  quick: 5,
};

/** Forks that serve whom they like, as soon as somebody is hungry: each philosopher may come to hold one. */
const hungry: Model = {
  name: 'philosophers, deadlock',
  shape: 'philosophers, and forks that serve whom they like; rendezvous',
  text: (n) =>
    network(
      'sync',
      range(n).flatMap((i) => {
        const serve = (p: number): string => `send to P${p}: take receive from P${p}: back`;
        return [
          [
            `P${i}`,
            `send to F${i}: hungry rec X { receive from F${i}: take receive from F${(i + 1) % n}: take send to F${i}: back send to F${(i + 1) % n}: back continue X }`,
          ],
          [
            `F${i}`,
            `receive from P${i}: hungry rec X { choice { ${serve(i)} } or { ${serve((i + n - 1) % n)} } continue X }`,
          ],
        ] as const;
      }),
    ),
  verdict: 'refuted',
  configurations: { 2: 22, 3: 109, 4: 526 },
  size: 9,
  quick: 4,
};

/** A server that asks its clients in turn, and says yes or no. */
const clients: Model = {
  name: 'client-server',
  shape: 'a server, and clients that it serves in turn',
  text: (n) =>
    network('buffer 1', [
      [
        'S',
        `rec X { ${lines(range(n).map((i) => `receive from C${i}: ask choice { send to C${i}: yes } or { send to C${i}: no }`))} continue X }`,
      ],
      ...range(n).map(
        (i) => [`C${i}`, 'rec X { send to S: ask receive from S { yes { } no { } } continue X }'] as const,
      ),
    ]),
  verdict: 'proved',
  configurations: { 2: 48, 3: 288, 4: 1536 },
  size: 8,
  quick: 5,
};

/** What comes in at one end goes out at the other; two messages fit between two stages. */
const pipeline: Model = {
  name: 'pipeline',
  shape: 'a source, stages, and a sink; two labels, two messages between two stages',
  text: (n) =>
    network(
      'buffer 2',
      range(n).map((i) => {
        const pass = (label: string): string => (i === n - 1 ? '' : `send to S${i + 1}: ${label}`);
        return [
          `S${i}`,
          i === 0
            ? 'send to S1: first rec X { choice { send to S1: a } or { send to S1: b } continue X }'
            : `rec X { receive from S${i - 1} { first { ${pass('first')} } a { ${pass('a')} } b { ${pass('b')} } } continue X }`,
        ];
      }),
    ),
  verdict: 'proved',
  configurations: { 2: 21, 3: 441, 4: 9261 },
  size: 6,
  quick: 4,
};

/**
 * Two-phase commit, again and again: the coordinator asks all, hears their votes in turn, and tells all what comes of
 * it. It begins by aborting what was left over from before.
 */
const commit: Model = {
  name: 'two-phase commit',
  shape: 'a coordinator and voters, round after round',
  text: (n) => {
    const tell = (label: string): string => lines(range(n).map((i) => `send to V${i}: ${label}`));
    const lost = (from: number): string =>
      `${lines(
        range(n)
          .slice(from)
          .map((i) => `receive from V${i} { yes { } no { } }`),
      )}\ncontinue Abort`;
    const count = (i: number): string =>
      i === n
        ? `${tell('commit')}\ncontinue Round`
        : `receive from V${i} {\nyes {\n${count(i + 1)}\n}\nno {\n${lost(i + 1)}\n}\n}`;
    return network('buffer 1', [
      ['C', `rec Abort {\n${tell('abort')}\nrec Round {\n${tell('prepare')}\n${count(0)}\n}\n}`],
      ...range(n).map(
        (i) =>
          [
            `V${i}`,
            lines([
              'receive from C: abort',
              'rec Round { receive from C: prepare choice { send to C: yes receive from C { commit { } abort { } } } or { send to C: no receive from C: abort } continue Round }',
            ]),
          ] as const,
      ),
    ]);
  },
  verdict: 'proved',
  configurations: { 2: 88, 3: 484, 4: 2486 },
  size: 8,
  quick: 4,
  reduced: 14,
};

/**
 * Pairs that talk among themselves, and only now and then with the one that started them: orders between pairs make no
 * difference.
 */
const pairs: Model = {
  name: 'pairs',
  shape: 'pairs that talk apart, started and awaited by one; much to reduce',
  text: (n) =>
    network('buffer 1', [
      [
        'H',
        `rec X { ${lines(range(n).map((i) => `send to A${i}: go`))} ${lines(range(n).map((i) => `receive from A${i}: done`))} continue X }`,
      ],
      ...range(n).flatMap(
        (i) =>
          [
            [
              `A${i}`,
              `rec X { receive from H: go ${lines(range(2).map((k) => `send to B${i}: ask${k} receive from B${i} { yes { } no { } }`))} send to H: done continue X }`,
            ],
            [
              `B${i}`,
              `rec X { receive from A${i} { ask0 { } ask1 { } } choice { send to A${i}: yes } or { send to A${i}: no } continue X }`,
            ],
          ] as const,
      ),
    ]),
  verdict: 'proved',
  configurations: { 2: 256, 3: 3856 },
  size: 5,
  quick: 3,
  reduced: 13,
};

export const models: readonly Model[] = [ring, philosophers, hungry, clients, pipeline, commit, pairs];
