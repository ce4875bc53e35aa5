// The view's few icons, drawn on a grid of 16.
import { html, svg } from 'lit';
import type { SVGTemplateResult, TemplateResult } from 'lit';

export const drawings = {
  pin: svg`<path d="M6 2h4l-.6 4.200 2.100 2.300v1H4.500v-1l2.100-2.300L6 2zM8 9.500V14"/>`,
  sync: svg`<path d="M2.500 6.200h9.600M9.400 3.400l2.900 2.800-2.900 2.800M13.500 10.800H3.900"/><path d="M6.600 8.600 3.700 10.800l2.900 2.800"/>`,
  copy: svg`<rect x="5.500" y="5.500" width="8" height="8" rx="1"/><path d="M10.500 5.300V3.500a1 1 0 0 0-1-1h-6a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h1.800"/>`,
  open: svg`<path d="M9.500 2.500h-5a1 1 0 0 0-1 1v9a1 1 0 0 0 1 1h7a1 1 0 0 0 1-1v-7l-3-3zM9.500 2.500v3h3"/>`,
  align: svg`<path d="M2.500 4h4M9.500 4h4M2.500 8h4M9.500 8h4M2.500 12h4M9.500 12h4"/>`,
  warning: svg`<path d="M8 2.500 14.200 13.500H1.800L8 2.500zM8 6.500v3.200M8 11.600v.100"/>`,
  diagram: svg`<path d="M3.500 2.500v11M12.500 2.500v11M3.500 5.500h8.400M9.900 3.800l2.200 1.700-2.200 1.700M12.500 10.500H4.100M6.100 8.800l-2.200 1.700 2.200 1.700"/>`,
  roles: svg`<path d="M2.500 3h3v10h-3zM6.500 3h3v10h-3zM10.500 3h3v10h-3z"/>`,
  less: svg`<path d="M4 8h8"/>`,
  more: svg`<path d="M4 8h8M8 4v8"/>`,
  fit: svg`<path d="M2.500 8h11M5 5.500 2.500 8 5 10.500M11 5.500 13.500 8 11 10.500"/>`,
  save: svg`<path d="M8 2.500v7M5 7l3 3 3-3M3 13.500h10"/>`,
  up: svg`<path d="M4.500 9.500 8 6l3.500 3.500"/>`,
  down: svg`<path d="M4.500 6.500 8 10l3.500-3.500"/>`,
  fold: svg`<path d="M6.500 4.500 3 8l3.500 3.500M9.500 4.500 13 8l-3.500 3.500"/>`,
  check: svg`<path d="m3.500 8.500 3 3 6-7"/>`,
} satisfies Record<string, SVGTemplateResult>;

export type IconName = keyof typeof drawings;

export function icon(name: IconName): TemplateResult {
  return framed(drawings[name]);
}

/** A drawing as a picture of the size of a letter. */
export function framed(drawing: SVGTemplateResult): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">${drawing}</svg>`;
}
