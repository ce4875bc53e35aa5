// The sequence diagram of a choreography as SVG in the page. Colours are the editor's; every element is a button of its
// own.
import { html, nothing, svg } from 'lit';
import type { SVGTemplateResult, TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { countText } from '../../language/diagram/counts.js';
import type { FrameAt, JumpAt, LaneAt, MessageAt, SequenceGeometry, StepAt } from '../../language/diagram/layout.js';
import type { Drawing, Shown } from '../../language/diagram/shown.js';
import type { Location } from '../../protocol/places.js';
import { t } from './wording.js';

export interface Marks {
  /** The ids of what stands at the cursor. */
  readonly lit: ReadonlySet<string>;
  readonly found: ReadonlySet<string>;
  /** What was found and is gone to. */
  readonly now?: string;
  /** What the tabulator key comes to. */
  readonly at?: string;
}

export interface SequenceActions {
  choose(id: string, focus: boolean): void;
  key(id: string, event: KeyboardEvent): void;
  fold(id: string): void;
}

type Geometry = SequenceGeometry<Location>;

export function sequenceHeads({ lanes }: Geometry, zoom: number): TemplateResult {
  // As large as the rest, and not as in the other tabs.
  return html`<div class="lane-heads" aria-hidden="true" .style=${`--chor-zoom:${zoom}`}>${repeat(
    lanes,
    ({ lane }) => lane,
    ({ role, lane, x }) => html`<span class="lane-head role-${lane % 8}" .style=${`left:${x * zoom}px`}>${role}</span>`,
  )}</div>`;
}

export function sequenceDrawing(
  drawing: Drawing<Location>,
  geometry: Geometry,
  zoom: number,
  marks: Marks,
  actions: SequenceActions,
): TemplateResult {
  const { width, height, lanes, frames, steps, jumps, messages } = geometry;
  const roleOf = (lane: number): string => drawing.lanes.find((each) => each.lane === lane)?.role ?? '';
  return html`<svg class="run sequence" role="group" aria-label="${drawing.name}: ${countText(drawing.count, false, t)}" width=${width * zoom} height=${height * zoom} viewBox="0 0 ${width} ${height}">
    <defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="11" markerHeight="11" markerUnits="userSpaceOnUse" orient="auto"><path class="tip" d="M1 1 9 5 1 9z" /></marker></defs>
    ${repeat(
      frames,
      ({ item }) => item.id,
      (frame) => frameBox(frame, marks),
    )}
    ${repeat(
      lanes,
      ({ lane }) => lane,
      (lane) => laneLine(lane, height),
    )}
    ${repeat(
      frames,
      ({ item }) => item.id,
      (frame) => frameHead(frame, marks, actions),
    )}
    ${repeat(
      steps,
      ({ item }) => item.id,
      (step) => stepBox(step, roleOf(step.item.lane), marks, actions),
    )}
    ${repeat(
      jumps,
      ({ item }) => item.id,
      (jump) => jumpLine(jump, marks, actions),
    )}
    ${repeat(
      messages,
      ({ item }) => item.id,
      (message) => messageArrow(message, roleOf, marks, actions),
    )}
  </svg>`;
}

function laneLine({ lane, x }: LaneAt<Location>, height: number): SVGTemplateResult {
  return svg`<line class="lane role-${lane % 8}" x1=${x} x2=${x} y1="0" y2=${height} />`;
}

function classesOf({ id }: Shown<Location>, { lit, found, now }: Marks): string {
  return `${lit.has(id) ? 'is-lit' : ''} ${found.has(id) ? 'is-found' : ''} ${now === id ? 'is-now' : ''}`;
}

function frameBox({ item, area }: FrameAt<Location>, marks: Marks): SVGTemplateResult {
  return svg`<rect class="frame is-${item.form} ${item.open ? '' : 'is-folded'} ${classesOf(item, marks)}" x=${area.x} y=${area.y} width=${area.width} height=${area.height} rx="4" />`;
}

function frameHead(
  { item, area, word, wordWidth, parts }: FrameAt<Location>,
  marks: Marks,
  actions: SequenceActions,
): SVGTemplateResult {
  const said = `${item.form === 'do' || !item.open ? '' : `${item.form} `}${[item.title, item.open ? item.parts[0]?.title : ''].filter(Boolean).join(' ')}, ${countText(item.count, true, t)}${lineOf(item.place)}`;
  return svg`<g class="frame-head ${classesOf(item, marks)}">
    ${parts.map(
      ({ title, count, y, line }, i) => svg`
      ${line ? svg`<line class="part" x1=${area.x} x2=${area.x + area.width} y1=${y} y2=${y} />` : nothing}
      ${title ? svg`<text class="label" x=${area.x + (i === 0 ? wordWidth : 0) + 8} y=${y + 14.5}>${title}</text>` : nothing}
      ${count ? svg`<text class="label prose count" x=${area.x + area.width - 8} y=${y + 14.5} text-anchor="end">${count}</text>` : nothing}`,
    )}
    <g class="hit frame-hit" data-id=${item.id} role="button" tabindex=${marks.at === item.id ? 0 : -1} aria-label=${said} aria-expanded=${item.folds ? item.open : nothing} aria-current=${marks.lit.has(item.id) ? 'location' : nothing}
      @click=${(event: MouseEvent) => (event.ctrlKey || event.metaKey || !item.folds ? actions.choose(item.id, false) : actions.fold(item.id))} @keydown=${(event: KeyboardEvent) => actions.key(item.id, event)}>
      <title>${said}${item.folds ? `; ${item.open ? t('click to fold, Ctrl+click to go there') : t('click to unfold, Ctrl+click to go there')}` : ''}</title>
      <rect class="word" x=${area.x} y=${area.y} width=${item.open ? wordWidth : area.width} height="20" rx="4" /><text class="prose" x=${area.x + 8} y=${area.y + 14.5}>${word}</text></g>
  </g>`;
}

function stepBox(
  { item, area, lines }: StepAt<Location>,
  role: string,
  marks: Marks,
  actions: SequenceActions,
): SVGTemplateResult {
  return svg`<g class="note-box role-${item.lane % 8} ${classesOf(item, marks)}"><rect x=${area.x} y=${area.y} width=${area.width} height=${area.height} rx="4" />
    ${lines.map((line, i) => svg`<text x=${area.x + area.width / 2} y=${area.y + 17 * i + 17} text-anchor="middle">${line}</text>`)}
    ${hit(item, `${role}: ${item.text}`, area, item.lane, marks, actions)}</g>`;
}

function jumpLine({ item, area }: JumpAt<Location>, marks: Marks, actions: SequenceActions): SVGTemplateResult {
  return svg`<g class="jump ${classesOf(item, marks)}"><text class="label prose" x=${area.x + 8} y=${area.y + 15}>↩ ${item.text}</text>${hit(item, item.text, area, 0, marks, actions)}</g>`;
}

function messageArrow(
  { item, x1, x2, y, label, area }: MessageAt<Location>,
  roleOf: (lane: number) => string,
  marks: Marks,
  actions: SequenceActions,
): SVGTemplateResult {
  const way = x1 < x2 ? 1 : -1;
  const self = x1 === x2;
  const [from, to] = [roleOf(item.from), roleOf(item.to)];
  const said =
    item.text === '_' ? t('{0} sends a message to {1}', from, to) : t('{0} sends {1} to {2}', from, item.text, to);
  return svg`<g class="arrow ${item.implied ? 'is-implied' : ''} ${classesOf(item, marks)}">
    ${self ? svg`<path class="self" d="M${x1 + 3} ${y - 12}h30v12h-27" marker-end="url(#tip)" />` : svg`<line x1=${x1 + 3 * way} x2=${x2 - 2 * way} y1=${y} y2=${y} marker-end="url(#tip)" />`}
    <circle class="dot-send" cx=${x1} cy=${self ? y - 12 : y} r="3" />
    <text class="label" x=${self ? x1 + 40 : (x1 + x2) / 2} y=${self ? y - 4 : y - 6} text-anchor=${self ? 'start' : 'middle'}>${label}</text>
    ${hit(item, said, area, item.from, marks, actions, item.says)}</g>`;
}

function hit(
  item: Shown<Location>,
  said: string,
  { x, y, width, height }: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  lane: number,
  marks: Marks,
  actions: SequenceActions,
  says = said,
): SVGTemplateResult {
  return svg`<g class="hit role-${lane % 8} ${marks.lit.has(item.id) ? 'is-lit' : ''}" data-id=${item.id} role="button" tabindex=${marks.at === item.id ? 0 : -1} aria-label=${`${said}${lineOf(item.place)}`} aria-current=${marks.lit.has(item.id) ? 'location' : nothing}
    @click=${(event: MouseEvent) => actions.choose(item.id, event.detail > 1)} @keydown=${(event: KeyboardEvent) => actions.key(item.id, event)}><title>${says}${lineOf(item.place)}</title><rect x=${x} y=${y} width=${width} height=${height} rx="4" /></g>`;
}

function lineOf({ range }: Location): string {
  return `, ${t('line {0}', range.start.line + 1)}`;
}
