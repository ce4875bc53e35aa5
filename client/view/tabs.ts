// The tabs of the view, and beside them what can be done with a diagram: roles, search, zoom, files.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Tab } from '../messages.js';
import type { ArrangedRole, Rearrange } from './arrange.js';
import { icon } from './icons.js';
import { t } from './wording.js';

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
      return written ? t('Processes') : t('Projections');
    case 'sequence':
      return t('Sequence');
    case 'states':
      return t('States');
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
  return html`<div class="view-tabs"><div class="view-tab-list" role="tablist" aria-label=${t('View')}>${order.map(
    (each, at) => html`<button role="tab" class="view-tab" id=${`view-tab-${each}`} aria-selected=${each === tab}
      tabindex=${each === tab ? 0 : -1} aria-controls="view-panel" @click=${() => actions.choose(each)} @keydown=${(event: KeyboardEvent) => key(event, at)}>${titleOf(each, written)}</button>`,
  )}</div>
    <div class="view-tools">${tab === 'projections' ? nothing : diagramTools(shown, actions)}${rolesMenu(shown.roles, actions)}</div></div>`;
}

function diagramTools({ search, found, foundAt, zoom, drawn }: TabsShown, actions: TabActions): TemplateResult {
  const exportWhat = t('Copy or save the diagram');
  const percent = `${Math.round(zoom * 100)} %`;
  const menu = (event: Event): void => (event.target as Element).closest<HTMLElement>('[popover]')?.hidePopover();
  return html`<label class="search"><span class="visually-hidden">${t('Search in the diagram')}</span><input id="search" type="search" placeholder=${t('Search')} spellcheck="false" .value=${search} ?disabled=${!drawn}
      @input=${(event: Event) => actions.search((event.target as HTMLInputElement).value)}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        actions.found(event.shiftKey ? -1 : 1);
      }}></label>
    <span class="found" role="status" aria-live="polite">${search === '' ? '' : found === 0 ? t('none') : t('{0} of {1}', foundAt, found)}</span>
    <button class="tool" id="zoom-out" title=${t('Smaller (-)')} aria-label=${t('Smaller')} ?disabled=${!drawn} @click=${() => actions.zoom(1 / 1.2)}>${icon('less')}</button>
    <button class="tool" id="zoom-in" title=${t('Larger (+), now {0}', percent)} aria-label=${t('Larger')} ?disabled=${!drawn} @click=${() => actions.zoom(1.2)}>${icon('more')}</button>
    <button class="tool" id="fit" title=${t('As wide as the view (0)')} aria-label=${t('As wide as the view')} ?disabled=${!drawn} @click=${() => actions.zoom(undefined)}>${icon('fit')}</button>
    <button class="tool" id="export" title=${exportWhat} aria-label=${exportWhat} popovertarget="export-menu" ?disabled=${!drawn}>${icon('save')}</button>
    <div class="menu" id="export-menu" popover aria-label=${exportWhat} role="group" @click=${menu}>
      ${(['Mermaid', 'PlantUML', 'Graphviz', 'SVG'] as const).map((what) => html`<button class="item" @click=${() => actions.copy(what)}>${t('Copy as {0}', what)}</button>`)}
      <button class="item" @click=${() => actions.save()}>${t('Save as a file…')}</button>
    </div>`;
}

function rolesMenu(roles: readonly ArrangedRole[], actions: TabActions): TemplateResult {
  const hidden = roles.filter((each) => each.hidden).length;
  const what = hidden === 0 ? t('Roles: hide, reorder, fold') : t('Roles: {0} hidden', hidden);
  return html`<button class="tool roles" id="roles" title=${what} aria-label=${what} popovertarget="roles-menu" ?disabled=${roles.length === 0}>${icon('roles')}${hidden === 0 ? nothing : html`<span class="badge" aria-hidden="true">${hidden}</span>`}</button>
    <div class="menu" id="roles-menu" popover role="group" aria-label=${t('Roles')}>${roles.map((each) => {
      const { role, index, folded } = each;
      const [left, right] = [t('Move {0} to the left', role), t('Move {0} to the right', role)];
      const foldWhat = t('Fold {0}’s column', role);
      return html`<div class="role-row role-${index % 8}"><label><input type="checkbox" .checked=${!each.hidden} @change=${(event: Event) => actions.rearrange({ role, hidden: !(event.target as HTMLInputElement).checked })}>
          <span class="dot" aria-hidden="true"></span><span>${role}</span></label>
        <button class="tool" title=${left} aria-label=${left} ?disabled=${each.hidden} @click=${() => actions.rearrange({ role, by: -1 })}>${icon('up')}</button>
        <button class="tool" title=${right} aria-label=${right} ?disabled=${each.hidden} @click=${() => actions.rearrange({ role, by: 1 })}>${icon('down')}</button>
        <button class="tool" title=${folded ? t('Unfold {0}’s column', role) : foldWhat} aria-label=${foldWhat} aria-pressed=${folded} ?disabled=${each.hidden} @click=${() => actions.rearrange({ role, folded: !folded })}>${icon('fold')}</button></div>`;
    })}<button class="item" id="fold-roles" ?disabled=${roles.every((each) => each.folded)} @click=${() => actions.rearrange({ foldAll: true })}>${t('Fold all')}</button><button class="item" id="all-roles" @click=${() => actions.resetRoles()}>${t('Show all, as in the header')}</button></div>`;
}
