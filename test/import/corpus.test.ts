// Protocols that others wrote (see ../shared/corpus/README.md there): each is imported or refused for a reason that is listed, and the verdict of what was
// imported is compared with the other tools'. docs/import.md has the tables; this checks that they are true. Without the folder there is nothing to compare.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { extraction } from '../../language/features/extract.js';
import { formatOf, importText } from '../../language/import/import.js';
import { format } from '../../language/syntax/format.js';
import { Workspace } from '../../language/workspace.js';

const folder = fileURLToPath(new URL('../../../shared/corpus/', import.meta.url));
const manual = fileURLToPath(new URL('../../docs/import.md', import.meta.url));

interface Row { readonly file: string; readonly verdict: string; readonly reason: string }

/**
 * How an imported file does here: `ok`, the codes of its errors and of `starvation`, or `not imported` with the kinds of error; for
 * the extractor's networks also whether a choreography is extracted from it. Where one is, the network implements it.
 */
function here({ file }: Row): string {
  const text = readFileSync(folder + file, 'utf8');
  const kind = formatOf(text, file);
  const result = kind ? importText(text, kind) : { errors: [] };
  if ('errors' in result) return `not imported: ${[...new Set(result.errors.map((e) => e.kind))].sort().join(', ')}`;
  const uri = `file:///corpus/${file.replace(/\.\w+$/, '.chor')}`;
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
  const wrong = (analysis?.findings ?? []).filter((f) => f.severity === 'error' || (f.code === 'starvation' && f.severity === 'warning')).map((f) => f.code);
  const verdict = wrong.length > 0 ? [...new Set(wrong)].sort().join(', ') : analysis?.verdicts.some((v) => v.verdict === 'bounded') ? 'ok within the bound' : 'ok';
  const network = analysis?.file.declarations.find((d) => d.kind === 'network');
  if (kind !== 'extractor' || network?.kind !== 'network') return verdict;
  const answer = extraction(workspace, uri, network);
  if (answer?.kind !== 'extracted') return `${verdict}, not extracted`;
  const at = network.name.origin.end;
  workspace.set(uri, `${result.text.slice(0, at)} implements ${answer.name}${result.text.slice(at)}\n${answer.texts.join('\n')}`);
  expect(workspace.analyze(uri)?.findings.filter((f) => f.severity === 'error' && !wrong.includes(f.code)), `${file}\n${answer.texts.join('\n')}`).toEqual([]);
  return `${verdict}, extracted`;
}

const inFolder = (name: string): Row[] => readFileSync(`${folder}verdicts.tsv`, 'utf8').split('\n').slice(1)
  .map((line) => line.split('\t')).flatMap(([file = '', verdict = '', reason = '']) => file.startsWith(`${name}/`) ? [{ file, verdict, reason }] : []);

/** Whether what comes out here is what the other tool says. */
function agrees({ file, verdict }: Row, own: string): boolean {
  if (file.endsWith('.net')) return (verdict === 'bad') === own.endsWith('not extracted') && own.startsWith('ok');
  return (verdict === 'bad') !== own.startsWith('ok');
}

/** Why a verdict differs, by the name of the class that docs/import.md explains. */
function classOf({ file, verdict, reason }: Row, own: string): string {
  if (file.endsWith('.net')) return verdict === 'bad' ? 'process that waits for a loop to end' : 'message behind a loop';
  const text = readFileSync(folder + file, 'utf8').replace(/\/\/.*/g, '');
  if (verdict === 'bad') {
    if (reason === 'unreachable-continuation') return 'code behind a loop';
    if (reason === 'unused-role') return 'unused role';
    return reason === 'duplicate-name' ? 'import of itself' : 'safe here';
  }
  if (own.includes('import-not-found')) return 'missing module';
  if (own === 'unguarded-recursion') return 'empty loop';
  const first = (word: string): boolean => [...text.matchAll(/\b(?:choice\s+at\s+\w+|or)\s*\{\s*(\w+)/g)].some((m) => m[1] === word);
  if (own !== 'knowledge-of-choice') return 'none';
  if (first('continue') || first('rec')) return 'loop before message';
  if (first('do')) return 'call before message';
  return verdict === 'ok-if-fair' ? 'role left waiting' : 'same message in two branches';
}

/** The tables of a folder: how many rows of each verdict there come out how here, and the files whose verdict differs. */
function tables(rows: readonly Row[]): string {
  const counts = new Map<string, number>();
  const differ: string[] = [];
  for (const row of rows) {
    const own = here(row);
    const there = `${row.verdict}${row.reason === '' ? '' : `: ${row.reason}`}`;
    const key = `| ${there} | ${own} |`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    if (!agrees(row, own) && !own.startsWith('not imported')) differ.push(`| \`${row.file}\` | ${there} | ${own} | ${classOf(row, own)} |`);
  }
  expect([...counts.values()].reduce((a, b) => a + b, 0)).toBe(rows.length);
  const lines = [...counts].map(([key, n]) => `${key} ${n} |`).sort();
  const differing = differ.length === 0 ? 'No verdict differs.' : ['| file | there | here | class |', '| --- | --- | --- | --- |', ...differ].join('\n');
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
    for (const [, kinds = ''] of made.matchAll(/not imported: ([^|]+) \|/g)) for (const kind of kinds.split(', ')) expect(text).toContain(`| \`${kind}\` |`);
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
