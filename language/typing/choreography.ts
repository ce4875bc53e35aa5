// Names and types of a choreography: who says what to whom, and what each role holds.
import {
  blocksOf,
  choreographiesOf,
  messagesIn,
  resultAt,
  rolesNamed,
  takersIn,
  walkBlock,
  isImplied,
} from '../ir/choreography.js';
import type {
  Assignment,
  Branch,
  Call,
  Choreography,
  Communication,
  Decision,
  For,
  Gather,
  MemberRange,
  Picked,
  Receiver,
  Statement,
  Taker,
} from '../ir/choreography.js';
import type { Name, TextRange } from '../ir/expression.js';
import { ByMessage } from '../ir/message.js';
import { closest } from '../syntax/closest.js';
import { idOf } from '../scoping/declared.js';
import { passagesOf } from '../scoping/passages.js';
import type { ChorSymbol } from '../scoping/symbols.js';
import { printRole, printTarget, printType } from '../syntax/print.js';
import { complete, completeLabels, excerpt, occur, report, declaredAt } from './context.js';
import type { Context, OpenSymbol, Variable } from './context.js';
import { checkDistinct, checkType } from './declarations.js';
import { checkValue, condition, effect, infer, inferValue, typer } from './expressions.js';
import { takenBefore } from './coverage.js';
import type { Path } from './flow.js';
import { checkPassages, declarePassages } from './passages.js';
import { checkCoverage, checkPattern } from './patterns.js';
import { checkCalls, checkRec } from './recursion.js';
import { checkLabelName } from './labels.js';
import { boundsOf } from '../families/specialise.js';
import { checkFamily, variableOf } from './members.js';
import { checkQuorum } from './quorum.js';
import type { Assignable, Surely } from './members.js';
import { calledBy, checkGiven, checkParameters, checkRoleArg } from './given.js';
import type { Called } from './given.js';
import { argumentsOf } from '../parameters/arguments.js';
import { createRoles } from './roles.js';
import { checkCounts } from './counts.js';
import { checkRaces, checkRacesOfRounds } from './races.js';
import { checkCases, checkSent, keepValue, sentTo } from './sent.js';
import type { Fields } from './sent.js';
import { checkContinue, checkLeave, insideRec, inThread, notLast, outsideRec } from './tail.js';
import { inSeveral, writtenBy } from '../ir/threads.js';
import type { TailState } from './tail.js';
import { int, isSame, listOf, nothing, showMeaning, tupleOf, unify, unknown, variable } from './types.js';
import type { Type } from './types.js';
import { checkUnused } from './unused.js';
import type { Way, WrongMembers } from '../findings/typing.js';
import { writeType } from './write.js';
import { mismatch } from './env.js';
import type { Roles, RoleState } from './role-state.js';
import type { Located, RoleRef } from '../ir/role.js';
import { sameRole } from '../ir/role.js';
import { namesOfTarget, originOfTarget, placeOfTarget } from '../ir/target.js';
import type { Target } from '../ir/target.js';
import { assign, checkFits, settle, shownTarget, taken } from './targets.js';
import type { Owner } from './targets.js';
import { listed } from '../text/words.js';

/** What is known of a choreography after its check. */
export interface ChoreographyTypes {
  readonly variables: ReadonlyMap<string, readonly ChorSymbol[]>;
  /** The type of each kind of message. */
  readonly payloads: ByMessage<Type>;
}

interface State extends TailState {
  readonly choreography: Choreography;
  readonly roles: Roles;
  readonly labels: Map<string, OpenSymbol>;
  readonly payloads: ByMessage<Type[]>;
  readonly fields: Fields;
}

export function checkChoreography(context: Context, choreography: Choreography): ChoreographyTypes {
  const roles = createRoles(context, choreography);
  const state: State = {
    choreography,
    roles,
    labels: new Map(),
    payloads: new ByMessage(),
    fields: new Map(),
    ...outsideRec(),
  };
  header(context, state);
  const declare = (statements: readonly Statement[]): void =>
    eachWrite(statements, (role, into) => {
      for (const name of namesOfTarget(into)) roles.declare(role, name);
    });
  const passages = passagesOf(choreography);
  if (passages) {
    declarePassages(
      passages,
      (statements) => {
        const names = new Set<string>();
        eachWrite(statements, (role, into) => {
          for (const { text } of namesOfTarget(into)) names.add(`${role.name.text}.${text}`);
        });
        return [...names];
      },
      declare,
    );
    checkPassages(context, roles, choreography, passages, (statements) => {
      block(context, state, statements);
    });
  } else {
    declare(choreography.body.statements);
    block(context, state, choreography.body.statements);
  }
  result(context, state);
  for (const role of roles.all.values()) role.variables.forEach(complete);
  checkCalls(context, choreography);
  checkUnused(context, choreography, roles);
  const variables = new Map(
    [...roles.all].map(([name, role]) => [name, [...role.variables.values()].map((v) => v.symbol)]),
  );
  const payloads = new ByMessage<Type>();
  for (const [message, types] of state.payloads) payloads.set(message, oneOf(types));
  completeLabels(state.labels, payloads);
  return { variables, payloads };
}

