// Reference semantics, slow and plain, of what the random programs use. A choreography is run from top to bottom; its
// other runs are this one with independent actions swapped, and two runs are equal up to swaps exactly if every role
// does the same in both. A network is run under a schedule; its channels are queues.
import { isImplied, valuesOf } from '../../language/ir/choreography.js';
import type { Call, Choreography, Quorum, Statement } from '../../language/ir/choreography.js';
import type { Expr, Pattern } from '../../language/ir/expression.js';
import type { Action, Network, Process } from '../../language/ir/process.js';
import type { Declaration } from '../../language/ir/file.js';
import type { Target } from '../../language/ir/target.js';

export type Value =
  | number
  | boolean
  | string
  | null
  | { readonly record: string; readonly fields: ReadonlyMap<string, Value> }
  | { readonly case: string; readonly args: readonly Value[] }
  /** A map, or a set whose items have no values. */
  | { readonly table: ReadonlyMap<Value, Value> };

export type Store = Map<string, Value>;

/** What a role does, one line an action. */
export type Trace = string[];

export interface World {
  readonly declarations: ReadonlyMap<string, Declaration>;
  readonly oracle: readonly number[];
}

export interface Outcome {
  readonly traces: ReadonlyMap<string, Trace>;
  /** The variables at the end of the outermost choreography or network; undefined where it was cut off. */
  readonly stores: ReadonlyMap<string, Store> | undefined;
}

export class OutOfFuel extends Error {}
/** A run that goes wrong, with what is wrong. */
export class Wrong extends Error {}

/** One participant: what it did, and the numbers that it has used up. */
export class Actor {
  readonly trace: Trace = [];
  private asked = 0;
  private chosen = 0;

  constructor(
    readonly name: string,
    private readonly world: World,
  ) {}

  answer(): number {
    return this.world.oracle[(this.asked++ + this.name.length) % this.world.oracle.length] ?? 0;
  }

  choose(count: number): number {
    return (this.world.oracle[(this.chosen++ * 3 + this.name.charCodeAt(0)) % this.world.oracle.length] ?? 0) % count;
  }

  eval(expr: Expr, store: Store): Value {
    switch (expr.kind) {
      case 'int':
        return Number(expr.text);
      case 'bool':
      case 'string':
        return expr.value;
      case 'none':
        return null;
      case 'name': {
        const value = store.get(expr.name.text);
        if (value !== undefined) return value;
        const declared = this.world.declarations.get(expr.name.text);
        if (declared?.kind === 'const') return this.eval(declared.value, new Map());
        if (this.isCase(expr.name.text)) return { case: expr.name.text, args: [] };
        throw new Wrong(`${this.name}.${expr.name.text} has no value`);
      }
      case 'call':
        return this.call(
          expr.callee.text,
          expr.args.map((arg) => [arg.name?.text, this.eval(arg.value, store)] as const),
        );
      case 'field': {
        const receiver = this.eval(expr.receiver, store);
        return (
          (typeof receiver === 'object' && receiver && 'record' in receiver
            ? receiver.fields.get(expr.name.text)
            : undefined) ?? null
        );
      }
      case 'unary': {
        const value = this.eval(expr.operand, store);
        return expr.operator === 'not' ? !value : -Number(value);
      }
      case 'binary':
        return binary(expr.operator, this.eval(expr.left, store), this.eval(expr.right, store));
      case 'let': {
        if (expr.pattern.kind !== 'constructor') throw new Error('no reference semantics for patterns');
        return this.eval(expr.body, new Map([...store, [expr.pattern.name.text, this.eval(expr.value, store)]]));
      }
      case 'if':
        return this.eval(this.eval(expr.condition, store) === true ? expr.then : expr.else, store);
      case 'list':
        if (expr.items.length > 0) throw new Error('no reference semantics for items');
        return { table: new Map() };
      case 'tuple':
        return { case: 'tuple', args: expr.items.map((item) => this.eval(item, store)) };
      case 'float':
      case 'index':
      case 'lambda':
      case 'match':
      case 'update':
        throw new Error(`no reference semantics for ${expr.kind}`);
    }
  }

