// The choreography extractor's core language: its networks as networks, its choreographies as choreographies, a
// procedure being one of its own.
import { format } from '../syntax/format.js';
import { choreographiesOf } from './extractor-global.js';
import { graphsOf } from './extractor-network.js';
import type { Happening, ProcessGraph } from './extractor-network.js';
import { isGlobal, parseGlobal, parseNetwork } from './extractor-parser.js';
import type { NetProcess } from './extractor-tree.js';
import { createValues } from './extractor-values.js';
import type { Values } from './extractor-values.js';
import { nameTable } from './names.js';
import type { NameTable } from './names.js';
import { printCode } from './process-text.js';
import type { Way, Written } from './process-text.js';
import { answering } from './result.js';
import type { Imported, ImportError } from './result.js';
import { structure, TooLarge } from './structure.js';

/**
 * Turns a network or choreographies into a file.
 * @param text the text
 * @param name what the network, or the first choreography, is called
 * @returns the file, laid out; or what has no counterpart, with its places. Cost: see `graphsOf` and `structure`
 */
export function importExtractor(text: string, name?: string): Imported {
  return answering(() => {
    if (isGlobal(text)) return choreographiesOf(parseGlobal(text), name ?? 'Main');
    return network(parseNetwork(text), name ?? 'System');
  });
}

function network(processes: readonly NetProcess[], name: string): Imported {
  const made = graphsOf(processes);
  if ('errors' in made) return made;
  const top = nameTable('N');
  const title = top.of('network', name);
  const conditions = made.graphs.flatMap((graph) =>
    graph.transitions.flatMap(({ happening: h }) => (h.kind === 'then' ? [h.condition] : [])),
  );
  const values = createValues(top, conditions);
  const words: Words = { roles: nameTable('p'), labels: nameTable('l'), values };
  for (const process of processes) words.roles.of(process.name.text);
  const errors: ImportError[] = [];
  const code = processes.flatMap((process, i): string[] => {
    const graph = made.graphs[i];
    if (!graph) return [];
    try {
      return [`process ${words.roles.of(process.name.text)} {\n${printCode(structure(ways(graph, words)))}\n}`];
    } catch (error) {
      if (!(error instanceof TooLarge)) throw error;
      errors.push({
        kind: 'too-large',
        message: `The procedures of \`${process.name.text}\` lead to each other in so many ways that its code would be longer than anybody reads. Split its work among several processes.`,
        at: process.name.at,
      });
      return [];
    }
  });
  if (errors.length > 0) return { errors };
  return { text: format(`${values.declarations()}\n\nnetwork ${title} {\n${code.join('\n\n')}\n}\n`) };
}

interface Words {
  readonly roles: NameTable;
  readonly labels: NameTable;
  readonly values: Values;
}

function ways(
  { initial, transitions }: ProcessGraph,
  words: Words,
): { readonly initial: string; readonly transitions: readonly Way[] } {
  return {
    initial,
    transitions: transitions.map(({ from, to, happening }) => ({ from, to, written: written(happening, words) })),
  };
}

function written(happening: Happening, { roles, labels, values }: Words): Written {
  const receive = (peer: string, label: string): Written => ({
    kind: 'receive',
    peer: roles.of(peer),
    text: `receive from ${roles.of(peer)}: ${label}`,
    head: label,
  });
  const met = (other: string): string => labels.of(`introduced ${other}`, `meet_${other}`);
  switch (happening.kind) {
    case 'send':
      return { kind: 'line', text: `send ${values.of(happening.value)} to ${roles.of(happening.peer)}` };
    case 'receive':
      return {
        kind: 'receive',
        peer: roles.of(happening.peer),
        text: `receive from ${roles.of(happening.peer)}`,
        head: '_',
      };
    case 'select':
      return { kind: 'line', text: `send to ${roles.of(happening.peer)}: ${labels.of(happening.label)}` };
    case 'offer':
      return receive(happening.peer, labels.of(happening.label));
    case 'introduce':
      return { kind: 'line', text: `send to ${roles.of(happening.peer)}: ${met(happening.other)}` };
    case 'introduced':
      return receive(happening.peer, met(happening.other));
    case 'then':
    case 'else':
      return { kind: 'if', condition: values.of(happening.condition) };
  }
}
