// What the tests of families share.
import { declaredAt, sizedScope } from '../../language/families/sized.js';
import type { Choreography } from '../../language/ir/choreography.js';
import { localBlocksOf } from '../../language/ir/process.js';
import type { Action, LocalBlock, Network } from '../../language/ir/process.js';
import { lowerFile } from '../../language/lowering/source.js';
import { printExpr } from '../../language/syntax/print.js';
import { printNetwork, printProcess } from '../../language/projection/print.js';
import { project } from '../../language/projection/project.js';
import type { Projected } from '../../language/projection/project.js';
import { scopeOf } from '../../language/scoping/scope.js';
import type { Scope } from '../../language/scoping/scope.js';

export const uri = 'file:///t/main.chor';

interface Read {
  readonly choreography: Choreography;
  readonly scope: Scope;
  readonly projected: Projected;
}

/** The first choreography of a text, with its projections. */
export function read(text: string): Read {
  const file = lowerFile(uri, text);
  if (file.syntaxErrors.length > 0) throw new Error(file.syntaxErrors.map((error) => `${error.message} at ${error.origin.start}`).join());
  const scope = sizedScope(scopeOf(file, { file: (other) => (other === uri ? file : undefined) }));
  const choreography = file.declarations.find((declaration): declaration is Choreography => declaration.kind === 'choreography');
  if (!choreography) throw new Error('no choreography');
  return { choreography, scope, projected: project(choreography, scope) };
}

/** The projection of a role, as text. */
export function roleText(text: string, role: string): string {
  const process = read(text).projected.network.processes.find((each) => each.name.text === role);
  return process ? printProcess(process).text : '';
}

/**
 * What processes do, as one text that two networks share if they do the same: what follows a decision stands in its branches.
 * @param known the steps that were met, with what follows each
 */
function behaviourOf(network: Network, known: Map<string, number>): string {
  const numberOf = (key: string): number => known.get(key) ?? known.set(key, known.size).size - 1;
  const step = (action: Action, rest: number): number => {
    const inside = localBlocksOf(action).map((block) => block.actions.reduceRight((after, each) => step(each, after), rest));
    // The step itself is what is printed of it with empty blocks.
    const alone = [withoutBlocks(action)];
    const text = printProcess({ name: { text: 'P', origin: { start: 0, end: 0 } }, params: [], body: { actions: alone, origin: { start: 0, end: 0 } }, origin: { start: 0, end: 0 } }).text;
    return numberOf(`${text} ${(inside.length > 0 ? inside : [rest]).join()}`);
  };
  return network.processes.map((process) => `${process.name.text} ${process.body.actions.reduceRight((after, each) => step(each, after), numberOf(process.returns ? `return ${printExpr(process.returns)}` : ''))}`).join('\n');
}

function withoutBlocks(action: Action): Action {
  const empty: LocalBlock = { actions: [], origin: { start: 0, end: 0 } };
  switch (action.kind) {
    case 'receive': return { ...action, branches: action.branches.map((branch) => ({ ...branch, body: empty })) };
    case 'if': case 'when': return { ...action, then: empty, else: empty };
    case 'match': return { ...action, cases: action.cases.map((each) => ({ ...each, body: empty })) };
    case 'choice': case 'par': return { ...action, branches: action.branches.map(() => empty) };
    case 'while': case 'rec': case 'for': case 'at': return { ...action, body: empty };
    case 'assignment': case 'call': case 'continue': case 'leave': case 'effect': case 'gather': case 'hole': case 'send': return action;
  }
}

/** What the projection for any size is at one, and what the choreography at that size projects to. */
export function atSize({ choreography, scope, projected }: Read, size: number): { readonly own: string; readonly unrolled: string; readonly same: boolean; readonly wrong: boolean } {
  const sizes = new Map(choreography.roles.flatMap(({ name, family }) => (family ? [[name.text, Math.max(size, family.least)] as const] : [])));
  const [whole, sized] = [declaredAt(choreography, sizes, scope), declaredAt(projected.network, sizes, scope)];
  if (!whole || !sized) throw new Error('too long to be written out');
  const unrolled = project(whole, scope);
  const known = new Map<string, number>();
  return {
    own: printNetwork(sized, 'Sized').text, unrolled: printNetwork(unrolled.network, 'Sized').text, same: behaviourOf(sized, known) === behaviourOf(unrolled.network, known),
    wrong: unrolled.findings.some(({ severity }) => severity === 'error'),
  };
}