/** Calls `write` for each target that gets a value. */
function eachWrite(statements: readonly Statement[], write: (role: RoleRef, into: Target) => void): void {
  walkBlock(statements, (statement) => {
    if (statement.kind === 'decision') for (const { role, into } of statement.sent ?? []) if (into) write(role, into);
    // What a pattern takes at those who are sent a case lives in its branch.
    if (isImplied(statement)) return;
    for (const { role, into } of takersIn(statement)) write(role, into);
  });
}

/** A role as one that takes values, from another one where that is told. */
function ownerOf({ members, ...roles }: Roles, role: RoleRef, speaks?: RoleRef): Owner {
  return {
    env: roles.env(role),
    prefix: `${role.key}.`,
    write: (name, place) => roles.write(role, name, speaks, place),
    isStatic: (place) => members.isStatic(place),
  };
}

/**
 * The type that all have, else unknown: where a channel carries several types, which one comes depends on the order.
 */
function oneOf(types: readonly Type[]): Type {
  const [first, ...rest] = types;
  return first && rest.every((type) => isSame(type, first)) ? first : unknown();
}

function header(context: Context, { choreography, roles }: State): void {
  checkDistinct(context, choreography.roles, 'role');
  sizes(context, roles, choreography);
  checkParameters(context, choreography, roles, (name, what, first) => {
    report(context, 'duplicate-name', name.origin, {
      name,
      what: whatIs(what),
      ...(first ? { first: { uri: context.uri, origin: first } } : {}),
    });
  });
  for (const role of choreography.roles) {
    const state = roles.all.get(role.name.text);
    if (!state) continue;
    occur(context, state.symbol, role.name.origin, 'definition');
    checkDistinct(context, role.params, 'input');
    for (const param of role.params) {
      const shared = roles.members.find(param.name.text)?.symbol;
      if (shared)
        report(context, 'duplicate-name', param.name.origin, {
          name: param.name,
          what: whatIs(shared.kind),
          ...(shared.origin ? { first: { uri: context.uri, origin: shared.origin } } : {}),
        });
      const type = checkType(context, param.type);
      const input: Variable = {
        symbol: {
          id: `${state.symbol.id}.${param.name.text}`,
          kind: 'input',
          name: param.name.text,
          uri: context.uri,
          origin: param.name.origin,
          role: role.name.text,
          container: choreography.name.text,
          detail: `${role.name.text}.${param.name.text}: ${printType(param.type)}`,
          doc: param.doc,
        },
        type,
        used: false,
      };
      occur(context, input.symbol, param.name.origin, 'definition');
      if (!state.variables.has(param.name.text)) state.variables.set(param.name.text, input);
      roles.flow.assign(input);
    }
  }
}

/** The results that the header promises, and those that are returned: each role its own. */
function result(context: Context, { choreography, roles }: State): void {
  const { results, returns } = choreography;
  const name = choreography.name.text;
  const types = results.map((declared, index) => {
    const { role } = declared;
    const type = checkType(context, declared.type);
    roles.use(role);
    if (role.index) one(context, roles, role, 'result');
    sameAs(context, roles, results.slice(0, index), role, 'result of', {
      start: declared.type.origin.start,
      end: role.origin.end,
    });
    const server = choreography.roles.find((each) => each.server === true && each.name.text === role.name.text);
    if (server)
      report(context, 'server-result', role.origin, {
        role: role.key,
        of: name,
        what: 'role',
        word: { start: server.origin.start, end: server.name.origin.start },
      });
    return type;
  });
  const isReturned = results.map(({ role }) => returns.some((returned) => sameRole(returned.role, role)));
  returns.forEach((returned, position) => {
    context.anchor = returned.origin;
    roles.use(returned.role);
    const env = roles.env(returned.role);
    if (sameAs(context, roles, returns.slice(0, position), returned.role, 'returned value of', returned.origin)) {
      infer(context, env, returned.value);
      return;
    }
    const own = results.findIndex(({ role }) => sameRole(role, returned.role));
    const type = types[own];
    if (type) {
      checkValue(context, env, returned.value, type, (shown) => ({ by: 'result', of: name, role: false, type: shown }));
      return;
    }
    const found = infer(context, env, returned.value);
    // A role that is not there is told already.
    if (!roles.all.has(returned.role.name.text)) return;
    const promised = results.filter(({ role }, index) => isReturned[index] === false && roles.all.has(role.name.text));
    if (promised.length > 0)
      report(context, 'not-located-here', returned.role.origin, {
        kind: 'return',
        name,
        here: returned.role.key,
        owners: promised.map(({ role }) => role.key),
        origin: returned.role.origin,
        anchor: returned.origin,
      });
    else if (results.every(({ role }) => roles.all.has(role.name.text)))
      report(context, 'type-mismatch', returned.origin, () => ({
        kind: 'unpromised',
        choreography: name,
        header: {
          at: resultsEnd(context, choreography),
          next: results.length > 0,
          role: returned.role.key,
          type: writeType(found, 'string'),
        },
      }));
  });
  if (roles.flow.dead || returns.some(({ role }) => !results.some((declared) => sameRole(declared.role, role)))) return;
  results.forEach(({ role, type: { origin } }, index) => {
    const type = types[index];
    if (type && isReturned[index] === false)
      report(context, 'type-mismatch', origin, {
        kind: 'never-returned',
        choreography: name,
        role: role.key,
        type: showMeaning(type),
        ...(returns.length > 0 ? { others: true } : {}),
      });
  });
}

