// Whether what a learner wrote exchanges the messages of a choreography that the learner does not see.
import { declaredRoles } from '../families/sized.js';
import { triedSizes } from '../families/sizes.js';
import type { Choreography } from '../ir/choreography.js';
import type { Network } from '../ir/process.js';
import { compare } from '../network/analysis/conformance.js';
import type { Difference } from '../network/analysis/conformance.js';
import { libraryOf, systemOf } from '../network/model/system.js';
import type { System } from '../network/model/system.js';
import { givenAt, givenScope, withGiven } from '../parameters/scope.js';
import { project } from '../projection/project.js';
import { afterText } from '../rules/not-conformant.js';
import type { Scope } from '../scoping/scope.js';
import { listed } from '../text/words.js';

export interface Compared {
  readonly declaration: Choreography | Network;
  /** Of its file. */
  readonly scope: Scope;
}

/**
 * Compares two declarations by the messages that their roles exchange, role by role, with families at the sizes that
 * are tried. Labels and order count; values and what is computed do not.
 * @returns a sentence that tells where they first differ, in the names of the first; undefined where they do not
 * Cost: that of `compare`, for each role
 */
export function differenceFrom(own: Compared, wanted: Compared): string | undefined {
  const name = own.declaration.name.text;
  const roles = rolesOf(own);
  const families = new Set(familiesOf(own));
  const others = rolesOf(wanted);
  const lacking = others.filter((role) => !roles.includes(role));
  if (lacking.length > 0)
    return `\`${name}\` has no ${own.declaration.kind === 'network' ? 'process' : 'role'} ${listed(lacking.map((role) => `\`${role}\``))}.`;
  const excess = roles.filter((role) => !others.includes(role));
  if (excess.length > 0)
    return `\`${name}\` has ${listed(excess.map((role) => `\`${role}\``))} too much: ${listed(others.map((role) => `\`${role}\``))} ${others.length === 1 ? 'is' : 'are'} all that is asked for.`;
  const single = familiesOf(wanted).find((role) => !families.has(role));
  if (single !== undefined)
    return `\`${single}\` is one role in \`${name}\`, where any number of them is asked for: \`${single}[n]\`.`;
  const given = givenScope(wanted.scope);
  const sizes = triedSizes(declaredRoles(withGiven(wanted.declaration, given), given));
  for (const each of sizes) {
    const [left, right] = [systemAt(own, each), systemAt(wanted, each)];
    if (!left || !right) return `\`${name}\` can’t be compared with what is asked for: it is too long.`;
    const found = firstDifference(left, right);
    if (found !== undefined)
      return each.size > 0
        ? `With ${listed([...each].map(([family, size]) => `${size} of \`${family}\``))}: ${found.replace(/^After/, 'after')}`
        : found;
  }
  return undefined;
}

function rolesOf({ declaration }: Compared): string[] {
  return (declaration.kind === 'choreography' ? declaration.roles : declaration.processes)
    .map(({ name }) => name.text)
    .filter((name, i, all) => all.indexOf(name) === i);
}

function familiesOf({ declaration, scope }: Compared): string[] {
  return declaredRoles(declaration, scope).flatMap(({ name, family, value }) =>
    family && value === undefined ? [name.text] : [],
  );
}

function systemAt({ declaration, scope }: Compared, sizes: ReadonlyMap<string, number>): System | undefined {
  const found = sizes.size > 0 ? givenAt(declaration, sizes, scope) : { declaration, scope };
  if (!found) return undefined;
  const { declaration: at, scope: there } = found;
  const library = libraryOf(at.kind === 'network' ? at : project(at, there).network, project);
  return systemOf(library.rolesOf(at, there), at.kind === 'network' ? at.channels : { kind: 'fifo' }, library);
}

function firstDifference(own: System, wanted: System): string | undefined {
  for (const root of own.roots) {
    const role = own.names[root.machine] ?? '';
    const other = wanted.roots.find((each) => wanted.names[each.machine] === role);
    if (!other) continue;
    const there = compare(own, root, wanted, other);
    if (there.kind === 'different')
      return told(role, there.difference, there.difference.actual, there.difference.expected);
    // It does less than it may.
    const back = there.kind === 'subtype' ? compare(wanted, other, own, root) : there;
    if (back.kind === 'different') return told(role, back.difference, back.difference.expected, back.difference.actual);
  }
  return undefined;
}

function told(role: string, { run }: Difference, does: string, should: string): string {
  const first = (what: string): string => (what === 'ends' ? 'does nothing' : `first ${what}`);
  if (run.steps.length === 0) return `${role} ${first(does)}; asked for is that ${role} ${first(should)}.`;
  return `After it ${afterText(run)}, ${role} ${does}; asked for is that ${role} then ${should}.`;
}
