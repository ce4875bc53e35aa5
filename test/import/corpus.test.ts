// Protocols that others wrote (see ../shared/corpus/README.md there): each is imported or refused for a reason that is
// listed, and the verdict of what was imported is compared with the other tools'. docs/import.md has the tables; this
// checks that they are true. Without the folder there is nothing to compare.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { extraction } from '../../language/features/extract.js';
import { formatOf, importText } from '../../language/import/import.js';
import { blocksOf } from '../../language/ir/choreography.js';
import type { Statement } from '../../language/ir/choreography.js';
import { reached } from '../../language/projection/endings.js';
import { projectionFile } from '../../language/projection/file.js';
import { involvedPlaces, involvement } from '../../language/projection/involvement.js';
import { projectRole } from '../../language/projection/role.js';
import type { Scope } from '../../language/scoping/scope.js';
import { format } from '../../language/syntax/format.js';
import { Workspace } from '../../language/workspace.js';

const folder = fileURLToPath(new URL('../../../shared/corpus/', import.meta.url));
const manual = fileURLToPath(new URL('../../docs/import.md', import.meta.url));

interface Row {
  readonly file: string;
  readonly verdict: string;
  readonly reason: string;
}

interface Here {
  /**
   * `ok`, the codes of its errors and of `starvation`, or `not imported` with the kinds of error; for the extractor's
   * networks also whether a choreography is extracted from it. Where one is, the network implements it.
   */
  readonly verdict: string;
  readonly workspace?: Workspace;
  readonly uri: string;
}

/** How an imported file does here. */
function here({ file }: Row): Here {
  const text = readFileSync(folder + file, 'utf8');
  const kind = formatOf(text, file);
  const result = kind ? importText(text, kind) : { errors: [] };
  const uri = `file:///corpus/${file.replace(/\.\w+$/, '.chor')}`;
  if ('errors' in result)
    return { verdict: `not imported: ${[...new Set(result.errors.map((e) => e.kind))].sort().join(', ')}`, uri };
  // What it imports is imported when it is asked for.
  const read = (other: string): string | undefined => {
    const path = `${folder}${other.replace('file:///corpus/', '').replace(/\.chor$/, '.scr')}`;
    if (!existsSync(path)) return undefined;
    const imported = importText(readFileSync(path, 'utf8'), 'scribble');
    return 'text' in imported ? imported.text : undefined;
  };
  const workspace = new Workspace({ read });
  workspace.set(uri, result.text);
  const analysis = workspace.analyze(uri);
  expect(analysis?.file.syntaxErrors, `${file}\n${result.text}`).toEqual([]);
  expect(format(result.text), file).toBe(result.text);
  const wrong = wrongIn(workspace, uri);
  const verdict =
    wrong.length > 0
      ? wrong.join(', ')
      : analysis?.verdicts.some((v) => v.verdict === 'bounded')
        ? 'ok within the bound'
        : 'ok';
  const network = analysis?.file.declarations.find((d) => d.kind === 'network');
  if (kind !== 'extractor' || network?.kind !== 'network') return { verdict, workspace, uri };
  const answer = extraction(workspace, uri, network);
  if (answer?.kind !== 'extracted') return { verdict: `${verdict}, not extracted`, workspace, uri };
  const at = network.name.origin.end;
  workspace.set(
    uri,
    `${result.text.slice(0, at)} implements ${answer.name}${result.text.slice(at)}\n${answer.texts.join('\n')}`,
  );
  expect(
    workspace.analyze(uri)?.findings.filter((f) => f.severity === 'error' && !wrong.includes(f.code)),
    `${file}\n${answer.texts.join('\n')}`,
  ).toEqual([]);
  return { verdict: `${verdict}, extracted`, workspace, uri };
}

function wrongIn(workspace: Workspace, uri: string): string[] {
  const wrong = (workspace.analyze(uri)?.findings ?? [])
    .filter((f) => f.severity === 'error' || (f.code === 'starvation' && f.severity === 'warning'))
    .map((f) => f.code);
  return [...new Set(wrong)].sort();
}

const inFolder = (name: string): Row[] =>
  readFileSync(`${folder}verdicts.tsv`, 'utf8')
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'))
    .flatMap(([file = '', verdict = '', reason = '']) =>
      file.startsWith(`${name}/`) ? [{ file, verdict, reason }] : [],
    );

/** Whether what comes out here is what the other tool says. */
function agrees({ file, verdict }: Row, own: string): boolean {
  if (file.endsWith('.net')) return (verdict === 'bad') === own.endsWith('not extracted') && own.startsWith('ok');
  return (verdict === 'bad') !== own.startsWith('ok');
}

/**
 * Why a verdict differs, by the name of the class that docs/import.md explains: by what the file means, not by how it
 * is written.
 */