  private isCase(name: string): boolean {
    return [...this.world.declarations.values()].some(
      (d) => d.kind === 'enum' && d.cases.some((c) => c.name.text === name),
    );
  }

  private call(name: string, args: readonly (readonly [string | undefined, Value])[]): Value {
    const declaration = this.world.declarations.get(name);
    switch (declaration?.kind) {
      case 'function':
        return this.eval(
          declaration.body,
          new Map(declaration.params.map((param, i) => [param.name.text, args[i]?.[1] ?? null])),
        );
      case 'extern-function': {
        const answer = this.answer();
        this.trace.push(`${name}(${args.map(([, value]) => show(value)).join()}) = ${answer}`);
        return answer;
      }
      case 'record':
        // By name, or in order.
        return {
          record: name,
          fields: new Map(
            declaration.fields.map(({ name: { text } }, i) => [
              text,
              (args.find(([field]) => field === text) ?? args[i])?.[1] ?? null,
            ]),
          ),
        };
      case 'const':
      case 'choreography':
      case 'enum':
      case 'extern-type':
      case 'network':
      case 'type':
      case undefined:
        return (
          builtin(
            name,
            args.map(([, value]) => value),
          ) ?? { case: name, args: args.map(([, value]) => value) }
        );
    }
  }
}

/** A list, by its places. */
function listOf(values: readonly Value[]): Value {
  return { table: new Map(values.map((value, i) => [i, value])) };
}

/** What functions of the library give of maps, sets and options; undefined for other names. */
function builtin(name: string, [first = null, second = null, third = null]: readonly Value[]): Value | undefined {
  const table = typeof first === 'object' && first && 'table' in first ? first.table : undefined;
  switch (name) {
    case 'mapOf':
    case 'setOf':
      return first;
    case 'insert':
      return table && { table: new Map([...table, [second, third]]) };
    case 'first':
      return table?.get(0);
    case 'contains':
      return table?.has(second);
    case 'get':
      return table && (table.has(second) ? { case: 'some', args: [table.get(second) ?? null] } : null);
    case 'getOr':
      return first === null
        ? second
        : typeof first === 'object' && 'case' in first && first.case === 'some'
          ? first.args[0]
          : undefined;
    default:
      return undefined;
  }
}

function binary(operator: string, left: Value, right: Value): Value {
  const [a, b] = [Number(left), Number(right)];
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '>':
      return a > b;
    case '<':
      return a < b;
    default:
      throw new Error(`no reference semantics for ${operator}`);
  }
}

export function show(value: Value | undefined): string {
  if (value === undefined) return '';
  if (typeof value !== 'object' || value === null) return String(value);
  if ('table' in value)
    return `{${[...value.table]
      .map(([k, v]) => `${show(k)}:${show(v)}`)
      .sort()
      .join()}}`;
  return 'record' in value
    ? `${value.record}(${[...value.fields].map(([k, v]) => `${k}:${show(v)}`).join()})`
    : `${value.case}(${value.args.map(show).join()})`;
}

/** Gives the variables of a target their parts of a value. */
function take(store: Store, into: Target, value: Value): void {
  const within = (pattern: Pattern, part: Value): void => {
    if (pattern.kind === 'literal' || pattern.kind === 'none')
      throw new Error('a target that does not take every value');
    if (pattern.kind === 'constructor' && !pattern.args) {
      if (pattern.name.text !== '_') store.set(pattern.name.text, part);
      return;
    }
    const parts =
      typeof part !== 'object' || part === null
        ? []
        : 'record' in part
          ? [...part.fields.values()]
          : 'case' in part
            ? part.args
            : [];
    const inside = pattern.kind === 'tuple' ? pattern.items : (pattern.args ?? []);
    if (inside.length !== parts.length) throw new Wrong('a value that a pattern does not fit');
    inside.forEach((each, i) => {
      within(each, parts[i] ?? null);
    });
  };
  if (into.kind === 'variable') store.set(into.name.text, value);
  else within(into.pattern, value);
}

