// wrong-arguments: too many or too few of what goes between brackets.
import type { WrongArguments } from '../findings/typing.js';
import { count } from '../text/words.js';
import { defineRule } from './rule.js';

export const wrongArguments = defineRule({
  code: 'wrong-arguments',
  summary: 'Too many or too few arguments, inputs or roles.',
  explanation:
    'A call has to fill what the declaration asks for: every parameter of a function, every field of a record, every role of a choreography, and every input of each of its roles. In a network, a process that calls another network gives its own inputs alone: those of the others are theirs to give.',
  advice:
    'Give as many as the declaration names, in its order or by name: `Order(title: t, copies: 2)`, `do Quote(Alice(title), Bob)`.',
  bad: 'choreography Quote(Client(title: string), Shop) {\n  Client.title -> Shop.wanted\n}\n\nchoreography Main(Alice(title: string), Bob) {\n  do Quote(Alice, Bob)\n  Alice.title -> Bob.again\n}\n',
  good: 'choreography Quote(Client(title: string), Shop) {\n  Client.title -> Shop.wanted\n}\n\nchoreography Main(Alice(title: string), Bob) {\n  do Quote(Alice(title), Bob)\n  Alice.title -> Bob.again\n}\n',
  message: sayWrong,
  related: ({ declared }) =>
    declared?.origin
      ? [{ uri: declared.uri, origin: declared.origin, message: `\`${declared.name}\` is declared here` }]
      : [],
});

function sayWrong(wrong: WrongArguments): string {
  const coded = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');
  const here = (given: number): string => `here ${given === 1 ? 'is' : 'are'} ${given}`;
  switch (wrong.kind) {
    case 'roles': {
      const besides = wrong.besides ?? 0;
      const takes =
        besides === 0 ? `has ${count(wrong.roles.length, 'role')}` : `takes ${count(wrong.roles.length, 'argument')}`;
      return `\`${wrong.callee}\` ${takes} (${coded(wrong.roles)}); ${here(wrong.given)}.`;
    }
    case 'inputs': {
      const takes =
        wrong.inputs.length === 0 ? 'no inputs' : `${count(wrong.inputs.length, 'input')} (${coded(wrong.inputs)})`;
      return `${wrong.role} has ${takes} in \`${wrong.callee}\`; ${here(wrong.given)}.`;
    }
    case 'inputs-of-another':
      return `${wrong.self} can’t give inputs to ${wrong.role}: each process gives its own where it calls \`${wrong.callee}\` itself.`;
    case 'no-place':
      return `${wrong.self} takes no part in this call: it has to stand in one of the places of \`${wrong.callee}\` itself.`;
    case 'arguments': {
      const { parameters, missing } = wrong;
      const list = parameters.map(({ name, type }) => (name ? `\`${name}: ${type}\`` : `\`${type}\``)).join(', ');
      const takes = parameters.length === 0 ? 'no arguments' : `${count(parameters.length, 'argument')} (${list})`;
      return `\`${wrong.callee}\` takes ${takes}; ${missing ? `${coded(missing)} is missing` : here(wrong.given)}.`;
    }
    case 'overloads':
      return `\`${wrong.callee}\` takes ${wrong.numbers
        .slice(0, -1)
        .map((n) => `${n} or `)
        .join('')}${count(wrong.numbers.at(-1) ?? 0, 'argument')}; ${here(wrong.given)}.`;
    case 'case':
      return `The case \`${wrong.case}\` holds ${wrong.parameters.length === 0 ? 'no values' : coded(wrong.parameters)}; ${here(wrong.given)}.`;
    case 'some':
      return `\`some\` holds one value; here are ${wrong.given}.`;
    case 'type': {
      const needs = [
        'takes no types in brackets',
        `needs the type of what it holds: \`${wrong.type}<int>\`, for example`,
        `needs the types of its keys and of its values: \`${wrong.type}<string, int>\`, for example`,
      ];
      return `\`${wrong.type}\` ${needs[wrong.holds] ?? ''}.`;
    }
  }
}
