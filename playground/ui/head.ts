// The head of the page: what there is to open, sharing, colours, the manual.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { prose } from '../../client/view/column.js';
import type { Scheme } from '../editor/theme.js';
import type { Project } from '../work/project.js';
import { icon } from './icons.js';

/** Something to open, of what comes with the site. */
export interface Entry {
  readonly path: string;
  readonly title: string;
  readonly says: string;
}

export interface HeadShown {
  readonly title: string;
  readonly examples: readonly { readonly title: string; readonly entries: readonly Entry[] }[];
  readonly chapters: readonly Entry[];
  /** The chapters that were solved. */
  readonly solved: ReadonlySet<string>;
  readonly work: readonly Project[];
  /** The project that is looked at. */
  readonly current: string;
  readonly scheme: Scheme;
}

export interface HeadActions {
  example(path: string): void;
  chapter(path: string): void;
  project(id: string): void;
  forget(id: string): void;
  blank(): void;
  openFiles(): void;
  share(): void;
  colours(): void;
}

export function headView(shown: HeadShown, actions: HeadActions): TemplateResult {
  const other = shown.scheme === 'dark' ? 'light' : 'dark';
  return html`<h1><span class="mark">${icon('mark')}</span><span class="name">Chor</span><span class="title" title=${shown.title}>${shown.title}</span></h1>
    <div class="actions">
      ${menuButton('examples', 'Examples', 'examples')}
      ${shown.chapters.length > 0 ? menuButton('tutorial', 'Tutorial', 'tutorial') : nothing}
      ${menuButton('work', 'Your work', 'work')}
      <button class="action is-main" id="share" title="Copy a link to this (Ctrl+S)" @click=${() => actions.share()}>${icon('share')}<span class="label">Share</span></button>
      <button class="action" id="colours" title="${other === 'dark' ? 'Dark' : 'Light'} colours" aria-label="${other === 'dark' ? 'Dark' : 'Light'} colours" @click=${() => actions.colours()}>${icon(other)}</button>
      <a class="action" id="manual" href="manual/index.html" target="_blank" rel="noopener" title="The manual" aria-label="The manual">${icon('manual')}</a>
    </div>
    ${menu('examples', 'Examples', html`${shown.examples.map(({ title, entries }) => html`<h2>${title}</h2><ul>${entries.map((entry) => item(entry, () => actions.example(entry.path)))}</ul>`)}`)}
    ${shown.chapters.length > 0 ? menu('tutorial', 'Tutorial', html`<ol class="chapters">${shown.chapters.map((entry) => item(entry, () => actions.chapter(entry.path), shown.solved.has(entry.path)))}</ol>`) : nothing}
    ${menu(
      'work',
      'Your work',
      html`
      <ul><li><button class="item" @click=${closing(() => actions.blank())}><b>Begin with nothing</b><span>An empty text; what you have now stays here.</span></button></li>
        <li><button class="item" @click=${closing(() => actions.openFiles())}><b>Open files…</b><span>Texts in Chor, or what was saved here.</span></button></li></ul>
      ${shown.work.length > 0 ? html`<h2>Kept in this browser</h2>` : nothing}
      <ul>${shown.work.map(
        (
          project,
        ) => html`<li class="kept ${project.id === shown.current ? 'is-current' : ''}"><button class="item" aria-current=${project.id === shown.current} @click=${closing(() => actions.project(project.id))}><b>${project.title}</b>
        <span>${project.files.length === 1 ? project.files[0]?.name : `${project.files.length} files`} · ${when(project.at)}</span></button>
        <button class="tool" title="Forget ${project.title}" aria-label="Forget ${project.title}" @click=${() => actions.forget(project.id)}>${icon('close')}</button></li>`,
      )}</ul>`,
    )}`;
}

function menuButton(
  name: 'examples' | 'tutorial' | 'work',
  title: string,
  mark: 'examples' | 'tutorial' | 'work',
): TemplateResult {
  return html`<button class="action" id=${name} title=${title} popovertarget=${`${name}-menu`}>${icon(mark)}<span class="label">${title}</span></button>`;
}

function menu(name: string, title: string, content: TemplateResult): TemplateResult {
  return html`<div class="menu wide" id=${`${name}-menu`} popover role="group" aria-label=${title}>${content}</div>`;
}

function item({ title, says }: Entry, act: () => void, done = false): TemplateResult {
  return html`<li><button class="item" @click=${closing(act)}><b>${title}${done ? html` <span class="done">${icon('check')}<span class="visually-hidden">solved</span></span>` : nothing}</b><span>${prose(says)}</span></button></li>`;
}

/** Does it, and closes the menu that it stands in. */
function closing(act: () => void) {
  return (event: Event): void => {
    (event.target as Element).closest<HTMLElement>('[popover]')?.hidePopover();
    act();
  };
}

function when(time: number): string {
  const days = Math.floor((Date.now() - time) / 86_400_000);
  return days < 1 ? 'today' : days < 2 ? 'yesterday' : `${days} days ago`;
}
