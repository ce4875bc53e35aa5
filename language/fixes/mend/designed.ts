// What the choreography says that a process does: where the two part, the one place is changed, and the code that is
// the process's own stays. Its names stand for those of the projection.
import { namesOfTarget } from '../../ir/target.js';
import type { Action, LocalBlock, Process, Receive } from '../../ir/process.js';
import { localBlocksOf, sendersOf, walkActions } from '../../ir/process.js';
import { printProcess } from '../../projection/print.js';
import { scan } from '../../syntax/tokens.js';
import { printLabel, printPattern, printPicked, printRole } from '../../syntax/print.js';
import { writeName } from '../../syntax/names.js';
import { insertionAfter, insertionAtEnd, insertionBefore, rangeOf, removal } from '../../edits/process.js';
import { takeProjection } from '../../rules/not-conformant.js';
import { indentAt } from '../../edits/text.js';
import type { Edit, Fix, FixContext } from '../../edits/fix.js';
import { sameRole } from '../../ir/role.js';
import { commonPairs } from '../../text/common.js';

/** The candidates that make a process do what its projection does. */
export function designedMends(process: Process, designed: Process, choreography: string, context: FixContext): Fix[] {
  const scene = { process, choreography, context, names: namesFor(process.body, designed.body) };
  const fixes = compared(scene, process.body, designed.body);
  const whole = takeProjection(context.uri, context.text, [{ process, designed }]);
  return [...fixes, ...(whole.edits.length > 0 ? [{ ...whole, preferred: true, cost: { doubt: 6 } }] : [])];
}

interface Scene {
  readonly process: Process;
  readonly choreography: string;
  readonly context: FixContext;
  /** What the process calls the variables of its projection. */
  readonly names: ReadonlyMap<string, string>;
}

/** What an action is, but for what it computes. */
function kindOf(action: Action): string {
  switch (action.kind) {
    case 'send':
      return `send ${action.receiver.key} ${action.label?.name.text ?? ''}`;
    case 'receive':
      return action.form === 'single'
        ? `receive ${action.from?.key ?? ''} ${action.branches[0]?.label?.text ?? ''}`
        : `branch ${sendersOf(action)
            .map(({ key }) => key)
            .join()}`;
    case 'gather':
      return `gather ${action.senders.map(({ key }) => key).join()} ${action.label?.text ?? ''}`;
    case 'continue':
    case 'leave':
      return action.kind;
    case 'call':
      return `call ${action.callee.text}`;
    case 'assignment':
      return `assign`;
    case 'choice':
    case 'effect':
    case 'hole':
    case 'if':
    case 'match':
    case 'rec':
    case 'while':
    case 'for':
    case 'par':
    case 'at':
    case 'when':
    case 'pick':
      return action.kind;
  }
}

/** Whether an action communicates, or goes round a loop or leaves it: what else it does is the process's own affair. */
function talks(action: Action): boolean {
  return (
    ['send', 'receive', 'gather', 'call', 'continue', 'leave'].includes(action.kind) ||
    localBlocksOf(action).some((block) => block.actions.some(talks))
  );
}

/** The actions of two blocks that are the same, as pairs of places. */
function pairsOf(own: readonly Action[], designed: readonly Action[]): [number, number][] {
  return commonPairs(own, designed, (a, b) => (kindOf(a) === kindOf(b) ? (talks(a) ? 3 : 1) : 0));
}

/** The blocks of two like actions that belong together. */
function blocksOf(own: Action, designed: Action): [LocalBlock, LocalBlock][] {
  if (own.kind === 'receive' && designed.kind === 'receive') {
    return own.branches.flatMap((b): [LocalBlock, LocalBlock][] => {
      const other = designed.branches.find((d) => d.label?.text === b.label?.text);
      return other ? [[b.body, other.body]] : [];
    });
  }
  if (own.kind === 'match' && designed.kind === 'match') {
    return own.cases.flatMap((c): [LocalBlock, LocalBlock][] => {
      const other = designed.cases.find((d) => printPattern(d.pattern) === printPattern(c.pattern));
      return other ? [[c.body, other.body]] : [];
    });
  }
  const [left, right] = [localBlocksOf(own), localBlocksOf(designed)];
  return left.flatMap((block, i): [LocalBlock, LocalBlock][] => (right[i] ? [[block, right[i]]] : []));
}

function namesFor(
  own: LocalBlock,
  designed: LocalBlock,
  names = new Map<string, string>(),
): ReadonlyMap<string, string> {
  const add = (from: string | undefined, to: string | undefined): void => {
    if (from !== undefined && to !== undefined && from !== to && !names.has(from)) names.set(from, to);
  };
  for (const [i, j] of pairsOf(own.actions, designed.actions)) {
    const [a, b] = [own.actions[i], designed.actions[j]];
    if (!a || !b) continue;
    if (a.kind === 'receive' && b.kind === 'receive')
      for (const branch of a.branches) {
        const [from, to] = [b.branches.find((d) => d.label?.text === branch.label?.text)?.into, branch.into].map(
          namesOfTarget,
        );
        if (from?.length === to?.length)
          from?.forEach(({ text }, at) => {
            add(text, to?.[at]?.text);
          });
      }
    if (a.kind === 'rec' && b.kind === 'rec') add(b.name.text, a.name.text);
    for (const [x, y] of blocksOf(a, b)) namesFor(x, y, names);
  }
  return names;
}

