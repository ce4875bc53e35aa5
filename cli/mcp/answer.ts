// Does one call of an assistant: texts or files in, short text out.
import { extraction } from '../../language/features/extract.js';
import { applyPreferred } from '../../language/fixes/all.js';
import { applyEdits } from '../../language/edits/fix.js';
import { fixesFor } from '../../language/fixes/try.js';
import type { Network } from '../../language/ir/process.js';
import { lowerFile } from '../../language/lowering/source.js';
import { projectionFile } from '../../language/projection/file.js';
import { diagnosticsIn } from '../../language/rules/render.js';
import type { Diagnostic } from '../../language/rules/render.js';
import { rules } from '../../language/rules/index.js';
import { relativePath } from '../../language/scoping/paths.js';
import { format } from '../../language/syntax/format.js';
import { Workspace } from '../../language/workspace.js';
import { unifiedDiff } from '../diff.js';
import { Failure } from '../failure.js';
import type { Input } from '../files.js';
import { linesOf } from '../positions.js';
import { selectProjections } from '../project.js';
import { reportOn } from '../report.js';
import type { FileReport } from '../report.js';
import type { Answer, Bounds, Call, Source } from './calls.js';
import { findPage, listOfPages, pageNamed } from './pages.js';
import { createRoot } from './root.js';
import type { Root } from './root.js';
import { errorLines, reportText, runTexts } from './texts.js';

type ArgsOf<T extends Call['tool']> = Extract<Call, { tool: T }>['args'];

/** What a call works with. */
interface Desk {
  readonly root: Root;
  readonly workspace: Workspace;
  /** When to come to an end, by `Date.now()`. */
  readonly until: number;
}

/** Does one call. What can't be done is told in the answer; a mistake of ours is thrown. */
export function answer(call: Call, { root: folder, longest }: Bounds): Answer {
  try {
    const root = createRoot(folder);
    // What is explored leaves time for the rest.
    const workspace = new Workspace({ ...root.files, timeout: Math.min(10_000, longest / 4) });
    const desk: Desk = { root, workspace, until: Date.now() + longest / 2 };
    switch (call.tool) {
      case 'check':
        return check(desk, call.args);
      case 'fix':
        return fix(desk, call.args);
      case 'project':
        return project(desk, call.args);
      case 'explain':
        return explain(desk, call.args);
      case 'format':
        return layOut(desk, call.args);
      case 'extract':
        return extract(desk, call.args);
      case 'docs':
        return said(call.args.topic === undefined ? listOfPages() : findPage(call.args.topic));
      case 'page':
        return said(pageNamed(call.args.name));
    }
  } catch (error) {
    if (error instanceof Failure) return { texts: [error.message], failed: true };
    if (error instanceof RangeError)
      return { texts: ['the text is nested too deeply, or a chain in it is too long'], failed: true };
    throw error;
  }
}

function said(...texts: readonly string[]): Answer {
  return { texts };
}

/** The one text that a call is about, known to the workspace. */
function take({ root, workspace }: Desk, { text, path }: Source): Input {
  if (text === undefined && path === undefined) throw new Failure('give a `text`, or the `path` of a file');
  const [input, ...others] = text === undefined ? root.inputs([path ?? '']) : [root.text(text, path)];
  if (!input || others.length > 0) throw new Failure(`${path ?? ''} stands for several files; name one`);
  workspace.set(input.uri, input.text);
  return input;
}

function reportsOn({ root, workspace }: Desk, inputs: readonly Input[]): FileReport[] {
  const names = new Map(inputs.map(({ uri, path }) => [uri, path]));
  return inputs.map((input) => reportOn(input, workspace, (uri) => names.get(uri) ?? root.shown(uri)));
}

