// What messages carry against what their receivers bind, for every send and receive that some run brings together.
import { isMemberName } from '../../families/members.js';
import { walkExpr } from '../../ir/expression.js';
import type { Expr, TypeExpr } from '../../ir/expression.js';
import { expressionsOf, walkActions } from '../../ir/process.js';
import type { LocalGather, Process, ReceiveBranch, Send } from '../../ir/process.js';
import { wholeTarget } from '../../ir/target.js';
import type { Target } from '../../ir/target.js';
import type { TypingResult } from '../../typing/check.js';
import { article } from '../../text/words.js';
import { fits, listOf, isKnown, nothing, showMeaning, tupleOf, unknown } from '../../typing/types.js';
import type { Type } from '../../typing/types.js';
import { createWorld } from '../../typing/world.js';
import type { Exploration, Meeting, Pair, Site } from '../model/exploration.js';
import { happens } from '../trace/happens.js';
import { placeOfSite } from './report.js';
import type { Context } from './report.js';
import { eventsToMessage, originOfNode, sayTarget } from '../trace/run.js';
import { runToMismatch } from '../trace/run-end.js';
import { asSuspected, finding } from '../../findings/finding.js';
import type { PayloadMismatch, ProcessPlace } from '../../findings/network.js';
import type { Finding } from '../../findings/finding.js';
import type { Run } from '../../findings/run.js';

/**
 * Compares the types at both ends of every communication that was explored.
 * @param names the types of the network's file; without them, only annotations and literals tell
 * @returns one finding for each receiving place and sending place that don't fit, with the run that brings them
 *   together
 * Cost: linear in the sends and receives; where some don't fit, see `meetings`
 */
