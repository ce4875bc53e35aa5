// A choreography with what it is given put in: its parameters that are choreographies are called by their names, and
// the roles and values that come with them are its own. A pass from the core to the core: everything keeps its origin.
import type {
  Block,
  Call,
  Choreography,
  ChoreographyParameter,
  Parameter,
  Result,
  RoleArg,
  Role,
  Statement,
} from '../ir/choreography.js';
import { choreographiesOf, mapBodies } from '../ir/choreography.js';
import type { Expr, TextRange } from '../ir/expression.js';
import { valueOfArgument } from '../ir/argument.js';
import { roleOf } from '../ir/role.js';
import { namesIn } from '../ir/readings.js';
import type { Resolved, Scope } from '../scoping/scope.js';
import { argumentsOf } from './arguments.js';
import { boundBy, captured } from './bound.js';
import type { Bound, BoundArg, Giving } from './bound.js';
import { instanceName, openName } from './closure.js';
import type { Closure, ClosureArg } from './closure.js';

/** Code that is made stands nowhere. */
const nowhere: TextRange = { start: -1, end: -1 };

type Found = Resolved & { readonly declaration: Choreography };

/** The scope of a file, seen from another. */
export function scopeAt(scope: Scope, uri: string): Scope | undefined {
  return uri === scope.file.uri ? scope : scope.at(uri);
}

/** The choreography of a name in a scope. */
export function choreographyIn(scope: Scope, name: string): Found | undefined {
  const found = scope.lookup(name);
  return found?.declaration.kind === 'choreography' ? { uri: found.uri, declaration: found.declaration } : undefined;
}

/**
 * A choreography as it is by itself: what its calls give is put in, and of its own parameters that are choreographies
 * nothing is known.
 * @returns the same object where it gives nothing, and is given no choreography
 * Cost: linear in it
 */
export function byItself(choreography: Choreography, scope: Scope): Choreography {
  const uri = scope.file.uri;
  const own = new Map(
    choreographiesOf(choreography.parameters).map(({ name }): [string, Bound] => [
      name.text,
      { kind: 'open', uri, of: choreography.name.text, parameter: name.text },
    ]),
  );
  const body = new Giver(scope, own).block(choreography.body);
  return body === choreography.body ? choreography : { ...shape(choreography), body };
}

/** The parts of a choreography, each of which may be worked out when it is asked for. */
function shape({
  kind,
  name,
  roles,
  parameters,
  results,
  body,
  returns,
  origin,
  doc,
  broken,
}: Choreography): Choreography {
  return {
    kind,
    name,
    roles,
    parameters,
    results,
    body,
    returns,
    origin,
    ...(doc === undefined ? {} : { doc }),
    broken,
  };
}

/**
 * A choreography with the choreographies that it is given.
 * @param scope that of its file
 * @param given for its parameters that are choreographies, in order
 * @returns the choreography, and for the types of its inputs that come from other files, these files
 * Cost: linear in it
 */
export function instanceOf(
  choreography: Choreography,
  scope: Scope,
  given: readonly Closure[],
): { readonly choreography: Choreography; readonly foreign: ReadonlyMap<string, string> } {
  const taken = new Set([...namesIn(choreography), ...choreography.parameters.map(({ name }) => name.text)]);
  const free = (name: string): string => {
    let own = name;
    for (let count = 2; taken.has(own) || scope.lookup(own); count++) own = `${name}${count}`;
    taken.add(own);
    return own;
  };
  const extras = new Extras(scope, free);
  const own = new Map(
    choreographiesOf(choreography.parameters).flatMap(({ name }, i): [string, Bound][] => {
      const closure = given[i];
      return closure ? [[name.text, extras.bound(closure)]] : [];
    }),
  );
  const body = new Giver(scope, own).block(choreography.body);
  const made = {
    ...shape(choreography),
    body,
    name: {
      ...choreography.name,
      text: instanceName({ name: choreography.name.text, uri: scope.file.uri, given }),
      written: choreography.name.text,
    },
    roles: [...choreography.roles, ...extras.roles],
    parameters: [...choreography.parameters.filter(({ kind }) => kind === 'value'), ...extras.parameters],
  };
  return { choreography: made, foreign: extras.foreign };
}

/** What stands for a parameter of which nothing is known: all its roles take part in it, and it comes to its end. */
export function openChoreography(
  of: Choreography,
  parameter: ChoreographyParameter,
  closure: Extract<Closure, { of: string }>,
): Choreography {
  const { roles, parameters, results, origin, name } = parameter;
  const something = (text: string): Expr => ({
    kind: 'call',
    callee: { text, origin: nowhere },
    args: [],
    origin: nowhere,
  });
  const own = { ...name, text: openName(closure), written: name.text };
  return {
    kind: 'choreography',
    name: own,
    roles,
    parameters,
    results,
    origin,
    broken: of.broken,
    body: {
      statements: roles.map((role): Statement => ({
        kind: 'effect',
        role: roleOf(role.name),
        value: something(own.text),
        origin,
      })),
      origin,
    },
    returns: results.map(({ role }) => ({ role, value: something(own.text), origin })),
  };
}

