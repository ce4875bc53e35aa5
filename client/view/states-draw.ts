// The automaton of each role as SVG in the page: states as circles, what they decide as diamonds; each transition is a
// button.
import { html, nothing, svg } from 'lit';
import type { SVGTemplateResult, TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { PlacedStates } from '../../language/diagram/states-layout.js';
import { pathOf } from '../../language/diagram/states-layout.js';
import type { RoleStates } from '../../protocol/diagrams.js';
import type { Location } from '../../protocol/places.js';
import { prose } from './column.js';
import type { Marks, SequenceActions } from './sequence-draw.js';
import { t } from './wording.js';

export interface ShownStates {
  readonly role: RoleStates;
  readonly folded: boolean;
  /** Missing while it is laid out, and where it can't be. */
  readonly placed?: PlacedStates;
  /** Why it is not drawn. */
  readonly why?: string;
}

/** The id of a state or a transition. */
export function stateId(role: string, kind: 's' | 't', number: number): string {
  return `${role}/${kind}${number}`;
}

export function statesDrawing(
  all: readonly ShownStates[],
  zoom: number,
  marks: Marks,
  actions: SequenceActions,
  unfold: (role: string) => void,
): TemplateResult {
  return html`<div class="automata">${repeat(
    all,
    ({ role }) => role.role,
    ({
      role,
      folded,
      placed,
      why,
    }) => html`<section class="automaton role-${role.index % 8} ${folded ? 'is-folded' : ''}" aria-label=${t('The states of {0}', role.role)}>
    <h2>${folded ? html`<button class="unfold" aria-expanded="false" title=${t('Unfold {0}', role.role)} @click=${() => unfold(role.role)}><span class="dot" aria-hidden="true"></span>${role.role}</button>` : html`<span class="dot" aria-hidden="true"></span>${role.role}`}</h2>
    ${folded ? nothing : placed ? automaton(role, placed, zoom, marks, actions) : html`<p class="why">${prose(why ?? t('Laying it out…'))}</p>`}</section>`,
  )}</div>`;
}

function automaton(
  role: RoleStates,
  placed: PlacedStates,
  zoom: number,
  marks: Marks,
  actions: SequenceActions,
): TemplateResult {
  const { width, height, start, states: places, transitions: ways } = placed;
  const entering = ways.length - role.transitions.length;
  const tip = `tip-${role.index}`;
  return html`<svg class="run states" role="group" aria-label=${t('{0}: {1} states', role.role, role.states.length)} width=${width * zoom} height=${height * zoom} viewBox="0 0 ${width} ${height}">
    <defs><marker id=${tip} viewBox="0 0 10 10" refX="9" refY="5" markerWidth="10" markerHeight="10" markerUnits="userSpaceOnUse" orient="auto"><path class="tip" d="M1 1 9 5 1 9z" /></marker></defs>
    <circle class="start" cx=${start.x + start.size / 2} cy=${start.y + start.size / 2} r=${start.size / 2} />
    ${ways.slice(0, entering).map(({ points }) => svg`<path class="way" d=${pathOf(points)} marker-end="url(#${tip})" />`)}
    ${ways.slice(entering).map(({ points }, i) => wayOf(role, i, pathOf(points), tip, marks))}
    ${role.states.map((state, i) => stateOf(role, i, state, places[i], marks, actions))}
    ${ways.slice(entering).map(({ points, label }, i) => labelOf(role, i, label ?? { x: points[0]?.x ?? 0, y: points[0]?.y ?? 0, width: 8, text: '' }, marks, actions))}
  </svg>`;
}

function wayOf(
  { role, transitions }: RoleStates,
  i: number,
  path: string,
  tip: string,
  { lit, found }: Marks,
): SVGTemplateResult {
  const transition = transitions[i];
  const id = stateId(role, 't', i);
  const colour = transition?.peer === undefined || transition.peer < 0 ? '' : `role-${transition.peer % 8} has-peer`;
  return svg`<path class="way is-${transition?.kind ?? ''} ${colour} ${lit.has(id) ? 'is-lit' : ''} ${found.has(id) ? 'is-found' : ''}" d=${path} marker-end="url(#${tip})" />`;
}

function doing(role: string, kind: RoleStates['states'][number]['kind']): string {
  switch (kind) {
    case 'sends':
      return t('{0} sends', role);
    case 'waits':
      return t('{0} waits', role);
    case 'decides':
      return t('{0} decides', role);
    case 'end':
      return t('{0} has ended', role);
  }
}

function stateOf(
  { role, index }: RoleStates,
  i: number,
  { kind, place }: RoleStates['states'][number],
  at: PlacedStates['states'][number] | undefined,
  marks: Marks,
  actions: SequenceActions,
): SVGTemplateResult {
  const { x = 0, y = 0, size = 0 } = at ?? {};
  const [cx, cy, r] = [x + size / 2, y + size / 2, size / 2];
  const id = stateId(role, 's', i);
  const said = `${doing(role, kind)}${lineOf(place)}`;
  const shape =
    kind === 'decides'
      ? svg`<path d="M${cx} ${cy - r}L${cx + r} ${cy}L${cx} ${cy + r}L${cx - r} ${cy}z" />`
      : svg`<circle cx=${cx} cy=${cy} r=${r} />${kind === 'end' ? svg`<circle cx=${cx} cy=${cy} r=${r - 4} />` : nothing}`;
  return svg`<g class="state is-${kind} role-${index % 8} ${marks.lit.has(id) ? 'is-lit' : ''} hit" data-id=${id} role="button" tabindex=${marks.at === id ? 0 : -1} aria-label=${said} aria-current=${marks.lit.has(id) ? 'location' : nothing}
    @click=${(event: MouseEvent) => actions.choose(id, event.detail > 1)} @keydown=${(event: KeyboardEvent) => actions.key(id, event)}><title>${said}</title>${shape}</g>`;
}

function labelOf(
  { role, transitions, index }: RoleStates,
  i: number,
  label: { readonly x: number; readonly y: number; readonly width: number; readonly text: string },
  marks: Marks,
  actions: SequenceActions,
): SVGTemplateResult | typeof nothing {
  const transition = transitions[i];
  const id = stateId(role, 't', i);
  if (!transition || label.text === '') return nothing;
  const said = `${role}: ${transition.text}${lineOf(transition.place)}`;
  return svg`<g class="transition role-${index % 8} ${marks.found.has(id) ? 'is-found' : ''} ${marks.now === id ? 'is-now' : ''}"><g class="hit role-${index % 8} ${marks.lit.has(id) ? 'is-lit' : ''}" data-id=${id} role="button" tabindex=${marks.at === id ? 0 : -1} aria-label=${said} aria-current=${marks.lit.has(id) ? 'location' : nothing}
    @click=${(event: MouseEvent) => actions.choose(id, event.detail > 1)} @keydown=${(event: KeyboardEvent) => actions.key(id, event)}><title>${said}</title><rect x=${label.x - 1} y=${label.y - 1} width=${label.width + 2} height="18" rx="4" /></g>
    <text class="label marks" x=${label.x + 2} y=${label.y + 12}>${label.text}</text></g>`;
}

function lineOf(place: Location | undefined): string {
  return place ? `, ${t('line {0}', place.range.start.line + 1)}` : '';
}
