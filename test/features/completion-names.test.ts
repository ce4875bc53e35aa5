// Completion never takes a name that somebody makes up: position by position of the grammar, and as a law over
// programs.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { AstNode } from 'langium';
import { AstUtils, GrammarAST } from 'langium';
import { describe, expect, test } from 'vitest';
import { complete } from '../../language/features/completion.js';
import type { Completion } from '../../language/features/completion.js';
import { parse } from '../../language/syntax/parse.js';
import { scan } from '../../language/syntax/tokens.js';
import { Workspace } from '../../language/workspace.js';
import { programs } from '../generators/choreographies.js';
import { anyNetwork } from '../generators/networks.js';
import { grammar } from '../syntax/stock-parser.js';
import { marked } from './marked.js';

function itemsAt(source: string): readonly Completion[] {
  const { workspace, uri, offset } = marked(source, { 'lib.chor': 'record Order { title: string }\n' });
  return complete(workspace, uri, offset).items;
}

const labels = (source: string): string[] => itemsAt(source).map((item) => item.label);

/** Types, functions and choreographies whose names begin like the words that are typed in the rows below. */
const around = `record Money { mine: int, more: string }
enum Mood { merry, moody(minutes: int) }
extern mean(m: int): int
choreography Meet(M, N) {
  M.1 -> N.x: make
}
`;
const choreography = (line: string): string =>
  `${around}choreography Main(Mia(money: int), Max, Mo) {\n  Mia.1 -> Max.many: make\n  Mia.2 -> Max.moved\n${line}\n}\n`;
const network = (line: string, head = ''): string =>
  `${around}network Net${head} {\n  process Max {\n    send 1 to Mia: make\n    send 2 to Mia: mood\n  }\n  process Mia(money: int) {\n    receive many from Max\n${line}\n  }\n}\n`;

/**
 * Every place of the grammar where a name stands, by its rule and property: whether it comes to be there, and texts
 * with the cursor behind its first letter. Each is tried as it stands, with more of the word behind the cursor, and
 * with nothing behind the line.
 */
const positions: Readonly<
  Record<string, { readonly introduces: readonly string[]; readonly refers: readonly string[] }>
