// Endpoint projection: what each role of a choreography does alone.
import { valuesOf, walkBlock } from '../ir/choreography.js';
import type { Choreography, Decision, Statement, While, Branch } from '../ir/choreography.js';
import type { TextRange } from '../ir/expression.js';
import type { Network, Process } from '../ir/process.js';
import { namesUsed } from '../lowering/lower.js';
import { declaredAt, declaredRoles, sizedScope } from '../families/sized.js';
import { hasFamilies, triedSizes } from '../families/sizes.js';
import type { RoleRef } from '../ir/role.js';
import { memberOf, specialised } from '../families/specialise.js';
import type { Member } from '../families/specialise.js';
import { isClosed, isInstance, plainName, readableName } from '../parameters/closure.js';
import { goesThroughNumbers } from './numbers.js';
import { foreignOf, gives, givenScope, withGiven } from '../parameters/scope.js';
import { widened } from '../scoping/scope.js';
import type { Scope } from '../scoping/scope.js';
import { calleeOf } from './callee.js';
import { checkChoices } from './choices.js';
import { emit } from './emit.js';
import { checkGuards, sharesGuards } from './guards.js';
import { involvement } from './involvement.js';
import { whereLacking } from './lacking.js';
import type { Involved } from './involvement.js';
import { knowsSteps, rowOf } from './passages.js';
import type { Row } from './passages.js';
import { checkResults } from './results.js';
import { checkSelections } from './selections.js';
import { checkReached } from './unreached.js';
import { projectRole } from './role.js';
import type { ProjectedRole } from './projected.js';
import type { Split } from './split.js';
import { finding } from '../findings/finding.js';
import type { Finding } from '../findings/finding.js';
import type { KnowledgeOfChoice, Question } from '../findings/projection.js';
import { conflictOf, waysOf } from './deeds.js';
import { printExpr } from '../syntax/print.js';
import type { Node } from './behaviour.js';

export interface Projected {
  readonly choreography: Choreography;
  /**
   * One process a role, in the order of the header; its name is the choreography's. Places that can't be projected are
   * holes.
   */
  readonly network: Network;
  readonly findings: readonly Finding[];
  /**
   * The names in its code that are declared in other files than those that the choreography's file imports, with these
   * files.
   */
  readonly foreign: ReadonlyMap<string, string>;
}

/**
 * The scope in which the names in a projection mean what they should.
 * @param scope that of the choreography's file
 */
export function scopeOfProjection({ foreign }: Projected, scope: Scope): Scope {
  return widened(givenScope(scope), foreign);
}

/**
 * Projects one choreography to all of its roles. Never throws: what can't be projected becomes a hole with a finding.
 * Endpoint projection with full merge, as in Montesi, Introduction to Choreographies (2023), and where that fails with
 * a merge on automata.
 * @param written the choreography; unknown names in it are left as they are
 * @param from where called choreographies are looked up
 * Cost: linear in statements times roles, but for decisions that need what follows them to merge
 */
export function project(written: Choreography, from: Scope): Projected {
  const scope = givenScope(from);
  const choreography = withGiven(written, scope);
  const { roles, members, findings, foreign } = look(choreography, scope, rowOf(choreography, scope, false));
  findings.push(...findingsOfGiven(choreography, scope));
  const processes = choreography.roles.map((role, i): Process => ({
    name: role.name,
    members: members[i] && { kind: 'all', index: members[i].index },
    ...(role.server ? { server: true } : {}),
    params: role.params,
    origin: role.origin,
    doc: role.doc,
    result: choreography.results.find((result) => result.role.key === role.name.text)?.type,
    body: emit(roles[i]?.list, choreography.body.origin),
    returns: choreography.returns.find((returned) => returned.role.key === role.name.text)?.value,
  }));
  const { name, origin, doc, broken } = choreography;
  return {
    choreography: written,
    findings,
    foreign,
    network: {
      kind: 'network',
      name,
      channels: { kind: 'fifo' },
      families: choreography.roles.flatMap(({ name: own, family, origin: at }) =>
        family ? [{ name: own, family, origin: at }] : [],
      ),
      values: valuesOf(choreography.parameters),
      processes,
      origin,
      doc,
      broken,
    },
  };
}

