// Every construct of the grammar that can be nested or repeated, as a text of any size. constructs.test.ts compares the
// table with the grammar: a rule without a row fails. Rows that refer to the row before, singly or twice, are what
// sharing costs.

/** What a piece of text is, or what it holds. */
export type Part = 'type' | 'expression' | 'pattern' | 'statements' | 'actions' | 'declarations';

/** A construct around a piece of text; `level` makes names unique. */
export interface Nesting {
  readonly name: string;
  readonly is: Part;
  readonly holds: Part;
  wrap(inner: string, level: number): string;
}

/** A construct with `size` parts, of which one may be given. */
export interface Series {
  readonly name: string;
  readonly is: Part;
  readonly holds?: Part;
  make(size: number, inner?: string): string;
}

/** The simplest text of each part. */
export const simplest: Readonly<Record<Part, string>> = {
  type: 'int',
  expression: 'x',
  pattern: '_',
  statements: 'A.x -> B.y: m',
  actions: 'send x to Q: m',
  declarations: '',
};

const nest = (name: string, is: Part, holds: Part, wrap: Nesting['wrap']): Nesting => ({ name, is, holds, wrap });
const within = (name: string, part: Part, wrap: Nesting['wrap']): Nesting => nest(name, part, part, wrap);

export const nestings: readonly Nesting[] = [
  within('list<…>', 'type', (inner) => `list<${inner}>`),
  within('map<int, …>', 'type', (inner) => `map<int, ${inner}>`),
  within('map<…, int>', 'type', (inner) => `map<${inner}, int>`),
  within('(…, int)', 'type', (inner) => `(${inner}, int)`),
  within('(…) as a type', 'type', (inner) => `(${inner})`),
  nest(
    'a type’s alias',
    'declarations',
    'type',
    (inner, level) => `type Alias${level} = ${inner}\nextern use${level}(value: Alias${level})`,
  ),
  nest('a field’s type', 'declarations', 'type', (inner, level) => `record Holder${level} { field: ${inner} }`),
  nest(
    'a case’s type',
    'declarations',
    'type',
    (inner, level) => `enum Holding${level} { held${level}(field: ${inner}), free${level} }`,
  ),
  nest('a label’s type', 'statements', 'type', (inner) => `A -> B: typed(${inner})`),
  nest(
    'a part of what is received',
    'statements',
    'pattern',
    (inner, level) => `A.(x, x) -> B.(${inner}, part${level})`,
  ),
  nest('a part of what is assigned', 'statements', 'pattern', (inner, level) => `A.(part${level}, ${inner}) = (x, x)`),
  nest(
    'a part that a process receives',
    'actions',
    'pattern',
    (inner, level) => `receive (part${level}, ${inner}) from Q: m`,
  ),
  nest('a part that a process assigns', 'actions', 'pattern', (inner, level) => `(part${level}, ${inner}) = (x, x)`),
  nest('a binder’s type', 'actions', 'type', (inner) => `receive y: ${inner} from Q: m`),

  within('(…)', 'expression', (inner) => `(${inner})`),
  within('(…, x)', 'expression', (inner) => `(${inner}, x)`),
  within('(…, …) of one', 'expression', (inner) => `(${inner}, 1)`),
  within('[…]', 'expression', (inner) => `[${inner}]`),
  within('f(…)', 'expression', (inner) => `id(${inner})`),
  within('f(value: …)', 'expression', (inner) => `id(value: ${inner})`),
  within('some(…)', 'expression', (inner) => `some(${inner})`),
  within('setOf([…])', 'expression', (inner) => `setOf([${inner}])`),
  within('mapOf([(…, 1)])', 'expression', (inner) => `mapOf([(${inner}, 1)])`),
  within('overloaded(…)', 'expression', (inner) => `max(${inner}, 1)`),
  within('- …', 'expression', (inner) => `-${inner}`),
  within('not …', 'expression', (inner) => `not ${inner}`),
  within('… + 1', 'expression', (inner) => `(${inner} + 1)`),
  within('1 + (…)', 'expression', (inner) => `1 + (${inner})`),
  within('… == 1', 'expression', (inner) => `(${inner} == 1)`),
  within('1 == (…)', 'expression', (inner) => `1 == (${inner})`),
  within('… and true', 'expression', (inner) => `(${inner}) and true`),
  within('true or (…)', 'expression', (inner) => `true or (${inner})`),
  within('if … then', 'expression', (inner) => `if ${inner} then 1 else 2`),
  within('then …', 'expression', (inner) => `if b then ${inner} else 2`),
  within('else …', 'expression', (inner) => `if b then 1 else ${inner}`),
  within('match … {}', 'expression', (inner) => `match ${inner} { case 1 => 1, else => 2 }`),
  within('case 1 => …', 'expression', (inner) => `match x { case 1 => ${inner}, else => 2 }`),
  within('else => …', 'expression', (inner) => `match x { case 1 => 1, else => ${inner} }`),
  within(
    'case name => …',
    'expression',
    (inner, level) => `match some(x) { case some(n${level}) => ${inner}, case none => 2 }`,
  ),
  within('let x = … in x', 'expression', (inner, level) => `let l${level} = ${inner} in l${level}`),
  within('let x = 1 in …', 'expression', (inner, level) => `let l${level} = 1 in ${inner}`),
  within(
    'let x = (…) in (x, x)',
    'expression',
    (inner, level) => `let l${level} = (${inner}) in (l${level}, l${level})`,
  ),
  nest('let … = o in 1', 'expression', 'pattern', (inner) => `let ${inner} = o in 1`),
  within('x => …', 'expression', (inner, level) => `p${level} => ${inner}`),
  within('(x, y) => …', 'expression', (inner, level) => `(p${level}, q${level}) => ${inner}`),
  within('map(xs, x => …)', 'expression', (inner, level) => `map(xs, p${level} => ${inner})`),
  within('….field', 'expression', (inner) => `${inner}.self`),
  within('…[0]', 'expression', (inner) => `${inner}[0]`),
  within('xs[…]', 'expression', (inner) => `xs[${inner}]`),
  within('… with (…)', 'expression', (inner) => `${inner} with (self: r)`),
  within('r with (…)', 'expression', (inner) => `r with (self: ${inner})`),
  nest('case … =>', 'expression', 'pattern', (inner) => `match o { case ${inner} => 1, else => 2 }`),

  within('some(…) as a pattern', 'pattern', (inner) => `some(${inner})`),
  within('(…, 1) as a pattern', 'pattern', (inner) => `(${inner}, 1)`),
  within('(…) as a pattern', 'pattern', (inner) => `(${inner})`),

  nest(
    'assigned …',
    'statements',
    'expression',
    (inner, level) => `A.v${level} = ${inner}\nA.v${level} -> B.v${level}`,
  ),
  nest('sent …', 'statements', 'expression', (inner, level) => `A.(${inner}) -> B.w${level}: m`),
  nest('a guard …', 'statements', 'expression', (inner) => `if A.(${inner}) -> B { A -> B: m }`),
  nest(
    'two guards …',
    'statements',
    'expression',
    (inner) => `A.x -> B.x\nif A.(${inner}), B.(${inner}) { A -> B: m }`,
  ),
  nest('an effect …', 'statements', 'expression', (inner) => `A.log(${inner})`),
  nest('an input …', 'statements', 'expression', (inner) => `do Callee(A(${inner}), B)`),
  nest('case … { }', 'statements', 'pattern', (inner) => `match A.o -> B { case ${inner} { A -> B: m } else { } }`),

  within('if { … }', 'statements', (inner) => `if A.b -> B { ${inner} }`),
  within('else { … }', 'statements', (inner) => `if A.b -> B { A -> B: m } else { ${inner} }`),
  within(
    'both branches { … }',
    'statements',
    (inner, level) => `if A.b -> B { A -> B: l${level}\n${inner} } else { A -> B: m }`,
  ),
  within(
    'untold if { … }',
    'statements',
    (inner, level) => `if A.b { A -> B: l${level}\n${inner} } else { A -> B: r${level} }`,
  ),
  within(
    'if with two guards { … }',
    'statements',
    (inner) => `A.b -> B.b\nif A.b, B.b { ${inner} } else { A -> B: m }`,
  ),
  within(
    'else if',
    'statements',
    (inner, level) => `if A.x == ${level} -> B { A -> B: m } else ${/^if\b/.test(inner) ? inner : `{ ${inner} }`}`,
  ),
  within(
    'untold else if',
    'statements',
    (inner, level) => `if A.x == ${level} { A -> B: m${level} } else ${/^if\b/.test(inner) ? inner : `{ ${inner} }`}`,
  ),
  within('case { … }', 'statements', (inner) => `match A.o -> B { case some(n) { ${inner} } case none { } }`),
  within(
    'case that is sent { … }',
    'statements',
    (inner, level) => `match A.o -> B.k { case some(n${level}) { ${inner} } case none { } }`,
  ),
  within('match … else { … }', 'statements', (inner) => `match A.x -> B { case 1 { } else { ${inner} } }`),
  within(
    'choice { … }',
    'statements',
    (inner, level) => `choice at A { A -> B: l${level}\n${inner} } or { A -> B: r${level} }`,
  ),
  within('while { … }', 'statements', (inner) => `while A.b -> B { ${inner} }`),
  within('while with two guards { … }', 'statements', (inner) => `A.b -> B.b\nwhile A.b, B.b { ${inner} }`),
  within('rec { … }', 'statements', (inner, level) => `rec L${level} { ${inner} }`),
  within(
    'rec { … continue }',
    'statements',
    (inner, level) => `rec L${level} { if A.b -> B { ${inner} } else { A -> B: m continue L${level} } }`,
  ),
  within(
    'rec around two guards',
    'statements',
    (inner, level) => `A.b -> B.b\nrec L${level} { if A.b, B.b { ${inner} } else { A -> B: m continue L${level} } }`,
  ),
  within(
    'rec { … leave }',
    'statements',
    (inner, level) => `rec L${level} { if A.b -> B { A -> B: m leave L${level} } ${inner} }`,
  ),
  within(
    'rec left from within',
    'statements',
    (inner, level) =>
      `rec L${level} { A -> B: l${level} if A.b -> B { A -> B: m ${level > 0 ? `leave L${level - 1}` : `leave L${level}`} } ${inner} } A -> B: m`,
  ),
  within(
    'untold loop',
    'statements',
    (inner, level) =>
      `rec L${level} { choice at A { A -> B: l${level}\n${inner} } or { A -> B: r${level} continue L${level} } }`,
  ),
  within('par { … } and { … }', 'statements', (inner, level) => `par { A -> B: l${level} } and { ${inner} }`),
  within(
    'threads in threads',
    'statements',
    (inner, level) => `par { A.x -> B.v${level}: l${level} } and { B.y -> A.w${level}: r${level} } and { ${inner} }`,
  ),
  within('pick k in F by A.x { … }', 'statements', (inner, level) => `pick k${level} in F by A.x { ${inner} }`),
  within(
    'pick some k in F by A.x { … }',
    'statements',
    (inner, level) => `pick some k${level} in F by A.x { ${inner} }`,
  ),
  within('par i { … }', 'statements', (inner, level) => `par k${level} in 0 until 2 { ${inner} }`),
  nest('at A { … }', 'statements', 'expression', (inner) => `at A { if b { x = ${inner} } else { x = 1 } }`),
  within('for { … }', 'statements', (inner, level) => `for k${level} in 0 until 2 { ${inner} }`),
  nest('… any 1', 'statements', 'expression', (inner, level) => `A.(${inner}), B.(1) -> C.g${level} any 1`),
  within('bare { … }', 'statements', (inner) => `{ ${inner} }`),
  within('match { bare { … } }', 'statements', (inner) => `match A.x { { ${inner} } }`),

  nest(
    'assigned … in a process',
    'actions',
    'expression',
    (inner, level) => `v${level} = ${inner}\nsend v${level} to Q: m`,
  ),
  nest('sent … in a process', 'actions', 'expression', (inner) => `send ${inner} to Q: m`),
  nest(
    'a guard … in a process',
    'actions',
    'expression',
    (inner) => `if ${inner} { send to Q: m } else { send to Q: n }`,
  ),
  nest('a target[…]', 'actions', 'expression', (inner) => `xs[${inner}] = 1`),
  nest(
    'case … { } in a process',
    'actions',
    'pattern',
    (inner) => `match o { case ${inner} { send to Q: m } else { } }`,
  ),
  within('process if { … }', 'actions', (inner) => `if b { ${inner} }`),
  within('process else { … }', 'actions', (inner) => `if b { send to Q: m } else { ${inner} }`),
  within(
    'process else if',
    'actions',
    (inner, level) => `if x == ${level} { send to Q: m } else ${/^if\b/.test(inner) ? inner : `{ ${inner} }`}`,
  ),
  within('process case { … }', 'actions', (inner) => `match o { case some(n) { ${inner} } case none { } }`),
  within('process match … else { … }', 'actions', (inner) => `match x { case 1 { } else { ${inner} } }`),
  within(
    'process choice { … }',
    'actions',
    (inner, level) => `choice { send to Q: l${level}\n${inner} } or { send to Q: r${level} }`,
  ),
  within('process while { … }', 'actions', (inner) => `while b { ${inner} }`),
  within('process rec { … }', 'actions', (inner, level) => `rec L${level} { ${inner} }`),
  within(
    'process rec { … continue }',
    'actions',
    (inner, level) => `rec L${level} { if b { ${inner} } else { send to Q: m continue L${level} } }`,
  ),
  within(
    'process rec { … leave }',
    'actions',
    (inner, level) => `rec L${level} { if b { send to Q: m leave L${level} } ${inner} }`,
  ),
  within('process par { … } and { … }', 'actions', (inner, level) => `par { send to Q: l${level} } and { ${inner} }`),
  within('process pick k in F by x { … }', 'actions', (inner, level) => `pick k${level} in F by x { ${inner} }`),
  within('process par i { … }', 'actions', (inner, level) => `par k${level} in 0 until 2 { ${inner} }`),
  within('at { … }', 'actions', (inner) => `at { if b { ${inner} } }`),
  within('process for { … }', 'actions', (inner, level) => `for k${level} in 0 until 2 { ${inner} }`),
  within('process when { … }', 'actions', (inner, level) => `when ${level} > 0 { ${inner} }`),
  within(
    'process when { } else { … }',
    'actions',
    (inner, level) => `when ${level} > 0 { send to Q: m } else { ${inner} }`,
  ),
  within(
    'process else when',
    'actions',
    (inner, level) => `when ${level} > 0 { send to Q: m } else ${/^when\b/.test(inner) ? inner : `{ ${inner} }`}`,
  ),
  within('receive { … }', 'actions', (inner, level) => `receive from Q { no${level} {} yes${level} { ${inner} } }`),
  within(
    'receive x from { … }',
    'actions',
    (inner, level) => `receive x from Q { yes${level}(_: int, _: int) { ${inner} } }`,
  ),
  within('process bare { … }', 'actions', (inner) => `{ ${inner} }`),
  within('process match { bare { … } }', 'actions', (inner) => `match x { { ${inner} } }`),
  within('receive { bare { … } }', 'actions', (inner) => `receive from Q { { ${inner} } }`),
];