> = {
  'Import.names': {
    introduces: [],
    refers: ['import { O<|> } from "./lib.chor"\n', 'import { O<|>, Other } from "./lib.chor"\n'],
  },
  'NamedType.name': {
    introduces: [],
    refers: [
      `${around}type T = M<|>\n`,
      `${around}record R { a: M<|> }\n`,
      `${around}record R { a: int, b: list<M<|> }\n`,
      `${around}enum E { a, b(c: M<|>) }\n`,
      `${around}function f(a: int, b: (int, M<|>)): int = 1\n`,
      `${around}const c: M<|> = 1\n`,
      `${around}const c: list<M<|>`,
      `${around}extern f(a: int): M<|>\n`,
      `${around}choreography C(A(a: M<|>), B) {\n}\n`,
      `${around}choreography C(A, B): M<|>`,
      `${around}choreography C(A, B): int@A, M<|>`,
      choreography('  Mia -> Max: label(M<|>'),
      choreography('  Mia -> Max: label(int, M<|>)'),
      network('    receive x: M<|> from Max'),
      network('    receive from Max {\n      make(x: M<|>) {\n      }\n    }'),
      `${around}network N {\n  process A(a: int, b: M<|>) {\n  }\n}\n`,
    ],
  },
  'Param.name': {
    introduces: [
      `${around}record R { m<|>: int }\n`,
      `${around}record R { a: list<int>, m<|> }\n`,
      `${around}record R { a: (int, int), m<|>: int }\n`,
      `${around}enum E { a(m<|>: int) }\n`,
      `${around}enum E { a(b: int, m<|>) }\n`,
      `${around}function f(m<|>: int): int = 1\n`,
      `${around}function f(a: list<int>, m<|>`,
      `${around}extern f(m<|>)\n`,
      `${around}extern f(a: (int, int), m<|>`,
      `${around}choreography C(A(m<|>: int), B) {\n}\n`,
      `${around}choreography C(A(a: int, m<|>`,
      `${around}network N {\n  process A(m<|>: int) {\n  }\n}\n`,
      `${around}network N {\n  process A(a: int, m<|>`,
    ],
    refers: [],
  },
  'Record.name': { introduces: [`${around}record M<|> { a: int }\n`, `${around}record M<|>`], refers: [] },
  'Enum.name': { introduces: [`${around}enum M<|> { a }\n`], refers: [] },
  'EnumCase.name': {
    introduces: [
      `${around}enum E { m<|> }\n`,
      `${around}enum E { a, m<|>`,
      `${around}enum E { a(b: int), m<|>(c: int) }\n`,
      `${around}enum E {\n  a,\n  m<|>\n}\n`,
    ],
    refers: [],
  },
  'TypeAlias.name': { introduces: [`${around}type M<|> = int\n`, `${around}type M<|>`], refers: [] },
  'Constant.name': { introduces: [`${around}const m<|> = 1\n`, `${around}const m<|>`], refers: [] },
  'LocalFunction.name': {
    introduces: [`${around}function m<|>(x: int): int = x\n`, `${around}function m<|>`],
    refers: [],
  },
  'ExternType.name': { introduces: [`${around}extern type M<|>\n`], refers: [] },
  'ExternFunction.name': { introduces: [`${around}extern m<|>(x: int)\n`, `${around}extern m<|>`], refers: [] },
  'Lambda.params': {
    introduces: [
      choreography('  Mia.x = map([1], m<|> => 1)'),
      choreography('  Mia.x = fold([1], 0, (m<|>, n) => 1)'),
      choreography('  Mia.x = fold([1], 0, (n, m<|>) => 1)'),
      network('    x = map([1], m<|> => 1)'),
      `${around}function f(x: list<int>): list<int> = map(x, m<|> => 1)\n`,
    ],
    refers: [],
  },
  'Postfix.name': {
    introduces: [],
    refers: [
      choreography('  Mia.Money(mine: 1, more: "x").m<|> -> Max.y'),
      `${around}function f(m: Money): int = m.m<|>\n`,
      network('    x = Money(mine: 1, more: "x").m<|>'),
    ],
  },
  'NamedArgument.name': { introduces: [], refers: [`${around}function f(o: Money): Money = o with (m<|>: 1)\n`] },
  'Named.name': {
    introduces: [],
    refers: [
      choreography('  Mia.m<|> -> Max.y'),
      choreography('  Mia.x = m<|>'),
      choreography('  if Mia.m<|> > 1 {\n  }'),
      choreography('  Mia.x = mean(m<|>)'),
      choreography('  Mia.x = 1 + m<|>'),
      choreography('  Mia.x = map([1], mo => m<|>)'),
      network('    send m<|> to Max'),
      network('    x = m<|>'),
      network('    while m<|> > 1 {\n    }'),
      network('    m<|>'),
      `${around}function f(m: int): int = m<|>ore\n`,
      `${around}function f(m: int): int = if m > 1 then m<|>e else 2\n`,
    ],
  },
  'Argument.name': {
    introduces: [],
    refers: [`${around}function f(o: int): Money = Money(m<|>: 1)\n`, choreography('  Mia.o = Money(m<|>)')],
  },
  // Who takes part: at every place where a role is meant.
  'RoleRef.name': {
    introduces: [],
    refers: [
      `${around}choreography C(A, Mia): int@M<|> {\n}\n`,
      `${around}choreography C(A, Mia): int@A, int@M<|> {\n}\n`,
      choreography('  Mia.x, M<|>'),
      choreography('  return Mia.1, M<|>'),
      choreography('  M<|>'),
      choreography('  Mia.1 -> Max.\n  M<|>'),
      choreography('  Mia.1 ->\n  M<|>'),
      choreography('  Mia.1 -> Max.x:\n  M<|>'),
      choreography('  Mia.x =\n  M<|>'),
      choreography('  Mia.1 -> M<|>'),
      choreography('  Mia.1 -> Mo.x, M<|>.y'),
      choreography('  if M<|>.money > 1 {\n  }'),
      choreography('  if Mia.money > 1, M<|>'),
      choreography('  while M<|>'),
      choreography('  match M<|>'),
      choreography('  return M<|>'),
      choreography('  if Mia.money > 1 -> M<|> {\n  }'),
      choreography('  while Mia.money > 1 -> Max, M<|>'),
      choreography('  choice at M<|>'),
      choreography('  do Meet(M<|>, Max)'),
      choreography('  Mia.x = do Meet(Max, M<|>)'),
      network('    do Meet(M<|>)'),
      network('    x = do Meet(Max, M<|>)'),
      network('    send 1 to M<|>'),
      network('    receive x from M<|>'),
      network('    receive from M<|>'),
      choreography('  for i in M<|>'),
    ],
  },
  'Told.into': {
    introduces: [
      choreography('  match Mia.money -> Max.m<|> {\n  }'),
      choreography('  match Mia.money -> Mo, Max.m<|> {\n    case 1 {\n    }\n  }'),
      choreography('  match Mia.money -> Max.m<|>'),
    ],
    refers: [],
  },
  'Family.size': {
    introduces: [`${around}choreography C(Mia[m<|>], Max) {\n}\n`, `${around}choreography C(Mia[m<|>`],
    refers: [],
  },
  'For.index': { introduces: [choreography('  for m<|> in Mia {\n  }')], refers: [] },
  'LocalFor.index': { introduces: [network('    for m<|> in Mia {\n    }')], refers: [] },
  'Pick.index': { introduces: [choreography('  pick m<|> in Mia by Max.m {\n  }')], refers: [] },
  'LocalPick.index': { introduces: [network('    pick m<|> in Mia by m {\n    }')], refers: [] },
  'Branch.index': {
    introduces: [network('    receive from Max {\n      picked[m<|> in Mia] {\n      }\n    }')],
    refers: [],
  },
  'NetworkGiven.name': {
    introduces: [`${around}network N(M<|>[n]) {\n}\n`, `${around}network N(m<|>: int) {\n}\n`],
    refers: [],
  },
  'Several.name': {
    introduces: [],
    refers: [`${around}choreography C(Max, Mia[n]) {\n  do Meet(M<|>[1 until n], Max)\n}\n`],
  },
  'Member.name': {
    introduces: [],
    refers: [`${around}choreography C(Max, Mia[n]) {\n  do Meet(M<|>[0](1), Max)\n}\n`],
  },
  'Quorum.by': {
    introduces: [
      choreography('  Mia.1, Max.2 -> Mo.x any 1 by m<|>'),
      network('    receive x from Mia, Mo any 1 by m<|>'),
    ],
    refers: [],
  },
  'ProcessMembers.index': {
    introduces: [`${around}network N(Max[n]) {\n  process Max[m<|> in 0 until n] {\n  }\n}\n`],
    refers: [],
  },
  'Choreography.name': {
    introduces: [`${around}choreography M<|>(A, B) {\n}\n`, `${around}choreography M<|>`],
    refers: [],
  },
  'Role.name': {
    introduces: [
      `${around}choreography C(M<|>, B) {\n}\n`,
      `${around}choreography C(A(a: list<int>), M<|>`,
      `${around}choreography C(A(a: (int, int)), M<|>(b: int)) {\n}\n`,
      `${around}choreography C(A, m<|>: int) {\n}\n`,
    ],
    refers: [],
  },
  'Place.name': { introduces: [`${around}choreography C(A, f: choreography(M<|>)) {\n}\n`], refers: [] },
  'ConstructorPattern.name': {
    introduces: [
      choreography('  match Mia.money { case moody(m<|>) {\n  }\n  }'),
      choreography('  match Mia.money { case (a, m<|>) {\n  }\n  }'),
      choreography('  match Mia.money { case some((1, m<|>)) {\n  }\n  }'),
      network('    match many { case some(m<|>) {\n    }\n    }'),
      `${around}function f(o: option<int>): int = match o { case some(m<|>) => 1, else => 2 }\n`,
      choreography('  Mia.(1, 2) -> Max.(m<|>, n)'),
      choreography('  Mia.(1, 2) -> Max.(n, m<|>): label'),
      choreography('  Mia.(1, 2) -> Max.((n, _), m<|>)'),
      choreography('  Mia.(1, 2) -> Mo.(n, k), Max.Money(n, m<|>)'),
      network('    receive (m<|>, x) from Max'),
      network('    receive (x, m<|>'),
      network('    receive Money(x, m<|>) from Max'),
      network('    receive from Max {\n      mood((x, m<|>), y) {\n      }\n    }'),
      network('    receive m<|> from Max'),
      network('    receive m<|>'),
      network('    receive from Max {\n      make(m<|>) {\n      }\n    }'),
      network('    receive from Max {\n      make {\n      }\n      mood(x, m<|>) {\n      }\n    }'),
      choreography('  Mia.1 -> Max.m<|>'),
      choreography('  Mia.1 -> Max.m<|>: label'),
      choreography('  Mia.1 -> Max.x, Mo.m<|>'),
      choreography('  Mia."a -> b" -> Max.m<|>\n  Max.1 -> Mia.y'),
      choreography('  Mia.1 ->\n    Max.m<|>'),
      choreography('  Mia.2 -> Max\n  Mia.mean(1) -> Max.m<|>'),
      choreography('  if Mia.money > 1 -> Max {\n    Mia.1 -> Max.m<|>\n  }'),
    ],
    refers: [
      choreography('  match Mia.money { case m<|> {\n  }\n  }'),
      network('    match many {\n      case m<|> {\n      }\n    }'),
      `${around}function f(o: Mood): int = match o { case m<|> => 1, else => 2 }\n`,
    ],
  },
  'Label.name': {
    introduces: [
      choreography('  Mia.1 -> Max.x: m<|>'),
      choreography('  Mia -> Max: m<|>'),
      choreography('  Mia -> Max: m<|>(int)'),
      choreography('  Mia.1 -> Max.x, Mo.y: m<|>'),
      network('    send 1 to Max: m<|>'),
      network('    send to Max: m<|>(int)'),
      network('    receive from Max {\n      make {\n        send to Max: m<|>\n      }\n    }'),
    ],
    refers: [network('    receive x from Max: m<|>'), network('    receive from Max: m<|>')],
  },
  'Rec.name': { introduces: [choreography('  rec M<|> {\n  }')], refers: [] },
  'Continue.name': {
    introduces: [],
    refers: [
      choreography('  rec More {\n    continue M<|>\n  }'),
      network('    rec More {\n      continue M<|>\n    }'),
    ],
  },
  'Leave.name': {
    introduces: [],
    refers: [choreography('  rec More {\n    leave M<|>\n  }'), network('    rec More {\n      leave M<|>\n    }')],
  },
  'Do.callee': {
    introduces: [],
    refers: [choreography('  do M<|>'), choreography('  Mia.x = do M<|>'), network('    do M<|>')],
  },
  'Network.name': { introduces: [`${around}network M<|> {\n}\n`, `${around}network M<|>`], refers: [] },
  'Network.choreography': {
    introduces: [],
    refers: [`${around}network N implements M<|>`, `${around}network N buffer 2 implements M<|> {\n}\n`],
  },
  'Process.name': {
    introduces: [
      `${around}network N {\n  process M<|> {\n  }\n}\n`,
      `${around}network N {\n  process A {\n  }\n  process M<|>`,
    ],
    refers: [`${around}network N implements Meet {\n  process N {\n  }\n  process m<|>`],
  },
  'Branch.label': {
    introduces: [],
    refers: [
      network('    receive from Max {\n      m<|>\n    }'),
      network('    receive from Max {\n      make {\n      }\n      m<|> {\n      }\n    }'),
    ],
  },
  'Target.name': { introduces: [], refers: [network('    Money(mine: 1, more: "x").m<|>')] },
  'LocalRec.name': { introduces: [network('    rec M<|> {\n    }')], refers: [] },
};