function classOf({ file, verdict, reason }: Row, { verdict: own, workspace, uri }: Here): string {
  if (file.endsWith('.net')) return verdict === 'bad' ? 'process that waits for a loop to end' : 'none';
  const analysis = workspace?.analyze(uri);
  if (!workspace || !analysis) return 'none';
  if (verdict !== 'bad')
    return own === 'import-not-found' ? 'missing module' : own === 'unguarded-recursion' ? 'empty loop' : 'none';
  const choreographies = analysis.projections.map((p) => p.choreography);
  // What was accepted is explored all the same.
  const projected = projectionFile(
    workspace,
    uri,
    choreographies.map((c) => c.name.text),
  );
  expect(projected?.holes, uri).toEqual([]);
  workspace.set(`${uri}.projection.chor`, projected?.text ?? '');
  if (wrongIn(workspace, `${uri}.projection.chor`).length > 0) return 'none';
  expect(
    workspace.analyze(`${uri}.projection.chor`)?.verdicts.map((v) => v.verdict),
    uri,
  ).not.toContain('refuted');
  if (
    reason === 'unreachable-continuation' &&
    choreographies.some((c) => hasUnreached(c.body.statements, analysis.scope))
  )
    return 'code behind a loop';
  if (
    reason === 'unused-role' &&
    choreographies.some((c) =>
      c.roles.some((role) => !involvedPlaces({ choreography: c, scope: analysis.scope, uri }).has(role.name.text)),
    )
  )
    return 'unused role';
  const late = choreographies.some((c) =>
    c.roles.some(
      (role) => projectRole(c, role.name.text, analysis.scope, involvement(c, analysis.scope)).determined > 0,
    ),
  );
  return late ? 'found out later' : 'safe here';
}

function hasUnreached(statements: readonly Statement[], scope: Scope): boolean {
  return (
    reached(statements, scope).length < statements.length ||
    statements.some((s) => blocksOf(s).some((block) => hasUnreached(block, scope)))
  );
}

/**
 * The tables of a folder: how many rows of each verdict there come out how here, and the files whose verdict differs.
 */
function tables(rows: readonly Row[]): string {
  const counts = new Map<string, number>();
  const differ: string[] = [];
  for (const row of rows) {
    const own = here(row);
    const there = `${row.verdict}${row.reason === '' ? '' : `: ${row.reason}`}`;
    const key = `| ${there} | ${own.verdict} |`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    if (!agrees(row, own.verdict) && !own.verdict.startsWith('not imported'))
      differ.push(`| \`${row.file}\` | ${there} | ${own.verdict} | ${classOf(row, own)} |`);
  }
  expect([...counts.values()].reduce((a, b) => a + b, 0)).toBe(rows.length);
  const lines = [...counts].map(([key, n]) => `${key} ${n} |`).sort();
  const differing =
    differ.length === 0
      ? 'No verdict differs.'
      : ['| file | there | here | class |', '| --- | --- | --- | --- |', ...differ].join('\n');
  return `\n${['| there | here | files |', '| --- | --- | --- |', ...lines].join('\n')}\n\n${differing}\n\n`;
}

// With UPDATE=1 the tables are written anew; a class without an explanation is then still an error.
describe.skipIf(!existsSync(`${folder}verdicts.tsv`))('the corpus', () => {
  it.each(['scribble', 'automata', 'networks'])('imports %s as docs/import.md says, row by row', (name) => {
    const made = tables(inFolder(name));
    const text = readFileSync(manual, 'utf8');
    const [start, end] = [`<!-- ${name} -->\n`, `<!-- end of ${name} -->`];
    const at = text.indexOf(start) + start.length;
    const written = text.slice(at, text.indexOf(end));
    if (process.env.UPDATE) writeFileSync(manual, text.slice(0, at) + made + text.slice(text.indexOf(end)));
    else expect(written).toBe(made);
    for (const [, kind] of made.matchAll(/^\| `.*\| ([^|]+) \|$/gm)) expect(text).toContain(`- *${kind}*`);
    for (const [, kinds = ''] of made.matchAll(/not imported: ([^|]+) \|/g))
      for (const kind of kinds.split(', ')) expect(text).toContain(`| \`${kind}\` |`);
  });
  it('has choreographies for nearly all automata that are right, and for none that is wrong', () => {
    const counts = { right: 0, extracted: 0 };
    for (const { file, verdict } of inFolder('automata')) {
      const result = importText(readFileSync(folder + file, 'utf8'), 'kmc', 'N');
      if ('errors' in result) continue;
      const workspace = new Workspace();
      const uri = 'file:///corpus/n.chor';
      workspace.set(uri, result.text);
      const network = workspace.file(uri)?.declarations.find((d) => d.kind === 'network');
      const answer = network?.kind === 'network' ? extraction(workspace, uri, network) : undefined;
      if (verdict === 'bad') expect(answer?.kind, file).toBe('failed');
      else counts.right++;
      if (answer?.kind === 'extracted') counts.extracted++;
    }
    expect(counts.extracted / counts.right).toBeGreaterThan(0.93);
  });
});
