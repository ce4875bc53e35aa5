// Random choreographies with families: members by all forms of index, parts, gathering, loops in each other, decisions.
import fc from 'fast-check';

const indices = ['0', 'n - 1'];

/**
 * Statements, each with its lines, where the numbers of some loops are in scope.
 * @param twin whether there is another family of the same size, `Twin`
 * @param calls whether others are called
 */
function statements(
  depth: number,
  loops: readonly string[],
  twin = false,
  calls = false,
): fc.Arbitrary<readonly string[]> {
  const members = [...indices, ...loops, ...loops.flatMap((k) => [`(${k} + 1) % n`, `(${k} + n - 1) % n`])];
  const families = twin ? ['Node', 'Twin', 'Twin'] : ['Node'];
  const one = fc.constantFrom(...families.flatMap((family) => members.map((index) => `${family}[${index}]`)));
  const single = fc.oneof(one, fc.constantFrom('A', 'B'));
  const variable = fc.constantFrom('x', 'y');
  const message = fc
    .tuple(single, single, variable)
    .filter(
      ([from, to]) => from !== to && !['Node', 'Twin'].some((name) => from.startsWith(name) && to.startsWith(name)),
    )
    .map(([from, to, x]) => `${from}.f() -> ${to}.${x}`);
  const next =
    loops.length === 0
      ? message
      : fc
          .constantFrom(...loops)
          .chain((k) =>
            fc.constantFrom(`Node[${k}].f() -> Node[(${k} + 1) % n].x`, `Node[(${k} + 1) % n].f() -> Node[${k}].x`),
          );
  const all = fc.constantFrom(
    'A.f() -> Node.x',
    'Node.f() -> B.xs',
    'Node.x = f()',
    'B.f() -> Node[1 until n].y',
    'Node[0 until n - 1].f() -> A.ys',
    'Node.f() -> A.ys any 1',
    'Node.f() -> B.xs any majority by who: vote',
    'Node[1 until n].f() -> A.ys any n - 1',
    'A.f(), Node.f() -> B.xs any 2',
    'A.f(), B.f() -> Node[0].zs any 1',
    ...loops.map((k) => `A.f(), B.f() -> Node[${k}].zs`),
    'A.(f(), f()) -> Node.(x, y)',
    'Node.(f(), f()) -> B.(xs, ys)',
    'Node.(x, y) = (f(), f())',
    'Node[0].(f(), f()) -> A.(x, y), Node[1].(y, z)',
    ...(twin
      ? ['Twin.x = f()', 'A.f() -> Twin.y', 'Twin.f() -> B.xs', 'Node[0].f() -> Twin.x', 'Twin.f() -> Node[n - 1].zs']
      : []),
    ...(loops[0] ? [`Node[${loops[0]}].f() -> others Node.z`] : ['Node[0].f() -> others Node.z']),
  );
  const singles = ['A', 'B', 'Node[0]', 'Node[n - 1]'];
  // Of nobody, there may be nothing to do in a call.
  const severals = (one: string): readonly string[] =>
    one === 'Node[0]'
      ? ['Node[1 until n]']
      : one === 'Node[n - 1]'
        ? ['Node[0 until n - 1]']
        : [
            'Node',
            'Node[1 until n]',
            'Node[0 until n - 1]',
            ...loops.flatMap((k) => [`Node[0 until ${k} + 1]`, `Node[${k} until n]`]),
          ];
  const call = fc
    .constantFrom(...singles)
    .chain((single) => fc.tuple(fc.constant(single), fc.constantFrom(...severals(single)), fc.constantFrom(0, 1, 2, 3)))
    .map(([single, several, which]) => {
      const value = loops[0] ?? 'n';
      return (
        [
          `do Tell(${single}, ${several}, ${value} + 1)`,
          `${several}.z = do Give(${single}(f()), ${several}(f()))`,
          `${several}.z, ${single}.w = do Give(${single}(f()), ${several}(f()))`,
          `do Say(${single}, ${several}, ${value} > 0)`,
        ][which] ?? ''
      );
    });
  const simple = (calls ? fc.oneof(message, next, call, call, all) : fc.oneof(message, next, all)).map((text) => [
    text,
  ]);
  if (depth === 0) return fc.array(simple, { minLength: 1, maxLength: 3 }).map((lists) => lists.flat());
  const inside = (more: readonly string[]): fc.Arbitrary<string> =>
    statements(depth - 1, [...loops, ...more], twin, calls).map((lines) => lines.join('\n'));
  const free = ['k', 'l', 'm'].find((name) => !loops.includes(name)) ?? 'k';
  const loop = fc
    .tuple(
      fc.constantFrom(
        'Node',
        '0 until n',
        '1 until n',
        '0 until n - 1',
        'Node[1 until n]',
        ...(twin ? ['Twin', 'Twin'] : []),
      ),
      inside([free]),
    )
    .map(([range, body]) => [`for ${free} in ${range} {\n${body}\n}`]);
  const decision = fc
    .tuple(single, fc.constantFrom('Node, A, B', 'Node', 'A, B'), inside([]), inside([]), fc.boolean())
    .map(([at, told, yes, no, sends]) => {
      const others = told
        .split(', ')
        .filter((role) => role !== at)
        .map((role) => (at.startsWith('Node') && role === 'Node' ? 'others Node' : role));
      if (sends)
        return [
          `match ${at}.f() -> ${(others.length > 0 ? others : ['B']).map((role) => `${role}.o`).join(', ')} {\ncase some(v${depth}) {\n${yes}\n}\ncase none {\n${no}\n}\n}`,
        ];
      return [`if ${at}.f() -> ${others.join(', ') || 'B'} {\n${yes}\n} else {\n${no}\n}`];
    })
    .filter(([text]) => !/^(if|match) B\.f\(\) -> B/.test(text ?? ''));
  const pick = fc
    .tuple(fc.constantFrom('Node', 'Node[1 until n]'), fc.constantFrom('A', 'B', 'Node[0]'), inside([free]))
    .map(([range, at, body]) => {
      const told = ['A', 'Node', 'B']
        .filter((role) => role !== at)
        .map((role) => (at === 'Node[0]' && role === 'Node' ? 'others Node' : role));
      return [`pick ${free} in ${range} by ${at}.f() -> ${told.join(', ')} {\n${body}\n}`];
    });
  // A loop that one role decides about, in a round of one over members or around it.
  const again = fc
    .tuple(fc.constantFrom('A', 'Node[0]', ...loops.map((k) => `Node[${k}]`)), inside([]), fc.constantFrom(0, 1, 2))
    .map(([at, body, which]) => {
      const told = `${at}.f() -> ${['A', at === 'A' ? 'Node' : 'others Node', 'B'].filter((role) => role !== at).join(', ')}`;
      return [
        [
          `rec R${depth} {\n${body}\nif ${told} { leave R${depth} }\n${body}\ncontinue R${depth}\n}`,
          `rec R${depth} {\n${body}\nif ${told} { continue R${depth} }\n}`,
          `while ${told} {\n${body}\n}`,
        ][which] ?? '',
      ];
    });
  return fc
    .array(
      fc.oneof(
        { weight: 3, arbitrary: simple },
        { weight: 2, arbitrary: loop },
        { weight: 1, arbitrary: decision },
        { weight: 1, arbitrary: pick },
        { weight: 1, arbitrary: again },
      ),
      { minLength: 1, maxLength: 4 },
    )
    .map((lists) => lists.flat());
}