/**
 * What projecting finds, without the code, from what is known of the passages of the choreography.
 * @returns undefined where too little is known, or where what is wrong has to do with several passages
 * Cost: for each passage of which all is known, constant for each role
 */
export function projectBriefly(
  choreography: Choreography,
  scope: Scope,
): Pick<Projected, 'findings' | 'foreign'> | undefined {
  // What is given with calls is found out of calls and callees together.
  if (gives(choreography, scope)) return undefined;
  const row = knowsSteps(choreography) ? rowOf(choreography, givenScope(scope), true) : undefined;
  if (!row?.whole) return undefined;
  const { findings, foreign, roles } = look(choreography, givenScope(scope), row);
  return roles.some(({ splits }) => splits.length > 0) ? undefined : { findings, foreign };
}

/**
 * The decisions that roles of a choreography can't follow. Kept: it is asked for with all that the choreography is
 * given.
 */
function splitsOf(choreography: Choreography, scope: Scope): readonly Split[] {
  const known = splits.get(choreography);
  if (known) return known;
  const { roles, members } = look(choreography, scope, undefined);
  const found = roles.flatMap((role, i) =>
    role.splits.map((split) =>
      members[i] ? { ...split, role: choreography.roles[i]?.name.text ?? split.role } : split,
    ),
  );
  splits.set(choreography, found);
  return found;
}

const splits = new WeakMap<Choreography, readonly Split[]>();

/**
 * What can't be followed in what is called because of what it is given, told at the call: what is wrong with the callee
 * by itself is told there.
 * Cost: a projection of each callee with what it is given, once while all that it names is the same
 */
function findingsOfGiven(choreography: Choreography, scope: Scope): readonly Finding[] {
  const findings: Finding[] = [];
  walkBlock(choreography.body.statements, (statement) => {
    if (statement.kind !== 'call' || !isClosed(statement.callee.text)) return;
    const told = new Set<string>();
    const names = [{ name: statement.callee.text, scope }];
    // It grows while it is gone through.
    for (const { name, scope: from } of names) {
      const callee = calleeOf(name, from);
      const plain = callee && calleeOf(plainName(name), callee.scope);
      if (told.has(name)) continue;
      told.add(name);
      if (!callee && calleeOf(plainName(name), from))
        findings.push(
          finding('too-large', scope.file.uri, statement.origin, {
            what: 'given',
            name: readableName(plainName(name)),
          }),
        );
      if (!callee) return;
      if (!plain) continue;
      const byItself = new Set(splitsOf(plain.choreography, plain.scope).map(splitKey));
      for (const split of splitsOf(callee.choreography, callee.scope)) {
        const { uri } = callee;
        if (byItself.has(splitKey(split)) || told.has(splitKey(split))) continue;
        told.add(splitKey(split));
        const outer =
          name === statement.callee.text
            ? statement.args[callee.choreography.roles.findIndex((role) => role.name.text === split.role)]?.role.key
            : undefined;
        const found = unknownChoice(
          split,
          split.inside ?? { uri, choreography: callee.choreography, role: split.role },
          uri,
        );
        findings.push(
          finding('knowledge-of-choice', scope.file.uri, statement.origin, {
            ...found,
            given: { to: plain.choreography.name.text, ...(outer === undefined ? {} : { outer }) },
          }),
        );
      }
      // What is called with something that is given itself is seen here alone.
      const alone = new Map<number, string>();
      walkBlock(plain.choreography.body.statements, (inner) => {
        if (inner.kind === 'call') alone.set(inner.origin.start, inner.callee.text);
      });
      walkBlock(callee.choreography.body.statements, (inner) => {
        if (
          inner.kind === 'call' &&
          isInstance(inner.callee.text) &&
          alone.get(inner.origin.start) !== inner.callee.text
        )
          names.push({ name: inner.callee.text, scope: callee.scope });
      });
    }
  });
  return findings;
}

function splitKey({ role, statement }: Split): string {
  return `${role} ${statement.origin.start}`;
}

