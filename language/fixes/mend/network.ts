// What may be wrong in a network, going by its whole text: another peer, another label, two actions in the other order,
// one that is missing. Candidates, each with how unlikely it is; what helps is found by trying.
import { walkExpr } from '../../ir/expression.js';
import type { Action, Network, Process } from '../../ir/process.js';
import { expressionsOf, localBlocksOf } from '../../ir/process.js';
import { writeName } from '../../syntax/names.js';
import { namesOfTarget, wholeTarget } from '../../ir/target.js';
import { printExpr, printTarget } from '../../syntax/print.js';
import { library } from '../../typing/library.js';
import { writeType } from '../../typing/write.js';
import { exchanged, rangeOf } from '../../edits/process.js';
import { begins } from './begins.js';
import { balanceOf, familyName, messagesOf, numberedAs, withoutNumbers } from './channels.js';
import type { Balance, Change, Message } from './channels.js';
import { designedMends } from './designed.js';
import { branchAdditions, elseAdditions, wholeReceives } from './ways.js';
import { blocksOf, gapsOf, insertAt, nearest, placeOf, sitesOf } from './sites.js';
import type { Gap, Site } from './sites.js';
import { heldBy, plainOf, valuesFor } from './values.js';
import { isSlip, isWord } from './words.js';
import type { Edit, Fix, FixContext } from '../../edits/fix.js';
import type { Finding } from '../../findings/finding.js';
import { relatedOf } from '../../rules/render.js';
import { runOf } from '../../findings/finding.js';
import type { Held } from '../../edits/held.js';
import { sendText, doubtOf, undesigned, payloads, isNear, namesFor } from './scene.js';
import type { Scene } from './scene.js';
import { mostPlacesOfAction, mostKindsOfMessage } from '../limits.js';

/** The candidates for an error of a network. */
export function networkMends(finding: Finding, network: Network, context: FixContext): Fix[] {
  const written = network.processes.map(withoutNumbers);
  const scene = sceneOf(finding, network, written, context);
  const sites = nearest(written.flatMap(sitesOf), finding.origin.start, ({ action }) => rangeOf(action).start);
  const known = network.processes.flatMap((process) => {
    const designed = scene.numbered.find((d) => d.name.text === process.name.text);
    return designed && network.implements
      ? designedMends(process, designed, network.implements.text, context).map((fix) =>
          isNear(scene, process.origin) ? fix : { ...fix, cost: { ...fix.cost, doubt: (fix.cost?.doubt ?? 0) + 0.1 } },
        )
      : [];
  });
  const begun = finding.code === 'deadlock' ? written.flatMap((process) => begins(scene, process)) : [];
  // With a design, nothing is exchanged but what it says.
  return [...known, ...begun, ...guessed(scene, written, sites).filter(({ cost }) => (cost?.doubt ?? 0) < undesigned)];
}

function guessed(scene: Scene, written: readonly Process[], sites: readonly Site[]): Fix[] {
  return [
    ...sites.flatMap((site) => peers(scene, site)),
    ...sites.flatMap((site) => exchanges(scene, site)),
    ...sites.flatMap((site) => labels(scene, site)),
    // What is to be added to a process that is designed, the design says.
    ...written
      .filter((process) => !scene.designed.some((d) => d.name.text === process.name.text))
      .flatMap((process) => [
        ...receives(scene, process),
        ...sends(scene, process),
        ...continues(scene, process),
        ...branchAdditions(scene, process),
        ...elseAdditions(scene, process),
        ...wholeReceives(scene, process),
      ]),
    ...written.flatMap((process) => assignments(scene, process)),
  ];
}

