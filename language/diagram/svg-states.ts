// The automata of roles as a picture that stands by itself, beside each other.
import type { RoleStates, StateDiagram } from './states.js';
import { pathOf } from './states-layout.js';
import type { PlacedStates } from './states-layout.js';
import { guessed, picture, round, textAt } from './svg.js';

const [gap, top] = [24, 64];

/**
 * The automaton of each role as a picture.
 * @param placed where its parts stand, for each role; missing where they can't be drawn, which `problem` of the role
 *   says
 * Cost: linear in the graph
 */
export function svgStates<P>({ name, roles }: StateDiagram<P>, placed: readonly (PlacedStates | undefined)[]): string {
  let x = 16;
  const parts = [textAt(16, 22, name, 's', ' font-weight="600"')];
  let height = 40;
  roles.forEach((role, i) => {
    const place = placed[i];
    const text = place ? '' : (role.problem?.message ?? 'too large to be drawn');
    const width = Math.max(place?.width ?? 0, guessed(role.role) + 40, Math.min(guessed(text), 360));
    parts.push(
      `<text class="s" x="${round(x + width / 2)}" y="${top - 16}" text-anchor="middle" font-weight="600">${textAt(0, 0, role.role).replace(/<\/?text[^>]*>/g, '')}</text>`,
    );
    parts.push(
      `<line class="r${role.index % 8}" x1="${round(x)}" x2="${round(x + width)}" y1="${top - 8}" y2="${top - 8}" stroke-width="2"/>`,
    );
    if (place)
      parts.push(
        `<g transform="translate(${round(x + (width - place.width) / 2)} ${top})">`,
        ...roleParts(role, place),
        '</g>',
      );
    else parts.push(textAt(x, top + 20, text, 's d'));
    height = Math.max(height, place?.height ?? 40);
    x += width + gap;
  });
  return picture(x, top + height + 16, `${name}: the states of its roles`, parts);
}

function* roleParts<P>(
  { states, transitions, index }: RoleStates<P>,
  { start, states: places, transitions: ways }: PlacedStates,
): Generator<string> {
  const entering = ways.length - transitions.length;
  for (const [i, { points }] of ways.entries()) {
    const transition = transitions[i - entering];
    const colour = transition?.peer === undefined || transition.peer < 0 ? 'a' : `a r${transition.peer % 8}`;
    yield `<path class="${colour}" d="${pathOf(points)}"${transition?.kind === 'decide' ? ' stroke-dasharray="4 3"' : ''} marker-end="url(#tip)"/>`;
  }
  yield `<circle class="t" cx="${round(start.x + start.size / 2)}" cy="${round(start.y + start.size / 2)}" r="${start.size / 2}"/>`;
  for (const [i, { kind }] of states.entries()) {
    const { x = 0, y = 0, size = 0 } = places[i] ?? {};
    const [cx, cy, r] = [round(x + size / 2), round(y + size / 2), size / 2];
    if (kind === 'decides')
      yield `<path class="n r${index % 8}" d="M${cx} ${round(cy - r)}L${round(cx + r)} ${cy}L${cx} ${round(cy + r)}L${round(cx - r)} ${cy}z"/>`;
    else
      yield `<circle class="n r${index % 8}" cx="${cx}" cy="${cy}" r="${r}"/>${kind === 'end' ? `<circle class="n r${index % 8}" cx="${cx}" cy="${cy}" r="${r - 4}"/>` : ''}`;
  }
  for (const { label } of ways) if (label) yield textAt(label.x + 2, label.y + 12, label.text, 'l');
}