/** The places of the grammar that take names, as `Rule.property`. */
function namedIn(): Set<string> {
  const found = new Set<string>();
  for (const rule of grammar.rules) {
    if (rule.name === 'Ident' || !GrammarAST.isParserRule(rule)) continue;
    for (const node of AstUtils.streamAst(rule)) {
      if (
        GrammarAST.isAssignment(node) &&
        GrammarAST.isRuleCall(node.terminal) &&
        node.terminal.rule.$refText === 'Ident'
      )
        found.add(`${rule.name}.${node.feature}`);
    }
  }
  return found;
}

test('the table has every place of the grammar where a name stands', () =>
  expect(Object.keys(positions).sort()).toEqual([...namedIn()].sort()));

const before = (source: string): string => source.slice(0, source.indexOf('<|>') + 3);
/** With more of the word: a name that there is, and one that there is not. */
const longer = (source: string): string[] =>
  ['oney', 'ean', 'ake', 'zzz'].map((rest) => source.replace('<|>', `${rest}<|>`));

describe('nothing is offered where a name is made up', () => {
  const rows = Object.entries(positions).flatMap(([position, { introduces }]) =>
    introduces.map((source) => ({ position, source })),
  );
  test.each(rows)('$position: $source', ({ source }) => {
    for (const each of [source, ...longer(source)]) expect(labels(each)).toEqual([]);
    // What a lambda binds can be told by its arrow alone, and is none yet where that is still to come.
    if (!/<\|>[^\n]*=>/.test(source) || source.includes('case'))
      for (const each of [source, ...longer(source)]) expect(labels(before(each))).toEqual([]);
  });
  test.each([
    choreography('  Mia.m<|> = 1'),
    choreography('  Mia.money<|> = do Meet(Mia, Max)'),
    network('    m<|> = 1'),
    network('    many<|> = do Meet(Max)'),
    network('    x = 1\n    m<|> = 2'),
  ])('as the target of an assignment: %s', (source) => expect(labels(source)).toEqual([]));
});