const numbered = (size: number, item: (i: number) => string, between = '\n'): string =>
  Array.from({ length: size }, (_, i) => item(i)).join(between);
const first =
  (inner: string, simple: string) =>
  (i: number): string =>
    i === 0 ? inner : simple;
const series = (name: string, is: Part, make: Series['make'], holds?: Part): Series => ({ name, is, make, holds });

export const lists: readonly Series[] = [
  series('a type’s arguments', 'type', (n, inner = 'int') => `list<${numbered(n, first(inner, 'int'), ', ')}>`, 'type'),
  series('a tuple’s types', 'type', (n, inner = 'int') => `(${numbered(n, first(inner, 'int'), ', ')})`, 'type'),
  series(
    'a label’s types',
    'statements',
    (n, inner = 'int') => `A -> B: typed(${numbered(n, first(inner, 'int'), ', ')})`,
    'type',
  ),

  series('items', 'expression', (n, inner = 'x') => `[${numbered(n, first(inner, 'x'), ', ')}]`, 'expression'),
  series('a tuple', 'expression', (n, inner = 'x') => `(${numbered(n, first(inner, 'x'), ', ')})`, 'expression'),
  series('arguments', 'expression', (n, inner = 'x') => `id(${numbered(n, first(inner, 'x'), ', ')})`, 'expression'),
  series(
    'named arguments',
    'expression',
    (n, inner = 'x') => `id(${numbered(n, (i) => `a${i}: ${i === 0 ? inner : 'x'}`, ', ')})`,
    'expression',
  ),
  series(
    'updates',
    'expression',
    (n, inner = 'x') => `r with (${numbered(n, (i) => `self: ${i === 0 ? inner : 'r'}`, ', ')})`,
    'expression',
  ),
  series(
    'an operator’s chain',
    'expression',
    (n, inner = 'x') => numbered(n, first(`(${inner})`, 'x'), ' + '),
    'expression',
  ),
  series(
    'operators in turn',
    'expression',
    (n, inner = 'x') => `(${inner})${numbered(n, (i) => ['+ x', '* x', '- x', '/ x'][i % 4] as string, ' ')}`,
    'expression',
  ),
  series(
    'a chain of or',
    'expression',
    (n, inner = 'b') => numbered(n, first(`(${inner})`, 'b'), ' or '),
    'expression',
  ),
  series(
    'a chain of and',
    'expression',
    (n, inner = 'b') => numbered(n, first(`(${inner})`, 'b'), ' and '),
    'expression',
  ),
  series('a chain of fields', 'expression', (n) => `r${'.self'.repeat(n)}`),
  series('a chain of indices', 'expression', (n) => `xs${'[0]'.repeat(n)}`),
  series('a chain of updates', 'expression', (n) => `r${' with (self: r)'.repeat(n)}`),
  series(
    'else if as an expression',
    'expression',
    (n) => `${numbered(n, (i) => `if x == ${i} then ${i} else`, ' ')} 0`,
  ),
  series(
    'a lambda’s parameters',
    'expression',
    (n, inner = 'x') => `(${numbered(n, (i) => `p${i}`, ', ')}) => ${inner}`,
    'expression',
  ),
  series(
    'arms',
    'expression',
    (n, inner = 'x') => `match x { ${numbered(n, (i) => `case ${i} => ${i === 0 ? inner : 'x'}`, ', ')}, else => x }`,
    'expression',
  ),
  series('a pattern’s items', 'pattern', (n, inner = '_') => `(${numbered(n, first(inner, '_'), ', ')})`, 'pattern'),
  series(
    'a pattern’s arguments',
    'pattern',
    (n, inner = '_') => `some(${numbered(n, first(inner, '_'), ', ')})`,
    'pattern',
  ),

  series(
    'communications',
    'statements',
    (n, inner = '') => `${inner}\n${numbered(n, (i) => `A.x -> B.y: l${i}`)}`,
    'statements',
  ),
  series(
    'communications in a branch',
    'statements',
    (n, inner = '') => `if A.b -> B { ${inner}\n${numbered(n, (i) => `A.x -> B.y: l${i}`)} }`,
    'statements',
  ),
  series('assignments', 'statements', (n) => numbered(n, (i) => `A.v${i} = x\nA.v${i} -> B.v${i}`)),
  series('effects', 'statements', (n) => numbered(n, () => 'A.log(x)')),
  series(
    'senders',
    'statements',
    (n, inner = 'x') => `${numbered(n, (i) => `A.${i === 0 ? inner : 'x'}`, ', ')} -> B.got: m`,
    'expression',
  ),
  series('senders of a receive', 'actions', (n) => `receive got from ${numbered(n, () => 'Q', ', ')} any 1: m`),
  series(
    'branches of a par',
    'statements',
    (n) => `par ${numbered(n, (i) => `{ A.x -> B.v${i}: l${i}\nB.v${i} -> A.w${i}: r${i} }`, ' and ')}`,
  ),
  series(
    'branches of one member each',
    'declarations',
    (n) =>
      `choreography G(A, Node[k >= ${n + 1}]) { par ${numbered(n, (i) => `{ A.${i} -> Node[k - ${i + 1}].x }`, ' and ')} }`,
  ),
  series('pars', 'statements', (n) => numbered(n, (i) => `par { A.x -> B.v${i} } and { B.y -> A.w${i} }`)),
  series('steps in one', 'statements', (n) => `at A { ${numbered(n, (i) => `x${i} = x + ${i}`)} }`),
  series('numbers of a label', 'actions', (n) => `send x to Q: m[${numbered(n, (i) => `${i}`, ', ')}]`),
  series('numbers of a branch', 'actions', (n) => `receive from Q { m[${numbered(n, (i) => `${i}`, ', ')}] {} }`),
  series(
    'branches of a process’s par',
    'actions',
    (n) => `par ${numbered(n, (i) => `{ send x to Q: l${i} receive v${i} from Q: r${i} }`, ' and ')}`,
  ),
  series('receivers', 'statements', (n) => `A.x -> ${numbered(n, (i) => `B.v${i}`, ', ')}`),
  series(
    'guards',
    'statements',
    (n) => `A.b -> B.b\nif ${numbered(n, (i) => (i % 2 ? 'B.b' : 'A.b'), ', ')} { A -> B: m }`,
  ),
  series(
    'a loop’s guards',
    'statements',
    (n) => `A.b -> B.b\nwhile ${numbered(n, (i) => (i % 2 ? 'B.b' : 'A.b'), ', ')} { A -> B: m }`,
  ),
  series(
    'a match’s guards',
    'statements',
    (n) =>
      `A.b -> B.b\nmatch ${numbered(n, (i) => (i % 2 ? 'B.b' : 'A.b'), ', ')} { case true { A -> B: m } case false { } }`,
  ),
  series('tells', 'statements', (n) => `if A.b -> ${numbered(n, () => 'B', ', ')} { A -> B: m }`),
  series(
    'told a case',
    'statements',
    (n) => `match A.o -> ${numbered(n, (i) => `B.k${i}`, ', ')} { case some(n) { B.log(n) } case none { } }`,
  ),
  series(
    'cases that are sent',
    'declarations',
    (n) =>
      `enum Many { ${numbered(n, (i) => `c${i}(value: int)`, ', ')} }\nchoreography G(A(m: Many), B) { match A.m -> B.m { ${numbered(n, (i) => `case c${i}(_) { A -> B: l${i} }`)} } }`,
  ),
  series('values that are sent', 'statements', (n) =>
    numbered(n, (i) => `match A.o -> B.k${i} { case some(n${i}) { B.log(n${i}) } case none { } }`),
  ),
  series(
    'cases',
    'statements',
    (n, inner = 'A -> B: m') =>
      `match A.x -> B { ${numbered(n, (i) => `case ${i} { ${i === 0 ? inner : 'A -> B: m'} }`)} else { } }`,
    'statements',
  ),
  series(
    'bare blocks in a match',
    'statements',
    (n, inner = 'A -> B: m') => `match A.x { ${numbered(n, (i) => `{ ${i === 0 ? inner : 'A -> B: m'} }`)} }`,
    'statements',
  ),
  series(
    'branches',
    'statements',
    (n, inner = '') => `choice at A ${numbered(n, (i) => `{ A -> B: l${i}\n${i === 0 ? inner : ''} }`, ' or ')}`,
    'statements',
  ),
  series('decisions', 'statements', (n) => numbered(n, (i) => `if A.x == ${i} -> B { A -> B: m } else { B -> A: m }`)),
  series('untold decisions', 'statements', (n) =>
    numbered(n, (i) => `if A.x == ${i} { A -> B: l${i} } else { A -> B: r${i} }`),
  ),
  series('decisions that end alike', 'statements', (n) =>
    numbered(n, (i) => `if A.x == ${i} { A.x -> B.y } else { A.x -> B.y }`),
  ),
  series('decisions of others', 'statements', (n) => numbered(n, (i) => `if A.x == ${i} -> B { A -> B: m } else { }`)),
  series('shared decisions', 'statements', (n) => numbered(n, () => 'A.b -> B.b\nif A.b, B.b { A -> B: m }')),
  series('loops', 'statements', (n) =>
    numbered(n, (i) => `rec L${i} { if A.b -> B { continue L${i} } else { A -> B: m } }`),
  ),
  series('loops over numbers', 'statements', (n) => numbered(n, (i) => `for k${i} in 0 until 2 { A.x -> B.y: m }`)),
  series('calls', 'statements', (n) => numbered(n, () => 'do Callee(A(x), B)')),
  series('a call’s roles', 'statements', (n) => `do Callee(${numbered(n, () => 'A(x)', ', ')})`),
  series(
    'a call’s inputs',
    'statements',
    (n, inner = 'x') => `do Callee(A(${numbered(n, first(inner, 'x'), ', ')}), B)`,
    'expression',
  ),
  series('assigned to the same', 'statements', (n) => numbered(n, () => 'A.x = x + 1')),

  series('sends', 'actions', (n, inner = '') => `${inner}\n${numbered(n, () => 'send x to Q: m')}`, 'actions'),
  series(
    'sends in a branch',
    'actions',
    (n, inner = '') => `if b { ${inner}\n${numbered(n, () => 'send x to Q: m')} }`,
    'actions',
  ),
  series('loops over numbers of a process', 'actions', (n) =>
    numbered(n, (i) => `for k${i} in 0 until 2 { send x to Q: m }`),
  ),
  series('steps of a process', 'actions', (n) => numbered(n, (i) => `v${i} = x\nlog(v${i})`)),
  series('targets', 'actions', (n) => numbered(n, () => 'x.f = 1')),
  series(
    'branches of receive',
    'actions',
    (n, inner = '') => `receive from Q { ${numbered(n, (i) => `l${i} { ${i === 0 ? inner : ''} }`)} }`,
    'actions',
  ),
  series(
    'bare blocks in receive',
    'actions',
    (n, inner = '') => `receive from Q { ${numbered(n, (i) => `{ ${i === 0 ? inner : ''} }`)} }`,
    'actions',
  ),
  series('binders', 'actions', (n) => `receive from Q { m(${numbered(n, () => '_: int', ', ')}) {} }`),
  series('binders with names', 'actions', (n) => `receive from Q { m(${numbered(n, (i) => `b${i}`, ', ')}) {} }`),
  series(
    'parts of what is assigned',
    'statements',
    (n) => `A.(${numbered(n, (i) => `v${i}`, ', ')}) = (${numbered(n, () => 'x', ', ')})`,
  ),
  series('parts of one value', 'statements', (n) => `A.(${numbered(n, (i) => `v${i}`, ', ')}) = o`),
  series(
    'parts of a message',
    'statements',
    (n) => `A.(${numbered(n, () => 'x', ', ')}) -> B.(${numbered(n, (i) => `v${i}`, ', ')})`,
  ),
  series(
    'parts that a process assigns',
    'actions',
    (n) => `(${numbered(n, (i) => `v${i}`, ', ')}) = (${numbered(n, () => 'x', ', ')})`,
  ),
  series(
    'results',
    'declarations',
    (n) =>
      `choreography Gives(${numbered(n, (i) => `R${i}`, ', ')}): ${numbered(n, (i) => `int@R${i}`, ', ')} { return ${numbered(n, (i) => `R${i}.1`, ', ')} }\nchoreography Takes(${numbered(n, (i) => `R${i}`, ', ')}) { ${numbered(n, (i) => `R${i}.x`, ', ')} = do Gives(${numbered(n, (i) => `R${i}`, ', ')}) }`,
  ),
  series(
    'results of what is given',
    'declarations',
    (n) =>
      `choreography Given(${numbered(n, (i) => `R${i}`, ', ')}, f: choreography(${numbered(n, (i) => `P${i}`, ', ')}): ${numbered(n, (i) => `int@P${i}`, ', ')}) { ${numbered(n, (i) => `R${i}.x`, ', ')} = do f(${numbered(n, (i) => `R${i}`, ', ')}) }`,
  ),
  series('receives', 'actions', (n) => numbered(n, (i) => `receive y${i} from Q: m`)),
  series(
    'cases of a process',
    'actions',
    (n, inner = '') => `match x { ${numbered(n, (i) => `case ${i} { ${i === 0 ? inner : ''} }`)} else { } }`,
    'actions',
  ),
  series(
    'bare blocks in a process',
    'actions',
    (n, inner = '') => `match x { ${numbered(n, (i) => `{ ${i === 0 ? inner : ''} }`)} }`,
    'actions',
  ),
  series(
    'choices of a process',
    'actions',
    (n, inner = '') => `choice ${numbered(n, (i) => `{ send to Q: l${i}\n${i === 0 ? inner : ''} }`, ' or ')}`,
    'actions',
  ),
  series('decisions of a process', 'actions', (n) => numbered(n, () => 'if b { send to Q: m } else { send to Q: n }')),
  series('loops of a process', 'actions', (n) =>
    numbered(n, (i) => `rec L${i} { if b { send to Q: m continue L${i} } else { } }`),
  ),
  series('calls of a process', 'actions', (n) => numbered(n, () => 'do Called(P(x), Q)')),

  series('imports', 'declarations', (n) => numbered(n, (i) => `import "./f${i}.chor"`)),
  series('imported names', 'declarations', (n) => `import { ${numbered(n, (i) => `name${i}`, ', ')} } from "./f.chor"`),
  series(
    'fields',
    'declarations',
    (n, inner = 'int') => `record Wide { ${numbered(n, (i) => `f${i}: ${i === 0 ? inner : 'int'}`, ', ')} }`,
    'type',
  ),
  series(
    'enum cases',
    'declarations',
    (n, inner = 'int') =>
      `enum Many { ${numbered(n, (i) => `c${i}(value: ${i === 0 ? inner : 'int'})`, ', ')} }\nfunction many(m: Many) = match m { ${numbered(n, (i) => `case c${i} => 1`)} }`,
    'type',
  ),
  series(
    'a case’s fields',
    'declarations',
    (n, inner = 'int') => `enum Few { few(${numbered(n, (i) => `f${i}: ${i === 0 ? inner : 'int'}`, ', ')}) }`,
    'type',
  ),
  series(
    'a function’s parameters',
    'declarations',
    (n, inner = 'x') => `function wide(x: int, ${numbered(n, (i) => `p${i}: int`, ', ')}) = ${inner}`,
    'expression',
  ),
  series('an extern’s parameters', 'declarations', (n) => `extern wide(${numbered(n, (i) => `p${i}: int`, ', ')})`),
  series('functions', 'declarations', (n) => numbered(n, (i) => `function g${i}(x: int): int = x`)),
  series('types', 'declarations', (n) => numbered(n, (i) => `type G${i} = int`)),
  series(
    'choreographies',
    'declarations',
    (n, inner = 'A.x -> B.y: m') =>
      numbered(n, (i) => `choreography G${i}(A(x: int), B) { ${i === 0 ? inner : 'A.x -> B.y: m'} }`),
    'statements',
  ),
  series('networks', 'declarations', (n) =>
    numbered(n, (i) => `network G${i} { process A { send to B: m } process B { receive from A: m } }`),
  ),
  series(
    'a member’s inputs',
    'statements',
    (n, inner = 'x') => `do Callee(A[0](${numbered(n, first(inner, 'x'), ', ')}), B)`,
    'expression',
  ),
  series(
    'values that all know',
    'declarations',
    (n) =>
      `choreography Wide(A, B, ${numbered(n, (i) => `v${i}: int`, ', ')}) { ${numbered(n, (i) => `A.v${i} -> B.x${i}`)} }`,
  ),
  series(
    'choreographies that are given',
    'declarations',
    (n) =>
      `choreography Wide(A, B, ${numbered(n, (i) => `f${i}: choreography(A, B)`, ', ')}) { ${numbered(n, (i) => `do f${i}(A, B)`)} }\nchoreography Ping(A, B) { A -> B: m }\nchoreography G(A, B) { do Wide(A, B, ${numbered(n, () => 'Ping', ', ')}) }`,
  ),
  series(
    'roles of one that is given',
    'declarations',
    (n) => `choreography Wide(A, f: choreography(${numbered(n, (i) => `R${i}(x: int)`, ', ')})) { A -> A: m }`,
  ),
  series(
    'given, handed on',
    'declarations',
    (n) =>
      `choreography Ping(A, B) { A -> B: m }\nchoreography C0(A, B, f: choreography(A, B)) { do f(A, B) }\n${numbered(n, (i) => `choreography C${i + 1}(A, B, f: choreography(A, B)) { A -> B: l${i} do C${i}(A, B, f) }`)}\nchoreography G(A, B) { do C${n}(A, B, Ping) }`,
  ),
  series(
    'given, in each',
    'declarations',
    (n) =>
      `choreography C0(A) { A.x = 1 }\n${numbered(n, (i) => `choreography C${i + 1}(A, f: choreography(A)) { do f(A) do f(A) }`)}\nchoreography G(A) { do C1(A, C0) ${numbered(n, (i) => `do C${i + 1}(A, ${`C${i}`}${i > 0 ? '(_, C0)' : ''})`)} }`,
  ),
  series(
    'given, in other places',
    'declarations',
    (n) =>
      `choreography Ping(A, B) { A -> B: m }\n${numbered(n, (i) => `choreography P${i}(A, B) { A -> B: m${i} }`)}\nchoreography C(A(b: bool), B, ${numbered(n, (i) => `f${i}: choreography(A, B)`, ', ')}) { do f0(A, B) if A.b -> B { do C(A(b), B, ${numbered(n, (i) => `f${(i + 1) % n}`, ', ')}) } else { do C(A(b), B, ${['f1', 'f0', ...Array.from({ length: Math.max(0, n - 2) }, (_, i) => `f${i + 2}`)].slice(0, n).join(', ')}) } }\nchoreography G(A(b: bool), B) { do C(A(b), B, ${numbered(n, (i) => `P${i}`, ', ')}) }`,
  ),
  series(
    'roles',
    'declarations',
    (n) =>
      `choreography Wide(${numbered(n, (i) => `R${i}`, ', ')}) { ${numbered(n, (i) => `R${i} -> R${(i + 1) % n}: m`)} }`,
  ),
  series(
    'roles with inputs',
    'declarations',
    (n) =>
      `choreography Wide(R, ${numbered(n, (i) => `S${i}(x: int)`, ', ')}) { ${numbered(n, (i) => `S${i}.x -> R.x${i}: m`)} }`,
  ),
  series(
    'a role’s inputs',
    'declarations',
    (n) => `choreography Wide(A(${numbered(n, (i) => `x${i}: int`, ', ')}), B) { A.x0 -> B.y }`,
  ),
  series(
    'a ring of processes',
    'declarations',
    (n) =>
      `network Ring { ${numbered(n, (i) => `process R${i} { ${i === 0 ? `send to R1: m receive from R${n - 1}: m` : `receive from R${i - 1}: m send to R${(i + 1) % n}: m`} }`)} }`,
  ),
  series(
    'a ring that waits',
    'declarations',
    (n) =>
      `network Ring { ${numbered(n, (i) => `process R${i} { receive from R${(i + n - 1) % n}: m send to R${(i + 1) % n}: m }`)} }`,
  ),
  series(
    'a process’s inputs',
    'declarations',
    (n) =>
      `network Wide { process A(${numbered(n, (i) => `x${i}: int`, ', ')}) { send x0 to B } process B { receive y from A } }`,
  ),
  series('bare blocks in a network', 'declarations', (n) => `network Wide { ${numbered(n, () => '{ send to B }')} }`),
];

