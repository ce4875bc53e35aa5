// The diagram of a run as SVG. Colours are the editor's; every step and every end is a button of its own.
import { html, nothing, svg } from 'lit';
import type { SVGTemplateResult, TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Run } from '../../protocol/runs.js';
import type { ArrowLine, FoldBand, Geometry, Hit, LaneLine, NoteBox, WaitLine } from './run-layout.js';
import { t } from './wording.js';

export interface RunActions {
  /** A step or an end was clicked, or chosen with the keyboard. */
  choose(key: string, focus: boolean): void;
  key(key: string, event: KeyboardEvent): void;
  fold(first: number): void;
}

/** The names of the roles, which stay in sight while the diagram is scrolled. */
export function heads(geometry: Geometry, zoom: number): TemplateResult {
  return html`<div class="lane-heads" aria-hidden="true">${geometry.lanes.map(({ role, index, x }) => html`<span class="lane-head role-${index % 8}" .style=${`left:${x * zoom}px`}>${role}</span>`)}</div>`;
}

/**
 * Draws a run.
 * @param lit the keys of the steps and ends at the cursor
 */
export function drawing(
  run: Run,
  geometry: Geometry,
  zoom: number,
  lit: ReadonlySet<string>,
  actions: RunActions,
): TemplateResult {
  const { width, height } = geometry;
  return html`<svg class="run" role="group" aria-label=${t('The run that leads to {0} in {1}', run.code, run.network)} width=${width * zoom} height=${height * zoom} viewBox="0 0 ${width} ${height}">
    <defs>
      ${marker('tip', 'M1 1 9 5 1 9z')}${marker('tip-wrong', 'M1 1 9 5 1 9z')}${marker('tip-open', 'M1.5 1.5 9 5 1.5 8.5')}
      ${marker('tip-wait', 'M1.5 1.5 9 5 1.5 8.5')}${marker('tip-circle', 'M1.5 1.5 9 5 1.5 8.5')}
    </defs>
    ${geometry.lanes.map(laneLine)}
    ${geometry.hits.filter(({ key }) => lit.has(key)).map(({ lane, x, y, width: w, height: h }) => svg`<rect class="light role-${(geometry.lanes[lane]?.index ?? 0) % 8}" x=${x} y=${y} width=${w} height=${h} rx="4" />`)}
    <g class="marks" aria-hidden="true">
      ${endLine(geometry, run.diagram.end.text)}
      ${geometry.numbers.map(({ y, text }) => svg`<text class="number" x=${geometry.gutter - 14} y=${y + 4} text-anchor="end">${text}</text>`)}
      ${geometry.arrows.map((line) => arrowLine(line, lit))}
      ${geometry.notes.map((box) => noteBox(box, geometry))}
      ${geometry.waits.map((line) => waitLine(line, lit))}
      ${geometry.lanes.map(laneEnd)}
    </g>
    ${repeat(
      geometry.hits,
      ({ key }) => key,
      (hit) => hitArea(run, geometry, hit, lit, actions),
    )}
    ${geometry.folds.map((band) => foldBand(band, width, actions))}
  </svg>`;
}

/** The head of an arrow; its colours are its name's in run.css. */
function marker(name: string, path: string): SVGTemplateResult {
  return svg`<marker id=${name} viewBox="0 0 10 10" refX="9" refY="5" markerWidth="13" markerHeight="13" markerUnits="userSpaceOnUse" orient="auto"><path class=${name} d=${path} /></marker>`;
}

function laneLine({ index, x, bottom, end }: LaneLine): SVGTemplateResult {
  return svg`<line class="lane role-${index % 8} is-${end}" x1=${x} x2=${x} y1="0" y2=${bottom} />`;
}

/** How a lifeline stops: with a bar where its role has ended, with a sign where it waits. */
function laneEnd({ index, x, bottom, end }: LaneLine): SVGTemplateResult | typeof nothing {
  switch (end) {
    case 'ended':
      return svg`<line class="lane-bar role-${index % 8}" x1=${x - 9} x2=${x + 9} y1=${bottom} y2=${bottom} />`;
    case 'waits':
      return svg`<g class="stop"><circle cx=${x} cy=${bottom} r="8"/><path d="M${x - 2.5} ${bottom - 3.5}v7M${x + 2.5} ${bottom - 3.5}v7"/></g>`;
    case 'open':
      return nothing;
  }
}

function endLine({ endY, width }: Geometry, text: string): SVGTemplateResult {
  return svg`<g class="end"><line x1="8" x2=${width - 8} y1=${endY + 9} y2=${endY + 9} /><text class="label" x="10" y=${endY + 2}>${text}</text></g>`;
}

