// A model for SPIN: a process a role, a channel for each ordered pair of roles that talk. Values are left out: what
// they decide may go either way.
import type { TextRange } from '../ir/expression.js';
import type { Channels } from '../ir/process.js';
import { ExportFailure } from './failure.js';
import type { Machine, Machines, Node } from './machines.js';
import { mostLate, mostOfSpin } from './limits.js';

/**
 * The model. SPIN finds in it: waiting for each other, as an invalid end state; a message that is not taken, as an
 * assertion that fails.
 * @param about what it is made from
 * @throws ExportFailure where there are more roles or labels than SPIN takes
 * Cost: linear in the machines
 */
export function promelaOf(
  { channels, machines }: Machines,
  name: string,
  about: { readonly uri: string; readonly origin: TextRange },
): string {
  const names = table();
  const labels = new Set(machines.flatMap(({ nodes }) => nodes.flatMap(labelsOf)));
  const pairs = new Map<string, string>();
  const queue = (from: string, to: string): string => {
    const key = JSON.stringify([from, to]);
    const known = pairs.get(key) ?? names(`queue ${key}`, `${from}_${to}`);
    pairs.set(key, known);
    return known;
  };
  const label = (text: string): string => names(`label ${text}`, text === '' ? 'message' : `m_${text}`);
  // Text of the source stands in no comment of the model, but for names.
  const late = lateIn(machines, queue, names);
  if (machines.length + late.size > mostOfSpin || labels.size > mostOfSpin)
    throw new ExportFailure(
      `SPIN takes ${mostOfSpin} roles and ${mostOfSpin} labels at most; here are ${machines.length} and ${labels.size}`,
      about.uri,
      about.origin,
    );
  const sync = channels.kind === 'sync' || (channels.kind === 'buffer' && channels.size === 0);
  const processes = machines.map((machine) =>
    processText(machine, names(`role ${machine.role}`, `P_${machine.role}`), { queue, label, late, sync }),
  );
  const dropping = [...late].map(([of, each]) =>
    dropText(of, each, names(`drops ${of}`, each.replace('late', 'Late')), sync),
  );
  const symbols = [...labels].map(label);
  return [
    `/* ${names('the model', name)}: what its roles send and receive, without values: what they decide by values may go either way.`,
    '   spin -search -safety model.pml',
    '   finds roles that wait for each other (invalid end state), messages that are not taken (assertion). */',
    ...size(channels),
    ...(symbols.length > 0 ? [`mtype = { ${symbols.join(', ')} };`] : []),
    ...[...pairs.values()].map((each) => `chan ${each} = [N] of { mtype };`),
    ...(late.size === 0
      ? []
      : [
          '/* What a role has gone on without: the labels, in order. */',
          ...[...late.values()].map((each) => `chan ${each} = [${mostLate}] of { mtype };`),
        ]),
    '',
    ...processes,
    ...dropping,
    ...(channels.kind === 'sync' || pairs.size === 0
      ? []
      : [
          '/* When nobody can go on, no message is left. */',
          'active proctype Rest() {',
          '  timeout ->',
          ...[...pairs.values()].map((each) => `  assert(empty(${each}));`),
          '  skip',
          '}',
          '',
        ]),
  ].join('\n');
}

function size(channels: Channels): string[] {
  switch (channels.kind) {
    case 'sync':
      return ['#define N 0'];
    case 'buffer':
      return [`#define N ${channels.size}`];
    case 'fifo':
      return [
        '/* Queues hold any number of messages; here N, and who finds one full waits. Another one: spin -DN=20 … */',
        '#ifndef N',
        '#define N 8',
        '#endif',
      ];
  }
}

function labelsOf(node: Node): string[] {
  if (node.kind === 'send') return [node.message.label];
  return node.kind === 'receive' ? node.options.map(({ message }) => message.label) : [];
}

/** The channels on which messages may come too late, each with the one that says which. */
function lateIn(
  machines: readonly Machine[],
  queue: (from: string, to: string) => string,
  names: (thing: string, wish: string) => string,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { role, nodes } of machines) {
    for (const node of nodes) {
      for (const { peer } of node.kind === 'receive' ? node.options.flatMap(({ late }) => late ?? []) : []) {
        const of = queue(peer, role);
        found.set(of, names(`late ${of}`, `late_${peer}_${role}`));
      }
    }
  }
  return found;
}

/** Drops what comes too late on a channel, whatever its role does meanwhile. */
function dropText(of: string, late: string, name: string, sync: boolean): string {
  const wrong = `\n  :: atomic { nempty(${of}) && !(${of}?[eval(message)]) -> assert(false) }`;
  return `active proctype ${name}() {\n  mtype message;\nend_waits:\n  ${late}?<message>;\nend_drops:\n  if\n  :: atomic { ${of}?eval(message) -> ${late}?message; message = 0 }; goto end_waits${sync ? '' : wrong}\n  fi\n}\n`;
}

