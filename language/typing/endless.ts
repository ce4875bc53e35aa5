// Types that are made of themselves without end: aliases that stand for themselves, and records and enums of which
// there can be no value.
import { namesIn } from '../ir/expression.js';
import type { Name, TypeExpr } from '../ir/expression.js';
import { cyclesOf } from '../scoping/cycles.js';
import { idOf } from '../scoping/declared.js';
import type { Resolved, Scope } from '../scoping/scope.js';

export interface Endless {
  /** The first field of a record or enum that every value of it holds another one in; undefined where there is none. */
  holder(id: string): TypeExpr | undefined;
  /** Whether an alias comes back to itself by way of aliases alone. */
  isEndless(id: string): boolean;
}

interface Node {
  readonly resolved: Resolved;
  /**
   * The ways to make a value, each by the types that it takes. One for a record or an alias, one a case for an enum.
   */
  readonly ways: readonly (readonly TypeExpr[])[];
}

/**
 * Looks at the types of a file, and at all that they lead to.
 * Cost: linear in these, but for enums that have no value, whose cases are gone through a few times
 */
export function endlessTypes(scopeOf: (uri: string) => Scope, from: readonly Resolved[]): Endless {
  const nodes = new Map<string, Node>();
  const work = [...from];
  for (let next = work.pop(); next; next = work.pop()) {
    const id = idOf(next.uri, next.declaration);
    const ways = waysOf(next);
    if (nodes.has(id) || !ways) continue;
    nodes.set(id, { resolved: next, ways });
    for (const type of ways.flat()) for (const name of namesIn(type)) work.push(...lookup(scopeOf, next, name));
  }
  const idsIn = (node: Node, names: readonly Name[]): string[] =>
    names.flatMap((name) => lookup(scopeOf, node.resolved, name).map(({ uri, declaration }) => idOf(uri, declaration)));
  const aliases = [...nodes].filter(([, { resolved }]) => resolved.declaration.kind === 'type').map(([id]) => id);
  const isAlias = new Set(aliases);
  const endless = cyclesOf(aliases, (id) => {
    const node = nodes.get(id);
    return node ? idsIn(node, node.ways.flat().flatMap(namesIn)).filter((other) => isAlias.has(other)) : [];
  });

  // A type of which there is no value is one where each way to make one needs such a type.
  const held = new Map(
    [...nodes].map(([id, node]) => [id, node.ways.map((way) => way.map((type) => idsIn(node, heldIn(type))))]),
  );
  let empty = withoutValues(held);
  // Told are those that need themselves, not those that need something else that there is none of.
  let cycles = new Map<string, number>();
  for (let shrunk = true; shrunk;) {
    const left = empty;
    cycles = cyclesOf([...left], (id) => (held.get(id) ?? []).flat(2).filter((other) => left.has(other)));
    empty = new Set(
      [...left].filter(
        (id) =>
          cycles.has(id) &&
          held.get(id)?.every((way) => way.flat().some((other) => cycles.get(other) === cycles.get(id))),
      ),
    );
    shrunk = empty.size < left.size;
  }
  return {
    isEndless: (id) => endless.has(id),
    holder(id) {
      const node = nodes.get(id);
      if (!node || !empty.has(id)) return undefined;
      return node.ways.flat().find((_, i) =>
        held
          .get(id)
          ?.flat()
          [i]?.some((other) => cycles.get(other) === cycles.get(id)),
      );
    },
  };
}

function lookup(scopeOf: (uri: string) => Scope, { uri }: Resolved, name: Name): Resolved[] {
  const found = scopeOf(uri).lookup(name.text);
  return found ? [found] : [];
}

function waysOf({ declaration }: Resolved): readonly (readonly TypeExpr[])[] | undefined {
  switch (declaration.kind) {
    case 'type':
      return [[declaration.type]];
    case 'record':
      return [declaration.fields.map((field) => field.type)];
    case 'enum':
      return declaration.cases.map((c) => c.fields.map((field) => field.type));
    case 'choreography':
    case 'const':
    case 'extern-function':
    case 'extern-type':
    case 'function':
    case 'network':
      return undefined;
  }
}

/** The names of which every value of a type holds one: not those that a list or an option may be without. */
function heldIn(type: TypeExpr): readonly Name[] {
  return type.kind === 'tuple' ? type.items.flatMap(heldIn) : [type.name];
}

/** The types that no value can be made of: all but those that follow from ones that there are, step by step. */
function withoutValues(held: ReadonlyMap<string, readonly (readonly (readonly string[])[])[]>): ReadonlySet<string> {
  const empty = new Set(held.keys());
  /** How many types a way still waits for, and who waits for a type. */
  const waiting = new Map<string, { readonly id: string; left: number }[]>();
  const made: string[] = [];
  const make = (id: string): void => {
    if (empty.delete(id)) made.push(id);
  };
  for (const [id, ways] of held) {
    // Nothing is said of an enum without cases.
    if (ways.length === 0) make(id);
    for (const way of ways) {
      const needs = [...new Set(way.flat())].filter((other) => held.has(other));
      const entry = { id, left: needs.length };
      if (needs.length === 0) make(id);
      for (const other of needs) {
        const list = waiting.get(other);
        if (list) list.push(entry);
        else waiting.set(other, [entry]);
      }
    }
  }
  for (let id = made.pop(); id !== undefined; id = made.pop())
    for (const entry of waiting.get(id) ?? []) if (--entry.left === 0) make(entry.id);
  return empty;
}
