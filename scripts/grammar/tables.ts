// The tables of a grammar: its rules as the parser goes through them, with all sets of tokens worked out.
import { GrammarAST, GrammarUtils } from 'langium';
import type { RuleName } from '../../language/grammar/generated/names.ts';
import type {
  GrammarTables,
  LoopTable,
  NodeTable,
  PartTable,
  RuleTable,
  SequenceTable,
  SourceTable,
  StepTable,
} from '../../language/grammar/tables.ts';
import { nodeTypes } from './nodes.ts';
import type { NodeType } from './nodes.ts';
import { grammarSets } from './sets.ts';
import type { TokenSet } from './sets.ts';

/** What `language/grammar/treatment.ts` says, with any names. */
export interface TreatmentOf {
  readonly items: readonly string[];
  readonly terminals: Readonly<Record<keyof GrammarTables['terminals'], string>>;
  readonly name: string;
  readonly ident: string;
  readonly expression: string;
  readonly operand: string;
  readonly lambda: string;
  readonly weights: Readonly<Record<string, number>>;
  readonly whole: readonly string[];
  readonly headed: readonly string[];
  readonly bound: Readonly<Record<string, readonly string[]>>;
  readonly attached: readonly string[];
}

/** Where an element stands: in which rule, what that makes, and what can come after it. */
interface Context {
  readonly rule: string;
  readonly type: string;
  readonly after: TokenSet;
}

/**
 * Makes the tables of a grammar.
 * @param grammar the grammar: rules without fragments, cross-references, guards or unordered groups
 * @throws where it has what the parser does not know, or `treatment` names what it has not
 */