function look(
  choreography: Choreography,
  scope: Scope,
  row: Row | undefined,
): {
  readonly roles: readonly ProjectedRole[];
  readonly members: readonly (Member | undefined)[];
  readonly findings: Finding[];
  readonly foreign: Map<string, string>;
} {
  const { uri } = scope.file;
  // What may be wrong with a statement alone is looked for where it may be.
  const statements = row?.brief
    ? row.special.flatMap((standing) => standing.statements())
    : choreography.body.statements;
  const involved = row?.involved ?? involvement(choreography, scope);
  if (row?.brief) involvement(choreography, scope, statements, row.involved);
  const choices = checkChoices(statements, scope);
  const findings: Finding[] = choices.map((wrong) =>
    finding('choice-not-started', uri, wrong.origin, {
      decider: wrong.decision.decider.key,
      decision: wrong.decision.origin,
      head: wrong.decision.head,
      empty: !wrong.first,
      ...(wrong.instead === undefined ? {} : { instead: wrong.instead }),
    }),
  );
  const foreign = new Map<string, string>(foreignOf(choreography));
  const several = hasFamilies(choreography.roles);
  const counts = several || (row ? row.counts : goesThroughNumbers(choreography));
  const taken = several ? namesUsed(choreography) : undefined;
  const members = choreography.roles.map(({ name, family }) =>
    family ? memberOf(name, (text) => taken?.has(text) ?? false) : undefined,
  );
  const projected = choreography.roles.map((role, i) => {
    const member = members[i];
    if (!member) return projectRole(choreography, role.name.text, scope, involved, { foreign }, row);
    // Each member of a family does the same, as far as its number allows.
    const seen = specialised(choreography, member);
    return projectRole(seen, member.role.key, scope, involvement(seen, scope), {
      foreign,
      member,
      whole: choreography,
    });
  });
  for (const [index, { splits: found }] of projected.entries()) {
    const family = members[index] && choreography.roles[index]?.name.text;
    const splits = family === undefined ? found : found.map((split) => ({ ...split, role: family }));
    // Two roles of one name are one; that they are two is told already.
    if (choreography.roles.findIndex((role) => role.name.text === choreography.roles[index]?.name.text) < index)
      continue;
    const told = new Set<Decision | While>();
    for (const split of splits.map((each) => (counts ? each : whereLacking(choreography, scope, each)))) {
      // What several decisions inside lack is one thing.
      if (!split.inside && told.has(split.statement)) continue;
      told.add(split.statement);
      // That a role begins where another chooses is told already.
      if (choices.some((wrong) => wrong.decision === split.statement && wrong.instead === split.role)) continue;
      const { inside } = split;
      if (!inside)
        findings.push(
          finding(
            'knowledge-of-choice',
            uri,
            headOf(split.statement),
            unknownChoice(split, { uri, choreography, role: split.role }, uri),
          ),
        );
      else {
        const origin = inside.uri === uri && inside.behind !== true ? headOf(split.statement) : inside.call;
        findings.push(finding('knowledge-of-choice', uri, origin, unknownChoice(split, inside, uri)));
      }
    }
  }
  // What is redundant shows when everybody knows what they need.
  if (findings.length === 0 && !choreography.broken && !counts) {
    let whole: ReadonlyMap<Statement, Involved> | undefined;
    findings.push(
      ...projected.flatMap((role) =>
        checkSelections(
          choreography,
          scope,
          () => (whole ??= row?.brief ? involvement(choreography, scope) : involved),
          role,
          projected,
        ),
      ),
    );
  }
  if (counts) findings.push(...guardsOfFamilies(choreography, scope));
  else if (row ? row.shares : sharesGuards(choreography)) findings.push(...checkGuards(choreography, scope));
  findings.push(...checkResults(choreography, statements, scope), ...checkReached(statements, scope, involved));
  return { roles: projected, members, findings, foreign };
}

/**
 * Whether all who decide together decide the same where families are among them: looked at for the least size that is
 * tried.
 */
