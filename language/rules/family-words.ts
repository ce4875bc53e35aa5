// What the rules about families say of sizes and numbers, and the fix that their headers have in common.
import type { Fix, FixContext } from '../edits/fix.js';
import type { FamilyHeader } from '../findings/typing.js';
import { isMemberName } from '../families/members.js';
import { listed } from '../text/words.js';
import { writeName } from '../syntax/names.js';

type Values = readonly (readonly [string, number])[];

/** `` `n` is 1 and `i` is 0 `` */
export function sayValues(values: Values): string {
  return values.length === 0 ? 'they are' : listed(values.map(([name, value]) => `\`${name}\` is ${value}`));
}

/** That the header can ask for more members. */
export function sayLeast(header: FamilyHeader): string {
  const more = header.enough === undefined ? undefined : atLeast(header, header.enough);
  return more === undefined ? '' : ` If there are always more, say so in the header: \`${more}\`.`;
}

/** The sizes in the header with a greater least one; undefined where it is not greater, or can't be said. */
export function atLeast({ size, least: before, usual }: FamilyHeader, least: number): string | undefined {
  return size === undefined || least <= before
    ? undefined
    : `[${writeName(size)} >= ${least}${usual === undefined ? '' : ` = ${Math.max(usual, least)}`}]`;
}

/** The header with a least size with which what was found no longer happens. */
export function leastSize(header: FamilyHeader, context: Pick<FixContext, 'uri'>): Fix[] {
  return header.enough === undefined ? [] : leastFor(header, header.enough, context);
}

/** The header with a greater least size. */
export function leastFor(header: FamilyHeader, least: number, { uri }: Pick<FixContext, 'uri'>): Fix[] {
  const text = atLeast(header, least);
  return text === undefined
    ? []
    : [{ title: `At least ${least}: \`${text}\``, edits: [{ uri, ...header.at, newText: text }], preferred: true }];
}

/** Of a process that has ended without doing anything. */
export function doesNothing(role: string): string {
  return `${role} does nothing, its process ${isMemberName(role) ? 'has nothing for its number' : 'is empty'}`;
}
