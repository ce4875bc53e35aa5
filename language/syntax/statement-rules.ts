// What the grammar lets through and is still no statement: a role alone, a value that goes nowhere, a block without a
// head, and anything but a variable on the left of `=`. Checked on trees without other syntax errors.
import type * as ast from '../grammar/generated/ast.js';
import type { Placed } from '../grammar/tree.js';
import { noTarget } from './targets.js';
import { foreignAdvice, isForeignStatement } from './foreign.js';
import { cut, misspelt } from './syntax-messages.js';

const notLocal =
  'What stands in `at` is one step of one role: assignments, calls of functions, `if` and `match`. Messages, loops and calls of others stand before it or behind it.';

interface Issue {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The statements of a declaration that say nothing.
 * @param node a declaration that was parsed without an error
 * @param text its text
 */
export function checkStatements(node: ast.Declaration | ast.Import, text: string): Issue[] {
  if (node.$type !== 'Choreography' && node.$type !== 'Network') return [];
  const issues: Issue[] = [];
  if (node.$type === 'Network') issues.push(...singles(node));
  const say = (at: Placed, message: string): void => {
    const start = at.$start;
    // One error a line: what follows a word that is not supported is not to blame.
    const last = issues.at(-1);
    if (last && !/[\n\r]/.test(text.slice(last.start, start))) return;
    issues.push({ message, start, end: at.$end });
  };
  const source = (at: Placed): string => cut(text.slice(at.$start, at.$end));

  const block = (statements: readonly (ast.Statement | ast.Action)[]): void => {
    statements.forEach((statement, i) => {
      one(statement, statements[i - 1]);
    });
  };
  /** Whose process, or whose `at`, it is. */
  let self: string | undefined;
  const roles = node.$type === 'Choreography' ? node.roles.map((role) => role.name.name) : [];
  const one = (statement: ast.Statement | ast.Action, before: Placed | undefined): void => {
    switch (statement.$type) {
      case 'BareBlock':
      case 'LocalBareBlock': {
        headless([statement]);
        return;
      }
      case 'LocalStep': {
        const { value } = statement;
        const role = statement.role.name.name;
        if (!value)
          say(
            statement,
            wordAlone(role, before) ??
              misspelt(role, 'choreography') ??
              `What should \`${role}\` do? A statement goes on with \`.\`, \`->\` or \`=\`, as in \`${role}.x -> Other.y\`.`,
          );
        else if (value.$type !== 'Call')
          say(
            statement,
            `The value of \`${source(statement)}\` goes nowhere: send it with \`->\`, assign it with \`=\`, or call a function.`,
          );
        return;
      }
      case 'Assignment': {
        const { value } = statement.target as ast.LocalStep;
        const role = (statement.target as ast.LocalStep).role.name.name;
        const wrong = value && noTarget(value);
        if (value && !wrong) takers(statement);
        else if (wrong) say(wrong === value ? statement.target : wrong, misfit(wrong));
        else if (roles.includes(role))
          say(
            statement.target,
            `\`${role}\` is a role; to give one of its variables a value, write \`${role}.x = …\`.`,
          );
        else
          say(
            statement.target,
            `Every variable lives at a role: write \`${roles[0] ?? 'Role'}.${role} = …\`${others(roles, (each) => `\`${each}.${role} = …\``)}.`,
          );
        return;
      }
      case 'LocalEffect': {
        const { value } = statement;
        if (value.$type === 'Call') return;
        if (value.$type === 'Field' && isSelf(value.receiver)) return say(value.receiver, ownName(value.receiver));
        const name = value.$type === 'Reference' ? value.name.name : '';
        say(
          statement,
          wordAlone(name, before) ??
            misspelt(name, 'network') ??
            `\`${source(value)}\` does nothing: send it, assign it, or call a function.`,
        );
        return;
      }
      case 'LocalAssignment': {
        const wrong = noTarget((statement.target as ast.LocalEffect).value);
        if (wrong?.$type === 'Field' && isSelf(wrong.receiver)) say(wrong, ownName(wrong.receiver));
        else if (wrong) say(wrong, misfit(wrong));
        return;
      }
      case 'If':
      case 'LocalIf':
        if (statement.$type === 'If') toldAlone(statement.tells);
        block(statement.then.statements);
        if (statement.else) block(statement.else.statements);
        if (statement.elseIf) one(statement.elseIf, undefined);
        return;
      case 'Match':
      case 'LocalMatch':
        headless(statement.broken);
        for (const each of statement.cases) block(each.body.statements);
        if (statement.else) block(statement.else.statements);
        return;
      case 'Choice':
      case 'LocalChoice':
      case 'Par':
      case 'LocalPar':
        if (statement.$type === 'Choice') toldAlone(statement.tells);
        for (const branch of statement.branches) block(branch.statements);
        return;
      case 'While':
      case 'Rec':
      case 'For':
      case 'Pick':
      case 'LocalWhile':
      case 'LocalRec':
      case 'LocalFor':
      case 'LocalPick':
        if (statement.$type === 'While' || statement.$type === 'Pick') toldAlone(statement.tells);
        block(statement.body.statements);
        return;
      case 'At':
      case 'LocalAt': {
        local(statement.body.statements);
        const outer = self;
        if (statement.$type === 'At') self = statement.role.name.name;
        block(statement.body.statements);
        self = outer;
        return;
      }
      case 'LocalWhen':
        block(statement.then.statements);
        if (statement.else) block(statement.else.statements);
        if (statement.elseWhen) one(statement.elseWhen, undefined);
        return;
      case 'Receive':
        headless(statement.broken);
        if (statement.binder) taker(statement.binder, false);
        for (const branch of statement.branches) {
          const typed = branch.binders.filter((binder) => binder.type);
          const untyped = typed.length > 0 ? branch.binders.find((binder) => !binder.type) : undefined;
          if (untyped)
            say(
              untyped,
              'Of several values either all have their types beside them or none: `label(x: int, y: string)`, `label(x, y)`.',
            );
          const [, several] = branch.binders;
          for (const binder of branch.binders) taker(binder, several !== undefined);
          const { sender } = branch;
          if (sender && statement.sender)
            say(
              sender,
              'Whom the branches are from is said behind `receive`, once for all; or there alone, and each branch says it: `receive { a from P { … } b from Q { … } }`.',
            );
          if (!sender && !statement.sender && statement.brace)
            say(
              branch.label,
              `Whom it is from is missing: \`${source(branch.label)} from Role { … }\`; or, where all are from one role, \`receive from Role { … }\`.`,
            );
          block(branch.body.statements);
        }
        if (statement.quorum && statement.brace)
          say(
            statement.quorum,
            'Of the first that come, nobody knows which label they have: a receive of several messages has one label, and no branches.',
          );
        else if (statement.brace && statement.senders[0])
          say(
            statement.senders[0],
            'Of several senders, each branch says whose message it takes: `receive { a from P { … } b from Q { … } }`.',
          );
        else if (
          (statement.quorum || statement.senders.length > 0) &&
          statement.binder &&
          !isVariable(statement.binder)
        )
          say(
            statement.binder,
            'Messages of several are kept as a list: give it a variable, without a place or a pattern.',
          );
        return;
      case 'Communication':
        if (statement.senders.length > 0 || statement.quorum) {
          const [to, other] = statement.receivers;
          if (other) say(other, 'Messages of several go to one receiver: write a statement for each.');
          else if (to?.into && !isVariable(to))
            say(to, 'Messages of several are kept as a list: give it a variable, without a place or a pattern.');
        }
        for (const receiver of statement.receivers) taker(receiver, false);
        if (statement.label?.rounds[0])
          say(
            statement.label.rounds[0],
            'The number of a round is carried without a word: write the label alone. Only in processes, what a message carries is said.',
          );
        return;
      case 'Continue':
      case 'Do':
      case 'Leave':
      case 'Send':
        return;
    }
  };
  /** What stands in a step of several, which nobody else takes part in. */
  const local = (actions: readonly ast.Action[]): void => {
    for (const action of actions) {
      switch (action.$type) {
        case 'LocalEffect':
          break;
        case 'LocalAssignment':
          if (action.call) say(action.call, notLocal);
          break;
        case 'LocalIf':
          local(action.then.statements);
          if (action.else) local(action.else.statements);
          if (action.elseIf) local([action.elseIf]);
          break;
        case 'LocalMatch':
          for (const each of action.cases) local(each.body.statements);
          if (action.else) local(action.else.statements);
          break;
        case 'LocalBareBlock':
          break;
        case 'Continue':
        case 'Do':
        case 'Leave':
        case 'LocalAt':
        case 'LocalChoice':
        case 'LocalFor':
        case 'LocalPar':
        case 'LocalPick':
        case 'LocalRec':
        case 'LocalWhen':
        case 'LocalWhile':
        case 'Receive':
        case 'Send':
          say(action, notLocal);
      }
    }
  };
  /** Who is told how it goes, and no value. */
  const toldAlone = (tells: ast.Tells | undefined): void => {
    const sent = tells?.roles.find(({ into }) => into);
    if (sent)
      say(
        sent,
        `Only a \`match\` sends the value that it decides by, whose case is the label. To tell how this goes, name the role alone: \`-> ${source(sent.role)}\`.`,
      );
  };
  const isSelf = (value: ast.Expression): boolean => value.$type === 'Reference' && value.name.name === self;
  const ownName = (role: Placed): string =>
    `What \`${source(role)}\` does stands here without its name, as all of this is its own: leave out \`${source(role)}.\`.`;
  const misfit = (value: Placed): string =>
    `Only a variable can stand on the left of \`=\`, or a pattern with brackets such as \`(x, y)\`, not \`${source(value)}\`.`;
  /** @param part it is one of several, which have no places of lists */
  const taker = (
    { into, place }: Pick<ast.Binder, 'into' | 'place'> | Pick<ast.Receiver, 'into' | 'place'>,
    part: boolean,
  ): void => {
    if (into?.$type === 'LiteralPattern')
      say(
        into,
        `A value goes into a variable, or into a pattern with brackets such as \`(x, y)\`; \`${source(into)}\` is none.`,
      );
    else if (
      place &&
      (part || into?.$type === 'TuplePattern' || (into?.$type === 'ConstructorPattern' && into.args.length > 0))
    ) {
      say(
        place,
        'A place of a list takes a whole value: take the parts into variables first, and put them into lists after.',
      );
    }
  };
  const isVariable = ({
    into,
    place,
  }: Pick<ast.Binder, 'into' | 'place'> | Pick<ast.Receiver, 'into' | 'place'>): boolean =>
    !place && into?.$type === 'ConstructorPattern' && into.args.length === 0;
  /** Who takes the results of a call beside the first. */
  const takers = ({ others: more, call }: ast.Assignment): void => {
    const [second] = more;
    if (second && !call)
      say(second, 'Only the results of a call go to several roles at once: write an assignment for each.');
    for (const other of more) {
      if (!other.into) say(other, `What takes the result is missing: \`${other.role.name.name}.x\`.`);
      else taker(other, false);
    }
  };
  const headless = (blocks: readonly Placed[]): void => {
    for (const { $type, $start } of blocks.slice(0, 1)) {
      say({ $type, $start, $end: $start + 1 }, 'A block can’t stand alone: what belongs before its `{` is missing.');
    }
  };
  const header = (all: readonly ast.Role[]): void => {
    const last = all.findLastIndex(({ type, signature }) => !type && !signature);
    all.forEach((each, i) => {
      if (!each.type && !each.signature) return;
      if (i < last) say(each, `The roles come first in a header: \`${source(each)}\` stands behind them.`);
      else if (each.server) say(each, `Only a role can be a server: \`${each.name.name}\` is given to all of them.`);
      if (each.signature) header(each.signature.roles);
    });
  };
  if (node.$type === 'Choreography') {
    header(node.roles);
    block(node.body.statements);
  } else {
    headless(node.broken);
    for (const process of node.processes) {
      self = process.name.name;
      block(process.body.statements);
    }
  }
  return issues;
}