/** The roles and values that come with what a choreography is given. */
class Extras {
  readonly foreign = new Map<string, string>();
  private readonly found = new Map<number, { role?: Role; parameter?: Parameter }>();
  /** The names of sizes, by where these are declared. */
  private readonly sizes = new Map<string, string>();

  constructor(
    private readonly scope: Scope,
    private readonly free: (name: string) => string,
  ) {}

  get roles(): readonly Role[] {
    return this.inOrder().flatMap(({ role }) => role ?? []);
  }

  get parameters(): readonly Parameter[] {
    return this.inOrder().flatMap(({ parameter }) => parameter ?? []);
  }

  private inOrder(): { role?: Role; parameter?: Parameter }[] {
    return [...this.found].sort(([one], [other]) => one - other).map(([, each]) => each);
  }

  bound(closure: Closure): Bound {
    if ('of' in closure) return { kind: 'open', uri: closure.uri, of: closure.of, parameter: closure.parameter };
    const { uri, name, args } = closure;
    const there = scopeAt(this.scope, uri);
    const callee = there && choreographyIn(there, name)?.declaration;
    return {
      kind: 'choreography',
      uri,
      name,
      ...(args ? { args: args.map((arg, i) => this.arg(arg, i, callee, uri)) } : {}),
    };
  }

  private arg(arg: ClosureArg, index: number, callee: Choreography | undefined, uri: string): BoundArg {
    if (arg === null) return { kind: 'free' };
    if (typeof arg === 'object') return this.bound(arg);
    const place = callee?.roles[index];
    if (place) return { kind: 'role', arg: this.role(arg, place, uri) };
    const parameter = callee?.parameters[index - callee.roles.length];
    return { kind: 'value', value: this.value(arg, parameter, uri) };
  }

  /** The role of a number; it has inputs for each place that it is given for. */
  private role(number: number, place: Role, uri: string): RoleArg {
    let entry = this.found.get(number);
    if (!entry) this.found.set(number, (entry = {}));
    const before: Role = entry.role ?? {
      ...place,
      name: { ...place.name, text: this.free(place.name.text), written: place.name.text },
      params: [],
      ...(place.family ? { family: this.family(place.family, uri) } : {}),
    };
    const own = place.params.map((param) => ({ ...param, name: { ...param.name, text: this.free(param.name.text) } }));
    for (const { type } of own) this.needs(type, uri);
    entry.role = { ...before, params: [...before.params, ...own], ...(place.server === true ? { server: true } : {}) };
    return {
      role: roleOf({ ...entry.role.name, origin: nowhere }),
      inputs: own.map(({ name }): Expr => ({ kind: 'name', name: { ...name, origin: nowhere }, origin: nowhere })),
      origin: nowhere,
    };
  }

  /** A family with another name for its size: the same one for all that are of that size. */
  private family(family: NonNullable<Role['family']>, uri: string): NonNullable<Role['family']> {
    if (!family.size) return family;
    const declared = `${uri} ${(family.first ?? family.origin).start}`;
    const text = this.sizes.get(declared) ?? this.free(family.size.text);
    this.sizes.set(declared, text);
    return { ...family, size: { ...family.size, text } };
  }

  private value(number: number, parameter: Parameter | undefined, uri: string): Expr {
    let entry = this.found.get(number);
    if (!entry) this.found.set(number, (entry = {}));
    if (!entry.parameter && parameter?.kind === 'value') {
      entry.parameter = { ...parameter, name: { ...parameter.name, text: this.free(parameter.name.text) } };
      this.needs(parameter.type, uri);
    }
    const name = { text: entry.parameter?.name.text ?? '', origin: nowhere };
    return { kind: 'name', name, origin: nowhere };
  }

  /** Notes the names of types that come from another file. */
  private needs(type: Role['params'][0]['type'], uri: string): void {
    if (type.kind === 'tuple')
      return type.items.forEach((item) => {
        this.needs(item, uri);
      });
    type.args.forEach((arg) => {
      this.needs(arg, uri);
    });
    const found = this.scope.lookup(type.name.text) ? undefined : scopeAt(this.scope, uri)?.lookup(type.name.text);
    if (found) this.foreign.set(type.name.text, found.uri);
  }
}

/** Puts what is given into calls; what gives nothing stays the same object. */
class Giver implements Giving {
  constructor(
    private readonly scope: Scope,
    readonly own: ReadonlyMap<string, Bound>,
  ) {}

  lookup(name: string): Found | undefined {
    return choreographyIn(this.scope, name);
  }

  block(block: Block): Block {
    const statements = this.all(block.statements);
    return statements === block.statements ? block : { ...block, statements };
  }