describe('what there is is offered where it is meant', () => {
  const rows = Object.entries(positions).flatMap(([position, { refers }]) =>
    refers.map((source) => ({ position, source })),
  );
  test.each(rows)('$position: $source', ({ source }) => {
    const letter = source.charAt(source.indexOf('<|>') - 1).toLowerCase();
    expect(labels(source).filter((label) => label.toLowerCase().startsWith(letter))).not.toEqual([]);
  });
});

describe('nothing is offered for a word that is whole', () => {
  test.each([
    choreography('  Mia.money<|>'),
    choreography('  Mia.mean<|>'),
    choreography('  Mia.1 -> Max<|>'),
    choreography('  Mia<|>'),
    choreography('  do Meet<|>'),
    choreography('  match Mia.money { case merry<|> {\n  }\n  }'),
    choreography('  rec M {\n  continue M<|>\n}'),
    choreography('  Mia.x = money<|>'),
    choreography('  Mia.x = none<|>'),
    choreography('  Mia.o = Money(mine<|>: 1)'),
    network('    send many<|> to Max'),
    network('    send many to Max<|>'),
    network('    receive x from Max: make<|>'),
    network('    receive from Max {\n      make<|> {\n      }\n    }'),
    network('    if many > 1 {\n    } else<|>'),
    `${around}type T = Money<|>\n`,
    `${around}type T = list<|>\n`,
    `${around}record R { a: int<|> }\n`,
    `${around}function f(mine: int): int = mine<|>\n`,
    'import { Order<|> } from "./lib.chor"\n',
    'import "./lib.chor<|>"\n',
  ])('%s', (source) => expect(labels(source)).toEqual([]));
  test('but for what a keyword alone can become', () => {
    expect(labels(choreography('  if<|>'))).toEqual(['if']);
    expect(labels(network('    receive<|>'))).toEqual(['receive', 'receive from']);
    expect(labels('network<|>')).toEqual(['network', 'network implements']);
  });
  test('a name goes on to longer ones with its next letter', () => {
    expect(labels(choreography('  Mia.mo = 1\n  Mia.x = mo<|>'))).toEqual([]);
    expect(labels(choreography('  Mia.mo = 1\n  Mia.x = mon<|>'))).toContain('money');
  });
});

