// Errors of one declaration that are one to the reader: a name that is used again and again without being there, members
// of a family that always has too few, and what a value of the wrong type leads to, wherever it goes. The root is told, with the others as its consequences.
import type { Finding, FindingOf } from '../findings/finding.js';
import { finding } from '../findings/finding.js';
import type { FamilyHeader, IndexOutOfRange, TypeMismatch } from '../findings/typing.js';
import type { TextRange } from '../ir/expression.js';
import type { Declaration } from '../ir/file.js';
import { excerpt } from './context.js';
import { copiesIn } from './copies.js';
import type { Copies, CopiesIn } from './copies.js';

type Mismatch = Finding & FindingOf<'type-mismatch'> & { readonly args: Extract<TypeMismatch, { kind: 'demand' }> };

/**
 * The findings of a declaration with those that share a root told as one.
 * @param text the text of its file
 * Cost: linear in the findings; where several values have the wrong type, also in the declaration
 */
export function withRoots(declaration: Declaration, findings: readonly Finding[], text: string): readonly Finding[] {
  if (findings.length < 2) return findings;
  const groups = new Map<string, Finding[]>();
  const keys = new Map<Finding, string>();
  const put = (key: string, each: Finding): void => {
    const known = groups.get(key);
    if (known) known.push(each);
    else groups.set(key, [each]);
    keys.set(each, key);
  };
  for (const each of findings) {
    const key = nameOf(each);
    if (key !== undefined) put(key, each);
  }
  const values = wrongValues(declaration, findings);
  for (const [key, { conflicts }] of values) for (const each of conflicts) put(key, each.finding);
  for (const group of groups.values()) group.sort(mostNeeded);
  return findings.flatMap((each) => {
    const key = keys.get(each);
    const group = key === undefined ? undefined : groups.get(key);
    if (key === undefined || !group || group.length < 2) return each;
    if (group[0] !== each) return [];
    const value = values.get(key);
    const source = value && sourceOf(value, text);
    return source ? { ...source, consequences: group } : { ...each, consequences: group.slice(1) };
  });
}

/** What is the same for all uses of a name that is not there. */
function nameOf(each: Finding): string | undefined {
  const header = tooFew(each);
  if (header) return `members of ${header.size ?? header.at.start}`;
  const { code, args } = each;
  if (code === 'unknown-role') return `${code} ${args.container} ${args.name}`;
  if (code === 'unknown-variable') return `${code} ${args.role ?? ''} ${args.name.text}`;
  if (code === 'unknown-name') return `${code} ${args.wanted} ${args.owner ?? ''} ${args.name.text}`;
  return code === 'not-located-here' && (args.kind === 'variable' || args.kind === 'case')
    ? `${code} ${args.here} ${args.name}`
    : undefined;
}

/**
 * The header of the family of which there may be too few members, where a greater least size mends it: that of whoever
 * needs the most mends all.
 */
function tooFew({ code, args }: Finding): FamilyHeader | undefined {
  const header =
    code === 'index-out-of-range'
      ? isBeyond(args)
        ? { ...args.header, enough: args.value + 1 }
        : args.header
      : code === 'quorum-too-large'
        ? args.header
        : code === 'self-communication'
          ? args.members?.header
          : code === 'wrong-members' && (args.kind === 'nobody' || args.kind === 'few')
            ? args.header
            : undefined;
  return header?.enough === undefined ? undefined : header;
}

/** A number that is too large for a family that always has as many members. */
function isBeyond({ header, index, value, size }: IndexOutOfRange): boolean {
  return header.size === undefined && index === String(value) && value >= size;
}

/** Whoever needs the most members of a family comes first; others stay in their order. */
function mostNeeded(one: Finding, other: Finding): number {
  return (tooFew(other)?.enough ?? 0) - (tooFew(one)?.enough ?? 0);
}

// ---- types ----

/** A place where a value does not fit; it was copied there from where other copies come from. */
interface Conflict {
  readonly finding: Mismatch;
  readonly copies: Copies;
  /** The type that the copies have, and the one that is needed; undefined where several would do. */
  readonly actual: string;
  readonly wanted: string | undefined;
  readonly read: TextRange;
}

interface WrongValue {
  readonly copies: Copies;
  readonly actual: string;
  readonly wanted: string | undefined;
  readonly conflicts: readonly Conflict[];
}

function isMismatch(each: Finding): each is Mismatch {
  return each.code === 'type-mismatch' && each.args.kind === 'demand';
}

function mismatchesIn(findings: readonly Finding[]): Mismatch[] {
  return findings.filter(isMismatch);
}

