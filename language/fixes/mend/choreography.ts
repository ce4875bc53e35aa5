// What may be wrong in a choreography, going by its whole text: another role, two statements in the other order, a message or a
// receiver that is missing. Candidates, each with how unlikely it is; what helps is found by trying.
import type { Choreography, Communication, Decision, Statement } from '../../ir/choreography.js';
import { walkBlock } from '../../ir/choreography.js';
import type { Expr, TextRange } from '../../ir/expression.js';
import { freeNames, walkExpr } from '../../ir/expression.js';
import type { Scope } from '../../scoping/scope.js';
import { writeName } from '../../syntax/names.js';
import { printExpr, printRole } from '../../syntax/print.js';
import { library } from '../../typing/library.js';
import { writeType } from '../../typing/write.js';
import { exchanged } from '../../edits/process.js';
import { missingRole } from './header.js';
import { otherLabels } from './labels.js';
import { nearest } from './sites.js';
import { allIn, lackingIn, offsetOf, putStatement, statementGaps, statementSites } from './places.js';
import type { Lacking, StatementSite } from './places.js';
import { plainOf, valuesFor } from './values.js';
import { indentAt } from '../../edits/text.js';
import type { Edit, Fix, FixContext } from '../../edits/fix.js';
import type { Finding } from '../../findings/finding.js';
import { relatedOf } from '../../rules/render.js';
import { heldAt } from '../../edits/held.js';
import type { Held } from '../../edits/held.js';
import type { RoleRef } from '../../ir/role.js';
import { sameRole } from '../../ir/role.js';

interface Scene {
  readonly choreography: Choreography;
  readonly context: FixContext;
  readonly finding: Finding;
  readonly scope: Scope;
  readonly roles: readonly string[];
  readonly sites: readonly StatementSite[];
  readonly lacking: readonly Lacking[];
  held(role: string): readonly Held[];
  /** Pairs of roles that talk. */
  readonly talking: ReadonlySet<string>;
  /** The type of what stands at a place, as it is written. */
  typeAt(origin: TextRange): string | undefined;
}

