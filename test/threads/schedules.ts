// Runs of processes under random schedules, with real values: a plain interpreter of what processes with threads mean,
// apart from the checker's model.
import type { Expr, Name, Pattern } from '../../language/ir/expression.js';
import type { Declaration } from '../../language/ir/file.js';
import { ownVariables } from '../../language/ir/threads.js';
import { targetsIn, walkActions } from '../../language/ir/process.js';
import type { Action, LocalGather, LocalPar, Network, Process } from '../../language/ir/process.js';
import { namesOf } from '../../language/ir/expression.js';
import { namesOfTarget } from '../../language/ir/target.js';
import type { Target } from '../../language/ir/target.js';

export type Value =
  | number
  | boolean
  | string
  | null
  | readonly Value[]
  | { readonly case: string; readonly args: readonly Value[]; readonly fields?: readonly string[] }
  | ((...args: readonly Value[]) => Value);
type Slots = Value[];
type Compute = (slots: Slots) => Value;
type Store = (slots: Slots, value: Value) => void;

/** One step of a thread: `from` and `labels` of what it waits for, or what it does, and where it goes on. */
type Op =
  | {
      readonly kind: 'send';
      readonly to: number;
      readonly label: string;
      readonly value: Compute;
      readonly next: number;
    }
  | {
      readonly kind: 'receive';
      readonly options: readonly {
        readonly from: number;
        readonly label: string;
        readonly store: Store;
        readonly next: number;
      }[];
    }
  /** The first so many of several messages. */
  | {
      readonly kind: 'gather';
      readonly senders: readonly number[];
      readonly needed: number;
      readonly label: string;
      readonly store: Store;
      readonly next: number;
    }
  /** One atomic step, however much is in it. */
  | { readonly kind: 'local'; readonly run: (slots: Slots) => void; readonly next: number }
  /** Goes on where `by` says, of these. */
  | { readonly kind: 'decide'; readonly by: (slots: Slots) => number; readonly ways: readonly number[] }
  | {
      readonly kind: 'fork';
      readonly threads: readonly { readonly start: number; readonly labels: ReadonlySet<string> }[];
      readonly next: number;
    }
  | { readonly kind: 'end' };

interface Program {
  readonly name: string;
  readonly ops: readonly Op[];
  readonly start: number;
  readonly slots: ReadonlyMap<string, number>;
  readonly size: number;
  readonly params: readonly { readonly name: string; readonly slot: number }[];
}

/** A network made ready to be run again and again. */
export interface Runnable {
  readonly programs: readonly Program[];
}

interface Thread {
  readonly process: number;
  readonly parent: Thread | undefined;
  /** Of each sender, the labels that only its sisters take, as `from label`. */
  readonly passes: ReadonlySet<string>;
  pc: number;
  children: number;
  /** What a gather has so far. */
  readonly taken: Value[];
  readonly from: Set<number>;
}

interface Message {
  readonly label: string;
  readonly value: Value;
}

export interface Outcome {
  /** The shared variables of each process at the end, by its name. */
  readonly variables: ReadonlyMap<string, ReadonlyMap<string, Value>>;
  /** Who still waits. */
  readonly waiting: readonly string[];
}

/** What a network is run with. */
export interface Given {
  /** Makes all variables of a process shared by its threads. */
  readonly shared?: boolean;
  /** The values that all know. */
  readonly values?: ReadonlyMap<string, Value>;
  /** What a host function answers a process. */
  readonly host?: (process: string, name: string, args: readonly Value[]) => Value;
  /** The network of what is called, without families. */
  readonly called?: (name: string) => Network;
}

/** @param network without families */
export function runnable(network: Network, declarations: readonly Declaration[], given: Given = {}): Runnable {
  const names = network.processes.map(({ name }) => name.text);
  const externs = declarations.flatMap((declaration) =>
    declaration.kind === 'extern-function' ? [declaration.name.text] : [],
  );
  return {
    programs: network.processes.map((process) => {
      const host = externs.map(
        (name) =>
          [name, (...args: readonly Value[]): Value => given.host?.(process.name.text, name, args) ?? null] as const,
      );
      return compile(process, names, globals(declarations, new Map([...host, ...(given.values ?? [])])), given);
    }),
  };
}

