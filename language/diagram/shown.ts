// What of a sequence diagram is drawn: calls and frames folded or not, lanes hidden or in another order. All that draws
// or writes one starts from here.
import type { Count } from './counts.js';
import type { Frame, Item, Part, Place, SequenceDiagram } from './sequence.js';
import { deepestUnfolded, mostElements } from './limits.js';

export interface ShownMessage<P = Place> {
  readonly kind: 'message';
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly says: string;
  readonly implied: boolean;
  readonly place: P;
}

export interface ShownStep<P = Place> {
  readonly kind: 'step';
  readonly id: string;
  readonly lane: number;
  readonly text: string;
  readonly place: P;
}

export interface ShownJump<P = Place> {
  readonly kind: 'jump';
  readonly id: string;
  readonly text: string;
  readonly place: P;
}

export interface ShownFrame<P = Place> {
  readonly kind: 'frame';
  readonly id: string;
  /** As sequence diagrams have them; `do` is a call. */
  readonly form: 'alt' | 'opt' | 'loop' | 'par' | 'do';
  readonly title: string;
  /** The lanes that it spans; none where nothing in it is shown. */
  readonly lanes: readonly number[];
  /** A folded one has no parts. */
  readonly open: boolean;
  /** Whether there is something to unfold. */
  readonly folds: boolean;
  readonly parts: readonly ShownPart<P>[];
  /** What is folded away. */
  readonly count: Count;
  readonly place: P;
}

export interface ShownPart<P = Place> {
  readonly title: string;
  readonly items: readonly Shown<P>[];
  readonly count: Count;
  readonly place: P;
}

export type Shown<P = Place> = ShownMessage<P> | ShownStep<P> | ShownJump<P> | ShownFrame<P>;

export interface Drawing<P = Place> {
  readonly name: string;
  /** The lanes that are shown, from left to right: their places among all roles, which give them their colours. */
  readonly lanes: readonly {
    readonly lane: number;
    readonly role: string;
    /** As its head has it: a family with its sizes. */ readonly title: string;
    readonly place: P;
  }[];
  readonly items: readonly Shown<P>[];
  readonly count: Count;
  /** There was more to unfold than `mostElements`. */
  readonly cut: boolean;
}

export interface Choices {
  /**
   * Frames that are folded, and calls that are unfolded, by id; `all` unfolds every call, but those that lead back to
   * what they stand in.
   */
  readonly turned?: ReadonlySet<string>;
  readonly all?: boolean;
  /** The lanes that are shown, in order; all of them without. */
  readonly lanes?: readonly number[];
}

/**
 * What is drawn.
 * Cost: linear in what comes out, which is at most 20,000 elements
 */
