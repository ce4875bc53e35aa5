// Errors that follow from another one of the same choreography. Where a statement names a role that there is not, or one
// that sends to itself, another was meant: who was, lacks what it gives. Who lacks several values of one message, or in
// one statement, lacks one thing; and who lacks a value in a decision may not be told of it for the same reason.
import type { Finding } from '../findings/finding.js';
import { areExchanged, lackingIn } from '../findings/same.js';
import { isImplied, takersIn, walkBlock } from '../ir/choreography.js';
import type { Statement } from '../ir/choreography.js';
import type { TextRange } from '../ir/expression.js';
import type { Declaration } from '../ir/file.js';
import { namesOfTarget } from '../ir/target.js';
import { mostMisled } from './limits.js';

const within = ({ start, end }: TextRange, outer: TextRange): boolean => start >= outer.start && end <= outer.end;

/** All that was found to be one error. */
const allOf = (each: Finding): readonly Finding[] => [each, ...(each.consequences ?? [])];

function namesWrongRole({ code }: Finding): boolean {
  return code === 'unknown-role' || code === 'self-communication';
}

/**
 * Errors with those that follow from them as their consequences.
 * @param roots for an error, the one that it follows from
 */
export function withFollowing(findings: readonly Finding[], roots: ReadonlyMap<Finding, Finding>): readonly Finding[] {
  if (roots.size === 0) return findings;
  const following = new Map<Finding, Finding[]>();
  for (const [each, root] of roots) following.set(root, [...(following.get(root) ?? []), ...allOf(each)]);
  return findings
    .filter((each) => !roots.has(each))
    .map((each) => {
      const more = following.get(each);
      return more ? { ...each, consequences: [...(each.consequences ?? []), ...more] } : each;
    });
}

/**
 * The findings with those of two arguments beside each other that were exchanged as one.
 * @param text the text of their file
 */
export function withExchanged(findings: readonly Finding[], text: string): readonly Finding[] {
  const mismatches = findings
    .filter(({ code }) => code === 'type-mismatch')
    .sort((a, b) => a.origin.start - b.origin.start);
  const roots = new Map<Finding, Finding>();
  mismatches.forEach((each, i) => {
    const before = mismatches[i - 1];
    if (!before || roots.has(before) || !areExchanged(before, each)) return;
    const between = text.slice(before.origin.end, each.origin.start);
    if (/^\s*,\s*([\p{L}_][\p{L}\p{N}_]*\s*:\s*)?$/u.test(between)) roots.set(each, before);
  });
  return withFollowing(findings, roots);
}

/**
 * The findings of a declaration, those of values that are missing together with what they are missing for.
 * Cost: linear in the findings; where a value is missing beside another error, also in the declaration
 */
export function withoutFollowing(declaration: Declaration, findings: readonly Finding[]): readonly Finding[] {
  const lacking = findings.filter((each) => lackingIn(each) !== undefined);
  const wrong = findings.filter(namesWrongRole);
  const count = lacking.length + wrong.length;
  if (declaration.kind !== 'choreography' || lacking.length === 0 || count < 2 || count > mostMisled) return findings;
  const places = [...wrong, ...lacking].flatMap((root) => allOf(root).map(({ origin }) => ({ root, origin })));
  /** The innermost statement around each. */
  const around = new Map<TextRange, Statement>();
  /** The statements that give a variable a value, at any role. */
  const giving = new Map<string, Set<Statement>>(lacking.map((each) => [lackingIn(each)?.name ?? '', new Set()]));
  walkBlock(declaration.body.statements, (statement) => {
    if (isImplied(statement)) return;
    for (const { origin } of places) if (within(origin, statement.origin)) around.set(origin, statement);
    for (const { into } of takersIn(statement))
      for (const { text } of namesOfTarget(into)) giving.get(text)?.add(statement);
  });
  const roots = new Map<Finding, Finding>();
  const inOrder = [...lacking].sort((a, b) => a.origin.start - b.origin.start);
  for (const each of inOrder) {
    const { role, name } = lackingIn(each) ?? { role: undefined, name: '' };
    const isCase = each.code === 'not-located-here' && each.args.kind === 'case';
    const follows = ({ root, origin }: (typeof places)[number]): boolean => {
      const [there, here] = [around.get(origin), around.get(each.origin)];
      if (root === each || roots.has(root) || there === undefined) return false;
      // What a pattern takes is there for who decides.
      if (isCase && there !== here && there.kind === 'decision' && within(each.origin, there.origin)) return true;
      // `-> x` was meant for `-> Role.x`.
      if (root.code === 'unknown-role' && root.args.name === name) return true;
      if (namesWrongRole(root)) return there === here || (giving.get(name)?.has(there) ?? false);
      const other = lackingIn(root);
      if (other?.role !== role || root.origin.start > each.origin.start) return false;
      const both = giving.get(other?.name ?? '');
      return there === here || [...(giving.get(name) ?? [])].some((statement) => both?.has(statement));
    };
    const place = places.find(follows);
    if (place) roots.set(each, place.root);
  }
  return withFollowing(findings, roots);
}

/**
 * What can't be projected because of an error of names.
 * @param found in the projection of a choreography
 * @param errors those of its names and types
 * @returns for each, the error that it follows from
 */
export function causedByNames(found: readonly Finding[], errors: readonly Finding[]): ReadonlyMap<Finding, Finding> {
  const roots = new Map<Finding, Finding>();
  for (const each of found) {
    if (each.code !== 'knowledge-of-choice' || each.args.given) continue;
    const { decision, role } = each.args;
    const root = errors.find((error) =>
      allOf(error).some((one) => {
        if (one.uri !== decision.uri || !within(one.origin, decision.origin)) return false;
        const lacking = lackingIn(one);
        // Who lacks what it decides by may not be the one that was meant to.
        return namesWrongRole(one) || (lacking && (lacking.role === role || within(one.origin, each.origin)));
      }),
    );
    if (root) roots.set(each, root);
  }
  return roots;
}
