// What may be none where a value is needed: taken out, with a value to go on with where it is none.
import type { Edit, Fix, FixContext } from '../../edits/fix.js';
import type { Finding } from '../../findings/finding.js';
import { plainOf } from './values.js';

/** The candidate for an error of types of an option. */
export function optionMends({ code, args, origin }: Finding, { uri, workspace }: FixContext): Fix[] {
  if (code !== 'type-mismatch' || args.kind !== 'demand' || args.expected?.startsWith('option<')) return [];
  const item = /^option<(.*)>$/s.exec(args.actual)?.[1];
  const otherwise = item === undefined ? undefined : plainOf(item, workspace.analyze(uri)?.scope);
  if (otherwise === undefined) return [];
  const edits: Edit[] = [
    { uri, start: origin.start, end: origin.start, newText: 'getOr(' },
    { uri, start: origin.end, end: origin.end, newText: `, ${otherwise})` },
  ];
  return [
    { title: `Go on with \`${otherwise}\` where it is none: \`getOr(…, ${otherwise})\``, edits, cost: { doubt: 1 } },
  ];
}
