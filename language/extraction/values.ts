// What is known of values while a network is run symbolically: which variables hold copies of one value, and what was
// decided by it. A value has one truth, so processes that decide by copies of it go the same way without a message.
import { walkExpr } from '../ir/expression.js';
import type { Expr, Name, Pattern } from '../ir/expression.js';
import { targetsIn, walkActions } from '../ir/process.js';
import { itemsOfTarget, namesOfTarget } from '../ir/target.js';
import type { Target } from '../ir/target.js';
import type { Action, Process } from '../ir/process.js';
import { valueOf } from '../projection/values.js';
import { isEffectful } from '../scoping/effects.js';
import type { Scope } from '../scoping/scope.js';
import { printPattern } from '../syntax/print.js';
import type { Continuation } from './terms.js';

/** A decision of a process that is a question about its variables alone. */
export interface Question {
  readonly expr: Expr;
  /** `then` and `else`, or the cases of a `match`. */
  readonly heads: readonly string[];
}

/** What is known in a state; equal ones have the same key. */
export interface Known {
  /** The value of each variable that matters: a number of its own, that of its copies, or a literal. */
  readonly values: ReadonlyMap<string, string>;
  /** What was answered to a question, by its key. */
  readonly facts: ReadonlyMap<string, string>;
  readonly key: string;
}

export const nothingKnown: Known = { values: new Map(), facts: new Map(), key: '' };

export interface Knowledge {
  readonly start: Known;
  /** Whether every answer is remembered, and not only those that others decide by later. */
  readonly remembers: boolean;
  /** What a process asks where it stands; undefined where the answer is not one of its variables alone. */
  ask(p: number, action: Action, known: Known): { readonly key: string; readonly question: Question } | undefined;
  /** The decision by the same question that a process comes to later, or is at. */
  later(
    p: number,
    term: Continuation | undefined,
    key: string,
    heads: readonly string[],
    known: Known,
  ): Question | undefined;
  answer(known: Known, key: string, head: string): Known;
  /** A variable gets the value of another process's expression, or its own; undefined: one that nobody knows. */
  assign(known: Known, p: number, into: Target, from: number, value: Expr | undefined): Known;
  /** Forgets what no process can use any more, and numbers values anew, so that the same knowledge is the same. */
  tidy(known: Known, at: readonly (Continuation | undefined)[]): Known;
}

/** The question of an action, if it decides by a value. */
export function questionOf(action: Action): Question | undefined {
  switch (action.kind) {
    case 'if':
    case 'while':
      return { expr: action.condition, heads: ['then', 'else'] };
    case 'match':
      return {
        expr: action.value,
        heads: [...action.cases.map((c) => printPattern(c.pattern)), ...(action.else ? ['else'] : [])],
      };
    case 'assignment':
    case 'call':
    case 'choice':
    case 'continue':
    case 'effect':
    case 'gather':
    case 'hole':
    case 'leave':
    case 'rec':
    case 'for':
    case 'par':
    case 'at':
    case 'when':
    case 'pick':
    case 'receive':
    case 'send':
      return undefined;
  }
}

/** What is known once variables of a process have values that nobody knows. */
export function forgotten(knowledge: Knowledge, known: Known, p: number, variables: Iterable<string>): Known {
  const origin = { start: 0, end: 0 };
  const items = [...variables].map((text): Pattern => ({ kind: 'constructor', name: { text, origin }, origin }));
  if (items.length === 0) return known;
  return knowledge.assign(known, p, { kind: 'pattern', pattern: { kind: 'tuple', items, origin } }, p, undefined);
}

/**
 * Finds the variables that decisions depend on, over copies.
 * @returns undefined where there are fewer than two decisions, so that nothing can be shared
 * Cost: linear in the processes for each copy in a chain of copies
 */