/** Texts of one choreography each, with a family of two members or more. */
export const familyChoreographies = fc
  .tuple(statements(2, []), fc.constantFrom('', 'Node', 'Node, B', 'A, Node'))
  .map(([lines, results]) => {
    const roles = results === '' ? [] : results.split(', ');
    const [header, end] =
      roles.length === 0
        ? ['', []]
        : [
            `: ${roles.map((role) => `int@${role}`).join(', ')}`,
            [`return ${roles.map((role) => `${role}.f()`).join(', ')}`],
          ];
    return `choreography Any(A, Node[n >= 2], B)${header} {\n${[...lines, ...end].join('\n')}\n}`;
  });

/** What `callingChoreographies` call: with families, their results, and values that all know. */
const called = `
choreography Tell(P, Q[q], often: int) {
  for i in 0 until often { P.i -> Q.x: tell }
}
choreography Give(P(x: int), Q[q](y: int)): int@Q, int@P {
  P.x -> Q.z: give
  Q.(y + z) -> P.ys: back
  return Q.(y * z), P.sum(ys)
}
choreography Say(P, Q[q], loud: bool) {
  if P.loud, Q.loud { P -> Q: loud } else { P -> Q: soft }
}
`;

/** Texts of one choreography `Any` each, with a family of two members or more, that calls others. */
export const callingChoreographies = statements(2, [], false, true).map(
  (lines) => `choreography Any(A, Node[n >= 2], B) {\n${lines.join('\n')}\n}${called}`,
);

