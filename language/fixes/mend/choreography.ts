// What may be wrong in a choreography, going by its whole text: another role, two statements in the other order, what
// is missing. Candidates, each with how unlikely it is; what helps is found by trying.
import { namesOfTarget } from '../../ir/target.js';
import { isImplied, takersIn, walkBlock } from '../../ir/choreography.js';
import type { Choreography, Communication, Statement } from '../../ir/choreography.js';
import type { Expr } from '../../ir/expression.js';
import { walkExpr } from '../../ir/expression.js';
import { writeName } from '../../syntax/names.js';
import { printExpr, printRole } from '../../syntax/print.js';
import { writeType } from '../../typing/write.js';
import { exchanged } from '../../edits/process.js';
import { doubtBy } from './evidence.js';
import type { Evidence } from './evidence.js';
import { flowOf } from './flow.js';
import { missingRole, roleOmitted } from './header.js';
import { roleInputs } from './inputs.js';
import { otherLabels } from './labels.js';
import { nearest } from './sites.js';
import { lackingIn, statementSites } from './places.js';
import type { StatementSite } from './places.js';
import { away, said, talkingIn } from './choreography-scene.js';
import type { ChoreographyScene as Scene } from './choreography-scene.js';
import { continues, otherWays } from './choreography-ways.js';
import { assignments, messages, multicasts } from './missing.js';
import type { Fix, FixContext } from '../../edits/fix.js';
import type { Finding } from '../../findings/finding.js';
import { heldAt } from '../../edits/held.js';
import type { Held } from '../../edits/held.js';
import type { RoleRef } from '../../ir/role.js';
import { sameRole } from '../../ir/role.js';
import { ownRoles } from '../../projection/involvement.js';

/** The candidates for an error of a choreography. */
export function choreographyMends(finding: Finding, choreography: Choreography, context: FixContext): Fix[] {
  const analysis = context.workspace.analyze(context.uri);
  if (!analysis) return [];
  const variables = analysis.names.variables.get(choreography.name.text);
  const typeOf =
    (role: string) =>
    (name: string): string | undefined =>
      variables?.get(role)?.find((v) => v.name === name)?.type?.meaning;
  const known = new Map<string, readonly Held[]>();
  const held = (role: string): readonly Held[] => {
    const found = known.get(role) ?? heldAt(choreography, role, typeOf(role));
    known.set(role, found);
    return found;
  };
  const told = analysis.findings.filter(lacksValue).map((f) => f.origin);
  const scene: Scene = {
    choreography,
    context,
    finding,
    scope: analysis.scope,
    held,
    roles: choreography.roles.map((r) => r.name.text),
    sites: nearest(
      statementSites(choreography, context.text),
      finding.origin.start,
      ({ statement }) => statement.origin.start,
    ),
    talking: talkingIn(choreography),
    flow: flowOf(choreography, analysis.scope),
    lacking: lackingIn(choreography, analysis.scope, held, told),
    typeAt(origin) {
      const shape = this.shapeAt(origin);
      return shape?.includes('?') ? undefined : shape;
    },
    shapeAt(origin) {
      const type = analysis.names.typeOf(origin);
      return type && type.kind !== 'function' ? writeType(type, '?') : undefined;
    },
  };
  return [
    ...scene.sites.flatMap((site) => [...otherRoles(scene, site), ...exchanges(scene, site)]),
    ...multicasts(scene),
    ...messages(scene),
    ...assignments(scene),
    ...roleInputs(scene),
    ...scene.sites.flatMap(({ statement }) => (statement.kind === 'decision' ? otherWays(scene, statement) : [])),
    ...continues(scene),
    ...otherLabels(finding, choreography, context),
    ...missingRole(finding, choreography, context),
    ...roleOmitted(finding, choreography, context),
  ];
}

/** Whether a finding tells that a role has no value. */
function lacksValue({ code }: Finding): boolean {
  return code === 'unknown-variable' || code === 'not-located-here' || code === 'maybe-unassigned';
}

