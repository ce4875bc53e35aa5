// What the flow of a choreography says of how likely a fix is: who was at work last, who is owed an answer, which values
// are lost, who does the same elsewhere. None of it is certain; it breaks ties between fixes that all help.
import { bodiesOf, isImplied, isStep, takersIn, walkBlock } from '../../ir/choreography.js';
import type { Choreography, Communication, Statement } from '../../ir/choreography.js';
import { walkExpr } from '../../ir/expression.js';
import type { TextRange } from '../../ir/expression.js';
import { namesOfTarget } from '../../ir/target.js';
import type { Scope } from '../../scoping/scope.js';
import { readingsOf } from '../../ir/readings.js';
import { ownRoles } from '../../projection/involvement.js';

export interface Flow {
  /** Who was at work last before a place: who got a message, did something or decided. */
  lastAt(place: number): string | undefined;
  /** Who goes on after a place. */
  nextAt(place: number): string | undefined;
  /** Whether what a role has under a name from a place on is overwritten for sure before it is read. */
  isLost(role: string, name: string, place: number): boolean;
  /** Whether one role has sent something to another on the way to a place, and has got nothing from it since. */
  isOwed(role: string, by: string, place: number): boolean;
  /** Who gets a value as it is that is read at a place. */
  receiversOf(place: TextRange): readonly string[];
  /** Whether a role sends something to another in other ways of the decision that a place is in, and goes on so. */
  isAsElsewhere(role: string, to: string, place: number): boolean;
  /**
   * How often one role sends another something around a place, other than right there, with nothing sent back in
   * between: labels alone, or whatever it is.
   */
  timesTold(role: string, by: string, place: number, labels: boolean): number;
  /** Whether a role goes on by itself at a place, having told another something that takes no answer. */
  goesOn(role: string, place: number): boolean;
  /** Whether a role calls one of the host's functions that are called in a range, or sends or gets one of its labels, outside of it. */
  doesAlike(role: string, as: 'caller' | 'sender' | 'receiver', range: TextRange): boolean;
}

/** A block with the statement that it belongs to. */
interface Level {
  readonly statements: readonly Statement[];
  readonly of?: Statement;
}

/** The blocks that a place is in, from the outside in. */
function levelsAt({ body }: Choreography, place: number): Level[] {
  const levels: Level[] = [{ statements: body.statements }];
  for (let level: Level | undefined = levels[0]; level;) {
    const next: Level[] = level.statements.flatMap((of) =>
      bodiesOf(of)
        .filter(({ origin }) => origin.start < place && place < origin.end)
        .map(({ statements }) => ({ statements, of })),
    );
    [level] = next;
    if (level) levels.push(level);
  }
  return levels;
}

/** Whether a statement is behind a place; what an arrow list says is said where it stands, ahead of its branches. */
function isBefore(statement: Statement, place: number): boolean {
  return statement.origin.end <= place && !isImplied(statement);
}

/** Whether a statement is a label alone. */
function isNote(statement: Statement): statement is Communication {
  return statement.kind === 'communication' && !statement.implied && !statement.value && statement.label !== undefined;
}

function lastActor(statement: Statement): string | undefined {
  if (!isStep(statement)) return undefined;
  switch (statement.kind) {
    case 'communication':
      return statement.receivers.at(-1)?.role.key;
    case 'gather':
      return statement.receiver.role.key;
    case 'assignment':
    case 'effect':
      return statement.role.key;
  }
}

function firstActor(statement: Statement): string | undefined {
  if (statement.kind === 'decision') return statement.decider.key;
  const [first] = statement.kind === 'rec' ? statement.body.statements : [];
  // Of those who are told things besides, nobody begins.
  return first ? firstActor(first) : ownRoles(statement)[0];
}

/** Reading and writing, in the order of the text. */
interface Access {
  readonly role: string;
  readonly name: string;
  readonly at: number;
  /** What writes; none where it is read. */
  readonly statement?: Statement;
}

function accessesIn(choreography: Choreography): Access[] {
  const found: Access[] = [];
  for (const { role, value } of readingsOf(choreography))
    walkExpr(value, (e) => {
      if (e.kind === 'name') found.push({ role: role.key, name: e.name.text, at: e.origin.start });
    });
  walkBlock(choreography.body.statements, (statement) => {
    for (const { role, into } of takersIn(statement))
      for (const { text } of namesOfTarget(into))
        found.push({ role: role.key, name: text, at: statement.origin.end, statement });
  });
  return found.sort((a, b) => a.at - b.at);
}

