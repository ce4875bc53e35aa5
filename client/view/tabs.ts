// The tabs of the view, and beside them what can be done with a diagram: roles, search, zoom, files.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Tab } from '../messages.js';
import type { ArrangedRole, Rearrange } from './arrange.js';
import { icon } from './icons.js';

export interface TabActions {
  choose(tab: Tab): void;
  rearrange(change: Rearrange): void;
  /** Shows all roles in the order of the header. */
  resetRoles(): void;
  search(text: string): void;
  /** To the next of what was found, or the one before. */
  found(by: number): void;
  /** Undefined makes it as wide as the view. */
  zoom(by: number | undefined): void;
  copy(what: 'SVG' | 'Mermaid' | 'PlantUML' | 'Graphviz'): void;
  save(): void;
}

export interface TabsShown {
  readonly tab: Tab;
  readonly written: boolean;
  readonly roles: readonly ArrangedRole[];
  readonly search: string;
  /** How many were found, and the place of the one that is gone to, from 1. */
  readonly found: number;
  readonly foundAt: number;
  readonly zoom: number;
  readonly drawn: boolean;
}

const order: readonly Tab[] = ['projections', 'sequence', 'states'];

function titleOf(tab: Tab, written: boolean): string {
  switch (tab) {
    case 'projections':
      return written ? 'Processes' : 'Projections';
    case 'sequence':
      return 'Sequence';
    case 'states':
      return 'States';
  }
}

export function viewTabs(shown: TabsShown, actions: TabActions): TemplateResult {
  const { tab, written } = shown;
  const key = (event: KeyboardEvent, at: number): void => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = order[at + by];
    if (!by || !next) return;
    event.preventDefault();
    actions.choose(next);
    document.getElementById(`view-tab-${next}`)?.focus();
  };
  return html`<div class="view-tabs"><div class="view-tab-list" role="tablist" aria-label="View">${order.map(
    (each, at) => html`<button role="tab" class="view-tab" id=${`view-tab-${each}`} aria-selected=${each === tab}
      tabindex=${each === tab ? 0 : -1} aria-controls="view-panel" @click=${() => actions.choose(each)} @keydown=${(event: KeyboardEvent) => key(event, at)}>${titleOf(each, written)}</button>`,
  )}</div>
    <div class="view-tools">${tab === 'projections' ? nothing : diagramTools(shown, actions)}${rolesMenu(shown.roles, actions)}</div></div>`;
}

function diagramTools({ search, found, foundAt, zoom, drawn }: TabsShown, actions: TabActions): TemplateResult {
  const percent = `${Math.round(zoom * 100)} %`;
  const menu = (event: Event): void => (event.target as Element).closest<HTMLElement>('[popover]')?.hidePopover();
  return html`<label class="search"><span class="visually-hidden">Search in the diagram</span><input id="search" type="search" placeholder="Search" spellcheck="false" .value=${search} ?disabled=${!drawn}
      @input=${(event: Event) => actions.search((event.target as HTMLInputElement).value)}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        actions.found(event.shiftKey ? -1 : 1);
      }}></label>
    <span class="found" role="status" aria-live="polite">${search === '' ? '' : found === 0 ? 'none' : `${foundAt} of ${found}`}</span>
    <button class="tool" id="zoom-out" title="Smaller (-)" aria-label="Smaller" ?disabled=${!drawn} @click=${() => actions.zoom(1 / 1.2)}>${icon('less')}</button>
    <button class="tool" id="zoom-in" title="Larger (+), now ${percent}" aria-label="Larger" ?disabled=${!drawn} @click=${() => actions.zoom(1.2)}>${icon('more')}</button>
    <button class="tool" id="fit" title="As wide as the view (0)" aria-label="As wide as the view" ?disabled=${!drawn} @click=${() => actions.zoom(undefined)}>${icon('fit')}</button>
    <button class="tool" id="export" title="Copy or save the diagram" aria-label="Copy or save the diagram" popovertarget="export-menu" ?disabled=${!drawn}>${icon('save')}</button>
    <div class="menu" id="export-menu" popover aria-label="Copy or save the diagram" role="group" @click=${menu}>
      ${(['Mermaid', 'PlantUML', 'Graphviz', 'SVG'] as const).map((what) => html`<button class="item" @click=${() => actions.copy(what)}>Copy as ${what}</button>`)}
      <button class="item" @click=${() => actions.save()}>Save as a file…</button>
    </div>`;
}

function rolesMenu(roles: readonly ArrangedRole[], actions: TabActions): TemplateResult {
  const hidden = roles.filter((each) => each.hidden).length;
  const what = hidden === 0 ? 'Roles: hide, reorder, fold' : `Roles: ${hidden} hidden`;
  return html`<button class="tool roles" id="roles" title=${what} aria-label=${what} popovertarget="roles-menu" ?disabled=${roles.length === 0}>${icon('roles')}${hidden === 0 ? nothing : html`<span class="badge" aria-hidden="true">${hidden}</span>`}</button>
    <div class="menu" id="roles-menu" popover role="group" aria-label="Roles">${roles.map((each) => {
      const { role, index, folded } = each;
      return html`<div class="role-row role-${index % 8}"><label><input type="checkbox" .checked=${!each.hidden} @change=${(event: Event) => actions.rearrange({ role, hidden: !(event.target as HTMLInputElement).checked })}>
          <span class="dot" aria-hidden="true"></span><span>${role}</span></label>
        <button class="tool" title="Move ${role} to the left" aria-label="Move ${role} to the left" ?disabled=${each.hidden} @click=${() => actions.rearrange({ role, by: -1 })}>${icon('up')}</button>
        <button class="tool" title="Move ${role} to the right" aria-label="Move ${role} to the right" ?disabled=${each.hidden} @click=${() => actions.rearrange({ role, by: 1 })}>${icon('down')}</button>
        <button class="tool" title=${folded ? `Unfold ${role}’s column` : `Fold ${role}’s column`} aria-label=${`Fold ${role}’s column`} aria-pressed=${folded} ?disabled=${each.hidden} @click=${() => actions.rearrange({ role, folded: !folded })}>${icon('fold')}</button></div>`;
    })}<button class="item" id="all-roles" @click=${() => actions.resetRoles()}>Show all, as in the header</button></div>`;
}
