// What is asked and told in between: names of files, the link to share, and short notices that need no answer.
import { html, nothing, render } from 'lit';
import type { TemplateResult } from 'lit';
import { prose } from '../../client/view/column.js';
import { icon } from './icons.js';

export interface Notice {
  readonly text: string;
  /** What can be done about it, with a word for it. */
  readonly actions?: readonly { readonly title: string; act(): void }[];
  /** It stays until somebody closes it. */
  readonly stays?: boolean;
  readonly bad?: boolean;
}

/** How long a notice is there, in milliseconds; longer where there is something to do. */
const noticeTime = { short: 5000, long: 12_000 } as const;

/** Shows notices, the newest alone. */
export function createNotices(element: HTMLElement): (notice: Notice) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const close = (): void => {
    clearTimeout(timer);
    render(nothing, element);
  };
  return (notice) => {
    clearTimeout(timer);
    render(
      html`<div class="notice ${notice.bad === true ? 'is-bad' : ''}"><span>${prose(notice.text)}</span>
      ${notice.actions?.map(
        ({ title, act }) =>
          html`<button class="small" @click=${() => {
            close();
            act();
          }}>${title}</button>`,
      )}
      <button class="tool" title="Close" aria-label="Close" @click=${close}>${icon('close')}</button></div>`,
      element,
    );
    if (notice.stays !== true) timer = setTimeout(close, notice.actions ? noticeTime.long : noticeTime.short);
  };
}

/** Opens a dialog of the page; what it holds is drawn by the one who opens it. It goes when it is closed. */
export function openDialog(
  title: string,
  content: (dialog: HTMLDialogElement, redraw: () => void) => TemplateResult,
): HTMLDialogElement {
  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-labelledby', 'dialog-title');
  const redraw = (): void => {
    render(
      html`<div class="dialog-head"><h2 id="dialog-title">${title}</h2><button class="tool" title="Close" aria-label="Close" @click=${() => dialog.close()}>${icon('close')}</button></div>${content(dialog, redraw)}`,
      dialog,
    );
  };
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  redraw();
  dialog.showModal();
  return dialog;
}

/**
 * Asks for a name.
 * @param problem what is wrong with one; undefined where nothing is
 * @returns undefined where nobody wants to
 */
export function askName(
  title: string,
  first: string,
  problem: (name: string) => string | undefined,
  clean: (typed: string) => string,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    let typed = first;
    let why: string | undefined;
    let answer: string | undefined;
    const dialog = openDialog(
      title,
      (own, redraw) => html`<form method="dialog" @submit=${(event: Event) => {
        const name = clean(typed);
        why = problem(name);
        if (why === undefined) {
          answer = name;
          return;
        }
        event.preventDefault();
        redraw();
      }}>
        <label for="name">Name, with folders if you like: <code>shop/types.chor</code></label>
        <input id="name" autocomplete="off" spellcheck="false" autocapitalize="off" .value=${first} aria-invalid=${why !== undefined} aria-describedby="name-problem" @input=${(
          event: Event,
        ) => {
          typed = (event.target as HTMLInputElement).value;
        }}>
        <p class="wrong" id="name-problem" role="alert">${why === undefined ? nothing : prose(why)}</p>
        <div class="buttons"><button type="button" class="button" @click=${() => own.close()}>Cancel</button><button class="button is-main">OK</button></div></form>`,
    );
    // Only now the keyboard is where it was before.
    dialog.addEventListener('close', () => resolve(answer));
    const input = dialog.querySelector<HTMLInputElement>('#name');
    input?.focus();
    input?.setSelectionRange(first.lastIndexOf('/') + 1, first.replace(/\.chor$/, '').length);
  });
}

export interface ShareShown {
  link(withRun: boolean): Promise<string>;
  /** What longer links, in characters, are told of. */
  readonly long: number;
  /** The run that is shown, in a word; undefined where none is. */
  readonly run?: string;
  copy(link: string): void;
  save(): void;
}

/** Shows the link, to be copied. */
export function shareDialog({ link, long, run, copy, save }: ShareShown): void {
  let made = '';
  let withRun = run !== undefined;
  const dialog = openDialog('Share this', (own, redraw) => {
    const make = (): void =>
      void link(withRun).then((next) => {
        made = next;
        redraw();
      });
    if (made === '') make();
    return html`<p>Whoever opens this link sees your files as they are now. They are in the link itself: nothing is sent anywhere, and what you type later is not in it.</p>
      <label for="link">Link</label>
      <div class="row"><input id="link" readonly .value=${made} @focus=${(event: Event) => (event.target as HTMLInputElement).select()}>
        <button class="button is-main" id="copy-link" ?disabled=${made === ''} @click=${() => {
          copy(made);
          own.close();
        }}>Copy</button></div>
      ${
        run === undefined
          ? nothing
          : html`<label class="check"><input type="checkbox" .checked=${withRun} @change=${(event: Event) => {
              withRun = (event.target as HTMLInputElement).checked;
              make();
            }}> with the run of ${run}</label>`
      }
      <p class="hint">${made.length > long ? `It is long: ${Math.ceil(made.length / 1000)} thousand characters, and some programs cut such links off. A file is safer.` : nothing}</p>
      <div class="buttons"><button class="button" id="save-file" @click=${() => {
        save();
        own.close();
      }}>Save as a file</button></div>`;
  });
  dialog.querySelector<HTMLElement>('#copy-link')?.focus();
}
