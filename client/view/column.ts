// One role: its name with what can be done with it, and its text, line by line.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Hole, RoleProjection } from '../../protocol/projections.js';
import { icon } from './icons.js';
import type { Column } from './columns.js';
import type { Lit } from './sync.js';
import { spansByLine } from './tokens.js';
import type { Span } from './tokens.js';
import { t } from './wording.js';

/** What a column asks for. */
export interface ColumnActions {
  pin(column: Column): void;
  copy(column: Column): void;
  open(column: Column): void;
  /** A place in the text was clicked, or chosen with Enter. */
  choose(column: Column, line: number, character: number, focus: boolean): void;
  key(column: Column, event: KeyboardEvent): void;
  unfold(column: Column): void;
}

export function columnHead(column: Column, actions: ColumnActions): TemplateResult {
  const { role } = column.projection;
  if (column.folded === true) {
    return html`<header class="head is-folded role-${column.index % 8}" id=${`head-${column.id}`}><button class="tool" title=${t('Unfold {0}', role)} aria-label=${t('Unfold {0}', role)} aria-expanded="false" @click=${() => actions.unfold(column)}><span class="dot" aria-hidden="true"></span></button></header>`;
  }
  const what = column.pinned
    ? t('Unpin {0}', role)
    : t('Pin {0}: keep it here while you edit another choreography', role);
  const copyWhat = t('Copy {0}’s projection', role);
  const openWhat = t('Open {0}’s projection as a document', role);
  return html`<header class="head role-${column.index % 8} ${column.pinned ? 'is-pinned' : ''}" id=${`head-${column.id}`}>
    <span class="dot" aria-hidden="true"></span>
    <h2 title=${column.title}>${role}${column.projection.members === undefined ? nothing : html`<small>${column.projection.members}</small>`}${column.elsewhere ? html`<small>${column.elsewhere}</small>` : nothing}</h2>
    ${column.stale ? html`<span class="chip" title=${column.reason ?? ''}>${t('stale')}</span>` : nothing}
    ${column.projection.holes.length ? html`<span class="chip error" title=${t('Places that can’t be projected')}>${column.projection.holes.length}</span>` : nothing}
    <span class="tools">${
      column.written
        ? nothing
        : html`
      <button class="tool" title=${copyWhat} aria-label=${copyWhat} @click=${() => actions.copy(column)}>${icon('copy')}</button>
      ${column.sized ? nothing : html`<button class="tool" title=${openWhat} aria-label=${openWhat} @click=${() => actions.open(column)}>${icon('open')}</button>`}`
    }
      <button class="tool pin" title=${what} aria-label=${what} aria-pressed=${column.pinned} @click=${() => actions.pin(column)}>${icon('pin')}</button>
    </span>
  </header>`;
}

/**
 * The text of a column. Lines are keyed by their text, so that an update touches only the lines that it changes: the
 * others keep their nodes, and with them selection and scroll.
 */
export function columnBody(
  column: Column,
  lit: Lit | undefined,
  active: number | undefined,
  actions: ColumnActions,
): TemplateResult {
  const lines = linesOf(column);
  const { role } = column.projection;
  if (column.written && column.projection.text === '')
    return html`<div class="blank role-${column.index % 8}"><p>${t('Not written here: {0} does what {1} wants.', role, column.design?.pin.choreography ?? '')}</p></div>`;
  return html`<div class="body role-${column.index % 8}" id=${`body-${column.id}`} data-column=${column.id} role="listbox" tabindex="0"
    aria-label=${column.written ? t('{0}’s process', role) : t('{0}’s projection', role)} aria-activedescendant=${active === undefined ? nothing : lineId(column, active)}
    @keydown=${(event: KeyboardEvent) => actions.key(column, event)}
    @click=${(event: MouseEvent) => click(event, false)} @dblclick=${(event: MouseEvent) => click(event, true)}><div class="text">${repeat(
      lines,
      (line) => line.key,
      (line) => {
        const differs = column.differs?.has(line.number) === true;
        const mark = `${lit?.heads.has(line.number) ? 'lit' : lit?.bodies.has(line.number) ? 'lit-body' : ''}${differs ? ' differs' : ''}`;
        const difference = !differs
          ? nothing
          : column.written
            ? t('{0} does not want this here', column.design?.pin.choreography ?? '')
            : t('{0} does not do this here', role);
        if (line.hole) {
          return html`<div class="line note in-${line.indent} ${mark} ${line.number === active ? 'active' : ''}" id=${lineId(column, line.number)} data-line=${line.number}
            role="option" aria-selected=${lit?.heads.has(line.number) === true} title=${line.hole.code}>${icon('warning')}<span>${prose(line.hole.message)}</span></div>`;
        }
        return html`<div class="line in-${line.indent} ${mark} ${line.number === active ? 'active' : ''}" id=${lineId(column, line.number)} data-line=${line.number}
          role="option" aria-selected=${lit?.heads.has(line.number) === true} title=${difference} aria-description=${difference}>${guard([line.content], () => (line.spans.length > 0 ? line.spans.map((span) => spanOf(span, column.roles)) : html`<br>`))}</div>${line.notes.map(
            (note) =>
              html`<div class="note" role="note" title=${note.code} data-note=${line.number}>${prose(note.message)}</div>`,
          )}`;
      },
    )}</div></div>`;

  function click(event: MouseEvent, focus: boolean): void {
    const selection = getSelection();
    if (!focus && selection && !selection.isCollapsed) return;
    const element = (event.target as Element).closest<HTMLElement>('[data-line]');
    if (!element) return;
    const column0 = (event.target as Element).closest<HTMLElement>('[data-at]')?.dataset.at ?? '0';
    actions.choose(column, Number(element.dataset.line), Number(column0), focus);
  }
}