function guardsOfFamilies(choreography: Choreography, scope: Scope): readonly Finding[] {
  const several = (role: RoleRef): boolean =>
    role.index?.kind !== 'member' &&
    choreography.roles.some(({ name, family }) => family && name.text === role.name.text);
  let shares = sharesGuards(choreography);
  walkBlock(choreography.body.statements, (statement) => {
    if (statement.kind === 'decision' || statement.kind === 'while')
      shares ||= statement.guards.some(({ role }) => several(role));
  });
  if (!shares) return [];
  const there = sizedScope(scope);
  for (const sizes of triedSizes(declaredRoles(choreography, there))) {
    const at = declaredAt(choreography, sizes, there);
    // Whoever is picked, the same is told once.
    const found = new Map((at ? checkGuards(at, there) : []).map((each) => [JSON.stringify(each), each]));
    if (found.size > 0) return [...found.values()];
  }
  return [];
}

/**
 * What there is to tell of a decision that a role can't follow.
 * @param at where the decision stands, and what the role is called there
 * @param uri the file of what the role does
 */
function unknownChoice(
  { statement, conflict, branches, names }: Split,
  at: { readonly uri: string; readonly choreography: Choreography; readonly role: string },
  uri: string,
): KnowledgeOfChoice {
  const place = (node: Node | undefined, branch: number): KnowledgeOfChoice['places'][0] => {
    const origin = originOf(node);
    return origin ? { uri, origin } : { uri: at.uri, origin: endOfWay(statement, at.choreography, branch) };
  };
  return {
    role: at.role,
    decision: { uri: at.uri, origin: statement.origin },
    question: questionOf(statement),
    ways: statement.kind === 'while' ? 2 : statement.branches.length,
    branches,
    names: names ?? waysOf(statement, branches),
    conflict: conflictOf(conflict),
    places: [place(conflict.left, branches[0]), place(conflict.right, branches[1])],
  };
}

/** What is not known of a decision. */
function questionOf(statement: Decision | While): Question {
  const [first] = statement.guards;
  const guard = first ? printExpr(first.value) : '';
  if (statement.kind === 'while') return { kind: 'again', role: first?.role.key ?? '', guard };
  const { decider, form } = statement;
  const role = decider.key;
  if (statement.pick) {
    const { of, many } = statement.pick;
    return { kind: 'pick', role, guard, of: of.name.text, ...(many ? { many: true } : {}) };
  }
  const labels = statement.branches.flatMap((branch) => saidBy(role, branch) ?? []);
  if (labels.length === statement.branches.length && new Set(labels).size === labels.length && labels.length < 5)
    return { kind: 'labels', role, labels };
  if (form === 'choice') return { kind: 'choice', role };
  return { kind: form === 'if' ? 'condition' : 'case', role, guard };
}

/** The label by which the decider itself tells a branch, where the author wrote one. */
function saidBy(decider: string, branch: Branch): string | undefined {
  const first = branch.body.statements.find(
    (statement) => statement.kind === 'communication' && statement.sender.key === decider && !statement.implied,
  );
  return first?.kind === 'communication' ? first.label?.name.text : undefined;
}

function originOf(node: Node | undefined): TextRange | undefined {
  if (!node) return undefined;
  return node.kind === 'leaf'
    ? node.action.origins[0]
    : node.kind === 'receive'
      ? node.arms[0]?.origins[0]
      : node.origins[0];
}

/** The end of a branch, for where nothing happens in it; of one that is not written, the decision. */
function endOfWay(statement: Decision | While, choreography: Choreography, index: number): TextRange {
  if (statement.kind === 'while')
    return index === 0 ? statement.body.origin : { start: statement.origin.end, end: choreography.body.origin.end };
  const branch = statement.branches[index];
  return branch && !branch.absent
    ? { start: Math.max(branch.origin.start, branch.origin.end - 1), end: branch.origin.end }
    : statement.head;
}

/** The head of a decision, without the space before its brace. */
function headOf(statement: Decision | While): TextRange {
  const last =
    statement.informs.at(-1) ??
    statement.guards.at(-1) ??
    (statement.kind === 'decision' ? statement.decider : undefined);
  return { start: statement.head.start, end: last?.origin.end ?? statement.head.end };
}
