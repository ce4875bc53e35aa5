// The tabs of a project’s files, and what can be done with a file.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from './icons.js';
import { isNarrow } from './layout.js';

export interface FileActions {
  look(name: string): void;
  add(): void;
  rename(name: string): void;
  remove(name: string): void;
  /** Lays the text out. */
  format(): void;
  /** All that the editor can do. */
  commands(): void;
}

/**
 * The tabs.
 * @param names the files, in order
 * @param wrong those with errors
 */
export function filesView(
  names: readonly string[],
  open: string,
  wrong: ReadonlySet<string>,
  actions: FileActions,
): TemplateResult {
  const key = (event: KeyboardEvent, at: number): void => {
    const to =
      event.key === 'ArrowRight'
        ? at + 1
        : event.key === 'ArrowLeft'
          ? at - 1
          : event.key === 'Home'
            ? 0
            : event.key === 'End'
              ? names.length - 1
              : -1;
    const name = names[to];
    if (event.key === 'F2') actions.rename(names[at] ?? '');
    else if (event.key === 'Delete' && names.length > 1) actions.remove(names[at] ?? '');
    else if (name === undefined) return;
    else {
      actions.look(name);
      requestAnimationFrame(() => document.querySelector<HTMLElement>('#files [aria-selected=true]')?.focus());
    }
    event.preventDefault();
  };
  const menu =
    (act: () => void) =>
    (event: Event): void => {
      (event.target as Element).closest<HTMLElement>('[popover]')?.hidePopover();
      act();
    };
  return html`<div class="file-tabs" role="tablist" aria-label="Files">${repeat(
    names,
    (name) => name,
    (name, at) => html`<button role="tab" class="file ${wrong.has(name) ? 'is-wrong' : ''}"
      id=${`file-${at}`} aria-selected=${name === open} aria-controls="editor" tabindex=${name === open ? 0 : -1} title=${name} @click=${() => actions.look(name)} @dblclick=${() => actions.rename(name)}
      @keydown=${(event: KeyboardEvent) => key(event, at)}>${name}${wrong.has(name) ? html`<span class="visually-hidden"> (with errors)</span>` : nothing}</button>`,
  )}</div>
    <button class="tool" id="add-file" title="New file" aria-label="New file" @click=${() => actions.add()}>${icon('plus')}</button>
    <button class="tool" id="file-more" title="What can be done with ${open}" aria-label="What can be done with ${open}" popovertarget="file-menu">${icon('more')}</button>
    <div class="menu" id="file-menu" popover role="group" aria-label=${open} @toggle=${(event: ToggleEvent) => {
      if (event.newState === 'open') place(event.target as HTMLElement);
    }}>
      <button class="item" @click=${menu(() => actions.rename(open))}>Rename ${open}… <kbd>F2</kbd></button>
      <button class="item" ?disabled=${names.length < 2} @click=${menu(() => actions.remove(open))}>Delete ${open}</button>
      <button class="item" @click=${menu(() => actions.format())}>Lay out the text</button>
      <button class="item" @click=${menu(() => actions.commands())}>All commands… <kbd>F1</kbd></button>
    </div>`;
}

/** Below its button; on a narrow page the style sheet has a place for it. */
function place(menu: HTMLElement): void {
  const button = document.getElementById('file-more')?.getBoundingClientRect();
  menu.style.inset =
    button && !isNarrow() ? `${button.bottom + 4}px auto auto ${Math.min(button.left, innerWidth - 240)}px` : '';
}
