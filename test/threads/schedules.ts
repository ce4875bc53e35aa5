// Runs of processes under random schedules, with real values: a plain interpreter of what processes with threads mean, apart from the checker's model.
import type { Expr, Name, Pattern } from '../../language/ir/expression.js';
import type { Declaration } from '../../language/ir/file.js';
import { ownVariables } from '../../language/ir/threads.js';
import { walkActions } from '../../language/ir/process.js';
import type { Action, LocalGather, LocalPar, Network, Process } from '../../language/ir/process.js';
import type { Target } from '../../language/ir/target.js';

export type Value = number | boolean | string | null | readonly Value[] | { readonly case: string; readonly args: readonly Value[]; readonly fields?: readonly string[] } | ((...args: readonly Value[]) => Value);
type Slots = Value[];
type Compute = (slots: Slots) => Value;

/** One step of a thread: `from` and `labels` of what it waits for, or what it does, and where it goes on. */
type Op =
  | { readonly kind: 'send'; readonly to: number; readonly label: string; readonly value: Compute; readonly next: number }
  | { readonly kind: 'receive'; readonly options: readonly { readonly from: number; readonly label: string; readonly slot: number; readonly next: number }[] }
  /** The first so many of several messages. */
  | { readonly kind: 'gather'; readonly senders: readonly number[]; readonly needed: number; readonly label: string; readonly slot: number; readonly next: number }
  /** One atomic step, however much is in it. */
  | { readonly kind: 'local'; readonly run: (slots: Slots) => void; readonly next: number }
  | { readonly kind: 'decide'; readonly by: Compute; readonly yes: number; readonly no: number }
  | { readonly kind: 'fork'; readonly threads: readonly { readonly start: number; readonly labels: ReadonlySet<string> }[]; readonly next: number }
  | { readonly kind: 'end' };

interface Program { readonly name: string; readonly ops: readonly Op[]; readonly start: number; readonly slots: ReadonlyMap<string, number>; readonly size: number; readonly params: readonly { readonly name: string; readonly slot: number }[] }

/** A network made ready to be run again and again. */
export interface Runnable { readonly programs: readonly Program[] }

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

interface Message { readonly label: string; readonly value: Value }

export interface Outcome {
  /** The shared variables of each process at the end, by its name. */
  readonly variables: ReadonlyMap<string, ReadonlyMap<string, Value>>;
  /** Who still waits. */
  readonly waiting: readonly string[];
}

/**
 * @param network without families and calls
 * @param shared makes all variables of a process shared by its threads
 */
export function runnable(network: Network, declarations: readonly Declaration[], shared = false): Runnable {
  const names = network.processes.map(({ name }) => name.text);
  const global = globals(declarations);
  return { programs: network.processes.map((process) => compile(process, names, global, shared)) };
}

/**
 * One run.
 * @param random a number from 0 to below 1, each time another
 * @param inputs of each process, by its name and that of the input
 */
export function run({ programs }: Runnable, random: () => number, inputs: (process: string, input: string) => Value): Outcome {
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
  programs.forEach(({ start }, process) => { able.push({ process, parent: undefined, passes: none, pc: start, children: 0, taken: [], from: new Set() }); });
  const queue = (from: number, to: number): Message[] => queues[from * length + to] as Message[];
  /** Takes the first message of a sender that the thread does not pass over, if it has this label. */
  const take = (thread: Thread, from: number, label: string): Message | undefined => {
    const messages = queue(from, thread.process);
    for (;;) {
      const at = thread.passes.size === 0 ? 0 : messages.findIndex((message) => !thread.passes.has(`${from} ${message.label}`));
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
        const ready = op.options.flatMap((option) => { const message = take(thread, option.from, option.label); return message ? [{ option, message }] : []; });
        const [first, other] = ready;
        if (other) throw new Error('two at once');
        if (!first) {
          stop();
          (waiting[thread.process] as Set<Thread>).add(thread);
          break;
        }
        if (first.option.slot >= 0) own[first.option.slot] = first.message.value;
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
        if (op.slot >= 0) own[op.slot] = [...thread.taken];
        for (const late of op.senders) if (!thread.from.has(late)) owed.set(`${late}>${thread.process} ${op.label}`, (owed.get(`${late}>${thread.process} ${op.label}`) ?? 0) + 1);
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
        thread.pc = op.by(own) === true ? op.yes : op.no;
        break;
      case 'fork': {
        stop();
        thread.pc = op.next;
        thread.children = op.threads.length;
        op.threads.forEach(({ start, labels }) => {
          const others = new Set(op.threads.flatMap((other) => [...other.labels]).filter((label) => !labels.has(label)));
          able.push({ process: thread.process, parent: thread, passes: new Set([...thread.passes, ...others]), pc: start, children: 0, taken: [], from: new Set() });
        });
        break;
      }
      case 'end':
        stop();
        if (thread.parent && --thread.parent.children === 0) able.push(thread.parent);
    }
  }
  return {
    variables: new Map(programs.map(({ name, slots: places }, i) => [name, new Map([...places].map(([variable, slot]) => [variable, slots[i]?.[slot] ?? null]))])),
    waiting: waiting.flatMap((own, i) => (own.size > 0 ? [programs[i]?.name ?? ''] : [])),
  };
}

