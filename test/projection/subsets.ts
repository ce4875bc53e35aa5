// When a role can follow a protocol without data, slow and plain: the protocol is run for the role alone, and all that
// it may have come to by what it has seen is kept as a set. Everything is followed from the start, and calls are always
// gone into.
import type { Choreography, Rec, Statement } from '../../language/ir/choreography.js';

/** Thrown where calls go deeper, or there are more sets, than is followed. */
export class TooFar extends Error {}

/** A block that is being run, with who plays its roles. */
interface Item {
  readonly block: readonly Statement[];
  readonly at: number;
  readonly roles: ReadonlyMap<string, string>;
  readonly rec?: Rec;
}
/** What is left to do, innermost last. */
type Rest = readonly Item[];
interface Act {
  readonly what: string;
  readonly kind: 'send' | 'receive' | 'fork' | 'end';
  readonly peer?: string;
  readonly label?: string;
  readonly next: readonly Rest[];
}

const deepest = 16;
const most = 500;

/** Whether the role always knows what to do; `several`: it waits somewhere for whoever of several sends. */
export function canFollow(
  main: Choreography,
  role: string,
  all: ReadonlyMap<string, Choreography>,
): { readonly follows: boolean; readonly several: boolean } {
  const reference = new Reference(role, all);
  return { follows: reference.run(main), several: reference.several };
}

class Reference {
  several = false;
  private readonly ids = new Map<readonly Statement[], number>();

  constructor(
    private readonly role: string,
    private readonly all: ReadonlyMap<string, Choreography>,
  ) {}

  run(main: Choreography): boolean {
    const roles = new Map(main.roles.map((r) => [r.name.text, r.name.text]));
    const open: Rest[][] = [[[{ block: main.body.statements, at: 0, roles }]]];
    const seen = new Set<string>();
    for (let set = open.pop(); set; set = open.pop()) {
      const acts = this.acts(set);
      const key = [...acts.keys()].sort().join('|');
      if (seen.has(key)) continue;
      seen.add(key);
      if (seen.size > most) throw new TooFar();
      const list = [...acts.values()];
      const [first] = list;
      if (!first) continue;
      if (first.kind === 'receive') {
        if (list.some((act) => act.kind !== 'receive')) return false;
        for (const one of list)
          for (const two of list) {
            if (one.peer === two.peer) continue;
            this.several = true;
            if (one.next.some((rest) => this.overtakes(rest, two.peer ?? '', two.label ?? ''))) return false;
          }
        for (const label of new Set(list.map((act) => act.what)))
          open.push(list.filter((act) => act.what === label).flatMap((act) => act.next));
      } else {
        if (list.some((act) => act.what !== first.what)) return false;
        first.next.forEach((_, i) => open.push(list.flatMap((act) => act.next.slice(i, i + 1))));
      }
    }
    return true;
  }

  /**
   * Whether, after the role has got a message, another role may send it one of a label without having heard of that, as
   * the first of its own.
   */
  private overtakes(start: Rest, other: string, label: string): boolean {
    const open: { readonly rest: Rest; readonly informed: readonly string[] }[] = [
      { rest: tidy(start), informed: [this.role] },
    ];
    const seen = new Set<string>();
    for (let one = open.pop(); one; one = open.pop()) {
      const { rest, informed } = one;
      const key = `${this.keyOf(rest)} ${[...informed].sort().join()}`;
      if (seen.has(key)) continue;
      seen.add(key);
      if (seen.size > 20 * most) throw new TooFar();
      const top = rest.at(-1);
      const statement = top?.block[top.at];
      if (!top || !statement) continue;
      if (statement.kind !== 'communication') {
        for (const next of this.ways(rest)) open.push({ rest: tidy(next), informed });
        continue;
      }
      const who = (name: string): string => top.roles.get(name) ?? name;
      const [sender, receiver] = [who(statement.sender.key), who(statement.receivers[0]?.role.key ?? '')];
      const after = tidy([...rest.slice(0, -1), { ...top, at: top.at + 1 }]);
      if (informed.includes(other)) continue;
      if (sender !== other || receiver !== this.role)
        open.push({ rest: after, informed: informed.includes(sender) ? [...informed, receiver] : informed });
      else if ((statement.label?.name.text ?? '') === label) return true;
    }
    return false;
  }

  /** All that may come of what is no communication. */
  private ways(rest: Rest): readonly Rest[] {
    const step = this.step(rest);
    return Array.isArray(step) ? (step as readonly Rest[]) : (step as Act).next;
  }

