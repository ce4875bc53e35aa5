// The choreography of a network, ready to be put after it, and tried before it is offered.
import type { TextRange } from '../ir/expression.js';
import type { Network } from '../ir/process.js';
import { createExtractor, decidesByValues, manners } from '../extraction/extract.js';
import type { Extraction, TypeOf } from '../extraction/extract.js';
import { writeName } from '../syntax/names.js';
import type { FileAnalysis, Workspace } from '../workspace.js';
import { applyEdits } from '../edits/fix.js';
import type { Edit } from '../edits/fix.js';
import type { Finding } from '../findings/finding.js';
import { messageOf, linesIn } from '../rules/render.js';
import { longestUndivided } from './limits.js';

export type ExtractionAnswer =
  | {
      readonly kind: 'extracted';
      readonly network: Network;
      readonly name: string;
      readonly texts: readonly string[];
      readonly edits: readonly Edit[];
    }
  | { readonly kind: 'failed'; readonly network: Network; readonly message: string; readonly origin: TextRange };

/** The network whose head, from its keyword to its brace, touches a range. */
export function networkAt(workspace: Workspace, uri: string, range: TextRange): Network | undefined {
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
 * @returns its text, with those of the networks that it calls, and the edit that puts it after the network, or why
 *   there is none; undefined where there is no such file.
 * Cost: up to six times that of running the network symbolically, and 42 times that of an analysis of the file with
 * what is found
 */
export function extraction(
  workspace: Workspace,
  uri: string,
  network: Network,
  interrupted?: () => boolean,
): ExtractionAnswer | undefined {
  const analysis = workspace.analyze(uri);
  if (!analysis) return undefined;
  const { file, scope, findings, verdicts } = analysis;
  const { start, end } = network.origin;
  // What a network carries out, though it should carry out something else, can be told.
  const wrong = findings.find(
    (f) => f.severity === 'error' && f.code !== 'not-conformant' && f.origin.start >= start && f.origin.end <= end,
  );
  const verdict = verdicts.find(
    (v) => v.subject === 'network' && v.origin.start >= start && v.origin.end <= end,
  )?.verdict;
  const refuted = verdict === 'refuted' && wrong !== undefined && wrong.code !== 'payload-mismatch';
  // What the exploration finds wrong, the extraction tells in its own words.
  if (network.broken || (wrong && !refuted)) {
    return {
      kind: 'failed',
      network,
      message: `The network has an error, so no choreography is looked for: ${wrong ? messageOf(wrong, linesIn(workspace)) : 'it can’t be read.'}`,
      origin: wrong?.origin ?? network.name.origin,
    };
  }
  // Those that it calls are extracted in the same manner.
  const byValues = file.declarations.some((d) => d.kind === 'network' && !d.broken && decidesByValues(d, scope));
  const open = manners.filter((manner) => byValues || manner.values === 'none');
  const extract = createExtractor(network, scope, typesIn(analysis));
  const tried = new Map<string, Finding | undefined>();
  /** What is wrong with choreographies that were found, if anything. */
  const wrongWith = (name: string, newText: string): Finding | undefined => {
    if (tried.has(newText)) return tried.get(newText);
    const edits: Edit[] = [{ uri, start: end, end, newText }];
    const trial = workspace.fork();
    trial.set(uri, applyEdits(file.text, edits));
    const found =
      trial
        .analyze(uri)
        ?.findings.find(
          (f) => f.severity === 'error' && f.origin.start >= end && f.origin.start < end + newText.length,
        ) ?? differenceFrom(workspace, uri, network, edits, name);
    tried.set(newText, found);
    return found;
  };
  let nearest: ExtractionAnswer | undefined;
  let failure: ExtractionAnswer | undefined;
  for (let i = 0, manner = open[0]; manner && !(i > 0 && interrupted?.()); manner = open[++i]) {
    const found = extract(manner);
    if (found.kind === 'failed') {
      if (found.why !== 'style' || !failure)
        failure = {
          kind: 'failed',
          network,
          message: whyNot(found, () => refuted || isRefuted(workspace, uri, network)),
          origin: found.origin,
        };
      if (refuted) break;
      // Another order may leave nobody out; what is known of values may show the way.
      const { values, crossing, strategy } = manner;
      while (
        found.why !== 'style' &&
        open[i + 1]?.values === values &&
        open[i + 1]?.crossing === crossing &&
        (found.why === 'stuck' || open[i + 1]?.strategy === strategy)
      )
        i++;
      continue;
    }
    if (refuted)
      return {
        kind: 'failed',
        network,
        message: `The network goes wrong, so it carries out no choreography: ${wrong ? messageOf(wrong, linesIn(workspace)) : 'see its error.'}`,
        origin: wrong?.origin ?? network.name.origin,
      };
    const error = wrongWith(found.name, textOf(found.texts));
    if (error) {
      nearest ??= {
        kind: 'failed',
        network,
        message: `No choreography was found that checks: the nearest has the error \`${error.code}\`: ${messageOf(error, linesIn(workspace))}`,
        origin: network.name.origin,
      };
      continue;
    }
    // Where much is written twice, it may be better in parts.
    const parts =
      lengthOf(found.texts) > longestUndivided && manner.style !== 'parts'
        ? extract({ ...manner, style: 'parts' })
        : undefined;
    const better =
      parts?.kind === 'extracted' &&
      2 * lengthOf(parts.texts) < lengthOf(found.texts) &&
      !wrongWith(parts.name, textOf(parts.texts))
        ? parts
        : found;
    return {
      kind: 'extracted',
      network,
      name: better.name,
      texts: better.texts,
      edits: [{ uri, start: end, end, newText: textOf(better.texts) }],
    };
  }
  return nearest ?? failure;
}

/**
 * That there is none is only said where the network is known to go wrong: without that, it may be that values keep it
 * from coming there.
 */
function whyNot({ why, message }: Extract<Extraction, { kind: 'failed' }>, refuted: () => boolean): string {
  if (why !== 'stuck' && why !== 'left' && why !== 'threads') return message;
  if (refuted()) return `There is no choreography: ${message}`;
  return `No choreography was found: ${message}${why === 'stuck' ? ' Perhaps no run comes here: values may rule it out, which are followed only as far as they are copied and compared.' : ''}`;
}

/** Whether a network goes wrong; it is explored where that is still to be done. */
function isRefuted(workspace: Workspace, uri: string, { origin }: Network): boolean {
  return workspace.settled().exploreAt(uri, origin.start)?.verdict.verdict === 'refuted';
}

function lengthOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.split('\n').length, 0);
}

