// What is known of values in a configuration: who holds what, and what was decided. Kept in a normal form, with what nobody
// can ask for any more left out, so that loops come back to where they were.
import type { Pattern } from '../ir/expression.js';
import { binderOf, isCase } from '../scoping/cases.js';
import type { Scope } from '../scoping/scope.js';
import { intTerm, isConstant, partsOf, plain } from './term.js';
import type { Term } from './term.js';
import { printPattern } from '../syntax/print.js';

/** The answers given so far: `?term` to `true` or `false`; `=term` to the constant that it is; `≠term constant` to `true`. */
export type Decisions = ReadonlyMap<string, string>;

export interface Data {
  readonly id: number;
  readonly env: ReadonlyMap<string, Term>;
  /** The values of the messages in each queue. */
  readonly values: readonly (readonly Term[])[];
  readonly known: Decisions;
}

export interface Answer {
  readonly value: boolean;
  readonly known: Decisions;
}

function also(known: Decisions, key: string, value: string): Decisions {
  return new Map([...known, [key, value]]);
}

/**
 * Answers a condition: one answer where it follows from what is known, else both, each with what is known then.
 * @param term the condition's value
 */
export function decide(term: Term, known: Decisions): readonly Answer[] {
  if (term === 'b:true' || term === 'b:false') return [{ value: term === 'b:true', known }];
  const [operator, left, right] = partsOf(term);
  if (operator === 'not' && left !== undefined) return decide(left, known).map((a) => ({ value: !a.value, known: a.known }));
  if ((operator === 'and' || operator === 'or') && left !== undefined && right !== undefined) {
    return decide(left, known).flatMap((a) => (a.value === (operator === 'or') ? [a] : decide(right, a.known)));
  }
  if (operator === '==' && left !== undefined && right !== undefined && isConstant(right)) return isEqual(left, right, known);
  const key = `?${term}`;
  const answer = known.get(key);
  if (answer !== undefined) return [{ value: answer === 'true', known }];
  return [true, false].map((value) => ({ value, known: also(known, key, String(value)) }));
}

/** Whether a value is a certain constant, or made by a certain constructor; it can be one only. */
function isEqual(term: Term, constant: Term, known: Decisions): readonly Answer[] {
  const own = constantOf(term);
  if (own !== undefined) return [{ value: own === constant, known }];
  const decided = known.get(`=${term}`);
  if (decided !== undefined) return [{ value: decided === constant, known }];
  const not = `≠${term} ${constant}`;
  if (known.has(not)) return [{ value: false, known }];
  const others = new Map([...known].filter(([key]) => !key.startsWith(`≠${term} `)));
  return [
    { value: true, known: others.set(`=${term}`, constant) },
    { value: false, known: also(known, not, 'true') },
  ];
}

/** The constant that a value is, or the constructor that it was made by. */
function constantOf(term: Term): Term | undefined {
  if (isConstant(term) && !term.startsWith('f:')) return term;
  const [operator, name] = partsOf(term);
  return operator === 'new' ? `c:${name}` : undefined;
}

/**
 * Answers whether a pattern fits a value.
 * @param last there is no other case: it fits, and that much is known then; no answer if that contradicts what is known
 */
export function fits(pattern: Pattern, term: Term, known: Decisions, last: boolean, scope: Scope): readonly Answer[] {
  const test = (): readonly Answer[] => {
    switch (pattern.kind) {
      case 'none': return isEqual(term, 'c:none', known);
      case 'literal': {
        const { value } = pattern;
        if (value.kind === 'bool') return decide(value.value ? term : `(not ${term})`, known);
        if (value.kind === 'string') return isEqual(term, `s:${plain(value.value)}`, known);
        const text = `${pattern.negative ? '-' : ''}${value.text}`;
        return isEqual(term, value.kind === 'int' ? intTerm(text) : `f:${text}`, known);
      }
      case 'constructor': {
        if (!pattern.args && !isCase(pattern.name.text, scope)) return [{ value: true, known }];
        const simple = !pattern.args || pattern.args.every((p) => p.kind === 'constructor' && !p.args && !isCase(p.name.text, scope));
        if (simple) return isEqual(term, `c:${pattern.name.text}`, known);
        return decide(`(fits ${plain(printPattern(pattern))} ${term})`, known);
      }
      case 'tuple': return decide(`(fits ${plain(printPattern(pattern))} ${term})`, known);
    }
  };
  const answers = test();
  return last ? answers.filter((a) => a.value) : answers;
}