export function createKnowledge(
  processes: readonly Process[],
  scope: Scope,
  remembers: boolean,
): Knowledge | undefined {
  const names = processes.map((p) => p.name.text);
  const bound = processes.map(patternNames);
  const usable = (p: number, expr: Expr): boolean => {
    if (isEffectful(expr, scope)) return false;
    let good = true;
    walkExpr(expr, (e) => {
      if (e.kind === 'name' && bound[p]?.has(e.name.text)) good = false;
    });
    return good;
  };
  const asking = new Set<Action>();
  const variables = new Set<string>();
  processes.forEach((process, p) => {
    const own = variablesOf(process);
    walkActions(process.body.actions, (action) => {
      const question = questionOf(action);
      if (!question || !usable(p, question.expr)) return;
      const read = namesOf(question.expr).filter((n) => own.has(n));
      if (read.length === 0) return;
      asking.add(action);
      for (const name of read) variables.add(`${names[p]}.${name}`);
    });
  });
  if (asking.size < 2) return undefined;
  closeOverCopies(processes, variables);
  const all = [...variables].sort();

  const keyOf = (p: number, expr: Expr, known: Known): string =>
    valueOf(names[p] ?? '', expr, known.values, scope) ?? '';
  const futures = new Map<Continuation, Future>();
  const future = (term: Continuation): Future => {
    let found = futures.get(term);
    if (!found) futures.set(term, (found = futureOf(term, asking)));
    return found;
  };
  const shapes = new Map<Expr, string>();
  const shapeOf = (p: number, expr: Expr): string => {
    let shape = shapes.get(expr);
    if (shape === undefined)
      shapes.set(expr, (shape = valueOf(names[p] ?? '', expr, new Map(all.map((v) => [v, '#'])), scope) ?? ''));
    return shape;
  };
  const made = (values: ReadonlyMap<string, string>, facts: ReadonlyMap<string, string>): Known => ({
    values,
    facts,
    key: `${[...values.values()].join(',')};${[...facts]
      .map(([k, h]) => `${k}:${h}`)
      .sort()
      .join(',')}`,
  });

  return {
    remembers,
    start: made(new Map(all.map((v, i) => [v, `#${i}`])), new Map()),
    ask(p, action, known) {
      const question = asking.has(action) ? questionOf(action) : undefined;
      return question && { key: keyOf(p, question.expr, known), question };
    },
    later(p, term, key, heads, known) {
      return (
        term &&
        future(term).questions.find((q) => q.heads.join('|') === heads.join('|') && keyOf(p, q.expr, known) === key)
      );
    },
    answer: (known, key, head) => made(known.values, new Map(known.facts).set(key, head)),
    assign(known, p, into, from, value) {
      const next = new Map(known.values);
      let count = 0;
      const give = ({ text }: Name, key: string | undefined): void => {
        const name = `${names[p]}.${text}`;
        if (variables.has(name)) next.set(name, key ?? `#new${count > 0 ? count : ''}`);
        count++;
      };
      if (!value)
        namesOfTarget(into).forEach((name) => {
          give(name, undefined);
        });
      for (const part of value ? itemsOfTarget(into, value) : []) {
        // Parts that are not written out are what they are.
        const kept =
          part.into.kind === 'variable' && usable(from, part.value) && isKept(part.value, `${names[from]}.`, variables);
        for (const name of namesOfTarget(part.into)) give(name, kept ? keyOf(from, part.value, known) : undefined);
      }
      return made(next, known.facts);
    },
    tidy(known, at) {
      const needed = new Set(
        at.flatMap((term, p) => (term ? [...future(term).names].map((n) => `${names[p]}.${n}`) : [])),
      );
      const numbers = new Map<string, string>();
      const values = new Map<string, string>();
      let count = 0;
      for (const [name, text] of known.values) {
        if (!needed.has(name)) values.set(name, `#${count++}`);
        else if (!text.startsWith('#')) values.set(name, text);
        else {
          if (!numbers.has(text)) numbers.set(text, `#${count++}`);
          values.set(name, numbers.get(text) ?? '');
        }
      }
      const facts = new Map<string, string>();
      for (const [key, head] of known.facts) {
        const used = key.match(/#\w+/g) ?? [];
        const shape = key.replace(/#\w+/g, '#');
        const asked = at.some((term, p) => term && future(term).questions.some((q) => shapeOf(p, q.expr) === shape));
        if (asked && used.every((n) => numbers.has(n)))
          facts.set(
            key.replace(/#\w+/g, (n) => numbers.get(n) ?? n),
            head,
          );
      }
      return made(values, facts);
    },
  };
}

/**
 * Whether the value of an expression is told apart from others: a copy or a literal. What is computed grows without
 * end.
 */
function isKept(value: Expr, role: string, variables: ReadonlySet<string>): boolean {
  if (value.kind === 'name') return variables.has(role + value.name.text);
  return value.kind === 'int' || value.kind === 'bool' || value.kind === 'string' || value.kind === 'none';
}

interface Future {
  readonly questions: readonly Question[];
  /** The variables that are read, to decide by them or to copy them. */
  readonly names: ReadonlySet<string>;
}

function futureOf(term: Continuation, asking: ReadonlySet<Action>): Future {
  const questions = new Set<Question>();
  const read = new Set<string>();
  const visit = (action: Action): void => {
    if (asking.has(action)) {
      const question = questionOf(action);
      if (question) {
        questions.add(question);
        for (const name of namesOf(question.expr)) read.add(name);
      }
    }
    if ((action.kind === 'send' || action.kind === 'assignment') && action.value?.kind === 'name')
      read.add(action.value.name.text);
  };
  const seen = new Set<Continuation>();
  for (let open: Continuation[] = [term], next = open.pop(); next; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    walkActions(next.block.slice(next.index), visit);
    open = [...open, ...(next.next ? [next.next] : [])];
    for (let loop = next.loops; loop; loop = loop.outer) open.push(loop.start);
  }
  return { questions: [...questions], names: read };
}

/** Adds the variables whose copies matter, and the copies. */
function closeOverCopies(processes: readonly Process[], variables: Set<string>): void {
  const copies: (readonly [string, string])[] = [];
  const copied = (from: string, value: Expr, to: string, into: Target | undefined): void => {
    for (const part of into ? itemsOfTarget(into, value) : []) {
      if (part.value.kind === 'name' && part.into.kind === 'variable')
        copies.push([`${from}.${part.value.name.text}`, `${to}.${part.into.name.text}`]);
    }
  };
  for (const { name, body } of processes) {
    walkActions(body.actions, (action) => {
      if (action.kind === 'assignment') copied(name.text, action.value, name.text, action.into);
      if (action.kind !== 'send' || !action.value) return;
      const { value, receiver, label } = action;
      const other = processes.find((p) => p.name.text === receiver.key);
      if (!other) return;
      walkActions(other.body.actions, (taken) => {
        if (taken.kind !== 'receive') return;
        for (const b of taken.branches)
          if (b.sender.key === name.text && (b.label?.text ?? '') === (label?.name.text ?? ''))
            copied(name.text, value, other.name.text, b.into);
      });
    });
  }
  for (let before = -1; before !== variables.size;) {
    before = variables.size;
    for (const [from, to] of copies) if (variables.has(to)) variables.add(from);
  }
}

function namesOf(expr: Expr): string[] {
  const found: string[] = [];
  walkExpr(expr, (e) => {
    if (e.kind === 'name') found.push(e.name.text);
  });
  return found;
}

/** The inputs and variables of a process. */
export function variablesOf({ params, body }: Process): ReadonlySet<string> {
  const found = new Set(params.map((p) => p.name.text));
  walkActions(body.actions, (action) => {
    for (const into of targetsIn(action)) for (const { text } of namesOfTarget(into)) found.add(text);
  });
  return found;
}

/** The names that the cases of a process may bind: they are no variables, and may hide some. */
function patternNames({ body }: Process): ReadonlySet<string> {
  const found = new Set<string>();
  const bindings = (pattern: Pattern): void => {
    if (pattern.kind === 'tuple') pattern.items.forEach(bindings);
    else if (pattern.kind === 'constructor') {
      pattern.args?.forEach(bindings);
      if (!pattern.args) found.add(pattern.name.text);
    }
  };
  walkActions(body.actions, (action) => {
    if (action.kind === 'match') for (const { pattern } of action.cases) bindings(pattern);
  });
  return found;
}
