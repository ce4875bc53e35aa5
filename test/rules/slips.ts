// Slips in names, arguments and headers: what is bound, called or declared, misspelt or left out.
import { takersIn, walkBlock } from '../../language/ir/choreography.js';
import type { Choreography } from '../../language/ir/choreography.js';
import type { Expr, Param, TextRange } from '../../language/ir/expression.js';
import { walkExpr } from '../../language/ir/expression.js';
import type { Network } from '../../language/ir/process.js';
import { expressionsOf, walkActions } from '../../language/ir/process.js';
import { readingsOf } from '../../language/ir/readings.js';
import { namesOfTarget } from '../../language/ir/target.js';
import { inList, misspelt } from './mistake.js';
import type { Add, Mutant } from './mistake.js';

type Slip = (kind: string, range: TextRange, to: string, unknowable?: Mutant['unknowable']) => void;

/** The slips in a choreography. */
export function slipsOf(text: string, c: Choreography, add: Add): void {
  const slip: Slip = (kind, { start, end }, to, unknowable) => add(kind, [{ start, end, text: to }], unknowable);
  for (const { value } of readingsOf(c)) inArguments(text, value, slip);
  for (const { name, params } of c.roles) {
    slip('role misspelt in the header', name.origin, misspelt(name.text));
    ofInputs(text, params, slip);
  }
  walkBlock(c.body.statements, (s) => {
    if (s.kind === 'communication' && s.implied) return;
    for (const { into } of takersIn(s))
      for (const { text: name, origin } of namesOfTarget(into))
        slip('variable misspelt where it is set', origin, misspelt(name));
    if (s.kind === 'communication' && !s.implied) slip('sender misspelt', s.sender.origin, misspelt(s.sender.key));
    if (s.kind === 'decision' || s.kind === 'while')
      for (const { role } of s.guards) slip('decider misspelt', role.origin, misspelt(role.key));
    if (s.kind === 'continue' || s.kind === 'leave') slip('loop misspelt', s.name.origin, misspelt(s.name.text));
    if (s.kind === 'call') {
      for (const { role } of s.args) slip('role misspelt', role.origin, misspelt(role.key));
      inList(s.args.map(({ origin }) => origin)).forEach((range, i) => {
        const arg = s.args[i];
        if (arg && c.roles.some((r) => r.name.text === arg.role.name.text))
          slip('role of a call dropped', range, '', 'argument');
      });
    }
  });
  const [first] = c.returns;
  if (first) {
    const start = text.lastIndexOf('return', first.role.origin.start);
    const isPlain = c.returns.every(({ value }) => value.kind === 'name');
    slip(
      'return dropped',
      { start, end: c.returns.at(-1)?.value.origin.end ?? start },
      '',
      isPlain ? undefined : 'result',
    );
  }
}

/** The slips in a network. */
export function slipsIn(text: string, n: Network, add: Add): void {
  const slip: Slip = (kind, { start, end }, to, unknowable) => add(kind, [{ start, end, text: to }], unknowable);
  for (const process of n.processes) {
    slip('process misspelt', process.name.origin, misspelt(process.name.text));
    ofInputs(text, process.params, slip);
    walkActions(process.body.actions, (a) => {
      for (const expr of expressionsOf(a)) inArguments(text, expr, slip);
      const targets =
        a.kind === 'assignment' ? [a.into] : a.kind === 'receive' ? a.branches.map(({ into }) => into) : [];
      for (const into of targets)
        for (const { text: name, origin } of namesOfTarget(into))
          slip('variable misspelt where it is set', origin, misspelt(name));
      if (a.kind === 'receive' && a.from) slip('role misspelt', a.from.origin, misspelt(a.from.key));
      if (a.kind === 'continue' || a.kind === 'leave') slip('loop misspelt', a.name.origin, misspelt(a.name.text));
    });
  }
}

/** Calls with too few arguments, with too many, and in another order. */
function inArguments(text: string, expr: Expr, slip: Slip): void {
  walkExpr(expr, (e) => {
    if (e.kind !== 'call') return;
    const ranges = e.args.map(({ value }) => value.origin);
    // What is more than a name can't be known.
    inList(ranges).forEach((range, i) => {
      slip('argument dropped', range, '', e.args[i]?.value.kind === 'name' ? undefined : 'argument');
    });
    const [first, second] = ranges;
    if (first) slip('argument too many', { start: first.end, end: first.end }, ', 0');
    if (first && second) {
      const between = text.slice(first.end, second.start);
      slip(
        'arguments exchanged',
        { start: first.start, end: second.end },
        text.slice(second.start, second.end) + between + text.slice(first.start, first.end),
      );
    }
  });
}

/** Inputs that are left out, or whose type is misspelt. */
function ofInputs(text: string, params: readonly Param[], slip: Slip): void {
  const [first] = params;
  if (params.length === 1 && first) {
    const [start, end] = [text.lastIndexOf('(', first.name.origin.start), text.indexOf(')', endOf(first)) + 1];
    slip('input dropped', { start, end }, '');
  }
  for (const range of inList(params.map((p) => ({ start: p.name.origin.start, end: endOf(p) }))))
    slip('input dropped', range, '');
  for (const { type } of params)
    if (type.kind === 'named') slip('type misspelt', type.name.origin, misspelt(type.name.text));
}

function endOf({ type }: Param): number {
  return type.origin.end;
}