/** `, or `B.x = …` at the other`: the same at the roles after the first, where they are few. */
function others(roles: readonly string[], write: (role: string) => string): string {
  return roles.length === 2 ? ` or ${write(roles[1] ?? '')}` : roles.length > 2 ? ', or the same at another role' : '';
}

/** A word that stands alone because what it starts is not built, or because another one was meant. */
function wordAlone(word: string, before: Placed | undefined): string | undefined {
  if (word === 'pick')
    return 'To go on with one member of a family, write `pick k in Node by Role.number { … }`; in a process, without the role. With several, by a list of their numbers, `pick some ks in …`.';
  if (word === 'at') return notLocal;
  if (word === 'by' && before?.$type === 'Communication')
    return 'Whose messages came is kept behind how many are waited for: `any 1 by who`, `any majority by who`.';
  if (/^(majority|first|all|quorum)$/.test(word) && before?.$type === 'Communication')
    return 'How many of several messages are waited for stands behind `any`: `any 2`, `any majority`. Without it, all are.';
  if (word === 'any' && before?.$type === 'Communication')
    return 'How many messages are waited for is missing: `any 2`, or `any majority`.';
  if (
    /^(els|esle|elsse|elseif|elif|elsif|otherwise)$/i.test(word) &&
    (before?.$type === 'If' || before?.$type === 'LocalIf')
  ) {
    return `\`${word}\` means nothing here; did you mean \`else\`${/if$/i.test(word) ? ' `if`' : ''}?`;
  }
  return isForeignStatement(word) ? foreignAdvice(word) : undefined;
}

/** Single roles in the header of a network: a process is enough to make one. */
function singles({ given, processes }: ast.Network): Issue[] {
  return given
    .filter(({ family, type }) => !family && !type)
    .map(({ name: { name }, $start, $end }) => ({
      message: `A network’s header says what no process says: its families, as in \`${name}[n]\`, and values that all know, as in \`rounds: int\`. ${processes.some((process) => process.name.name === name) ? `\`${name}\` has its process: leave it out here` : `For a role like \`${name}\`, write a process`}.`,
      start: $start,
      end: $end,
    }));
}
