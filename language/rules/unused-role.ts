// unused-role: a role of the header, or a process of a network, that takes part in nothing.
import { sayAlike } from './look-alikes.js';
import { defineRule } from './rule.js';
import { linesOf } from '../edits/text.js';

export const unusedRole = defineRule({
  code: 'unused-role',
  summary: 'A role that takes part in nothing.',
  explanation:
    'The role stands in the header, but it neither sends nor receives, decides, computes or is handed on to another choreography. Its projection does nothing at all. In a network, it is a process without a body; a network whose processes are all like that, or that has none, does nothing.',
  advice:
    'Take it out of the header, or let it take part. Where the choreography is called, the place of the role goes as well.',
  bad: 'choreography Greeting(Alice, Bob, Carol) {\n  Alice."hello" -> Bob.greeting\n}\n',
  good: 'choreography Greeting(Alice, Bob) {\n  Alice."hello" -> Bob.greeting\n}\n',
  tags: ['unnecessary'],
  message(data) {
    switch (data.kind) {
      case 'role':
        return `${data.role} takes part in nothing in \`${data.choreography}\`. ${data.alike === undefined ? 'Take it out of the header, or give it something to do.' : sayAlike(data.role, data.alike).trim()}`;
      case 'process':
        return `${data.role} takes part in nothing in \`${data.network}\`: its process is empty. Take it out, or write what it does.`;
      case 'network': {
        const [first, ...others] = data.processes;
        const why =
          first === undefined
            ? 'it has no process'
            : others.length === 0
              ? `its only process, ${first}, is empty`
              : 'all its processes are empty';
        return `\`${data.network}\` does nothing: ${why}. ${first === undefined ? 'Add one, `process Alice { … }`, for each role.' : `Write what ${first} does.`}`;
      }
    }
  },
  fixes: (data, { workspace, uri, text }) => {
    if (data.kind === 'network') return [];
    const { role } = data;
    const name = data.kind === 'role' ? data.choreography : data.network;
    const id = `${uri}#${name}`;
    const used = workspace.uris().some((other) => {
      const analysis = workspace.analyze(other);
      const imports = analysis?.file.imports ?? [];
      return analysis?.occurrences.some(
        (o) =>
          o.symbol.id === id &&
          o.role === 'read' &&
          !imports.some((i) => i.origin.start <= o.origin.start && o.origin.end <= i.origin.end),
      );
    });
    const remove = data.kind === 'role' ? data.remove : (linesOf(text, data.process) ?? data.process);
    return used
      ? []
      : [
          {
            title: `Remove ${role} from \`${name}\``,
            edits: [{ uri, start: remove.start, end: remove.end, newText: '' }],
            preferred: data.kind === 'role',
          },
        ];
  },
});