/**
 * One run.
 * @param random a number from 0 to below 1, each time another
 * @param inputs of each process, by its name and that of the input
 */
export function run(
  { programs }: Runnable,
  random: () => number,
  inputs: (process: string, input: string) => Value,
): Outcome {
  const { length } = programs;
  const slots = programs.map(({ size, params, name }): Slots => {
    const made: Slots = new Array<Value>(size).fill(null);
    for (const param of params) made[param.slot] = inputs(name, param.name);
    return made;
  });
  const queues = Array.from({ length: length * length }, (): Message[] => []);
  const owed = new Map<string, number>();
  const able: Thread[] = [];
  const waiting: Set<Thread>[] = programs.map(() => new Set());
  const none: ReadonlySet<string> = new Set();
  programs.forEach(({ start }, process) => {
    able.push({ process, parent: undefined, passes: none, pc: start, children: 0, taken: [], from: new Set() });
  });
  const queue = (from: number, to: number): Message[] => queues[from * length + to] as Message[];
  /** Takes the first message of a sender that the thread does not pass over, if it has this label. */
  const take = (thread: Thread, from: number, label: string): Message | undefined => {
    const messages = queue(from, thread.process);
    for (;;) {
      const at =
        thread.passes.size === 0 ? 0 : messages.findIndex((message) => !thread.passes.has(`${from} ${message.label}`));
      const message = messages[at];
      if (!message || message.label !== label) return undefined;
      messages.splice(at, 1);
      const key = `${from}>${thread.process} ${label}`;
      const late = owed.get(key) ?? 0;
      if (late === 0) return message;
      owed.set(key, late - 1);
    }
  };
  const wake = (process: number): void => {
    const own = waiting[process] as Set<Thread>;
    able.push(...own);
    own.clear();
  };
  while (able.length > 0) {
    const at = Math.floor(random() * able.length);
    const thread = able[at] as Thread;
    const program = programs[thread.process] as Program;
    const own = slots[thread.process] as Slots;
    const op = program.ops[thread.pc] as Op;
    const stop = (): void => {
      able[at] = able.at(-1) as Thread;
      able.pop();
    };
    switch (op.kind) {
      case 'send':
        queue(thread.process, op.to).push({ label: op.label, value: op.value(own) });
        thread.pc = op.next;
        wake(op.to);
        break;
      case 'receive': {
        const heard = new Set<number>();
        const ready = op.options.flatMap((option) => {
          const message = heard.has(option.from) ? undefined : take(thread, option.from, option.label);
          if (message) heard.add(option.from);
          return message ? [{ option, message }] : [];
        });
        const [first, other] = ready;
        if (other) throw new Error('two at once');
        if (!first) {
          stop();
          (waiting[thread.process] as Set<Thread>).add(thread);
          break;
        }
        first.option.store(own, first.message.value);
        thread.pc = first.option.next;
        break;
      }
      case 'gather': {
        const left = op.senders.filter((sender) => !thread.from.has(sender));
        const sender = left.find((each) => {
          const message = take(thread, each, op.label);
          if (message) thread.taken.push(message.value);
          return message !== undefined;
        });
        if (sender === undefined) {
          stop();
          (waiting[thread.process] as Set<Thread>).add(thread);
          break;
        }
        thread.from.add(sender);
        if (thread.taken.length < op.needed) break;
        op.store(own, [...thread.taken]);
        for (const late of op.senders)
          if (!thread.from.has(late))
            owed.set(
              `${late}>${thread.process} ${op.label}`,
              (owed.get(`${late}>${thread.process} ${op.label}`) ?? 0) + 1,
            );
        thread.taken.length = 0;
        thread.from.clear();
        thread.pc = op.next;
        break;
      }
      case 'local':
        op.run(own);
        thread.pc = op.next;
        break;
      case 'decide':
        thread.pc = op.ways[op.by(own)] as number;
        break;
      case 'fork': {
        stop();
        thread.pc = op.next;
        thread.children = op.threads.length;
        op.threads.forEach(({ start, labels }) => {
          const others = new Set(
            op.threads.flatMap((other) => [...other.labels]).filter((label) => !labels.has(label)),
          );
          able.push({
            process: thread.process,
            parent: thread,
            passes: new Set([...thread.passes, ...others]),
            pc: start,
            children: 0,
            taken: [],
            from: new Set(),
          });
        });
        break;
      }
      case 'end':
        stop();
        if (thread.parent && --thread.parent.children === 0) able.push(thread.parent);
    }
  }
  return {
    variables: new Map(
      programs.map(({ name, slots: places }, i) => [
        name,
        new Map([...places].map(([variable, slot]) => [variable, slots[i]?.[slot] ?? null])),
      ]),
    ),
    waiting: waiting.flatMap((own, i) => (own.size > 0 ? [programs[i]?.name ?? ''] : [])),
  };
}

