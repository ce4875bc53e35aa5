// The parser: Langium's grammar, compiled to closures that read tokens and build the tree that its generated types
// describe. (The stock parser builds a concrete tree beside it and simulates an automaton at every choice; it is kept in
// services.ts, as the oracle of the tests.) A choice is made by the first token; where that leaves several, they are tried
// in the grammar's order. A statement, case or process that can't be read is told once and left out, and all around it stays.
import { GrammarAST, GrammarUtils } from 'langium';
import type { AbstractAstReflection } from 'langium';
import { endOfInput, grammarSets, overlap } from './grammar-sets.js';
import type { TokenSet } from './grammar-sets.js';
import { plainName } from './names.js';
import { unescapeString } from './strings.js';

/** What the parser wanted: a token (by the name of its type, a keyword or a terminal) or the text of a rule. */
export interface Expectation {
  readonly kind: 'token' | 'rule';
  readonly name: string;
  /** The rule that it was wanted in. */
  readonly within: string;
}

export interface ParseProblem {
  /** The token that does not fit, or the one after the text where it is too short. */
  readonly token: number;
  /** The first token of the statement, case, process or declaration that it is in. */
  readonly begin: number;
  readonly expected: readonly Expectation[];
  /** The statement was taken to end before `token`, which begins the next one. */
  readonly cutShort: boolean;
  readonly tooDeep: boolean;
}

/** Tokens as the engine reads them. All arrays have one place more than there are tokens, for the end of input. */
export interface TokenInput {
  readonly types: Uint8Array;
  readonly texts: readonly string[];
  readonly starts: ArrayLike<number>;
  readonly ends: ArrayLike<number>;
  readonly length: number;
  /** The column of a token that is the first on its line, else -1. */
  lineStart(token: number): number;
  /** The column of the first token on a token's line. */
  indent(token: number): number;
}

export interface EngineResult {
  /** The imports and declarations that could be read, perhaps in part. */
  readonly items: readonly TreeNode[];
  readonly problems: readonly ParseProblem[];
}

/** A node of the tree; its range is that of its tokens. */
export interface TreeNode {
  readonly $type: string;
  /** Where its first token starts and its last one ends; -1 until it is whole. */
  $start: number;
  $end: number;
  [feature: string]: unknown;
}

type Step = () => boolean;
/** What a trial found: whether it fits, where its first step ended, and how far it came, for the message. */
interface Trial { readonly fits: boolean; readonly end: number; readonly far: number; readonly expected: Expectation[] }
/** What may be tried: steps one after the other, and the number that trials of it are kept under. */
interface Attempt { readonly number: number; readonly steps: readonly Step[] }
/** Reads one thing and gives its value: a node or a text; undefined when it does not fit. */
type Reader = () => TreeNode | string | undefined;

/** How many rules may be inside each other. Some three of them make one pair of brackets. */
const deepest = 500;

/** The rule of what operators stand between. */
const operandRule = 'Postfix';

/** How many tokens a chain of operators may have: it becomes a tree as deep. */
const longest = 1000;

/**
 * The signs, by rule, that what follows has to stay with: after a role's `.` it stands on the same line, after the others
 * perhaps on a line further in. So a half-typed statement does not take the next one for its rest.
 */
const bound: ReadonlyMap<string, readonly string[]> = new Map([
  ['Interaction', ['.', '->', '=', ':']], ['Located', ['.']], ['Receiver', ['.']], ['LocalAction', ['=']], ['Send', [':']],
  ['Postfix', ['.']], ['Target', ['.']],
]);

function only(set: TokenSet, type: number): boolean {
  return set[type] === 1 && set.indexOf(1) === type && set.lastIndexOf(1) === type;
}

/**
 * Compiles a grammar.
 * @param grammar the grammar: rules without fragments, cross-references, guards or unordered groups
 * @param reflection its generated reflection, which knows the lists and flags of each type of node
 * @returns the numbers of its token types and a function that parses tokens. Parsing costs time linear in the number of
 * tokens: a place is tried at most once in each way, and what was found there is kept
 */
