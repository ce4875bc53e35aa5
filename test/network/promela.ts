// Networks as a model for SPIN. The model says what docs/checking.md says: one queue for each ordered pair of roles;
// wrong is a label that is not taken, a message for a process that takes no more from its sender, waiting for a process
// that sends no more, and a state where nobody can move and somebody has not ended. Several networks may share a model,
// which chooses one.
import type { Expr } from '../../language/ir/expression.js';
import type { Network } from '../../language/ir/process.js';
import { flowOf, isAsked, reachOf, waysFrom } from './flow.js';
import type { Flow, FlowNode } from './flow.js';

export const kinds = ['deadlock', 'label-mismatch', 'unmatched-receive', 'unmatched-send'] as const;
export type Kind = (typeof kinds)[number];

/** What the lines say that the model prints when it runs. */
export const printed = { found: 'FOUND', held: 'HELD' };

/**
 * The model of some networks with the same roles, without calls, at most 80 of them.
 * @param bound what a fifo queue holds in the model; a sender that finds it full is held there, which is no error
 */
export function promelaOf(networks: readonly Network[], bound: number): string {
  const labels = new Map<string, number>();
  const numberOf = (label: string): number => {
    const number = labels.get(label) ?? labels.size + 1;
    labels.set(label, number);
    return number;
  };
  const roles = [...new Set(networks.flatMap((n) => n.processes.map((p) => p.name.text)))];
  const pairs = roles.flatMap((p) => roles.filter((q) => q !== p).map((q) => [p, q] as const));
  const capacities = [...new Set(networks.map((n) => capacityOf(n, bound)))];
  const processes = networks.flatMap((network, index) =>
    network.processes.map((p) => processText(flowOf(p), network, index, roles, bound, numberOf)),
  );
  return [
    'c_decl {',
    `  static char told[${networks.length}][${kinds.length + 1}];`,
    '  static void tell(int network, int kind) {',
    '    if (told[network][kind]) return;',
    '    told[network][kind] = 1;',
    `    printf(kind ? "${printed.found} %d %d\\n" : "${printed.held} %d\\n", network, kind - 1);`,
    '  }',
    '}',
    // What is in a queue: a label and a value.
    ...capacities.flatMap((capacity) =>
      pairs.map(([p, q]) => `chan ${channel(capacity, p, q)} = [${capacity}] of { byte, short };`),
    ),
    // `mute`: p sends nothing more to q. `deaf`: q takes nothing more from p. Both as far as the text tells.
    ...pairs.map(([p, q]) => `bool mute_${p}_${q}, deaf_${p}_${q};`),
    'byte network, size, ended, held; bool wrong;',
    ...processes,
    'init {',
    '  atomic {',
    '    if',
    ...networks.map(
      (n, i) =>
        `    :: network = ${i}; size = ${n.processes.length}; ${n.processes.map((p) => `run N${i}_${p.name.text}()`).join('; ')}`,
    ),
    '    fi',
    '  };',
    '  timeout;',
    '  if',
    '  :: wrong || held > 0 || ended == size',
    '  :: else -> c_code { tell(now.network, 1); }',
    '  fi',
    '}',
    '',
  ].join('\n');
}

export function capacityOf({ channels }: Network, bound: number): number {
  return channels.kind === 'fifo' ? bound : channels.kind === 'sync' ? 0 : channels.size;
}

function channel(capacity: number, from: string, to: string): string {
  return `q${capacity}_${from}_${to}`;
}

