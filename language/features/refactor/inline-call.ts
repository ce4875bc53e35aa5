// A call replaced by what the called choreography does: its roles are those of the call, its variables get names that
// are free.
import { valueOfArgument } from '../../ir/argument.js';
import { choreographiesOf, standingFor } from '../../ir/choreography.js';
import type { Call, Choreography } from '../../ir/choreography.js';
import { walkExpr } from '../../ir/expression.js';
import type { Expr, TextRange } from '../../ir/expression.js';
import type { Occurrence } from '../../scoping/symbols.js';
import { applyEdits } from '../../edits/fix.js';
import type { Edit } from '../../edits/fix.js';
import { dedented, indentAt, indented, removeStatement } from '../../edits/text.js';
import { argumentsOf } from '../../parameters/arguments.js';
import { printExpr } from '../../syntax/print.js';
import { writeName } from '../../syntax/names.js';
import { printRole, printTarget } from '../../syntax/print.js';
import { scan } from '../../syntax/tokens.js';
import type { FileAnalysis } from '../../workspace.js';
import { contains } from '../cursor.js';
import { freshName } from './refactoring.js';
import type { Asked, Refactoring } from './refactoring.js';

/** @returns undefined where there is no such choreography, or a result is computed for its effect alone */
export function inlineCall(asked: Asked, caller: Choreography, call: Call): Refactoring | undefined {
  const { workspace, uri, text, analysis } = asked;
  // What a parameter does is not known.
  if (choreographiesOf(caller.parameters).some(({ name }) => name.text === call.callee.text)) return undefined;
  const found = analysis.scope.lookup(call.callee.text);
  const callee = found?.declaration;
  const home = found && workspace.analyze(found.uri);
  if (
    !home ||
    callee?.kind !== 'choreography' ||
    callee.broken ||
    callee.roles.length + callee.parameters.length !== call.args.length
  )
    return undefined;
  const results = callee.returns.map((returned) => ({
    returned,
    taker: call.takers.find(({ role }) => standingFor(callee, call.args, returned.role)?.key === role.key),
  }));
  if (results.some(({ returned, taker }) => !taker && hasEffect(returned.value))) return undefined;
  const source = home.file.text;
  const given = argumentsOf(call.args, callee).given.map(({ parameter, arg }) => ({
    parameter,
    value: arg && valueOfArgument(arg),
  }));
  // With roles that come along, each call in it is another one.
  if (given.some(({ parameter, value }) => !value || (parameter.kind === 'choreography' && value.kind !== 'name')))
    return undefined;
  const naming = namingOf(
    asked,
    caller,
    call,
    callee,
    home,
    new Map(
      given.flatMap(({ parameter, value }) => (value ? [[parameter.name.text, printExpr(value, 8)] as const] : [])),
    ),
  );
  const renamed = (origin: TextRange): string =>
    applyEdits(
      source.slice(origin.start, origin.end),
      naming.places
        .filter((place) => contains(origin, place))
        .map(({ start, end, newText }) => ({ uri, start: start - origin.start, end: end - origin.start, newText })),
    );

  const { body, returns } = callee;
  const [first, last] = [returns[0], returns.at(-1)];
  const end = first ? source.lastIndexOf('return', first.origin.start) : body.origin.end - 1;
  const statements = dedented(renamed({ start: body.origin.start + 1, end }));
  const rest = last ? source.slice(last.origin.end, body.origin.end - 1).trim() : '';
  const taken = results.flatMap(({ returned, taker }) =>
    taker ? [`${printRole(taker.role)}.${printTarget(taker.into)} = ${renamed(returned.value.origin)}`] : [],
  );
  const code = [...naming.inputs, statements, [taken.join('\n'), rest].filter((part) => part !== '').join(' ')]
    .filter((part) => part !== '')
    .join('\n');
  const title = `Inline this call of ${callee.name.text}`;
  if (code === '') return { title, kind: 'inline', edits: [removeStatement(asked, call.origin)] };
  return {
    title,
    kind: 'inline',
    edits: [{ uri, ...call.origin, newText: indented(code, indentAt(text, call.origin.start)) }],
  };
}

