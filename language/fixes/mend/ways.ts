// Ways that are missing in a process: a branch of a receive, the `else` of an `if`, a whole receive with its branches.
// What goes into them is what the others send and wait for, and nobody receives or sends.
import type { Action, LocalBlock, Process } from '../../ir/process.js';
import { writeName } from '../../syntax/names.js';
import { assignedBy, rangeOf } from '../../edits/process.js';
import { walkActions } from '../../ir/process.js';
import { messagesOf } from './channels.js';
import type { Change, Message } from './channels.js';
import { gapsOf, insertAt, sitesOf } from './sites.js';
import { plainOf } from './values.js';
import { indentAt } from '../../edits/text.js';
import type { Edit, Fix } from '../../edits/fix.js';
import type { Held } from '../../edits/held.js';
import { doubtOf, payloads, sendText } from './scene.js';
import type { Scene } from './scene.js';
import { mostAlike, mostWaysToFill } from '../limits.js';

/** Statements, and what they change. */
interface Body {
  readonly lines: readonly string[];
  readonly changes: readonly Change[];
}

const empty: Body = { lines: [], changes: [] };

/**
 * What a process leaves unsaid and unheard: what others wait for from it, and what they send to it, on the other end
 * only.
 * @param more what is bound where this is to stand
 * @param again what its siblings send, which is sent once more where nothing else goes to the same role
 */
function unsaid(
  scene: Scene,
  process: Process,
  not: readonly Message[] = [],
  more: readonly Held[] = [],
  again: readonly Message[] = [],
): Body {
  const own = process.name.text;
  const lines: string[] = [];
  const changes: Change[] = [];
  const isTaken = (message: Message): boolean =>
    not.some((other) => other.from === message.from && other.to === message.to && other.label === message.label);
  for (const { message, sends, receives } of scene.balance.counts) {
    if (isTaken(message)) continue;
    if (message.from === own && receives > sends) {
      lines.push(sendText(payloads(scene, process, message, more)[0]?.text ?? '', message));
      changes.push({ message, end: 'sends', by: 1 });
    } else if (message.to === own && sends > receives) {
      const carries = scene.carried(message) !== '';
      const names = carries ? scene.missing(process).map((m) => m.name) : [];
      lines.push(
        `receive ${names[0] === undefined ? '' : `${writeName(names[0])} `}from ${writeName(message.from)}${message.label === undefined ? '' : `: ${writeName(message.label)}`}`,
      );
      changes.push({ message, end: 'receives', by: 1 });
    }
  }
  for (const message of again) {
    if (changes.some((c) => c.end === 'sends' && c.message.to === message.to)) continue;
    lines.push(sendText(payloads(scene, process, message, more)[0]?.text ?? '', message));
    changes.push({ message, end: 'sends', by: 1 });
  }
  return { lines, changes };
}

/** The messages that blocks send themselves. */
function sentIn(process: Process, blocks: readonly LocalBlock[]): Message[] {
  const found = blocks
    .flatMap((b) => b.actions)
    .flatMap((a) =>
      a.kind === 'send' ? [{ from: process.name.text, to: a.receiver.key, label: a.label?.name.text }] : [],
    );
  return found.filter((m, i) => found.findIndex((o) => o.to === m.to) === i);
}

