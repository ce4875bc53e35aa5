// Well-formed programs with one mistake each, of the kinds that people make: what was dropped, changed, swapped or
// misspelt.
import { isImplied, walkBlock } from '../../language/ir/choreography.js';
import type { Block, Choreography, Statement } from '../../language/ir/choreography.js';
import type { Expr, TextRange } from '../../language/ir/expression.js';
import { walkExpr } from '../../language/ir/expression.js';
import type { SourceFile } from '../../language/ir/file.js';
import { lowerFile } from '../../language/lowering/source.js';
import type { Action, LocalBlock, Network, Process } from '../../language/ir/process.js';
import { localBlocksOf } from '../../language/ir/process.js';
import type { RoleRef } from '../../language/ir/role.js';
import { inList, misspelt } from './mistake.js';
import type { Add, Cut, Mutant } from './mistake.js';
import { slipsIn, slipsOf } from './slips.js';
import { syntaxMutants } from './syntax-mutants.js';

/** What a file says, without places, comments and layout. */
export function meaning(text: string): string {
  const { declarations, imports, syntaxErrors } = lowerFile('file:///m.chor', text);
  if (syntaxErrors.length > 0) return `broken ${text}`;
  return JSON.stringify({ imports, declarations }, (key, value: unknown) => {
    if (['origin', 'origins', 'doc', 'head', 'absent'].includes(key)) return undefined;
    // The order of branches that are told apart by what they take means nothing.
    if ((key === 'branches' || key === 'cases') && Array.isArray(value))
      return [...(value as unknown[])].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0));
    return value;
  });
}

function keyOf(branch: unknown): string {
  const { label, pattern } = branch as { label?: unknown; pattern?: unknown };
  return JSON.stringify({ label: typeof label === 'string' ? undefined : label, pattern }, (key, value: unknown) =>
    key.startsWith('origin') ? undefined : value,
  );
}

