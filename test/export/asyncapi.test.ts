// AsyncAPI documents: what is in them, what they refuse, and that AsyncAPI's own parser reads them. What their schemas
// take and refuse is asked of Ajv.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Parser } from '@asyncapi/parser';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { load } from 'js-yaml';
import { globSync } from 'tinyglobby';
import { describe, expect, test } from 'vitest';
import { exportDeclaration } from '../../language/export/export.js';
import type { ExportDetails } from '../../language/export/export.js';
import { typesIn } from '../../language/export/types.js';
import { yamlOf } from '../../language/export/yaml.js';
import type { Choreography } from '../../language/ir/choreography.js';
import type { Network } from '../../language/ir/process.js';
import { Workspace } from '../../language/workspace.js';
import { anyNetwork, preamble } from '../generators/networks.js';
import { sketches } from '../generators/sketches.js';

const seed =
  process.env['CHOR_SEED'] === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(process.env['CHOR_SEED']);
const runs = Math.ceil(Number(process.env['CHOR_RUNS'] ?? 200) / 10);
const parser = new Parser();

interface Document {
  readonly info: {
    readonly title: string;
    readonly tags: readonly { readonly name: string; readonly description?: string }[];
  };
  readonly channels: Readonly<
    Record<string, { readonly description: string; readonly messages: Readonly<Record<string, unknown>> }>
  >;
  readonly operations: Readonly<
    Record<string, { readonly action: string; readonly messages: readonly { readonly $ref: string }[] }>
  >;
  readonly components: {
    readonly messages: Readonly<Record<string, { readonly name?: string; readonly payload?: object }>>;
    readonly schemas?: Readonly<Record<string, object>>;
  };
}

/** Exports the declaration of a name, or the first; `files` are by their names, and `a.chor` is meant. */
function exported(
  files: string | Readonly<Record<string, string>>,
  name?: string,
  details: ExportDetails = {},
): { text: string } | { failed: string } {
  const workspace = new Workspace({ timeout: 500 });
  for (const [path, text] of Object.entries(typeof files === 'string' ? { 'a.chor': files } : files))
    workspace.set(`memory:/${path}`, text);
  const analysis = workspace.analyze('memory:/a.chor');
  const found = analysis?.file.declarations.find(
    (d): d is Network | Choreography =>
      (d.kind === 'network' || d.kind === 'choreography') && (name === undefined || d.name.text === name),
  );
  if (!analysis || !found) throw new Error('nothing to export');
  const result = exportDeclaration(found, analysis.scope, 'asyncapi', {
    types: typesIn((uri) => workspace.analyze(uri)?.names),
    ...details,
  });
  return result.kind === 'exported'
    ? { text: result.text }
    : {
        failed: `${workspace.text(result.uri)?.slice(0, result.origin.start).split('\n').length ?? 0}: ${result.message}`,
      };
}

function documentOf(...[files, name, details]: Parameters<typeof exported>): Document {
  const result = exported(files, name, { ...details, json: true });
  if ('failed' in result) throw new Error(result.failed);
  return JSON.parse(result.text) as Document;
}

/** What AsyncAPI's parser has against a text; that there is a newer version, it always says. */
async function complaints(text: string): Promise<string[]> {
  const { document, diagnostics } = await parser.parse(text);
  const said = diagnostics
    .filter(({ code }) => code !== 'asyncapi-latest-version')
    .map(({ code, message, path }) => `${code}: ${message} (${path.join('.')})`);
  return document || said.length > 0 ? said : ['it is not read'];
}

/** Whether a value may be the payload of a message. */
function takes({ components }: Document, message: string): (value: unknown) => boolean {
  const ajv = new Ajv({ formats: { int64: true, double: true }, strict: false });
  const schema = { $id: 'chor:/document', components, allOf: [{ $ref: `#/components/messages/${message}/payload` }] };
  const check = ajv.compile(schema);
  return (value) => check(value) === true;
}