describe('what stands in the text at the cursor alone is not collected', () => {
  test.each([
    choreography('  Mia.quirk<|>'),
    choreography('  Mia.x = quirk<|>'),
    network('    send quirk<|> to Max'),
    network('    quirk<|>'),
    network('    receive x from Max: quirk<|>'),
    network('    receive from Max {\n      quirk<|> {\n      }\n    }'),
    choreography('  continue Quirk<|>'),
    `${around}function f(x: int): int = quirk<|>\n`,
  ])('%s', (source) => {
    const { workspace, uri, offset, text } = marked(source);
    const good = workspace.analyze(uri);
    expect(complete(workspace, uri, offset, good).items.map((i) => i.label.toLowerCase())).not.toContain('quirk');
    // Half typed before, as the last good analysis has it.
    const later = new Workspace();
    later.set(uri, `${text.slice(0, offset)}y${text.slice(offset)}`);
    expect(
      complete(later, uri, offset + 1, good).items.map((i) => i.label.toLowerCase().replace(/ .*/, '')),
    ).not.toContain('quirk');
  });
});

// ---- laws ----------------------------------------------------------------------------------------------------------

const folder = join(import.meta.dirname, '../../examples');
const examples = (readdirSync(folder, { recursive: true }) as string[])
  .filter((name) => name.endsWith('.chor'))
  .sort()
  .map((name) => readFileSync(join(folder, name), 'utf8'));

