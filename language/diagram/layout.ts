// Where the parts of a sequence diagram stand, in pixels: lanes as wide as what is written between them, rows as high
// as their notes.
import { english } from '../text/wording.js';
import type { Wording } from '../text/wording.js';
import { countText } from './counts.js';
import { fit, wrap } from './fit.js';
import type { Measure } from './fit.js';
import type { Drawing, Shown, ShownFrame, ShownJump, ShownMessage, ShownStep } from './shown.js';

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface LaneAt<P> {
  /** Its place among all roles. */
  readonly lane: number;
  /** What stands at its head: the role, a family with its sizes. */
  readonly role: string;
  readonly x: number;
  readonly place: P;
}

export interface MessageAt<P> {
  readonly item: ShownMessage<P>;
  readonly x1: number;
  readonly x2: number;
  readonly y: number;
  readonly label: string;
  /** What a click hits. */
  readonly area: Area;
}

export interface StepAt<P> {
  readonly item: ShownStep<P>;
  readonly area: Area;
  readonly lines: readonly string[];
}

export interface JumpAt<P> {
  readonly item: ShownJump<P>;
  readonly area: Area;
}

export interface FrameAt<P> {
  readonly item: ShownFrame<P>;
  readonly area: Area;
  /** The word in its corner. */
  readonly word: string;
  readonly wordWidth: number;
  /** What heads each part, with its count at the right; where it starts, if it is not the first. */
  readonly parts: readonly {
    readonly title: string;
    readonly count: string;
    readonly y: number;
    readonly line: boolean;
  }[];
}

export interface SequenceGeometry<P> {
  readonly width: number;
  readonly height: number;
  readonly lanes: readonly LaneAt<P>[];
  readonly messages: readonly MessageAt<P>[];
  readonly steps: readonly StepAt<P>[];
  readonly jumps: readonly JumpAt<P>[];
  /** Outer ones first. */
  readonly frames: readonly FrameAt<P>[];
  /** The ids of all elements, from above to below, with their middles. */
  readonly order: readonly { readonly id: string; readonly y: number }[];
}

const rowHeight = 34;
const headHeight = 26;
const lineHeight = 17;
const noteWidth = 220;
const labelWidth = 320;
/** How far a frame reaches beyond what is in it, on each side. */
const inset = 10;
const margin = 20;
/** Lanes that have more room than they need are no further apart than this. */
const widestGap = 280;

/**
 * Lays a diagram out.
 * @param measure the width of a text in the font of the labels
 * @param room how wide it may be without being scrolled: lanes stand further apart where there is more than they need;
 *   `signs`: frames say that they fold; `t` says in the reader's language what is counted
 * Cost: linear in what is shown, times the lanes where notes stand beside each other
 */
