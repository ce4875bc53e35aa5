// Asks for the fixes of programs with a mistake, and counts those that give back what was there.
import { projectionFile } from '../../language/projection/file.js';
import { fixesFor } from '../../language/fixes/try.js';
import type { Finding } from '../../language/findings/finding.js';
import { Workspace } from '../../language/workspace.js';
import { meaning, mutantsOf } from './mutants.js';
import type { Mutant } from './mistake.js';
import type { Program } from './programs.js';
import { applyEdits } from '../../language/edits/fix.js';
import { inWords } from '../in-words.js';

export interface Row {
  readonly kind: string;
  cases: number;
  offered: number;
  first: number;
  /** Of the first ones, those that stand where the original stood as well. */
  inPlace: number;
}

const uri = 'file:///p.chor';

/** For so many milliseconds the fixes of an error are tried: longer than elsewhere, so that a busy machine counts the same. */
const longest = 5_000;

/**
 * Whether a text says what the original says; of what can't be known of it, something else of the same kind will do.
 * Where steps of roles that have nothing to do with each other stand in another order, it says the same: each role does
 * the same.
 */
export function givesBack(mutant: Mutant, fixed: string): boolean {
  if (isInPlace(mutant, fixed)) return true;
  if (!mutant.kind.startsWith('choreography') || errors(fixed) > 0) return false;
  const [is, should] = [projections(fixed), projections(relabelled(mutant, fixed))];
  if (is === undefined || should === undefined) return false;
  // A label alone is told one before or after another, as long as nothing is heard in between.
  const order = /(selection|message) dropped/.test(mutant.kind) ? sendsInOrder : (text: string) => text;
  return saysTheSame(mutant, order(should), order(is));
}

/** The original, with the label that a fix makes up, where it can't be known. */
function relabelled({ original, text, at, unknowable, kind }: Mutant, fixed: string): string {
  if (unknowable !== 'label') return original;
  const labels = (of: string): string[] => [...of.matchAll(/: *(\w+)/g)].map((m) => m[1] ?? '');
  const known = labels(text);
  const added = labels(fixed).filter((label) => {
    const index = known.indexOf(label);
    if (index >= 0) known.splice(index, 1);
    return index < 0;
  });
  const [label, ...more] = added;
  const word = (/label changed/.test(kind) ? /^\w+/ : /(?<=: *)\w+/).exec(original.slice(at));
  if (label === undefined || more.length > 0 || !word) return original;
  const start = at + word.index;
  return original.slice(0, start) + label + original.slice(start + word[0].length);
}

/** Of sends that follow on each other, labels alone come last, by whom they go to. */
function sendsInOrder(text: string): string {
  const receiver = (line: string): string | undefined => /^ *send .*\bto (\w+)/.exec(line)?.[1];
  const lines = text.split('\n');
  for (let i = 0; i < lines.length; i++) {
    let end = i;
    while (receiver(lines[end] ?? '') !== undefined) end++;
    const run = lines.slice(i, end);
    const labels = run.filter((line) => /^ *send to /.test(line));
    const values = run.filter((line) => !labels.includes(line));
    lines.splice(
      i,
      run.length,
      ...values,
      ...labels.sort((a, b) => ((receiver(a) ?? '') < (receiver(b) ?? '') ? -1 : 1)),
    );
    i = end;
  }
  return lines.join('\n');
}

/** The same, where all stands in the order of the original. */
function isInPlace(mutant: Mutant, fixed: string): boolean {
  const original = relabelled(mutant, fixed);
  return (
    meaning(fixed) === meaning(original) ||
    ((saysTheSame(mutant, original, fixed) || isSetBefore(mutant, fixed)) && errors(fixed) === 0)
  );
}

/**
 * Whether a fix of an assignment that was dropped gives the variable something that is made of nothing, in the same
 * block: where it stands there makes no difference, as long as it is early enough.
 */
