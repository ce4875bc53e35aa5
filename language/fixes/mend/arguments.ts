// Arguments of calls: one that is missing, one too many, two in the other order.
import type { Choreography } from '../../ir/choreography.js';
import { walkBlock } from '../../ir/choreography.js';
import type { Expr, Param, Pattern, TextRange } from '../../ir/expression.js';
import { namesOf, walkExpr } from '../../ir/expression.js';
import type { Network } from '../../ir/process.js';
import { expressionsOf, walkActions } from '../../ir/process.js';
import { readingsOf } from '../../ir/readings.js';
import type { Scope } from '../../scoping/scope.js';
import { writeName } from '../../syntax/names.js';
import type { Finding } from '../../findings/finding.js';
import type { Edit, Fix, FixContext } from '../../edits/fix.js';
import { firstLine } from './titles.js';
import { meaningOf, plainOf, sample } from './values.js';
import { mostArguments } from '../limits.js';

const codes = new Set(['wrong-arguments', 'type-mismatch', 'not-conformant', 'payload-mismatch']);

type CallExpr = Extract<Expr, { kind: 'call' }>;

/** Something that may be given. */
interface Value {
  readonly text: string;
  readonly name: string;
  readonly type: string | undefined;
  /** Nothing reads it. */
  readonly idle: boolean;
}

/** A call, and who it is of. */
interface Site {
  readonly call: CallExpr;
  readonly role: string;
}

/** The candidates for a call that does not fit what is called. */
export function argumentMends(finding: Finding, around: Choreography | Network, context: FixContext): Fix[] {
  if (!codes.has(finding.code)) return [];
  const { origin } = finding;
  const analysis = context.workspace.analyze(context.uri);
  if (!analysis) return [];
  const variables = analysis.names.variables.get(around.name.text);
  const calls = sitesIn(around).filter(({ call }) => call.origin.start < origin.end && origin.start < call.origin.end);
  const fixes = calls.flatMap(({ call, role }): Fix[] => {
    const params = paramsOf(call.callee.text, analysis.scope) ?? toldOf(finding, call);
    const isRead = (name: string): boolean =>
      analysis.occurrences.some(
        ({ symbol, role: as }) =>
          as === 'read' && symbol.name === name && symbol.role === role && symbol.container === around.name.text,
      );
    const variablesHeld = (variables?.get(role) ?? []).map(({ name, type }): Value => ({
      text: writeName(name),
      name,
      type: type?.meaning,
      idle: !isRead(name),
    }));
    const held = [
      ...variablesHeld,
      ...variablesHeld.flatMap((value) => fieldsOf(value, analysis.scope)),
      ...takenAround(around, call, context.text),
    ];
    const [given, wanted] = [call.args.length, params?.length];
    return [
      ...(wanted === given ? [] : dropped(call, context)),
      ...(params && given < params.length ? added(call, params, held, context) : []),
      ...exchanged(call, context),
    ];
  });
  return [
    ...fixes,
    ...(around.kind === 'choreography' ? roles(finding, around, analysis.scope, variables, context) : []),
  ];
}

function sitesIn(around: Choreography | Network): Site[] {
  const found: Site[] = [];
  const read = (role: string, value: Expr): void =>
    walkExpr(value, (e) => {
      if (e.kind === 'call') found.push({ call: e, role });
    });
  if (around.kind === 'choreography') for (const { role, value } of readingsOf(around)) read(role.name.text, value);
  else
    for (const process of around.processes) {
      if (process.returns) read(process.name.text, process.returns);
      walkActions(process.body.actions, (a) => expressionsOf(a).forEach((value) => read(process.name.text, value)));
    }
  return found;
}

/** What is called takes this. */
interface Wanted {
  readonly name: string;
  /** As it is written, without aliases; undefined where it is not known. */
  readonly type: string | undefined;
  /** Some value of the type; undefined where none is known. */
  readonly plain: string | undefined;
}

