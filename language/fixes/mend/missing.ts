// What brings a value to a role of a choreography that lacks it: a message, a place in a multicast, an assignment.
import { takersIn, walkBlock } from '../../ir/choreography.js';
import { namesOfTarget, wholeTarget } from '../../ir/target.js';
import type { Target } from '../../ir/target.js';
import type { Statement } from '../../ir/choreography.js';
import type { Expr, TextRange } from '../../ir/expression.js';
import { freeNames } from '../../ir/expression.js';
import { writeName } from '../../syntax/names.js';
import { printExpr, printRole } from '../../syntax/print.js';
import { readingsOf } from '../../ir/readings.js';
import { library } from '../../typing/library.js';
import type { Edit, Fix } from '../../edits/fix.js';
import type { Held } from '../../edits/held.js';
import { sameRole } from '../../ir/role.js';
import { sizesNamed } from '../../families/sizes.js';
import { doubtBy } from './evidence.js';
import { isIdle, isSaid, isSilent, said } from './choreography-scene.js';
import type { ChoreographyScene as Scene } from './choreography-scene.js';
import { offsetOf, putStatement, statementGaps } from './places.js';
import type { Lacking, StatementGap } from './places.js';
import { plainOf, valuesFor } from './values.js';
import { mostPlacesOfStatement } from '../limits.js';

/** Somebody who lacks a value gets it along with others. */
export function multicasts(scene: Scene): Fix[] {
  const {
    context: { uri },
    lacking,
    sites,
  } = scene;
  const wanted = new Map(lacking.map((l) => [`${l.role}.${l.name}`, l]));
  return [...wanted.values()].flatMap(({ role, name, origin }) =>
    sites.flatMap(({ statement }): Fix[] => {
      if (statement.kind !== 'communication' || !statement.value || statement.origin.end > origin.start) return [];
      if (statement.sender.key === role || statement.receivers.some((r) => r.role.key === role)) return [];
      const last = statement.receivers.at(-1);
      const [first] = statement.receivers;
      // Before others, where the roles stand in that order.
      const place = (r: string): number => scene.roles.indexOf(r);
      const before = statement.receivers.find((r) => place(r.role.key) > place(role));
      const same = statement.receivers.some((r) => takes(r.into, name));
      // What the sender holds besides and does not use is likelier to be meant for the other.
      const spare = scene
        .held(statement.sender.key)
        .some(
          (h) =>
            !h.used &&
            h.since <= statement.origin.start &&
            h.type !== undefined &&
            h.type === scene.held(first?.role.key ?? '').find((o) => o.name === name)?.type,
        );
      // Where one of them loses what it gets, the other was meant in its place.
      const lost = statement.receivers.some((r) =>
        namesOfTarget(r.into).some(({ text }) => scene.flow.isLost(r.role.key, text, statement.origin.end)),
      );
      const text = `${writeName(role)}.${writeName(name)}`;
      if (!last || !first) return [];
      // Somebody who gets it twice was meant to be somebody else.
      const twice = statement.receivers.some((r, i) =>
        statement.receivers.some((other, j) => j > i && sameRole(other.role, r.role)),
      );
      const edit: Edit = before
        ? { uri, start: before.origin.start, end: before.origin.start, newText: `${text}, ` }
        : { uri, start: last.origin.end, end: last.origin.end, newText: `, ${text}` };
      return [
        {
          title: `Send ${said(scene, statement.value?.origin ?? statement.origin)} to ${role} as well (1 more message)`,
          edits: [edit],
          preferred: same,
          cost: {
            doubt: doubtBy(0, {
              takesSame: same,
              takesOther: !same,
              single: statement.receivers.length === 1,
              hasSpare: spare,
              wouldLose: lost,
              toldTwice: twice ? -4 : 0,
              readByNone: statement.receivers.every((r) =>
                namesOfTarget(r.into).every(({ text }) =>
                  scene.held(r.role.key).some((h) => h.name === text && !h.used),
                ),
              ),
            }),
            messages: 1,
            channels: opensChannel(scene.talking, statement.sender.key, role) * (same ? 0.5 : 1),
          },
        },
      ];
    }),
  );
}

/**
 * Whether one role would have to talk to another that it does not talk to, though others do: half of it where that one
 * talks to it.
 */
