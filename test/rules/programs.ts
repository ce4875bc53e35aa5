// The programs that mistakes are made in: the manual's examples, textbook protocols, and the networks that come of
// projecting them.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { projectionFile } from '../../language/projection/file.js';
import { lowerFile } from '../../language/lowering/source.js';
import { Workspace } from '../../language/workspace.js';
import { moreChoreographies, moreNetworks } from './more-protocols.js';
import { choreographies, networks } from './protocols.js';

export interface Program {
  readonly name: string;
  readonly text: string;
}

const root = new URL('../../examples/', import.meta.url).pathname;

function filesIn(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      if (statSync(path).isDirectory()) return name === 'wrong' ? [] : filesIn(path);
      return name.endsWith('.chor') ? [path] : [];
    });
}

/** The examples that stand alone and have no error. */
function examples(): Program[] {
  return filesIn(root)
    .map((path) => ({ name: path.slice(root.length), text: readFileSync(path, 'utf8') }))
    .filter(({ text }) => !/^import /m.test(text) && errorsIn(text) === 0);
}

export function errorsIn(text: string): number {
  const workspace = new Workspace();
  workspace.set('file:///p.chor', text);
  return workspace.analyze('file:///p.chor')?.findings.filter((f) => f.severity === 'error').length ?? 0;
}

/**
 * Without the networks that implement a choreography: where such a one is all that tells of a mistake, the two differ,
 * and either may be meant.
 */
export function choreographyPrograms(): Program[] {
  return [
    ...Object.entries({ ...choreographies, ...moreChoreographies }).map(([name, text]) => ({ name, text })),
    ...examples()
      .filter(({ text }) => /^choreography /m.test(text))
      .map(({ name, text }) => ({ name, text: withoutDesigned(text) })),
  ];
}

function withoutDesigned(text: string): string {
  return lowerFile('file:///p.chor', text)
    .declarations.filter((d) => d.kind === 'network' && d.implements)
    .sort((a, b) => b.origin.start - a.origin.start)
    .reduce((rest, { origin }) => rest.slice(0, origin.start) + rest.slice(origin.end), text);
}

/** The projection of the last choreography of a text, beside its types and functions. */
function projected({ name, text }: Program, design: boolean): Program[] {
  const workspace = new Workspace();
  const uri = 'file:///p.chor';
  workspace.set(uri, text);
  const file = workspace.analyze(uri)?.file;
  const main = file?.declarations.filter((d) => d.kind === 'choreography').at(-1);
  const printed = main && projectionFile(workspace, uri, main.name.text);
  if (!file || !main || !printed) return [];
  const networks = printed.text.replace(/^import .*\n+/gm, '');
  const names = [...networks.matchAll(/^network (\w+)/gm)].map((m) => m[1] ?? '');
  if (names.length > 1) return [];
  const own = networks.replace(
    /^network (\w+)[^{]*\{/m,
    design ? `network Own implements ${main.name.text} {` : 'network Own {',
  );
  let rest = text;
  // Without the design, only what the processes name is kept.
  if (!design)
    for (const d of [...file.declarations].reverse())
      if (d.kind === 'choreography' || d.kind === 'network')
        rest = rest.slice(0, d.origin.start) + rest.slice(d.origin.end);
  const whole = `${rest.trimEnd()}\n\n${own.trim()}\n`;
  return errorsIn(whole) === 0 ? [{ name, text: whole }] : [];
}

export function networkPrograms(): Program[] {
  const written = [
    ...Object.entries({ ...networks, ...moreNetworks }).map(([name, text]) => ({ name, text })),
    ...examples().filter(({ text }) => /^network /m.test(text) && !/ implements /.test(text)),
  ];
  return [...written, ...choreographyPrograms().flatMap((p) => projected(p, false))];
}

export function designedPrograms(): Program[] {
  return choreographyPrograms().flatMap((p) => projected(p, true));
}
