// The tabs that draw: what of a diagram is shown, where it stands, and what the keyboard and the mouse do with it.
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { countText } from '../../language/diagram/counts.js';
import { dotSequence, dotStates } from '../../language/diagram/graphviz.js';
import { sequenceGeometry } from '../../language/diagram/layout.js';
import type { Measure } from '../../language/diagram/fit.js';
import type { SequenceGeometry } from '../../language/diagram/layout.js';
import { mermaidSequence, mermaidStates } from '../../language/diagram/mermaid.js';
import { plantSequence, plantStates } from '../../language/diagram/plantuml.js';
import { mostElements } from '../../language/diagram/limits.js';
import { flat, shownOf } from '../../language/diagram/shown.js';
import type { Drawing } from '../../language/diagram/shown.js';
import { svgStates } from '../../language/diagram/svg-states.js';
import { svgSequence } from '../../language/diagram/svg.js';
import type { SequenceDiagram, StateDiagram } from '../../protocol/diagrams.js';
import type { Location } from '../../protocol/places.js';
import type { DiagramFormat } from '../messages.js';
import type { ArrangedRole } from './arrange.js';
import { foundInSequence, litInSequence, litInStates } from './diagram-sync.js';
import type { Laid } from './elk.js';
import { sequenceDrawing, sequenceHeads } from './sequence-draw.js';
import type { Marks, SequenceActions } from './sequence-draw.js';
import { state } from './state.js';
import { stateId, statesDrawing } from './states-draw.js';
import { t } from './wording.js';

/** A diagram as it is shown now. */
export interface DiagramView {
  readonly content: TemplateResult;
  /** What was found of the search, in order. */
  readonly found: readonly string[];
  /** All elements in the order in which the keyboard goes through them, with where they stand in the source. */
  readonly elements: ReadonlyMap<
    string,
    { readonly place?: Location; readonly folds: boolean; readonly open: boolean }
  >;
  /** How wide it is at its natural size. */
  readonly width: number;
  readonly texts: () => Readonly<Record<DiagramFormat, string>>;
}

let shown: { readonly diagram: SequenceDiagram; readonly key: string; readonly drawing: Drawing<Location> } | undefined;
let laidOut:
  | { readonly drawing: Drawing<Location>; readonly key: string; readonly geometry: SequenceGeometry<Location> }
  | undefined;

/**
 * The sequence diagram. What did not change is neither chosen nor laid out anew.
 * @param turned what is folded or unfolded against the rule
 * @param roles those of the choreography, as they are arranged
 */
export function sequenceView(
  diagram: SequenceDiagram,
  turned: readonly string[],
  roles: readonly ArrangedRole[],
  room: number,
  measure: Measure,
  font: string,
  actions: SequenceActions,
): DiagramView | undefined {
  const lanes = roles.filter(({ hidden }) => !hidden).map(({ index }) => index);
  const chosen = JSON.stringify([turned, lanes]);
  if (shown?.diagram !== diagram || shown.key !== chosen) {
    const drawing = shownOf(diagram, { turned: new Set(turned), lanes });
    shown = drawing && { diagram, key: chosen, drawing };
  }
  if (!shown) return undefined;
  const { drawing } = shown;
  const key = `${room} ${font}`;
  if (laidOut?.drawing !== drawing || laidOut.key !== key)
    laidOut = { drawing, key, geometry: sequenceGeometry(drawing, measure, { room, signs: true, t }) };
  const { geometry } = laidOut;
  const all = flat(drawing.items);
  const elements = new Map(
    all.map((item) => [
      item.id,
      { place: item.place, folds: item.kind === 'frame' && item.folds, open: item.kind === 'frame' && item.open },
    ]),
  );
  const found = foundInSequence(drawing, state.search);
  const { cursor, settings, diagramZoom: zoom } = state;
  const lit =
    settings.cursorSync && cursor?.position
      ? litInSequence(drawing.items, cursor.uri, cursor.position)
      : new Set<string>();
  const marks = marksOf(lit, found, all[0]?.id, elements);
  const cut = drawing.cut ? `; ${t('only the first {0} elements are drawn', mostElements)}` : '';
  return {
    found,
    elements,
    width: geometry.width,
    content: html`<div class="sheet" .style=${`width:${geometry.width * zoom}px`}>${sequenceHeads(geometry, zoom)}${sequenceDrawing(drawing, geometry, zoom, marks, actions)}</div><p class="count">${countText(drawing.count, false, t)}${cut}</p>`,
    texts: () => ({
      svg: svgSequence(drawing),
      mmd: mermaidSequence(drawing),
      puml: plantSequence(drawing),
      dot: dotSequence(drawing),
    }),
  };
}

