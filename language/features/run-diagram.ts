// A run as a sequence diagram: lanes, and what stands on which row of them. Nothing of pixels, colours or fonts.
import { endTitle, isInCircle } from './run.js';
import { repetitionsIn } from './run-repeats.js';
import { quotedWait } from '../text/words.js';
import type { Run, RunEnd, RunStep } from '../findings/run.js';

/** A role's lifeline. */
interface Lane {
  readonly role: string;
  /** Its place among all roles, which gives it its colour. */
  readonly index: number;
}

/** A message, from the row where it is sent to the row where it is received: level where these are the same. */
interface Arrow {
  readonly from: number;
  readonly to: number;
  readonly top: number;
  readonly bottom: number;
  readonly message: string;
  /** The step that sends, and the one that receives; one of the two may be missing. */
  readonly send?: number;
  readonly receive?: number;
  /**
   * `queued`: it lies in the queue at the end; `wrong`: and that is what is wrong; `open`: its receiver is not followed
   * so far.
   */
  readonly state: 'taken' | 'queued' | 'wrong' | 'open';
}

/** Something that one role does alone, or how it stands at the end. */
interface Note {
  readonly lane: number;
  readonly row: number;
  readonly text: string;
  readonly kind: 'decide' | 'choose' | 'ended' | 'stands' | 'active' | 'takes' | 'differs' | 'queue' | 'lost';
  readonly step?: number;
  readonly end?: number;
}

/** At the end: a role that waits for another; part of the circle, or not. */
interface Wait {
  readonly from: number;
  readonly to: number;
  readonly row: number;
  readonly text: string;
  readonly end: number;
  readonly circle: boolean;
}

/** Rows that say once more what the rows before them say. */
interface Fold {
  /** The rows that may be hidden: from the first, up to but without the last. */
  readonly first: number;
  readonly last: number;
  /** How often they repeat what comes before them. */
  readonly times: number;
  readonly steps: readonly [number, number];
}

export interface Diagram {
  readonly lanes: readonly Lane[];
  readonly rows: number;
  readonly arrows: readonly Arrow[];
  readonly notes: readonly Note[];
  readonly waits: readonly Wait[];
  readonly folds: readonly Fold[];
  /** What heads the end, and the row that it stands on. */
  readonly end: { readonly row: number; readonly text: string };
}

/**
 * Lays a run out.
 * @param numbers the place of each role among all roles of its network
 * Cost: that of `repetitionsIn`, which is more than linear in the steps
 */
export function diagramOf(run: Run, numbers: ReadonlyMap<string, number>): Diagram {
  const { roles, steps, ends, queues } = run;
  const laneOf = new Map(roles.map((role, i) => [role, i]));
  const lane = (role: string): number => laneOf.get(role) ?? 0;
  const arrows: Arrow[] = [];
  const notes: Note[] = [];
  const rowOf = rowsOf(steps);
  const stateOf = new Map(
    queues.map((message) => [message.step, message.wrong ? ('wrong' as const) : ('queued' as const)]),
  );
  steps.forEach((step, index) => {
    const row = rowOf[index] ?? 0;
    switch (step.kind) {
      case 'send': {
        const common = { from: lane(step.role), to: lane(step.to), top: row, message: step.message, send: index };
        if (step.taken === undefined) arrows.push({ ...common, bottom: row, state: stateOf.get(index) ?? 'open' });
        else arrows.push({ ...common, bottom: rowOf[step.taken] ?? row, receive: step.taken, state: 'taken' });
        break;
      }
      case 'receive':
        if (step.sent === undefined)
          arrows.push({
            from: lane(step.from),
            to: lane(step.role),
            top: row,
            bottom: row,
            message: step.message,
            receive: index,
            state: 'taken',
          });
        break;
      case 'decide':
      case 'choose':
        notes.push({ lane: lane(step.role), row, text: step.fact, kind: step.kind, step: index });
    }
  });

  // What stands on different lanes at the end stands on one row; a wait has a row of its own.
  let row = (rowOf.at(-1) ?? -1) + 1;
  const endRow = row++;
  const free = roles.map(() => row);
  const put = (at: number): number => {
    const own = free[at] ?? row;
    free[at] = own + 1;
    return own;
  };
  for (const { from, to, message, wrong, step } of queues) {
    notes.push({
      lane: lane(to),
      row: put(lane(to)),
      text: `in the queue from ${from}: ${message === 'a message' ? message : `\`${message}\``}`,
      kind: wrong ? 'lost' : 'queue',
      step,
    });
  }
  ends.forEach((end, index) => {
    if (end.kind === 'waits') return;
    const text = end.kind === 'differs' ? `${end.text}, not: ${end.expected}` : end.text;
    notes.push({ lane: lane(end.role), row: put(lane(end.role)), text, kind: end.kind, end: index });
  });
  row = Math.max(row, ...free);
  const order = [...ends.entries()].sort(([, a], [, b]) => place(run, a.role) - place(run, b.role));
  const waits = order.flatMap(([index, end]): Wait[] =>
    end.kind === 'waits'
      ? [
          {
            from: lane(end.role),
            to: lane(end.on),
            row: row++,
            text: waitText(end),
            end: index,
            circle: isInCircle(run, end),
          },
        ]
      : [],
  );
  return {
    lanes: roles.map((role, i) => ({ role, index: numbers.get(role) ?? i })),
    rows: row,
    arrows,
    notes,
    waits,
    folds: foldsOf(steps, rowOf),
    end: { row: endRow, text: endTitle(run) },
  };
}

/** Without the role that it waits for, since the arrow leads there. */
function waitText({ to, what }: Extract<RunEnd, { kind: 'waits' }>): string {
  return `waits ${to === 'receive' ? 'for' : 'with'} ${quotedWait(what, to)}`;
}

/** The place in the circle; those outside of it come after. */
function place({ cycle }: Run, role: string): number {
  const at = cycle.indexOf(role);
  return at < 0 ? cycle.length : at;
}

/** The row of each step: one each, but a receive right after its send stands on the same. */
function rowsOf(steps: readonly RunStep[]): number[] {
  let row = -1;
  return steps.map((step, index) =>
    step.kind === 'receive' && step.sent !== undefined && step.sent === index - 1 ? row : ++row,
  );
}

/** A loop that saves fewer rows than this is not folded. */
const leastHidden = 4;

/** The repetitions that are worth folding, by rows. */
function foldsOf(steps: readonly RunStep[], rowOf: readonly number[]): Fold[] {
  return repetitionsIn(steps).flatMap(({ start, length, times }): Fold[] => {
    const [from, to] = [start + length, start + length * times];
    const [first, last] = [rowOf[from] ?? 0, (rowOf[to - 1] ?? 0) + 1];
    return last - first >= leastHidden ? [{ first, last, times: times - 1, steps: [from, to] }] : [];
  });
}