/** Texts of one choreography each, with two families of one size, two or more. */
export const pairedChoreographies = statements(2, [], true).map(
  (lines) => `choreography Any(A, Node[n >= 2], Twin[n], B) {\n${lines.join('\n')}\n}`,
);

/** What stands in a round of which not all are told what was decided; `@` is a label that no other message has. */
function untold(depth: number): fc.Arbitrary<string> {
  const message = fc.constantFrom(
    'A.f() -> Node.x: @',
    'A.f() -> Node.x: @',
    'A -> Node[0]: @',
    'A -> Node[n - 1]: @',
    'A.f() -> B.x: @',
    'Node[0].f() -> A.x: @',
    'Node.f() -> A.all: @',
    'for i in 1 until n { A.i -> Node[i].x: @ }',
    'Node[0].x = f()',
  );
  if (depth === 0) return message;
  const inside = fc.array(untold(depth - 1), { maxLength: 2 }).map((lines) => lines.join('\n'));
  return fc.oneof(
    { weight: 3, arbitrary: message },
    { weight: 3, arbitrary: fc.tuple(inside, inside).map(([one, two]) => `if A.b() {\n${one}\n} else {\n${two}\n}`) },
  );
}

/**
 * Texts of one choreography each, with a loop of which the members of a family find out late, if at all, how decisions
 * in it went.
 */
export const lateChoreographies = fc
  .tuple(
    fc.array(untold(2), { minLength: 1, maxLength: 4 }),
    fc.array(untold(1), { maxLength: 2 }),
    fc.constantFrom('', 'server '),
    fc.constantFrom('', ' -> Node', ' -> Node, B'),
    fc.constantFrom('', ' else { A -> Node: @ }', ' else { A -> Node[0]: @ }'),
  )
  .map(([lines, some, server, told, end]) => {
    let label = 0;
    const last = `if A.b()${told} { continue Next }${end}`;
    return `choreography Any(A, ${server}Node[n >= 2], B) {
A.f() -> Node.x, B.x: begin
rec Next {
${lines.join('\n')}
${some.length === 0 ? last : `if A.b() {\n${some.join('\n')}\ncontinue Next\n} else {\n${last}\n}`}
}
}`.replaceAll('@', () => `m${label++}`);
  });

/** A choreography in which some are picked once, or in a loop of which not all are told. */
function aroundPick(alone: readonly string[], how: string, server: boolean, after: readonly string[]): string {
  const pick = [...alone, ...after];
  const lines =
    how === 'late'
      ? ['rec Next {', ...alone, 'if A.b() -> B { continue Next }', '}', ...after]
      : how === 'once'
        ? pick
        : how === 'again'
          ? ['while A.b() -> B {', ...pick, '}']
          : ['while A.b() -> Node, B {', ...pick, '}'];
  return `choreography Any(A, ${server ? 'server ' : ''}Node[n >= 2], B) {\n${lines.join('\n')}\n}`;
}