function opensChannel(pairs: ReadonlySet<string>, from: string, to: string): number {
  if (pairs.has(`${from} ${to}`) || ![...pairs].some((pair) => pair.endsWith(` ${to}`))) return 0;
  return pairs.has(`${to} ${from}`) ? 0.5 : 1;
}

/** What each role lacks, by where it is first read. */
function firstLacking({ lacking }: Scene): Lacking[] {
  const first = new Map<string, Lacking>();
  for (const l of lacking)
    if ((first.get(`${l.role}.${l.name}`)?.origin.start ?? Infinity) > l.origin.start)
      first.set(`${l.role}.${l.name}`, l);
  return [...first.values()];
}

/** The type that a role's variable would have: of what it holds by that name, or of what others do. */
function typeFor(scene: Scene, { role, name, origin }: Lacking): string | undefined {
  const of = (holder: string): string | undefined => scene.held(holder).find((h) => h.name === name)?.type;
  const own = scene.typeAt(origin) ?? of(role);
  if (own !== undefined) return own;
  const others = new Set(scene.roles.flatMap((other) => of(other) ?? []));
  return others.size === 1 ? [...others][0] : undefined;
}

/** Whether others send a role what they compute in the same way. */
function isSentAlike(scene: Scene, sender: string, receiver: string, value: string): boolean {
  let found = false;
  walkBlock(scene.choreography.body.statements, (s) => {
    found ||=
      s.kind === 'communication' &&
      s.value?.kind === 'call' &&
      s.sender.key !== sender &&
      s.receivers.some((r) => r.role.key === receiver) &&
      printExpr(s.value) === value;
  });
  return found;
}

/** A place for a new statement, and how unlikely it is. */
interface Place {
  readonly gap: StatementGap;
  readonly doubt: number;
  /** It is the nearest one to where the value is read. */
  readonly nearest: boolean;
  /** It is beside a statement that is alike. */
  readonly beside: boolean;
  /** How many loops and threads are around it. */
  readonly loops: number;
}

/** A statement that a new one is like: they stand together, in the order of the roles that they differ in. */
interface Twin {
  readonly statement: Statement;
  readonly before: boolean;
}

/**
 * The places where a role could get a value in time, the likeliest first: those nearest to where it is read, but beside
 * a statement that is alike; not where the value that it has on other ways would be lost, nor in a loop that gives it
 * another one.
 */
function placesFor(scene: Scene, { role, name, origin }: Lacking, twin?: Twin): Place[] {
  const { choreography, context, finding } = scene;
  const use = origin.start;
  const way =
    finding.code === 'maybe-unassigned' && finding.args.role === role && finding.args.name === name
      ? finding.args.reason?.place
      : undefined;
  const holds = ({ start, end }: TextRange, at: number): boolean => start <= at && at < end;
  const loops: TextRange[] = [];
  const writes: TextRange[] = [];
  walkBlock(choreography.body.statements, (s) => {
    if (s.kind === 'while' || s.kind === 'rec' || s.kind === 'for') loops.push(s.body.origin);
    // What a thread sets itself the others don't have.
    if (s.kind === 'par') loops.push(...s.branches.map((branch) => branch.origin));
    if (takersIn(s).some((taker) => taker.role.name.text === role && takes(taker.into, name))) writes.push(s.origin);
  });
  // Round a loop the value that was given further on is kept.
  const kept = loops.filter((loop) => holds(loop, use) && writes.some((w) => w.end > use && holds(loop, w.start)));
  const inTime = statementGaps(choreography, context.text)
    .filter(
      (gap) =>
        offsetOf(gap) <= use &&
        (gap.block === choreography.body ||
          holds(gap.block.origin, use) ||
          (way !== undefined && gap.block.origin.start >= way.start && gap.block.origin.end <= way.end)),
    )
    .sort((a, b) => offsetOf(b) - offsetOf(a));
  return inTime
    .map((gap, i): Place => {
      const at = offsetOf(gap);
      const lost =
        writes.some((w) => w.end <= at) && !(way !== undefined && holds({ start: way.start, end: way.end + 1 }, at));
      const beside = twin !== undefined && (twin.before ? gap.after === twin.statement : gap.before === twin.statement);
      return {
        gap,
        doubt: (beside ? -0.05 : i / 10) + (lost ? 1 : 0) + (kept.some((loop) => holds(loop, at)) ? 1 : 0),
        nearest: i === 0,
        beside,
        loops: loops.filter((loop) => holds(loop, at)).length,
      };
    })
    .sort((a, b) => a.doubt - b.doubt)
    .slice(0, mostPlacesOfStatement);
}

