// What the tests of projection share.
import type { Choreography } from '../../language/ir/choreography.js';
import { lowerFile } from '../../language/lowering/source.js';
import { printProcess } from '../../language/projection/print.js';
import { project } from '../../language/projection/project.js';
import type { Projected } from '../../language/projection/project.js';
import { scopeOf } from '../../language/scoping/scope.js';

export const uri = 'file:///test.chor';

/** The projections of all choreographies of a text, in order. */
export function projectText(text: string): Projected[] {
  const file = lowerFile(uri, text);
  const scope = scopeOf(file, { file: (other) => (other === uri ? file : undefined) });
  return file.declarations.filter((d): d is Choreography => d.kind === 'choreography').map((d) => project(d, scope));
}

/** The text of one role's projection, in the last choreography. */
export function roleText(text: string, role: string): string {
  const process = projectText(text)
    .at(-1)
    ?.network.processes.find((p) => p.name.text === role);
  return process ? printProcess(process).text : '';
}

/**
 * The value without any origins, and what invented names come from, to compare by meaning. What is undefined is left
 * out.
 */
export function withoutOrigins(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value ?? null, (key, inner: unknown) =>
      ['origin', 'origins', 'doc', 'written'].includes(key) ? undefined : inner,
    ),
  );
}