const shop = `/** What is wanted. */
record Order {
  /** As on the cover. */
  title: string,
  copies: int
}
enum Verdict { accept, reject }
enum Request { put(key: string, value: Order), get(key: string), quit }
/** Buys a book. */
choreography Shop(
  /** Who pays. */
  Buyer(order: Order),
  server Seller
) {
  Buyer.order -> Seller.order: order
  Seller.priceOf(order) -> Buyer.price: offer
  choice at Buyer {
    Buyer -> Seller: accept
  } or {
    Buyer -> Seller: reject
  }
}
extern priceOf(order: Order): int
`;

describe('a document', () => {
  test('has a channel for each pair that talks, a message for each label, an operation for each end, in YAML', () => {
    expect(exported(shop)).toEqual({ text: readFileSync(join(import.meta.dirname, 'shop.asyncapi.yaml'), 'utf8') });
  });
  test('is the same in JSON', async () => {
    const json = exported(shop, 'Shop', { json: true });
    const { document: one } = await parser.parse('text' in json ? json.text : '');
    const yaml = exported(shop);
    const { document: other } = await parser.parse('text' in yaml ? yaml.text : '');
    const plain = (document: typeof one): unknown =>
      JSON.parse(
        JSON.stringify(document?.json(), (key, value: unknown) => (key.startsWith('x-parser') ? undefined : value)),
      );
    expect(plain(one)).toEqual(plain(other));
    expect(
      one
        ?.operations()
        .all()
        .map((operation) => operation.id()),
    ).toEqual([
      'Buyer_sends_to_Seller',
      'Seller_receives_from_Buyer',
      'Seller_sends_to_Buyer',
      'Buyer_receives_from_Seller',
    ]);
  });
  test('of one role has what that role does, and nothing else', () => {
    const { info, operations, channels } = documentOf(
      `${shop}choreography Three(A, B, D) {\n  A -> B: hi\n  B -> D: hi\n  D -> B: ho\n}\n`,
      'Three',
      { role: 'A' },
    );
    expect(info).toMatchObject({ title: 'Three: A', tags: [{ name: 'A' }] });
    expect(Object.keys(operations)).toEqual(['A_sends_to_B']);
    expect(Object.keys(channels)).toEqual(['A_to_B']);
  });
  test('shares a message between channels where it is the same, and tells apart what carries something else', () => {
    const { components, channels } = documentOf(
      'choreography C(A, B, D) {\n  A.1 -> B.x, D.y: n\n  B."s" -> A.z: n\n  A.2.5 -> B.f: n\n}\n',
    );
    expect(Object.keys(channels)).toEqual(['A_to_B', 'A_to_D', 'B_to_A']);
    expect(
      Object.fromEntries(Object.entries(components.messages).map(([id, { name, payload }]) => [id, { name, payload }])),
    ).toMatchObject({
      n: { name: 'n', payload: { anyOf: [{ type: 'integer' }, { type: 'number' }] } },
      n_2: { name: 'n', payload: { type: 'integer' } },
      n_3: { name: 'n', payload: { type: 'string' } },
    });
  });
  test('of calls has the messages of what is called, of these roles, however it leads back', () => {
    const { operations, channels } = documentOf(
      'choreography C(A, B, D) {\n  do Swap(A, B, D)\n  A -> D: bye\n}\nchoreography Swap(X, Y, Z) {\n  if X.ask() -> Y, Z {\n    X.1 -> Y.n: n\n    do Swap(Y, Z, X)\n    Y -> X: back\n  }\n}\nextern ask(): bool\n',
    );
    expect(
      Object.entries(channels).map(([id, { messages }]) => `${id}: ${Object.keys(messages).sort().join(' ')}`),
    ).toEqual([
      'A_to_B: n no yes',
      'A_to_D: back bye no yes',
      'B_to_A: back no yes',
      'B_to_D: n no yes',
      'D_to_A: n no yes',
      'D_to_B: back no yes',
    ]);
    expect(Object.keys(operations)).toHaveLength(12);
  });
  test('of a choreography that is given another has what that one sends', () => {
    const text =
      'choreography Buy(Buyer, Seller, decide: choreography(Buyer): bool@Buyer) {\n  Buyer.ok = do decide(Buyer)\n  Buyer.ok -> Seller.ok: verdict\n}\nchoreography Two(Buyer, Friend): bool@Buyer {\n  Buyer -> Friend: well\n  Friend.true -> Buyer.ok: say\n  return Buyer.ok\n}\nchoreography Main(B, S, F) {\n  do Buy(B, S, Two(_, F))\n}\n';
    expect(
      Object.entries(documentOf(text, 'Main').channels).map(
        ([id, { messages }]) => `${id}: ${Object.keys(messages).join(' ')}`,
      ),
    ).toEqual(['B_to_S: verdict', 'B_to_F: well', 'F_to_B: say']);
  });
  test('of a network has what each process sends and is ready to receive, and its queues', () => {
    const text =
      'network N buffer 2 {\n  process A {\n    send 1 to B: one\n    receive from B { yes {} no {} }\n  }\n  process B {\n    receive n from A: one\n    send to A: yes\n  }\n}\n';
    const { operations, channels } = documentOf(text);
    const messages = (id: string): string[] =>
      operations[id]?.messages.map(({ $ref }) => $ref.slice($ref.lastIndexOf('/') + 1)) ?? [];
    expect([messages('A_receives_from_B'), messages('B_sends_to_A')]).toEqual([['yes', 'no'], ['yes']]);
    expect(channels['A_to_B']?.description).toContain('at most 2');
  });
  test('of a network that implements a choreography has what the others do by that, and calls of its processes', () => {
    const text =
      'choreography C(A, B, D) {\n  A -> B: hi\n  B.1 -> D.n: n\n  do P(B, D)\n}\nchoreography P(X, Y) {\n  X -> Y: more\n  Y -> X: less\n}\nnetwork N implements C {\n  process B {\n    receive from A: hi\n    send 1 to D: n\n    do P(B, D)\n  }\n}\n';
    const { operations, info } = documentOf(text, 'N');
    expect(Object.keys(operations)).toEqual([
      'A_sends_to_B',
      'B_receives_from_A',
      'B_sends_to_D',
      'D_receives_from_B',
      'D_sends_to_B',
      'B_receives_from_D',
    ]);
    expect(info.tags.map(({ name }) => name)).toEqual(['A', 'B', 'D']);
  });
  test('has quorums as the messages that they are of, and values that bound loops', () => {
    const text =
      'choreography C(A, B, D, rounds: int) {\n  for i in 0 until rounds {\n    A.1, B.2 -> D.got any 1: n\n  }\n}\n';
    expect(Object.keys(documentOf(text).operations)).toEqual([
      'A_sends_to_D',
      'D_receives_from_A',
      'B_sends_to_D',
      'D_receives_from_B',
    ]);
  });
  test('has names that tools take, whatever roles and labels are called', async () => {
    const text =
      'choreography Größe(Σ, Ω, off, A_to_B) {\n  Σ -> Ω: ñ\n  Ω -> off: yes\n  off -> A_to_B: null\n  Ω -> Σ: ω\n}\n';
    const { channels, components } = documentOf(text);
    for (const id of [...Object.keys(channels), ...Object.keys(components.messages)])
      expect(id).toMatch(/^[A-Za-z]\w*$/);
    expect(Object.values(components.messages).map(({ name }) => name)).toEqual(['ñ', 'ω', 'yes', 'null']);
    const result = exported(text);
    expect(await complaints('text' in result ? result.text : '')).toEqual([]);
  });
});