function sceneOf(finding: Finding, network: Network, own: readonly Process[], context: FixContext): Scene {
  const { workspace, uri, text } = context;
  const analysis = workspace.analyze(uri);
  const design = network.implements && analysis?.scope.lookup(network.implements.text);
  const designed =
    design &&
    workspace
      .analyze(design.uri)
      ?.projections.find((p) => p.choreography === design.declaration)
      ?.network.processes.map((process) =>
        numberedAs(process, network.processes.find((p) => p.name.text === process.name.text) ?? process),
      );
  const written = new Set(own.map((p) => p.name.text));
  const processes = [...own, ...(designed ?? []).map(withoutNumbers).filter((p) => !written.has(p.name.text))];
  const variables = analysis?.names.variables.get(network.name.text);
  const payloads = analysis?.names.payloads.get(network.name.text);
  const typeOf =
    (role: string) =>
    (name: string): string | undefined =>
      variables?.get(role)?.find((v) => v.name === name)?.type?.meaning;
  const held = new Map<Process, readonly Held[]>();
  return {
    network,
    context,
    processes,
    designed: designed?.map(withoutNumbers) ?? [],
    numbered: designed ?? [],
    balance: balanceOf(processes),
    focus: [
      finding.origin,
      ...relatedOf(finding, () => undefined)
        .filter((r) => r.uri === uri)
        .map((r) => r.origin),
    ],
    ended: new Set(
      (runOf(finding)?.ends ?? []).filter((end) => end.kind === 'ended').map((end) => familyName(end.role)),
    ),
    last: new Map(
      (runOf(finding)?.steps ?? [])
        .filter((step) => step.uri === uri)
        .map((step) => [familyName(step.role), step.origin]),
    ),
    missing(process) {
      const told = (analysis?.findings ?? [])
        .filter(
          (f) =>
            (f.code === 'unknown-variable' || f.code === 'maybe-unassigned') &&
            process.origin.start <= f.origin.start &&
            f.origin.end <= process.origin.end,
        )
        .map((f) => ({ name: text.slice(f.origin.start, f.origin.end).replace(/^\^/, ''), at: f.origin.start }));
      // A variable that has the name of a function is taken for it.
      for (const { action } of sitesOf(process)) {
        for (const expr of expressionsOf(action)) {
          walkExpr(expr, (e) => {
            if (
              (e.kind === 'name' && library.has(e.name.text)) ||
              (e.kind === 'name' && analysis?.scope.lookup(e.name.text))
            )
              told.push({ name: e.name.text, at: e.name.origin.start });
          });
        }
      }
      return told.filter(
        ({ name }) =>
          !this.held(process).some((h) => h.name === name) ||
          analysis?.findings.some((f) => f.code === 'maybe-unassigned'),
      );
    },
    held(process) {
      const known = held.get(process) ?? heldBy(process, typeOf(process.name.text));
      held.set(process, known);
      return known;
    },
    carried({ from, to, label }) {
      const type = payloads?.get({ sender: from, receiver: to, label });
      if (!type) return undefined;
      if (type.kind === 'tuple' && type.items.length === 0) return '';
      const shown = writeType(type, '?');
      return shown === '?' ? undefined : shown;
    },
  };
}

/** A message in words: its label, else what it carries. */
function said(action: Action): string {
  if (action.kind === 'send')
    return action.label
      ? `\`${action.label.name.text}\``
      : action.value
        ? `\`${printExpr(action.value)}\``
        : 'the message';
  if (action.kind === 'receive') {
    const names = action.branches.flatMap((b) => b.label?.text ?? (b.into ? printTarget(b.into) : []));
    return names.length === 0 ? 'the message' : names.map((n) => `\`${n}\``).join(' or ');
  }
  return 'it';
}

function without(changes: readonly Change[]): Change[] {
  return changes.map((change) => ({ ...change, by: change.by === 1 ? -1 : 1 }));
}

// ---- what is there, changed ----

/** Whether messages that go to, or come from, several roles in a row do so in the order of these. */
function isInOrder(scene: Scene, { block, index, action }: Site, role: string): boolean {
  const place = (name: string): number => scene.processes.findIndex((p) => p.name.text === name);
  const peerOf = (other: Action | undefined): string | undefined =>
    other?.kind === 'send' && action.kind === 'send'
      ? other.receiver.key
      : other?.kind === 'receive' && action.kind === 'receive'
        ? other.from?.key
        : undefined;
  const [before, after] = [peerOf(block.actions[index - 1]), peerOf(block.actions[index + 1])];
  return (before === undefined || place(before) < place(role)) && (after === undefined || place(role) < place(after));
}

/** How little a name that is bound or sent has of a role's. */
function unlike(action: Action, role: string): number {
  const name =
    action.kind === 'receive'
      ? wholeTarget(action.branches[0]?.into)?.text
      : action.kind === 'send' && action.value?.kind === 'name'
        ? action.value.name.text
        : undefined;
  return name?.toLowerCase() === role.toLowerCase() ? 0 : 0.5;
}