/** In place of the text of a column that is folded: its name. */
export function foldedBody(column: Column, actions: ColumnActions): TemplateResult {
  return html`<div class="blank is-folded role-${column.index % 8}" title=${t('Unfold {0}', column.projection.role)} @click=${() => actions.unfold(column)}><span>${column.projection.role}</span></div>`;
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
  /** In steps of two spaces. */
  readonly indent: number;
  /** The hole that fills the line. */
  readonly hole?: Hole;
  /** Holes in the midst of it. */
  readonly notes: readonly Hole[];
}

const known = new WeakMap<RoleProjection, { roles: ReadonlyMap<string, number>; lines: readonly Line[] }>();

/** The lines of a column; kept until the projection changes. */
export function linesOf(column: Column): readonly Line[] {
  const cached = known.get(column.projection);
  if (cached && cached.roles === column.roles) return cached.lines;
  const { text, holes } = column.projection;
  const seen = new Map<string, number>();
  const lines = spansByLine(text.replace(/\n$/, ''), new Set(column.roles.keys())).map((spans, number): Line => {
    const here = holes.filter((hole) => hole.local.start.line === number);
    const own = spans.map((span) => ({ ...span, wrong: holes.some((hole) => inHole(hole, number, span.start)) }));
    const content = own.map((span) => (span.wrong ? `\0${span.text}` : span.text)).join('');
    const nth = seen.get(content) ?? 0;
    seen.set(content, nth + 1);
    const code = own.filter((span) => span.text.trim() !== '');
    const hole = code.every((span) => span.wrong) ? here[0] : undefined;
    return {
      number,
      key: `${content}\0${nth}`,
      content,
      spans: own,
      hole,
      notes: hole ? here.slice(1) : here,
      indent: indentOf(spans),
    };
  });
  known.set(column.projection, { roles: column.roles, lines });
  return lines;
}

/** How far a line that is too long goes in where it goes on. */
function indentOf(spans: readonly Span[]): number {
  const [first] = spans;
  return first?.class === 'plain'
    ? Math.min(Math.floor((first.text.length - first.text.trimStart().length) / 2), 10)
    : 0;
}

function inHole(hole: Hole, line: number, character: number): boolean {
  const { start, end } = hole.local;
  return (
    (line > start.line || (line === start.line && character >= start.character)) &&
    (line < end.line || (line === end.line && character < end.character))
  );
}

/** A sentence with its `code` set apart. */
export function prose(text: string): (TemplateResult | string)[] {
  return text.split('`').map((part, i) => (i % 2 === 1 ? html`<code>${part}</code>` : part));
}

function spanOf(span: Span & { wrong: boolean }, roles: ReadonlyMap<string, number>): TemplateResult | string {
  const wrong = span.wrong && span.text.trim() ? ' wrong' : '';
  if (span.class === 'plain' && !wrong) return span.text;
  const role = span.class === 'role' ? ` role-${(roles.get(span.text) ?? 0) % 8}` : '';
  return html`<span class="t-${span.class}${role}${wrong}" data-at=${span.start}>${span.text}</span>`;
}