function compile(
  whole: Process,
  names: readonly string[],
  global: ReadonlyMap<string, Value>,
  { shared = false, called }: Given,
): Program {
  const ops: Op[] = [];
  const slots = new Map<string, number>();
  const add = (op: Op): number => ops.push(op) - 1;
  const slotAt = (key: string): number => {
    const known = slots.get(key) ?? slots.size;
    slots.set(key, known);
    return known;
  };
  const nothing: Store = () => undefined;
  /** What a process does in a place: `of` puts apart what it has there, `number` says who a role is. */
  const play = (
    process: Process,
    of: string,
    number: (role: string) => number,
    result: Store,
    after: number,
  ): number => {
    type Apart = ReadonlyMap<string, string>;
    const own = shared ? new Map<LocalPar, readonly ReadonlySet<string>[]>() : ownVariables(process);
    const slotOf = (name: string, apart: Apart): number => slotAt(of + (apart.get(name) ?? name));
    const labelsOf = (actions: readonly Action[]): ReadonlySet<string> => {
      const labels = new Set<string>();
      walkActions(actions, (action) => {
        if (action.kind === 'receive')
          for (const { sender, label } of action.branches) labels.add(`${number(sender.key)} ${label?.text ?? ''}`);
        if (action.kind === 'gather')
          for (const sender of action.senders) labels.add(`${number(sender.key)} ${action.label?.text ?? ''}`);
      });
      return labels;
    };
    const variables = new Set(process.params.map(({ name }) => name.text));
    walkActions(process.body.actions, (action) => {
      for (const target of targetsIn(action)) for (const name of namesOfTarget(target)) variables.add(name.text);
      if (action.kind === 'match')
        for (const { pattern } of action.cases)
          for (const name of namesOf(pattern)) if (!global.has(caseOf(name))) variables.add(name);
    });
    const expr = (value: Expr, apart: Apart): Compute =>
      compute(
        value,
        (name) => {
          const slot = variables.has(name) ? slotOf(name, apart) : undefined;
          return slot === undefined ? undefined : (now) => now[slot] as Value;
        },
        global,
      );
    const binding =
      (pattern: Pattern, apart: Apart): ((slots: Slots, value: Value) => boolean) =>
      (now, value) => {
        const found = fits(pattern, value, global);
        for (const [name, part] of found ?? []) now[slotOf(name, apart)] = part;
        return found !== undefined;
      };
    const into = (target: Target | undefined, apart: Apart): Store => {
      if (!target) return nothing;
      if (target.kind === 'pattern') return binding(target.pattern, apart);
      const slot = slotOf(target.name.text, apart);
      return (now, value) => {
        now[slot] = value;
      };
    };
    const needed = ({ quorum, senders }: LocalGather): number =>
      !quorum
        ? senders.length
        : quorum.count?.kind === 'int'
          ? Number(quorum.count.text)
          : Math.floor(senders.length / 2) + 1;
    /** What is one step: run at once. */
    const atOnce = (actions: readonly Action[], apart: Apart): ((now: Slots) => void) => {
      const steps = actions.map((action): ((now: Slots) => void) => {
        if (action.kind === 'assignment') {
          const [store, value] = [into(action.into, apart), expr(action.value, apart)];
          return (now) => {
            store(now, value(now));
          };
        }
        if (action.kind === 'if') {
          const [by, then, otherwise] = [
            expr(action.condition, apart),
            atOnce(action.then.actions, apart),
            atOnce(action.else.actions, apart),
          ];
          return (now) => {
            (by(now) === true ? then : otherwise)(now);
          };
        }
        throw new Error(`no ${action.kind} in one step`);
      });
      return (now) => {
        for (const step of steps) step(now);
      };
    };
    const block = (
      actions: readonly Action[],
      next: number,
      apart: Apart,
      loops: ReadonlyMap<string, number>,
    ): number => actions.reduceRight((then, action) => build(action, then, apart, loops), next);
    const decide = (condition: Expr, yes: number, no: number, apart: Apart): Op => {
      const by = expr(condition, apart);
      return { kind: 'decide', by: (now) => (by(now) === true ? 0 : 1), ways: [yes, no] };
    };
    const build = (action: Action, next: number, apart: Apart, loops: ReadonlyMap<string, number>): number => {
      switch (action.kind) {
        case 'send':
          return add({
            kind: 'send',
            to: number(action.receiver.key),
            label: action.label?.name.text ?? '',
            value: action.value ? expr(action.value, apart) : () => null,
            next,
          });
        case 'receive':
          return add({
            kind: 'receive',
            options: action.branches.map(({ sender, label, into: target, body }) => ({
              from: number(sender.key),
              label: label?.text ?? '',
              store: into(target, apart),
              next: block(body.actions, next, apart, loops),
            })),
          });
        case 'gather':
          return add({
            kind: 'gather',
            senders: action.senders.map(({ key }) => number(key)),
            needed: needed(action),
            label: action.label?.text ?? '',
            store: into(action.variable && { kind: 'variable', name: action.variable }, apart),
            next,
          });
        case 'assignment':
          return add({ kind: 'local', run: atOnce([action], apart), next });
        case 'at':
          return add({ kind: 'local', run: atOnce(action.body.actions, apart), next });
        case 'effect':
          return add({ kind: 'local', run: expr(action.value, apart), next });
        case 'if':
          return add(
            decide(
              action.condition,
              block(action.then.actions, next, apart, loops),
              block(action.else.actions, next, apart, loops),
              apart,
            ),
          );
        case 'match': {
          const [value, cases] = [
            expr(action.value, apart),
            action.cases.map(({ pattern }) => binding(pattern, apart)),
          ];
          return add({
            kind: 'decide',
            ways: [
              ...action.cases.map(({ body }) => block(body.actions, next, apart, loops)),
              block(action.else?.actions ?? [], next, apart, loops),
            ],
            by: (now) => {
              const of = value(now);
              const found = cases.findIndex((takes) => takes(now, of));
              return found < 0 ? cases.length : found;
            },
          });
        }
        case 'par': {
          const end = add({ kind: 'end' });
          return add({
            kind: 'fork',
            next,
            threads: action.branches.map(({ actions }, i) => ({
              labels: labelsOf(actions),
              start: block(
                actions,
                end,
                new Map([
                  ...apart,
                  ...[...(own.get(action)?.[i] ?? [])].map((name) => [name, `${name} of ${ops.length} ${i}`] as const),
                ]),
                new Map(),
              ),
            })),
          });
        }
        case 'rec':
        case 'while': {
          const head = add({ kind: 'end' });
          const round = (inside: ReadonlyMap<string, number>): number =>
            block(action.body.actions, action.kind === 'while' ? head : next, apart, inside);
          ops[head] =
            action.kind === 'while'
              ? decide(action.condition, round(loops), next, apart)
              : { kind: 'local', run: () => undefined, next: round(new Map([...loops, [action.name.text, head]])) };
          return head;
        }
        case 'continue':
          return loops.get(action.name.text) ?? next;
        case 'call': {
          const network = called?.(action.callee.text);
          const at = action.args.findIndex(({ role }) => number(role.key) === number(process.name.text));
          const callee = network?.processes[at];
          if (!callee || (action.values ?? []).length > 0) throw new Error(`no runs of ${action.callee.text}`);
          const inside = `${of}${ops.length} `;
          const start = play(
            callee,
            inside,
            (role) =>
              number(action.args[network.processes.findIndex(({ name }) => name.text === role)]?.role.key ?? ''),
            into(action.into, apart),
            next,
          );
          const inputs = callee.params.map(
            ({ name }, i) => [slotAt(inside + name.text), expr(action.args[at]?.inputs[i] as Expr, apart)] as const,
          );
          return add({
            kind: 'local',
            run: (now) => {
              for (const [slot, value] of inputs) now[slot] = value(now);
            },
            next: start,
          });
        }
        case 'choice':
        case 'for':
        case 'hole':
        case 'leave':
        case 'pick':
        case 'when':
          throw new Error(`no runs of ${action.kind}`);
      }
    };
    const returned = process.returns && expr(process.returns, new Map());
    return block(
      process.body.actions,
      returned
        ? add({
            kind: 'local',
            run: (now) => {
              result(now, returned(now));
            },
            next: after,
          })
        : after,
      new Map(),
      new Map(),
    );
  };
  const params = whole.params.map(({ name }) => ({ name: name.text, slot: slotAt(name.text) }));
  const result = slotAt('return');
  const start = play(
    whole,
    '',
    (role) => names.indexOf(role),
    (now, value) => {
      now[result] = value;
    },
    add({ kind: 'end' }),
  );
  return { name: whole.name.text, ops, start, slots, size: slots.size, params };
}