/** Who a new statement is about: the member that lacks something, or all of its family where no loop says which it is. */
function writtenAt(scene: Scene, { at }: Lacking, gap: StatementGap): string {
  const computed = at.index?.kind === 'member' ? at.index.at : at.index?.kind === 'picked' ? at.index.list : undefined;
  const index = new Set(computed ? freeNames(computed) : []);
  const place = offsetOf(gap);
  const sizes = new Set(sizesNamed(scene.choreography.roles).map(({ name }) => name));
  walkBlock(scene.choreography.body.statements, (s) => {
    if (s.kind === 'for' && s.body.origin.start < place && place < s.body.origin.end) index.delete(s.index.text);
  });
  return [...index].every((name) => sizes.has(name)) ? printRole(at) : writeName(at.name.text);
}

/**
 * Whether what stands before a place gives a role a value that it does nothing with, and that is not what it would send:
 * it was for what is sent.
 */
function givesSpare(scene: Scene, { before }: StatementGap, role: string, value: string): boolean {
  if (!before) return false;
  const names = takersIn(before)
    .filter((taker) => taker.role.key === role)
    .flatMap(({ into }) => namesOfTarget(into).map(({ text }) => text));
  const read = new Set(value.match(/[\p{L}_][\p{L}\p{Nd}_]*/gu));
  return names.some((name) => !read.has(name) && scene.held(role).some((h) => h.name === name && !h.used));
}

function placed(scene: Scene, { gap, nearest }: Place): string {
  return nearest ? '' : gap.after ? `, before ${said(scene, gap.after.origin)}` : ', at the end of a branch';
}

/** The message that brings the same to somebody else, or the same from somebody else. */
function twinOfMessage(
  scene: Scene,
  sender: string,
  receivers: readonly string[],
  name: string,
  value: string,
): Twin | undefined {
  const place = (role: string | undefined): number => scene.roles.indexOf(role ?? '');
  let found: Twin | undefined;
  walkBlock(scene.choreography.body.statements, (s) => {
    if (found || s.kind !== 'communication' || !s.value || printExpr(s.value) !== value) return;
    const targets = s.receivers.map((r) => r.role.key);
    const named = s.receivers.some((r) => takes(r.into, name));
    const gathers =
      s.sender.key !== sender && targets.length === receivers.length && targets.every((t) => receivers.includes(t));
    const scatters = named && s.sender.key === sender && !targets.some((t) => receivers.includes(t));
    if (gathers) found = { statement: s, before: place(sender) < place(s.sender.key) };
    else if (scatters) found = { statement: s, before: place(receivers[0]) < place(targets[0]) };
  });
  return found;
}

/**
 * How a variable comes by its value: worked out, as it is elsewhere; or in messages, as all others that its role holds,
 * or all that roles hold.
 */
function comesBy(scene: Scene, role: string, name: string): 'message' | 'work' | undefined {
  const given = (roles: readonly string[]): readonly Held[] =>
    roles.flatMap((r) => scene.held(r)).filter((h) => h.since > 0);
  const all = given([role]);
  const own = all.find((h) => h.name === name);
  if (own) return own.from.size === 0 ? 'work' : undefined;
  const others = all.length > 0 ? all : given(scene.roles);
  return others.length > 0 && others.every((h) => h.from.size > 0) ? 'message' : undefined;
}

/** Who sends a role its first message in another way of a decision that it does not know. */
function otherSenders({ finding }: Scene, role: string): ReadonlySet<string> {
  if (finding.code !== 'knowledge-of-choice' || finding.args.role !== role) return new Set();
  const { left, right } = finding.args.conflict;
  return new Set([left, right].flatMap((deed) => (deed?.kind === 'gets' ? deed.from : [])));
}

