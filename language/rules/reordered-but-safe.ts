// reordered-but-safe: a process differs from its projection, and works with the other roles all the same.
import { blocksOf, isImplied } from '../ir/choreography.js';
import type { Communication, Statement } from '../ir/choreography.js';
import type { TextRange } from '../ir/expression.js';
import { freeNames } from '../ir/expression.js';
import { namesOfTarget } from '../ir/target.js';
import { choreographyAt } from '../edits/find.js';
import type { Fix, FixContext } from '../edits/fix.js';
import { areIndependent, inBranches } from '../edits/together.js';
import type { Uses } from '../edits/together.js';
import { afterText } from './not-conformant.js';
import { defineRule } from './rule.js';
import { mostCrossing } from './limits.js';

export const reorderedButSafe = defineRule({
  code: 'reordered-but-safe',
  summary: 'A process differs from the choreography, but works together with the other roles.',
  explanation:
    'The process does not send and receive in the order of the choreography. Explored together with the projections of all other roles it was proved to be free of deadlocks, of messages that are left over and of wrong labels: the exchange comes to its end all the same.',
  advice:
    'Nothing has to be done. To follow the choreography to the letter, reorder the process as the message says; or let the messages cross in the choreography, `par { … } and { … }`, which the process then does to the letter.',
  bad: `choreography Exchange(Alice, Bob) {
  Alice."hello" -> Bob.greeting
  Bob."hi" -> Alice.reply
}

network Crosswise implements Exchange {
  process Bob {
    send "hi" to Alice
    receive greeting from Alice
  }
}
`,
  good: `choreography Exchange(Alice, Bob) {
  Alice."hello" -> Bob.greeting
  Bob."hi" -> Alice.reply
}

network Crosswise implements Exchange {
  process Bob {
    receive greeting from Alice
    send "hi" to Alice
  }
}
`,
  message({ role, choreography, run: before, actual, expected }) {
    const when =
      before.steps.length > 0 ? `after it ${afterText(before)}, ${role} ${actual}` : `${role} first ${actual}`;
    return `${role} works together with the other roles of \`${choreography}\`, but in another order: ${when}, where the choreography has it that ${role} ${expected}.`;
  },
  related: ({ role, expected, design }) => [{ ...design, message: `here ${role} ${expected}` }],
  fixes: ({ choreography, design }, { workspace }) =>
    crossing(choreography, design.origin, { workspace, uri: design.uri, text: workspace.text(design.uri) ?? '' }),
});

/** The messages around the one that the process does not wait for, as the branches of a `par`: as few as it takes. */
function crossing(name: string, place: TextRange, context: FixContext): Fix[] {
  const choreography = choreographyAt(context, place);
  const rowAt = (statements: readonly Statement[]): readonly Statement[] => {
    const own = statements.filter((statement) => !isImplied(statement));
    const around = own.find(({ origin }) => origin.start <= place.start && place.end <= origin.end);
    return !around || around.origin.start === place.start ? own : rowAt(blocksOf(around).flat());
  };
  const row = choreography ? rowAt(choreography.body.statements) : [];
  const at = row.findIndex(({ origin }) => origin.start === place.start);
  const fixes: Fix[] = [];
  for (let length = 2; length <= mostCrossing; length++) {
    for (let from = Math.max(0, at - length + 1); from <= at && from + length <= row.length; from++) {
      const messages = row
        .slice(from, from + length)
        .flatMap((statement) => (statement.kind === 'communication' ? [statement] : []));
      const edit =
        messages.length === length && areIndependent(messages.map(usesOf))
          ? inBranches(context.uri, context.text, messages)
          : undefined;
      if (edit)
        fixes.push({
          title: `Let ${length === 2 ? 'the two messages' : `the ${length} messages`} cross in \`${name}\``,
          edits: [edit],
          cost: { doubt: length },
        });
    }
  }
  return fixes;
}

/** The variables of a message. */
function usesOf({ sender, value, receivers }: Communication): Uses {
  const written = receivers.flatMap(({ role, into }) => namesOfTarget(into).map(({ text }) => `${role.key} ${text}`));
  const read = value ? [...freeNames(value)].map((text) => `${sender.key} ${text}`) : [];
  return { written: new Set(written), used: new Set([...written, ...read]) };
}