describe('payloads', () => {
  const order = { title: 'Emma', copies: 2 };
  test.each<[string, string, unknown[], unknown[]]>([
    ['an int', '1', [1, -5], [1.5, '1', null]],
    ['a float', '1.5', [1.5, 2], ['1.5']],
    ['a bool', 'true', [true, false], [0]],
    ['a string', '"a"', ['', 'a'], [1]],
    ['a list', '[1]', [[], [1, 2]], [['a'], 1]],
    ['a set', 'setOf(["a"])', [['a', 'b']], [['a', 'a']]],
    ['a map of texts', 'mapOf([("a", 1)])', [{ a: 1 }, {}], [{ a: 'b' }, [['a', 1]]]],
    ['another map', 'mapOf([(1, "a")])', [[[1, 'a']], []], [{ 1: 'a' }, [[1]], [['a', 'a']]]],
    ['a tuple', '(1, "a")', [[1, 'a']], [[1], [1, 'a', 2], ['a', 1]]],
    ['an option', 'some(1)', [1, null], ['a']],
    ['an option of an option', 'some(some(1))', [{ some: 1 }, { some: null }, null], [1, { none: 1 }]],
    [
      'a record',
      'Order("Emma", 2)',
      [order],
      [{ title: 'Emma' }, { ...order, more: 1 }, { title: 'Emma', copies: 'two' }],
    ],
    ['an enum', 'accept', ['accept', 'reject'], ['quit', { accept: {} }]],
    [
      'an enum with fields',
      'quit',
      ['quit', { get: { key: 'a' } }, { put: { key: 'a', value: order } }],
      ['get', { get: {} }, { get: { key: 'a' }, put: { key: 'a', value: order } }],
    ],
    ['what is under another name', 'titled()', ['a'], [1]],
    ['what is the host’s', 'money()', [1, 'a', null], []],
    ['a tree', 'Tree(1, [])', [{ value: 1, children: [{ value: 2, children: [] }] }], [{ value: 1, children: [2] }]],
    ['an option of what is the host’s', 'some(money())', [{ some: 1 }, { some: null }, null], [1]],
  ])('%s', async (_what, value, right, wrong) => {
    const text = `${shop}type Title = string\nextern type Money\nextern titled(): Title\nextern money(): Money\nrecord Tree { value: int, children: list<Tree> }\nchoreography C(A, B) {\n  A.${value} -> B.x: m\n}\n`;
    const isTaken = takes(documentOf(text, 'C'), 'm');
    for (const each of right) expect(isTaken(each), JSON.stringify(each)).toBe(true);
    for (const each of wrong) expect(isTaken(each), JSON.stringify(each)).toBe(false);
    const result = exported(text, 'C');
    expect(await complaints('text' in result ? result.text : '')).toEqual([]);
  });
  test('that are not there are null, and those of sketches are what is stated', () => {
    const document = documentOf(
      'choreography C(A, B) {\n  A -> B: nothing\n  A -> B: one(list<int>)\n  A -> B: two(int, string)\n}\n',
    );
    expect([takes(document, 'nothing')(null), takes(document, 'nothing')(1)]).toEqual([true, false]);
    expect([takes(document, 'one')([1]), takes(document, 'one')(1)]).toEqual([true, false]);
    expect([takes(document, 'two')([1, 'a']), takes(document, 'two')([1])]).toEqual([true, false]);
  });
  test('have types of other files, each its own where two are called alike', () => {
    const files = {
      'a.chor':
        'import { ask, Order } from "./b.chor"\nimport { Far } from "./c.chor"\nchoreography C(A(far: Far), B) {\n  A.ask() -> B.o: near\n  A.far -> B.far: far\n}\n',
      'b.chor': 'record Order { title: string }\nextern ask(): Order\n',
      'c.chor': 'record Order { number: int }\nrecord Far { order: Order }\n',
    };
    const document = documentOf(files);
    expect(Object.keys(document.components.schemas ?? {})).toEqual(['Order', 'Far', 'Order_2']);
    expect([
      takes(document, 'near')({ title: 'a' }),
      takes(document, 'far')({ order: { number: 1 } }),
      takes(document, 'far')({ order: { title: 'a' } }),
    ]).toEqual([true, true, false]);
  });
});

