// A choreography as a global protocol of Scribble or nuScr, with one for each choreography that it calls.
import type { Target } from '../ir/target.js';
import type { Call, Choreography, Communication, Decision, Rec, Statement, While } from '../ir/choreography.js';
import { messagesIn, walkBlock } from '../ir/choreography.js';
import type { TextRange } from '../ir/expression.js';
import type { RoleRef } from '../ir/role.js';
import { readableName } from '../parameters/closure.js';
import { givenScope, withGiven } from '../parameters/scope.js';
import type { Scope } from '../scoping/scope.js';
import { printType } from '../syntax/print.js';
import { isKnown, prune, showMeaning } from '../typing/types.js';
import type { Type } from '../typing/types.js';
import { ExportFailure } from './failure.js';
import { identifiers } from './identifiers.js';
import type { Identifiers } from './identifiers.js';
import type { Types } from './types.js';
import { mostInteractions } from './limits.js';

export type Dialect = 'scribble' | 'nuscr';

type Global =
  | {
      readonly kind: 'message';
      readonly label: string;
      readonly types: readonly string[];
      readonly from: string;
      readonly to: readonly string[];
    }
  | { readonly kind: 'choice'; readonly at: string; readonly branches: readonly (readonly Global[])[] }
  | { readonly kind: 'par'; readonly branches: readonly (readonly Global[])[] }
  | { readonly kind: 'rec'; readonly name: string; readonly body: readonly Global[] }
  | { readonly kind: 'continue'; readonly name: string }
  | { readonly kind: 'do'; readonly name: string; readonly roles: readonly string[] };

/** What comes behind a block. */
type After = () => readonly Global[];
type Loops = ReadonlyMap<string, { readonly name: string; readonly behind: After }>;

interface Unit {
  readonly choreography: Choreography;
  readonly scope: Scope;
  readonly name: string;
}

/** Words that neither of the two lets be names. */
const reserved = [
  'and',
  'as',
  'at',
  'aux',
  'by',
  'calls',
  'catches',
  'choice',
  'connect',
  'continue',
  'disconnect',
  'do',
  'explicit',
  'from',
  'global',
  'import',
  'instantiates',
  'interruptible',
  'introduces',
  'local',
  'module',
  'nested',
  'new',
  'or',
  'par',
  'protocol',
  'rec',
  'role',
  'self',
  'sig',
  'spawn',
  'throws',
  'to',
  'type',
  'with',
  'wrap',
];

/** The types that Chor and the other have, as a module declares them. */
const host: Readonly<Record<string, string>> = {
  int: 'java.lang.Integer',
  float: 'java.lang.Double',
  string: 'java.lang.String',
  bool: 'java.lang.Boolean',
};

/**
 * The protocols.
 * @param types of what is sent: that of a payload is said where somebody takes it
 * @throws ExportFailure for decisions of several roles, branches that do not start with a message of who decides, calls
 *   that are not there, and, in nuScr, for what follows a call
 * Cost: linear in the text; in nuScr, and behind loops that are left, what follows a decision stands in each branch, up
 * to a bound
 */
export function scribbleOf(written: Choreography, from: Scope, dialect: Dialect, sent: Types): string {
  const scope = givenScope(from);
  const choreography = withGiven(written, scope);
  const protocols = identifiers(reserved);
  const labels = identifiers(reserved);
  const types = new Map<string, string>();
  const typeNames = identifiers([...reserved, ...Object.keys(host)]);
  const units = new Map<Choreography, Unit>();
  const unitFor = (declaration: Choreography, own: Scope): Unit => {
    const known = units.get(declaration) ?? {
      choreography: declaration,
      scope: own,
      name: protocols(`${own.file.uri} ${declaration.name.text}`, readableName(declaration.name.text)),
    };
    units.set(declaration, known);
    return known;
  };
  const typeName = (text: string): string => {
    if (dialect === 'nuscr' && ['int', 'string', 'bool'].includes(text)) return text;
    const known =
      types.get(text) ??
      typeNames(
        text,
        Object.hasOwn(host, text)
          ? text.charAt(0).toUpperCase() + text.slice(1)
          : text.replace(/[^\p{L}\p{N}_]+/gu, '_').replace(/_+$/, ''),
      );
    types.set(text, known);
    return known;
  };
  unitFor(choreography, scope);
  const texts: string[] = [];
  // It grows while it is gone through.
  for (const unit of units.values()) {
    const roles = identifiers(reserved);
    const context: Context = {
      dialect,
      unit,
      roles,
      labels,
      typeName,
      sent,
      loops: identifiers(reserved),
      budget: { left: mostInteractions },
      unitFor,
    };
    const names = unit.choreography.roles.map((role) => roles(role.name.text, role.name.text));
    const body = block(unit.choreography.body.statements, context, new Map(), () => []);
    texts.push(
      `${unit.choreography === choreography ? '' : 'aux '}global protocol ${unit.name}(${names.map((name) => `role ${name}`).join(', ')}) {\n${printed(body, '  ')}}\n`,
    );
  }
  const declared = [...types].map(
    ([text, name]) =>
      `type <${Object.hasOwn(host, text) ? 'java' : 'chor'}> "${host[text] ?? text.replaceAll('"', '')}" from "${Object.hasOwn(host, text) ? 'rt.jar' : 'chor'}" as ${name};\n`,
  );
  // Without a module, what nothing declares is a type that nothing is known of.
  const head =
    dialect === 'nuscr'
      ? ''
      : `module ${protocols('module', `${choreography.name.text}Module`)};\n\n${declared.length > 0 ? `${declared.join('')}\n` : ''}`;
  return `${head}${texts.join('\n')}`;
}

