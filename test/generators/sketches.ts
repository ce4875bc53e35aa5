// Random protocols without data: messages, choices, loops and calls, in all ways that make it hard to find out what was
// chosen. They shrink, because they are read off a list of numbers.
import fc from 'fast-check';

/** Texts with the choreography `Main` and some that it may call; what can't be reached is not written. */
export function sketches(size = 10): fc.Arbitrary<string> {
  return fc
    .array(fc.nat(9999), { minLength: 10, maxLength: 25 * size, size: 'max' })
    .map((numbers) => new Sketcher(numbers, size).file());
}

interface Signature {
  readonly name: string;
  readonly roles: readonly string[];
}
/**
 * `lead` sends and decides most often, so that there is something to be found out; `loops` can be continued, as nothing
 * follows in them.
 */
interface Place {
  readonly lead: string;
  readonly roles: readonly string[];
  readonly loops: readonly string[];
  readonly depth: number;
  readonly tail: boolean;
}
interface Lines {
  readonly lines: readonly string[];
  readonly ends: boolean;
}

class Sketcher {
  private position = 0;
  private budget = 0;
  private readonly signatures: Signature[] = [];

  constructor(
    private readonly numbers: readonly number[],
    private readonly size: number,
  ) {}

  file(): string {
    const subs = this.below(3);
    for (let i = 0; i < subs; i++)
      this.signatures.push({ name: `Sub${i}`, roles: ['P', 'Q', 'R'].slice(0, 2 + (this.below(3) === 2 ? 1 : 0)) });
    this.signatures.push({ name: 'Main', roles: ['A', 'B', 'C'].slice(0, 2 + (this.below(3) === 2 ? 1 : 0)) });
    return `${this.signatures.map((signature) => this.choreography(signature)).join('\n')}\n`;
  }

  private choreography({ name, roles }: Signature): string {
    this.budget = name === 'Main' ? this.size : Math.ceil(this.size / 3);
    const { lines } = this.block({ roles, lead: this.pick(roles), loops: [], depth: 0, tail: true });
    return `choreography ${name}(${roles.join(', ')}) {\n${lines.map((line) => `  ${line}`).join('\n')}\n}`;
  }

  private below(n: number): number {
    return n <= 1 ? 0 : (this.numbers[this.position++] ?? 0) % n;
  }

  private pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }

  private leading(place: Place): string {
    return this.below(4) === 3 ? this.pick(place.roles) : place.lead;
  }

  private message(place: Place, sender = this.leading(place)): string {
    const receiver = this.pick(place.roles.filter((role) => role !== sender));
    return `${sender} -> ${receiver}: ${this.pick(['a', 'b', 'c', 'd', 'e', 'f'])}`;
  }

  /** A few statements, the last one where all that is around goes on. */
  private block(place: Place): Lines {
    const lines: string[] = [];
    const count = place.depth === 0 ? 4 : 1 + this.below(3);
    for (let i = 0; i < count; i++) {
      if (this.budget-- <= 0) break;
      const last = i === count - 1;
      const part = this.statement({ ...place, tail: place.tail && last, loops: last ? place.loops : [] });
      lines.push(...part.lines);
      if (!part.ends) return { lines, ends: false };
    }
    return { lines, ends: true };
  }

  private statement(place: Place): Lines {
    if (place.depth > 3) return { lines: [this.message(place)], ends: true };
    switch (this.below(13)) {
      case 0:
      case 1:
      case 2:
      case 3:
        return { lines: [this.message(place)], ends: true };
      case 4:
      case 5:
      case 6:
        return this.choice(place);
      case 7:
      case 8:
      case 9:
      case 10:
        return this.loop(place);
      case 11:
        return this.call(place);
      default:
        return this.either(place);
    }
  }

  private choice(place: Place): Lines {
    const decider = this.leading(place);
    // Two branches that only go round the same loop are none to choose between.
    const loops = [...place.loops];
    const branches = Array.from({ length: 2 + (this.below(4) === 3 ? 1 : 0) }, (): Lines => {
      if (loops.length > 0 && this.below(2) === 1)
        return { lines: [`continue ${loops.splice(this.below(loops.length), 1)[0] ?? ''}`], ends: false };
      const first = this.message(place, decider);
      const rest = this.below(4) === 0 ? { lines: [], ends: true } : this.block({ ...place, depth: place.depth + 1 });
      if (rest.ends && place.loops.length > 0 && this.below(3) === 1)
        return { lines: [first, ...rest.lines, `continue ${this.pick(place.loops)}`], ends: false };
      return { lines: [first, ...rest.lines], ends: rest.ends };
    });
    const inner = branches.map(({ lines }) => lines.map((line) => `  ${line}`));
    return {
      lines: [`choice at ${decider} {`, ...inner.flatMap((lines, i) => (i > 0 ? ['} or {', ...lines] : lines)), '}'],
      ends: branches.some((branch) => branch.ends),
    };
  }

  /**
   * A role hears of a decision from whom it concerns: from one role on one way, from another on the other, perhaps with
   * an answer before it goes on.
   */
  private either(place: Place): Lines {
    const [decider, other, third] = [place.lead, ...place.roles.filter((role) => role !== place.lead)];
    if (!other || !third) return { lines: [this.message(place)], ends: true };
    const [one, two] = ['a', 'b', 'c', 'd', 'e', 'f']
      .filter((_, i, all) => i >= this.below(all.length - 1))
      .concat('e', 'f') as [string, string];
    const answer =
      [
        [],
        [`${third} -> ${decider}: f`],
        [`${third} -> ${other}: f`],
        [`${third} -> ${decider}: e`, `${decider} -> ${other}: e`],
      ][this.below(4)] ?? [];
    const first = [`${decider} -> ${third}: ${one}`, ...answer, `${decider} -> ${other}: ${one}`];
    const second = [`${decider} -> ${other}: ${two}`, `${other} -> ${third}: ${this.pick([one, two])}`, ...answer];
    return {
      lines: [
        `choice at ${decider} {`,
        ...first.map((line) => `  ${line}`),
        '} or {',
        ...second.map((line) => `  ${line}`),
        '}',
      ],
      ends: true,
    };
  }

  private loop(place: Place): Lines {
    const name = `X${place.depth}${place.loops.length}`;
    const first = this.message(place);
    const body = this.block({ ...place, depth: place.depth + 1, loops: [...place.loops, name] });
    const again = body.ends && this.below(3) === 1;
    const lines = [
      `rec ${name} {`,
      `  ${first}`,
      ...body.lines.map((line) => `  ${line}`),
      ...(again ? [`  continue ${name}`] : []),
      '}',
    ];
    return { lines, ends: body.ends && !again };
  }

  private call(place: Place): Lines {
    const callee = this.pick(this.signatures);
    if (callee.roles.length > place.roles.length) return { lines: [this.message(place)], ends: true };
    const free = [...place.roles];
    const roles = callee.roles.map(() => free.splice(this.below(free.length), 1)[0] ?? '');
    return { lines: [`do ${callee.name}(${roles.join(', ')})`], ends: true };
  }
}