/** The states of the roles that are shown. */
export function statesView(
  diagram: StateDiagram,
  roles: readonly ArrangedRole[],
  measure: Measure,
  layout: (role: StateDiagram['roles'][number], measure: Measure) => Laid,
  actions: SequenceActions,
  unfold: (role: string) => void,
): DiagramView {
  const { cursor, settings, diagramZoom: zoom } = state;
  const lights = settings.cursorSync && cursor?.position ? litInStates(diagram, cursor.uri, cursor.position) : [];
  const wanted = state.search.trim().toLowerCase();
  const lit = new Set<string>();
  const found: string[] = [];
  const elements = new Map<string, { place?: Location; folds: boolean; open: boolean }>();
  const visible = roles
    .filter(({ hidden }) => !hidden)
    .flatMap(({ role, folded }) => diagram.roles.flatMap((own, i) => (own.role === role ? [{ own, i, folded }] : [])));
  const placed = visible.map(({ own, i, folded }) => {
    if (!folded) {
      own.states.forEach(({ place }, number) => {
        elements.set(stateId(own.role, 's', number), { place, folds: false, open: false });
        own.transitions.forEach(({ from, place: at, text }, way) => {
          const id = stateId(own.role, 't', way);
          if (from !== number || text === '') return;
          elements.set(id, { place: at, folds: false, open: false });
          if (wanted !== '' && text.toLowerCase().includes(wanted)) found.push(id);
        });
      });
      for (const number of lights[i]?.states ?? []) lit.add(stateId(own.role, 's', number));
      for (const number of lights[i]?.transitions ?? []) lit.add(stateId(own.role, 't', number));
    }
    const laid = folded ? 'soon' : layout(own, measure);
    return { role: own, folded, ...(laid === 'soon' ? {} : laid) };
  });
  const marks = marksOf(lit, found, elements.keys().next().value, elements);
  return {
    found,
    elements,
    width: Math.max(1, ...placed.map((each) => ('placed' in each ? each.placed.width + 24 : 0))),
    content: statesDrawing(placed, zoom, marks, actions, unfold),
    texts() {
      const own = { ...diagram, roles: visible.map((each) => each.own) };
      const places = visible.map(({ own: role }) => {
        const laid = layout(role, measure);
        return laid === 'soon' || 'why' in laid ? undefined : laid.placed;
      });
      return { svg: svgStates(own, places), mmd: mermaidStates(own), puml: plantStates(own), dot: dotStates(own) };
    },
  };
}

/** The one that the tabulator key comes to: where the keyboard was, else what is lit, else the first. */
function marksOf(
  lit: ReadonlySet<string>,
  found: readonly string[],
  first: string | undefined,
  elements: DiagramView['elements'],
): Marks {
  const [light] = lit;
  const at = state.at !== undefined && elements.has(state.at) ? state.at : (light ?? first);
  const now = found.length > 0 ? found[((state.foundAt % found.length) + found.length) % found.length] : undefined;
  return { lit, found: new Set(found), ...(now === undefined ? {} : { now }), ...(at === undefined ? {} : { at }) };
}

let context: CanvasRenderingContext2D | null | undefined;
let measured: { readonly font: string; readonly measure: Measure } | undefined;

/** The width of texts in the font of labels; each text is measured once. A guess where there is no canvas. */
export function measureIn(root: HTMLElement): { readonly font: string; readonly measure: Measure } {
  const font = `12.5px ${getComputedStyle(root).getPropertyValue('--vscode-editor-font-family') || 'monospace'}`;
  if (measured?.font === font) return measured;
  context ??= document.createElement('canvas').getContext('2d');
  if (context) context.font = font;
  const widths = new Map<string, number>();
  const measure: Measure = (text) => {
    const known = widths.get(text);
    if (known !== undefined) return known;
    const width = context?.measureText(text).width ?? text.length * 7.5;
    if (widths.size > 20_000) widths.clear();
    widths.set(text, width);
    return width;
  };
  measured = { font, measure };
  return measured;
}
