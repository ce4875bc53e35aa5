// The texts that systems of communicating automata are written in: JSON, the tool's .fsm form, and its local types.
import type { Automaton, Transition } from './automaton.js';
import { ImportFailure } from './result.js';
import { readerOf, scan, shown } from './scan.js';
import type { Reader } from './scan.js';

/**
 * Reads a system in any of the three forms.
 * @throws ImportFailure at the first place that can't be read
 * Cost: linear; for JSON, looking up a place costs another pass over the text for each transition of a broken one.
 */
export function parseSystem(text: string): Automaton[] {
  if (/^\s*[{[]/.test(text)) return fromJson(text);
  const reader = readerOf(scan(text, /--[^\n]*|\/\*[\s\S]*?\*\//y, '.!?<>{}:;,'));
  return reader.peek().text === '.' ? fromMachines(reader) : fromLocalTypes(reader);
}

function fromJson(text: string): Automaton[] {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    const position = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
    throw new ImportFailure(
      'syntax',
      'This is no JSON from here on: something is missing, or too much.',
      position === undefined ? text.length : Number(position),
    );
  }
  const wrong = (message: string, near: string, after = 0): ImportFailure =>
    new ImportFailure('syntax', message, Math.max(0, text.indexOf(near, after)));
  if (!isRecord(data) || !Array.isArray(data.roles) || !data.roles.every((r) => typeof r === 'string'))
    throw wrong('A system needs `"roles"`: a list of names.', '"roles"');
  const { roles, machines } = data;
  if (!isRecord(machines)) throw wrong('A system needs `"machines"`: one for each role, by name.', '"machines"');
  const start = Math.max(0, text.indexOf('"machines"'));
  for (const name of Object.keys(machines))
    if (!roles.includes(name))
      throw wrong(
        `There is a machine for \`${name}\`, which is not among the roles.`,
        `${JSON.stringify(name)}:`,
        start,
      );
  let cursor = start;
  return (roles as readonly string[]).map((role, i) => {
    if (roles.indexOf(role) !== i) throw wrong(`The role \`${role}\` stands in the list twice.`, JSON.stringify(role));
    const machine = machines[role];
    const key = new RegExp(`${JSON.stringify(role).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*:`, 'g');
    key.lastIndex = start;
    const at = key.exec(text)?.index ?? start;
    if (!isRecord(machine) || typeof machine.initial !== 'string' || !Array.isArray(machine.transitions)) {
      throw new ImportFailure(
        'syntax',
        `\`${role}\` needs a machine: \`"initial"\` with a state, and \`"transitions"\`.`,
        at,
      );
    }
    cursor = at;
    const transitions = machine.transitions.map((transition: unknown): Transition => {
      const parts = Array.isArray(transition) ? (transition as unknown[]) : [];
      const [from, way, peer, label, to] = parts;
      // Each state is looked for from where the last was found, so that the whole takes one pass.
      const found =
        typeof from === 'string'
          ? new RegExp(`\\[\\s*${JSON.stringify(from).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`, 'g')
          : undefined;
      if (found) {
        found.lastIndex = cursor;
        const index = found.exec(text)?.index;
        if (index !== undefined) cursor = index + 1;
      }
      const place = Math.max(0, cursor - 1);
      if (
        typeof from !== 'string' ||
        (way !== '!' && way !== '?') ||
        typeof peer !== 'string' ||
        typeof label !== 'string' ||
        typeof to !== 'string'
      ) {
        throw new ImportFailure(
          'syntax',
          `A transition of \`${role}\` is not \`[from, "!" or "?", peer, label, to]\`: ${JSON.stringify(transition)}.`,
          found ? place : at,
        );
      }
      return { from, to, way: way === '!' ? 'send' : 'receive', peer, label, at: place };
    });
    return { role, initial: machine.initial, transitions, at };
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * `.outputs`, `.state graph`, the transitions `q0 1 ! label q1`, `.marking q0`, `.end`; roles are numbers, in order.
 */
function fromMachines(reader: Reader): Automaton[] {
  const machines: Automaton[] = [];
  const section = (name: string): void => {
    reader.expect('.', 'A machine');
    reader.expect(name, 'A machine');
  };
  while (reader.peek().kind !== 'end') {
    const { at } = reader.peek();
    section('outputs');
    while (reader.peek().kind === 'word') reader.next();
    section('state');
    reader.expect('graph', 'A machine');
    const transitions: Transition[] = [];
    while (reader.peek().text !== '.') {
      const from = reader.name('a state');
      const peer = reader.name('the number of a machine').text;
      const way = direction(reader);
      const label = labelOf(reader);
      transitions.push({ from: from.text, peer, way, label, to: reader.name('a state').text, at: from.at });
    }
    section('marking');
    const initial = reader.name('the initial state').text;
    section('end');
    machines.push({ role: String(machines.length), initial, transitions, at });
  }
  return machines;
}

function direction(reader: Reader): 'send' | 'receive' {
  const word = reader.next();
  if (word.text !== '!' && word.text !== '?')
    throw new ImportFailure('syntax', `Here should be \`!\` or \`?\`, and there is ${shown(word)}.`, word.at);
  return word.text === '!' ? 'send' : 'receive';
}

function labelOf(reader: Reader): string {
  const label = reader.name('a label').text;
  if (!reader.take('<')) return label;
  const payload = reader.name('the payload’s type').text;
  reader.expect('>', 'The payload');
  return `${label}<${payload}>`;
}

/** `A: rec x . { B!yes; x, B!no; end }`: every action starts in a state of its own. */
function fromLocalTypes(reader: Reader): Automaton[] {
  const machines: Automaton[] = [];
  while (reader.peek().kind !== 'end') {
    const role = reader.name('a role');
    if (machines.some((m) => m.role === role.text))
      throw new ImportFailure('syntax', `There are two machines for \`${role.text}\`.`, role.at);
    reader.expect(':', 'A role');
    const transitions: Transition[] = [];
    let states = 0;
    const fresh = (): string => `s${states++}`;
    /**
     * Reads a type whose first action is in state `first`; the result is where it starts, another state where it is a
     * variable.
     */
    const type = (first: string, around: ReadonlyMap<string, string>): string => {
      let here = first;
      let loops = around;
      let begins: string | undefined;
      let slot = -1;
      const arrive = (state: string): void => {
        begins ??= state;
        const before = transitions[slot];
        if (before) transitions[slot] = { ...before, to: state };
      };
      for (;;) {
        const word = reader.peek();
        if (reader.take('end')) {
          arrive(here);
          break;
        }
        if (reader.take('{')) {
          arrive(here);
          const [state, known] = [here, loops];
          reader.within(word.at, () => {
            do {
              const own = reader.peek();
              if (type(state, known) !== state)
                throw new ImportFailure('syntax', 'A branch starts with a message.', own.at);
            } while (reader.take(','));
          });
          reader.expect('}', 'A choice');
          break;
        }
        if (word.text === 'rec' && reader.peek(1).kind === 'word') {
          reader.next();
          const name = reader.name('a variable').text;
          reader.expect('.', '`rec`');
          loops = new Map([...loops, [name, here]]);
          continue;
        }
        const name = reader.name('a role, a variable, `rec` or `end`');
        const next = reader.peek().text;
        if (next !== '!' && next !== '?') {
          const target = loops.get(name.text);
          if (target === undefined)
            throw new ImportFailure('unknown-name', `There is no \`rec ${name.text}\` around this.`, name.at);
          arrive(target);
          break;
        }
        const way = direction(reader);
        const label = labelOf(reader);
        reader.expect(';', 'A message');
        arrive(here);
        slot = transitions.push({ from: here, to: here, way, peer: name.text, label, at: name.at }) - 1;
        here = fresh();
      }
      return begins ?? here;
    };
    const start = reader.peek();
    const initial = fresh();
    if (type(initial, new Map()) !== initial)
      throw new ImportFailure('syntax', 'A type starts with a message.', start.at);
    machines.push({ role: role.text, initial, transitions, at: role.at });
  }
  return machines;
}