function processText(
  flow: Flow,
  network: Network,
  index: number,
  roles: readonly string[],
  bound: number,
  numberOf: (label: string) => number,
): string {
  const own = flow.name;
  const others = roles.filter((r) => r !== own);
  const capacity = capacityOf(network, bound);
  const reach = reachOf(flow);
  const sendsTo = (node: number, q: string): boolean => [...(reach[node] ?? [])].some((n) => isSend(flow.nodes[n], q));
  const takesFrom = (node: number, p: string): boolean =>
    [...(reach[node] ?? [])].some((n) => isReceive(flow.nodes[n], p));
  const tell = (kind: Kind): string => `c_code { tell(${index}, ${kinds.indexOf(kind) + 1}); }; wrong = true`;
  const report = (kind: Kind): string => `goto wrong${kinds.indexOf(kind)}`;

  /**
   * What becomes true on entering a node: of what lies behind it, nothing sends to somebody, or takes from somebody.
   */
  const entering = (node: number): string[] => {
    const before = flow.nodes.flatMap((n, i) => (waysFrom(n).includes(node) ? [i] : []));
    const fresh = (has: (n: number) => boolean): boolean => !has(node) && (node === flow.start || before.some(has));
    return others.flatMap((other) => [
      ...(fresh((n) => sendsTo(n, other)) ? [`mute_${own}_${other} = true;`] : []),
      ...(fresh((n) => takesFrom(n, other))
        ? [
            `deaf_${other}_${own} = true;`,
            ...(capacity > 0
              ? [
                  `if :: nempty(${channel(capacity, other, own)}) -> ${tell('unmatched-send')} :: empty(${channel(capacity, other, own)}) fi;`,
                ]
              : []),
          ]
        : []),
    ]);
  };

  const statement = (node: FlowNode, at: number): string[] => {
    switch (node.kind) {
      case 'send': {
        const queue = channel(capacity, own, node.to);
        const deaf = `deaf_${own}_${node.to}`;
        const sent = `${queue}!${numberOf(node.label)},${node.value && !isAsked(node.value) ? expressionText(node.value) : '0'}`;
        // In a rendezvous the sender waits for ever; else it goes on, and what it left behind is told.
        if (capacity === 0)
          return [`if :: ${sent}; goto L${node.next}`, `   :: ${deaf} -> ${report('unmatched-send')} fi`];
        const ways = [
          `:: atomic { !${deaf} && nfull(${queue}) -> ${sent} }; goto L${node.next}`,
          `:: atomic { ${deaf} && nfull(${queue}) -> ${sent}; ${tell('unmatched-send')} }; goto L${node.next}`,
          ...(network.channels.kind === 'fifo'
            ? [
                `:: atomic { full(${queue}) -> c_code { tell(${index}, 0); }; held++; nfull(${queue}) -> held-- }; goto L${at}`,
              ]
            : []),
        ];
        return [`if ${ways.join('\n     ')} fi`];
      }
      case 'receive': {
        const senders = [...new Set(node.options.map((o) => o.from))];
        const keeping = (o: (typeof node.options)[number]): string =>
          `${o.variable === undefined ? '' : `v_${o.variable} = value; `}label = 0; value = 0; goto L${o.next}`;
        if (senders.length > 1) {
          // What fits is taken, whoever it is from; where no sender can bring any more what does, it is told.
          const fits = (from: string): string =>
            node.options
              .filter((o) => o.from === from)
              .map((o) => `${channel(capacity, from, own)}?[${numberOf(o.label)},_]`)
              .join(' || ');
          const stuck = senders
            .map((from) => `nempty(${channel(capacity, from, own)}) && !(${fits(from)})`)
            .join(' && ');
          const silent = senders
            .map((from) => `mute_${from}_${own}${capacity > 0 ? ` && empty(${channel(capacity, from, own)})` : ''}`)
            .join(' && ');
          return [
            `if ${node.options.map((o) => `:: ${channel(capacity, o.from, own)}?${numberOf(o.label)},value -> ${keeping(o)}`).join('\n     ')}`,
            ...(capacity > 0 ? [`   :: atomic { ${stuck} -> ${report('label-mismatch')} }`] : []),
            `   :: atomic { ${silent} -> ${report('unmatched-receive')} } fi`,
          ];
        }
        const [from = ''] = senders;
        const queue = channel(capacity, from, own);
        const mute = `mute_${from}_${own}`;
        const ways = node.options.map((o) => `:: label == ${numberOf(o.label)} -> ${keeping(o)}`);
        return [
          `if :: atomic { ${queue}?label,value -> if ${ways.join(' ')} :: else -> ${report('label-mismatch')} fi }`,
          `   :: atomic { ${mute}${capacity > 0 ? ` && empty(${queue})` : ''} -> ${report('unmatched-receive')} } fi`,
        ];
      }
      case 'assign': {
        const variable = `v_${node.variable}`;
        const set = isAsked(node.value)
          ? `if :: ${variable} = 0 :: ${variable} = 1 fi`
          : `${variable} = ${expressionText(node.value)}`;
        return [`${set}; goto L${node.next}`];
      }
      case 'test':
        return [`if :: (${expressionText(node.condition)}) -> goto L${node.yes} :: else -> goto L${node.no} fi`];
      // A step that does something, if only what is done already: SPIN refuses a mere jump of a place to itself.
      case 'choose':
        return [`if ${node.ways.map((way) => `:: label = 0; goto L${way}`).join(' ')} fi`];
      case 'end':
        return ['ended++; false'];
      case 'at':
      case 'fork':
      case 'join':
        throw new Error(`not for this model: ${node.kind}`);
    }
  };

  const variables = new Set(flow.params);
  for (const node of flow.nodes) {
    if (node.kind === 'assign') variables.add(node.variable);
    if (node.kind === 'receive') for (const o of node.options) if (o.variable !== undefined) variables.add(o.variable);
  }
  const reached = reach[flow.start] ?? new Set();
  return [
    `proctype N${index}_${own}() {`,
    `  byte label; short value; ${[...variables].map((v) => `short v_${v};`).join(' ')}`,
    ...flow.params.map((p) => `  if :: v_${p} = 0 :: v_${p} = 1 fi;`),
    `  goto L${flow.start};`,
    ...flow.nodes.flatMap((node, i) => {
      if (!reached.has(i)) return [];
      const first = entering(i);
      return [
        `L${i}:`,
        ...(first.length > 0 ? [`  atomic { ${first.join(' ')} };`] : []),
        ...statement(node, i).map((line) => `  ${line}`),
        '  ;',
      ];
    }),
    // What is wrong for good: it is told, and then this process stands still.
    ...kinds.map((kind, i) => `wrong${i}: atomic { ${tell(kind)} }; false;`),
    '}',
  ].join('\n');
}