function check(desk: Desk, { text, path, paths = [], hints = false }: ArgsOf<'check'>): Answer {
  if (text === undefined && path === undefined && paths.length === 0)
    throw new Failure('give a `text`, or the `path` of a file, or `paths`');
  if (text !== undefined && paths.length > 0) throw new Failure('give a `text` or `paths`, not both');
  const inputs =
    text === undefined
      ? desk.root.inputs([...(path === undefined ? [] : [path]), ...paths])
      : [desk.root.text(text, path)];
  for (const input of inputs) desk.workspace.set(input.uri, input.text);
  return said(reportText(reportsOn(desk, inputs), hints));
}

function fix(desk: Desk, { line, code, title, ...source }: ArgsOf<'fix'>): Answer {
  if (code !== undefined && !rules.some((rule) => rule.code === code)) throw new Failure(`there is no code ${code}`);
  const input = take(desk, source);
  const { workspace, root, until } = desk;
  const before = new Map<string, string>([[input.uri, input.text]]);
  const done =
    title === undefined && line === undefined
      ? [
          ...applyPreferred(workspace, input.uri, {
            codes: code === undefined ? [] : [code],
            within: (uri) => uri === input.uri,
            until,
          }),
        ].map(({ finding, fix: { title: own }, text }) => `${at(text, finding.origin.start)} ${finding.code}: ${own}`)
      : [applyOne(desk, input, { line, code, title }, before)];
  const left = diagnosticsIn(workspace, input.uri).filter((found) => found.severity === 'error');
  const head =
    done.length === 0 ? 'There is no fix to apply.' : `Applied:\n${done.map((each) => `- ${each}`).join('\n')}`;
  const rest =
    left.length === 0 ? 'No errors are left.' : `Left:\n${errorLines(left, workspace.text(input.uri) ?? '')}`;
  const changed = [...before]
    .map(([uri, old]) => ({ uri, old, now: workspace.text(uri) ?? old }))
    .filter(({ old, now }) => old !== now);
  // A text comes back whole, what stands in files as a diff: nothing is written.
  const results = changed.map(({ uri, old, now }) =>
    uri === input.uri && source.text !== undefined ? now : unifiedDiff(root.shown(uri), old, now),
  );
  return said(`${head}\n${rest}`, ...results);
}

interface Wanted {
  readonly line: number | undefined;
  readonly code: string | undefined;
  readonly title: string | undefined;
}

/** Applies the one fix that is asked for; says which. */
function applyOne({ workspace }: Desk, input: Input, wanted: Wanted, before: Map<string, string>): string {
  const lines = linesOf(input.text);
  const found = diagnosticsIn(workspace, input.uri).filter(
    (each) =>
      (wanted.line === undefined || lines.position(each.origin.start).line + 1 === wanted.line) &&
      (wanted.code === undefined || each.code === wanted.code),
  );
  if (found.length === 0)
    throw new Failure(
      `nothing is told ${wanted.line === undefined ? '' : `at line ${wanted.line} `}${wanted.code === undefined ? '' : `by the code ${wanted.code}`}`.trimEnd(),
    );
  const offered: string[] = [];
  for (const each of found) {
    const fixes = fixesFor(workspace, each.finding);
    offered.push(...fixes.map((one) => `\`${one.title}\``));
    const chosen = wanted.title === undefined ? fixes[0] : fixes.find((one) => one.title === wanted.title);
    if (!chosen) continue;
    for (const uri of new Set(chosen.edits.map((edit) => edit.uri))) {
      const text = workspace.text(uri) ?? '';
      before.set(uri, text);
      workspace.set(
        uri,
        applyEdits(
          text,
          chosen.edits.filter((edit) => edit.uri === uri),
        ),
      );
    }
    return `${at(input.text, each.origin.start)} ${each.code}: ${chosen.title}`;
  }
  throw new Failure(
    offered.length === 0
      ? 'no fix is known for it'
      : `there is no such fix; there is ${[...new Set(offered)].join(', ')}`,
  );
}

function at(text: string, offset: number): string {
  const { line, character } = linesOf(text).position(offset);
  return `${line + 1}:${character + 1}`;
}