/** Two of the same role, where each role has one: told. */
function sameAs(
  context: Context,
  { all, members }: Roles,
  before: readonly { readonly role: RoleRef }[],
  role: RoleRef,
  what: string,
  item: TextRange,
): boolean {
  const first = before.find(
    (other) => sameRole(other.role, role) || (all.has(role.name.text) && members.meet(other.role, role) !== undefined),
  );
  if (first)
    report(context, 'duplicate-name', role.origin, {
      name: { text: role.key, origin: role.origin },
      what,
      first: { uri: context.uri, origin: first.role.origin },
      item,
      role: true,
    });
  return first !== undefined;
}

/** What a header names, in the words of messages. */
function whatIs(kind: string): string {
  return kind === 'parameter' ? 'shared value' : kind;
}

/** The sizes of families: names that all know. */
function sizes(context: Context, { members, all }: Roles, choreography: Choreography): void {
  for (const { name, family } of choreography.roles) {
    if (!family) continue;
    if (family.size) {
      const { size } = family;
      const first = members.find(size.text) ?? all.get(size.text);
      if (family.first && first && !family.redeclares) {
        occur(context, first.symbol, size.origin, 'read');
        continue;
      }
      if (first)
        report(context, 'duplicate-name', size.origin, {
          name: size,
          what: 'size',
          ...(family.redeclares ? { sizes: family.origin } : {}),
          ...(first.symbol.origin ? { first: { uri: context.uri, origin: first.symbol.origin } } : {}),
        });
      occur(context, members.declare(size, 'size').symbol, size.origin, 'definition');
    }
    checkFamily(context, { name, family });
  }
}

/** Told where all who decide may be nobody, and others wait for what they decide. */
function somebody(
  context: Context,
  { members }: Roles,
  guards: readonly Located[],
  blocks: readonly (readonly Statement[])[],
): void {
  const [first] = guards;
  if (!first || !guards.every(({ role }) => members.isSeveral(role))) return;
  let others = false;
  for (const block of blocks)
    walkBlock(block, (inside) => {
      others ||= rolesNamed(inside).some(({ name }) => name.text !== first.role.name.text);
    });
  if (!others) return;
  const values = members.emptyFor(first.role);
  if (values)
    report(context, 'wrong-members', first.role.origin, {
      kind: 'nobody',
      role: excerpt(context, first.role.origin),
      values,
      header: members.headerOf(first.role.name.text),
    });
}

/** A role that has to be one: told where it is a family. */
function one(
  context: Context,
  { members }: Roles,
  role: RoleRef,
  as: Extract<WrongMembers, { kind: 'one-needed' }>['as'],
  place?: string,
): boolean {
  if (!members.isSeveral(role)) return true;
  report(context, 'wrong-members', role.origin, {
    kind: 'one-needed',
    role: role.key,
    as,
    ...(place === undefined ? {} : { place }),
  });
  return false;
}

/** Where the header takes another result. */
function resultsEnd(context: Context, { body }: Choreography): TextRange {
  const { length } = context.text.slice(0, body.origin.start).trimEnd();
  return { start: length, end: length };
}

function block(context: Context, state: State, statements: readonly Statement[], anchor?: TextRange): void {
  const last = statements.length - 1;
  statements.forEach((current, index) => {
    if (isImplied(current)) return;
    // An `else if` has no line of its own: what is to stand before it stands before the whole.
    context.anchor = anchor ?? current.origin;
    const next = statements[index + 1];
    const place = context.anchor;
    const range = next && { start: next.origin.start, end: statements[last]?.origin.end ?? next.origin.end };
    if (range) notLast(state, range, () => statement(context, state, current, place));
    else statement(context, state, current, place);
  });
}

