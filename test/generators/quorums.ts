// Random networks of four or five roles in which several send to one, which takes the first that come, or all of them;
// with messages that come too late, receives over several senders, rounds, and several things at the same time.
import fc from 'fast-check';
import { withMistakes } from './networks.js';
import type { Parts } from './networks.js';

export interface Wish {
  /** Several things at the same time. */
  readonly threads?: boolean;
  /** Values that decide something: who was first, and what came. */
  readonly values?: boolean;
}

const letters = ['A', 'B', 'C', 'D', 'E'];
const label = fc.constantFrom(': a', ': a', ': b');

/** The text of a network of as many roles as there are bodies. */
export function textOf(kind: string, bodies: Parts): string {
  return `network N ${kind} {\n${bodies.map((body, i) => `process ${letters[i]} {\n${body}\n}`).join('\n')}\n}\n`;
}

const joined = (size: number, list: readonly Parts[]): Parts =>
  letters.slice(0, size).map((_, i) =>
    list
      .map((parts) => parts[i])
      .filter(Boolean)
      .join('\n'),
  );

/** What all do together, so that nothing goes wrong but where a quorum’s late messages meet others. */
function together(size: number, wish: Wish): fc.Arbitrary<Parts> {
  const roles = letters.slice(0, size);
  const one = fc.constantFrom(...roles);
  const two = fc.tuple(one, one).filter(([p, q]) => p !== q);
  const message: fc.Arbitrary<Parts> = fc
    .tuple(two, label)
    .map(([[p, q], l]) => roles.map((r) => (r === p ? `send to ${q}${l}` : r === q ? `receive from ${p}${l}` : '')));
  const several = one.chain((to) =>
    fc.tuple(
      fc.constant(to),
      fc.shuffledSubarray(
        roles.filter((r) => r !== to),
        { minLength: 2 },
      ),
    ),
  );
  const gather: fc.Arbitrary<Parts> = fc
    .tuple(several, fc.constantFrom('', 'majority', 'majority', '1', '2', '2', '3'), label)
    .map(([[to, from], any, l]) => {
      const count = Number(any) > from.length ? ' any majority' : any === '' ? '' : ` any ${any}`;
      return roles.map((r) =>
        r === to ? `receive from ${from.join(', ')}${count}${l}` : from.includes(r) ? `send to ${to}${l}` : '',
      );
    });
  /** What came first, or from whom, decides. */
  const weighed: fc.Arbitrary<Parts> = fc
    .tuple(
      several,
      fc.constantFrom('majority', '2', '1'),
      fc.constantFrom('first(xs)', 'all(xs, x => x)', 'first(who) == 0', 'length(xs) > 1'),
      fc.array(fc.constantFrom('true', 'false', 'ask()'), { minLength: 5, maxLength: 5 }),
      fc.boolean(),
    )
    .map(([[to, from], any, question, values, kept]) => {
      const [told = to] = roles.filter((r) => r !== to);
      return roles.map((r, i) => {
        const sends = `v = ${values[i]}\nsend v to ${to}: v`;
        if (r === to)
          return `receive xs: bool from ${from.join(', ')} any ${any} by who: v\nif ${question} {\nsend to ${told}: a\n} else {\nsend to ${told}: b\n}`;
        const after = r === told ? `\nreceive from ${to} {\na { }\nb { }\n}` : '';
        // Who keeps its value asks once more.
        const again = kept && from.includes(r) ? `\nif v { } else { }` : '';
        return `${from.includes(r) ? sends : ''}${after}${again}`;
      });
    });
  /** Somebody decides which of two sends, and tells these two alone: the third takes whatever comes. */
  const whoever: fc.Arbitrary<Parts> = fc
    .shuffledSubarray(roles, { minLength: 4 })
    .map(([p, q, s, r] = []) =>
      roles.map((own) =>
        own === p
          ? `choice {\nsend to ${q}: a\nsend to ${s}: b\n} or {\nsend to ${q}: b\nsend to ${s}: a\n}`
          : own === q || own === s
            ? `receive from ${p} {\na {\nsend to ${r}: a\n}\nb {\n}\n}`
            : own === r
              ? `receive {\na from ${q} { }\na from ${s} { }\n}`
              : '',
      ),
    );
  const simple = fc.oneof(
    { weight: 2, arbitrary: message },
    { weight: 5, arbitrary: gather },
    { weight: 1, arbitrary: whoever },
    ...(wish.values ? [{ weight: 5, arbitrary: weighed }] : []),
  );
  const told = (decider: string, first: Parts, second: Parts): Parts =>
    roles.map((r, i) => {
      const tells = (l: string): string =>
        roles
          .filter((o) => o !== r)
          .map((o) => `send to ${o}: ${l}`)
          .join('\n');
      return r === decider
        ? `choice {\n${tells('y')}\n${first[i]}\n} or {\n${tells('n')}\n${second[i]}\n}`
        : `receive from ${decider} {\ny {\n${first[i]}\n}\nn {\n${second[i]}\n}\n}`;
    });
  const some = fc.array(simple, { minLength: 1, maxLength: 3 }).map((list) => joined(size, list));
  const few = fc.array(simple, { minLength: 1, maxLength: 2 }).map((list) => joined(size, list));
  const rounds = fc.tuple(one, few, few).map(([p, again, end]) =>
    told(
      p,
      again.map((text) => `${text}\ncontinue X`),
      end,
    ).map((text) => `rec X {\n${text}\n}`),
  );
  const forEver = fc
    .tuple(few, few)
    .map(([first, again]) =>
      joined(size, [first, again.map((text) => (text === '' ? '' : `rec X {\n${text}\ncontinue X\n}`))]),
    );
  const decided = fc.tuple(one, few, few).map(([p, x, y]) => told(p, x, y));
  const atOnce = fc.tuple(few, few).map(([x, y]) => threads(x, y));
  return fc.oneof(
    { weight: 4, arbitrary: some },
    { weight: 1, arbitrary: rounds },
    { weight: 1, arbitrary: forEver },
    { weight: 1, arbitrary: fc.tuple(few, decided).map((list) => joined(size, list)) },
    ...(wish.threads
      ? [
          { weight: 5, arbitrary: atOnce },
          { weight: 2, arbitrary: fc.tuple(message, atOnce, few).map((list) => joined(size, list)) },
        ]
      : []),
  );
}

