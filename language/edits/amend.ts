// Amendment: the ways to let a role know a choice (Cruz-Filipe and Montesi), as edits of the source, the cheapest to
// read first. They are candidates: each is tried before it is offered.
import type { ConflictingDeeds } from '../findings/projection.js';
import { nameOfBranch } from '../projection/deeds.js';
import { sayWay } from '../projection/words.js';
import { walkBlock } from '../ir/choreography.js';
import type { Branch, Choreography, Communication, Decision, Statement, While } from '../ir/choreography.js';
import { childrenOf, freeNames, namesOf } from '../ir/expression.js';
import type { Expr, TextRange } from '../ir/expression.js';
import { readingsIn } from '../ir/readings.js';
import { scopeOf } from '../scoping/scope.js';
import { writeName } from '../syntax/names.js';
import { insertAfter, insertIntoBody, insertIntoBranch } from './choreography.js';
import { ownRoles } from '../projection/involvement.js';
import { followValues, valueOf } from '../projection/values.js';
import type { Edit, Fix, FixContext } from './fix.js';
import { sameRole } from '../ir/role.js';

/** A role that does not know a decision. */
export interface Unaware {
  readonly choreography: Choreography;
  readonly statement: Decision | While;
  readonly role: string;
  /** Where it gets a message in one way, and nothing in another: what it gets, and these ways. */
  readonly conflict?: ConflictingDeeds;
  readonly branches?: readonly [number, number];
}

/** A way through a decision: a branch, a round of a loop, or what follows the loop. */
interface Way {
  readonly label: string;
  readonly statements: readonly Statement[];
  insert(after: Statement | undefined, line: string): Edit[];
}

/** All candidates, the cheapest on a run first. */
export function amendments(unaware: Unaware, context: FixContext): Fix[] {
  const ways = waysOf(unaware.statement, context);
  const round = unaware.statement.kind === 'while' ? ' a round' : '';
  const decider =
    unaware.statement.guards[0]?.role.key ??
    (unaware.statement.kind === 'decision' ? unaware.statement.decider.key : '');
  const costing = (fixes: readonly Fix[], cost: Fix['cost']): Fix[] =>
    fixes.map((fix) => ({ ...fix, preferred: true, cost }));
  // Where others are told by the arrow list, it is the place for one more; and messages without a label are not meant
  // to tell ways apart.
  const told = costing([tell(unaware, context, round)], {
    messages: 1,
    channels: talk(unaware.choreography, decider, unaware.role) ? 0 : 1,
    doubt:
      4.5 -
      (unaware.statement.informs.length > 0 ? 2.5 : 0) -
      (getsUnlabelled(unaware, ways) ? (unaware.statement.informs.length > 0 ? 1 : 2.5) : 0),
  });
  // Of as many ways as there are members, none can be told by itself.
  if (unaware.statement.kind === 'decision' && unaware.statement.pick) return told;
  return [
    ...costing(heldGuard(unaware, context), { messages: 0, doubt: 3 }),
    ...costing(firstLabels(unaware, ways, context), { messages: 0, doubt: 3.5 }),
    ...costing(sameSender(unaware, ways), { messages: 0.5, doubt: 3.4 }),
    ...told,
    ...relays(unaware, ways, round),
  ];
}

/** Whether all that a role first gets in the ways has no label. */
function getsUnlabelled({ role }: Unaware, ways: readonly Way[]): boolean {
  const messages = ways.map((way) => firstReceived(way, role)).filter((message) => typeof message !== 'string');
  return messages.length > 0 && messages.every(({ label }) => !label);
}

/** Whether one role sends something to another. */
function talk({ body }: Choreography, from: string, to: string): boolean {
  let found = false;
  walkBlock(body.statements, (s) => {
    found ||= s.kind === 'communication' && s.sender.key === from && s.receivers.some((r) => r.role.key === to);
  });
  return found;
}