function statement(context: Context, state: State, current: Statement, anchor: TextRange): void {
  const { choreography, roles } = state;
  switch (current.kind) {
    case 'communication':
      return communication(context, state, current);
    case 'gather':
      return gather(context, state, current);
    case 'assignment':
      return assignment(context, roles, current);
    case 'effect': {
      roles.use(current.role);
      if (current.value.kind !== 'tuple' || current.value.items.length > 0)
        effect(context, roles.env(current.role), current.value);
      return;
    }
    case 'call':
      return call(context, state, current);
    case 'decision':
      return current.pick ? pick(context, state, current, current.pick) : decision(context, state, current, anchor);
    case 'while': {
      for (const guard of current.guards) {
        roles.use(guard.role);
        condition(context, roles.env(guard.role), guard.value);
      }
      tells(
        context,
        roles,
        current.guards.map((guard) => guard.role),
        current.informs,
      );
      somebody(context, roles, current.guards, blocksOf(current));
      if (current.guards[0] && current.informs.length > 0) one(context, roles, current.guards[0].role, 'decider');
      notLast(state, undefined, () =>
        roles.flow.fork([
          { run: () => block(context, state, current.body.statements), way: () => ({ kind: 'round' }) },
          {
            run: () => undefined,
            way: () => ({
              kind: 'skipped',
              guard: current.guards[0] ? excerpt(context, current.guards[0].origin) : '',
            }),
          },
        ]),
      );
      return;
    }
    case 'rec': {
      insideRec(context, state, current.name, idOf(context.uri, choreography), choreography.name.text, () => {
        roles.flow.loop(current.name.text, () => {
          block(context, state, current.body.statements);
        });
      });
      checkRec(context, current.name, current.body.statements);
      return;
    }
    case 'for': {
      range(context, roles, current.range);
      newIndex(context, roles, current.index);
      // What is outside can't be gone round from inside.
      const apart = current.parallel === true ? ownOfRounds(current) : undefined;
      const go = (): void => {
        roles.members.loop(
          current.index,
          current.range,
          surely(roles, current.body.statements),
          () => {
            declaredIndex(context, roles, current.index);
            block(context, state, current.body.statements);
          },
          () => ({
            kind: 'skipped',
            counts: true,
            guard: excerpt(context, { start: current.origin.start, end: current.head.end }).trim(),
          }),
        );
      };
      if (!apart) notLast(state, undefined, go);
      else {
        inThread(state, () => {
          roles.flow.together([go], isAmong(apart));
        });
        if (roles.trace) roles.trace.open = true;
        checkRacesOfRounds(context, current);
      }
      return;
    }
    case 'par': {
      const several = inSeveral(current.branches.map((branch) => writtenBy(branch.statements)));
      inThread(state, () => {
        roles.flow.together(
          current.branches.map((branch) => () => {
            block(context, state, branch.statements);
          }),
          isAmong(several),
        );
      });
      if (roles.trace) roles.trace.open = true;
      checkRaces(context, current);
      return;
    }
    case 'at':
      roles.use(current.role);
      block(context, state, current.body.statements);
      return;
    // Nobody writes one.
    case 'when':
      return;
    case 'leave': {
      checkLeave(context, state, current.name, current.origin);
      roles.flow.exit(current.name.text);
      return;
    }
    case 'continue': {
      checkContinue(context, state, current.name, current.origin);
      roles.flow.leave();
      return;
    }
  }
}

/**
 * What each round of a loop has for itself, where they go on at the same time: variables, as `role.variable`, but those
 * of the members that the rounds are about, and places of lists.
 */
function ownOfRounds({ index, body }: For): ReadonlySet<string> {
  const names = new Set<string>();
  walkBlock(body.statements, (statement) => {
    for (const { role, into } of takersIn(statement)) {
      const at = role.index?.kind === 'member' ? role.index.at : undefined;
      if ((at?.kind === 'name' && at.name.text === index.text) || placeOfTarget(into)) continue;
      for (const { text } of namesOfTarget(into)) names.add(`${role.name.text}.${text}`);
    }
  });
  return names;
}

function isAmong(names: ReadonlySet<string>): (assigned: Assignable) => boolean {
  return (assigned) => {
    const { symbol } = variableOf(assigned);
    return names.has(`${symbol.role ?? ''}.${symbol.name}`);
  };
}

/** What statements write whatever is decided, loops in each other as deep as anybody reads. */
function surely(roles: Roles, statements: readonly Statement[], deep = 8): Surely[] {
  const at = (role: RoleRef, name: Name, more: Pick<Surely, 'speaks' | 'place'>): Surely[] => {
    const variable = roles.all.get(role.name.text)?.variables.get(name.text);
    return variable ? [{ variable, role, ...more, when: [], loops: [] }] : [];
  };
  return statements.flatMap((statement): Surely[] => {
    switch (statement.kind) {
      case 'communication':
      case 'assignment':
      case 'call':
      case 'gather':
        return takersIn(statement).flatMap(({ role, into }) => {
          const place = placeOfTarget(into);
          const more = {
            ...(statement.kind === 'communication' ? { speaks: statement.sender } : {}),
            ...(place ? { place } : {}),
          };
          return namesOfTarget(into).flatMap((name) => at(role, name, more));
        });
      case 'for': {
        if (deep === 0) return [];
        const loop = { name: statement.index.text, ...boundsOf(statement.range, roles.members.families) };
        return surely(roles, statement.body.statements, deep - 1).map((written) => ({
          ...written,
          loops: [loop, ...written.loops],
        }));
      }
      case 'par':
        return statement.branches.flatMap((branch) => surely(roles, branch.statements, deep));
      case 'at':
        return surely(roles, statement.body.statements, deep);
      case 'effect':
      case 'decision':
      case 'while':
      case 'rec':
      case 'continue':
      case 'leave':
      case 'when':
        return [];
    }
  });
}