function edited(text: string, edits: readonly Cut[]): string {
  return [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((result, { start, end, text: to }) => result.slice(0, start) + to + result.slice(end), text);
}

/** A statement with its line, where it has one for itself. */
function lineOf(text: string, { start, end }: TextRange): TextRange {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const newline = text.indexOf('\n', end);
  if (text.slice(from, start).trim() !== '' || newline < 0 || text.slice(end, newline).trim() !== '')
    return { start, end };
  return { start: from, end: newline + 1 };
}

/** All mutants of the choreographies or networks of a text. */
export function mutantsOf(program: string, text: string, only: 'choreography' | 'network'): Mutant[] {
  const file = lowerFile('file:///m.chor', text);
  const found: Mutant[] = [];
  const add = (kind: string, edits: readonly Cut[], unknowable?: Mutant['unknowable']): void => {
    const mutated = edited(text, edits);
    if (mutated !== text)
      found.push({
        program,
        kind: `${only}: ${kind}`,
        text: mutated,
        original: text,
        at: Math.min(...edits.map((e) => e.start)),
        ...(unknowable ? { unknowable } : {}),
      });
  };
  for (const declaration of file.declarations) {
    if (declaration.kind === 'choreography' && only === 'choreography')
      choreographyMutants(text, file, declaration, add);
    if (declaration.kind === 'network' && only === 'network') networkMutants(text, file, declaration, add);
    if (declaration.kind === 'choreography' && only === 'choreography') slipsOf(text, declaration, add);
    if (declaration.kind === 'network' && only === 'network') slipsIn(text, declaration, add);
    if (declaration.kind === only) syntaxMutants(text, declaration.origin, add);
  }
  return found;
}

const cut = (text: string, origin: TextRange): Cut => ({ ...lineOf(text, origin), text: '' });
const put = (origin: TextRange, text: string): Cut => ({ start: origin.start, end: origin.end, text });

function swapped(text: string, first: TextRange, second: TextRange): Cut[] {
  return [put(first, text.slice(second.start, second.end)), put(second, text.slice(first.start, first.end))];
}

function expressions(expr: Expr | undefined, add: Add): void {
  if (!expr) return;
  walkExpr(expr, (e) => {
    if (e.kind === 'name') add('name misspelt', [put(e.name.origin, misspelt(e.name.text))]);
    if (e.kind === 'call') add('function misspelt', [put(e.callee.origin, misspelt(e.callee.text))]);
    if (e.kind === 'int') add('constant of another type', [put(e.origin, `"${e.text}"`)]);
    if (e.kind === 'string') add('constant of another type', [put(e.origin, '7')], 'constant');
    if (e.kind === 'bool') add('constant of another type', [put(e.origin, '7')], 'constant');
    if (e.kind === 'none') add('constant of another type', [put(e.origin, 'nothing')], 'constant');
  });
}

// ---- choreographies ----

function choreographyMutants(text: string, file: SourceFile, c: Choreography, add: Add): void {
  const roles = c.roles.map((r) => r.name.text);
  const labels = new Set<string>();
  walkBlock(c.body.statements, (s) => {
    if (s.kind === 'communication' && s.label && !s.implied) labels.add(s.label.name.text);
  });
  const blocks: Block[] = [c.body];
  walkBlock(c.body.statements, (s) => {
    if (s.kind === 'decision')
      blocks.push(
        ...s.branches.filter((b) => !b.absent && text.charAt(b.body.origin.start) === '{').map((b) => b.body),
      );
    if (s.kind === 'while' || s.kind === 'rec') blocks.push(s.body);
  });
  for (const block of blocks) {
    const own = block.statements.filter((s) => !isImplied(s));
    own.forEach((s, i) => {
      const next = own[i + 1];
      if (
        next &&
        s.kind !== 'decision' &&
        s.kind !== 'while' &&
        s.kind !== 'rec' &&
        !['decision', 'while', 'rec'].includes(next.kind)
      )
        add('swapped with the next', swapped(text, s.origin, next.origin));
      statementMutants(text, s, roles, labels, add);
    });
  }
  for (const role of c.roles) {
    const index = c.roles.indexOf(role);
    const [from, to] =
      index > 0
        ? [c.roles[index - 1]?.origin.end ?? 0, role.origin.end]
        : [role.origin.start, c.roles[1]?.origin.start ?? role.origin.end];
    add('role missing in the header', [{ start: from, end: to, text: '' }]);
  }
  void file;
}

function statementMutants(
  text: string,
  s: Statement,
  roles: readonly string[],
  labels: ReadonlySet<string>,
  add: Add,
): void {
  const others = (...not: string[]): string[] => roles.filter((r) => !not.includes(r));
  switch (s.kind) {
    case 'communication': {
      const selection = !s.value;
      add(selection ? 'selection dropped' : 'message dropped', [cut(text, s.origin)], selection ? 'label' : 'value');
      for (const role of roles) if (role !== s.sender.key) add('sender changed', [put(s.sender.origin, role)]);
      for (const receiver of s.receivers) {
        for (const role of others(receiver.role.key)) add('receiver changed', [put(receiver.role.origin, role)]);
        add('role misspelt', [put(receiver.role.origin, misspelt(receiver.role.key))]);
      }
      if (s.receivers.length > 1)
        for (const range of inList(s.receivers.map(({ origin }) => origin)))
          add('receiver of a multicast dropped', [{ ...range, text: '' }]);
      if (s.label) {
        for (const label of labels)
          if (label !== s.label.name.text) add('label changed', [put(s.label.name.origin, label)], 'label');
        if (s.value)
          add(
            'label dropped',
            [{ start: text.lastIndexOf(':', s.label.origin.start), end: s.label.origin.end, text: '' }],
            'label',
          );
      }
      expressions(s.value, add);
      return;
    }
    case 'gather':
      add('message dropped', [cut(text, s.origin)], 'value');
      for (const { value } of s.senders) expressions(value, add);
      return;
    case 'assignment':
      add('assignment dropped', [cut(text, s.origin)], 'value');
      for (const role of others(s.role.key)) add('role of a step changed', [put(s.role.origin, role)]);
      expressions(s.value, add);
      return;
    case 'effect':
      for (const role of others(s.role.key)) add('role of a step changed', [put(s.role.origin, role)]);
      expressions(s.value, add);
      return;
    case 'call':
      for (const arg of s.args) for (const input of arg.inputs) expressions(input, add);
      add('function misspelt', [put(s.callee.origin, misspelt(s.callee.text))]);
      return;
    case 'continue':
    case 'leave':
      add('continue dropped', [cut(text, s.origin)]);
      return;
    case 'decision':
    case 'while': {
      for (const guard of s.guards) {
        for (const role of others(guard.role.key)) add('decider changed', [put(guard.role.origin, role)]);
        expressions(guard.value, add);
      }
      s.informs.forEach((tell, i) => {
        const before = s.informs[i - 1];
        const after = s.informs[i + 1];
        const arrow = text.lastIndexOf('->', tell.origin.start);
        const range = before
          ? { start: before.origin.end, end: tell.origin.end }
          : after
            ? { start: tell.origin.start, end: after.origin.start }
            : { start: arrow - 1, end: tell.origin.end };
        add('receiver of an arrow list dropped', [{ ...range, text: '' }]);
      });
      if (s.kind === 'decision' && s.form === 'if') {
        const other = s.branches[1];
        if (other && !other.absent && text.charAt(other.body.origin.start) === '{')
          add(
            'else dropped',
            [{ start: text.lastIndexOf('}', other.body.origin.start) + 1, end: other.body.origin.end, text: '' }],
            'body',
          );
      }
      if (s.kind === 'decision' && s.form !== 'if')
        for (const branch of s.branches) {
          const arm = s.form === 'match' ? caseOf(text, branch.origin) : armOf(text, branch.origin, s.branches);
          if (!branch.absent) add('branch dropped', [arm], 'body');
        }
      return;
    }
    case 'rec':
    case 'for':
    case 'par':
    case 'at':
    case 'when':
      return;
  }
}

/** A case of a `match`, or its `else`, whose word stands before the range. */
function caseOf(text: string, { start, end }: TextRange): Cut {
  const word = /else\s*$/.exec(text.slice(0, start))?.[0].length ?? 0;
  return cut(text, { start: start - word, end });
}

/** A way of a `choice`, with an `or`. */
function armOf(text: string, { start, end }: TextRange, all: readonly { readonly origin: TextRange }[]): Cut {
  const next = all.find(({ origin }) => origin.start > start);
  return all[0]?.origin.start === start
    ? { start, end: next?.origin.start ?? end, text: '' }
    : { start: text.lastIndexOf('}', start) + 1, end, text: '' };
}

// ---- networks ----

function networkMutants(text: string, file: SourceFile, n: Network, add: Add): void {
  const roles = n.processes.map((p) => p.name.text);
  const design = file.declarations.find((d) => d.kind === 'choreography' && d.name.text === n.implements?.text);
  if (design?.kind === 'choreography')
    for (const role of design.roles) if (!roles.includes(role.name.text)) roles.push(role.name.text);
  const labels = new Set<string>();
  const collect = (block: LocalBlock): void =>
    block.actions.forEach((a) => {
      if (a.kind === 'send' && a.label) labels.add(a.label.name.text);
      if (a.kind === 'receive') for (const b of a.branches) if (b.label) labels.add(b.label.text);
      localBlocksOf(a).forEach(collect);
    });
  n.processes.forEach((p) => collect(p.body));
  for (const process of n.processes) {
    const visit = (block: LocalBlock): void => {
      block.actions.forEach((a, i) => {
        const [own] = a.origins;
        const next = block.actions[i + 1];
        const following = next?.origins[0];
        if (own && next && following && localBlocksOf(a).length + localBlocksOf(next).length === 0)
          add('swapped with the next', swapped(text, own, following));
        if (own) actionMutants(text, a, own, process, roles, labels, !!design, add);
        if (a.kind !== 'receive' || a.form === 'branching') localBlocksOf(a).forEach(visit);
      });
    };
    visit(process.body);
  }
}

function actionMutants(
  text: string,
  a: Action,
  own: TextRange,
  process: Process,
  roles: readonly string[],
  labels: ReadonlySet<string>,
  designed: boolean,
  add: Add,
): void {
  const peers = (role: RoleRef): string[] => roles.filter((r) => r !== role.key && r !== process.name.text);
  switch (a.kind) {
    case 'send':
      add('send dropped', [cut(text, own)], 'value');
      for (const role of peers(a.receiver)) add('peer of a send changed', [put(a.receiver.origin, role)]);
      add('role misspelt', [put(a.receiver.origin, misspelt(a.receiver.key))]);
      if (a.label) {
        for (const label of labels)
          if (label !== a.label.name.text) add('label of a send changed', [put(a.label.name.origin, label)]);
        add('label of a send misspelt', [put(a.label.name.origin, misspelt(a.label.name.text))]);
        add('label of a send dropped', [
          { start: text.lastIndexOf(':', a.label.origin.start), end: a.label.origin.end, text: '' },
        ]);
      }
      expressions(a.value, add);
      return;
    case 'gather':
      add('receive dropped', [cut(text, own)]);
      return;
    case 'receive':
      if (a.form === 'single') add('receive dropped', [cut(text, own)]);
      else add('branching receive dropped', [cut(text, own)], 'body');
      if (a.from)
        for (const role of peers(a.from)) add('peer of a receive changed', [put((a.from as RoleRef).origin, role)]);
      for (const b of a.branches) {
        const [range] = b.origins;
        if (a.form === 'branching' && range) add('branch dropped', [cut(text, range)], 'body');
        if (!b.label) continue;
        for (const label of labels)
          if (label !== b.label.text && !a.branches.some((other) => other.label?.text === label))
            add('label of a receive changed', [put(b.label.origin, label)]);
        add('label of a receive misspelt', [put(b.label.origin, misspelt(b.label.text))]);
      }
      return;
    case 'assignment':
      add('assignment dropped', [cut(text, own)], 'value');
      expressions(a.value, add);
      return;
    case 'effect':
      expressions(a.value, add);
      return;
    case 'continue':
    case 'leave':
      add('continue dropped', [cut(text, own)]);
      return;
    case 'if': {
      expressions(a.condition, add);
      if (text.charAt(a.else.origin.start) === '{')
        add(
          'else dropped',
          [{ start: text.lastIndexOf('}', a.else.origin.start) + 1, end: a.else.origin.end, text: '' }],
          'body',
        );
      return;
    }
    case 'while':
      expressions(a.condition, add);
      return;
    case 'pick':
      expressions(a.value, add);
      return;
    case 'call':
    case 'choice':
    case 'hole':
    case 'match':
    case 'rec':
    case 'for':
    case 'par':
    case 'at':
    case 'when':
  }
  void designed;
}
