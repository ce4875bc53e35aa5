// What each role of a network or choreography sends and receives, as a machine of its own: calls gone into, values left
// out. The form that exports are written from.
import { declaredRoles } from '../families/sized.js';
import { choreographiesOf } from '../ir/choreography.js';
import { readableName } from '../parameters/closure.js';
import { givenScope, withGiven } from '../parameters/scope.js';
import type { Choreography } from '../ir/choreography.js';
import type { TextRange, TypeExpr } from '../ir/expression.js';
import type { Channels, Network } from '../ir/process.js';
import { actionOf } from '../network/model/control-flow.js';
import type { GraphNode } from '../network/model/control-flow.js';
import { libraryOf, systemOf } from '../network/model/system.js';
import type { LocalState, System } from '../network/model/system.js';
import { project } from '../projection/project.js';
import type { Scope } from '../scoping/scope.js';
import { printExpr, printPattern, printTarget, printType } from '../syntax/print.js';
import { ExportFailure } from './failure.js';
import { mostPlacesOfRole } from './limits.js';

/** A message: empty for the anonymous label; types only where the text states them. */
export interface Message {
  readonly label: string;
  readonly types: readonly string[];
  /** What is sent, or the variable that it goes into: for drawings, which others leave out. */
  readonly payload?: string;
  /** It is several values, which stand in brackets. */
  readonly several?: boolean;
}

export type Node =
  | {
      readonly kind: 'send';
      readonly peer: string;
      readonly message: Message;
      readonly next: number;
      readonly place: Place;
    }
  | {
      readonly kind: 'receive';
      readonly options: readonly {
        readonly peer: string;
        readonly message: Message;
        readonly next: number;
        readonly place: Place;
        /** Of the last message of a quorum: what comes too late from others, and is dropped then. */
        readonly late?: readonly Late[];
      }[];
      readonly place: Place;
    }
  /** It decides alone, by values or by means that are not stated. */
  | {
      readonly kind: 'choose';
      readonly ways: readonly number[];
      /** What decides for each way, in words. */ readonly said: readonly string[];
      readonly place: Place;
    }
  | { readonly kind: 'end' };

/** A message that a role goes on without. */
export interface Late {
  readonly peer: string;
  readonly label: string;
}

export interface Place {
  readonly uri: string;
  readonly origin: TextRange;
}

export interface Machine {
  readonly role: string;
  /** It may wait for ever. */
  readonly server: boolean;
  /** Numbered in the order in which they are reached; the first is the start. */
  readonly nodes: readonly Node[];
}

export interface Machines {
  readonly channels: Channels;
  readonly machines: readonly Machine[];
}

/**
 * The machines of a declaration.
 * @param scope of its file
 * @param quorums whether roles may go on without messages that come too late
 * @throws ExportFailure where a role can't be projected, calls what is not there, or has no end of places
 * Cost: linear in the places of the processes and of what they call
 */
export function machinesFor(declaration: Network | Choreography, scope: Scope, quorums = false): Machines {
  const { channels, roles } = eachMachine(declaration, scope, quorums);
  return { channels, machines: roles.map(({ role, server, made }) => ({ role, server, nodes: made() })) };
}

/**
 * The machines of a declaration, each made by itself: one that can't be is no harm to the others.
 * @returns for each role what makes its machine, as `machinesFor` does
 * @throws ExportFailure where a role is a family
 */
export function eachMachine(
  written: Network | Choreography,
  from: Scope,
  quorums = false,
): {
  readonly channels: Channels;
  readonly roles: readonly { readonly role: string; readonly server: boolean; readonly made: () => readonly Node[] }[];
} {
  refuseFamilies(written, from);
  const scope = givenScope(from);
  const declaration = withGiven(written, scope);
  const projected = declaration.kind === 'choreography' ? project(declaration, scope) : undefined;
  const library = libraryOf(
    declaration.kind === 'network' ? declaration : (projected ?? project(declaration, scope)).network,
    (choreography, there) => (choreography === declaration && projected ? projected : project(choreography, there)),
  );
  const channels: Channels = declaration.kind === 'network' ? declaration.channels : { kind: 'fifo' };
  const system = systemOf(library.rolesOf(declaration, scope), channels, library);
  const here: Place = { uri: scope.file.uri, origin: declaration.name.origin };
  return {
    channels,
    roles: system.roots.map((root, machine) => ({
      role: system.names[machine] ?? '',
      server: root.instance.cfg.server,
      made: () => nodesFrom(root, system, here, quorums),
    })),
  };
}