/** The roles of a statement exchanged for others. */
function otherRoles(scene: Scene, site: StatementSite): Fix[] {
  const { statement } = site;
  const {
    context: { uri },
    roles,
    lacking,
  } = scene;
  const { talking: pairs, flow, context, finding } = scene;
  const { origin } = statement;
  /** What speaks for and against a role that works something out. */
  const doer = (role: string, ...exprs: readonly (Expr | undefined)[]): Evidence => {
    const names = new Set<string>();
    for (const expr of exprs)
      if (expr)
        walkExpr(expr, (e) => {
          if (e.kind === 'name') names.add(e.name.text);
        });
    const lacked = exprs.some(
      (expr) => expr && lacking.some((l) => expr.origin.start <= l.origin.start && l.origin.end <= expr.origin.end),
    );
    const own = scene.held(role).filter((h) => names.has(h.name));
    const spare = own.filter((h) => !h.used);
    return {
      holdsIt: spare.length === 0 && lacked && own.length > 0,
      holdsNone: spare.length === 0 && !(lacked && own.length > 0),
      doesAlike: flow.doesAlike(role, 'caller', origin),
      atWork: flow.lastAt(origin.start) === role,
    };
  };
  // Of two that say the same, the one that stands where the roles of the header would have it.
  const twins = scene.sites
    .filter((other) => other.statement !== statement && isSaidTwice(scene, statement, other.statement))
    .map((other) => other.statement.origin.start);
  const misplaced = (role: string, not: string): boolean => {
    const later = roles.indexOf(role) > roles.indexOf(not);
    return twins.some((start) => start > origin.start === later);
  };
  // Nobody does the same twice.
  const { text } = context;
  const repeats = (from: RoleRef, role: string): boolean => {
    const changed =
      text.slice(origin.start, from.origin.start) + writeName(role) + text.slice(from.origin.end, origin.end);
    return (
      twins.length === 0 &&
      scene.sites.some(
        ({ statement: other }) => other !== statement && text.slice(other.origin.start, other.origin.end) === changed,
      )
    );
  };
  const isFar = away(scene, origin) > 0;
  const change = (
    from: RoleRef,
    not: readonly string[],
    title: (role: string) => string,
    more: (role: string) => Evidence,
  ): Fix[] =>
    roles
      .filter((r) => r !== from.key && !not.includes(r))
      .map((role) => ({
        title: title(role),
        edits: [{ uri, ...from.origin, newText: writeName(role) }],
        // All members, where some were meant, are a guess.
        preferred: !from.index || role !== from.name.text,
        cost: {
          doubt: doubtBy(2, {
            far: twins.length === 0 && isFar,
            misplaced: misplaced(role, from.key),
            repeats: repeats(from, role),
            ...more(role),
          }),
        },
      }));
  switch (statement.kind) {
    case 'communication': {
      const what =
        statement.label && statement.label.name.text !== ''
          ? `\`${statement.label.name.text}\``
          : statement.value
            ? `\`${printExpr(statement.value)}\``
            : 'it';
      const targets = statement.receivers.map((r) => r.role.key);
      const isToItself = targets.includes(statement.sender.key);
      // Who holds what is sent is likelier to send it, and who lacks what comes to get it.
      const taker = (role: string, receiver: Communication['receivers'][number]): Evidence => {
        const names = namesOfTarget(receiver.into).map(({ text }) => text);
        const { sender } = statement;
        const general: Evidence = {
          ...(statement.value
            ? {
                // Who asked was answered; and who works with it for another one has it from there.
                answers:
                  flow.isOwed(receiver.role.key, sender.key, origin.start) &&
                  !flow.isOwed(role, sender.key, origin.start),
              }
            : {
                isTold: flow.timesTold(role, sender.key, origin.start, false) > 0,
                toldTwice: flow.timesTold(receiver.role.key, sender.key, origin.start, true) > 0,
                asElsewhere: flow.isAsElsewhere(sender.key, receiver.role.key, origin.start),
                likeElsewhere: flow.isAsElsewhere(sender.key, role, origin.start),
              }),
          misplaced: misplaced(role, receiver.role.key) || isOutOfOrder(scene, site, statement, receiver, role),
          opens: !pairs.has(`${statement.sender.key} ${role}`),
          goesOn: isToItself && flow.nextAt(origin.end) === role,
          senderAtWork: isToItself && flow.lastAt(origin.start) === statement.sender.key,
          getsAlike: flow.doesAlike(role, 'receiver', origin),
          isLost: names.some((name) => flow.isLost(receiver.role.key, name, origin.end)),
        };
        if (names.length === 0)
          return { ...general, takesNothing: true, leavesOut: isAllFor(scene, receiver.role.key) };
        const known = scene.held(receiver.role.key).find((h) => names.includes(h.name));
        if (!lacking.some((l) => l.role === role && names.includes(l.name)))
          return { ...general, lacksNothing: true, unread: known?.used === false };
        // Who had it before, or does nothing with it, was not meant.
        const same = scene.sites.some(
          ({ statement: s }) =>
            s.kind === 'communication' &&
            s !== statement &&
            sameRole(s.sender, statement.sender) &&
            s.receivers.some((r) => sameRole(r.role, receiver.role)),
        );
        return {
          ...general,
          far: false,
          isNeeded: known?.used === true && known.since >= origin.start,
          unread: known?.used === false,
          talksAnyway: same,
          talksOnlyHere: !same,
        };
      };
      return [
        ...change(
          statement.sender,
          targets,
          (role) => `Let ${role} send ${what}, not ${printRole(statement.sender)}`,
          (role) => ({
            ...(statement.value
              ? doer(role, statement.value)
              : { sendsLabel: true, atWork: flow.lastAt(origin.start) === role }),
            opens: !targets.every((t) => pairs.has(`${role} ${t}`)),
            ...(statement.value
              ? {}
              : {
                  asElsewhere: targets.some((t) => flow.isAsElsewhere(statement.sender.key, t, origin.start)),
                  likeElsewhere: targets.some((t) => flow.isAsElsewhere(role, t, origin.start)),
                  isTold: targets.some((t) => flow.timesTold(t, role, origin.start, true) > 0),
                }),
            sendsAlike: flow.doesAlike(role, 'sender', origin),
          }),
        ),
        ...statement.receivers.flatMap((receiver) =>
          change(
            receiver.role,
            [statement.sender.key],
            (role) => `Send ${what} to ${role}, not ${printRole(receiver.role)}`,
            (role) => taker(role, receiver),
          ),
        ),
        ...(statement.receivers.length === 1 && statement.receivers[0]
          ? [turned(scene, statement, statement.receivers[0].role)]
          : []),
      ];
    }
    case 'at':
      return change(
        statement.role,
        [],
        (role) => `Let ${role} do it, not ${printRole(statement.role)}`,
        () => ({ other: 1 }),
      );
    case 'assignment':
    case 'effect': {
      // Who lacks what is set, while nobody reads it where it is set, was meant.
      const set = statement.kind === 'assignment' ? namesOfTarget(statement.into).map(({ text }) => text) : [];
      const idle =
        set.length > 0 &&
        scene
          .held(statement.role.key)
          .filter((h) => set.includes(h.name))
          .every((h) => !h.used);
      const meant = (role: string): boolean => idle && lacking.some((l) => l.role === role && set.includes(l.name));
      return change(
        statement.role,
        [],
        (role) =>
          `Let ${role} do ${said(scene, { ...origin, start: statement.role.origin.end + 1 })}, not ${printRole(statement.role)}`,
        (role) =>
          meant(role)
            ? { far: false }
            : {
                ...doer(role, statement.value),
                isOwed: flow.isOwed(statement.role.key, role, origin.start),
                knows:
                  finding.code === 'knowledge-of-choice' &&
                  !lacking.some((l) => origin.start <= l.origin.start && l.origin.end <= origin.end),
              },
      );
    }
    case 'decision':
    case 'while': {
      if (statement.kind === 'decision' && statement.form === 'choice')
        return change(
          statement.decider,
          [],
          (role) => `Let ${role} decide, not ${printRole(statement.decider)}`,
          () => ({ decides: true }),
        );
      return statement.guards.flatMap((guard) =>
        change(
          guard.role,
          [],
          (role) => `Let ${role} decide, not ${printRole(guard.role)}`,
          (role) => ({ ...doer(role, guard.value), decides: true }),
        ),
      );
    }
    case 'gather':
      return [
        ...statement.senders.flatMap(({ role: sender, value }) =>
          change(
            sender,
            [statement.receiver.role.key, ...statement.senders.map(({ role }) => role.key)],
            (role) => `Let ${role} send, not ${printRole(sender)}`,
            (role) => doer(role, value),
          ),
        ),
        ...change(
          statement.receiver.role,
          statement.senders.map(({ role }) => role.key),
          (role) => `Send to ${role}, not ${printRole(statement.receiver.role)}`,
          () => ({ other: 1 }),
        ),
      ];
    case 'call':
      return statement.args.flatMap((arg) =>
        change(
          arg.role,
          [],
          (role) => `Call with ${role} in the place of ${printRole(arg.role)}`,
          () => ({ other: 1 }),
        ),
      );
    case 'continue':
    case 'leave':
    case 'rec':
    case 'for':
    case 'par':
    case 'when':
      return [];
  }
}