/** Rows in which each refers to the one before, so that what is shared may be walked again and again. */
export const chains: readonly Series[] = [
  series(
    'x = (x, x)',
    'statements',
    (n) => `${numbered(n, (i) => `A.x${i + 1} = (${i === 0 ? 'x, x' : `x${i}, x${i}`})`)}\nA.x${n} -> B.y`,
  ),
  series(
    'x = [(x, x)]',
    'statements',
    (n) => `${numbered(n, (i) => `A.x${i + 1} = [(${i === 0 ? 'x, x' : `x${i}, x${i}`})]`)}\nA.x${n} -> B.y`,
  ),
  series(
    'x = some((x, x))',
    'statements',
    (n) =>
      `${numbered(n, (i) => `A.x${i + 1} = some((${i === 0 ? 'x, x' : `x${i}, x${i}`}))`)}\nA.x${n} -> B.y\nif A.x${n} == x${n} -> B { A -> B: m }`,
  ),
  series(
    'x = x + x',
    'statements',
    (n) => `${numbered(n, (i) => `A.x${i + 1} = ${i === 0 ? 'x + x' : `x${i} + x${i}`}`)}\nA.x${n} -> B.y`,
  ),
  series('sent to and fro', 'statements', (n) =>
    numbered(n, (i) => `A.(${i === 0 ? 'x, x' : `x${i}, x${i}`}) -> B.y${i}\nB.y${i} -> A.x${i + 1}`),
  ),
  series(
    'x = (x, x) in a process',
    'actions',
    (n) => `${numbered(n, (i) => `x${i + 1} = (${i === 0 ? 'x, x' : `x${i}, x${i}`})`)}\nsend x${n} to Q: m`,
  ),
  series(
    'copied and decided',
    'statements',
    (n) =>
      `A.b -> B.b\n${numbered(n, (i) => `A.b${i} = not ${i === 0 ? 'b' : `b${i - 1}`}\nB.b${i} = not ${i === 0 ? 'b' : `b${i - 1}`}`)}\nif A.b${n - 1}, B.b${n - 1} { A -> B: m }`,
  ),
  series(
    'lambdas of lambdas',
    'expression',
    (n) => `${numbered(n, (i) => `(p${i} => `, '')}x${numbered(n, () => ')', '')}`,
  ),
  series(
    'map(map(…))',
    'expression',
    (n) => `${'map('.repeat(n)}xs${numbered(n, (i) => `, y${i} => (y${i}, y${i}))`, '')}`,
  ),
  series(
    'insert(insert(…)) of different keys',
    'expression',
    (n) => `${'insert('.repeat(n)}setOf([])${numbered(n, (i) => `, x + ${n - i})`, '')}`,
  ),
  series(
    'insert(insert(…)) of keys that may be equal',
    'expression',
    (n) => `${'insert('.repeat(n)}mapOf([])${numbered(n, (i) => `, xs[${i}], ${i})`, '')}`,
  ),
  series(
    'x = insert(x, …)',
    'statements',
    (n) =>
      `A.m0 = mapOf([])\n${numbered(n, (i) => `A.m${i + 1} = insert(m${i}, x + ${i}, size(m${i}))`)}\nA.m${n} -> B.y\nif A.contains(m${n}, x) -> B { A -> B: m }`,
  ),
  series(
    'x = union(x, x)',
    'statements',
    (n) =>
      `A.m0 = setOf(xs)\n${numbered(n, (i) => `A.m${i + 1} = union(m${i}, map(m${i}, k => k + ${i}))`)}\nA.m${n} -> B.y`,
  ),
  series(
    'T = map<T, T>',
    'declarations',
    (n) =>
      `type T0 = int\n${numbered(n, (i) => `type T${i + 1} = map<T${i}, T${i}>`)}\nextern use(x: T${n}): T${n}\nchoreography G(A(x: T${n}), B) { A.use(x) -> B.y A.z = x == use(x) }`,
  ),
  series(
    'T = (T, T)',
    'declarations',
    (n) =>
      `type T0 = int\n${numbered(n, (i) => `type T${i + 1} = (T${i}, T${i})`)}\nextern use(x: T${n}): T${n}\nchoreography G(A(x: T${n}), B) { A.use(x) -> B.y A.z = x == use(x) }`,
  ),
  series(
    'T = T',
    'declarations',
    (n) =>
      `${numbered(n, (i) => `type T${i} = T${i + 1}`)}\ntype T${n} = int\nextern use(x: T0): T0\nchoreography G(A(x: T0), B) { A.use(x) -> B.y }`,
  ),
  series(
    'T = list<T>',
    'declarations',
    (n) =>
      `type T0 = int\n${numbered(n, (i) => `type T${i + 1} = list<T${i}>`)}\nextern use(x: T${n}): T${n}\nchoreography G(A(x: T${n}), B) { A.use(x) -> B.y }`,
  ),
  series('a ring of aliases', 'declarations', (n) => numbered(n, (i) => `type T${i} = T${(i + 1) % n}`)),
  series(
    'records in records',
    'declarations',
    (n) =>
      `record T0 { f: int }\n${numbered(n, (i) => `record T${i + 1} { f: T${i}, g: T${i} }`)}\nextern make(): T${n}\nchoreography G(A, B) { A.make() -> B.y }`,
  ),
  series('a ring of records', 'declarations', (n) => numbered(n, (i) => `record T${i} { f: T${(i + 1) % n} }`)),
  series(
    'enums in enums',
    'declarations',
    (n) =>
      `enum T0 { a0, b0 }\n${numbered(n, (i) => `enum T${i + 1} { a${i + 1}(x: T${i}, y: T${i}), b${i + 1} }`)}\nfunction f(v: T${n}) = match v { case b${n} => 1 case a${n}(x, y) => match x { case b${n - 1} => 2 } }`,
  ),
  series(
    'a match of nested enums',
    'declarations',
    (n) =>
      `enum T0 { a0, b0 }\n${numbered(n, (i) => `enum T${i + 1} { a${i + 1}(x: T${i}, y: T${i}), b${i + 1} }`)}\nfunction f(v: T${n}) = match v { ${numbered(Math.min(n, 12), (depth) => `case ${numbered(depth + 1, (i) => `a${n - i}(`, '')}_, ${numbered(depth, () => 'b0), _', '')}b0) => 1`)} }`,
  ),
  series(
    'a match of flags',
    'declarations',
    (n) =>
      `function f(v: (${numbered(n, () => 'bool', ', ')}, int)) = match v { ${numbered(n, (row) => `case (${numbered(n, (i) => (i === row ? 'true' : '_'), ', ')}, 1) => ${row}`)} }`,
  ),
  series(
    'a match of two flags each',
    'declarations',
    (n) =>
      `function f(v: (${numbered(n, () => 'bool', ', ')}, int)) = match v { ${numbered(n, (row) => `case (${numbered(n, (i) => (i === row ? 'true' : i === (row + 1) % n ? 'false' : '_'), ', ')}, _) => ${row}`)} }`,
  ),
  series(
    'a call’s chain',
    'declarations',
    (n) =>
      `${numbered(n, (i) => `choreography C${i}(A, B) { A -> B: l${i} do C${i + 1}(A, B) }`)}\nchoreography C${n}(A, B) { A -> B: x }`,
  ),
  series(
    'a call’s chain, last first',
    'declarations',
    (n) =>
      `choreography C0(A, B) { A -> B: x }\n${numbered(n, (i) => `choreography C${i + 1}(A, B) { A -> B: l${i} do C${i}(A, B) }`)}`,
  ),
  series(
    'two calls each',
    'declarations',
    (n) =>
      `choreography C0(A, B) { A -> B: x }\n${numbered(n, (i) => `choreography C${i + 1}(A, B) { do C${i}(A, B) do C${i}(B, A) }`)}`,
  ),
  series(
    'two calls, decided',
    'declarations',
    (n) =>
      `choreography C0(A(b: bool), B) { A -> B: x }\n${numbered(n, (i) => `choreography C${i + 1}(A(b: bool), B) { if A.b -> B { do C${i}(A(b), B) } else { do C${i}(A(b), B) } }`)}`,
  ),
  series(
    'two calls, untold',
    'declarations',
    (n) =>
      `choreography C0(A(b: bool), B) { A -> B: x }\n${numbered(n, (i) => `choreography C${i + 1}(A(b: bool), B) { if A.b { do C${i}(A(b), B) } else { do C${i}(A(b), B) A -> B: y } }`)}`,
  ),
  series(
    'two calls of others',
    'declarations',
    (n) =>
      `choreography C0(A, B) { }\n${numbered(n, (i) => `choreography C${i + 1}(A, B) { do C${i}(B, A) do C${i}(A, B) }`)}`,
  ),
  series('a ring of calls', 'declarations', (n) =>
    numbered(n, (i) => `choreography C${i}(A, B) { A -> B: l${i} do C${(i + 1) % n}(A, B) }`),
  ),
  series('a ring of first calls', 'declarations', (n) =>
    numbered(n, (i) => `choreography C${i}(A, B) { do C${(i + 1) % n}(A, B) A -> B: l${i} }`),
  ),
  series(
    'calls of a choreography for results',
    'declarations',
    (n) =>
      `choreography C0(A, B): int@A { return A.1 }\n${numbered(n, (i) => `choreography C${i + 1}(A, B): int@A { A.x = do C${i}(A, B) A.x -> B.y return A.x }`)}`,
  ),
  series(
    'processes that call',
    'declarations',
    (n) =>
      `network C0 { process A { send to B: x } process B { receive from A: x } }\n${numbered(n, (i) => `network C${i + 1} { process A { do C${i}(A, B) do C${i}(A, B) } process B { do C${i}(A, B) do C${i}(A, B) } }`)}`,
  ),
  series(
    'processes that call on',
    'declarations',
    (n) =>
      `network C0 { process A { send to B: x } process B { receive from A: x } }\n${numbered(n, (i) => `network C${i + 1} { process A { do C${i}(A, B) } process B { do C${i}(A, B) } }`)}`,
  ),
  series(
    'constants of constants',
    'declarations',
    (n) =>
      `const c0 = (1, 1)\n${numbered(n, (i) => `const c${i + 1} = (c${i}, c${i})`)}\nchoreography G(A, B) { A.c${n} -> B.y }`,
  ),
  series(
    'constants that lead on',
    'declarations',
    (n) =>
      `${numbered(n, (i) => `const c${i} = c${i + 1} + 1`)}\nconst c${n} = 1\nchoreography G(A, B) { A.c0 -> B.y }`,
  ),
  series(
    'a ring of constants',
    'declarations',
    (n) => `${numbered(n, (i) => `const c${i} = c${(i + 1) % n}`)}\nchoreography G(A, B) { A.c0 -> B.y }`,
  ),
  series(
    'functions that call',
    'declarations',
    (n) =>
      `function f0(x: int) = (x, x)\n${numbered(n, (i) => `function f${i + 1}(x: int) = (f${i}(x), f${i}(x))`)}\nchoreography G(A, B) { A.f${n}(1) -> B.y }`,
  ),
  series(
    'functions that call on',
    'declarations',
    (n) =>
      `${numbered(n, (i) => `function f${i}(x: int) = f${i + 1}(x)`)}\nfunction f${n}(x: int) = x\nchoreography G(A, B) { A.f0(1) -> B.y }`,
  ),
  series(
    'a ring of functions',
    'declarations',
    (n) =>
      `${numbered(n, (i) => `function f${i}(x: int) = f${(i + 1) % n}(x)`)}\nchoreography G(A, B) { A.f0(1) -> B.y }`,
  ),
  series(
    'functions of functions',
    'declarations',
    (n) =>
      `extern g(f: (int, int)): int\nfunction h0(x: int) = y0 => (x, y0)\n${numbered(n, (i) => `function h${i + 1}(x: int) = y${i + 1} => (h${i}(x), h${i}(x))`)}`,
  ),
  series(
    'families',
    'declarations',
    (n) =>
      `choreography G(A(x: int), ${numbered(n, (i) => `F${i}[n${i}]`, ', ')}) { ${numbered(n, (i) => `A.x -> F${i}.y F${i}.y -> A.ys${i}`)} }`,
  ),
  series(
    'families of a network',
    'declarations',
    (n) =>
      `network G(${numbered(n, (i) => `F${i}[n${i} >= 2]`, ', ')}) { process F0[i] { when i == 0 { send to F0[1]: m } when i == 1 { receive from F0[0]: m } } }`,
  ),
  series(
    'a chain’s messages',
    'declarations',
    (n) =>
      `choreography G(A(x: int), F[n >= ${n}]) { A.x -> F[0].y0 ${numbered(n - 1, (i) => `F[${i}].y${i} -> F[${i + 1}].y${i + 1}`)} }`,
  ),
  series(
    'loops over members',
    'declarations',
    (n) =>
      `choreography G(F[n >= 1](x: int)) { ${numbered(n, (i) => `for i in 0 until n - 1 { F[i].x -> F[i + 1].y${i} }`)} }`,
  ),
  series(
    'loops over members in each other',
    'declarations',
    (n) =>
      `choreography G(A(x: int), F[n]) { ${numbered(n, (i) => `for i${i} in ${i === 0 ? 'F' : `0 until i${i - 1}`} { A.x -> F[i${i}].y`, ' ')} ${'}'.repeat(n)} }`,
  ),
  series(
    'places of a list',
    'declarations',
    (n) =>
      `choreography G(A(x: int), F[n >= ${n}]) { ${numbered(n, (i) => `F[${i}].x = ${i} F[${i}].x -> A.xs[${i}]`)} }`,
  ),
  series(
    'members, when',
    'declarations',
    (n) =>
      `network N(F[n >= 2]) { process F[i] { ${numbered(n, (i) => `when i == ${i} { send to F[${i + 1}]: m } `)} } }`,
  ),
  series(
    'members that are picked',
    'declarations',
    (n) =>
      `choreography P(A, server F[n >= 2]) { ${numbered(n, (i) => `pick k${i} in F by A.${i} { A -> F[k${i}]: l${i} } `)} }`,
  ),
  series(
    'picks in each other',
    'declarations',
    (n) =>
      `choreography P(A, F[n >= 2]) { ${numbered(n, (i) => `pick k${i} in F by A.0 -> F { `)} A -> F[k0]: m ${'}'.repeat(n)} }`,
  ),
  series(
    'numbers of members that were picked',
    'declarations',
    (n) =>
      `network N(F[n >= 2]) { process A { ${numbered(n, () => 'pick k in F by 0 { send to F: picked[k] } ')} } process F[i] { ${numbered(n, () => 'receive from A { picked[k in F] { when i == k { } } } ')} } }`,
  ),
  series(
    'several members that are picked',
    'declarations',
    (n) =>
      `choreography P(A, server F[n >= 2]) { ${numbered(n, (i) => `pick some k${i} in F by A.[] { A -> F[k${i}]: l${i} } `)} }`,
  ),
  series(
    'picks of several in each other',
    'declarations',
    (n) =>
      `choreography P(A, F[n >= 2]) { ${numbered(n, (i) => `pick some k${i} in F by A.[] -> F { `)} A -> F[k0]: m ${'}'.repeat(n)} }`,
  ),
  series(
    'lists of members that were picked',
    'declarations',
    (n) =>
      `network N(F[n >= 2]) { process A { ${numbered(n, () => 'pick some k in F by [] { send to F: picked[k] } ')} } process F[i] { ${numbered(n, () => 'receive from A { picked[some k in F] { when contains(k, i) { } } } ')} } }`,
  ),
  series(
    'when in when',
    'declarations',
    (n) =>
      `network N(F[n >= 2]) { process F[i] { ${numbered(n, (i) => `when i > ${i} { `, '')} send to F[0]: m ${'}'.repeat(n)} } }`,
  ),
  series(
    'leaves',
    'declarations',
    (n) =>
      `choreography G(A(b: bool), B) { rec L { ${numbered(n, (i) => `A -> B: l${i} if A.b -> B { leave L } `, '')} } A -> B: n }`,
  ),
  series(
    'loops that are left',
    'declarations',
    (n) =>
      `choreography G(A(b: bool), B) { ${numbered(n, (i) => `rec L${i} { A -> B: l if A.b -> B { leave L${i} } A -> B: m continue L${i} } `, '')} }`,
  ),
  series(
    'loops in each other that are all left',
    'declarations',
    (n) =>
      `choreography G(A(b: bool), B) { ${numbered(n, (i) => `rec L${i} { A -> B: l `, '')} ${numbered(n, (i) => `if A.b -> B { leave L${i} }`)} ${numbered(n, () => '} A -> B: m', '')} }`,
  ),
  series(
    'continues',
    'declarations',
    (n) =>
      `choreography G(A(b: bool), B) { rec L { ${numbered(n, () => 'if A.b -> B { A -> B: m continue L } else { ', '')} A -> B: n ${'}'.repeat(n)} } }`,
  ),

  series('unknown names', 'statements', (n) => numbered(n, (i) => `A.f${i}() -> B.x${i}`)),
  series('unknown variables', 'statements', (n) => numbered(n, (i) => `A.nothere${i} -> B.x${i}`)),
  series('unknown roles', 'statements', (n) => numbered(n, (i) => `R${i}.x -> B.x${i}`)),
  series('unknown types', 'declarations', (n) => numbered(n, (i) => `extern e${i}(x: Nothing${i})`)),
  series('unknown calls', 'statements', (n) => numbered(n, (i) => `do Nothing${i}(A, B)`)),
  series('misfits', 'statements', (n) => numbered(n, (i) => `A.v${i} = 1 + "s"`)),
  series('taken names', 'declarations', (n) => numbered(n, () => 'type Same = int')),
  series('taken choreographies', 'declarations', (n) => numbered(n, () => 'choreography Same(A, B) { A -> B: m }')),
  series('taken roles', 'declarations', (n) => `choreography Wide(${numbered(n, () => 'A', ', ')}) { }`),
  series('taken fields', 'declarations', (n) => `record Wide { ${numbered(n, () => 'f: int', ', ')} }`),
  series('unused variables', 'statements', (n) => numbered(n, (i) => `A.v${i} = 1`)),
  series(
    'unused roles',
    'declarations',
    (n) => `choreography Wide(A, B, ${numbered(n, (i) => `R${i}`, ', ')}) { A -> B: m }`,
  ),
  series('untold choices', 'statements', (n) => numbered(n, (i) => `if A.x == ${i} { A -> B: m }`)),
  series(
    'unmatched sends',
    'declarations',
    (n) => `network N { process A { ${numbered(n, (i) => `send to B: l${i}`)} } process B { } }`,
  ),
  series(
    'payloads that misfit',
    'declarations',
    (n) =>
      `network N { process A { ${numbered(n, (i) => `send 1 to B: l${i}`)} } process B { ${numbered(n, (i) => `receive x${i}: string from A: l${i}`)} } }`,
  ),
  series('talks to itself', 'statements', (n) => numbered(n, () => 'A.x -> A.x')),
  series('missing cases', 'statements', (n) => numbered(n, () => 'match A.o -> B { case none { } }')),
  series('broken lines', 'statements', (n) => numbered(n, () => 'A.x -> ')),
  series('broken heads', 'statements', (n) => numbered(n, () => 'if A. { A -> B: m }')),
  series('open braces', 'declarations', (n) => `choreography G(A, B) { ${'if A.b { '.repeat(n)}`),
  series('braces alone', 'declarations', (n) => '{'.repeat(n)),
  series('brackets alone', 'declarations', (n) => `function f() = ${'('.repeat(n)}`),
  series('square brackets alone', 'declarations', (n) => `function f() = ${'['.repeat(n)}`),
  series('closing braces alone', 'declarations', (n) => `choreography G(A, B) {} ${'}'.repeat(n)}`),
  series('open quotes', 'declarations', (n) => numbered(n, () => 'type T = "')),
  series('open comments', 'declarations', (n) => numbered(n, () => '/* a')),
  series('stray words', 'statements', (n) => numbered(n, () => 'else or case')),
  series('stray signs', 'statements', (n) => numbered(n, () => '& | ?', ' ')),
  series('keywords alone', 'declarations', (n) => numbered(n, () => 'choreography')),
  series('a long name', 'statements', (n) => `A.${'x'.repeat(n)} -> B.y`),
  series('a long string', 'statements', (n) => `A."${'x'.repeat(n)}" -> B.y`),
  series('bad escapes', 'statements', (n) => `A."${'\\q'.repeat(n)}" -> B.y`),
  series('a long number', 'statements', (n) => `A.1${'0'.repeat(n)} -> B.y`),
  series('a long line', 'statements', (n) => numbered(n, () => 'A.x -> B.y: m', '; ')),
  series('blank lines', 'statements', (n) => '\n'.repeat(n)),
  series('comments', 'statements', (n) => numbered(n, () => '// a comment')),
  series('comments for one', 'declarations', (n) => `${numbered(n, () => '/* a comment */')}\ntype T = int`),
  series('a comment of many lines', 'declarations', (n) => `/**\n${numbered(n, () => ' * a line')}\n */\ntype T = int`),
];

export const allSeries: readonly Series[] = [...lists, ...chains];

/** A nesting as a text of any size; what holds something else than what it is stands only once. */
export function nested(nesting: Nesting, depth: number, inner = simplest[nesting.holds]): string {
  let text = inner;
  for (let level = 0; level < (nesting.is === nesting.holds ? depth : 1); level++) text = nesting.wrap(text, level);
  return text;
}

const inputs = 'x: int, b: bool, xs: list<int>, o: option<int>, r: Rec';
const given = `record Rec { self: Rec2 }
record Rec2 { self: int }
extern id(value: int): int
extern log(value: int)
choreography Callee(A(x: int), B) { A.x -> B.z: called }
network Called { process P(x: int) { send x to Q: called } process Q { receive z from P: called } }
`;

/** A whole file around a piece of text. */
export function fileOf(part: Part, text: string): string {
  switch (part) {
    case 'declarations':
      return `${text}\n`;
    case 'type':
      return `type T = ${text}\nextern use(x: T): T\nfunction g(x: ${text}): T = use(x)\nrecord R { f: ${text} }\nchoreography G(A(x: T), B) { A.use(x) -> B.y: m A.x -> B.z }\n`;
    case 'expression':
      return `${given}function f(${inputs}) = ${text}\nchoreography G(A(${inputs}), B) {\n  A.v = ${text}\n  A.v -> B.y\n}\nnetwork N {\n  process P(${inputs}) {\n    v = ${text}\n    send v to Q\n  }\n  process Q { receive y from P }\n}\n`;
    case 'pattern':
      return `${given}function f(${inputs}) = match o { case ${text} => 1, else => 2 }\nchoreography G(A(${inputs}), B) {\n  match A.o -> B { case ${text} { A -> B: m } else { } }\n}\n`;
    case 'statements':
      return `${given}choreography G(A(${inputs}), B) {\n  ${text}\n}\n`;
    case 'actions':
      return `${given}network N {\n  process P(${inputs}) {\n    ${text}\n  }\n  process Q {\n    rec Loop { receive from P { m { continue Loop } n { } } }\n  }\n}\n`;
  }
}

/**
 * Cached by their texts, declarations are not worked on again: `salt` makes them new ones, without changing what they
 * mean.
 */
export function salted(text: string, salt: number): string {
  return text.replace(/^(?:choreography|network|record|enum|type|const|function|extern)\b/gm, `$& /*${salt}*/`);
}
