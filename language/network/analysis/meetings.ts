// Where a message and the receive that takes it come together for the first time.
import { isRendezvous } from '../model/automata.js';
import type { Event, Meeting, Pair, Site } from '../model/exploration.js';
import type { Processes } from '../model/processes.js';
import type { Search } from '../search/search.js';
import type { LocalState, System } from '../model/system.js';
import { channelOf } from '../model/channel.js';
import { isAt } from '../trace/run.js';

/**
 * Finds, for sends and receives that some run brings together, the configurations in which they first are together: the
 * message is the next of its channel, or, in a rendezvous, about to be sent.
 * @param run the events that lead to a configuration
 * @returns one for each pair, in their order; undefined for those that no run brings together
 * Cost: linear in the configurations, times the machines and the pairs
 */
export function meetingsOf(
  system: System,
  machines: readonly number[],
  { processes, found }: { readonly processes: Processes; readonly found: Search },
  pairs: readonly Pair[],
  run: (configuration: number) => readonly Event[],
): (Meeting | undefined)[] {
  const result: (Meeting | undefined)[] = pairs.map(() => undefined);
  const rendezvous = isRendezvous(system.channels);
  let left = pairs.length;
  for (let configuration = 0; configuration < found.graph.count() && left > 0; configuration++) {
    const view = found.view(configuration);
    const places = machines.flatMap((machine) =>
      view.state(machine).parts.map((part) => ({ machine, part, place: processes.placeOf(part) })),
    );
    pairs.forEach(({ sender: site, receiver: at, option }, i) => {
      if (result[i]) return;
      for (const { machine, part, place: receiver } of places) {
        const peer = peerAt(receiver, at, option);
        const sender = peer === undefined ? undefined : system.peer(receiver, peer);
        if (sender === undefined) continue;
        const channel = channelOf(sender, machine, system.names.length);
        const next = rendezvous ? undefined : view.next(channel, part.passes(sender));
        const comes = rendezvous
          ? places.some(
              ({ machine: from, place }) =>
                from === sender &&
                isAt(place, site) &&
                place.node.kind === 'send' &&
                system.peer(place, place.node.peer) === machine,
            )
          : next !== undefined && isSame(processes.site(channel, next.message), site);
        if (!comes) continue;
        result[i] = { sender, site, receiver, run: () => run(configuration) };
        left--;
        return;
      }
    });
  }
  return result;
}

/** Whom a place takes an option from that is another place's; of a quorum, at each of its places. */
function peerAt(receiver: LocalState, { cfg, node }: Site, option: number): string | undefined {
  const wanted = cfg.nodes[node];
  if (receiver.node.kind !== 'receive' || wanted?.kind !== 'receive') return undefined;
  const peer = wanted.options[option]?.peer;
  if (isAt(receiver, { cfg, node })) return peer;
  const isGathered =
    receiver.instance.cfg === cfg && receiver.node.gather !== undefined && receiver.node.gather === wanted.gather;
  return isGathered ? receiver.node.options.find((each) => each.peer === peer)?.peer : undefined;
}

function isSame(one: Site, other: Site): boolean {
  return one.cfg === other.cfg && one.node === other.node;
}
