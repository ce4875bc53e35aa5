// choice-not-started: a branch of `choice at p` does not start with p sending.
import type { Decision, Statement } from '../ir/choreography.js';
import { walkBlock } from '../ir/choreography.js';
import { tell } from '../projection/amend.js';
import { defineRule } from './rule.js';
import type { Fix } from './rule.js';

export interface ChoiceNotStarted {
  readonly uri: string;
  readonly decision: Decision;
  /** What the branch starts with; nothing where it is empty. */
  readonly first?: Statement;
  /** The role that begins instead, or that first takes part in the choice. */
  readonly instead?: string;
}

export const choiceNotStarted = defineRule<ChoiceNotStarted>({
  code: 'choice-not-started',
  severity: 'error',
  summary: 'A branch of `choice at` does not start with its role sending.',
  explanation: `In \`choice at Alice { … } or { … }\` Alice decides, by means that the choreography does not state. The others learn of it by what she
sends; so each branch starts with Alice sending, after local steps of hers at most.`,
  advice: 'Start the branch with a message from the role that chooses, or let the arrow list do it: `choice at Alice -> Bob { … } or { … }`.',
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
    Alice -> Bob: leave
    Bob -> Alice: bye
  }
}
`,
  message: ({ decision, first }) => {
    const role = decision.decider.text;
    const why = first ? `this branch does not start with ${role} sending` : `a branch of ${role}’s choice is empty`;
    return `${why.charAt(0).toUpperCase()}${why.slice(1)}, so nobody can learn that ${role} chose it. Start it with a message from ${role}.`;
  },
  related: ({ uri, decision }) => [{ uri, origin: decision.head, message: `${decision.decider.text} chooses here.` }],
  fixes: (data, { uri }) => rolesIn(data).map((role, i): Fix => {
    const unaware = { statement: data.decision, role };
    return { ...tell(unaware, { uri }, ''), preferred: i === 0 };
  }),
});

/** The other roles in the branches, the one that begins first. */
function rolesIn({ decision, instead }: ChoiceNotStarted): string[] {
  const roles = new Set<string>(instead === undefined ? [] : [instead]);
  walkBlock([decision], (statement) => {
    if (statement.kind !== 'communication') return;
    for (const role of [statement.sender.text, ...statement.receivers.map((r) => r.role.text)]) roles.add(role);
  });
  roles.delete(decision.decider.text);
  for (const told of decision.tells) roles.delete(told.text);
  return [...roles].slice(0, 4);
}
