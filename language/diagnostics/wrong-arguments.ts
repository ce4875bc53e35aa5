// wrong-arguments: too many or too few of what goes between brackets.
import type { Origin } from '../ir/expression.js';
import { defineRule } from './rule.js';

export interface WrongArguments {
  readonly message: string;
  /** What is called. */
  readonly declared?: { readonly uri: string; readonly origin?: Origin; readonly name: string };
}

export const wrongArguments = defineRule<WrongArguments>({
  code: 'wrong-arguments',
  severity: 'error',
  summary: 'Too many or too few arguments, inputs or roles.',
  explanation: 'A call has to fill what the declaration asks for: every parameter of a function, every field of a record, every role of a choreography, and every input of each of its roles. In a network, a process that calls another network gives its own inputs alone: those of the others are theirs to give.',
  advice: 'Give as many as the declaration names, in its order or by name: `Order(title: t, copies: 2)`, `do Quote(Alice(title), Bob)`.',
  bad: 'choreography Quote(Client(title: string), Shop) {\n  Client.title -> Shop.wanted\n}\n\nchoreography Main(Alice(title: string), Bob) {\n  do Quote(Alice, Bob)\n  Alice.title -> Bob.again\n}\n',
  good: 'choreography Quote(Client(title: string), Shop) {\n  Client.title -> Shop.wanted\n}\n\nchoreography Main(Alice(title: string), Bob) {\n  do Quote(Alice(title), Bob)\n  Alice.title -> Bob.again\n}\n',
  message: ({ message }) => message,
  related: ({ declared }) => (declared?.origin ? [{ uri: declared.uri, origin: declared.origin, message: `\`${declared.name}\` is declared here` }] : []),
});