export function sequenceGeometry<P>(
  { lanes, items }: Drawing<P>,
  measure: Measure,
  {
    room = 0,
    signs = false,
    t = english,
  }: { readonly room?: number; readonly signs?: boolean; readonly t?: Wording } = {},
): SequenceGeometry<P> {
  const columns = new Map(lanes.map(({ lane }, i) => [lane, i]));
  const column = (lane: number): number => columns.get(lane) ?? 0;
  const wrapped = new Map<string, readonly string[]>();
  const linesOf = (step: ShownStep<P>): readonly string[] => {
    const lines = wrapped.get(step.id) ?? wrap(step.text, noteWidth - 20, measure);
    wrapped.set(step.id, lines);
    return lines;
  };
  const noteOf = (step: ShownStep<P>): number => Math.max(36, ...linesOf(step).map(measure)) + 20;
  const deepest = items.reduce((most, item) => Math.max(most, depthOf(item)), 0);
  const side = margin + deepest * inset;
  const xs = columnsOf(
    lanes.map(({ title }) => title),
    items,
    { measure, column, noteOf, side, room },
  );
  const x = (lane: number): number => xs[column(lane)] ?? side;

  const spans = new Map<Shown<P>, Span | undefined>();
  const spanOf = (item: Shown<P>): Span | undefined => {
    if (!spans.has(item)) spans.set(item, findSpan(item));
    return spans.get(item);
  };
  /** How far an element reaches; frames around what is in them. */
  const findSpan = (item: Shown<P>): Span | undefined => {
    switch (item.kind) {
      case 'jump':
        return undefined;
      case 'step':
        return { left: x(item.lane) - noteOf(item) / 2, right: x(item.lane) + noteOf(item) / 2 };
      case 'message': {
        const [left, right] = [Math.min(x(item.from), x(item.to)), Math.max(x(item.from), x(item.to))];
        return { left, right: left === right ? right + 44 + Math.min(labelWidth, measure(item.text)) : right };
      }
      case 'frame': {
        const inner = [
          ...item.lanes.map((lane) => ({ left: x(lane) - 12, right: x(lane) + 12 })),
          ...item.parts.flatMap((part) => part.items.flatMap((each) => spanOf(each) ?? [])),
        ];
        return inner.length === 0
          ? undefined
          : {
              left: Math.min(...inner.map(({ left }) => left)) - inset,
              right: Math.max(...inner.map(({ right }) => right)) + inset,
            };
      }
    }
  };

  const placed = {
    messages: [] as MessageAt<P>[],
    steps: [] as StepAt<P>[],
    jumps: [] as JumpAt<P>[],
    frames: [] as FrameAt<P>[],
    order: [] as { id: string; y: number }[],
  };
  const last = xs.at(-1) ?? side;
  let widest = last;
  const place = (item: Shown<P>, top: number, around: Span | undefined): number => {
    switch (item.kind) {
      case 'message': {
        const [x1, x2] = [x(item.from), x(item.to)];
        const y = top + rowHeight - 10;
        const self = x1 === x2;
        const label = fit(item.text, self ? labelWidth : Math.min(labelWidth, Math.abs(x1 - x2) - 20), measure);
        const left = Math.min(x1, x2) - 12;
        placed.messages.push({
          item,
          x1,
          x2,
          y,
          label,
          area: { x: left, y: top, width: self ? 60 + measure(label) : Math.abs(x1 - x2) + 24, height: rowHeight },
        });
        placed.order.push({ id: item.id, y });
        return top + rowHeight;
      }
      case 'step': {
        const lines = linesOf(item);
        const [width, height] = [noteOf(item), lines.length * lineHeight + 9];
        placed.steps.push({ item, lines, area: { x: x(item.lane) - width / 2, y: top + 5, width, height } });
        placed.order.push({ id: item.id, y: top + height / 2 });
        widest = Math.max(widest, x(item.lane) + width / 2);
        return top + height + 10;
      }
      case 'jump': {
        const { left, right } = around ?? { left: side, right: last };
        placed.jumps.push({
          item,
          area: { x: left, y: top + 4, width: Math.max(right - left, measure(item.text) + 16), height: headHeight - 4 },
        });
        placed.order.push({ id: item.id, y: top + headHeight / 2 });
        return top + headHeight + 4;
      }
      case 'frame': {
        const wordText = wordOf(item, signs);
        const wordWidth = Math.min(measure(wordText) + 18, 420);
        const heads = item.open
          ? item.parts.map(({ title, count }, i) => ({
              title: title ? `[${title}]` : '',
              count: item.parts.length > 1 || i > 0 ? countText(count, true, t) : '',
            }))
          : [{ title: '', count: countText(item.count, true, t) }];
        const needed = Math.max(
          ...heads.map(
            ({ title, count }, i) => Math.min(measure(title), 320) + (i === 0 ? wordWidth : 0) + measure(count) + 46,
          ),
          60,
        );
        const span = spanOf(item) ?? around ?? { left: side, right: last };
        const { left } = span;
        const bounds = { left, right: Math.max(span.right, left + needed) };
        widest = Math.max(widest, bounds.right);
        const at = placed.frames.length;
        let y = top + 4;
        const start = y;
        const parts: { title: string; count: string; y: number; line: boolean }[] = [];
        // The frame comes before what is in it, so that this lies above it.
        placed.frames.push({ item, area: { x: left, y, width: 0, height: 0 }, word: '', wordWidth, parts });
        placed.order.push({ id: item.id, y: y + headHeight / 2 });
        heads.forEach((head, i) => {
          const title = fit(
            head.title,
            Math.max(40, bounds.right - left - (i === 0 ? wordWidth : 0) - measure(head.count) - 36),
            measure,
          );
          parts.push({ title, count: head.count, y, line: i > 0 });
          y += headHeight;
          const part = item.parts[i];
          for (const each of part?.items ?? []) y = place(each, y, { left: left + 8, right: bounds.right - 8 });
          if (item.open) y += part && part.items.length === 0 ? 10 : 6;
        });
        placed.frames[at] = {
          item,
          area: { x: left, y: start, width: bounds.right - left, height: y - start },
          word: fit(wordText, wordWidth - 16, measure),
          wordWidth,
          parts,
        };
        return y + 6;
      }
    }
  };
  let y = 8;
  for (const item of items) y = place(item, y, undefined);
  const lastHead = measure(lanes.at(-1)?.title ?? '') / 2 + 12;
  return {
    ...placed,
    width: Math.max(widest + margin, last + lastHead + 8, room),
    height: y + 16,
    lanes: lanes.map(({ lane, title, place: at }) => ({ lane, role: title, x: x(lane), place: at })),
  };
}