/** What an expression computes; `variable` finds those of a process, or what is bound around. */
function compute(
  expr: Expr,
  variable: (name: string) => Compute | undefined,
  global: ReadonlyMap<string, Value>,
): Compute {
  const inner = (each: Expr): Compute => compute(each, variable, global);
  switch (expr.kind) {
    case 'int': {
      const value = Number(expr.text);
      return () => value;
    }
    case 'bool':
    case 'string': {
      const { value } = expr;
      return () => value;
    }
    case 'none':
      return () => null;
    case 'list':
    case 'tuple': {
      const items = expr.items.map(inner);
      return (now) => items.map((item) => item(now));
    }
    case 'index': {
      const [receiver, index] = [inner(expr.receiver), inner(expr.index)];
      return (now) => (receiver(now) as readonly Value[])[Number(index(now))] as Value;
    }
    case 'let': {
      const value = inner(expr.value);
      let bound: ReadonlyMap<string, Value> = new Map();
      const names = namesOf(expr.pattern);
      const body = compute(
        expr.body,
        (name) => (names.includes(name) ? () => bound.get(name) as Value : variable(name)),
        global,
      );
      return (now) => {
        bound = fits(expr.pattern, value(now), global) ?? bound;
        return body(now);
      };
    }
    case 'name': {
      const found = variable(expr.name.text);
      if (found) return found;
      const value = global.get(expr.name.text) as Value;
      return () => value;
    }
    case 'call': {
      const [callee, args] = [global.get(expr.callee.text), expr.args.map(({ value }) => inner(value))];
      if (typeof callee !== 'function') throw new Error(`no function ${expr.callee.text}`);
      return (now) => callee(...args.map((arg) => arg(now)));
    }
    case 'field': {
      const [receiver, name] = [inner(expr.receiver), expr.name.text];
      return (now) => {
        const of = receiver(now);
        return of !== null && typeof of === 'object' && 'args' in of
          ? (of.args[of.fields?.indexOf(name) ?? -1] ?? null)
          : null;
      };
    }
    case 'unary': {
      const operand = inner(expr.operand);
      return expr.operator === 'not' ? (now) => operand(now) !== true : (now) => -Number(operand(now));
    }
    case 'binary': {
      const [left, right] = [inner(expr.left), inner(expr.right)];
      switch (expr.operator) {
        case 'and':
          return (now) => left(now) === true && right(now) === true;
        case 'or':
          return (now) => left(now) === true || right(now) === true;
        case '==':
          return (now) => same(left(now), right(now));
        case '!=':
          return (now) => !same(left(now), right(now));
        case '<':
          return (now) => Number(left(now)) < Number(right(now));
        case '<=':
          return (now) => Number(left(now)) <= Number(right(now));
        case '>':
          return (now) => Number(left(now)) > Number(right(now));
        case '>=':
          return (now) => Number(left(now)) >= Number(right(now));
        case '+':
          return (now) => Number(left(now)) + Number(right(now));
        case '-':
          return (now) => Number(left(now)) - Number(right(now));
        case '*':
          return (now) => Number(left(now)) * Number(right(now));
        case '/':
          return (now) => Math.trunc(Number(left(now)) / Number(right(now)));
        case '%':
          return (now) => Number(left(now)) % Number(right(now));
      }
      break;
    }
    case 'if': {
      const [condition, then, otherwise] = [inner(expr.condition), inner(expr.then), inner(expr.else)];
      return (now) => (condition(now) === true ? then : otherwise)(now);
    }
    case 'lambda': {
      const names = expr.params.map(({ text }) => text);
      // Nothing here calls itself: one place for the arguments is enough.
      let given: readonly Value[] = [];
      const body = compute(
        expr.body,
        (name) => (names.includes(name) ? () => given[names.indexOf(name)] as Value : variable(name)),
        global,
      );
      return (now) =>
        (...args) => {
          given = args;
          return body(now);
        };
    }
    case 'match': {
      const value = inner(expr.value);
      let bound: ReadonlyMap<string, Value> = new Map();
      const arms = expr.arms.map(({ pattern, body }) => {
        const names = namesOf(pattern).filter((name) => !global.has(caseOf(name)));
        return {
          pattern,
          body: compute(
            body,
            (name) => (names.includes(name) ? () => bound.get(name) as Value : variable(name)),
            global,
          ),
        };
      });
      const otherwise = expr.else && inner(expr.else);
      return (now) => {
        const of = value(now);
        for (const { pattern, body } of arms) {
          const found = fits(pattern, of, global);
          if (!found) continue;
          bound = found;
          return body(now);
        }
        return otherwise ? otherwise(now) : null;
      };
    }
    case 'float':
    case 'update':
      break;
  }
  throw new Error(`no runs of ${expr.kind}`);
}

