// What may be wrong in a choreography, going by its whole text: another role, two statements in the other order, what
// is missing. Candidates, each with how unlikely it is; what helps is found by trying.
import { namesOfTarget } from '../../ir/target.js';
import { isImplied } from '../../ir/choreography.js';
import type { Block, Choreography, Communication, Decision, Statement } from '../../ir/choreography.js';
import type { Expr } from '../../ir/expression.js';
import { walkExpr } from '../../ir/expression.js';
import { writeName } from '../../syntax/names.js';
import { printExpr, printRole } from '../../syntax/print.js';
import { writeType } from '../../typing/write.js';
import { exchanged } from '../../edits/process.js';
import { doubtBy } from './evidence.js';
import type { Evidence } from './evidence.js';
import { flowOf } from './flow.js';
import { missingRole } from './header.js';
import { otherLabels } from './labels.js';
import { nearest } from './sites.js';
import { allIn, lackingIn, putStatement, statementSites } from './places.js';
import type { StatementSite } from './places.js';
import { away, said, talkingIn } from './choreography-scene.js';
import type { ChoreographyScene as Scene } from './choreography-scene.js';
import { assignments, messages, multicasts } from './missing.js';
import { plainOf } from './values.js';
import { indentAt } from '../../edits/text.js';
import type { Fix, FixContext } from '../../edits/fix.js';
import type { Finding } from '../../findings/finding.js';
import { heldAt } from '../../edits/held.js';
import type { Held } from '../../edits/held.js';
import type { RoleRef } from '../../ir/role.js';
import { sameRole } from '../../ir/role.js';

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
  const told = analysis.findings
    .filter((f) => ['unknown-variable', 'not-located-here', 'maybe-unassigned'].includes(f.code))
    .map((f) => f.origin);
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
    ...scene.sites.flatMap(({ statement }) => (statement.kind === 'decision' ? otherWays(scene, statement) : [])),
    ...continues(scene),
    ...otherLabels(finding, choreography, context),
    ...missingRole(finding, choreography, context),
  ];
}

