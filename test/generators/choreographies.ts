// Random choreographies as text: every construct of the core, typed, mostly with the knowledge of choice that they
// need, and sometimes without. They shrink, because they are read off a list of numbers, and every choice has its
// simplest at 0.
import fc from 'fast-check';

export interface Program {
  /** A whole file; the choreography `Main` stands in it, which may call others. */
  readonly text: string;
  /** Numbers for inputs, unstated choices and answers of the host program. */
  readonly oracle: readonly number[];
}

/**
 * Programs of up to about `size` statements.
 * @param late with decisions that others find out late: round loops, in calls, behind the same messages, under other
 *   names
 * @param servers with roles that may wait for ever
 */
export function programs(size = 14, late = false, servers = false): fc.Arbitrary<Program> {
  return fc
    .tuple(
      fc.array(fc.nat(9999), { minLength: 10, maxLength: 40 * size, size: 'max' }),
      fc.array(fc.nat(3), { minLength: 4, maxLength: 12 }),
    )
    .map(([numbers, oracle]) => ({ text: new Generator(numbers, size, late, servers).file(), oracle }));
}

type Kind = 'int' | 'bool' | 'pair' | 'verdict';

/** The variables that have a value for sure, by role. */
type Env = Map<string, Map<string, Kind>>;

const variables: Record<Kind, readonly string[]> = {
  int: ['x', 'y', 'z'],
  bool: ['ok'],
  pair: ['pr'],
  verdict: ['vd'],
};
const labels = ['go', 'stop', 'more', 'item', '^receive', 'from'];

/** `results`: the places of the roles that give one back. */
interface Signature {
  name: string;
  roles: string[];
  results: readonly number[];
  recursive: boolean;
  item?: boolean;
}
interface Place {
  readonly env: Env;
  readonly roles: readonly string[];
  readonly depth: number;
  readonly loops: readonly string[];
  readonly callees: readonly Signature[];
}

class Generator {
  private position = 0;
  private budget: number;
  private counters = 0;

  constructor(
    private readonly numbers: readonly number[],
    private readonly size: number,
    private readonly late: boolean,
    private readonly servers: boolean,
  ) {
    this.budget = size;
  }

  file(): string {
    const declarations = [
      'record Pair { left: int, right: int }',
      'enum Verdict { accept, reject, maybe(why: int) }',
      'extern ask(n: int): int',
      'extern log(n: int)',
      'function twice(n: int): int = n * 2',
      'const unit = 2',
      'const most = twice(unit) + 1',
    ];
    const subs: Signature[] = Array.from({ length: this.below(3) }, (_, i) => ({
      name: `Sub${i}`,
      roles: ['P', 'Q', 'R'].slice(0, 2 + this.below(2)),
      results: this.chance(40) ? ([[0], [1], [0, 1]][this.below(3)] ?? []) : [],
      recursive: this.chance(50),
    }));
    if (this.late) subs.push({ name: 'Items', roles: ['P', 'Q'], results: [], recursive: false, item: true });
    const texts = subs.map((sub, i) => this.choreography(sub, subs, i));
    this.budget = this.size;
    const main = this.choreography(
      {
        name: 'Main',
        roles: ['A', 'B', 'C', 'D'].slice(0, 2 + this.below(3)),
        results: this.chance(30) ? [0] : [],
        recursive: false,
      },
      subs,
      subs.length,
    );
    return `${[...declarations, ...texts, main].join('\n')}\n`;
  }

  /**
   * Every role has the inputs `n` and `b`; the first also a verdict. A recursive one counts `n` of its first role down.
   */
  private choreography(signature: Signature, all: readonly Signature[], index: number): string {
    const env: Env = new Map(
      signature.roles.map((role, i) => [
        role,
        new Map<string, Kind>([['n', 'int'], ['b', 'bool'], ...(i === 0 ? [['v', 'verdict'] as [string, Kind]] : [])]),
      ]),
    );
    const server = (i: number): string =>
      this.servers && !signature.results.includes(i) && this.chance(60) ? 'server ' : '';
    const header = signature.roles
      .map((role, i) => `${server(i)}${role}(n: int, b: bool${i === 0 ? ', v: Verdict' : ''})`)
      .join(', ');
    // Calls go to earlier ones, but for the guarded recursion.
    const place: Place = { env, roles: signature.roles, depth: 0, loops: [], callees: all.slice(0, index) };
    this.budget = signature.name === 'Main' ? this.size : Math.ceil(this.size / 3);
    const lines = signature.item ? this.items(place) : this.block(place);
    if (signature.recursive) lines.push(...this.recursion(signature, all, index, env));
    const results = signature.results.map((place) => signature.roles[place] ?? '');
    const type = results.length > 0 ? `: ${results.map((role) => `int@${role}`).join(', ')}` : '';
    if (results.length > 0)
      lines.push(`return ${results.map((role) => `${role}.${this.intExpr(env, role)}`).join(', ')}`);
    return `choreography ${signature.name}(${header})${type} {\n${indent(lines)}\n}`;
  }

