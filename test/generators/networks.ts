// Random small networks as text: those that are all mistakes, those that fit together, and those with few mistakes.
import fc from 'fast-check';

export const roles = ['A', 'B', 'C'];

/** What the texts may use: guards that nobody knows, and calls of `Sub`. Both are declared by `preamble`. */
export interface Flavour {
  readonly guards?: boolean;
  readonly calls?: boolean;
  /** Receives of what several send, of the first or of all. */
  readonly quorums?: boolean;
  /** Several things at the same time. */
  readonly threads?: boolean;
  /**
   * A variable `x` of each process, which is true at first: threads share it, copy it into variables of their own, send
   * it, decide by it.
   */
  readonly variables?: boolean;
}

/** What networks of every flavour may refer to. The two of `Sub` need nothing but each other. */
export const preamble = `extern ask(): bool
extern pick(): int
network Sub {
  process P { choice { send to Q: a } or { send to Q: b  receive from Q } }
  process Q { receive from P { a { } b { send to P } } }
}
`;

/** What a process computes with `x`; `own@` is a variable of the thread's own. */
const updates = [
  'x = not x',
  'own@ = x\nx = not own@',
  'at { own@ = x x = not own@ }',
  'x = false',
  'own@ = x\nif own@ { x = false } else { x = true }',
];

/** Threads, in marks, so that what is their own gets a name for each `par`, see `numbered`. */
function parallel(x: string, y: string): string {
  return `\u00ab par { ${x} } and { ${y} } \u00bb`;
}

/** The text of a process with the variables of threads named: those of each `par` by its number. */
function numbered(text: string): string {
  const around: number[] = [];
  let pars = 0;
  return text.replace(/\u00ab|\u00bb|own@/g, (mark) => {
    if (mark === '\u00ab') around.push(++pars);
    else if (mark === '\u00bb') around.pop();
    else return `own${around.at(-1) ?? 0}`;
    return '';
  });
}

/** A statement list of one process: sends, receives and choices, perhaps with a loop at its end. */
function body(own: string, depth: number, loop: boolean, flavour: Flavour): fc.Arbitrary<string> {
  const peer = fc.constantFrom(...roles.filter((r) => r !== own));
  const label = fc.constantFrom('', ': a', ': b');
  const send = fc.tuple(peer, label).map(([p, l]) => `send to ${p}${l}`);
  const single = fc.tuple(peer, label).map(([p, l]) => `receive from ${p}${l}`);
  const call = fc.tuple(peer, fc.boolean()).map(([p, first]) => `do Sub(${first ? `${own}, ${p}` : `${p}, ${own}`})`);
  const gather = fc
    .tuple(
      fc.shuffledSubarray(
        roles.filter((r) => r !== own),
        { minLength: 1 },
      ),
      fc.constantFrom('', ' any 1', ' any 1', ' any majority'),
      label,
    )
    .map(([p, any, l]) => `receive from ${p.join(', ')}${any}${l}`);
  const given = peer.map((p) => `send x to ${p}: v`);
  const taken = peer.map((p) => `receive x from ${p}: v`);
  const values = flavour.variables
    ? [
        { weight: 3, arbitrary: fc.constantFrom(...updates) },
        { weight: 2, arbitrary: given },
        { weight: 2, arbitrary: taken },
      ]
    : [];
  const simple = fc.oneof(
    { weight: 5, arbitrary: send },
    { weight: 5, arbitrary: single },
    ...values,
    ...(flavour.calls ? [{ weight: 1, arbitrary: call }] : []),
    ...(flavour.quorums ? [{ weight: 3, arbitrary: gather }] : []),
  );
  const inner = (): fc.Arbitrary<string> => body(own, depth - 1, false, flavour);
  const nested =
    depth > 0
      ? [
          fc.tuple(inner(), inner()).map(([x, y]) => `choice { ${x} } or { ${y} }`),
          fc.tuple(peer, inner(), inner()).map(([p, x, y]) => `receive from ${p} { a { ${x} } b { ${y} } }`),
          ...(flavour.threads
            ? [
                fc.tuple(inner(), inner()).map(([x, y]) => parallel(x, y)),
                fc.tuple(inner(), inner()).map(([x, y]) => parallel(x, y)),
              ]
            : []),
          ...(flavour.variables ? [fc.tuple(inner(), inner()).map(([x, y]) => `if x { ${x} } else { ${y} }`)] : []),
          ...(flavour.guards
            ? [
                fc.tuple(inner(), inner()).map(([x, y]) => `if ask() { ${x} } else { ${y} }`),
                fc.tuple(inner(), inner()).map(([x, y]) => `match pick() { case 0 { ${x} } else { ${y} } }`),
                inner().map((x) => `while ask() { ${x} }`),
              ]
            : []),
        ]
      : [];
  const list = fc.array(
    fc.oneof({ weight: 4, arbitrary: simple }, ...nested.map((arbitrary) => ({ weight: 1, arbitrary }))),
    { maxLength: 3 },
  );
  if (!loop) return list.map((l) => l.join('\n'));
  const tail = fc.oneof(
    { weight: 2, arbitrary: fc.constant('') },
    {
      weight: 1,
      arbitrary: fc.tuple(inner(), inner()).map(([x, y]) => `rec X { choice { ${x} continue X } or { ${y} } }`),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(peer, inner(), inner())
        .map(([p, x, y]) => `rec X { receive from ${p} { a { ${x} continue X } b { ${y} } } }`),
    },
    { weight: 1, arbitrary: fc.tuple(simple, inner()).map(([s, x]) => `rec X { ${s} ${x} continue X }`) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(simple, inner(), inner(), simple)
        .map(([s, x, y, z]) => `rec X { ${s} choice { ${x} leave X } or { ${y} } ${z} continue X }\n${s}`),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(peer, inner(), inner(), simple)
        .map(
          ([p, x, y, z]) =>
            `rec X { rec Y { receive from ${p} { a { ${x} leave X } b { ${y} } } ${z} continue Y } }\n${z}`,
        ),
    },
  );
  return fc.tuple(list, tail).map(([l, t]) => [...l, t].join('\n'));
}