function textOf(texts: readonly string[]): string {
  return `\n\n${texts.join('\n').trimEnd()}`;
}

/** The types that were inferred for the variables of a file. */
function typesIn({ occurrences }: FileAnalysis): TypeOf {
  const types = new Map<string, string>();
  for (const {
    symbol: { role, name, container, type, kind },
  } of occurrences) {
    if (role !== undefined && (kind === 'variable' || kind === 'input') && type !== undefined)
      types.set(`${container ?? ''} ${role} ${name}`, type.meaning);
  }
  return (network, role, variable) =>
    types.get(`${network.name.text} ${role} ${variable}`) ??
    types.get(`${network.implements?.text ?? ''} ${role} ${variable}`);
}

/** What is wrong where the network implements what was extracted from it. */
function differenceFrom(
  workspace: Workspace,
  uri: string,
  { name, implements: design, origin }: Network,
  edits: readonly Edit[],
  extracted: string,
): Finding | undefined {
  const file = workspace.file(uri);
  if (!file) return undefined;
  // What the header gives, its choreography gives then.
  const given = /^\s*\([^()]*\)/.exec(file.text.slice(name.origin.end, origin.end))?.[0] ?? '';
  const place = design?.origin ?? { start: name.origin.end, end: name.origin.end + given.length };
  const head: Edit = {
    uri,
    start: place.start,
    end: place.end,
    newText: design ? writeName(extracted) : ` implements ${writeName(extracted)}`,
  };
  const trial = workspace.fork();
  trial.set(uri, applyEdits(file.text, [head, ...edits]));
  return trial
    .analyze(uri)
    ?.findings.find(
      (f) =>
        f.severity === 'error' &&
        f.origin.start >= origin.start &&
        f.origin.end <= origin.end + head.newText.length - (head.end - head.start),
    );
}