function compile(process: Process, names: readonly string[], global: ReadonlyMap<string, Value>, shared: boolean): Program {
  const ops: Op[] = [];
  const slots = new Map<string, number>();
  const own = shared ? new Map<LocalPar, readonly ReadonlySet<string>[]>() : ownVariables(process);
  const add = (op: Op): number => ops.push(op) - 1;
  const slotOf = (name: string, apart: ReadonlyMap<string, string>): number => {
    const key = apart.get(name) ?? name;
    const known = slots.get(key) ?? slots.size;
    slots.set(key, known);
    return known;
  };
  const number = (role: string): number => names.indexOf(role);
  const labelsOf = (actions: readonly Action[]): ReadonlySet<string> => {
    const labels = new Set<string>();
    walkActions(actions, (action) => {
      if (action.kind === 'receive') for (const { sender, label } of action.branches) labels.add(`${number(sender.key)} ${label?.text ?? ''}`);
      if (action.kind === 'gather') for (const sender of action.senders) labels.add(`${number(sender.key)} ${action.label?.text ?? ''}`);
    });
    return labels;
  };
  type Apart = ReadonlyMap<string, string>;
  const expr = (value: Expr, apart: Apart): Compute => compute(value, (name) => {
    const slot = process.params.some((param) => param.name.text === name) || isVariable(name) ? slotOf(name, apart) : undefined;
    return slot === undefined ? undefined : (now) => now[slot] as Value;
  }, global);
  const written = new Set<string>();
  walkActions(process.body.actions, (action) => {
    if (action.kind === 'receive') for (const { into } of action.branches) if (into?.kind === 'variable') written.add(into.name.text);
    if (action.kind === 'gather' && action.variable) written.add(action.variable.text);
    if (action.kind === 'assignment' && action.into.kind === 'variable') written.add(action.into.name.text);
  });
  function isVariable(name: string): boolean {
    return written.has(name);
  }
  const into = (target: Target | undefined, apart: Apart): number => (target?.kind === 'variable' ? slotOf(target.name.text, apart) : -1);
  const needed = ({ quorum, senders }: LocalGather): number => (!quorum ? senders.length : quorum.count?.kind === 'int' ? Number(quorum.count.text) : Math.floor(senders.length / 2) + 1);
  /** What is one step: run at once. */
  const atOnce = (actions: readonly Action[], apart: Apart): ((now: Slots) => void) => {
    const steps = actions.map((action): ((now: Slots) => void) => {
      if (action.kind === 'assignment') {
        const [slot, value] = [into(action.into, apart), expr(action.value, apart)];
        return (now) => { now[slot] = value(now); };
      }
      if (action.kind === 'if') {
        const [by, then, otherwise] = [expr(action.condition, apart), atOnce(action.then.actions, apart), atOnce(action.else.actions, apart)];
        return (now) => { (by(now) === true ? then : otherwise)(now); };
      }
      throw new Error(`no ${action.kind} in one step`);
    });
    return (now) => { for (const step of steps) step(now); };
  };
  const block = (actions: readonly Action[], next: number, apart: Apart, loops: ReadonlyMap<string, number>): number => actions.reduceRight((after, action) => build(action, after, apart, loops), next);
  const build = (action: Action, next: number, apart: Apart, loops: ReadonlyMap<string, number>): number => {
    switch (action.kind) {
      case 'send': return add({ kind: 'send', to: number(action.receiver.key), label: action.label?.name.text ?? '', value: action.value ? expr(action.value, apart) : () => null, next });
      case 'receive': return add({ kind: 'receive', options: action.branches.map(({ sender, label, into: target, body }) => ({ from: number(sender.key), label: label?.text ?? '', slot: into(target, apart), next: block(body.actions, next, apart, loops) })) });
      case 'gather': return add({ kind: 'gather', senders: action.senders.map(({ key }) => number(key)), needed: needed(action), label: action.label?.text ?? '', slot: action.variable ? slotOf(action.variable.text, apart) : -1, next });
      case 'assignment': return add({ kind: 'local', run: atOnce([action], apart), next });
      case 'at': return add({ kind: 'local', run: atOnce(action.body.actions, apart), next });
      case 'effect': return next;
      case 'if': return add({ kind: 'decide', by: expr(action.condition, apart), yes: block(action.then.actions, next, apart, loops), no: block(action.else.actions, next, apart, loops) });
      case 'par': {
        const end = add({ kind: 'end' });
        return add({
          kind: 'fork', next, threads: action.branches.map(({ actions }, i) => ({
            labels: labelsOf(actions), start: block(actions, end, new Map([...apart, ...[...own.get(action)?.[i] ?? []].map((name) => [name, `${name} of ${ops.length} ${i}`] as const)]), new Map()),
          })),
        });
      }
      case 'rec': {
        const head = add({ kind: 'end' });
        const body = block(action.body.actions, next, apart, new Map([...loops, [action.name.text, head]]));
        ops[head] = { kind: 'local', run: () => undefined, next: body };
        return head;
      }
      case 'continue': return loops.get(action.name.text) ?? next;
      case 'call': case 'choice': case 'for': case 'hole': case 'leave': case 'match': case 'pick': case 'when': case 'while': throw new Error(`no runs of ${action.kind}`);
    }
  };
  const params = process.params.map(({ name }) => ({ name: name.text, slot: slotOf(name.text, new Map()) }));
  const start = block(process.body.actions, add({ kind: 'end' }), new Map(), new Map());
  return { name: process.name.text, ops, start, slots, size: slots.size, params };
}