export const channels = fc.constantFrom('', '', 'sync', 'buffer 1', 'buffer 2');

/** The text of a network of the three roles. */
export function networkText(kind: string, bodies: readonly string[], inputs = ''): string {
  return `network N ${kind} {\n${bodies.map((b, i) => `process ${roles[i]}${inputs} {\n${numbered(b)}\n}`).join('\n')}\n}\n`;
}

/** Processes that know nothing of each other: nearly all of these go wrong. */
export function anyNetwork(flavour: Flavour = {}): fc.Arbitrary<string> {
  const processes = fc.tuple(body('A', 2, true, flavour), body('B', 2, true, flavour), body('C', 1, true, flavour));
  return fc
    .tuple(channels, processes)
    .map(([kind, bodies]) => networkText(kind, flavour.variables ? bodies.map((b) => `x = true\n${b}`) : bodies));
}

/** A network of which some processes may wait for ever. */
export function withServers(network: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(network, fc.array(fc.boolean(), { minLength: 3, maxLength: 3 })).map(([text, servers]) => {
    let at = 0;
    return text.replace(/^process ([ABC])/gm, (all) => (servers[at++] === true ? `server ${all}` : all));
  });
}

/** One text for each role: what they do together, so that nothing can go wrong. */
export type Parts = readonly string[];

const joined = (list: readonly Parts[]): Parts =>
  roles.map((_, i) =>
    list
      .map((p) => p[i])
      .filter(Boolean)
      .join('\n'),
  );
const two = fc.tuple(fc.constantFrom(...roles), fc.constantFrom(...roles)).filter(([p, q]) => p !== q);

const message: fc.Arbitrary<Parts> = fc
  .tuple(two, fc.constantFrom('', ': a', ': b'))
  .map(([[p, q], l]) => roles.map((r) => (r === p ? `send to ${q}${l}` : r === q ? `receive from ${p}${l}` : '')));