/** The variables that a pattern binds, or undefined where the value does not match. */
function match(pattern: Pattern, value: Value): Store | undefined {
  switch (pattern.kind) {
    case 'literal':
      return pattern.value.kind === 'int' && Number(pattern.value.text) === value ? new Map() : undefined;
    case 'none':
      return value === null ? new Map() : undefined;
    case 'tuple':
      return undefined;
    case 'constructor': {
      if (typeof value !== 'object' || value === null || !('case' in value) || value.case !== pattern.name.text)
        return undefined;
      return new Map(
        (pattern.args ?? []).flatMap((arg, i) =>
          arg.kind === 'constructor' ? [[arg.name.text, value.args[i] ?? null] as const] : [],
        ),
      );
    }
  }
}

/** Inputs for `n`, `b` and `v` of a role. */
export function inputsOf(
  params: readonly { readonly name: { readonly text: string } }[],
  role: string,
  world: World,
): Store {
  const number = world.oracle[role.charCodeAt(0) % world.oracle.length] ?? 0;
  return new Map(
    params.map((param): [string, Value] => {
      switch (param.name.text) {
        case 'n':
          return ['n', number];
        case 'b':
          return ['b', number % 2 === 0];
        default:
          return [
            param.name.text,
            number === 2 ? { case: 'maybe', args: [1] } : { case: number === 0 ? 'accept' : 'reject', args: [] },
          ];
      }
    }),
  );
}

// ---- choreographies ----

interface Frame {
  readonly stores: Map<string, Store>;
  readonly actors: ReadonlyMap<string, Actor>;
}
class Jump extends Error {
  constructor(readonly loop: string) {
    super();
  }
}

/** Goes on behind a loop. */
class Exit extends Error {
  constructor(readonly loop: string) {
    super();
  }
}

/** Runs a choreography from top to bottom, for at most `fuel` statements. */
export function runChoreography(choreography: Choreography, world: World, fuel: number): Outcome {
  const left = { fuel };
  const actors = new Map(choreography.roles.map((role) => [role.name.text, new Actor(role.name.text, world)]));
  const stores = new Map(
    choreography.roles.map((role) => [
      role.name.text,
      new Map([...inputsOf(role.params, role.name.text, world), ...sharedOf(choreography)]),
    ]),
  );
  const traces = new Map([...actors].map(([name, actor]) => [name, actor.trace]));
  try {
    runBody(choreography, { stores, actors }, world, left);
  } catch (error) {
    if (error instanceof OutOfFuel) return { traces, stores: undefined };
    throw error;
  }
  return { traces, stores };
}