function isSetBefore({ kind, original, text, at }: Mutant, fixed: string): boolean {
  if (!/assignment dropped/.test(kind)) return false;
  const line = (of: string, from: number): string => of.slice(from).split('\n', 1)[0] ?? '';
  const differs = [...fixed].findIndex((c, i) => c !== text.charAt(i));
  const from = fixed.lastIndexOf('\n', differs) + 1;
  const set = line(fixed, from);
  const [, indent = '', variable] =
    /^( *)([\w.]+) = (?:"[^"]*"|-?\d+|true|false|none|\w+\((?:\[\])?\)|\[\])$/.exec(set) ?? [];
  return (
    variable !== undefined &&
    line(original, at).startsWith(`${indent}${variable} = `) &&
    fixed.slice(0, from) + fixed.slice(from + set.length + 1) === text &&
    original
      .slice(Math.min(at, from), Math.max(at, from))
      .split('\n')
      .every((other) => other.trim() === '' || other.startsWith(indent))
  );
}

/** What the roles of all choreographies do. */
function projections(text: string): string | undefined {
  const workspace = new Workspace();
  workspace.set(uri, text);
  const names =
    workspace.analyze(uri)?.file.declarations.flatMap((d) => (d.kind === 'choreography' ? [d.name.text] : [])) ?? [];
  const files = names.map((name) => projectionFile(workspace, uri, name)?.text);
  return files.length > 0 && files.every((file) => file !== undefined)
    ? files.map((file) => file.replace(/^import .*$/gm, '')).join('\n')
    : undefined;
}

function saysTheSame({ unknowable, kind }: Mutant, original: string, text: string): boolean {
  const [is, should] = [meaning(text), meaning(original)];
  if (is === should) return true;
  if (is.startsWith('broken')) return false;
  const lenient = unknowable ?? (/receive dropped/.test(kind) ? 'name' : undefined);
  if (!lenient) return false;
  const paths: string[] = [];
  differences(JSON.parse(is), JSON.parse(should), '', paths);
  const allowed = {
    value: /\.(value|into|label)(\.|$)/,
    name: /\.(into|types)(\.|$)/,
    label: /\.label(\.|$)/,
    body: /\.(branches|cases)\.\d+\.(body|into|pattern\.args)(\.|$)|\.else\.|\.then\./,
    constant: /\.value|\.text|\.kind/,
    result: /\.returns\.\d+\.value(\.|$)/,
    argument: /\.args\.\d+\.(value|inputs)(\.|$)/,
  }[lenient];
  // Of arguments, only one can't be known.
  const places = new Set(paths.map((path) => (lenient === 'argument' ? allowed.exec(path)?.index : 0)));
  return paths.every((path) => allowed.test(path)) && places.size <= 1;
}

function differences(left: unknown, right: unknown, path: string, paths: string[]): void {
  if (left === right) return;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) {
    paths.push(path);
    return;
  }
  if (Array.isArray(left) && Array.isArray(right) && left.length !== right.length) {
    paths.push(`${path}.`);
    return;
  }
  for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
    differences(
      (left as Record<string, unknown>)[key],
      (right as Record<string, unknown>)[key],
      `${path}.${key}`,
      paths,
    );
  }
}

/** Errors, and that a case is missing, which is a warning. */
function isTold({ severity, code }: Finding): boolean {
  return severity === 'error' || code === 'missing-case';
}

function errors(text: string): number {
  const workspace = new Workspace();
  workspace.set(uri, text);
  return workspace.analyze(uri)?.findings.filter(isTold).length ?? 0;
}

/** What is wrong, and the fixes of each error, in the order in which they are offered. */
export function fixesOf(
  text: string,
): { code: string; message: string; fixes: { title: string; text: string; preferred: boolean }[] }[] {
  const workspace = new Workspace();
  workspace.set(uri, text);
  const found = workspace.analyze(uri)?.findings.filter(isTold) ?? [];
  return found.slice(0, 6).map((f) => ({
    code: f.code,
    message: inWords(f, workspace).message,
    fixes: fixesFor(workspace, f, { longest }).map((fix) => ({
      title: fix.title,
      text: applyEdits(text, fix.edits),
      preferred: fix.preferred === true,
    })),
  }));
}

