// The steps of the tables as closures, which read tokens and build nodes. A choice is made by the first token; where
// that leaves several, they are tried in the grammar's order.
import type { RuleName } from '../../grammar/generated/names.js';
import { endOfInput } from '../../grammar/tables.js';
import type { GrammarTables, PartTable, SequenceTable, SourceTable, StepTable } from '../../grammar/tables.js';
import { unescapeString } from '../strings.js';
import { loopOf, toBody } from './recovery.js';
import type { Attempt, Run } from './run.js';
import type { Expectation, Reader, Step, TreeNode } from './types.js';
import { isOnly } from './vocabulary.js';
import type { TokenSet, Vocabulary } from './vocabulary.js';

/** The rule that a step is in. */
export interface Within {
  readonly rule: RuleName;
  /** The type of node that it makes where no step says another. */
  readonly type: string;
}

export interface Steps {
  step(table: StepTable, within: Within): Step;
  source(table: SourceTable, within: RuleName): Reader;
}

/**
 * @param ruleOf reads the text of a rule; it is asked for all rules before any is read
 * @returns what makes steps
 */
export function createSteps(
  run: Run,
  tables: GrammarTables,
  vocabulary: Vocabulary,
  ruleOf: (name: RuleName) => Reader,
): Steps {
  const { set } = vocabulary;

  /** Reads what a rule call or a token stands for. */
  function source(table: SourceTable, within: RuleName): Reader {
    if ('rule' in table) {
      const { first: index, braced } = tables.rules[table.rule];
      const first = set(index);
      const read = ruleOf(table.rule);
      const expectation: Expectation = { kind: 'rule', name: table.rule, within };
      return () => {
        if (first[run.types[run.position] as number] || (braced && run.openedAt === run.position)) return read();
        run.fail(expectation);
        return undefined;
      };
    }
    const allowed = set(table.tokens);
    const type = allowed.indexOf(1);
    const expectation: Expectation = isOnly(allowed, type)
      ? { kind: 'token', name: vocabulary.name(type), within }
      : { kind: 'rule', name: within, within };
    const isString = type === tables.terminals.string;
    return () => {
      if (!allowed[run.types[run.position] as number]) {
        run.fail(expectation);
        return undefined;
      }
      const text = run.input.texts[run.position++] as string;
      return isString ? unescapeString(text) : text;
    };
  }

  function step(table: StepTable, within: Within): Step {
    switch (table.kind) {
      case 'read':
        return reading(source(table, within.rule));
      case 'open':
        return opening(source(table, within.rule));
      case 'node':
        return making(table.type, table.holds, within.rule);
      case 'assign':
        return assigning(table, within);
      case 'choose':
        return choosing(
          table.choices.map((choice) => step(choice, within)),
          table.firsts.map(set),
          within.rule,
        );
      case 'repeat':
        return repeating(table, step(table.step, within));
      case 'sequence':
        return sequence(table, within);
    }
  }

  function reading(read: Reader): Step {
    return () => {
      const value = read();
      if (value === undefined) return false;
      if (typeof value === 'object' && run.dry === 0) run.node = value;
      return true;
    };
  }

  /** An opening brace, which may be missing where that was told. */
  function opening(read: Reader): Step {
    return () => {
      if (run.openedAt !== run.position) return read() !== undefined;
      run.openedAt = -1;
      return true;
    };
  }

  function making(type: string, holds: string | undefined, rule: RuleName): Step {
    const create = run.maker(type);
    if (holds === undefined) {
      return () => {
        if (run.dry === 0) run.node = create();
        return true;
      };
    }
    const expectation: Expectation = { kind: 'rule', name: rule, within: rule };
    return () => {
      if (run.isTooLong()) return run.failTooDeep(expectation);
      if (run.dry > 0) return true;
      const inner = run.node as TreeNode;
      if (inner.$end < 0) run.close(inner);
      run.node = create();
      run.node[holds] = inner;
      return true;
    };
  }

  function assigning(table: Extract<StepTable, { kind: 'assign' }>, { rule, type }: Within): Step {
    const { feature, as } = table;
    const read = source(table, rule);
    const create = run.maker(type);
    if (as === 'list') {
      return () => {
        const value = read();
        if (value === undefined) return false;
        if (run.dry > 0) return true;
        run.node ??= create();
        run.pushed = run.node[feature] as unknown[];
        run.pushed.push(value);
        return true;
      };
    }
    return () => {
      const value = read();
      if (value === undefined) return false;
      if (run.dry > 0) return true;
      run.node ??= create();
      run.node[feature] = as === 'flag' ? true : value;
      return true;
    };
  }

  function choosing(choices: readonly Step[], firsts: readonly TokenSet[], rule: RuleName): Step {
    const attempts = choices.map((choice) => run.attempt(choice));
    const candidates = tables.tokens.map((_, type) => attempts.filter((_attempt, i) => firsts[i]?.[type]));
    const expectation: Expectation = { kind: 'rule', name: rule, within: rule };
    return () => {
      const possible = candidates[run.types[run.position] as number] as Attempt[];
      // The last one is taken without a trial, so that its failure is told.
      const last = possible.length - 1;
      if (last < 0) return run.fail(expectation);
      const chosen = last === 0 ? possible[0] : possible.find((choice, i) => i === last || run.endOf(choice) >= 0);
      return (chosen?.steps[0] as Step)();
    };
  }

  function repeating(
    { many, first: index, doubtful: doubts }: Extract<StepTable, { kind: 'repeat' }>,
    one: Step,
  ): Step {
    const first = set(index);
    const doubtful = doubts === undefined ? undefined : set(doubts);
    const attempt = doubtful && run.attempt(one);
    return () => {
      do {
        const type = run.types[run.position] as number;
        if (!first[type]) return true;
        if (attempt && doubtful[type]) {
          const end = run.endOf(attempt);
          if (end < 0) return true;
          if (run.dry > 0) {
            run.position = end;
            continue;
          }
        }
        if (!one()) return false;
      } while (many);
      return true;
    };
  }

  function part(table: PartTable, within: Within): Step {
    const { loop, stays, attached } = table;
    const one = step(table, within);
    if (loop) {
      return loopOf(run, one, {
        first: set(loop.first),
        stop: set(loop.stop),
        reserved: set(tables.reserved),
        byWord: loop.byWord,
        signs: tables.signs,
        opening: set(tables.opening),
        closing: set(tables.closing),
        wanted: { kind: 'rule', name: loop.wanted, within: within.rule },
      });
    }
    if (attached) return () => startsLine() || one();
    if (!stays) return one;
    const { sameLine } = stays;
    const expectation: Expectation = { kind: 'rule', name: stays.wanted, within: within.rule };
    return () => (startsLine(sameLine) ? run.fail(expectation) : one());
  }

  /** Whether the next token starts a line, anywhere or no further in than what is being read. */
  function startsLine(anywhere = false): boolean {
    const column = run.input.lineStart(run.position);
    return column >= 0 && (anywhere || column <= run.input.indent(run.begin));
  }

  function sequence({ parts, loopAt: loop = -1, bodyAt: body = -1 }: SequenceTable, within: Within): Step {
    const steps = parts.map((each) => part(each, within));
    const optional = parts.map(
      (each, i) =>
        each.optional && {
          doubtful: set(each.optional.doubtful),
          attempt: run.attempt(steps[i] as Step, ...each.optional.after.map((next) => step(next, within))),
        },
    );
    // Without its name, nothing is known of it.
    const name = parts.findIndex((each) => each.kind === 'assign' && each.feature === 'name');
    const around = { signs: tables.signs, opening: set(tables.opening), closing: set(tables.closing) };
    return () => {
      for (let i = 0; i < steps.length; i++) {
        const next = steps[i] as Step;
        // What follows an optional part can start the same way: the part is taken if what follows can start after it.
        const maybe = optional[i];
        if (maybe) {
          const end = maybe.doubtful[run.types[run.position] as number] ? run.endOf(maybe.attempt) : -1;
          if (end < 0) continue;
          if (run.dry > 0) {
            run.position = end;
            continue;
          }
        }
        if (next()) continue;
        if (run.trial > 0 || run.gaveUp) return false;
        if (i > loop && loop >= 0) {
          const at = run.reached();
          run.report(run.begin);
          run.position = at;
          if (run.types[at] !== endOfInput) i = loop - 1;
          continue;
        }
        if (i > name && i <= body && toBody(run, around, i === body)) {
          i = body - 1;
          continue;
        }
        return false;
      }
      return true;
    };
  }

  return { step, source };
}
