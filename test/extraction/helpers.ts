// What tests of extraction share: a network's choreography, and whether the network implements it.
import { expect } from 'vitest';
import { extraction } from '../../language/features/extract.js';
import type { ExtractionAnswer } from '../../language/features/extract.js';
import type { Finding } from '../../language/findings/finding.js';
import { Workspace } from '../../language/workspace.js';
import type { FileAnalysis } from '../../language/workspace.js';
import { inWords } from '../in-words.js';
import { networkOf } from '../network/helpers.js';

export const uri = 'file:///a/net.chor';

export function answer(
  text: string,
  name?: string,
  others: Readonly<Record<string, string>> = {},
  workspace = new Workspace(),
): { workspace: Workspace; result: ExtractionAnswer } {
  for (const [other, content] of Object.entries(others)) workspace.set(other, content);
  workspace.set(uri, text);
  const file = workspace.file(uri);
  if (!file) throw new Error('no file');
  const result = extraction(workspace, uri, networkOf(file, name));
  if (!result) throw new Error('no answer');
  return { workspace, result };
}

/** The text of the choreography, which the network was found to implement. */
export function extracted(text: string): string {
  const { workspace, result } = answer(text);
  if (result.kind === 'failed') throw new Error(result.message);
  expect(conformance(workspace, text, result)).toEqual([]);
  return result.texts.join('\n');
}

type Extracted = Extract<ExtractionAnswer, { kind: 'extracted' }>;

/** The network when it implements what was extracted from it. */
function trialOf(workspace: Workspace, text: string, result: Extracted): FileAnalysis | undefined {
  const trial = workspace.fork();
  const at = result.network.name.origin.end;
  // What the header gives, the choreography gives then.
  const given = /^\([^()]*\)/.exec(text.slice(at))?.[0].length ?? 0;
  trial.set(uri, `${text.slice(0, at)} implements ${result.name}${text.slice(at + given)}\n${result.texts.join('\n')}`);
  return trial.analyze(uri);
}

/** What is told of it then. */
export function implementing(workspace: Workspace, text: string, result: Extracted): readonly Finding[] {
  return trialOf(workspace, text, result)?.findings ?? [];
}

/** Whether it does just what its projections do, so that nothing has to be explored. */
export function isProved(workspace: Workspace, text: string, result: Extracted): boolean {
  return (
    trialOf(workspace, text, result)?.verdicts.some(
      (v) => v.subject === 'network' && v.name === result.network.name.text && v.verdict === 'proved',
    ) === true
  );
}

/** The errors among it. */
export function conformance(workspace: Workspace, text: string, result: Extracted): string[] {
  return implementing(workspace, text, result)
    .filter((f) => f.severity === 'error')
    .map((f) => `${f.code}: ${inWords(f, workspace).message}`);
}

export function reordered(workspace: Workspace, text: string, result: Extracted): boolean {
  return implementing(workspace, text, result).some((f) => f.code === 'reordered-but-safe');
}

/** Why there is none, and the text of the place. */
export function refused(text: string): { message: string; at: string } {
  const { result } = answer(text);
  if (result.kind === 'extracted') throw new Error(result.texts.join('\n'));
  return { message: result.message, at: text.slice(result.origin.start, result.origin.end) };
}
