// What the words of the language do, in two lines each, for hovers on them.
import type { Quorum } from '../ir/choreography.js';
import type { TextRange } from '../ir/expression.js';
import { scan } from '../syntax/tokens.js';
import type { FileAnalysis } from '../workspace.js';
import { actionsAt, declarationAt, processAt, statementsAt, touches } from './cursor.js';

const declarations: Readonly<Record<string, string>> = {
  choreography:
    '`choreography` says once what several roles do together.\nWhat each of them does alone is derived from it.',
  network:
    '`network` is a system of processes that are written by hand, each on its own.\nIt is explored: deadlocks, messages that nobody takes, receives that nothing comes for.',
  record:
    '`record` is a type with named fields.\nA value is made with all of them, `Point(x: 1, y: 2)`, and changed with `p with (x: 3)`.',
  enum: '`enum` is a type that is one of several cases, which may carry fields.\n`match` goes on by the case.',
  type: '`type` gives a type another name.\nBoth are the same type.',
  const:
    '`const` is a value that every role knows.\nIt is made of literals, of other constants, and of operators and functions of them.',
  function:
    '`function` computes a value of its arguments alone, at any role.\nNothing is sent, and nothing is changed.',
  extern:
    '`extern` is a function or type that the host program gives.\nThe checker knows nothing of what it returns: all outcomes are looked at.',
  import: '`import` takes declarations from another file.\nNames in braces are taken alone; without them, all are.',
};

const server =
  '`server`: this role may wait for ever, and need not be told that the conversation is over.\nWhoever waits for it still has to be answered.';

const header: Readonly<Record<string, string>> = {
  implements:
    '`implements` names the choreography that the processes are to do.\nRoles without a process here are its projections; those with one are compared with theirs.',
  sync: '`sync`: a message is sent only when its receiver takes it.\nBoth go on together.',
  fifo: '`fifo`: each pair of roles has a queue of its own for each direction, without a bound.\nNobody waits to send.',
  buffer: '`buffer n`: each queue holds at most `n` messages.\nWho finds it full waits to send.',
};

const statements: Readonly<Record<string, string>> = {
  if: '`if`: one role decides, by a value that it has.\nWho acts differently in the two branches has to learn the outcome: by `-> Role`, or by its first message there.',
  match: '`match`: one role decides by the form of a value.\nThe names of a pattern are variables of that role.',
  choice:
    '`choice at` a role: it decides, by means that are not stated here.\nThe checker looks at every branch; the others learn which by the first message that they get in it.',
  while:
    '`while`: one role decides, each time anew, whether to go round once more.\nWho takes part in the loop, or does something behind it, has to learn it.',
  rec: '`rec X { … }` is done once, and once more wherever `continue X` stands in it.\nWithout `continue`, it goes on behind the loop.',
  for: '`for` does something once for each member of a family, or for each number, in order.\nAll roles know the numbers without being told.',
  par: '`par { … } and { … }`: the branches go on at the same time, and what follows begins when all are over.\nA role in several of them is several threads; what one binds first is its own.',
  and: '`and` begins what goes on at the same time.\nBetween two roles, its messages have other labels than those beside it.',
  at: '`at` a role makes one step of several: nothing that the role does at the same time comes between.',
  continue: '`continue X` goes round the loop `rec X` again.\nNothing may follow it.',
  pick: '`pick k in Node by Client.e`: one member of a family, `Node[k]`, whose number Client computes.\nWho is told behind `->` knows it as well; the others act alike whichever is picked, or find out by their first message.',
  some: '`pick some ks in Node by Client.e`: the members of a family, `Node[ks]`, whose numbers stand in a list that Client computes; there may be none.\nWith a number in its place, `pick 3 ks in …`, there are just so many, so that a quorum of them can be waited for.',
  leave: '`leave X` goes on behind the loop `rec X`.\nNothing may follow it.',
  do: '`do` runs another choreography, with these roles in the places of its own, in their order.\nIn brackets behind a role stand its inputs; a result is taken by `Role.x = do …`.',
  return: '`return` gives the result back, at the role that the header names.\nIt stands at the end.',
  or: '`or` begins another branch of the `choice`.\nEach branch begins with a message that tells them apart.',
  else: '`else` begins what is done otherwise.\nWithout it, nothing is done then.',
  case: '`case` begins what is done for values of this form.\nThe first that fits is taken.',
  others: '`others` means all members of the family but the one that speaks.',
  until: '`a until b`: from `a` up to, and without, `b`.',
  any: '`any k` goes on with the first `k` messages that come, each of another sender.\nWhat the others send is dropped when it comes.',
  majority: '`any majority`: the messages of more than half of the senders.',
  by: '`by who` keeps who sent what came: numbers of members, or of senders as they are listed, in the order of arrival.',
};

/** Words that are names elsewhere, and where one of them stands in a quorum. */
const inQuorum = (quorum: Quorum | undefined, { start, end }: TextRange): boolean =>
  quorum !== undefined && quorum.origin.start <= start && end <= quorum.origin.end;

