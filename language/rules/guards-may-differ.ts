// guards-may-differ: roles decide together by guards that can't be shown to be equal.
import { choreographyAt, decisionAt } from '../edits/find.js';
import { writeName } from '../syntax/names.js';
import { shorten } from '../text/words.js';
import { defineRule } from './rule.js';

export const guardsMayDiffer = defineRule({
  code: 'guards-may-differ',
  summary: 'Roles decide together, but their guards may have different values.',
  explanation: `In \`if Alice.x, Bob.y { … }\` both decide, without a message, because both hold the same value already. The checker follows the copies: a
message \`Alice.x -> Bob.y\` makes \`y\` a copy of \`x\` until one of them is assigned again, and so does deciding by one of
them (\`if Alice.x -> Bob { Bob.y = true } else { Bob.y = false }\`). The guards must then be the same expression over such copies. What
the host program answers (an \`extern\`) may differ from call to call, and counts as different.`,
  advice:
    'Send the value first and decide by the copy; or let one role decide and tell the others: `if Alice.x -> Bob { … }`.',
  bad: `choreography Vote(Alice(yes: bool), Bob(yes: bool)) {
  if Alice.yes, Bob.yes {
    Alice.1 -> Bob.amount
  }
}
`,
  good: `choreography Vote(Alice(yes: bool), Bob) {
  Alice.yes -> Bob.same
  if Alice.yes, Bob.same {
    Alice.1 -> Bob.amount
  }
}
`,
  message: ({ first, guard, host }) => {
    const reason = host
      ? `what the host program answers to \`${shorten(first.value)}\` may be something else for each`
      : `nothing says that \`${shorten(guard.value)}\` at ${guard.role} and \`${shorten(first.value)}\` at ${first.role} have the same value here`;
    return `${first.role} and ${guard.role} may decide differently: ${reason}. Send ${guard.role} the value first, or let ${first.role} decide and tell ${guard.role}.`;
  },
  related: ({ first }, { uri }) => [{ uri, origin: first.origin, message: `${first.role} decides by this.` }],
  fixes({ decision, first, guard }, context) {
    const { uri } = context;
    const choreography = choreographyAt(context, decision);
    const statement = choreography && decisionAt(choreography, decision);
    const index = statement?.guards.findIndex(({ origin }) => origin.start === guard.origin.start) ?? -1;
    // The guard goes, and its role is told instead.
    const before = statement?.guards[index - 1];
    if (!statement || !before) return [];
    const cut = { uri, start: before.origin.end, end: guard.origin.end, newText: '' };
    const last = statement.informs.at(-1);
    const end = statement.guards.at(-1)?.origin.end ?? guard.origin.end;
    const name = writeName(guard.role);
    const arrow = last
      ? { uri, start: last.origin.end, end: last.origin.end, newText: `, ${name}` }
      : { uri, start: end, end, newText: ` -> ${name}` };
    const edits = !last && end === guard.origin.end ? [{ ...cut, newText: ` -> ${name}` }] : [cut, arrow];
    return [
      {
        title: `Let ${first.role} decide and tell ${guard.role} (1 more message${statement.kind === 'while' ? ' a round' : ''})`,
        edits,
        preferred: true,
      },
    ];
  },
});