/** The bodies that a new way may have, the likeliest first. */
function bodiesFor(
  scene: Scene,
  process: Process,
  siblings: readonly LocalBlock[],
  loop: string | undefined,
  not: readonly Message[] = [],
  more: readonly Held[] = [],
): Body[] {
  const going = new Set(
    siblings.flatMap((s) => s.actions.at(-1) ?? []).flatMap((a) => (a.kind === 'continue' ? [a.name.text] : [])),
  );
  if (loop !== undefined) going.add(loop);
  const messages = unsaid(scene, process, not, more);
  const whole = unsaid(scene, process, not, more, sentIn(process, siblings));
  const bodies: Body[] = [];
  const ends: readonly (string | undefined)[] = [undefined, ...going];
  // What others do further inside may be done here as well.
  const alike: Body[] = [];
  for (const sibling of siblings)
    walkActions(sibling.actions, (action) => {
      const [range] = action.origins;
      if (!range || !(action.kind === 'send' || (action.kind === 'receive' && action.form === 'single'))) return;
      const line = scene.context.text.slice(range.start, range.end);
      if (line.includes('\n') || alike.length >= mostAlike || alike.some(({ lines }) => lines[0] === line)) return;
      alike.push({ lines: [line], changes: messagesOf(action, process.name.text) });
    });
  const all = [
    messages,
    ...(whole.lines.length > messages.lines.length ? [whole] : []),
    ...(messages.lines.length > 0 ? [empty] : []),
    ...alike,
    // And what is unsaid besides.
    ...(messages.lines.length > 0
      ? alike.map(({ lines, changes }) => ({
          lines: [...messages.lines, ...lines],
          changes: [...messages.changes, ...changes],
        }))
      : []),
  ];
  for (const body of all) {
    for (const loop of ends)
      bodies.push(loop === undefined ? body : { ...body, lines: [...body.lines, `continue ${writeName(loop)}`] });
  }
  return bodies;
}

function laidOut({ lines }: Body, indent: string): string {
  return lines.length === 0 ? '{ }' : `{\n${lines.map((line) => `${indent}  ${line}\n`).join('')}${indent}}`;
}

function shortly({ lines }: Body): string {
  return lines.length === 0 ? '{ }' : `{ ${lines.slice(0, 2).join('; ')}${lines.length > 2 ? ' …' : ''} }`;
}

function cost(
  scene: Scene,
  { lines, changes }: Body,
  more: readonly Change[],
  place: Action,
  extra: number,
): Fix['cost'] {
  return {
    doubt: doubtOf(scene, [...more, ...changes], rangeOf(place), extra + lines.length / 10),
    // What is waited for, and nobody sends, is none more.
    messages: changes.filter(({ message, end }) => {
      const { sends, receives } = scene.balance.countOf(message);
      return end === 'sends' && sends >= receives;
    }).length,
  };
}

/** Branches for labels that the sender has and the receive has not. */
export function branchAdditions(scene: Scene, process: Process): Fix[] {
  const { uri, text } = scene.context;
  const own = process.name.text;
  return sitesOf(process).flatMap(({ action, loops, tail }): Fix[] => {
    if (action.kind !== 'receive' || action.form !== 'branching') return [];
    const close = rangeOf(action).end;
    const sent = scene.balance.counts.filter(
      ({ message, sends }) =>
        sends > 0 &&
        message.to === own &&
        message.from === action.from?.key &&
        !action.branches.some((b) => b.label?.text === message.label),
    );
    return sent.flatMap(({ message }) => {
      const bound = binder(scene, process, message);
      const held: Held[] =
        bound.length > 3
          ? [
              {
                name: bound.slice(1, -1),
                type: scene.carried(message),
                from: new Set([message.from]),
                used: false,
                since: 0,
              },
            ]
          : [];
      return bodiesFor(
        scene,
        process,
        action.branches.map((b) => b.body),
        tail ? loops.at(-1) : undefined,
        [message],
        held,
      )
        .flatMap((body): Body[] => {
          const values = valuesReadBehind(
            scene,
            process,
            close,
            action.branches.map((b) => b.body),
          );
          return values.length === 0 ? [body] : [body, withValues(body, values)];
        })
        .map((body): Fix => {
          const head = `${message.label === undefined ? '_' : writeName(message.label)}${bound}`;
          const last = action.branches.at(-1)?.origins[0];
          const indent = indentAt(text, last?.start ?? close);
          const multiline = !!last && text.slice(last.end, close).includes('\n');
          const code = multiline ? laidOut(body, indent) : shortlyWhole(body);
          const edit: Edit = last
            ? {
                uri,
                start: last.end,
                end: last.end,
                newText: multiline ? `\n${indent}${head} ${code}` : ` ${head} ${code}`,
              }
            : { uri, start: close - 1, end: close - 1, newText: `${head} ${code} ` };
          return {
            title: `Add the branch \`${head}${body.lines.length > 0 ? ` ${shortly(body)}` : ''}\` to ${own}`,
            edits: [edit],
            preferred: true,
            // A branch for what has no label is hardly ever meant.
            cost: cost(scene, body, [{ message, end: 'receives', by: 1 }], action, message.label === undefined ? 5 : 0),
          };
        });
    });
  });
}