  private all(statements: readonly Statement[]): readonly Statement[] {
    const made = statements.map((statement) => this.statement(statement));
    return made.every((statement, i) => statement === statements[i]) ? statements : made;
  }

  private statement(statement: Statement): Statement {
    return statement.kind === 'call' ? this.call(statement) : mapBodies(statement, (body) => this.block(body));
  }

  private call(statement: Call): Call {
    const bound = this.own.get(statement.callee.text);
    const callee = this.calleeOf(statement.callee.text, bound);
    if (!callee || (!bound && callee.parameters.length === 0)) return statement;
    const { roles, given } = argumentsOf(this.filled(statement, bound, callee), callee);
    const values: Expr[] = [];
    const choreographies: Bound[] = [];
    for (const { parameter, arg } of given) {
      if (parameter.kind === 'choreography') {
        const bound =
          arg && 'kind' in arg && (arg.kind === 'choreography' || arg.kind === 'open')
            ? arg
            : arg && 'role' in arg
              ? boundBy(arg, this)
              : undefined;
        // What nothing is known of is the callee's own parameter, whoever hands it on.
        choreographies.push(
          bound?.kind === 'choreography'
            ? bound
            : { kind: 'open', uri: callee.uri, of: callee.name, parameter: parameter.name.text },
        );
      } else if (arg && 'kind' in arg && arg.kind === 'value') values.push(arg.value);
      else if (arg && 'role' in arg) values.push(...[valueOfArgument(arg)].flatMap((value) => value ?? []));
    }
    const { closures, captured: more } = captured(choreographies);
    const extra = more.flatMap((each): RoleArg[] =>
      each.kind === 'role'
        ? [
            {
              role: each.args[0]?.role ?? roleOf({ text: '', origin: nowhere }),
              inputs: each.args.flatMap(({ inputs }) => inputs),
              origin: each.args[0]?.origin ?? nowhere,
            },
          ]
        : [],
    );
    // Where nothing is known of any of them, the callee is as it is by itself.
    const text = choreographies.some(({ kind }) => kind === 'choreography')
      ? instanceName({ name: callee.name, uri: callee.uri, given: closures })
      : callee.text;
    return {
      ...statement,
      callee: { ...statement.callee, text, written: statement.callee.text },
      args: [...roles.flatMap((arg) => ('role' in arg ? [arg] : arg.kind === 'role' ? [arg.arg] : [])), ...extra],
      values: [...values, ...more.flatMap((each) => (each.kind === 'value' ? [each.value] : []))],
    };
  }

  /**
   * All that what is called gets: where some of it is given already, what the call gives stands in the places between.
   */
  private filled(statement: Call, bound: Bound | undefined, callee: Callee): readonly (RoleArg | BoundArg)[] {
    if (bound?.kind !== 'choreography' || !bound.args) return statement.args;
    let next = 0;
    const filled = bound.args.flatMap((arg): (RoleArg | BoundArg)[] => {
      if (arg.kind !== 'free') return [arg];
      const own = statement.args[next++];
      return own ? [own] : [];
    });
    return callee.roles.length + callee.parameters.length >= filled.length
      ? filled
      : [...filled, ...statement.args.slice(next)];
  }

  private calleeOf(name: string, bound: Bound | undefined): Callee | undefined {
    if (bound?.kind === 'open') {
      const of = scopeAt(this.scope, bound.uri);
      const parameter =
        of &&
        choreographiesOf(choreographyIn(of, bound.of)?.declaration.parameters ?? []).find(
          (each) => each.name.text === bound.parameter,
        );
      return (
        parameter && {
          roles: parameter.roles,
          parameters: parameter.parameters,
          results: parameter.results,
          name,
          uri: bound.uri,
          text: openName({ uri: bound.uri, of: bound.of, parameter: bound.parameter }),
        }
      );
    }
    if (!bound) {
      const found = this.lookup(name);
      return found && { ...partsOf(found.declaration), name: found.declaration.name.text, uri: found.uri, text: name };
    }
    const there = scopeAt(this.scope, bound.uri);
    const found = there && choreographyIn(there, bound.name);
    if (!found) return undefined;
    const here = this.lookup(bound.name)?.declaration === found.declaration && !this.own.has(bound.name);
    return {
      ...partsOf(found.declaration),
      name: bound.name,
      uri: bound.uri,
      text: here ? bound.name : instanceName({ name: bound.name, uri: bound.uri, given: [] }),
    };
  }
}

interface Callee {
  readonly roles: readonly Role[];
  readonly parameters: readonly Parameter[];
  readonly results: readonly Result[];
  readonly name: string;
  readonly uri: string;
  /** What it is called where the call stands, if it is given nothing. */
  readonly text: string;
}

function partsOf({ roles, parameters, results }: Choreography): Pick<Callee, 'roles' | 'parameters' | 'results'> {
  return { roles, parameters, results };
}