/** What is done with a member that was picked, by roles of which some are told; all labels are different. */
function withPicked(): fc.Arbitrary<readonly string[]> {
  const index = fc.constantFrom('k', 'k', '(k + 1) % n', '(k + n - 1) % n', '0', 'n - 1');
  const label = fc.constantFrom('a', 'b', 'c', 'd');
  const line = fc.oneof(
    { weight: 4, arbitrary: fc.tuple(index, label).map(([at, name]) => `A.f() -> Node[${at}].x: ${name}`) },
    { weight: 2, arbitrary: index.map((at) => `Node[${at}].f() -> A.y`) },
    fc.constantFrom(
      'A.f() -> B.x',
      'A.f() -> Node.z: e',
      'Node[k].f() -> Node[(k + 1) % n].x',
      'Node[k].g()',
      'Node[(k + 1) % n].x = f()',
      'A -> Node[k], Node[(k + 1) % n]: both',
      'Node[k].f() -> B.x',
      'A.k -> B.y',
      'for j in Node { A.f() -> Node[j].x: f }',
      'if A.b() -> Node[k] { A.f() -> Node[k].x: g }',
      'while A.b() -> Node[k] { A.f() -> Node[k].x: h }',
    ),
  );
  // Of two messages with one label, round a loop, only one may be written.
  return fc.uniqueArray(line, { minLength: 1, maxLength: 4, selector: (each) => /: (\w+)$/.exec(each)?.[1] ?? each });
}

/**
 * Texts of one choreography `Any` each, in which a member of a family of two or more is picked, once or again and
 * again; `f` gives an int, `b` a bool, and `g` nothing.
 */
export const pickChoreographies = fc
  .tuple(
    fc.boolean(),
    fc.constantFrom('Node', 'Node', 'Node[1 until n]', 'Node[0 until n - 1]'),
    fc.constantFrom('', '', ' -> B', ' -> Node', ' -> Node, B', ' -> Node[1 until n]'),
    withPicked(),
    fc.constantFrom('once', 'again', 'again', 'told', 'late'),
    fc.constantFrom([], [], ['A.f() -> Node.z: last'], ['A.f() -> B.z']),
  )
  .map(([server, range, told, body, how, after]) => {
    const alone = [`pick k in ${range} by A.f()${told} {`, ...body, '}'];
    return aroundPick(alone, how, server, after);
  });

/** What is done with several members that were picked, by roles of which some are told; all labels are different. */
function withSome(count: number | undefined): fc.Arbitrary<readonly string[]> {
  const line = fc.oneof(
    {
      weight: 4,
      arbitrary: fc
        .tuple(fc.constantFrom('k', 'k', 'k', '0'), fc.constantFrom('a', 'b', 'c', 'd'))
        .map(([at, name]) => `A.f() -> Node[${at}].x: ${name}`),
    },
    fc.constantFrom(
      'Node[k].f() -> A.ys',
      'A.f() -> B.x',
      'A.f() -> Node.z: e',
      'Node[k].g()',
      'Node[k].x = f()',
      'Node[0].x = f()',
      'A -> Node[k], B: both',
      'Node[k].f() -> B.xs',
      'A.k -> B.ks',
      'Node.h(k)',
      'Node[0].f() -> A.y',
      'A.(f(), f()) -> Node[k].(x, y)',
      'at Node[k] { w = f(); v = w }',
      'for j in Node { A.f() -> Node[j].x: f }',
      'if A.b() -> Node[k] { A.f() -> Node[k].x: g }',
      'while A.b() -> Node[k] { A.f() -> Node[k].x: m }',
      'match A.o() -> Node[k].o, B { case some(p) { Node[k].p -> A.ps } case none { A -> Node[k]: h } }',
      'pick m in Node by A.f() -> Node, B { A.f() -> Node[m].x: i }',
      'pick some m in Node by A.fs() -> Node, B { A.f() -> Node[m].x: j; Node[m].f() -> B.ms }',
      ...(count === undefined
        ? []
        : [
            'Node[k].f() -> A.ys any 1',
            'Node[k].f() -> A.ys any majority by who: l',
            'A.f(), Node[k].f() -> B.xs any 2',
          ]),
    ),
  );
  return fc.uniqueArray(line, { minLength: 1, maxLength: 4, selector: (each) => /: (\w+)$/.exec(each)?.[1] ?? each });
}

/**
 * Texts of one choreography `Any` each, in which several members of a family of two or more are picked, once or again
 * and again; `fs` gives a list of ints, `o` an option of one, and `h` takes such a list, besides what is above.
 */