/** The other role of a message exchanged for another one. */
function peers(scene: Scene, site: Site): Fix[] {
  const { process, action } = site;
  if (action.kind !== 'send' && action.kind !== 'receive') return [];
  const { uri } = scene.context;
  const own = process.name.text;
  const peer = action.kind === 'send' ? action.receiver : action.from;
  if (!peer) return [];
  const before = messagesOf(action, own);
  return scene.processes
    .map((p) => p.name.text)
    .filter((role) => role !== own && role !== peer.key)
    .map((role): Fix => {
      const after = before.map((change): Change => ({
        ...change,
        message: { ...change.message, [action.kind === 'send' ? 'to' : 'from']: role },
      }));
      return {
        title:
          action.kind === 'send'
            ? `Send ${said(action)} to ${role} instead of ${peer.key}`
            : `Wait for ${said(action)} from ${role} instead of ${peer.key}`,
        edits: [{ uri, ...peer.origin, newText: writeName(role) }],
        preferred: true,
        cost: {
          doubt: doubtOf(
            scene,
            [...without(before), ...after],
            rangeOf(action),
            (isInOrder(scene, site, role) ? 0 : 0.6) + unlike(action, role),
          ),
        },
      };
    });
}

/** Two actions after each other in the other order. */
function exchanges(scene: Scene, { process, block, index, action }: Site): Fix[] {
  const next = block.actions[index + 1];
  if (!next) return [];
  const { uri, text } = scene.context;
  const [first, second] = [rangeOf(action), rangeOf(next)];
  const [one, other] = [text.slice(first.start, first.end), text.slice(second.start, second.end)];
  // What one of them does not touch makes no difference where neither is a message.
  if (
    one === other ||
    !(action.kind === 'continue' || talks(action) || talks(next) || reads(next, action) || reads(action, next))
  )
    return [];
  if (next.kind === 'continue' || next.kind === 'leave') return [];
  const place = { start: first.start, end: second.end };
  return [
    {
      title: `Let ${process.name.text} do \`${firstLine(other)}\` before \`${firstLine(one)}\``,
      edits: exchanged(uri, text, first, second),
      preferred: true,
      cost: { doubt: doubtOf(scene, [], place, action.kind === 'continue' ? 0 : 1) },
    },
  ];
}

function talks(action: Action): boolean {
  return (
    action.kind === 'send' ||
    action.kind === 'receive' ||
    action.kind === 'gather' ||
    localBlocksOf(action).some((block) => block.actions.some(talks))
  );
}

/** Whether the first reads what the second gives a value. */
function reads(first: Action, second: Action): boolean {
  const set =
    second.kind === 'assignment' || second.kind === 'call' ? namesOfTarget(second.into).map(({ text }) => text) : [];
  if (set.length === 0 || (first.kind !== 'assignment' && first.kind !== 'effect')) return false;
  let found = false;
  walkExpr(first.value, (e) => {
    found ||= e.kind === 'name' && set.includes(e.name.text);
  });
  return found;
}

function firstLine(text: string): string {
  const line = text.split('\n')[0]?.trim() ?? '';
  return line.length > 40 ? `${line.slice(0, 39)}…` : line.endsWith('{') ? `${line} … }` : line;
}