function shortlyWhole({ lines }: Body): string {
  return lines.length === 0 ? '{ }' : `{ ${lines.join('; ')} }`;
}

/** What a branch binds: the variable that the process lacks, else what is sent. */
function binder(scene: Scene, process: Process, message: Message): string {
  if (scene.carried(message) === '') return '';
  const [missing] = scene.missing(process);
  if (missing) return `(${writeName(missing.name)})`;
  const sender = scene.processes.find((p) => p.name.text === message.from);
  for (const { action } of sender ? sitesOf(sender) : []) {
    if (action.kind !== 'send' || action.receiver.key !== message.to || action.label?.name.text !== message.label)
      continue;
    if (
      action.value?.kind === 'name' &&
      !scene.held(process).some((h) => h.name === (action.value?.kind === 'name' ? action.value.name.text : ''))
    )
      return `(${writeName(action.value.name.text)})`;
    return action.value ? '(_)' : '';
  }
  return '';
}

/** Values for what a process reads behind a place, and has on some ways only. */
function valuesReadBehind(scene: Scene, process: Process, end: number, siblings: readonly LocalBlock[]): string[] {
  const { workspace, uri, text } = scene.context;
  const scope = workspace.analyze(uri)?.scope;
  const names = new Set(scene.missing(process).flatMap(({ name, at }) => (at > end ? [name] : [])));
  // What it sets in the other ways and reads behind them, it may lack in this one.
  const rest = new Set(text.slice(end, process.origin.end).match(/[\p{L}_][\p{L}\p{Nd}_]*/gu));
  for (const sibling of siblings)
    for (const action of sibling.actions) for (const name of assignedBy(action)) if (rest.has(name)) names.add(name);
  return [...names].flatMap((name) => {
    const held = scene.held(process).find((h) => h.name === name);
    const value = held && plainOf(held.type ?? '', scope);
    return value === undefined ? [] : [`${writeName(name)} = ${value}`];
  });
}

/** A body that sets values besides, before it goes round a loop. */
function withValues(body: Body, values: readonly string[]): Body {
  const goesOn = (line: string): boolean => line.startsWith('continue');
  return {
    ...body,
    lines: [...body.lines.filter((line) => !goesOn(line)), ...values, ...body.lines.filter(goesOn)],
  };
}

/** The `else` of an `if` that has none. */
export function elseAdditions(scene: Scene, process: Process): Fix[] {
  const { uri, text } = scene.context;
  return sitesOf(process).flatMap(({ action, loops, tail }): Fix[] => {
    if (action.kind !== 'if' || text.charAt(action.else.origin.start) === '{' || action.else.actions.length > 0)
      return [];
    const { start, end } = rangeOf(action);
    const indent = indentAt(text, start);
    const oneLine = !text.slice(start, end).includes('\n');
    const bodies = bodiesFor(scene, process, [action.then], tail ? loops.at(-1) : undefined);
    // What is read further on gets a value there, too.
    const values = valuesReadBehind(scene, process, end, [action.then]);
    if (values.length > 0) for (const body of [...bodies]) bodies.push(withValues(body, values));
    return bodies
      .filter((b) => b.lines.length > 0)
      .map((body): Fix => ({
        title: `Add \`else ${shortly(body)}\` to ${process.name.text}`,
        preferred: true,
        edits: [{ uri, start: end, end, newText: ` else ${oneLine ? shortlyWhole(body) : laidOut(body, indent)}` }],
        cost: cost(scene, body, [], action, 1),
      }));
  });
}