describe('refused', () => {
  test.each([
    [
      'a family',
      'choreography C(A, B[n]) {\n  A.1 -> B.x\n}\n',
      '1: `B` is a family of any number of roles, and what is exported names each of them: choose a size',
    ],
    [
      'what is to be given another',
      'choreography C(A, go: choreography(A)) {\n  do go(A)\n}\n',
      '1: it is given `go` by who calls it; export a choreography that calls it',
    ],
    ['what can’t be read', 'network N {\n  process A { send }\n}\n', '1: it can’t be read; `chor check` tells why'],
    [
      'a call of what is not there',
      'choreography C(A, B) {\n  A -> B\n  do D(A, B)\n}\n',
      '3: `D` is not to be found, or can’t be read',
    ],
    [
      'a call with other roles',
      'choreography C(A, B) {\n  do D(A)\n}\nchoreography D(X, Y) {\n  X -> Y\n}\n',
      '2: `D` is called with other roles than it has',
    ],
    [
      'a role that is not there',
      'choreography C(A, B) {\n  A -> D: hi\n  A -> B: hi\n}\n',
      '2: there is no role `D` here',
    ],
    [
      'a type that is too large',
      `${Array.from({ length: 15 }, (_, i) => `type T${i + 1} = (T${i}, T${i})\n`).join('')}type T0 = int\nextern ask(): T15\nchoreography C(A, B) {\n  A.ask() -> B.x\n}\n`,
      '19: this is of a type with more than 2000 parts, which is too large to be written out',
    ],
  ])('%s, with its place', (_what, text, failed) => {
    expect(exported(text)).toEqual({ failed });
  });
});