  /** A call of itself or of a later choreography with the first role's `n` one less, where it is positive. */
  private recursion(signature: Signature, all: readonly Signature[], index: number, env: Env): string[] {
    const later = all.slice(index).filter((other) => other.recursive && other.roles.length <= signature.roles.length);
    const callee = later[this.below(later.length)] ?? signature;
    const [first = '', ...others] = signature.roles;
    const args = callee.roles.map((_, i) =>
      this.argument(env, signature.roles[i] ?? '', i, i === 0 ? 'n - 1' : undefined),
    );
    return [`if ${first}.n > 0 -> ${others.join(', ')} {`, `  do ${callee.name}(${args.join(', ')})`, '}'];
  }

  private argument(env: Env, role: string, index: number, n?: string): string {
    return `${role}(${n ?? this.intExpr(env, role)}, ${this.boolExpr(env, role)}${index === 0 ? `, ${this.verdictExpr(env, role)}` : ''})`;
  }

  private next(): number {
    return this.numbers[this.position++] ?? 0;
  }

  /** A number below n; 0 when the numbers are used up. */
  private below(n: number): number {
    return n <= 1 ? 0 : this.next() % n;
  }

  private chance(percent: number): boolean {
    return this.next() % 100 >= 100 - percent;
  }

  private pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }

  private block(place: Place): string[] {
    const lines: string[] = [];
    const count = place.depth === 0 ? this.size : 1 + this.below(3);
    for (let i = 0; i < count && this.budget > 0 && this.position < this.numbers.length; i++) {
      this.budget--;
      lines.push(...this.statement(place));
    }
    return lines;
  }

  private statement(place: Place): string[] {
    if (place.loops.length > 0 && this.chance(12)) return this.leaving(place);
    const deep = place.depth >= 3;
    const kind = this.below(deep ? 8 : this.late ? 29 : 17);
    switch (kind) {
      case 17:
      case 18:
        return this.unfolded(place);
      case 19:
      case 20:
        return this.nested(place);
      case 21:
      case 22:
        return this.behindCall(place);
      case 23:
        return this.behindSame(place);
      case 24:
      case 25:
        return this.ticks(place);
      case 26:
      case 27:
        return this.otherNames(place);
      case 28:
        return this.round(place);
      case 0:
      case 1:
      case 2:
      case 3:
      case 4:
        return [this.communication(place)];
      case 5:
        return place.roles.length > 2 && this.chance(40) ? this.gather(place) : [this.multicast(place)];
      case 6:
        return [this.assignment(place)];
      case 7:
        return this.chance(30) ? [`${this.pick(place.roles)}.log(${this.below(5)})`] : [this.communication(place)];
      case 8:
      case 9:
        return this.told(place, 'if');
      case 10:
        return this.told(place, 'match');
      case 11:
        return this.told(place, 'choice');
      case 12:
        return this.labelled(place);
      case 13:
        return this.shared(place);
      case 14:
        return this.loop(place);
      case 15:
        return this.rec(place);
      default:
        return this.call(place);
    }
  }

  private two(place: Place): [string, string] {
    const p = this.pick(place.roles);
    const rest = place.roles.filter((role) => role !== p);
    return [p, this.pick(rest)];
  }

  private communication(place: Place): string {
    const [p, q] = this.two(place);
    return this.message(place, p, q, this.chance(50) ? this.pick(labels) : undefined);
  }

  /** One of the forms of a message from p to q. */
  private message(place: Place, p: string, q: string, label: string | undefined): string {
    const suffix = label ? `: ${label}` : '';
    switch (this.below(8)) {
      case 0:
        return `${p} -> ${q}: ${label ?? this.pick(labels)}`;
      case 1:
        return `${p} -> ${q}: ${label ?? this.pick(labels)}(int, string)`;
      case 2:
        return `${p}.${this.intExpr(place.env, p)} -> ${q}${suffix}`;
      default: {
        if (this.chance(20)) {
          const kinds = this.kinds();
          return `${p}.${this.tuple(place.env, p, kinds)} -> ${q}.${this.parts(place, q, kinds)}${suffix}`;
        }
        const kind = this.pick<Kind>(['int', 'int', 'int', 'bool', 'pair', 'verdict']);
        const text = `${p}.${this.expr(place.env, p, kind)} -> ${q}.`;
        if (kind === 'pair' && this.chance(40)) return `${text}Pair${this.parts(place, q, ['int', 'int'])}${suffix}`;
        return `${text}${this.bind(place, q, kind)}${suffix}`;
      }
    }
  }

  private multicast(place: Place): string {
    const [p] = this.two(place);
    const others = place.roles.filter((role) => role !== p);
    if (this.chance(20)) {
      const kinds = this.kinds();
      const values = this.tuple(place.env, p, kinds);
      return `${p}.${values} -> ${others.map((q) => `${q}.${this.parts(place, q, kinds)}`).join(', ')}`;
    }
    const kind = this.pick<Kind>(['int', 'bool']);
    const value = this.expr(place.env, p, kind);
    return `${p}.${value} -> ${others.map((q) => `${q}.${this.bind(place, q, kind)}`).join(', ')}${this.chance(40) ? `: ${this.pick(labels)}` : ''}`;
  }

  private kinds(): readonly Kind[] {
    return this.pick<readonly Kind[]>([
      ['int', 'bool'],
      ['int', 'int'],
      ['bool', 'verdict', 'int'],
    ]);
  }

  /** Several values. */
  private tuple(env: Env, role: string, kinds: readonly Kind[]): string {
    return `(${kinds.map((kind) => this.expr(env, role, kind)).join(', ')})`;
  }

  /** A pattern that takes several values, or some of them. */
  private parts(place: Place, role: string, kinds: readonly Kind[]): string {
    const taken = new Set<string>();
    const part = (kind: Kind): string => {
      const free = variables[kind].filter((name) => !taken.has(name));
      if (free.length === 0 || this.chance(15)) return '_';
      const name = this.pick(free);
      taken.add(name);
      place.env.get(role)?.set(name, kind);
      return name;
    };
    return `(${kinds.map(part).join(', ')})`;
  }

  /** What several send, all of it or the first; a number is made of the list. */
  private gather(place: Place): string[] {
    const to = this.pick(place.roles);
    const senders = place.roles.filter((role) => role !== to);
    const quorum = this.pick(['', ' any 1', ' any majority', ' any 1 by who', ` any ${senders.length}`]);
    const from = senders.map((role) => `${role}.${this.intExpr(place.env, role)}`).join(', ');
    const value = `first(list)${quorum.endsWith('who') ? ' + first(who)' : ''}`;
    return [
      `${from} -> ${to}.list${quorum}${this.chance(40) ? `: ${this.pick(labels)}` : ''}`,
      `${to}.${this.bind(place, to, 'int')} = ${value}`,
    ];
  }

  private bind(place: Place, role: string, kind: Kind): string {
    const name = this.pick(variables[kind]);
    place.env.get(role)?.set(name, kind);
    return name;
  }

  private assignment(place: Place): string {
    const role = this.pick(place.roles);
    if (this.chance(25)) {
      const kinds = this.kinds();
      const values = this.tuple(place.env, role, kinds);
      return `${role}.${this.parts(place, role, kinds)} = ${values}`;
    }
    const kind = this.pick<Kind>(['int', 'bool', 'pair', 'verdict']);
    if (kind === 'pair' && this.chance(30)) {
      const pair = this.expr(place.env, role, kind);
      return `${role}.Pair${this.parts(place, role, ['int', 'int'])} = ${pair}`;
    }
    const value = this.expr(place.env, role, kind);
    return `${role}.${this.bind(place, role, kind)} = ${value}`;
  }

  private known(env: Env, role: string, kind: Kind): string[] {
    return [...(env.get(role) ?? [])].filter(([, k]) => k === kind).map(([name]) => name);
  }

  private expr(env: Env, role: string, kind: Kind): string {
    switch (kind) {
      case 'int':
        return this.intExpr(env, role);
      case 'bool':
        return this.boolExpr(env, role);
      case 'verdict':
        return this.verdictExpr(env, role);
      case 'pair': {
        const known = this.known(env, role, 'pair');
        return known.length > 0 && this.chance(50)
          ? this.pick(known)
          : `Pair(left: ${this.intExpr(env, role)}, right: ${this.below(9)})`;
      }
    }
  }

  private intExpr(env: Env, role: string): string {
    const known = this.known(env, role, 'int');
    const variable = known.length > 0 ? this.pick(known) : '1';
    switch (this.below(10)) {
      case 0:
      case 1:
      case 2:
        return variable;
      case 8: {
        const own = this.pick(['x', 'y', 'w']);
        return `(let ${own} = ${variable} + ${this.below(3)} in ${own} * ${this.below(3)} - ${own})`;
      }
      case 3:
        return this.chance(30) ? this.pick(['unit', 'most']) : String(this.below(9));
      case 4:
        return `${variable} + ${this.below(4)}`;
      case 5:
        return `twice(${variable})`;
      case 6:
        return this.chance(30) ? `ask(${variable})` : variable;
      case 7: {
        const pairs = this.known(env, role, 'pair');
        return pairs.length > 0 ? `${this.pick(pairs)}.left` : variable;
      }
      default:
        return this.chance(70)
          ? `if ${variable} > 2 then 1 else ${variable}`
          : `getOr(get(insert(insert(mapOf([]), ${variable}, ${this.below(9)}), ${this.below(4)}, ${variable}), ${this.below(4)}), ${this.below(9)})`;
    }
  }

  private boolExpr(env: Env, role: string): string {
    const known = this.known(env, role, 'bool');
    if (known.length > 0 && this.chance(50)) return this.pick(known);
    const number = this.pick(this.known(env, role, 'int'));
    return this.chance(15)
      ? `contains(insert(setOf([]), ${number}), ${this.below(3)})`
      : `${number} > ${this.below(3)}`;
  }

  private verdictExpr(env: Env, role: string): string {
    const known = this.known(env, role, 'verdict');
    if (known.length > 0 && this.chance(50)) return this.pick(known);
    return this.pick(['accept', 'reject', `maybe(${this.below(4)})`]);
  }

  /** A decision whose branches are told to the roles in them; now and then one of them is left out. */
  private told(place: Place, form: 'if' | 'match' | 'choice'): string[] {
    const p = this.pick(place.roles);
    const guardEnv = copy(place.env);
    const verdicts = this.known(guardEnv, p, 'verdict');
    const byVerdict = form === 'match' && verdicts.length > 0 && this.chance(60);
    if (byVerdict && this.chance(60)) return this.sent(place, p, this.pick(verdicts));
    const guard =
      form === 'if' ? this.boolExpr(guardEnv, p) : byVerdict ? this.pick(verdicts) : this.intExpr(guardEnv, p);
    const heads =
      form === 'if'
        ? ['', 'else ']
        : form === 'choice'
          ? ['', 'or ']
          : byVerdict
            ? ['case accept ', 'case maybe(w) ', 'else ']
            : ['case 0 ', 'case 1 ', 'else '];
    const branches = this.branches(place, heads.length, (env, i) => {
      if (byVerdict && i === 1) env.get(p)?.set('w', 'int');
    });
    // A variable of a pattern lives in its branch only.
    if (byVerdict) place.env.get(p)?.delete('w');
    const tells = this.tells(place, p, branches.flat());
    const arrow = tells.length > 0 ? ` -> ${tells.join(', ')}` : '';
    if (form === 'choice' && tells.length === 0) return [this.communication(place)];
    if (form === 'match') {
      return [
        `match ${p}.${guard}${arrow} {`,
        ...branches.flatMap((lines, i) => [`  ${heads[i] ?? ''}{`, ...lines.map((line) => `    ${line}`), '  }']),
        '}',
      ];
    }
    const start = form === 'if' ? `if ${p}.${guard}${arrow} {` : `choice at ${p}${arrow} {`;
    const [one = [], two = []] = branches;
    if (form === 'if' && two.length === 0) return [start, ...one.map((line) => `  ${line}`), '}'];
    return [start, ...one.map((line) => `  ${line}`), `} ${heads[1] ?? ''}{`, ...two.map((line) => `  ${line}`), '}'];
  }

  /** A value that is sent, some of those who get it keeping it: its case is the label. */
  private sent(place: Place, p: string, verdict: string): string[] {
    const others = place.roles.filter((role) => role !== p);
    const to = others.filter(() => this.chance(60));
    if (to.length === 0) to.push(this.pick(others));
    const field = this.chance(25) ? '_' : `f${this.counters++}`;
    const kept = to.map((q) => `${q}.${this.chance(30) ? '_' : this.bind(place, q, 'verdict')}`);
    const branches = this.branches(place, 3, (env, i) => {
      if (i === 1 && field !== '_') for (const role of [p, ...to]) env.get(role)?.set(field, 'int');
    });
    for (const role of place.roles) place.env.get(role)?.delete(field);
    const tells = this.tells(place, p, branches.flat()).filter((role) => !to.includes(role));
    const heads = ['case accept', `case maybe(${field})`, 'case reject'];
    return [
      `match ${p}.${verdict} -> ${[...kept, ...tells].join(', ')} {`,
      ...branches.flatMap((lines, i) => [`  ${heads[i] ?? ''} {`, ...lines.map((line) => `    ${line}`), '  }']),
      '}',
    ];
  }

  private branches(place: Place, count: number, prepare: (env: Env, index: number) => void): string[][] {
    const envs = Array.from({ length: count }, () => copy(place.env));
    const result = envs.map((env, i) => {
      prepare(env, i);
      return i > 0 && this.chance(25) ? [] : this.block({ ...place, env, depth: place.depth + 1 });
    });
    intersect(place.env, envs);
    return result;
  }

  private tells(place: Place, decider: string, lines: readonly string[]): string[] {
    const text = lines.join('\n');
    const jumps = /continue|leave/.test(text);
    const involved = place.roles.filter(
      (role) => role !== decider && (jumps || new RegExp(`\\b${role}\\b`).test(text)),
    );
    return this.chance(25) ? involved.filter(() => !this.chance(50)) : involved;
  }

  /** Two roles only, the second told by the labels of its first messages, or of what follows. */
  private labelled(place: Place): string[] {
    const [p, q] = this.two(place);
    const guard = this.boolExpr(place.env, p);
    const pair = { ...place, roles: [p, q], depth: place.depth + 1 };
    const envs = [copy(place.env), copy(place.env)];
    const [one = [], two = []] = envs.map((env, i) => {
      const inner = { ...pair, env };
      if (i === 1 && this.chance(30)) return [];
      return [
        this.message(inner, p, q, i === 0 ? 'go' : 'stop'),
        ...(this.chance(60) ? [this.message(inner, q, p, undefined)] : []),
      ];
    });
    intersect(place.env, envs);
    const rest = two.length === 0 ? [`${p} -> ${q}: ${this.pick(['stop', 'stop', 'go'])}`] : [];
    return [
      `if ${p}.${guard} {`,
      ...one.map((l) => `  ${l}`),
      ...(two.length > 0 ? ['} else {', ...two.map((l) => `  ${l}`)] : []),
      '}',
      ...rest,
    ];
  }

  /** Both decide by the same value; third roles are told, or the branches are for two. */
  private shared(place: Place): string[] {
    const [p, q] = this.two(place);
    const value = this.boolExpr(place.env, p);
    place.env.get(p)?.set('ok', 'bool');
    place.env.get(q)?.set('ok', 'bool');
    const spoil = this.chance(8) ? [`${p}.ok = not ok`] : [];
    const branches = this.branches(place, 2, () => undefined);
    const tells = this.tells(place, p, branches.flat()).filter((role) => role !== q);
    const [one = [], two = []] = branches;
    return [
      `${p}.ok = ${value}`,
      `${p}.ok -> ${q}.ok`,
      ...spoil,
      `if ${p}.ok, ${q}.ok${tells.length > 0 ? ` -> ${tells.join(', ')}` : ''} {`,
      ...one.map((l) => `  ${l}`),
      ...(two.length > 0 ? ['} else {', ...two.map((l) => `  ${l}`)] : []),
      '}',
    ];
  }

  private counter(): string {
    return `k${this.counters++}`;
  }

  private loop(place: Place): string[] {
    const [p, q] = this.two(place);
    const k = this.counter();
    const start = `${p}.${k} = ${1 + this.below(2)}`;
    const step = `${p}.${k} = ${k} - 1`;
    const env = copy(place.env);
    const inner: Place = { ...place, env, depth: place.depth + 1 };
    switch (this.below(4)) {
      case 0: {
        const body = this.block({ ...inner, roles: [p, q] });
        const first = `${p}.${k} -> ${q}.x: more`;
        return [
          start,
          `while ${p}.${k} > 0 {`,
          `  ${step}`,
          `  ${first}`,
          ...body.map((l) => `  ${l}`),
          '}',
          `${p} -> ${q}: ${this.pick(['stop', 'stop', 'stop', 'more'])}`,
        ];
      }
      case 1: {
        const body = this.block(inner);
        const tells = this.tells(place, p, body).filter((role) => role !== q);
        const again = this.chance(8) ? [] : [`  ${p}.${k} -> ${q}.${k}`];
        return [
          start,
          `${p}.${k} -> ${q}.${k}`,
          `while ${p}.${k} > 0, ${q}.${k} > 0${tells.length > 0 ? ` -> ${tells.join(', ')}` : ''} {`,
          ...body.map((l) => `  ${l}`),
          `  ${step}`,
          ...again,
          '}',
        ];
      }
      default: {
        const body = this.block(inner);
        const tells = this.tells(place, p, body);
        return [
          start,
          `while ${p}.${k} > 0${tells.length > 0 ? ` -> ${tells.join(', ')}` : ''} {`,
          `  ${step}`,
          ...body.map((l) => `  ${l}`),
          '}',
        ];
      }
    }
  }

  private rec(place: Place): string[] {
    const p = this.pick(place.roles);
    const k = this.counter();
    const name = `X${place.loops.length}`;
    const env = copy(place.env);
    const inner: Place = { ...place, env, depth: place.depth + 1, loops: [...place.loops, name] };
    const body = this.block(inner);
    const more = this.block({ ...inner, env: copy(env), depth: place.depth + 2 });
    const end = this.block({ ...inner, env: copy(env), depth: place.depth + 2 });
    const tells = this.tells(place, p, [...body, ...more, ...end, 'continue']);
    return [
      `${p}.${k} = ${1 + this.below(2)}`,
      `rec ${name} {`,
      ...body.map((l) => `  ${l}`),
      `  if ${p}.${k} > 0${tells.length > 0 ? ` -> ${tells.join(', ')}` : ''} {`,
      `    ${p}.${k} = ${k} - 1`,
      ...more.map((l) => `    ${l}`),
      `    continue ${name}`,
      '  } else {',
      ...end.map((l) => `    ${l}`),
      '  }',
      '}',
    ];
  }

  /** A loop around that is left early, also from an inner one. */
  private leaving(place: Place): string[] {
    const p = this.pick(place.roles);
    const body = this.chance(50) ? this.block({ ...place, env: copy(place.env), depth: 3 }) : [];
    const tells = this.tells(place, p, ['leave']);
    return [
      `if ${p}.${this.boolExpr(place.env, p)}${tells.length > 0 ? ` -> ${tells.join(', ')}` : ''} {`,
      ...body.map((l) => `  ${l}`),
      `  leave ${this.pick(place.loops)}`,
      '}',
    ];
  }

  /** Messages from P to Q that begin with one of its own, and may be told to go on in a call. */
  private items(place: Place): string[] {
    const lines = [this.message(place, 'P', 'Q', 'item')];
    if (this.chance(50)) lines.push(...this.block({ ...place, depth: 2 }));
    if (this.chance(40)) return lines;
    const again = `do Items(${['P', 'Q'].map((role, i) => this.argument(place.env, role, i, i === 0 ? 'n - 1' : undefined)).join(', ')})`;
    const first = this.chance(50) ? ['  P -> Q: more'] : [];
    return [...lines, 'if P.n > 0 {', ...first, `  ${again}`, '} else {', '  P -> Q: over', '}'];
  }

  /** A loop that is gone round without a word: the first message of the next round tells. */
  private unfolded(place: Place): string[] {
    const [p, q] = this.two(place);
    const k = this.counter();
    const name = `X${place.loops.length}`;
    const inner: Place = { ...place, roles: [p, q], env: copy(place.env), depth: place.depth + 2 };
    const first = this.message(inner, p, q, 'item');
    const body = this.chance(50) ? this.block(inner) : [];
    const again = this.chance(40)
      ? [this.message({ ...inner, env: copy(inner.env) }, p, q, this.pick(['more', 'more', 'item']))]
      : [];
    const end = this.pick(['over', 'over', 'over', 'item']);
    return [
      `${p}.${k} = ${1 + this.below(2)}`,
      `rec ${name} {`,
      `  ${first}`,
      ...body.map((l) => `  ${l}`),
      `  if ${p}.${k} > 0 {`,
      `    ${p}.${k} = ${k} - 1`,
      ...again.map((l) => `    ${l}`),
      `    continue ${name}`,
      '  }',
      ...(this.chance(50) ? [`  ${p} -> ${q}: ${end}`] : []),
      '}',
      ...(this.chance(60) ? [`${p} -> ${q}: ${end}`] : []),
    ];
  }

  /** A loop in a loop, either of which may be gone round. */
  private nested(place: Place): string[] {
    const [p, q] = this.two(place);
    const k = this.counter();
    const inner: Place = { ...place, roles: [p, q], env: copy(place.env), depth: place.depth + 2 };
    const outer = this.message(inner, p, q, 'more');
    const own = this.message(inner, p, q, this.pick(['item', 'item', 'more']));
    const back = this.chance(30) ? [this.message(inner, q, p, undefined)] : [];
    return [
      `${p}.${k} = 2`,
      'rec Y {',
      `  ${outer}`,
      '  rec Z {',
      `    ${own}`,
      ...back.map((l) => `    ${l}`),
      `    ${p}.${k} = ${k} - 1`,
      `    if ${p}.${k} > 1 {`,
      '      continue Z',
      `    } else if ${p}.${k} > ${this.below(2)} {`,
      '      continue Y',
      '    } else {',
      `      ${p} -> ${q}: over`,
      '    }',
      '  }',
      '}',
    ];
  }

  /** A branch in which a called choreography brings the message that tells. */
  private behindCall(place: Place): string[] {
    const [p, q] = this.two(place);
    const callee = place.callees.find((other) => other.item);
    if (!callee) return this.unfolded(place);
    const guard = this.boolExpr(place.env, p);
    const call = (): string =>
      `do ${callee.name}(${this.argument(place.env, p, 0, String(this.below(3)))}, ${this.argument(place.env, q, 1)})`;
    const other = this.chance(25) ? [call()] : [`${p} -> ${q}: ${this.pick(['stop', 'stop', 'item'])}`];
    const after = this.chance(30) ? [this.message({ ...place, env: copy(place.env) }, q, p, undefined)] : [];
    return [
      `if ${p}.${guard} {`,
      `  ${call()}`,
      ...after.map((l) => `  ${l}`),
      '} else {',
      ...other.map((l) => `  ${l}`),
      '}',
      ...(this.chance(40) ? [`${p} -> ${q}: over`] : []),
    ];
  }

  /** The same messages in both branches, to another role as well, and then others. */
  private behindSame(place: Place): string[] {
    const [p, q] = this.two(place);
    const guard = this.boolExpr(place.env, p);
    const inner: Place = { ...place, roles: [p, q], env: copy(place.env), depth: place.depth + 2 };
    const same = [this.message(inner, p, q, 'item'), ...(this.chance(50) ? [this.message(inner, p, q, 'more')] : [])];
    const twice = this.chance(50) ? same : [];
    return [
      `if ${p}.${guard} {`,
      ...same.map((l) => `  ${l}`),
      `  ${p} -> ${q}: go`,
      '} else {',
      ...same.map((l) => `  ${l}`),
      ...twice.map((l) => `  ${l}`),
      `  ${p} -> ${q}: ${this.pick(['stop', 'stop', 'go'])}`,
      '}',
    ];
  }

  /** A role that only hears of some rounds. */
  private ticks(place: Place): string[] {
    if (place.roles.length < 3) return this.unfolded(place);
    const [p, q] = this.two(place);
    const r = this.pick(place.roles.filter((role) => role !== p && role !== q));
    const k = this.counter();
    const inner: Place = { ...place, env: copy(place.env), depth: place.depth + 2 };
    const tick = this.message(inner, p, r, 'item');
    const name = `X${place.loops.length}`;
    return [
      `${p}.${k} = ${1 + this.below(3)}`,
      `rec ${name} {`,
      `  if ${p}.${k} > 0 -> ${q} {`,
      `    ${p}.${k} = ${k} - 1`,
      `    if ${p}.${k} > 1${this.chance(50) ? ` -> ${q}` : ''} {`,
      `      ${tick}`,
      '    }',
      `    continue ${name}`,
      '  } else {',
      `    ${p} -> ${r}: ${this.pick(['over', 'over', 'item'])}`,
      '  }',
      '}',
    ];
  }

  /** One message, received into another variable in each branch. */
  private otherNames(place: Place): string[] {
    const [p, q] = this.two(place);
    const guard = this.boolExpr(place.env, p);
    const several = this.chance(25);
    const value = several ? this.tuple(place.env, p, ['int', 'int']) : this.intExpr(place.env, p);
    const names =
      (several
        ? [
            ['(x, y)', '(z, w)'],
            ['(x, _)', '(y, z)'],
            ['(x, y)', '(y, x)'],
          ]
        : [
            ['x', 'y'],
            ['z', 'x'],
            ['y', 'z'],
          ])[this.below(3)] ?? [];
    const label = this.chance(50) ? ': item' : '';
    const envs = [copy(place.env), copy(place.env)];
    const [one = [], two = []] = envs.map((env, i) => {
      for (const name of (names[i] ?? 'x').match(/\w+/g) ?? []) if (name !== '_') env.get(q)?.set(name, 'int');
      const other = several || this.chance(80) ? value : this.intExpr(place.env, p);
      return [
        `${p}.${other} -> ${q}.${names[i] ?? 'x'}${label}`,
        `${p} -> ${q}: ${i === 0 ? 'go' : 'stop'}`,
        ...(this.chance(60) ? [this.message({ ...place, env }, q, p, undefined)] : []),
      ];
    });
    intersect(place.env, envs);
    return [`if ${p}.${guard} {`, ...one.map((l) => `  ${l}`), '} else {', ...two.map((l) => `  ${l}`), '}'];
  }

  /** A loop of the first role's own condition in which the others find out by what comes first. */
  private round(place: Place): string[] {
    const [p, q] = this.two(place);
    const k = this.counter();
    const inner: Place = { ...place, roles: [p, q], env: copy(place.env), depth: place.depth + 2 };
    const item = this.message(inner, p, q, 'item');
    return [
      `${p}.${k} = ${1 + this.below(2)}`,
      `while ${p}.${k} > 0 {`,
      `  ${p}.${k} = ${k} - 1`,
      `  if ${p}.${k} > 1 {`,
      `    ${item}`,
      '  } else {',
      `    ${item}`,
      ...(this.chance(50) ? [`    ${item}`] : []),
      '  }',
      '}',
      `${p} -> ${q}: ${this.pick(['over', 'over', 'item'])}`,
    ];
  }

  private call(place: Place): string[] {
    const possible = place.callees.filter((callee) => callee.roles.length <= place.roles.length);
    if (possible.length === 0) return [this.communication(place)];
    const callee = this.pick(possible);
    const free = [...place.roles];
    const roles = callee.roles.map(() => free.splice(this.below(free.length), 1)[0] ?? '');
    const args = roles
      .map((role, i) => this.argument(place.env, role, i, i === 0 ? String(this.below(3)) : undefined))
      .join(', ');
    const takers = callee.results.filter(() => !this.chance(20)).map((at) => roles[at] ?? '');
    return [
      `${takers.length > 0 ? `${takers.map((role) => `${role}.${this.bind(place, role, 'int')}`).join(', ')} = ` : ''}do ${callee.name}(${args})`,
    ];
  }
}

function indent(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}`).join('\n');
}

function copy(env: Env): Env {
  return new Map([...env].map(([role, names]) => [role, new Map(names)]));
}

/** What is known whichever branch was taken. */
function intersect(env: Env, branches: readonly Env[]): void {
  for (const [role, names] of env) {
    const first = branches[0]?.get(role) ?? new Map<string, Kind>();
    for (const [name, kind] of first)
      if (branches.every((branch) => branch.get(role)?.has(name))) names.set(name, kind);
  }
}
