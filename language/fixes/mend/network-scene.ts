// What the text of a network says that candidates are made of.
import type { FixContext } from '../../edits/fix.js';
import type { Held } from '../../edits/held.js';
import { runOf } from '../../findings/finding.js';
import type { Finding } from '../../findings/finding.js';
import { walkExpr } from '../../ir/expression.js';
import { expressionsOf } from '../../ir/process.js';
import type { Network, Process } from '../../ir/process.js';
import { relatedOf } from '../../rules/render.js';
import { library } from '../../typing/library.js';
import { writeType } from '../../typing/write.js';
import { balanceOf, familyName, numberedAs, withoutNumbers } from './channels.js';
import type { Scene } from './scene.js';
import { sitesOf } from './sites.js';
import { heldBy } from './values.js';

export function sceneOf(finding: Finding, network: Network, own: readonly Process[], context: FixContext): Scene {
  const { workspace, uri, text } = context;
  const analysis = workspace.analyze(uri);
  const design = network.implements && analysis?.scope.lookup(network.implements.text);
  const designed =
    design &&
    workspace
      .analyze(design.uri)
      ?.projections.find((p) => p.choreography === design.declaration)
      ?.network.processes.map((process) =>
        numberedAs(process, network.processes.find((p) => p.name.text === process.name.text) ?? process),
      );
  const written = new Set(own.map((p) => p.name.text));
  const processes = [...own, ...(designed ?? []).map(withoutNumbers).filter((p) => !written.has(p.name.text))];
  const variables = analysis?.names.variables.get(network.name.text);
  const payloads = analysis?.names.payloads.get(network.name.text);
  const typeOf =
    (role: string) =>
    (name: string): string | undefined =>
      variables?.get(role)?.find((v) => v.name === name)?.type?.meaning;
  const held = new Map<Process, readonly Held[]>();
  return {
    network,
    context,
    processes,
    designed: designed?.map(withoutNumbers) ?? [],
    numbered: designed ?? [],
    balance: balanceOf(processes),
    lacksValue: finding.code === 'unknown-variable' || finding.code === 'maybe-unassigned',
    focus: [
      finding.origin,
      ...relatedOf(finding, () => undefined)
        .filter((r) => r.uri === uri)
        .map((r) => r.origin),
    ],
    ended: new Set(
      (runOf(finding)?.ends ?? []).filter((end) => end.kind === 'ended').map((end) => familyName(end.role)),
    ),
    last: new Map(
      (runOf(finding)?.steps ?? [])
        .filter((step) => step.uri === uri)
        .map((step) => [familyName(step.role), step.origin]),
    ),
    missing(process) {
      const told = (analysis?.findings ?? [])
        .filter(
          (f) =>
            (f.code === 'unknown-variable' || f.code === 'maybe-unassigned') &&
            process.origin.start <= f.origin.start &&
            f.origin.end <= process.origin.end,
        )
        .map((f) => ({ name: text.slice(f.origin.start, f.origin.end).replace(/^\^/, ''), at: f.origin.start }));
      // A variable that has the name of a function is taken for it.
      for (const { action } of sitesOf(process)) {
        for (const expr of expressionsOf(action)) {
          walkExpr(expr, (e) => {
            if (
              (e.kind === 'name' && library.has(e.name.text)) ||
              (e.kind === 'name' && analysis?.scope.lookup(e.name.text))
            )
              told.push({ name: e.name.text, at: e.name.origin.start });
          });
        }
      }
      return told.filter(
        ({ name }) =>
          !this.held(process).some((h) => h.name === name) ||
          analysis?.findings.some((f) => f.code === 'maybe-unassigned'),
      );
    },
    held(process) {
      const known = held.get(process) ?? heldBy(process, typeOf(process.name.text));
      held.set(process, known);
      return known;
    },
    carried({ from, to, label }) {
      const type = payloads?.get({ sender: from, receiver: to, label });
      if (!type) return undefined;
      if (type.kind === 'tuple' && type.items.length === 0) return '';
      const shown = writeType(type, '?');
      return shown === '?' ? undefined : shown;
    },
  };
}
