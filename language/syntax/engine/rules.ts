// The rules of the tables as readers: each reads the text of its rule and gives the node, or the text.
import type { RuleName } from '../../grammar/generated/names.js';
import type { GrammarTables, RuleTable } from '../../grammar/tables.js';
import { plainName } from '../names.js';
import { nothing } from './run.js';
import type { Attempt, Run } from './run.js';
import { createSteps } from './steps.js';
import type { Expectation, Reader, Step, TreeNode } from './types.js';
import type { TokenSet, Vocabulary } from './vocabulary.js';
import { deepestRules } from '../limits.js';

/** @returns what reads the text of a rule; nothing is made of it before a text is read */
export function createRules(run: Run, tables: GrammarTables, vocabulary: Vocabulary): (name: RuleName) => Reader {
  const readers = new Map<RuleName, Reader>();
  const steps = createSteps(run, tables, vocabulary, ruleOf);

  function ruleOf(name: RuleName): Reader {
    let reader = readers.get(name);
    if (!reader) {
      reader = reads(name, tables.rules[name]);
      if (name === tables.expression.rule) reader = expression(reader);
      if (name === tables.expression.operand) reader = remembered(reader);
      readers.set(name, reader);
    }
    return reader;
  }

  function reads(name: RuleName, table: RuleTable): Reader {
    switch (table.kind) {
      case 'token':
        return tokenRule(vocabulary.set(table.first));
      case 'node':
        return nodeRule(name, table);
      case 'infix':
        return infix(name, table);
    }
  }

  function nodeRule(name: RuleName, { type, weight, body: table }: Extract<RuleTable, { kind: 'node' }>): Reader {
    const create = run.maker(type);
    const expectation: Expectation = { kind: 'rule', name, within: name };
    let body: Step | undefined;
    return () => {
      body ??= steps.step(table, { rule: name, type });
      if (run.depth >= deepestRules) {
        if (run.position > run.far) run.fail(expectation);
        run.tooDeep = true;
        run.gaveUp = true;
        return undefined;
      }
      const { node: outerNode, begin: outerBegin } = run;
      run.node = undefined;
      run.begin = run.position;
      run.depth += weight;
      const fits = body();
      run.depth -= weight;
      let result: TreeNode | undefined;
      if (fits && run.dry > 0) result = nothing;
      else if (fits) {
        result = run.node ?? create();
        if (result.$end < 0) run.close(result);
      }
      run.node = outerNode;
      run.begin = outerBegin;
      return result;
    };
  }

  /** An operand that was read already is not read again. */
  function remembered(read: Reader): Reader {
    return () => {
      if (run.position !== run.operandStart || !run.operand) return read();
      run.position = run.operandEnd;
      run.operandStart = -1;
      return run.operand;
    };
  }

  /**
   * Most expressions are a single operand. One is read without going down the ladder of operators; where an operator
   * turns out to follow, the ladder is taken after all, and finds its first operand read.
   */
  function expression(ladder: Reader): Reader {
    const { operand, lambda, lambdaHead, operators: index } = tables.expression;
    const first = vocabulary.set(tables.rules[operand].first);
    const firstOfLambda = vocabulary.set(tables.rules[lambda].first);
    const operators = vocabulary.set(index);
    let head: Attempt | undefined;
    return () => {
      const type = run.types[run.position] as number;
      if (!first[type]) return ladder();
      if (firstOfLambda[type]) {
        head ??= run.attempt(...lambdaHead.map((table) => steps.step(table, { rule: lambda, type: lambda })));
        if (run.endOf(head) >= 0) return ruleOf(lambda)();
      }
      const start = run.position;
      const value = ruleOf(operand)() as TreeNode | undefined;
      if (!value || !operators[run.types[run.position] as number]) return value;
      run.operandStart = start;
      run.operandEnd = run.position;
      run.operand = value;
      run.position = start;
      return ladder();
    };
  }

  /** A rule whose text is one token. */
  function tokenRule(first: TokenSet): Reader {
    const { identifier } = tables.terminals;
    return () => {
      const type = run.types[run.position] as number;
      if (!first[type]) return undefined;
      const text = run.input.texts[run.position++] as string;
      return type === identifier ? plainName(text) : text;
    };
  }

  /** Operators by precedence climbing; the engine's only loop over operands. */
  function infix(name: RuleName, { type, operand: source, operators }: Extract<RuleTable, { kind: 'infix' }>): Reader {
    const strengths = tables.tokens.map(() => 0);
    for (const [operator, strength] of operators) strengths[operator] = strength;
    const expectation: Expectation = { kind: 'rule', name, within: name };
    let operand: Reader | undefined;
    const climb = (read: Reader, weakest: number): TreeNode | undefined => {
      let left = read() as TreeNode | undefined;
      for (;;) {
        const own = strengths[run.types[run.position] as number] as number;
        if (!left || own === 0 || own < weakest) return left;
        const operator = run.input.texts[run.position++];
        const right = climb(read, own + 1);
        if (!right) return undefined;
        if (run.isTooLong()) {
          run.failTooDeep(expectation);
          return undefined;
        }
        left = run.dry > 0 ? nothing : { $type: type, $start: left.$start, $end: right.$end, left, operator, right };
      }
    };
    return () => climb((operand ??= steps.source(source, name)), 1);
  }

  return ruleOf;
}
