// What may be wrong in a network, going by its whole text: another peer, another label, two actions in the other order,
// one that is missing. Candidates, each with how unlikely it is; what helps is found by trying.
import type { Network, Process } from '../../ir/process.js';
import { rangeOf } from '../../edits/process.js';
import { begins } from './begins.js';
import { withoutNumbers } from './channels.js';
import { designedMends } from './designed.js';
import { branchAdditions, elseAdditions, wholeReceives } from './ways.js';
import { nearest, sitesOf } from './sites.js';
import type { Site } from './sites.js';
import type { Fix, FixContext } from '../../edits/fix.js';
import type { Finding } from '../../findings/finding.js';
import { undesigned, isNear } from './scene.js';
import type { Scene } from './scene.js';
import { assignments, continues, receives, sends } from './network-additions.js';
import { processInputs } from './inputs.js';
import { exchanges, peers } from './network-changes.js';
import { labels } from './network-labels.js';
import { sceneOf } from './network-scene.js';

/** The candidates for an error of a network. */
export function networkMends(finding: Finding, network: Network, context: FixContext): Fix[] {
  const written = network.processes.map(withoutNumbers);
  const scene = sceneOf(finding, network, written, context);
  const sites = nearest(written.flatMap(sitesOf), finding.origin.start, ({ action }) => rangeOf(action).start);
  const known = network.processes.flatMap((process) => {
    const designed = scene.numbered.find((d) => d.name.text === process.name.text);
    return designed && network.implements
      ? designedMends(process, designed, network.implements.text, context).map((fix) =>
          isNear(scene, process.origin) ? fix : { ...fix, cost: { ...fix.cost, doubt: (fix.cost?.doubt ?? 0) + 0.1 } },
        )
      : [];
  });
  const begun = finding.code === 'deadlock' ? written.flatMap((process) => begins(scene, process)) : [];
  // With a design, nothing is exchanged but what it says.
  return [...known, ...begun, ...guessed(scene, written, sites).filter(({ cost }) => (cost?.doubt ?? 0) < undesigned)];
}

function guessed(scene: Scene, written: readonly Process[], sites: readonly Site[]): Fix[] {
  return [
    ...sites.flatMap((site) => peers(scene, site)),
    ...sites.flatMap((site) => exchanges(scene, site)),
    ...sites.flatMap((site) => labels(scene, site)),
    // What is to be added to a process that is designed, the design says.
    ...written
      .filter((process) => !scene.designed.some((d) => d.name.text === process.name.text))
      .flatMap((process) => [
        ...receives(scene, process),
        ...sends(scene, process),
        ...continues(scene, process),
        ...branchAdditions(scene, process),
        ...elseAdditions(scene, process),
        ...wholeReceives(scene, process),
      ]),
    ...written.flatMap((process) => [...assignments(scene, process), ...processInputs(scene, process)]),
  ];
}
