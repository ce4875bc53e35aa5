// Inputs that a role or a process lacks: what it reads before anything could have come to it.
import { isImplied, takersIn, walkBlock } from '../../ir/choreography.js';
import { freeNames } from '../../ir/expression.js';
import type { Param, TextRange } from '../../ir/expression.js';
import type { Process } from '../../ir/process.js';
import { readingsOf } from '../../ir/readings.js';
import { writeName } from '../../syntax/names.js';
import { printExpr } from '../../syntax/print.js';
import type { Edit, Fix } from '../../edits/fix.js';
import { rangeOf } from '../../edits/process.js';
import { isSilent } from './choreography-scene.js';
import type { ChoreographyScene } from './choreography-scene.js';
import type { Lacking } from './places.js';
import { valuesFor } from './values.js';
import { doubtOf } from './scene.js';
import type { Scene } from './scene.js';
import { sitesOf } from './sites.js';

/** Where a role or a process has its inputs. */
interface Header {
  /** What stands before the bracket: the name, or the numbers of the members. */
  readonly end: number;
  readonly params: readonly Param[];
}

/**
 * One input more, in the order in which they are first read.
 * @param firstRead where a name is first read; undefined where it is not
 */
function inputEdit(
  uri: string,
  { end, params }: Header,
  { name, type }: { readonly name: string; readonly type: string },
  firstRead: (name: string) => number | undefined,
): Edit {
  const input = `${writeName(name)}: ${type}`;
  const use = firstRead(name) ?? Infinity;
  const next = params.find((p) => (firstRead(p.name.text) ?? Infinity) > use);
  const last = params.at(-1);
  if (next) return { uri, start: next.name.origin.start, end: next.name.origin.start, newText: `${input}, ` };
  const at = last ? last.type.origin.end : end;
  return { uri, start: at, end: at, newText: last ? `, ${input}` : `(${input})` };
}

function fixOf(edit: Edit, role: string, input: { readonly name: string; readonly type: string }, doubt: number): Fix {
  return {
    title: `Make \`${input.name}: ${input.type}\` an input of ${role}`,
    edits: [edit],
    cost: { doubt },
  };
}

/** Where a name is first read as a word of its own in a part of a text. */
function firstWord(text: string, { start, end }: TextRange): (name: string) => number | undefined {
  const part = text.slice(start, end);
  return (name) => {
    const at = part.search(new RegExp(`(?<![\\p{L}\\p{Nd}_])${name}(?![\\p{L}\\p{Nd}_])`, 'u'));
    return at < 0 ? undefined : start + at;
  };
}

/** Whether a role makes other values of nothing: then it was to make this one, too. */
function makesOthers({ choreography }: ChoreographyScene, role: string): boolean {
  return choreography.body.statements.some(
    (s) => s.kind === 'assignment' && s.role.key === role && freeNames(s.value).size === 0,
  );
}

/** Whether a role calls a function anywhere, as it is written with its arguments. */
function calls({ choreography }: ChoreographyScene, role: string, call: string): boolean {
  return readingsOf(choreography).some(
    (reading) => reading.role.name.text === role && printExpr(reading.value).includes(call),
  );
}

/** Inputs of the roles of a choreography. */
export function roleInputs(scene: ChoreographyScene): Fix[] {
  const { choreography, context, lacking, roles } = scene;
  const { uri, text } = context;
  const first = new Map<string, Lacking>();
  for (const l of lacking) if (!first.has(`${l.role}.${l.name}`)) first.set(`${l.role}.${l.name}`, l);
  return [...first.values()].flatMap(({ role, name, origin }): Fix[] => {
    const own = choreography.roles.find((r) => r.name.text === role);
    const others = roles.flatMap((r) =>
      r === role ? [] : scene.held(r).filter((h) => h.name === name && !h.from.has(role)),
    );
    const known = roles.flatMap((r) => scene.held(r).filter((h) => h.name === name));
    const type = scene.typeAt(origin) ?? known[0]?.type;
    if (!own || own.family || type === undefined || scene.held(role).some((h) => h.name === name)) return [];
    let begins = true;
    walkBlock(choreography.body.statements, (s) => {
      if (s.origin.end > origin.start || isImplied(s)) return;
      const takesPart =
        s.kind === 'communication' && [s.sender, ...s.receivers.map((r) => r.role)].some((r) => r.key === role);
      if (takesPart || takersIn(s).some((taker) => taker.role.key === role)) begins = false;
    });
    // Where others have it, or it calls what it has by that name, it was to be sent.
    // And where it goes to one that never says anything, that one was to begin; or to who works it out.
    const silent = scene.flow.receiversOf(origin).some((r) => isSilent(scene, r));
    const [made] = valuesFor(scene.held(role), scene.scope, type, name, '', origin.start).filter((v) =>
      v.text.endsWith(')'),
    );
    const doubt =
      (begins ? 4.8 : 7) +
      (others.length > 0 ? (others.some((h) => h.since === 0) ? 0 : 2) : 0) +
      (silent ? 4 : 0) +
      (made && (made.doubt < 1 || (made.text.endsWith('()') && !calls(scene, role, made.text))) ? 3 : 0) +
      (makesOthers(scene, role) ? 3.2 : 0);
    const read = firstWord(text, choreography.body.origin);
    return [
      fixOf(
        inputEdit(uri, { end: own.name.origin.end, params: own.params }, { name, type }, read),
        role,
        { name, type },
        doubt,
      ),
    ];
  });
}

/** Inputs of a process. */
export function processInputs(scene: Scene, process: Process): Fix[] {
  const { uri, text, workspace } = scene.context;
  const role = process.name.text;
  const found = new Map<string, Fix>();
  for (const { code, args } of workspace.analyze(uri)?.findings ?? []) {
    if (code !== 'unknown-variable' || args.role !== role || args.type === undefined) continue;
    const { text: name, origin } = args.name;
    if (found.has(name) || origin.start < process.origin.start || process.origin.end < origin.end) continue;
    const waits = sitesOf(process).some(
      ({ action }) => ['receive', 'gather', 'call'].includes(action.kind) && rangeOf(action).start < origin.start,
    );
    // What is sent and not taken may bring it.
    const isSent = scene.balance.counts.some(({ message, sends, receives }) => message.to === role && sends > receives);
    // What it holds and does nothing with, or a function that nobody calls, would have given it.
    const scope = workspace.analyze(uri)?.scope;
    const made = scope ? valuesFor(scene.held(process), scope, args.type, name, '', origin.start) : [];
    const spare =
      scene.held(process).some((h) => !h.used && h.since <= origin.start) ||
      made.some((v) => v.text.endsWith('()') || (v.text.endsWith(')') && v.doubt < 1));
    const doubt = waits ? (spare ? 5 : 2.8) : spare ? 4 : 2;
    const end = process.members ? text.indexOf(']', process.name.origin.end) + 1 : process.name.origin.end;
    const input = { name, type: args.type };
    const edit = inputEdit(uri, { end, params: process.params }, input, firstWord(text, process.body.origin));
    found.set(name, fixOf(edit, role, input, doubtOf(scene, [], origin, doubt + (isSent ? 3 : 0))));
  }
  return [...found.values()];
}
