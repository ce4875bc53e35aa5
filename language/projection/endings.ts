// Which statements come to their end: what follows a loop or a call that goes on for ever is not reached by anybody.
import { blocksOf, isStep, walkBlock } from '../ir/choreography.js';
import type { Call, Choreography, Decision, Statement, Step, While } from '../ir/choreography.js';
import type { Scope } from '../scoping/scope.js';
import { calleeOf } from './callee.js';
import type { Callee } from './callee.js';

/** How the ways through a choreography end. */
export interface Endings {
  /** Whether some way comes to the end. */
  readonly ends: boolean;
  /** Whether some way comes to where the end can't be reached any more. */
  readonly stays: boolean;
}

const known = new WeakMap<Scope, WeakMap<Choreography, Endings>>();

/**
 * How the ways through a called choreography end; what is not known ends.
 * Cost: linear in the choreographies that can be reached, once for each scope, times the calls in each
 */
export function endingsOf(callee: Callee): Endings {
  const done = known.get(callee.scope)?.get(callee.choreography);
  if (done) return done;
  const group = new Map<Choreography, Callee>([[callee.choreography, callee]]);
  const callers = new Map<Choreography, Set<Choreography>>();
  for (const { choreography, scope } of group.values()) {
    walkBlock(choreography.body.statements, (statement) => {
      const to = statement.kind === 'call' ? calleeOf(statement.callee.text, scope) : undefined;
      if (!to || known.get(to.scope)?.has(to.choreography)) return;
      const own = callers.get(to.choreography) ?? new Set();
      callers.set(to.choreography, own.add(choreography));
      if (!group.has(to.choreography)) group.set(to.choreography, to);
    });
  }
  // The least fixed points: first of what ends, then of what may stay.
  const found = new Map<Choreography, Endings>(
    [...group.keys()].map((choreography) => [choreography, { ends: false, stays: false }]),
  );
  for (const part of ['ends', 'stays'] as const) {
    // What is called comes first; who calls what has changed is looked at again. It grows while it is gone through.
    const work = [...group.keys()].reverse();
    for (const choreography of work) {
      const { scope } = group.get(choreography) ?? callee;
      const before = found.get(choreography);
      if (
        !before ||
        before[part] ||
        !blockEndings(choreography.body.statements, (call) => endingsOfCall(call, scope, found))[part]
      )
        continue;
      found.set(choreography, { ...before, [part]: true });
      for (const caller of callers.get(choreography) ?? []) if (found.get(caller)?.[part] === false) work.push(caller);
    }
  }
  for (const [choreography, endings] of found) {
    const { scope } = group.get(choreography) ?? callee;
    const map = known.get(scope) ?? new WeakMap<Choreography, Endings>();
    known.set(scope, map);
    map.set(choreography, { ends: endings.ends, stays: endings.stays || !endings.ends });
  }
  return known.get(callee.scope)?.get(callee.choreography) ?? { ends: true, stays: false };
}

function endingsOfCall(call: Call, scope: Scope, found: ReadonlyMap<Choreography, Endings>): Endings {
  const to = calleeOf(call.callee.text, scope);
  const endings = to && (found.get(to.choreography) ?? known.get(to.scope)?.get(to.choreography));
  return endings ? { ends: endings.ends, stays: endings.stays || !endings.ends } : { ends: true, stays: false };
}

interface Found extends Endings {
  /** The loops around that are gone round, and those that are left. */
  readonly jumps: ReadonlySet<string>;
  readonly leaves: ReadonlySet<string>;
}

type Memo = WeakMap<Statement, Found>;

function blockEndings(statements: readonly Statement[], ofCall: (call: Call) => Endings, memo?: Memo): Found {
  let [ends, stays] = [true, false];
  const jumps = new Set<string>();
  const leaves = new Set<string>();
  for (const statement of statements) {
    const inner = statementEndings(statement, ofCall, memo);
    stays ||= inner.stays;
    inner.jumps.forEach((jump) => jumps.add(jump));
    inner.leaves.forEach((leave) => leaves.add(leave));
    ends = inner.ends;
    // What follows can't be reached.
    if (!ends) break;
  }
  return { ends, stays, jumps, leaves };
}

function statementEndings(statement: Statement, ofCall: (call: Call) => Endings, memo?: Memo): Found {
  if (isStep(statement)) return passing;
  let found = memo?.get(statement);
  if (!found) {
    found = structuredEndings(statement, ofCall, memo);
    memo?.set(statement, found);
  }
  return found;
}

