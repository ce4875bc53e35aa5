// reordered-but-safe: a process differs from its projection, and works with the other roles all the same.
import { afterText } from './not-conformant.js';
import { defineRule } from './rule.js';

export const reorderedButSafe = defineRule({
  code: 'reordered-but-safe',
  summary: 'A process differs from the choreography, but works together with the other roles.',
  explanation: 'The process does not send and receive in the order of the choreography. Explored together with the projections of all other roles it was proved to be free of deadlocks, of messages that are left over and of wrong labels: the exchange comes to its end all the same.',
  advice: 'Nothing has to be done. To follow the choreography to the letter, reorder the process as the message says.',
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
    const when = before.steps.length > 0 ? `after it ${afterText(before)}, ${role} ${actual}` : `${role} first ${actual}`;
    return `${role} works together with the other roles of \`${choreography}\`, but in another order: ${when}, where the choreography has it that ${role} ${expected}.`;
  },
  related: ({ role, expected, design }) => [{ ...design, message: `here ${role} ${expected}` }],
});