// eslint-disable-next-line @typescript-eslint/explicit-module-boundary-types -- the functions below say theirs
export function createEngine(grammar: GrammarAST.Grammar, reflection: AbstractAstReflection) {
  const sets = grammarSets(grammar);
  const blockOpen = sets.keywords.get('{') as number;
  const blockClose = sets.keywords.get('}') as number;
  const opening = new Set(['(', '['].map((text) => sets.keywords.get(text)));
  const closing = new Set([')', ']'].map((text) => sets.keywords.get(text)));
  const semicolon = sets.keywords.get(';');
  const reserved = sets.names.map((name, type) => /^[a-z]+$/.test(name) && !sets.firstOf('Name')[type]);

  // ---- the state of one run ----
  let input: TokenInput;
  let types: Uint8Array;
  let position = 0;
  let node: TreeNode | undefined;
  let begin = 0;
  let depth = 0;
  /** Above zero while a way is tried that may turn out wrong: nothing is told, nothing is recovered. */
  let trial = 0;
  /** Above zero while only fitting counts, and no tree is built. */
  let dry = 0;
  let far = -1;
  let expected: Expectation[] = [];
  let tooDeep = false;
  /** The text nests too deep: nothing more of the declaration is read, since recovery would try each level again. */
  let gaveUp = false;
  let problems: ParseProblem[] = [];
  /** Problems up to this token have been told already. */
  let silentUntil = -1;
  /** An opening brace is missing before this token. */
  let openedAt = -1;
  let limit = -1;
  /** The list that a node was put into last. */
  let pushed: unknown[] = [];
  /** What `expected` says comes from a trial. */
  let guessed = false;
  /** What was found out by trials: each is made once at a place, so that trials in trials don't double with each level. */
  let trials = new Map<number, Trial>();

  function fail(expectation: Expectation): false {
    if (position > far || (position === far && guessed && trial === 0)) {
      far = position;
      expected = [expectation];
      guessed = trial > 0;
    } else if (position === far && trial === 0) expected.push(expectation);
    return false;
  }

  function report(from: number): void {
    const token = Math.max(far, position);
    if (token > silentUntil) {
      problems.push({ token, begin: from, expected, cutShort: token === limit, tooDeep });
      silentUntil = token;
    }
    far = -1;
    expected = [];
    tooDeep = false;
  }

  // ---- nodes ----
  /** What a rule gives where no tree is built. */
  const nothing: TreeNode = { $type: '', $start: 0, $end: 0 };
  const shapes = new Map<string, { lists: string[]; flags: string[] }>();
  function create(type: string): TreeNode {
    let shape = shapes.get(type);
    if (!shape) {
      const properties = Object.values(reflection.getTypeMetaData(type).properties);
      shape = {
        lists: properties.filter((p) => Array.isArray(p.defaultValue)).map((p) => p.name),
        flags: properties.filter((p) => p.defaultValue === false).map((p) => p.name),
      };
      shapes.set(type, shape);
    }
    const made: TreeNode = { $type: type, $start: -1, $end: -1 };
    for (const list of shape.lists) made[list] = [];
    for (const flag of shape.flags) made[flag] = false;
    return made;
  }

  function close(made: TreeNode): void {
    made.$start = input.starts[begin] as number;
    made.$end = position > 0 ? input.ends[position - 1] as number : 0;
  }

  // ---- rules ----
  interface CompiledRule { read: Reader }
  const compiled = new Map<string, CompiledRule>();

  function ruleOf(rule: GrammarAST.AbstractRule): CompiledRule {
    const known = compiled.get(rule.name);
    if (known) return known;
    const made: CompiledRule = { read: () => undefined };
    compiled.set(rule.name, made);
    if (GrammarAST.isInfixRule(rule)) made.read = infix(rule);
    else if (GrammarAST.isParserRule(rule)) made.read = sets.isToken(rule) ? tokenRule(rule) : parserRule(rule);
    if (rule.name === 'Expression') made.read = expression(made.read);
    if (rule.name === operandRule) made.read = remembered(made.read);
    return made;
  }

  function parserRule(rule: GrammarAST.ParserRule): Reader {
    const type = GrammarUtils.getTypeName(rule);
    let body: Step | undefined;
    return () => {
      body ??= step(rule.definition, { rule: rule.name, type, after: sets.followOf(rule.name) });
      if (depth >= deepest) {
        if (position > far) fail({ kind: 'rule', name: rule.name, within: rule.name });
        tooDeep = true;
        gaveUp = true;
        return undefined;
      }
      const outerNode = node;
      const outerBegin = begin;
      node = undefined;
      begin = position;
      depth++;
      const fits = body();
      depth--;
      let result: TreeNode | undefined;
      if (fits && dry > 0) result = nothing;
      else if (fits) {
        result = node ?? create(type);
        if (result.$end < 0) close(result);
      }
      node = outerNode;
      begin = outerBegin;
      return result;
    };
  }

  // Most expressions are a single operand. One is read without going down the ladder of operators; where an operator turns
  // out to follow, the ladder is taken after all, and finds its first operand read.
  let operandStart = -1;
  let operandEnd = -1;
  let operand: TreeNode | undefined;

  function remembered(read: Reader): Reader {
    return () => {
      if (position !== operandStart || !operand) return read();
      position = operandEnd;
      operandStart = -1;
      return operand;
    };
  }

  function expression(ladder: Reader): Reader {
    const first = sets.firstOf(operandRule);
    const after = sets.followOf('Expression');
    const operators = sets.followOf(operandRule).map((value, type) => (value && !after[type] ? 1 : 0));
    const lambda = sets.rules.get('Lambda');
    const firstOfLambda = sets.firstOf('Lambda');
    let head: Attempt | undefined;
    return () => {
      const type = types[position] as number;
      if (!first[type]) return ladder();
      if (firstOfLambda[type] && lambda && GrammarAST.isParserRule(lambda) && GrammarAST.isGroup(lambda.definition)) {
        const context = { rule: 'Lambda', type: 'Lambda', after: sets.followOf('Lambda') };
        head ??= attemptOf(...lambda.definition.elements.slice(0, -1).map((element) => step(element, context)));
        if (endOf(head) >= 0) return ruleOf(lambda).read();
      }
      const start = position;
      const value = ruleOf(sets.rules.get(operandRule) as GrammarAST.AbstractRule).read() as TreeNode | undefined;
      if (!value || !operators[types[position] as number]) return value;
      [operandStart, operandEnd, operand, position] = [start, position, value, start];
      return ladder();
    };
  }

  /** A rule whose text is one token. */
  function tokenRule(rule: GrammarAST.ParserRule): Reader {
    const id = sets.terminals.get('ID');
    return () => {
      const text = input.texts[position] as string;
      const value = types[position] === id ? plainName(text) : text;
      if (!sets.firstOf(rule.name)[types[position] as number]) return undefined;
      position++;
      return value;
    };
  }

  /** Operators by precedence climbing; the engine's only loop over operands. */
  function infix(rule: GrammarAST.InfixRule): Reader {
    const strength = new Map<number, number>();
    rule.operators.precedences.forEach((list, i) => {
      for (const keyword of list.operators) strength.set(sets.keywords.get(keyword.value) as number, rule.operators.precedences.length - i);
    });
    const strengths = Array.from(sets.names, (_, type) => strength.get(type) ?? 0);
    const type = GrammarUtils.getTypeName(rule);
    let operand: Reader | undefined;
    const climb = (weakest: number): TreeNode | undefined => {
      let left = operand?.() as TreeNode | undefined;
      for (;;) {
        const own = strengths[types[position] as number] as number;
        if (!left || own === 0 || own < weakest) return left;
        const operator = input.texts[position];
        position++;
        const right = climb(own + 1);
        if (!right) return undefined;
        if (position - begin > longest) {
          tooDeep = true;
          fail({ kind: 'rule', name: type, within: type });
          return undefined;
        }
        left = dry > 0 ? nothing : {
          $type: type, $start: left.$start, $end: right.$end, left, operator, right,
        };
      }
    };
    return () => {
      operand ??= call(rule.call, rule.name);
      return climb(1);
    };
  }

  // ---- elements ----
  interface Context { rule: string; type: string; after: TokenSet }

  /** Reads what a rule call or a token stands for. */
  function call(element: GrammarAST.AbstractElement, within: string): Reader {
    if (GrammarAST.isRuleCall(element)) {
      const rule = element.rule.ref as GrammarAST.AbstractRule;
      if (!GrammarAST.isTerminalRule(rule)) {
        const first = sets.firstOf(rule.name);
        const target = ruleOf(rule);
        const expectation: Expectation = { kind: 'rule', name: rule.name, within };
        const braced = only(first, blockOpen);
        return () => {
          if (first[types[position] as number] || (braced && openedAt === position)) return target.read();
          fail(expectation);
          return undefined;
        };
      }
    }
    const allowed = sets.first(element);
    const type = allowed.indexOf(1);
    const expectation: Expectation = only(allowed, type)
      ? { kind: 'token', name: sets.names[type] as string, within } : { kind: 'rule', name: within, within };
    const isString = type === sets.terminals.get('STRING');
    return () => {
      if (!allowed[types[position] as number]) {
        fail(expectation);
        return undefined;
      }
      const text = input.texts[position++] as string;
      return isString ? unescapeString(text) : text;
    };
  }

  function step(element: GrammarAST.AbstractElement, context: Context): Step {
    const { cardinality } = element;
    if (!cardinality) return once(element, context);
    const inner = cardinality === '?' ? context : { ...context, after: union(context.after, sets.first(element)) };
    return repeated(element, once(element, inner), context);
  }

  function union(left: TokenSet, right: TokenSet): TokenSet {
    return left.map((value, i) => value || (right[i] as number));
  }

  function repeated(element: GrammarAST.AbstractElement, one: Step, context: Context): Step {
    const first = sets.first(element);
    const doubtful = first.map((value, type) => (value && context.after[type] ? 1 : 0));
    const many = element.cardinality !== '?';
    const attempt = doubtful.includes(1) ? attemptOf(one) : undefined;
    return () => {
      do {
        const type = types[position] as number;
        if (!first[type]) return true;
        if (attempt && doubtful[type]) {
          const end = endOf(attempt);
          if (end < 0) return true;
          if (dry > 0) {
            position = end;
            continue;
          }
        }
        if (!one()) return false;
      } while (many);
      return true;
    };
  }

  let attempts = 0;
  function attemptOf(...steps: Step[]): Attempt {
    return { number: attempts++, steps };
  }

  /** Where the first step of an attempt ends, if all fit at the position; else -1. Nothing is changed. Cost: that of the steps, once at each position. */
  function endOf({ number, steps }: Attempt): number {
    const key = number * 2 ** 32 + position;
    let known = trials.get(key);
    if (!known) {
      const before = { position, begin, far, expected, guessed };
      [far, expected] = [-1, []];
      trial++;
      dry++;
      const [first, ...others] = steps;
      let fits = first?.() ?? true;
      const end = position;
      fits &&= others.every((s) => s());
      dry--;
      trial--;
      known = { fits, end, far, expected };
      ({ position, begin, far, expected, guessed } = before);
      trials.set(key, known);
    }
    if (known.far > far) [far, expected, guessed] = [known.far, known.expected, true];
    return known.fits ? known.end : -1;
  }

  function once(element: GrammarAST.AbstractElement, context: Context): Step {
    if (GrammarAST.isAction(element)) return action(element);
    if (GrammarAST.isAssignment(element)) return assignment(element, context);
    if (GrammarAST.isAlternatives(element)) return alternatives(element, context);
    if (GrammarAST.isGroup(element)) return group(element, context);
    const read = call(element, context.rule);
    if (GrammarAST.isKeyword(element)) return element.value === '{' ? open(read) : () => read() !== undefined;
    return () => {
      const value = read();
      if (value === undefined) return false;
      if (typeof value === 'object' && dry === 0) node = value;
      return true;
    };
  }

  /** An opening brace, which may be missing where that was told. */
  function open(read: Reader): Step {
    return () => {
      if (openedAt !== position) return read() !== undefined;
      openedAt = -1;
      return true;
    };
  }

  function action(element: GrammarAST.Action): Step {
    const type = GrammarUtils.getTypeName(element);
    const { feature } = element;
    if (!feature) {
      return () => {
        if (dry === 0) node = create(type);
        return true;
      };
    }
    return () => {
      if (position - begin > longest) {
        tooDeep = true;
        return fail({ kind: 'rule', name: type, within: type });
      }
      if (dry > 0) return true;
      const inner = node as TreeNode;
      if (inner.$end < 0) close(inner);
      node = create(type);
      node[feature] = inner;
      return true;
    };
  }

  function assignment(element: GrammarAST.Assignment, context: Context): Step {
    const read = call(element.terminal, context.rule);
    const { feature, operator } = element;
    const { type } = context;
    if (operator === '+=') {
      return () => {
        const value = read();
        if (value === undefined) return false;
        if (dry > 0) return true;
        node ??= create(type);
        pushed = node[feature] as unknown[];
        pushed.push(value);
        return true;
      };
    }
    return () => {
      const value = read();
      if (value === undefined) return false;
      if (dry > 0) return true;
      node ??= create(type);
      node[feature] = operator === '?=' ? true : value;
      return true;
    };
  }

  function alternatives(element: GrammarAST.Alternatives, context: Context): Step {
    const steps = element.elements.map((choice) => step(choice, context));
    const firsts = element.elements.map((choice) => sets.first(choice));
    const attempts = steps.map((one) => attemptOf(one));
    const candidates = Array.from(sets.names, (_, type) => attempts.filter((_attempt, i) => firsts[i]?.[type]));
    const expectation: Expectation = { kind: 'rule', name: context.rule, within: context.rule };
    return () => {
      const choices = candidates[types[position] as number] as Attempt[];
      // The last one is taken without a trial, so that its failure is told.
      const last = choices.length - 1;
      if (last < 0) return fail(expectation);
      const chosen = last === 0 ? choices[0] : choices.find((choice, i) => i === last || endOf(choice) >= 0);
      return (chosen?.steps[0] as Step)();
    };
  }

  function group(element: GrammarAST.Group, context: Context): Step {
    const parts = element.elements;
    const inners = parts.map((_, i): Context => ({ ...context, after: sets.afterPart(element, i, context.after) }));
    const doubtful = parts.map((part, i) =>
      (part.cardinality === '?' && overlap(sets.first(part), (inners[i] as Context).after) ? sets.first(part) : undefined));
    /** The keywords and names that must come after a part: looking at them costs little, whatever follows them. */
    const afterwards = parts.map((_, i) => {
      const rest = parts.slice(i + 1);
      const end = rest.findIndex((part) => part.cardinality || !(GrammarAST.isKeyword(part) || (GrammarAST.isAssignment(part) && isName(part.terminal))));
      return (end === -1 ? rest : rest.slice(0, end)).map((part) => once(part, context));
    });
    // An expression is read or not as a whole.
    const recovers = context.rule !== 'MatchExpression';
    const steps = parts.map((part, i) => {
      const inner = inners[i] as Context;
      const before = parts[i - 1];
      if (part.cardinality === '*' && isBrace(before) && recovers) {
        return recovering(part, once(part, inner), inner, sets.afterPart(element, i, sets.empty));
      }
      return attached(part, before, context.rule, doubtful[i] ? once(part, inner) : step(part, inner));
    });
    const trying = steps.map((one, i) => (doubtful[i] ? attemptOf(one, ...(afterwards[i] ?? [])) : undefined));
    const loop = !recovers ? -1 : parts.findIndex((part, i) => part.cardinality === '*' && isBrace(parts[i - 1]));
    const body = context.rule === 'Choreography' || context.rule === 'Network' || context.rule === 'Process'
      ? parts.findIndex((part) => !part.cardinality && opens(part)) : -1;
    const run = (from: number): boolean => {
      for (let i = from; i < steps.length; i++) {
        const next = steps[i] as Step;
        // What follows an optional part can start the same way: the part is taken if what follows can start after it.
        const attempt = trying[i];
        if (attempt) {
          const end = doubtful[i]?.[types[position] as number] ? endOf(attempt) : -1;
          if (end < 0) continue;
          if (dry > 0) {
            position = end;
            continue;
          }
        }
        if (next()) continue;
        if (trial > 0 || gaveUp) return false;
        if (i > loop && loop >= 0) {
          const at = Math.max(far, position);
          report(begin);
          position = at;
          if (types[at] !== endOfInput) i = loop - 1;
          continue;
        }
        if (i > 1 && i <= body && toBody(i === body)) {
          i = body - 1;
          continue;
        }
        return false;
      }
      return true;
    };
    return () => run(0);
  }

  /** A part that has to stay with the sign before it, where another line would else be taken for it. */
  function attached(part: GrammarAST.AbstractElement, before: GrammarAST.AbstractElement | undefined, rule: string, one: Step): Step {
    const sign = before && GrammarAST.isKeyword(before) ? before.value : '';
    if (!bound.get(rule)?.includes(sign)) return one;
    const wanted = GrammarAST.isAssignment(part) && GrammarAST.isRuleCall(part.terminal) ? part.terminal.rule.$refText : rule;
    const expectation: Expectation = { kind: 'rule', name: wanted, within: rule };
    return () => {
      const column = input.lineStart(position);
      if (column >= 0 && (sign === '.' || column <= input.indent(begin))) return fail(expectation);
      return one();
    };
  }

  function isName(element: GrammarAST.AbstractElement): boolean {
    return GrammarAST.isRuleCall(element) && element.rule.$refText === 'Ident';
  }

  function isBrace(part: GrammarAST.AbstractElement | undefined): boolean {
    if (part && GrammarAST.isAssignment(part)) return isBrace(part.terminal);
    return part !== undefined && GrammarAST.isKeyword(part) && part.value === '{';
  }

  function opens(part: GrammarAST.AbstractElement | undefined): boolean {
    return part !== undefined && only(sets.first(part), blockOpen);
  }

  /** After a broken head: goes to its body. False where there is none. */
  function toBody(atBody: boolean): boolean {
    const from = Math.max(far, position);
    let open = 0;
    for (let i = begin; i < from; i++) open += opening.has(types[i]) ? 1 : closing.has(types[i]) ? -1 : 0;
    let at = from;
    for (;; at++) {
      const type = types[at] as number;
      if (type === blockOpen) break;
      if (type === blockClose || type === endOfInput) return false;
      if (opening.has(type)) open++;
      if (closing.has(type)) open--;
      if (input.lineStart(at) > input.indent(begin) && open <= 0 && (atBody || at > from)) {
        openedAt = at;
        break;
      }
    }
    report(begin);
    position = at;
    return true;
  }

  // ---- recovery ----

  /** A loop between braces: what can't be read in it is told and left out. */
  function recovering(element: GrammarAST.AbstractElement, one: Step, context: Context, stop: TokenSet): Step {
    const first = sets.first(element);
    const called = GrammarAST.isAlternatives(element) ? element.elements[0] : element;
    const name = called && GrammarAST.isAssignment(called) && GrammarAST.isRuleCall(called.terminal) ? called.terminal.rule.$refText : context.rule;
    const expectation: Expectation = { kind: 'rule', name, within: context.rule };
    // Where every element starts with a reserved word, that word starts one wherever it stands.
    const byWord = first.every((value, type) => !value || type === blockOpen || reserved[type]);
    return () => {
      let last = -1;
      let list: unknown[] = [];
      for (;;) {
        const type = types[position] as number;
        if (!first[type] && (stop[type] || type === endOfInput)) return true;
        if (trial === 0) far = -1;
        const from = position;
        const outer = node;
        const told = problems.length;
        if (first[type] ? one() : fail(expectation)) {
          last = from;
          list = pushed;
          continue;
        }
        if (trial > 0 || gaveUp) return false;
        node = outer;
        // What fits nowhere may go on with a line whose start the statement before it has swallowed.
        const line = last >= 0 && far <= from && !first[type] ? swallowed(last, from, first) : -1;
        if (line >= 0) {
          list.pop();
          retry(last, line, one, told);
        } else recover(from, one, first, stop, byWord, told);
        last = -1;
      }
    };
  }

  /** The first line after the start of a statement, and up to a token, that looks like the start of another one. */
  function swallowed(from: number, to: number, first: TokenSet): number {
    const indent = input.indent(from);
    for (let i = from + 1; i <= to; i++) {
      const column = input.lineStart(i);
      if (types[i] === blockOpen) return -1;
      if (column >= 0 && column <= indent && first[types[i] as number]) return i;
    }
    return -1;
  }

  function recover(from: number, one: Step, first: TokenSet, stop: TokenSet, byWord: boolean, told: number): void {
    const at = Math.max(far, from);
    const indent = input.indent(from);
    const begins = (i: number): boolean => {
      const type = types[i] as number;
      if (!first[type] && !stop[type]) return false;
      return input.lineStart(i) >= 0 || (byWord && type !== blockOpen && reserved[type] === true) || type === blockClose;
    };
    for (let i = from + 1; i <= at && types[i] !== endOfInput; i++) {
      if (types[i] === blockOpen && i < at) {
        // The head is broken, or what follows its block: the block stays, without its head.
        report(from);
        position = i;
        return;
      }
      if (types[i] !== blockOpen && input.lineStart(i) >= 0 && input.lineStart(i) <= indent && begins(i)) {
        retry(from, i, one, told);
        return;
      }
    }
    report(from);
    let open = 0;
    for (let i = from; i < at; i++) open += opening.has(types[i]) ? 1 : closing.has(types[i]) ? -1 : 0;
    let i = Math.max(at, from + 1);
    if (at === from && types[from] === blockOpen && first[blockOpen]) i = from;
    for (;; i++) {
      const type = types[i] as number;
      if (type === endOfInput || type === blockOpen || type === blockClose) break;
      if (opening.has(type)) open++;
      if (closing.has(type)) open--;
      if (type === semicolon && open <= 0) {
        i++;
        break;
      }
      if (begins(i) && (open <= 0 || (input.lineStart(i) >= 0 && input.lineStart(i) <= indent))) break;
    }
    position = i;
  }

  /** Reads a statement again as if the text ended with its line: the next line begins one, and is not to blame. */
  function retry(from: number, line: number, one: Step, told: number): void {
    const [type, outerLimit] = [types[line] as number, limit];
    problems.length = told;
    types[line] = endOfInput;
    trials.clear();
    limit = line;
    position = from;
    far = -1;
    expected = [];
    const outer = node;
    const fits = one();
    if (!fits) {
      node = outer;
      report(from);
      position = line;
    }
    far = -1;
    types[line] = type;
    trials.clear();
    limit = outerLimit;
  }

  const item = { rules: ['Import', 'Declaration'].map((name) => sets.rules.get(name) as GrammarAST.AbstractRule) };

  /** Parses imports and declarations, one after the other, to the end of the tokens. */
  function run(tokens: TokenInput): EngineResult {
    input = tokens;
    ({ types } = tokens);
    position = 0;
    node = undefined;
    [begin, depth, trial, dry, far, silentUntil, openedAt, limit] = [0, 0, 0, 0, -1, -1, -1, -1];
    expected = [];
    tooDeep = false;
    gaveUp = false;
    problems = [];
    operandStart = -1;
    trials = new Map();
    const items: TreeNode[] = [];
    while (types[position] !== endOfInput) {
      const from = position;
      const rule = item.rules.find((r) => sets.firstOf(r.name)[types[position] as number]);
      const result = rule ? ruleOf(rule).read() : undefined;
      if (typeof result === 'object') items.push(result);
      else {
        if (!rule) fail({ kind: 'rule', name: 'Declaration', within: 'File' });
        report(from);
        // The text was cut at the words that start a declaration: nothing else can start one.
        break;
      }
    }
    return { items, problems };
  }

  return { sets, run };
}