/** Labels that the other end has. */
function labels(scene: Scene, { process, action }: Site): Fix[] {
  const { uri, text } = scene.context;
  const own = process.name.text;
  const { counts } = scene.balance;
  if (action.kind === 'send') {
    const before = messagesOf(action, own);
    const label = action.label?.name;
    const wanted = counts.filter(
      ({ message, receives }) =>
        receives > 0 && message.from === own && message.to === action.receiver.key && message.label !== label?.text,
    );
    return wanted.map(({ message }): Fix => {
      const end = rangeOf(action).end;
      const edit: Edit = !label
        ? { uri, start: end, end, newText: `: ${writeName(message.label ?? '')}` }
        : message.label !== undefined
          ? { uri, ...label.origin, newText: writeName(message.label) }
          : {
              uri,
              start: text.lastIndexOf(':', label.origin.start),
              end: action.label?.origin.end ?? end,
              newText: '',
            };
      return {
        title:
          message.label === undefined
            ? 'Send it without a label'
            : `Send \`${message.label}\` instead${label ? ` of \`${label.text}\`` : ''}`,
        edits: [edit],
        preferred: true,
        cost: {
          doubt: doubtOf(
            scene,
            [...without(before), { message, end: 'sends', by: 1 }],
            rangeOf(action),
            relabelling(scene, label?.text, message, 'sends'),
          ),
        },
      };
    });
  }
  if (action.kind !== 'receive') return [];
  const sent = counts.filter(
    ({ message, sends }) =>
      sends > 0 &&
      message.to === own &&
      action.branches.some((b) => b.sender.key === message.from) &&
      !action.branches.some((b) => b.sender.key === message.from && b.label?.text === message.label),
  );
  return action.branches.flatMap((branch) =>
    sent
      .filter(({ message }) => message.from === branch.sender.key)
      .flatMap(({ message }): Fix[] => {
        const edit = labelEdit(scene, action, branch, message.label);
        if (!edit) return [];
        const was: Change = { message: { ...message, label: branch.label?.text }, end: 'receives', by: -1 };
        return [
          {
            title:
              message.label === undefined
                ? 'Wait for a message without a label instead'
                : `Wait for \`${message.label}\` instead${branch.label ? ` of \`${branch.label.text}\`` : ''}`,
            edits: [edit],
            preferred: true,
            cost: {
              doubt: doubtOf(
                scene,
                [was, { message, end: 'receives', by: 1 }],
                rangeOf(action),
                relabelling(scene, branch.label?.text, message, 'receives'),
              ),
            },
          },
        ];
      }),
  );
}

/** How unlikely it is that a label should be another one. */
function relabelling(
  { balance }: Scene,
  from: string | undefined,
  { label: to, ...ends }: Message,
  end: 'sends' | 'receives',
): number {
  if (from === undefined) return 0;
  // A label is left out by oversight, and hardly ever written so.
  if (to === undefined) return 2;
  const elsewhere = (label: string): boolean =>
    balance.counts.some(
      ({ message }) => message.label === label && (message.from !== ends.from || message.to !== ends.to),
    );
  if (isSlip(from, to))
    return isWord(to) && !isWord(from)
      ? 0
      : isWord(from) && !isWord(to)
        ? 3
        : elsewhere(from) && !elsewhere(to)
          ? 2
          : elsewhere(to) && !elsewhere(from)
            ? 0
            : 1;
  // Where the label stands for another message between the two, it was taken from there.
  const other = balance.countOf({ ...ends, label: from });
  const own = balance.countOf({ ...ends, label: to });
  const twice = (count: { sends: number; receives: number }): boolean => count.sends + count.receives > 1;
  if (twice(other) !== twice(own)) return twice(other) ? 0 : 2;
  return (elsewhere(from) === elsewhere(to) ? 1 : elsewhere(from) ? 0 : 2) + (end === 'sends' ? 0 : 0.1);
}

function labelEdit(
  { context: { uri, text } }: Scene,
  action: Extract<Action, { kind: 'receive' }>,
  branch: (typeof action.branches)[number],
  label: string | undefined,
): Edit | undefined {
  const own = branch.origins[0];
  if (!own) return undefined;
  if (action.form === 'branching')
    return {
      uri,
      ...(branch.label?.origin ?? { start: own.start, end: own.start + 1 }),
      newText: label === undefined ? '_' : writeName(label),
    };
  const { end } = rangeOf(action);
  if (branch.label && label !== undefined) return { uri, ...branch.label.origin, newText: writeName(label) };
  if (label !== undefined) return { uri, start: end, end, newText: `: ${writeName(label)}` };
  return (
    branch.label && {
      uri,
      start: text.lastIndexOf(':', branch.label.origin.start),
      end: branch.label.origin.end,
      newText: '',
    }
  );
}

// ---- what is missing ----

/** A new action at each place of its process. */
function placed(
  scene: Scene,
  process: Process,
  statement: string,
  changes: readonly Change[],
  more: (gap: Gap) => number | undefined,
  messages: number,
): Fix[] {
  const { uri, text } = scene.context;
  const found = gapsOf(process)
    .flatMap((gap, index): { gap: Gap; doubt: number; index: number }[] => {
      const extra = more(gap);
      if (extra === undefined) return [];
      return [
        {
          gap,
          index,
          doubt:
            doubtOf(scene, changes, undefined, extra) -
            (stands(scene, process, gap) ? 3 : 0) -
            (changes.some((c) => isBeside(scene, gap, c)) ? 2 : 0),
        },
      ];
    })
    .sort((a, b) => a.doubt - b.doubt || a.index - b.index)
    .slice(0, mostPlacesOfAction);
  return found.flatMap(({ gap, doubt }, i): Fix[] => {
    const edits = insertAt(uri, text, gap, statement);
    if (edits.length === 0) return [];
    const next = gap.after && firstLine(text.slice(rangeOf(gap.after).start, rangeOf(gap.after).end));
    const where =
      i === 0
        ? ''
        : next === undefined
          ? gap.block === process.body
            ? ', at its end'
            : ', at the end of a branch'
          : `, before \`${next}\``;
    return [
      {
        title: `Add \`${statement}\` to ${process.name.text}${where}`,
        edits,
        preferred: true,
        cost: { doubt: doubt + 0.01 * i, messages },
      },
    ];
  });
}

