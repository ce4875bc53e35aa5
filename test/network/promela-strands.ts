// Networks with quorums and threads as a model for SPIN. Each thread is a process of the model, which waits until its
// `par` begins. Queues are arrays, as a thread takes the first message that it does not leave to others. What a quorum
// goes on without is owed, and dropped by a process of its own, at any time. What is wrong is told as in promela.ts.
import type { Network } from '../../language/ir/process.js';
import { flowOf, isAsked, waysFrom } from './flow.js';
import type { Computed, Flow, FlowNode, Strand } from './flow.js';
import { capacityOf, expressionText, kinds, printed } from './promela.js';
import type { Kind } from './promela.js';

/** Messages of one sender that may be owed; more are not followed. */
const mostOwed = 3;
/** Owed is a label, and who owes it. */
const ownerStep = 32;

/** What a strand may still send and take, as `role label`. */
interface Ahead {
  readonly sends: ReadonlySet<string>;
  readonly takes: ReadonlySet<string>;
}

/**
 * The model of some networks with the same roles, without calls.
 * @param bound what a fifo queue holds in the model; a sender that finds it full is held there, which is no error
 */
export function strandsModel(networks: readonly Network[], bound: number): string {
  const labels = new Map<string, number>();
  const numberOf = (label: string): number => {
    const number = labels.get(label) ?? labels.size + 1;
    labels.set(label, number);
    if (number >= ownerStep) throw new Error('too many labels');
    return number;
  };
  const roles = [...new Set(networks.flatMap((n) => n.processes.map((p) => p.name.text)))];
  const pairs = roles.flatMap((p) => roles.filter((q) => q !== p).map((q) => `${p}_${q}`));
  const declared = new Set<string>();
  const models = networks.map((network, index) => modelOf(network, index, bound, numberOf, declared));
  return [
    'c_decl {',
    `  static char told[${networks.length}][${kinds.length + 1}];`,
    '  static void tell(int network, int kind) {',
    '    if (told[network][kind]) return;',
    '    told[network][kind] = 1;',
    `    printf(kind ? "${printed.found} %d %d\\n" : "${printed.held} %d\\n", network, kind - 1);`,
    '  }',
    '  static int lies(unsigned char *queue, int length, int label) {',
    '    for (int i = 0; i < length; i++) if (queue[i] == label) return 1;',
    '    return 0;',
    '  }',
    '}',
    // A queue, its length, the values in it; what its receiver owes; and the same as a rendezvous.
    ...pairs.flatMap((pair) => [
      `byte q_${pair}[${bound}], n_${pair}, o_${pair}[${mostOwed}], k_${pair}; short w_${pair}[${bound}];`,
      `chan c_${pair} = [0] of { byte, short };`,
    ]),
    ...declared,
    'byte network, live, held; bool wrong, lost;',
    ...models.map(({ processes }) => processes),
    'init {',
    '  atomic {',
    '    if',
    ...models.map(({ begin }, i) => `    :: network = ${i}; ${begin}`),
    '    fi',
    '  };',
    '  timeout;',
    '  if',
    '  :: wrong || lost || held > 0',
    '  :: else ->',
    '    if',
    ...models.map(
      ({ resting }, i) =>
        `    :: network == ${i} -> if :: live > ${resting} -> c_code { tell(now.network, ${kinds.indexOf('deadlock') + 1}); } :: else fi`,
    ),
    '    fi;',
    `    if :: ${pairs.map((pair) => `n_${pair} > 0`).join(' || ')} -> c_code { tell(now.network, ${kinds.indexOf('unmatched-send') + 1}); } :: else fi`,
    '  fi',
    '}',
    '',
  ].join('\n');
}