/**
 * @param steps whether it matters how often something is done
 * @throws ExportFailure where a role is a family, as what is exported names each role; where something is to be given
 *   first; and where it is not known how often something is done
 */
export function refuseFamilies(declaration: Network | Choreography, scope: Scope, steps = true): void {
  if (declaration.kind === 'choreography') {
    const [open] = choreographiesOf(declaration.parameters);
    if (open)
      throw new ExportFailure(
        `it is given \`${open.name.text}\` by who calls it; export a choreography that calls it`,
        scope.file.uri,
        open.origin,
      );
  }
  const there = givenScope(scope);
  const declared = declaredRoles(withGiven(declaration, there), there);
  const family = declared.find((role) => role.family && (steps || role.value === undefined));
  if (family?.value !== undefined)
    throw new ExportFailure(
      `how often something is done depends on \`${family.name.text}\`, which is not known here: choose one`,
      scope.file.uri,
      family.name.origin,
    );
  if (family)
    throw new ExportFailure(
      `\`${family.name.text}\` is a family of any number of roles, and what is exported names each of them: choose a size`,
      scope.file.uri,
      family.name.origin,
    );
}

function nodesFrom(root: LocalState, system: System, here: Place, quorums: boolean): Node[] {
  const role = system.names[root.machine] ?? '';
  const numbers = new Map<LocalState, number>();
  const work: LocalState[] = [];
  const number = (state: LocalState, from: LocalState, late?: Late[]): number => {
    const at = settled(
      state,
      system,
      placeOf(from, here),
      role,
      late &&
        ((of, peers, label) => {
          for (const each of peers) late.push({ peer: peer(of, each, placeOf(of, here)), label });
        }),
    );
    const known = numbers.get(at);
    if (known !== undefined) return known;
    if (numbers.size >= mostPlacesOfRole)
      throw new ExportFailure(`\`${role}\` has more than ${mostPlacesOfRole} places to be at`, here.uri, here.origin);
    numbers.set(at, numbers.size);
    work.push(at);
    return numbers.size - 1;
  };
  const peer = (state: LocalState, name: string, place: Place): string => {
    const found = system.peer(state, name);
    if (found === undefined) throw new ExportFailure(`there is no role \`${name}\` here`, place.uri, place.origin);
    return system.names[found] ?? '';
  };
  number(root, root);
  const nodes: Node[] = [];
  // It grows while it is gone through.
  for (const state of work) {
    const { node } = state;
    const place = placeOf(state, here);
    const to = (next: number): number => number(system.goto(state, next), state);
    switch (node.kind) {
      case 'send':
        nodes.push({
          kind: 'send',
          place,
          peer: peer(state, node.peer, place),
          message: {
            label: node.label,
            types: typesOf(node.action.label?.types ?? []),
            ...(node.action.value
              ? { payload: printExpr(node.action.value), several: node.action.value.kind === 'tuple' }
              : {}),
          },
          next: to(node.next),
        });
        break;
      case 'receive':
        nodes.push({
          kind: 'receive',
          place,
          options: node.options.map((option) => {
            const late: Late[] = [];
            const next = number(system.goto(state, option.next), state, quorums ? late : undefined);
            return {
              peer: peer(state, option.peer, place),
              message: {
                label: option.label,
                types: typesOf(option.branch.types),
                ...(option.branch.into
                  ? {
                      payload: printTarget(option.branch.into),
                      several: option.branch.into.kind === 'pattern' && option.branch.into.pattern.kind === 'tuple',
                    }
                  : {}),
              },
              next,
              place: { uri: place.uri, origin: option.branch.origins[0] ?? place.origin },
              ...(late.length > 0 ? { late } : {}),
            };
          }),
        });
        break;
      case 'decide': {
        const condition = printExpr(node.action.condition);
        nodes.push({
          kind: 'choose',
          place,
          ...ways([
            [to(node.yes), condition],
            [to(node.no), 'else'],
          ]),
        });
        break;
      }
      case 'match': {
        const value = printExpr(node.action.value);
        const cases = node.cases.map(({ pattern, next }): [number, string] => [
          to(next),
          `${value} is ${printPattern(pattern)}`,
        ]);
        nodes.push({
          kind: 'choose',
          place,
          ...ways([...cases, ...(node.otherwise === undefined ? [] : [[to(node.otherwise), 'else'] as const])]),
        });
        break;
      }
      case 'choice':
        nodes.push({ kind: 'choose', place, ...ways(node.branches.map((branch) => [to(branch), ''])) });
        break;
      case 'end':
      case 'hole':
      case 'assign':
      case 'call':
      case 'fork':
      case 'join':
      case 'owe':
      case 'skip':
        nodes.push({ kind: 'end' });
        break;
    }
  }
  return nodes;
}