/** The values that a pattern binds. */
export function bindings(pattern: Pattern, term: Term, scope: Scope): readonly (readonly [string, Term])[] {
  if (pattern.kind === 'tuple') return pattern.items.flatMap((item, i) => bindings(item, `(part ${i} ${term})`, scope));
  if (pattern.kind !== 'constructor') return [];
  const name = binderOf(pattern, scope);
  if (name !== undefined) return [[name, term]];
  const parts = partsOf(term);
  return (pattern.args ?? []).flatMap((arg, i) => {
    const built = parts[0] === 'new' ? parts[i + 2] : undefined;
    return bindings(arg, built !== undefined && !built.includes(':(') && !/^[_\p{XIDS}]\p{XIDC}*:#/u.test(built) ? built : `(part ${i} ${term})`, scope);
  });
}

const symbols = /#\d+/g;

/** The values that are held, and what somebody asks who asks them: both sides of `x or y`. */
function askable(held: readonly Term[]): ReadonlySet<Term> {
  const all = new Set(held);
  for (const term of all) {
    const [operator, ...parts] = partsOf(term);
    if (operator === 'and' || operator === 'or' || operator === 'not') for (const part of parts) all.add(part);
  }
  return all;
}

/** Whether somebody can still ask what was decided: all that it is about is held, or can be computed from what is held. */
function canBeAsked(key: string, held: ReadonlySet<Term>): boolean {
  const term = key.slice(1);
  // `≠term constant`; constants have no blanks of their own.
  return canBeMade(key.startsWith('≠') ? term.slice(0, term.lastIndexOf(' ')) : term, held);
}

function canBeMade(term: Term, held: ReadonlySet<Term>): boolean {
  if (!term.includes('#') || held.has(term)) return true;
  const parts = partsOf(term);
  return parts.length > 0 && parts.slice(1).every((part) => canBeMade(part, held));
}

/**
 * A value computed from what nobody else knows of is as good as a new unknown: the loop `x = tail(x)` comes back to where it was.
 * @returns replaces such values
 */
function forgetting(held: readonly Term[], decided: readonly string[]): (text: string) => string {
  const compound = [...new Set(held.filter((t) => t.startsWith('(') && t.includes('#')))].sort((a, b) => b.length - a.length);
  if (compound.length === 0) return (text) => text;
  let all = [...held, ...decided].join('\n');
  const found: [Term, string][] = [];
  for (const term of compound) {
    const without = all.split(term);
    const rest = new Set(without.join('\n').match(symbols) ?? []);
    const own = term.match(symbols) ?? [];
    if (own.some((s) => rest.has(s))) continue;
    // Its first symbol stands for it.
    found.push([term, own[0] ?? '#0']);
    all = without.join(own[0]);
  }
  return (text) => found.reduce((t, [term, symbol]) => (t.includes(term) ? t.split(term).join(symbol) : t), text);
}

/**
 * Makes data with a number for each that is different, whatever its symbols were called.
 * @param channels how many queues there are
 * @returns `work` is the characters handled so far: what it costs, the same on every machine
 */
export function dataTable(channels: number): { readonly empty: Data; work(): number; intern(env: ReadonlyMap<string, Term>, slots: readonly string[], values: readonly (readonly Term[])[], known: Decisions): Data } {
  const empty: Data = { id: 0, env: new Map(), values: Array.from({ length: channels }, () => []), known: new Map() };
  const made = new Map<string, Data>([['||', empty]]);
  let work = 0;
  return {
    empty,
    work: () => work,
    intern(env, slots, values, known) {
      const held: Term[] = [];
      const kept: [string, Term][] = [];
      for (const slot of slots) {
        const term = env.get(slot);
        if (term === undefined) continue;
        kept.push([slot, term]);
        held.push(term);
      }
      for (const queue of values) held.push(...queue);
      const whole = askable(held);
      const open = [...known].filter(([key]) => canBeAsked(key, whole));
      const forget = forgetting(held, open.map(([key]) => key));
      const renamed = new Map<string, string>();
      const rename = (term: Term): Term => forget(term).replace(symbols, (s) => {
        let name = renamed.get(s);
        if (name === undefined) renamed.set(s, name = `#${renamed.size}`);
        return name;
      });
      const now = new Map(kept.map(([slot, term]) => [slot, rename(term)]));
      const sent = values.map((queue) => queue.map(rename));
      const decided = open.map(([key, value]): [string, string] => [rename(key), value]).sort(([x], [y]) => (x < y ? -1 : 1));
      const queues = sent.some((q) => q.length > 0) ? sent.map((q) => q.join(' ')).join(',') : '';
      const key = `${[...now].map(([s, t]) => `${s}=${t}`).join(',')}|${queues}|${decided.map(([k, v]) => `${k}=${v}`).join(',')}`;
      work += key.length;
      let data = made.get(key);
      if (!data) made.set(key, data = { id: made.size, env: now, values: sent, known: new Map(decided) });
      return data;
    },
  };
}