function copiesAmong(declaration: Declaration, mismatches: readonly Mismatch[]): CopiesIn | undefined {
  if (declaration.kind !== 'choreography' && declaration.kind !== 'network') return undefined;
  // What a design asks for does not keep a value from being sent.
  const places = new Set(
    mismatches.filter(({ args }) => args.demand.by !== 'design').map(({ origin }) => `${origin.start}:${origin.end}`),
  );
  return copiesIn(declaration, ({ start, end }) => places.has(`${start}:${end}`));
}

/** The copies that may be to blame for a mismatch: those of the value itself, and those of what it meets. */
function blamed(copies: CopiesIn, mismatch: Mismatch): Conflict[] {
  const {
    origin,
    args: { demand, actual, expected },
  } = mismatch;
  const found: Conflict[] = [];
  const own = copies.at(origin);
  const several =
    demand.by === 'operator' ||
    demand.by === 'overloads' ||
    demand.by === 'field' ||
    demand.by === 'call' ||
    demand.by === 'indexing' ||
    demand.by === 'value';
  const wanted = several
    ? undefined
    : demand.by === 'condition'
      ? 'bool'
      : (expected ?? ('type' in demand ? demand.type : undefined));
  if (own) found.push({ finding: mismatch, copies: own, actual, wanted, read: origin });
  const met = ['operand', 'matched', 'guard', 'variable', 'sender', 'receiver'].includes(demand.by)
    ? copies.against(origin)
    : undefined;
  if (met && 'type' in demand)
    found.push({
      finding: mismatch,
      copies: met.copies,
      actual: demand.type,
      wanted: actual,
      read: met.read ?? origin,
    });
  return found;
}

/** Values of which several copies do not fit where they are used, all in the same way. */
function wrongValues(declaration: Declaration, findings: readonly Finding[]): ReadonlyMap<string, WrongValue> {
  const mismatches = mismatchesIn(findings);
  const copies = mismatches.length < 2 ? undefined : copiesAmong(declaration, mismatches);
  if (!copies) return new Map();
  const numbers = new Map<Copies, number>();
  const keyOf = ({ copies: each, actual, wanted }: Conflict): string => {
    const number = numbers.get(each) ?? numbers.size;
    numbers.set(each, number);
    return `value ${number} ${actual} ${wanted ?? ''}`;
  };
  const candidates = new Map(mismatches.map((each) => [each, blamed(copies, each)]));
  const sizes = new Map<string, number>();
  for (const all of candidates.values())
    for (const each of all) sizes.set(keyOf(each), (sizes.get(keyOf(each)) ?? 0) + 1);
  const largest = (all: readonly Conflict[]): Conflict | undefined =>
    [...all].sort((a, b) => (sizes.get(keyOf(b)) ?? 0) - (sizes.get(keyOf(a)) ?? 0))[0];
  const values = new Map<
    string,
    { copies: Copies; actual: string; wanted: string | undefined; conflicts: Conflict[] }
  >();
  for (const all of candidates.values()) {
    const chosen = largest(all);
    if (!chosen) continue;
    // What takes several types goes with those that need one.
    const sharing =
      chosen.wanted === undefined
        ? [...candidates.values()]
            .flat()
            .filter(
              (other) => other.copies === chosen.copies && other.actual === chosen.actual && other.wanted !== undefined,
            )
        : [];
    const like = largest(sharing) ?? chosen;
    const key = keyOf(like);
    const known = values.get(key);
    if (known) known.conflicts.push(chosen);
    else values.set(key, { copies: chosen.copies, actual: chosen.actual, wanted: like.wanted, conflicts: [chosen] });
  }
  return values;
}

/** The finding at the one place that a wrong value comes from, where no use of it fits. */
function sourceOf({ copies, actual, wanted, conflicts }: WrongValue, text: string): Finding | undefined {
  const [source, second] = copies.sources;
  const [first] = conflicts;
  if (!source || second || source.written === 'result' || wanted === undefined || !first) return undefined;
  const met = new Set(conflicts.map(({ read }) => read.start));
  if (copies.reads.some(({ start }) => !met.has(start))) return undefined;
  return finding('type-mismatch', first.finding.uri, source.origin, {
    kind: 'used',
    written: source.written,
    subject: excerpt({ text }, source.origin),
    name: copies.name,
    actual,
    expected: wanted,
  });
}

/**
 * Whether messages of a kind carry what has the wrong type somewhere.
 * @param findings those of the declaration
 * @returns tells it of a kind. Cost: linear in the declaration, where a type is wrong
 */
export function carriesWrongly(
  declaration: Declaration,
  findings: readonly Finding[],
): (message: Parameters<CopiesIn['carriedBy']>[0]) => boolean {
  const mismatches = mismatchesIn(findings);
  const copies = mismatches.length === 0 ? undefined : copiesAmong(declaration, mismatches);
  if (!copies) return () => false;
  const wrong = new Set(mismatches.flatMap((each) => blamed(copies, each)).map((each) => each.copies));
  return (message) => copies.carriedBy(message).some((each) => wrong.has(each));
}
