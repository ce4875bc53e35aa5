// What the grammar says of single tokens: a number for each token type, and which types an element of the grammar can
// start with and be followed by (the FIRST and FOLLOW sets of any textbook on LL parsing).
import { GrammarAST } from 'langium';
import { endOfInput } from '../../language/grammar/tables.ts';

/** A set of token types: a 1 for each that is in it. */
export type TokenSet = Uint8Array;

type Rule = GrammarAST.ParserRule | GrammarAST.InfixRule;

export interface GrammarSets {
  readonly rules: ReadonlyMap<string, Rule>;
  /** The number of each keyword, and of each terminal that is not hidden. */
  readonly keywords: ReadonlyMap<string, number>;
  readonly terminals: ReadonlyMap<string, number>;
  /** The names of the token types, by number. */
  readonly names: readonly string[];
  readonly empty: TokenSet;
  /** The types that a text of the element can start with. */
  first(element: GrammarAST.AbstractElement): TokenSet;
  /** What can stand after a part of a group, given what stands after the group. */
  afterPart(group: GrammarAST.Group, index: number, after: TokenSet): TokenSet;
  firstOf(rule: string): TokenSet;
  followOf(rule: string): TokenSet;
}

/**
 * Numbers the token types of a grammar and computes its sets.
 * @param grammar a grammar without left recursion, fragments, cross-references and unordered groups
 */
export function grammarSets(grammar: GrammarAST.Grammar): GrammarSets {
  const keywords = new Map<string, number>();
  const terminals = new Map<string, number>();
  const names = ['end of input', 'junk'];
  const rules = new Map<string, Rule>();
  for (const rule of grammar.rules) {
    if (GrammarAST.isTerminalRule(rule)) {
      if (rule.hidden) continue;
      terminals.set(rule.name, names.length);
      names.push(rule.name);
    } else rules.set(rule.name, rule);
  }
  const number = (keyword: GrammarAST.Keyword): number => {
    let known = keywords.get(keyword.value);
    if (known === undefined) {
      known = names.length;
      names.push(keyword.value);
      keywords.set(keyword.value, known);
    }
    return known;
  };
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(collect);
    else if (typeof value === 'object' && value !== null && '$type' in value) {
      if (GrammarAST.isKeyword(value)) number(value);
      for (const [key, child] of Object.entries(value)) if (!key.startsWith('$')) collect(child);
    }
  };
  for (const rule of rules.values()) collect(GrammarAST.isInfixRule(rule) ? rule.operators : rule.definition);

  const size = names.length;
  const empty: TokenSet = new Uint8Array(size);
  const nullableRules = new Set<string>();
  const firstOfRule = new Map<string, TokenSet>([...rules.keys()].map((name) => [name, new Uint8Array(size)]));
  const followOfRule = new Map<string, TokenSet>([...rules.keys()].map((name) => [name, new Uint8Array(size)]));

  const add = (into: TokenSet, from: TokenSet): boolean => {
    let grown = false;
    for (let i = 0; i < size; i++) {
      if (from[i] && !into[i]) {
        into[i] = 1;
        grown = true;
      }
    }
    return grown;
  };
  const single = (type: number): TokenSet => {
    const set = new Uint8Array(size);
    set[type] = 1;
    return set;
  };
  const target = (call: GrammarAST.RuleCall): GrammarAST.AbstractRule => {
    if (!call.rule.ref) throw new Error(`No rule ${call.rule.$refText}`);
    return call.rule.ref;
  };

  const first = (element: GrammarAST.AbstractElement): TokenSet => {
    if (GrammarAST.isKeyword(element)) return single(number(element));
    if (GrammarAST.isRuleCall(element)) {
      const rule = target(element);
      return GrammarAST.isTerminalRule(rule)
        ? single(terminals.get(rule.name) as number)
        : (firstOfRule.get(rule.name) as TokenSet);
    }
    if (GrammarAST.isAssignment(element)) return first(element.terminal);
    const set = new Uint8Array(size);
    if (GrammarAST.isAlternatives(element)) for (const choice of element.elements) add(set, first(choice));
    if (GrammarAST.isGroup(element)) {
      for (const part of element.elements) {
        add(set, first(part));
        if (!nullable(part)) break;
      }
    }
    return set;
  };
  /** Whether no text at all can be one of the element. */
  const nullable = (element: GrammarAST.AbstractElement): boolean => {
    if (element.cardinality === '?' || element.cardinality === '*') return true;
    if (GrammarAST.isAction(element)) return true;
    if (GrammarAST.isAssignment(element)) return nullable(element.terminal);
    if (GrammarAST.isAlternatives(element)) return element.elements.some(nullable);
    if (GrammarAST.isGroup(element)) return element.elements.every(nullable);
    if (GrammarAST.isRuleCall(element)) return nullableRules.has(target(element).name);
    return false;
  };
  for (let grown = true; grown;) {
    grown = false;
    for (const [name, rule] of rules) {
      const definition = GrammarAST.isInfixRule(rule) ? rule.call : rule.definition;
      if (!nullableRules.has(name) && nullable(definition)) grown = Boolean(nullableRules.add(name));
      if (add(firstOfRule.get(name) as TokenSet, first(definition))) grown = true;
    }
  }
  // FOLLOW: every element hands what can stand after it to the rules that it calls.
  let changed = true;
  const follow = (element: GrammarAST.AbstractElement, after: TokenSet): void => {
    let next = after;
    if (element.cardinality === '*' || element.cardinality === '+') {
      next = Uint8Array.from(after);
      add(next, first(element));
    }
    if (GrammarAST.isAssignment(element)) follow(element.terminal, next);
    if (GrammarAST.isAlternatives(element)) for (const choice of element.elements) follow(choice, next);
    if (GrammarAST.isRuleCall(element)) {
      const set = followOfRule.get(target(element).name);
      if (set && add(set, next)) changed = true;
    }
    if (GrammarAST.isGroup(element)) {
      element.elements.forEach((part, i) => {
        follow(part, afterPart(element, i, next));
      });
    }
  };
  const afterPart = (group: GrammarAST.Group, index: number, after: TokenSet): TokenSet => {
    const set = new Uint8Array(size);
    for (const part of group.elements.slice(index + 1)) {
      add(set, first(part));
      if (!nullable(part)) return set;
    }
    add(set, after);
    return set;
  };
  for (const [name, rule] of rules)
    if (GrammarAST.isParserRule(rule) && rule.entry) (followOfRule.get(name) as TokenSet)[endOfInput] = 1;
  while (changed) {
    changed = false;
    for (const [name, rule] of rules) {
      const after = followOfRule.get(name) as TokenSet;
      if (GrammarAST.isInfixRule(rule)) {
        const next = Uint8Array.from(after);
        for (const list of rule.operators.precedences) for (const keyword of list.operators) next[number(keyword)] = 1;
        follow(rule.call, next);
      } else follow(rule.definition, after);
    }
  }

  return {
    rules,
    keywords,
    terminals,
    names,
    empty,
    first,
    afterPart,
    firstOf: (rule) => firstOfRule.get(rule) as TokenSet,
    followOf: (rule) => followOfRule.get(rule) as TokenSet,
  };
}