  /** What the role may have to do next, by where it is. */
  private acts(set: readonly Rest[]): Map<string, Act> {
    const acts = new Map<string, Act>();
    const silent = new Map<string, readonly Rest[]>();
    const open = set.map((rest) => tidy(rest));
    for (let rest = open.pop(); rest; rest = open.pop()) {
      const key = this.keyOf(rest);
      if (acts.has(key) || silent.has(key)) continue;
      const step = this.step(rest);
      if (Array.isArray(step)) {
        const next = (step as readonly Rest[]).map((other) => tidy(other));
        silent.set(key, next);
        open.push(...next);
      } else acts.set(key, step as Act);
    }
    // From where nothing is come to, nothing is done any more.
    const leads = new Set(acts.keys());
    for (let grown = true; grown;) {
      grown = false;
      for (const [key, next] of silent) {
        if (leads.has(key) || !next.some((rest) => leads.has(this.keyOf(rest)))) continue;
        leads.add(key);
        grown = true;
      }
    }
    if ([...silent.keys()].some((key) => !leads.has(key))) acts.set('', { what: 'end', kind: 'end', next: [] });
    return acts;
  }

  private keyOf(rest: Rest): string {
    return rest
      .map(({ block, at, roles }) => {
        const id = this.ids.get(block) ?? this.ids.size;
        this.ids.set(block, id);
        return `${id}.${at}(${[...roles.values()].join()})`;
      })
      .join(' ');
  }

  /** What the role does next; where it has no part in it, all that may come of it. */
  private step(rest: Rest): Act | readonly Rest[] {
    const top = rest.at(-1);
    const statement = top?.block[top.at];
    if (!top || !statement) return { what: 'end', kind: 'end', next: [] };
    const who = (name: string): string => top.roles.get(name) ?? name;
    const after: Rest = [...rest.slice(0, -1), { ...top, at: top.at + 1 }];
    const inside = (block: readonly Statement[], roles = top.roles, rec?: Rec, below = after): Rest => {
      if (below.length > deepest) throw new TooFar();
      return [...below, { block, at: 0, roles, rec }];
    };
    switch (statement.kind) {
      case 'communication': {
        const [sender, receiver, label] = [
          who(statement.sender.key),
          who(statement.receivers[0]?.role.key ?? ''),
          statement.label?.name.text ?? '',
        ];
        if (sender === this.role) return { what: `to ${receiver}: ${label}`, kind: 'send', next: [after] };
        if (receiver === this.role)
          return { what: `from ${sender}: ${label}`, kind: 'receive', peer: sender, label, next: [after] };
        return [after];
      }
      case 'decision': {
        const next = statement.branches.map((branch) => inside(branch.body.statements));
        return who(statement.decider.key) === this.role ? { what: `one of ${next.length}`, kind: 'fork', next } : next;
      }
      // A loop stays there while it is gone round, so that it can be found.
      case 'rec':
        return [inside(statement.body.statements, top.roles, statement)];
      case 'continue': {
        const at = rest.findLastIndex((item) => item.rec?.name.text === statement.name.text);
        const loop = rest[at];
        if (!loop) throw new Error(`no loop ${statement.name.text}`);
        return [[...rest.slice(0, at), { ...loop, at: 0 }]];
      }
      case 'leave': {
        const at = rest.findLastIndex((item) => item.rec?.name.text === statement.name.text);
        if (at < 0) throw new Error(`no loop ${statement.name.text}`);
        return [tidy(rest.slice(0, at))];
      }
      case 'call': {
        const callee = this.all.get(statement.callee.text);
        if (!callee) throw new Error(`no choreography ${statement.callee.text}`);
        return [
          inside(
            callee.body.statements,
            new Map(callee.roles.map((r, i) => [r.name.text, who(statement.args[i]?.role.key ?? '')])),
            undefined,
            tidy(after),
          ),
        ];
      }
      case 'assignment':
      case 'effect':
      case 'gather':
      case 'while':
      case 'for':
      case 'par':
      case 'at':
      case 'when':
        throw new Error(`no ${statement.kind} in a protocol without data`);
    }
  }
}

/** Without the blocks that are done. */
function tidy(rest: Rest): Rest {
  let length = rest.length;
  for (let top = rest[length - 1]; top && top.at >= top.block.length; top = rest[length - 1]) length--;
  return length === rest.length ? rest : rest.slice(0, length);
}