function structuredEndings(
  statement: Exclude<Statement, Step>,
  ofCall: (call: Call) => Endings,
  memo: Memo | undefined,
): Found {
  switch (statement.kind) {
    case 'continue':
      return { ends: false, stays: false, jumps: new Set([statement.name.text]), leaves: none };
    case 'leave':
      return { ends: false, stays: false, jumps: none, leaves: new Set([statement.name.text]) };
    case 'call':
      return { ...ofCall(statement), jumps: none, leaves: none };
    case 'rec': {
      const body = blockEndings(statement.body.statements, ofCall, memo);
      const name = statement.name.text;
      const [jumps, leaves] = [body.jumps, body.leaves].map(
        (names) => new Set([...names].filter((each) => each !== name)),
      ) as [Set<string>, Set<string>];
      const ends = body.ends || body.leaves.has(name);
      return { ends, stays: body.stays || (!ends && jumps.size === 0 && leaves.size === 0), jumps, leaves };
    }
    case 'for': {
      // It may have nobody to go through.
      const body = blockEndings(statement.body.statements, ofCall, memo);
      return { ends: true, stays: body.stays || !body.ends, jumps: body.jumps, leaves: body.leaves };
    }
    // What is over when all are, is not where one of them never is.
    case 'par': {
      const blocks = blocksOf(statement).map((block) => blockEndings(block, ofCall, memo));
      const ends = blocks.every((block) => block.ends);
      return { ends, stays: !ends || blocks.some((block) => block.stays), jumps: none, leaves: none };
    }
    case 'at':
      return { ...passing };
    case 'decision':
    case 'while':
    case 'when': {
      const blocks = blocksOf(statement).map((block) => blockEndings(block, ofCall, memo));
      return {
        ends: statement.kind === 'while' || blocks.some((block) => block.ends),
        stays: blocks.some((block) => block.stays),
        jumps: new Set(blocks.flatMap((block) => [...block.jumps])),
        leaves: new Set(blocks.flatMap((block) => [...block.leaves])),
      };
    }
  }
}

interface Known {
  readonly memo: Memo;
  readonly blocks: WeakMap<readonly Statement[], readonly Statement[]>;
  readonly ofCall: (call: Call) => Endings;
}
const knowns = new WeakMap<Scope, Known>();

function knownOf(scope: Scope): Known {
  let found = knowns.get(scope);
  if (!found) {
    const ofCall = (call: Call): Endings => {
      const to = calleeOf(call.callee.text, scope);
      return to ? endingsOf(to) : passing;
    };
    knowns.set(scope, (found = { memo: new WeakMap(), blocks: new WeakMap(), ofCall }));
  }
  return found;
}

/**
 * How the ways through a statement end; one that jumps to a loop around it has neither come to its end nor stayed.
 * Cost: linear, once for each scope
 */
export function endingsOfStatement(statement: Statement, scope: Scope): Endings {
  if (isStep(statement)) return passing;
  const { memo, ofCall } = knownOf(scope);
  return statementEndings(statement, ofCall, memo);
}

/**
 * A decision, in a callee or what that calls, after which some branches go on for ever and others end.
 * @param role a role of the callee, if any; the result has its name where the decision stands, if it is there
 */
export function decisionThatStays(
  callee: Callee,
  role: string | undefined,
  seen = new Set<Choreography>(),
): { readonly statement: Decision | While; readonly callee: Callee; readonly role: string | undefined } | undefined {
  const { choreography, scope } = callee;
  if (seen.has(choreography)) return undefined;
  seen.add(choreography);
  const found: (Decision | While)[] = [];
  const calls: Call[] = [];
  walkBlock(choreography.body.statements, (statement) => {
    if (statement.kind === 'call') calls.push(statement);
    if ((statement.kind === 'decision' || statement.kind === 'while') && endingsOfStatement(statement, scope).stays)
      found.push(statement);
  });
  const own = found.at(-1);
  if (own) return { statement: own, callee, role };
  for (const call of calls) {
    const to = calleeOf(call.callee.text, scope);
    if (!to || !endingsOf(to).stays) continue;
    const place = to.choreography.roles[call.args.findIndex((arg) => arg.role.key === role)]?.name.text;
    const inside = decisionThatStays(to, place, seen);
    if (inside) return inside;
  }
  return undefined;
}

/** The statements of a block as far as they can be reached. Cost: linear, once for each scope */
export function reached(statements: readonly Statement[], scope: Scope): readonly Statement[] {
  const { blocks } = knownOf(scope);
  let found = blocks.get(statements);
  if (!found) {
    const last = statements.findIndex((statement) => !endingsOfStatement(statement, scope).ends);
    blocks.set(statements, (found = last < 0 ? statements : statements.slice(0, last + 1)));
  }
  return found;
}

const none: ReadonlySet<string> = new Set();
const passing: Found = { ends: true, stays: false, jumps: none, leaves: none };