/** What an expression computes; `variable` finds those of a process, or what is bound around. */
function compute(expr: Expr, variable: (name: string) => Compute | undefined, global: ReadonlyMap<string, Value>): Compute {
  const inner = (each: Expr): Compute => compute(each, variable, global);
  switch (expr.kind) {
    case 'int': { const value = Number(expr.text); return () => value; }
    case 'bool': case 'string': { const { value } = expr; return () => value; }
    case 'none': return () => null;
    case 'list': { const items = expr.items.map(inner); return (now) => items.map((item) => item(now)); }
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
      return (now) => { const of = receiver(now); return of !== null && typeof of === 'object' && 'args' in of ? of.args[of.fields?.indexOf(name) ?? -1] ?? null : null; };
    }
    case 'unary': { const operand = inner(expr.operand); return expr.operator === 'not' ? (now) => operand(now) !== true : (now) => -Number(operand(now)); }
    case 'binary': {
      const [left, right] = [inner(expr.left), inner(expr.right)];
      switch (expr.operator) {
        case 'and': return (now) => left(now) === true && right(now) === true;
        case 'or': return (now) => left(now) === true || right(now) === true;
        case '==': return (now) => same(left(now), right(now));
        case '!=': return (now) => !same(left(now), right(now));
        case '<': return (now) => Number(left(now)) < Number(right(now));
        case '<=': return (now) => Number(left(now)) <= Number(right(now));
        case '>': return (now) => Number(left(now)) > Number(right(now));
        case '>=': return (now) => Number(left(now)) >= Number(right(now));
        case '+': return (now) => Number(left(now)) + Number(right(now));
        case '-': return (now) => Number(left(now)) - Number(right(now));
        case '*': return (now) => Number(left(now)) * Number(right(now));
        case '/': return (now) => Math.trunc(Number(left(now)) / Number(right(now)));
        case '%': return (now) => Number(left(now)) % Number(right(now));
      }
      break;
    }
    case 'if': { const [condition, then, otherwise] = [inner(expr.condition), inner(expr.then), inner(expr.else)]; return (now) => (condition(now) === true ? then : otherwise)(now); }
    case 'lambda': {
      const names = expr.params.map(({ text }) => text);
      // Nothing here calls itself: one place for the arguments is enough.
      let given: readonly Value[] = [];
      const body = compute(expr.body, (name) => (names.includes(name) ? () => given[names.indexOf(name)] as Value : variable(name)), global);
      return (now) => (...args) => {
        given = args;
        return body(now);
      };
    }
    case 'match': {
      const value = inner(expr.value);
      let bound: ReadonlyMap<string, Value> = new Map();
      const arms = expr.arms.map(({ pattern, body }) => {
        const names = pattern.kind === 'constructor' ? pattern.args?.flatMap((arg) => (arg.kind === 'constructor' ? [arg.name.text] : [])) ?? [] : [];
        return { pattern, body: compute(body, (name) => (names.includes(name) ? () => bound.get(name) as Value : variable(name)), global) };
      });
      const otherwise = expr.else && inner(expr.else);
      return (now) => {
        const of = value(now);
        for (const { pattern, body } of arms) {
          const found = fits(pattern, of);
          if (!found) continue;
          bound = found;
          return body(now);
        }
        return otherwise ? otherwise(now) : null;
      };
    }
    case 'float': case 'index': case 'let': case 'tuple': case 'update': break;
  }
  throw new Error(`no runs of ${expr.kind}`);
}