/** The candidates for an error of a choreography. */
export function choreographyMends(finding: Finding, choreography: Choreography, context: FixContext): Fix[] {
  const analysis = context.workspace.analyze(context.uri);
  if (!analysis) return [];
  const variables = analysis.names.variables.get(choreography.name.text);
  const typeOf = (role: string) => (name: string): string | undefined => variables?.get(role)?.find((v) => v.name === name)?.type?.meaning;
  const known = new Map<string, readonly Held[]>();
  const held = (role: string): readonly Held[] => {
    const found = known.get(role) ?? heldAt(choreography, role, typeOf(role));
    known.set(role, found);
    return found;
  };
  const told = analysis.findings.filter((f) => ['unknown-variable', 'not-located-here', 'maybe-unassigned'].includes(f.code)).map((f) => f.origin);
  const scene: Scene = {
    choreography, context, finding, scope: analysis.scope, held,
    roles: choreography.roles.map((r) => r.name.text),
    sites: nearest(statementSites(choreography, context.text), finding.origin.start, ({ statement }) => statement.origin.start),
    talking: talkingIn(choreography),
    lacking: lackingIn(choreography, analysis.scope, held, told),
    typeAt(origin) {
      const type = analysis.names.typeOf(origin);
      if (type?.kind === 'function') return undefined;
      const written = type && writeType(type, '?');
      return written === undefined || written.includes('?') ? undefined : written;
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

/** How far a place is from what the finding tells of. */
function away({ finding, context }: Scene, { start, end }: TextRange): number {
  const places = [finding.origin, ...relatedOf(finding, () => undefined).filter((r) => r.uri === context.uri).map((r) => r.origin)];
  if (places.some((p) => p.start < end && start < p.end)) return 0;
  return 2;
}

function said(scene: Scene, { start, end }: TextRange): string {
  const line = scene.context.text.slice(start, end).split('\n')[0]?.trim() ?? '';
  return `\`${line.length > 40 ? `${line.slice(0, 39)}…` : line.endsWith('{') ? `${line} … }` : line}\``;
}

function talkingIn(choreography: Choreography): ReadonlySet<string> {
  const pairs = new Set<string>();
  walkBlock(choreography.body.statements, (s) => { if (s.kind === 'communication') for (const r of s.receivers) pairs.add(`${s.sender.key} ${r.role.key}`); });
  return pairs;
}

/** The roles of a statement exchanged for others. */
function otherRoles(scene: Scene, { statement }: StatementSite): Fix[] {
  const { context: { uri }, roles, lacking } = scene;
  // That somebody else does it is likely where that one holds what is read, and does nothing else with it; else somebody lacks it.
  const doer = (role: string, ...exprs: readonly (Expr | undefined)[]): number => {
    const names = new Set<string>();
    for (const expr of exprs) if (expr) walkExpr(expr, (e) => { if (e.kind === 'name') names.add(e.name.text); });
    const lacked = exprs.some((expr) => expr && lacking.some((l) => expr.origin.start <= l.origin.start && l.origin.end <= expr.origin.end));
    const own = scene.held(role).filter((h) => names.has(h.name));
    if (own.some((h) => !h.used)) return 0;
    return lacked && own.length > 0 && names.size > 0 ? 1.5 : 3;
  };
  const pairs = scene.talking;
  // Of two that say the same, the one that stands where the roles of the header would have it.
  const twins = scene.sites.filter((other) => other.statement !== statement && isSaidTwice(scene, statement, other.statement)).map((other) => other.statement.origin.start);
  const misplaced = (role: string, not: string): number => {
    const later = roles.indexOf(role) > roles.indexOf(not);
    return twins.some((start) => (start > statement.origin.start) === later) ? 0.1 : 0;
  };
  const change = (from: RoleRef, not: readonly string[], title: (role: string) => string, more: (role: string) => number): Fix[] => roles.filter((r) => r !== from.key && !not.includes(r)).map((role) => ({
    title: title(role), edits: [{ uri, ...from.origin, newText: writeName(role) }], preferred: true,
    cost: { doubt: 2 + (twins.length > 0 ? 0 : away(scene, statement.origin)) + misplaced(role, from.key) + more(role) },
  }));
  switch (statement.kind) {
    case 'communication': {
      const what = statement.label ? `\`${statement.label.name.text}\`` : statement.value ? `\`${printExpr(statement.value)}\`` : 'it';
      const targets = statement.receivers.map((r) => r.role.key);
      // Who holds what is sent is likelier to send it, and who lacks what comes to get it.
      const lacks = (role: string, receiver: Communication['receivers'][number]): number => {
        const variable = receiver.variable?.text;
        if (variable === undefined) return 0.5;
        if (!lacking.some((l) => l.role === role && l.name === variable)) return 1.5;
        // Who had it before, or does nothing with it, was not meant.
        const known = scene.held(receiver.role.key).find((h) => h.name === variable);
        const same = scene.sites.filter(({ statement: s }) => s.kind === 'communication' && s !== statement && sameRole(s.sender, statement.sender) && s.receivers.some((r) => sameRole(r.role, receiver.role)));
        return (known?.used && known.since >= statement.origin.start ? 2 : 0) - away(scene, statement.origin) + (same.length > 0 ? 0.1 : -0.1);
      };
      return [
        ...change(statement.sender, targets, (role) => `Let ${role} send ${what}, not ${statement.sender.key}`, (role) => doer(role, statement.value) + (targets.every((t) => pairs.has(`${role} ${t}`)) ? 0 : 0.4)),
        ...statement.receivers.flatMap((receiver) => change(receiver.role, [statement.sender.key], (role) => `Send ${what} to ${role}, not ${receiver.role.key}`,
          (role) => lacks(role, receiver) + (pairs.has(`${statement.sender.key} ${role}`) ? 0 : 0.4))),
        ...(statement.receivers.length === 1 && statement.receivers[0] ? [turned(scene, statement, statement.receivers[0].role)] : []),
      ];
    }
    case 'assignment': case 'effect': {
      // Who lacks what is set, while nobody reads it where it is set, was meant.
      const set = statement.kind === 'assignment' ? statement.variable.text : undefined;
      const idle = set !== undefined && scene.held(statement.role.key).some((h) => h.name === set && !h.used);
      const meant = (role: string): boolean => idle && lacking.some((l) => l.role === role && l.name === set);
      return change(statement.role, [], (role) => `Let ${role} do ${said(scene, { ...statement.origin, start: statement.role.origin.end + 1 })}, not ${statement.role.key}`,
        (role) => (meant(role) ? -away(scene, statement.origin) : doer(role, statement.value)));
    }
    case 'decision': case 'while': {
      if (statement.kind === 'decision' && statement.form === 'choice') return change(statement.decider, [], (role) => `Let ${role} decide, not ${statement.decider.key}`, () => 0.2);
      return statement.guards.flatMap((guard) => change(guard.role, [], (role) => `Let ${role} decide, not ${guard.role.key}`, (role) => doer(role, guard.value) + 0.2));
    }
    case 'call': return statement.args.flatMap((arg) => change(arg.role, [], (role) => `Call with ${role} in the place of ${arg.role.key}`, () => 1));
    case 'continue': case 'leave': case 'rec': case 'for': case 'when': return [];
  }
}

function isSaidTwice({ context: { text } }: Scene, { origin: one }: Statement, { origin: other }: Statement): boolean {
  return text.slice(one.start, one.end) === text.slice(other.start, other.end);
}

/** A message the other way round. */
function turned(scene: Scene, { sender, origin }: Communication, receiver: RoleRef): Fix {
  const { uri } = scene.context;
  return {
    title: `Let ${receiver.key} send it to ${sender.key}`, preferred: true, cost: { doubt: 5 + away(scene, origin) },
    edits: [{ uri, ...sender.origin, newText: printRole(receiver) }, { uri, ...receiver.origin, newText: printRole(sender) }],
  };
}

/** Two statements after each other in the other order. */
function exchanges(scene: Scene, { statement, next }: StatementSite): Fix[] {
  if (!next || next.kind === 'continue' || next.kind === 'leave') return [];
  const { uri, text } = scene.context;
  const [one, other] = [statement, next].map((s) => text.slice(s.origin.start, s.origin.end)) as [string, string];
  if (one === other) return [];
  return [{
    title: `Put ${said(scene, next.origin)} before ${said(scene, statement.origin)}`, preferred: true,
    edits: exchanged(uri, text, statement.origin, next.origin), cost: { doubt: 3 + away(scene, { start: statement.origin.start, end: next.origin.end }) },
  }];
}

/** Somebody who lacks a value gets it along with others. */
function multicasts(scene: Scene): Fix[] {
  const { context: { uri }, lacking, sites } = scene;
  const wanted = new Map(lacking.map((l) => [`${l.role}.${l.name}`, l]));
  return [...wanted.values()].flatMap(({ role, name, origin }) => sites.flatMap(({ statement }): Fix[] => {
    if (statement.kind !== 'communication' || !statement.value || statement.origin.end > origin.start) return [];
    if (statement.sender.key === role || statement.receivers.some((r) => r.role.key === role)) return [];
    const last = statement.receivers.at(-1);
    const [first] = statement.receivers;
    // Before others, where the roles stand in that order.
    const place = (r: string): number => scene.roles.indexOf(r);
    const before = statement.receivers.find((r) => place(r.role.key) > place(role));
    const same = statement.receivers.some((r) => r.variable?.text === name);
    // What the sender holds besides and does not use is likelier to be meant for the other.
    const spare = scene.held(statement.sender.key).some((h) => !h.used && h.since <= statement.origin.start && h.type !== undefined && h.type === scene.held(first?.role.key ?? '').find((o) => o.name === name)?.type);
    const several = (statement.receivers.length > 1 ? 0 : 0.3) + (spare ? 4 : 0);
    const text = `${writeName(role)}.${writeName(name)}`;
    if (!last || !first) return [];
    const edit: Edit = before ? { uri, start: before.origin.start, end: before.origin.start, newText: `${text}, ` } : { uri, start: last.origin.end, end: last.origin.end, newText: `, ${text}` };
    return [{
      title: `Send ${said(scene, statement.value?.origin ?? statement.origin)} to ${role} as well (1 more message)`, edits: [edit], preferred: same,
      cost: { doubt: (same ? 0.5 : 5) + several, messages: 1, channels: same ? 0 : opensChannel(scene.talking, statement.sender.key, role) },
    }];
  }));
}

/** For how many places of one new message candidates are made. */
const mostPlaces = 8;

/** Whether a role does nothing of its own. */
function isIdle({ choreography, roles }: Scene, role: string): boolean {
  let idle = roles.includes(role);
  walkBlock(choreography.body.statements, (s) => {
    if ((s.kind === 'communication' && s.sender.key === role) || ((s.kind === 'assignment' || s.kind === 'effect') && s.role.key === role)
      || ((s.kind === 'decision' || s.kind === 'while') && s.guards.some((g) => g.role.key === role)) || (s.kind === 'call' && s.args.some((a) => a.role.key === role))) idle = false;
  });
  return idle;
}

/** Whether one role would have to talk to another that it does not talk to, though others do. */
function opensChannel(pairs: ReadonlySet<string>, from: string, to: string): 0 | 1 {
  return pairs.has(`${from} ${to}`) || ![...pairs].some((pair) => pair.endsWith(` ${to}`)) ? 0 : 1;
}

/** What each role lacks, by where it is first read. */
function firstLacking({ lacking }: Scene): Lacking[] {
  const first = new Map<string, Lacking>();
  for (const l of lacking) if ((first.get(`${l.role}.${l.name}`)?.origin.start ?? Infinity) > l.origin.start) first.set(`${l.role}.${l.name}`, l);
  return [...first.values()];
}

/** Whether others send a role what they compute in the same way. */
function isSentAlike(choreography: Choreography, sender: string, receiver: string, value: string): boolean {
  let found = false;
  walkBlock(choreography.body.statements, (s) => {
    found ||= s.kind === 'communication' && s.value?.kind === 'call' && s.sender.key !== sender && s.receivers.some((r) => r.role.key === receiver) && printExpr(s.value) === value;
  });
  return found;
}

/** A message that brings what a role lacks, or what several lack. */
function messages(scene: Scene): Fix[] {
  const { context, roles, choreography, scope } = scene;
  const pairs = scene.talking;
  const gaps = statementGaps(choreography, context.text);
  const wanted = firstLacking(scene);
  const idle = new Map(roles.map((role) => [role, isIdle(scene, role)]));
  return wanted.flatMap(({ role, name, origin }) => {
    const together = wanted.filter((l) => l.name === name && l.role !== role && roles.indexOf(l.role) > roles.indexOf(role));
    const type = scene.typeAt(origin) ?? scene.held(role).find((h) => h.name === name)?.type;
    return roles.filter((sender) => sender !== role).flatMap((sender) => {
      const values = valuesFor(scene.held(sender), scope, type, name, role, origin.start).slice(0, 4);
      // Without a value at hand, one to start from: the message is what counts.
      const plain = type === undefined ? undefined : plainOf(type);
      const likelier = values.map((v) => (isSentAlike(choreography, sender, role, v.text) ? { ...v, doubt: v.doubt - 1.5 } : v));
      const all = likelier.length > 0 ? likelier : plain === undefined ? [] : [{ text: plain, doubt: idle.get(sender) ? 4 : 5.5 }];
      const others = together.filter((l) => l.role !== sender);
      const to = [[role], ...(others.length > 0 ? [[role, ...others.map((l) => l.role)]] : [])];
      return all.flatMap((value) => to.flatMap((receivers) => placesBefore(gaps, origin.start).flatMap((gap, i): Fix[] => {
        const line = `${writeName(sender)}.${value.text} -> ${receivers.map((r) => `${writeName(r)}.${writeName(name)}`).join(', ')}`;
        const since = scene.held(sender).find((h) => h.name === value.text)?.since ?? 0;
        const edit = since > offsetOf(gap) ? undefined : putStatement(context, choreography, gap, line);
        // Nearest to where it is read; before what is said to others in the same way, else.
        return edit ? [{
          title: `Add \`${line}\`${i === 0 ? '' : gap.after ? `, before ${said(scene, gap.after.origin)}` : ', at the end of a branch'} (${receivers.length} more message${receivers.length > 1 ? 's' : ''})`,
          edits: [edit], preferred: value.doubt < 3 && others.length === 0,
          cost: { doubt: 2.5 + value.doubt + i / 10 - (idle.get(sender) ? 1.5 : 0) - (receivers.length > 1 ? 1 : 0), messages: 1, channels: opensChannel(pairs, sender, role) },
        }] : [];
      })));
    });
  });
}

/** The places before a use, the nearest first. */
function placesBefore<G extends Parameters<typeof offsetOf>[0]>(gaps: readonly G[], use: number): G[] {
  return gaps.filter((g) => offsetOf(g) <= use).sort((a, b) => offsetOf(b) - offsetOf(a)).slice(0, mostPlaces);
}

/** A value that a role gives a variable that it lacks. */
function assignments(scene: Scene): Fix[] {
  const { context, choreography, scope } = scene;
  const gaps = statementGaps(choreography, context.text);
  return firstLacking(scene).flatMap(({ role, name, origin }) => {
    const type = scene.typeAt(origin) ?? scene.held(role).find((h) => h.name === name)?.type;
    const called = valuesFor(scene.held(role), scope, type, name, '', origin.start).filter((v) => v.text.endsWith(')'));
    const plain = type === undefined ? undefined : plainOf(type, scope);
    // What it holds and does not use, it may have used for this.
    const unused = type === undefined ? [] : scene.held(role).filter((h) => !h.used && h.type === type && h.name !== name && h.since <= origin.start).slice(0, 1);
    // What another role computes under that name, this one may have computed as well.
    const own = new Set(scene.held(role).filter((h) => h.since <= origin.start).map((h) => h.name));
    const alike = assignedElsewhere(choreography, role, name).filter((value) => {
      const names = [...freeNames(value)];
      return names.some((n) => own.has(n)) && names.every((n) => own.has(n) || scope.lookup(n) !== undefined || library.has(n));
    });
    const values = [
      ...alike.map((value) => ({ text: printExpr(value), guess: -0.5 })), ...unused.map((h) => ({ text: writeName(h.name), guess: 0.5 })), ...called.map((v) => ({ ...v, guess: v.doubt })),
      ...(plain === undefined ? [] : [{ text: plain, guess: 3.5 }]),
    ];
    return values.flatMap(({ text: value, guess }) => placesBefore(gaps, origin.start).flatMap((gap, i): Fix[] => {
      const line = `${writeName(role)}.${writeName(name)} = ${value}`;
      const edit = putStatement(context, choreography, gap, line);
      return edit ? [{
        title: `Add \`${line}\`${i === 0 ? '' : gap.after ? `, before ${said(scene, gap.after.origin)}` : ', at the end of a branch'}`, edits: [edit], preferred: guess < 3,
        cost: { doubt: 4.4 + guess + i / 10 },
      }] : [];
    }));
  });
}

/** What other roles set variables of a name to. */
function assignedElsewhere(choreography: Choreography, role: string, name: string): Expr[] {
  const found: Expr[] = [];
  walkBlock(choreography.body.statements, (s) => { if (s.kind === 'assignment' && s.variable.text === name && s.role.key !== role && s.value.kind === 'call') found.push(s.value); });
  return found;
}

/** The other way of a decision, in which everybody who is told something in the first is told something else. */
function otherWays(scene: Scene, decision: Decision): Fix[] {
  const { context: { uri, text }, choreography } = scene;
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
  for (const messages of lines.length > 0 ? [lines, []] : [[]]) for (const set of values.size > 0 ? [[...values.values()], []] : [[]]) {
    bodies.push([...messages, ...set]);
    if (again !== undefined) bodies.push([...messages, ...set, `continue ${writeName(again)}`]);
  }
  return bodies.filter((b) => b.length > 0).map((body, i): Fix => ({
    title: `Add \`else { ${body.slice(0, 2).join('; ')}${body.length > 2 ? ' …' : ''} }\`${body.some((l) => l.includes(' -> ')) ? ' (messages in that branch only)' : ''}`,
    edits: [{ uri, start: end, end, newText: ` else {\n${body.map((line) => `${indent}  ${line}\n`).join('')}${indent}}` }], preferred: false,
    cost: { doubt: 4 + i / 10, messages: body.some((l) => l.includes(' -> ')) ? 0.5 : 0 },
  }));
}

/** The loop that a decision is the last thing of. */
function continuesIn(choreography: Choreography, decision: Decision): string | undefined {
  let found: string | undefined;
  const go = (statements: readonly Statement[], loop: string | undefined): void => statements.forEach((s, i) => {
    const last = i === statements.length - 1;
    if (s === decision && last) found = loop;
    if (s.kind === 'rec') go(s.body.statements, s.name.text);
    else if (s.kind === 'while') go(s.body.statements, undefined);
    else if (s.kind === 'decision') for (const b of s.branches) go(b.body.statements, last ? loop : undefined);
  });
  go(choreography.body.statements, undefined);
  return found;
}

/** A loop gone round again from the end of a branch. */
function continues(scene: Scene): Fix[] {
  const { context, choreography, sites } = scene;
  return sites.flatMap(({ statement }) => {
    if (statement.kind !== 'decision') return [];
    const loop = continuesIn(choreography, statement);
    if (loop === undefined) return [];
    return statement.branches.flatMap((branch): Fix[] => {
      const last = branch.body.statements.at(-1);
      if (branch.absent || last?.kind === 'continue' || last?.kind === 'leave') return [];
      const line = `continue ${writeName(loop)}`;
      const edit = putStatement(context, choreography, { block: branch.body, before: last?.kind === 'communication' && last.implied ? undefined : last }, line);
      return edit ? [{ title: `Add \`${line}\` to the branch \`${branch.label}\``, edits: [edit], preferred: true, cost: { doubt: 5.5 + away(scene, branch.origin) } }] : [];
    });
  });
}
