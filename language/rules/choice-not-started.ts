// choice-not-started: a branch of `choice at p` does not start with p sending.
import { choreographyAt, decisionAt } from '../edits/find.js';
import type { Decision } from '../ir/choreography.js';
import { walkBlock } from '../ir/choreography.js';
import { tell } from '../edits/amend.js';
import { defineRule } from './rule.js';
import type { Fix } from '../edits/fix.js';

export const choiceNotStarted = defineRule({
  code: 'choice-not-started',
  summary: 'A branch of `choice at` does not start with its role sending.',
  explanation: `In \`choice at Alice { … } or { … }\` Alice decides, by means that the choreography does not state. The others learn of it by what she
sends; so each branch starts with Alice sending, after local steps of hers at most.`,
  advice:
    'Start the branch with a message from the role that chooses, or let the arrow list do it: `choice at Alice -> Bob { … } or { … }`.',
  bad: `choreography Order(Alice, Bob) {
  choice at Alice {
    Alice -> Bob: buy
  } or {
    Bob -> Alice: bye
  }
}
`,
  good: `choreography Order(Alice, Bob) {
  choice at Alice {
    Alice -> Bob: buy
  } or {
    Alice -> Bob: refuse
    Bob -> Alice: bye
  }
}
`,
  message: ({ decider, empty }) => {
    const why = empty
      ? `A branch of ${decider}’s choice is empty`
      : `This branch does not start with ${decider} sending`;
    return `${why}, so nobody can learn that ${decider} chose it. Start it with a message from ${decider}.`;
  },
  related: ({ decider, head }, { uri }) => [{ uri, origin: head, message: `${decider} chooses here.` }],
  fixes({ decision, instead }, context) {
    const choreography = choreographyAt(context, decision);
    const statement = choreography && decisionAt(choreography, decision);
    if (statement?.kind !== 'decision') return [];
    return rolesIn(statement, instead).map((role, i): Fix => ({
      ...tell({ statement, role }, context, ''),
      preferred: i === 0,
    }));
  },
});

/** The other roles in the branches, the one that begins first. */
function rolesIn(decision: Decision, instead: string | undefined): string[] {
  const roles = new Set<string>(instead === undefined ? [] : [instead]);
  walkBlock([decision], (statement) => {
    if (statement.kind !== 'communication') return;
    for (const role of [statement.sender.key, ...statement.receivers.map((r) => r.role.key)]) roles.add(role);
  });
  roles.delete(decision.decider.key);
  for (const told of decision.informs) roles.delete(told.key);
  return [...roles].slice(0, 4);
}