interface Context {
  readonly dialect: Dialect;
  readonly unit: Unit;
  readonly roles: Identifiers;
  readonly labels: Identifiers;
  readonly loops: Identifiers;
  readonly typeName: (text: string) => string;
  readonly sent: Types;
  readonly budget: { left: number };
  readonly unitFor: (declaration: Choreography, scope: Scope) => Unit;
}

function failure(context: Context, message: string, origin: TextRange): ExportFailure {
  return new ExportFailure(message, context.unit.scope.file.uri, origin);
}

function roleName({ roles }: Context, role: RoleRef): string {
  return roles(role.key, role.key);
}

function block(statements: readonly Statement[], context: Context, loops: Loops, after: After): readonly Global[] {
  const [first, ...others] = statements;
  if (!first) return after();
  if (context.budget.left-- <= 0)
    throw failure(
      context,
      `what follows its decisions would stand in so many branches that there are more than ${mostInteractions} lines`,
      context.unit.choreography.name.origin,
    );
  const rest: After = () => block(others, context, loops, after);
  switch (first.kind) {
    case 'communication':
      return [message(first, context), ...rest()];
    case 'gather':
      if (first.quorum) throw failure(context, 'a protocol waits for each message: it has no quorums', first.origin);
      return [...messagesIn(first).map((each) => message(each, context)), ...rest()];
    case 'assignment':
    case 'effect':
    case 'at':
      return rest();
    case 'call':
      return call(first, context, rest);
    case 'decision':
      if (first.pick)
        throw failure(
          context,
          'a member of a family that is picked is no part of a protocol, which names each role',
          first.origin,
        );
      return decision(first, context, loops, rest);
    case 'while':
      return repeated(first, context, loops, rest);
    case 'rec':
      return recursion(first, context, loops, rest);
    case 'continue':
      return [{ kind: 'continue', name: loops.get(first.name.text)?.name ?? first.name.text }];
    case 'leave':
      return loops.get(first.name.text)?.behind() ?? [];
    case 'par':
      if (context.dialect === 'nuscr')
        throw failure(
          context,
          'its branches go on at the same time: a protocol of nuScr says one thing after the other',
          first.origin,
        );
      return [
        { kind: 'par', branches: first.branches.map(({ statements: own }) => block(own, context, loops, () => [])) },
        ...rest(),
      ];
    case 'for':
    case 'when':
      throw failure(context, 'a loop over members is no part of a protocol, which names each role', first.origin);
  }
}

function message(communication: Communication, context: Context): Global {
  const { label, receivers, sender, value } = communication;
  const { uri } = context.unit.scope.file;
  const stated = label?.types.map(printType) ?? [];
  const into = receivers.find((receiver) => receiver.into)?.into;
  const types = (
    stated.length > 0 || !value || !into ? stated : carriedBy(into, context.sent.of(uri, value.origin))
  ).map(context.typeName);
  const anonymous = context.dialect === 'nuscr' ? context.labels('', 'message') : '';
  return {
    kind: 'message',
    label: label ? context.labels(label.name.text, label.name.text) : anonymous,
    types,
    from: roleName(context, sender),
    to: receivers.map(({ role }) => roleName(context, role)),
  };
}

/** The types of what a message brings, by who takes it: of several values each; none where that is not known. */
function carriedBy(into: Target, sent: Type | undefined): readonly string[] {
  const type = sent && prune(sent);
  if (!type) return [];
  const parts = into.kind === 'pattern' && into.pattern.kind === 'tuple' && type.kind === 'tuple' ? type.items : [type];
  return parts.every(isKnown) ? parts.map(showMeaning) : [];
}

