// Diagrams as pictures that stand by themselves, light or dark as the page is that shows them.
import { countText } from './counts.js';
import { sequenceGeometry } from './layout.js';
import type { Measure } from './fit.js';
import type { SequenceGeometry } from './layout.js';
import type { Drawing } from './shown.js';

/** The roles’ colours, in a light and in a dark page: those that the view has. */
const light = ['#0b5fc1', '#a84b00', '#0f7a43', '#a1258f', '#7a5d00', '#00707a', '#c02626', '#6040c9'];
const dark = ['#6cb6ff', '#f0a45d', '#7ee0a1', '#e08bd6', '#f2d06b', '#6fdce0', '#ff8f8f', '#b7a6ff'];

const style =
  `svg{background:#fff;color:#1f2328;font:12.5px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;${light.map((colour, i) => `--r${i}:${colour}`).join(';')}}` +
  'text{fill:currentColor}.s{font-family:system-ui,sans-serif}.d{opacity:.7}.l{paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}' +
  '.a{stroke:currentColor;stroke-width:1.4;fill:none}.t{fill:currentColor}.n{fill:#fff}.f{fill:#8881;stroke:#8889}.w{fill:#8883;stroke:#8889}' +
  light.map((_, i) => `.r${i}{stroke:var(--r${i})}`).join('') +
  `@media(prefers-color-scheme:dark){svg{background:#1f1f1f;color:#e6e6e6;${dark.map((colour, i) => `--r${i}:${colour}`).join(';')}}.l{stroke:#1f1f1f}.n{fill:#1f1f1f}}`;

/**
 * How wide a text is in a font of that kind, without one: letters of East Asia, and most signs beyond, are twice as
 * wide.
 */
export const guessed: Measure = (text) =>
  [...text].reduce(
    (sum, letter) =>
      sum +
      (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{3ffff}]/u.test(
        letter,
      )
        ? 13
        : /\p{M}/u.test(letter)
          ? 0
          : 7.55),
    0,
  );

/**
 * A sequence diagram as a picture.
 * Cost: linear in what is shown
 */
export function svgSequence<P>(drawing: Drawing<P>): string {
  const geometry = sequenceGeometry(drawing, guessed);
  const count = countText(drawing.count);
  const [top, width] = [62, Math.max(geometry.width, guessed(`${drawing.name}: ${count}`) + 40)];
  return picture(width, geometry.height + top, `${drawing.name}: ${count}`, [
    textAt(16, 22, drawing.name, 's', ' font-weight="600"'),
    textAt(24 + guessed(drawing.name), 22, count, 's d'),
    `<g transform="translate(0 ${top})">`,
    ...sequenceParts(geometry),
    '</g>',
  ]);
}

function* sequenceParts<P>({ lanes, messages, steps, jumps, frames, height }: SequenceGeometry<P>): Generator<string> {
  for (const { item, area } of frames)
    yield `<rect class="f" ${box(area)} rx="4"${item.open ? '' : ' stroke-dasharray="3 3"'}/>`;
  for (const { lane, x } of lanes)
    yield `<line class="r${lane % 8}" x1="${round(x)}" x2="${round(x)}" y1="-8" y2="${round(height)}" stroke-width="1.5"/>`;
  for (const { lane, role, x } of lanes) {
    const width = guessed(role) + 20;
    yield `<rect class="n r${lane % 8}" x="${round(x - width / 2)}" y="-30" width="${round(width)}" height="22" rx="4"/>`;
    yield textAt(x, -15, role, '', ' text-anchor="middle" font-weight="600"');
  }
  for (const { area, word, wordWidth, parts } of frames) {
    yield `<rect class="w" x="${round(area.x)}" y="${round(area.y)}" width="${round(wordWidth)}" height="20" rx="4"/>`;
    yield textAt(area.x + 8, area.y + 14.5, word, 's');
    for (const [i, { title, count, y, line }] of parts.entries()) {
      if (line)
        yield `<line class="a" x1="${round(area.x)}" x2="${round(area.x + area.width)}" y1="${round(y)}" y2="${round(y)}" stroke-dasharray="4 3"/>`;
      yield textAt(area.x + (i === 0 ? wordWidth : 0) + 8, y + 14.5, title, 'l');
      if (count) yield textAt(area.x + area.width - 8, y + 14.5, count, 's d l', ' text-anchor="end"');
    }
  }
  for (const { item, area, lines } of steps) {
    yield `<rect class="n r${item.lane % 8}" ${box(area)} rx="4"/>`;
    for (const [i, line] of lines.entries())
      yield textAt(area.x + area.width / 2, area.y + 17 * i + 17, line, '', ' text-anchor="middle"');
  }
  for (const { item, area } of jumps) yield textAt(area.x + 8, area.y + 15, `↩ ${item.text}`, 's l');
  for (const { item, x1, x2, y, label } of messages) {
    const way = x1 < x2 ? 1 : -1;
    const faint = item.implied ? ' stroke-dasharray="6 3"' : '';
    if (x1 === x2)
      yield `<path class="a" d="M${round(x1 + 3)} ${round(y - 12)}h30v12h-27"${faint} marker-end="url(#tip)"/>${textAt(x1 + 40, y - 4, label, 'l')}`;
    else {
      yield `<line class="a" x1="${round(x1 + 3 * way)}" x2="${round(x2 - 2 * way)}" y1="${round(y)}" y2="${round(y)}"${faint} marker-end="url(#tip)"/><circle class="t" cx="${round(x1)}" cy="${round(y)}" r="3"/>`;
      yield textAt((x1 + x2) / 2, y - 6, label, 'l', ' text-anchor="middle"');
    }
  }
}

/** A picture with its title, style and the heads of arrows. */
export function picture(width: number, height: number, title: string, parts: Iterable<string>): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${round(width)}" height="${round(height)}" viewBox="0 0 ${round(width)} ${round(height)}" role="img">\n<title>${escaped(title)}</title>\n<style>${style}</style>\n` +
    '<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="11" markerHeight="11" markerUnits="userSpaceOnUse" orient="auto"><path class="t" d="M1 1 9 5 1 9z"/></marker></defs>\n' +
    `${[...parts].map((part) => `${part}\n`).join('')}</svg>\n`
  );
}

/** A text, with classes of the style and more attributes. */
export function textAt(x: number, y: number, text: string, classes = '', more = ''): string {
  return text === ''
    ? ''
    : `<text x="${round(x)}" y="${round(y)}"${classes ? ` class="${classes}"` : ''}${more}>${escaped(text)}</text>`;
}

function box({
  x,
  y,
  width,
  height,
}: {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}): string {
  return `x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"`;
}

export function round(number: number): number {
  return Math.round(number * 10) / 10;
}

/** Text in XML; what XML has no characters for is left out. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"]/g, (c) => `&#${c.codePointAt(0)};`);
}