function runBody(
  choreography: Choreography,
  frame: Frame,
  world: World,
  left: { fuel: number },
): readonly (readonly [string, Value])[] {
  const { stores, actors } = frame;
  const store = (role: string): Store => stores.get(role) ?? new Map<string, Value>();
  const actor = (role: string): Actor => {
    const found = actors.get(role);
    if (!found) throw new Error(`no role ${role}`);
    return found;
  };
  const block = (statements: readonly Statement[]): void => statements.forEach(one);
  const one = (statement: Statement): void => {
    if (left.fuel-- <= 0) throw new OutOfFuel();
    switch (statement.kind) {
      case 'communication': {
        const p = statement.sender.key;
        const value = statement.value && actor(p).eval(statement.value, store(p));
        for (const { role, into } of statement.receivers) {
          const text = `${statement.label?.name.text ?? ''}<${show(value)}>`;
          actor(p).trace.push(`${text} to ${actor(role.key).name}`);
          actor(role.key).trace.push(`${text} from ${actor(p).name}`);
          if (into && value !== undefined) take(store(role.key), into, value);
        }
        return;
      }
      case 'gather': {
        // Who comes first is a matter of luck: here they come in their order.
        const values: Value[] = [];
        const needed = neededOf(statement.quorum, statement.senders.length);
        const own = statement.receiver.role.key;
        for (const [number, { role, value }] of statement.senders.entries()) {
          const sent = value && actor(role.key).eval(value, store(role.key));
          const text = `${statement.label?.name.text ?? ''}<${show(sent)}>`;
          actor(role.key).trace.push(`${text} to ${actor(own).name}`);
          if (number >= needed) continue;
          actor(own).trace.push(`${text} from ${actor(role.key).name}`);
          if (sent !== undefined) values.push(sent);
        }
        if (statement.receiver.into?.kind === 'variable')
          store(own).set(statement.receiver.into.name.text, listOf(values));
        if (statement.quorum?.by) store(own).set(statement.quorum.by.text, listOf(values.map((_, i) => i)));
        return;
      }
      case 'assignment':
        take(
          store(statement.role.key),
          statement.into,
          actor(statement.role.key).eval(statement.value, store(statement.role.key)),
        );
        return;
      case 'effect':
        actor(statement.role.key).eval(statement.value, store(statement.role.key));
        return;
      case 'call':
        return call(statement);
      case 'continue':
        throw new Jump(statement.name.text);
      // In one of the orders that there are.
      case 'par':
        return statement.branches.forEach((branch) => {
          block(branch.statements);
        });
      case 'at':
        return block(statement.body.statements);
      case 'for':
      case 'when':
        throw new Error(`not without sizes: ${statement.kind}`);
      case 'leave':
        throw new Exit(statement.name.text);
      case 'rec':
        for (;;) {
          try {
            return block(statement.body.statements);
          } catch (error) {
            if (error instanceof Exit && error.loop === statement.name.text) return;
            if (!(error instanceof Jump) || error.loop !== statement.name.text) throw error;
            if (left.fuel-- <= 0) throw new OutOfFuel();
          }
        }
      case 'while': {
        while (decide(statement.guards.map((g) => actor(g.role.key).eval(g.value, store(g.role.key)))) === true) {
          if (left.fuel-- <= 0) throw new OutOfFuel();
          block(statement.body.statements);
        }
        return block(statement.exit);
      }
      case 'decision': {
        if (statement.form === 'choice')
          return block(
            statement.branches[actor(statement.decider.key).choose(statement.branches.length)]?.body.statements ?? [],
          );
        const value = decide(statement.guards.map((g) => actor(g.role.key).eval(g.value, store(g.role.key))));
        if (statement.form === 'if') return block(statement.branches[value === true ? 0 : 1]?.body.statements ?? []);
        for (const branch of statement.branches) {
          const bound = branch.pattern ? match(branch.pattern, value) : new Map<string, Value>();
          if (!bound) continue;
          for (const { role } of statement.guards) for (const [name, v] of bound) store(role.key).set(name, v);
          const head = branch.body.statements.filter(isImplied);
          block(head);
          // Who is sent the value has it, and what the pattern takes, whatever messages that are.
          const fields = (branch.pattern?.kind === 'constructor' ? (branch.pattern.args ?? []) : []).flatMap((arg) =>
            arg.kind === 'constructor' && arg.name.written === undefined ? [arg.name.text] : [],
          );
          for (const { role, into } of statement.sent ?? []) {
            const kept = into?.kind === 'variable' && into.name.text !== '_' ? [[into.name.text, value] as const] : [];
            for (const [name, v] of [...kept, ...fields.map((field) => [field, bound.get(field)] as const)]) {
              if (show(store(role.key).get(name)) !== show(v))
                throw new Wrong(`${role.key}.${name} is not what was sent`);
            }
          }
          return block(branch.body.statements.slice(head.length));
        }
      }
    }
  };
  const call = (statement: Call): void => {
    const callee = world.declarations.get(statement.callee.text);
    if (callee?.kind !== 'choreography') throw new Error(`no choreography ${statement.callee.text}`);
    const inner: Frame = {
      stores: new Map(
        callee.roles.map((role, i) => {
          const arg = statement.args[i];
          const evaluated = (expr: Expr): Value => (arg ? actor(arg.role.key).eval(expr, store(arg.role.key)) : null);
          const given = [...(arg?.inputs ?? []), ...(statement.values ?? [])].map(evaluated);
          const params = [...role.params, ...valuesOf(callee.parameters)];
          return [role.name.text, new Map(params.map((param, k) => [param.name.text, given[k] ?? null]))];
        }),
      ),
      actors: new Map(callee.roles.map((role, i) => [role.name.text, actor(statement.args[i]?.role.key ?? '')])),
    };
    for (const [place, result] of runBody(callee, inner, world, left)) {
      const role = statement.args[callee.roles.findIndex((each) => each.name.text === place)]?.role.key;
      for (const taker of statement.takers)
        if (taker.role.key === role) take(store(taker.role.key), taker.into, result);
    }
  };
  block(choreography.body.statements);
  return choreography.returns.map(({ role, value }) => [role.key, actor(role.key).eval(value, store(role.key))]);
}

