// The choreography of a network, ready to be put after it, and tried before it is offered.
import { applyEdits } from '../diagnostics/fixes.js';
import type { Edit } from '../diagnostics/rule.js';
import type { Origin } from '../ir/expression.js';
import type { Network } from '../ir/process.js';
import { extract, manners } from '../network/extract.js';
import type { Workspace } from '../workspace.js';

export type ExtractionAnswer =
  | { readonly kind: 'extracted'; readonly network: Network; readonly name: string; readonly texts: readonly string[]; readonly edits: readonly Edit[] }
  | { readonly kind: 'failed'; readonly network: Network; readonly message: string; readonly origin: Origin };

/** The network whose head, from its keyword to its brace, touches a range. */
export function networkAt(workspace: Workspace, uri: string, range: Origin): Network | undefined {
  const file = workspace.file(uri);
  return file?.declarations.find((d): d is Network => {
    if (d.kind !== 'network') return false;
    const brace = file.text.indexOf('{', d.name.origin.end);
    return d.origin.start <= range.end && range.start <= (brace < 0 ? d.name.origin.end : brace);
  });
}

/**
 * Extracts the choreography of a network.
 * @returns its text, with those of the networks that it calls, and the edit that puts it after the network, or why there is none; undefined where there is no such file.
 * Cost: up to eight times that of `extract` and of an analysis of the file with it
 */
export function extraction(workspace: Workspace, uri: string, network: Network): ExtractionAnswer | undefined {
  const analysis = workspace.analyze(uri);
  if (!analysis) return undefined;
  const { file, scope, findings, verdicts } = analysis;
  const { start, end } = network.origin;
  const refuted = verdicts.find((v) => v.subject === 'network' && v.origin.start >= start && v.origin.end <= end)?.verdict === 'refuted';
  const wrong = findings.find((f) => f.severity === 'error' && f.origin.start >= start && f.origin.end <= end);
  // What the exploration finds wrong, the extraction tells in its own words.
  if (network.broken || (wrong && !refuted)) {
    return { kind: 'failed', network, message: `The network has an error, so no choreography is looked for: ${wrong?.message ?? 'it can’t be read.'}`, origin: wrong?.origin ?? network.name.origin };
  }
  let nearest: ExtractionAnswer | undefined;
  for (const manner of manners) {
    const found = extract(network, scope, manner);
    if (found.kind === 'failed') {
      // Another order may leave nobody out.
      if (!found.stuck && manner.strategy === 'patient') continue;
      const shared = !refuted && found.stuck && decides(network) > 1;
      const message = shared ? `${found.message} If several processes decide by copies of one value, that can’t be extracted: let one decide and tell the others.` : found.message;
      return nearest ?? { ...found, message, network };
    }
    const newText = `\n\n${found.texts.join('\n').trimEnd()}`;
    const edits: Edit[] = [{ uri, start: end, end, newText }];
    const trial = workspace.fork();
    trial.set(uri, applyEdits(file.text, edits));
    const error = trial.analyze(uri)?.findings.find((f) => f.severity === 'error' && f.origin.start >= end && f.origin.start < end + newText.length);
    if (!error) return { kind: 'extracted', network, name: found.name, texts: found.texts, edits };
    nearest ??= { kind: 'failed', network, message: `No choreography was found that checks: the nearest has the error \`${error.code}\`: ${error.message}`, origin: network.name.origin };
  }
  return nearest;
}

/** How many processes decide something by a value. */
function decides(network: Network): number {
  return network.processes.filter((process) => JSON.stringify(process.body, (key, value: unknown) => (key === 'origin' || key === 'origins' ? undefined : value)).match(/"kind":"(if|match|while)"/)).length;
}