/** Actions as code, laid out, with the names of the process. */
function codeOf({ names }: Scene, actions: readonly Action[]): string {
  const nowhere = { start: 0, end: 0 };
  const { text } = printProcess({
    name: { text: 'P', origin: nowhere },
    params: [],
    body: { actions, origin: nowhere },
    origin: nowhere,
  });
  const code = text
    .trimEnd()
    .split('\n')
    .slice(1, -1)
    .map((line) => line.replace(/^ {2}/, ''))
    .join('\n');
  let result = '';
  let position = 0;
  for (const token of scan(code)) {
    const name = token.kind === 'word' ? names.get(token.text.replace(/^\^/, '')) : undefined;
    if (name === undefined) continue;
    result += code.slice(position, token.start) + writeName(name);
    position = token.end;
  }
  return result + code.slice(position);
}

function indented(code: string, indent: string): string {
  return code.replace(/\n/g, `\n${indent}`);
}

function firstLine(code: string): string {
  const [line = ''] = code.split('\n');
  return line.endsWith('{') ? `${line} … }` : line;
}

/** Where two blocks part: each place a fix. */
function compared(scene: Scene, own: LocalBlock, designed: LocalBlock): Fix[] {
  const {
    process,
    choreography,
    context: { uri, text },
  } = scene;
  const pairs = pairsOf(own.actions, designed.actions);
  const fixes: Fix[] = [];
  const says = `, as \`${choreography}\` says`;
  let [i, j] = [0, 0];
  for (const [a, b] of [...pairs, [own.actions.length, designed.actions.length] as const]) {
    const extra = own.actions.slice(i, a);
    const missing = designed.actions.slice(j, b).filter(talks);
    const [after, before] = [own.actions[a], own.actions[a - 1]];
    for (const d of missing) {
      const code = codeOf(scene, [d]);
      // In the place of something else of the process, or besides.
      for (const o of extra.filter(talks)) {
        const range = rangeOf(o);
        const edits = o.kind === d.kind ? relabelled(uri, text, o, d) : [];
        fixes.push({
          title: `Change \`${firstLine(text.slice(range.start, range.end))}\` to \`${firstLine(code)}\`${says}`,
          preferred: true,
          cost: { doubt: 0.5 },
          edits: edits.length > 0 ? edits : [{ uri, ...range, newText: indented(code, indentAt(text, range.start)) }],
        });
      }
      const place = after ?? before;
      const statement = indented(
        code,
        place ? indentAt(text, rangeOf(place).start) : `${indentAt(text, own.origin.start)}  `,
      );
      const edits =
        text.charAt(own.origin.start) !== '{'
          ? []
          : after
            ? insertionBefore(uri, text, statement, after)
            : before
              ? insertionAfter(uri, text, statement, before)
              : insertionAtEnd(uri, text, statement, own, process);
      if (edits.length > 0)
        fixes.push({
          title: `Add \`${firstLine(code)}\` to ${process.name.text}${says}`,
          edits,
          preferred: true,
          cost: { doubt: 0.2 },
        });
    }
    if (missing.length === 0) {
      for (const o of extra.filter((e) => e.kind === 'send' || e.kind === 'receive')) {
        const range = rangeOf(o);
        fixes.push({
          title: `Remove \`${firstLine(text.slice(range.start, range.end))}\` from ${process.name.text}: \`${choreography}\` has no such message`,
          edits: removal(uri, text, o),
          cost: { doubt: 1, removes: true },
        });
      }
    }
    const [x, y] = [own.actions[a], designed.actions[b]];
    if (x && y)
      fixes.push(...within(scene, x, y), ...blocksOf(x, y).flatMap(([left, right]) => compared(scene, left, right)));
    [i, j] = [a + 1, b + 1];
  }
  return fixes;
}

