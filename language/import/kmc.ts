// Systems of communicating automata, as the k-MC tool checks them, as a network: one process a role.
import { format } from '../syntax/format.js';
import type { Automaton, Transition } from './automaton.js';
import { parseSystem } from './kmc-texts.js';
import { nameTable } from './names.js';
import type { NameTable } from './names.js';
import { answering } from './result.js';
import type { Imported, ImportError } from './result.js';
import { printCode } from './process-text.js';
import type { Way, Written } from './process-text.js';
import { structure, TooLarge } from './structure.js';
import { knownType } from './types.js';

/** How roles and messages are written. */
interface Words {
  readonly roles: NameTable;
  /** `label` and its types, for a message as the automata have it; the types are undefined where it carries none. */
  readonly messages: ReadonlyMap<string, { readonly label: string; readonly types: readonly string[] }>;
}

/**
 * Turns a system of communicating automata into a network.
 * @param text the system: JSON, the tool's machines (`.fsm`), or its local types
 * @param name what the network is called
 * @returns the file, laid out; or the states that no process can have. Cost: see `structure`
 */
export function importKmc(text: string, name = 'System'): Imported {
  return answering(() => {
    const system = parseSystem(text);
    if (system.length === 0)
      return {
        errors: [{ kind: 'syntax', message: 'There is no machine here: a system has one for each role.', at: 0 }],
      };
    const errors = system.flatMap((automaton) => statesWithoutCounterpart(automaton, system));
    if (errors.length > 0) return { errors };
    const types = nameTable('T');
    const network = types.of('network', name);
    const declared = new Map<string, string>();
    const words: Words = { roles: nameTable('R'), messages: messagesOf(system, types, declared) };
    for (const { role } of system) words.roles.of(role);
    const processes: string[] = [];
    for (const automaton of system) {
      try {
        processes.push(
          `process ${words.roles.of(automaton.role)} {\n${printCode(structure(ways(automaton, words)))}\n}`,
        );
      } catch (error) {
        if (!(error instanceof TooLarge)) throw error;
        errors.push({
          kind: 'too-large',
          message: `The states of \`${automaton.role}\` lead to each other in so many ways that its code would be longer than anybody reads. Split its work among several roles.`,
          at: automaton.at,
        });
      }
    }
    if (errors.length > 0) return { errors };
    const externs = [...declared.values()].map((type) => `extern type ${type}`).join('\n');
    return { text: format(`${externs}\n\nnetwork ${network} {\n${processes.join('\n\n')}\n}\n`) };
  });
}

/** What of an automaton no process does; and messages to nobody. */
function statesWithoutCounterpart({ role, transitions }: Automaton, system: readonly Automaton[]): ImportError[] {
  const errors: ImportError[] = [];
  const states = new Map<string, Transition[]>();
  for (const transition of transitions)
    states.set(transition.from, [...(states.get(transition.from) ?? []), transition]);
  for (const { peer, at, from } of transitions) {
    if (peer === role)
      errors.push({
        kind: 'self-communication',
        message: `State \`${from}\` of \`${role}\` sends to \`${role}\` itself or receives from it; a role of Chor has no queue to itself.`,
        at: at,
      });
    else if (!system.some((a) => a.role === peer))
      errors.push({
        kind: 'unknown-name',
        message: `State \`${from}\` of \`${role}\`: there is no role \`${peer}\`.`,
        at: at,
      });
  }
  for (const [state, own] of states) {
    const receives = own.filter((t) => t.way === 'receive');
    const at = own[0]?.at ?? 0;
    if (receives.length > 0 && receives.length < own.length) {
      errors.push({
        kind: 'mixed-state',
        message: `State \`${state}\` of \`${role}\` sends and receives; a process does one or the other. Let one role decide which.`,
        at: at,
      });
    }
  }
  return errors;
}

/** Every message by what it is called here: its label where no other message has it, else with its types. */
function messagesOf(system: readonly Automaton[], types: NameTable, declared: Map<string, string>): Words['messages'] {
  const split = (message: string): { operator: string; payload: string[] } => {
    const found = /^([^(<]*)[(<](.*)[)>]$/su.exec(message);
    const operator = found?.[1] ?? message;
    return {
      operator: operator === 'EMPTY_OP' ? '' : operator,
      payload: (found?.[2] ?? '')
        .split(',')
        .map((p) => p.trim())
        .filter((p) => p !== ''),
    };
  };
  const all = [...new Set(system.flatMap((a) => a.transitions.map((t) => t.label)))];
  const labels = nameTable('m');
  const typeOf = (type: string): string => {
    const own = knownType(type) ?? declared.get(type) ?? types.of(`type ${type}`, type);
    if (knownType(type) === undefined) declared.set(type, own);
    return own;
  };
  return new Map(
    all.map((message) => {
      const { operator, payload } = split(message);
      const alone = all.every((other) => other === message || split(other).operator !== operator);
      const label =
        alone && operator === ''
          ? '_'
          : labels.of(
              message,
              alone || payload.length === 0 ? operator : [operator, ...payload].filter((p) => p !== '').join('_'),
            );
      return [message, { label, types: payload.map(typeOf) }];
    }),
  );
}

/**
 * A state's ways on as they are written: where one message leads several ways, which one is chosen once it is there.
 */
function ways(
  { initial, transitions }: Automaton,
  words: Words,
): { readonly initial: string; readonly transitions: readonly Way[] } {
  const made: Way[] = [];
  const seen = new Set<string>();
  const group = (t: Transition): string => JSON.stringify([t.from, t.way, t.peer, t.label]);
  const states = new Set(transitions.flatMap((t) => [t.from, t.to]));
  const targets = new Map<string, Set<string>>();
  for (const t of transitions) targets.set(group(t), (targets.get(group(t)) ?? new Set()).add(t.to));
  for (const t of transitions) {
    const key = group(t);
    const to = targets.get(key) ?? new Set();
    if (t.way === 'send' || to.size === 1) {
      // The same twice is the same once.
      if (!seen.has(`${key} ${t.to}`)) made.push({ from: t.from, to: t.to, written: written(t, words) });
      seen.add(`${key} ${t.to}`);
      continue;
    }
    if (seen.has(key)) continue;
    seen.add(key);
    let chosen = `after ${key}`;
    while (states.has(chosen)) chosen += '′';
    made.push(
      { from: t.from, to: chosen, written: written(t, words) },
      ...[...to].map((next): Way => ({ from: chosen, to: next, written: { kind: 'choice' } })),
    );
  }
  return { initial, transitions: made };
}

function written(transition: Transition, { messages, roles }: Words): Written {
  const { label, types } = messages.get(transition.label) ?? { label: '_', types: [] };
  const payload = types.length > 0 ? `(${types.join(', ')})` : '';
  const said = label === '_' && payload === '' ? '' : `: ${label}${payload}`;
  const peer = roles.of(transition.peer);
  if (transition.way === 'send') return { kind: 'line', text: `send to ${peer}${said}` };
  return {
    kind: 'receive',
    peer,
    text: `receive from ${peer}${said}`,
    head: `${label}${types.length > 0 ? `(${types.map((type) => `_: ${type}`).join(', ')})` : ''}`,
  };
}
