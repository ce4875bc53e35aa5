// The parser: the tables of the grammar, compiled to closures that read tokens and build the tree that the generated
// types describe. It does what Langium's parser for the same grammar does, without a concrete tree, and goes on after
// errors.
import type { RuleName } from '../../grammar/generated/names.js';
import { endOfInput } from '../../grammar/tables.js';
import type { GrammarTables } from '../../grammar/tables.js';
import { createRules } from './rules.js';
import { Run } from './run.js';
import type { EngineResult, TokenInput, TreeNode } from './types.js';
import type { Vocabulary } from './vocabulary.js';

/**
 * Makes a parser of the tables of a grammar.
 * @returns a function that parses tokens: imports and declarations, one after the other, to the end. Parsing costs time
 *   linear in the number of tokens: a place is tried at most once in each way, and what was found there is kept
 */
export function createEngine(tables: GrammarTables, vocabulary: Vocabulary): (tokens: TokenInput) => EngineResult {
  const run = new Run(tables.nodes);
  const ruleOf = createRules(run, tables, vocabulary);
  const starting = (type: number): RuleName | undefined =>
    tables.items.find((name) => vocabulary.set(tables.rules[name].first)[type]);
  return (tokens) => {
    run.start(tokens);
    const items: TreeNode[] = [];
    while (run.types[run.position] !== endOfInput) {
      const from = run.position;
      const rule = starting(run.types[from] as number);
      const result = rule && ruleOf(rule)();
      if (typeof result === 'object') items.push(result);
      else {
        const wanted = tables.items.at(-1);
        if (!rule && wanted) run.fail({ kind: 'rule', name: wanted, within: wanted });
        run.report(from);
        // The text was cut at the words that start a declaration: nothing else can start one.
        break;
      }
    }
    return { items, problems: run.problems };
  };
}