/** Two conversations at the same time, with labels of their own. */
function threads(first: Parts, second: Parts): Parts {
  const marked = (text: string | undefined, mark: string): string =>
    (text ?? '').replace(/: ([aby])$/gm, `: $1${mark}`).replace(/^([ab])( from \w)? \{/gm, `$1${mark}$2 {`);
  return first.map((_, i) => {
    const [x, y] = [marked(first[i], '1'), marked(second[i], '2')];
    return x && y ? `par {\n${x}\n} and {\n${y}\n}` : x || y;
  });
}

/** Lines that are no part of anything: each process sends and takes what it likes, most of it to and from A. */
function anything(size: number, wish: Wish): fc.Arbitrary<Parts> {
  const roles = letters.slice(0, size);
  const body = (own: string): fc.Arbitrary<string> => {
    const others = roles.filter((r) => r !== own);
    const peer = own === 'A' ? fc.constantFrom(...others) : fc.constantFrom('A', 'A', 'A', ...others);
    const send = fc.tuple(peer, label).map(([p, l]) => `send to ${p}${l}`);
    const take = fc.tuple(peer, label).map(([p, l]) => `receive from ${p}${l}`);
    const gather = fc
      .tuple(
        fc.shuffledSubarray(others, { minLength: 2 }),
        fc.constantFrom(' any majority', ' any 2', ' any 1', ''),
        label,
      )
      .map(([from, any, l]) => `receive from ${from.join(', ')}${any}${l}`);
    const simple = fc.oneof(
      { weight: own === 'A' ? 1 : 5, arbitrary: send },
      { weight: 1, arbitrary: take },
      { weight: own === 'A' ? 5 : 1, arbitrary: gather },
    );
    const few = fc.array(simple, { minLength: 1, maxLength: own === 'A' ? 2 : 3 }).map((list) => list.join('\n'));
    return fc.oneof(
      { weight: 5, arbitrary: few },
      { weight: 1, arbitrary: fc.tuple(few, few).map(([x, y]) => `choice {\n${x}\n} or {\n${y}\n}`) },
      { weight: 1, arbitrary: few.map((x) => `rec X {\n${x}\ncontinue X\n}`) },
      ...(wish.threads
        ? [{ weight: 3, arbitrary: fc.tuple(few, few, few).map(([x, y, z]) => `par {\n${x}\n} and {\n${y}\n}\n${z}`) }]
        : []),
    );
  };
  return fc.tuple(...roles.map(body));
}

const kinds = fc.constantFrom('', '', '', 'sync', 'buffer 1', 'buffer 2');

/** Networks with quorums: half of them right but for two lines or fewer, some all mistakes. */
export function withQuorums(wish: Wish = {}): fc.Arbitrary<string> {
  const size = fc.constantFrom(3, 4, 4, 5);
  const fitting = fc.constantFrom(4, 4, 5).chain((n) => together(n, wish));
  const bodies = fc.oneof(
    { weight: 3, arbitrary: withMistakes(fitting) },
    { weight: 1, arbitrary: fitting },
    { weight: 2, arbitrary: size.chain((n) => anything(n, wish)) },
  );
  return fc
    .tuple(kinds, bodies, fc.nat(19))
    .map(([kind, parts, server]) =>
      textOf(kind, parts).replace(`process ${letters[server]}`, `server process ${letters[server]}`),
    );
}