/** What is wrong within the ranges given, as a block of its own; none where nothing is. */
function errorsWithin(
  found: readonly Diagnostic[],
  text: string,
  ranges: readonly { readonly start: number; readonly end: number }[],
): string[] {
  const errors = found.filter(
    ({ severity, origin }) =>
      severity === 'error' && ranges.some((range) => origin.start >= range.start && origin.end <= range.end),
  );
  return errors.length === 0 ? [] : [`What is wrong there:\n${errorLines(errors, text)}`];
}

function project(desk: Desk, { choreography, role, ...source }: ArgsOf<'project'>): Answer {
  const input = take(desk, source);
  const { workspace } = desk;
  const analysis = workspace.analyze(input.uri);
  if (!analysis) throw new Failure(`can’t read ${input.path}`);
  const wanted = selectProjections(analysis, input, {
    ...(choreography === undefined ? {} : { choreography }),
    ...(role === undefined ? {} : { role }),
  });
  const path = (uri: string): string => relativePath(input.uri, uri) ?? uri;
  const text =
    projectionFile(
      workspace,
      input.uri,
      wanted.map((p) => p.choreography.name.text),
      { path, ...(role === undefined ? {} : { role }) },
    )?.text ?? '';
  return said(
    text,
    ...errorsWithin(
      diagnosticsIn(workspace, input.uri),
      input.text,
      wanted.map((p) => p.choreography.origin),
    ),
  );
}

function explain(desk: Desk, { network, mermaid = false, ...source }: ArgsOf<'explain'>): Answer {
  const input = take(desk, source);
  const [report] = reportsOn(desk, [input]);
  const names = report?.verdicts.map((verdict) => verdict.name) ?? [];
  if (!report || (network !== undefined && !names.includes(network)))
    throw new Failure(
      `there is no network or choreography ${network ?? ''} of which something is known${names.length === 0 ? '; check says why' : `; there is ${names.join(', ')}`}`,
    );
  return said(...runTexts(report, network, mermaid));
}

function layOut({ root }: Desk, { text, path }: Source): Answer {
  if (text === undefined && path === undefined) throw new Failure('give a `text`, or the `path` of a file');
  const [input, ...others] = text === undefined ? root.inputs([path ?? '']) : [root.text(text, path)];
  if (!input || others.length > 0) throw new Failure(`${path ?? ''} stands for several files; name one`);
  const [error] = lowerFile(input.uri, input.text).syntaxErrors;
  if (error)
    throw new Failure(
      `it is left as it is, for an error at ${at(input.text, error.origin.start)}: ${error.message.replace(/\.$/, '')}`,
    );
  const laidOut = format(input.text);
  return said(laidOut === input.text ? 'It is laid out already.' : laidOut);
}

function extract(desk: Desk, { network, ...source }: ArgsOf<'extract'>): Answer {
  const input = take(desk, source);
  const file = desk.workspace.file(input.uri);
  const networks = (file?.declarations ?? []).filter((d): d is Network => d.kind === 'network');
  const wanted = networks.filter((each) => network === undefined || each.name.text === network);
  if (networks.length === 0)
    throw new Failure(`there is no network in it${(file?.syntaxErrors.length ?? 0) > 0 ? ' that can be read' : ''}`);
  if (wanted.length === 0)
    throw new Failure(
      `there is no network ${network ?? ''}; there is ${networks.map((each) => each.name.text).join(', ')}`,
    );
  const answers = wanted.map((each) => extraction(desk.workspace, input.uri, each, () => Date.now() > desk.until));
  // What several networks call is given with the first of them.
  const texts = [...new Set(answers.flatMap((each) => (each?.kind === 'extracted' ? each.texts : [])))];
  const failures = answers.flatMap((each) =>
    each?.kind === 'failed' ? [`${at(input.text, each.origin.start)} ${each.network.name.text}: ${each.message}`] : [],
  );
  return { texts: [...(texts.length > 0 ? [texts.join('\n')] : []), ...failures], failed: texts.length === 0 };
}
