// The network of a choreography, and the processes that a network has not written out.
import type { Choreography } from '../../ir/choreography.js';
import type { Network } from '../../ir/process.js';
import { printNetwork, printProcess } from '../../projection/print.js';
import type { Projected } from '../../projection/project.js';
import { insertionAtEnd } from '../../edits/text.js';
import { freshName } from './refactoring.js';
import type { Asked, Refactoring } from './refactoring.js';

const isWhole = ({ network }: Projected, roles?: ReadonlySet<string>): boolean =>
  network.processes.every(
    (process) => (roles && !roles.has(process.name.text)) || printProcess(process).holes.length === 0,
  );

/** A network that implements a choreography, each process as it is projected, behind it. */
export function networkOf({ uri, analysis }: Asked, choreography: Choreography): Refactoring | undefined {
  const projected = analysis.projections.find((each) => each.choreography === choreography);
  if (choreography.broken || !projected || projected.foreign.size > 0 || !isWhole(projected)) return undefined;
  const name = freshName(`${choreography.name.text}Network`, analysis.scope.all());
  const { end } = choreography.origin;
  const { text } = printNetwork(projected.network, name, choreography.name.text);
  return {
    title: `Write a network that implements ${choreography.name.text}`,
    kind: 'rewrite',
    edits: [{ uri, start: end, end, newText: `\n\n${text.trimEnd()}` }],
  };
}

/** The processes of the roles that a network has none for, as the choreography that it implements wants them. */
export function missingProcesses({ workspace, uri, text, analysis }: Asked, network: Network): Refactoring | undefined {
  const found = network.implements && analysis.scope.lookup(network.implements.text);
  if (network.broken || found?.declaration.kind !== 'choreography') return undefined;
  const design = found.declaration.name.text;
  const projected = workspace
    .analyze(found.uri)
    ?.projections.find(({ choreography }) => choreography.name.text === design);
  const written = new Set(network.processes.map(({ name }) => name.text));
  const missing = projected?.network.processes.filter(({ name }) => !written.has(name.text)) ?? [];
  if (!projected || missing.length === 0 || !isWhole(projected, new Set(missing.map(({ name }) => name.text))))
    return undefined;
  const code = missing.map((process) => printProcess(process).text.trimEnd()).join('\n\n');
  const names = missing.map(({ name }) => name.text);
  const title =
    names.length === 1 ? `Write out the process ${names[0] ?? ''}` : `Write out the ${names.length} missing processes`;
  return {
    title,
    kind: 'rewrite',
    edits: [insertionAtEnd(text, uri, network.origin, code, network.processes.length > 0)],
  };
}
