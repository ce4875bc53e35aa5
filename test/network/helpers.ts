// Networks from snippets, checked without the layers around them.
import { lowerFile } from '../../language/lowering/source.js';
import type { Network } from '../../language/ir/process.js';
import type { SourceFile } from '../../language/ir/file.js';
import { checkNetwork } from '../../language/network/verdict/check.js';
import type { NetworkResult } from '../../language/network/verdict/verdict.js';
import { scopeOf } from '../../language/scoping/scope.js';
import type { Scope } from '../../language/scoping/scope.js';
import type { ExplorationLimits } from '../../language/network/model/exploration.js';

export const limits: ExplorationLimits = { states: 20_000, buffer: 4 };

export function read(text: string, broken = false): { file: SourceFile; scope: Scope } {
  const file = lowerFile('file:///test.chor', text);
  if (!broken && file.syntaxErrors.length > 0) throw new Error(JSON.stringify(file.syntaxErrors));
  return { file, scope: scopeOf(file, { file: (uri) => (uri === file.uri ? file : undefined) }) };
}

export function networkOf(file: SourceFile, name?: string): Network {
  const found = file.declarations.find((d) => d.kind === 'network' && (name === undefined || d.name.text === name));
  if (found?.kind !== 'network') throw new Error('no network');
  return found;
}

/** Checks the first network of a text, or the one that is named. */
export function check(
  text: string,
  options: { name?: string; limits?: Partial<ExplorationLimits> } = {},
): NetworkResult {
  const { file, scope } = read(text);
  return checkNetwork(networkOf(file, options.name), scope, { ...limits, ...options.limits });
}

/** The verdict and the codes, in short: `refuted deadlock`. */
export function outcome(text: string, options: { name?: string; limits?: Partial<ExplorationLimits> } = {}): string {
  const { verdict, findings } = check(text, options);
  return [
    verdict.verdict,
    ...findings
      .filter((f) => f.severity === 'error' || f.severity === 'warning')
      .map((f) => f.code)
      .sort(),
  ].join(' ');
}