function waysOf(statement: Decision | While, { uri, text }: FixContext): Way[] {
  if (statement.kind === 'while') {
    return [
      {
        label: 'again',
        statements: statement.body.statements,
        insert: (after, line) => [insertIntoBody(text, uri, statement.body, after, line)],
      },
      {
        label: 'done',
        statements: statement.exit,
        insert: (_, line) => [insertAfter(text, uri, statement.origin, line)],
      },
    ];
  }
  return statement.branches.map((branch: Branch) => ({
    label: branch.label,
    statements: branch.body.statements,
    insert: (after, line) => insertIntoBranch(text, uri, statement.origin, branch, after, line),
  }));
}

/** The role in the arrow list of the decision. */
export function tell(
  { statement, role, choreography }: Pick<Unaware, 'statement' | 'role'> & Partial<Pick<Unaware, 'choreography'>>,
  { uri }: Pick<FixContext, 'uri'>,
  round: string,
): Fix {
  // Roles are told in the order of the header.
  const place = (name: string): number => choreography?.roles.findIndex((r) => r.name.text === name) ?? -1;
  const family = choreography?.roles.find((r) => r.name.text === role)?.family;
  const decider = statement.guards[0]?.role ?? (statement.kind === 'decision' ? statement.decider : undefined);
  // A member that decides need not tell itself.
  const others = family !== undefined && decider?.name.text === role;
  const size = family && (family.size?.text ?? String(family.least));
  const each = size === undefined ? '' : ` to each of ${size}${others ? ' − 1' : ''}`;
  const title = `Tell ${others ? 'the others of ' : ''}${role} (1 more message${each}${round})`;
  // What it needs of the case goes along.
  const written = `${others ? 'others ' : ''}${writeName(role)}${readsCase(statement, role) ? '._' : ''}`;
  const next = statement.informs.find((told) => place(told.key) > place(role));
  if (next)
    return {
      title,
      edits: [{ uri, start: next.origin.start, end: next.origin.start, newText: `${written}, ` }],
      preferred: true,
    };
  const last = statement.informs.at(-1);
  const head =
    statement.guards.at(-1)?.origin.end ??
    (statement.kind === 'decision' ? statement.decider.origin.end : statement.head.end);
  const at = last?.origin.end ?? head;
  const edit: Edit = { uri, start: at, end: at, newText: `${last ? ', ' : ' -> '}${written}` };
  return { title, edits: [edit], preferred: true };
}

/** Whether a role reads in a branch what its pattern takes, which it does not have. */
function readsCase(statement: Decision | While, role: string): boolean {
  return (
    statement.kind === 'decision' &&
    statement.form === 'match' &&
    !statement.guards.some((guard) => guard.role.key === role) &&
    statement.branches.some(({ pattern, body }) => {
      const taken = new Set(pattern ? namesOf(pattern) : []);
      // What it takes of a value of its own is no part of it.
      walkBlock(body.statements, (s) => {
        if (s.kind === 'decision' && s.decider.name.text === role)
          for (const inner of s.branches)
            if (inner.pattern) namesOf(inner.pattern).forEach((name) => taken.delete(name));
      });
      return readingsIn(body.statements).some(
        (reading) => reading.role.name.text === role && [...freeNames(reading.value)].some((name) => taken.has(name)),
      );
    })
  );
}

/**
 * A role that is sent the case with its values, where it reads what the pattern of a decision takes.
 * @param place where it reads it
 */
export function sendCase(
  choreography: Choreography,
  role: string,
  name: string,
  place: TextRange,
  context: Pick<FixContext, 'uri'>,
): Fix[] {
  let found: Decision | undefined;
  walkBlock(choreography.body.statements, (s) => {
    const takes = (branch: Branch): boolean =>
      branch.body.origin.start <= place.start &&
      place.end <= branch.body.origin.end &&
      !!branch.pattern &&
      namesOf(branch.pattern).includes(name);
    if (s.kind === 'decision' && s.form === 'match' && s.branches.some(takes)) found = s;
  });
  if (!found) return [];
  const told = found.informs.find((informed) => informed.name.text === role);
  if (!told)
    return [{ ...tell({ statement: found, role, choreography }, context, ''), cost: { messages: 1, doubt: 0 } }];
  if (found.sent?.some((receiver) => sameRole(receiver.role, told))) return [];
  return [
    {
      title: `Send ${role} the case with its values (no extra message)`,
      edits: [{ uri: context.uri, start: told.origin.end, end: told.origin.end, newText: '._' }],
      preferred: true,
      cost: { doubt: 0 },
    },
  ];
}

