// What is known of a choreography with an error where fixes are looked for.
import type { Choreography } from '../../ir/choreography.js';
import { walkBlock } from '../../ir/choreography.js';
import type { TextRange } from '../../ir/expression.js';
import { printExpr } from '../../syntax/print.js';
import type { Scope } from '../../scoping/scope.js';
import type { FixContext } from '../../edits/fix.js';
import type { Held } from '../../edits/held.js';
import type { Finding } from '../../findings/finding.js';
import { relatedOf } from '../../rules/render.js';
import type { Flow } from './flow.js';
import type { Lacking, StatementSite } from './places.js';
import { firstLine } from './titles.js';

export interface ChoreographyScene {
  readonly choreography: Choreography;
  readonly context: FixContext;
  readonly finding: Finding;
  readonly scope: Scope;
  readonly roles: readonly string[];
  readonly sites: readonly StatementSite[];
  readonly lacking: readonly Lacking[];
  held(role: string): readonly Held[];
  /** Pairs of roles that talk. */
  readonly talking: ReadonlySet<string>;
  readonly flow: Flow;
  /** The type of what stands at a place, as it is written. */
  typeAt(origin: TextRange): string | undefined;
  /** The same, with `?` for what is not known of it. */
  shapeAt(origin: TextRange): string | undefined;
}

/** How far a place is from what the finding tells of. */
export function away({ finding, context }: ChoreographyScene, { start, end }: TextRange): number {
  const places = [
    finding.origin,
    ...relatedOf(finding, () => undefined)
      .filter((r) => r.uri === context.uri)
      .map((r) => r.origin),
  ];
  if (places.some((p) => p.start < end && start < p.end)) return 0;
  return 2;
}

/** Whether a role does nothing of its own. */
export function isIdle({ choreography, roles }: ChoreographyScene, role: string): boolean {
  let idle = roles.includes(role);
  walkBlock(choreography.body.statements, (s) => {
    if (
      (s.kind === 'communication' && s.sender.key === role) ||
      ((s.kind === 'assignment' || s.kind === 'effect') && s.role.key === role) ||
      ((s.kind === 'decision' || s.kind === 'while') && s.guards.some((g) => g.role.key === role)) ||
      (s.kind === 'call' && s.args.some((a) => a.role.key === role))
    )
      idle = false;
  });
  return idle;
}

/** Whether a role is told things, and never tells anybody anything. */
export function isSilent({ talking, choreography }: ChoreographyScene, role: string): boolean {
  let called = false;
  walkBlock(choreography.body.statements, (s) => {
    called ||= s.kind === 'call' && s.args.some((a) => a.role.key === role);
  });
  return (
    !called &&
    [...talking].some((pair) => pair.endsWith(` ${role}`)) &&
    ![...talking].some((pair) => pair.startsWith(`${role} `))
  );
}

/** Whether a message with a value stands in a choreography already, with or without a label. */
export function isSaid(
  { choreography }: ChoreographyScene,
  { sender, value, receiver }: { readonly sender: string; readonly value: string; readonly receiver: string },
): boolean {
  let found = false;
  walkBlock(choreography.body.statements, (s) => {
    found ||=
      s.kind === 'communication' &&
      s.value !== undefined &&
      s.sender.key === sender &&
      s.receivers.some((r) => r.role.key === receiver) &&
      printExpr(s.value) === value;
  });
  return found;
}

/** A statement in a title: its first line, cut short. */
export function said(scene: ChoreographyScene, { start, end }: TextRange): string {
  return `\`${firstLine(scene.context.text.slice(start, end))}\``;
}

/** The pairs of roles of which one sends to the other. */
export function talkingIn(choreography: Choreography): ReadonlySet<string> {
  const pairs = new Set<string>();
  walkBlock(choreography.body.statements, (s) => {
    if (s.kind === 'communication') for (const r of s.receivers) pairs.add(`${s.sender.key} ${r.role.key}`);
    if (s.kind === 'gather') for (const { role } of s.senders) pairs.add(`${role.key} ${s.receiver.role.key}`);
  });
  return pairs;
}
