// Random networks whose processes fit together, written apart from any choreography: messages, told decisions, loops;
// and with messages that cross.
import fc from 'fast-check';

export const roles = ['A', 'B', 'C'];

/** One line of text or more for each role. */
type Parts = readonly string[];

const joined = (list: readonly Parts[]): Parts =>
  roles.map((_, i) =>
    list
      .map((parts) => parts[i])
      .filter(Boolean)
      .join('\n'),
  );

const message: fc.Arbitrary<Parts> = fc
  .tuple(fc.constantFrom(...roles), fc.constantFrom(...roles), fc.constantFrom('', ': a', ': b'))
  .filter(([p, q]) => p !== q)
  .map(([p, q, label]) =>
    roles.map((r) => (r === p ? `send to ${q}${label}` : r === q ? `receive from ${p}${label}` : '')),
  );

const told = (decider: string, first: Parts, second: Parts): Parts =>
  roles.map((r, i) => {
    const tells = (label: string): string =>
      roles
        .filter((o) => o !== r)
        .map((o) => `send to ${o}: ${label}`)
        .join('\n');
    if (r === decider) return `choice {\n${tells('l')}\n${first[i]}\n} or {\n${tells('r')}\n${second[i]}\n}`;
    return `receive from ${decider} {\nl {\n${first[i]}\n}\nr {\n${second[i]}\n}\n}`;
  });

const steps = (depth: number): fc.Arbitrary<Parts> =>
  fc
    .array(
      depth === 0
        ? message
        : fc.oneof(
            { weight: 3, arbitrary: message },
            {
              weight: 1,
              arbitrary: fc
                .tuple(fc.constantFrom(...roles), steps(depth - 1), steps(depth - 1))
                .map(([p, x, y]) => told(p, x, y)),
            },
          ),
      { maxLength: 4 },
    )
    .map(joined);

const looping = fc
  .tuple(fc.constantFrom(...roles), steps(1), steps(0), fc.boolean())
  .map(([p, again, end, endless]) => {
    if (endless) return joined([message_(p), again]).map((text) => `rec X {\n${text}\ncontinue X\n}`);
    return told(
      p,
      again.map((text) => `${text}\ncontinue X`),
      end,
    ).map((text) => `rec X {\n${text}\n}`);
  });

/** A message to each other role, so that all take part in a round. */
function message_(from: string): Parts {
  return roles.map((r) =>
    r === from
      ? roles
          .filter((o) => o !== r)
          .map((o) => `send to ${o}`)
          .join('\n')
      : `receive from ${from}`,
  );
}

/** Lets some processes send before they receive what they would have received first. */
function crossed(parts: Parts, places: readonly number[]): Parts {
  const lines = parts.map((text) => text.split('\n'));
  for (const place of places) {
    const list = lines[place % roles.length] ?? [];
    const pairs = list.flatMap((line, i) =>
      /^receive from \w+(: \w+)?$/.test(line) && /^send/.test(list[i + 1] ?? '') ? [i] : [],
    );
    const at = pairs[Math.floor(place / roles.length) % Math.max(1, pairs.length)];
    if (at !== undefined) list.splice(at, 2, list[at + 1] ?? '', list[at] ?? '');
  }
  return lines.map((text) => text.join('\n'));
}

/** The text of a network `N`. */
export const networks: fc.Arbitrary<string> = fc
  .tuple(steps(2), fc.option(looping), fc.array(fc.nat(300), { maxLength: 4 }))
  .map(([first, loop, places]) => crossed(loop ? joined([first, loop]) : first, places))
  .map((bodies) => `network N {\n${bodies.map((body, i) => `process ${roles[i]} {\n${body}\n}`).join('\n')}\n}\n`);
