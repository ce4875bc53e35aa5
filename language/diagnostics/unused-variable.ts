// unused-variable: a variable that nothing reads.
import type { Origin } from '../ir/expression.js';
import { removeStatement } from './edits.js';
import { sayAlike, writeAlike } from './look-alikes.js';
import { defineRule } from './rule.js';

export interface UnusedVariable {
  readonly name: string;
  /** Another variable of the role, which looks just like it. */
  readonly alike?: { readonly own: string; readonly other: string; readonly id: string };
  /** Every place that gives it a value; looked for when somebody asks. */
  readonly writes: () => readonly { readonly kind: 'received' | 'assigned' | 'result'; readonly remove: Origin; readonly pure: boolean }[];
}

export const unusedVariable = defineRule<UnusedVariable>({
  code: 'unused-variable',
  severity: 'hint',
  summary: 'A variable that nothing reads.',
  explanation: 'The variable is given a value, and no expression of its role uses it afterwards. That is often right: what a role holds at the end is what the protocol was for. So this is no warning, the name is only shown faded. Inputs are never reported, since they belong to the interface.',
  advice: 'Leave it, or take it away: `p.e -> q.x` becomes `p.e -> q`, by which q still gets the message. A name that begins with `_` is never reported.',
  bad: 'choreography Greeting(Alice, Bob) {\n  Alice."hello" -> Bob.greeting\n}\n',
  good: 'choreography Greeting(Alice, Bob) {\n  Alice."hello" -> Bob\n}\n',
  tags: ['unnecessary'],
  message: ({ name, alike }) => `Nothing reads \`${name}\`.${alike ? sayAlike(alike.own, alike.other) : ''}`,
  fixes: ({ name, writes: find, alike }, context) => {
    if (alike) return writeAlike(context, alike.other, alike.own, ({ id }) => id === alike.id);
    const writes = find();
    if (writes.length === 0 || writes.some((write) => !write.pure)) return [];
    const edits = writes.map((write) => (write.kind === 'assigned' ? removeStatement(context, write.remove) : { uri: context.uri, ...write.remove, newText: '' }));
    return [{ title: `Remove \`${name}\``, edits }];
  },
});