/** What one network adds to a model. */
function modelOf(
  network: Network,
  index: number,
  bound: number,
  numberOf: (label: string) => number,
  declared: Set<string>,
): { readonly processes: string; readonly begin: string; readonly resting: string } {
  const flows = network.processes.map(flowOf);
  const capacity = capacityOf(network, bound);
  const sync = capacity === 0;
  /** What each sends to and takes from others, whoever of its strands does: `role label`. */
  const all = new Map(flows.map((flow) => [flow.name, aheadOf(flow)[flow.start] as Ahead]));
  const labelsOf = (role: string, way: keyof Ahead, other: string): string[] =>
    [...(all.get(role)?.[way] ?? [])].flatMap((message) =>
      message.startsWith(`${other} `) ? [message.slice(other.length + 1)] : [],
    );
  const counter = (way: 's' | 't', from: string, to: string, label: string): string => {
    const name = `${way}_${from}_${to}_${numberOf(label)}`;
    declared.add(`byte ${name};`);
    return name;
  };
  const flag = (kind: string, role: string, strand: number): string => {
    const name = `${kind}_${role}_${strand}`;
    declared.add(`bit ${name};`);
    return name;
  };
  const tell = (kind: Kind): string =>
    `c_code { if (!now.lost) tell(${index}, ${kinds.indexOf(kind) + 1}); }; wrong = true`;
  const report = (kind: Kind): string => `goto wrong${kinds.indexOf(kind)}`;
  const or = (parts: readonly string[]): string => (parts.length === 0 ? 'false' : `(${parts.join(' || ')})`);
  const and = (parts: readonly string[]): string => (parts.length === 0 ? 'true' : `(${parts.join(' && ')})`);

  /** The labels of messages of a sender that a strand leaves to others; and those that others beside it take. */
  const passes = ({ around }: Strand, from: string): string[] =>
    sync
      ? []
      : around.flatMap(({ own, others }) =>
          [...others].filter((message) => message.startsWith(`${from} `) && !own.has(message)).map(labelOf),
        );
  const shared = ({ around }: Strand, from: string): string[] =>
    around.flatMap(({ others }) => [...others].filter((message) => message.startsWith(`${from} `)).map(labelOf));
  const isOf = (what: string, some: readonly string[]): string =>
    or(some.map((label) => `${what} == ${numberOf(label)}`));
  const places = (passed: readonly string[]): number[] =>
    Array.from({ length: passed.length === 0 ? 1 : capacity }, (_, place) => place);
  /** What is at a place of a queue is the first that is not passed over. */
  const isNext = (pair: string, passed: readonly string[], place: number): string =>
    and([
      `n_${pair} > ${place}`,
      ...Array.from({ length: place }, (_, before) => isOf(`q_${pair}[${before}]`, passed)),
      ...(passed.length > 0 ? [`!${isOf(`q_${pair}[${place}]`, passed)}`] : []),
    ]);
  const hasNext = (pair: string, passed: readonly string[]): string =>
    or(places(passed).map((place) => isNext(pair, passed, place)));
  const without = (array: string, count: string, place: number, size: number): string =>
    `${Array.from({ length: size - place - 1 }, (_, i) => `${array}[${place + i}] = ${array}[${place + i + 1}]; `).join('')}${array}[${size - 1}] = 0;${count === '' ? '' : ` ${count}--`}`;
  const taken = (pair: string, place: number): string =>
    `${without(`w_${pair}`, '', place, bound)} ${without(`q_${pair}`, `n_${pair}`, place, bound)}`;

  const owners = new Map<string, Set<number>>();
  for (const flow of flows) {
    flow.strands.forEach((strand, number) => {
      for (const node of reachOf(flow, strand.start)) {
        const at = flow.nodes[node];
        if (at?.kind !== 'receive') continue;
        for (const option of at.options)
          for (const from of option.late ?? []) {
            const codes = owners.get(`${from}_${flow.name}`) ?? new Set();
            owners.set(`${from}_${flow.name}`, codes);
            codes.add(number * ownerStep + numberOf(option.label));
          }
      }
    });
  }
  const codesBeside = (pair: string, flow: Flow, strand: Strand): number[] =>
    [...(owners.get(pair) ?? [])].filter((code) =>
      areBeside(strand, flow.strands[Math.floor(code / ownerStep)] as Strand),
    );
  const isAmong = (what: string, codes: readonly number[]): string => or(codes.map((code) => `${what} == ${code}`));
  /** Nothing is to be dropped before a strand takes a message. */
  const owesNothing = (pair: string, flow: Flow, strand: Strand): string =>
    !owners.has(pair)
      ? 'true'
      : and(
          Array.from(
            { length: mostOwed },
            (_, i) => `(k_${pair} <= ${i} || ${isAmong(`o_${pair}[${i}]`, codesBeside(pair, flow, strand))})`,
          ),
        );

  const strandText = (flow: Flow, number: number): string => {
    const { name: own, nodes } = flow;
    const strand = flow.strands[number] as Strand;
    const ahead = aheadOf(flow);
    const at = (node: number): Ahead => ahead[node] as Ahead;
    const rest = flow.server ? flag('r', own, number) : '';
    const isReceive = (node: number): boolean => nodes[node]?.kind === 'receive';
    const released = (from: Ahead, to: Ahead): string[] => [
      ...[...from.sends].filter((m) => !to.sends.has(m)).map((m) => `${counter('s', own, roleOf(m), labelOf(m))}--;`),
      ...[...from.takes]
        .filter((m) => !to.takes.has(m))
        .map((m) => {
          const pair = `${roleOf(m)}_${own}`;
          const count = counter('t', roleOf(m), own, labelOf(m));
          const lies = `lies(now.q_${pair}, now.n_${pair}, ${numberOf(labelOf(m))})`;
          return `${count}--;${sync ? '' : ` c_code { if (now.${count} == 0 && now.k_${pair} == 0 && ${lies}) { now.wrong = 1; if (!now.lost) tell(${index}, ${kinds.indexOf('unmatched-send') + 1}); } };`}`;
        }),
    ];
    const begun = (to: Ahead): string[] => [
      ...[...to.sends].map((m) => `${counter('s', own, roleOf(m), labelOf(m))}++;`),
      ...[...to.takes].map((m) => `${counter('t', roleOf(m), own, labelOf(m))}++;`),
    ];
    const owing = (option: { readonly label: string; readonly late?: readonly string[] }): string[] =>
      (option.late ?? []).map((from) => {
        const pair = `${from}_${own}`;
        return `if :: k_${pair} < ${mostOwed} -> o_${pair}[k_${pair}] = ${number * ownerStep + numberOf(option.label)}; k_${pair}++ :: else -> c_code { tell(${index}, 0); }; lost = true fi;`;
      });
    /** Does something, and goes on at another place; in one step. */
    const go = (step: string, from: number, to: number, more: readonly string[] = []): string => {
      const does = [
        ...more,
        ...released(at(from), at(to)),
        ...(rest !== '' && isReceive(from) !== isReceive(to) ? [`${rest} = ${isReceive(to) ? 1 : 0};`] : []),
      ];
      return `${sync ? 'atomic' : 'd_step'} { ${step}; ${does.join(' ')} }; goto L${to}`;
    };
    const variable = (name: string): string => {
      declared.add(`short v_${own}_${name};`);
      return `v_${own}_${name}`;
    };
    const valueOf = (expr: Parameters<typeof expressionText>[0]): string =>
      expressionText(expr, (name) => variable(name));
    const computed = (does: readonly Computed[]): string =>
      does
        .map((each) =>
          each.kind === 'assign'
            ? `${variable(each.variable)} = ${valueOf(each.value)};`
            : `if :: (${valueOf(each.condition)}) -> skip; ${computed(each.yes)} :: else -> skip; ${computed(each.no)} fi;`,
        )
        .join(' ');

    const statement = (node: FlowNode, here: number): string => {
      switch (node.kind) {
        case 'send': {
          const pair = `${own}_${node.to}`;
          const label = numberOf(node.label);
          const value = node.value && !isAsked(node.value) ? valueOf(node.value) : '0';
          const never = `${counter('t', own, node.to, node.label)} == 0 && k_${pair} == 0`;
          if (sync)
            return `if :: ${go(`c_${pair}!${label},${value}`, here, node.next)}\n :: atomic { ${never} -> ${report('unmatched-send')} } fi`;
          const put = `q_${pair}[n_${pair}] = ${label}; w_${pair}[n_${pair}] = ${value}; n_${pair}++`;
          const ways = [
            `:: ${go(`n_${pair} < ${capacity} -> ${put}; if :: ${never} -> ${tell('unmatched-send')} :: else fi`, here, node.next)}`,
            ...(network.channels.kind === 'fifo'
              ? [
                  `:: atomic { n_${pair} == ${capacity} -> c_code { tell(${index}, 0); }; held++; n_${pair} < ${capacity} -> held-- }; goto L${here}`,
                ]
              : []),
          ];
          return `if ${ways.join('\n ')} fi`;
        }
        case 'receive': {
          const senders = [...new Set(node.options.map(({ from }) => from))];
          const ways = node.options.flatMap((option) => {
            const pair = `${option.from}_${own}`;
            const label = numberOf(option.label);
            const free = owesNothing(pair, flow, strand);
            const into = option.variable === undefined ? undefined : variable(option.variable);
            if (sync)
              return [
                `:: ${go(`c_${pair}?eval((${free} -> ${label} : 255)),${into ?? '_'}`, here, option.next, owing(option))}`,
              ];
            const passed = passes(strand, option.from);
            return places(passed).map(
              (place) =>
                `:: ${go(`${free} && ${isNext(pair, passed, place)} && q_${pair}[${place}] == ${label} -> ${into === undefined ? '' : `${into} = w_${pair}[${place}]; `}${taken(pair, place)}`, here, option.next, owing(option))}`,
            );
          });
          const silent = and(
            senders.map((from) => {
              const passed = passes(strand, from);
              return and([
                ...(sync ? [] : [`!${hasNext(`${from}_${own}`, passed)}`]),
                ...labelsOf(from, 'sends', own)
                  .filter((label) => !passed.includes(label))
                  .map((label) => `${counter('s', from, own, label)} == 0`),
              ]);
            }),
          );
          const mistaken = and(
            senders.map((from) => {
              const pair = `${from}_${own}`;
              const passed = passes(strand, from);
              const fits = node.options.filter((option) => option.from === from).map(({ label }) => label);
              return and([
                owesNothing(pair, flow, strand),
                or(
                  places(passed).map((place) =>
                    and([
                      isNext(pair, passed, place),
                      `!${isOf(`q_${pair}[${place}]`, [...fits, ...shared(strand, from)])}`,
                    ]),
                  ),
                ),
              ]);
            }),
          );
          return `if ${[
            ...ways,
            ...(flow.server ? [] : [`:: atomic { ${silent} -> ${report('unmatched-receive')} }`]),
            ...(sync ? [] : [`:: atomic { ${mistaken} -> ${report('label-mismatch')} }`]),
          ].join('\n ')} fi`;
        }
        case 'assign':
          return isAsked(node.value)
            ? `if :: ${go(`${variable(node.variable)} = 0`, here, node.next)} :: ${go(`${variable(node.variable)} = 1`, here, node.next)} fi`
            : `if :: ${go(`${variable(node.variable)} = ${valueOf(node.value)}`, here, node.next)} fi`;
        case 'at':
          return `if :: ${go(`skip; ${computed(node.does)} skip`, here, node.next)} fi`;
        case 'test':
          return `if :: ${go(`(${valueOf(node.condition)})`, here, node.yes)} :: ${go(`!(${valueOf(node.condition)})`, here, node.no)} fi`;
        case 'choose':
          return `if ${node.ways.map((way) => `:: ${go('step = 0', here, way)}`).join(' ')} fi`;
        case 'fork': {
          const starts = node.strands.map((each) => flow.strands[each]?.start ?? 0);
          return `atomic { ${[
            ...starts.flatMap((start) => begun(at(start))),
            ...released(at(here), at(node.next)),
            ...node.strands.map((each) => `${flag('g', own, each)} = 1;`),
          ].join(' ')} live = live + ${node.strands.length - 1} }; goto L${node.next}`;
        }
        case 'join':
          return `if :: ${go(
            `${and(node.strands.map((each) => flag('d', own, each)))} -> ${node.strands.map((each) => `${flag('d', own, each)} = 0;`).join(' ')} live++`,
            here,
            node.next,
          )} fi`;
        case 'end':
          return number === 0 ? 'live--; false' : `atomic { ${flag('d', own, number)} = 1; live-- }; goto W`;
      }
    };
    const params = flow.params.map((param) => `if :: ${variable(param)} = 0 :: ${variable(param)} = 1 fi;`);
    const start = `${rest !== '' && isReceive(strand.start) ? `${rest} = 1; ` : ''}goto L${strand.start};`;
    return [
      `proctype N${index}_${own}_${number}() provided (!wrong && !lost) {`,
      '  bit step;',
      ...(number === 0
        ? [...params, start]
        : [`W: atomic { ${flag('g', own, number)} == 1 -> ${flag('g', own, number)} = 0 }; ${start}`]),
      ...[...reachOf(flow, strand.start)].flatMap((node) => [
        `L${node}:`,
        `  ${statement(nodes[node] as FlowNode, node)};`,
      ]),
      ...kinds.map((kind, i) => `wrong${i}: atomic { ${tell(kind)} }; false;`),
      '}',
    ].join('\n');
  };

  /** Drops what is owed on one channel. */
  const dropper = (pair: string, codes: ReadonlySet<number>): string => {
    const flow = flows.find(({ name }) => pair.endsWith(`_${name}`)) as Flow;
    const from = pair.slice(0, -flow.name.length - 1);
    const ways = [...codes].flatMap((code) => {
      const owner = flow.strands[Math.floor(code / ownerStep)] as Strand;
      const label = code % ownerStep;
      const beside = codesBeside(pair, flow, owner);
      return Array.from({ length: beside.length > 0 ? mostOwed : 1 }, (_, i) => i).flatMap((i) => {
        const isDue = and([
          `k_${pair} > ${i}`,
          `o_${pair}[${i}] == ${code}`,
          ...Array.from({ length: i }, (_, before) => isAmong(`o_${pair}[${before}]`, beside)),
        ]);
        const done = without(`o_${pair}`, `k_${pair}`, i, mostOwed);
        if (sync) return [`:: c_${pair}?eval((${isDue} -> ${label} : 255)),_; d_step { ${done} }`];
        const passed = passes(owner, from);
        return places(passed).map(
          (place) =>
            `:: d_step { ${isDue} && ${isNext(pair, passed, place)} && q_${pair}[${place}] == ${label} -> ${taken(pair, place)}; ${done} }`,
        );
      });
    });
    return `proctype N${index}_drop_${pair}() provided (!wrong && !lost) {\n  do\n  ${ways.join('\n  ')}\n  od\n}`;
  };

  const drops = [...owners].map(([pair, codes]) => ({ pair, text: dropper(pair, codes) }));
  const begin = flows.flatMap((flow) => {
    const ahead = aheadOf(flow)[flow.start] as Ahead;
    return [
      ...[...ahead.sends].map((m) => `${counter('s', flow.name, roleOf(m), labelOf(m))}++`),
      ...[...ahead.takes].map((m) => `${counter('t', roleOf(m), flow.name, labelOf(m))}++`),
      ...flow.strands.map((_, number) => `run N${index}_${flow.name}_${number}()`),
    ];
  });
  const resting = flows
    .filter(({ server }) => server)
    .flatMap((flow) =>
      flow.strands.map((strand, number) =>
        sync
          ? flag('r', flow.name, number)
          : `(${and([flag('r', flow.name, number), ...flows.filter((f) => f !== flow).map(({ name }) => `!${hasNext(`${name}_${flow.name}`, passes(strand, name))}`)])} -> 1 : 0)`,
      ),
    );
  return {
    processes: [
      ...flows.flatMap((flow) => flow.strands.map((_, number) => strandText(flow, number))),
      ...drops.map(({ text }) => text),
    ].join('\n'),
    begin: [...begin, ...drops.map(({ pair }) => `run N${index}_drop_${pair}()`), `live = ${flows.length}`].join('; '),
    resting: resting.length === 0 ? '0' : resting.join(' + '),
  };
}

