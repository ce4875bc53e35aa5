// A run as lines of text: its steps by number, then how it ends.
import { endText, endTitle, endsInOrder, isInCircle } from './run.js';
import { repetitionsIn } from './run-repeats.js';
import type { Run, RunPlace } from '../findings/run.js';

/** A line of a run's text, and the place that it is about. */
export interface RunLine {
  readonly kind: 'step' | 'again' | 'title' | 'end' | 'queue';
  readonly text: string;
  readonly place?: RunPlace;
  /** It is part of what is wrong: it waits in the circle, or is left over. */
  readonly wrong: boolean;
}

/** The lines of a run. Those that wait in a circle come first at the end, in its order. */
export function runLines(run: Run): RunLine[] {
  const { steps, ends, queues } = run;
  return [
    ...stepLines(run),
    ...(ends.length + queues.length > 0
      ? [{ kind: 'title', text: `${endTitle(run)}:`, wrong: false } satisfies RunLine]
      : []),
    ...endsInOrder(run).map((end): RunLine => ({
      kind: 'end',
      text: endText(end),
      place: end,
      wrong: isInCircle(run, end) || end.kind === 'differs' || end.kind === 'takes',
    })),
    ...queues.map((message): RunLine => {
      const place = steps[message.step];
      return {
        kind: 'queue',
        text: `in the queue from ${message.from} to ${message.to}: ${message.message}`,
        ...(place ? { place } : {}),
        wrong: message.wrong,
      };
    }),
  ];
}

/** The steps, what is done again and again only once. */
function stepLines({ steps }: Run): RunLine[] {
  const again = repetitionsIn(steps).map(({ start, length, times }) => ({
    from: start + length,
    to: start + length * times,
    times: times - 1,
    length,
  }));
  return steps.flatMap((step, i): RunLine[] => {
    const hidden = again.find(({ from, to }) => i >= from && i < to);
    if (!hidden) return [{ kind: 'step', text: `${i + 1}. ${step.text}`, place: step, wrong: false }];
    if (i > hidden.from) return [];
    const what =
      hidden.length === 1 ? `step ${hidden.from}` : `steps ${hidden.from - hidden.length + 1} to ${hidden.from}`;
    return [
      {
        kind: 'again',
        text: `${hidden.from + 1}. to ${hidden.to}. ${what} again, ${hidden.times} times more`,
        wrong: false,
      },
    ];
  });
}