describe('YAML', () => {
  const strings = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string(),
    fc.constantFrom(
      'yes',
      'No',
      'null',
      '~',
      '1',
      '1.0',
      '3.0.0',
      '- a',
      'a: b',
      'a #b',
      '#',
      '',
      ' ',
      'a ',
      '\n',
      '0x1',
      '1e3',
      '.inf',
      '2020-01-01',
      '12:30',
      '{',
      '[',
      '&a',
      '*a',
      '!a',
      '|',
      '>',
      '%',
      '@',
      '`',
      "'",
      '"',
      '<<',
      '=',
      '---',
      '...',
      '?',
      '\u0085',
      '\u2028',
      '\ufeff',
    ),
  );
  const data = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      strings,
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(strings, tie('value'), { maxKeys: 3, noNullPrototype: true }),
    ),
  })).value as fc.Arbitrary<Parameters<typeof yamlOf>[0]>;
  test(`is read as what was written (CHOR_SEED=${seed})`, () => {
    fc.assert(
      fc.property(data, (value) => {
        expect(load(yamlOf(value))).toEqual(value);
      }),
      { seed, numRuns: runs * 10 },
    );
  });
});

describe(`AsyncAPI’s parser has nothing against it (CHOR_SEED=${seed})`, () => {
  test('for the examples', async () => {
    const folder = join(import.meta.dirname, '../../examples');
    let count = 0;
    for (const path of globSync('**/*.chor', { cwd: folder, ignore: ['wrong/**'] })) {
      const workspace = new Workspace({ timeout: 50, read: (uri) => readFileSync(new URL(uri), 'utf8') });
      const analysis = workspace.analyze(new URL(path, `file://${folder}/`).toString());
      for (const declaration of analysis?.file.declarations ?? []) {
        if (!analysis || (declaration.kind !== 'choreography' && declaration.kind !== 'network')) continue;
        const result = exportDeclaration(declaration, analysis.scope, 'asyncapi', {
          types: typesIn((uri) => workspace.analyze(uri)?.names),
        });
        if (result.kind === 'failed') {
          expect(result.message, path).toMatch(/is a family of any number|is given `\w+` by who calls it/);
          continue;
        }
        count++;
        expect(await complaints(result.text), `${path}\n${result.text}`).toEqual([]);
      }
    }
    expect(count).toBeGreaterThan(30);
  });
  test('for random choreographies and networks', async () => {
    const texts = [
      ...fc.sample(sketches(), { seed, numRuns: runs }),
      ...fc.sample(anyNetwork({ calls: true }), { seed, numRuns: runs }).map((text) => preamble + text),
    ];
    let count = 0;
    for (const text of texts) {
      const result = exported(text, text.includes('network N') ? 'N' : 'Main');
      if ('failed' in result) continue;
      count++;
      expect(await complaints(result.text), `${text}\n${result.text}`).toEqual([]);
    }
    expect(count).toBeGreaterThan(runs);
  });
});