function isSend(node: FlowNode | undefined, to: string): boolean {
  return node?.kind === 'send' && node.to === to;
}

function isReceive(node: FlowNode | undefined, from: string): boolean {
  return node?.kind === 'receive' && node.options.some((o) => o.from === from);
}

/**
 * Booleans as 0 and 1, integers as themselves.
 * @param variable what a variable is called in the model
 */
export function expressionText(expr: Expr, variable = (name: string): string => `v_${name}`): string {
  const text = (inner: Expr): string => expressionText(inner, variable);
  switch (expr.kind) {
    case 'bool':
      return expr.value ? '1' : '0';
    case 'int':
      return expr.text;
    case 'name':
      return variable(expr.name.text);
    case 'unary':
      return expr.operator === 'not' ? `!(${text(expr.operand)})` : `-(${text(expr.operand)})`;
    case 'binary': {
      const operator = expr.operator === 'and' ? '&&' : expr.operator === 'or' ? '||' : expr.operator;
      return `(${text(expr.left)} ${operator} ${text(expr.right)})`;
    }
    case 'call':
    case 'field':
    case 'float':
    case 'if':
    case 'index':
    case 'lambda':
    case 'let':
    case 'list':
    case 'match':
    case 'none':
    case 'string':
    case 'tuple':
    case 'update':
      throw new Error(`not for Promela: ${expr.kind}`);
  }
}
