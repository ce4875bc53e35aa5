// unused-role: a role of the header that takes part in nothing.
import type { Origin } from '../ir/expression.js';
import { defineRule } from './rule.js';

export interface UnusedRole {
  readonly role: string;
  readonly choreography: string;
  readonly uri: string;
  /** The role with the comma beside it. */
  readonly remove: Origin;
}

export const unusedRole = defineRule<UnusedRole>({
  code: 'unused-role',
  severity: 'warning',
  summary: 'A role that takes part in nothing.',
  explanation: 'The role stands in the header, but it neither sends nor receives, decides, computes or is handed on to another choreography. Its projection does nothing at all.',
  advice: 'Take it out of the header, or let it take part. Where the choreography is called, the place of the role goes as well.',
  bad: 'choreography Greeting(Alice, Bob, Carol) {\n  Alice."hello" -> Bob.greeting\n}\n',
  good: 'choreography Greeting(Alice, Bob) {\n  Alice."hello" -> Bob.greeting\n}\n',
  tags: ['unnecessary'],
  message: ({ role, choreography }) => `${role} takes part in nothing in \`${choreography}\`. Take it out of the header, or give it something to do.`,
  fixes: ({ role, choreography, uri, remove }, { workspace }) => {
    const id = `${uri}#${choreography}`;
    const used = workspace.uris().some((other) => {
      const analysis = workspace.analyze(other);
      const imports = analysis?.file.imports ?? [];
      return analysis?.occurrences.some((o) => o.symbol.id === id && o.role === 'read' && !imports.some((i) => i.origin.start <= o.origin.start && o.origin.end <= i.origin.end));
    });
    return used ? [] : [{ title: `Remove ${role} from \`${choreography}\``, edits: [{ uri, ...remove, newText: '' }], preferred: true }];
  },
});
