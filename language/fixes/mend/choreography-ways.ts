// Ways that a decision of a choreography lacks: an `else`, and going round a loop again.
import { isImplied, walkBlock } from '../../ir/choreography.js';
import type { Block, Choreography, Decision, Statement } from '../../ir/choreography.js';
import { sameRole } from '../../ir/role.js';
import { writeName } from '../../syntax/names.js';
import { printRole } from '../../syntax/print.js';
import { indentAt } from '../../edits/text.js';
import type { Fix } from '../../edits/fix.js';
import { away } from './choreography-scene.js';
import type { ChoreographyScene as Scene } from './choreography-scene.js';
import { doubtBy } from './evidence.js';
import type { Evidence } from './evidence.js';
import { allIn, putStatement } from './places.js';
import { plainOf } from './values.js';

/** The other way of a decision, in which everybody who is told something in the first is told something else. */
export function otherWays(scene: Scene, decision: Decision): Fix[] {
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
  const endless = first.body.statements.at(-1)?.kind === 'continue';
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
      // A loop that is gone round whatever is decided has no end.
      cost: {
        doubt: 5 + i / 10 + (endless && body.some((l) => l.startsWith('continue')) ? 3 : 0),
        messages: body.some((l) => l.includes(' -> ')) ? 0.5 : 0,
      },
    }));
}

/** The loop that a decision is the last thing of. */
export function continuesIn(choreography: Choreography, decision: Decision): string | undefined {
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
export function continues(scene: Scene): Fix[] {
  const { choreography, sites } = scene;
  const goingRound = new Set<string>();
  walkBlock(choreography.body.statements, (s) => {
    if (s.kind === 'continue') goingRound.add(s.name.text);
  });
  return sites.flatMap(({ statement }) => {
    if (statement.kind === 'rec')
      return again(scene, statement.name.text, statement.body, statement, 'at the end of the loop', {
        endless: !goingRound.has(statement.name.text),
        behindAll: statement.body.statements.some((s) => s.kind === 'decision'),
      });
    const loop = statement.kind === 'decision' ? continuesIn(choreography, statement) : undefined;
    if (loop === undefined || statement.kind !== 'decision') return [];
    // Who does as much in a way that goes round the loop does it in this one.
    const siblings = statement.branches.filter(({ body }) => body.statements.at(-1)?.kind === 'continue');
    return statement.branches.flatMap((branch, i): Fix[] =>
      branch.absent
        ? []
        : again(scene, loop, branch.body, statement, `to the branch \`${branch.label}\``, {
            endless: !goingRound.has(loop),
            behindAll: i > 0 && !goingRound.has(loop) ? 0.1 : 0,
            asSibling: siblings.some(({ body }) => isAlike(body, branch.body)),
          }),
    );
  });
}

/** Whether nearly the same roles talk in two ways in the same directions. */
function isAlike(one: Block, other: Block): boolean {
  const [left, right] = [one, other].map(({ statements }) => {
    const pairs = new Set<string>();
    walkBlock(statements, (s) => {
      if (s.kind === 'communication') for (const r of s.receivers) pairs.add(`${s.sender.key} ${r.role.key}`);
    });
    return pairs;
  }) as [Set<string>, Set<string>];
  const common = [...left].filter((pair) => right.has(pair)).length;
  return common > 1 && 3 * common >= 2 * Math.max(left.size, right.size);
}

function again(
  scene: Scene,
  loop: string,
  block: Block,
  { origin }: Statement,
  where: string,
  evidence: Evidence,
): Fix[] {
  const { context, choreography } = scene;
  const last = block.statements.at(-1);
  if (last?.kind === 'continue' || last?.kind === 'leave') return [];
  const line = `continue ${writeName(loop)}`;
  const gap = { block, before: last && isImplied(last) ? undefined : last };
  const edit = putStatement(context, choreography, gap, line);
  if (!edit) return [];
  const cost = { doubt: doubtBy(5.5, evidence) + away(scene, origin) };
  return [{ title: `Add \`${line}\` ${where}`, edits: [edit], preferred: true, cost }];
}
