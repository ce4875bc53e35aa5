// Reads the choreography extractor's core language: `p { def X { … } main { … } } | …`, and `def X { … } main { … } ||
// …`.
import type { Behaviour, GlobalProgram, NetProcess, Procedure, Statement } from './extractor-tree.js';
import { ImportFailure } from './result.js';
import { readerOf, scan, shown } from './scan.js';
import type { Reader, Word } from './scan.js';

const reserved = new Set(['if', 'then', 'else', 'continue', 'endif', 'stop', 'spawn', 'spawns', 'with', 'def', 'main']);

/** Whether a text is a choreography rather than a network: it starts with `main {`, or with `def` before a name. */
export function isGlobal(text: string): boolean {
  return /^\s*(?:main\s*\{|def\s+\w)/.test(text);
}

/** Reads a network. @throws ImportFailure at the first place that can't be read. Cost: linear. */
export function parseNetwork(text: string): NetProcess[] {
  const reader = readerOf(scan(text, /(?!)/y, '{}()|!<>;?+&:,-»'));
  const processes: NetProcess[] = [];
  do {
    const name = nameOf(reader, 'the name of a process');
    if (processes.some((p) => p.name.text === name.text))
      throw new ImportFailure(
        'syntax',
        `There are two processes \`${name.text}\`. Give one of them another name.`,
        name.at,
      );
    reader.expect('{', 'A process');
    const procedures = definitions(reader, behaviour);
    main(reader);
    const body = behaviour(reader);
    reader.expect('}', '`main`');
    reader.expect('}', 'A process');
    processes.push({ name, procedures, main: body });
  } while (reader.take('|'));
  end(reader, '`|` and another process');
  return processes;
}

/**
 * Reads choreographies, which may stand side by side. @throws ImportFailure at the first place that can't be read.
 * Cost: linear.
 */
export function parseGlobal(text: string): GlobalProgram[] {
  const reader = readerOf(scan(text, /(?!)/y, '{}()|<>;.-[],'));
  const programs: GlobalProgram[] = [];
  do {
    const procedures = definitions(reader, statements);
    main(reader);
    const body = statements(reader);
    reader.expect('}', '`main`');
    programs.push({ procedures, main: body });
  } while (reader.take('|') && reader.expect('|', 'Between choreographies, `|`'));
  end(reader, '`||` and another choreography');
  return programs;
}

function nameOf(reader: Reader, what: string): Word {
  const word = reader.name(what);
  if (reserved.has(word.text))
    throw new ImportFailure('syntax', `Here should be ${what}, and there is the word \`${word.text}\`.`, word.at);
  return word;
}

function main(reader: Reader): void {
  reader.expect('main', 'After its procedures, this');
  reader.expect('{', '`main`');
}

function end(reader: Reader, instead: string): void {
  const word = reader.peek();
  if (word.kind !== 'end')
    throw new ImportFailure('syntax', `Here should be the end, or ${instead}, and there is ${shown(word)}.`, word.at);
}

function definitions<B>(reader: Reader, body: (reader: Reader) => B): Procedure<B>[] {
  const found: Procedure<B>[] = [];
  while (reader.take('def')) {
    const name = nameOf(reader, 'the name of a procedure');
    if (found.some((p) => p.name.text === name.text))
      throw new ImportFailure(
        'syntax',
        `There are two procedures \`${name.text}\`. Give one of them another name.`,
        name.at,
      );
    const params = names(reader);
    reader.expect('{', 'A procedure');
    found.push({ name, params, body: body(reader) });
    reader.expect('}', 'A procedure');
  }
  return found;
}

/** Names between brackets, which may be left out. */
function names(reader: Reader): Word[] {
  const found: Word[] = [];
  if (!reader.take('(') || reader.take(')')) return found;
  do found.push(nameOf(reader, 'the name of a process'));
  while (reader.take(','));
  reader.expect(')', 'The names');
  return found;
}

function spawning({ at }: Word): never {
  throw new ImportFailure(
    'dynamic-role',
    'This makes a process while others run; the roles of Chor are there from the start. Write the process beside the others.',
    at,
  );
}

/** What is read of a behaviour, waiting for what follows it. */
type Begun = (next: Behaviour) => Behaviour;

/**
 * Reads one thing after the other.
 * @param open how many `if` around this are at their last branch, so that a `continue` or `endif` here could be theirs
 */
function behaviour(reader: Reader, open = 0): Behaviour {
  const begun: Begun[] = [];
  let last: Behaviour | undefined;
  while (!last) {
    const read = one(reader, open);
    if (typeof read === 'function') begun.push(read);
    else last = read;
  }
  return begun.reduceRight((next, begin) => begin(next), last);
}

/** One thing that a process does; a function where something follows it. */
function one(reader: Reader, open: number): Begun | Behaviour {
  const word = reader.peek();
  if (word.text === 'stop') {
    reader.next();
    return { kind: 'stop' };
  }
  if (
    reader.take('»') ||
    word.kind !== 'word' ||
    word.text === 'else' ||
    word.text === 'endif' ||
    word.text === 'continue'
  )
    return { kind: 'nothing' };
  if (word.text === 'if') return reader.within(word.at, () => condition(reader, open));
  if (word.text === 'spawn') return spawning(word);
  const name = nameOf(reader, 'the name of a process or procedure');
  const sign = reader.peek();
  if (reader.take('!')) {
    reader.expect('<', 'A value that is sent');
    const value = nameOf(reader, 'a value');
    reader.expect('>', 'A value that is sent');
    return followed(reader, (next) => ({ kind: 'send', peer: name, value, next }));
  }
  if (reader.take('?')) {
    if (reader.peek().kind !== 'word') return followed(reader, (next) => ({ kind: 'receive', peer: name, next }));
    const variable = nameOf(reader, 'the name of a process');
    return followed(reader, (next) => ({ kind: 'introduced', peer: name, variable, next }));
  }
  if (reader.take('+')) {
    const label = nameOf(reader, 'a label');
    return followed(reader, (next) => ({ kind: 'select', peer: name, label, next }));
  }
  if (reader.take('<')) {
    reader.expect('-', '`<->`');
    reader.expect('>', '`<->`');
    const right = nameOf(reader, 'the name of a process');
    return followed(reader, (next) => ({ kind: 'introduce', left: name, right, next }));
  }
  if (reader.take('&')) {
    const branches = reader.within(sign.at, () => offered(reader));
    if (reader.take(';')) return (next) => ({ kind: 'offer', peer: name, branches, next });
    return { kind: 'offer', peer: name, branches };
  }
  const args = names(reader);
  const after = reader.peek();
  if (reader.take(';')) return (next) => ({ kind: 'call', callee: name, args, next });
  if (after.kind === 'word' && !reserved.has(after.text))
    throw new ImportFailure(
      'syntax',
      `After \`${name.text}\` should be \`;\`, and there is ${shown(after)}.`,
      after.at,
    );
  if (after === sign && after.kind === 'sign' && !'},|'.includes(after.text))
    throw new ImportFailure(
      'syntax',
      `After \`${name.text}\` should be \`!<…>\`, \`?\`, \`+\`, \`&{…}\`, \`<->\` or nothing, and there is ${shown(after)}.`,
      after.at,
    );
  return { kind: 'call', callee: name, args };
}

function followed(reader: Reader, begun: Begun): Begun {
  reader.expect(';', 'This');
  return begun;
}

function offered(reader: Reader): { label: Word; body: Behaviour }[] {
  reader.expect('{', '`&`');
  const branches: { label: Word; body: Behaviour }[] = [];
  do {
    const label = nameOf(reader, 'a label');
    if (branches.some((b) => b.label.text === label.text))
      throw new ImportFailure('syntax', `There are two branches \`${label.text}\`.`, label.at);
    reader.expect(':', 'A label');
    branches.push({ label, body: behaviour(reader) });
  } while (reader.take(','));
  reader.expect('}', 'The branches');
  return branches;
}

function condition(reader: Reader, open: number): Behaviour {
  const { at } = reader.next();
  const value = nameOf(reader, 'a condition');
  reader.expect('then', '`if`');
  const then = behaviour(reader);
  reader.expect('else', '`if`');
  const otherwise = behaviour(reader, open + 1);
  const made = { kind: 'if', at, condition: value, then, else: otherwise } as const;
  if (reader.take('endif')) return made;
  const place = reader.peek();
  if (!reader.take('continue')) return made;
  const next = behaviour(reader, open);
  checkEnded(reader, open, place);
  return { ...made, next };
}

/** A `continue` is that of the nearest `if` only where those around it end with `endif`. */
function checkEnded(reader: Reader, open: number, place: Word): void {
  for (let i = 0; i < open; i++) {
    if (reader.peek(i).text !== 'endif')
      throw new ImportFailure(
        'syntax',
        'It can’t be told which `if` this `continue` belongs to. End the inner ones with `endif`.',
        place.at,
      );
  }
}

function statements(reader: Reader, open = 0): Statement[] {
  const found: Statement[] = [];
  for (;;) {
    const word = reader.peek();
    if (word.text === 'stop' || word.text === '0') {
      reader.next();
      return [...found, { kind: 'stop' }];
    }
    if (word.text === 'if') {
      reader.next();
      found.push(...reader.within(word.at, () => globalCondition(reader, open)));
      return found;
    }
    if (word.text === '(') {
      // Messages at once, as the extractor writes those that cross.
      reader.next();
      do found.push(exchange(reader));
      while (reader.take(','));
      reader.expect(')', 'Messages that cross');
      reader.expect(';', 'This');
      continue;
    }
    if (word.kind !== 'word' || word.text === 'else' || word.text === 'endif' || word.text === 'continue') return found;
    const after = reader.peek(1);
    if (after.text === 'spawns') return spawning(after);
    if (after.text === '.' || after.text === '-') {
      found.push(exchange(reader));
      reader.expect(';', 'This');
      continue;
    }
    const callee = nameOf(reader, 'the name of a process or procedure');
    found.push({ kind: 'call', callee, args: names(reader) });
    if (!reader.take(';')) return found;
  }
}

/** `p.e -> q`, `p -> q[l]` or `p.q <-> r`. */
function exchange(reader: Reader): Statement {
  const from = nameOf(reader, 'the name of a process');
  const value = reader.take('.') ? nameOf(reader, 'a value') : undefined;
  const introduces = value !== undefined && reader.take('<');
  reader.expect('-', 'A message');
  reader.expect('>', 'A message');
  const to = nameOf(reader, 'the name of a process');
  if (introduces) return { kind: 'introduction', from, left: value, right: to };
  if (value) return { kind: 'message', from, value, to };
  reader.expect('[', 'A message without a value');
  const label = nameOf(reader, 'a label');
  reader.expect(']', 'A label');
  return { kind: 'selection', from, to, label };
}

function globalCondition(reader: Reader, open: number): Statement[] {
  const role = nameOf(reader, 'the name of a process');
  reader.expect('.', 'A condition');
  const value = nameOf(reader, 'a condition');
  reader.expect('then', '`if`');
  const then = statements(reader);
  reader.expect('else', '`if`');
  const made = { kind: 'if', role, condition: value, then, else: statements(reader, open + 1) } as const;
  if (reader.take('endif')) return [made];
  const place = reader.peek();
  if (!reader.take('continue')) return [made];
  const next = statements(reader, open);
  checkEnded(reader, open, place);
  return [made, ...next];
}