/** What a loop over members goes through. */
function range(context: Context, roles: Roles, of: MemberRange): void {
  if (of.kind === 'members') {
    roles.use(of.of);
    spoken(context, roles, of.of, undefined, of.of.origin);
    if (roles.all.has(of.of.name.text) && !roles.members.families.has(of.of.name.text))
      report(context, 'wrong-members', of.of.origin, { kind: 'single', role: of.of.name.text });
    return;
  }
  const [anyone] = roles.all.values();
  for (const bound of [of.from, of.until])
    if (roles.members.isStatic(bound) && anyone) infer(context, anyone.env, bound, int);
}

function communication(context: Context, state: State, current: Communication): void {
  const { roles } = state;
  roles.use(current.sender);
  const gathers = roles.members.isSeveral(current.sender);
  if (current.sender.index?.kind === 'others') one(context, roles, current.sender, 'other');
  let payload: Type = current.value ? inferValue(context, roles.env(current.sender), current.value) : nothing;
  if (current.label) {
    if (current.label.name.text !== '') label(context, state, current.label.name);
    if (current.value && current.label.types.length === 0) checkLabelName(context, current.label.name, undefined);
    const types = current.label.types.map((type) => checkType(context, type));
    const [only] = types;
    if (only) {
      const declared = types.length === 1 ? only : tupleOf(...types);
      if (current.value && !unify(declared, payload))
        mismatch(context, current.value.origin, payload, {
          by: 'label',
          label: current.label.name.text,
          type: showMeaning(declared),
        });
      payload = declared;
    }
  }
  const empty = !current.value && (current.label?.types.length ?? 0) === 0;
  for (const receiver of current.receivers) {
    roles.use(receiver.role);
    if (!gathers) spoken(context, roles, receiver.role, current.sender, receiver.origin);
    if (gathers && roles.members.isSeveral(receiver.role)) {
      report(context, 'wrong-members', receiver.role.origin, {
        kind: 'family-to-family',
        sender: current.sender.key,
        receiver: receiver.role.key,
        statement: current.origin,
        senderAt: current.sender.origin,
        receiverAt: receiver.role.origin,
      });
    } else if (!sameRole(receiver.role, current.sender)) meet(context, roles, current, receiver);
    if (sameRole(receiver.role, current.sender) && !gathers && roles.all.has(current.sender.name.text)) {
      report(context, 'self-communication', receiver.origin, {
        role: current.sender.key,
        variable: receiver.into && printTarget(receiver.into),
        value: current.value?.origin,
        label: current.label?.name.text,
        statement: current.origin,
        receiver: receiver.origin,
        only: current.receivers.length === 1,
        implied: false,
      });
    }
    const message = { sender: current.sender.key, receiver: receiver.role.key, label: current.label?.name.text };
    const known = state.payloads.get(message);
    if (known) known.push(payload);
    else state.payloads.set(message, [payload]);
    const { into } = receiver;
    if (!into) continue;
    const owner = ownerOf(roles, receiver.role, current.sender);
    const type = taken(context, owner, into, gathers);
    if (empty) {
      report(context, 'type-mismatch', receiver.origin, {
        kind: 'nothing-sent',
        sender: current.sender.key,
        target: shownTarget(owner, into),
        remove: { start: receiver.role.origin.end, end: originOfTarget(into).end },
      });
      unify(type, unknown());
    } else
      settle(
        context,
        owner,
        into,
        type,
        gathers && into.kind === 'variable' ? listOf(payload) : payload,
        current.value?.origin,
      );
  }
}