interface Span {
  readonly left: number;
  readonly right: number;
}

/** What stands in the corner of a frame. */
function wordOf<P>({ form, title, open, folds }: ShownFrame<P>, signs: boolean): string {
  const sign = folds && signs ? (open ? '▾ ' : '▸ ') : '';
  return form === 'do' || !open ? `${sign}${title}` : `${sign}${form}${title ? ` ${title}` : ''}`;
}

/** How many frames are in each other. */
function depthOf<P>(item: Shown<P>): number {
  return item.kind === 'frame'
    ? 1 +
        item.parts.reduce(
          (most, part) => part.items.reduce((deepest, each) => Math.max(deepest, depthOf(each)), most),
          0,
        )
    : 0;
}

interface Room<P> {
  readonly measure: Measure;
  readonly column: (lane: number) => number;
  readonly noteOf: (step: ShownStep<P>) => number;
  readonly side: number;
  readonly room: number;
}

/**
 * The x of each lane: neighbours are as far apart as heads, labels and notes need, and further up to where there is
 * room.
 */
function columnsOf<P>(
  roles: readonly string[],
  items: readonly Shown<P>[],
  { measure, column, noteOf, side, room }: Room<P>,
): number[] {
  const gaps = roles.slice(1).map((role, i) => Math.max(90, (measure(roles[i] ?? '') + measure(role)) / 2 + 44));
  const widen = (from: number, to: number, width: number): void => {
    const [left, right] = [Math.min(from, to), Math.max(from, to)];
    const now = gaps.slice(left, right).reduce((sum, gap) => sum + gap, 0);
    if (width > now) for (let i = left; i < right; i++) gaps[i] = (gaps[i] ?? 0) + (width - now) / (right - left);
  };
  const widths = new Map<string, { from: number; to: number; width: number }>();
  const reach = roles.map(() => 0);
  const visit = (all: readonly Shown<P>[]): void => {
    for (const item of all) {
      if (item.kind === 'frame') item.parts.forEach((part) => visit(part.items));
      else if (item.kind === 'step')
        reach[column(item.lane)] = Math.max(reach[column(item.lane)] ?? 0, noteOf(item) / 2);
      else if (item.kind === 'message') {
        const [from, to] = [Math.min(column(item.from), column(item.to)), Math.max(column(item.from), column(item.to))];
        const width = Math.min(labelWidth, measure(item.text)) + (from === to ? 60 : 36);
        const key = `${from} ${to}`;
        if (width > (widths.get(key)?.width ?? 0)) widths.set(key, { from, to, width });
      }
    }
  };
  visit(items);
  roles.forEach((_, i) => {
    if (i + 1 < roles.length) widen(i, i + 1, Math.max(reach[i] ?? 0, reach[i + 1] ?? 0) + 14);
  });
  // Labels between neighbours first, so that those that go further have less left to ask for.
  for (const { from, to, width } of [...widths.values()].sort((a, b) => a.to - a.from - (b.to - b.from)))
    if (from < to) widen(from, to, width);
  const first = side + Math.max(measure(roles[0] ?? '') / 2 + 12, reach[0] ?? 0);
  const end = side + Math.max(measure(roles.at(-1) ?? '') / 2 + 12, reach.at(-1) ?? 0);
  const spare = Math.max(0, room - first - end - gaps.reduce((sum, gap) => sum + gap, 0)) / Math.max(1, gaps.length);
  const xs = [first];
  for (const gap of gaps) xs.push((xs.at(-1) ?? first) + Math.max(gap, Math.min(widestGap, gap + spare)));
  return xs;
}
