// A type that was declared under another name is shown by that name, and is the same type all the same.
import { describe, expect, it, test } from 'vitest';
import { hover } from '../../language/features/hover.js';
import { inlays } from '../../language/features/inlays.js';
import { detail, fixed, messages, problems, uri, workspaceOf } from './helpers.js';

const types = `type Title = string
type Copies = int
type Titles = list<Title>
type Pair = (Title, Copies)
type Basket = Order
type Heading = Title
record Order { title: Title, copies: Copies }
extern note(line: string)
extern count(n: int)
extern titleOf(copies: Copies): Title
extern all(): Titles
extern pair(): Pair
function longest(titles: Titles) = titles[0]
`;
const inRoles = (body: string): string =>
  `${types}choreography C(A(title: Title, copies: Copies, order: Order, basket: Basket, heading: Heading), B) {\n${body}\n}\n`;

describe('a variable', () => {
  test.each<[string, string, string]>([
    ['that receives an input', 'A.title -> B.x', 'Title'],
    ['that receives it over others', 'A.title -> B.y\n  B.y -> A.z\n  A.z -> B.x', 'Title'],
    ['that is assigned an input', 'A.title -> B.y\n  B.x = y', 'Title'],
    ['from a field of a record', 'A.order -> B.o\n  B.x = o.title', 'Title'],
    ['from the result of a host function', 'A.titleOf(copies) -> B.x', 'Title'],
    ['of a list under a name', 'A.all() -> B.x', 'Titles'],
    ['of an item of such a list', 'A.all() -> B.l\n  B.x = l[0]', 'Title'],
    ['of a list of such values', 'A.[title] -> B.x', 'list<Title>'],
    ['of an option of one', 'A.some(title) -> B.x', 'option<Title>'],
    ['of a tuple under a name', 'A.pair() -> B.x', 'Pair'],
    ['of a record under another name', 'A.basket -> B.x', 'Basket'],
    ['of an alias of an alias: the name that was written', 'A.heading -> B.x', 'Heading'],
    ['of a function’s inferred result', 'A.longest(all()) -> B.x', 'Title'],
    ['of what the library gives', 'A.first(all()) -> B.x', 'Title'],
    ['of the message that it stands in', 'A -> B: l(Title)\n  A.title -> B.x: l', 'Title'],
    ['whose value is computed: a text made from titles is none', 'A.title + "!" -> B.x', 'string'],
    ['of a number that is computed', 'A.copies * 2 -> B.x', 'int'],
    ['of a number with its sign', 'A.-copies -> B.x', 'int'],
    ['of a literal', 'A."x" -> B.x', 'string'],
  ])('%s', (_, body, expected) => {
    expect(detail(inRoles(`  ${body}`), 'B.x')).toBe(`B.x: ${expected}`);
  });

  it('that is received under a type', () => {
    expect(
      detail(
        `${types}network N {\n process A(title: Title) { send title to B }\n process B { receive x from A note(x) }\n}\n`,
        'B.x',
      ),
    ).toBe('B.x: Title');
    expect(
      detail(
        `${types}network N {\n process A { send "t" to B }\n process B { receive x: Title from A note(x) }\n}\n`,
        'B.x',
      ),
    ).toBe('B.x: Title');
  });
  it('that a pattern binds', () => {
    const text = inRoles('  A.pair() -> B.p\n  match B.p { case (t, k) { B.note(t) B.count(k) } }');
    expect(detail(text, 't')).toBe('t: Title');
    expect(detail(text, 'k')).toBe('k: Copies');
  });
  it('of another file’s alias', () => {
    expect(
      detail('import { titleOf } from "./t.chor"\nchoreography C(A, B) {\n  A.titleOf(1) -> B.x\n}\n', 'B.x', {
        't.chor': types,
      }),
    ).toBe('B.x: Title');
  });
  it('of the result of a call', () => {
    expect(
      detail(
        `${inRoles('  A.title -> B.y\n  B.x = do D(B, A)')}choreography D(P, Q(t: Title)): Title@P {\n  Q.t -> P.t\n  return P.t\n}\n`,
        'B.x',
      ),
    ).toBe('B.x: Title');
  });
  it('is hinted and hovered so', () => {
    const text = inRoles('  A.title -> B.x\n  B.note(x)');
    const workspace = workspaceOf(text);
    const analysis = workspace.analyze(uri);
    expect(
      analysis && inlays(analysis, { start: 0, end: text.length }, { types: true, choice: false }).map((i) => i.text),
    ).toEqual([' ‹Title›']);
    expect(hover(workspace, uri, text.indexOf('B.x') + 2)?.markdown).toContain('B.x: Title');
    expect(hover(workspace, uri, text.indexOf('.x\n') - 3)?.markdown).toContain('receive x: Title from A');
  });
});

describe('what is the same', () => {
  it('stays the same', () => {
    expect(
      problems(
        inRoles(
          '  A.title -> B.x\n  B.x = "other"\n  B.note(x)\n  A.heading -> B.x\n  B.count(length(x))\n  A.basket -> B.o\n  A.order -> B.o\n  B.note(o.title)',
        ),
      ),
    ).toEqual([]);
    expect(
      problems(`${types}choreography C(A(n: int), B) {\n  A.titleOf(n) -> B.x\n  B.count(length(x))\n}\n`),
    ).toEqual([]);
  });
  it('stays different', () => {
    expect(messages(inRoles('  A.title -> B.x\n  B.count(x)'))).toEqual([
      '`x` is a `string` here, but `count` takes an `int`.',
    ]);
    expect(messages(inRoles('  A.titleOf("x") -> B.x\n  B.note(x)'))).toEqual([
      '`"x"` is a `string` here, but `titleOf` takes an `int`.',
    ]);
  });
  it('is converted by the same fixes', () => {
    expect(Object.keys(fixed(inRoles('  A.copies -> B.n\n  B.note(n)'), 'type-mismatch'))).toContain(
      'Convert: `toString(…)`',
    );
  });
  it('is found for what is missing', () => {
    const text = `${types}choreography C(A(copies: int), B) {\n  A.copies -> B.n\n  B.note(t)\n  B.count(n)\n}\n`;
    expect(Object.keys(fixed(text, 'unknown-variable')).join('\n')).toContain('titleOf(');
  });
});