/** Whether a process stands at a place at the end of the run. */
function stands(scene: Scene, process: Process, { block, before, after }: Gap): boolean {
  if (after && isNear(scene, rangeOf(after))) return true;
  const last = scene.last.get(process.name.text);
  if (!last) return !after && isNear(scene, { start: block.origin.end - 1, end: block.origin.end });
  // What came last may stand inside of the last action, in a branch.
  if (before) return !after && rangeOf(before).start <= last.start && last.end <= rangeOf(before).end;
  // A branch without anything in it, into which the last step led.
  return (
    !after &&
    last.start <= block.origin.start &&
    block.origin.end <= last.end + block.origin.end - block.origin.start + 2
  );
}

/** Whether the same is said to, or heard from, other roles right there, in the order of the roles. */
function isBeside(scene: Scene, { before, after }: Gap, { message, end }: Change): boolean {
  const place = (role: string): number => scene.processes.findIndex((p) => p.name.text === role);
  const role = end === 'sends' ? message.to : message.from;
  const peerOf = (action: Action | undefined): string | undefined => {
    if (end === 'sends')
      return action?.kind === 'send' && action.label?.name.text === message.label ? action.receiver.key : undefined;
    return action?.kind === 'receive' && action.form === 'single' && action.branches[0]?.label?.text === message.label
      ? action.from?.key
      : undefined;
  };
  const [left, right] = [peerOf(before), peerOf(after)];
  return (
    (left !== undefined || right !== undefined) &&
    (left === undefined || place(left) < place(role)) &&
    (right === undefined || place(role) < place(right))
  );
}

/** Those whose ends are furthest from each other. */
function worst(counts: Balance['counts']): Balance['counts'] {
  if (counts.length <= mostKindsOfMessage) return counts;
  return [...counts]
    .sort((a, b) => Math.abs(b.sends - b.receives) - Math.abs(a.sends - a.receives))
    .slice(0, mostKindsOfMessage);
}

/** Receives of what is sent and not received. */
function receives(scene: Scene, process: Process): Fix[] {
  const own = process.name.text;
  const missing = scene.missing(process);
  const beginners = scene.processes.filter((p) => p.body.actions[0]?.kind === 'send').length;
  return worst(scene.balance.counts.filter(({ message, sends }) => message.to === own && sends > 0)).flatMap(
    ({ message, sends, receives: known }) => {
      const carries = scene.carried(message) !== '';
      const wanted = carries
        ? missing.filter(({ name }) => !scene.held(process).some((h) => h.name === name) || known > 0)
        : [];
      const names: (string | undefined)[] =
        wanted.length > 0
          ? [...new Set(wanted.map((w) => w.name))]
          : carries
            ? [sentName(scene, message, process)]
            : [undefined];
      return names.flatMap((name) =>
        namesFor(scene, process, message.from).flatMap((role) => {
          const use = Math.min(...wanted.filter((w) => w.name === name).map((w) => w.at));
          const statement = `receive ${name === undefined ? '' : `${writeName(name)} `}from ${role}${message.label === undefined ? '' : `: ${writeName(message.label)}`}`;
          return placed(
            scene,
            process,
            statement,
            [{ message, end: 'receives', by: 1 }],
            (gap) => {
              const at = placeOf(gap);
              if (at > use) return undefined;
              // Who begins by speaking, where another one does too, was to be spoken to first.
              if (!gap.before && gap.block === process.body && gap.after?.kind === 'send' && beginners > 1) return 0;
              // The nearest place before what needs it.
              return use === Infinity ? 0.5 : 0.5 + Math.min(2, (use - at) / 400);
            },
            sends > known ? 0 : 1,
          );
        }),
      );
    },
  );
}