/** Two send, and the third takes what comes first, or both. */
const gather: fc.Arbitrary<Parts> = fc
  .tuple(
    fc.constantFrom(...roles),
    fc.constantFrom('', ' any 1', ' any 1', ' any 2'),
    fc.constantFrom('', ': a', ': b'),
    fc.boolean(),
  )
  .map(([to, any, l, turned]) => {
    const from = roles.filter((r) => r !== to);
    return roles.map((r) =>
      r === to ? `receive from ${(turned ? [...from].reverse() : from).join(', ')}${any}${l}` : `send to ${to}${l}`,
    );
  });
const call: fc.Arbitrary<Parts> = two.map(([p, q]) =>
  roles.map((r) => (r === p || r === q ? `do Sub(${p}, ${q})` : '')),
);

/** How a process decides between two ways. */
type Decision = (first: string, second: string) => string;
const choice: Decision = (x, y) => `choice {\n${x}\n} or {\n${y}\n}`;
const decisions: readonly Decision[] = [
  choice,
  (x, y) => `if ask() {\n${x}\n} else {\n${y}\n}`,
  (x, y) => `match pick() {\ncase 0 {\n${x}\n}\nelse {\n${y}\n}\n}`,
];

/** One decides, and tells the others first. */
const told = (decider: string, decision: Decision, first: Parts, second: Parts): Parts =>
  roles.map((r, i) => {
    const tells = (label: string): string =>
      roles
        .filter((o) => o !== r)
        .map((o) => `send to ${o}: ${label}`)
        .join('\n');
    return r === decider
      ? decision(`${tells('a')}\n${first[i]}`, `${tells('b')}\n${second[i]}`)
      : `receive from ${decider} {\na {\n${first[i]}\n}\nb {\n${second[i]}\n}\n}`;
  });

/**
 * Two conversations at the same time, with labels of their own. A process that takes part in one only has no threads.
 */
