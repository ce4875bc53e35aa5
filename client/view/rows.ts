// After drawing: moves lines down so that what belongs together stands on one row. Lines are measured, since long ones
// and messages wrap; what is moved is a margin, so no text changes and nothing that is selected is lost.
import { gapsOf } from './align.js';
import type { Column } from './columns.js';

/** Lays the columns of the page on common rows, or takes the rows away where the columns stand for themselves. */
export function layRows(root: HTMLElement, columns: readonly Column[]): void {
  for (const band of root.querySelectorAll<HTMLElement>('.bodies')) layBand(band, columns);
}

function layBand(band: HTMLElement, columns: readonly Column[]): void {
  const bodies = [...band.querySelectorAll<HTMLElement>('.body')];
  const lines = bodies.map((body) => [...body.querySelectorAll<HTMLElement>('.line')]);
  const aligned = band.matches('.aligned');
  const shown = bodies.map((body) => columns.find(({ id }) => id === body.dataset.column)?.projection);
  const projections = shown.filter((each) => each !== undefined);
  if (!aligned || projections.length !== bodies.length) {
    for (const line of lines.flat()) setGap(line, 0);
    return;
  }
  const notes = bodies.map((body) => {
    const heights = new Map<number, number>();
    for (const note of body.querySelectorAll<HTMLElement>('.note'))
      heights.set(Number(note.dataset.note), (heights.get(Number(note.dataset.note)) ?? 0) + note.offsetHeight);
    return heights;
  });
  const heights = lines.map((column, at) =>
    column.map((line, number) => line.offsetHeight + (notes[at]?.get(number) ?? 0)),
  );
  const row = Math.min(...heights.flat().filter((height) => height > 0), 1000);
  gapsOf(projections, heights, row).forEach((gaps, column) =>
    gaps.forEach((gap, line) => {
      const element = lines[column]?.[line];
      if (element) setGap(element, gap);
    }),
  );
}

function setGap(line: HTMLElement, gap: number): void {
  const margin = gap > 0 ? `${gap}px` : '';
  if (line.style.marginTop !== margin) line.style.marginTop = margin;
}
