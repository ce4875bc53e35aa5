// Findings as somebody reads them: with sentences, related places and fixes. Made where they are shown, and not before.
import { sameElsewhere } from '../findings/same.js';
import type { Fix, FixContext } from '../edits/fix.js';
import { runOf } from '../findings/finding.js';
import type { Code, Finding, FindingOf, Severity } from '../findings/finding.js';
import type { Run } from '../findings/run.js';
import type { Place } from '../findings/typing.js';
import type { TextRange } from '../ir/expression.js';
import type { SourceFile } from '../ir/file.js';
import { relativePath } from '../scoping/paths.js';
import { lineIndex } from '../text/lines.js';
import type { FileAnalysis, Workspace } from '../workspace.js';
import { ruleOf } from './index.js';
import { orProjection } from './not-conformant.js';
import { runRelated } from './network-words.js';
import type { Related, Telling } from './rule.js';
import { longestMessage, mostPlacesShown } from './limits.js';

/** A finding in words. Conversion to a protocol is for others. */
export interface Diagnostic {
  readonly code: Code;
  readonly severity: Severity;
  readonly milder?: boolean;
  readonly suspected?: boolean;
  readonly message: string;
  readonly uri: string;
  readonly origin: TextRange;
  readonly related: readonly Related[];
  /** The run that leads to it: plain data. */
  readonly run?: Run;
  readonly tags: readonly ('unnecessary' | 'deprecated')[];
  /** Errors that have the same root, and wait until this one is mended. */
  readonly consequences?: readonly Diagnostic[];
  readonly finding: Finding;
}

/** The line of a place, counted from 1; undefined where its text is not known. */
export type LineOf = (place: Place) => number | undefined;

function tellingOf({ uri, origin }: Finding, lineOf: LineOf): Telling {
  return {
    uri,
    origin,
    line(place) {
      const line = lineOf(place);
      const text = line === undefined ? 'a line' : `line ${line}`;
      return place.uri === uri
        ? text
        : `${text} of \`${(relativePath(uri, place.uri) ?? place.uri).replace(/^\.\//, '')}\``;
    },
  };
}

/**
 * What a finding says.
 * @param lineOf names the lines of places; where it tells none, messages differ only in what is wrong, and not in where
 *   it stands
 */
export function messageOf<C extends Code>(found: FindingOf<C> & Finding, lineOf: LineOf): string {
  const message =
    (found.suspected ? 'This may go wrong. ' : '') +
    ruleOf<C>(found.code).message(found.args, tellingOf(found, lineOf));
  return message.length > longestMessage ? `${message.slice(0, longestMessage)}…` : message;
}

const gists = new WeakMap<Finding, string>();

/** What a finding says, wherever it stands: the same for two that differ in their places alone. */
export function gistOf(found: Finding): string {
  const known = gists.get(found) ?? `${found.code}\n${messageOf(found, () => undefined)}`;
  gists.set(found, known);
  return known;
}

/** The other places that belong to a finding, without those of its run. */
export function relatedOf<C extends Code>(found: FindingOf<C> & Finding, lineOf: LineOf): readonly Related[] {
  return ruleOf<C>(found.code).related?.(found.args, tellingOf(found, lineOf)) ?? [];
}

function elsewhereOf<C extends Code>(
  found: FindingOf<C> & Finding,
  count: number,
): { readonly sentence: string; readonly each?: string } | undefined {
  return ruleOf<C>(found.code).elsewhere?.(found.args, count);
}

/** A finding in words. */
export function render(found: Finding, lineOf: LineOf): Diagnostic {
  const run = runOf(found);
  const consequences = found.consequences?.map((other) => render(other, lineOf));
  const others = found.consequences ?? [];
  // What follows from it, and is something else, is silent.
  const same = sameElsewhere(found);
  const elsewhere = same.length > 0 ? elsewhereOf(found, same.length) : undefined;
  const also = run
    ? others.flatMap((other): Related[] => {
        const [first] = relatedOf(other, lineOf);
        return first ? [{ ...first, message: `also, ${first.message}` }] : [];
      })
    : same.slice(0, mostPlacesShown).map((other): Related => ({
        uri: other.uri,
        origin: other.origin,
        message: elsewhere?.each ?? messageOf(other, lineOf),
      }));
  return {
    code: found.code,
    severity: found.severity,
    ...(found.milder ? { milder: true } : {}),
    ...(found.suspected ? { suspected: true } : {}),
    uri: found.uri,
    origin: found.origin,
    message: messageOf(found, lineOf) + (elsewhere ? ` ${elsewhere.sentence}` : ''),
    related: [...relatedOf(found, lineOf), ...also, ...(run && tellsRun(found) ? runRelated(run.steps) : [])],
    ...(run ? { run } : {}),
    tags: ruleOf(found.code).tags ?? [],
    ...(consequences ? { consequences } : {}),
    finding: found,
  };
}

/** Where a process differs from its choreography, the message tells what it did before. */
function tellsRun({ code }: Finding): boolean {
  return code !== 'not-conformant' && code !== 'reordered-but-safe';
}

/** The fixes that the rule of a finding proposes, untried; use `fixesFor`. */
export function candidatesOf<C extends Code>(found: FindingOf<C> & Finding, context: FixContext): readonly Fix[] {
  const fixes =
    ruleOf<C>(found.code).fixes?.(found.args, {
      ...context,
      origin: found.origin,
      consequences: sameElsewhere(found),
    }) ?? [];
  return [...fixes, ...orProjection(found, context)];
}

const indices = new WeakMap<SourceFile, (offset: number) => number>();

function lineIn(file: SourceFile, { origin }: Place): number {
  const known = indices.get(file) ?? lineIndex(file.text);
  indices.set(file, known);
  return known(origin.start) + 1;
}

/** The lines of a workspace's files as they are now. Each file's lines are found once. */
export function linesIn(workspace: Workspace): LineOf {
  return (place) => {
    const file = workspace.file(place.uri);
    return file && lineIn(file, place);
  };
}

const rendered = new WeakMap<FileAnalysis, readonly Diagnostic[]>();

/** What is to be said of a file in one state, in source order. Rendered once for each analysis. */
export function diagnosticsOf(workspace: Workspace, analysis: FileAnalysis): readonly Diagnostic[] {
  const others = linesIn(workspace);
  const lineOf: LineOf = (place) => (place.uri === analysis.file.uri ? lineIn(analysis.file, place) : others(place));
  const known = rendered.get(analysis) ?? analysis.findings.map((found) => render(found, lineOf));
  rendered.set(analysis, known);
  return known;
}

/** What is to be said of a file; nothing where there is no such file. */
export function diagnosticsIn(workspace: Workspace, uri: string): readonly Diagnostic[] {
  const analysis = workspace.analyze(uri);
  return analysis ? diagnosticsOf(workspace, analysis) : [];
}