export function mismatchesOf(
  context: Context,
  explorations: readonly Exploration[],
  names: TypingResult | undefined,
): Finding[] {
  const { scope, system } = context;
  const world = createWorld(
    scope,
    { file: (uri) => (uri === scope.file.uri ? scope.file : scope.at(uri)?.file) },
    unknown,
  );
  const written = (types: readonly TypeExpr[], site: Site): Type | undefined => {
    const found = types.map((t) => world.type(t, site.cfg.uri));
    return found.length > 1 ? tupleOf(...found) : found[0];
  };
  const sentType = (send: Send, site: Site): Type => {
    if (!send.value) return written(send.label?.types ?? [], site) ?? nothing;
    const known = site.cfg.uri === scope.file.uri ? names?.typeOf(send.value.origin) : undefined;
    return known && isKnown(known) ? known : literalType(send.value);
  };
  const uses = new Map<Process, Map<string, Type | undefined>>();
  /**
   * What is done with what comes to or from a member of a family: that the two talk to each other shows at sizes alone.
   */
  const usedAs = ({ into }: ReceiveBranch, sender: Site, { cfg }: Site): Type | undefined => {
    const name = wholeTarget(into)?.text;
    if (
      name === undefined ||
      ![sender.cfg.name, cfg.name].some(isMemberName) ||
      isMemberName(name) ||
      cfg.uri !== scope.file.uri
    )
      return undefined;
    let known = uses.get(cfg.process);
    if (!known) uses.set(cfg.process, (known = new Map()));
    if (known.has(name)) return known.get(name);
    const types: Type[] = [];
    const look = (expr: Expr): void => {
      walkExpr(expr, (inner) => {
        const type = inner.kind === 'name' && inner.name.text === name ? names?.typeOf(inner.origin) : undefined;
        if (type && isKnown(type)) types.push(type);
      });
    };
    walkActions(cfg.process.body.actions, (action) => {
      expressionsOf(action).forEach(look);
    });
    if (cfg.process.returns) look(cfg.process.returns);
    // What lambdas and patterns bind may have the same name.
    const found = types.every((type) => showMeaning(type) === showMeaning(types[0] as Type)) ? types[0] : undefined;
    known.set(name, found);
    return found;
  };
  const firsts = new Map<ReceiveBranch, { type: Type; send: Send; site: Site }>();
  const mismatchOf = ({ sender, receiver, option }: Pair): PayloadMismatch | undefined => {
    const sent = sender.cfg.nodes[sender.node];
    const received = receiver.cfg.nodes[receiver.node];
    if (sent?.kind !== 'send' || received?.kind !== 'receive') return undefined;
    if (!sender.cfg.written && !receiver.cfg.written) return undefined;
    const branch = branchOf(receiver, option);
    if (!branch) return undefined;
    const type = sentType(sent.action, sender);
    const annotated = written(branch.types, receiver) ?? shapeOf(branch.into) ?? usedAs(branch, sender, receiver);
    const first = firsts.get(branch);
    const expected = annotated ?? (branch.into ? first?.type : undefined);
    const binds = branch.into !== undefined || branch.types.length > 0;
    if (!first && isKnown(type) && binds && type !== nothing)
      firsts.set(branch, { type, send: sent.action, site: sender });
    const empty = type.kind === 'tuple' && type.items.length === 0;
    if (!binds || (!empty && (!expected || fits(expected, type)))) return undefined;
    const at = (site: Site): ProcessPlace => {
      const node = site.cfg.nodes[site.node];
      const origin = (node && originOfNode(node)) ?? site.cfg.process.name.origin;
      return { uri: site.cfg.uri, origin, written: site.cfg.written };
    };
    const other = !annotated && first ? at(first.site) : undefined;
    return {
      sender: { role: sender.cfg.name, ...at(sender) },
      receiver: { role: receiver.cfg.name, ...at(receiver) },
      branch: received.action.branches.indexOf(branch),
      ...(branch.into ? { variable: sayTarget(branch.into) } : {}),
      ...(empty ? {} : { actual: showMeaning(type) }),
      ...(expected && isKnown(expected) ? { expected: showMeaning(expected) } : {}),
      ...(other ? { other } : {}),
    };
  };
  /** The run that brings them together, and whether values were found that it happens with. */
  const runTo = (meeting: Meeting, data: PayloadMismatch): { readonly run: Run; readonly suspected: boolean } => {
    const events = eventsToMessage(system, meeting, meeting.run());
    return {
      run: runToMismatch(system, meeting, takesText(data), events),
      suspected: happens(system, events, [meeting.receiver]) !== 'yes',
    };
  };
  return explorations.flatMap((exploration) => {
    // A quorum takes a message of a sender at several places, after those of others.
    const gathered = new Map<LocalGather, Set<string>>();
    const found = exploration.pairs.flatMap((pair) => {
      const data = mismatchOf(pair);
      const node = pair.receiver.cfg.nodes[pair.receiver.node];
      const gather = node?.kind === 'receive' ? node.gather : undefined;
      if (!data || !gather) return data ? [{ pair, data }] : [];
      const senders = gathered.get(gather) ?? new Set();
      gathered.set(gather, senders);
      const sender = `${pair.sender.cfg.name} ${pair.sender.node}`;
      if (senders.has(sender)) return [];
      senders.add(sender);
      return [{ pair, data }];
    });
    const meetings = found.length > 0 ? exploration.meetings(found.map(({ pair }) => pair)) : [];
    return found.map(({ pair: { sender, receiver, option }, data }, i) => {
      const meeting = meetings[i];
      const machine = system.names.indexOf(receiver.cfg.name);
      const origin = receiver.cfg.written
        ? (branchOf(receiver, option)?.origins[0] ?? data.receiver.origin)
        : placeOfSite(context, sender, machine);
      const { run, suspected } = meeting ? runTo(meeting, data) : { run: undefined, suspected: true };
      const found = finding('payload-mismatch', scope.file.uri, origin, run ? { ...data, run } : data);
      return suspected ? asSuspected(found) : found;
    });
  });
}

/** The type that a pattern asks for, as far as it says one. */
function shapeOf(into: Target | undefined): Type | undefined {
  return into?.kind === 'pattern' && into.pattern.kind === 'tuple'
    ? tupleOf(...into.pattern.items.map(() => unknown()))
    : undefined;
}

function literalType(expr: Expr): Type {
  switch (expr.kind) {
    case 'int':
    case 'float':
    case 'string':
    case 'bool':
      return { kind: 'basic', name: expr.kind };
    case 'list':
      return listOf(expr.items[0] ? literalType(expr.items[0]) : unknown());
    case 'let':
      return literalType(expr.body);
    case 'binary':
    case 'call':
    case 'field':
    case 'if':
    case 'index':
    case 'lambda':
    case 'match':
    case 'name':
    case 'none':
    case 'tuple':
    case 'unary':
    case 'update':
      return unknown();
  }
}

/** The branch of a `receive` that takes a message. */
function branchOf({ cfg, node }: Site, option: number): ReceiveBranch | undefined {
  const received = cfg.nodes[node];
  return received?.kind === 'receive' ? received.options[option]?.branch : undefined;
}

/** What the receiver takes the message for, behind its name: `takes `copies` as an `int`, not a `string``. */
function takesText({ variable, actual, expected, other }: PayloadMismatch): string {
  const name = variable === undefined ? 'a value' : `\`${variable}\``;
  if (actual === undefined) return `takes ${name} from a message that carries nothing`;
  return `takes ${name} as ${article(expected ?? '?')}${other ? ' from another `send`' : ''}, not ${article(actual)}`;
}