function decide(values: readonly Value[]): Value {
  if (values.some((value) => show(value) !== show(values[0]))) throw new Wrong('guards differ');
  return values[0] ?? null;
}

// ---- networks ----

/** A message that is taken. */
interface Received extends Message {
  readonly from: string;
}

interface Message {
  readonly label: string;
  readonly value: Value | undefined;
}
/** `takes`: what a receive has branches for. */
type Request =
  | { readonly kind: 'step' }
  | { readonly kind: 'receive'; readonly takes: readonly { readonly from: string; readonly label: string }[] };
type Running = Generator<Request, Value | undefined, Received | undefined>;

/**
 * Runs a network until nothing moves any more.
 * @param schedule picks who moves, given how many can
 * @throws Wrong where it is stuck, a message is not expected, or one is left over
 */
export function runNetwork(network: Network, world: World, schedule: (count: number) => number, fuel: number): Outcome {
  const queues = new Map<string, Message[]>();
  const queue = (from: string, to: string): Message[] => {
    const key = `${from} ${to}`;
    const known = queues.get(key) ?? [];
    queues.set(key, known);
    return known;
  };
  /** The messages that are to be dropped when they come, by sender and receiver. */
  const owed: (readonly [string, string])[] = [];
  const actors = network.processes.map((process) => new Actor(process.name.text, world));
  const stores = new Map(
    network.processes.map((process) => [
      process.name.text,
      new Map([...inputsOf(process.params, process.name.text, world), ...sharedOf(designOf(network, world))]),
    ]),
  );
  const traces = new Map(actors.map((actor) => [actor.name, actor.trace]));
  const places = new Map(network.processes.map((process) => [process.name.text, process.name.text]));
  const running = network.processes.map((process, i) => {
    const actor = actors[i] as Actor;
    const run = runProcess(process, actor, stores.get(process.name.text) ?? new Map<string, Value>(), places, {
      network,
      world,
      send: (to, message) => queue(actor.name, to).push(message),
      owe: (from, to) => {
        owed.push([from, to]);
      },
    });
    return { actor, run, state: run.next() };
  });
  /** Those whose next message a receive takes; of one sender alone, any message. */
  const sendersNow = (actor: Actor, takes: readonly { readonly from: string; readonly label: string }[]): string[] => {
    const senders = [...new Set(takes.map(({ from }) => from))];
    return senders.filter((from) => {
      const [head] = queue(from, actor.name);
      return head && (senders.length === 1 || takes.some((each) => each.from === from && each.label === head.label));
    });
  };
  for (let steps = 0; ; steps++) {
    if (steps > fuel) return { traces, stores: undefined };
    for (let i = 0; i < owed.length;) {
      const [from, to] = owed[i] as readonly [string, string];
      if (queue(from, to).shift()) owed.splice(i, 1);
      else i++;
    }
    const able = running.filter(
      ({ actor, state }) =>
        !state.done && (state.value.kind === 'step' || sendersNow(actor, state.value.takes).length > 0),
    );
    const mover = able[schedule(able.length)];
    if (!mover) break;
    const request = mover.state.value as Request;
    if (request.kind === 'step') mover.state = mover.run.next();
    else {
      const [from, ...others] = sendersNow(mover.actor, request.takes);
      // It is never a matter of who is faster.
      if (others.length > 0)
        throw new Wrong(`race: ${mover.actor.name} may get a message from ${from} or ${others.join()}`);
      mover.state = mover.run.next({ from: from ?? '', ...(queue(from ?? '', mover.actor.name).shift() as Message) });
    }
  }
  // A server may wait for ever; a message for it is left over below.
  const waiting = running
    .filter(({ state }, i) => !state.done && network.processes[i]?.server !== true)
    .map(({ actor }) => actor.name);
  if (waiting.length > 0) throw new Wrong(`deadlock: ${waiting.join()} wait`);
  for (const [key, messages] of queues)
    if (messages.length > 0) throw new Wrong(`left over: ${key} ${messages[0]?.label ?? ''}`);
  return { traces, stores };
}