/** What a call of a function, a record or a case takes; undefined where that is not declared. */
function paramsOf(name: string, scope: Scope): readonly Wanted[] | undefined {
  const found = scope.lookup(name)?.declaration;
  const declared = (params: readonly Param[]): Wanted[] =>
    params.map((p) => ({ name: p.name.text, type: meaningOf(p.type, scope), plain: sample(p.type, scope) }));
  if (found?.kind === 'function' || found?.kind === 'extern-function') return declared(found.params);
  if (found?.kind === 'record') return declared(found.fields);
  const fields = found?.kind === 'enum' ? found.cases.find((c) => c.name.text === name)?.fields : undefined;
  return fields && declared(fields);
}

/** What the finding tells that a function of the library takes. */
function toldOf({ code, args, origin }: Finding, call: CallExpr): readonly Wanted[] | undefined {
  if (code !== 'wrong-arguments' || args.kind !== 'arguments' || args.callee !== call.callee.text) return undefined;
  if (call.origin.end <= origin.start || origin.end <= call.origin.start) return undefined;
  return args.parameters.map(({ name, type }) => {
    const parts = /^\((.*)\) => (.*)$/.exec(type);
    const plain = parts
      ? `${(parts[1] ?? '').includes(',') ? '(x, y)' : 'x'} => ${plainOf(parts[2] ?? '') ?? 'x'}`
      : (plainOf(type) ?? '""');
    return { name, type: type.includes('?') || parts ? undefined : type, plain };
  });
}

/** The call with something more in a place. */
function inserted(call: CallExpr, index: number, value: string, { uri, text }: FixContext): Edit {
  const [before, after] = [call.args[index - 1], call.args[index]];
  const at = after
    ? (after.name ?? after.value).origin.start
    : before
      ? before.value.origin.end
      : text.indexOf('(', call.callee.origin.end) + 1;
  return { uri, start: at, end: at, newText: after ? `${value}, ` : before ? `, ${value}` : value };
}

/** The fields of a record that is held. */
function fieldsOf({ text, type }: Value, scope: Scope): Value[] {
  const record = type === undefined ? undefined : scope.lookup(type)?.declaration;
  return record?.kind === 'record'
    ? record.fields.map((field) => ({
        text: `${text}.${writeName(field.name.text)}`,
        name: field.name.text,
        type: meaningOf(field.type, scope),
        idle: false,
      }))
    : [];
}

/** What the patterns of the cases around a call take. */
function takenAround(around: Choreography | Network, { origin }: CallExpr, text: string): Value[] {
  const names = new Set<string>();
  const note = (pattern: Pattern | undefined, body: { readonly origin: TextRange }): void => {
    if (pattern && body.origin.start <= origin.start && origin.end <= body.origin.end)
      for (const name of namesOf(pattern)) names.add(name);
  };
  if (around.kind === 'choreography')
    walkBlock(around.body.statements, (s) => {
      if (s.kind === 'decision') for (const { pattern, body } of s.branches) note(pattern, body);
    });
  else
    for (const process of around.processes)
      walkActions(process.body.actions, (a) => {
        if (a.kind === 'match') for (const { pattern, body } of a.cases) note(pattern, body);
      });
  // Names that were made for `_` stand nowhere.
  return [...names]
    .filter((name) => text.includes(name))
    .map((name) => ({ text: writeName(name), name, type: undefined, idle: false }));
}

/** Something more: what is held that fits, by its name, its type, and whether it is given already. */
function added(call: CallExpr, params: readonly Wanted[], held: readonly Value[], context: FixContext): Fix[] {
  const given = new Set(call.args.flatMap(({ value }) => (value.kind === 'name' ? [value.name.text] : [])));
  // Arguments that are called as what they are for stay in their places.
  const kept = (index: number): number =>
    call.args.filter(({ value }, i) => value.kind === 'name' && params[i < index ? i : i + 1]?.name === value.name.text)
      .length / 4;
  return params.slice(0, mostArguments).flatMap((param, index) => {
    if (index > call.args.length) return [];
    const values = [
      ...held
        .filter((h) => h.type === undefined || param.type === undefined || h.type === param.type)
        .map((h, i) => ({
          text: h.text,
          doubt:
            (h.name === param.name ? 0 : param.type === undefined ? 1.5 : 1) +
            (h.idle ? -1.2 : 0) +
            (given.has(h.name) ? 2 : 0) +
            i / 100 -
            kept(index),
        })),
      ...(param.plain === undefined ? [] : [{ text: param.plain, doubt: 3 }]),
    ];
    return values.map(({ text, doubt }): Fix => ({
      title: `Give \`${text}\` to \`${call.callee.text}\`${index === call.args.length ? '' : `, as its ${index === 0 ? 'first' : 'next'} argument (${param.name})`}`,
      edits: [inserted(call, index, text, context)],
      preferred: doubt < 2,
      cost: { doubt: 1 + doubt },
    }));
  });
}