const actions: Readonly<Record<string, string>> = {
  ...statements,
  if: '`if` goes on by whether a condition holds, which this process knows.',
  match: '`match` goes on by the form of a value that this process has.',
  choice:
    '`choice`: the process goes one way or another, by means that are not stated here.\nThe checker looks at each.',
  while: '`while` goes round as long as a condition holds that this process knows.',
  pick: '`pick k in Node by e` goes on with the member of a family whose number was computed.\nOne that is not there is a run-time error.',
  when: '`when` depends on the number of a member, and on sizes, alone.\nSo one text is the process of all members of a family.',
  do: '`do` plays this process’s part in another network or choreography.',
  return: '`return` gives the result back.\nIt stands at the end.',
  send: '`send … to` puts a message into the queue to its receiver, and goes on.\nWith `sync` channels it waits until it is taken.',
  receive:
    '`receive … from` waits for the next message of its sender.\n`receive from p { … }` goes on by the label that comes.',
};

const arrows =
  '`->` behind a condition tells these roles the outcome: each branch begins with a message to them, `yes` or `no`, or the name of the case.\nLeave it out for roles that learn it by what they get anyway.';
const picking =
  '`->` behind `pick` tells these roles which member it is: each gets a message `picked` with the number.\nLeave out those who learn it by what they get anyway, and servers.';
const sending =
  '`-> q.x` behind `match` sends the value itself: its case is the label of the message, its fields are what it carries, and it is `x` at `q`.\nWhat the patterns take lives at both.';

/**
 * The word or arrow at an offset, and what it does; undefined where there is none, or where it is part of an
 * expression.
 * Cost: linear in the text of the declaration
 */
export function keywordAt(
  { file }: FileAnalysis,
  offset: number,
): { readonly range: TextRange; readonly markdown: string } | undefined {
  const declaration = declarationAt(file, offset) ?? file.imports.find(({ origin }) => touches(origin, offset));
  if (!declaration) return undefined;
  const { start: base } = declaration.origin;
  const tokens = scan(file.text.slice(base, declaration.origin.end)).filter(({ kind }) => kind !== 'comment');
  const at = tokens.findIndex(({ start, end }) => base + start <= offset && offset < base + end);
  const token = tokens[at];
  if (!token) return undefined;
  const range = { start: base + token.start, end: base + token.end };
  const told = (
    words: Readonly<Record<string, string>>,
  ): { readonly range: TextRange; readonly markdown: string } | undefined => {
    const markdown = Object.hasOwn(words, token.text) ? words[token.text] : undefined;
    return markdown === undefined ? undefined : { range, markdown };
  };
  if (at === 0) return told(declarations);
  if (!('kind' in declaration)) return undefined;
  if (declaration.kind === 'choreography') {
    const statement = statementsAt(declaration, offset).at(-1);
    if (
      token.text === '->' &&
      (statement?.kind === 'decision' || statement?.kind === 'while') &&
      offset < statement.head.end
    )
      return {
        range,
        markdown:
          statement.kind === 'decision' && statement.sent
            ? sending
            : statement.kind === 'decision' && statement.pick
              ? picking
              : arrows,
      };
    if (
      token.text === 'server' &&
      declaration.roles.some((role) => role.server === true && role.origin.start === range.start)
    )
      return { range, markdown: server };
    const begins = statement?.origin.start === range.start;
    const between =
      statement?.kind === 'decision'
        ? offset > statement.head.end && ['or', 'else', 'case'].includes(token.text)
        : statement?.kind === 'par' && token.text === 'and';
    const roles = ['others', 'until'].includes(token.text) && statement !== undefined;
    const quorum =
      statement?.kind === 'gather' &&
      ['any', 'majority', 'by'].includes(token.text) &&
      inQuorum(statement.quorum, range);
    const some =
      token.text === 'some' &&
      statement?.kind === 'decision' &&
      statement.pick?.many !== undefined &&
      range.end <= statement.pick.index.origin.start;
    return begins || between || roles || quorum || some || token.text === 'return' ? told(statements) : undefined;
  }
  if (declaration.kind !== 'network') return undefined;
  if (at < tokens.findIndex(({ text }) => text === '{')) return told(header);
  const process = processAt(declaration, offset);
  if (process?.server === true && process.origin.start === range.start) return { range, markdown: server };
  if (process && token.text === 'process' && range.end <= process.name.origin.start)
    return { range, markdown: '`process` is what one role of the network does alone.' };
  const action = process && actionsAt(process, offset).at(-1);
  const begins = action?.origins[0]?.start === range.start;
  const between =
    action &&
    ((['or', 'else', 'case'].includes(token.text) && ['choice', 'if', 'match', 'when'].includes(action.kind)) ||
      (token.text === 'and' && action.kind === 'par'));
  const quorum =
    action?.kind === 'gather' && ['any', 'majority', 'by'].includes(token.text) && inQuorum(action.quorum, range);
  const some = token.text === 'some' && action?.kind === 'pick' && range.end <= action.index.origin.start;
  return begins || between || quorum || some || (process && ['others', 'until', 'return'].includes(token.text))
    ? told(actions)
    : undefined;
}
