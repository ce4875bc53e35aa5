// Where the parts of a run's diagram stand, in pixels: lanes as wide as what is written between them, rows as high as
// their notes.
import { fit, wrap } from '../../language/diagram/fit.js';
import type { Measure } from '../../language/diagram/fit.js';
import type { Arrow, Diagram, Fold, Note, Wait } from '../../protocol/runs.js';

export interface LaneLine {
  readonly lane: number;
  readonly role: string;
  readonly index: number;
  readonly x: number;
  /** Where the lifeline ends. */
  readonly bottom: number;
  /** What its end looks like: a bar, a stop, or nothing, where it goes on. */
  readonly end: 'ended' | 'waits' | 'open';
}

export interface ArrowLine {
  readonly arrow: Arrow;
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly label: string;
}

export interface NoteBox {
  readonly note: Note;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly lines: readonly string[];
}

export interface WaitLine {
  readonly wait: Wait;
  readonly x1: number;
  readonly x2: number;
  readonly y: number;
  readonly label: string;
}

export interface FoldBand {
  readonly fold: Fold;
  readonly open: boolean;
  readonly y: number;
}

/** The area that stands for a step, or for a role at the end; what it is called in the page. */
export interface Hit {
  readonly key: string;
  readonly step?: number;
  readonly end?: number;
  readonly lane: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Geometry {
  readonly width: number;
  readonly height: number;
  readonly lanes: readonly LaneLine[];
  readonly arrows: readonly ArrowLine[];
  readonly notes: readonly NoteBox[];
  readonly waits: readonly WaitLine[];
  readonly folds: readonly FoldBand[];
  /** In the order of the run: its steps, then how it ends. */
  readonly hits: readonly Hit[];
  /** The numbers of the steps of a row. */
  readonly numbers: readonly { readonly y: number; readonly text: string }[];
  readonly endY: number;
  /** How much room the numbers have at the left. */
  readonly gutter: number;
}

const rowHeight = 34;
const lineHeight = 17;
const foldHeight = 30;
const noteWidth = 230;
const labelWidth = 340;
/** Lanes that have more room than they need are no further apart than this. */
const widestGap = 280;
const margin = 24;

/**
 * Lays a diagram out.
 * @param measure the width of a text in the font of the labels
 * @param open the first rows of the repetitions that are shown in full
 * @param room how wide it may be without being scrolled: lanes stand further apart where there is more than they need
 */
export function geometryOf(diagram: Diagram, measure: Measure, open: ReadonlySet<number>, room = 0): Geometry {
  const { lanes, rows, arrows, notes, waits, folds } = diagram;
  const wrapped = new Map(notes.map((note) => [note, wrapCode(note.text, noteWidth - 20, measure)]));
  const widthOf = (note: Note): number =>
    Math.max(40, ...(wrapped.get(note) ?? []).map(measure)) + (note.kind === 'queue' || note.kind === 'lost' ? 42 : 20);

  // From above to below.
  const hidden = (row: number): boolean =>
    folds.some((fold) => !open.has(fold.first) && row >= fold.first && row < fold.last);
  const heights = Array.from({ length: rows }, (_, row): number => (hidden(row) ? 0 : rowHeight));
  for (const note of notes)
    if (!hidden(note.row))
      heights[note.row] = Math.max(heights[note.row] ?? 0, (wrapped.get(note)?.length ?? 1) * lineHeight + 19);
  const centres: number[] = [];
  const bands: FoldBand[] = [];
  let top = 10;
  for (let row = 0; row < rows; row++) {
    const fold = folds.find(({ first }) => first === row);
    if (fold) {
      bands.push({ fold, open: open.has(fold.first), y: top + foldHeight / 2 });
      top += foldHeight;
    }
    const height = heights[row] ?? 0;
    centres.push(top + height / 2);
    top += height;
  }
  const y = (row: number): number => centres[row] ?? top;

  // From left to right.
  const shownArrows = arrows.filter(({ top: row }) => !hidden(row));
  const shownNotes = notes.filter(({ row }) => !hidden(row));
  const numbers = numbersOf(shownArrows, shownNotes, y);
  const gutter = Math.max(...numbers.map(({ text }) => measure(text)), 24) + 22;
  const last = lanes.length - 1;
  const reach = Math.max(
    0,
    ...notes.filter(({ lane }) => lane === last).map((note) => widthOf(note) / 2),
    measure(lanes[last]?.role ?? '') / 2 + 16,
  );
  const xs = columns(diagram, measure, widthOf, gutter, room - reach - margin);
  const x = (lane: number): number => xs[lane] ?? gutter;
  const arrowLines = shownArrows.map((arrow): ArrowLine => ({
    arrow,
    x1: x(arrow.from),
    y1: y(arrow.top),
    x2: x(arrow.to),
    y2: y(arrow.bottom),
    label: fit(arrow.message, Math.min(labelWidth, Math.abs(x(arrow.from) - x(arrow.to)) - 30), measure),
  }));
  const boxes = shownNotes.map((note): NoteBox => {
    const lines = wrapped.get(note) ?? [];
    const [width, height] = [widthOf(note), lines.length * lineHeight + 9];
    return { note, lines, width, height, x: x(note.lane) - width / 2, y: y(note.row) - height / 2 };
  });
  const waitLines = waits.map((wait): WaitLine => ({
    wait,
    x1: x(wait.from),
    x2: x(wait.to),
    y: y(wait.row),
    label: fit(wait.text, Math.min(labelWidth, Math.abs(x(wait.from) - x(wait.to)) - 36), measure),
  }));

  return {
    // The line at the end reaches across all that there is room for.
    width: Math.max(x(last) + reach + margin, room),
    height: top + 14,
    lanes: lanes.map(({ role, index }, lane): LaneLine => {
      const wait = waits.find(({ from }) => from === lane);
      const box = boxes.find(({ note }) => note.lane === lane && note.kind === 'ended');
      return {
        lane,
        role,
        index,
        x: x(lane),
        bottom: wait ? y(wait.row) : box ? box.y : top + 4,
        end: wait ? 'waits' : box ? 'ended' : 'open',
      };
    }),
    arrows: arrowLines,
    notes: boxes,
    waits: waitLines,
    folds: bands,
    endY: y(diagram.end.row),
    hits: hitsOf(arrowLines, boxes, waitLines),
    numbers,
    gutter,
  };
}

/** The x of each lane: neighbours are as far apart as heads, labels and notes need, and further up to `right`. */
function columns(
  { lanes, arrows, notes, waits }: Diagram,
  measure: Measure,
  widthOf: (note: Note) => number,
  gutter: number,
  right: number,
): number[] {
  const gaps = lanes
    .slice(1)
    .map((lane, i) => Math.max(120, (measure(lanes[i]?.role ?? '') + measure(lane.role)) / 2 + 50));
  const widen = (from: number, to: number, width: number): void => {
    const [left, right] = [Math.min(from, to), Math.max(from, to)];
    const now = gaps.slice(left, right).reduce((sum, gap) => sum + gap, 0);
    for (let i = left; i < right; i++) gaps[i] = (gaps[i] ?? 0) + Math.max(0, width - now) / (right - left);
  };
  const reach = lanes.map((_, lane) =>
    Math.max(0, ...notes.filter((note) => note.lane === lane).map((note) => widthOf(note) / 2)),
  );
  lanes.forEach((_, lane) => {
    if (lane > 0) widen(lane - 1, lane, (reach[lane] ?? 0) + 14);
    if (lane < lanes.length - 1) widen(lane, lane + 1, (reach[lane] ?? 0) + 14);
  });
  const places = new Map(notes.map((note) => [`${note.lane} ${note.row}`, note]));
  for (const note of notes) {
    const beside = places.get(`${note.lane + 1} ${note.row}`);
    if (beside) widen(note.lane, beside.lane, (widthOf(note) + widthOf(beside)) / 2 + 12);
  }
  // Labels between neighbours first, so that those that go further have less left to ask for.
  const labelled = [
    ...arrows.map(({ from, to, message }) => ({ from, to, width: Math.min(labelWidth, measure(message)) + 56 })),
    ...waits.map(({ from, to, text }) => ({ from, to, width: Math.min(labelWidth, measure(text)) + 64 })),
  ];
  for (const { from, to, width } of labelled.sort((a, b) => Math.abs(a.from - a.to) - Math.abs(b.from - b.to)))
    widen(from, to, width);
  const first = gutter + Math.max(measure(lanes[0]?.role ?? '') / 2 + 16, reach[0] ?? 0) + 4;
  const spare = Math.max(0, right - first - gaps.reduce((sum, gap) => sum + gap, 0)) / Math.max(1, gaps.length);
  return gaps
    .map((gap) => Math.max(gap, Math.min(widestGap, gap + spare)))
    .reduce<number[]>((xs, gap) => [...xs, (xs.at(-1) ?? first) + gap], [first]);
}

/** A step has the half of its arrow that is at its role, a role that waits the whole of its arrow. */
function hitsOf(arrows: readonly ArrowLine[], notes: readonly NoteBox[], waits: readonly WaitLine[]): Hit[] {
  const steps: Hit[] = [];
  const ends: Hit[] = [];
  const half = (step: number, lane: number, x1: number, x2: number, y: number): void => {
    const [left, right] = x1 < x2 ? [x1 - 14, (x1 + x2) / 2] : [(x1 + x2) / 2, x1 + 14];
    steps.push({
      key: `step-${step}`,
      step,
      lane,
      x: left,
      width: right - left,
      y: y - rowHeight / 2,
      height: rowHeight,
    });
  };
  for (const { arrow, x1, y1, x2, y2 } of arrows) {
    if (arrow.send !== undefined) half(arrow.send, arrow.from, x1, x2, y1);
    if (arrow.receive !== undefined) half(arrow.receive, arrow.to, x2, x1, y2);
  }
  notes.forEach(({ note, x, y, width, height }) => {
    const area = { lane: note.lane, x, y, width, height };
    if (note.end !== undefined) ends.push({ key: `end-${note.end}`, end: note.end, ...area });
    else if (note.kind === 'queue' || note.kind === 'lost')
      ends.push({ key: `queue-${note.step}`, step: note.step, ...area });
    else steps.push({ key: `step-${note.step}`, step: note.step, ...area });
  });
  for (const { wait, x1, x2, y } of waits) {
    ends.push({
      key: `end-${wait.end}`,
      end: wait.end,
      lane: wait.from,
      x: Math.min(x1, x2) - 14,
      width: Math.abs(x1 - x2) + 28,
      y: y - rowHeight / 2,
      height: rowHeight,
    });
  }
  return [...steps.sort((a, b) => (a.step ?? 0) - (b.step ?? 0)), ...ends.sort((a, b) => a.y - b.y)];
}

function numbersOf(
  arrows: readonly Arrow[],
  notes: readonly Note[],
  y: (row: number) => number,
): { y: number; text: string }[] {
  const byRow = new Map<number, number[]>();
  const add = (row: number, step: number | undefined): void => {
    if (step !== undefined)
      byRow.set(
        row,
        [...(byRow.get(row) ?? []), step + 1].sort((a, b) => a - b),
      );
  };
  for (const { top, bottom, send, receive } of arrows) {
    add(top, send);
    add(bottom, receive);
  }
  for (const { row, step, kind } of notes) if (kind === 'decide' || kind === 'choose') add(row, step);
  return [...byRow].map(([row, steps]) => ({
    y: y(row),
    text: steps.length > 1 ? `${steps[0]}–${steps.at(-1)}` : String(steps[0]),
  }));
}

/** The text in lines. Code that goes on in the next line is code there too. */
function wrapCode(text: string, width: number, measure: Measure): string[] {
  let code = false;
  return wrap(text, width, measure).map((each) => {
    const opened = code ? `\`${each}` : each;
    code = opened.split('`').length % 2 === 0;
    return code ? `${opened}\`` : opened;
  });
}
