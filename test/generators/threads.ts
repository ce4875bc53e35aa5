// Random choreographies with branches that go on at the same time: variables that are shared and of a branch's own,
// steps of several, decisions that are told, loops, calls and `par` within `par`. Mostly right; sometimes two branches
// have one label, or a decision is not told.
import fc from 'fast-check';

const roles = ['A', 'B', 'C'] as const;

/** What is drawn from: each number is used once, 0 where there are no more. */
class Source {
  private at = 0;
  /** Labels so far. */
  labels = 0;
  constructor(private readonly numbers: readonly number[]) {}

  below(n: number): number {
    return (this.numbers[this.at++] ?? 0) % n;
  }

  label(): string {
    // Once in a while one that was there before.
    return `l${this.labels > 0 && this.below(40) === 39 ? this.below(this.labels) : this.labels++}`;
  }
}

/** The variables of each role that have values, whole numbers all. */
type Known = ReadonlyMap<string, readonly string[]>;

function other(from: Source, role: string): string {
  return roles.filter((each) => each !== role)[from.below(2)] ?? 'A';
}

function value(from: Source, known: Known, role: string): string {
  const names = known.get(role) ?? [];
  const name = names[from.below(names.length)] ?? '1';
  return from.below(3) === 0 ? `${name} + ${from.below(3)}` : name;
}

function lines(
  from: Source,
  known: Map<string, readonly string[]>,
  deep: number,
  prefix: string,
  count: number,
): string[] {
  const bind = (role: string): string => {
    const name = from.below(3) === 0 ? (known.get(role)?.[0] ?? 'n') : `${prefix}${from.below(3)}`;
    known.set(role, [...new Set([...(known.get(role) ?? []), name])]);
    return name;
  };
  const indent = (inner: readonly string[]): string => inner.map((line) => `  ${line}`).join('\n');
  const found: string[] = [];
  for (let i = 0; i < count; i++) {
    const role = roles[from.below(3)] ?? 'A';
    const to = other(from, role);
    switch (deep > 0 ? from.below(9) : from.below(5)) {
      case 0:
      case 1: {
        const sent = value(from, known, role);
        found.push(`${role}.${sent} -> ${to}.${bind(to)}: ${from.label()}`);
        break;
      }
      case 2: {
        const set = value(from, known, role);
        found.push(`${role}.${bind(role)} = ${set}`);
        break;
      }
      case 3: {
        const [first, second] = [value(from, known, role), value(from, known, role)];
        found.push(
          `at ${role} {\n  ${bind(role)} = ${first}\n  if ${second} > 1 { ${known.get(role)?.[0] ?? 'n'} = ${second} }\n}`,
        );
        break;
      }
      case 4:
        found.push(`${role} -> ${to}: ${from.label()}`);
        break;
      case 5:
      case 6: {
        const others = roles.filter((each) => each !== role).map((each) => `${role} -> ${each}: ${from.label()}`);
        const [yes, no] = [
          from.below(20) === 19 ? [] : others,
          roles.filter((each) => each !== role).map((each) => `${role} -> ${each}: ${from.label()}`),
        ];
        const guard = value(from, known, role);
        found.push(
          `if ${role}.${guard} > 1 {\n${indent([...yes, ...lines(from, new Map(known), deep - 1, prefix, 1)])}\n} else {\n${indent([...no, ...lines(from, new Map(known), deep - 1, prefix, 1)])}\n}`,
        );
        break;
      }
      case 7: {
        const branches = [`${prefix}p`, `${prefix}q`].map((own) =>
          indent(lines(from, new Map(known), deep - 1, own, 1 + from.below(2))),
        );
        found.push(`par {\n${branches.join('\n} and {\n')}\n}`);
        break;
      }
      case 8:
        found.push(`do Pass(${role}(${value(from, known, role)}), ${to})`);
        break;
    }
  }
  return found;
}

/** Choreographies of three roles, called `Main`, with a `par` that stands between other statements. */
export const threadedChoreographies: fc.Arbitrary<string> = fc
  .array(fc.nat(9999), { minLength: 20, maxLength: 120, size: 'max' })
  .map((numbers) => {
    const from = new Source(numbers);
    const known = new Map<string, readonly string[]>(roles.map((role) => [role, ['n']]));
    const before = lines(from, known, 0, 'x', from.below(3));
    const branches = Array.from({ length: 2 + from.below(2) }, (_, i) =>
      lines(from, new Map(known), 2, 'uvw'.charAt(i), 1 + from.below(3))
        .map((line) => line.replace(/^/gm, '    '))
        .join('\n'),
    );
    const after = lines(from, known, 0, 'y', from.below(3));
    const indented = (all: readonly string[]): string => all.map((line) => `${line.replace(/^/gm, '  ')}\n`).join('');
    return `choreography Pass(P(n: int), Q) {\n  P.n -> Q.m: pass\n}\n\nchoreography Main(A(n: int), B(n: int), C(n: int)) {\n${indented(before)}  par {\n${branches.join('\n  } and {\n')}\n  }\n${indented(after)}}\n`;
  });
