// The choreography of a network, ready to be put after it, and tried before it is offered.
import { applyEdits } from '../diagnostics/fixes.js';
import type { Edit, Finding } from '../diagnostics/rule.js';
import type { Origin } from '../ir/expression.js';
import type { Network } from '../ir/process.js';
import { decidesByValues, extract, manners } from '../network/extract.js';
import { writeName } from '../syntax/names.js';
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
 * @param interrupted asked before each manner in which it is looked for; true ends the search
 * @returns its text, with those of the networks that it calls, and the edit that puts it after the network, or why there is none; undefined where there is no such file.
 * Cost: up to 36 times that of `extract` and of an analysis of the file with it
 */
export function extraction(workspace: Workspace, uri: string, network: Network, interrupted?: () => boolean): ExtractionAnswer | undefined {
  const analysis = workspace.analyze(uri);
  if (!analysis) return undefined;
  const { file, scope, findings, verdicts } = analysis;
  const { start, end } = network.origin;
  const refuted = verdicts.find((v) => v.subject === 'network' && v.origin.start >= start && v.origin.end <= end)?.verdict === 'refuted';
  // What a network carries out, though it should carry out something else, can be told.
  const wrong = findings.find((f) => f.severity === 'error' && f.code !== 'not-conformant' && f.origin.start >= start && f.origin.end <= end);
  // What the exploration finds wrong, the extraction tells in its own words.
  if (network.broken || (wrong && !refuted)) {
    return { kind: 'failed', network, message: `The network has an error, so no choreography is looked for: ${wrong?.message ?? 'it can’t be read.'}`, origin: wrong?.origin ?? network.name.origin };
  }
  let nearest: ExtractionAnswer | undefined;
  let failure: ExtractionAnswer | undefined;
  // Those that it calls are extracted in the same manner.
  const byValues = file.declarations.some((d) => d.kind === 'network' && !d.broken && decidesByValues(d, scope));
  const open = manners.filter((manner) => byValues || manner.values === 'none');
  const tried = new Set<string>();
  for (let i = 0, manner = open[0]; manner && !(i > 0 && interrupted?.()); manner = open[++i]) {
    const found = extract(network, scope, manner);
    if (found.kind === 'failed') {
      // The style makes no difference then; another order may leave nobody out; what is known of values may show the way.
      failure = { ...found, network };
      if (refuted) break;
      const { values, strategy } = manner;
      while (open[i + 1]?.values === values && (found.stuck || open[i + 1]?.strategy === strategy)) i++;
      continue;
    }
    if (refuted) return { kind: 'failed', network, message: `The network goes wrong, so it carries out no choreography: ${wrong?.message ?? 'see its error.'}`, origin: wrong?.origin ?? network.name.origin };
    const newText = `\n\n${found.texts.join('\n').trimEnd()}`;
    if (tried.has(newText)) continue;
    tried.add(newText);
    const edits: Edit[] = [{ uri, start: end, end, newText }];
    const trial = workspace.fork();
    trial.set(uri, applyEdits(file.text, edits));
    const error = trial.analyze(uri)?.findings.find((f) => f.severity === 'error' && f.origin.start >= end && f.origin.start < end + newText.length);
    const differs = error ? undefined : differenceFrom(workspace, uri, network, edits, found.name);
    if (!error && !differs) return { kind: 'extracted', network, name: found.name, texts: found.texts, edits };
    nearest ??= { kind: 'failed', network, message: `No choreography was found that checks: the nearest has the error \`${(error ?? differs)?.code}\`: ${(error ?? differs)?.message}`, origin: network.name.origin };
  }
  return nearest ?? failure;
}

/** What is wrong where the network implements what was extracted from it. */
function differenceFrom(workspace: Workspace, uri: string, { name, implements: design, origin }: Network, edits: readonly Edit[], extracted: string): Finding | undefined {
  const file = workspace.file(uri);
  if (!file) return undefined;
  const place = design?.origin ?? { start: name.origin.end, end: name.origin.end };
  const head: Edit = { uri, start: place.start, end: place.end, newText: design ? writeName(extracted) : ` implements ${writeName(extracted)}` };
  const trial = workspace.fork();
  trial.set(uri, applyEdits(file.text, [head, ...edits]));
  return trial.analyze(uri)?.findings.find((f) => f.severity === 'error' && f.origin.start >= origin.start && f.origin.end <= origin.end + head.newText.length - (head.end - head.start));
}