function isSaidTwice({ context: { text } }: Scene, { origin: one }: Statement, { origin: other }: Statement): boolean {
  return text.slice(one.start, one.end) === text.slice(other.start, other.end);
}

/** Whether a message is all that a role takes part in of a decision that it does not know. */
function isAllFor({ finding, choreography }: Scene, role: string): boolean {
  if (finding.code !== 'knowledge-of-choice' || finding.args.role !== role) return false;
  const { start, end } = finding.args.decision.origin;
  let parts = 0;
  walkBlock(choreography.body.statements, (s) => {
    if (
      start < s.origin.start &&
      s.origin.end <= end &&
      !isImplied(s) &&
      s.kind !== 'decision' &&
      ownRoles(s).includes(role)
    )
      parts++;
  });
  return parts === 1;
}

/** Whether the receivers of a message would no longer come in the order of the header, with another in the place of one. */
function isOutOfOrder(
  { roles }: Scene,
  { block, next }: StatementSite,
  statement: Communication,
  receiver: Communication['receivers'][number],
  role: string,
): boolean {
  // So they stand in a message, or in several of the same sender.
  const around = (other: Statement | undefined): readonly string[] =>
    other?.kind === 'communication' && !other.implied && !other.value && sameRole(other.sender, statement.sender)
      ? other.receivers.map((r) => r.role.key)
      : [];
  const before = block.statements[block.statements.indexOf(statement) - 1];
  const places = [
    ...around(before),
    ...statement.receivers.map((r) => (r === receiver ? role : r.role.key)),
    ...around(next),
  ].map((name) => roles.indexOf(name));
  return places.some((place, i) => place < (places[i - 1] ?? -1));
}