/**
 * Where a role is after all that it does without a choice and without a message.
 * @param goesOn told of what it goes on without; not there where that can't be said
 */
function settled(
  from: LocalState,
  system: System,
  place: Place,
  role: string,
  goesOn?: (at: LocalState, peers: readonly string[], label: string) => void,
): LocalState {
  const seen = new Set<LocalState>();
  let at = from;
  for (;;) {
    if (seen.has(at))
      throw new ExportFailure(
        `\`${role}\` goes round a loop in which it neither sends nor receives`,
        place.uri,
        place.origin,
      );
    seen.add(at);
    const { node } = at;
    const own = placeOf(at, place);
    switch (node.kind) {
      case 'assign':
      case 'skip':
        at = system.goto(at, node.next);
        break;
      case 'call': {
        const callee = system.enter(at, node.action, node.next);
        if (!callee) {
          const known = system.callee(at, node.action) !== undefined;
          throw new ExportFailure(
            known
              ? `\`${readableName(node.action.callee.text)}\` calls itself before what follows the call is done, which takes endlessly many states`
              : `\`${readableName(node.action.callee.text)}\` is not to be found, or is called with other roles`,
            own.uri,
            own.origin,
          );
        }
        at = callee;
        break;
      }
      case 'end':
        if (!at.instance.caller) return at;
        at = at.instance.caller;
        break;
      case 'owe':
        if (goesOn) {
          goesOn(at, node.peers, node.label);
          at = system.goto(at, node.next);
          break;
        }
        throw new ExportFailure(
          `\`${role}\` goes on with the first messages that come, and drops the others: what is exported waits for each message`,
          own.uri,
          own.origin,
        );
      case 'fork':
      case 'join':
        throw new ExportFailure(
          `\`${role}\` does several things at the same time here, and states come one after the other`,
          own.uri,
          own.origin,
        );
      case 'hole':
        throw new ExportFailure(
          `what \`${role}\` does here is not known, as there is an error; \`chor check\` tells it`,
          own.uri,
          own.origin,
        );
      case 'send':
      case 'receive':
      case 'decide':
      case 'match':
      case 'choice':
        return at;
    }
  }
}

function placeOf({ node, instance }: LocalState, otherwise: Place): Place {
  const origin = originOf(node);
  return origin ? { uri: instance.cfg.uri, origin } : otherwise;
}

function originOf(node: GraphNode): TextRange | undefined {
  return actionOf(node)?.origins[0];
}

function typesOf(types: readonly TypeExpr[]): string[] {
  return types.map(printType);
}

/** Ways to different places, each with all that leads there. */
function ways(all: readonly (readonly [next: number, said: string])[]): {
  readonly ways: readonly number[];
  readonly said: readonly string[];
} {
  const texts = new Map<number, string[]>();
  for (const [next, said] of all) texts.set(next, [...(texts.get(next) ?? []), said]);
  return { ways: [...texts.keys()], said: [...texts.values()].map((each) => each.filter(Boolean).join(' or ')) };
}
