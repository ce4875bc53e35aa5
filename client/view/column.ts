// One role: its name with what can be done with it, and its text, line by line.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Hole, RoleProjection } from '../protocol.js';
import { icon } from './icons.js';
import type { Column } from './columns.js';
import type { Gaps } from './align.js';
import type { Lit } from './sync.js';
import { spansByLine } from './tokens.js';
import type { Span } from './tokens.js';

/** What a column asks for. */
export interface ColumnActions {
  pin(column: Column): void;
  copy(column: Column): void;
  open(column: Column): void;
  /** A place in the text was clicked, or chosen with Enter. */
  choose(column: Column, line: number, character: number, focus: boolean): void;
  key(column: Column, event: KeyboardEvent): void;
}

export function columnHead(column: Column, actions: ColumnActions): TemplateResult {
  const { role } = column.projection;
  const what = column.pinned ? `Unpin ${role}` : `Pin ${role}: keep it here while you edit another choreography`;
  return html`<header class="head role-${column.index % 8} ${column.pinned ? 'is-pinned' : ''}" id=${`head-${column.id}`}>
    <span class="dot" aria-hidden="true"></span>
    <h2 title=${column.title}>${role}${column.elsewhere ? html`<small>${column.elsewhere}</small>` : nothing}</h2>
    ${column.stale ? html`<span class="chip" title=${column.reason ?? ''}>stale</span>` : nothing}
    ${column.projection.holes.length ? html`<span class="chip error" title="Places that can’t be projected">${column.projection.holes.length}</span>` : nothing}
    <span class="tools">
      <button class="tool" title="Copy ${role}’s projection" aria-label="Copy ${role}’s projection" @click=${() => actions.copy(column)}>${icon('copy')}</button>
      <button class="tool" title="Open ${role}’s projection as a document" aria-label="Open ${role}’s projection as a document" @click=${() => actions.open(column)}>${icon('open')}</button>
      <button class="tool pin" title=${what} aria-label=${what} aria-pressed=${column.pinned} @click=${() => actions.pin(column)}>${icon('pin')}</button>
    </span>
  </header>`;
}

/**
 * The text of a column. Lines are keyed by their text, so that an update touches only the lines that it changes: the
 * others keep their nodes, and with them selection and scroll.
 */
export function columnBody(column: Column, lit: Lit | undefined, active: number | undefined, gaps: Gaps | undefined, actions: ColumnActions): TemplateResult {
  const lines = linesOf(column);
  return html`<div class="body role-${column.index % 8}" id=${`body-${column.id}`} data-column=${column.id} role="listbox" tabindex="0"
    aria-label="${column.projection.role}’s projection" aria-activedescendant=${active === undefined ? nothing : lineId(column, active)}
    @keydown=${(event: KeyboardEvent) => actions.key(column, event)}
    @click=${(event: MouseEvent) => click(event, false)} @dblclick=${(event: MouseEvent) => click(event, true)}><div class="text">${
      repeat(lines, (line) => line.key, (line) => {
        const gap = gaps?.[line.number] ?? 0;
        const mark = lit?.heads.has(line.number) ? 'lit' : lit?.bodies.has(line.number) ? 'lit-body' : '';
        return html`${gap ? html`<div class="gap" aria-hidden="true">${'\n'.repeat(gap)}</div>` : nothing}<div
          class="line ${mark} ${line.number === active ? 'active' : ''}" id=${lineId(column, line.number)} data-line=${line.number}
          role="option" aria-selected=${mark === 'lit'}>${guard([line.content], () => line.spans.map((span) => spanOf(span, column.roles)))}${'\n'}</div>${
          line.notes.map((note) => html`<div class="note" role="note" title=${note.code}>${note.rows.join('\n')}</div>`)}`;
      })}</div></div>`;

  function click(event: MouseEvent, focus: boolean): void {
    const selection = getSelection();
    if (!focus && selection && !selection.isCollapsed) return;
    const element = (event.target as Element).closest<HTMLElement>('[data-line]');
    if (!element) return;
    const column0 = (event.target as Element).closest<HTMLElement>('[data-at]')?.dataset.at ?? '0';
    actions.choose(column, Number(element.dataset.line), Number(column0), focus);
  }
}

export function lineId(column: Column, line: number): string {
  return `line-${column.id}-${line}`;
}

interface Line {
  readonly number: number;
  readonly key: string;
  /** The text with what else decides how it looks. */
  readonly content: string;
  readonly spans: readonly (Span & { readonly wrong: boolean })[];
  readonly notes: readonly { readonly code: string; readonly rows: readonly string[] }[];
}

const known = new WeakMap<RoleProjection, { roles: ReadonlyMap<string, number>; width: number; lines: readonly Line[] }>();

/** The lines of a column; kept until the projection or the width of the column changes. */
export function linesOf(column: Column): readonly Line[] {
  const cached = known.get(column.projection);
  if (cached && cached.roles === column.roles && cached.width === column.width) return cached.lines;
  const { text, holes } = column.projection;
  const seen = new Map<string, number>();
  const lines = spansByLine(text.replace(/\n$/, ''), new Set(column.roles.keys())).map((spans, number): Line => {
    const here = holes.filter((hole) => hole.local.start.line === number);
    const own = spans.map((span) => ({ ...span, wrong: holes.some((hole) => inHole(hole, number, span.start)) }));
    const content = own.map((span) => (span.wrong ? `\0${span.text}` : span.text)).join('');
    const nth = seen.get(content) ?? 0;
    seen.set(content, nth + 1);
    return { number, key: `${content}\0${nth}`, content, spans: own, notes: here.map((hole) => ({ code: hole.code, rows: wrap(hole.message, column.width) })) };
  });
  known.set(column.projection, { roles: column.roles, width: column.width, lines });
  return lines;
}

/** How many rows each line takes. */
export function heightsOf(column: Column): number[] {
  return linesOf(column).map((line) => 1 + line.notes.reduce((rows, note) => rows + note.rows.length, 0));
}

function inHole(hole: Hole, line: number, character: number): boolean {
  const { start, end } = hole.local;
  return (line > start.line || (line === start.line && character >= start.character)) && (line < end.line || (line === end.line && character < end.character));
}

/** Breaks a message into rows of at most so many characters, at spaces. */
function wrap(message: string, width: number): string[] {
  const rows: string[] = [];
  let row = '';
  for (const word of message.split(/\s+/)) {
    if (row && row.length + 1 + word.length > width) {
      rows.push(row);
      row = word;
    } else {
      row = row ? `${row} ${word}` : word;
    }
  }
  return [...rows, row];
}

function spanOf(span: Span & { wrong: boolean }, roles: ReadonlyMap<string, number>): TemplateResult | string {
  const wrong = span.wrong && span.text.trim() ? ' wrong' : '';
  if (span.class === 'plain' && !wrong) return span.text;
  const role = span.class === 'role' ? ` role-${(roles.get(span.text) ?? 0) % 8}` : '';
  return html`<span class="t-${span.class}${role}${wrong}" data-at=${span.start}>${span.text}</span>`;
}