/** A guard of the role's own, over copies that it holds of what the decider looks at. */
function heldGuard({ choreography, statement, role }: Unaware, { workspace, uri, text }: FixContext): Fix[] {
  const [guard] = statement.guards;
  const last = statement.guards.at(-1);
  const file = workspace.file(uri);
  if (!guard || !last || !file) return [];
  const scope = scopeOf(file, workspace);
  const fixes: Fix[] = [];
  followValues(choreography, scope, (place, values) => {
    if (place.head.start !== statement.head.start || fixes.length > 0) return;
    const own = [...values].filter(([name]) => name.startsWith(`${role}.`));
    const wanted = valueOf(guard.role.key, guard.value, values, scope);
    if (wanted === undefined) return;
    const whole = own.find(([, value]) => value === wanted)?.[0].slice(role.length + 1);
    const written =
      whole !== undefined
        ? writeName(whole)
        : translated(guard.value, text, (name) => {
            const value = values.get(`${guard.role.key}.${name}`);
            if (value === undefined) return name;
            const same = own
              .filter(([, other]) => other === value)
              .map(([variable]) => variable.slice(role.length + 1));
            return same.includes(name) ? name : same[0];
          });
    if (written === undefined) return;
    const at = last.origin.end;
    fixes.push({
      title: `Let ${role} decide by its own \`${written}\`, which is equal (no message)`,
      edits: [{ uri, start: at, end: at, newText: `, ${writeName(role)}.${written}` }],
    });
  });
  return fixes;
}

/** The text of an expression with its variables put into other names; undefined where one has none. */
function translated(expr: Expr, text: string, rename: (name: string) => string | undefined): string | undefined {
  const names: { start: number; end: number; to: string }[] = [];
  let complete = true;
  const visit = (inner: Expr): void => {
    if (inner.kind === 'lambda' || inner.kind === 'let' || inner.kind === 'match') complete = false;
    if (inner.kind === 'name') {
      const to = rename(inner.name.text);
      if (to === undefined) complete = false;
      else names.push({ ...inner.name.origin, to });
    }
    childrenOf(inner).forEach(visit);
  };
  visit(expr);
  if (!complete) return undefined;
  let result = '';
  let position = expr.origin.start;
  for (const { start, end, to } of names.sort((a, b) => a.start - b.start)) {
    result += text.slice(position, start) + writeName(to);
    position = end;
  }
  return result + text.slice(position, expr.origin.end);
}

/** The statement by which a role first takes part in a way, if that is a message that it receives. */
function firstReceived(way: Way, role: string): Communication | 'none' | 'other' {
  for (const statement of way.statements) {
    if (
      statement.kind === 'communication' &&
      statement.sender.key !== role &&
      statement.receivers.some((r) => r.role.key === role)
    )
      return statement;
    if (takesPart(statement, role)) return 'other';
  }
  return 'none';
}

function takesPart(statement: Statement, role: string): boolean {
  let found = false;
  walkBlock([statement], (inner) => {
    found ||=
      ownRoles(inner).includes(role) || (inner.kind === 'call' && inner.args.some((arg) => arg.role.key === role));
  });
  return found;
}

