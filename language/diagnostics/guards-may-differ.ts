// guards-may-differ: roles decide together by guards that can't be shown to be equal.
import type { Decision, While } from '../ir/choreography.js';
import type { Located } from '../ir/expression.js';
import { shorten } from '../projection/words.js';
import { printExpr } from '../syntax/print.js';
import { writeName } from '../syntax/names.js';
import { defineRule } from './rule.js';

export interface GuardsMayDiffer {
  readonly uri: string;
  readonly statement: Decision | While;
  readonly first: Located;
  readonly guard: Located;
  /** The first guard asks the host program, which may answer differently each time. */
  readonly host: boolean;
}

export const guardsMayDiffer = defineRule<GuardsMayDiffer>({
  code: 'guards-may-differ',
  severity: 'error',
  summary: 'Roles decide together, but their guards may have different values.',
  explanation: `In \`if Alice.x, Bob.y { … }\` both decide, without a message, because both hold the same value already. The checker follows the copies: a
message \`Alice.x -> Bob.y\` makes \`y\` a copy of \`x\` until one of them is assigned again, and so does deciding by one of
them (\`if Alice.x -> Bob { Bob.y = true } else { Bob.y = false }\`). The guards must then be the same expression over such copies. What
the host program answers (an \`extern\`) may differ from call to call, and counts as different.`,
  advice: 'Send the value first and decide by the copy; or let one role decide and tell the others: `if Alice.x -> Bob { … }`.',
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
      ? `what the host program answers to \`${shorten(printExpr(first.value))}\` may be something else for each`
      : `nothing says that \`${shorten(printExpr(guard.value))}\` at ${guard.role.text} and \`${shorten(printExpr(first.value))}\` at ${first.role.text} have the same value here`;
    return `${first.role.text} and ${guard.role.text} may decide differently: ${reason}. Send ${guard.role.text} the value first, or let ${first.role.text} decide and tell ${guard.role.text}.`;
  },
  related: ({ uri, first }) => [{ uri, origin: first.origin, message: `${first.role.text} decides by this.` }],
  fixes: ({ uri, statement, first, guard }) => {
    // The guard goes, and its role is told instead.
    const index = statement.guards.indexOf(guard);
    const before = statement.guards[index - 1];
    if (!before) return [];
    const cut = { uri, start: before.origin.end, end: guard.origin.end, newText: '' };
    const last = statement.tells.at(-1);
    const end = statement.guards.at(-1)?.origin.end ?? guard.origin.end;
    const name = writeName(guard.role.text);
    const arrow = last ? { uri, start: last.origin.end, end: last.origin.end, newText: `, ${name}` } : { uri, start: end, end, newText: ` -> ${name}` };
    const edits = !last && end === guard.origin.end ? [{ ...cut, newText: ` -> ${name}` }] : [cut, arrow];
    return [{ title: `Let ${first.role.text} decide and tell ${guard.role.text} (1 more message${statement.kind === 'while' ? ' a round' : ''})`, edits, preferred: true }];
  },
});