function call({ callee, args, origin }: Call, context: Context, rest: After): readonly Global[] {
  const found = context.unit.scope.lookup(callee.text);
  if (found?.declaration.kind !== 'choreography' || found.declaration.broken)
    throw failure(context, `\`${readableName(callee.text)}\` is not to be found, or can’t be read`, origin);
  const { name } = context.unitFor(found.declaration, context.unit.scope.at(found.uri) ?? context.unit.scope);
  const following = rest();
  if (context.dialect === 'nuscr' && following.length > 0)
    throw failure(
      context,
      `something follows this call of \`${readableName(callee.text)}\`: a protocol of nuScr ends with the one that it calls`,
      origin,
    );
  return [{ kind: 'do', name, roles: args.map(({ role }) => roleName(context, role)) }, ...following];
}

/** Whether something in a statement leaves a loop: then what follows the loop stands there. */
function escapes(statement: Statement): boolean {
  let found = false;
  walkBlock([statement], (each) => {
    found ||= each.kind === 'leave';
  });
  return found;
}

function decision(statement: Decision, context: Context, loops: Loops, rest: After): readonly Global[] {
  const { guards, decider, branches, head } = statement;
  if (guards.length > 1)
    throw failure(
      context,
      'several roles decide together, without a message: a protocol knows no values. Let one decide, and tell the others',
      head,
    );
  const spread = context.dialect === 'nuscr' || escapes(statement);
  const ways = branches.map((branch) => block(branch.body.statements, context, loops, spread ? rest : () => []));
  const following = spread ? [] : rest();
  return [...choiceOf(ways, decider, context, head), ...following];
}

/** Ways that are all the same are none. */
function choiceOf(
  ways: readonly (readonly Global[])[],
  decider: RoleRef,
  context: Context,
  place: TextRange,
): readonly Global[] {
  const distinct = [...new Map(ways.map((way) => [JSON.stringify(way), way])).values()];
  const [only] = distinct;
  if (only && distinct.length === 1) return only;
  const at = roleName(context, decider);
  for (const way of distinct) {
    const starter = starterOf(way);
    if (starter !== at)
      throw failure(
        context,
        `a way that \`${decider.key}\` chooses here does not start with a message of \`${decider.key}\`, as a branch of a protocol has to. Let it tell the others, as in \`-> ${context.unit.choreography.roles.find((role) => role.name.text !== decider.key)?.name.text ?? 'q'}\``,
        place,
      );
  }
  return [{ kind: 'choice', at, branches: distinct }];
}

/** Who sends first; undefined where that is not seen here. */
function starterOf([first]: readonly Global[]): string | undefined {
  switch (first?.kind) {
    case 'message':
      return first.from;
    case 'choice':
      return first.at;
    case 'rec':
      return starterOf(first.body);
    case 'par': {
      const starters = new Set(first.branches.map(starterOf));
      return starters.size === 1 ? [...starters][0] : undefined;
    }
    case 'continue':
    case 'do':
    case undefined:
      return undefined;
  }
}

function repeated({ guards, body, exit, head }: While, context: Context, loops: Loops, rest: After): readonly Global[] {
  const [guard] = guards;
  if (!guard || guards.length > 1)
    throw failure(
      context,
      'several roles decide together, without a message: a protocol knows no values. Let one decide, and tell the others',
      head,
    );
  const name = context.loops(`while ${head.start}`, 'Loop');
  const again = block(body.statements, context, loops, () => [{ kind: 'continue', name }]);
  const done = block(exit, context, loops, rest);
  return [{ kind: 'rec', name, body: choiceOf([again, done], guard.role, context, head) }];
}

function recursion(statement: Rec, context: Context, loops: Loops, rest: After): readonly Global[] {
  const name = context.loops(`rec ${statement.origin.start}`, statement.name.text);
  const spread = context.dialect === 'nuscr' || escapes(statement);
  const body = block(
    statement.body.statements,
    context,
    new Map([...loops, [statement.name.text, { name, behind: rest }]]),
    spread ? rest : () => [],
  );
  return [{ kind: 'rec', name, body }, ...(spread ? [] : rest())];
}

function printed(globals: readonly Global[], indent: string): string {
  return globals
    .map((each): string => {
      switch (each.kind) {
        case 'message':
          return each.to
            .map((to) => `${indent}${each.label}(${each.types.join(', ')}) from ${each.from} to ${to};\n`)
            .join('');
        case 'choice':
          return `${indent}choice at ${each.at} {\n${each.branches.map((branch) => printed(branch, `${indent}  `)).join(`${indent}} or {\n`)}${indent}}\n`;
        case 'par':
          return `${indent}par {\n${each.branches.map((branch) => printed(branch, `${indent}  `)).join(`${indent}} and {\n`)}${indent}}\n`;
        case 'rec':
          return `${indent}rec ${each.name} {\n${printed(each.body, `${indent}  `)}${indent}}\n`;
        case 'continue':
          return `${indent}continue ${each.name};\n`;
        case 'do':
          return `${indent}do ${each.name}(${each.roles.join(', ')});\n`;
      }
    })
    .join('');
}