function fits(pattern: Pattern, value: Value): ReadonlyMap<string, Value> | undefined {
  if (pattern.kind === 'none') return value === null ? new Map() : undefined;
  if (pattern.kind !== 'constructor') throw new Error(`no runs of ${pattern.kind}`);
  if (value === null || typeof value !== 'object' || !('case' in value) || value.case !== pattern.name.text) return undefined;
  const bound = new Map<string, Value>();
  pattern.args?.forEach((arg, i) => { if (arg.kind === 'constructor' && arg.name.text !== '_') bound.set(arg.name.text, value.args[i] as Value); });
  return bound;
}

function same(left: Value, right: Value): boolean {
  if (left === right) return true;
  if (left === null || right === null || typeof left !== 'object' || typeof right !== 'object') return false;
  return JSON.stringify(left) === JSON.stringify(right);
}

/** What all processes know: the library, as far as it is used, and what a file declares. */
function globals(declarations: readonly Declaration[]): ReadonlyMap<string, Value> {
  const list = (value: Value | undefined): readonly Value[] => (Array.isArray(value) ? value as readonly Value[] : []);
  const apply = (fn: Value | undefined, ...args: readonly Value[]): Value => (typeof fn === 'function' ? fn(...args) : null);
  const some = (value: Value): Value => ({ case: 'some', args: [value] });
  const inside = (value: Value | undefined): Value => (value !== null && typeof value === 'object' && 'args' in value ? value.args[0] ?? null : null);
  const known = new Map<string, Value>([
    ['some', (value = null) => some(value)], ['isSome', (value = null) => value !== null], ['isNone', (value = null) => value === null],
    ['isEmpty', (of) => list(of).length === 0], ['length', (of) => list(of).length], ['first', (of) => list(of)[0] ?? null], ['somes', (of) => list(of).filter((each) => each !== null).map(inside)],
    ['all', (of, fn) => list(of).every((each) => apply(fn, each) === true)], ['map', (of, fn) => list(of).map((each) => apply(fn, each))],
    ['maxBy', (of, fn) => list(of).reduce((best, each) => (Number(apply(fn, each)) > Number(apply(fn, best)) ? each : best))], ['max', (a = null, b = null) => Math.max(Number(a), Number(b))],
  ]);
  const none = (_: string): undefined => undefined;
  for (const declaration of declarations) {
    if (declaration.kind === 'record') {
      const fields = declaration.fields.map(({ name }: { readonly name: Name }) => name.text);
      known.set(declaration.name.text, (...args) => ({ case: declaration.name.text, args, fields }));
    }
    if (declaration.kind === 'enum') for (const each of declaration.cases) known.set(each.name.text, each.fields.length > 0 ? (...args) => ({ case: each.name.text, args }) : { case: each.name.text, args: [] });
    if (declaration.kind === 'function') {
      const names = declaration.params.map(({ name }) => name.text);
      // The arguments stand in slots of their own.
      const body = (): Compute => compute(declaration.body, (name) => (names.includes(name) ? (now) => now[names.indexOf(name)] as Value : none(name)), known);
      let made: Compute | undefined;
      known.set(declaration.name.text, (...args) => (made ??= body())([...args]));
    }
  }
  return known;
}