/** What is there where a name is a case. */
function caseOf(name: string): string {
  return `case ${name}`;
}

/** What a pattern takes of a value; undefined where it does not take it. A name that is a case stands for that. */
function fits(
  pattern: Pattern,
  value: Value,
  global: ReadonlyMap<string, Value>,
): ReadonlyMap<string, Value> | undefined {
  const parts = (patterns: readonly Pattern[], values: readonly Value[]): ReadonlyMap<string, Value> | undefined => {
    const bound = new Map<string, Value>();
    for (const [i, part] of patterns.entries()) {
      const found = fits(part, values[i] ?? null, global);
      if (!found) return undefined;
      for (const [name, each] of found) bound.set(name, each);
    }
    return bound;
  };
  switch (pattern.kind) {
    case 'none':
      return value === null ? new Map() : undefined;
    case 'tuple':
      return parts(pattern.items, value as readonly Value[]);
    case 'constructor': {
      const {
        name: { text },
        args,
      } = pattern;
      if (!args && !global.has(caseOf(text))) return text === '_' ? new Map() : new Map([[text, value]]);
      if (value === null || typeof value !== 'object' || !('case' in value) || value.case !== text) return undefined;
      return parts(args ?? [], value.args);
    }
    case 'literal':
      throw new Error('no runs of literals as patterns');
  }
}