/** The roles of a statement exchanged for others. */
function otherRoles(scene: Scene, { statement }: StatementSite): Fix[] {
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
        preferred: true,
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
        const general: Evidence = {
          opens: !pairs.has(`${statement.sender.key} ${role}`),
          goesOn: isToItself && flow.nextAt(origin.end) === role,
          senderAtWork: isToItself && flow.lastAt(origin.start) === statement.sender.key,
          getsAlike: flow.doesAlike(role, 'receiver', origin),
          isLost: names.some((name) => flow.isLost(receiver.role.key, name, origin.end)),
        };
        if (names.length === 0) return { ...general, takesNothing: true };
        if (!lacking.some((l) => l.role === role && names.includes(l.name))) return { ...general, lacksNothing: true };
        // Who had it before, or does nothing with it, was not meant.
        const known = scene.held(receiver.role.key).find((h) => names.includes(h.name));
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
          talksAnyway: same,
          talksOnlyHere: !same,
        };
      };
      return [
        ...change(
          statement.sender,
          targets,
          (role) => `Let ${role} send ${what}, not ${statement.sender.key}`,
          (role) => ({
            ...(statement.value
              ? doer(role, statement.value)
              : { sendsLabel: true, atWork: flow.lastAt(origin.start) === role }),
            opens: !targets.every((t) => pairs.has(`${role} ${t}`)),
            sendsAlike: flow.doesAlike(role, 'sender', origin),
          }),
        ),
        ...statement.receivers.flatMap((receiver) =>
          change(
            receiver.role,
            [statement.sender.key],
            (role) => `Send ${what} to ${role}, not ${receiver.role.key}`,
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
        (role) => `Let ${role} do it, not ${statement.role.key}`,
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
          `Let ${role} do ${said(scene, { ...origin, start: statement.role.origin.end + 1 })}, not ${statement.role.key}`,
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
          (role) => `Let ${role} decide, not ${statement.decider.key}`,
          () => ({ decides: true }),
        );
      return statement.guards.flatMap((guard) =>
        change(
          guard.role,
          [],
          (role) => `Let ${role} decide, not ${guard.role.key}`,
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
            (role) => `Let ${role} send, not ${sender.key}`,
            (role) => doer(role, value),
          ),
        ),
        ...change(
          statement.receiver.role,
          statement.senders.map(({ role }) => role.key),
          (role) => `Send to ${role}, not ${statement.receiver.role.key}`,
          () => ({ other: 1 }),
        ),
      ];
    case 'call':
      return statement.args.flatMap((arg) =>
        change(
          arg.role,
          [],
          (role) => `Call with ${role} in the place of ${arg.role.key}`,
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

/** A message the other way round. */
function turned(scene: Scene, { sender, origin }: Communication, receiver: RoleRef): Fix {
  const { uri } = scene.context;
  return {
    title: `Let ${receiver.key} send it to ${sender.key}`,
    preferred: true,
    // Where a value is missing on some way, it takes that away from where it is.
    cost: { doubt: 6 + away(scene, origin) + (scene.finding.code === 'maybe-unassigned' ? 3 : 0) },
    edits: [
      { uri, ...sender.origin, newText: printRole(receiver) },
      { uri, ...receiver.origin, newText: printRole(sender) },
    ],
  };
}

/** Two statements after each other in the other order. */
function exchanges(scene: Scene, { statement, next }: StatementSite): Fix[] {
  if (!next || next.kind === 'continue' || next.kind === 'leave') return [];
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

/** The other way of a decision, in which everybody who is told something in the first is told something else. */
function otherWays(scene: Scene, decision: Decision): Fix[] {
  const {
    context: { uri, text },
    choreography,
  } = scene;
  const missing = decision.branches.find((b) => b.absent);
  const [first] = decision.branches;
  if (!missing || !first || decision.form !== 'if') return [];
  const end = missing.body.origin.end;
  const indent = indentAt(text, decision.origin.start);
  const inner = [first, ...[]].flatMap((b) => b.body.statements.flatMap((s) => [s, ...allIn(s)]));
  const told = new Set<string>();
  const labels = new Set<string>();
  const lines: string[] = [];
  for (const s of inner) {
    if (s.kind !== 'communication' || s.implied) continue;
    for (const r of s.receivers) {
      if (told.has(r.role.key) || sameRole(r.role, decision.decider)) continue;
      told.add(r.role.key);
      labels.add(s.label?.name.text ?? '');
      lines.push(`${printRole(s.sender)} -> ${printRole(r.role)}: ${labels.has('no') ? 'otherwise' : 'no'}`);
    }
  }
  // What is read further on, or returned, has to have a value.
  const values = new Map<string, string>();
  for (const { role, name, origin } of scene.lacking) {
    if (origin.start < end) continue;
    const type = scene.held(role).find((h) => h.name === name)?.type;
    const value = type === undefined ? undefined : plainOf(type, scene.scope);
    if (value !== undefined) values.set(`${role}.${name}`, `${writeName(role)}.${writeName(name)} = ${value}`);
  }
  const again = continuesIn(choreography, decision);
  const bodies: string[][] = [];
  for (const messages of lines.length > 0 ? [lines, []] : [[]])
    for (const set of values.size > 0 ? [[...values.values()], []] : [[]]) {
      bodies.push([...messages, ...set]);
      if (again !== undefined) bodies.push([...messages, ...set, `continue ${writeName(again)}`]);
    }
  return bodies
    .filter((b) => b.length > 0)
    .map((body, i): Fix => ({
      title: `Add \`else { ${body.slice(0, 2).join('; ')}${body.length > 2 ? ' …' : ''} }\`${body.some((l) => l.includes(' -> ')) ? ' (messages in that branch only)' : ''}`,
      edits: [
        { uri, start: end, end, newText: ` else {\n${body.map((line) => `${indent}  ${line}\n`).join('')}${indent}}` },
      ],
      preferred: false,
      cost: { doubt: 5 + i / 10, messages: body.some((l) => l.includes(' -> ')) ? 0.5 : 0 },
    }));
}

/** The loop that a decision is the last thing of. */
function continuesIn(choreography: Choreography, decision: Decision): string | undefined {
  let found: string | undefined;
  const go = (statements: readonly Statement[], loop: string | undefined): void =>
    statements.forEach((s, i) => {
      const last = i === statements.length - 1;
      if (s === decision && last) found = loop;
      if (s.kind === 'rec') go(s.body.statements, s.name.text);
      else if (s.kind === 'while') go(s.body.statements, undefined);
      else if (s.kind === 'decision') for (const b of s.branches) go(b.body.statements, last ? loop : undefined);
    });
  go(choreography.body.statements, undefined);
  return found;
}

/** A loop gone round again from its own end, or that of a branch. */
function continues(scene: Scene): Fix[] {
  const { choreography, sites } = scene;
  return sites.flatMap(({ statement }) => {
    if (statement.kind === 'rec') return again(scene, statement.name.text, statement.body, 'at the end of the loop');
    const loop = statement.kind === 'decision' ? continuesIn(choreography, statement) : undefined;
    if (loop === undefined || statement.kind !== 'decision') return [];
    return statement.branches.flatMap((branch): Fix[] =>
      branch.absent ? [] : again(scene, loop, branch.body, `to the branch \`${branch.label}\``),
    );
  });
}

function again(scene: Scene, loop: string, block: Block, where: string): Fix[] {
  const { context, choreography } = scene;
  const last = block.statements.at(-1);
  if (last?.kind === 'continue' || last?.kind === 'leave') return [];
  const line = `continue ${writeName(loop)}`;
  const gap = { block, before: last && isImplied(last) ? undefined : last };
  const edit = putStatement(context, choreography, gap, line);
  if (!edit) return [];
  const cost = { doubt: 5.5 + away(scene, block.origin) };
  return [{ title: `Add \`${line}\` ${where}`, edits: [edit], preferred: true, cost }];
}
