// From the places of a role back to code: what is come to again is a loop, what all ways share stands behind them.
import type { Name, TextRange } from '../ir/expression.js';
import { bothOrigins, cons, continues, falls, messageKey, nodesOf, prepend, sameLoop, sizeOf } from './behaviour.js';
import type { List, Loop, Node } from './behaviour.js';
import { nextPlaces } from './determinise.js';
import type { Determined } from './determinise.js';
import type { Merging } from './merge.js';
import type { Move, Place, Subsets } from './subsets.js';
import { mostLists } from './limits.js';

/** What is known of the places around a decision. */
export interface Known {
  /** What follows the decision. */
  readonly follow: Place;
  /** Whether the decision may be left by what follows it. */
  readonly falls: boolean;
  /** The loops around, innermost first. */
  readonly loops: readonly { readonly loop: Loop; readonly place: Place }[];
  /** The code of what follows, where it has to be written out. */
  readonly code: () => List;
  /** The code from places on that come later, with all that follows. */
  readonly solved: ReadonlyMap<Place, List>;
}

/**
 * The code of a role from a decision on.
 * @returns the code, and whether it has taken in all that follows; undefined where it would be too large
 * Cost: linear where places are come to on one way only; bounded in any case
 */
export function restructure(
  determined: Determined,
  subsets: Subsets,
  known: Known,
  merging: Merging,
): { readonly list: List; readonly closed: boolean } | undefined {
  return new Writer(determined, subsets, known, merging).write();
}

type Heads = ReadonlyMap<number, Loop>;

class TooLarge extends Error {}

class Writer {
  private readonly follow: number;
  private readonly solved = new Map<number, List>();
  private readonly members = new Map<number, Place[]>();
  private readonly reached = new Map<number, ReadonlySet<number>>();
  private readonly loops = new Map<number, Loop>();
  private readonly done = new Map<string, List>();
  private closed = false;
  private lists = 0;

  constructor(
    private readonly determined: Determined,
    private readonly subsets: Subsets,
    private readonly known: Known,
    private readonly merging: Merging,
  ) {
    this.follow = determined.classOf(known.follow);
    for (const [place, list] of known.solved)
      if (place !== determined.start && this.of(place) >= 0) this.solved.set(this.of(place), list);
    for (const place of determined.places) {
      const own = this.members.get(this.of(place));
      if (own) own.push(place);
      else this.members.set(this.of(place), [place]);
    }
  }

  write(): { list: List; closed: boolean } | undefined {
    const start = this.of(this.determined.start);
    const region = this.from(start, true);
    const ends = [...region].some(
      (each) => each !== this.follow && (this.solved.has(each) || this.move(each).kind === 'end'),
    );
    // What ends here, while other ways go on to what follows, can't be left by falling through.
    this.closed = ends || !this.known.falls || !region.has(this.follow);
    try {
      return { list: this.code(start, new Map(), true), closed: this.closed };
    } catch (error) {
      if (error instanceof TooLarge) return undefined;
      throw error;
    }
  }

  private of(place: Place): number {
    return this.determined.classOf(place);
  }

  private loopOf(each: number): Loop | undefined {
    return this.known.loops.find(({ place }) => this.of(place) === each)?.loop;
  }

  /** The classes that are come to from one, itself included, as far as what is known. */
  private from(start: number, first = false): ReadonlySet<number> {
    const found = new Set([start]);
    for (const each of found) {
      if (!(first && each === start) && this.isKnown(each)) continue;
      for (const place of nextPlaces(this.subsets, this.member(each))) found.add(this.of(place));
    }
    return found;
  }

  private isKnown(each: number): boolean {
    return each === this.follow || this.solved.has(each) || this.loopOf(each) !== undefined;
  }

  private reachedFrom(each: number): ReadonlySet<number> {
    let known = this.reached.get(each);
    if (!known) this.reached.set(each, (known = this.from(each)));
    return known;
  }

  private member(each: number): Place {
    return this.members.get(each)?.[0] ?? this.determined.start;
  }

  private move(each: number): Move {
    return this.subsets.moveOf(this.member(each));
  }

  /** The code from a class on; the loops that are open are gone round by `continue`. */
  private code(each: number, heads: Heads, first = false): List {
    if (!first) {
      const loop = heads.get(each);
      if (loop) return again(loop);
      const outer = this.loopOf(each);
      if (each === this.follow && !(this.closed && outer)) return this.closed ? this.known.code() : undefined;
      if (outer) return again(outer);
      if (this.solved.has(each)) return this.solved.get(each);
    }
    const reached = first ? this.from(each, true) : this.reachedFrom(each);
    const key = `${first} ${each} ${[...heads.keys()].filter((head) => reached.has(head)).join()}`;
    if (this.done.has(key)) return this.done.get(key);
    if (++this.lists > mostLists) throw new TooLarge();
    const list = this.isLoop(each, heads) ? this.loop(each, heads) : this.step(each, heads);
    if (!this.merging.fits(list)) throw new TooLarge();
    this.done.set(key, list);
    return list;
  }