/** A name for what is received: that of the variable that is sent, if the process has none of the name. */
function sentName(scene: Scene, { from, to, label }: Message, process: Process): string | undefined {
  const sender = scene.processes.find((p) => p.name.text === from);
  if (!sender) return undefined;
  for (const { action } of sitesOf(sender)) {
    if (
      action.kind !== 'send' ||
      action.receiver.key !== to ||
      action.label?.name.text !== label ||
      action.value?.kind !== 'name'
    )
      continue;
    const { text } = action.value.name;
    return scene.held(process).some((h) => h.name === text) ? undefined : text;
  }
  return undefined;
}

/** A loop gone round again from the end of a branch. */
function continues(scene: Scene, process: Process): Fix[] {
  const { uri, text } = scene.context;
  return blocksOf(process).flatMap(({ block, owner, loops, tail }): Fix[] => {
    const loop = loops.at(-1);
    if (loop === undefined || !tail || ['continue', 'leave'].includes(block.actions.at(-1)?.kind ?? '')) return [];
    const statement = `continue ${writeName(loop)}`;
    const edits = insertAt(uri, text, { process, block, before: block.actions.at(-1) }, statement);
    const branch = owner.kind === 'receive' ? owner.branches.find((b) => b.body === block)?.label?.text : undefined;
    return [
      {
        title: `Add \`${statement}\` to ${branch === undefined ? 'this branch' : `the branch \`${branch}\``} of ${process.name.text}`,
        edits,
        preferred: true,
        cost: { doubt: doubtOf(scene, [], block.origin, 2) },
      },
    ];
  });
}

/**
 * A value for a variable that a process reads and has not: what a function gives that nobody calls, else one to start
 * from.
 */
function assignments(scene: Scene, process: Process): Fix[] {
  const {
    context: { workspace, uri },
  } = scene;
  const analysis = workspace.analyze(uri);
  if (!analysis) return [];
  const first = new Map<string, number>();
  for (const { name, at } of scene.missing(process))
    if (!scene.held(process).some((h) => h.name === name)) first.set(name, Math.min(at, first.get(name) ?? Infinity));
  return [...first].flatMap(([name, use]) => {
    const known = analysis.names.typeOf({ start: use, end: use + name.length });
    const type = known && writeType(known, '?');
    const open = type === undefined || type.includes('?') ? undefined : type;
    const called = valuesFor(scene.held(process), analysis.scope, open, name, '', use).filter((v) =>
      v.text.endsWith(')'),
    );
    const plain =
      open === undefined ? ['0', '""', 'false'] : [plainOf(open, analysis.scope)].filter((v) => v !== undefined);
    const unused =
      open === undefined
        ? []
        : scene
            .held(process)
            .filter((h) => !h.used && h.type === open && h.since <= use)
            .slice(0, 1);
    const values = [
      ...unused.map((h) => ({ text: writeName(h.name), guess: 0.5 })),
      ...called.map((v) => ({ text: v.text, guess: v.doubt })),
      ...plain.map((text) => ({ text, guess: 3 })),
    ];
    return values.slice(0, 3).flatMap(({ text: value, guess }) =>
      placed(
        scene,
        process,
        `${writeName(name)} = ${value}`,
        [],
        (gap) => {
          const at = placeOf(gap);
          return at > use ? undefined : guess + 0.5 + Math.min(2, (use - at) / 400);
        },
        0,
      )
        .slice(0, 6)
        .map((fix) => (guess > 0 ? { ...fix, preferred: false } : fix)),
    );
  });
}

/** Sends of what is waited for and not sent. */
function sends(scene: Scene, process: Process): Fix[] {
  const own = process.name.text;
  return worst(
    scene.balance.counts.filter(({ message, receives: awaited }) => message.from === own && awaited > 0),
  ).flatMap(({ message, sends: known, receives: awaited }) => {
    return payloads(scene, process, message)
      .slice(0, 3)
      .flatMap((value) =>
        namesFor(scene, process, message.to).flatMap((role) => {
          const statement = sendText(value.text, message, role);
          return placed(
            scene,
            process,
            statement,
            [{ message, end: 'sends', by: 1 }],
            (gap) => {
              const at = placeOf(gap);
              const held = scene.held(process).find((h) => writeName(h.name) === value.text);
              // Who has ended could have said it at the end.
              return held && held.since > at ? undefined : value.doubt + (gap.after && scene.ended.has(own) ? 0.5 : 0);
            },
            awaited > known ? 0 : 1,
          ).map((fix) => (value.doubt >= 3 ? { ...fix, preferred: false } : fix));
        }),
      );
  });
}