/** Different labels on the messages that the role gets first, where these come from the same sender. */
function firstLabels({ role }: Unaware, ways: readonly Way[], { uri }: FixContext): Fix[] {
  const received = ways.map((way) => firstReceived(way, role));
  const messages = received.filter((message) => typeof message !== 'string');
  const [first] = messages;
  if (
    !first ||
    messages.length < received.length ||
    messages.some((m) => !sameRole(m.sender, first.sender) || m.implied)
  )
    return [];
  const used = new Set<string>();
  const edits: Edit[] = [];
  messages.forEach((message, i) => {
    const own = message.label?.name.text;
    if (own !== undefined && !used.has(own)) {
      used.add(own);
      return;
    }
    let label = ways[i]?.label ?? 'other';
    while (used.has(label) || messages.some((m) => m.label?.name.text === label)) label += '2';
    used.add(label);
    if (message.label) edits.push({ uri, ...message.label.name.origin, newText: writeName(label) });
    else edits.push({ uri, start: message.origin.end, end: message.origin.end, newText: `: ${writeName(label)}` });
  });
  return edits.length === 0
    ? []
    : [{ title: `Label the messages that ${role} gets first from ${first.sender.key} (no extra message)`, edits }];
}

/** A first message in the branches that have none for the role, from the one who sends it one in the others. */
function sameSender(unaware: Unaware, ways: readonly Way[]): Fix[] {
  const { statement, role } = unaware;
  const received = ways.map((way) => firstReceived(way, role));
  const messages = received.filter((message) => typeof message !== 'string');
  const sender = messages[0]?.sender.key;
  if (sender === undefined) return lackedSender(unaware, ways);
  if (messages.length === received.length || messages.some((m) => m.sender.key !== sender)) return [];
  const used = new Set(messages.map((m) => m.label?.name.text));
  const edits = ways.flatMap((way, i) => {
    if (typeof received[i] !== 'string') return [];
    const told = statement.guards.some((guard) => guard.role.key === sender) ? 'none' : firstReceived(way, sender);
    const told2 = typeof told === 'string' ? undefined : told;
    let label = told2?.label?.name.text ?? way.label;
    while (used.has(label)) label += '2';
    used.add(label);
    return way.insert(
      besides(messages[0], ways, way, told2?.implied ? undefined : told2),
      `${writeName(sender)} -> ${writeName(role)}: ${writeName(label)}`,
    );
  });
  const lacking = received.flatMap((message, i) => (typeof message === 'string' ? [i] : []));
  return [{ title: `Let ${sender} tell ${role} ${placeOf(statement, lacking)} too (1 more message there)`, edits }];
}

/**
 * Where the sender of a message tells another role something right before it in its own way: after the message to that
 * role in another one.
 */
function besides(
  message: Communication | undefined,
  ways: readonly Way[],
  way: Way,
  otherwise: Communication | undefined,
): Communication | undefined {
  if (!message) return otherwise;
  const own = ways.find(({ statements }) => statements.includes(message));
  const before = own?.statements[own.statements.indexOf(message) - 1];
  if (before?.kind !== 'communication' || before.implied || !sameRole(before.sender, message.sender)) return otherwise;
  const alike = way.statements.find(
    (s): s is Communication =>
      s.kind === 'communication' &&
      !s.implied &&
      sameRole(s.sender, message.sender) &&
      s.receivers.some((r) => before.receivers.some((other) => sameRole(r.role, other.role))),
  );
  return alike && (!otherwise || alike.origin.start > otherwise.origin.start) ? alike : otherwise;
}

/** The same where the message that the role gets stands further inside of a way. */
function lackedSender({ statement, role, conflict, branches }: Unaware, ways: readonly Way[]): Fix[] {
  const [way, lacking] = [branches?.[0] ?? 0, branches?.[1] ?? 1];
  const other = ways[lacking];
  if (!other || conflict?.left?.kind !== 'gets' || conflict.right || !ways[way]) return [];
  const [sender] = conflict.left.from;
  if (sender === undefined) return [];
  const told = firstReceived(other, sender);
  const message = typeof told === 'string' ? undefined : told;
  const used = new Set(conflict.left.messages.map(({ label }) => label));
  let label = message?.label?.name.text || other.label;
  while (used.has(label)) label += '2';
  const edits = other.insert(
    message?.implied ? undefined : message,
    `${writeName(sender)} -> ${writeName(role)}: ${writeName(label)}`,
  );
  return [{ title: `Let ${sender} tell ${role} ${placeOf(statement, [lacking])} too (1 more message there)`, edits }];
}

