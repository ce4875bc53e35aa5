// The page’s icons, drawn on a grid of 16; those that the view has are the view’s.
import { svg } from 'lit';
import type { SVGTemplateResult, TemplateResult } from 'lit';
import { drawings, framed } from '../../client/view/icons.js';

const paths = {
  mark: svg`<g stroke-width="1.500"><path stroke="var(--first)" d="M3 2v12"/><path stroke="var(--second)" d="M13 2v12"/><path d="M3.800 5.500h7.400M9 3.300l2.300 2.200L9 7.700M12.200 11H4.800M7 8.800 4.700 11 7 13.200"/></g>`,
  examples: svg`<path d="M2.500 3.500h4.500v9H2.500zM9 3.500h4.500v9H9zM4 6h1.500M4 8h1.500M10.500 6H12M10.500 8H12"/>`,
  tutorial: svg`<path d="M8 4.500C6.500 3.300 4.500 3 2.500 3v9.500c2 0 4 .300 5.500 1.500 1.500-1.200 3.500-1.500 5.500-1.500V3c-2 0-4 .300-5.500 1.500zM8 4.500V14"/>`,
  work: svg`<path d="M2.500 4.500v8h11v-6.500H8L6.500 4.500z"/>`,
  share: svg`<path d="M8 10V2.500M5.200 5 8 2.300 10.800 5M4.500 7.500h-1v6h9v-6h-1"/>`,
  light: svg`<circle cx="8" cy="8" r="2.800"/><path d="M8 1.800v1.700M8 12.500v1.700M1.800 8h1.700M12.500 8h1.700M3.600 3.600l1.200 1.200M11.200 11.200l1.200 1.200M12.400 3.600l-1.200 1.200M4.800 11.200l-1.200 1.200"/>`,
  dark: svg`<path d="M13 9.500A5.500 5.500 0 0 1 6.500 3 5.500 5.500 0 1 0 13 9.500z"/>`,
  manual: svg`<circle cx="8" cy="8" r="5.700"/><path d="M6.200 6.300A1.800 1.800 0 1 1 8 8.300v1M8 11.300v.100"/>`,
  plus: svg`<path d="M8 3.500v9M3.500 8h9"/>`,
  more: svg`<path d="M3.500 8h.100M8 8h.100M12.500 8h.100" stroke-width="2.200"/>`,
  close: svg`<path d="m4 4 8 8M12 4l-8 8"/>`,
  error: svg`<circle cx="8" cy="8" r="5.700"/><path d="m5.800 5.800 4.400 4.400M10.200 5.800l-4.400 4.400"/>`,
  warning: drawings.warning,
  info: svg`<circle cx="8" cy="8" r="5.700"/><path d="M8 7.300v3.900M8 4.900v.100"/>`,
  check: drawings.check,
  text: svg`<path d="M3 3.500h10M3 6.500h7M3 9.500h10M3 12.500h6"/>`,
  view: drawings.diagram,
  before: svg`<path d="M9.500 4 5.500 8l4 4"/>`,
  next: svg`<path d="m6.500 4 4 4-4 4"/>`,
  up: drawings.up,
  down: drawings.down,
} satisfies Record<string, SVGTemplateResult>;

export type IconName = keyof typeof paths;

export function icon(name: IconName): TemplateResult {
  return framed(paths[name]);
}