/** The offsets behind names that come to be, as the trees say. */
function introduced(text: string): Map<number, { readonly certain: boolean }> {
  const found = new Map<number, { certain: boolean }>();
  type Tree = AstNode & Readonly<Record<string, unknown>>;
  for (const { node, offset } of parse(text)) {
    const add = (ident: unknown, certain = true): void => {
      const { $end } = ident as { $end?: number };
      if ($end !== undefined) found.set(offset + $end, { certain });
    };
    const visit = (tree: Tree, parents: readonly Tree[]): void => {
      const parent = parents.at(-1);
      switch (tree.$type) {
        case 'Record':
        case 'Enum':
        case 'EnumCase':
        case 'TypeAlias':
        case 'LocalFunction':
        case 'ExternType':
        case 'ExternFunction':
        case 'Param':
        case 'Choreography':
        case 'Role':
        case 'Rec':
        case 'LocalRec':
        case 'Network':
          add(tree['name']);
          break;
        case 'Process':
          if (!parent?.['choreography']) add(tree['name']);
          break;
        case 'Receiver':
        case 'Binder': {
          const into = tree['into'] as Tree | undefined;
          if (into?.$type === 'ConstructorPattern') add(into['name']);
          break;
        }
        case 'Label':
          if (parent?.$type !== 'Receive') add(tree['name']);
          break;
        case 'Lambda':
          (tree['params'] as unknown[]).forEach((p) => {
            add(p, false);
          });
          break;
        case 'ConstructorPattern':
          if (parent?.$type === 'ConstructorPattern' || parent?.$type === 'TuplePattern') add(tree['name']);
          break;
        case 'Assignment':
        case 'LocalAssignment': {
          const names = (value: Tree, inside: boolean): void => {
            if (value.$type === 'Reference') add(value['name'], false);
            if (value.$type === 'Paren') for (const item of value['items'] as Tree[]) names(item, true);
            if (value.$type === 'Call' && inside)
              for (const arg of value['args'] as Tree[]) names(arg['value'] as Tree, true);
          };
          names((tree['target'] as Tree)['value'] as Tree, false);
          break;
        }
        default:
          break;
      }
      for (const value of Object.values(tree)) {
        for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) {
          if (typeof child === 'object' && child !== null && '$type' in child) visit(child as Tree, [...parents, tree]);
        }
      }
    };
    if (node) visit(node as unknown as Tree, []);
  }
  return found;
}

/** Whether Enter or Tab behind a whole word would leave it as it is, or turn it into another. */
function takesWord({ label, insert, kind, snippet }: Completion, word: string): boolean {
  if (kind === 'snippet') return false;
  const text = (insert ?? label).replace(/^\^/, '');
  return text === word || (snippet === true && label === word);
}

