// Other labels for messages that a role takes for each other.
import type { Choreography, Communication, Label, Statement } from '../../ir/choreography.js';
import { writeName } from '../../syntax/names.js';
import type { Fix, FixContext } from '../../edits/fix.js';
import type { Finding } from '../../findings/finding.js';
import { sameRole } from '../../ir/role.js';

/** Of messages that a role can't tell apart, as they have one label, each with another one. */
export function otherLabels(finding: Finding, choreography: Choreography, { uri }: FixContext): Fix[] {
  if (finding.code !== 'knowledge-of-choice') return [];
  const { role } = finding.args;
  const found: { readonly message: Communication; readonly label: Label; readonly branch: string }[] = [];
  const taken = new Set<string>();
  const go = (statements: readonly Statement[], branch: string): void =>
    statements.forEach((s) => {
      if (s.kind === 'communication' && s.label && s.label.name.text !== '') {
        taken.add(s.label.name.text);
        if (!s.implied && s.receivers.some((r) => r.role.key === role))
          found.push({ message: s, label: s.label, branch });
      }
      if (s.kind === 'decision') for (const b of s.branches) go(b.body.statements, b.label);
      else if (s.kind === 'while' || s.kind === 'rec') go(s.body.statements, branch);
    });
  go(choreography.body.statements, 'other');
  return found.flatMap(({ message, label: { name }, branch }): Fix[] => {
    const others = found.filter(
      (other) =>
        other.message !== message &&
        sameRole(other.message.sender, message.sender) &&
        other.label.name.text === name.text,
    );
    if (others.length === 0) return [];
    // With a value and without, they are hardly the same.
    const differ = others.some((other) => !other.message.value !== !message.value);
    let other = branch;
    for (let i = 2; other === name.text || (other !== branch && taken.has(other)); i++) other = `${branch}${i}`;
    return [
      {
        title: `Label it \`${other}\`, not \`${name.text}\` (no extra message)`,
        edits: [{ uri, ...name.origin, newText: writeName(other) }],
        preferred: true,
        cost: { doubt: differ ? (message.value ? 1.4 : 1.3) : 2.9 },
      },
    ];
  });
}