  /** Whether a class is come to again without going round a loop that is open. */
  private isLoop(each: number, heads: Heads): boolean {
    const found = new Set<number>();
    const open = [each];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      for (const place of nextPlaces(this.subsets, this.member(at))) {
        const to = this.of(place);
        if (this.isKnown(to) || heads.has(to)) continue;
        if (to === each) return true;
        if (!found.has(to)) open.push(to);
        found.add(to);
      }
    }
    return false;
  }

  private loop(each: number, heads: Heads): List {
    const own = this.newLoop(each, heads);
    const body = this.step(each, new Map(heads).set(each, own));
    if (!this.merging.fits(body)) throw new TooLarge();
    if (!continues(body, own)) return body;
    const move = this.move(each);
    const whole = (move.kind === 'decide' && move.decision.form === 'while' ? whileOf(body, own) : undefined) ?? body;
    if (!continues(whole, own)) return whole;
    const { body: inside, end } = this.merging.factorLoop(whole, own);
    return cons({ kind: 'rec', loop: own, body: inside, origins: [own.name.origin] }, end);
  }

  /**
   * A loop of its own. Its name is that of the source's loop that begins there, or else on the way round, where no open
   * loop has it; else that of a choreography that calls itself.
   */
  private newLoop(each: number, heads: Heads): Loop {
    let own = this.loops.get(each);
    if (!own) {
      const move = this.move(each);
      const open = new Set([...heads.values()].map(({ name }) => name.text));
      const round = [...this.from(each, true)].filter((other) => other === each || this.reachedFrom(other).has(each));
      const namesOf = (of: (place: Place) => Name | undefined): readonly Name[] =>
        round.flatMap((other) => this.members.get(other)?.flatMap((place) => of(place) ?? []) ?? []);
      const loops = [...namesOf((place) => place.loop), ...namesOf((place) => place.entered)];
      const name = loops.find(({ text }) => !open.has(text)) ?? { text: 'Loop', origin: originOf(move) };
      own = { name, from: 'automaton', number: this.subsets.unique++ };
      this.loops.set(each, own);
    }
    return own;
  }

  private step(each: number, heads: Heads): List {
    const moves = (this.members.get(each) ?? [this.determined.start]).map((place) => this.subsets.moveOf(place));
    const [move] = moves;
    const origins = (of: (other: Move) => readonly TextRange[] | undefined): readonly TextRange[] =>
      moves.reduce<readonly TextRange[]>((all, other) => bothOrigins(all, of(other) ?? []), []);
    switch (move?.kind) {
      case 'gap':
        return cons({ kind: 'leaf', action: move.action }, undefined);
      case 'do': {
        const action = {
          ...move.leaf.action,
          origins: origins((other) => (other.kind === 'do' ? other.leaf.action.origins : undefined)),
        };
        return cons({ kind: 'leaf', action }, this.code(this.of(move.to), heads));
      }
      case 'receive': {
        const arms = move.ways.map((way) => ({
          arm: {
            ...way.arm,
            origins: origins((other) =>
              other.kind === 'receive'
                ? other.ways.find(({ arm }) => messageKey(arm) === messageKey(way.arm))?.arm.origins
                : undefined,
            ),
          },
          body: prepend(way.copies, this.code(this.of(way.to), heads)),
        }));
        const all = origins((other) => (other.kind === 'receive' ? other.origins : undefined));
        const [only] = arms;
        // Here the role finds out what was decided.
        const decisions = (this.members.get(each) ?? []).flatMap((place) => place.decisions);
        if (only && arms.length === 1) return cons({ kind: 'receive', arms: [only.arm], origins: all }, only.body);
        return this.factored({
          kind: 'receive',
          arms: arms.map(({ arm, body }) => ({ ...arm, body })),
          origins: bothOrigins(all, decisions),
        });
      }
      case 'decide': {
        const { form, value, patterns } = move.decision;
        const all = origins((other) => (other.kind === 'decide' ? other.origins : undefined));
        const bodies = move.to.map((to) => this.code(this.of(to), heads));
        const node: Node = {
          kind: 'fork',
          form: form === 'while' ? 'if' : form,
          value,
          patterns,
          bodies,
          origins: all,
        };
        // A loop with its condition at the head is put together as a whole.
        return form === 'while' && heads.has(each) ? cons(node, undefined) : this.factored(node);
      }
      case 'end':
      case 'failed':
      case undefined:
        return undefined;
    }
  }

  private factored(node: Node): List {
    const list = this.merging.factor(node);
    if (sizeOf(list) > 0 && !this.merging.fits(list)) throw new TooLarge();
    return list;
  }
}

function again(loop: Loop): List {
  return cons({ kind: 'leaf', action: { kind: 'continue', loop, origins: [loop.name.origin] } }, undefined);
}

function originOf(move: Move): TextRange {
  return (
    (move.kind === 'do'
      ? move.leaf.action.origins[0]
      : move.kind === 'receive' || move.kind === 'decide'
        ? move.origins[0]
        : undefined) ?? { start: 0, end: 0 }
  );
}

/** A body that is a condition before a round, and what comes after the last, as a `while` and what comes after it. */
function whileOf(body: List, loop: Loop): List {
  const [fork, ...more] = nodesOf(body);
  if (fork?.kind !== 'fork' || fork.form !== 'if' || !fork.value || more.length > 0) return undefined;
  const [round, rest] = fork.bodies;
  const nodes = nodesOf(round);
  const last = nodes.pop();
  if (last?.kind !== 'leaf' || last.action.kind !== 'continue' || !sameLoop(last.action.loop, loop)) return undefined;
  const inner = prepend(nodes, undefined);
  if (!falls(inner) || continues(inner, loop)) return undefined;
  return cons({ kind: 'while', condition: fork.value, body: inner, origins: fork.origins }, rest);
}