/** Messages of several, which the receiver has as a list. */
function gather(context: Context, state: State, current: Gather): void {
  const { roles } = state;
  const { receiver, quorum, label: named } = current;
  if (named && named.name.text !== '') label(context, state, named.name);
  if (named && named.types.length === 0 && current.senders.some(({ value }) => value))
    checkLabelName(context, named.name, undefined);
  const written = (named?.types ?? []).map((type) => checkType(context, type));
  const stated = written.length > 1 ? tupleOf(...written) : written[0];
  const item = stated ?? variable();
  for (const sender of current.senders) {
    roles.use(sender.role);
    if (sender.role.index?.kind === 'others') one(context, roles, sender.role, 'other');
    const found = sender.value ? inferValue(context, roles.env(sender.role), sender.value) : (stated ?? nothing);
    if (!unify(item, found)) {
      const [first] = current.senders;
      mismatch(
        context,
        sender.value?.origin ?? sender.origin,
        found,
        stated && named
          ? { by: 'label', label: named.name.text, type: showMeaning(stated) }
          : { by: 'gather', first: first?.role.key ?? '', type: showMeaning(item) },
      );
    }
    const message = { sender: sender.role.key, receiver: receiver.role.key, label: named?.name.text };
    const known = state.payloads.get(message);
    if (known) known.push(found);
    else state.payloads.set(message, [found]);
  }
  roles.use(receiver.role);
  one(context, roles, receiver.role, 'gatherer');
  for (const message of messagesIn(current)) {
    const [to] = message.receivers as [Receiver];
    if (!sameRole(message.sender, receiver.role)) meet(context, roles, message, to);
    else if (roles.all.has(receiver.role.name.text))
      report(context, 'self-communication', receiver.origin, {
        role: receiver.role.key,
        statement: current.origin,
        receiver: receiver.origin,
        only: true,
        implied: false,
      });
  }
  const owner = ownerOf(roles, receiver.role);
  checkQuorum(
    context,
    owner,
    roles.members,
    current.senders.map(({ role, origin }) => ({ role, item: origin })),
    quorum,
  );
  const { into } = receiver;
  if (!into) return;
  const type = taken(context, owner, into);
  if (!stated && current.senders.every(({ value }) => !value)) {
    report(context, 'type-mismatch', receiver.origin, {
      kind: 'nothing-sent',
      sender: listed(current.senders.map(({ role }) => role.key)),
      target: shownTarget(owner, into),
      remove: { start: receiver.role.origin.end, end: originOfTarget(into).end },
    });
    unify(type, unknown());
  } else settle(context, owner, into, type, listOf(item));
}

/** Two members that may be the same one. */
function meet(context: Context, roles: Roles, current: Communication, receiver: Receiver): void {
  const example = roles.all.has(receiver.role.name.text)
    ? roles.members.meet(current.sender, receiver.role)
    : undefined;
  if (!example) return;
  report(context, 'self-communication', receiver.origin, {
    role: printRole(current.sender),
    statement: current.origin,
    receiver: receiver.origin,
    only: current.receivers.length === 1,
    implied: current.implied ?? false,
    members: {
      other: printRole(receiver.role),
      family: current.sender.name.text,
      values: example,
      header: roles.members.headerOf(current.sender.name.text),
    },
  });
}

function label(context: Context, state: State, name: Name): void {
  let symbol = state.labels.get(name.text);
  if (!symbol) {
    symbol = {
      id: `${idOf(context.uri, state.choreography)}/:${name.text}`,
      kind: 'label',
      name: name.text,
      uri: context.uri,
      origin: name.origin,
      container: state.choreography.name.text,
      detail: `label ${name.text}`,
    };
    state.labels.set(name.text, symbol);
    occur(context, symbol, name.origin, 'definition');
  } else occur(context, symbol, name.origin, 'read');
}

function assignment(context: Context, roles: Roles, current: Assignment): void {
  roles.use(current.role);
  assign(context, ownerOf(roles, current.role), current.into, current.value);
}

/** Told where the others of a family are meant, and none of it speaks. */
function spoken(context: Context, roles: Roles, role: RoleRef, speaker: RoleRef | undefined, item: TextRange): void {
  const family = roles.members.families.get(role.name.text);
  if (
    !family ||
    role.index?.kind !== 'others' ||
    (speaker?.name.text === role.name.text && speaker.index?.kind === 'member')
  )
    return;
  report(context, 'wrong-members', role.origin, {
    kind: 'no-speaker',
    role: role.name.text,
    ...(speaker ? { speaker: speaker.key } : {}),
    size: family.size?.text ?? String(family.least),
    item,
  });
}

function tells(context: Context, roles: Roles, deciders: readonly RoleRef[], told: readonly RoleRef[]): void {
  for (const role of told) {
    roles.use(role);
    if (deciders[0]) spoken(context, roles, role, deciders[0], role.origin);
    if (deciders.some((decider) => sameRole(decider, role))) {
      report(context, 'self-communication', role.origin, {
        role: role.key,
        statement: role.origin,
        receiver: role.origin,
        only: told.length === 1,
        implied: true,
      });
    }
  }
}