export function shownOf<P>(
  diagram: SequenceDiagram<P>,
  { turned = new Set(), all = false, lanes: wanted }: Choices = {},
): Drawing<P> | undefined {
  const main = diagram.sections[diagram.main];
  if (!main) return undefined;
  const lanes = (wanted ?? main.lanes.map((_, i) => i)).flatMap((lane) => {
    const own = main.lanes[lane];
    return own ? [{ lane, role: own.role, title: `${own.role}${own.members ?? ''}`, place: own.place }] : [];
  });
  const visible = new Set(lanes.map(({ lane }) => lane));
  let left = mostElements;

  const frame = (each: Frame<P>, id: string, to: readonly number[], around: readonly string[]): ShownFrame<P> => {
    const open = !turned.has(id);
    const form =
      each.form === 'while' || each.form === 'rec' || each.form === 'for'
        ? 'loop'
        : each.form === 'par'
          ? 'par'
          : each.parts.length === 1 && each.form !== 'pick'
            ? 'opt'
            : 'alt';
    const parts = open ? each.parts.map((part, i) => shownPart(part, `${id}/${i}`, to, around)) : [];
    const inside = each.parts.flatMap(({ items }) => lanesOf(items));
    return {
      kind: 'frame',
      id,
      form,
      open,
      folds: true,
      parts,
      place: each.place,
      count: sumOf(each),
      lanes: visibleOf([...each.deciders, ...inside], to),
      // What is picked stands in the title of its one part.
      title: open
        ? each.title
        : [each.form === 'pick' ? '' : each.form, each.title || each.parts[0]?.title].filter(Boolean).join(' '),
    };
  };
  const visibleOf = (own: readonly number[], to: readonly number[]): number[] =>
    [...new Set(own.flatMap((lane) => to[lane] ?? []))].filter((lane) => visible.has(lane));
  const shownPart = (
    { title, items, count, place }: Part<P>,
    id: string,
    to: readonly number[],
    around: readonly string[],
  ): ShownPart<P> => ({ title, count, place, items: shown(items, id, to, around) });

  const shown = (
    items: readonly Item<P>[],
    above: string,
    to: readonly number[],
    around: readonly string[],
  ): Shown<P>[] => {
    const seen = new Map<string, number>();
    return items.flatMap((item): Shown<P>[] => {
      if (left <= 0) return [];
      const name = nameOf(item);
      const nth = seen.get(name) ?? 0;
      seen.set(name, nth + 1);
      const id = `${above}/${name}${nth > 0 ? `#${nth}` : ''}`;
      left--;
      switch (item.kind) {
        case 'message': {
          const [from, target] = [to[item.from], to[item.to]];
          if (from === undefined || target === undefined || !visible.has(from) || !visible.has(target)) return [];
          return [
            {
              kind: 'message',
              id,
              from,
              to: target,
              text: item.text,
              says: item.says,
              implied: item.implied === true,
              place: item.place,
            },
          ];
        }
        case 'step': {
          const lane = to[item.lane];
          return lane === undefined || !visible.has(lane)
            ? []
            : [{ kind: 'step', id, lane, text: item.text, place: item.place }];
        }
        case 'jump':
          return [{ ...item, id }];
        case 'frame':
          return [frame(item, id, to, around)];
        case 'call': {
          const section = item.section === undefined ? undefined : diagram.sections[item.section];
          const inner = item.lanes.map((lane) => to[lane] ?? -1);
          const unfolds = all
            ? around.length <= deepestUnfolded && !around.includes(item.section ?? '')
            : turned.has(id);
          const open = section !== undefined && unfolds;
          const parts = open
            ? [
                {
                  title: '',
                  count: section.count,
                  place: item.place,
                  items: shown(section.items, id, inner, [...around, item.section ?? '']),
                },
              ]
            : [];
          return [
            {
              kind: 'frame',
              id,
              form: 'do',
              title: item.text,
              lanes: visibleOf(item.lanes, to),
              open,
              folds: section !== undefined,
              parts,
              count: item.count,
              place: item.place,
            },
          ];
        }
      }
    });
  };

  const items = shown(
    main.items,
    '',
    main.lanes.map((_, i) => i),
    [diagram.main],
  );
  return { name: main.name, lanes, items, count: main.count, cut: left <= 0 };
}

/** What an element is called among its neighbours: the same while the text around it is edited. */
function nameOf<P>(item: Item<P>): string {
  switch (item.kind) {
    case 'message':
      return `${item.from}>${item.to}:${item.text}`;
    case 'step':
      return `${item.lane}:${item.text}`;
    case 'jump':
    case 'call':
      return item.text;
    case 'frame':
      return `${item.form} ${item.title}${item.parts[0]?.title ?? ''}`;
  }
}

function lanesOf<P>(items: readonly Item<P>[]): number[] {
  return [
    ...new Set(
      items.flatMap((item) => {
        switch (item.kind) {
          case 'message':
            return [item.from, item.to];
          case 'step':
            return [item.lane];
          case 'jump':
            return [];
          case 'call':
            return item.lanes;
          case 'frame':
            return [...item.deciders, ...item.parts.flatMap((part) => lanesOf(part.items))];
        }
      }),
    ),
  ];
}

function sumOf<P>({ form, parts }: Frame<P>): Count {
  const counts = parts.map(({ count }) => count);
  if (form === 'par')
    return {
      least: sum(counts, 'least'),
      most: sum(counts, 'most'),
      rounds: Math.max(0, ...counts.map((count) => count.rounds)),
      repeats: counts.some((count) => count.repeats),
    };
  const least = Math.min(...counts.map((count) => count.least), ...(form === 'if' && parts.length === 1 ? [0] : []));
  return {
    least,
    most: Math.max(0, ...counts.map((count) => count.most)),
    rounds: Math.max(0, ...counts.map((count) => count.rounds)),
    repeats: form === 'while' || form === 'rec' || form === 'for' || counts.some((count) => count.repeats),
  };
}

function sum(counts: readonly Count[], of: 'least' | 'most'): number {
  return Math.min(
    counts.reduce((all, count) => all + count[of], 0),
    Number.MAX_SAFE_INTEGER,
  );
}

/** All that is drawn, from above to below, frames before what is in them. */
export function flat<P>(items: readonly Shown<P>[]): Shown<P>[] {
  return items.flatMap((item) =>
    item.kind === 'frame' ? [item, ...item.parts.flatMap((part) => flat(part.items))] : [item],
  );
}

/** What stands behind the word that starts a part of a frame: `alt`, `loop`, and `else` for the parts that follow. */
export function headOf<P>({ title, parts }: ShownFrame<P>, part: number): string {
  const own = parts[part]?.title ?? '';
  return part === 0 ? [title, own].filter(Boolean).join(' ') : own === 'else' ? '' : own;
}