/** A message that brings what a role lacks, or what several lack. */
export function messages(scene: Scene): Fix[] {
  const { context, roles, choreography, scope, flow, talking: pairs } = scene;
  const wanted = firstLacking(scene);
  const idle = new Map(roles.map((role) => [role, isIdle(scene, role)]));
  return wanted.flatMap((lacking) => {
    const { role, name, origin } = lacking;
    const together = wanted.filter(
      (l) => l.name === name && l.role !== role && roles.indexOf(l.role) > roles.indexOf(role),
    );
    const type = typeFor(scene, lacking);
    const by = comesBy(scene, role, name);
    const own = valuesFor(scene.held(role), scope, type, name, '', origin.start);
    const otherWays = otherSenders(scene, role);
    const goesTo = flow.receiversOf(origin);
    return roles
      .filter((sender) => sender !== role)
      .flatMap((sender) => {
        const values = valuesFor(scene.held(sender), scope, type, name, role, origin.start).slice(0, 4);
        // Without a value at hand, one to start from: the message is what counts.
        const plain = type === undefined ? undefined : plainOf(type);
        // Others do the same; or who lacks it could work it out as well.
        const likelier = values.map((v) =>
          isSentAlike(scene, sender, role, v.text)
            ? { ...v, doubt: v.doubt - 1.5 }
            : v.answers !== true && v.doubt < 0.5 && own.some((o) => o.text === v.text && o.text.endsWith(')'))
              ? { ...v, doubt: v.doubt + 3 }
              : v,
        );
        const silent = isSilent(scene, sender);
        const all =
          likelier.length > 0
            ? likelier
            : plain === undefined
              ? []
              : [{ text: plain, doubt: silent ? 3.5 : idle.get(sender) || by === 'message' ? 4 : 5.5 }];
        const others = together.filter((l) => l.role !== sender);
        const to = [[role], ...(others.length > 0 ? [[role, ...others.map((l) => l.role)]] : [])];
        return all.flatMap((value) =>
          to.flatMap((receivers) =>
            placesFor(scene, lacking, twinOfMessage(scene, sender, receivers, name, value.text)).flatMap(
              (place): Fix[] => {
                const to = receivers.map((r) => (r === role ? writtenAt(scene, lacking, place.gap) : writeName(r)));
                const line = `${writeName(sender)}.${value.text} -> ${to.map((r) => `${r}.${writeName(name)}`).join(', ')}`;
                const since = scene.held(sender).find((h) => h.name === value.text)?.since ?? 0;
                const edit =
                  since > offsetOf(place.gap) ? undefined : putStatement(context, choreography, place.gap, line);
                return edit
                  ? [
                      {
                        title: `Add \`${line}\`${placed(scene, place)} (${receivers.length} more message${receivers.length > 1 ? 's' : ''})`,
                        edits: [edit],
                        preferred: value.doubt < 3 && others.length === 0,
                        cost: {
                          doubt: doubtBy(2.5, {
                            value: value.doubt,
                            place: place.doubt,
                            fromIdle: idle.get(sender) === true,
                            fromSilent: silent && !idle.get(sender),
                            isWork: by === 'work',
                            toSeveral: receivers.length > 1,
                            sentAtWork:
                              place.beside ||
                              flow.lastAt(offsetOf(place.gap)) === sender ||
                              flow.goesOn(sender, offsetOf(place.gap)),
                            saidElsewhere: isSaid(scene, { sender, value: value.text, receiver: role }),
                            afterSpare: givesSpare(scene, place.gap, sender, value.text),
                            spare: scene.held(sender).some((h) => h.name === value.text && !h.used),
                            otherWay: otherWays.has(sender),
                            comesBack:
                              goesTo.includes(sender) &&
                              !scene.held(sender).some((h) => h.name === value.text && !h.used && h.from.size > 0),
                          }),
                          messages: 1,
                          channels: opensChannel(pairs, sender, role),
                        },
                      },
                    ]
                  : [];
              },
            ),
          ),
        );
      });
  });
}