function decision(context: Context, state: State, current: Decision, anchor: TextRange): void {
  const { roles } = state;
  const value = variable();
  const [first] = current.guards;
  for (const guard of current.guards) {
    roles.use(guard.role);
    const env = roles.env(guard.role);
    if (current.form === 'if') condition(context, env, guard.value);
    else
      checkValue(context, env, guard.value, value, (shown) => ({
        by: 'guard',
        guard: first ? excerpt(context, first.origin) : '',
        type: shown,
      }));
  }
  somebody(context, roles, current.guards, blocksOf(current));
  if (current.form === 'choice') {
    roles.use(current.decider);
    one(context, roles, current.decider, 'decider');
  } else if (current.informs.length > 0) one(context, roles, current.decider, 'decider');
  tells(context, roles, [current.decider, ...current.guards.map((guard) => guard.role)], current.informs);
  if (current.sent)
    keepValue(context, current.sent, (receiver) => ownerOf(roles, receiver.role, current.decider), value);
  roles.flow.fork(pathsOf(context, state, current, value, anchor));
  if (current.sent) checkCases(context, current, value);
  const patterns = current.branches.flatMap((branch) => branch.pattern ?? []);
  if (current.form === 'match' && first && patterns.length === current.branches.length) {
    checkCoverage(context, first.origin, patterns, value, current.branches.at(-1)?.origin);
  }
  const isCase = (name: string): boolean => context.world.cases(name, context.uri).length > 0;
  if (current.form === 'match')
    for (const index of takenBefore(patterns, isCase)) {
      const range = current.branches[index]?.origin;
      if (range) report(context, 'unreachable', range, { role: '', what: 'case', label: '', from: '' });
    }
}

/** One member of a family, by a number that is computed. */
function pick(context: Context, state: State, { guards, informs, branches }: Decision, picked: Picked): void {
  const { roles } = state;
  const { index, of } = picked;
  const [guard] = guards;
  const [branch] = branches;
  if (!guard || !branch) return;
  if (roles.use(of)) roles.members.checkPick(of, guard.value, (name) => roles.env(guard.role).find(name) !== undefined);
  newIndex(context, roles, index);
  roles.use(guard.role);
  one(context, roles, guard.role, 'decider');
  checkValue(context, roles.env(guard.role), guard.value, int, () => ({ by: 'index' }));
  tells(context, roles, [guard.role], informs);
  const { end } = informs.at(-1)?.origin ?? guard.origin;
  const told = {
    of,
    knows: [guard.role, ...informs],
    tell: { at: { start: end, end }, before: informs.length > 0 ? ', ' : ' -> ' },
  };
  roles.members.pick(picked, told, () => {
    declaredIndex(context, roles, index);
    block(context, state, branch.body.statements);
  });
  if (roles.trace) roles.trace.open = true;
}

/** A name for a number that is no variable of any role. */
function newIndex(context: Context, roles: Roles, index: Name): void {
  const first =
    [...roles.all.values()].flatMap((role) => role.variables.get(index.text) ?? [])[0] ??
    roles.members.find(index.text);
  if (first)
    report(context, 'duplicate-name', index.origin, {
      name: index,
      what: 'index',
      ...(first.symbol.origin ? { first: { uri: context.uri, origin: first.symbol.origin } } : {}),
    });
}

function declaredIndex(context: Context, roles: Roles, index: Name): void {
  const found = roles.members.find(index.text);
  if (found) occur(context, found.symbol, index.origin, 'definition');
}

function pathsOf(context: Context, state: State, current: Decision, value: Type, anchor: TextRange): Path[] {
  const paths = current.branches.map((branch, index): Path => ({
    way: () => wayOf(context, current, branch, index),
    place: branch.absent || context.text.charAt(branch.body.origin.start) === '{' ? branch.body.origin : undefined,
    run() {
      const inner = branch.body.statements.filter((s) => !isImplied(s));
      const [only] = inner;
      const elseIf =
        inner.length === 1 &&
        only &&
        only.origin.start === branch.body.origin.start &&
        only.origin.end === branch.body.origin.end;
      const locals = new Map<string, Variable>();
      const guarded = current.guards.flatMap((guard) => state.roles.all.get(guard.role.name.text) ?? []);
      const [one] = guarded;
      if (branch.pattern)
        checkPattern(typer, context, one?.env ?? state.roles.env(current.decider), branch.pattern, value, locals);
      if (current.sent) checkSent(context, state.roles, current, branch, locals, state.fields, state.payloads);
      within([...guarded, ...sentTo(state.roles, current)], locals, () =>
        block(context, state, branch.body.statements, elseIf ? anchor : undefined),
      );
      locals.forEach(complete);
    },
  }));
  return paths;
}

/** Runs with the names that a pattern binds. */
function within(roles: readonly RoleState[], locals: ReadonlyMap<string, Variable>, run: () => void): void {
  for (const role of roles) role.locals.push(locals);
  run();
  for (const role of roles) role.locals.pop();
}

/** The way that goes through a branch. */
function wayOf(context: Context, current: Decision, branch: Branch, index: number): Way {
  const told = branch.body.statements.find(
    (s): s is Communication => s.kind === 'communication' && !s.implied && sameRole(s.sender, current.decider),
  );
  const label = told && told === branch.body.statements.find((s) => !isImplied(s)) ? told.label?.name.text : undefined;
  if (label) return { kind: 'label', role: current.decider.key, label };
  const guards = current.guards.map((guard: Located) => excerpt(context, guard.origin));
  switch (current.form) {
    case 'if':
      return { kind: 'condition', guards, holds: index === 0 };
    case 'match':
      return { kind: 'case', guards, ...(branch.pattern ? { pattern: excerpt(context, branch.pattern.origin) } : {}) };
    // It has one way.
    case 'pick':
    case 'choice':
      return { kind: 'branch', role: current.decider.key, index };
  }
}

