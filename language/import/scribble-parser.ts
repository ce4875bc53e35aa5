// Scribble's modules, also in nuScr's dialect, read by recursive descent. What is understood but has no counterpart is
// told and left out.
import { skipComment } from './comments.js';
import { ImportFailure } from './result.js';
import type { ImportErrorKind } from './result.js';
import { readerOf, scan, shown } from './scan.js';
import type { Reader, Word } from './scan.js';
import type { ExternalName, Interaction, Message, Module, ModuleImport, Payload, Protocol } from './scribble-tree.js';

export interface Parsed {
  readonly module: Module;
  readonly problems: readonly ImportFailure[];
}

interface State extends Reader {
  readonly protocols: Protocol[];
  /** The protocols around, outermost first. */
  readonly around: string[];
  problem(kind: ImportErrorKind, message: string, at: number): void;
}

/** nuScr has primes in names. */
const words = /[\p{XIDC}$][\p{XIDC}$']*/uy;

/**
 * Reads a module.
 * @throws ImportFailure at the first place that can't be read
 * Cost: linear.
 */
export function parseScribble(text: string): Parsed {
  const problems: ImportFailure[] = [];
  const protocols: Protocol[] = [];
  const state: State = {
    ...readerOf(scan(text, skipComment, '(){}<>[];:,.@=+-*/&|!?~', words)),
    protocols,
    around: [],
    problem: (kind, message, at) => {
      problems.push(new ImportFailure(kind, message, at));
    },
  };
  const imports: ModuleImport[] = [];
  const types: ExternalName[] = [];
  const signatures: ExternalName[] = [];
  const name = state.take('module') ? path(state, 'the module’s name') : [];
  if (name.length > 0) state.expect(';', 'The module’s name');
  for (;;) {
    const word = state.peek();
    if (word.kind === 'end') break;
    if (word.text === 'import' || word.text === 'from') imports.push(moduleImport(state));
    else if (word.text === 'type' || word.text === 'data') types.push(external(state));
    else if (word.text === 'sig') signatures.push(external(state));
    else protocol(state);
  }
  return { module: { name, imports, types, signatures, protocols }, problems };
}

function path(state: State, what: string): string[] {
  const parts = [state.name(what).text];
  while (state.take('.')) parts.push(state.name(what).text);
  return parts;
}

function moduleImport(state: State): ModuleImport {
  const first = state.next();
  const member = first.text === 'from';
  const parts = path(state, 'a module’s name');
  let imported: string | undefined;
  if (member) {
    state.expect('import', 'An import');
    imported = state.name('a name of that module').text;
  }
  const alias = state.take('as') ? state.name('a name').text : undefined;
  state.expect(';', 'An import');
  return {
    path: parts,
    at: first.at,
    ...(imported === undefined ? {} : { member: imported }),
    ...(alias === undefined ? {} : { alias }),
  };
}

function external(state: State): ExternalName {
  const what = state.next().text === 'sig' ? 'A `sig`' : 'A `type`';
  state.expect('<', what);
  state.name('the language of the type');
  state.expect('>', what);
  const outside = state.next().text.replaceAll('"', '');
  state.expect('from', what);
  state.next();
  state.expect('as', what);
  const name = state.name('its name');
  state.expect(';', what);
  return { name, external: outside };
}

/** Adds a protocol, and those nested in it, to the module's. */
function protocol(state: State): void {
  annotation(state);
  let local = false;
  let headers = 0;
  let last = '';
  for (;;) {
    const word = state.peek();
    if (!['global', 'local', 'aux', 'explicit', 'nested'].includes(word.text)) break;
    state.next();
    headers++;
    last = word.text;
    if (word.text === 'local') {
      local = true;
      state.problem(
        'local-protocol',
        'A `local protocol` is what one role does; Chor makes that from the global protocol. Import the global one.',
        word.at,
      );
    }
    if (word.text === 'explicit')
      state.problem(
        'connection',
        'An `explicit` protocol opens and closes connections while it runs; in Chor every pair of roles has its queue from the start.',
        word.at,
      );
  }
  // nuScr lets `global` stand alone.
  const short = headers > 0 && last === 'global' && state.peek().text !== 'protocol';
  const word = short ? state.peek() : state.next();
  if (!short && word.text !== 'protocol')
    throw new ImportFailure(
      'syntax',
      `Here should be a protocol, a type or an import, and there is ${shown(word)}.`,
      word.at,
    );
  const name = state.name('the protocol’s name');
  if (local && state.take('at')) state.name('a role');
  const params: { kind: 'sig' | 'type'; name: string }[] = [];
  if (state.take('<')) {
    do {
      const kind = state.next();
      if (kind.text !== 'sig' && kind.text !== 'type')
        throw new ImportFailure(
          'syntax',
          `A parameter starts with \`sig\` or \`type\`, and here is ${shown(kind)}.`,
          kind.at,
        );
      const own = state.name('a parameter’s name').text;
      params.push({ kind: kind.text, name: state.take('as') ? state.name('a parameter’s name').text : own });
    } while (state.take(','));
    state.expect('>', 'The list of parameters');
  }
  const roles: Word[] = [];
  state.expect('(', 'The list of roles');
  while (!state.take(')')) {
    if (roles.length > 0 && !state.take(',') && !state.take(';')) state.expect(',', 'The list of roles');
    const made = state.peek();
    if (state.take('new'))
      state.problem(
        'dynamic-role',
        'A `new role` joins while the protocol runs; in Chor all roles are there from the start. Write it as a role of the header.',
        made.at,
      );
    state.expect('role', 'The list of roles');
    const own = state.name('a role');
    roles.push(state.take('as') ? state.name('a role') : own);
  }
  const instance = state.peek();
  if (state.take('instantiates'))
    throw new ImportFailure(
      'syntax',
      '`instantiates` can’t be imported: write the protocol out, or call it with `do`.',
      instance.at,
    );
  annotation(state);
  const scope = [...state.around];
  state.around.push(name.text);
  const body = block(state, 'A protocol');
  state.around.pop();
  state.protocols.push({ name, scope, params, roles, body });
}

/** `@"…"` and `@guard…` before an interaction say nothing of the messages. */
function annotation(state: State): void {
  while (state.peek().text === '@' && state.peek(1).kind === 'string') {
    state.next();
    state.next();
    state.take(';');
  }
}

function block(state: State, where: string): Interaction[] {
  return state.within(state.expect('{', where).at, () => items(state, where));
}

function items(state: State, where: string): Interaction[] {
  const found: Interaction[] = [];
  for (;;) {
    annotation(state);
    if (state.take('}')) return found;
    const word = state.peek();
    if (word.kind === 'end') throw new ImportFailure('syntax', `${where} is not closed: a \`}\` is missing.`, word.at);
    if (word.text === 'nested') {
      protocol(state);
      continue;
    }
    const item = interaction(state);
    if (item) found.push(item);
  }
}

function interaction(state: State): Interaction | undefined {
  const word = state.peek();
  // A word that is followed by a bracket is a message's operator, whatever it is called.
  if (state.peek(1).text !== '(' || word.text === 'par') {
    switch (word.text) {
      case 'choice':
        return choice(state);
      case 'rec':
        return recursion(state);
      case 'continue': {
        state.next();
        const name = state.name('the name of a `rec`');
        if (state.peek().text === '[') refinement(state, '[', ']');
        state.expect(';', '`continue`');
        return { kind: 'continue', name };
      }
      case 'do':
        return call(state, state.next());
      case 'par':
        return parallel(state);
      case 'interruptible':
        throw new ImportFailure(
          'interrupt',
          '`interruptible` can’t be imported: in Chor no message breaks off what others are doing. Write the interruption as a choice.',
          word.at,
        );
      case 'connect':
      case 'disconnect':
      case 'wrap':
        return connection(state);
    }
    if (state.peek(1).text === 'calls') {
      state.next();
      return call(state, state.next());
    }
  }
  const sent = message(state);
  const kind = state.next();
  if (kind.text === 'connect') {
    state.problem(
      'connection',
      '`connect` opens a connection while the protocol runs; in Chor every pair of roles has its queue from the start. Write `from` instead.',
      kind.at,
    );
  } else if (kind.text !== 'from') {
    throw new ImportFailure('syntax', `A message needs \`from\` here, and there is ${shown(kind)}.`, kind.at);
  }
  const from = state.name('the role that sends');
  state.expect('to', 'A message');
  const to = [state.name('the role that receives')];
  while (state.take(',')) to.push(state.name('a role that receives'));
  state.expect(';', 'A message');
  return { kind: 'message', message: sent, from, to };
}

function choice(state: State): Interaction {
  state.next();
  state.expect('at', '`choice`');
  const at = state.name('the role that chooses');
  const branches = [block(state, 'A branch')];
  while (state.take('or')) branches.push(block(state, 'A branch'));
  return { kind: 'choice', at, branches };
}

function recursion(state: State): Interaction {
  state.next();
  const name = state.name('the name of the `rec`');
  if (state.peek().text === '[') refinement(state, '[', ']');
  return { kind: 'rec', name, body: block(state, '`rec`') };
}

function call(state: State, first: Word): Interaction {
  const callee = [state.name('the protocol that is called')];
  if (state.take(':')) callee.splice(0, 1, state.name('the protocol that is called'));
  while (state.take('.')) callee.push(state.name('the protocol that is called'));
  const args: Message[] = [];
  if (state.take('<')) {
    do args.push(message(state));
    while (state.take(','));
    state.expect('>', 'The list of arguments');
  }
  const roles: Word[] = [];
  state.expect('(', `\`${first.text}\``);
  while (!state.take(')')) {
    if (roles.length > 0) state.expect(',', 'The list of roles');
    roles.push(state.name('a role'));
    const as = state.peek();
    if (state.take('as'))
      throw new ImportFailure(
        'syntax',
        'Roles that are given by name can’t be imported: give them in the order of the header.',
        as.at,
      );
  }
  state.expect(';', `\`${first.text}\``);
  return { kind: 'do', callee, args, roles };
}

function parallel(state: State): Interaction {
  state.next();
  const branches = [block(state, 'A branch')];
  while (state.take('and')) branches.push(block(state, 'A branch'));
  for (const branch of branches) {
    const out = leaving(branch, new Set());
    if (out)
      state.problem(
        'parallel',
        `\`continue ${out.text}\` goes from a branch of \`par\` round a loop that stands around all of them: in a choreography, what follows a \`par\` begins when all of its branches are over. Put the loop into the branch, or the \`continue\` behind the \`par\`.`,
        out.at,
      );
  }
  return { kind: 'par', branches };
}

/** The name of a loop around that is gone round from inside; undefined where there is none. */
function leaving(items: readonly Interaction[], loops: ReadonlySet<string>): Word | undefined {
  for (const item of items) {
    const inside =
      item.kind === 'choice' || item.kind === 'par' ? item.branches : item.kind === 'rec' ? [item.body] : [];
    const known = item.kind === 'rec' ? new Set([...loops, item.name.text]) : loops;
    const found =
      item.kind === 'continue' && !loops.has(item.name.text)
        ? item.name
        : inside.map((block) => leaving(block, known)).find((each) => each !== undefined);
    if (found) return found;
  }
  return undefined;
}

function connection(state: State): undefined {
  const word = state.next();
  state.problem(
    'connection',
    `\`${word.text}\` has no counterpart: in Chor every pair of roles has its queue from the start to the end. Leave it out.`,
    word.at,
  );
  while (!state.take(';')) {
    if (state.next().kind === 'end')
      throw new ImportFailure('syntax', `\`${word.text}\` needs \`;\` at its end.`, word.at);
  }
}

function message(state: State): Message {
  const first = state.peek();
  const operator = first.text === '(' ? '' : path(state, 'a message').join('.');
  if (!state.take('(')) return { operator, payload: undefined, at: first.at };
  const payload: Payload[] = [];
  while (!state.take(')')) {
    if (payload.length > 0) state.expect(',', 'The payload');
    let at = state.peek().at;
    if (state.peek().kind === 'word' && state.peek(1).text === ':') {
      state.next();
      state.next();
      at = state.peek().at;
    }
    const type = path(state, 'a payload’s type');
    if (state.take('@')) {
      state.problem(
        'delegation',
        'A payload that is a session, `Protocol@Role`, has no counterpart: a Chor message carries data. Let the roles of that session take part here.',
        at,
      );
      state.name('a role');
    }
    if (state.peek().text === '{') refinement(state, '{', '}');
    payload.push({ type, at });
  }
  return { operator, payload, at: first.at };
}

function refinement(state: State, open: string, close: string): void {
  const first = state.peek();
  state.problem(
    'refinement',
    'A condition on a value has no counterpart: Chor’s types say what kind a value is of, not which values. Leave it out.',
    first.at,
  );
  let depth = 0;
  do {
    const word = state.next();
    if (word.kind === 'end')
      throw new ImportFailure('syntax', `This condition is not closed: a \`${close}\` is missing.`, first.at);
    depth += word.text === open ? 1 : word.text === close ? -1 : 0;
  } while (depth > 0);
}