function arrowLine({ arrow, x1, y1, x2, y2, label }: ArrowLine, lit: ReadonlySet<string>): SVGTemplateResult {
  const way = x1 < x2 ? 1 : -1;
  const queued = arrow.state === 'queued' || arrow.state === 'wrong';
  const to = queued ? x2 - 22 * way : x2 - 3 * way;
  const bright = lit.has(`step-${arrow.send}`) || lit.has(`step-${arrow.receive}`) ? 'is-lit' : '';
  const tip = arrow.state === 'wrong' ? 'tip-wrong' : arrow.state === 'open' ? 'tip-open' : 'tip';
  return svg`<g class="arrow is-${arrow.state} ${bright}">
    <line x1=${x1 + 3 * way} y1=${y1} x2=${to} y2=${y2} marker-end="url(#${tip})" />
    <circle class="dot-send" cx=${x1} cy=${y1} r="3.500" />
    ${arrow.receive === undefined ? nothing : svg`<circle class="dot-receive" cx=${x2} cy=${y2} r="3.500" />`}
    ${queued ? tray(x2 - 12 * way, y2) : nothing}
    <text class="label" x=${(x1 + x2) / 2} y=${y1 - 6} text-anchor="middle">${label}</text>
  </g>`;
}

/** The mark of a queue that holds a message. */
function tray(x: number, y: number): SVGTemplateResult {
  return svg`<path class="tray" d="M${x - 7} ${y - 5}v10h14v-10M${x - 4} ${y - 1.5}h8M${x - 4} ${y + 1.5}h8"/>`;
}

function noteBox({ note, x, y, width, height, lines }: NoteBox, { lanes }: Geometry): SVGTemplateResult {
  const queue = note.kind === 'queue' || note.kind === 'lost';
  const middle = x + width / 2 + (queue ? 11 : 0);
  return svg`<g class="note-box is-${note.kind} role-${(lanes[note.lane]?.index ?? 0) % 8}">
    <rect x=${x} y=${y} width=${width} height=${height} rx="4" />
    ${queue ? tray(x + 16, y + height / 2) : nothing}
    ${lines.map((line, i) => svg`<text class=${lines.some((each) => each.includes('`')) ? 'prose' : ''} x=${middle} y=${y + 17 * i + 17.5} text-anchor="middle">${rich(line)}</text>`)}
  </g>`;
}

function waitLine({ wait, x1, x2, y, label }: WaitLine, lit: ReadonlySet<string>): SVGTemplateResult {
  const way = x1 < x2 ? 1 : -1;
  return svg`<g class="wait ${wait.circle ? 'in-circle' : ''} ${lit.has(`end-${wait.end}`) ? 'is-lit' : ''}">
    <line x1=${x1 + 9 * way} x2=${x2 - 3 * way} y1=${y} y2=${y} marker-end=${wait.circle ? 'url(#tip-circle)' : 'url(#tip-wait)'} />
    <text class="label prose" x=${(x1 + x2) / 2} y=${y - 6} text-anchor="middle">${rich(label)}</text>
  </g>`;
}

/** A sentence with its `code` set apart. */
function rich(text: string): (SVGTemplateResult | string)[] {
  return text.split('`').map((part, i) => (i % 2 === 1 ? svg`<tspan class="code">${part}</tspan>` : part));
}

function hitArea(
  run: Run,
  { lanes }: Geometry,
  { key, step, end, lane, x, y, width, height }: Hit,
  lit: ReadonlySet<string>,
  actions: RunActions,
): SVGTemplateResult {
  const part = end === undefined ? run.steps[step ?? -1] : run.ends[end];
  const line = part?.location ? `, ${t('line {0}', part.location.range.start.line + 1)}` : '';
  const said =
    end !== undefined
      ? (run.ends[end]?.sentence ?? '')
      : key.startsWith('queue')
        ? t(
            'In a queue: {0}',
            run.diagram.notes.find((note) => note.step === step && (note.kind === 'queue' || note.kind === 'lost'))
              ?.text ?? '',
          )
        : t('Step {0}: {1}', (step ?? 0) + 1, run.steps[step ?? -1]?.text ?? '');
  const words = `${said.replaceAll('`', '')}${line}`;
  return svg`<g class="hit role-${(lanes[lane]?.index ?? 0) % 8} ${lit.has(key) ? 'is-lit' : ''}" id=${key} role="button" tabindex="0" aria-label=${words} aria-current=${lit.has(key) ? 'location' : nothing}
    @click=${(event: MouseEvent) => actions.choose(key, event.detail > 1)} @keydown=${(event: KeyboardEvent) => actions.key(key, event)}
    ><title>${words}</title><rect x=${x} y=${y} width=${width} height=${height} rx="4" /></g>`;
}

function foldBand({ fold, open, y }: FoldBand, width: number, actions: RunActions): SVGTemplateResult {
  const values = [fold.times, fold.steps[0] + 1, fold.steps[1]];
  const text = open
    ? `▾ ${t('{0} times more, steps {1} to {2}', ...values)}`
    : `▸ ${t('the same {0} times more, steps {1} to {2}', ...values)}`;
  const toggle = (): void => actions.fold(fold.first);
  return svg`<g class="fold" id=${`fold-${fold.first}`} role="button" tabindex="0" aria-expanded=${open} aria-label=${text} @click=${toggle}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      toggle();
    }}><rect x="8" y=${y - 12} width=${width - 16} height="24" rx="4" /><text x="20" y=${y + 4.5}>${text}</text></g>`;
}