/** Where a message is to come that stands in the other ways already. */
function placeOf(statement: Decision | While, lacking: readonly number[]): string {
  // What follows a loop is none of its own: only a round can have one already.
  if (statement.kind === 'while') return 'after the loop';
  const [only, ...more] = lacking;
  if (only === undefined || more.length > 0) return 'in the other branches';
  return statement.branches.length > 2 ? sayWay(nameOfBranch(statement, only)) : 'in the other branch';
}

/** Selections by another role that knows, over pairs that talk already. */
function relays({ choreography, statement, role }: Unaware, ways: readonly Way[], round: string): Fix[] {
  const guards = new Set(statement.guards.map((guard) => guard.role.key));
  const decider = statement.kind === 'decision' ? statement.decider.key : statement.guards[0]?.role.key;
  const others = choreography.roles.map((r) => r.name.text).filter((name) => name !== role && name !== decider);
  const told = new Map<string, readonly (Communication | undefined)[]>();
  for (const name of others) {
    if (guards.has(name)) {
      told.set(
        name,
        ways.map(() => undefined),
      );
      continue;
    }
    const received = ways.map((way) => firstReceived(way, name));
    const messages = received.filter((message) => typeof message !== 'string');
    const labels = new Set(messages.map((m) => `${m.sender.key} ${m.label?.name.text ?? ''}`));
    if (messages.length === received.length && labels.size === ways.length) told.set(name, messages);
  }
  const paths = [...told.keys()].map((name) => ({ name, path: shortestPath(choreography, name, role, decider) }));
  const best = Math.min(...paths.map(({ path }) => path?.length ?? Infinity));
  const chosen =
    best === Infinity
      ? paths.map(({ name }) => [name, role])
      : paths.flatMap(({ path }) => (path && path.length === best ? [path] : []));
  return chosen.slice(0, 3).map((path): Fix => {
    const [knower] = path as [string];
    const edits = ways.flatMap((way, i) => {
      const by = told.get(knower)?.[i];
      const label = writeName(by?.label && told.get(knower)?.every((m) => m?.label) ? by.label.name.text : way.label);
      const line = path.slice(1).map((to, k) => `${writeName(path[k] ?? '')} -> ${writeName(to)}: ${label}`);
      const after = by?.implied ? undefined : by;
      // Several edits at one place keep their order.
      return line.length === 1 ? way.insert(after, line[0] ?? '') : way.insert(after, line.join('; '));
    });
    const count = path.length - 1;
    return {
      title: `Let ${path.slice(0, -1).join(', then ')} tell ${role} (${count} more message${count > 1 ? 's' : ''}${round})`,
      edits,
      cost: { messages: count, doubt: 5 },
    };
  });
}

/** The shortest way from one role to another over pairs that exchange messages, not through the decider. */
function shortestPath(
  choreography: Choreography,
  from: string,
  to: string,
  avoid: string | undefined,
): string[] | undefined {
  const talks = new Map<string, Set<string>>();
  const link = (a: string, b: string): void => {
    const set = talks.get(a) ?? new Set();
    talks.set(a, set.add(b));
  };
  walkBlock(choreography.body.statements, (statement) => {
    if (statement.kind !== 'communication') return;
    for (const { role } of statement.receivers) {
      link(statement.sender.key, role.key);
      link(role.key, statement.sender.key);
    }
  });
  const before = new Map<string, string | undefined>([[from, undefined]]);
  const queue = [from];
  for (let current = queue.shift(); current !== undefined; current = queue.shift()) {
    if (current === to) {
      const path: string[] = [];
      for (let at: string | undefined = to; at !== undefined; at = before.get(at)) path.unshift(at);
      return path;
    }
    for (const next of talks.get(current) ?? []) {
      if (before.has(next) || next === avoid) continue;
      before.set(next, current);
      queue.push(next);
    }
  }
  return undefined;
}
