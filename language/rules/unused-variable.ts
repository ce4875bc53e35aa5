// unused-variable: a variable that nothing reads.
import type { UnusedVariable } from '../findings/typing.js';
import { writesOf } from '../edits/writes.js';
import { sayAlike, writeAlike } from './look-alikes.js';
import { defineRule } from './rule.js';
import { removeStatement } from '../edits/text.js';

export const unusedVariable = defineRule({
  code: 'unused-variable',
  summary: 'A variable that nothing reads.',
  explanation:
    'The variable is given a value, and no expression of its role uses it afterwards. That is often right: what a role holds at the end is what the protocol was for. So this is no warning, the name is only shown faded. Inputs are never reported, since they belong to the interface.',
  advice:
    'Leave it, or take it away: `p.e -> q.x` becomes `p.e -> q`, by which q still gets the message. A name that begins with `_` is never reported.',
  bad: 'choreography Greeting(Alice, Bob) {\n  Alice."hello" -> Bob.greeting\n}\n',
  good: 'choreography Greeting(Alice, Bob) {\n  Alice."hello" -> Bob\n}\n',
  tags: ['unnecessary'],
  message: (variable) =>
    `Nothing reads \`${shown(variable)}\`.${variable.alike ? sayAlike(variable.name, variable.alike.other) : ''}`,
  fixes: (variable, context) => {
    const { alike } = variable;
    if (alike) return writeAlike(context, alike.other, variable.name, ({ id }) => id === alike.id);
    const writes = writesOf(context, context.origin, variable);
    if (writes.length === 0 || writes.some((write) => !write.pure)) return [];
    const edits = writes.map((write) =>
      write.kind === 'assigned'
        ? removeStatement(context, write.remove)
        : { uri: context.uri, ...write.remove, newText: write.kind === 'part' ? '_' : '' },
    );
    return [{ title: `Remove \`${shown(variable)}\``, edits }];
  },
});

function shown({ role, name }: UnusedVariable): string {
  return role === undefined ? name : `${role}.${name}`;
}