/** A value that a role gives a variable that it lacks. */
export function assignments(scene: Scene): Fix[] {
  const { context, choreography, scope } = scene;
  return firstLacking(scene).flatMap((lacking) => {
    const { role, name, origin } = lacking;
    const type = typeFor(scene, lacking);
    const called = valuesFor(scene.held(role), scope, type, name, '', origin.start).filter((v) => v.text.endsWith(')'));
    // Of a list, a map or an option, the parts don’t matter for one that is empty.
    const shape = type ?? scene.shapeAt(origin);
    const plain = shape === undefined ? undefined : plainOf(shape, scope);
    // What is sent as it is may be anything: of that nothing is guessed.
    const isWhole = readingsOf(choreography).some(
      ({ value }) => value.origin.start === origin.start && value.origin.end === origin.end,
    );
    const guesses = !isWhole && (shape === undefined || shape === '?') ? ['0', '""', '[]', 'false'] : [];
    // What it holds and does not use, it may have used for this.
    const unused =
      type === undefined
        ? []
        : scene
            .held(role)
            .filter((h) => !h.used && h.type === type && h.name !== name && h.since <= origin.start)
            .slice(0, 1);
    const values = [
      ...worked(scene, lacking),
      ...unused.map((h) => ({ text: writeName(h.name), guess: 0.5, twin: undefined })),
      ...called.map((v) => ({ text: v.text, guess: v.doubt, twin: undefined })),
      ...(plain === undefined
        ? []
        : [{ text: plain, guess: comesBy(scene, role, name) === 'message' ? 6.5 : 3.5, twin: undefined }]),
      ...guesses.map((text, i) => ({ text, guess: 4.5 + i / 10, twin: undefined })),
    ];
    return values.flatMap(({ text: value, guess, twin }) =>
      placesFor(scene, lacking, twin).flatMap((place): Fix[] => {
        const member = writtenAt(scene, lacking, place.gap);
        const family = writeName(role);
        return [member, ...(member === family ? [] : [family])].flatMap((who): Fix[] => {
          const line = `${who}.${writeName(name)} = ${value}`;
          const edit = putStatement(context, choreography, place.gap, line);
          if (!edit) return [];
          const doubt = doubtBy(4.4, {
            sets: guess,
            place: place.doubt,
            // What is the same in each round, and for each member, is set before.
            again: value === plain || lacking.at.index ? place.loops : 0,
            allMembers: who !== member,
          });
          return [
            { title: `Add \`${line}\`${placed(scene, place)}`, edits: [edit], preferred: guess < 3, cost: { doubt } },
          ];
        });
      }),
    );
  });
}

/**
 * What other roles work out under a name, where this one could as well: of what it holds; or of nothing, where it gets
 * theirs as something else.
 */
function worked(
  scene: Scene,
  { role, name, origin }: Lacking,
): { readonly text: string; readonly guess: number; readonly twin: Twin }[] {
  const own = new Set(
    scene
      .held(role)
      .filter((h) => h.since <= origin.start)
      .map((h) => h.name),
  );
  const found: { text: string; guess: number; twin: Twin }[] = [];
  const alike = new Map<string, Set<string>>();
  walkBlock(scene.choreography.body.statements, (s) => {
    if (s.kind !== 'assignment' || wholeTarget(s.into)?.text !== name || s.role.key === role) return;
    const text = printExpr(s.value);
    alike.set(text, (alike.get(text) ?? new Set()).add(s.role.key));
  });
  const canDo = (value: Expr): boolean =>
    [...freeNames(value)].every((n) => own.has(n) || scene.scope.lookup(n) !== undefined || library.has(n));
  walkBlock(scene.choreography.body.statements, (s) => {
    if (s.kind !== 'assignment' || wholeTarget(s.into)?.text !== name || s.role.key === role || !canDo(s.value)) return;
    const ofOwn = [...freeNames(s.value)].some((n) => own.has(n));
    // Several begin with the same.
    const begins = (alike.get(printExpr(s.value))?.size ?? 0) > 1;
    if (!ofOwn && !begins && !(s.value.kind === 'call' && goesBesides(scene, s.role.key, role, name))) return;
    found.push({
      text: printExpr(s.value),
      guess: ofOwn ? -0.5 : begins ? -2 : 0,
      twin: { statement: s, before: scene.roles.indexOf(role) < scene.roles.indexOf(s.role.key) },
    });
  });
  return found.filter((one, i) => found.findIndex((other) => other.text === one.text) === i);
}

/**
 * Whether a role sends another what it has under a name, in a message that is taken under another one, or in a call of
 * both.
 */
function goesBesides(scene: Scene, from: string, to: string, name: string): boolean {
  let found = false;
  walkBlock(scene.choreography.body.statements, (s) => {
    if (s.kind === 'communication' && s.value && s.sender.key === from)
      found ||= freeNames(s.value).has(name) && s.receivers.some((r) => r.role.key === to && !takes(r.into, name));
    if (s.kind === 'call')
      found ||=
        s.args.some((a) => a.role.key === to) &&
        s.args.some((a) => a.role.key === from && a.inputs.some((input) => freeNames(input).has(name)));
  });
  return found;
}

/** Whether a variable takes the value, or a part of it. */
function takes(into: Target | undefined, name: string): boolean {
  return namesOfTarget(into).some(({ text }) => text === name);
}