function call(context: Context, state: State, current: Call): void {
  const { roles, choreography } = state;
  const name = current.callee.text;
  const callee = calledBy(context, choreography, name);
  if (callee) occur(context, callee.symbol, current.callee.origin, 'read');
  else unknownCallee(context, state, current.callee);
  const header = callee && !callee.broken ? callee : undefined;
  if (header && current.args.length !== header.roles.length + header.parameters.length) {
    report(context, 'wrong-arguments', current.origin, {
      kind: 'roles',
      callee: name,
      roles: [...header.roles, ...header.parameters].map((each) => each.name.text),
      given: current.args.length,
      ...(header.parameters.length > 0 ? { besides: header.parameters.length } : {}),
      ...declaredAt(header.symbol),
    });
  }
  const { roles: args, given: more } = argumentsOf(
    current.args,
    header ?? { roles: current.args.map(() => undefined), parameters: [] },
  );
  const given = new Map<string, RoleRef>();
  const standing = new Set(args.map((arg) => arg.role.key));
  const others = [...roles.all.keys()].filter((role) => !standing.has(role));
  args.forEach((arg, index) => {
    // Of what is not known to be called, nobody knows what it takes.
    if (
      !header &&
      (arg.role.name.text === '' || (!roles.all.has(arg.role.name.text) && isKnown(context, state, arg.role.name.text)))
    )
      return;
    const before = given.get(arg.role.key);
    if (before && roles.all.has(arg.role.name.text))
      report(context, 'role-given-twice', arg.role.origin, {
        role: arg.role.key,
        callee: name,
        origin: arg.role.origin,
        others,
        first: { uri: context.uri, origin: before.origin },
      });
    else given.set(arg.role.key, arg.role);
    checkRoleArg(context, roles, header, header?.roles[index], arg);
  });
  if (header)
    checkCounts(
      context,
      roles.members,
      name,
      header.roles,
      args.map(({ role }) => role),
    );
  for (const { parameter, arg } of more)
    if (header && arg) checkGiven(context, state, header, parameter, arg, [...given.values()]);
  current.takers.forEach((to, index) => {
    roles.use(to.role);
    sameAs(context, roles, current.takers.slice(0, index), to.role, 'result taken at', to.origin);
    takeResult(context, roles, current, to, callee);
  });
}

function unknownCallee(context: Context, { choreography }: State, callee: Name): void {
  const name = callee.text;
  const resolved = context.scope.lookup(name);
  if (resolved) occur(context, context.world.symbol(resolved), callee.origin, 'read');
  if (context.scope.isLost(name)) return;
  const known = [
    ...choreographiesOf(choreography.parameters).map((each) => each.name.text),
    ...[...context.scope.all()]
      .filter(([n, r]) => r.declaration.kind === 'choreography' && n !== choreography.name.text)
      .map(([n]) => n),
  ];
  report(context, 'unknown-name', callee.origin, {
    name: callee,
    wanted: 'choreography',
    found: resolved && context.world.symbol(resolved).kind,
    similar: closest(name, known),
    known,
  });
}

/** Whether a name that is no role is something else that a call may give. */
function isKnown(context: Context, { roles, choreography }: State, name: string): boolean {
  return (
    context.scope.lookup(name) !== undefined ||
    roles.members.find(name) !== undefined ||
    choreographiesOf(choreography.parameters).some((each) => each.name.text === name)
  );
}

/** What takes a result of a call. */
function takeResult(context: Context, roles: Roles, current: Call, to: Taker, callee: Called | undefined): void {
  const known = callee && !callee.broken ? callee : undefined;
  const result = known && resultAt(known, current.args, to.role);
  // Where a family stands in the place of one, each member has its own.
  if (!result || result.role.index) one(context, roles, to.role, 'target');
  const owner = ownerOf(roles, to.role);
  const type = taken(context, owner, to.into);
  const at = originOfTarget(to.into);
  if (!known) {
    unify(type, unknown());
    return;
  }
  const { name, uri } = known;
  const [only, second] = known.results;
  if (!only) {
    unify(type, unknown());
    if (to === current.takers[0])
      report(context, 'type-mismatch', at, {
        kind: 'no-result',
        callee: name,
        target: shownTarget(owner, to.into),
        remove: { start: current.origin.start, end: context.text.indexOf('do', current.takers.at(-1)?.origin.end) },
      });
    return;
  }
  // Who takes it where nobody gives it is told by the projection.
  const given = result ?? (second ? undefined : only);
  const found = given ? context.world.type(given.type, uri) : unknown();
  if (unify(type, found)) checkFits(context, to.into, current.callee.origin, type);
  else mismatch(context, at, type, { by: 'result', of: name, role: false, type: showMeaning(found) });
}