function processText(
  { role, server, nodes }: Machine,
  name: string,
  {
    queue,
    label,
    late,
    sync,
  }: {
    readonly queue: (from: string, to: string) => string;
    readonly label: (text: string) => string;
    readonly late: ReadonlyMap<string, string>;
    readonly sync: boolean;
  },
): string {
  // Where a server waits, it may stay.
  const at = (state: number): string => `${server && nodes[state]?.kind === 'receive' ? 'end_' : ''}S${state}`;
  /** Takes messages of senders, of which others may have to be dropped before. */
  const afterLate = ({ options }: Extract<Node, { kind: 'receive' }>): string => {
    const ways = options.map(({ peer, message, next, late: owed = [] }) => {
      const of = queue(peer, role);
      const before = late.get(of);
      const symbol = label(message.label);
      const taken = before === undefined ? symbol : `eval((len(${before}) == 0 -> ${symbol} : 0))`;
      const owes = owed.map((each) => `${late.get(queue(each.peer, role)) ?? ''}!${label(each.label)}`);
      return owes.length === 0
        ? `:: ${of}?${taken} -> goto ${at(next)}`
        : `:: atomic { ${of}?${taken} -> ${owes.join('; ')} }; goto ${at(next)}`;
    });
    const fits = (peer: string): string =>
      options
        .filter((option) => option.peer === peer)
        .map(({ message }) => `${queue(peer, role)}?[${label(message.label)}]`)
        .join(' || ');
    const peers = [...new Set(options.map(({ peer }) => peer))];
    // Where each of them has sent something else, nothing fits any more.
    const wrong = peers.map((peer) => {
      const before = late.get(queue(peer, role));
      return `${before === undefined ? '' : `empty(${before}) && `}nempty(${queue(peer, role)}) && !(${fits(peer)})`;
    });
    return `if\n  ${[...ways, ...(sync ? [] : [`:: atomic { ${wrong.join(' && ')} -> assert(false) }`])].join('\n  ')}\n  fi`;
  };
  const statement = (node: Node): string => {
    switch (node.kind) {
      case 'send':
        return `${queue(role, node.peer)}!${label(node.message.label)}; goto ${at(node.next)}`;
      case 'receive': {
        const peers = [...new Set(node.options.map(({ peer }) => peer))];
        if (peers.some((peer) => late.has(queue(peer, role))) || node.options.some((option) => option.late))
          return afterLate(node);
        // Of several senders, who brings what fits.
        if (peers.length > 1)
          return `if\n  ${node.options.map(({ peer, message, next }) => `:: ${queue(peer, role)}?${label(message.label)} -> goto ${at(next)}`).join('\n  ')}\n  fi`;
        const ways = peers.map((peer) => {
          const options = node.options
            .filter((option) => option.peer === peer)
            .map(({ message, next }) => `:: message == ${label(message.label)} -> message = 0; goto ${at(next)}`);
          return `:: ${queue(peer, role)}?message ->\n     if\n     ${options.join('\n     ')}\n     :: else -> assert(false)\n     fi`;
        });
        return `if\n  ${ways.join('\n  ')}\n  fi`;
      }
      // A jump of a place to itself is refused, so it does something.
      case 'choose':
        return `if\n${node.ways.map((way) => `  :: message = 0; goto ${at(way)}`).join('\n')}\n  fi`;
      case 'end':
        return 'goto end_of_it';
    }
  };
  const body = nodes.map((node, i) => `${at(i)}:\n  ${statement(node)};\n`).join('');
  return `active proctype ${name}() {\n  mtype message;\n  goto ${at(0)};\n${body}end_of_it:\n  skip\n}\n`;
}

/** Names that SPIN takes, one for each thing, all different. */
function table(): (thing: string, wish: string) => string {
  const known = new Map<string, string>();
  const taken = new Set<string>(['Rest', 'N', 'message']);
  return (thing, wish) => {
    const before = known.get(thing);
    if (before !== undefined) return before;
    const plain = wish.normalize('NFD').replace(/[^A-Za-z0-9_]/g, '');
    const base = thing === 'label ' ? 'm_' : /^(drops|label|late|role|the)/.test(thing) ? plain : `q_${plain}`;
    let own = base;
    for (let count = 2; taken.has(own); count++) own = `${base}_${count}`;
    taken.add(own);
    known.set(thing, own);
    return own;
  };
}
