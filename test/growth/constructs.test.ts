// The table of constructs against the grammar: every list and every nesting that the grammar has stands in some row, at
// any length or depth.
import { GrammarAST, GrammarUtils } from 'langium';
import { describe, expect, test } from 'vitest';
import { parse } from '../../language/syntax/parse.js';
import { grammar } from '../syntax/stock-parser.js';
import { allSeries, fileOf, nested, nestings } from './constructs.js';

/**
 * What the grammar says of itself: the features that are lists, and those that lead back to the rule that they stand
 * in.
 */
function features(): { lists: Set<string>; nestings: Set<string> } {
  const rules = new Map(grammar.rules.map((rule) => [rule.name, rule]));
  const assigned: { type: string; feature: string; within: string; called: string | undefined; many: boolean }[] = [];
  const calls = new Map<string, Set<string>>();
  const note = (within: string, name: string): void => {
    calls.set(within, (calls.get(within) ?? new Set()).add(name));
  };
  const ruleOf = (element: GrammarAST.AbstractElement): string | undefined =>
    GrammarAST.isRuleCall(element) ? element.rule.$refText : undefined;
  const visit = (element: GrammarAST.AbstractElement, within: string, type: string, looping = false): string => {
    const loops = looping || element.cardinality === '*' || element.cardinality === '+';
    if (GrammarAST.isAction(element)) {
      const next = GrammarUtils.getTypeName(element);
      // What was read before becomes a part of what goes on: again and again only in a loop.
      if (element.feature && loops)
        assigned.push({ type: next, feature: element.feature, within, called: within, many: false });
      return next;
    }
    if (GrammarAST.isAssignment(element)) {
      const called = ruleOf(element.terminal);
      if (called) note(within, called);
      assigned.push({ type, feature: element.feature, within, called, many: element.operator === '+=' });
    } else if (GrammarAST.isRuleCall(element)) note(within, element.rule.$refText);
    else if (GrammarAST.isAlternatives(element)) for (const each of element.elements) visit(each, within, type, loops);
    else if (GrammarAST.isGroup(element)) {
      let current = type;
      for (const each of element.elements) current = visit(each, within, current, loops);
    }
    return type;
  };
  for (const rule of rules.values()) {
    if (GrammarAST.isParserRule(rule)) visit(rule.definition, rule.name, GrammarUtils.getTypeName(rule));
    if (GrammarAST.isInfixRule(rule)) {
      visit(rule.call, rule.name, rule.name);
      for (const feature of ['left', 'right'])
        assigned.push({ type: rule.name, feature, within: rule.name, called: rule.name, many: false });
    }
  }
  const reaches = (from: string, to: string): boolean => {
    const seen = new Set([from]);
    for (const each of seen) for (const next of calls.get(each) ?? []) seen.add(next);
    return seen.has(to);
  };
  const name = ({ type, feature }: { type: string; feature: string }): string => `${type}.${feature}`;
  return {
    lists: new Set(assigned.filter(({ many }) => many).map(name)),
    nestings: new Set(
      assigned.filter(({ called, within }) => called !== undefined && reaches(called, within)).map(name),
    ),
  };
}

/** The lists of a text with three items or more, and the features that are three times on one way from the root. */
function found(text: string): { lists: Set<string>; nestings: Set<string> } {
  const result = { lists: new Set<string>(), nestings: new Set<string>() };
  const visit = (node: unknown, above: ReadonlyMap<string, number>): void => {
    if (typeof node !== 'object' || node === null || !('$type' in node)) return;
    for (const [key, value] of Object.entries(node)) {
      if (key.startsWith('$') || typeof value !== 'object') continue;
      const feature = `${String(node.$type)}.${key}`;
      const children = (Array.isArray(value) ? value : [value]) as unknown[];
      if (children.length >= 3) result.lists.add(feature);
      const count = (above.get(feature) ?? 0) + 1;
      if (count >= 3) result.nestings.add(feature);
      const below = new Map(above).set(feature, count);
      for (const child of children) visit(child, below);
    }
  };
  const segments = parse(text);
  if (segments.length >= 3) result.lists.add('File.items');
  for (const { node } of segments) visit(node, new Map());
  return result;
}

describe('the table of constructs', () => {
  const rows = [
    ...nestings.map((row) => fileOf(row.is, nested(row, 6))),
    ...allSeries.map((row) => fileOf(row.is, row.make(6))),
  ].map(found);
  const wanted = features();
  test.each(['lists', 'nestings'] as const)('has a row for all %s of the grammar', (kind) => {
    const covered = new Set(rows.flatMap((row) => [...row[kind]]));
    expect([...wanted[kind]].filter((feature) => !covered.has(feature))).toEqual([]);
    expect(wanted[kind].size).toBeGreaterThan(20);
  });
  test('has names that are no other’s', () => {
    const names = [...nestings, ...allSeries].map(({ name }) => name);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });
});