/** A receive with a branch for each label that one sender has and nobody receives. */
export function wholeReceives(scene: Scene, process: Process): Fix[] {
  const { uri, text } = scene.context;
  const own = process.name.text;
  const senders = new Set(
    scene.balance.counts.filter(({ message }) => message.to === own).map(({ message }) => message.from),
  );
  return [...senders].flatMap((from): Fix[] => {
    const sent = scene.balance.counts.filter(
      ({ message, sends, receives }) =>
        message.to === own && message.from === from && sends > receives && message.label !== undefined,
    );
    if (sent.length < 2) return [];
    const loops = sitesOf(process).flatMap(({ action }) => (action.kind === 'rec' ? [action.name.text] : []));
    const messages = sent.map(({ message }) => message);
    const changes = messages.map((message): Change => ({ message, end: 'receives', by: 1 }));
    return gapsOf(process)
      .slice(0, 12)
      .flatMap((gap, i) => {
        const at = gap.after
          ? rangeOf(gap.after).start
          : gap.before
            ? rangeOf(gap.before).start
            : gap.block.origin.start;
        const inner = gap.after || gap.before ? indentAt(text, at) : `${indentAt(text, at)}  `;
        const bodies = waysOf(scene, process, messages, loops);
        return bodies.flatMap((chosen, j): Fix[] => {
          const branches = messages
            .map(
              (message, k) =>
                `${inner}  ${writeName(message.label ?? '_')}${binder(scene, process, message)} ${laidOut(chosen[k] ?? empty, `${inner}  `)}\n`,
            )
            .join('');
          const edits = insertAt(uri, text, gap, `receive from ${writeName(from)} {\n${branches}${inner}}`);
          return edits.length === 0
            ? []
            : [
                {
                  title: `Add \`receive from ${from} { ${messages.map((m) => m.label ?? '_').join(' … ')} … }\` to ${own}${i === 0 ? '' : `, at another place (${i + 1})`}${j === 0 ? '' : ` (way ${j + 1})`}`,
                  edits,
                  preferred: true,
                  cost: { doubt: doubtOf(scene, changes, undefined, i + j) },
                },
              ];
        });
      });
  });
}

/**
 * What may stand in the branches of a new receive: what is unsaid, each in one of them, and a loop gone round in some
 * of them.
 */
function waysOf(scene: Scene, process: Process, messages: readonly Message[], loops: readonly string[]): Body[][] {
  const body = unsaid(scene, process, messages);
  let found: Body[][] = [messages.map(() => empty)];
  const at = (base: readonly Body[], k: number, line: string): Body[] =>
    base.map((b, i) => (i === k ? { ...b, lines: [...b.lines, line] } : b));
  // Spread over the branches first, in their order.
  body.lines.forEach((line, j) => {
    found = found
      .flatMap((base) => messages.map((_, k) => at(base, (k + j) % messages.length, line)))
      .slice(0, mostWaysToFill);
  });
  if (body.lines.length > 0) found.push(messages.map(() => empty));
  const [loop] = loops;
  if (loop !== undefined) {
    found = found
      .slice(0, 8)
      .flatMap((base) =>
        Array.from({ length: 2 ** Math.min(messages.length, 3) }, (_, mask) =>
          messages.reduce(
            (all: Body[], _m, k) => (((mask + 1) >> k) & 1 ? at(all, k, `continue ${writeName(loop)}`) : all),
            [...base],
          ),
        ),
      );
  }
  return found.slice(0, mostWaysToFill);
}
