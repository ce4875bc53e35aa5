// The roles of one choreography while it is checked: their variables, and how an expression of a role reads them.
import type { Choreography } from '../ir/choreography.js';
import { freeNames } from '../ir/expression.js';
import type { Expr, TextRange } from '../ir/expression.js';
import { roleOf } from '../ir/role.js';
import type { RoleIndex, RoleRef } from '../ir/role.js';
import { closest } from '../syntax/closest.js';
import { idOf, roleSymbol } from '../scoping/declared.js';
import { writeName } from '../syntax/names.js';
import { printRole } from '../syntax/print.js';
import { looksLikeAny } from '../syntax/look-alike.js';
import { createVariable, occur, report, after, checkShadowing } from './context.js';
import type { Context, Variable } from './context.js';
import { similarValues } from './declarations.js';
import { infer } from './expressions.js';
import { Members } from './members.js';
import type { Assignable } from './written.js';
import { createFlow, unassigned } from './flow.js';
import type { Flow } from './flow.js';
import { noteLooked } from './passages.js';
import { int, listOf, prune, unknown, variable } from './types.js';
import { writeType } from './write.js';
import type { Env } from './env.js';
import type { Roles, RoleState } from './role-state.js';

export function createRoles(context: Context, choreography: Choreography): Roles {
  const all = new Map<string, RoleState>();
  const flow: Flow<Assignable> = createFlow((ways) => members.joined(ways));
  const id = idOf(context.uri, choreography);
  const members = new Members(
    context,
    id,
    choreography.name.text,
    choreography.roles.flatMap(({ name, family }) => (family ? [{ name, family }] : [])),
    flow,
  );
  const told = new Set<Variable>();
  let missing = false;

  for (const role of choreography.roles) {
    const name = role.name.text;
    if (all.has(name)) continue;
    const state: RoleState = {
      symbol: roleSymbol(context.uri, choreography, role),
      variables: new Map(),
      locals: [],
      active: false,
      env: envAt(name),
    };
    all.set(name, state);
  }

  function find(role: string, name: string): Variable | undefined {
    const state = all.get(role);
    for (let i = (state?.locals.length ?? 0) - 1; i >= 0; i--) {
      const local = state?.locals[i]?.get(name);
      if (local) return local;
    }
    const variable = state?.variables.get(name);
    if (state && roles.trace) noteLooked(roles.trace, context.world, roles, role, name, variable);
    return variable ?? members.find(name);
  }

  function* valuesOf(role: string): Iterable<string> {
    const state = all.get(role);
    for (const bound of state?.locals ?? []) yield* bound.keys();
    yield* state?.variables.keys() ?? [];
  }

  function envAt(role: string, where?: RoleRef): Env {
    return {
      owner: `${id}/${role}`,
      find: (name) => find(role, name),
      missing(name) {
        const alike = looksLikeAny(name.text, all.get(role)?.variables.keys() ?? []);
        const owners =
          alike.length > 0
            ? []
            : [...all]
                .filter(([other, state]) => other !== role && state.variables.has(name.text))
                .map(([other]) => other);
        const type = unknown();
        if (owners.length > 0) {
          for (const owner of owners) {
            const there = all.get(owner)?.variables.get(name.text);
            if (there) there.used = true;
          }
          report(context, 'not-located-here', name.origin, {
            kind: 'variable',
            name: name.text,
            here: role,
            owners,
            origin: name.origin,
            anchor: context.anchor ?? name.origin,
          });
          // What is wrong here does not say what it is there.
          const [owner] = owners;
          const there = owners.length === 1 && owner ? all.get(owner)?.variables.get(name.text)?.type : undefined;
          return there && prune(there).kind !== 'variable' ? there : variable();
        }
        // What the pattern of a decision takes, this role could be sent.
        const takers =
          alike.length > 0
            ? []
            : [...all].flatMap(([other, { locals }]) => {
                const taken =
                  other === role ? undefined : locals.findLast((names) => names.has(name.text))?.get(name.text);
                return taken ? [{ other, taken }] : [];
              });
        const [taker] = takers;
        if (taker) {
          for (const { taken } of takers) taken.used = true;
          report(context, 'not-located-here', name.origin, {
            kind: 'case',
            name: name.text,
            here: role,
            owners: takers.map(({ other }) => other),
            origin: name.origin,
            anchor: context.anchor ?? name.origin,
          });
          return taker.taken.type;
        }
        const similar = similarValues(context, `${id}/${role}`, name.text, valuesOf(role));
        report(context, 'unknown-variable', name.origin, () => ({
          name,
          role,
          similar: similar(type),
          type: writeType(type, 'string'),
          header: headerOf(choreography, role),
        }));
        return type;
      },
      read(read, origin) {
        const unaware = members.unknownTo(read, where ?? familyNamed(role) ?? roleOf({ text: role, origin }));
        if (unaware) {
          const own =
            where && where.index?.kind === 'member' && !freeNames(where.index.at).has(read.symbol.name)
              ? printRole(where)
              : writeName(role);
          const who =
            own === writeName(role) && members.families.has(role) && unaware.knows[0]?.name.text === role
              ? `others ${own}`
              : own;
          report(context, 'not-located-here', origin, {
            kind: 'picked',
            ...(members.isList(read.symbol.name) ? { many: true } : {}),
            name: read.symbol.name,
            here: where ? printRole(where) : role,
            owners: unaware.knows.map(({ key }) => key),
            origin,
            anchor: context.anchor ?? origin,
            tell: { ...unaware.tell, who },
          });
          return;
        }
        if (read.symbol.kind !== 'variable' || flow.has(read)) return;
        if (roles.trace) roles.trace.open = true;
        if (members.has(read, where ?? familyNamed(role))) return;
        if (told.has(read)) return;
        told.add(read);
        const reason = flow.reason(read) ?? members.reason(read);
        report(context, 'maybe-unassigned', origin, () => ({
          role,
          name: read.symbol.name,
          ...unassigned(reason, read.type),
          process: false,
          first: { uri: context.uri, origin: read.symbol.origin ?? origin },
        }));
      },
      foreign(other, field) {
        const owner = all.get(other.text);
        if (!owner) return false;
        occur(context, owner.symbol, other.origin, 'read');
        const there = owner.variables.get(field.text);
        if (there) {
          there.used = true;
          occur(context, there.symbol, field.origin, 'read');
        }
        const origin = { start: other.origin.start, end: field.origin.end };
        if (other.text === role)
          report(context, 'not-located-here', origin, {
            kind: 'repeated',
            name: field.text,
            here: role,
            origin,
            anchor: context.anchor ?? origin,
          });
        else
          report(context, 'not-located-here', origin, {
            kind: 'foreign',
            name: field.text,
            here: role,
            owners: [other.text],
            origin,
            anchor: context.anchor ?? origin,
          });
        return true;
      },
      names: () => [...(all.get(role)?.variables.keys() ?? []), ...members.all()],
    };
  }

  /** At a role that is unknown, everything is. */
  const nowhere: Env = {
    owner: id,
    find: (name) => findAnywhere(name),
    missing: () => unknown(),
    read: () => undefined,
    foreign: () => true,
    names: () => [],
  };
  function findAnywhere(name: string): Variable | undefined {
    const found = [...all.values()].flatMap((state) => state.variables.get(name) ?? []);
    return found.length === 1 ? found[0] : undefined;
  }

  /** The role of an `at` that is gone through, where it is written. */
  let written: TextRange | undefined;

  /** All members of a family. */
  function familyNamed(role: string): RoleRef | undefined {
    const symbol = members.families.has(role) ? all.get(role)?.symbol : undefined;
    return symbol && roleOf({ text: role, origin: symbol.origin ?? lastRole(choreography) });
  }

  /** The names in an index, as any that are read. */
  function indices(env: Env, index: RoleIndex): void {
    // Who is meant is said of all of them: nobody has to know it.
    const read = (expr: Expr): void => void infer(context, { ...env, read: () => undefined }, expr, int);
    if (index.kind === 'member') read(index.at);
    if (index.kind === 'part') [index.from, index.until].forEach(read);
    if (index.kind === 'picked') infer(context, { ...env, read: () => undefined }, index.list, listOf(int));
  }

  const roles: Roles = {
    all,
    flow,
    members,
    get unknown() {
      return missing;
    },
    use(role, speaker, item, line) {
      const { name } = role;
      const state = all.get(name.text);
      // It was resolved where it is written.
      if (written?.start === role.origin.start && written.end === role.origin.end) return state;
      if (state) {
        state.active = true;
        roles.trace?.roles.add(name.text);
        occur(context, state.symbol, name.origin, 'read');
        if (role.index && members.checkIndex(role)) indices(state.env, role.index);
        members.checkSpeaker(role, speaker, item, { ...(line ? { line } : {}) });
      } else {
        missing = true;
        report(context, 'unknown-role', name.origin, {
          name: name.text,
          origin: name.origin,
          container: choreography.name.text,
          similar: closest(name.text, all.keys()),
          known: [...all.keys()],
          ...(members.find(name.text) && members.families.size > 0 ? { families: [...members.families.keys()] } : {}),
          insert: { at: lastRole(choreography), first: choreography.roles.length === 0 },
        });
      }
      return state;
    },
    at(role, item, run) {
      roles.use(role, undefined, item, true);
      const outer = written;
      written = role.origin;
      run();
      written = outer;
    },
    declare(role, name) {
      const state = all.get(role.name.text);
      if (!state || state.variables.has(name.text) || name.text === '_') return;
      checkShadowing(context, name, 'variable', role.key);
      const shared = members.find(name.text);
      if (shared)
        report(context, 'duplicate-name', name.origin, {
          name,
          what: shared.symbol.kind === 'parameter' ? 'shared value' : shared.symbol.kind,
          ...(shared.symbol.origin ? { first: { uri: context.uri, origin: shared.symbol.origin } } : {}),
        });
      state.variables.set(
        name.text,
        createVariable(
          {
            id: `${id}/${role.name.text}.${name.text}`,
            kind: 'variable',
            name: name.text,
            uri: context.uri,
            origin: name.origin,
            role: role.name.text,
            container: choreography.name.text,
          },
          variable(),
        ),
      );
    },
    write(role, name, speaks, place) {
      const target = find(role.name.text, name.text);
      if (!target) return unknown();
      occur(
        context,
        target.symbol,
        name.origin,
        target.symbol.origin?.start === name.origin.start ? 'definition' : 'write',
      );
      target.written = true;
      if (roles.trace && (role.index || place)) roles.trace.open = true;
      members.write(target, role, speaks, place);
      return target.type;
    },
    env: (role) =>
      role.index && all.has(role.name.text) ? envAt(role.name.text, role) : (all.get(role.name.text)?.env ?? nowhere),
  };
  return roles;
}

/** Where an input can be added to a role's header. */
function headerOf(choreography: Choreography, role: string): { at: TextRange; form: 'first' | 'next' } | undefined {
  const found = choreography.roles.find((r) => r.name.text === role);
  if (!found) return undefined;
  const last = found.params.at(-1);
  return last ? { at: after(last.type.origin), form: 'next' } : { at: after(found.name.origin), form: 'first' };
}

/** Where a header takes another role. */
function lastRole(choreography: Choreography): TextRange {
  const last = choreography.roles.at(-1);
  const at = last ? last.origin.end : choreography.name.origin.end + 1;
  return { start: at, end: at };
}