function same(left: Value, right: Value): boolean {
  if (left === right) return true;
  if (left === null || right === null || typeof left !== 'object' || typeof right !== 'object') return false;
  return JSON.stringify(left) === JSON.stringify(right);
}

/** Maps and sets have the order of what their keys and items look like: one that is no program's business. */
function ordered(kind: 'map' | 'set', items: Iterable<readonly [string, Value]>): Value {
  return { case: kind, args: [...new Map(items)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item) };
}

/** What all processes know: the library, as far as it is used, what a file declares, and what is given. */
function globals(declarations: readonly Declaration[], given: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
  // The items of a list, a set or a map, of this with their keys.
  const list = (value: Value | undefined): readonly Value[] =>
    Array.isArray(value)
      ? (value as readonly Value[])
      : value !== null && typeof value === 'object' && 'args' in value
        ? value.args
        : [];
  const mapOf = (pairs: readonly Value[]): Value =>
    ordered(
      'map',
      pairs.map((pair) => [JSON.stringify(list(pair)[0]), pair]),
    );
  const setOf = (items: readonly Value[]): Value =>
    ordered(
      'set',
      items.map((item) => [JSON.stringify(item), item]),
    );
  const apply = (fn: Value | undefined, ...args: readonly Value[]): Value =>
    typeof fn === 'function' ? fn(...args) : null;
  const some = (value: Value): Value => ({ case: 'some', args: [value] });
  const inside = (value: Value | undefined): Value =>
    value !== null && typeof value === 'object' && 'args' in value ? (value.args[0] ?? null) : null;
  const known = new Map<string, Value>([
    ...given,
    ['mapOf', (of) => mapOf(list(of))],
    ['setOf', (of) => setOf(list(of))],
    ['union', (a, b) => setOf([...list(a), ...list(b)])],
    ['toList', (of) => list(of)],
    ['join', (of, by) => list(of).join(String(by))],
    [
      'get',
      (of, key = null) => {
        const found = list(of).find((pair) => same(list(pair)[0] ?? null, key));
        return found === undefined ? null : some(list(found)[1] ?? null);
      },
    ],
    ['insert', (of, key = null, value = null) => mapOf([...list(of), [key, value]])],
    ['keys', (of) => list(of).map((pair) => list(pair)[0] ?? null)],
    ['values', (of) => list(of).map((pair) => list(pair)[1] ?? null)],
    [
      'groupBy',
      (of, fn) =>
        mapOf(
          list(of).map((each) => {
            const key = apply(fn, each);
            return [key, list(of).filter((other) => same(apply(fn, other), key))];
          }),
        ),
    ],
    ['distinct', (of) => list(setOf(list(of)))],
    ['flatMap', (of, fn) => list(of).flatMap((each) => list(apply(fn, each)))],
    ['filter', (of, fn) => list(of).filter((each) => apply(fn, each) === true)],
    ['contains', (of, item = null) => list(of).some((each) => same(each, item))],
    ['any', (of, fn) => list(of).some((each) => apply(fn, each) === true)],
    ['zip', (a, b) => list(a).map((each, i) => [each, list(b)[i] ?? null])],
    [
      'range',
      (from, until) => Array.from({ length: Math.max(0, Number(until) - Number(from)) }, (_, i) => Number(from) + i),
    ],
    ['sum', (of) => list(of).reduce<number>((all, each) => all + Number(each), 0)],
    ['getOr', (of = null, otherwise = null) => (of === null ? otherwise : inside(of))],
    ['some', (value = null) => some(value)],
    ['isSome', (value = null) => value !== null],
    ['isNone', (value = null) => value === null],
    ['isEmpty', (of) => list(of).length === 0],
    ['length', (of) => list(of).length],
    ['first', (of) => list(of)[0] ?? null],
    [
      'somes',
      (of) =>
        list(of)
          .filter((each) => each !== null)
          .map(inside),
    ],
    ['all', (of, fn) => list(of).every((each) => apply(fn, each) === true)],
    ['map', (of, fn) => list(of).map((each) => apply(fn, each))],
    [
      'maxBy',
      (of, fn) => list(of).reduce((best, each) => (Number(apply(fn, each)) > Number(apply(fn, best)) ? each : best)),
    ],
    ['max', (a = null, b = null) => Math.max(Number(a), Number(b))],
  ]);
  const none = (_: string): undefined => undefined;
  for (const declaration of declarations) {
    if (declaration.kind === 'record') {
      const fields = declaration.fields.map(({ name }: { readonly name: Name }) => name.text);
      known.set(declaration.name.text, (...args) => ({ case: declaration.name.text, args, fields }));
    }
    if (declaration.kind === 'enum')
      for (const {
        name: { text },
        fields,
      } of declaration.cases) {
        const library = known.get(text);
        const made = (args: readonly Value[]): Value => ({ case: text, args });
        known.set(
          text,
          fields.length === 0
            ? made([])
            : (...args) =>
                typeof library === 'function' && args.length !== fields.length ? library(...args) : made(args),
        );
        known.set(caseOf(text), true);
      }
    if (declaration.kind === 'function') {
      const names = declaration.params.map(({ name }) => name.text);
      // The arguments stand in slots of their own.
      const body = (): Compute =>
        compute(
          declaration.body,
          (name) => (names.includes(name) ? (now) => now[names.indexOf(name)] as Value : none(name)),
          known,
        );
      let made: Compute | undefined;
      known.set(declaration.name.text, (...args) => (made ??= body())([...args]));
    }
  }
  return known;
}