/** What is called and said where, and by whom. */
interface Deed {
  readonly role: string;
  readonly as: 'caller' | 'sender' | 'receiver';
  readonly what: string;
  readonly at: number;
}

function deedsIn(choreography: Choreography, scope: Scope): Deed[] {
  const found: Deed[] = [];
  for (const { role, value } of readingsOf(choreography))
    walkExpr(value, (e) => {
      if (e.kind === 'call' && scope.lookup(e.callee.text)?.declaration.kind === 'extern-function')
        found.push({ role: role.key, as: 'caller', what: e.callee.text, at: e.origin.start });
    });
  walkBlock(choreography.body.statements, (s) => {
    if (s.kind !== 'communication' || !s.label || s.implied) return;
    const what = s.label.name.text;
    found.push({ role: s.sender.key, as: 'sender', what, at: s.origin.start });
    for (const { role } of s.receivers) found.push({ role: role.key, as: 'receiver', what, at: s.origin.start });
  });
  return found;
}

export function flowOf(choreography: Choreography, scope: Scope): Flow {
  const accesses = accessesIn(choreography);
  const deeds = deedsIn(choreography, scope);
  return {
    receiversOf({ start, end }) {
      const found: string[] = [];
      walkBlock(choreography.body.statements, (s) => {
        if (s.kind === 'communication' && s.value?.origin.start === start && s.value.origin.end === end)
          found.push(...s.receivers.map((r) => r.role.key));
      });
      return found;
    },
    lastAt(place) {
      for (const { statements, of } of levelsAt(choreography, place).reverse()) {
        const last = statements.findLast((s) => isBefore(s, place));
        if (last) return lastActor(last);
        if (of?.kind === 'decision' || of?.kind === 'while') return firstActor(of);
      }
      return undefined;
    },
    nextAt(place) {
      const next = levelsAt(choreography, place)
        .at(-1)
        ?.statements.find((s) => s.origin.start >= place);
      return next && firstActor(next);
    },
    isLost(role, name, place) {
      const next = accesses.find((a) => a.role === role && a.name === name && a.at > place);
      return (
        next?.statement !== undefined &&
        levelsAt(choreography, place).some(({ statements }) => statements.some((s) => s === next.statement))
      );
    },
    isOwed(role, by, place) {
      let owed = false;
      for (const { statements } of levelsAt(choreography, place))
        for (const s of statements) {
          if (s.kind !== 'communication' || !isBefore(s, place)) continue;
          const to = (other: string): boolean => s.receivers.some((r) => r.role.key === other);
          if (s.sender.key === role && to(by)) owed = true;
          else if (s.sender.key === by && to(role)) owed = false;
        }
      return owed;
    },
    isAsElsewhere(role, to, place) {
      const [of] = levelsAt(choreography, place)
        .reverse()
        .flatMap((level) => (level.of?.kind === 'decision' ? [level.of] : []));
      return (
        of?.branches.some(
          ({ body }) =>
            !(body.origin.start < place && place < body.origin.end) &&
            body.statements.some(
              (s) => isNote(s) && s.sender.key === role && s.receivers.some((r) => r.role.key === to),
            ),
        ) ?? false
      );
    },
    timesTold(role, by, place, labels) {
      const statements =
        levelsAt(choreography, place)
          .at(-1)
          ?.statements.filter((s) => !isImplied(s)) ?? [];
      const sends = (s: Statement, from: string, to: string): boolean =>
        s.kind === 'communication' && s.sender.key === from && s.receivers.some((r) => r.role.key === to);
      const count = (side: readonly Statement[]): number => {
        const answer = side.findIndex((s) => sends(s, role, by));
        return (answer < 0 ? side : side.slice(0, answer)).filter((s) => sends(s, by, role) && (!labels || isNote(s)))
          .length;
      };
      return (
        count(statements.filter((s) => s.origin.end <= place).reverse()) +
        count(statements.filter((s) => s.origin.start > place))
      );
    },
    goesOn(role, place) {
      const last = levelsAt(choreography, place)
        .at(-1)
        ?.statements.findLast((s) => isBefore(s, place));
      return last !== undefined && isNote(last) && last.sender.key === role;
    },
    doesAlike(role, as, { start, end }) {
      const here = new Set(deeds.filter((d) => start <= d.at && d.at < end).map((d) => `${d.as} ${d.what}`));
      return deeds.some(
        (d) => (d.at < start || d.at >= end) && d.role === role && d.as === as && here.has(`${d.as} ${d.what}`),
      );
    },
  };
}