function atOnce([first, second]: readonly [Parts, Parts]): Parts {
  const labelled = (text: string | undefined, mark: string): string =>
    (text ?? '')
      .split('\n')
      .map((line) =>
        line
          .replace(/^((?:send|receive)\b[^:{]*): (\w+)$/, `$1: $2${mark}`)
          .replace(/^((?:send|receive)\b[^:{]*)$/, `$1: e${mark}`)
          .replace(/^([abe]\d*) \{$/, `$1${mark} {`),
      )
      .join('\n');
  return roles.map((_, i) => {
    const [x, y] = [labelled(first[i], '1'), labelled(second[i], '2')];
    return x && y ? `par {\n${x}\n} and {\n${y}\n}` : x || y;
  });
}

/** Processes that fit together. */
export function together(flavour: Flavour = {}): fc.Arbitrary<Parts> {
  const simple = fc.oneof(
    { weight: 4, arbitrary: message },
    ...(flavour.calls ? [{ weight: 1, arbitrary: call }] : []),
    ...(flavour.quorums ? [{ weight: 3, arbitrary: gather }] : []),
  );
  const decision = flavour.guards ? fc.constantFrom(...decisions) : fc.constant(choice);
  const steps = (depth: number): fc.Arbitrary<Parts> =>
    fc
      .array(
        depth === 0
          ? simple
          : fc.oneof(
              { weight: 3, arbitrary: simple },
              {
                weight: 1,
                arbitrary: fc
                  .tuple(fc.constantFrom(...roles), decision, steps(depth - 1), steps(depth - 1))
                  .map(([p, d, x, y]) => told(p, d, x, y)),
              },
              ...(flavour.threads
                ? [{ weight: 2, arbitrary: fc.tuple(steps(depth - 1), steps(depth - 1)).map(atOnce) }]
                : []),
            ),
        { maxLength: 3 },
      )
      .map(joined);
  const looping = fc
    .tuple(fc.constantFrom(...roles), decision, fc.boolean(), fc.boolean(), steps(1), steps(0))
    .map(([p, d, asWhile, early, again, end]) => {
      if (early)
        return told(
          p,
          d,
          end.map((t) => `${t}\nleave X`),
          again,
        ).map((t) => `rec X {\n${t}\ncontinue X\n}`);
      const both = told(
        p,
        d,
        again.map((t) => `${t}\ncontinue X`),
        end,
      ).map((t) => `rec X {\n${t}\n}`);
      if (!flavour.guards || !asWhile) return both;
      const tells = (label: string): string =>
        roles
          .filter((o) => o !== p)
          .map((o) => `send to ${o}: ${label}`)
          .join('\n');
      return roles.map((r, i) =>
        r === p ? `while ask() {\n${tells('a')}\n${again[i]}\n}\n${tells('b')}\n${end[i]}` : (both[i] ?? ''),
      );
    });
  return fc.tuple(steps(2), fc.option(looping)).map(([first, loop]) => (loop ? joined([first, loop]) : first));
}

/** The same with some lines struck out or exchanged with the next. */
export function withMistakes(parts: fc.Arbitrary<Parts>): fc.Arbitrary<Parts> {
  return fc.tuple(parts, fc.array(fc.tuple(fc.nat(), fc.boolean()), { maxLength: 2 })).map(([right, mistakes]) => {
    const lines = right.map((t) => t.split('\n'));
    for (const [at, strike] of mistakes) {
      const list = lines[at % lines.length] as string[];
      const places = list.flatMap((line, i) => (/^(send|receive)/.test(line) && !line.endsWith('{') ? [i] : []));
      const place = places[at % Math.max(1, places.length)];
      if (place === undefined) continue;
      const next = list[place + 1];
      if (strike) list.splice(place, 1);
      else if (next && places.includes(place + 1)) list.splice(place, 2, next, list[place] as string);
    }
    return lines.map((l) => l.join('\n'));
  });
}

/** Networks that were right before two lines of them went wrong, or fewer. */
export function mistaken(flavour: Flavour = {}): fc.Arbitrary<Parts> {
  return withMistakes(together(flavour));
}

/**
 * Processes whose threads share `x` and `y`, and hand over their values: whether anything goes wrong is a matter of who
 * is faster.
 */
export function sharing(): fc.Arbitrary<string> {
  const name = fc.constantFrom('x', 'y');
  const update = fc.oneof(
    fc.tuple(name, name).map(([p, q]) => `${p} = not ${q}`),
    fc.tuple(name, name).map(([p, q]) => `own@ = ${p}\n${q} = not own@`),
    fc.tuple(name, name).map(([p, q]) => `at { own@ = ${p} ${q} = not own@ }`),
    fc.tuple(name, fc.boolean()).map(([p, value]) => `${p} = ${value}`),
    fc.tuple(name, name).map(([p, q]) => `if ${p} { ${q} = ${p} } else { ${q} = false }`),
    fc.tuple(name, name).map(([p, q]) => `at { if ${p} { ${q} = not ${q} } else { ${p} = true } }`),
  );
  const list = fc.array(update, { maxLength: 2 }).map((all) => all.join('\n'));
  const threads: fc.Arbitrary<string> = fc.oneof(
    { weight: 4, arbitrary: fc.tuple(list, list).map(([a, b]) => parallel(a, b)) },
    {
      weight: 1,
      arbitrary: fc.tuple(list, list, list, list).map(([a, b, c, d]) => parallel(`${a}\n${parallel(b, c)}`, d)),
    },
    {
      weight: 2,
      arbitrary: fc.tuple(list, name, list).map(([a, p, b]) => parallel(`${a}\nreceive ${p} from C: v`, b)),
    },
    { weight: 2, arbitrary: fc.tuple(list, name, list).map(([a, p, b]) => parallel(`${a}\nsend ${p} to B: v`, b)) },
  );
  const expected = fc.constantFrom('x', 'not x', 'x or y', 'x and y', 'x == y');
  return fc
    .tuple(channels, fc.boolean(), fc.boolean(), threads, list, expected, fc.constantFrom('z', 'true'))
    .map(([kind, x, y, par, after, holds, other]) => {
      const a = `x = ${x}\ny = ${y}\n${par}\n${after}\nif ${holds} { } else { send to C: wrong }`;
      const b = par.includes('to B') ? `receive z from A: v\nif ${other} { } else { send to C: wrong }` : '';
      return networkText(kind, [a, b, par.includes('from C') ? 'send true to A: v' : '']);
    });
}