/** A message the other way round. */
function turned(scene: Scene, { sender, origin }: Communication, receiver: RoleRef): Fix {
  const { uri } = scene.context;
  return {
    title: `Let ${printRole(receiver)} send it to ${printRole(sender)}`,
    preferred: true,
    // Where a value is missing on some way, it takes that away from where it is.
    cost: { doubt: 6 + away(scene, origin) + (scene.finding.code === 'maybe-unassigned' ? 3 : 0) },
    edits: [
      { uri, ...sender.origin, newText: printRole(receiver) },
      { uri, ...receiver.origin, newText: printRole(sender) },
    ],
  };
}

/** Whether a statement reads what the next one gives a value, as far as that is lacking. */
function readsAhead({ lacking }: Scene, { origin }: Statement, next: Statement): boolean {
  const given = new Set<string>();
  walkBlock([next], (s) => {
    for (const { role, into } of takersIn(s))
      for (const { text } of namesOfTarget(into)) given.add(`${role.name.text}.${text}`);
  });
  return lacking.some(
    (l) => origin.start <= l.origin.start && l.origin.end <= origin.end && given.has(`${l.role}.${l.name}`),
  );
}

/** Two statements after each other in the other order. */
function exchanges(scene: Scene, { statement, next }: StatementSite): Fix[] {
  if (!next || next.kind === 'continue' || next.kind === 'leave') return [];
  // Where a value is missing, nothing else makes a difference.
  if (lacksValue(scene.finding) && !readsAhead(scene, statement, next)) return [];
  const { uri, text } = scene.context;
  const [one, other] = [statement, next].map((s) => text.slice(s.origin.start, s.origin.end)) as [string, string];
  if (one === other) return [];
  return [
    {
      title: `Put ${said(scene, next.origin)} before ${said(scene, statement.origin)}`,
      preferred: true,
      edits: exchanged(uri, text, statement.origin, next.origin),
      cost: { doubt: 3 + away(scene, { start: statement.origin.start, end: next.origin.end }) },
    },
  ];
}