/**
 * The table: of the mutants that are errors, for how many some error offers the original, and for how many as its first
 * fix.
 * @param most so many mutants of each kind, spread evenly; all without
 */
export async function measure(
  programs: readonly Program[],
  of: 'choreography' | 'network',
  most: number | undefined,
  only?: string,
): Promise<Row[]> {
  const byKind = new Map<string, Mutant[]>();
  for (const { name, text } of programs)
    for (const mutant of mutantsOf(name, text, of))
      byKind.set(mutant.kind, [...(byKind.get(mutant.kind) ?? []), mutant]);
  const rows: Row[] = [];
  for (const [kind, mutants] of [...byKind].sort()) {
    if (only !== undefined && !new RegExp(only).test(kind)) continue;
    const row: Row = { kind, cases: 0, offered: 0, first: 0, inPlace: 0 };
    rows.push(row);
    const step = most === undefined ? 1 : Math.max(1, Math.floor(mutants.length / (most * 3)));
    for (let i = 0; i < mutants.length && row.cases < (most ?? Infinity); i += step) {
      const mutant = mutants[i];
      if (!mutant || errors(mutant.text) === 0) continue;
      row.cases++;
      // What is held weakly is let go of between two turns only.
      await new Promise(setImmediate);
      const found = fixesOf(mutant.text);
      const back = found.map(({ fixes }) => fixes.findIndex((fix) => givesBack(mutant, fix.text)));
      const offered = back.some((index) => index >= 0);
      const first = back.includes(0);
      if (offered) row.offered++;
      if (first) row.first++;
      if (found.some(({ fixes: [fix] }) => fix && isInPlace(mutant, fix.text))) row.inPlace++;
      if (!first && process.env['CHOR_SHOW']) show(mutant, found, offered);
    }
    if (process.env['CHOR_SHOW']) console.log(`${kind}: ${row.first} and ${row.offered} of ${row.cases}`);
  }
  return rows.filter((row) => row.cases > 0);
}

function show(mutant: Mutant, found: ReturnType<typeof fixesOf>, offered: boolean): void {
  const line = mutant.text.slice(0, mutant.at).split('\n').length;
  const around = (text: string): string =>
    text
      .split('\n')
      .slice(line - 2, line + 1)
      .map((l) => `    | ${l}`)
      .join('\n');
  console.log(
    [
      `${offered ? 'NOT FIRST' : 'MISSING'} ${mutant.kind} in ${mutant.program} at ${line}`,
      around(mutant.original),
      '    became',
      around(mutant.text),
      ...found.map(
        ({ code, message, fixes }) =>
          `    ${code}: ${message.slice(0, 200)}\n${fixes.map((f) => `      ${givesBack(mutant, f.text) ? '>>' : '-'}${f.preferred ? '*' : ' '} ${f.title}`).join('\n')}`,
      ),
    ].join('\n'),
  );
}

/** The table in columns. */
export function table(rows: readonly Row[]): string {
  const line = (kind: string, cases: number | string, ...counts: readonly string[]): string =>
    `${kind.padEnd(52)}${String(cases).padStart(7)}${counts.map((count) => count.padStart(18)).join('')}`;
  const share = (part: number, of: number): string => `${part} (${of === 0 ? 0 : Math.round((100 * part) / of)} %)`;
  const sum = (of: (row: Row) => number): number => rows.reduce((total, row) => total + of(row), 0);
  const cases = sum((r) => r.cases);
  return [
    line('mistake', 'cases', 'original offered', 'original first', 'in its place'),
    ...rows.map((r) =>
      line(r.kind, r.cases, share(r.offered, r.cases), share(r.first, r.cases), share(r.inPlace, r.cases)),
    ),
    line(
      'all',
      cases,
      share(
        sum((r) => r.offered),
        cases,
      ),
      share(
        sum((r) => r.first),
        cases,
      ),
      share(
        sum((r) => r.inPlace),
        cases,
      ),
    ),
  ].join('\n');
}