function hasEffect(value: Expr): boolean {
  let found = false;
  walkExpr(value, ({ kind }) => {
    found ||= kind === 'call';
  });
  return found;
}

interface Naming {
  /** What stands in the callee's text in place of its own names. */
  readonly places: readonly Edit[];
  /** The statements that give the inputs their values. */
  readonly inputs: readonly string[];
}

function namingOf(
  { uri, text, analysis }: Asked,
  caller: Choreography,
  call: Call,
  callee: Choreography,
  home: FileAnalysis,
  given: ReadonlyMap<string, string>,
): Naming {
  const within = ({ origin }: Occurrence): boolean => contains(callee.body.origin, origin);
  const own = home.occurrences.filter((occurrence) => within(occurrence));
  const words = new Set(
    [
      ...scan(text.slice(caller.origin.start, caller.origin.end)),
      ...scan(home.file.text.slice(callee.origin.start, callee.origin.end)),
    ].map((token) => token.text.replace(/^\^/, '')),
  );
  const fresh = (name: string): string => {
    const free = freshName(name, words);
    words.add(free);
    return free;
  };
  const here = analysis.occurrences.filter(
    ({ origin }) => contains(caller.origin, origin) && !contains(call.origin, origin),
  );
  const isTaken = (role: string, name: string): boolean =>
    here.some(({ symbol }) => symbol.name === name && (symbol.role === role || symbol.kind === 'local'));

  const names = new Map<string, string>();
  const inputs: string[] = [];
  callee.roles.forEach((role, index) => {
    const arg = call.args[index];
    const player = arg?.role.key ?? role.name.text;
    names.set(`role ${role.name.text}`, player);
    role.params.forEach(({ name }, at) => {
      const value = arg?.inputs[at];
      const written = own.some(
        ({ symbol, role: use }) => symbol.role === role.name.text && symbol.name === name.text && use !== 'read',
      );
      // What is a variable already, and stays as it is, needs no other.
      if (value?.kind === 'name' && !written && isTaken(player, value.name.text)) {
        names.set(`${role.name.text}.${name.text}`, value.name.text);
        return;
      }
      const variable = isTaken(player, name.text) ? fresh(name.text) : name.text;
      names.set(`${role.name.text}.${name.text}`, variable);
      if (value)
        inputs.push(
          `${writeName(player)}.${writeName(variable)} = ${text.slice(value.origin.start, value.origin.end)}`,
        );
    });
  });
  const loops = new Set(here.filter(({ symbol }) => symbol.kind === 'recursion').map(({ symbol }) => symbol.name));
  const nameFor = ({ symbol: { kind, name, role } }: Occurrence): string | undefined => {
    if (kind === 'role') return names.get(`role ${name}`);
    const key =
      kind === 'recursion'
        ? `loop ${name}`
        : (kind === 'variable' || kind === 'input') && role !== undefined
          ? `${role}.${name}`
          : undefined;
    if (key === undefined) return undefined;
    const known = names.get(key);
    if (known !== undefined) return known;
    const taken = kind === 'recursion' ? loops.has(name) : isTaken(names.get(`role ${role ?? ''}`) ?? '', name);
    const free = taken ? fresh(name) : name;
    names.set(key, free);
    return free;
  };
  const places = own.flatMap((occurrence): Edit[] => {
    const { symbol } = occurrence;
    const value =
      symbol.container === callee.name.text && (symbol.kind === 'parameter' || symbol.kind === 'choreography')
        ? given.get(symbol.name)
        : undefined;
    if (value !== undefined) return [{ uri, ...occurrence.origin, newText: value }];
    const name = nameFor(occurrence);
    return name === undefined || name === occurrence.symbol.name
      ? []
      : [{ uri, ...occurrence.origin, newText: writeName(name) }];
  });
  return { places, inputs };
}
