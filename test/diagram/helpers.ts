// Diagrams of a text's first choreography.
import { sequenceOf } from '../../language/diagram/sequence.js';
import type { SequenceDiagram } from '../../language/diagram/sequence.js';
import { flat, shownOf } from '../../language/diagram/shown.js';
import type { Choices, Drawing, Shown } from '../../language/diagram/shown.js';
import { statesIn } from '../../language/export/states.js';
import type { StateDiagram } from '../../language/diagram/states.js';
import { Workspace } from '../../language/workspace.js';

export const uri = 'file:///a.chor';

function analysed(text: string) {
  const workspace = new Workspace();
  workspace.set(uri, text);
  const analysis = workspace.analyze(uri);
  if (!analysis) throw new Error('no analysis');
  return analysis;
}

export function sequenceIn(text: string): SequenceDiagram {
  const { file, scope } = analysed(text);
  const first = file.declarations.find((d) => d.kind === 'choreography');
  if (first?.kind !== 'choreography') throw new Error('no choreography');
  return sequenceOf(first, scope);
}

export function drawingOf(text: string, choices?: Choices): Drawing {
  const drawing = shownOf(sequenceIn(text), choices);
  if (!drawing) throw new Error('nothing to draw');
  return drawing;
}

export function statesDrawn(text: string, name?: string): StateDiagram {
  const { file, scope } = analysed(text);
  const found = file.declarations.find(
    (d) => (d.kind === 'choreography' || d.kind === 'network') && (name === undefined || d.name.text === name),
  );
  if (found?.kind !== 'choreography' && found?.kind !== 'network') throw new Error('nothing to draw');
  return statesIn(found, scope);
}

/** What is drawn, a line an element, with frames around what is in them. */
export function outline({ items, lanes }: Drawing, indent = ''): string[] {
  const role = (lane: number): string => lanes.find((each) => each.lane === lane)?.role ?? '?';
  return items.flatMap((item: Shown): string[] => {
    switch (item.kind) {
      case 'message':
        return [`${indent}${role(item.from)} > ${role(item.to)}: ${item.text}${item.implied ? ' (implied)' : ''}`];
      case 'step':
        return [`${indent}${role(item.lane)}: ${item.text}`];
      case 'jump':
        return [`${indent}${item.text}`];
      case 'frame':
        return [
          `${indent}${item.open ? item.form : 'folded'} ${item.title}`.trimEnd(),
          ...item.parts.flatMap((part) => [
            `${indent} [${part.title}] ${part.count.least}-${part.count.most}`,
            ...outline({ name: '', lanes, items: part.items, count: part.count, cut: false }, `${indent}  `),
          ]),
        ];
    }
  });
}

/** The ids of what is drawn that has this text. */
export function idsOf({ items }: Drawing, text: string): string[] {
  return flat(items)
    .filter((item) =>
      item.kind === 'frame'
        ? item.title.includes(text) || item.parts.some((part) => part.title.includes(text))
        : item.text === text,
    )
    .map(({ id }) => id);
}