/** What a network implements. */
function designOf({ implements: design }: Network, world: World): Choreography | undefined {
  const found = design && world.declarations.get(design.text);
  return found?.kind === 'choreography' ? found : undefined;
}

/** What all know at the start: different numbers. */
function sharedOf(choreography: Choreography | undefined): readonly (readonly [string, Value])[] {
  return valuesOf(choreography?.parameters ?? []).map(({ name }, i) => [name.text, i + 1]);
}

/** How many messages are waited for. */
function neededOf(quorum: Quorum | undefined, senders: number): number {
  return !quorum ? senders : quorum.count?.kind === 'int' ? Number(quorum.count.text) : Math.floor(senders / 2) + 1;
}

/** `owe`: the next message of a role is dropped. */
interface Around {
  readonly network: Network;
  readonly world: World;
  readonly send: (to: string, message: Message) => void;
  readonly owe: (from: string, to: string) => void;
}

/** A process of a network; `places` says who stands for each of its names. */
function* runProcess(
  process: Process,
  actor: Actor,
  store: Store,
  places: ReadonlyMap<string, string>,
  around: Around,
): Running {
  const who = (name: string): string => places.get(name) ?? name;
  function* block(actions: readonly Action[]): Generator<Request, void, Received | undefined> {
    for (const action of actions) yield* one(action);
  }
  function* one(action: Action): Generator<Request, void, Received | undefined> {
    switch (action.kind) {
      case 'send': {
        yield { kind: 'step' };
        const value = action.value && actor.eval(action.value, store);
        const label = action.label?.name.text ?? '';
        actor.trace.push(`${label}<${show(value)}> to ${who(action.receiver.key)}`);
        around.send(who(action.receiver.key), { label, value });
        return;
      }
      case 'receive': {
        const message = yield {
          kind: 'receive',
          takes: action.branches.map((b) => ({ from: who(b.sender.key), label: b.label?.text ?? '' })),
        };
        if (!message) throw new Error('nothing received');
        const branch = action.branches.find(
          (b) => who(b.sender.key) === message.from && (b.label?.text ?? '') === message.label,
        );
        if (!branch) throw new Wrong(`${actor.name} does not expect ${message.label} from ${message.from}`);
        actor.trace.push(`${message.label}<${show(message.value)}> from ${message.from}`);
        if (branch.into && message.value !== undefined) take(store, branch.into, message.value);
        return yield* block(branch.body.actions);
      }
      case 'gather': {
        const values: Value[] = [];
        const needed = neededOf(action.quorum, action.senders.length);
        for (const [number, sender] of action.senders.entries()) {
          const from = who(sender.key);
          if (number >= needed) {
            around.owe(from, actor.name);
            continue;
          }
          const message = yield { kind: 'receive', takes: [{ from, label: action.label?.text ?? '' }] };
          if (message?.label !== (action.label?.text ?? ''))
            throw new Wrong(`${actor.name} does not expect ${message?.label} from ${from}`);
          actor.trace.push(`${message.label}<${show(message.value)}> from ${from}`);
          if (message.value !== undefined) values.push(message.value);
        }
        if (action.variable) store.set(action.variable.text, listOf(values));
        if (action.quorum?.by) store.set(action.quorum.by.text, listOf(values.map((_, i) => i)));
        return;
      }
      case 'assignment':
        yield { kind: 'step' };
        take(store, action.into, actor.eval(action.value, store));
        return;
      case 'effect':
        yield { kind: 'step' };
        actor.eval(action.value, store);
        return;
      case 'if': {
        yield { kind: 'step' };
        return yield* block(actor.eval(action.condition, store) === true ? action.then.actions : action.else.actions);
      }
      case 'match': {
        yield { kind: 'step' };
        const value = actor.eval(action.value, store);
        for (const { pattern, body } of action.cases) {
          const bound = match(pattern, value);
          if (!bound) continue;
          for (const [name, v] of bound) store.set(name, v);
          return yield* block(body.actions);
        }
        return yield* block(action.else?.actions ?? []);
      }
      case 'choice':
        yield { kind: 'step' };
        return yield* block(action.branches[actor.choose(action.branches.length)]?.actions ?? []);
      case 'while':
        for (;;) {
          yield { kind: 'step' };
          if (actor.eval(action.condition, store) !== true) return;
          yield* block(action.body.actions);
        }
      case 'rec':
        for (;;) {
          try {
            return yield* block(action.body.actions);
          } catch (error) {
            if (error instanceof Exit && error.loop === action.name.text) return;
            if (!(error instanceof Jump) || error.loop !== action.name.text) throw error;
            yield { kind: 'step' };
          }
        }
      case 'continue':
        throw new Jump(action.name.text);
      case 'par':
        throw new Error('no reference semantics for threads');
      case 'at':
        return yield* block(action.body.actions);
      case 'for':
      case 'when':
      case 'pick':
        throw new Error(`not without sizes: ${action.kind}`);
      case 'leave':
        throw new Exit(action.name.text);
      case 'hole':
        throw new Wrong('hole');
      case 'call': {
        yield { kind: 'step' };
        const callee = around.world.declarations.get(action.callee.text);
        if (callee?.kind !== 'network') throw new Error(`no network ${action.callee.text}`);
        const place = action.args.findIndex((arg) => arg.role.key === process.name.text);
        const own = callee.processes[place];
        if (!own) throw new Error(`no place in ${action.callee.text}`);
        const inputs = [...(action.args[place]?.inputs ?? []), ...(action.values ?? [])].map((input) =>
          actor.eval(input, store),
        );
        const params = [...own.params, ...valuesOf(designOf(callee, around.world)?.parameters ?? [])];
        const inner = new Map(params.map((param, i) => [param.name.text, inputs[i] ?? null]));
        const standIns = new Map(callee.processes.map((p, i) => [p.name.text, who(action.args[i]?.role.key ?? '')]));
        const result = yield* runProcess(own, actor, inner, standIns, around);
        if (action.into && result !== undefined) take(store, action.into, result);
      }
    }
  }
  yield* block(process.body.actions);
  return process.returns && actor.eval(process.returns, store);
}