const roleOf = (message: string): string => message.slice(0, message.indexOf(' '));
const labelOf = (message: string): string => message.slice(message.indexOf(' ') + 1);

/** Where a strand comes to, without those that it begins. */
function reachOf({ nodes }: Flow, start: number): ReadonlySet<number> {
  const seen = new Set([start]);
  for (const at of seen) for (const next of waysFrom(nodes[at] as FlowNode)) seen.add(next);
  return seen;
}

/** What is still sent and taken from each node on, by those that are begun there too. */
function aheadOf(flow: Flow): readonly Ahead[] {
  return flow.nodes.map((_, from) => {
    const seen = new Set([from]);
    const [sends, takes] = [new Set<string>(), new Set<string>()];
    for (const at of seen) {
      const node = flow.nodes[at] as FlowNode;
      for (const next of waysFrom(node)) seen.add(next);
      if (node.kind === 'fork') for (const strand of node.strands) seen.add(flow.strands[strand]?.start ?? 0);
      if (node.kind === 'send') sends.add(`${node.to} ${node.label}`);
      if (node.kind === 'receive') for (const { from: sender, label } of node.options) takes.add(`${sender} ${label}`);
    }
    return { sends, takes };
  });
}

function areBeside(one: Strand, other: Strand): boolean {
  return one.around.some(({ par, index }) => other.around.some((its) => its.par === par && its.index !== index));
}
