// A choreography or network as an AsyncAPI document: who sends what to whom, over which channels. In which order, such
// a document can't say.
import type { Choreography } from '../ir/choreography.js';
import type { Channels, Network } from '../ir/process.js';
import type { Scope } from '../scoping/scope.js';
import { identifiers } from './identifiers.js';
import { talkOf } from './messages.js';
import type { End, Payload, Talk } from './messages.js';
import { schemasIn } from './schema.js';
import type { Types } from './types.js';
import type { Json } from './yaml.js';

/** One kind of message of a channel, and what it may carry; nothing is known of that where there is nothing. */
interface Message {
  readonly label: string;
  readonly payloads: Set<Payload>;
}

interface Channel {
  readonly from: string;
  readonly to: string;
  readonly messages: Map<string, Message>;
  readonly ends: Map<End['way'], Set<string>>;
}

/**
 * The document: a channel for each ordered pair of roles that talk, a message for each label there, and at each of its
 * ends an operation.
 * @param role the role whose operations it has, with the channels of these alone; all roles without it
 * @throws ExportFailure for a role, a call or a type that can't be said
 * Cost: that of `talkOf`, then linear in the messages and their types
 */
export function asyncapiOf(declaration: Choreography | Network, scope: Scope, types: Types, role?: string): Json {
  const talk = talkOf(declaration, scope, types);
  const { name, doc } = declaration;
  const schemas = schemasIn(scope, types, (schema) => `#/components/schemas/${schema}`);
  const ids = identifiers([]);
  const messages = new Map<string, Json>();
  const channels: [string, Json][] = [];
  const operations: [string, Json][] = [];
  for (const channel of channelsOf(talk, role)) {
    const { from, to } = channel;
    const id = ids(`channel ${from} ${to}`, `${from}_to_${to}`);
    const own = [...channel.messages.values()].map((each) => {
      const body = message(each, ({ type, uri, origin }) => schemas.of(type, { uri, origin }));
      const key = ids(`message ${JSON.stringify(body)}`, each.label === '' ? 'message' : each.label);
      messages.set(key, body);
      return { label: each.label, key };
    });
    channels.push([
      id,
      {
        address: null,
        title: `${from} to ${to}`,
        description: queue(declaration.kind === 'network' ? declaration.channels : { kind: 'fifo' }),
        messages: Object.fromEntries(own.map(({ key }) => [key, { $ref: `#/components/messages/${key}` }])),
      },
    ]);
    for (const way of ['send', 'receive'] as const) {
      const labels = channel.ends.get(way);
      if (!labels) continue;
      const [self, other] = way === 'send' ? [from, to] : [to, from];
      operations.push([
        ids(`${way} ${from} ${to}`, way === 'send' ? `${self}_sends_to_${other}` : `${self}_receives_from_${other}`),
        {
          action: way,
          channel: { $ref: `#/channels/${id}` },
          title: way === 'send' ? `${self} sends to ${other}` : `${self} receives from ${other}`,
          tags: [{ name: self }],
          messages: own
            .filter(({ label }) => labels.has(label))
            .map(({ key }) => ({ $ref: `#/channels/${id}/messages/${key}` })),
        },
      ]);
    }
  }
  const declared = schemas.declared();
  return {
    asyncapi: '3.0.0',
    info: {
      title: role === undefined ? name.text : `${name.text}: ${role}`,
      version: '1.0.0',
      ...(doc === undefined ? {} : { description: doc }),
      tags: talk.roles.filter((each) => role === undefined || each.name === role).map(tag),
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(channels),
    operations: Object.fromEntries(operations),
    components: {
      messages: Object.fromEntries(messages),
      ...(Object.keys(declared).length > 0 ? { schemas: declared } : {}),
    },
  };
}

/** The channels in the order of the roles, each with what is said of it at either end. */
function channelsOf({ roles, ends }: Talk, role: string | undefined): readonly Channel[] {
  const all = new Map<string, Channel>();
  const place = new Map(roles.map(({ name }, i) => [name, i]));
  for (const { role: self, way, peer, label, payload } of ends) {
    const [from, to] = way === 'send' ? [self, peer] : [peer, self];
    if (role !== undefined && from !== role && to !== role) continue;
    const key = JSON.stringify([from, to]);
    const channel = all.get(key) ?? {
      from,
      to,
      messages: new Map<string, Message>(),
      ends: new Map<End['way'], Set<string>>(),
    };
    all.set(key, channel);
    const message = channel.messages.get(label) ?? { label, payloads: new Set<Payload>() };
    channel.messages.set(label, message);
    if (payload) message.payloads.add(payload);
    if (role === undefined || self === role) channel.ends.set(way, (channel.ends.get(way) ?? new Set()).add(label));
  }
  const at = ({ from, to }: Channel): readonly [number, number] => [place.get(from) ?? 0, place.get(to) ?? 0];
  return [...all.values()]
    .filter(({ ends: own }) => own.size > 0)
    .sort((one, other) => at(one)[0] - at(other)[0] || at(one)[1] - at(other)[1]);
}

/** What tells it from the others of its channel is its label: what it carries need not. */
function message({ label, payloads }: Message, schemaOf: (payload: Payload) => Json): Json {
  const schemas = [...payloads].map(schemaOf);
  const payload = schemas.length > 1 ? { anyOf: schemas } : schemas[0];
  return {
    ...(label === '' ? {} : { name: label }),
    headers: {
      type: 'object',
      properties: { label: { type: 'string', const: label === '' ? '_' : label } },
      required: ['label'],
    },
    ...(payload === undefined ? {} : { payload }),
  };
}

function tag({ name, doc, server }: Talk['roles'][number]): Json {
  const says = [...(doc === undefined ? [] : [doc]), ...(server ? ['It may wait for ever.'] : [])];
  return { name, ...(says.length > 0 ? { description: says.join('\n\n') } : {}) };
}

function queue(channels: Channels): string {
  switch (channels.kind) {
    case 'fifo':
      return 'What is sent first comes first; any number of messages may be on their way.';
    case 'buffer':
      return `What is sent first comes first; at most ${channels.size} may be on ${channels.size === 1 ? 'its' : 'their'} way.`;
    case 'sync':
      return 'Who sends waits until it is received.';
  }
}