function checkEnds(text: string, uri = 'file:///law/main.chor'): void {
  const workspace = new Workspace();
  workspace.set(uri, text);
  const names = introduced(text);
  for (const token of scan(text)) {
    const { items } = complete(workspace, uri, token.end);
    const place = `${text.slice(0, token.end)}<|>`;
    if (token.kind === 'word')
      expect(
        items.filter((item) => takesWord(item, token.text.replace(/^\^/, ''))),
        place,
      ).toEqual([]);
    if (names.has(token.end)) expect(items, place).toEqual([]);
  }
}

/** The same while it is typed: with nothing behind the cursor. */
function checkTyped(text: string, at: number, uri = 'file:///law/main.chor'): void {
  const tokens = scan(text);
  const token = tokens[at % tokens.length];
  if (!token) return;
  const workspace = new Workspace();
  const good = new Workspace();
  good.set(uri, text);
  workspace.set(uri, text.slice(0, token.end));
  const { items } = complete(workspace, uri, token.end, good.analyze(uri));
  const place = `${text.slice(0, token.end)}<|>`;
  if (token.kind === 'word')
    expect(
      items.filter((item) => takesWord(item, token.text.replace(/^\^/, ''))),
      place,
    ).toEqual([]);
  if (introduced(text).get(token.end)?.certain) expect(items, place).toEqual([]);
}

describe('at the end of every token no item takes the word, and where names are made up there is none', () => {
  test('in the examples', () => {
    for (const text of examples) checkEnds(text);
  }, 120_000);
  test('in random choreographies', () => {
    fc.assert(
      fc.property(programs(), ({ text }) => {
        checkEnds(text);
      }),
      { numRuns: 10 },
    );
  }, 120_000);
  test('in random networks', () => {
    fc.assert(
      fc.property(anyNetwork(), (text) => {
        checkEnds(text);
      }),
      { numRuns: 15 },
    );
  }, 120_000);
  test('while they are typed', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          programs().map((p) => p.text),
          anyNetwork(),
          fc.constantFrom(...examples),
        ),
        fc.array(fc.nat(), { minLength: 10, maxLength: 10 }),
        (text, places) => {
          for (const at of places) checkTyped(text, at);
        },
      ),
      { numRuns: 60 },
    );
  }, 120_000);
});

describe('snippets', () => {
  const plain = (snippet: string): string =>
    snippet
      .replace(/\$\{\d+\|([^,|]*)[^}]*\}/g, '$1')
      .replace(/\$\{\d+:([^{}]*)\}/g, '$1')
      .replace(/\$\{\d+\}/g, 'x')
      .replace(/\$\d+/g, '');
  const places = [
    '<|>',
    `${around}<|>`,
    choreography('  <|>'),
    choreography('  rec X {\n    <|>\n  }'),
    network('    <|>'),
    `${around}network N implements Meet {\n  <|>\n}\n`,
  ];
  const found = places.flatMap((source) =>
    itemsAt(source)
      .filter((item) => item.kind === 'snippet')
      .map((item) => ({ source, item })),
  );
  test('are there for every construct', () => {
    expect([...new Set(found.map(({ item }) => item.label))].sort()).toEqual(
      [
        'at',
        'choice',
        'choreography',
        'const',
        'do',
        'enum',
        'extern',
        'extern type',
        'for',
        'function',
        'if',
        'import',
        'match',
        'match ->',
        'msg',
        'network',
        'network implements',
        'par',
        'pick',
        'pick some',
        'process',
        'process M',
        'process N',
        'rec',
        'receive',
        'receive from',
        'record',
        'return',
        'sel',
        'send',
        'server',
        'type',
        'when',
        'while',
      ].sort(),
    );
  });
  test.each(found.filter(({ item }) => !['do', 'return'].includes(item.label)))(
    '$item.label is Chor',
    ({ source, item }) => {
      const text = source.replace('<|>', plain(item.insert ?? item.label).replaceAll('\t', '  '));
      expect(parse(text).flatMap((segment) => segment.issues)).toEqual([]);
      if (!item.label.startsWith('process ')) expect(item.doc).toMatch(/\.$/);
    },
  );
  test('none is offered twice', () => {
    for (const source of places) expect(labels(source)).toEqual([...new Set(labels(source))]);
  });
});