/** The same message with another peer or label: only that is changed. */
function relabelled(uri: string, text: string, own: Action, designed: Action): Edit[] {
  if (own.kind === 'send' && designed.kind === 'send') {
    const edits: Edit[] = sameRole(own.receiver, designed.receiver)
      ? []
      : [{ uri, ...own.receiver.origin, newText: printRole(designed.receiver) }];
    const [is, should] = [own.label?.name, designed.label?.name.text];
    if (is && should !== undefined && is.text !== should) edits.push({ uri, ...is.origin, newText: writeName(should) });
    if (!is && should !== undefined)
      edits.push({ uri, start: rangeOf(own).end, end: rangeOf(own).end, newText: `: ${writeName(should)}` });
    if (is && should === undefined)
      edits.push({
        uri,
        start: text.lastIndexOf(':', is.origin.start),
        end: own.label?.origin.end ?? is.origin.end,
        newText: '',
      });
    return edits;
  }
  if (own.kind === 'receive' && designed.kind === 'receive' && own.form === 'single' && designed.form === 'single') {
    const edits: Edit[] = sender(own, designed, uri);
    const [is, should] = [own.branches[0]?.label, designed.branches[0]?.label?.text];
    if (is && should !== undefined && is.text !== should) edits.push({ uri, ...is.origin, newText: writeName(should) });
    if (!is && should !== undefined)
      edits.push({ uri, start: rangeOf(own).end, end: rangeOf(own).end, newText: `: ${writeName(should)}` });
    if (is && should === undefined)
      edits.push({ uri, start: text.lastIndexOf(':', is.origin.start), end: is.origin.end, newText: '' });
    return edits;
  }
  return own.kind === 'receive' && designed.kind === 'receive' && own.form === designed.form
    ? sender(own, designed, uri)
    : [];
}

/** The sender of a receive, as the design has it. */
function sender(own: Receive, designed: Receive, uri: string): Edit[] {
  return own.from && designed.from && !sameRole(own.from, designed.from)
    ? [{ uri, ...own.from.origin, newText: printRole(designed.from) }]
    : [];
}

/** Where two like actions part: in their branches. */
function within(scene: Scene, own: Action, designed: Action): Fix[] {
  const {
    process,
    choreography,
    context: { uri, text },
  } = scene;
  const says = `, as \`${choreography}\` says`;
  const fixes: Fix[] = [];
  if (own.kind === 'receive' && designed.kind === 'receive' && own.form === 'branching') {
    const missing = designed.branches.filter((d) => !own.branches.some((b) => b.label?.text === d.label?.text));
    const extra = own.branches.filter((b) => !designed.branches.some((d) => d.label?.text === b.label?.text));
    for (const d of missing) {
      const label = d.label ? (d.pick ? printPicked(d.label, d.pick) : printLabel(d.label)) : '_';
      for (const b of extra) {
        const [range] = b.origins;
        const at = b.label?.origin ?? (range && { start: range.start, end: range.start + 1 });
        if (at)
          fixes.push({
            title: `Wait for \`${label}\` instead of \`${b.label?.text ?? '_'}\`${says}`,
            edits: [{ uri, ...at, newText: label }],
            preferred: true,
            cost: { doubt: 0.4 },
          });
      }
      const close = rangeOf(own).end;
      const last = own.branches.at(-1)?.origins[0];
      const code = codeOf(scene, [{ ...designed, branches: [d] }])
        .split('\n')
        .slice(1, -1)
        .map((line) => line.replace(/^ {2}/, ''))
        .join('\n');
      const indent = indentAt(text, last?.start ?? close);
      const multiline = !!last && text.slice(last.end, close).includes('\n');
      const body = multiline ? `\n${indent}${indented(code, indent)}` : ` ${code.replace(/\s*\n\s*/g, ' ')}`;
      if (code !== '')
        fixes.push({
          title: `Add the branch \`${firstLine(code)}\` to ${process.name.text}${says}`,
          preferred: true,
          cost: { doubt: 0.3 },
          edits: [
            last
              ? { uri, start: last.end, end: last.end, newText: body }
              : { uri, start: close - 1, end: close - 1, newText: `${body} ` },
          ],
        });
    }
  }
  if (
    own.kind === 'if' &&
    designed.kind === 'if' &&
    text.charAt(own.else.origin.start) !== '{' &&
    own.else.actions.length === 0 &&
    designed.else.actions.some(talks)
  ) {
    const { start, end } = rangeOf(own);
    const indent = indentAt(text, start);
    const code = codeOf(scene, designed.else.actions);
    fixes.push({
      title: `Add \`else { ${firstLine(code)}${code.includes('\n') ? ' …' : ''} }\` to ${process.name.text}${says}`,
      preferred: true,
      cost: { doubt: 0.3 },
      edits: [{ uri, start: end, end, newText: ` else {\n${indent}  ${indented(code, `${indent}  `)}\n${indent}}` }],
    });
  }
  return fixes;
}

/** The messages that a process exchanges, by who with, which way and how they are called. */
export function exchangedBy(process: Process): ReadonlySet<string> {
  const found = new Set<string>();
  walkActions(process.body.actions, (a) => {
    if (a.kind === 'send') found.add(`${process.name.text}>${a.receiver.key}:${a.label?.name.text ?? ''}`);
    if (a.kind === 'receive')
      for (const b of a.branches) found.add(`${b.sender.key}>${process.name.text}:${b.label?.text ?? ''}`);
  });
  return found;
}