/** One argument left out: rather a constant than a variable, and rather a later one. */
function dropped({ args, callee }: CallExpr, { uri, text }: FixContext): Fix[] {
  return args.slice(0, mostArguments).map(({ value, name }, i): Fix => {
    const own = (name ?? value).origin.start;
    const start = i > 0 ? (args[i - 1]?.value.origin.end ?? own) : own;
    const next = args[1];
    const end = i > 0 || !next ? value.origin.end : (next.name ?? next.value).origin.start;
    const constant = value.kind !== 'name' && value.kind !== 'call';
    return {
      title: `Do not give \`${firstLine(text.slice(own, value.origin.end))}\` to \`${callee.text}\``,
      edits: [{ uri, start, end, newText: '' }],
      preferred: true,
      cost: { doubt: 1.5 + (constant ? 0 : 1) + (args.length - i) / 10 },
    };
  });
}

/** Two arguments in the other order. */
function exchanged({ args, callee }: CallExpr, { uri, text }: FixContext): Fix[] {
  const all = args.slice(0, mostArguments);
  return all.flatMap((one, i) =>
    all.slice(i + 1).map((other, k): Fix => {
      const [left, right] = [one.value.origin, other.value.origin];
      const said = (range: TextRange): string => text.slice(range.start, range.end);
      return {
        title: `Exchange \`${firstLine(said(left))}\` and \`${firstLine(said(right))}\` in \`${callee.text}\``,
        edits: [
          { uri, ...left, newText: said(right) },
          { uri, ...right, newText: said(left) },
        ],
        preferred: true,
        cost: { doubt: 1.2 + k },
      };
    }),
  );
}

/** One role more in a call of a choreography: that of the same name, else one that is not there yet. */
function roles(
  finding: Finding,
  choreography: Choreography,
  scope: Scope,
  variables: ReadonlyMap<string, readonly { readonly name: string }[]> | undefined,
  { uri, text }: FixContext,
): Fix[] {
  if (finding.code !== 'wrong-arguments' || finding.args.kind !== 'roles') return [];
  const { origin } = finding;
  const fixes: Fix[] = [];
  walkBlock(choreography.body.statements, (s) => {
    if (s.kind !== 'call' || s.origin.end <= origin.start || origin.end <= s.origin.start) return;
    const callee = scope.lookup(s.callee.text)?.declaration;
    if (callee?.kind !== 'choreography') return;
    const given = s.args.map(({ role }) => role.key);
    for (const [index, place] of callee.roles.slice(0, mostArguments).entries()) {
      if (index > s.args.length) continue;
      for (const { name } of choreography.roles) {
        if (given.includes(name.text)) continue;
        const [before, after] = [s.args[index - 1], s.args[index]];
        const at = after
          ? after.role.origin.start
          : before
            ? before.origin.end
            : text.indexOf('(', s.callee.origin.end) + 1;
        const own = new Set((variables?.get(name.text) ?? []).map((v) => v.name));
        const inputs = place.params.map((p) =>
          own.has(p.name.text) ? writeName(p.name.text) : (sample(p.type, scope) ?? '0'),
        );
        const role = `${writeName(name.text)}${inputs.length > 0 ? `(${inputs.join(', ')})` : ''}`;
        // Roles that are called the same in both stay in their places.
        const shifted = s.args.filter(
          (arg, i) => callee.roles[i < index ? i : i + 1]?.name.text === arg.role.key,
        ).length;
        fixes.push({
          title: `Call it with ${role} for ${place.name.text}`,
          edits: [{ uri, start: at, end: at, newText: after ? `${role}, ` : before ? `, ${role}` : role }],
          preferred: true,
          cost: { doubt: 2.5 - (place.name.text === name.text ? 1 : 0) - shifted / 10 + index / 100 },
        });
      }
    }
  });
  return fixes;
}