export function tablesOf(grammar: GrammarAST.Grammar, treatment: TreatmentOf): GrammarTables {
  const sets = grammarSets(grammar);
  const rule = (name: string): string => {
    if (!sets.rules.has(name))
      throw new Error(`language/grammar/treatment.ts names the rule \`${name}\`, which the grammar does not have.`);
    return name;
  };
  const terminal = (name: string): number => {
    const number = sets.terminals.get(name);
    if (number === undefined)
      throw new Error(`language/grammar/treatment.ts names the terminal \`${name}\`, which the grammar does not have.`);
    return number;
  };
  const sign = (text: string): number => {
    const number = sets.keywords.get(text);
    if (number === undefined)
      throw new Error(`The parser needs the keyword \`${text}\`, which the grammar does not have.`);
    return number;
  };
  for (const name of [
    ...treatment.whole,
    ...treatment.headed,
    ...Object.keys(treatment.weights),
    ...Object.keys(treatment.bound),
    ...treatment.attached,
    treatment.ident,
  ])
    rule(name);

  const lists: (readonly number[])[] = [];
  const known = new Map<string, number>();
  const setIndex = (set: TokenSet): number => {
    const numbers = [...set.keys()].filter((type) => set[type]);
    const key = numbers.join();
    let index = known.get(key);
    if (index === undefined) {
      index = lists.push(numbers) - 1;
      known.set(key, index);
    }
    return index;
  };
  const setOf = (...types: number[]): TokenSet => sets.empty.map((_, type) => Number(types.includes(type)));
  const block = setOf(sign('{'));
  const isBlock = (set: TokenSet): boolean => same(set, block);
  const notNames = sets.empty.map((_, type) =>
    Number(/^[a-z]+$/.test(sets.names[type] ?? '') && !sets.firstOf(rule(treatment.name))[type]),
  );
  const reserved = sets.empty.map((_, type) => (type < 2 ? 0 : (notNames[type] ?? 0)));
  /** The signs of `treatment.bound` that stand before something, by rule. */
  const boundHere = new Set<string>();
  const attachedHere = new Set<string>();

  /** What a rule call or a token stands for. */
  const source = (element: GrammarAST.AbstractElement): SourceTable => {
    if (GrammarAST.isRuleCall(element) && element.rule.ref && !GrammarAST.isTerminalRule(element.rule.ref))
      return { rule: element.rule.ref.name as RuleName };
    if (!GrammarAST.isKeyword(element) && !GrammarAST.isRuleCall(element) && !GrammarAST.isAlternatives(element))
      throw new Error(`The parser knows no ${element.$type} there.`);
    return { tokens: setIndex(sets.first(element)) };
  };

  const step = (element: GrammarAST.AbstractElement, context: Context): StepTable => {
    const { cardinality } = element;
    if (!cardinality) return once(element, context);
    const first = sets.first(element);
    const many = cardinality !== '?';
    const doubtful = both(first, context.after);
    return {
      kind: 'repeat',
      many,
      first: setIndex(first),
      ...(doubtful.includes(1) ? { doubtful: setIndex(doubtful) } : {}),
      step: once(element, many ? { ...context, after: union(context.after, first) } : context),
    };
  };

  const once = (element: GrammarAST.AbstractElement, context: Context): StepTable => {
    if (GrammarAST.isAction(element))
      return {
        kind: 'node',
        type: GrammarUtils.getTypeName(element),
        ...(element.feature ? { holds: element.feature } : {}),
      };
    if (GrammarAST.isAssignment(element)) {
      const { feature, operator, terminal: from } = element;
      return {
        kind: 'assign',
        feature,
        as: operator === '+=' ? 'list' : operator === '?=' ? 'flag' : 'value',
        ...source(from),
      };
    }
    if (GrammarAST.isAlternatives(element)) {
      return {
        kind: 'choose',
        choices: element.elements.map((choice) => step(choice, context)),
        firsts: element.elements.map((choice) => setIndex(sets.first(choice))),
      };
    }
    if (GrammarAST.isGroup(element)) return sequence(element, context);
    return { kind: GrammarAST.isKeyword(element) && element.value === '{' ? 'open' : 'read', ...source(element) };
  };

  const sequence = (group: GrammarAST.Group, context: Context): SequenceTable => {
    const elements = group.elements;
    const afterBrace = (i: number): boolean =>
      elements[i]?.cardinality === '*' && isBrace(elements[i - 1]) && !treatment.whole.includes(context.rule);
    const loop = elements.findIndex((_, i) => afterBrace(i));
    const body = treatment.headed.includes(context.rule)
      ? elements.findIndex((part) => !part.cardinality && isBlock(sets.first(part)))
      : -1;
    const parts = elements.map((part, i): PartTable => {
      const around = { ...context, after: sets.afterPart(group, i, context.after) };
      const stuck = attached(part, i === elements.length - 1, context.rule);
      // What starts a statement starts a line.
      const inner = stuck.attached ? { ...around, after: sets.empty } : around;
      if (afterBrace(i))
        return { ...once(part, inner), loop: loopOf(part, inner, sets.afterPart(group, i, sets.empty)) };
      const first = sets.first(part);
      const doubtful = part.cardinality === '?' && both(first, inner.after).includes(1);
      return {
        ...(doubtful ? once(part, inner) : step(part, inner)),
        ...(doubtful
          ? {
              optional: {
                doubtful: setIndex(first),
                after: mustFollow(elements.slice(i + 1)).map((next) => once(next, context)),
              },
            }
          : {}),
        ...stays(part, elements[i - 1], context.rule),
        ...stuck,
      };
    });
    return { kind: 'sequence', parts, ...(loop >= 0 ? { loopAt: loop } : {}), ...(body >= 0 ? { bodyAt: body } : {}) };
  };

  /** The keywords and names that come next in any case: looking at them costs little, whatever follows them. */
  const mustFollow = (rest: readonly GrammarAST.AbstractElement[]): readonly GrammarAST.AbstractElement[] => {
    const end = rest.findIndex(
      (part) =>
        part.cardinality ||
        !(GrammarAST.isKeyword(part) || (GrammarAST.isAssignment(part) && callee(part.terminal) === treatment.ident)),
    );
    return end === -1 ? rest : rest.slice(0, end);
  };

  const loopOf = (element: GrammarAST.AbstractElement, context: Context, stop: TokenSet): LoopTable => {
    const first = sets.first(element);
    const called = GrammarAST.isAlternatives(element) ? element.elements[0] : element;
    const wanted = called && GrammarAST.isAssignment(called) ? callee(called.terminal) : undefined;
    return {
      first: setIndex(first),
      stop: setIndex(stop),
      wanted: (wanted ?? context.rule) as RuleName,
      byWord: first.every((value, type) => !value || block[type] === 1 || reserved[type] === 1),
    };
  };

  const stays = (
    part: GrammarAST.AbstractElement,
    before: GrammarAST.AbstractElement | undefined,
    within: string,
  ): Pick<PartTable, 'stays'> => {
    const text = before && GrammarAST.isKeyword(before) ? before.value : '';
    if (!treatment.bound[within]?.includes(text)) return {};
    boundHere.add(`${within} ${text}`);
    const wanted = GrammarAST.isAssignment(part) ? callee(part.terminal) : undefined;
    return { stays: { sameLine: text === '.', wanted: (wanted ?? within) as RuleName } };
  };

  const attached = (part: GrammarAST.AbstractElement, last: boolean, within: string): Pick<PartTable, 'attached'> => {
    if (
      !treatment.attached.includes(within) ||
      !last ||
      part.cardinality !== '?' ||
      !same(sets.first(part), setOf(sign('(')))
    )
      return {};
    attachedHere.add(within);
    return { attached: true };
  };

  const ruleTable = (name: string): RuleTable => {
    const made = sets.rules.get(name);
    const first = sets.firstOf(name);
    const common = { first: setIndex(first), ...(isBlock(first) ? { braced: true as const } : {}) };
    if (made && GrammarAST.isInfixRule(made)) {
      const levels = made.operators.precedences;
      return {
        ...common,
        kind: 'infix',
        type: GrammarUtils.getTypeName(made),
        operand: source(made.call),
        operators: levels.flatMap((level, i) =>
          level.operators.map((operator) => [sign(operator.value), levels.length - i] as const),
        ),
      };
    }
    if (!made || made.fragment || made.parameters.length > 0)
      throw new Error(`The parser knows no rules such as \`${name}\`.`);
    if (GrammarUtils.isDataTypeRule(made)) return { ...common, kind: 'token' };
    const type = GrammarUtils.getTypeName(made);
    return {
      ...common,
      kind: 'node',
      type,
      weight: treatment.weights[name] ?? 1,
      body: step(made.definition, { rule: name, type, after: sets.followOf(name) }),
    };
  };

  const entry = [...sets.rules].find(([, made]) => GrammarAST.isParserRule(made) && made.entry)?.[0];
  const rules = Object.fromEntries(
    [...sets.rules.keys()].filter((name) => name !== entry).map((name) => [name, ruleTable(name)]),
  ) as Record<RuleName, RuleTable>;
  const operand = sets.followOf(rule(treatment.operand));
  const after = sets.followOf(rule(treatment.expression));
  const tables: GrammarTables = {
    tokens: sets.names,
    firstKeyword: Math.min(...sets.keywords.values()),
    terminals: {
      identifier: terminal(treatment.terminals.identifier),
      integer: terminal(treatment.terminals.integer),
      float: terminal(treatment.terminals.float),
      string: terminal(treatment.terminals.string),
    },
    signs: { openBlock: sign('{'), closeBlock: sign('}'), separator: sign(';') },
    opening: setIndex(setOf(sign('('), sign('['))),
    closing: setIndex(setOf(sign(')'), sign(']'))),
    reserved: setIndex(reserved),
    nodes: nodesOf(nodeTypes(grammar)),
    items: treatment.items.map((name) => rule(name) as RuleName),
    expression: {
      rule: treatment.expression as RuleName,
      operand: treatment.operand as RuleName,
      operators: setIndex(operand.map((value, type) => Number(value === 1 && after[type] !== 1))),
      lambda: rule(treatment.lambda) as RuleName,
      lambdaHead: headOf(rules[treatment.lambda as RuleName], treatment.lambda),
    },
    rules,
    sets: lists,
  };
  for (const [name, signs] of Object.entries(treatment.bound)) {
    for (const text of signs)
      if (!boundHere.has(`${name} ${text}`))
        throw new Error(
          `language/grammar/treatment.ts names the sign \`${text}\` in the rule \`${name}\`, where nothing stands after it.`,
        );
  }
  for (const name of treatment.attached)
    if (!attachedHere.has(name))
      throw new Error(
        `language/grammar/treatment.ts names the rule \`${name}\`, which does not end with round brackets that may be left out.`,
      );
  return tables;
}