export const pickSomeChoreographies = fc
  .constantFrom(undefined, undefined, 1, 2)
  .chain((count) =>
    fc.tuple(
      fc.constant(count),
      fc.boolean(),
      count === 2 ? fc.constant('Node') : fc.constantFrom('Node', 'Node', 'Node[1 until n]', 'Node[0 until n - 1]'),
      fc.constantFrom('', '', ' -> B', ' -> Node', ' -> Node, B', ' -> Node[1 until n]'),
      withSome(count),
      fc.constantFrom('once', 'again', 'again', 'told', 'late'),
      fc.constantFrom([], [], ['A.f() -> Node.z: last'], ['A.f() -> B.z']),
    ),
  )
  .map(([count, server, range, told, body, how, after]) => {
    const alone = [`pick ${count ?? 'some'} k in ${range} by A.fs()${told} {`, ...body, '}'];
    return aroundPick(alone, how, server, after);
  });

/**
 * Texts of one choreography `Any` each, in which members of a family of two or more do something at the same time: in
 * rounds, and in branches, alone and in loops over members; what rounds bind is read behind them, where it may be.
 */
export const threadChoreographies = fc
  .array(
    fc.oneof(
      fc
        .tuple(
          fc.constantFrom('Node', 'Node', '0 until n - 1', '1 until n', 'Node[1 until n]'),
          fc.array(
            fc.constantFrom(
              'Node[i].f() -> Node[(i + 1) % n].@',
              'Node[(i + 1) % n].f() -> Node[i].@',
              'Node[i].f() -> Node[(i + n - 1) % n].@',
              'A.f() -> Node[i].@',
              'A.i -> Node[(i + 1) % n].@',
              'Node[i].f() -> A.#[i]',
              'Node[i].f() -> B.#[i]',
              'Node[i].@ = f()',
              'A.f() -> B.#',
            ),
            { minLength: 1, maxLength: 3 },
          ),
          fc.constantFrom('', '', 'Node.z = f()', 'Node.z = @', 'Node[0].z = @'),
        )
        .map(([range, body, after]) => ({ lines: [`par i in ${range} {`, ...body, '}', after] })),
      fc
        .tuple(
          fc.constantFrom(undefined, 'Node', '0 until n - 1', '1 until n'),
          fc.array(
            fc.array(
              fc.constantFrom(
                'A.f() -> Node[0].@',
                'A.f() -> Node[n - 1].@',
                'A.f() -> Node.@',
                'Node.f() -> B.#',
                'Node[n - 1].f() -> A.#',
                'for j in Node { B.f() -> Node[j].@ }',
                'for j in 0 until n - 1 { Node[j].f() -> Node[j + 1].@ }',
                'I.f() -> A.#',
                'A.f() -> I.@',
                'I.@ = f()',
              ),
              { minLength: 1, maxLength: 2 },
            ),
            { minLength: 2, maxLength: 3 },
          ),
          fc.constantFrom('', '', 'Node.z = f()', 'Node[0].z = @'),
        )
        .map(([range, branches, after]) => {
          const par = `par ${branches.map((body) => `{ ${body.join('; ')} }`).join(' and ')}`.replaceAll(
            'I.',
            range === undefined ? 'Node[1].' : 'Node[i].',
          );
          return { lines: [range === undefined ? par : `for i in ${range} { ${par} }`, after] };
        }),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((parts) => {
    let made = 0;
    const lines = parts.flatMap(({ lines: own }) => {
      // One variable of members, in all that is done at the same time; each message has a label of its own.
      const part = made++;
      const isWritten = own.slice(0, -1).some((line) => line.includes('@'));
      return own.map((line, i) =>
        (isWritten || i < own.length - 1 ? line : line.replace('@', 'f()'))
          .replaceAll(/-> [^;}]*/g, (message) => `${message.trimEnd()}: m${made++} `)
          .replaceAll('@', `x${part}`)
          .replaceAll('#', () => `y${made++}`),
      );
    });
    return `choreography Any(A, B, Node[n >= 2]) {\n${lines.join('\n')}\n}`;
  });
