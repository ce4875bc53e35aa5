// A view beside the text: the page of the extension’s view, in a frame. What it says in VS Code it says here to the
// page around it.
import type { Scheme } from '../editor/theme.js';

export interface Frame<To> {
  post(message: To): void;
  scheme(scheme: Scheme): void;
}

/**
 * Puts a view’s page into an element.
 * @param page the page’s address, beside this one
 * @param title what it is, for who can’t see it
 * @param heard what it says
 */
export function createFrame<To, From>(
  parent: HTMLElement,
  page: string,
  title: string,
  scheme: Scheme,
  heard: (message: From) => void,
): Frame<To> {
  const frame = document.createElement('iframe');
  frame.title = title;
  frame.src = `${page}#${scheme}`;
  parent.append(frame);
  const { origin } = location;
  addEventListener('message', ({ source, data }: MessageEvent<From>) => {
    if (source === frame.contentWindow) heard(data);
  });
  return {
    post: (message) => frame.contentWindow?.postMessage(message, origin),
    scheme: (next) => frame.contentWindow?.postMessage({ type: 'scheme', scheme: next }, origin),
  };
}