/** All but the last part of a rule that is a row of parts. */
function headOf(table: RuleTable, name: string): readonly StepTable[] {
  if (table.kind !== 'node' || table.body.kind !== 'sequence')
    throw new Error(`The rule \`${name}\` has no head: its text is no row of parts.`);
  return table.body.parts.slice(0, -1);
}

/** The properties of each type of node that are there in any case. */
function nodesOf(types: readonly NodeType[]): Record<string, NodeTable> {
  const nodes: Record<string, NodeTable> = {};
  for (const { name, properties } of types) {
    const lists = properties.filter(({ kind }) => kind === 'list').map((property) => property.name);
    const flags = properties.filter(({ kind }) => kind === 'flag').map((property) => property.name);
    if (lists.length + flags.length > 0)
      nodes[name] = { ...(lists.length > 0 ? { lists } : {}), ...(flags.length > 0 ? { flags } : {}) };
  }
  return nodes;
}

/** The rule that an element calls. */
function callee(element: GrammarAST.AbstractElement): string | undefined {
  return GrammarAST.isRuleCall(element) && element.rule.ref && !GrammarAST.isTerminalRule(element.rule.ref)
    ? element.rule.ref.name
    : undefined;
}

function isBrace(part: GrammarAST.AbstractElement | undefined): boolean {
  if (part && GrammarAST.isAssignment(part)) return isBrace(part.terminal);
  return part !== undefined && GrammarAST.isKeyword(part) && part.value === '{';
}

function both(left: TokenSet, right: TokenSet): TokenSet {
  return left.map((value, type) => (value && right[type] ? 1 : 0));
}

function union(left: TokenSet, right: TokenSet): TokenSet {
  return left.map((value, type) => (value || right[type] ? 1 : 0));
}

function same(left: TokenSet, right: TokenSet): boolean {
  return left.every((value, type) => value === right[type]);
}
